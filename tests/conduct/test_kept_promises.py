"""The fact about help promised to a poor area: kept, broken, or not to be said yet (KH IV.1.2.d)."""

from datetime import date, timedelta

import pytest

from chungtay.conduct import promising
from chungtay.conduct.answering import commitment_kept
from chungtay.law.criteria import Known
from tests.conduct.made import answered, commitment, result
from tests.make import TODAY, Province

SINCE, UNTIL = date(2018, 1, 1), date(2019, 12, 31)
DAY = timedelta(days=1)


def one(province: Province, *, since: date = SINCE, until: date = UNTIL, on: date = TODAY) -> Known | None:
    """What is known about the department of health."""
    unit = province.bodies["unit"].pk
    return commitment_kept([unit], since=since, until=until, on=on).get(unit)


@pytest.mark.clause("KH IV.1.2.d")
def test_a_commitment_is_kept_once_the_commune_says_so(province: Province) -> None:
    row = commitment(province)
    told = result(row, province)
    assert one(province) is None
    answered(told, province)
    known = one(province)
    assert known is not None
    assert known.value is True
    assert "“Xây hai căn nhà cho hộ nghèo”: Đã xây hai căn nhà, 120 triệu đồng" in known.because
    assert one(province, on=TODAY - DAY) is None


def test_what_the_commune_refuses_is_not_kept_until_a_new_result_is_told(province: Province) -> None:
    row = commitment(province)
    answered(result(row, province), province, accepted=False)
    known = one(province)
    assert known is not None
    assert (known.value, "Mới xây được một căn" in known.because) == (False, True)
    again = result(row, province, date(2019, 9, 1))
    assert one(province) is None
    answered(again, province)
    known = one(province)
    assert known is not None
    assert known.value is True


@pytest.mark.parametrize(("on", "value"), [(UNTIL, None), (UNTIL + DAY, False)])
def test_a_commitment_that_ran_out_without_a_word_was_not_kept(
    province: Province, on: date, value: bool | None
) -> None:
    commitment(province)
    known = one(province, on=on)
    assert (known.value if known else None) is value


@pytest.mark.parametrize(
    ("since", "until", "counts"),
    [
        (date(2019, 6, 1), UNTIL, True), (date(2019, 6, 2), UNTIL, False), (SINCE, date(2019, 6, 1), True),
        (SINCE, date(2019, 5, 31), False),
    ],
)  # fmt: skip
def test_a_result_counts_in_the_period_of_its_own_day(
    province: Province, since: date, until: date, counts: bool
) -> None:
    row = commitment(province, until=date(2020, 12, 31))
    answered(result(row, province), province)
    found = one(province, since=since, until=until)
    assert (found is not None) is counts


@pytest.mark.parametrize(("since", "value"), [(date(2019, 6, 1), False), (date(2019, 6, 2), None)])
def test_what_the_commune_refused_before_the_period_says_nothing_about_it(
    province: Province, since: date, value: bool | None
) -> None:
    row = commitment(province, until=date(2020, 12, 31))
    answered(result(row, province), province, accepted=False)
    known = one(province, since=since)
    assert (known.value if known else None) is value


@pytest.mark.parametrize(
    ("accepted", "value"), [(True, None), (False, False), (None, None)], ids=["confirmed", "refused", "waits"]
)
def test_a_promise_that_ran_out_was_not_kept_if_no_result_of_it_was_ever_confirmed(
    province: Province, accepted: bool | None, value: bool | None
) -> None:
    told = result(commitment(province), province)
    if accepted is not None:
        answered(told, province, accepted=accepted)
    known = one(province, since=date(2019, 7, 1))
    assert (known.value if known else None) is value
    assert known is None or "không có kết quả nào được công nhận" in known.because


def test_a_commitment_taken_out_is_forgotten(province: Province) -> None:
    row = commitment(province)
    promising.take_out_commitment(row, reason="Ghi nhầm xã", by=province.seats["unit"], on=TODAY)
    assert one(province) is None
