"""Voting in the open: one vote each, by the member alone or written down by the secretary, never against the roll."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from chungtay.accounts.actions import delegate
from chungtay.accounts.models import Seat
from chungtay.council import actions, roll
from chungtay.council.models import Item, Recusal, Vote
from chungtay.law.procedure import Desk as DeskKind
from chungtay.law.refusals import Refused
from tests.council.people import MEETING_DAY, Council


def cast(council: Council, item: Item, member: int, choice: str = "yes") -> Vote:
    return actions.cast(item, choice=choice, by=council.seats[council.members[member].pk], on=MEETING_DAY)


def test_a_member_votes_once(council: Council) -> None:
    item = council.voting()
    cast(council, item, 0)
    with pytest.raises(Refused, match="Trần Thị An đã biểu quyết hồ sơ này, mỗi thành viên chỉ một lần"):
        cast(council, item, 0, "no")
    with pytest.raises(Refused, match="mỗi thành viên chỉ một lần"):
        actions.record_votes(item, votes={council.members[0].pk: "no"}, by=council.secretary, on=MEETING_DAY)
    assert Vote.objects.get(item=item).choice == "yes"


def test_the_database_itself_knows_one_vote_per_member_and_never_changes_it(council: Council) -> None:
    item = council.voting()
    vote = cast(council, item, 0)
    with pytest.raises(IntegrityError), transaction.atomic():
        Vote.objects.create(item=item, member=council.members[0], choice="no")
    with pytest.raises(IntegrityError), transaction.atomic():
        Vote.objects.create(item=item, member=council.members[1], choice="maybe")
    for change in (lambda: Vote.objects.filter(pk=vote.pk).update(choice="no"), Vote.objects.filter(pk=vote.pk).delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert Vote.objects.get(pk=vote.pk).choice == "yes"


def test_nobody_votes_for_another(council: Council) -> None:
    item = council.voting()
    member = council.seats[council.members[0].pk]
    stand_in = delegate(member, council.secretary.user, by=member, on=MEETING_DAY, until=MEETING_DAY)
    for seat in (stand_in, council.secretary, council.others[DeskKind.CHAIR]):
        with pytest.raises(Refused, match="không biểu quyết thay"):
            actions.cast(item, choice="yes", by=seat, on=MEETING_DAY)
    stranger = Seat.objects.create(user=council.others[DeskKind.BOARD].user, desk=member.desk, since=MEETING_DAY)
    with pytest.raises(Refused, match="không thuộc danh sách thành viên"):
        actions.cast(item, choice="yes", by=stranger, on=MEETING_DAY)


def test_an_absent_member_votes_only_in_writing(council: Council) -> None:
    item = council.voting(present=10)
    absent = council.members[12].pk
    with pytest.raises(Refused, match="đang được ghi là vắng mặt"):
        cast(council, item, 12)
    with pytest.raises(Refused, match="Lâm Văn Phúc vắng mặt; chỉ ghi được ý kiến gửi bằng văn bản"):
        actions.record_votes(item, votes={absent: "yes"}, by=council.secretary, on=MEETING_DAY)
    actions.record_votes(item, votes={absent: "yes"}, written={absent}, by=council.secretary, on=MEETING_DAY)
    assert Vote.objects.get(item=item).in_writing


def test_who_is_there_does_not_vote_in_writing(council: Council) -> None:
    item = council.voting()
    here = council.members[0].pk
    with pytest.raises(Refused, match="có mặt, không ghi ý kiến bằng văn bản"):
        actions.record_votes(item, votes={here: "yes"}, written={here}, by=council.secretary, on=MEETING_DAY)


def test_everything_wrong_with_many_hands_is_told_at_once_and_nothing_is_written(council: Council) -> None:
    item = council.voting(present=12)
    voted, away, fine = council.members[0], council.members[13], council.members[3]
    recused = council.members[1]
    cast(council, item, 0)
    actions.recuse(item, member=recused, reason="Là em ruột", by=council.secretary, on=MEETING_DAY)
    votes = {voted.pk: "yes", recused.pk: "yes", away.pk: "yes", fine.pk: "perhaps", 999_999: "yes"}
    with pytest.raises(Refused) as caught:
        actions.record_votes(item, votes=votes, by=council.secretary, on=MEETING_DAY)
    assert [reason.field for reason in caught.value.reasons] == [f"vote-{pk}" for pk in votes]
    assert Vote.objects.filter(item=item).count() == 1


def test_nobody_votes_before_the_vote_opens_or_after_it_closed(council: Council) -> None:
    _, (item,) = council.opened(council.dossier())
    with pytest.raises(Refused, match="chưa mở biểu quyết"):
        cast(council, item, 0)
    actions.open_item(item, by=council.secretary, on=MEETING_DAY)
    council.hands(item, 14)
    council.close(item)
    with pytest.raises(Refused, match="đã có kết quả"):
        cast(council, item, 14)


def test_who_voted_cannot_be_marked_absent_while_the_vote_runs(council: Council) -> None:
    item = council.voting(present=12)
    cast(council, item, 11)
    with pytest.raises(Refused, match="Thị Nga đã biểu quyết tại phiên họp"):
        council.call(item.meeting, 11)
    absent = council.members[14].pk
    actions.record_votes(item, votes={absent: "yes"}, written={absent}, by=council.secretary, on=MEETING_DAY)
    with pytest.raises(Refused, match="Nguyễn Văn Thọ đã gửi ý kiến bằng văn bản"):
        council.call(item.meeting, 15)


def test_a_recused_member_leaves_the_base(council: Council) -> None:
    """10 of 15 do not carry it; 10 of 14 do, because 70% of 14 is 9,8."""
    item = council.voting()
    relative = council.members[14]
    actions.recuse(item, member=relative, reason="Vợ là người được đề nghị", by=council.secretary, on=MEETING_DAY)
    with pytest.raises(Refused, match="không tham gia biểu quyết hồ sơ này: Vợ là người được đề nghị"):
        cast(council, item, 14)
    council.hands(item, 10, no=4)
    assert council.close(item).passed
    assert (item.base, item.needed) == (14, 10)


def test_a_recused_member_still_counts_for_the_quorum(council: Council) -> None:
    item = council.voting(present=10)
    actions.recuse(item, member=council.members[0], reason="Người thân", by=council.secretary, on=MEETING_DAY)
    votes = {member.pk: "yes" for member in council.members[1:10]}
    actions.record_votes(item, votes=votes, by=council.secretary, on=MEETING_DAY)
    assert not council.close(item).passed
    assert (item.present, item.base, item.needed) == (10, 14, 10)


def test_a_member_whose_body_proposed_is_offered_to_leave_the_vote(council: Council) -> None:
    proposer = council.members[4]
    _, (item,) = council.opened(council.dossier(unit=proposer.body))
    (offered,) = roll.of(item).offered_recusals
    assert offered.member == proposer
    assert "là đơn vị trình hồ sơ" in offered.interest
    actions.recuse(item, member=proposer, reason=offered.interest, by=council.secretary, on=MEETING_DAY)
    assert roll.of(item).offered_recusals == []


def test_a_member_leaves_the_own_vote_and_not_anothers(council: Council) -> None:
    item = council.voting()
    own, other = council.members[3], council.members[4]
    seat = council.seats[own.pk]
    with pytest.raises(Refused, match="do thư ký"):
        actions.recuse(item, member=other, reason="Có liên quan", by=seat, on=MEETING_DAY)
    assert actions.recuse(item, member=own, reason="Có liên quan", by=seat, on=MEETING_DAY).member == own


def test_leaving_a_vote_is_refused_after_voting_twice_or_without_a_reason(council: Council) -> None:
    item = council.voting()
    cast(council, item, 0)
    actions.recuse(item, member=council.members[1], reason="Có liên quan", by=council.secretary, on=MEETING_DAY)
    for member, words in ((0, "đã biểu quyết"), (1, "đã được ghi"), (2, "Ghi lý do")):
        with pytest.raises(Refused, match=words):
            actions.recuse(item, member=council.members[member], reason=" ", by=council.secretary, on=MEETING_DAY)
    assert Recusal.objects.count() == 1
