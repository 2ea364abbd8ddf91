"""A gift that an award used is corrected: nothing unconfirmed is used, and a day that is past is told as it was."""

from datetime import date, timedelta
from typing import Any

import pytest

from chungtay.contributions import actions, counting
from chungtay.contributions.claiming import release
from chungtay.contributions.models import Claim, Contribution
from tests.contributions.doing import DAY, MILLION, confirmed, giver, honoured, recorded, told
from tests.make import TODAY, Province
from tests.parties.cast import at, text_of

SINCE = date(2016, 1, 1)


def used(gift: Contribution) -> list[int]:
    """What standing awards use of the gift, whole đồng."""
    rows = Claim.objects.filter(share__gift=gift, released_on__isnull=True)
    return list(rows.order_by("pk").values_list("amount", flat=True))


def corrected(province: Province, gift: Contribution, value: int) -> Contribution:
    who = gift.shares.get().party
    assert who is not None
    anew = actions.correct(
        gift, told(province, who, value=value), by=province.seats["commune"], on=TODAY, reason="Nhầm số",
        version=gift.version,
    )  # fmt: skip
    assert anew is not None
    return anew


def confirm(province: Province, gift: Contribution) -> None:
    actions.confirm(gift, by=province.seats["commune"], on=TODAY, version=gift.version)


@pytest.mark.clause("KH IV.2.2.b")
def test_what_an_award_used_is_used_again_only_when_the_corrected_gift_is_confirmed(province: Province) -> None:
    company = giver(province)
    gift = confirmed(province, company)
    honoured(province, company)
    anew = corrected(province, gift, 99 * MILLION)
    assert (used(gift), used(anew)) == ([], [])
    confirm(province, anew)
    assert used(anew) == [99 * MILLION]


def test_a_corrected_gift_that_is_refused_is_used_by_nothing(province: Province) -> None:
    company = giver(province)
    gift = confirmed(province, company)
    honoured(province, company)
    anew = corrected(province, gift, 99 * MILLION)
    by: dict[str, Any] = {"by": province.seats["commune"], "on": TODAY}
    actions.refuse(anew, reason="Chưa nhận", version=anew.version, **by)
    assert not Claim.objects.filter(released_on__isnull=True).exists()


def test_a_gift_corrected_twice_before_it_is_confirmed_is_still_the_same_award_s(province: Province) -> None:
    company = giver(province)
    gift = confirmed(province, company)
    honoured(province, company)
    last = corrected(province, corrected(province, gift, 99 * MILLION), 9 * MILLION)
    confirm(province, last)
    assert used(last) == [9 * MILLION]


def test_an_award_withdrawn_meanwhile_uses_nothing_again(province: Province) -> None:
    company = giver(province)
    gift = confirmed(province, company)
    [case] = honoured(province, company)
    anew = corrected(province, gift, 99 * MILLION)
    release(case.case_key, by=province.seats["chair"], on=TODAY, reason="Rút khen")
    confirm(province, anew)
    assert used(anew) == []


@pytest.mark.clause("KH IV.2.2.b")
def test_a_day_before_the_award_counts_what_the_award_used_later(province: Province) -> None:
    company, decided = giver(province), date(2019, 11, 18)
    confirmed(province, company, on=DAY)
    honoured(province, company, decided_on=decided)

    def total(on: date) -> int:
        book = counting.read([company.pk], since=SINCE, until=on, on=on)
        return book.of(company.pk, since=SINCE, until=on, on=on).total

    assert total(DAY - timedelta(days=1)) == 0
    assert total(decided - timedelta(days=1)) == 10 * MILLION
    assert total(decided) == 0


def test_a_day_before_the_release_still_counts_as_used_and_the_day_itself_no_more(province: Province) -> None:
    company = giver(province)
    confirmed(province, company, on=DAY)
    [case] = honoured(province, company)
    release(case.case_key, by=province.seats["chair"], on=TODAY, reason="Rút khen")
    found = {
        on: counting.read([company.pk], since=SINCE, until=on, on=on).of(company.pk, since=SINCE, until=on, on=on)
        for on in (TODAY - timedelta(days=1), TODAY)
    }
    assert [tally.total for tally in found.values()] == [0, 10 * MILLION]


def test_a_gift_corrected_later_counts_on_the_days_before(province: Province) -> None:
    company = giver(province)
    gift = confirmed(province, company, on=DAY)
    corrected(province, gift, 99 * MILLION)
    for on, value in ((TODAY - timedelta(days=1), 10 * MILLION), (TODAY, 0)):
        book = counting.read([company.pk], since=SINCE, until=on, on=on)
        assert book.of(company.pk, since=SINCE, until=on, on=on).total == value


def test_a_gift_that_replaces_a_used_one_is_told_to_serve_that_award_and_any_other_to_count(
    province: Province,
) -> None:
    """The words after the confirmation say what the table below them says."""
    company, browser = giver(province), at(province.seats["commune"])
    gift = confirmed(province, company)
    [case] = honoured(province, company)
    anew = corrected(province, gift, 12 * MILLION)
    said = browser.post(f"/dong-gop/{anew.pk}/xac-nhan/", {"version": "1", "_key": "k" * 24}, follow=True)
    assert used(anew) == [12 * MILLION]
    assert f"đã tính cho lần khen ở {case.number}" in text_of(said)
    assert "từ nay được tính" not in text_of(said)
    assert "Đã tính cho một lần khen" in text_of(said)
    other = recorded(province, company)
    said = browser.post(f"/dong-gop/{other.pk}/xac-nhan/", {"version": "1", "_key": "q" * 24}, follow=True)
    assert "Khoản này từ nay được tính." in text_of(said)
