"""Blank certificates and emblems: what came, what decisions gave out, what is left, and when it is low."""

from html import unescape
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from chungtay.decisions import stocks
from chungtay.decisions.models import Decision, Item, Stock
from chungtay.decisions.money_models import StockEntry
from chungtay.law.refusals import Conflict, Refused
from tests.decisions.test_money import sign
from tests.decisions.test_sign import drafted, enterprise, group
from tests.make import TODAY, Province, post_form


def bring(p: Province, item: Item, pieces: int) -> Stock:
    body = p.bodies["province"]
    stocks.write(body, item, pieces, "Phiếu nhập số 1", by=p.seats["board"], on=TODAY)
    return Stock.objects.get(body=body, item=item.value)


def on_hand(p: Province) -> dict[str, int]:
    return {item.value: row.on_hand for item, row in stocks.of_body(p.bodies["province"]).items()}


@pytest.mark.clause("KH IV.3.1")
def test_a_signed_decision_takes_its_certificates_and_emblems_from_the_stock(province: Province) -> None:
    bring(province, Item.CERTIFICATE, 10)
    bring(province, Item.EMBLEM, 4)
    decision = drafted(province, group(province), enterprise(province))
    assert on_hand(province) == {"certificate": 10, "emblem": 4}
    sign(province, decision)
    assert on_hand(province) == {"certificate": 8, "emblem": 3}
    entries = StockEntry.objects.filter(decision=decision).order_by("stock__item")
    assert [(one.stock.item, one.pieces) for one in entries] == [("certificate", -2), ("emblem", -1)]
    for stock in Stock.objects.order_by("pk"):
        assert stock.on_hand == sum(one.pieces for one in stock.entries.all())


def test_an_item_that_nobody_counts_is_not_taken_and_no_emblem_takes_none(province: Province) -> None:
    bring(province, Item.EMBLEM, 4)
    sign(province, drafted(province, group(province)))
    assert on_hand(province) == {"emblem": 4}


@pytest.mark.parametrize(("pieces", "least", "words"), [(2, 0, ""), (1, 0, "thiếu 1"), (5, 4, "còn 3, dưới mức báo 4"),
                                                        (5, 3, "")])  # fmt: skip
def test_a_low_stock_is_told_on_the_draft_and_stops_nobody(
    province: Province, pieces: int, least: int, words: str
) -> None:
    stock = bring(province, Item.CERTIFICATE, pieces)
    stocks.set_least(stock, least, by=province.seats["board"], on=TODAY)
    decision = drafted(province, group(province), enterprise(province))
    page = unescape(province.client("chair").get(f"/quyet-dinh/{decision.pk}/").content.decode())
    assert ("Phôi bằng khen" in page) is bool(words)
    assert words in page
    signed = sign(province, decision)
    assert signed.state == Decision.State.SIGNED
    assert on_hand(province) == {"certificate": pieces - 2}


def test_no_more_is_spoiled_than_is_there_and_everything_has_its_paper(province: Province) -> None:
    stock, board = bring(province, Item.CERTIFICATE, 3), province.seats["board"]
    stocks.write(stock.body, Item.CERTIFICATE, 3, "Biên bản hủy", by=board, on=TODAY, spoiled=True)
    with pytest.raises(Refused, match="Kho chỉ còn 0"):
        stocks.write(stock.body, Item.CERTIFICATE, 1, "Biên bản hủy", by=board, on=TODAY, spoiled=True)
    with pytest.raises(Refused) as refused:
        stocks.write(stock.body, Item.CERTIFICATE, 0, " ", by=board, on=TODAY)
    assert {reason.field for reason in refused.value.reasons} == {"pieces", "words"}
    with pytest.raises(Refused, match="Kho do Ban Thi đua"):
        stocks.write(stock.body, Item.CERTIFICATE, 1, "Phiếu nhập", by=province.seats["chair"], on=TODAY)
    assert on_hand(province) == {"certificate": 0}


def test_the_level_that_is_low_is_set_by_one_at_a_time(province: Province) -> None:
    stock, board = bring(province, Item.CERTIFICATE, 3), province.seats["board"]
    stale = Stock.objects.get(pk=stock.pk)
    stocks.set_least(stock, 5, by=board, on=TODAY)
    assert Stock.objects.get().is_low
    with pytest.raises(Conflict):
        stocks.set_least(stale, 1, by=board, on=TODAY)
    with pytest.raises(Refused, match="dưới 0"):
        stocks.set_least(stock, -1, by=board, on=TODAY)


def test_the_pages_of_the_stock_write_and_show(province: Province) -> None:
    client = province.client("board")
    told: dict[str, Any] = {"item": "emblem", "way": "in", "pieces": "20", "words": "Phiếu nhập số 7"}
    assert post_form(client, "/quyet-dinh/kho/ghi/", told).status_code == 302
    refused = post_form(client, "/quyet-dinh/kho/ghi/", {**told, "way": "spoiled", "pieces": "21"})
    assert refused.status_code == 422
    assert "Kho chỉ còn 20" in unescape(refused.content.decode())
    stock = Stock.objects.get()
    least = {"least": "30", "version": stock.version}
    assert post_form(client, f"/quyet-dinh/kho/{stock.pk}/", least).status_code == 302
    page = unescape(province.client("auditor").get("/quyet-dinh/kho/").content.decode())
    for words in ("Biểu trưng của UBND tỉnh", "Phiếu nhập số 7", "Sắp hết"):
        assert words in page
    assert "Ghi sổ kho" not in page


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("pieces_go_the_right_way", {"kind": "in", "pieces": -1}),
        ("pieces_go_the_right_way", {"kind": "spoiled", "pieces": 1}),
        ("only_a_decision_issues", {"kind": "issued", "pieces": -1}),
    ],
)
def test_an_entry_that_says_nonsense_is_refused(province: Province, name: str, row: dict[str, Any]) -> None:
    stock = bring(province, Item.CERTIFICATE, 3)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        StockEntry.objects.create(stock=stock, words="x", on=TODAY, **row)


def test_a_decision_issues_once_and_an_entry_stays(province: Province) -> None:
    stock = bring(province, Item.CERTIFICATE, 3)
    decision = sign(province, drafted(province, group(province)))
    with pytest.raises(IntegrityError), transaction.atomic():
        StockEntry.objects.create(stock=stock, kind="issued", pieces=-1, decision=decision, words="x", on=TODAY)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        StockEntry.objects.filter(stock=stock).update(pieces=-2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Stock.objects.create(body=stock.body, item=stock.item)
