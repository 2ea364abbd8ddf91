"""What an action refuses by itself, whoever calls it; what recalling, returning and other movements change."""

from datetime import date, timedelta
from typing import Any

import pytest

from chungtay.law.procedure import Desk
from chungtay.law.refusals import Refused
from chungtay.movements.actions import load_plan
from chungtay.nominations import actions, checklist, facts
from chungtay.nominations.models import Dossier
from chungtay.parties.kinds import PartyKind
from chungtay.parties.models import Party
from chungtay.records.journal import System
from tests.make import PLAN, TODAY, Province


def sent_back(p: Province, dossier: Dossier, on: date) -> Dossier:
    return actions.send_back(dossier, by=p.seats["board"], on=on, notes={"summary": "Ghi rõ số hộ đã giúp."})


@pytest.mark.clause("KH IV.4.3")
def test_what_was_returned_may_be_recalled_and_handed_in_again_after_the_last_day(province: Province) -> None:
    dossier = province.received()
    late = dossier.round.closes + timedelta(days=1)
    by = province.seats["commune"]
    sent_back(province, dossier, late)
    for summary in ("Giúp bốn hộ", "Giúp bốn hộ thoát nghèo"):
        lines = [{"nature": "other", "text": "Giúp bốn hộ", "value": None}]
        actions.save(dossier, by=by, on=late, version=dossier.version, fields={"summary": summary}, achievements=lines)
        actions.submit(dossier, by=by, on=late)
        actions.recall(dossier, by=by, on=late)
    actions.submit(dossier, by=by, on=late)


def test_what_was_never_returned_is_not_handed_in_after_the_last_day(province: Province) -> None:
    dossier = province.submitted()
    actions.recall(dossier, by=province.seats["commune"], on=TODAY)
    with pytest.raises(Refused, match="không nhận hồ sơ hôm nay"):
        actions.submit(dossier, by=province.seats["commune"], on=dossier.round.closes + timedelta(days=1))


def test_the_council_does_not_see_a_dossier_with_a_code_that_its_unit_recalled(province: Province) -> None:
    dossier = province.received()
    sent_back(province, dossier, TODAY)
    lines = [{"nature": "other", "text": "Giúp bốn hộ", "value": None}]
    by, told = province.seats["commune"], {"summary": "Giúp bốn hộ"}
    actions.save(dossier, by=by, on=TODAY, version=dossier.version, fields=told, achievements=lines)
    actions.submit(dossier, by=by, on=TODAY)
    actions.recall(dossier, by=by, on=TODAY)
    assert not Dossier.objects.visible_to(province.seats["member"], TODAY).filter(pk=dossier.pk).exists()
    assert Dossier.objects.visible_to(province.seats["board"], TODAY).filter(pk=dossier.pk).exists()


@pytest.mark.clause("KH IV.2")
def test_an_award_for_bodies_is_refused_to_a_person_by_the_action_itself(province: Province) -> None:
    household = province.household()
    for award in ("labour_order_3", "commune_commendation"):
        with pytest.raises(Refused, match="Hình thức khen này không dành cho"):
            province.draft(household, award=award)


def test_a_desk_of_another_area_takes_no_step_and_judges_nothing(province: Province) -> None:
    office, board = province.stranger(Desk.OFFICE), province.stranger(Desk.BOARD)
    dossier = province.submitted()
    with pytest.raises(Refused, match="ngoài địa bàn"):
        actions.take_up(dossier, by=office, on=TODAY)
    received = province.received(province.household("Hộ khác"))
    judgements = {"general.2": (True, "Đã xem hồ sơ và đối chiếu với địa phương.")}
    with pytest.raises(Refused, match="ngoài địa bàn"):
        actions.judge(received, by=board, on=TODAY, judgements=judgements)


@pytest.mark.clause("KH III.1")
def test_nobody_opens_a_dossier_for_a_party_that_they_do_not_see(province: Province) -> None:
    theirs = province.household("Hộ của xã khác", commune="kg-30850")
    with pytest.raises(Refused, match="Không có đối tượng này trong sổ"):
        province.draft(theirs)
    school = province.party("Trường Tiểu học Thổ Sơn", PartyKind.SCHOOL, province.places["kg-30847"])
    with pytest.raises(Refused, match="Không có đối tượng này trong sổ"):
        province.draft(school, seat="unit", content="d")
    assert not Dossier.objects.exists()
    Party.objects.filter(pk=school.pk).update(managing_unit=province.bodies["unit"])
    assert province.draft(school, seat="unit", content="d").unit == province.bodies["unit"]


@pytest.mark.clause("KH IV.2.2.b")
def test_only_a_state_proposal_of_the_same_movement_excludes(province: Province) -> None:
    party = province.party(
        "Công ty Biển Xanh", "enterprise", province.places["kg"], managing_unit=province.bodies["unit"]
    )
    more: dict[str, Any] = {"seat": "unit", "content": "e", "round": province.round("five_year")}
    state = province.received(party, award="pm_certificate", **more)
    dossier = province.draft(party, **more)
    assert [p.proposed_on for p in facts.case(dossier, on=TODAY).state_proposals] == [state.received_on]
    assert list(checklist.blocks(dossier, on=TODAY))
    text = PLAN.read_text(encoding="utf-8").replace("id: kien-giang-2016-2020\n", "id: phong-trao-khac\n", 1)
    other, _ = load_plan(text.encode(), by=System("test"), on=date(2017, 9, 15))
    moved = other.rounds.get(kind="five_year")
    Dossier.objects.filter(pk=state.pk).update(round=moved)
    assert list(checklist.blocks(dossier, on=TODAY)) == []
