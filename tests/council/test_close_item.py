"""Closing a result: quorum, threshold on all members, and what follows for the dossier."""

from datetime import time
from typing import Any

import pytest

from chungtay.accounts.models import Notice
from chungtay.council import actions, roll
from chungtay.council.models import Item
from chungtay.law.procedure import State
from chungtay.law.refusals import Conflict, Refused
from chungtay.nominations import actions as nominations
from chungtay.nominations.models import Dossier
from chungtay.records import journal
from tests.council.people import MEETING_DAY, Council


def state_of(item: Item) -> State:
    return Dossier.objects.get(pk=item.dossier_id).at


@pytest.mark.clause("KH V.2")
def test_eleven_of_fifteen_carry_it_and_ten_do_not(council: Council) -> None:
    ten, eleven = council.voting(), council.voting()
    council.hands(ten, 10, no=5)
    council.hands(eleven, 11, no=4)
    assert not council.close(ten).passed
    assert council.close(eleven).passed
    assert state_of(ten) is State.DECLINED
    assert state_of(eleven) is State.RECOMMENDED
    assert "10/15 phiếu đồng ý" in ten.outcome
    assert (eleven.yes, eleven.no, eleven.base, eleven.needed, eleven.present) == (11, 4, 15, 11, 15)


@pytest.mark.clause("KH V.2")
def test_the_share_is_of_all_members_not_of_those_who_came(council: Council) -> None:
    item = council.voting(present=10)
    council.hands(item, 10)
    assert not council.close(item).passed
    assert "cần ít nhất 11" in item.outcome


@pytest.mark.clause("KH V.2")
def test_ten_of_fifteen_may_vote_and_nine_may_not(council: Council) -> None:
    item = council.voting(present=10)
    council.hands(item, 3)
    council.call(item.meeting, 9)
    with pytest.raises(Refused, match=r"có mặt 9/15, cần ít nhất 10"):
        council.close(item)
    council.call(Item.objects.get(pk=item.pk).meeting, 10)
    assert council.close(item).state == Item.State.CLOSED


def test_a_vote_does_not_open_without_quorum(council: Council) -> None:
    _, (item,) = council.opened(council.dossier(), present=9)
    with pytest.raises(Refused, match="Không đủ số người họp"):
        actions.open_item(item, by=council.secretary, on=MEETING_DAY)


def test_a_vote_does_not_open_before_the_roll_was_called(council: Council) -> None:
    meeting = council.planned(council.dossier())
    actions.open_meeting(meeting, at=time(8, 0), by=council.secretary, on=MEETING_DAY)
    with pytest.raises(Refused, match="Chưa điểm danh"):
        actions.open_item(meeting.items.get(), by=council.secretary, on=MEETING_DAY)


def test_written_opinions_of_absent_members_count(council: Council) -> None:
    item = council.voting(present=10)
    council.hands(item, 10)
    absent = council.members[10]
    actions.record_votes(item, votes={absent.pk: "yes"}, written={absent.pk}, by=council.secretary, on=MEETING_DAY)
    assert council.close(item).passed
    assert item.written == 1


def test_who_is_there_and_has_not_voted_is_waited_for(council: Council) -> None:
    item = council.voting()
    council.hands(item, 12)
    with pytest.raises(Refused, match=r"Còn 3 thành viên có mặt chưa biểu quyết: Lâm Văn Phúc"):
        council.close(item, silent_ok=False)
    assert council.close(item, silent_ok=True).passed


def test_a_vote_nobody_took_part_in_is_not_closed_as_a_refusal(council: Council) -> None:
    item = council.voting()
    with pytest.raises(Refused, match="Chưa có ai biểu quyết"):
        council.close(item)
    assert state_of(item) is State.APPRAISED


def test_the_chairman_and_the_unit_are_told(council: Council) -> None:
    yes, no = council.voting(), council.voting()
    council.hands(yes, 15)
    council.hands(no, 1, no=14)
    council.close(yes)
    council.close(no)
    told = list(Notice.objects.order_by("id").values_list("desk__kind", "text"))
    assert ("chair", f"{yes.dossier.code}: Hội đồng đề nghị khen, chờ quyết định.") in told
    assert any(desk == "commune" and no.outcome in text for desk, text in told)


def test_every_step_is_on_the_dossiers_own_record(council: Council) -> None:
    item = council.voting()
    council.hands(item, 15)
    council.close(item)
    assert [entry.act for entry in journal.of(item.dossier)] == ["list_item", "open_item", "recommend"]
    assert [entry.act for entry in journal.of(item)] == ["record_votes", "close_item"]
    assert not journal.faults()


def test_a_result_is_closed_once(council: Council) -> None:
    item = council.voting()
    council.hands(item, 15)
    council.close(item)
    with pytest.raises(Refused, match="đã có kết quả"):
        council.close(Item.objects.get(pk=item.pk))


def test_of_two_secretaries_one_closes_and_the_other_is_told(council: Council) -> None:
    item = council.voting()
    council.hands(item, 15)
    mine, theirs = Item.objects.get(pk=item.pk), Item.objects.get(pk=item.pk)
    actions.close_item(mine, by=council.secretary, on=MEETING_DAY)
    with pytest.raises(Refused):
        actions.close_item(theirs, by=council.other_secretary, on=MEETING_DAY)
    assert closings(item) == 1


def test_a_result_closed_on_an_old_page_is_a_conflict(council: Council) -> None:
    item = council.voting()
    council.hands(item, 14)
    old_page = Item.objects.get(pk=item.pk)
    actions.recuse(item, member=council.members[14], reason="Là người thân", by=council.secretary, on=MEETING_DAY)
    with pytest.raises(Conflict):
        actions.close_item(old_page, by=council.other_secretary, on=MEETING_DAY)
    assert actions.close_item(item, by=council.secretary, on=MEETING_DAY).base == 14


def closings(item: Item) -> int:
    return journal.of(item).filter(act="close_item").count()


def test_control_without_the_guards_both_secretaries_would_close(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the fresh look and the guarded update taken away the second result goes through: so the guards are what
    stops it above."""
    item = council.voting()
    council.hands(item, 15)
    mine, theirs = Item.objects.get(pk=item.pk), Item.objects.get(pk=item.pk)

    def blind_update(row: Any, *, version: int | None = None, where: Any = None, **changes: Any) -> Any:
        type(row).objects.filter(pk=row.pk).update(**changes)
        return row

    seen = roll.of(mine)
    monkeypatch.setattr("chungtay.records.versions.guarded_update", blind_update)
    monkeypatch.setattr("chungtay.council.votes.at_table", lambda stale: (stale, seen))
    monkeypatch.setattr(nominations, "recommend", lambda *args, **kwargs: None)
    actions.close_item(mine, by=council.secretary, on=MEETING_DAY)
    actions.close_item(theirs, by=council.other_secretary, on=MEETING_DAY)
    assert closings(item) == 2
