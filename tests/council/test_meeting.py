"""A meeting from its agenda to its minutes."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from chungtay.accounts.models import Notice
from chungtay.council import actions, agenda, roll
from chungtay.council.models import Attendance, Item, Meeting, Member
from chungtay.documents.models import Paper
from chungtay.law import voting
from chungtay.law.procedure import Desk as DeskKind
from chungtay.law.procedure import State
from chungtay.law.refusals import Conflict, Refused
from chungtay.nominations.models import Dossier
from chungtay.records import journal
from tests.council.people import MEETING_DAY, Council

DAY_BEFORE, DAY_AFTER = MEETING_DAY - timedelta(days=1), MEETING_DAY + timedelta(days=1)


def open_now(council: Council, meeting: Meeting, on: date = MEETING_DAY) -> Meeting:
    return actions.open_meeting(meeting, at=time(8, 0), by=council.secretary, on=on)


def close_now(council: Council, meeting: Meeting, at: time = time(11, 30)) -> Meeting:
    return actions.close_meeting(
        Meeting.objects.get(pk=meeting.pk), at=at, conclusion="Giao Ban Thi đua - Khen thưởng hoàn thiện hồ sơ.",
        by=council.secretary, on=MEETING_DAY,
    )  # fmt: skip


def test_only_the_secretary_runs_the_meeting(council: Council) -> None:
    meeting, (item,) = council.opened(council.dossier())
    stranger = council.others[DeskKind.BOARD]
    marks = council.marks(15)
    facts: dict[str, Any] = {"title": "Phiên khác", "held_on": MEETING_DAY, "venue": "Hội trường"}
    acts = (
        lambda: actions.plan_meeting(council.body, **facts, by=stranger, on=MEETING_DAY),
        lambda: actions.change_meeting(meeting, **facts, by=stranger, on=MEETING_DAY),
        lambda: actions.list_items(meeting, dossiers=[council.dossier()], by=stranger, on=MEETING_DAY),
        lambda: actions.unlist_item(item, by=stranger, on=MEETING_DAY),
        lambda: actions.open_meeting(meeting, at=time(8, 0), by=stranger, on=MEETING_DAY),
        lambda: actions.mark_attendance(meeting, marks=marks, presider=None, by=stranger, on=MEETING_DAY),
        lambda: actions.open_item(item, by=stranger, on=MEETING_DAY),
        lambda: actions.record_votes(item, votes={}, by=stranger, on=MEETING_DAY),
        lambda: actions.close_item(item, by=stranger, on=MEETING_DAY),
        lambda: actions.defer_item(item, reason="x", by=stranger, on=MEETING_DAY),
        lambda: actions.close_meeting(meeting, at=time(9, 0), by=stranger, on=MEETING_DAY),
    )
    for act in acts:
        with pytest.raises(Refused, match="do thư ký Hội đồng"):
            act()


def test_only_appraised_dossiers_come_on_an_agenda_and_every_other_is_named(council: Council) -> None:
    meeting = council.planned()
    wrong = [council.dossier(state="received"), council.dossier(state="recommended")]
    late = council.dossier()
    Dossier.objects.filter(pk=late.pk).update(state_since=DAY_AFTER)
    late.refresh_from_db()
    with pytest.raises(Refused) as caught:
        actions.list_items(meeting, dossiers=[*wrong, late, council.dossier()], by=council.secretary, on=MEETING_DAY)
    assert [str(reason).split(":")[0] for reason in caught.value.reasons] == [d.code for d in [*wrong, late]]
    assert not Item.objects.exists()


def test_a_dossier_appraised_on_the_day_of_the_meeting_is_in_time(council: Council) -> None:
    dossier = council.dossier()
    Dossier.objects.filter(pk=dossier.pk).update(state_since=MEETING_DAY)
    dossier.refresh_from_db()
    assert actions.list_item(council.planned(), dossier=dossier, by=council.secretary, on=MEETING_DAY).ordinal == 1


def test_a_dossier_is_on_one_running_agenda(council: Council) -> None:
    dossier = council.dossier()
    council.planned(dossier)
    with pytest.raises(Refused, match="đã nằm trong chương trình phiên họp"):
        council.planned(dossier)
    second = council.planned()
    with pytest.raises(IntegrityError), transaction.atomic():
        Item.objects.create(meeting=second, dossier=dossier, ordinal=1)


def test_what_waits_is_what_is_on_no_running_agenda(council: Council) -> None:
    listed, waits = council.dossier(), council.dossier()
    council.dossier(state="received")
    meeting = council.planned(listed)
    assert list(agenda.waiting(council.secretary, MEETING_DAY)) == [waits]
    actions.unlist_item(meeting.items.get(), by=council.secretary, on=MEETING_DAY)
    assert set(agenda.waiting(council.secretary, MEETING_DAY)) == {listed, waits}


def test_an_agenda_closes_its_gaps(council: Council) -> None:
    meeting = council.planned(*(council.dossier() for _ in range(4)))
    actions.unlist_item(meeting.items.get(ordinal=2), by=council.secretary, on=MEETING_DAY)
    assert list(meeting.items.order_by("ordinal").values_list("ordinal", flat=True)) == [1, 2, 3]


def test_the_roll_is_who_is_a_member_on_the_day_first_and_last_day_included(council: Council) -> None:
    leaves, left, comes, not_yet = council.members[11:15]
    Member.objects.filter(pk=leaves.pk).update(until=MEETING_DAY)
    Member.objects.filter(pk=left.pk).update(until=DAY_BEFORE)
    Member.objects.filter(pk=comes.pk).update(since=MEETING_DAY)
    Member.objects.filter(pk=not_yet.pk).update(since=DAY_AFTER)
    meeting = open_now(council, council.planned(council.dossier()))
    on_roll = set(Attendance.objects.filter(meeting=meeting).values_list("member", flat=True))
    assert meeting.members_total == len(on_roll) == 13
    assert {leaves.pk, comes.pk} <= on_roll
    Member.objects.filter(pk=leaves.pk).update(until=DAY_BEFORE)
    assert Attendance.objects.filter(meeting=meeting, member=leaves).exists()


def test_a_meeting_does_not_begin_before_its_day_or_without_an_agenda(council: Council) -> None:
    meeting = council.planned()
    with pytest.raises(Refused) as caught:
        open_now(council, meeting, DAY_BEFORE)
    assert len(caught.value.reasons) == 2
    actions.list_item(meeting, dossier=council.dossier(), by=council.secretary, on=DAY_BEFORE)
    assert open_now(council, meeting).state == Meeting.State.OPEN
    with pytest.raises(Refused, match="Đang họp"):
        open_now(council, meeting)


def test_a_dossier_withdrawn_meanwhile_keeps_the_meeting_from_opening(council: Council) -> None:
    dossier = council.dossier()
    meeting = council.planned(dossier)
    Dossier.objects.filter(pk=dossier.pk).update(state=State.WITHDRAWN.value)
    with pytest.raises(Refused, match="đang ở “Đã rút”"):
        open_now(council, meeting)


def test_the_rule_is_frozen_when_the_meeting_opens(council: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    _, (item,) = council.opened(council.dossier())
    kept = agenda.rule_for(item)
    assert (kept.yes_needed(15), kept.present_needed(15)) == (11, 10)
    assert kept == voting.rule("province_certificate", on=MEETING_DAY)
    assert kept.assumed
    monkeypatch.setattr(voting, "rule", lambda *args, **kwargs: pytest.fail("the law was asked again"))
    actions.open_item(item, by=council.secretary, on=MEETING_DAY)
    council.hands(item, 15)
    assert council.close(item).passed


def test_a_roll_call_is_whole_and_says_why_somebody_is_away(council: Council) -> None:
    meeting = open_now(council, council.planned(council.dossier()))
    marks = council.marks(12)
    del marks[council.members[0].pk]
    marks[council.members[14].pk] = roll.Mark(False, " ")
    with pytest.raises(Refused) as caught:
        actions.mark_attendance(
            meeting, marks=marks, presider=council.members[13].pk, by=council.secretary, on=MEETING_DAY
        )
    fields = {reason.field for reason in caught.value.reasons}
    assert fields == {f"present-{council.members[0].pk}", f"reason-{council.members[14].pk}", "presider"}
    assert not Attendance.objects.filter(meeting=meeting, is_present=True).exists()


def test_two_roll_calls_at_once_are_a_conflict(council: Council) -> None:
    meeting = open_now(council, council.planned(council.dossier()))
    stale = Meeting.objects.get(pk=meeting.pk)
    council.call(meeting, 12)
    with pytest.raises(Conflict):
        council.call(stale, 11)
    assert Attendance.objects.filter(meeting=meeting, is_present=True).count() == 12


def test_a_deferred_dossier_waits_again_and_may_come_to_the_next_meeting(council: Council) -> None:
    item = council.voting()
    council.hands(item, 3)
    with pytest.raises(Refused, match="Ghi lý do"):
        actions.defer_item(item, reason=" ", by=council.secretary, on=MEETING_DAY)
    actions.defer_item(item, reason="Cần xác minh thêm", by=council.secretary, on=MEETING_DAY)
    assert list(agenda.waiting(council.secretary, MEETING_DAY)) == [item.dossier]
    _, (again,) = council.opened(Dossier.objects.get(pk=item.dossier_id))
    assert roll.of(again).cast == 0
    with pytest.raises(Refused, match="để lại phiên sau"):
        council.close(Item.objects.get(pk=item.pk))


def test_a_meeting_ends_when_every_dossier_has_a_result(council: Council) -> None:
    meeting, (first, second) = council.opened(council.dossier(), council.dossier())
    actions.open_item(first, by=council.secretary, on=MEETING_DAY)
    council.hands(first, 15)
    council.close(first)
    with pytest.raises(Refused, match=f"{second.dossier}: chưa có kết quả"):
        close_now(council, meeting)
    with pytest.raises(Refused, match="không thể kết thúc trước đó"):
        close_now(council, meeting, at=time(7, 59))
    actions.defer_item(second, reason="Hết giờ", by=council.secretary, on=MEETING_DAY)
    closed = close_now(council, meeting)
    assert closed.state == Meeting.State.CLOSED
    with pytest.raises(Refused, match="Đã kết thúc"):
        close_now(council, meeting)


def test_the_minutes_say_what_happened_and_never_change(council: Council) -> None:
    dossiers = [council.dossier(), council.dossier(), council.dossier("pm_certificate")]
    meeting, (first, second, secret) = council.opened(*dossiers, present=13)
    for item in (first, secret):
        actions.open_item(item, by=council.secretary, on=MEETING_DAY)
    actions.recuse(first, member=council.members[1], reason="Người thân", by=council.secretary, on=MEETING_DAY)
    votes = {member.pk: "yes" for member in council.members[2:13]}
    actions.record_votes(first, votes=votes, by=council.secretary, on=MEETING_DAY)
    actions.close_item(
        first, by=council.secretary, on=MEETING_DAY, silent_ok=True, discussion="Cần nhân rộng cách làm."
    )
    count = roll.Count(issued=13, written=0, yes=5, no=7, blank=1, missing=0, tellers=("Lý Kiểm", "Sơn Đếm"))
    actions.enter_count(secret, count=count, by=council.secretary, on=MEETING_DAY)
    council.close(secret)
    actions.defer_item(second, reason="Hết giờ", by=council.secretary, on=MEETING_DAY)
    paper = close_now(council, meeting).minutes
    assert paper is not None
    assert (paper.code, paper.signer, paper.noun_key) == ("01/BB-HĐTĐKT", "Trần Thị An", str(meeting.pk))
    said = paper.content["data"]
    assert said["present_count"] == "13"
    assert [row[0] for row in said["absent"]] == ["Quách Thị Sương", "Nguyễn Văn Thọ"]
    assert [row[2:] for row in said["results"]] == [
        ["11/14", "78,57%", "Đề nghị khen thưởng"], ["5/15", "33,33%", "Không đề nghị"],
    ]  # fmt: skip
    text = " ".join([*said["discussion"], *said["conclusion"], said["method"]])
    for words in (
        "Lê Văn Bình không tham gia biểu quyết: Người thân.", "Ý kiến thảo luận: Cần nhân rộng cách làm.",
        "Phát ra 13 phiếu, thu về 13 phiếu", "Người kiểm phiếu: Lý Kiểm; Sơn Đếm", "Để lại phiên sau: Hết giờ.",
        "đề nghị khen thưởng 1 trường hợp, không đề nghị 1 trường hợp, để lại phiên sau 1 trường hợp",
        "bỏ phiếu kín đối với Bằng khen của Thủ tướng Chính phủ, cần ít nhất 70% đồng ý",
        "Giao Ban Thi đua - Khen thưởng hoàn thiện hồ sơ.",
    ):  # fmt: skip
        assert words in text
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        Paper.objects.filter(pk=paper.pk).update(content={})


def test_minutes_are_numbered_without_gaps(council: Council) -> None:
    codes = []
    for _ in range(2):
        meeting, (item,) = council.opened(council.dossier())
        actions.defer_item(item, reason="Hết giờ", by=council.secretary, on=MEETING_DAY)
        with pytest.raises(Refused):
            close_now(council, meeting, at=time(7, 0))
        paper = close_now(council, meeting).minutes
        assert paper is not None
        codes.append(paper.code)
    assert codes == ["01/BB-HĐTĐKT", "02/BB-HĐTĐKT"]


def test_impossible_meetings_are_refused_by_the_database(council: Council) -> None:
    meeting = council.planned()
    for figures in ({"state": "open"}, {"state": "closed"}, {"state": "lost"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Meeting.objects.filter(pk=meeting.pk).update(**figures)


def test_members_hear_that_the_meeting_began(council: Council) -> None:
    council.opened(council.dossier())
    assert Notice.objects.filter(desk__kind="council", text__startswith="Phiên họp đã bắt đầu").count() == 1


def test_memberships_begin_and_end_in_the_journal(council: Council) -> None:
    member = council.members[14]
    again = Member(council=council.body, user=member.user, body=member.body, office="member", since=MEETING_DAY)
    with pytest.raises(Refused, match="đang là thành viên"):
        actions.appoint(again, by=council.secretary, on=MEETING_DAY)
    actions.end_membership(member, until=DAY_BEFORE, by=council.secretary, on=MEETING_DAY)
    actions.appoint(again, by=council.secretary, on=MEETING_DAY)
    assert [entry.act for entry in journal.of(member)] == ["end_membership"]
    assert [entry.act for entry in journal.of(again)] == ["appoint_member"]
    assert Member.objects.valid(MEETING_DAY).filter(user=member.user).get() == again
