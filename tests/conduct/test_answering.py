"""The facts that this room answers: both sides of every border day, no key where nothing is on record."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chungtay.conduct import actions, answering, lending
from chungtay.conduct.models import Loan
from chungtay.law.criteria import Known
from chungtay.parties.models import Party
from tests.conduct.made import DUE, GIVEN, answered, commitment, duty, handed, happened, loan, programme, result, task
from tests.make import TODAY, Province

SINCE, UNTIL = date(2018, 1, 1), date(2019, 12, 31)
DAY = timedelta(days=1)
DUTY_FACTS = [
    ("report", answering.reports_on_time), ("settlement", answering.budget_settled_on_time),
    ("guidance", answering.guidance_on_time),
]  # fmt: skip


def ask(fact: Any, *parties: Party, since: date = SINCE, until: date = UNTIL, on: date = TODAY) -> dict[int, Known]:
    found: dict[int, Known] = fact([party.pk for party in parties], since=since, until=until, on=on)
    return found


def one(fact: Any, party: Party, **days: date) -> Known | None:
    return ask(fact, party, **days).get(party.pk)


# --- what was due by a day ---


@pytest.mark.clause("KH IV.1.2.c", "KH IV.1.2.d")
@pytest.mark.parametrize(("kind", "fact"), DUTY_FACTS)
def test_on_its_last_day_it_is_in_time_and_a_day_later_late(province: Province, kind: str, fact: Any) -> None:
    commune, other = province.bodies["commune"], province.bodies["commune_b"]
    handed(duty(province, kind=kind), province, handed_on=DUE)
    handed(duty(province, "commune_b", kind=kind), province, handed_on=DUE + DAY)
    found = ask(fact, commune, other, province.bodies["commune_c"])
    assert {key: known.value for key, known in found.items()} == {commune.pk: True, other.pk: False}
    assert "1 " in found[commune.pk].because
    assert "01/01/2018 đến 31/12/2019" in found[commune.pk].because
    late = "“Báo cáo giảm nghèo 2019” hạn 15/12/2019, nộp 16/12/2019 (văn bản 45/BC-UBND), muộn 1 ngày"
    assert late in found[other.pk].because


@pytest.mark.clause("KH IV.1.2.c")
@pytest.mark.parametrize(("kind", "fact"), DUTY_FACTS)
def test_a_fact_looks_at_its_own_kind_of_duties_only(province: Province, kind: str, fact: Any) -> None:
    handed(duty(province, kind=kind), province)
    commune = province.bodies["commune"]
    assert [ask(other, commune) != {} for _, other in DUTY_FACTS] == [other is fact for _, other in DUTY_FACTS]


@pytest.mark.clause("KH IV.1.2.c")
def test_what_is_not_yet_due_counts_neither_way_and_from_the_day_after_it_is_late(province: Province) -> None:
    commune = province.bodies["commune"]
    duty(province)
    assert one(answering.reports_on_time, commune, on=DUE) is None
    known = one(answering.reports_on_time, commune, on=DUE + DAY)
    assert known is not None
    assert (known.value, "đến 16/12/2019 chưa nộp" in known.because) == (False, True)


@pytest.mark.clause("KH IV.1.2.c")
def test_one_late_report_decides_however_many_were_in_time(province: Province) -> None:
    commune = province.bodies["commune"]
    for number in range(3):
        handed(duty(province, title=f"Báo cáo số {number}"), province)
    assert one(answering.reports_on_time, commune) == Known(
        True, because="3 báo cáo đến hạn từ 01/01/2018 đến 31/12/2019 đều đúng hạn, nơi nhận đã xác nhận."
    )
    handed(duty(province, title="Báo cáo muộn"), province, handed_on=DUE + DAY)
    known = one(answering.reports_on_time, commune)
    assert known is not None
    assert (known.value, "3 báo cáo khác đúng hạn" in known.because) == (False, True)


@pytest.mark.parametrize(
    ("since", "until", "counts"),
    [(DUE, DUE, True), (DUE + DAY, DUE + DAY, False), (DUE - DAY, DUE - DAY, False)],
)
def test_a_duty_belongs_to_the_period_by_its_last_day(
    province: Province, since: date, until: date, counts: bool
) -> None:
    handed(duty(province), province)
    found = one(answering.reports_on_time, province.bodies["commune"], since=since, until=until)
    assert (found is not None) is counts


def test_what_waits_for_the_receiver_counts_neither_way_but_late_is_late_at_once(province: Province) -> None:
    commune = province.bodies["commune"]
    handed(duty(province), province, by="commune")
    assert one(answering.reports_on_time, commune) is None
    handed(duty(province, title="Báo cáo quý"), province, by="commune", handed_on=DUE + DAY)
    known = one(answering.reports_on_time, commune)
    assert known is not None
    assert known.value is False


@pytest.mark.clause("KH IV.1.2.c", "KH IV.1.2.d")
@pytest.mark.parametrize(("kind", "fact"), DUTY_FACTS)
def test_one_that_waits_for_the_receiver_leaves_the_others_open_unless_another_was_late(
    province: Province, kind: str, fact: Any
) -> None:
    commune = province.bodies["commune"]
    handed(duty(province, kind=kind), province)
    assert one(fact, commune) is not None
    waits = handed(duty(province, kind=kind, title="Việc chờ xác nhận"), province, by="commune")
    assert one(fact, commune) is None
    actions.confirm(waits, by=province.seats["district"], on=TODAY)
    known = one(fact, commune)
    assert known is not None
    assert (known.value, known.because[:2]) == (True, "2 ")
    handed(duty(province, kind=kind, title="Việc chờ nữa"), province, by="commune")
    handed(duty(province, kind=kind, title="Việc muộn"), province, by="commune", handed_on=DUE + DAY)
    known = one(fact, commune)
    assert known is not None
    assert (known.value, "“Việc muộn 2019”" in known.because) == (False, True)


def test_a_confirmation_counts_from_its_own_day(province: Province) -> None:
    commune, row = province.bodies["commune"], duty(province)
    told = handed(row, province, by="commune")
    actions.confirm(told, by=province.seats["district"], on=TODAY)
    assert one(answering.reports_on_time, commune, on=TODAY - DAY) is None
    assert one(answering.reports_on_time, commune, on=TODAY) is not None


def test_what_was_corrected_taken_back_or_sent_back_no_longer_speaks(province: Province) -> None:
    commune, by = province.bodies["commune"], province.seats["district"]
    row = duty(province)
    handed(row, province, handed_on=DUE + DAY)
    longer = actions.correct(row, task(due_on=DUE + DAY), reason="Gia hạn một ngày", by=by, on=TODAY)
    known = one(answering.reports_on_time, commune)
    assert known is not None
    assert known.value is True
    actions.take_back(longer, reason="Giao nhầm", by=by, on=TODAY)
    assert one(answering.reports_on_time, commune) is None


# --- programmes ---


@pytest.mark.clause("KH IV.1.2.c")
def test_a_programme_that_ran_in_the_period_is_quoted_and_without_one_there_is_no_answer(province: Province) -> None:
    programme(province)
    commune, other = province.bodies["commune"], province.bodies["commune_b"]
    assert ask(answering.programme_issued, commune, other) == {
        commune.pk: Known(
            True,
            because="Đã ban hành Nghị quyết số 12/NQ-HĐND ngày 20/07/2018, bố trí vốn ưu tiên 500.000.000 đồng.",
        )
    }


@pytest.mark.parametrize(
    ("since", "until", "on", "counts"),
    [
        (SINCE, date(2018, 7, 19), TODAY, False), (SINCE, date(2018, 7, 20), TODAY, True),
        (SINCE, UNTIL, date(2018, 7, 19), False), (date(2019, 6, 30), UNTIL, TODAY, True),
        (date(2019, 7, 1), UNTIL, TODAY, False),
    ],
)  # fmt: skip
def test_a_programme_counts_from_the_day_it_was_issued_to_its_last(
    province: Province, since: date, until: date, on: date, counts: bool
) -> None:
    programme(province, expires_on=date(2019, 6, 30))
    found = one(answering.programme_issued, province.bodies["commune"], since=since, until=until, on=on)
    assert (found is not None) is counts


# --- loans ---


def repaid(province: Province, day: date, **more: Any) -> Party:
    """A household that used its loan well and repaid it whole on `day`."""
    row = loan(province, **more)
    happened(row, province, "used", date(2018, 6, 1))
    happened(row, province, "repaid", date(2018, 12, 1), 10_000_000)
    happened(row, province, "repaid", day, 20_000_000)
    return row.party


@pytest.mark.clause("KH IV.1.2.a")
@pytest.mark.parametrize(("day", "value"), [(DUE, True), (DUE + DAY, False)])
def test_a_loan_repaid_on_its_last_day_is_in_time_and_a_day_later_is_not(
    province: Province, day: date, value: bool
) -> None:
    known = one(answering.loan_used_and_repaid, repaid(province, day))
    assert known is not None
    assert known.value is value
    assert "30.000.000 đồng ngày 05/02/2018" in known.because
    assert f"trả hết ngày {day:%d/%m/%Y}" in known.because


@pytest.mark.clause("KH IV.1.2.a")
@pytest.mark.parametrize(("on", "value"), [(DUE, None), (DUE + DAY, False)])
def test_a_loan_that_still_runs_says_nothing_until_the_day_after_its_last(
    province: Province, on: date, value: bool | None
) -> None:
    row = loan(province)
    happened(row, province, "used", date(2018, 6, 1))
    known = one(answering.loan_used_and_repaid, row.party, on=on)
    assert (known.value if known else None) is value


def test_repaid_without_anybody_having_looked_at_its_use_says_nothing(province: Province) -> None:
    row = loan(province)
    happened(row, province, "repaid", DUE, 30_000_000)
    assert one(answering.loan_used_and_repaid, row.party) is None


@pytest.mark.parametrize(
    ("first", "then", "value"), [("used", "misused", False), ("misused", "used", True)]
)  # fmt: skip
def test_the_last_check_of_its_use_decides(province: Province, first: str, then: str, value: bool) -> None:
    row = loan(province)
    happened(row, province, first, date(2018, 6, 1))
    happened(row, province, then, date(2018, 9, 1))
    happened(row, province, "repaid", DUE, 30_000_000)
    known = one(answering.loan_used_and_repaid, row.party)
    assert known is not None
    assert known.value is value


HALF = date(2019, 6, 30)


@pytest.mark.parametrize(
    ("day", "period", "value"),
    [
        (HALF, {"since": HALF}, False), (HALF - DAY, {"since": HALF}, True),
        (HALF, {"until": HALF}, False), (HALF + DAY, {"until": HALF}, None), (DUE, {}, False),
    ],
)  # fmt: skip
def test_interest_that_fell_behind_counts_in_the_period_it_fell_behind_in(
    province: Province, day: date, period: dict[str, date], value: bool | None
) -> None:
    """By the middle of 2019 the loan still ran: what fell behind later leaves that period without an answer."""
    party = repaid(province, DUE)
    happened(Loan.objects.get(party=party), province, "overdue", day)
    known = one(answering.loan_used_and_repaid, party, **period)
    assert (known.value if known else None) is value


@pytest.mark.parametrize(("since", "counts"), [(DUE, True), (DUE + DAY, False)])
def test_a_loan_that_was_over_before_the_period_says_nothing(province: Province, since: date, counts: bool) -> None:
    found = one(answering.loan_used_and_repaid, repaid(province, DUE), since=since, until=since)
    assert (found is not None) is counts


def test_one_bad_loan_decides_and_one_taken_out_is_forgotten(province: Province) -> None:
    party = repaid(province, DUE)
    bad = loan(province, party, contract="KU-02", due_on=date(2019, 6, 1))
    known = one(answering.loan_used_and_repaid, party)
    assert known is not None
    assert (known.value, "hạn 01/06/2019, đến 20/10/2020 chưa trả hết" in known.because) == (False, True)
    lending.take_out(bad, reason="Ghi nhầm hộ", by=province.seats["commune"], on=TODAY)
    known = one(answering.loan_used_and_repaid, party)
    assert known is not None
    assert known.value is True


# --- many at once ---


FACTS = [
    (answering.reports_on_time, 1), (answering.budget_settled_on_time, 1), (answering.guidance_on_time, 1),
    (answering.programme_issued, 1), (answering.loan_used_and_repaid, 2), (answering.commitment_kept, 2),
]  # fmt: skip


@pytest.mark.parametrize(("fact", "queries"), FACTS)
def test_many_parties_cost_as_many_queries_as_one(province: Province, fact: Any, queries: int) -> None:
    homes = [province.household(f"Hộ {number}") for number in range(4)]
    for home in homes:
        happened(loan(province, home), province, "overdue", date(2019, 1, 1))
    for to in ("commune", "commune_b"):
        for kind in ("report", "settlement", "guidance"):
            handed(duty(province, to, kind=kind), province)
        programme(province, to, by="district")
    for by in ("unit", "front"):
        answered(result(commitment(province, by=by), province, by=by), province)
    everybody = [*Party.objects.order_by("pk").values_list("pk", flat=True), *range(10**6, 10**6 + 40_000)]
    for among in (everybody[:1], everybody):
        with CaptureQueriesContext(connection) as asked:
            found = fact(among, since=SINCE, until=UNTIL, on=TODAY)
        assert len(asked) == queries
    assert len(found) >= 2
    assert fact([], since=SINCE, until=UNTIL, on=TODAY) == {}


def test_given_days_before_the_register_begins_nothing_is_known(province: Province) -> None:
    duty(province)
    for fact, _ in FACTS:
        assert ask(fact, province.bodies["commune"], since=date(2010, 1, 1), until=date(2010, 12, 31)) == {}
    assert GIVEN < DUE
