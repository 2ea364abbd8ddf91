"""Tính đóng góp vào lần khen: what an award used serves no other; what a withdrawn award used is free again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from chungtay.accounts.models import Seat
from chungtay.contributions import counting
from chungtay.contributions.counting import MANY, Line
from chungtay.contributions.gifts import Contribution, State
from chungtay.contributions.reckoned import AwardCase, Claim
from chungtay.law.refusals import Conflict, Reason, Reasons, Refused
from chungtay.records import journal, walls
from chungtay.records.journal import Act

CLAUSE = "KH IV.2.2.b"
ON_RECORD = "what an award used counts wherever it was written"


@dataclass(frozen=True)
class ClaimOn:
    """An award that uses the gifts of a giver: key of the party and of the dossier, the decision, and the period.

    `restarts`: gifts count anew after it, as after the province's certificate (KH IV.2.2.b).
    """

    party: int
    case_key: str
    number: str
    decided_on: date
    since: date
    until: date
    restarts: bool = True


@walls.everything(ON_RECORD)
@transaction.atomic
def claim(cases: Sequence[ClaimOn], *, by: Seat, on: date) -> list[AwardCase]:
    """Tính vào quyết định: every share that counts for each giver within its period is used by its award.

    The number of statements does not grow with the number of cases. The gifts are held until commit, so that none is
    corrected meanwhile. Raises `Refused` for a period out of order, `Conflict` when another award was first.
    """
    if not cases:
        return []
    _faults(cases).raise_if_any()
    free = _free(cases, on)
    rows = [
        AwardCase(
            party_id=one.party, case_key=one.case_key, number=one.number, decided_on=one.decided_on, since=one.since,
            until=one.until, restarts=one.restarts, claimed_on=on,
        )
        for one in cases
    ]  # fmt: skip
    try:
        with transaction.atomic():
            AwardCase.objects.bulk_create(rows, batch_size=100)
            Claim.objects.bulk_create(
                (
                    Claim(case=row, share_id=line.share, amount=line.amount)
                    for row in rows
                    for line in free[row.case_key]
                ),
                batch_size=200,
            )
    except IntegrityError as twice:
        raise Conflict(
            [Reason("Khoản đóng góp vừa được tính vào một quyết định khác; xem lại rồi ký.", CLAUSE)]
        ) from twice
    acts = [
        Act("claim_gifts", row, {
            "case": row.case_key, "decision": row.number, "lines": len(free[row.case_key]),
            "amount": sum(line.amount for line in free[row.case_key]),
        })
        for row in rows
    ]  # fmt: skip
    journal.record_many(acts, by=by, on=on)
    return rows


@walls.everything(ON_RECORD)
@transaction.atomic
def release(case_key: str, *, by: Seat, on: date, reason: str) -> int:
    """Bỏ tính: the award was withdrawn, so what it used is free again. The number of shares freed; 0 when this room
    knows no such award. Raises `Refused` without a reason."""
    if not reason.strip():
        raise Refused.because("Cần ghi lý do bỏ tính đóng góp.", clause=CLAUSE, field="reason")
    case = AwardCase.objects.select_for_update().filter(case_key=case_key, released_on__isnull=True).first()
    if case is None:
        return 0
    AwardCase.objects.filter(pk=case.pk).update(released_on=on, released_why=reason.strip()[:300])
    freed = Claim.objects.filter(case=case, released_on__isnull=True).update(released_on=on)
    journal.record(
        "release_gifts",
        by=by,
        on=on,
        noun=case,
        body={"case": case_key, "lines": freed, "reason": reason.strip()[:300]},
    )
    return freed


def _faults(cases: Sequence[ClaimOn]) -> Reasons:
    found = Reasons()
    for one in cases:
        if one.until < one.since:
            found.add(f"Hồ sơ {one.case_key}: thời gian thành tích kết thúc trước khi bắt đầu.")
        if not one.number.strip():
            found.add(f"Hồ sơ {one.case_key}: chưa có số quyết định.")
    return found


def _free(cases: Sequence[ClaimOn], on: date) -> dict[str, list[Line]]:
    """By case the shares that it may use. Of two cases of one giver under two names the first takes them."""
    book = counting.read(
        {one.party for one in cases},
        since=min(one.since for one in cases),
        until=max(one.until for one in cases),
        on=on,
    )
    found: dict[str, list[Line]] = {}
    for one in cases:
        tally = book.of(one.party, since=one.since, until=one.until, on=one.decided_on)
        found[one.case_key] = list(tally.lines)
    held = _hold({line.gift for lines in found.values() for line in lines})
    taken: set[int] = set()
    for key, lines in found.items():
        found[key] = [line for line in lines if line.gift in held and line.share not in taken]
        taken.update(line.share for line in found[key])
    return found


def _hold(gifts: set[int]) -> set[int]:
    """Those of the gifts that are still confirmed, locked until commit, in the order of their keys."""
    held: set[int] = set()
    ordered = sorted(gifts)
    for start in range(0, len(ordered), MANY):
        rows = Contribution.objects.select_for_update().filter(
            pk__in=ordered[start : start + MANY], state=State.CONFIRMED
        )
        held.update(rows.order_by("pk").values_list("pk", flat=True))
    return held
