"""Years of reviews over a small population that splits, merges, moves, dies and asks: every round's movement closes.

Whatever happens is done by the actions that the pages call: in the register, in the round, and after its lock.
"""

from collections import Counter
from datetime import date
from typing import Any, ClassVar

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from chungtay.accounts.models import Seat
from chungtay.households import actions as register
from chungtay.households import correcting as register_correcting
from chungtay.households.models import Household
from chungtay.law.population import Move
from chungtay.law.refusals import Refused
from chungtay.reviews import complaining, correcting, listing, locking, meetings, regular, steps
from chungtay.reviews.carrying import LISTED
from chungtay.reviews.models import Assessment, CommuneReview, Figures, Round
from chungtay.reviews.scoring import Found, score
from tests.households.make import household as opened_household
from tests.households.test_machine import step
from tests.make import Province
from tests.reviews.doing import SEATS, district_of, fresh, open_round, review_of
from tests.reviews.people import BORN, NEAR, OUTSIDE, OWN, POOR, SERVICE, SIBLING, locked, row

pytestmark = pytest.mark.django_db
SCORES = (POOR, SERVICE, NEAR, OUTSIDE)
LAST_YEAR = 2021
BEGUN = date(2017, 1, 3)
TABLES = ("poor", "near_poor", "poor_persons", "near_poor_persons")
picks = st.integers(min_value=0, max_value=30)
scores = st.sampled_from(SCORES)


class Years(RuleBasedStateMachine):
    """One population; between two rounds anything happens to its households, and after a lock it is corrected."""

    province: Province
    done: ClassVar[Counter[str]]

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.people = [
            opened_household(
                self.province, f"Danh {n} A", f"Danh {n} B", f"Danh {n} C", commune=key, seat=SEATS[key], on=BEGUN,
                day=BORN,
            )
            for n, key in enumerate((OWN, OWN, OWN, SIBLING, SIBLING, OWN, SIBLING))
        ]  # fmt: skip
        known = self.people[:5]
        self.round = locked(self.province, 2016, [row(one, SCORES[n % 4]) for n, one in enumerate(known)])

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @property
    def day(self) -> date:
        """A day between the last review and the next one."""
        return date(self.round.year + 1, 5, 4)

    def seat(self, place: int | None) -> Seat:
        return self.province.seats["commune" if place == self.province.places[OWN].pk else "commune_b"]

    def attempt(self, name: str, act: Any) -> None:
        """Do it, or leave everything as it was where the law refuses."""
        try:
            with transaction.atomic():
                act()
        except Refused:
            return
        self.done[name] += 1

    @rule(
        kind=st.sampled_from(["split", "split", "merge", "move", "death", "close"]), pick=picks, other=picks,
        mask=st.integers(1, 7),
    )  # fmt: skip
    def happens(self, kind: str, pick: int, other: int, mask: int) -> None:
        self.attempt(kind, lambda: step(self.province, kind, pick, other, mask, on=self.day))

    @rule(pick=picks)
    def born(self, pick: int) -> None:
        """A household that nobody knew: the population does not die out."""
        key = (OWN, SIBLING)[pick % 2]
        opened_household(self.province, commune=key, seat=SEATS[key], on=self.day, day=self.day)

    @rule(pick=picks)
    def comes_back(self, pick: int) -> None:
        rows = list(Household.objects.filter(closed_on__isnull=False).order_by("pk"))
        if rows:
            one = rows[pick % len(rows)]
            told: dict[str, Any] = {"by": self.seat(one.place_id), "on": self.day, "version": one.version}
            self.attempt("reopen", lambda: register_correcting.reopen(one, note="Ghi nhầm", **told))

    @rule(pick=picks, kind=st.sampled_from(["enter", "leave"]), found=scores)
    def ask(self, pick: int, kind: str, found: tuple[int, int]) -> None:
        rows = list(Household.objects.standing().order_by("pk"))
        if rows:
            self.attempt("ask", lambda: self.granted(rows[pick % len(rows)], kind, found))

    def granted(self, one: Household, kind: str, found: tuple[int, int]) -> None:
        seat = self.seat(one.place_id)
        made = regular.ask(one, kind, reason="x", by=seat, on=self.day)
        told = Found(persons=one.persons, b1=found[0], b2=found[1])
        regular.grant(made, told, decision="1/QĐ-UBND", by=seat, on=self.day, version=made.version)

    @rule(pick=picks, kind=st.sampled_from(["class", "gone", "forgotten"]), found=scores)
    def correct(self, pick: int, kind: str, found: tuple[int, int]) -> None:
        """After the lock, in the last locked round; the tables close again."""
        self.attempt(f"correct_{kind}", lambda: self.corrected(pick, kind, found))
        self.closes(self.round)

    def corrected(self, pick: int, kind: str, found: tuple[int, int]) -> None:
        told: dict[str, Any] = {"why": "Nhập nhầm", "by": self.province.seats["labour"], "on": self.day}
        rows = Assessment.objects.in_force().filter(review__round=self.round).order_by("household", "pk")
        if kind == "forgotten":
            homes = Household.objects.standing().exclude(pk__in=rows.values("household")).order_by("pk")
            one = homes[pick % max(len(homes), 1)] if homes else None
            if one is None:
                return
            review = CommuneReview.objects.select_related("round__previous", "place").get(
                round=self.round, place=one.place_id
            )
            correcting.correct_forgotten(review, one, Found(one.persons, *found), **told)
            return
        chosen = list(rows.select_related("review__round__previous", "review__place", "household"))
        mine = chosen[pick % len(chosen)]
        if kind == "class":
            correcting.correct(mine, Found(mine.persons or 1, *found), version=mine.version, **told)
            return
        if mine.household.closed_on is None:
            self.leaves(mine.household, self.day)
        correcting.correct_gone(mine, Move.MOVED_OUT, version=mine.version, **told)

    def leaves(self, one: Household, on: date) -> None:
        register.close_household(one, "moved_out", by=self.seat(one.place_id), on=on, version=one.version)

    @precondition(lambda self: self.round.year < LAST_YEAR)
    @rule(
        found=st.lists(scores, min_size=4, max_size=12), extra=picks, gone=picks,
        midway=st.sampled_from(["", "class", "gone", "forgotten"]), about=st.sampled_from(["", "class", "omitted"]),
    )  # fmt: skip
    def review(self, found: list[tuple[int, int]], extra: int, gone: int, midway: str, about: str) -> None:
        """A whole round, each step by its own desk; the round before may be corrected while this one is open."""
        year, before = self.round.year + 1, self.round
        opened = open_round(self.province, year=year, on=date(year, 9, 1))
        if midway:
            self.attempt(f"midway_{midway}", lambda: self.corrected(gone, midway, found[0]))
        for commune in SEATS:
            review = review_of(opened, self.province, commune)
            self.list_and_score(review, self.province.seats[SEATS[commune]], found, extra, gone)
            self.post_and_check(review, self.province.seats[SEATS[commune]], found, about)
        locking.approve(opened, decision="24/QĐ-UBND", by=self.province.seats["chair"], on=date(year, 12, 20))
        opened = Round.objects.select_related("previous").get(pk=opened.pk)
        locking.lock(opened, by=self.province.seats["labour"], on=date(year, 12, 22))
        self.round = opened
        self.check(before)

    def list_and_score(
        self, review: CommuneReview, seat: Seat, found: list[tuple[int, int]], extra: int, gone: int
    ) -> None:
        day = date(review.round.year, 9, 20)
        told: dict[str, Any] = {"by": seat, "on": day}
        listing.set_totals(review, listing.Totals(500, 2000, 400), version=review.version, **told)
        rows = Household.objects.standing().filter(place=review.place_id).order_by("pk")
        for home in list(rows.exclude(assessments__review=review))[: extra % 3]:
            listing.add(review, home, **told)
        listing.follow_register(review, **told)
        steps.close_list(review, **told)
        mine = Assessment.objects.in_force().filter(review=review, gone="").order_by("household")
        ready = list(mine.select_related("review__round__previous", "household"))
        away = next((one for n, one in enumerate(ready) if n == gone % (len(ready) + 2) and not one.came), None)
        for n, one in enumerate(ready):
            b1, b2 = found[n % len(found)]
            if one is not away:
                score(one, Found(one.household.persons, b1, b2), version=one.version, **told)
        if away is not None:
            listing.mark_gone(away, Move.MOVED_OUT, version=away.version, **told)
            with pytest.raises(Refused, match="sổ hộ vẫn ghi đang ở xã"):
                steps.close_scoring(review, **told)
            self.leaves(away.household, day)
            self.done["mark_gone"] += 1
        steps.close_scoring(review, **told)

    def post_and_check(self, review: CommuneReview, seat: Seat, found: list[tuple[int, int]], about: str) -> None:
        posted, sent = date(review.round.year, 10, 1), date(review.round.year, 10, 20)
        told: dict[str, Any] = {"by": seat, "on": posted}
        for hamlet in meetings.hamlets(review):
            meetings.record_meeting(review, meetings.Heard(hamlet.name, posted, 10, 9, 1), **told)
        steps.close_meetings(review, **told)
        steps.post(review, **told)
        if about:
            self.complained(review, found, about, told)
        review = fresh(review)
        steps.send(review, by=seat, on=sent)
        steps.check(review, by=district_of(self.province, review), on=sent)
        steps.recognise(review, by=seat, on=sent)

    def complained(self, review: CommuneReview, found: list[tuple[int, int]], about: str, told: dict[str, Any]) -> None:
        """A complaint while the result is posted, and the re-check that it leads to."""
        here = Assessment.objects.in_force().filter(review=review)
        homes = Household.objects.standing().filter(place=review.place_id).order_by("pk")
        in_list = homes.filter(pk__in=here.exclude(standing="").values("household"))
        one = (homes.exclude(pk__in=here.values("household")) if about == "omitted" else in_list).first()
        if one is None:
            return
        complaint = complaining.receive(review, who="Danh Út", text="Sai", household=one.pk, **told)
        if about == "omitted":
            complaining.add_omitted(complaint, one, version=complaint.version, **told)
        mine = here.select_related("review__round__previous", "household").get(household=one)
        score(mine, Found(one.persons, *found[-1]), version=mine.version, **told)
        complaining.answer(complaint, outcome="Đã phúc tra", version=complaint.version, **told)
        self.done[f"complaint_{about}"] += 1

    def check(self, before: Round) -> None:
        """The start is the last end, for the province; the end is what the register says of who stands on a list.

        Whoever asked and was granted after the review's day cannot be here: nothing happens between review and lock.
        """
        total = self.closes(self.round)
        last = Figures.objects.in_force().filter(round=before)
        for name in TABLES:
            assert total[name, "start"] == sum(getattr(figures, name) for figures in last), name
        listed = Household.objects.standing().filter(standing__in=LISTED)
        counted = sum(total[name, "end"] for name in ("poor", "near_poor"))
        persons = sum(total[name, "end"] for name in ("poor_persons", "near_poor_persons"))
        assert counted == listed.count()
        assert persons == sum(listed.values_list("persons", flat=True).order_by())
        self.done["round"] += 1

    def closes(self, round: Round) -> Counter[tuple[str, str]]:
        """The identity of every table of every commune; their sums for the province."""
        total: Counter[tuple[str, str]] = Counter()
        for figures in Figures.objects.in_force().filter(round=round):
            for name, flow in figures.flows.items():
                assert closes(flow), (name, flow)
                assert flow["end"] == getattr(figures, name)
                total.update({(name, column): size for column, size in flow.items()})
        return total


def closes(flow: dict[str, int]) -> bool:
    less = flow["to_other"] + flow["above"] + flow["other_decrease"]
    more = flow["from_other"] + flow["relapsed"] + flow["newly_arising"] + flow["other_increase"]
    return flow["start"] - less + more == flow["end"]


def run(province: Province, examples: int) -> Counter[str]:
    """The machine so many times; how often each act was done and not refused."""
    done: Counter[str] = Counter()
    machine: Any = type("YearsHere", (Years,), {"province": province, "done": done})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples, stateful_step_count=14, deadline=None, database=None, derandomize=True,
            suppress_health_check=list(HealthCheck), print_blob=False, report_multiple_bugs=False,
            phases=[Phase.generate],
        ),
    )  # fmt: skip
    return done


ACTS = {
    "split", "merge", "move", "death", "close", "reopen", "ask", "mark_gone", "round", "complaint_class",
    "complaint_omitted", "correct_class", "correct_gone", "correct_forgotten", "midway_class", "midway_gone",
    "midway_forgotten",
}  # fmt: skip


def test_the_movement_closes_whatever_happens_over_the_years(province: Province) -> None:
    done = run(province, 40)
    assert {name for name in ACTS if not done[name]} == set()


def test_a_household_that_is_not_carried_keeps_a_round_open(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the same years, where one household of last year's list is lost once the list is closed."""
    told = steps.close_list

    def losing(review: CommuneReview, **more: Any) -> CommuneReview:
        done = told(review, **more)
        listed = Assessment.objects.filter(review=review, before__in=LISTED).order_by("pk").first()
        if listed is not None:
            Assessment.objects.filter(pk=listed.pk).delete()
        return done

    monkeypatch.setattr(steps, "close_list", losing)
    monkeypatch.setattr(listing, "newcomers", lambda review: [])
    with pytest.raises(Refused, match="không khớp"):
        run(province, 12)


def test_the_machine_would_notice_a_table_that_does_not_close() -> None:
    """The control: one household too many at the end."""
    flow = dict.fromkeys(
        ("start", "to_other", "above", "other_decrease", "from_other", "relapsed", "newly_arising", "other_increase"), 0
    )
    assert closes({**flow, "end": 0})
    assert not closes({**flow, "end": 1})
