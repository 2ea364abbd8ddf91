"""Years of reviews over a small population that splits, merges, moves, dies and asks: every round's movement closes."""

from collections import Counter
from datetime import date
from itertools import islice
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from chungtay.households.models import Event, Household
from chungtay.law.refusals import Refused
from chungtay.reviews import carrying, listing, locking, regular
from chungtay.reviews.carrying import LISTED
from chungtay.reviews.models import Assessment, CommuneReview, Figures, Round
from chungtay.reviews.scoring import Found, score
from tests.make import Province
from tests.reviews.doing import SEATS, open_round
from tests.reviews.people import NEAR, OUTSIDE, OWN, POOR, SERVICE, SIBLING, household, locked, row

pytestmark = pytest.mark.django_db
SCORES = (POOR, SERVICE, NEAR, OUTSIDE)
LAST_YEAR = 2021
picks = st.integers(min_value=0, max_value=30)
scores = st.sampled_from(SCORES)


class Years(RuleBasedStateMachine):
    """One population; between two rounds anything happens to its households."""

    province: Province

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.people = [household(self.province, key) for key in (OWN, OWN, OWN, SIBLING, SIBLING)]
        self.round = locked(self.province, 2016, [row(one, SCORES[n % 4]) for n, one in enumerate(self.people)])

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @property
    def day(self) -> date:
        """A day between the last review and the next one."""
        return date(self.round.year + 1, 5, 4)

    def one(self, pick: int) -> Household:
        rows = list(Household.objects.standing().order_by("pk"))
        return rows[pick % len(rows)] if rows else household(self.province, opened_on=self.day)

    def happened(self, one: Household, kind: str, other: Household | None = None) -> None:
        Event.objects.create(
            household=one, kind=kind, on=self.day, other=other, persons=one.persons, area_path=one.area_path
        )

    @rule(pick=picks)
    def split(self, pick: int) -> None:
        one = self.one(pick)
        if one.persons > 1:
            Household.objects.filter(pk=one.pk).update(persons=one.persons - 1)
            key = OWN if one.place_id == self.province.places[OWN].pk else SIBLING
            new = household(self.province, key, persons=1, opened_on=self.day)
            self.happened(new, Event.Kind.SPLIT_FROM, one)

    @rule(pick=picks, other=picks)
    def merge(self, pick: int, other: int) -> None:
        one, into = self.one(pick), self.one(other)
        if one.pk != into.pk:
            Household.objects.filter(pk=into.pk).update(persons=into.persons + one.persons)
            self.close(one, "merged")

    @rule(pick=picks, why=st.sampled_from(["moved_out", "died"]))
    def leave(self, pick: int, why: str) -> None:
        self.close(self.one(pick), why)

    def close(self, one: Household, why: str) -> None:
        Household.objects.filter(pk=one.pk).update(closed_on=self.day, closed_why=why, persons=0)

    @rule(pick=picks)
    def move(self, pick: int) -> None:
        one = self.one(pick)
        there = SIBLING if one.place_id == self.province.places[OWN].pk else OWN
        place = self.province.places[there]
        one.place, one.area_path = place, place.path_on(self.day)
        one.save(update_fields=["place", "area_path"])
        self.happened(one, Event.Kind.MOVED_IN)

    @rule(pick=picks)
    def grow(self, pick: int) -> None:
        one = self.one(pick)
        Household.objects.filter(pk=one.pk).update(persons=one.persons + 1)

    @rule(pick=picks, kind=st.sampled_from(["enter", "leave"]), found=scores)
    def ask(self, pick: int, kind: str, found: tuple[int, int]) -> None:
        one = self.one(pick)
        seat = self.province.seats["commune" if one.place_id == self.province.places[OWN].pk else "commune_b"]
        try:
            with transaction.atomic():
                made = regular.ask(one, kind, reason="x", by=seat, on=self.day)
                told = Found(persons=max(one.persons, 1), b1=found[0], b2=found[1])
                regular.grant(made, told, decision="1/QĐ-UBND", by=seat, on=self.day, version=made.version)
        except Refused:
            pass

    @precondition(lambda self: self.round.year < LAST_YEAR)
    @rule(found=st.lists(scores, min_size=4, max_size=12), extra=picks)
    def review(self, found: list[tuple[int, int]], extra: int) -> None:
        year, before = self.round.year + 1, self.round
        opened = open_round(self.province, year=year, on=date(year, 9, 1))
        for commune in (OWN, SIBLING):
            self.list_and_score(opened, commune, found, extra)
        rows = CommuneReview.objects.filter(round=opened)
        rows.update(stage="approved", households_all=500, persons_all=2000, minority_all=100)
        Round.objects.filter(pk=opened.pk).update(approved_on=date(year, 12, 20), decision="24/QĐ-UBND")
        opened = Round.objects.select_related("previous").get(pk=opened.pk)
        locking.lock(opened, by=self.province.seats["labour"], on=date(year, 12, 22))
        self.round = opened
        self.check(before)

    def list_and_score(self, opened: Round, commune: str, found: list[tuple[int, int]], extra: int) -> None:
        seat, day = self.province.seats[SEATS[commune]], date(opened.year, 10, 1)
        review = CommuneReview.objects.select_related("round__previous", "place").get(
            round=opened, place=self.province.places[commune]
        )
        listing.follow_register(review, by=seat, on=day)
        rows = Household.objects.standing().filter(place=review.place_id).order_by("pk")
        unlisted = rows.exclude(assessments__review=review)
        for one in list(unlisted)[: extra % 3]:
            listing.add(review, one, by=seat, on=day)
        CommuneReview.objects.filter(pk=review.pk).update(stage="scoring")
        mine = Assessment.objects.in_force().filter(review=review, gone="").order_by("household")
        for n, told in enumerate(mine.select_related("review__round__previous", "household")):
            b1, b2 = found[n % len(found)]
            score(told, Found(persons=told.household.persons, b1=b1, b2=b2), by=seat, on=day, version=told.version)

    def check(self, before: Round) -> None:
        """The identity, per commune and for the province; the start is the last end; the end is what the register says.

        Whoever asked and was granted after the review's day cannot be here: nothing happens between review and lock.
        """
        total: Counter[tuple[str, str]] = Counter()
        last: Counter[str] = Counter()
        for figures in Figures.objects.in_force().filter(round__in=[before, self.round]).order_by("pk"):
            if figures.round_id == before.pk:
                last.update({name: getattr(figures, name) for name in TABLES})
                continue
            for name, flow in figures.flows.items():
                assert closes(flow), (name, flow)
                assert flow["end"] == getattr(figures, name)
                total.update({(name, column): size for column, size in flow.items()})
        for name in TABLES:
            assert total[name, "start"] == last[name]
        listed = Household.objects.standing().filter(standing__in=LISTED)
        counted = sum(total[name, "end"] for name in ("poor", "near_poor"))
        persons = sum(total[name, "end"] for name in ("poor_persons", "near_poor_persons"))
        assert counted == listed.count()
        assert persons == sum(listed.values_list("persons", flat=True).order_by())


TABLES = ("poor", "near_poor", "poor_persons", "near_poor_persons")


def closes(flow: dict[str, int]) -> bool:
    less = flow["to_other"] + flow["above"] + flow["other_decrease"]
    more = flow["from_other"] + flow["relapsed"] + flow["newly_arising"] + flow["other_increase"]
    return flow["start"] - less + more == flow["end"]


def run(province: Province, examples: int) -> None:
    machine: Any = type("YearsHere", (Years,), {"province": province})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples, stateful_step_count=14, deadline=None, database=None, derandomize=True,
            suppress_health_check=list(HealthCheck), print_blob=False, report_multiple_bugs=False,
            phases=[Phase.generate],
        ),
    )  # fmt: skip


def test_the_movement_closes_whatever_happens_over_the_years(province: Province) -> None:
    run(province, 25)


def test_a_household_that_is_not_carried_keeps_a_round_open(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the same years, with the first listed household forgotten at each opening."""
    told = carrying._listed_before
    monkeypatch.setattr(carrying, "_listed_before", lambda round: islice(told(round), 1, None))
    with pytest.raises(Refused, match="không khớp"):
        run(province, 12)


def test_the_machine_would_notice_a_table_that_does_not_close() -> None:
    """The control: one household too many at the end."""
    flow = dict.fromkeys(
        ("start", "to_other", "above", "other_decrease", "from_other", "relapsed", "newly_arising", "other_increase"), 0
    )
    assert closes({**flow, "end": 0})
    assert not closes({**flow, "end": 1})
