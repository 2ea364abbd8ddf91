"""Two who confirm one gift, two decisions that want it, a gift corrected while it is used: in threads."""

from datetime import date
from functools import partial
from typing import Any

import pytest
from django.db import connection

from chungtay.contributions import actions, booking, checking, claiming, counting
from chungtay.contributions.claiming import ClaimOn
from chungtay.contributions.models import Claim, Contribution, State
from chungtay.law.refusals import Refused
from chungtay.ledger import actions as ledger
from chungtay.ledger import checking as books
from chungtay.ledger.models import Fund, Transfer
from chungtay.parties.models import Party
from tests.contributions.doing import MILLION, confirmed, giver, recorded
from tests.ledger.make import DAY, balance, fund
from tests.make import TODAY, Province, build
from tests.racing import take_the_guard_away, together

AWARD = date(2019, 11, 18)


@pytest.fixture
def town(transactional_db: None, settings: Any) -> Province:
    settings.WORKING_DAY = TODAY
    return build()


def use(province: Province, party: Party, key: str) -> None:
    """A decision that uses what the giver gave."""
    case = ClaimOn(party.pk, key, f"Quyết định {key}", AWARD, date(2016, 1, 1), AWARD)
    claiming.claim([case], by=province.seats["chair"], on=TODAY)


def drop(province: Province, pk: int) -> None:
    """The gift is cancelled."""
    gift = Contribution.objects.get(pk=pk)
    actions.correct(gift, None, by=province.seats["board"], on=TODAY, reason="Không có", version=gift.version)


def live() -> list[int]:
    return list(Claim.objects.filter(released_on__isnull=True).values_list("amount", flat=True))


def test_two_decisions_at_once_use_a_gift_once(town: Province) -> None:
    who = giver(town)
    confirmed(town, who, value=250 * MILLION)
    answers = together(*(partial(use, town, who, f"k{number}") for number in range(4)))
    assert "done" in answers
    taken = "Khoản đóng góp vừa được tính vào một quyết định khác; xem lại rồi ký. (KH IV.2.2.b)"
    assert set(answers) <= {"done", taken}
    assert live() == [250 * MILLION]


def test_the_control_without_the_guard_both_decisions_use_the_gift(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = giver(province)
    confirmed(province, who, value=250 * MILLION)
    seen = counting.read([who.pk], since=date(2016, 1, 1), until=AWARD, on=TODAY)
    monkeypatch.setattr(counting, "read", lambda *told, **more: seen)  # both have read before either wrote
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX share_claimed_once")
    for key in ("k1", "k2"):
        use(province, who, key)
    assert live() == [250 * MILLION] * 2


def test_of_two_who_have_read_before_either_wrote_the_second_is_told(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = giver(province)
    confirmed(province, who, value=250 * MILLION)
    seen = counting.read([who.pk], since=date(2016, 1, 1), until=AWARD, on=TODAY)
    monkeypatch.setattr(counting, "read", lambda *told, **more: seen)
    use(province, who, "k1")
    with pytest.raises(Refused, match="một quyết định khác"):
        use(province, who, "k2")
    assert live() == [250 * MILLION]


def test_a_gift_that_is_cancelled_while_it_is_used_serves_no_award(town: Province) -> None:
    who = giver(town)
    gift = confirmed(town, who, value=250 * MILLION)
    together(partial(use, town, who, "k1"), partial(drop, town, gift.pk))
    assert not Contribution.objects.counted().exists()
    assert live() == []


# --- two who confirm ---


def to_fund(province: Province, purse: Fund, value: int = 7) -> Contribution:
    return recorded(province, fund=purse, day=DAY, received_on=DAY, value=value)


def confirm(province: Province, pk: int) -> None:
    """As a page does it: the row is read, then confirmed at the version that was read."""
    gift = Contribution.objects.get(pk=pk)
    actions.confirm(gift, by=province.seats["commune"], on=TODAY, version=gift.version)


def confirm_all(province: Province, keys: list[int]) -> None:
    rows = list(Contribution.objects.filter(pk__in=keys).order_by("pk"))
    refused = actions.confirm_many(rows, by=province.seats["commune"], on=TODAY)
    for why in refused.values():
        why.raise_if_any()


FASTER = {
    "Người khác vừa sửa hồ sơ này trước bạn. Xem bản mới bên cạnh rồi làm lại.",
    "Người khác vừa sửa khoản này; xem lại rồi xác nhận.",
    "Khoản này đã xác nhận.",
}


def test_of_four_who_confirm_a_gift_at_once_one_does_and_its_money_comes_once(town: Province) -> None:
    purse = fund(town, "commune")
    gift = to_fund(town, purse)
    answers = together(
        *[partial(confirm, town, gift.pk)] * 2, *[partial(confirm_all, town, [gift.pk])] * 2
    )  # fmt: skip
    assert answers.count("done") == 1, answers
    assert {one for one in answers if one != "done"} <= FASTER, answers
    assert (balance(purse), Transfer.objects.count()) == (7, 1)
    assert checking.faults() == books.faults() == []


def test_two_lists_that_share_gifts_are_confirmed_without_any_money_twice(town: Province) -> None:
    purse = fund(town, "commune")
    gifts = [to_fund(town, purse, value).pk for value in (1, 2, 4, 8, 16, 32)]
    together(partial(confirm_all, town, gifts[:4]), partial(confirm_all, town, gifts[2:]))
    counted = list(Contribution.objects.counted().values_list("value", flat=True))
    assert balance(purse) == sum(counted)
    assert Transfer.objects.count() == len(counted)
    assert {1, 2, 4, 8} <= set(counted) or {4, 8, 16, 32} <= set(counted)
    assert checking.faults() == books.faults() == []


def test_a_fund_that_is_closed_at_the_moment_of_a_confirmation_takes_it_or_refuses_it(town: Province) -> None:
    purse = fund(town, "commune")
    gift, stale = to_fund(town, purse), Fund.objects.get(pk=purse.pk)
    together(
        partial(confirm, town, gift.pk), partial(ledger.close_fund, stale, by=town.seats["commune"], on=TODAY)
    )  # fmt: skip
    gift.refresh_from_db()
    closed = Fund.objects.get(pk=purse.pk)
    assert (gift.state, balance(purse), closed.is_running) in {
        (State.CONFIRMED, 7, True), (State.RECEIVED, 0, False),
    }  # fmt: skip
    assert checking.faults() == books.faults() == []


def test_the_control_without_version_and_key_one_gift_comes_twice(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both had read the gift before either wrote. The version stops the second; without it the key of the transfer;
    without both the fund has the money twice, and the check says so."""
    purse, by = fund(province, "commune"), province.seats["commune"]
    gift = to_fund(province, purse)
    first, second, third = (Contribution.objects.get(pk=gift.pk) for _ in range(3))
    actions.confirm(first, by=by, on=TODAY, version=1)
    with pytest.raises(Refused, match="Người khác vừa sửa"):
        actions.confirm(second, by=by, on=TODAY, version=1)
    take_the_guard_away(monkeypatch)
    with pytest.raises(Refused, match="đã được ghi sổ trước đó"):
        actions.confirm(second, by=by, on=TODAY, version=1)
    assert balance(purse) == 7
    monkeypatch.setattr(booking, "APART", ":0")
    actions.confirm(third, by=by, on=TODAY, version=1)
    monkeypatch.undo()
    assert balance(purse) == 14
    assert checking.faults() == [f"gift {gift.pk}: 7 confirmed for fund {purse.pk}, its book holds 14"]
