"""Gathering: every fact that is asked about many parties, from the rooms that hold them, one call for each fact."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Protocol

from chungtay.conduct import answering as conduct_answering
from chungtay.contributions import answering as contributions_answering
from chungtay.law.awards import Payee
from chungtay.law.criteria import Known
from chungtay.merits.asking import Ask
from chungtay.parties import answering as parties_answering
from chungtay.parties.answering import OnRecord
from chungtay.parties.kinds import payee_of
from chungtay.parties.models import Party
from chungtay.practices import answering as practices_answering
from chungtay.records import walls
from chungtay.records.among import Among
from chungtay.registrations import answering as registrations_answering
from chungtay.reviews import answering as reviews_answering
from chungtay.targets import answering as targets_answering

ON_RECORD = "what the law asks about a nominee counts wherever it was written"
Column = Mapping[int, Known]


class Answering(Protocol):
    """A function of a room's `answering.py`: the parties for which there are data, each with what the data say."""

    def __call__(self, parties: Collection[int], *, since: date, until: date, on: date) -> dict[int, Known]: ...


@dataclass(frozen=True)
class Gathered:
    """Những điều đã biết: the facts by name and party, who the parties are, and what the register holds against them.

    `kinds` names every party that exists among those asked about.
    """

    ask: Ask
    kinds: Mapping[int, str]
    columns: Mapping[str, Column]
    recorded: Mapping[int, OnRecord]

    def of(self, party: int) -> dict[str, Known]:
        """The facts of one party for which there are data."""
        return {name: column[party] for name, column in self.columns.items() if party in column}

    def moved(self, fact: str, needed: Mapping[Payee, int | Fraction]) -> "Gathered":
        """The same facts, one of them against other thresholds by kind of payee: no query, nothing else changes."""
        column = {
            party: replace(known, needed=needed[payee], assumed="") if payee in needed else known
            for party, known in self.columns.get(fact, {}).items()
            for payee in (payee_of(self.kinds[party]),)
        }
        return replace(self, columns={**self.columns, fact: column})


def _by_register(parties: Collection[int], ask: Ask, recorded: Mapping[int, OnRecord]) -> dict[int, Known]:
    return parties_answering.unmarked(parties, recorded, since=ask.since, until=ask.until, on=ask.on)


def _nothing_pending(parties: Collection[int], ask: Ask, recorded: Mapping[int, OnRecord]) -> dict[int, Known]:
    return parties_answering.unpending(parties, recorded, on=ask.on)


def _wish(parties: Collection[int], ask: Ask, recorded: Mapping[int, OnRecord]) -> dict[int, Known]:
    return registrations_answering.registered_to_leave_poverty(
        parties, since=ask.since, until=ask.until, on=ask.on, movement=ask.movement
    )


def _content(parties: Collection[int], ask: Ask, recorded: Mapping[int, OnRecord]) -> dict[int, Known]:
    return registrations_answering.registered_for_content(
        parties, since=ask.since, until=ask.until, on=ask.on, content=dict.fromkeys(parties, ask.content),
        movement=ask.movement,
    )  # fmt: skip


Asked = Callable[[Collection[int], Ask, Mapping[int, OnRecord]], dict[int, Known]]
OWN: Mapping[str, Asked] = {
    "no_discipline": _by_register,
    "nothing_pending": _nothing_pending,
    "registered_to_leave_poverty": _wish,
    "registered_for_content": _content,
}
"""Facts that need more than the days: the content, the movement, or what was read of the register already."""

PLAIN: Mapping[str, Answering] = {
    "contribution_at_threshold": contributions_answering.contribution_at_threshold,
    "resources_mobilised": contributions_answering.resources_mobilised,
    "helped_others_out": contributions_answering.helped_others_out,
    "loan_used_and_repaid": conduct_answering.loan_used_and_repaid,
    "budget_settled_on_time": conduct_answering.budget_settled_on_time,
    "reports_on_time": conduct_answering.reports_on_time,
    "guidance_on_time": conduct_answering.guidance_on_time,
    "programme_issued": conduct_answering.programme_issued,
    "commitment_kept": conduct_answering.commitment_kept,
    "model_adopted": practices_answering.model_adopted,
    "household_left_poverty": reviews_answering.household_left_poverty,
    "assigned_rate_met": targets_answering.assigned_rate_met,
    "poverty_rate_falls_as_targeted": targets_answering.poverty_rate_falls_as_targeted,
    "living_conditions_better": targets_answering.living_conditions_better,
}
"""Facts of the other rooms, each answered by the function of its name."""


def recorded(parties: Collection[int]) -> dict[int, OnRecord]:
    """What the register of disciplines holds against these parties; whoever is missing is clean. One query."""
    return parties_answering.on_record(parties)


@walls.everything(ON_RECORD)
def gather(parties: Collection[int], ask: Ask, facts: Collection[str] | None = None) -> Gathered:
    """Everything that `ask` needs about these parties, given by their keys. A fixed number of queries.

    `facts`: only these instead of all that the plan asks. A fact that no room answers is left out.
    """
    rows = Party.objects.filter(Among("pk", parties)).order_by()
    kinds = dict(rows.values_list("pk", "kind"))
    known = list(kinds)
    on_record = recorded(known)
    columns: dict[str, Column] = {}
    for name in sorted(ask.facts if facts is None else facts):
        if name in OWN:
            columns[name] = OWN[name](known, ask, on_record)
        elif name in PLAIN:
            columns[name] = PLAIN[name](known, since=ask.since, until=ask.until, on=ask.on)
    return Gathered(ask, kinds, columns, on_record)
