"""The plan of a movement as data, answering by id. `plan_file` reads it from a file and checks it."""

import json
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Any, Self

from pydantic import Field

from chungtay.law import awards as law
from chungtay.movements.plan_fields import Clause, Id, NotInPlan, Part, Text, pick
from chungtay.movements.plan_parts import (
    Amendment,
    Award,
    Body,
    CalendarStep,
    Clusters,
    Content,
    Criterion,
    Duty,
    Filing,
    Goal,
    LegalBasis,
    Occasion,
    Paper,
    Participant,
    Period,
    Recipient,
    Registration,
    Reward,
    Round,
    Signer,
)

RETIRED_FIELDS = frozenset({"later_fact"})
"""Fields that versions of a plan loaded earlier still carry, and that decided nothing."""

__all__ = ["Award", "CalendarStep", "Content", "Criterion", "Goal", "NotInPlan", "Occasion", "Plan", "Round"]


class Plan(Part):
    """Kế hoạch: one movement of one province in one period."""

    id: Id
    name: Text
    movement: Text
    province: Text
    issuer: Text
    period: Period
    signer: Signer
    purpose: Text
    purpose_clause: Clause
    legal_bases: Annotated[tuple[LegalBasis, ...], Field(min_length=1)]
    participants: Annotated[tuple[Participant, ...], Field(min_length=1)]
    clusters: Clusters | None = None
    registration: Registration
    goals: Annotated[tuple[Goal, ...], Field(min_length=1)]
    general_criteria: tuple[Criterion, ...]
    contents: Annotated[tuple[Content, ...], Field(min_length=1)]
    papers: Annotated[tuple[Paper, ...], Field(min_length=1)]
    awards: Annotated[tuple[Award, ...], Field(min_length=1)]
    reward: Reward
    filing: Filing
    bodies: Annotated[tuple[Body, ...], Field(min_length=1)]
    calendar: Annotated[tuple[CalendarStep, ...], Field(min_length=1)]
    duties: Annotated[tuple[Duty, ...], Field(min_length=1)]
    amendment: Amendment
    recipients: tuple[Recipient, ...]
    rounds: tuple[Round, ...]

    @classmethod
    def kept(cls, content: Any) -> Self:
        """The plan of a version that was loaded earlier, from its kept JSON; it means what it meant then."""
        return cls.model_validate_json(json.dumps(_without(content, RETIRED_FIELDS)))

    def content(self, content_id: str) -> Content:
        """Raises `NotInPlan`, as every lookup here does."""
        return pick(self.contents, "id", content_id, "nội dung thi đua")

    def contents_for(self, kind: str) -> tuple[Content, ...]:
        """The contents that a party of that kind may register for (KH II.2)."""
        return tuple(content for content in self.contents if kind in content.members)

    def criteria_for(
        self, content_id: str, kind: str | None = None, *, award: str | None = None
    ) -> tuple[Criterion, ...]:
        """General criteria, then the content's own, then those of `award` where one is named.

        With `kind`, only those that concern such a party.
        """
        of_award = self.award(award).criteria if award else ()
        asked = (*self.general_criteria, *self.content(content_id).criteria, *of_award)
        return tuple(criterion for criterion in asked if criterion.concerns(kind))

    def criterion(self, criterion_id: str) -> Criterion:
        """One criterion, general or specific."""
        return pick(self._all_criteria, "id", criterion_id, "tiêu chuẩn")

    def goal(self, goal_id: str) -> Goal:
        """One goal."""
        return pick(self.goals, "id", goal_id, "chỉ tiêu")

    def award(self, award_id: str) -> Award:
        """One form of award."""
        return pick(self.awards, "id", award_id, "hình thức khen thưởng")

    def awards_for(self, content_id: str, occasion: str | None = None) -> tuple[Award, ...]:
        """The awards that the content may ask for, of that occasion if one is named."""
        return tuple(
            award
            for award in self.awards
            if content_id in award.contents
            and (occasion is None or any(occasion == one.kind for one in award.occasions))
        )

    def awards_asked_of_province(self, content_id: str, occasion: str, payee: law.Payee) -> tuple[Award, ...]:
        """The awards for which a dossier comes to the province (KH IV.4): not those that units and communes give."""
        upper = (law.Level.PROVINCE, law.Level.STATE)
        found = self.awards_for(content_id, occasion)
        return tuple(award for award in found if award.level in upper and payee in award.payees)

    def papers_for(self, award_id: str) -> tuple[Paper, ...]:
        """The papers of one set, in the plan's order; the number of sets is `award(...).sets`."""
        return tuple(pick(self.papers, "id", paper, "giấy tờ") for paper in self.award(award_id).papers)

    def body(self, body_id: str) -> Body:
        """One body."""
        return pick(self.bodies, "id", body_id, "cơ quan")

    def duties_of(self, body_id: str) -> tuple[Duty, ...]:
        """What the body leads, then what it helps with."""
        led = [duty for duty in self.duties if duty.body == body_id]
        return (*led, *(duty for duty in self.duties if body_id in duty.together_with and duty not in led))

    def steps_of(self, body_id: str) -> tuple[CalendarStep, ...]:
        """The body's steps of the calendar."""
        return tuple(step for step in self.calendar if body_id in step.who)

    def round(self, round_id: str) -> Round:
        """One selection round."""
        return pick(self.rounds, "id", round_id, "đợt bình xét")

    def legal_basis(self, basis_id: str) -> LegalBasis:
        """One legal basis."""
        return pick(self.legal_bases, "id", basis_id, "căn cứ pháp lý")

    @cached_property
    def clauses(self) -> frozenset[str]:
        """Every clause of the plan that this data answers to."""
        return frozenset(_clauses(self.model_dump()))

    @property
    def _all_criteria(self) -> tuple[Criterion, ...]:
        of_contents = (own for content in self.contents for own in content.criteria)
        return (*self.general_criteria, *of_contents, *(own for award in self.awards for own in award.criteria))


def _without(node: Any, names: frozenset[str]) -> Any:
    if isinstance(node, dict):
        return {key: _without(value, names) for key, value in node.items() if key not in names}
    return [_without(item, names) for item in node] if isinstance(node, list) else node


def _clauses(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if isinstance(value, str) and (key == "clause" or key.endswith("_clause")):
                yield value
            else:
                yield from _clauses(value)
    elif isinstance(node, list | tuple):
        for item in node:
            yield from _clauses(item)
