"""Đã tính từ lần khen trước: the meter of one giver on a day, as an officer reads it out (KH IV.2.2.b)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from chungtay.contributions import counting
from chungtay.contributions.counting import Line, Tally
from chungtay.contributions.gifts import Contribution
from chungtay.contributions.reckoned import AwardCase
from chungtay.law.giving import giver_of
from chungtay.law.money import dong
from chungtay.parties import areas
from chungtay.parties.models import Party
from chungtay.records import walls


@walls.everything("what the law asks about a giver counts wherever it was received")
def of(party: Party, on: date) -> dict[str, Any]:
    """Since which day gifts count and by which decision, each line and why, the sum, the threshold, what is missing.

    The number of queries does not grow with the number of lines.
    """
    since, until = counting.phase_on(on)
    tally = counting.read([party.pk], since=since, until=until, on=on).of(party.pk, since=since, until=until, on=on)
    giver = giver_of(party.payee)
    level = tally.threshold
    return {
        "tally": tally,
        "giver": giver.label,
        "since": tally.counting.since,
        "sentence": tally.counting.sentence,
        "clause": str(tally.counting.source),
        "last": tally.last,
        "total": tally.total,
        "needed": level.value if level is not None else None,
        "source": tally.level_source,
        "missing": tally.missing,
        "share": min(100, tally.total * 100 // level.value) if level is not None else 0,
        "answer": _answer(tally),
        "assumed": tally.assumed,
        "lines": _lines(tally, on),
    }


def _answer(tally: Tally) -> str:
    if tally.threshold is None:
        return "Chưa có mức đóng góp cho ngày này."
    if tally.reached:
        return f"Đã đạt mức {dong(tally.threshold.value)} đồng."
    return f"Còn thiếu {dong(tally.missing)} đồng để đạt mức {dong(tally.threshold.value)} đồng."


def _lines(tally: Tally, on: date) -> list[dict[str, Any]]:
    """Each confirmed share of the period, the earliest first, and why it counts or does not."""
    every = sorted([*tally.lines, *tally.before, *tally.used], key=lambda line: (line.received_on, line.share))
    gifts = _gifts(every)
    places = areas.names_on([gift.place_id for gift in gifts.values()], on)
    used = {case.pk: case for case in AwardCase.objects.filter(pk__in={line.case for line in tally.used})}
    counted = {line.share for line in tally.lines}
    found = []
    for line in every:
        gift, case = gifts[line.gift], used.get(line.case or 0)
        if line.share in counted:
            short, why, tone = "Được tính", "", "ok"
        elif case is not None:
            short, why, tone = "Đã dùng", f"Đã tính vào {case.number} ngày {case.decided_on:%d/%m/%Y}", "honour"
        else:
            short, why, tone = "Không tính", f"Nhận trước ngày {tally.counting.since:%d/%m/%Y}", "neutral"
        found.append({
            "gift": gift,
            "place": places.get(gift.place_id, ""),
            "received_on": line.received_on,
            "amount": line.amount,
            "short": short,
            "why": why,
            "tone": tone,
        })  # fmt: skip
    return found


def _gifts(lines: Sequence[Line]) -> dict[int, Contribution]:
    keys = sorted({line.gift for line in lines})
    found: dict[int, Contribution] = {}
    for start in range(0, len(keys), counting.MANY):
        found |= Contribution.objects.in_bulk(keys[start : start + counting.MANY])
    return found
