"""The round and the movement that a page is about, and the award that one may ask for in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404, QueryDict

from chungtay.accounts.models import Seat
from chungtay.law.awards import Award as Form
from chungtay.law.awards import Level
from chungtay.merits.asking import Ask, ask
from chungtay.movements.models import Movement, Round
from chungtay.movements.plan import Award, Content, Plan
from chungtay.places.models import DIGITS

LOWER_LAST = tuple(Form)
ORDER = ("yearly", "five_year", "midterm")
"""Of the rounds that are open at once, the usual one first."""


@dataclass(frozen=True)
class Chosen:
    """Đợt đang xem, with its plan and the day that its verdicts are for: today, or the round's last day once over."""

    round: Round
    rounds: list[Round]
    plan: Plan
    movement: Movement
    on: date

    def contents(self) -> list[Content]:
        """The contents that an award may be asked for in this round."""
        return [one for one in self.plan.contents if awards_of(self.plan, one.id, self.round.kind)]

    def content(self, asked: str) -> Content:
        """The content of that id, or the first one."""
        found = self.contents()
        return next((one for one in found if one.id == asked), found[0])

    def asks(self, content: str, award: str = "") -> list[Ask]:
        """The questions put about everybody who takes part in that content, one for each award that comes to the
        province, its own first; with `award` that one alone, if it is among them. Raises Http404 without any."""
        of, found = self.round, awards_of(self.plan, content, self.round.kind)
        if not found:
            raise Http404
        chosen = [one for one in found if one.id == award] or found
        return [ask(self.plan, self.movement.pk, one.id, content, of.kind, on=self.on, year=of.year) for one in chosen]

    def ask(self, content: str, award: str = "") -> Ask:
        """The first of `asks`."""
        return self.asks(content, award)[0]


def awards_of(plan: Plan, content: str, occasion: str) -> list[Award]:
    """The awards of that occasion for which a dossier comes to the province (KH IV.2.1, IV.2.2): its own first, then
    the State's, the lower one before the higher."""
    levels = {Level.PROVINCE: 0, Level.STATE: 1}
    found = [award for award in plan.awards_for(content, occasion) if award.level in levels]
    return sorted(found, key=lambda award: (levels[award.level], -LOWER_LAST.index(award.id)))


def movement_of(seat: Seat) -> Movement:
    """The latest movement of the seat's province. Raises Http404 where there is none."""
    rows = Movement.objects.select_related("place").order_by("-code")
    home = seat.desk.body.area_path[:DIGITS]
    found = next((one for one in rows if one.place.path == home), None)
    if found is None:
        raise Http404
    return found


def choose(seat: Seat, on: date, asked: QueryDict) -> Chosen:
    """The round that `?dot=` names, or the one that is open, or the latest that was. Raises Http404 without any."""
    movement = movement_of(seat)
    rows = Round.objects.filter(plan_version__movement=movement).select_related("plan_version")
    rounds = sorted(rows.defer("plan_version__content"), key=lambda one: (-one.year, ORDER.index(one.kind)))
    if not rounds:
        raise Http404
    chosen = next((one for one in rounds if str(one.pk) == asked.get("dot", "")), None)
    if chosen is None:
        begun = [one for one in rounds if one.opens <= on]
        running = [one for one in begun if one.is_open(on)]
        chosen = next(iter(running or begun or rounds[-1:]))
    return Chosen(chosen, rounds, chosen.plan_version.plan, movement, min(on, chosen.closes))
