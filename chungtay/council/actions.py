"""What the Council does. Every act: hold the meeting's row, look at everything anew, ask the law, write, record.

The verbs of one vote stand in `votes.py` and are named here too, so that every write of the room is `actions.…`.
"""

from collections.abc import Mapping, Sequence
from datetime import date, time

from django.db import transaction
from django.db.models import F, Max

from chungtay.accounts import notices
from chungtay.accounts.models import Seat
from chungtay.council import agenda, minutes, roll
from chungtay.council.models import Attendance, Item, Meeting, Member, Vote
from chungtay.council.sitting import CLAUSE, hold, require_secretary, still_appraised
from chungtay.council.votes import cast, close_item, defer_item, enter_count, open_item, record_votes, recuse
from chungtay.documents import checkpoints
from chungtay.law import voting
from chungtay.law.procedure import Desk, State
from chungtay.law.refusals import Reasons, Refused
from chungtay.nominations.models import Dossier
from chungtay.parties.models import Party
from chungtay.records import journal, versions
from chungtay.records.journal import Author

__all__ = [
    "appoint", "cast", "change_meeting", "close_item", "close_meeting", "defer_item", "end_membership", "enter_count",
    "list_item", "list_items", "mark_attendance", "open_item", "open_meeting", "plan_meeting", "record_votes", "recuse",
    "unlist_item",
]  # fmt: skip


@transaction.atomic
def appoint(member: Member, *, by: Author, on: date) -> Member:
    """Cử thành viên Hội đồng: from the member's first day. Refused while the same person is still a member that day,
    and for a seat that is not the secretary's of that Council."""
    _may_name_members(by, member.council, on)
    standing = Member.objects.filter(council=member.council, user=member.user).valid(member.since)
    if standing.exists():
        raise Refused.because(f"{member.user} đang là thành viên Hội đồng.", field="user")
    member.save(force_insert=True)
    body = {"office": member.office, "since": member.since, "until": member.until, "body": member.body_id}
    journal.record("appoint_member", by=by, on=on, noun=member, body=body)
    return member


@transaction.atomic
def end_membership(member: Member, *, until: date, by: Author, on: date) -> Member:
    """Thôi là thành viên: the last day. Meetings that have begun keep their roll."""
    _may_name_members(by, member.council, on)
    if until < member.since:
        raise Refused.because("Ngày cuối không thể trước ngày đầu.", field="until")
    Member.objects.filter(pk=member.pk).update(until=until)
    member.until = until
    journal.record("end_membership", by=by, on=on, noun=member, body={"until": until})
    return member


@transaction.atomic
def plan_meeting(council: Party, *, title: str, held_on: date, venue: str, by: Seat, on: date) -> Meeting:
    """Lập phiên họp: name the day, the place and the matter; dossiers are listed afterwards (KH V.2)."""
    require_secretary(by, council, on)
    _facts(title, venue)
    meeting = Meeting.objects.create(
        council=council, title=title.strip(), held_on=held_on, venue=venue.strip(), is_demo=council.is_demo
    )
    journal.record("plan_meeting", by=by, on=on, noun=meeting, body={"title": meeting.title, "held_on": held_on})
    return meeting


@transaction.atomic
def change_meeting(
    meeting: Meeting, *, title: str, held_on: date, venue: str, by: Seat, on: date, version: int | None = None
) -> Meeting:
    """Sửa phiên họp: move or rename a meeting that has not begun."""
    require_secretary(by, meeting.council, on)
    _facts(title, venue)
    hold(meeting, Meeting.State.PLANNED)
    late = Dossier.objects.filter(items__meeting=meeting, state_since__gt=held_on).order_by("code")
    if late:
        names = ", ".join(str(dossier) for dossier in late)
        raise Refused.because(f"Hồ sơ thẩm định xong sau ngày họp mới: {names}.", clause=CLAUSE, field="held_on")
    versions.guarded_update(
        meeting, version=version, where={"state": Meeting.State.PLANNED},
        title=title.strip(), held_on=held_on, venue=venue.strip(),
    )  # fmt: skip
    journal.record("change_meeting", by=by, on=on, noun=meeting, body={"title": meeting.title, "held_on": held_on})
    return meeting


def list_item(meeting: Meeting, *, dossier: Dossier, by: Seat, on: date) -> Item:
    """Đưa một hồ sơ vào chương trình họp; see `list_items`."""
    return list_items(meeting, dossiers=[dossier], by=by, on=on)[0]


@transaction.atomic
def list_items(meeting: Meeting, *, dossiers: Sequence[Dossier], by: Seat, on: date) -> list[Item]:
    """Đưa hồ sơ vào chương trình họp: appraised ones, at the end of the agenda, in the order given (KH V.2).

    Refused, naming every dossier that cannot be listed and why: not appraised, appraised after the day of the meeting,
    on another running agenda, or an award on which the provincial Council does not vote.
    """
    require_secretary(by, meeting.council, on)
    now = hold(meeting, Meeting.State.PLANNED, Meeting.State.OPEN)
    reasons = Reasons()
    if not dossiers:
        reasons.add("Chưa chọn hồ sơ nào.", field="dossiers")
    taken = Item.objects.filter(dossier__in=dossiers, state__in=agenda.RUNNING).select_related("meeting")
    elsewhere = {item.dossier_id: item.meeting for item in taken}
    heard = set(Item.objects.filter(meeting=meeting, dossier__in=dossiers).values_list("dossier_id", flat=True))
    rules = {}
    for dossier in dossiers:
        if dossier.pk in elsewhere:
            reasons.add(f"{dossier}: đã nằm trong chương trình phiên họp “{elsewhere[dossier.pk]}”.", field="dossiers")
        elif dossier.pk in heard:
            reasons.add(f"{dossier}: đã có trong phiên họp này.", field="dossiers")
        if not by.scope(on).covers(dossier.area_path):
            reasons.add(f"{dossier}: ở ngoài địa bàn của Hội đồng này.", clause=CLAUSE, field="dossiers")
        if dossier.at is not State.APPRAISED:
            reasons.add(
                f"{dossier}: đang ở “{dossier.at.label}”, chỉ đưa ra Hội đồng hồ sơ đã thẩm định.",
                clause=CLAUSE, field="dossiers",
            )  # fmt: skip
        elif dossier.state_since > now.held_on:
            reasons.add(
                f"{dossier}: thẩm định xong ngày {dossier.state_since:%d/%m/%Y}, sau ngày họp.", field="dossiers"
            )
        try:
            rules[dossier.pk] = voting.rule(dossier.award, on=now.held_on)
        except Refused as refused:
            reasons.extend(refused.reasons)
    reasons.raise_if_any()
    last = Item.objects.filter(meeting=meeting).aggregate(last=Max("ordinal"))["last"] or 0
    is_open = now.state == Meeting.State.OPEN
    made = Item.objects.bulk_create(
        Item(
            meeting=now, dossier=dossier, ordinal=last + n, is_secret=rules[dossier.pk].secret,
            rule=agenda.frozen(rules[dossier.pk]) if is_open else {},
        )
        for n, dossier in enumerate(dossiers, start=1)
    )  # fmt: skip
    for item in made:
        journal.record("list_item", by=by, on=on, noun=item.dossier, body={"meeting": str(now), "item": item.pk})
    return made


@transaction.atomic
def unlist_item(item: Item, *, by: Seat, on: date) -> None:
    """Bỏ khỏi chương trình: before the meeting begins; afterwards it is deferred, with a reason."""
    require_secretary(by, item.meeting.council, on)
    meeting = hold(item.meeting, Meeting.State.PLANNED)
    Item.objects.filter(pk=item.pk, state=Item.State.LISTED).delete()
    later = Item.objects.filter(meeting=meeting, ordinal__gt=item.ordinal).order_by("ordinal")
    for pk in list(later.values_list("pk", flat=True)):
        Item.objects.filter(pk=pk).update(ordinal=F("ordinal") - 1)
    journal.record("unlist_item", by=by, on=on, noun=item.dossier, body={"meeting": str(meeting)})


@transaction.atomic
def open_meeting(meeting: Meeting, *, at: time, by: Seat, on: date, version: int | None = None) -> Meeting:
    """Khai mạc: freeze who the members are on the day of the meeting, and for each dossier the rule of that day."""
    require_secretary(by, meeting.council, on)
    now = hold(meeting, Meeting.State.PLANNED)
    items = agenda.items_of(now)
    members = list(Member.objects.filter(council=now.council_id).valid(now.held_on).order_by("pk"))
    reasons = Reasons()
    if on < now.held_on:
        reasons.add(f"Chưa đến ngày họp {now.held_on:%d/%m/%Y}.", field="at")
    if not items:
        reasons.add("Chưa có hồ sơ nào trong chương trình họp.", clause=CLAUSE)
    if not members:
        reasons.add("Ngày họp không có thành viên Hội đồng nào đang giữ chức.", clause=CLAUSE)
    for item in items:
        still_appraised(item, reasons)
    reasons.raise_if_any()
    versions.guarded_update(
        meeting, version=version, where={"state": Meeting.State.PLANNED},
        state=Meeting.State.OPEN, members_total=len(members), opened_on=on, began_at=at,
    )  # fmt: skip
    Attendance.objects.bulk_create(Attendance(meeting=meeting, member=member) for member in members)
    for item in items:
        rule = voting.rule(item.dossier.award, on=now.held_on)
        item.rule, item.is_secret, item.version = agenda.frozen(rule), rule.secret, item.version + 1
    Item.objects.bulk_update(items, ["rule", "is_secret", "version"])
    journal.record("open_meeting", by=by, on=on, noun=meeting, body={"members": [m.pk for m in members], "at": at})
    notices.tell_kind(Desk.COUNCIL, f"Phiên họp đã bắt đầu: {meeting}.", on=on, link=f"/hoi-dong/{meeting.pk}/")
    return meeting


@transaction.atomic
def mark_attendance(
    meeting: Meeting,
    *,
    marks: Mapping[int, roll.Mark],
    presider: int | None,
    by: Seat,
    on: date,
    version: int | None = None,
) -> Meeting:
    """Điểm danh: the whole roll at once, by member id; an absence with its reason, and who presides.

    May be called again when somebody comes or leaves, but not against a vote already cast on an item under vote.
    """
    require_secretary(by, meeting.council, on)
    now = hold(meeting, Meeting.State.OPEN)
    rows = roll.attendances(now)
    reasons = roll.attendance_faults(rows, marks, presider)
    names = {row.member_id: str(row.member.user) for row in rows}
    for member_id, in_writing in Vote.objects.filter(
        item__meeting=meeting, item__state=Item.State.VOTING
    ).order_by("pk").values_list("member_id", "in_writing"):  # fmt: skip
        mark = marks.get(member_id)
        if mark is not None and mark.present == in_writing:
            how = "gửi ý kiến bằng văn bản" if in_writing else "biểu quyết tại phiên họp"
            reasons.add(f"{names[member_id]} đã {how} cho hồ sơ đang biểu quyết.", field=f"present-{member_id}")
    reasons.raise_if_any()
    versions.guarded_update(meeting, version=version, where={"state": Meeting.State.OPEN}, presider_id=presider)
    for row in rows:
        mark = marks[row.member_id]
        row.is_present, row.absence_reason = mark.present, "" if mark.present else mark.reason.strip()[:200]
    Attendance.objects.bulk_update(rows, ["is_present", "absence_reason"])
    absent = {row.member_id: row.absence_reason for row in rows if not row.is_present}
    body = {"present": len(rows) - len(absent), "absent": sorted(absent), "presider": presider}
    why = {f"absence-{member_id}": reason for member_id, reason in absent.items() if reason}
    journal.record("mark_attendance", by=by, on=on, noun=meeting, body=body, personal=why)
    return meeting


@transaction.atomic
def close_meeting(
    meeting: Meeting, *, at: time, conclusion: str = "", by: Seat, on: date, version: int | None = None
) -> Meeting:
    """Kết thúc phiên họp: every dossier has a result or was deferred; the minutes get their number and are frozen."""
    require_secretary(by, meeting.council, on)
    now = hold(meeting, Meeting.State.OPEN)
    items = agenda.items_of(now)
    reasons = Reasons()
    if now.presider is None:
        reasons.add("Chưa điểm danh.")
    if now.began_at is not None and at < now.began_at:
        reasons.add(f"Phiên họp bắt đầu lúc {now.began_at:%H:%M}, không thể kết thúc trước đó.", field="at")
    for item in items:
        if item.state in agenda.RUNNING:
            reasons.add(f"{item.dossier}: chưa có kết quả. Chốt kết quả hoặc để lại phiên sau.", clause=CLAUSE)
    reasons.raise_if_any()
    paper = minutes.issue(now, items, ended_at=at, conclusion=conclusion, by=by, on=on)
    versions.guarded_update(
        meeting, version=version, where={"state": Meeting.State.OPEN},
        state=Meeting.State.CLOSED, closed_on=on, ended_at=at, minutes=paper,
    )  # fmt: skip
    journal.record("close_meeting", by=by, on=on, noun=meeting, body={"minutes": paper.code, "items": len(items)})
    checkpoints.make_later()
    return meeting


def _may_name_members(by: Author, council: Party, on: date) -> None:
    """The back office and the province's own machine may; of those at a desk only the secretary of that Council."""
    if isinstance(by, Seat):
        require_secretary(by, council, on)


def _facts(title: str, venue: str) -> None:
    reasons = Reasons()
    if not title.strip():
        reasons.add("Ghi nội dung phiên họp.", field="title")
    if not venue.strip():
        reasons.add("Ghi địa điểm họp.", field="venue")
    reasons.raise_if_any()
