"""Ai đến lượt over many communes: sums of the last count, by unit, by content, by what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from chungtay.accounts.models import Seat
from chungtay.movements.models import Round
from chungtay.places.models import Level
from chungtay.prospects.cells import unpacked
from chungtay.prospects.models import Survey, Tally
from chungtay.prospects.rounds import Chosen
from chungtay.prospects.turns import Turn
from chungtay.targets.ground import Ground, Unit

SHOWN = (Turn.READY, Turn.NEAR, Turn.OPEN, Turn.RUNNING, Turn.EXCLUDED, Turn.FAR)
OWN = "Cơ quan, đơn vị trực thuộc"


@dataclass
class Sums:
    """Cộng theo lượt, of one unit or one content."""

    turns: Counter[Turn] = field(default_factory=Counter)
    missing: Counter[str] = field(default_factory=Counter)

    def add(self, turn: Turn, short_of: str, number: int) -> None:
        self.turns[turn] += number
        if turn is Turn.NEAR and short_of:
            self.missing[short_of] += number

    @property
    def cells(self) -> list[int]:
        """The numbers in the order of `SHOWN`."""
        return [self.turns[turn] for turn in SHOWN]


@dataclass
class Overview:
    """Bảng tổng hợp của một địa bàn."""

    total: Sums = field(default_factory=Sums)
    by_unit: dict[int, Sums] = field(default_factory=dict)
    own: Sums = field(default_factory=Sums)
    by_content: dict[str, Sums] = field(default_factory=dict)
    by_award: dict[str, Sums] = field(default_factory=dict)


def surveys(round: Round) -> tuple[Survey | None, Survey | None]:
    """The last finished count of the round, and the one that is running. One query."""
    rows = list(Survey.objects.filter(round=round).order_by("-id")[:3])
    done = next((row for row in rows if row.is_done), None)
    return done, next((row for row in rows if not row.is_done), None)


def read(seat: Seat, survey: Survey, ground: Ground, unit: Unit, on: date, content: str = "") -> Overview:
    """The sums of `unit` and the units right under it, of what the seat may see. One query."""
    rows = Tally.objects.visible_to(seat, on).filter(survey=survey)
    if content:
        rows = rows.filter(content=content)
    found = Overview()
    children = {one.pk: one for one in ground.children(unit)}
    for path, letter, award, cells in rows.order_by().values_list("area_path", "content", "award", "cells"):
        at = ground.at(path)
        line = [] if at is None else [*ground.line(at), at]
        if at is None or unit.pk not in {one.pk for one in line}:
            continue
        if award:  # the same parties again, for one award
            of_award = found.by_award.setdefault(award, Sums())
            for cell, number in unpacked(cells).items():
                of_award.add(cell.now, "", number)
            continue
        below = next((one for one in line if one.pk in children), None)
        sums = found.own if below is None else found.by_unit.setdefault(below.pk, Sums())
        for cell, number in unpacked(cells).items():
            short = cell.short_of if not cell.reached or cell.value is None else ""
            for one in (found.total, sums, found.by_content.setdefault(letter, Sums())):
                one.add(cell.now, short, number)
    return found


def page(seat: Seat, chosen: Chosen, ground: Ground, unit: Unit, on: date, content: str = "") -> dict[str, Any]:
    """Context of the table of one unit."""
    done, running = surveys(chosen.round)
    if done is None:
        return {"survey": None, "running": running}
    found = read(seat, done, ground, unit, on, content)
    units = [(one, found.by_unit[one.pk]) for one in ground.children(unit) if one.pk in found.by_unit]
    return {
        "survey": done, "running": running, "heads": SHOWN, "total": found.total,
        "stats": [{"turn": turn, "number": found.total.turns[turn]} for turn in SHOWN[:-1]],
        "rows": [{"unit": one, "sums": sums, "is_commune": one.level == Level.COMMUNE} for one, sums in units],
        "own": found.own if any(found.own.cells) else None, "own_label": OWN,
        "contents_rows": [
            {"content": one, "sums": found.by_content[one.id]}
            for one in chosen.contents()
            if one.id in found.by_content
        ],
        "awards_rows": [
            {"award": one, "sums": found.by_award[one.id]} for one in chosen.plan.awards if one.id in found.by_award
        ][::-1],
        "missing": missing(chosen, found.total.missing),
    }  # fmt: skip


def missing(chosen: Chosen, counted: Counter[str]) -> list[dict[str, Any]]:
    """What those who are short of one criterion lack, the most frequent first."""
    return [
        {"question": question(chosen, criterion), "criterion": criterion, "number": number}
        for criterion, number in counted.most_common()
    ]


def question(chosen: Chosen, criterion: str) -> str:
    """A criterion in words; the registration is asked by the plan and not one of its criteria."""
    for content in chosen.plan.contents:
        asked: Iterable[Any] = chosen.plan.criteria_for(content.id)
        for one in asked:
            if one.id == criterion:
                return str(one.question)
    return chosen.plan.registration.text
