"""Danh sách biểu quyết: who of the members may vote on one item, who was there, who left the vote, and what adds up."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from chungtay.accounts.models import Seat
from chungtay.council.models import Attendance, Item, Meeting, Member, Vote
from chungtay.law.refusals import Reasons

RANK = {office: place for place, office in enumerate(Member.Office.values)}


@dataclass(frozen=True)
class Mark:
    """Điểm danh một người: there or not, and why not."""

    present: bool
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Count:
    """Kết quả kiểm phiếu kín: ballots issued (`written` of them sent to absent members), and what came back."""

    issued: int
    written: int
    yes: int
    no: int
    blank: int
    missing: int
    tellers: tuple[str, ...]

    @property
    def returned(self) -> int:
        return self.yes + self.no + self.blank


@dataclass(frozen=True)
class Line:
    """One member on the roll of one item. `recusal` is the reason why the member left this vote, or empty."""

    member: Member
    is_present: bool
    absence_reason: str
    recusal: str
    vote: Vote | None
    interest: str

    @property
    def may_vote(self) -> bool:
        return not self.recusal

    @property
    def name(self) -> str:
        return str(self.member.user)


@dataclass(frozen=True)
class Roll:
    """All members of the meeting as they stand to one item, in the order of their office."""

    lines: tuple[Line, ...]

    @property
    def total(self) -> int:
        return len(self.lines)

    @property
    def present(self) -> int:
        return sum(line.is_present for line in self.lines)

    @property
    def recused(self) -> list[Line]:
        return [line for line in self.lines if not line.may_vote]

    @property
    def base(self) -> int:
        """All members less those who left the vote: what the percentage is taken of."""
        return self.total - len(self.recused)

    @property
    def voters_present(self) -> list[Line]:
        return [line for line in self.lines if line.may_vote and line.is_present]

    @property
    def voters_absent(self) -> list[Line]:
        return [line for line in self.lines if line.may_vote and not line.is_present]

    @property
    def silent(self) -> list[Line]:
        """Who is there, may vote and has not."""
        return [line for line in self.voters_present if line.vote is None]

    @property
    def open_to_record(self) -> list[Line]:
        """Whose hand can still be written down: everybody who may vote and has not, there or not."""
        return [line for line in self.lines if line.may_vote and line.vote is None]

    @property
    def offered_recusals(self) -> list[Line]:
        """Members whose own body has a stake and who have neither left the vote nor voted."""
        return [line for line in self.open_to_record if line.interest]

    @property
    def cast(self) -> int:
        return sum(line.vote is not None for line in self.lines)

    @property
    def written(self) -> int:
        """Votes that absent members sent in."""
        return sum(line.vote is not None and line.vote.in_writing for line in self.lines)

    def votes(self) -> Counter[str]:
        """How often each choice was made in an open vote."""
        return Counter(line.vote.choice for line in self.lines if line.vote is not None)

    def line_of(self, member_id: int) -> Line | None:
        return next((line for line in self.lines if line.member.pk == member_id), None)

    def line_of_seat(self, seat: Seat) -> Line | None:
        """The line of the person in that seat, if a member of this meeting."""
        return next((line for line in self.lines if line.member.user_id == seat.user_id), None)


def attendances(meeting: Meeting) -> list[Attendance]:
    """The roll of the meeting, in the order of office, then of appointment."""
    rows = Attendance.objects.filter(meeting=meeting).select_related("member__user", "member__body")
    return sorted(rows, key=lambda row: (RANK[row.member.office], row.member_id))


def of(item: Item) -> Roll:
    """The roll of `item` as it stands now. Three queries."""
    recusals = dict(item.recusals.values_list("member_id", "reason"))
    votes = {vote.member_id: vote for vote in item.votes.all()}
    return Roll(_lines(item, attendances(item.meeting), recusals, votes))


def of_items(meeting: Meeting, items: Iterable[Item]) -> dict[int, Roll]:
    """The rolls of several items of one meeting, by item id; the items come with recusals and votes prefetched."""
    rows = attendances(meeting)
    return {
        item.pk: Roll(
            _lines(
                item,
                rows,
                {recusal.member_id: recusal.reason for recusal in item.recusals.all()},
                {vote.member_id: vote for vote in item.votes.all()},
            )
        )
        for item in items
    }


def _lines(
    item: Item, rows: Iterable[Attendance], recusals: Mapping[int, str], votes: Mapping[int, Vote]
) -> tuple[Line, ...]:
    return tuple(
        Line(
            member=row.member,
            is_present=row.is_present,
            absence_reason=row.absence_reason,
            recusal=recusals.get(row.member_id, ""),
            vote=votes.get(row.member_id),
            interest=interest(item, row.member),
        )
        for row in rows
    )


def interest(item: Item, member: Member) -> str:
    """Why the member should leave this vote, as far as the data tell; empty when nothing is known."""
    dossier = item.dossier
    if member.body_id == dossier.party_id:
        return f"Cơ quan công tác của thành viên ({member.body}) là đối tượng được đề nghị khen."
    if member.body_id == dossier.unit_id:
        return f"Cơ quan công tác của thành viên ({member.body}) là đơn vị trình hồ sơ."
    return ""


def attendance_faults(rows: Iterable[Attendance], marks: Mapping[int, Mark], presider_id: int | None) -> Reasons:
    """What is wrong with a roll call as a whole: a name left out, an absence without a reason, an absent presider."""
    reasons = Reasons()
    rows = list(rows)
    for row in rows:
        mark = marks.get(row.member_id)
        if mark is None:
            reasons.add(f"Chưa điểm danh {row.member.user}.", field=f"present-{row.member_id}")
        elif not mark.present and not mark.reason.strip():
            reasons.add(f"Ghi lý do vắng mặt của {row.member.user}.", field=f"reason-{row.member_id}")
    strangers = set(marks) - {row.member_id for row in rows}
    if strangers:
        reasons.add("Có người không thuộc danh sách thành viên của phiên họp này.")
    presider = marks.get(presider_id) if presider_id is not None else None
    if presider is None or not presider.present:
        reasons.add("Người chủ trì phải là một thành viên có mặt.", field="presider")
    return reasons


def hands_faults(roll: Roll, votes: Mapping[int, str], written: Collection[int]) -> Reasons:
    """What stands in the way of writing these open votes down: each member who may not vote so, by name."""
    reasons = Reasons()
    if not votes:
        reasons.add("Chưa chọn biểu quyết của thành viên nào.")
    for member_id, choice in votes.items():
        line, field = roll.line_of(member_id), f"vote-{member_id}"
        if line is None:
            reasons.add("Có người không thuộc danh sách thành viên của phiên họp này.", field=field)
            continue
        if choice not in Vote.Choice.values:
            reasons.add(f"Biểu quyết của {line.name} không rõ.", field=field)
        if line.recusal:
            reasons.add(f"{line.name} không tham gia biểu quyết hồ sơ này: {line.recusal}", field=field)
        elif line.vote is not None:
            reasons.add(f"{line.name} đã biểu quyết hồ sơ này, mỗi thành viên chỉ một lần.", field=field)
        elif not line.is_present and member_id not in written:
            reasons.add(f"{line.name} vắng mặt; chỉ ghi được ý kiến gửi bằng văn bản.", field=field)
        elif line.is_present and member_id in written:
            reasons.add(f"{line.name} có mặt, không ghi ý kiến bằng văn bản.", field=field)
    return reasons


def count_faults(roll: Roll, count: Count) -> Reasons:
    """What does not add up in the tellers' count of a secret ballot."""
    reasons = Reasons()
    if min(count.issued, count.written, count.yes, count.no, count.blank, count.missing) < 0:
        reasons.add("Số phiếu không được âm.")
    if count.issued != count.returned + count.missing:
        reasons.add(
            f"Phát ra {count.issued} phiếu nhưng thu về {count.returned} và không thu về {count.missing}:"
            f" cộng lại là {count.returned + count.missing}.",
            field="issued",
        )
    here, away = len(roll.voters_present), len(roll.voters_absent)
    if count.written > away:
        text = f"Có {count.written} phiếu gửi người vắng, nhưng chỉ {away} thành viên vắng được hỏi."
        reasons.add(text, field="written")
    handed_out = count.issued - count.written
    if handed_out > here:
        text = f"Phát {handed_out} phiếu tại phiên họp, nhiều hơn {here} thành viên có mặt được bỏ phiếu."
        reasons.add(text, field="issued")
    if count.written > count.issued:
        reasons.add("Phiếu gửi người vắng nằm trong số phiếu phát ra, không thể nhiều hơn.", field="written")
    named = {teller.strip().casefold() for teller in count.tellers if teller.strip()}
    if len(named) < 2:
        reasons.add("Ghi họ tên hai người kiểm phiếu khác nhau.", field="teller_1")
    return reasons
