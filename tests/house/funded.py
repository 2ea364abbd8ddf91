"""The funds of the walked province: the Front's, one of each commune, the award fund, and an address of each kind."""

from collections.abc import Callable, Iterator
from typing import Any

from chungtay.decisions import funding, stocks
from chungtay.decisions.models import Item, Stock
from chungtay.law.funds import AWARD_FUND_SHARE, Area, FundKind
from chungtay.ledger import actions
from chungtay.ledger.actions import Told
from chungtay.ledger.models import Fund, Transfer
from tests.make import TODAY, Province

READERS = frozenset({"front", "labour", "board", "secretary", "chair", "auditor"})
ALL = READERS | {"district", "district_c", "commune", "commune_b", "commune_c", "unit"}
KEEPERS = frozenset({"front", "labour", "board", "district", "district_c", "commune", "commune_b", "commune_c", "unit"})
OF_A = READERS | {"district", "commune"}
MONEY, BOARD = frozenset({"board", "chair", "auditor"}), frozenset({"board"})
FRONT, OWN = frozenset({"front"}), frozenset({"commune"})


def populate(p: Province, things: dict[str, Any]) -> dict[str, Any]:
    """A fund of the Front and of each of two communes; that of commune B helped the canary household."""
    front = _fund(p, "front", "front")
    fund, canary = _fund(p, "commune", "commune"), _fund(p, "commune_b", "commune_b")
    gift = _gift(p, fund, "commune", "Ban vận động ủng hộ Quỹ", evidence=p.file())
    _gift(p, canary, "commune_b", f"Trả lại tiền của hộ {things['canary'].name}, {things['canary'].hamlet}")
    canary_gift = Transfer.objects.latest("pk")
    empty = actions.open_fund(
        owner=p.bodies["commune"], kind=FundKind.DRIVE, name="Đợt vận động đã xong", by=p.seats["commune"], on=TODAY,
        starts=TODAY, ends=TODAY,
    )  # fmt: skip
    _awards(p)
    return {"front_fund": front, "fund": fund, "canary_fund": canary, "transfer": gift, "empty_fund": empty,
            "canary_transfer": canary_gift}  # fmt: skip


def _awards(p: Province) -> None:
    """The province's award fund with money for the year, and blank certificates in stock."""
    board, body = p.seats["board"], p.bodies["province"]
    fund = actions.open_fund(owner=body, kind=FundKind.AWARD, name="Quỹ khen thưởng tỉnh", by=board, on=TODAY)
    assumed = frozenset({AWARD_FUND_SHARE.on(TODAY).assumed})
    told = funding.Told(2020, Area.PLAIN, 10**12, 10**9, "Quyết định giao dự toán", "walked-allotment-2020", assumed)
    funding.allot(fund, told, by=board, on=TODAY)
    stocks.write(body, Item.CERTIFICATE, 500, "Phiếu nhập số 1", by=board, on=TODAY)


def _fund(p: Province, body: str, seat: str) -> Fund:
    owner = p.bodies[body]
    return actions.open_fund(owner=owner, kind=FundKind.POOR, name=f"Quỹ {owner.name}", by=p.seats[seat], on=TODAY)


def _gift(p: Province, fund: Fund, seat: str, words: str, **more: Any) -> Transfer:
    told = Told(day=TODAY, words=words, key=f"walked-{fund.pk:016}", **more)
    return actions.pay_in(fund, 50_000_000, "people", told, by=p.seats[seat], on=TODAY)


def pk(thing: str) -> Callable[[Any], dict[str, Any]]:
    return lambda world: {"pk": world[thing].pk}


def plain(world: Any) -> dict[str, Any]:
    return {}


def rows(row: Callable[..., Any], everybody: frozenset[str]) -> tuple[Any, ...]:
    """One row for each address of the funds; `row` makes it."""
    return (
        row("ledger:list", "read", plain, ALL),
        row("ledger:list", "read", plain, ALL, why="for the poor", query=lambda w: "?loai=poor"),
        row("ledger:open", "form", plain, KEEPERS),
        row("ledger:book", "read", pk("front_fund"), READERS, why="of the Front, empty"),
        row("ledger:book", "read", pk("fund"), OF_A, why="of a commune"),
        row("ledger:book", "read", pk("fund"), OF_A, why="of one year", query=lambda w: "?nam=2020"),
        row("ledger:export", "read", pk("fund"), OF_A),
        row("ledger:pay_in", "form", pk("fund"), OWN),
        row("ledger:pay_out", "form", pk("fund"), OWN),
        row("ledger:move", "form", pk("fund"), OWN),
        row("ledger:close", "act", pk("empty_fund"), OWN, data=lambda w, desk: {"version": w["empty_fund"].version}),
        row("ledger:transfer", "read", pk("transfer"), OF_A),
        row("ledger:counter", "form", pk("transfer"), OWN),
        row("ledger:evidence", "read", pk("transfer"), OF_A),
        row("decisions:fund", "read", plain, MONEY),
        row("decisions:allot", "form", plain, BOARD),
        row("decisions:payments", "read", pk("decision"), MONEY),
        row("decisions:payment_sheet", "read", pk("decision"), MONEY),
        row("decisions:payment_export", "read", pk("decision"), MONEY),
        row("decisions:hand_over", "form", pk("decision"), BOARD),
        row("decisions:recover", "act", pk("award"), BOARD),
        row("decisions:stock", "read", plain, MONEY),
        row("decisions:write_stock", "form", plain, BOARD),
        row("decisions:least", "form", lambda w: {"pk": Stock.objects.get().pk}, BOARD),
        row("public:funds", "read", plain, everybody),
        row("public:fund", "read", pk("fund"), everybody),
    )


def canary_addresses(world: Any) -> Iterator[str]:
    """Every page of the funds where the household of commune B might show."""
    fund, transfer = world["canary_fund"].pk, world["canary_transfer"].pk
    yield from (f"/quy/{fund}/{tail}" for tail in ("", "xuat/", "?nam=2020", "thu/", "chi/", "chuyen/"))
    yield from (f"/quy/but-toan/{transfer}/{tail}" for tail in ("", "dao/", "chung-tu/"))
    yield f"/cong-khai/quy/{fund}/"
    yield from (f"/quyet-dinh/{world['decision'].pk}/chi-thuong/{tail}" for tail in ("", "in/", "xuat/", "giao/"))
