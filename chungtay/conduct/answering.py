"""What this room knows about criteria: one function a fact, for many parties at once, in a constant number of queries.

A missing party is "no data", never "not met": what is not yet due, and what waits for the other side's word, counts
neither way. Every answer holds a sentence with the numbers and the line of the register that decided.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from chungtay.conduct.models import Commitment, Duty, Loan, LoanEvent, Programme, Result
from chungtay.law.criteria import Known
from chungtay.law.money import dong
from chungtay.records import walls
from chungtay.records.among import Among

WHY = "what the law asks about a nominee counts wherever it was written"
_ON_TIME = {
    Duty.Kind.REPORT: "báo cáo",
    Duty.Kind.SETTLEMENT: "lần quyết toán kinh phí",
    Duty.Kind.GUIDANCE: "văn bản hướng dẫn",
}


def budget_settled_on_time(parties: Collection[int], *, since: date, until: date, on: date) -> dict[int, Known]:
    """Quyết toán kinh phí đúng thời gian quy định (KH IV.1.2.c): every settlement due in the period was in time."""
    return _on_time(Duty.Kind.SETTLEMENT, parties, since, until, on)


def reports_on_time(parties: Collection[int], *, since: date, until: date, on: date) -> dict[int, Known]:
    """Báo cáo đầy đủ, đúng hạn (KH IV.1.2.c): every report due in the period was in time; one late one decides."""
    return _on_time(Duty.Kind.REPORT, parties, since, until, on)


def guidance_on_time(parties: Collection[int], *, since: date, until: date, on: date) -> dict[int, Known]:
    """Văn bản hướng dẫn đúng thời hạn (KH IV.1.2.d): every guidance paper due in the period was in time."""
    return _on_time(Duty.Kind.GUIDANCE, parties, since, until, on)


def programme_issued(parties: Collection[int], *, since: date, until: date, on: date) -> dict[int, Known]:
    """Có chương trình, nghị quyết giảm nghèo (KH IV.1.2.c): one that ran on some day of the period. Never False."""
    last = min(until, on)
    rows = Programme.objects.in_force().filter(Among("party_id", parties), issued_on__lte=last)
    found: dict[int, list[Programme]] = {}
    with walls.everything(WHY):
        for row in rows.order_by("issued_on", "id"):
            if row.expires_on is None or row.expires_on >= since:
                found.setdefault(row.party_id, []).append(row)
    return {party: Known(True, because=_programmes(of)) for party, of in found.items()}


def _programmes(rows: list[Programme]) -> str:
    first, budget = rows[0], sum(row.budget for row in rows)
    named = f"{first.get_kind_display()} số {first.number} ngày {first.issued_on:%d/%m/%Y}"
    more = f" và {len(rows) - 1} văn bản khác" if len(rows) > 1 else ""
    money = f", bố trí vốn ưu tiên {dong(budget)} đồng" if budget else ""
    return f"Đã ban hành {named}{more}{money}."


# --- what was due by a day ---


@dataclass
class _Tally:
    """What was due of one party: how many in time and confirmed, how many wait for the receiver's word, and the
    sentences about those that were late."""

    in_time: int = 0
    waiting: int = 0
    late: list[str] = field(default_factory=list)


def _on_time(kind: Duty.Kind, parties: Collection[int], since: date, until: date, on: date) -> dict[int, Known]:
    """One query. A duty belongs to the period by the day on which it was due, both borders included.

    A late one decides. Otherwise one that was handed in and that its receiver has not confirmed leaves it open.
    """
    rows = Duty.objects.in_force().with_handing().select_related(None).filter(
        Among("party_id", parties), kind=kind, due_on__gte=since, due_on__lte=until
    )  # fmt: skip
    columns = ("party_id", "title", "year", "due_on", "handing__handed_on", "handing__accepted",
               "handing__answered_on", "handing__paper")  # fmt: skip
    found: dict[int, _Tally] = {}
    with walls.everything(WHY):
        for party, title, year, due_on, handed_on, accepted, answered_on, paper in rows.order_by(
            "due_on", "id"
        ).values_list(*columns):
            handed = handed_on if handed_on is not None and handed_on <= on else None
            confirmed = bool(accepted) and answered_on is not None and answered_on <= on
            name = f"“{title} {year}”" if str(year) not in title else f"“{title}”"
            if handed is None and due_on < on:
                found.setdefault(party, _Tally()).late.append(
                    f"{name} hạn {due_on:%d/%m/%Y}, đến {on:%d/%m/%Y} chưa nộp"
                )
            elif handed is not None and handed > due_on:
                days = (handed - due_on).days
                found.setdefault(party, _Tally()).late.append(
                    f"{name} hạn {due_on:%d/%m/%Y}, nộp {handed:%d/%m/%Y} (văn bản {paper}), muộn {days} ngày"
                )
            elif confirmed:
                found.setdefault(party, _Tally()).in_time += 1
            elif handed is not None:
                found.setdefault(party, _Tally()).waiting += 1
    span = f"từ {since:%d/%m/%Y} đến {until:%d/%m/%Y}"
    settled = {party: tally for party, tally in found.items() if tally.late or not tally.waiting}
    return {party: _judged(tally, _ON_TIME[kind], span) for party, tally in settled.items()}


def _judged(tally: _Tally, thing: str, span: str) -> Known:
    if not tally.late:
        return Known(True, because=f"{tally.in_time} {thing} đến hạn {span} đều đúng hạn, nơi nhận đã xác nhận.")
    more = f", và {len(tally.late) - 1} việc khác muộn" if len(tally.late) > 1 else ""
    return Known(False, because=f"Muộn hạn: {tally.late[0]}{more}; {tally.in_time} {thing} khác đúng hạn.")


# --- loans ---


def loan_used_and_repaid(parties: Collection[int], *, since: date, until: date, on: date) -> dict[int, Known]:
    """Vay vốn dùng đúng mục đích, trả đúng hạn (KH IV.1.2.a). Two queries.

    A loan counts if it ran on some day of the period. It speaks against the household when the last check found it
    misused, when interest or principal fell behind in the period, or when it was not repaid whole by its last day; for
    it, when it was repaid whole in time and a check found it well used. A loan that still runs says nothing.
    """
    last = min(until, on)
    rows = Loan.objects.in_force().filter(Among("party_id", parties), lent_on__lte=last)
    with walls.everything(WHY):
        loans = list(rows.order_by("lent_on", "id"))
        happened = LoanEvent.objects.in_force().filter(loan__in=rows.values("pk"), day__lte=on)
        events: dict[int, list[LoanEvent]] = {}
        for event in happened.order_by("day", "id"):
            events.setdefault(event.loan_id, []).append(event)
    good: dict[int, list[str]] = {}
    bad: dict[int, list[str]] = {}
    for loan in loans:
        said = _of_loan(loan, events.get(loan.pk, []), since, last, on)
        if said is not None:
            (good if said[0] else bad).setdefault(loan.party_id, []).append(said[1])
    found = {party: Known(True, because=f"{_joined(said)}.") for party, said in good.items()}
    return found | {party: Known(False, because=f"{_joined(said)}.") for party, said in bad.items()}


def _joined(said: list[str]) -> str:
    return said[0] if len(said) == 1 else f"{said[0]}; và {len(said) - 1} khoản vay khác cũng vậy"


def _of_loan(
    loan: Loan, events: Iterable[LoanEvent], since: date, last: date, on: date
) -> tuple[bool, str] | None:  # fmt: skip
    """Whether one loan speaks for or against its household, and in what words; None when it says nothing yet."""
    left, paid_on, check = loan.amount, None, None
    behind: LoanEvent | None = None
    for event in events:
        if event.kind == LoanEvent.Kind.REPAID:
            left -= event.amount or 0
            paid_on = event.day if left <= 0 and paid_on is None else paid_on
        elif event.kind == LoanEvent.Kind.OVERDUE:
            behind = event if since <= event.day <= last else behind
        else:
            check = event
    if paid_on is not None and paid_on < since:
        return None
    named = f"Khoản vay {dong(loan.amount)} đồng ngày {loan.lent_on:%d/%m/%Y} của {loan.bank_name}"
    if check is not None and check.kind == LoanEvent.Kind.MISUSED:
        return False, f"{named}: kiểm tra ngày {check.day:%d/%m/%Y} thấy dùng sai mục đích ({check.who})"
    if behind is not None:
        return False, f"{named}: chậm trả lãi hoặc gốc, ghi ngày {behind.day:%d/%m/%Y}"
    if loan.due_on <= last and loan.due_on < on and (paid_on is None or paid_on > loan.due_on):
        till = f"trả hết ngày {paid_on:%d/%m/%Y}" if paid_on else f"đến {on:%d/%m/%Y} chưa trả hết"
        return False, f"{named}: hạn {loan.due_on:%d/%m/%Y}, {till}"
    if paid_on is not None and paid_on <= last and check is not None:
        used = f"kiểm tra ngày {check.day:%d/%m/%Y} thấy dùng đúng mục đích"
        return True, f"{named}: {used}, trả hết ngày {paid_on:%d/%m/%Y}, hạn {loan.due_on:%d/%m/%Y}"
    return None


# --- commitments ---


def commitment_kept(parties: Collection[int], *, since: date, until: date, on: date) -> dict[int, Known]:
    """Có cam kết giúp một địa bàn nghèo cụ thể và đã giúp (KH IV.1.2.d). Two queries.

    Kept: the commune that was helped confirmed a result of the period. Broken: it refused the last result of the
    period, or the promise ran out in the period and no result of it was ever confirmed or waits for the commune's word.
    What waits counts neither way.
    """
    last = min(until, on)
    rows = Commitment.objects.in_force().filter(Among("party_id", parties), since__lte=last, until__gte=since)
    with walls.everything(WHY):
        promised = list(rows.select_related("place").order_by("since", "id"))
        told = Result.objects.in_force().filter(commitment__in=rows.values("pk"), day__lte=last)
        results: dict[int, list[Result]] = {}
        for result in told.order_by("day", "id"):
            results.setdefault(result.commitment_id, []).append(result)
    good: dict[int, list[str]] = {}
    bad: dict[int, list[str]] = {}
    for row in promised:
        said = _of_commitment(row, results.get(row.pk, []), since, until, on)
        if said is not None:
            (good if said[0] else bad).setdefault(row.party_id, []).append(said[1])
    found = {party: Known(True, because=f"{'; '.join(said[:2])}.") for party, said in good.items()}
    return found | {party: Known(False, because=f"{'; '.join(said[:2])}.") for party, said in bad.items()}


def _of_commitment(
    row: Commitment, results: list[Result], since: date, until: date, on: date
) -> tuple[bool, str] | None:  # fmt: skip
    """Whether one promise speaks for or against its unit, and in what words; None when it says nothing yet."""
    named = f"Cam kết giúp {row.hamlet + ', ' if row.hamlet else ''}{row.place}: “{row.what}”"
    word = {one.pk: one.accepted for one in results if one.answered_on is not None and one.answered_on <= on}
    latest = results[-1] if results else None
    if latest is not None and latest.day >= since and word.get(latest.pk) is False:
        return False, f"{named}: nơi được giúp chưa công nhận kết quả ({latest.answer})"
    kept = [one for one in results if one.day >= since and word.get(one.pk)]
    if kept:
        last = kept[-1]
        return True, f"{named}: {last.text}, nơi được giúp xác nhận ngày {last.answered_on:%d/%m/%Y}"
    if row.until <= until and row.until < on and all(word.get(one.pk) is False for one in results):
        none = "không có kết quả nào được công nhận" if results else "không báo kết quả"
        return False, f"{named}: hết hạn ngày {row.until:%d/%m/%Y} mà {none}"
    return None
