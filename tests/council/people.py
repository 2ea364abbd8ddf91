"""The people of a Council of fifteen and what they do before a test begins; meetings are held on MEETING_DAY."""

from dataclasses import dataclass
from datetime import date, time

from chungtay.accounts.models import Desk, Seat, User
from chungtay.council import actions, roll
from chungtay.council.models import Item, Meeting, Member
from chungtay.law.procedure import Desk as DeskKind
from chungtay.nominations.models import Achievement, Appraisal, Dossier
from chungtay.parties.kinds import PartyKind
from chungtay.parties.models import Party
from tests.make import Province

MEETING_DAY = date(2018, 9, 20)
SINCE = date(2016, 1, 1)
NAMES = (
    "Trần Thị An", "Lê Văn Bình", "Danh Cường", "Phạm Thị Dung", "Huỳnh Văn Đức", "Võ Thị Gấm", "Ngô Văn Hải",
    "Đặng Thị Hoa", "Bùi Văn Khánh", "Mai Thị Lan", "Tô Văn Minh", "Thị Nga", "Lâm Văn Phúc", "Quách Thị Sương",
    "Nguyễn Văn Thọ",
)  # fmt: skip
OFFICES = ("chair", "standing_vice", "vice", "secretary", *["member"] * 11)


@dataclass
class Council:
    """The people of one Council, by what a test calls them."""

    province: Province
    body: Party
    secretary: Seat
    other_secretary: Seat
    members: list[Member]
    seats: dict[int, Seat]
    made: int = 0

    @property
    def others(self) -> dict[DeskKind, Seat]:
        """One seat of every kind of desk that is neither the secretary's nor a member's."""
        found = {seat.kind: seat for seat in self.province.seats.values()}
        return {kind: seat for kind, seat in found.items() if kind not in (DeskKind.SECRETARY, DeskKind.COUNCIL)}

    def dossier(
        self, award: str = "province_certificate", *, unit: Party | None = None, state: str = "appraised"
    ) -> Dossier:
        """A dossier that was appraised ten days before the meeting."""
        self.made += 1
        party = self.province.household(f"Nguyễn Văn Mẫu {self.made}")
        dossier = Dossier.objects.create(
            code=f"HS-2018-{self.made:04d}", round=self.province.round(year=2018), party=party, content="b",
            award=award, state=state, unit=unit or self.province.bodies["commune"], waits_for="secretary",
            is_handed_in=True, state_since=date(2018, 9, 10), due_on=date(2018, 10, 10), promised_on=date(2018, 10, 10),
            received_on=date(2018, 8, 1), opened_on=date(2018, 7, 1), area_path=self.body.area_path,
            party_name=party.name, party_name_folded=party.name_folded, period_from=date(2017, 1, 1),
            period_to=date(2018, 6, 30), summary="Thoát nghèo bằng nuôi tôm và giúp ba hộ cùng ấp.",
        )  # fmt: skip
        Achievement.objects.create(dossier=dossier, ordinal=1, nature="labour", text="Góp 40 ngày công làm cầu ấp.")
        Appraisal.objects.create(
            dossier=dossier, proposes=True, opinion="Đủ tiêu chuẩn, đề nghị khen.", by="Lê Thẩm Định",
            on=date(2018, 9, 10),
            answers=[{"state": "met", "question": "Có tự nguyện đăng ký?", "clause": "KH IV.1.2.b", "answer": "Có"}],
        )  # fmt: skip
        return dossier

    def planned(self, *dossiers: Dossier) -> Meeting:
        """A meeting on the meeting day with these dossiers on its agenda."""
        meeting = actions.plan_meeting(
            self.body, title="Về việc xét, đề nghị khen thưởng đợt 1", held_on=MEETING_DAY, venue="Phòng họp số 2",
            by=self.secretary, on=date(2018, 9, 12),
        )  # fmt: skip
        if dossiers:
            actions.list_items(meeting, dossiers=dossiers, by=self.secretary, on=date(2018, 9, 12))
        return meeting

    def opened(self, *dossiers: Dossier, present: int = 15) -> tuple[Meeting, list[Item]]:
        """The same, opened, with the first `present` members there."""
        meeting = self.planned(*dossiers)
        actions.open_meeting(meeting, at=time(8, 0), by=self.secretary, on=MEETING_DAY)
        self.call(meeting, present)
        return meeting, list(Item.objects.filter(meeting=meeting).order_by("ordinal"))

    def call(self, meeting: Meeting, present: int) -> None:
        """Call the roll: the first `present` members are there, the others excused."""
        actions.mark_attendance(
            meeting, marks=self.marks(present), presider=self.members[0].pk, by=self.secretary, on=MEETING_DAY
        )

    def marks(self, present: int) -> dict[int, roll.Mark]:
        return {
            member.pk: roll.Mark(True) if n < present else roll.Mark(False, "Đi công tác")
            for n, member in enumerate(self.members)
        }

    def voting(self, award: str = "province_certificate", *, present: int = 15) -> Item:
        """One item under vote, with the first `present` members there."""
        _, (item,) = self.opened(self.dossier(award), present=present)
        return actions.open_item(item, by=self.secretary, on=MEETING_DAY)

    def hands(self, item: Item, yes: int, no: int = 0, blank: int = 0) -> None:
        """The first `yes` members raise their hand for it, the next against it, the next abstain."""
        choices = ["yes"] * yes + ["no"] * no + ["blank"] * blank
        votes = {member.pk: choice for member, choice in zip(self.members, choices, strict=False)}
        actions.record_votes(item, votes=votes, by=self.secretary, on=MEETING_DAY)

    def close(self, item: Item, *, silent_ok: bool = True) -> Item:
        return actions.close_item(item, by=self.secretary, on=MEETING_DAY, silent_ok=silent_ok)


def build(province: Province) -> Council:
    """A Council of fifteen and a second secretary in the small province."""
    body, place, secretary = province.bodies["council"], province.places["kg"], province.seats["secretary"]
    Desk.objects.filter(pk=province.seats["member"].desk_id).update(name="Thành viên Hội đồng")
    seats, members = [], []
    for n, (name, office) in enumerate(zip(NAMES, OFFICES, strict=True)):
        user = User.objects.create_user(username=f"uy-vien-{n}", full_name=name, password="mat-khau-du-dai")
        seats.append(Seat.objects.create(user=user, desk=province.seats["member"].desk, since=SINCE))
        agency = province.body(f"agency-{n}", f"Cơ quan của {name}", PartyKind.DEPARTMENT, place)
        members.append(Member.objects.create(council=body, user=user, office=office, since=SINCE, body=agency))
    other = User.objects.create_user(username="thu-ky-hai", full_name="Thư Ký Hai", password="mat-khau-du-dai")
    return Council(
        province=province,
        body=body,
        secretary=secretary,
        other_secretary=Seat.objects.create(user=other, desk=secretary.desk, since=SINCE),
        members=members,
        seats={member.pk: seat for member, seat in zip(members, seats, strict=True)},
    )
