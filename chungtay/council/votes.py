"""Biểu quyết: every act on one item under vote. The verbs of the meeting are in `actions.py`, which names these too.

Acts that decide go through the guarded update of the item: of two secretaries, one wins and the other is told.
"""

from collections.abc import Collection, Mapping
from datetime import date

from django.db import transaction

from chungtay.accounts.models import Seat
from chungtay.council import agenda, roll
from chungtay.council.models import Item, Meeting, Member, Recusal, Vote
from chungtay.council.sitting import CLAUSE, at_table, hold, require_secretary, still_appraised
from chungtay.law import voting
from chungtay.law.procedure import Desk
from chungtay.law.refusals import Reasons, Refused
from chungtay.nominations import actions as nominations
from chungtay.records import journal, versions


@transaction.atomic
def recuse(item: Item, *, member: Member, reason: str, by: Seat, on: date) -> Recusal:
    """Không tham gia biểu quyết: a member leaves this one vote, and the base; by the secretary or by the member."""
    if by.kind is not Desk.COUNCIL or by.user_id != member.user_id:
        require_secretary(by, item.meeting.council, on)
    now, table = at_table(item)
    line = table.line_of(member.pk)
    reasons = Reasons()
    if now.state not in agenda.RUNNING:
        reasons.add(f"Hồ sơ này {_state_words(now)}.")
    if line is None:
        reasons.add(f"{member.user} không thuộc danh sách thành viên của phiên họp này.", field="member")
    elif line.recusal:
        reasons.add(f"{line.name} đã được ghi là không tham gia biểu quyết.", field="member")
    elif line.vote is not None:
        reasons.add(f"{line.name} đã biểu quyết hồ sơ này, không rút ra được nữa.", field="member")
    elif table.base == 1:
        reasons.add("Không còn thành viên nào khác được biểu quyết.", field="member")
    if not reason.strip():
        reasons.add("Ghi lý do không tham gia biểu quyết.", field="reason")
    reasons.raise_if_any()
    versions.guarded_update(item, where={"state__in": agenda.RUNNING})
    made = Recusal.objects.create(item=now, member=member, reason=reason.strip()[:300])
    journal.record("recuse", by=by, on=on, noun=now, body={"member": member.pk}, personal={"reason": made.reason})
    return made


@transaction.atomic
def open_item(item: Item, *, by: Seat, on: date, version: int | None = None) -> Item:
    """Mở biểu quyết một hồ sơ: once the roll was called and enough members are there."""
    require_secretary(by, item.meeting.council, on)
    now, table = at_table(item)
    reasons = Reasons()
    if now.state != Item.State.LISTED:
        reasons.add(f"Hồ sơ này {_state_words(now)}.")
    if now.meeting.presider_id is None:
        reasons.add("Chưa điểm danh.")
    else:
        _quorum(now, table, reasons)
    still_appraised(now, reasons)
    reasons.raise_if_any()
    versions.guarded_update(item, version=version, where={"state": Item.State.LISTED}, state=Item.State.VOTING)
    body = {"meeting": str(now.meeting), "present": table.present, "secret": now.is_secret}
    journal.record("open_item", by=by, on=on, noun=now.dossier, body=body)
    return item


@transaction.atomic
def cast(item: Item, *, choice: str, by: Seat, on: date) -> Vote:
    """Biểu quyết: a member raises a hand on the own phone. One vote, never changed; nobody votes for another."""
    if by.kind is not Desk.COUNCIL or by.delegated_from_id is not None:
        raise Refused.because("Chỉ chính thành viên Hội đồng biểu quyết được, không biểu quyết thay.", clause=CLAUSE)
    now, table = at_table(item)
    line = table.line_of_seat(by)
    if line is None:
        raise Refused.because("Bạn không thuộc danh sách thành viên của phiên họp này.", clause=CLAUSE)
    if not line.is_present and not line.recusal:
        raise Refused.because("Bạn đang được ghi là vắng mặt. Báo thư ký điểm danh lại rồi biểu quyết.")
    _open_vote(now).raise_if_any()
    roll.hands_faults(table, {line.member.pk: choice}, ()).raise_if_any()
    made = Vote.objects.create(item=now, member=line.member, choice=choice)
    journal.record("cast", by=by, on=on, noun=now, body={"member": line.member.pk, "choice": choice})
    return made


@transaction.atomic
def record_votes(
    item: Item, *, votes: Mapping[int, str], written: Collection[int] = (), by: Seat, on: date
) -> list[Vote]:
    """Ghi biểu quyết giơ tay: the secretary writes down many hands at once, by member id; `written` names absent
    members who sent their opinion in writing. What was written down is never changed."""
    require_secretary(by, item.meeting.council, on)
    now, table = at_table(item)
    reasons = _open_vote(now)
    reasons.extend(roll.hands_faults(table, votes, written))
    reasons.raise_if_any()
    made = Vote.objects.bulk_create(
        Vote(item=now, member_id=member_id, choice=choice, in_writing=member_id in written)
        for member_id, choice in votes.items()
    )
    body = {"votes": {str(pk): choice for pk, choice in votes.items()}, "written": sorted(written)}
    journal.record("record_votes", by=by, on=on, noun=now, body=body)
    return made


@transaction.atomic
def enter_count(item: Item, *, count: roll.Count, by: Seat, on: date, version: int | None = None) -> Item:
    """Nhập kết quả kiểm phiếu kín: what two tellers counted. May be entered again until the result is closed;
    the journal keeps each entry."""
    require_secretary(by, item.meeting.council, on)
    now, table = at_table(item)
    reasons = Reasons()
    if now.state != Item.State.VOTING:
        reasons.add(f"Hồ sơ này {_state_words(now)}.")
    if not now.is_secret:
        reasons.add("Hồ sơ này biểu quyết công khai, không kiểm phiếu kín.")
    reasons.extend(roll.count_faults(table, count))
    reasons.raise_if_any()
    tellers = "; ".join(teller.strip() for teller in count.tellers)[:250]
    versions.guarded_update(
        item, version=version, where={"state": Item.State.VOTING}, yes=count.yes, no=count.no, blank=count.blank,
        issued=count.issued, missing=count.missing, written=count.written, tellers=tellers,
    )  # fmt: skip
    body = {name: getattr(item, name) for name in ("issued", "written", "yes", "no", "blank", "missing", "tellers")}
    journal.record("enter_count", by=by, on=on, noun=now, body=body)
    return item


@transaction.atomic
def close_item(
    item: Item, *, by: Seat, on: date, version: int | None = None, discussion: str = "", silent_ok: bool = False
) -> Item:
    """Chốt kết quả: count, ask the law, freeze, and move the dossier on, all in one transaction (KH V.2).

    `silent_ok` says that members who are there and did not vote were waited for; they stay in the base.
    Refused without quorum, without a count, or when something does not add up; `Conflict` for the slower of two.
    """
    require_secretary(by, item.meeting.council, on)
    now, table = at_table(item)
    found = _outcome(now, table, silent_ok=silent_ok)
    yes, no, blank, written = _counted(now, table)
    versions.guarded_update(
        item, version=version, where={"state": Item.State.VOTING}, state=Item.State.CLOSED,
        yes=yes, no=no, blank=blank, written=written, present=table.present, base=found.base, needed=found.needed,
        passed=found.passed, outcome=found.sentence, discussion=discussion.strip(), closed_on=on,
    )  # fmt: skip
    body = {"passed": found.passed, "yes": yes, "no": no, "blank": blank, "base": found.base, "needed": found.needed}
    if found.passed:
        nominations.recommend(now.dossier, by=by, on=on, meeting=f"{now.meeting} ({now.meeting.held_on:%d/%m/%Y})")
    else:
        nominations.decline(now.dossier, by=by, on=on, reason=found.sentence)
    journal.record("close_item", by=by, on=on, noun=now, body=body)
    return item


@transaction.atomic
def defer_item(item: Item, *, reason: str, by: Seat, on: date, version: int | None = None) -> Item:
    """Để lại phiên sau: nothing is decided; votes already given stay on record and do not count next time."""
    require_secretary(by, item.meeting.council, on)
    now = hold(item.meeting, Meeting.State.OPEN)
    if not reason.strip():
        raise Refused.because("Ghi lý do để lại phiên sau.", field="reason")
    if item.state not in agenda.RUNNING:
        raise Refused.because(f"Hồ sơ này {_state_words(item)}.")
    versions.guarded_update(
        item, version=version, where={"state__in": agenda.RUNNING}, state=Item.State.DEFERRED, outcome=reason.strip()
    )
    journal.record(
        "defer_item", by=by, on=on, noun=item.dossier, body={"meeting": str(now)}, personal={"reason": item.outcome}
    )
    return item


def _outcome(item: Item, table: roll.Roll, *, silent_ok: bool) -> voting.Outcome:
    """What the law says of the votes as they are now. Refused with everything that keeps the result open."""
    if item.state != Item.State.VOTING:
        raise Refused.because(f"Hồ sơ này {_state_words(item)}.")
    reasons = Reasons()
    _quorum(item, table, reasons)
    if item.is_secret:
        kept = kept_count(item)
        reasons.extend(roll.count_faults(table, kept)) if kept else reasons.add("Chưa nhập kết quả kiểm phiếu.")
    elif not table.cast:
        reasons.add("Chưa có ai biểu quyết. Nếu không biểu quyết được thì để lại phiên sau.")
    elif table.silent and not silent_ok:
        names = ", ".join(line.name for line in table.silent)
        reasons.add(f"Còn {len(table.silent)} thành viên có mặt chưa biểu quyết: {names}.", field="silent_ok")
    reasons.raise_if_any()
    yes, no, blank, written = _counted(item, table)
    return voting.outcome(
        agenda.thawed(item.rule), members=table.total, present=table.present, recused=len(table.recused),
        yes=yes, no=no, blank=blank, written=written,
    )  # fmt: skip


def _counted(item: Item, table: roll.Roll) -> tuple[int, int, int, int]:
    """(yes, no, blank, written) of the tellers' count or of the hands."""
    kept = kept_count(item)
    if kept is not None:
        return kept.yes, kept.no, kept.blank, kept.written
    votes = table.votes()
    return votes[Vote.Choice.YES], votes[Vote.Choice.NO], votes[Vote.Choice.BLANK], table.written


def kept_count(item: Item) -> roll.Count | None:
    """The tellers' count that was entered for a secret ballot, or None."""
    if not item.is_secret or item.issued is None:
        return None
    return roll.Count(
        issued=item.issued, written=item.written or 0, yes=item.yes or 0, no=item.no or 0, blank=item.blank or 0,
        missing=item.missing or 0, tellers=tuple(item.tellers.split("; ")),
    )  # fmt: skip


def _open_vote(item: Item) -> Reasons:
    reasons = Reasons()
    if item.state != Item.State.VOTING:
        reasons.add(f"Hồ sơ này {_state_words(item)}.")
    if item.is_secret:
        reasons.add("Hồ sơ này bỏ phiếu kín bằng phiếu giấy; chỉ nhập kết quả kiểm phiếu.")
    return reasons


def _quorum(item: Item, table: roll.Roll, reasons: Reasons) -> None:
    needed = agenda.thawed(item.rule).present_needed(table.total)
    if table.present < needed:
        reasons.add(f"Không đủ số người họp: có mặt {table.present}/{table.total}, cần ít nhất {needed}.")


_STATE_WORDS = {
    Item.State.LISTED: "chưa mở biểu quyết",
    Item.State.VOTING: "đang biểu quyết",
    Item.State.CLOSED: "đã có kết quả, không sửa được nữa",
    Item.State.DEFERRED: "đã để lại phiên sau",
}


def _state_words(item: Item) -> str:
    return _STATE_WORDS[Item.State(item.state)]
