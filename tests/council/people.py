"""The people of a Council of fifteen and what they do before a test begins; meetings are held on MEETING_DAY."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time

from chungtay.accounts.models import Desk, Seat, User
from chungtay.council import actions, roll
from chungtay.council.models import Item, Meeting, Member
from chungtay.law.procedure import Desk as DeskKind
from chungtay.movements.models import Round
from chungtay.nominations.models import Achievement, Appraisal, Dossier
from chungtay.parties.kinds import PartyKind
from chungtay.parties.models import Party
from chungtay.places.models import Place, PlaceVersion
from chungtay.records.names import fold

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

    body: Party
    place: Place
    round: Round
    secretary: Seat
    other_secretary: Seat
    members: list[Member]
    seats: dict[int, Seat]
    others: dict[DeskKind, Seat] = field(default_factory=dict)
    made: int = 0

    def dossier(
        self, award: str = "province_certificate", *, unit: Party | None = None, state: str = "appraised"
    ) -> Dossier:
        """A dossier that was appraised ten days before the meeting."""
        self.made += 1
        party = make_party(f"Hộ ông Nguyễn Văn Mẫu {self.made}", PartyKind.HOUSEHOLD, self.place)
        dossier = Dossier.objects.create(
            code=f"HS-2018-{self.made:04d}", round=self.round, party=party, content="b", award=award, state=state,
            unit=unit or self.others[DeskKind.COMMUNE].desk.body, waits_for="secretary", is_handed_in=True,
            state_since=date(2018, 9, 10), due_on=date(2018, 10, 10), promised_on=date(2018, 10, 10),
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


def make_party(name: str, kind: PartyKind, place: Place) -> Party:
    """A party of that place."""
    party = Party(kind=kind, name=name, place=place, registered_on=SINCE)
    party.fill_derived(SINCE)
    party.save()
    return party


def make_place() -> Place:
    """The province as it was in 2018."""
    place = Place.objects.create(level="province", key="kg", title="Tỉnh Kiên Giang", since=date(2004, 1, 1))
    version = PlaceVersion(place=place, since=place.since, kind="tinh", name="Kiên Giang")
    version.fill_derived("")
    version.save()
    return place


def make_seat(kind: DeskKind, name: str, body: Party, place: Place, desk: Desk | None = None) -> Seat:
    """A person with a desk of that kind."""
    user = User.objects.create_user(username=fold(name).replace(" ", "."), full_name=name, password="mat-khau-dai")
    desk = desk or Desk.objects.get_or_create(kind=kind.value, name=kind.label, body=body, place=place)[0]
    return Seat.objects.create(user=user, desk=desk, since=SINCE)


def other_seats(place: Place, bodies: Iterable[tuple[DeskKind, str, Party]]) -> dict[DeskKind, Seat]:
    return {kind: make_seat(kind, name, body, place) for kind, name, body in bodies}
