"""A province with one of everything that has an address, so that every address can be walked as every desk.

Commune `commune` (Thổ Sơn) is "own", `commune_b` its sibling in the same district, `district` their parent,
`commune_c` and `district_c` foreign; `unit` sees its own body's parties only.
"""

from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from typing import Any

from chungtay.accounts import actions as accounts
from chungtay.accounts.models import User
from chungtay.council import actions as council
from chungtay.council import roll
from chungtay.council.models import Item, Meeting, Member
from chungtay.decisions import actions as decisions
from chungtay.decisions import reckoning
from chungtay.decisions.models import Award, Decision, Letter
from chungtay.documents.models import Paper
from chungtay.documents.printing_jobs import print_paper
from chungtay.law.procedure import Desk
from chungtay.nominations import actions as nominations
from chungtay.nominations import entering
from chungtay.nominations.entering import Told
from chungtay.nominations.models import Dossier
from chungtay.parties.kinds import PartyKind
from chungtay.parties.models import Discipline, Party
from chungtay.records.journal import noun_of
from chungtay.registrations.models import Registration
from chungtay.sheets import actions as sheets
from chungtay.sheets import guessing, jobs, registry, staging
from chungtay.sheets.models import Row, Upload
from tests.house import funded, given, obliged, prospected, reviewed
from tests.households import make as homes
from tests.make import TODAY, Province, build

CANARIES = {
    "name": "Huỳnh Khuất Bạch Quyên",
    "phone": "0918777333",
    "id_number": "371999888777",
    "address": "hẻm Bông Súng số 19",
    "hamlet": "Ấp Vàm Chim Sắt",
    "post": "thợ đóng xuồng ba lá",
    "pledge": "Trả xong khoản vay con nước Rạch Tràm",
    "summary": "Bán hai lượng vàng cưới lo bến nước Lung Lớn",
    "report": "Hai vợ chồng cất bến nước Kinh Cùng cho cả ấp đi lại quanh năm. ",
    "deed": "Hiến 400 mét vuông đất vườn dừa cạnh miễu",
}
"""What is written about a household of commune B, in words that stand nowhere else."""


@dataclass
class World:
    """The province and, by name, what stands behind each address."""

    province: Province
    things: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        return self.things[name]


def populate() -> World:
    """Everything once, on the province's working day."""
    p = build()
    foreign = p.body(
        "district_c", "Ủy ban nhân dân huyện An Biên", PartyKind.PEOPLE_COMMITTEE_DISTRICT, p.places["kg-908"]
    )
    p.seat("district_c", Desk.DISTRICT, foreign, p.places["kg-908"])
    User.objects.create_user(username="nobody", password="mat-khau-du-dai", full_name="Người Chưa Phân Công")
    things: dict[str, Any] = {}
    lives = (_seats, _parties, _households, reviewed.populate, funded.populate, given.populate, obliged.populate)
    for add in (*lives, prospected.populate, _sheets, _dossiers, _canary_dossiers, _council, _decided):
        things |= add(p, things)
    return World(p, things)


def _print(*papers: Paper | None) -> None:
    """What the worker does within seconds of the commit."""
    for paper in papers:
        assert paper is not None
        print_paper.call(paper.pk)


def _seats(p: Province, things: dict[str, Any]) -> dict[str, Any]:
    """A colleague in the commune who does its work, and the one member of the Council."""
    own = p.seats["commune"]
    colleague = p.seat("colleague", Desk.UNIT, own.desk.body, own.desk.place)
    given = accounts.delegate(own, colleague.user, by=own, on=TODAY, until=TODAY + timedelta(days=30))
    del p.seats["colleague"]
    member = Member.objects.create(
        council=p.bodies["council"], user=p.seats["member"].user, body=p.bodies["home_affairs"], office="chair",
        since=date(2017, 1, 1),
    )  # fmt: skip
    return {"own_seat": own, "delegated": given, "member": member}


def _parties(p: Province, things: dict[str, Any]) -> dict[str, Any]:
    household = p.household("Danh Thị Mỹ Hạnh")
    unit_person = p.party(
        "Lê Thị Thủy", PartyKind.PERSON, p.places["kg"], managing_unit=p.bodies["unit"], post="Bác sĩ"
    )
    complaint = Discipline.objects.create(
        party=household, form="pending", since=date(2020, 10, 1), source="Đơn số 5", recorded_on=TODAY
    )
    secret = {name: CANARIES[name] for name in ("phone", "id_number", "address", "post")}
    canary = p.household(CANARIES["name"], "kg-30850", **secret)
    Party.objects.filter(pk=canary.pk).update(hamlet=CANARIES["hamlet"])
    canary.refresh_from_db()
    return {
        "household": household, "unit_person": unit_person, "complaint": complaint, "wish": p.wish(household),
        "canary": canary,
    }  # fmt: skip


def _households(p: Province, things: dict[str, Any]) -> dict[str, Any]:
    """Two households of commune A, and the canary's own in commune B."""
    address, hamlet = CANARIES["address"], CANARIES["hamlet"]
    person = homes.person(CANARIES["name"], id_number=CANARIES["id_number"])
    return {
        "home": homes.household(p, "Danh Sol", "Thị Nga", "Danh Con"),
        "other_home": homes.household(p, "Lý Thị Hai"),
        "canary_home": homes.household(p, person, commune="kg-30850", seat="commune_b", address=address, hamlet=hamlet),
    }  # fmt: skip


def _sheets(p: Province, things: dict[str, Any]) -> dict[str, Any]:
    """A list of commune A that waits for its columns, one that was read; one of commune B that names the canary."""
    heads = "Họ và tên chủ hộ\tGiới tính\tNgày sinh\tDân tộc\tSố nhân khẩu\tẤp"
    known = registry.known()["danh-sach-ho"]

    def handed_in(seat: str, *lines: str) -> Upload:
        by = p.seats[seat]
        made = sheets.paste("\n".join([heads, *lines]), layout=known.layout_for(by, TODAY), by=by, on=TODAY)
        jobs.go_on.call(made.pk)
        made.refresh_from_db()
        return made

    def read(made: Upload) -> Upload:
        layout = known.layout_for(made.by, TODAY)
        plan = guessing.plan(staging.guesses(made, layout))
        return sheets.confirm(made, plan, layout=layout, by=made.by, on=TODAY)

    good, bad = "Lâm Thị Sáu\tNữ\t1960\tKinh\t3\tẤp 1", "Lâm Văn Bảy\tNam\t1961\tKinh\tnhiều\tẤp 1"
    opened, done = handed_in("commune", good), read(handed_in("commune", good, bad))
    canary = read(handed_in("commune_b", f"{CANARIES['name']}\tNữ\t1960\tKinh\tnhiều\t{CANARIES['hamlet']}"))
    rows = Row.objects.filter(upload__in=[done.pk, canary.pk], state=Row.State.BAD)
    return {
        "sheet_opened": opened, "sheet_read": done, "sheet_row": rows.get(upload=done), "canary_sheet": canary,
        "canary_row": rows.get(upload=canary),
    }  # fmt: skip


def _dossiers(p: Province, things: dict[str, Any]) -> dict[str, Any]:
    """One of commune A in each state before the Council."""
    office = p.seats["office"]
    checking = nominations.take_up(p.submitted(p.household("Hộ Kiểm Tra")), by=office, on=TODAY)
    returned = nominations.take_up(p.submitted(p.household("Hộ Trả Lại")), by=office, on=TODAY)
    nominations.send_back(returned, by=office, on=TODAY, notes={"summary": "Ghi rõ năm nào."})
    received = p.received(p.household("Hộ Đã Tiếp Nhận"))
    label, key = noun_of(received)
    receipt = Paper.objects.get(noun=label, noun_key=key)
    _print(receipt)
    draft = p.complete(p.draft(p.household("Hộ Bản Nháp")))
    return {
        "draft": draft, "submitted": p.submitted(p.household("Hộ Đã Nộp")), "checking": checking,
        "returned": returned, "received": received, "receipt": receipt, "appraised": p.appraised(),
    }  # fmt: skip


def _canary_dossiers(p: Province, things: dict[str, Any]) -> dict[str, Any]:
    """The canary household of commune B asks twice: once it is still with the Board, once it will be honoured."""
    words: dict[str, Any] = {
        "seat": "commune_b", "summary": CANARIES["summary"], "report": CANARIES["report"] * 4,
        "achievements": [{"nature": "other", "text": CANARIES["deed"], "value": None}],
    }  # fmt: skip
    five_years = p.received(things["canary"], round=p.round("five_year"), **words)
    label, key = noun_of(five_years)
    paper = Paper.objects.get(noun=label, noun_key=key)
    _print(paper)
    yearly = p.recommended(Party.objects.get(pk=things["canary"].pk), **words)
    wish = Registration.objects.get(party=things["canary"])
    Registration.objects.filter(pk=wish.pk).update(pledge=CANARIES["pledge"])
    return {"canary_dossier": five_years, "canary_receipt": paper, "canary_awarded": yearly, "canary_wish": wish}


def _council(p: Province, things: dict[str, Any]) -> dict[str, Any]:
    """A meeting in each state; an item listed, one under vote."""

    def meeting(title: str, *dossiers: Dossier) -> Meeting:
        made = council.plan_meeting(
            p.bodies["council"], title=title, held_on=TODAY, venue="Phòng họp số 2", by=secretary, on=TODAY
        )
        council.list_items(made, dossiers=dossiers, by=secretary, on=TODAY)
        return made

    def begin(found: Meeting) -> list[Item]:
        council.open_meeting(found, at=time(8), by=secretary, on=TODAY)
        marks = {things["member"].pk: roll.Mark(True)}
        council.mark_attendance(found, marks=marks, presider=things["member"].pk, by=secretary, on=TODAY)
        return list(found.items.order_by("ordinal"))

    secretary = p.seats["secretary"]
    planned = meeting("Về phiên họp đang chuẩn bị", p.appraised())
    running = meeting("Về phiên họp đang diễn ra", p.appraised(), p.appraised())
    voting, listed = begin(running)
    council.open_item(voting, by=secretary, on=TODAY)
    closed = meeting("Về phiên họp đã xong", p.appraised())
    for item in begin(closed):
        council.open_item(item, by=secretary, on=TODAY)
        council.record_votes(item, votes={things["member"].pk: "yes"}, by=secretary, on=TODAY)
        item.refresh_from_db()
        council.close_item(item, by=secretary, on=TODAY)
    closed.refresh_from_db()
    council.close_meeting(closed, at=time(10), by=secretary, on=TODAY)
    closed.refresh_from_db()
    _print(closed.minutes)
    return {
        "planned": planned, "planned_item": planned.items.get(), "running": running, "voting": voting,
        "listed": listed, "closed": closed,
    }  # fmt: skip


def _decided(p: Province, things: dict[str, Any]) -> dict[str, Any]:
    """A draft; one signed over a name of commune A and the canary of commune B; a State award to forward."""
    chair = p.seats["chair"]

    def draft(title: str, *dossiers: Dossier) -> Decision:
        return decisions.draft(
            body=p.bodies["province"], award="province_certificate", title=title, dossiers=dossiers, by=chair, on=TODAY
        )

    mine = p.recommended()
    signed = draft("Về việc tặng Bằng khen đợt một", mine, things["canary_awarded"])
    accepted = reckoning.assumed(reckoning.reckon(decisions.listed(signed), on=TODAY))
    decisions.sign(signed, by=chair, on=TODAY, accepted=accepted)
    _print(signed.paper, signed.certificates)
    unsigned = draft("Về việc tặng Bằng khen đợt hai", p.recommended())
    return {
        "decision": Decision.objects.get(pk=signed.pk), "unsigned": unsigned, "listing": unsigned.listings.get(),
        "award": Award.objects.get(dossier=mine), "canary_award": Award.objects.get(dossier=things["canary_awarded"]),
        "waiting": p.recommended(), "state_award": _state_award(p), "letter": (letter := _letter(p)),
        "went_up": letter.forwarded.get().dossier, **_earlier(p, things),
    }  # fmt: skip


def _earlier(p: Province, things: dict[str, Any]) -> dict[str, Any]:
    """An award that commune A's household had before, which waits for the Board; one of the canary of commune B."""
    told = Told(
        "pm_certificate", "regular", "7/QĐ-TTg", date(2015, 3, 2), "Thủ tướng Chính phủ", "Bản sao", file=p.file()
    )  # fmt: skip
    hers = replace(told, achievement=CANARIES["summary"])
    party = Party.objects.get(pk=things["household"].pk)
    return {
        "earlier_award": entering.record_earlier(party, told, by=p.seats["commune"], on=TODAY),
        "canary_earlier": entering.record_earlier(things["canary"], hers, by=p.seats["commune_b"], on=TODAY),
    }  # fmt: skip


def _letter(p: Province) -> Letter:
    """A State award that went to the Prime Minister."""
    dossier = _state_award(p, "Trạm Y tế bến tàu")
    body, chair = p.bodies["province"], p.seats["chair"]
    letter = decisions.forward(body=body, award=dossier.award, dossiers=[dossier], by=chair, on=TODAY)
    _print(letter.paper)
    return Letter.objects.get(pk=letter.pk)


def _state_award(p: Province, name: str = "Trạm Y tế lưu động") -> Dossier:
    """A dossier for the Prime Minister's certificate that the Council has recommended."""
    party = p.party(name, PartyKind.COLLECTIVE, p.places["kg"], managing_unit=p.bodies["unit"])
    made = p.recommended(party, content="d", seat="unit", round=p.round("five_year"), award="pm_certificate")
    return Dossier.objects.get(pk=made.pk)
