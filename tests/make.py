"""A small province for tests: three communes in two districts, one of every desk, the real plan, and a few parties.

`province` is the fixture; its methods bring a dossier to any state through the same actions that the pages call.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from chungtay.accounts.models import Desk, Seat, User
from chungtay.documents.models import StoredFile
from chungtay.documents.storing import keep_bytes
from chungtay.law.procedure import Desk as Kind
from chungtay.movements.actions import load_plan
from chungtay.movements.models import Movement, Round
from chungtay.nominations import actions as nominations
from chungtay.nominations import checklist
from chungtay.nominations.models import Dossier
from chungtay.parties.kinds import PartyKind
from chungtay.parties.models import Party
from chungtay.places.models import Place, PlaceVersion
from chungtay.records.journal import System
from chungtay.registrations.models import Registration

PLAN = Path(__file__).resolve().parent.parent / "plans" / "kien-giang-2016-2020.yaml"
TODAY = date(2020, 10, 20)
BIRTH = date(2010, 1, 1)
LONG = "Gia đình đã chuyển hai công lúa kém sang nuôi tôm, trả hết nợ vay và chỉ cách làm cho bốn hộ cùng ấp. " * 2
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


@cache
def plan_bytes() -> bytes:
    return PLAN.read_bytes()


def upload(name: str = "to-trinh.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content, content_type="application/pdf")


@dataclass
class Province:
    """The small province; `seats` by a short name of the desk."""

    places: dict[str, Place] = field(default_factory=dict)
    bodies: dict[str, Party] = field(default_factory=dict)
    seats: dict[str, Seat] = field(default_factory=dict)

    @property
    def movement(self) -> Movement:
        return Movement.objects.get()

    def round(self, kind: str = "yearly", year: int = 2020) -> Round:
        return Round.objects.select_related("plan_version__movement").get(kind=kind, year=year)

    def place(self, key: str, kind: str, name: str, level: str, parent: Place | None = None) -> Place:
        """A place that has existed since 2010."""
        made = Place.objects.create(key=key, level=level, since=BIRTH, title=f"{kind} {name}")
        version = PlaceVersion(
            place=made, since=BIRTH, code=key[-5:], kind=kind, name=name, parent=parent, source="test"
        )
        version.fill_derived(parent.path if parent else "")
        version.save()
        self.places[key] = made
        return made

    def party(self, name: str, kind: str, place: Place, **more: Any) -> Party:
        """A party in the register."""
        made = Party(name=name, kind=kind, place=place, registered_on=TODAY, **more)
        made.fill_derived(TODAY)
        made.save()
        return made

    def body(self, key: str, name: str, kind: str, place: Place) -> Party:
        self.bodies[key] = self.party(name, kind, place)
        return self.bodies[key]

    def seat(self, key: str, kind: Kind, body: Party, place: Place, *, name: str = "", title: str = "") -> Seat:
        """A person at a new desk, known as `key`; the user's name is the key too."""
        user = User.objects.create_user(username=key, password="mat-khau-du-dai", full_name=name or f"Người {key}")
        desk = Desk.objects.create(kind=kind.value, name=f"{body.name} ({key})", body=body, place=place)
        self.seats[key] = Seat.objects.create(user=user, desk=desk, since=date(2017, 1, 1), title=title)
        return self.seats[key]

    def stranger(self, kind: Kind) -> Seat:
        """A seat of that kind in another province, which has nothing to do with this one."""
        home = self.places.get("dt") or self.place("dt", "tinh", "Đồng Tháp", "province")
        body = self.party(f"Cơ quan tỉnh Đồng Tháp ({kind.value})", PartyKind.DEPARTMENT, home)
        return self.seat(f"dt-{kind.value}", kind, body, home)

    def client(self, key: str) -> Client:
        """A browser of the person at that desk."""
        client = Client()
        client.force_login(self.seats[key].user)
        return client

    def file(self, content: bytes = PDF) -> StoredFile:
        return keep_bytes(content, media_type="application/pdf", extension="pdf")

    def household(self, name: str = "Danh Thị Sa Phol", commune: str = "kg-30847", **more: Any) -> Party:
        place = self.places[commune]
        unit = self.bodies["commune" if commune == "kg-30847" else "commune_b"]
        return self.party(name, PartyKind.HOUSEHOLD, place, managing_unit=unit, hamlet="Ấp Hòa Tiến", **more)

    def wish(self, party: Party, on: date = date(2018, 3, 1)) -> Registration:
        """The household's own registration to leave poverty."""
        return Registration.objects.create(
            party=party,
            movement=self.movement,
            kind="leave_poverty",
            content="a",
            year=0,
            household_class="poor",
            registered_on=on,
            area_path=party.area_path,
        )

    def draft(
        self,
        party: Party | None = None,
        *,
        seat: str = "commune",
        content: str = "a",
        award: str = "province_certificate",
        round: Round | None = None,
        on: date = TODAY,
    ) -> Dossier:
        """A draft that lacks everything."""
        return nominations.open_dossier(
            round=round or self.round(),
            party=party or self.household(),
            content=content,
            award=award,
            by=self.seats[seat],
            on=on,
        )

    def complete(self, dossier: Dossier, *, seat: str = "commune", on: date = TODAY, **fields: Any) -> Dossier:
        """Fill a draft so that it can be handed in. `achievements` replaces the one default line."""
        lines = fields.pop(
            "achievements", [{"nature": "other", "text": "Giúp bốn hộ cùng ấp thoát nghèo", "value": None}]
        )
        told: Mapping[str, Any] = {
            "party_name": dossier.party_name,
            "period_from": date(2018, 1, 1),
            "period_to": date(2020, 9, 30),
            "summary": f"Vượt khó vươn lên thoát nghèo {dossier.key}",
            "report": LONG,
            "earlier_awards": "",
            **fields,
        }
        by = self.seats[seat]
        nominations.save(dossier, by=by, on=on, version=dossier.version, fields=told, achievements=lines)
        for paper in ("letter", "minutes"):
            nominations.add_evidence(dossier, self.file(), name=f"{paper}.pdf", paper=paper, criterion="", by=by, on=on)
        return dossier

    def submitted(self, party: Party | None = None, *, seat: str = "commune", on: date = TODAY, **more: Any) -> Dossier:
        """Handed in at the one-stop desk."""
        opening = {name: more.pop(name) for name in ("content", "award", "round") if name in more}
        dossier = self.complete(self.draft(party, seat=seat, on=on, **opening), seat=seat, on=on, **more)
        return nominations.submit(dossier, by=self.seats[seat], on=on)

    def received(self, party: Party | None = None, *, on: date = TODAY, **more: Any) -> Dossier:
        """With a code and a promised day."""
        dossier = self.submitted(party, on=on, **more)
        nominations.take_up(dossier, by=self.seats["office"], on=on)
        return nominations.receive(dossier, by=self.seats["office"], on=on)

    def appraised(self, party: Party | None = None, *, on: date = TODAY, **more: Any) -> Dossier:
        """Every judged criterion met, the Board's opinion given."""
        if party is None and more.get("content", "a") == "a":
            party = self.household(f"Hộ {Party.objects.count()}")
        if party is not None and party.kind == PartyKind.HOUSEHOLD:
            self.wish(party)
        dossier = self.received(party, on=on, **more)
        found = checklist.of(dossier, on=on)
        judged = {line.id: (True, "Đã xem hồ sơ và đối chiếu với địa phương.") for line in found.to_judge}
        nominations.judge(dossier, by=self.seats["board"], on=on, judgements=judged)
        for warning in (one for one in found.warnings if one.is_open):
            nominations.override(dossier, by=self.seats["board"], on=on, key=warning.finding.key, reason=LONG[:200])
        return nominations.appraise(
            dossier, by=self.seats["board"], on=on, opinion="Đủ tiêu chuẩn, đề nghị khen thưởng."
        )

    def recommended(self, party: Party | None = None, *, on: date = TODAY, **more: Any) -> Dossier:
        """As if the Council had voted for it."""
        dossier = self.appraised(party, on=on, **more)
        return nominations.recommend(dossier, by=self.seats["secretary"], on=on, meeting="Phiên họp thử")


def build(on: date = TODAY) -> Province:
    """The province in the database."""
    p = Province()
    province = p.place("kg", "tinh", "Kiên Giang", "province")
    hon_dat = p.place("kg-903", "huyen", "Hòn Đất", "district", province)
    an_bien = p.place("kg-908", "huyen", "An Biên", "district", province)
    commune = p.place("kg-30847", "xa", "Thổ Sơn", "commune", hon_dat)
    commune_b = p.place("kg-30850", "xa", "Sơn Kiên", "commune", hon_dat)
    commune_c = p.place("kg-30985", "xa", "Nam Thái A", "commune", an_bien)
    load_plan(plan_bytes(), by=System("test"), on=date(2017, 9, 15), name="kien-giang-2016-2020.yaml")
    body = p.body
    ubnd = body("province", "Ủy ban nhân dân tỉnh Kiên Giang", PartyKind.DEPARTMENT, province)
    home = body("home_affairs", "Sở Nội vụ", PartyKind.DEPARTMENT, province)
    board = body("board", "Ban Thi đua - Khen thưởng", PartyKind.DEPARTMENT, province)
    council = body("council", "Hội đồng Thi đua - Khen thưởng tỉnh", PartyKind.DEPARTMENT, province)
    labour = body("labour", "Sở Lao động - Thương binh và Xã hội", PartyKind.DEPARTMENT, province)
    health = body("unit", "Sở Y tế", PartyKind.DEPARTMENT, province)
    front = body("front", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", PartyKind.FATHERLAND_FRONT, province)
    district = body("district", "Ủy ban nhân dân huyện Hòn Đất", PartyKind.PEOPLE_COMMITTEE_DISTRICT, hon_dat)
    one = body("commune", "Ủy ban nhân dân xã Thổ Sơn", PartyKind.PEOPLE_COMMITTEE_COMMUNE, commune)
    two = body("commune_b", "Ủy ban nhân dân xã Sơn Kiên", PartyKind.PEOPLE_COMMITTEE_COMMUNE, commune_b)
    three = body("commune_c", "Ủy ban nhân dân xã Nam Thái A", PartyKind.PEOPLE_COMMITTEE_COMMUNE, commune_c)
    for key, kind, of, place in (
        ("commune", Kind.COMMUNE, one, commune),
        ("commune_b", Kind.COMMUNE, two, commune_b),
        ("commune_c", Kind.COMMUNE, three, commune_c),
        ("district", Kind.DISTRICT, district, hon_dat),
        ("unit", Kind.UNIT, health, province),
        ("front", Kind.FRONT, front, province),
        ("labour", Kind.LABOUR, labour, province),
        ("office", Kind.OFFICE, home, province),
        ("board", Kind.BOARD, board, province),
        ("secretary", Kind.SECRETARY, council, province),
        ("member", Kind.COUNCIL, council, province),
        ("admin", Kind.ADMIN, home, province),
        ("auditor", Kind.AUDITOR, ubnd, province),
    ):
        p.seat(key, kind, of, place)
    p.seat("chair", Kind.CHAIR, ubnd, province, name="Lâm Minh Thành", title="Chủ tịch")
    return p


def post_form(client: Client, url: str, data: Mapping[str, Any] | None = None, **more: Any) -> Any:
    """Send a form as the page would: with a fresh key."""
    return client.post(url, {"_key": secrets.token_urlsafe(18), **(data or {})}, **more)
