"""Funds for tests: one for the poor of the province and of a commune, a drive, and the words of a transfer."""

import secrets
from datetime import date
from typing import Any

from chungtay.law.funds import FundKind, Income, Purpose
from chungtay.ledger import actions
from chungtay.ledger.actions import Told
from chungtay.ledger.models import Balance, Fund, Transfer
from tests.make import Province

OPENED = date(2018, 1, 2)
DAY = date(2019, 10, 17)
MILLION = 1_000_000
KEEPER = {"front": "front", "commune": "commune", "commune_b": "commune_b", "province": "board"}


def told(day: date = DAY, **more: Any) -> Told:
    """The words of a transfer with a fresh key."""
    more.setdefault("key", secrets.token_urlsafe(18))
    more.setdefault("words", "Ủng hộ người nghèo tháng cao điểm")
    return Told(day=day, **more)


def fund(p: Province, body: str = "front", kind: FundKind = FundKind.POOR, **more: Any) -> Fund:
    """A running fund of that body, opened by who keeps it."""
    name = more.pop("name", f"{kind.label} ({p.bodies[body].name})")
    by = p.seats[KEEPER[body]]
    return actions.open_fund(owner=p.bodies[body], kind=kind, name=name, by=by, on=OPENED, **more)


def drive(p: Province, starts: date = date(2019, 10, 17), ends: date = date(2019, 11, 18)) -> Fund:
    """The drive of the peak month of 2019."""
    return fund(p, "front", FundKind.DRIVE, name="Tháng cao điểm 2019", starts=starts, ends=ends)


def keeper(p: Province, of: Fund) -> Any:
    """The seat that keeps this fund."""
    body = next(key for key, party in p.bodies.items() if party.pk == of.owner_id)
    return p.seats[KEEPER[body]]


def give(p: Province, to: Fund, amount: int, day: date = DAY, **more: Any) -> Transfer:
    """Money in."""
    return actions.pay_in(to, amount, Income.UNITS, told(day, **more), by=keeper(p, to), on=max(day, DAY))


def build_house(p: Province, of: Fund, amount: int, day: date = DAY, **more: Any) -> Transfer:
    """Money out: for a solidarity house in Thổ Sơn."""
    more.setdefault("place", p.places["kg-30847"])
    more.setdefault("households", 1)
    more.setdefault("words", "Xây nhà Đại đoàn kết cho hộ Danh Thị Sa Phol")
    return actions.pay_out(of, amount, Purpose.HOUSE, told(day, **more), by=keeper(p, of), on=max(day, DAY))


def balance(of: Fund) -> int:
    """The kept balance of a fund."""
    return Balance.objects.get(account__fund=of, is_money=True).amount
