"""What the province settles about gifts: its thresholds, and how persons and households count after an award."""

from datetime import date

from django.db import transaction

from chungtay.accounts.models import Seat
from chungtay.contributions import jobs
from chungtay.contributions.authority import name_of
from chungtay.contributions.reckoned import CountingChoice, Threshold
from chungtay.law.giving import Giver
from chungtay.law.procedure import Desk
from chungtay.law.refusals import Reasons
from chungtay.records import journal

SETTLERS = frozenset({Desk.BOARD})
"""The desk of the Department of Home Affairs that keeps the province's rules on awards."""
CLAUSE = "QĐ 11/2015, Điều 15.4.c"


@transaction.atomic
def enter_threshold(giver: str, amount: int, since: date, source: str, *, by: Seat, on: date) -> Threshold:
    """Nhập mức đóng góp của tỉnh; only one entered later replaces it. The units of givers who reach it by this are told
    afterwards. Raises `Refused`."""
    found = _faults(source, by)
    if giver not in list(Giver):
        found.add("Chọn đối tượng trong danh sách.", field="giver")
    if amount < 1:
        found.add("Mức phải lớn hơn 0.", clause=CLAUSE, field="amount")
    found.raise_if_any()
    row = Threshold.objects.create(
        giver=giver, amount=amount, since=since, source=source.strip(), entered_on=on, entered_by=name_of(by)
    )
    journal.record(
        "enter_threshold", by=by, on=on, noun=row,
        body={"giver": giver, "amount": amount, "since": since, "source": row.source},
    )  # fmt: skip
    jobs.tell_later(row, on=on)
    return row


@transaction.atomic
def choose_counting(anew: bool, since: date, source: str, *, by: Seat, on: date) -> CountingChoice:
    """Chọn cách tính cho cá nhân, hộ gia đình, which the plan leaves open (KH IV.2.2.b). Raises `Refused`."""
    _faults(source, by).raise_if_any()
    row = CountingChoice.objects.create(
        anew=anew, since=since, source=source.strip(), entered_on=on, entered_by=name_of(by)
    )
    journal.record("choose_counting", by=by, on=on, noun=row, body={"anew": anew, "since": since, "source": row.source})
    jobs.tell_later(row, on=on)
    return row


def _faults(source: str, by: Seat) -> Reasons:
    found = Reasons()
    if by.kind not in SETTLERS:
        found.add(f"Việc này của Ban Thi đua - Khen thưởng, Sở Nội vụ, không phải của {by.kind.label}.")
    if not source.strip():
        found.add("Cần ghi văn bản và điều khoản.", clause=CLAUSE, field="source")
    return found
