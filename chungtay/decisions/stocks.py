"""Kho phôi bằng khen và biểu trưng: what came, what decisions gave out, what is left (KH IV.3.1)."""

from datetime import date

from django.db import transaction
from django.db.models import F

from chungtay.accounts.models import Seat
from chungtay.decisions.models import Decision, Item, Stock
from chungtay.decisions.money_models import StockEntry
from chungtay.law.procedure import Desk
from chungtay.law.refusals import Reasons, Refused
from chungtay.parties.authority import in_sight
from chungtay.parties.models import Party
from chungtay.records import journal
from chungtay.records.names import clean
from chungtay.records.versions import guarded_update

CLAUSE = "KH IV.3.1"
KEEPERS = frozenset({Desk.BOARD})
LEAST_WORDS = 5
Kind = StockEntry.Kind


def of_body(body: Party) -> dict[Item, Stock]:
    """What a body keeps of each item; an item that nobody has counted yet is not in it. One query."""
    return {Item(row.item): row for row in Stock.objects.filter(body=body).order_by("item")}


@transaction.atomic
def write(body: Party, item: Item, pieces: int, words: str, *, by: Seat, on: date, spoiled: bool = False) -> StockEntry:
    """Nhập kho, or what was spoiled: pieces with their paper. No more is spoiled than is there."""
    _need_keeper(body, by, on)
    reasons = Reasons()
    if pieces <= 0:
        reasons.add("Số lượng phải lớn hơn 0.", field="pieces")
    if len(words.strip()) < LEAST_WORDS:
        reasons.add("Ghi diễn giải hoặc số chứng từ.", field="words")
    reasons.raise_if_any()
    stock = _stock(body, item)
    change = -pieces if spoiled else pieces
    enough = Stock.objects.filter(pk=stock.pk, on_hand__gte=pieces) if spoiled else Stock.objects.filter(pk=stock.pk)
    if enough.update(on_hand=F("on_hand") + change, version=F("version") + 1) != 1:
        raise Refused.because(f"Kho chỉ còn {max(stock.on_hand, 0)}.", clause=CLAUSE, field="pieces")
    kind = Kind.SPOILED if spoiled else Kind.IN
    made = StockEntry.objects.create(stock=stock, kind=kind, pieces=change, words=clean(words), on=on)
    journal.record("write_stock", by=by, on=on, noun=made, body={"item": item.value, "pieces": change})
    return made


@transaction.atomic
def set_least(stock: Stock, least: int, *, by: Seat, on: date, version: int | None = None) -> Stock:
    """Mức báo sắp hết."""
    _need_keeper(stock.body, by, on)
    if least < 0:
        raise Refused.because("Mức báo không được dưới 0.", field="least")
    guarded_update(stock, version=version, least=least)
    journal.record("set_stock_least", by=by, on=on, noun=stock, body={"least": least})
    return stock


def issue(decision: Decision, needed: dict[Item, int], *, on: date) -> None:
    """A signed decision takes what it gives out, of the items that its body counts; below zero: still to be bought."""
    for item, stock in of_body(decision.body).items():
        pieces = needed.get(item, 0)
        if pieces:
            Stock.objects.filter(pk=stock.pk).update(on_hand=F("on_hand") - pieces, version=F("version") + 1)
            StockEntry.objects.create(
                stock=stock,
                kind=Kind.ISSUED,
                pieces=-pieces,
                decision=decision,
                words=f"Theo Quyết định {decision}",
                on=on,
            )


def needed(certificates: int, emblems: int) -> dict[Item, int]:
    """What so many names need, so many of them with the emblem."""
    return {Item.CERTIFICATE: certificates, Item.EMBLEM: emblems}


def low(body: Party, asked: dict[Item, int]) -> list[str]:
    """One sentence for each item that would run short if so many were given out; what is not counted is not told."""
    found = []
    for item, stock in of_body(body).items():
        left = stock.on_hand - asked.get(item, 0)
        if left < 0:
            found.append(f"{item.label}: kho còn {stock.on_hand}, quyết định này cần {asked[item]}, thiếu {-left}.")
        elif left < stock.least:
            found.append(f"{item.label}: cấp xong còn {left}, dưới mức báo {stock.least}.")
    return found


def _stock(body: Party, item: Item) -> Stock:
    Stock.objects.bulk_create([Stock(body=body, item=item.value)], ignore_conflicts=True)
    return Stock.objects.get(body=body, item=item.value)


def _need_keeper(body: Party, by: Seat, on: date) -> None:
    if by.kind not in KEEPERS or not in_sight(body, by, on):
        raise Refused.because("Kho do Ban Thi đua - Khen thưởng giữ.", clause=CLAUSE)
