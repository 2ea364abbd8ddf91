"""A secretary works for the Council of the own area; nobody names its members from another desk."""

from datetime import date, time

import pytest

from chungtay.accounts.models import Seat, User
from chungtay.council import actions
from chungtay.council.models import Item, Meeting, Member
from chungtay.law.procedure import Desk
from chungtay.law.refusals import Refused
from chungtay.parties.models import Party
from tests.council.people import MEETING_DAY, Council

ELSEWHERE = "Hội đồng này ở ngoài địa bàn"


@pytest.fixture
def stranger(council: Council) -> Seat:
    """The secretary of another province's Council."""
    return council.province.stranger(Desk.SECRETARY)


def newcomer(council: Council) -> Member:
    user = User.objects.create_user(username="uyvien", password="mat-khau-du-dai", full_name="Ủy Viên Mới")
    return Member(council=council.body, user=user, body=council.body, office="member", since=date(2018, 1, 1))


def test_a_secretary_of_another_province_takes_no_step(council: Council, stranger: Seat) -> None:
    meeting, (item,) = council.opened(council.dossier())
    member = council.members[3]
    planned = council.planned()
    acts = (
        lambda: actions.plan_meeting(
            council.body, title="Phiên họp", held_on=MEETING_DAY, venue="Phòng 1", by=stranger, on=MEETING_DAY
        ),
        lambda: actions.change_meeting(
            planned, title="Khác", held_on=MEETING_DAY, venue="Phòng 2", by=stranger, on=MEETING_DAY
        ),
        lambda: actions.list_items(planned, dossiers=[council.dossier()], by=stranger, on=MEETING_DAY),
        lambda: actions.open_meeting(planned, at=time(8, 0), by=stranger, on=MEETING_DAY),
        lambda: actions.mark_attendance(
            meeting, marks=council.marks(15), presider=member.pk, by=stranger, on=MEETING_DAY
        ),
        lambda: actions.close_meeting(meeting, at=time(11, 0), by=stranger, on=MEETING_DAY),
        lambda: actions.unlist_item(item, by=stranger, on=MEETING_DAY),
        lambda: actions.open_item(item, by=stranger, on=MEETING_DAY),
        lambda: actions.recuse(item, member=member, reason="Người thân", by=stranger, on=MEETING_DAY),
        lambda: actions.record_votes(item, votes={member.pk: "yes"}, by=stranger, on=MEETING_DAY),
        lambda: actions.close_item(item, by=stranger, on=MEETING_DAY),
        lambda: actions.defer_item(item, reason="Để lại", by=stranger, on=MEETING_DAY),
        lambda: actions.appoint(newcomer(council), by=stranger, on=MEETING_DAY),
        lambda: actions.end_membership(member, until=MEETING_DAY, by=stranger, on=MEETING_DAY),
    )
    for act in acts:
        with pytest.raises(Refused, match=ELSEWHERE):
            act()
    assert Item.objects.get(pk=item.pk).state == Item.State.LISTED
    assert Meeting.objects.get(pk=meeting.pk).state == Meeting.State.OPEN
    assert Member.objects.get(pk=member.pk).until is None


def test_members_are_named_by_no_other_desk(council: Council) -> None:
    for kind, seat in council.others.items():
        with pytest.raises(Refused, match=f"không phải {kind.label}"):
            actions.appoint(newcomer(council), by=seat, on=MEETING_DAY)
        with pytest.raises(Refused, match=f"không phải {kind.label}"):
            actions.end_membership(council.members[3], until=MEETING_DAY, by=seat, on=MEETING_DAY)
        User.objects.filter(username="uyvien").delete()
    assert not Member.objects.filter(user__username="uyvien").exists()


@pytest.mark.clause("KH V.2")
def test_a_dossier_of_another_province_is_not_put_before_this_council(council: Council, stranger: Seat) -> None:
    meeting = council.planned()
    foreign = council.dossier()
    foreign.area_path = Party.objects.get(pk=stranger.body_id).area_path
    foreign.save(update_fields=["area_path"])
    with pytest.raises(Refused, match="ngoài địa bàn của Hội đồng này"):
        actions.list_items(meeting, dossiers=[foreign], by=council.secretary, on=MEETING_DAY)
