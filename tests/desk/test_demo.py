"""The demo province holds every state and both sides of every border, and nobody real."""

from collections import Counter
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import OuterRef, Subquery
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from chungtay.accounts.models import Notice, Seat, User
from chungtay.council.models import Item, Meeting
from chungtay.decisions import reckoning
from chungtay.decisions.actions import listed
from chungtay.decisions.models import Award, AwardChange, Decision
from chungtay.desk.demo.bodies import PASSWORD
from chungtay.desk.demo.cases import CASES
from chungtay.desk.demo.names import HOA, KHMER, KINH, PUBLIC_FIGURES, Names
from chungtay.desk.demo.province import DAY, SEED, Demo
from chungtay.documents.models import Paper
from chungtay.documents.printing_jobs import print_paper
from chungtay.law import exclusions
from chungtay.law.deadlines import is_working_day
from chungtay.law.poverty import Class
from chungtay.law.procedure import Desk, State
from chungtay.nominations import checklist, completeness
from chungtay.nominations.models import Dossier
from chungtay.parties.kinds import PartyKind
from chungtay.parties.models import Different, Party
from chungtay.records import journal
from chungtay.records.models import Entry
from chungtay.records.names import fold
from chungtay.registrations.models import Registration
from chungtay.reviews.models import Assessment
from tests.desk.demo_province import demo

__all__ = ["demo"]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_its_day(demo: Demo, settings: Settings) -> None:
    settings.WORKING_DAY = DAY


def findings(demo: Demo, key: str) -> list[exclusions.Finding]:
    return list(checklist.of(demo.dossier(key), on=DAY).findings)


def state_of(demo: Demo, key: str) -> State:
    return demo.dossier(key).at


def line(demo: Demo, key: str, criterion: str) -> checklist.Line:
    return next(one for one in checklist.of(demo.dossier(key), on=DAY).lines if one.id == criterion)


def test_every_state_is_there(demo: Demo) -> None:
    assert {dossier.at for dossier in Dossier.objects.all()} == set(State)


def test_every_case_has_its_dossier_and_everything_is_marked_as_demo(demo: Demo) -> None:
    assert Dossier.objects.count() == len(CASES) == len({case.key for case in CASES})
    for model in (Party, Dossier, Registration, Meeting, Decision):
        assert not model.objects.filter(is_demo=False).exists(), model


def test_every_kind_of_party_and_of_desk_is_there(demo: Demo) -> None:
    assert set(Party.objects.values_list("kind", flat=True)) == set(PartyKind.values)
    assert {seat.kind for seat in Seat.objects.select_related("desk")} == set(Desk)


def test_the_journal_is_unbroken_in_the_order_of_days_and_nobody_worked_on_a_day_off(demo: Demo) -> None:
    assert journal.faults() == []
    days = list(Entry.objects.filter(actor_key__in=map(str, User.objects.values_list("pk", flat=True)), on__lte=DAY)
                .order_by("seq").values_list("on", flat=True))  # fmt: skip
    assert days == sorted(days)
    assert [day for day in sorted(set(days)) if not is_working_day(day)] == []


@pytest.mark.clause("KH V.2")
def test_eleven_of_fifteen_carries_and_ten_does_not(demo: Demo) -> None:
    reached = Item.objects.get(dossier=demo.dossiers["eleven_of_fifteen"])
    missed = Item.objects.get(dossier=demo.dossiers["ten_of_fifteen"])
    assert (reached.yes, reached.base, reached.needed, reached.passed) == (11, 15, 11, True)
    assert (missed.yes, missed.base, missed.needed, missed.passed) == (10, 15, 11, False)
    assert state_of(demo, "ten_of_fifteen") is State.DECLINED


@pytest.mark.clause("KH V.2")
def test_a_member_who_leaves_the_vote_leaves_the_base(demo: Demo) -> None:
    item = Item.objects.get(dossier=demo.dossiers["declined_2020"])
    assert (item.yes, item.base, item.needed, item.passed) == (9, 14, 10, False)
    secret = Item.objects.get(dossier=demo.dossiers["secret_nine_of_fourteen"])
    assert secret.is_secret
    assert (secret.yes, secret.base, secret.passed) == (9, 14, False)


@pytest.mark.clause("KH IV.1.2.e")
@pytest.mark.parametrize(
    ("key", "state"), [("one_step_under", "judge"), ("at_threshold", "met"), ("person_at_threshold", "met")]
)
def test_a_gift_one_dong_under_the_threshold_must_be_judged_and_at_the_threshold_is_met(
    demo: Demo, key: str, state: str
) -> None:
    assert line(demo, key, "e.1").state == state
    assert "bên nhận xác nhận" in line(demo, key, "e.1").answer


@pytest.mark.clause("KH IV.1.1")
def test_a_reprimand_inside_the_period_blocks_and_one_ended_the_day_before_does_not(demo: Demo) -> None:
    assert [one.kind for one in findings(demo, "discipline_inside")] == [exclusions.Kind.BLOCK]
    assert findings(demo, "discipline_before") == []
    ended = demo.dossier("discipline_before").party.disciplines.get().until
    assert ended is not None
    assert demo.dossier("discipline_before").period_from == ended + timedelta(days=1)


@pytest.mark.clause("KH IV.1.1")
def test_a_complaint_under_way_blocks_and_one_found_untrue_does_not(demo: Demo) -> None:
    assert [one.kind for one in findings(demo, "pending_complaint")] == [exclusions.Kind.BLOCK]
    assert findings(demo, "on_draft_3") == []


@pytest.mark.clause("KH IV.2.2.b")
def test_a_standing_state_proposal_excludes_and_a_withdrawn_one_only_warns(demo: Demo) -> None:
    assert exclusions.blocked(findings(demo, "excluded_by_state_proposal"))
    warned = findings(demo, "after_withdrawn_proposal")
    assert warned
    assert not exclusions.blocked(warned)


def test_a_period_that_overlaps_an_award_warns_and_one_from_the_day_after_does_not(demo: Demo) -> None:
    assert [one.kind for one in findings(demo, "overlap")] == [exclusions.Kind.WARN]
    assert findings(demo, "day_after") == []
    assert exclusions.blocked(findings(demo, "same_achievement"))


@pytest.mark.clause("KH IV.4.3")
def test_some_are_overdue_some_due_today_some_later(demo: Demo) -> None:
    for key in ("overdue", "office_overdue", "on_draft_3"):
        assert demo.dossier(key).due_on < DAY, key
    for key in ("due_today", "office_today"):
        assert demo.dossier(key).due_on == DAY, key
    for key in ("office_new", "at_threshold", "on_draft_1"):
        assert demo.dossier(key).due_on > DAY, key


@pytest.mark.clause("KH IV.4.3")
def test_returned_dossiers_carry_notes_at_their_fields_and_an_answered_one_none(demo: Demo) -> None:
    open_notes = demo.dossier("returned").notes.filter(answered_on__isnull=True)
    assert set(open_notes.values_list("field", flat=True)) == {"letter", "report", "achievements"}
    assert state_of(demo, "answered") is State.SUBMITTED
    assert not demo.dossier("answered").notes.filter(answered_on__isnull=True).exists()
    assert state_of(demo, "recalled") is State.DRAFT


@pytest.mark.clause("KH IV.4.1")
def test_one_draft_lacks_everything_and_one_only_has_to_be_handed_in(demo: Demo) -> None:
    assert len(completeness.missing(demo.dossier("empty_draft"), on=DAY)) > 5
    assert completeness.missing(demo.dossier("complete_draft"), on=DAY) == []
    assert not list(checklist.blocks(demo.dossier("complete_draft"), on=DAY))


@pytest.mark.clause("KH IV.3.1")
@pytest.mark.parametrize(
    ("key", "amount"),
    [
        ("khmer_household", 1_390_000), ("community", 2_780_000), ("giver_2018", None), ("labour_giver", 1_490_000),
        ("collective", 2_980_000), ("land_giver", None), ("person_at_threshold", None), ("knowledge_giver", 1_490_000),
    ],
)  # fmt: skip
def test_money_by_the_wage_of_the_day_of_signing_or_the_emblem(demo: Demo, key: str, amount: int | None) -> None:
    award = Award.objects.get(dossier=demo.dossiers[key])
    assert (award.amount, award.has_emblem) == (amount, amount is None)


def test_one_award_was_corrected_and_one_withdrawn_by_later_decisions(demo: Demo) -> None:
    corrected = AwardChange.objects.get(kind=AwardChange.Kind.CORRECTED)
    assert corrected.new_name == demo.dossier("corrected").party.name != corrected.award.name
    withdrawn = AwardChange.objects.get(kind=AwardChange.Kind.WITHDRAWN)
    assert withdrawn.award.dossier_id == demo.dossiers["revoked"].pk


def test_one_meeting_sits_today_one_is_to_come_and_a_decision_waits_for_the_chairman(demo: Demo) -> None:
    states = {key: Meeting.objects.get(pk=meeting.pk).state for key, meeting in demo.meetings.items()}
    assert states == {
        **dict.fromkeys(("2018", "2019", "2020-03", "2020-09"), "closed"),
        "today": "open",
        "next": "planned",
    }
    today = Item.objects.filter(meeting=demo.meetings["today"]).order_by("ordinal")
    assert list(today.values_list("state", flat=True)) == ["closed", "voting", "listed", "listed"]
    draft = Decision.objects.get(state=Decision.State.DRAFT)
    reckoned = reckoning.reckon(listed(draft), on=DAY)
    assert len(reckoned) == 4
    assert reckoning.assumed(reckoned), "the Chairman has a stand-in to accept by name"


def test_two_households_of_one_name_were_told_apart(demo: Demo) -> None:
    different = Different.objects.select_related("party", "other").get()
    assert different.party.name == different.other.name
    assert different.party.hamlet != different.other.hamlet


def test_notices_bear_the_day_they_were_sent_and_the_old_ones_are_read(demo: Demo) -> None:
    assert Notice.objects.filter(read_at__isnull=True).exists()
    assert not Notice.objects.filter(read_at__isnull=True, on__lt=DAY.replace(day=12)).exists()


def test_the_papers_can_be_printed(demo: Demo) -> None:
    papers = Paper.objects.exclude(kind=Paper.Kind.RECEIPT).order_by("pk")
    for paper in (*papers, *Paper.objects.filter(kind=Paper.Kind.RECEIPT).order_by("pk")[:2]):
        print_paper.call(paper.pk)
        printed = Paper.objects.get(pk=paper.pk)
        assert (printed.print_fault, printed.file_id is not None) == ("", True), paper.title


def test_nobody_bears_the_name_of_a_public_figure(demo: Demo) -> None:
    names = [*Party.objects.values_list("name", flat=True), *User.objects.values_list("full_name", flat=True)]
    assert not PUBLIC_FIGURES & {fold(name) for name in names}
    assert len({fold(name) for name in User.objects.values_list("full_name", flat=True)}) == User.objects.count()


def test_the_same_seed_gives_the_same_names_and_another_seed_others() -> None:
    def drawn(seed: int) -> list[str]:
        names = Names(seed)
        return [names.person(people, names.gender()) for people in (KINH, KHMER, HOA) * 20]

    assert drawn(SEED) == drawn(SEED) != drawn(SEED + 1)


def test_the_first_desk_has_the_first_name_of_the_seed(demo: Demo) -> None:
    """Names are drawn in a fixed order: what the demo shows today it shows tomorrow."""
    again = Names(SEED)
    first = again.person(KINH, again.gender())
    assert demo.seats["ldtbxh"].user.full_name == first


def test_made_again_it_changes_nothing_and_says_so(demo: Demo, settings: Settings) -> None:
    settings.IS_DEMO = True
    before, out = (Entry.objects.count(), Party.objects.count()), StringIO()
    call_command("make_demo", stdout=out)
    assert "nothing was changed" in out.getvalue()
    assert (Entry.objects.count(), Party.objects.count()) == before


def test_the_accounts_are_told_in_a_demo_and_log_in(demo: Demo, settings: Settings) -> None:
    settings.IS_DEMO = True
    out = StringIO()
    call_command("demo_accounts", stdout=out)
    for desk in Desk:
        assert any(f" {seat.user.username} " in out.getvalue() for seat in demo.seats.values() if seat.kind is desk)
    assert Client().login(username="xa.thoson", password=PASSWORD)


@pytest.mark.parametrize("command", ["make_demo", "demo_accounts"])
def test_outside_a_demo_both_commands_refuse(demo: Demo, command: str) -> None:
    with pytest.raises(CommandError, match="CHUNGTAY_MODE"):
        call_command(command)


@pytest.mark.parametrize(
    "username", ["xa.thoson", "mttq", "motcua", "bantdkt", "thuky", "hoidong9", "chutich", "huyen.giangthanh", "phunu"]
)
def test_each_desk_finds_something_waiting(demo: Demo, username: str) -> None:
    client = Client()
    client.force_login(demo.seats[username].user)
    response = client.get(reverse("desk:home"))
    assert response.status_code == 200
    assert response.context["rows"] or response.context["votes"]


def test_households_with_a_dossier_stand_in_the_register_and_left_poverty_before_they_were_proposed(demo: Demo) -> None:
    proposed = Dossier.objects.filter(party__kind="household").select_related("party__household")
    assert proposed.count() >= 10
    for dossier in proposed:
        home = dossier.party.household
        assert home.head_name == dossier.party.name
        assert home.place_id == dossier.party.place_id
        rows = Assessment.objects.in_force().filter(household=home)
        told = dict(rows.values_list("review__round__year", "standing"))
        assert Class(told[2016]).is_poor, dossier
        years = [year for year in sorted(told) if year > 2016 and told[year]]
        escaped = next(year for year in years if told[year] == Class.OUTSIDE)
        assert escaped < dossier.opened_on.year, dossier
        assert {told[year] for year in years if year >= escaped} == {Class.OUTSIDE}


def test_what_a_household_was_registered_as_is_what_the_register_said(demo: Demo) -> None:
    linked = Registration.objects.filter(party__household__isnull=False, registered_on__year=2017)
    assert linked.count() > 100
    last = Assessment.objects.in_force().filter(household__party=OuterRef("party"), review__round__year=2016)
    rows = linked.annotate(standing=Subquery(last.values("standing")[:1])).values_list("standing", "household_class")
    poor, left = ("poor", "poor"), ("outside", "newly_escaped")
    told = Counter(("poor" if Class(one).is_poor else one, said) for one, said in rows)
    assert set(told) == {poor, ("near_poor", "near_poor"), left}, told
