"""The gifts of the walked province: promised, received, confirmed, corrected; one helped the canary household."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse

from chungtay.contributions import actions, giver_views, givers
from chungtay.contributions.models import Contribution
from chungtay.ledger.models import Transfer
from chungtay.parties.kinds import PartyKind
from tests.contributions import doing
from tests.make import TODAY, Province

PROVINCE = frozenset({"front", "labour", "office", "board", "secretary", "chair", "auditor", "member"})
COMMUNES = frozenset({"commune", "commune_b", "commune_c"})
READERS = PROVINCE | COMMUNES | {"district", "district_c", "unit"}
OF_A = PROVINCE | {"commune", "district", "unit"}
RECORDERS = COMMUNES | {"district", "district_c", "unit", "front", "labour", "board"}
CONFIRMERS = RECORDERS - {"unit", "board"}
OF_THE_GIVER = PROVINCE | {"unit"}
THANKS = frozenset({"unit", "front", "board"})
BOARD = frozenset({"board"})


def populate(p: Province, things: dict[str, Any]) -> dict[str, Any]:
    """Gifts of a company of the unit's, in each state; that of commune B went to the canary household."""
    company = doing.giver(p)
    twin = doing.giver(p, "Doanh nghiệp tư nhân Hải sản Kiên Cường")
    other = doing.giver(p, "Cty Hải sản Kiên Cường")
    said = givers.decide(company, twin, True, by=p.seats["unit"], on=TODAY, because="Cùng mã số thuế")
    gift = doing.confirmed(p, company, foreign=doing.dollars(), value=0)
    wrong = doing.confirmed(p, company, value=7)
    more = doing.told(p, company, value=8, bank_reference="FT2020A")
    actions.correct(wrong, more, by=p.seats["commune"], on=TODAY, reason="Ghi nhầm", version=wrong.version)
    canary = doing.confirmed(
        p, company, seat="commune_b", commune="kg-30850", household=things["canary_home"], purpose="Sửa nhà"
    )
    kept = actions.attach(gift, p.file(), "Biên bản giao nhận.pdf", by=p.seats["commune"], on=TODAY)
    doing.confirmed(p, company, fund=things["fund"], day=TODAY, received_on=TODAY, value=9_000_000)
    person = p.party("Lý Thị Mai", PartyKind.PERSON, p.places["kg-30850"], managing_unit=p.bodies["commune_b"])
    return {
        "paper": kept, "gift_transfer": Transfer.objects.get(key__startswith="gift:"),
        "company": company, "twin": other, "sameness": said, "gift": gift, "wrong_gift": wrong,
        "promised": doing.recorded(p, company, received_on=None), "received_gift": doing.recorded(p, company),
        "canary_gift": canary, "canary_giver": person,
        "canary_own_gift": doing.confirmed(p, person, seat="commune_b", commune="kg-30850", value=5_000_000),
    }  # fmt: skip


def pk(thing: str, name: str = "pk", **more: Any) -> Callable[[Any], dict[str, Any]]:
    return lambda world: {name: world[thing].pk, **more}


def plain(world: Any) -> dict[str, Any]:
    return {}


def version(thing: str) -> Callable[[Any, str], dict[str, Any]]:
    return lambda world, desk: {"version": Contribution.objects.get(pk=world[thing].pk).version}


def link(world: Any) -> dict[str, Any]:
    """The address that was sent to the giver."""
    return {"token": giver_views.token_of(world["company"])}


def chosen(world: Any) -> str:
    return f"?nguoi={world['company'].pk}&khong-ten=1"


def rows(row: Callable[..., Any], everybody: frozenset[str]) -> tuple[Any, ...]:
    """One row for each address of the gifts; `row` makes it."""
    return (
        row("contributions:list", "read", plain, READERS),
        row("contributions:list", "read", plain, READERS, why="narrowed", query=lambda w: "?hinh-thuc=money&q=hai+san"),
        row("contributions:choose", "read", plain, RECORDERS, query=lambda w: "?q=hai+san"),
        row("contributions:record", "form", plain, RECORDERS, (302,), why="of nobody"),
        row("contributions:record", "form", plain, RECORDERS, query=chosen),
        row("contributions:words", "read", plain, RECORDERS, query=lambda w: "?value=5+triệu"),
        row("contributions:settled", "read", plain, READERS),
        row("contributions:enter_threshold", "act", plain, BOARD),
        row("contributions:choose_counting", "act", plain, BOARD),
        row("contributions:giver", "read", pk("company", "party"), READERS),
        row("contributions:decide", "act", pk("company", "party"), RECORDERS,
            data=lambda w, desk: {"other": w["twin"].pk, "same": "1"}),
        row("contributions:undo", "act", pk("sameness"), RECORDERS & OF_THE_GIVER,
            data=lambda w, desk: {"reason": "Nhầm"}),
        row("contributions:statement", "read", pk("company", "party", year=2019, language="vi"), THANKS),
        row("contributions:statement", "read", pk("company", "party", year=2019, language="en"), THANKS,
            why="en"),
        row("contributions:open_statement", "read", link, everybody),
        row("contributions:open_statement", "read", link, everybody, why="en", query=lambda w: "?ngon-ngu=en"),
        row("contributions:open_statement", "read", link, everybody, why="PDF", query=lambda w: "?nam=2019"),
        row("contributions:waiting", "form", plain, CONFIRMERS),
        row("contributions:detail", "read", pk("gift"), OF_A, why="confirmed"),
        row("contributions:detail", "read", pk("promised"), OF_A, why="promised"),
        row("contributions:detail", "read", pk("received_gift"), OF_A, why="received"),
        row("contributions:detail", "read", pk("wrong_gift"), OF_A, why="corrected"),
        row("contributions:receive", "act", pk("promised"), CONFIRMERS & OF_A, data=version("promised")),
        row("contributions:confirm", "act", pk("received_gift"), CONFIRMERS & OF_A, data=version("received_gift")),
        row("contributions:refuse", "act", pk("received_gift"), CONFIRMERS & OF_A, data=version("received_gift")),
        row("contributions:withdraw", "act", pk("received_gift"), RECORDERS & OF_A, data=version("received_gift")),
        row("contributions:correct", "form", pk("gift"), (CONFIRMERS & OF_A) | BOARD, data=version("gift")),
        row("contributions:attach", "act", pk("received_gift"), RECORDERS & OF_A, data=version("received_gift")),
        row("contributions:paper", "read", lambda w: {"pk": w["gift"].pk, "number": w["paper"].pk}, OF_A),
        row("contributions:of_transfer", "read", pk("gift_transfer"), OF_A - {"unit"}, (302,)),
        row("contributions:receipt", "read", pk("gift", ordinal=1, language="vi"), frozenset({"commune"})),
    )  # fmt: skip


def canary_addresses(world: Any) -> Iterator[str]:
    """Every page of the gifts where the household of commune B might show."""
    for thing in ("canary_gift", "canary_own_gift"):
        gift = world[thing].pk
        yield from (f"/dong-gop/{gift}/{tail}" for tail in ("", "dinh-chinh/", "bien-nhan/1/vi.pdf"))
    yield from (f"/dong-gop/cua/{world[thing].pk}/" for thing in ("company", "canary_giver"))
    yield f"/dong-gop/?dia-ban={world['canary'].place_id}"
    token = giver_views.token_of(world["company"])
    yield from (reverse("contributions:open_statement", args=[token]) + tail for tail in ("", "?ngon-ngu=en"))
    yield f"/dong-gop/moi/ghi/?nguoi={world['canary'].pk}"
