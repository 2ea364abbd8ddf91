"""Xét theo ngày: which awards one party may be proposed for on a day, and why, line by line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from chungtay.accounts.models import Seat
from chungtay.contributions import counting
from chungtay.contributions.counting import Tally
from chungtay.law.awards import Level
from chungtay.law.procedure import PROPOSING
from chungtay.law.verdicts import Questions, Stand, Verdict
from chungtay.merits.asking import Ask, ask
from chungtay.merits.gathering import Gathered, gather
from chungtay.movements.models import Movement, Round
from chungtay.movements.plan import Award, Content, Plan
from chungtay.movements.plan_parts import Occasion
from chungtay.parties.kinds import PartyKind
from chungtay.parties.models import Party
from chungtay.prospects import chiefs, explaining
from chungtay.prospects.explaining import Reader
from chungtay.prospects.forms import LABELS
from chungtay.prospects.judging import History, history, reckoned
from chungtay.records import walls

CONTRIBUTION = "contribution_at_threshold"
COUNTS = "gifts count for their giver wherever they were received"
RANK = {Stand.MET: 0, Stand.OPEN: 1, Stand.UNMET: 2, Stand.EXCLUDED: 3}
FIVE_YEARS = {Stand.MET: 0, Stand.OPEN: 1, Stand.EXCLUDED: 2, Stand.UNMET: 3}
"""At the end of the five years what passes over a party is told before what it lacks (KH IV.2.2.b)."""
LEVELS = {"province": 0, "unit": 1, "commune": 2, "state": 3}
"""The province's own certificate first: it is what is asked for most."""


@dataclass(frozen=True)
class Question:
    """Câu hỏi của một trang: whom, on which day, at which occasion, by which plan."""

    party: Party
    seat: Seat
    movement: Movement
    plan: Plan
    occasion: str
    on: date
    today: date

    def address(self, content: str, award: str) -> str:
        """The page about that award, for the same day and occasion."""
        told = {"noi-dung": content, "hinh-thuc": award, "ngay": f"{self.on:%d/%m/%Y}", "dip": self.occasion}
        return f"{reverse('prospects:verdict', args=[self.party.pk])}?{urlencode(told)}"


@dataclass(frozen=True)
class Possible:
    """Một hình thức khen có thể xét cho đối tượng, with its verdict."""

    content: Content
    award: Award
    ask: Ask
    verdict: Verdict


def possible(question: Question) -> list[Possible]:
    """Every award that the plan gives such a party at that occasion, the province's own first; a Giấy khen only where
    a chief manages the party (KH IV.2.3).

    Facts are read once for each content of the party: its awards differ in what a person judges.
    """
    key, found = question.party.pk, []
    told = history([key], question.movement.pk, question.on)
    for content in question.plan.contents_for(question.party.kind):
        gathered: Gathered | None = None
        for award in _awards(question, content):
            about = ask(
                question.plan, question.movement.pk, award.id, content.id, question.occasion, on=question.on,
                year=question.on.year,
            )  # fmt: skip
            if gathered is None or not about.facts <= gathered.columns.keys() | _unanswered(gathered):
                gathered = gather([key], about)
            found += _judged(question, content, award, replace(gathered, ask=about), told)
    return found


def _awards(question: Question, content: Content) -> Iterable[Award]:
    given = question.plan.awards_for(content.id, question.occasion)
    able = [award for award in given if chiefs.may_honour(award.level, question.party)]
    return sorted(able, key=lambda award: LEVELS[award.level])


def _unanswered(gathered: Gathered) -> frozenset[str]:
    """The facts that no room answers yet: asking again would not help."""
    return gathered.ask.facts - gathered.columns.keys()


def _judged(question: Question, content: Content, award: Award, gathered: Gathered, told: History) -> list[Possible]:
    verdict = reckoned(gathered, told).get(question.party.pk)
    return [] if verdict is None else [Possible(content, award, gathered.ask, verdict)]


def chosen_of(found: list[Possible], content: str, award: str, occasion: str) -> Possible | None:
    """The one that was asked for by name, else the one that stands best; at the end of the five years the province's
    own certificate, so that nothing lower hides what passes over the party."""
    named = [one for one in found if award in ("", one.award.id) and content in ("", one.content.id)] or found
    own = [one for one in named if one.award.level == Level.PROVINCE]
    if occasion == Occasion.FIVE_YEAR and own:
        return min(own, key=lambda one: FIVE_YEARS[one.verdict.stand])
    return min(named, key=lambda one: RANK[one.verdict.stand], default=None)


def page(question: Question, content: str = "", award: str = "") -> dict[str, Any]:
    """Context of the page."""
    found = possible(question)
    chosen = chosen_of(found, content, award, question.occasion)
    reader = Reader.at(question.seat.kind, household=question.party.kind == PartyKind.HOUSEHOLD)
    return {
        "party": question.party, "on": question.on, "is_today": question.on == question.today,
        "occasion": LABELS[question.occasion], "rows": [_row(question, one, chosen, reader) for one in found],
        "chosen": chosen, "told": None if chosen is None else explaining.page(chosen.verdict, reader),
        "meter": None if chosen is None else meter(question, chosen),
        "giver_url": reverse("contributions:giver", args=[question.party.pk]),
        "open_url": _open_url(question, chosen), "plan": question.plan,
    }  # fmt: skip


def _row(question: Question, one: Possible, chosen: Possible | None, reader: Reader) -> dict[str, Any]:
    stand = explaining.stand_of(one.verdict, reader)
    return {
        "award": one.award, "content": one.content, "stand": stand, "tone": explaining.TONES[stand],
        "icon": explaining.ICONS[stand], "is_chosen": one is chosen,
        "href": question.address(one.content.id, one.award.id),
    }  # fmt: skip


@walls.everything(COUNTS)
def meter(question: Question, chosen: Possible) -> dict[str, Any] | None:
    """Tính từ lần khen trước: what counts for a giver, for a content that asks for gifts."""
    if CONTRIBUTION not in chosen.ask.facts:
        return None
    about = chosen.ask
    key = question.party.pk
    tally = counting.read([key], since=about.since, until=about.until, on=about.on).of(
        key, since=about.since, until=about.until, on=about.on
    )
    return _shown(tally, about, chosen.verdict.facts.questions)


def _shown(tally: Tally, about: Ask, questions: Questions) -> dict[str, Any]:
    needed = None if tally.threshold is None else tally.threshold.value
    sentence, clause = _since(tally, about, questions)
    return {
        "tally": tally, "needed": needed, "counted": min(tally.total, needed) if needed else 0,
        "source": tally.level_source, "sentence": sentence, "clause": clause,
        "last": tally.last, "used": len(tally.used), "before": len(tally.before), "lines": len(tally.lines),
    }  # fmt: skip


def _since(tally: Tally, about: Ask, questions: Questions) -> tuple[str, str]:
    """From which day gifts count, and by which clause.

    The rule of the five years speaks of the phase; a shorter time without an award in it is that of the criterion.
    """
    told = tally.counting
    if about.since == about.plan.period.since:
        return told.sentence, str(told.source)
    sentence = told.sentence.replace("từ đầu giai đoạn", "từ đầu thời gian tính thành tích")
    asking = next((one.clause for one in questions.asked if CONTRIBUTION in one.facts), "")
    return sentence, str(told.source) if tally.last is not None and told.since > about.since else asking


def _open_url(question: Question, chosen: Possible | None) -> str:
    """Where this desk opens a dossier; empty where it may not, or no round of that occasion takes any today."""
    if chosen is None or question.seat.kind not in PROPOSING or question.on != question.today:
        return ""
    reader = Reader.at(question.seat.kind, household=question.party.kind == PartyKind.HOUSEHOLD)
    if explaining.stand_of(chosen.verdict, reader) in (Stand.EXCLUDED, Stand.UNMET):
        return ""
    asked = question.plan.awards_asked_of_province(chosen.content.id, question.occasion, question.party.payee)
    rounds = Round.objects.filter(plan_version__movement=question.movement, kind=question.occasion)
    is_open = rounds.filter(opens__lte=question.today, closes__gte=question.today).exists()
    if not is_open or chosen.award.id not in {award.id for award in asked}:
        return ""
    return reverse("nominations:open", args=[question.party.pk])
