"""The Council of the demo: its fifteen members, three meetings that are over, one that sits today, one to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import partial

from chungtay.accounts.actions import give_seat
from chungtay.accounts.models import Desk, User
from chungtay.council import actions, roll
from chungtay.council.models import Item, Meeting, Member
from chungtay.desk.demo.bodies import COUNCIL
from chungtay.desk.demo.diary import Diary
from chungtay.desk.demo.province import DAY, Demo
from chungtay.law.procedure import Desk as DeskKind

VENUE = "Phòng họp số 2, trụ sở Ủy ban nhân dân tỉnh"
INTEREST = "Công tác tại đơn vị trình hoặc được đề nghị khen."
YES, NO, BLANK = "yes", "no", "blank"


@dataclass(frozen=True)
class Ballot:
    """How one dossier was voted: yes (None: all), no, the rest blank; `recused`: why the last member leaves the vote."""

    case: str
    yes: int | None = None
    no: int = 0
    recused: str = ""
    deferred: str = ""
    discussion: str = ""


@dataclass(frozen=True)
class Sitting:
    """A meeting that is over; `absent` by their place among the members."""

    key: str
    planned_on: date
    held_on: date
    title: str
    absent: tuple[int, ...]
    ballots: tuple[Ballot, ...]


SITTINGS = (
    Sitting(
        "2018",
        date(2018, 11, 26),
        date(2018, 12, 5),
        "Xét khen thưởng phong trào chung tay vì người nghèo năm 2018",
        (6,),
        (
            Ballot("khmer_household"),
            Ballot(
                "eleven_of_fifteen", 11, 2, discussion="Có ý kiến đề nghị xem lại diện tích nuôi; xã đã giải trình."
            ),
            Ballot(
                "ten_of_fifteen", 10, 3, discussion="Một số thành viên cho rằng hộ vừa thoát nghèo, cần thêm thời gian."
            ),
            Ballot("community", 13, 1),
            Ballot("giver_2018"),
            Ballot("giver_same"),
            Ballot("revoked"),
            Ballot("corrected"),
        ),
    ),
    Sitting(
        "2019",
        date(2019, 11, 25),
        date(2019, 12, 4),
        "Xét khen thưởng phong trào chung tay vì người nghèo năm 2019",
        (13,),
        (
            Ballot("person_at_threshold"),
            Ballot("labour_giver"),
            Ballot("land_giver", 13, 1),
            Ballot("knowledge_giver"),
            Ballot("collective"),
            Ballot("commune", 12, 2),
            Ballot("forwarded", 13),
            Ballot("granted", 13),
            Ballot("not_granted", 12, 1),
            Ballot("secret_nine_of_fourteen", 9, 3),
            Ballot("giver_2019"),
            Ballot("deferred", deferred="Chờ xã bổ sung danh sách hộ được giúp."),
        ),
    ),
    Sitting(
        "2020-03",
        date(2020, 3, 10),
        date(2020, 3, 18),
        "Xét bổ sung hồ sơ để lại của năm 2019",
        (2, 11),
        (Ballot("deferred"),),
    ),
    Sitting(
        "2020-09",
        date(2020, 9, 22),
        date(2020, 9, 24),
        "Xét khen thưởng tổng kết phong trào 2016-2020, đợt 1",
        (9,),
        (
            Ballot("on_draft_1"),
            Ballot("on_draft_2"),
            Ballot("on_draft_3", 12, 1),
            Ballot("on_draft_4"),
            Ballot("state_recommended", 14),
            Ballot("state_recommended_2", 13, 1),
            Ballot("recommended"),
            Ballot("declined_2020", 9, 3, recused="Vợ là thành viên của chi hội được đề nghị khen."),
        ),
    ),
)
TODAY = ("passed_today", "voting", "listed", "listed_secret")
NEXT_DAY = date(2020, 11, 5)
CAST_SO_FAR = 7


def appoint(demo: Demo, users: Sequence[User], on: date) -> None:
    """Fifteen members: the Chairman of the province first, then "hoidong1" to "hoidong14"; each with a seat."""
    body = demo.parties["hoidong"]
    for n, ((office, works_at), user) in enumerate(zip(COUNCIL, users, strict=True)):
        member = Member(council=body, user=user, body=demo.parties[works_at], office=office, since=on)
        demo.members.append(actions.appoint(member, by=demo.by, on=on))
        name = Member.Office(office).label
        name = name if name.endswith("Hội đồng") else f"{name} Hội đồng"
        desk = Desk.objects.create(
            kind=DeskKind.COUNCIL.value, name=f"{name}, ghế số {n + 1}", body=body, place=demo.places["kg"]
        )
        demo.seats[seat_key(n)] = give_seat(user, desk, by=demo.by, on=on)


def seat_key(place: int) -> str:
    """The key of a member's seat: the Chairman's is his second one."""
    return f"hoidong{place}" if place else "chutich.hoidong"


def write(demo: Demo, diary: Diary) -> None:
    """Put the meetings into the diary."""
    for sitting in SITTINGS:
        keys = [ballot.case for ballot in sitting.ballots]
        diary.at(sitting.planned_on, partial(_plan, demo, sitting.key, sitting.title, sitting.held_on, keys))
        diary.at(sitting.held_on, partial(_sit, demo, sitting))
    title = "Xét khen thưởng tổng kết phong trào 2016-2020, đợt {}"
    diary.at(date(2020, 10, 12), partial(_plan, demo, "today", title.format(2), DAY, TODAY))
    diary.at(date(2020, 10, 19), partial(_plan, demo, "next", title.format(3), NEXT_DAY, ("planned",)))
    diary.at(DAY, partial(_sit_today, demo))


def _plan(demo: Demo, key: str, title: str, held_on: date, keys: Sequence[str], on: date) -> None:
    secretary = demo.seats["thuky"]
    meeting = actions.plan_meeting(
        demo.parties["hoidong"], title=title, held_on=held_on, venue=VENUE, by=secretary, on=on
    )
    demo.meetings[key] = meeting
    actions.list_items(meeting, dossiers=[demo.dossier(case) for case in keys], by=secretary, on=on)


def _open(demo: Demo, key: str, absent: tuple[int, ...], on: date) -> Meeting:
    """The roll is called; the Chairman presides."""
    meeting, secretary = demo.meetings[key], demo.seats["thuky"]
    actions.open_meeting(meeting, at=time(8, 0), by=secretary, on=on)
    marks = {
        member.pk: roll.Mark(n not in absent, "Đi công tác ngoài tỉnh" if n in absent else "")
        for n, member in enumerate(demo.members)
    }
    return actions.mark_attendance(meeting, marks=marks, presider=demo.members[0].pk, by=secretary, on=on)


def _sit(demo: Demo, sitting: Sitting, on: date) -> None:
    """A whole meeting, from the roll to the minutes."""
    meeting, secretary = _open(demo, sitting.key, sitting.absent, on), demo.seats["thuky"]
    for ballot in sitting.ballots:
        item = _item(demo, meeting, ballot.case)
        if ballot.deferred:
            actions.defer_item(item, reason=ballot.deferred, by=secretary, on=on)
        else:
            _vote(demo, item, ballot, on)
    told = "Giao Ban Thi đua - Khen thưởng hoàn chỉnh thủ tục, trình Chủ tịch Ủy ban nhân dân tỉnh."
    actions.close_meeting(meeting, at=time(11, 15), conclusion=told, by=secretary, on=on)


def _vote(demo: Demo, item: Item, ballot: Ballot, on: date) -> None:
    """One dossier: who has a stake leaves the vote, hands are written down or ballots counted, the result is closed."""
    secretary = demo.seats["thuky"]
    _recuse(demo, item, ballot, on)
    actions.open_item(item, by=secretary, on=on)
    voters = [line.member.pk for line in roll.of(item).voters_present]
    yes = len(voters) if ballot.yes is None else ballot.yes
    if item.is_secret:
        tellers = (str(demo.members[7].user), str(demo.members[8].user))
        count = roll.Count(
            issued=len(voters),
            written=0,
            yes=yes,
            no=ballot.no,
            blank=len(voters) - yes - ballot.no,
            missing=0,
            tellers=tellers,
        )
        actions.enter_count(item, count=count, by=secretary, on=on)
    else:
        choices = [YES] * yes + [NO] * ballot.no
        choices += [BLANK] * (len(voters) - len(choices))
        actions.record_votes(item, votes=dict(zip(voters, choices, strict=True)), by=secretary, on=on)
    actions.close_item(item, by=secretary, on=on, discussion=ballot.discussion)


def _recuse(demo: Demo, item: Item, ballot: Ballot, on: date) -> None:
    """Members of the body that proposes or is proposed leave the vote, and whoever the ballot names a reason for."""
    secretary = demo.seats["thuky"]
    for line in roll.of(item).offered_recusals:
        actions.recuse(item, member=line.member, reason=INTEREST, by=secretary, on=on)
    if ballot.recused:
        actions.recuse(item, member=demo.members[-1], reason=ballot.recused, by=demo.seats[seat_key(14)], on=on)


def _sit_today(demo: Demo, on: date) -> None:
    """One result is closed, one vote is under way, two dossiers wait for theirs."""
    meeting, secretary = _open(demo, "today", (4,), on), demo.seats["thuky"]
    _vote(demo, _item(demo, meeting, "passed_today"), Ballot("passed_today", 13, 1), on)
    item = _item(demo, meeting, "voting")
    _recuse(demo, item, Ballot("voting"), on)
    actions.open_item(item, by=secretary, on=on)
    table, done = roll.of(item), 0
    for n, member in enumerate(demo.members):
        line = table.line_of(member.pk)
        if n and line is not None and line.may_vote and line.is_present and done < CAST_SO_FAR:
            actions.cast(item, choice=NO if done == 3 else YES, by=demo.seats[seat_key(n)], on=on)
            done += 1


def _item(demo: Demo, meeting: Meeting, case: str) -> Item:
    rows = Item.objects.select_related("meeting", "dossier__unit", "dossier__party", "dossier__round__plan_version")
    return rows.get(meeting=meeting, dossier=demo.dossiers[case])
