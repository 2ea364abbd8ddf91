"""What the texts ask before a State award, and that a gap in the record never closes the door."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from chungtay.law.awards import Award, Payee
from chungtay.law.exclusions import Case, Kind, PastAward, Rule
from chungtay.law.preconditions import LOWER_FIRST, find

DAY = timedelta(days=1)
ON = date(2019, 3, 1)
ORDER = Case(
    Award.LABOUR_ORDER_3, "giúp người nghèo", date(2016, 1, 1), date(2018, 12, 31), occasion="yearly",
    payee=Payee.PERSON,
)  # fmt: skip
PM = replace(ORDER, award=Award.PM_CERTIFICATE)


def had(award: Award, day: date, *, thematic: bool = False) -> PastAward:
    return PastAward(award, day, "khác", date(2005, 1, 1), date(2009, 12, 31), thematic=thematic)


@pytest.mark.clause("NĐ 91/2017, Điều 24", "NĐ 65/2014, Điều 23.1.c")
@pytest.mark.parametrize(
    ("case", "lower"), [(ORDER, Award.PM_CERTIFICATE), (PM, Award.PROVINCE_CERTIFICATE)], ids=["order", "certificate"]
)
@pytest.mark.parametrize(("day", "found"), [(date(2014, 3, 1), 0), (date(2014, 3, 1) + DAY, 1)])
def test_a_person_has_the_lower_award_five_years_before_the_higher(
    case: Case, lower: Award, day: date, found: int
) -> None:
    findings = find(replace(case, past_awards=(had(lower, day),)), on=ON)
    assert len(findings) == found
    assert all((one.kind, one.rule) == (Kind.WARN, Rule.LOWER_FIRST) for one in findings)


@pytest.mark.clause("NĐ 91/2017, Điều 24")
def test_the_day_from_which_five_years_are_full_is_said_and_the_earliest_award_counts() -> None:
    late = replace(ORDER, past_awards=(had(Award.PM_CERTIFICATE, date(2016, 2, 29)),))
    (finding,) = find(late, on=ON)
    assert "ngày 01/03/2021" in finding.text
    assert finding.clause == "NĐ 91/2017, Điều 24"
    assert find(late, on=date(2021, 2, 28)) != []
    assert find(late, on=date(2021, 3, 1)) == []
    two = (had(Award.PM_CERTIFICATE, date(2018, 1, 1)), had(Award.PM_CERTIFICATE, date(2010, 1, 1)))
    assert find(replace(ORDER, past_awards=two), on=ON) == []


def test_an_award_that_the_system_does_not_know_warns_and_never_blocks() -> None:
    (finding,) = find(ORDER, on=ON)
    assert finding.kind is Kind.WARN
    assert "chưa ghi lần khen nào" in finding.text
    assert finding.assumed


@pytest.mark.parametrize("payee", [Payee.COLLECTIVE, Payee.HOUSEHOLD, None])
def test_where_no_text_was_read_nothing_is_asked_of_lower_awards(payee: Payee | None) -> None:
    assert find(replace(ORDER, payee=payee), on=ON) == []


def test_a_provincial_certificate_and_an_award_at_once_ask_nothing() -> None:
    assert find(replace(ORDER, award=Award.PROVINCE_CERTIFICATE), on=ON) == []
    assert find(replace(ORDER, ad_hoc=True), on=ON) == []


@pytest.mark.clause("NĐ 65/2014, Điều 23.1.c", "NĐ 91/2017, Điều 24")
@pytest.mark.parametrize(
    ("case", "on", "clause"),
    [
        (PM, date(2014, 6, 30), ""),
        (PM, date(2014, 7, 1), "NĐ 65/2014, Điều 23.1.c"),
        (PM, date(2017, 9, 30), "NĐ 65/2014, Điều 23.1.c"),
        (PM, date(2017, 10, 1), "NĐ 91/2017, Điều 38"),
        (ORDER, date(2017, 9, 30), "NĐ 42/2010"),
        (ORDER, date(2017, 10, 1), "NĐ 91/2017, Điều 24"),
        (ORDER, date(2024, 1, 1), "NĐ 98/2023"),
        (ORDER, date(2025, 7, 1), "NĐ 152/2025"),
    ],
)
def test_the_text_of_the_day_is_asked_and_before_the_first_one_nothing(case: Case, on: date, clause: str) -> None:
    assert [one.clause for one in find(case, on=on)] == ([clause] if clause else [])


@pytest.mark.clause("NĐ 152/2025")
@pytest.mark.parametrize(("on", "found"), [(date(2025, 6, 30), 0), (date(2025, 7, 1), 1)])
def test_a_thematic_award_is_no_base_for_a_higher_one_from_july_2025(on: date, found: int) -> None:
    thematic = had(Award.PM_CERTIFICATE, date(2015, 1, 1), thematic=True)
    findings = find(replace(ORDER, past_awards=(thematic,)), on=on)
    assert len(findings) == found
    usual = replace(thematic, thematic=False)
    assert find(replace(ORDER, past_awards=(usual,)), on=on) == []
    assert all("chuyên đề" in one.text for one in findings)


@pytest.mark.clause("KH IV.2.1")
@pytest.mark.parametrize(
    ("award", "occasion", "found"),
    [
        (Award.LABOUR_ORDER_3, "midterm", 1),
        (Award.LABOUR_ORDER_3, "five_year", 0),
        (Award.LABOUR_ORDER_3, "yearly", 0),
        (Award.PM_CERTIFICATE, "midterm", 0),
    ],
)
def test_an_order_at_the_mid_term_review_is_weighed(award: Award, occasion: str, found: int) -> None:
    case = replace(ORDER, award=award, occasion=occasion, payee=Payee.COLLECTIVE)
    findings = find(case, on=ON)
    assert [one.rule for one in findings] == [Rule.LEVEL] * found
    assert all(one.assumed and one.kind is Kind.WARN for one in findings)


def test_every_warning_names_its_text_and_what_is_not_read() -> None:
    for timeline in LOWER_FIRST.values():
        for version in timeline.versions:
            assert version.assumed
            assert str(version.source)
