"""The question put about many parties: which award, for which content, at which occasion, for what time."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from chungtay.law.awards import Award, Payee
from chungtay.law.criteria import Criterion, CriterionLike
from chungtay.law.verdicts import GENERAL, Questions
from chungtay.movements.plan import NotInPlan, Plan
from chungtay.parties.kinds import payee_of

REGISTRATION = f"{GENERAL}.registration"
"""The id of the line that asks for the registration (KH II.2), beside the plan's own criteria."""


@dataclass(frozen=True)
class Ask:
    """Câu hỏi: may these parties be proposed for `award` in `content` at `occasion`, for `since`..`until`, on the day?

    `plan` is the version that the round follows; `movement` its key.
    """

    plan: Plan
    movement: int
    award: Award
    content: str
    occasion: str
    since: date
    until: date
    on: date

    def questions(self, kind: str) -> Questions | None:
        """What is asked of a party of that kind; None if it has no part in the content or the award is not for it."""
        return self._questions.get(kind)

    @cached_property
    def _questions(self) -> dict[str, Questions]:
        content = self.plan.content(self.content)
        return {
            kind: _questions(self.plan, self.award, self.content, kind)
            for kind in content.members
            if payee_of(kind) in self.plan.award(self.award).payees
        }

    @cached_property
    def facts(self) -> frozenset[str]:
        """Every fact that is asked of any kind of party."""
        return frozenset(name for questions in self._questions.values() for name in questions.facts)

    def passes_over_state_proposals(self, payee: Payee) -> bool:
        """Whether the plan passes over whoever is proposed for a State award (KH IV.2.2.b)."""
        return payee in self._passed_over

    @cached_property
    def _passed_over(self) -> frozenset[str]:
        try:
            occasion = self.plan.award(self.award).occasion(self.occasion)
        except NotInPlan:
            return frozenset()
        rules = [one for one in occasion.exclusions if one.rule == "proposed_for_state_award"]
        return frozenset(payee for one in rules if self.content in one.contents for payee in one.payees)


def ask(plan: Plan, movement: int, award: Award, content: str, occasion: str, *, on: date, year: int = 0) -> Ask:
    """The question for the time that the occasion looks back on: the year for a yearly one (by default that of the
    day), else the movement's whole time until the day. Both within the movement and not beyond the day."""
    since, until = plan.period.since, plan.period.until
    if occasion == "yearly":
        asked = year or on.year
        since, until = max(since, date(asked, 1, 1)), min(until, date(asked, 12, 31))
    return Ask(plan, movement, award, content, occasion, since, max(since, min(until, on)), on)


def _questions(plan: Plan, award: Award, content: str, kind: str) -> Questions:
    registration: CriterionLike = Criterion(
        REGISTRATION, plan.registration.clause, plan.registration.text, plan.registration.fact
    )
    return Questions((registration, *plan.criteria_for(content, kind, award=award.value)), plan.content(content).need)
