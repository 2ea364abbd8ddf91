"""Somebody corrects a line while another hangs something on it: nothing is left behind on the old one."""

from datetime import date

import pytest

from chungtay.conduct import actions, lending, promising
from chungtay.conduct.models import Commitment, Duty, Handing, Loan, LoanEvent, Result
from chungtay.conduct.promising import Promise
from chungtay.law.refusals import Conflict
from tests.conduct.made import commitment, duty, handed, happened, loan, result, task, terms
from tests.make import TODAY, Province


def test_what_is_handed_in_for_a_duty_that_was_corrected_meanwhile_is_a_conflict(province: Province) -> None:
    stale = Duty.objects.select_related("party", "owed_to").get(pk=duty(province).pk)
    longer = task(due_on=date(2019, 12, 20))
    actions.correct(duty_again(stale), longer, reason="Gia hạn", by=province.seats["district"], on=TODAY)
    with pytest.raises(Conflict):
        handed(stale, province, by="commune")
    assert Handing.objects.count() == 0


def duty_again(row: Duty) -> Duty:
    """The same duty as another request read it."""
    return Duty.objects.select_related("party", "owed_to").get(pk=row.pk)


def test_what_became_of_a_loan_that_was_corrected_meanwhile_is_a_conflict(province: Province) -> None:
    row = loan(province)
    stale = Loan.objects.select_related("party").get(pk=row.pk)
    longer = terms(due_on=date(2020, 12, 15))
    lending.correct(row, longer, reason="Gia hạn 12 tháng", by=province.seats["commune"], on=TODAY)
    for kind, amount in (("used", None), ("repaid", 5)):
        with pytest.raises(Conflict):
            happened(stale, province, kind, date(2019, 1, 1), amount)
    assert LoanEvent.objects.count() == 0


def test_a_result_of_a_promise_that_was_corrected_meanwhile_is_a_conflict(province: Province) -> None:
    row = commitment(province)
    stale = Commitment.objects.select_related("party", "place").get(pk=row.pk)
    longer = Promise(row.place, row.hamlet, row.what, row.since, date(2020, 12, 31))
    promising.correct_commitment(row, longer, reason="Kéo dài một năm", by=province.seats["unit"], on=TODAY)
    with pytest.raises(Conflict):
        result(stale, province)
    assert Result.objects.count() == 0
