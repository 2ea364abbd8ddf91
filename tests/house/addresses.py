"""The table of all our addresses: what stands behind each one, and which desks may open it.

A row: the address's name, its way (`read`: GET only; `form`: GET and POST; `act`: POST only), its arguments by the
things of `tests.house.world`, the desks that may, and the answers that a desk that may can get to a GET.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.house import funded, given, obliged, prospected, reviewed
from tests.house.world import World

COMMUNES = frozenset({"commune", "commune_b", "commune_c"})
PROPOSING = COMMUNES | {"district", "district_c", "unit", "front", "labour"}
PROVINCE = frozenset({"front", "labour", "office", "board", "secretary", "chair", "auditor"})
SEATS = PROPOSING | PROVINCE | {"member", "admin"}
SIGNED_IN = SEATS | {"nobody"}
EVERYBODY = SIGNED_IN | {"stranger"}
COUNCIL = frozenset({"secretary", "member", "chair", "board", "auditor"})
REGISTER = SEATS - {"admin"}
OF_A_UNIT = PROVINCE | {"member", "unit"}
IN_REGISTER = PROVINCE | {"commune", "district", "member"}
HANDED_IN = PROVINCE | {"commune", "district"}
READ_WISHES = IN_REGISTER & (PROPOSING | {"board"})
SECRETARY, ADMIN, CHAIR, OWN = (frozenset({name}) for name in ("secretary", "admin", "chair", "commune"))
DECISIONS = frozenset({"board", "chair", "secretary", "member", "office", "labour", "auditor"})

Args = Callable[[World], dict[str, Any]]


@dataclass(frozen=True)
class Row:
    """One address in one situation."""

    name: str
    way: str
    args: Args
    may: frozenset[str]
    answers: tuple[int, ...] = (200,)
    why: str = ""
    query: Callable[[World], str] = lambda w: ""
    data: Callable[[World, str], dict[str, Any]] = lambda w, desk: {}

    def __str__(self) -> str:
        return f"{self.name}{' ' if self.why else ''}{self.why}"


def plain(world: World) -> dict[str, Any]:
    """No arguments."""
    return {}


def pk(thing: str, name: str = "pk") -> Args:
    """The thing's own key."""
    return lambda world: {name: world[thing].pk}


def dossier(thing: str) -> Args:
    """The dossier's public key."""
    return lambda world: {"key": world[thing].key}


def evidence(thing: str) -> Args:
    """The dossier and its first file."""
    return lambda world: {"key": world[thing].key, "evidence_id": world[thing].evidence.order_by("pk")[0].pk}


def own_seat(world: World, desk: str) -> dict[str, Any]:
    """The seat of whoever sends the form."""
    return {"seat": world.province.seats[desk].pk}


def plan_code(world: World) -> dict[str, Any]:
    return {"code": world.province.movement.code}


def guided_round(world: World) -> dict[str, Any]:
    return {"round_id": world.province.round().pk}


def award_paper(what: str) -> Args:
    return lambda world: {"pk": world["decision"].pk, "what": what}


def seal(world: World) -> dict[str, Any]:
    return {"token": world["award"].token, "signature": world["award"].signature}


def fixed(**told: Any) -> Args:
    return lambda world: told


PUBLIC = (
    Row("public:home", "read", plain, EVERYBODY),
    Row("public:dossier", "read", plain, EVERYBODY),
    Row("public:dossier", "read", plain, EVERYBODY, why="by its code", query=lambda w: f"?ma={w['received'].code}"),
    Row("public:certificate_help", "read", plain, EVERYBODY),
    Row("public:certificate", "read", seal, EVERYBODY),
    Row("public:movement", "read", plain, EVERYBODY),
    Row("movements:home", "read", plain, EVERYBODY, (302,), "to the only one"),
    Row("movements:plan", "read", plan_code, EVERYBODY),
    Row("movements:rounds", "read", plan_code, EVERYBODY),
    Row("desk:components", "read", plain, EVERYBODY),
)
FOR_SEATS = (
    Row("desk:home", "read", plain, SIGNED_IN),
    Row("desk:switch", "act", plain, SEATS, data=own_seat),
    Row("desk:search", "read", plain, SEATS, query=lambda w: "?q=ho"),
    Row("desk:notices", "read", plain, SEATS),
    Row("desk:read_notices", "act", plain, SEATS),
    Row("desk:journal", "read", plain, ADMIN | {"auditor"}),
    Row("places:list", "read", plain, SIGNED_IN),
    Row("places:detail", "read", fixed(key="kg-30847"), SIGNED_IN),
    Row("accounts:seats", "read", plain, SEATS),
    Row("accounts:delegate", "form", pk("own_seat"), OWN),
    Row("accounts:end_delegation", "act", pk("delegated"), OWN),
    Row("accounts:desks", "read", plain, ADMIN),
    Row("accounts:desk", "read", lambda w: {"pk": w["own_seat"].desk_id}, ADMIN),
    Row("accounts:give_seat", "act", lambda w: {"pk": w["own_seat"].desk_id}, ADMIN),
    Row("accounts:end_seat", "act", lambda w: {"pk": w["own_seat"].desk_id, "seat": w["own_seat"].pk}, ADMIN),
)
NOMINATIONS = (
    Row("nominations:list", "read", plain, SEATS),
    Row("nominations:guidances", "read", plain, SEATS),
    Row("nominations:guidance", "read", guided_round, SEATS),
    Row("nominations:guidance_edit", "form", guided_round, frozenset({"secretary"})),
    Row("nominations:choose", "read", plain, PROPOSING),
    Row("nominations:open", "form", pk("household", "party_id"), frozenset({"commune", "district", "front", "labour"})),
    Row(
        "nominations:open",
        "form",
        pk("unit_person", "party_id"),
        frozenset({"unit", "front", "labour"}),
        why="of a unit",
    ),
    Row("nominations:detail", "read", dossier("draft"), OWN, why="draft"),
    Row("nominations:detail", "read", dossier("submitted"), HANDED_IN, why="submitted"),
    Row("nominations:detail", "read", dossier("returned"), HANDED_IN, why="returned"),
    Row("nominations:detail", "read", dossier("appraised"), HANDED_IN | {"member"}, why="appraised"),
    Row("nominations:edit", "form", dossier("draft"), OWN, why="draft"),
    Row("nominations:edit", "form", dossier("returned"), OWN, why="returned"),
    Row("nominations:add_evidence", "act", dossier("draft"), OWN),
    Row("nominations:evidence", "read", evidence("draft"), OWN, why="draft"),
    Row("nominations:evidence", "read", evidence("submitted"), HANDED_IN, why="submitted"),
    Row("nominations:remove_evidence", "act", evidence("draft"), OWN),
    Row("nominations:submit", "act", dossier("draft"), OWN),
    Row("nominations:recall", "act", dossier("submitted"), OWN),
    Row("nominations:withdraw", "act", dossier("submitted"), OWN),
    Row("nominations:take_up", "act", dossier("submitted"), frozenset({"office"})),
    Row("nominations:receive", "act", dossier("checking"), frozenset({"office"})),
    Row("nominations:send_back", "form", dossier("checking"), frozenset({"office", "board"})),
    Row("nominations:appraise", "form", dossier("received"), frozenset({"board"})),
    Row("nominations:paper", "read", lambda w: {"key": w["received"].key, "paper_id": w["receipt"].pk}, HANDED_IN),
    Row("nominations:answer", "form", dossier("went_up"), frozenset({"board"})),
    Row("nominations:earlier_waiting", "read", plain, frozenset({"board"})),
    Row("nominations:earlier", "read", pk("household", "party_id"), IN_REGISTER),
    Row("nominations:earlier", "read", pk("unit_person", "party_id"), OF_A_UNIT, why="of a unit"),
    Row("nominations:earlier_record", "form", pk("household", "party_id"), frozenset({"commune", "board"})),
    Row(
        "nominations:earlier_record",
        "form",
        pk("unit_person", "party_id"),
        frozenset({"unit", "board"}),
        why="of a unit",
    ),
    Row("nominations:earlier_correct", "form", pk("earlier_award"), frozenset({"commune", "board"})),
    Row("nominations:earlier_strike", "form", pk("earlier_award"), frozenset({"commune", "board"})),
    Row("nominations:earlier_confirm", "act", pk("earlier_award"), frozenset({"board"})),
    Row("nominations:earlier_file", "read", pk("earlier_award"), IN_REGISTER),
    Row("nominations:report", "read", dossier("draft"), OWN, why="draft"),
    Row("nominations:report", "read", dossier("submitted"), HANDED_IN, why="submitted"),
)
REGISTRATIONS = (
    Row("registrations:list", "read", plain, REGISTER),
    Row("registrations:choose", "read", plain, PROPOSING, query=lambda w: "?q=danh"),
    Row("registrations:register", "form", pk("household", "party"), PROPOSING & IN_REGISTER),
    Row("registrations:own_wish", "form", plain, PROPOSING),
    Row(
        "registrations:own_wish", "form", plain, PROPOSING & IN_REGISTER, why="of a known household",
        query=lambda w: f"?ho={w['household'].pk}",
    ),
    Row("registrations:register_many", "form", plain, PROPOSING),
    Row("registrations:outcome", "read", plain, PROPOSING, (302,), "of nothing"),
    Row("registrations:of_party", "read", pk("household", "party"), IN_REGISTER, (302,)),
    Row("registrations:detail", "read", pk("wish"), READ_WISHES),
    Row("registrations:withdraw", "act", pk("wish"), PROPOSING & IN_REGISTER),
    Row("registrations:pact", "read", pk("wish"), READ_WISHES),
    Row("parties:list", "read", plain, REGISTER),
    Row("parties:register", "form", plain, PROPOSING | {"board"}),
    Row("parties:detail", "read", pk("household"), IN_REGISTER),
    Row("parties:detail", "read", pk("unit_person"), OF_A_UNIT, why="of a unit"),
    Row("parties:correct", "form", pk("household"), frozenset({"commune", "district", "front", "labour", "board"})),
    Row("parties:put_on_record", "form", pk("household"), frozenset({"district", "labour", "board"})),
    Row(
        "parties:lift", "act", lambda w: {"pk": w["household"].pk, "discipline": w["complaint"].pk},
        frozenset({"district", "labour", "board"}),
    ),
)  # fmt: skip
SITTING = (
    Row("council:list", "read", plain, COUNCIL),
    Row("council:waiting", "read", plain, COUNCIL),
    Row("council:plan_meeting", "form", plain, SECRETARY),
    Row("council:meeting", "read", pk("planned"), COUNCIL, why="planned"),
    Row("council:meeting", "read", pk("running"), COUNCIL, why="running"),
    Row("council:meeting", "read", pk("closed"), COUNCIL, why="closed"),
    Row("council:change_meeting", "form", pk("planned"), SECRETARY),
    Row("council:list_items", "form", pk("planned"), SECRETARY),
    Row("council:open_meeting", "form", pk("planned"), SECRETARY),
    Row("council:mark_attendance", "form", pk("running"), SECRETARY),
    Row("council:close_meeting", "form", pk("running"), SECRETARY),
    Row("council:pulse", "read", pk("running"), COUNCIL, (204,)),
    Row("council:minutes", "read", pk("closed"), COUNCIL),
    Row("council:item", "read", pk("voting"), COUNCIL, why="under vote"),
    Row("council:item", "read", pk("listed"), COUNCIL, why="listed"),
    Row("council:tally", "read", pk("voting"), COUNCIL, (204,), "after a move"),
    Row("council:unlist_item", "act", pk("planned_item"), SECRETARY),
    Row("council:recuse", "form", pk("voting"), SECRETARY | {"member"}),
    Row("council:open_item", "act", pk("listed"), SECRETARY),
    Row("council:cast", "act", pk("voting"), frozenset({"member"})),
    Row("council:record_votes", "form", pk("voting"), SECRETARY),
    Row("council:enter_count", "form", pk("voting"), SECRETARY),
    Row("council:close_item", "form", pk("voting"), SECRETARY),
    Row("council:defer_item", "form", pk("voting"), SECRETARY),
)
DECIDING = (
    Row("decisions:list", "read", plain, SEATS),
    Row("decisions:draft", "form", fixed(award="province_certificate"), CHAIR | {"board"}),
    Row("decisions:forward", "form", fixed(award="pm_certificate"), CHAIR),
    Row("decisions:letters", "read", plain, SEATS),
    Row("decisions:letter", "read", pk("letter"), DECISIONS | {"front", "unit"}),
    Row("decisions:letter_file", "read", pk("letter"), DECISIONS),
    Row("decisions:detail", "read", pk("unsigned"), CHAIR | {"board"}, why="draft"),
    Row(
        "decisions:detail", "read", pk("decision"), DECISIONS | HANDED_IN | {"commune_b"},
        why="signed, with a name of each commune",
    ),
    Row("decisions:sign", "act", pk("unsigned"), CHAIR),
    Row(
        "decisions:take_off", "act", lambda w: {"pk": w["unsigned"].pk, "listing_pk": w["listing"].pk},
        CHAIR | {"board"},
    ),
    Row("decisions:file", "read", award_paper("pdf"), DECISIONS, why="PDF"),
    Row("decisions:file", "read", award_paper("word"), DECISIONS, why="Word"),
    Row("decisions:file", "read", award_paper("bang-khen"), DECISIONS, why="certificates"),
    Row("decisions:award", "read", pk("award"), DECISIONS | HANDED_IN),
    Row("decisions:correct", "form", pk("award"), CHAIR),
    Row("decisions:withdraw", "form", pk("award"), CHAIR),
)  # fmt: skip


def person_of(thing: str) -> Args:
    """The household and the last of its people."""
    return lambda world: {"pk": world[thing].pk, "member": world[thing].members.latest("pk").pk}


IN_HOUSEHOLDS = COMMUNES | {"district", "district_c", "labour"}
HOUSEHOLDS = (
    Row("households:list", "read", plain, IN_HOUSEHOLDS),
    Row("households:list", "read", plain, IN_HOUSEHOLDS, why="by a name", query=lambda w: "?q=danh&loai=none"),
    Row("households:open", "form", plain, COMMUNES),
    Row("households:events", "read", plain, IN_HOUSEHOLDS),
    Row("households:alike", "read", plain, COMMUNES),
    Row("households:tell_apart", "act", plain, COMMUNES),
    Row("households:detail", "read", pk("home"), frozenset({"commune", "district", "labour"})),
    Row("households:correct", "form", pk("home"), OWN),
    Row("households:split", "form", pk("home"), OWN),
    Row("households:merge", "form", pk("home"), OWN, why="choosing"),
    Row("households:merge", "form", pk("home"), OWN, why="chosen", query=lambda w: f"?vao={w['other_home'].code}"),
    Row("households:move", "form", pk("home"), OWN),
    Row("households:new_head", "form", pk("home"), OWN),
    Row("households:close", "form", pk("home"), OWN),
    Row("households:reopen", "form", pk("home"), OWN),
    Row("households:link", "form", pk("home"), OWN),
    Row("households:unlink", "form", pk("home"), OWN),
    Row("households:add_member", "form", pk("home"), OWN),
    Row("households:correct_member", "form", person_of("home"), OWN),
    Row("households:member_left", "form", person_of("home"), OWN),
)
FIGURES = SEATS - {"admin"}
OVER_HON_DAT = PROVINCE | {"member", "district"}


def at(key: str, **more: Any) -> Args:
    """The place with that key."""
    return lambda world: {"key": key, **more}


TARGETS = (
    Row("targets:overview", "read", plain, FIGURES),
    Row("targets:of_place", "read", at("kg"), FIGURES, why="of the province"),
    Row("targets:of_place", "read", at("kg-903"), OVER_HON_DAT, why="of a district"),
    Row("targets:export_overview", "read", at("kg-903"), OVER_HON_DAT),
    Row("targets:year", "read", at("kg-903", year=2019), OVER_HON_DAT),
    Row("targets:export_year", "read", at("kg-903", year=2019), OVER_HON_DAT),
    Row("targets:goal", "read", at("kg-903", goal="t1"), OVER_HON_DAT),
    Row("targets:export_goal", "read", at("kg-903", goal="t1"), OVER_HON_DAT),
    Row("targets:assign", "form", at("kg", goal="t1"), frozenset({"labour"}), why="to the districts"),
    Row("targets:assign", "form", at("kg-903", goal="t1"), frozenset({"labour", "district"}), why="to the communes"),
    Row("targets:survey", "form", at("kg-903"), frozenset({"labour", "district"})),
    Row("targets:infrastructure", "form", at("kg-30847"), frozenset({"labour", "district"})),
)
SHEETS = (
    Row("sheets:list", "read", plain, COMMUNES | {"district", "district_c", "labour", "front"}),
    Row("sheets:send", "form", fixed(name="danh-sach-ho"), COMMUNES),
    Row("sheets:detail", "read", pk("sheet_opened"), OWN, why="opened"),
    Row("sheets:detail", "read", pk("sheet_read"), OWN, why="read"),
    Row("sheets:progress", "read", pk("sheet_read"), OWN, (204,)),
    Row("sheets:go_on", "act", pk("sheet_read"), OWN),
    Row("sheets:columns", "form", pk("sheet_opened"), OWN),
    Row("sheets:choose_again", "act", pk("sheet_read"), OWN),
    Row("sheets:answer", "act", pk("sheet_read"), OWN),
    Row("sheets:approve", "act", pk("sheet_read"), OWN),
    Row("sheets:give_back", "read", pk("sheet_read"), OWN),
    Row("sheets:prepare_back", "form", pk("sheet_read"), OWN),
    Row("sheets:return_progress", "read", pk("sheet_read"), OWN, (204,)),
    Row("sheets:close", "act", pk("sheet_read"), OWN),
    Row("sheets:withdraw", "act", pk("sheet_opened"), OWN),
    Row("sheets:rows", "read", pk("sheet_read"), OWN),
    Row(
        "sheets:row", "form", lambda w: {"pk": w["sheet_read"].pk, "place": w["sheet_row"].place}, OWN,
        data=lambda w, desk: {"quyet": "corrected"},
    ),
)  # fmt: skip
ROWS = (
    *SHEETS, *PUBLIC, *FOR_SEATS, *NOMINATIONS, *REGISTRATIONS, *HOUSEHOLDS, *SITTING, *DECIDING, *TARGETS,
    *reviewed.rows(Row), *funded.rows(Row, EVERYBODY), *given.rows(Row, EVERYBODY), *obliged.rows(Row),
    *prospected.rows(Row),
)  # fmt: skip
