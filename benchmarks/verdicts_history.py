"""Five years of gifts, registrations, loans, disciplines and awards for everybody that `province.py` made.

`python benchmarks/verdicts_history.py` prints one line of JSON: how many rows of each kind. A process of its own.
"""

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import province  # sets Django up
from django.db import connection

from chungtay.conduct.models import Loan, LoanEvent
from chungtay.contributions.models import AwardCase, Claim, Contribution, Share
from chungtay.movements.models import Movement
from chungtay.nominations.models import Dossier
from chungtay.parties.kinds import PartyKind
from chungtay.parties.models import Discipline, Party
from chungtay.records import walls
from chungtay.registrations.models import Registration

ON, SINCE = date(2020, 10, 20), date(2016, 1, 1)
THRESHOLD = 100_000_000
AT_THE_BORDER = 0.05
"""The share of givers whose gifts come to the threshold or to one đồng less."""


def fill() -> dict[str, int]:
    """Write the history; how many rows of each kind."""
    told = list(Party.objects.filter(pk__gte=province.FIRST).order_by("pk").values_list(
        "pk", "kind", "place_id", "area_path", "managing_unit_id"))  # fmt: skip
    movement = Movement.objects.get().pk
    counts = {}
    dice = random.Random(11)
    gifts = list(_gifts(told, dice))
    everything: list[tuple[Any, Any]] = [
        (Registration, _registrations(told, movement, dice)),
        (Discipline, _disciplines(told, dice)),
        (Contribution, (gift for gift, _ in gifts)),
        (Share, (share for _, share in gifts)),
    ]
    loans = list(_loans(told, dice))
    everything += [(Loan, (loan for loan, _ in loans)), (LoanEvent, (one for _, some in loans for one in some))]
    cases = list(_cases(gifts, dice))
    everything += [(AwardCase, (case for case, _ in cases)), (Claim, (one for _, some in cases for one in some))]
    for model, rows in everything:
        province.load(model, rows)
        counts[model._meta.model_name or ""] = model.objects.count()
    Dossier.objects.filter(pk__gte=province.FIRST).update(
        period_from=date(2016, 1, 1), period_to=date(2017, 6, 30), summary="Việc đã được khen"
    )
    if connection.vendor == "postgresql":
        connection.cursor().execute("VACUUM ANALYZE")
    else:
        connection.cursor().execute("ANALYZE")
    return counts


def _some_day(dice: random.Random) -> date:
    return SINCE + timedelta(days=dice.randrange(1700))


def _registrations(told: list[Any], movement: int, dice: random.Random) -> Iterator[dict[str, Any]]:
    key = province.FIRST
    for party, kind, _, path, _ in told:
        household = kind == PartyKind.HOUSEHOLD
        ways = [("emulation", "a"), ("leave_poverty", "a")] if household else [("emulation", "e")]
        for way, content in ways:
            if dice.random() < 0.9:
                key += 1
                yield {
                    "id": key, "party_id": party, "movement_id": movement, "kind": way, "content": content, "year": 0,
                    "registered_on": _some_day(dice).isoformat(), "area_path": path,
                }  # fmt: skip


def _disciplines(told: list[Any], dice: random.Random) -> Iterator[dict[str, Any]]:
    for n, (party, *_) in enumerate(told):
        if dice.random() < 0.013:
            since = _some_day(dice)
            form = "pending" if dice.random() < 0.25 else dice.choice(("criticism", "reprimand", "warning"))
            until = since + timedelta(days=365) if dice.random() < 0.7 else None
            yield {
                "id": province.FIRST + n, "party_id": party, "form": form, "since": since.isoformat(),
                "until": until and until.isoformat(), "source": "12/QĐ", "recorded_on": since.isoformat(),
            }  # fmt: skip


def _gifts(told: list[Any], dice: random.Random) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    key = province.FIRST
    for party, kind, place, path, unit in told:
        if kind == PartyKind.HOUSEHOLD:
            sums = [dice.randrange(1, 50) * 100_000] if dice.random() < 0.2 else []
        elif dice.random() < AT_THE_BORDER:
            first = dice.randrange(1, THRESHOLD)
            sums = [first, THRESHOLD - first - dice.randrange(2)]
        else:
            sums = [dice.randrange(1, 100) * 1_000_000 for _ in range(dice.randrange(1, 4))]
        for value in filter(None, sums):
            key += 1
            day, state = _some_day(dice), "confirmed" if dice.random() < 0.9 else "received"
            confirmed = {"confirmed_on": day.isoformat(), "confirmed_by": "Người nhận"} if state == "confirmed" else {}
            gift = {
                "id": key, "nature": "money", "place_id": place, "area_path": path, "community_id": place,
                "purpose": "Ủng hộ hộ nghèo", "day": day.isoformat(), "value": value, "method": "counted",
                "evidence": "Phiếu thu", "recorded_body_id": unit, "recorded_on": day.isoformat(), "state": state,
                "received_on": day.isoformat(), **confirmed,
            }  # fmt: skip
            share = {"id": key, "gift_id": key, "ordinal": 1, "party_id": party, "amount": value, "area_path": path}
            yield gift, share


def _loans(told: list[Any], dice: random.Random) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    key = event = province.FIRST
    for party, kind, _, path, unit in told:
        if kind != PartyKind.HOUSEHOLD or dice.random() < 0.5:
            continue
        key += 1
        lent, line = _some_day(dice), {"area_path": path, "entered_by_id": unit, "entered_on": "2020-01-01"}
        due, amount = lent + timedelta(days=720), dice.randrange(10, 50) * 1_000_000
        loan = {
            "id": key, "party_id": party, "bank_name": "Ngân hàng Chính sách xã hội", "purpose": "Nuôi tôm",
            "amount": amount, "lent_on": lent.isoformat(), "due_on": due.isoformat(), **line,
        }  # fmt: skip
        events = []
        kinds = [
            ("used" if dice.random() < 0.95 else "misused", 90, None),
            ("repaid", dice.randrange(500, 760), amount),
        ]
        for way, days, paid in kinds:
            day = lent + timedelta(days=days)
            if day <= ON:
                event += 1
                events.append({"id": event, "loan_id": key, "kind": way, "day": day.isoformat(), "amount": paid,
                               "who": "Cán bộ tín dụng" if paid is None else "", **line})  # fmt: skip
        yield loan, events


def _cases(gifts: list[Any], dice: random.Random) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    key, seen = province.FIRST, set()
    for gift, share in gifts:
        if gift["state"] != "confirmed" or share["party_id"] in seen or dice.random() > 0.06:
            continue
        seen.add(share["party_id"])
        key += 1
        day = date.fromisoformat(gift["day"])
        decided = min(day + timedelta(days=30), ON - timedelta(days=1))
        case = {
            "id": key, "party_id": share["party_id"], "case_key": f"case-{key}", "number": f"{key}/QĐ-UBND",
            "decided_on": decided.isoformat(), "since": day.isoformat(), "until": decided.isoformat(),
            "claimed_on": decided.isoformat(),
        }  # fmt: skip
        yield case, [{"id": key, "case_id": key, "share_id": share["id"], "amount": share["amount"]}]


if __name__ == "__main__":
    with walls.everything("the benchmark is about everybody"):
        print(json.dumps(fill()), flush=True)
