"""Withdrawing a registration: with a reason, the row kept."""

import pytest

from chungtay.law.refusals import Conflict, Refused
from chungtay.movements.models import Movement
from chungtay.records import journal
from chungtay.registrations import actions
from chungtay.registrations.actions import Wish
from chungtay.registrations.models import Registration
from tests.parties.cast import DAY, Cast, at, text_of


@pytest.fixture
def row(cast: Cast, movement: Movement) -> Registration:
    """A standing registration of a household of An's commune."""
    return actions.register(cast.household(), Wish(movement, "a", 2020, household_class="poor"), by=cast.an, on=DAY)


def test_a_withdrawn_registration_stays_with_day_and_reason_and_may_be_made_again(
    cast: Cast, row: Registration, movement: Movement
) -> None:
    answer = at(cast.an).send(f"/dang-ky/{row.pk}/rut/", {"reason": "Hộ chuyển đi", "version": "1"})
    row.refresh_from_db()
    assert answer.status_code == 302
    assert (row.withdrawn_on, row.withdrawn_why, row.version) == (DAY, "Hộ chuyển đi", 2)
    assert [entry.act for entry in journal.of(row)] == ["register", "withdraw_registration"]
    assert not Registration.objects.standing().exists()
    again = actions.register(row.party, Wish(movement, "a", 2020, household_class="poor"), by=cast.an, on=DAY)
    assert again.pk != row.pk
    assert "Đã rút" in text_of(at(cast.an).get("/dang-ky/"))


def test_a_reason_is_needed(cast: Cast, row: Registration) -> None:
    answer = at(cast.an).send(f"/dang-ky/{row.pk}/rut/", {"reason": "  ", "version": "1"})
    assert answer.status_code == 422
    assert "Cần ghi lý do rút" in text_of(answer)
    assert Registration.objects.standing().exists()


def test_it_is_withdrawn_once(cast: Cast, row: Registration) -> None:
    actions.withdraw(row, by=cast.an, on=DAY, reason="Nhầm", version=1)
    with pytest.raises(Refused, match="đã rút ngày 20/10/2020"):
        actions.withdraw(row, by=cast.an, on=DAY, reason="Nhầm", version=2)


def test_of_two_who_withdraw_at_once_the_second_is_told(cast: Cast, row: Registration) -> None:
    seen_before = Registration.objects.get(pk=row.pk)
    actions.withdraw(row, by=cast.an, on=DAY, reason="Nhầm", version=1)
    with pytest.raises(Conflict):
        actions.withdraw(seen_before, by=cast.dung, on=DAY, reason="Trùng", version=1)
    assert Registration.objects.get(pk=row.pk).withdrawn_why == "Nhầm"


def test_a_desk_that_does_not_manage_the_party_withdraws_nothing(cast: Cast, row: Registration) -> None:
    for seat in (cast.binh, cast.lan, cast.hoa):
        with pytest.raises(Refused, match="Chỉ nơi quản lý"):
            actions.withdraw(row, by=seat, on=DAY, reason="vì", version=1)
