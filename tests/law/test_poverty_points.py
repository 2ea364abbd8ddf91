"""The B1 table: shipped empty, loaded by a province, with what its board may borrow. Figures here are made up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chungtay.law.points import (
    BOATS,
    LAND_AND_LIVESTOCK,
    NOT_LOADED,
    SHEETS,
    Group,
    Item,
    Option,
    Region,
    Sheet,
    b1,
    borrow,
    faults,
)
from chungtay.law.refusals import Refused

WALLS = Item("walls", "Tường nhà", (Option("brick", "gạch", 10), Option("leaf", "lá", 0)))
GOODS = Item("goods", "Đồ dùng", (Option("fridge", "tủ lạnh", 5), Option("tv", "ti vi", 3)), several=True)
LAND = Item("land", "Đất trồng lúa", (Option("some", "có", 4), Option("none", "không", 0)), Group.LAND)
BOAT = Item("boat", "Tàu, thuyền", (Option("yes", "có", 7), Option("no", "không", 0)), Group.BOATS)
URBAN = Sheet(Region.URBAN, "thử", "Phiếu thử", (WALLS, GOODS))
DELTA = Sheet(Region.MEKONG_DELTA, "thử", "Phiếu thử", (WALLS, LAND))
COAST = Sheet(Region.CENTRAL_COAST, "thử", "Phiếu thử", (WALLS, BOAT))


def test_no_point_value_is_shipped_and_the_page_can_say_so() -> None:
    assert dict(SHEETS) == {}
    assert "nhập tổng điểm B1" in NOT_LOADED


def test_the_total_adds_the_ticked_options() -> None:
    assert b1(URBAN, {"walls": frozenset({"brick"}), "goods": frozenset({"fridge", "tv"})}) == 18
    assert b1(URBAN, {"walls": frozenset({"leaf"}), "goods": frozenset()}) == 0


def test_everything_wrong_with_the_answers_is_said_at_once() -> None:
    with pytest.raises(Refused) as refusal:
        b1(URBAN, {"walls": frozenset({"brick", "leaf"}), "boat": frozenset({"yes"})})
    assert [reason.field for reason in refusal.value.reasons] == ["boat", "walls", "goods"]
    with pytest.raises(Refused, match="không thuộc bảng điểm"):
        b1(URBAN, {"walls": frozenset({"gold"}), "goods": frozenset()})


@pytest.mark.clause("TT 14/2018")
def test_a_township_household_with_fields_may_borrow_the_land_points_of_its_region() -> None:
    sheet = borrow(URBAN, DELTA, LAND_AND_LIVESTOCK)
    assert [item.id for item in sheet.items] == ["walls", "goods", "land"]
    assert sheet.region is Region.URBAN
    assert "đồng bằng sông Cửu Long" in sheet.version
    assert b1(sheet, {"walls": frozenset({"leaf"}), "goods": frozenset(), "land": frozenset({"some"})}) == 4


@pytest.mark.clause("TT 14/2018")
def test_a_region_without_boat_points_may_borrow_those_of_another() -> None:
    assert [item.id for item in borrow(DELTA, COAST, BOATS).items] == ["walls", "land", "boat"]


@pytest.mark.clause("TT 14/2018")
@pytest.mark.parametrize(
    ("sheet", "lender", "how", "word"),
    [
        (DELTA, COAST, LAND_AND_LIVESTOCK, "không có điểm của nhóm"),
        (DELTA, replace(COAST, items=(LAND,)), LAND_AND_LIVESTOCK, "không thuộc trường hợp"),
        (URBAN, COAST, BOATS, "không thuộc trường hợp"),
        (COAST, replace(DELTA, items=(BOAT,)), BOATS, "đã có điểm tàu"),
        (DELTA, replace(URBAN, items=(BOAT,)), BOATS, "Chỉ vận dụng điểm của phiếu nông thôn"),
    ],
)
def test_nothing_else_may_be_borrowed(sheet: Sheet, lender: Sheet, how: object, word: str) -> None:
    borrowing = LAND_AND_LIVESTOCK if how is LAND_AND_LIVESTOCK else BOATS
    with pytest.raises(Refused, match=word):
        borrow(sheet, lender, borrowing)


def test_a_table_is_looked_over_before_it_is_loaded() -> None:
    assert faults(URBAN) == []
    assert faults(replace(URBAN, items=())) == ["Bảng điểm không có chỉ tiêu nào."]
    twice = replace(WALLS, options=(WALLS.options[0], WALLS.options[0]))
    assert faults(replace(URBAN, items=(twice, GOODS, GOODS, replace(LAND, options=())))) == [
        "Mã chỉ tiêu “goods” bị trùng.",
        "Chỉ tiêu “Tường nhà”: mã mức “brick” bị trùng.",
        "Chỉ tiêu “Đất trồng lúa” không có mức trả lời nào.",
    ]
