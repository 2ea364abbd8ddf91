"""Points borrowed from another region's form, by the province's page; the lender's table counts for nobody here."""

from datetime import date
from typing import Any

import pytest

from chungtay.law.points import Group, Item, Option, Region, Sheet
from chungtay.law.poverty import Area
from chungtay.records.journal import System
from chungtay.reviews import point_tables
from chungtay.reviews.models import PointSheet
from tests.make import TODAY, Province, post_form, upload

URL = "/ra-soat/bang-diem/van-dung/"
WALLS = Item("walls", "Vách nhà", (Option("brick", "Gạch", 10), Option("leaf", "Lá", 0)))
HEAD = "item,item_label,group,several,option,option_label,points\n"
BOATS = f"{HEAD}wood,Vách gỗ,other,,yes,Có,3\nboat,Tàu,boats,,yes,Có,7\nboat,Tàu,boats,,no,Không,0\n"
LAND = f"{HEAD}rice,Đất lúa,land,,some,Có,4\nrice,Đất lúa,land,,none,Không,0\n"


def loaded(region: Region, *items: Item) -> PointSheet:
    sheet = Sheet(region, "2018", "Thông tư để thử", items)
    return point_tables.load(sheet, since=date(2018, 1, 1), by=System("test"), on=TODAY)


def told(sheet: PointSheet, how: str, lender: str, table: str, **more: Any) -> dict[str, Any]:
    return {
        "sheet": str(sheet.pk), "how": how, "lender": lender, "file": upload("vung.csv", table.encode()),
        "edition": "2018 bổ sung", "text": "Văn bản 12/BCĐ", "since": "01/10/2020", **more,
    }  # fmt: skip


@pytest.mark.clause("TT 14/2018")
def test_boat_points_of_another_region_count_from_their_day_and_nothing_else_of_it(province: Province) -> None:
    own = loaded(Region.MEKONG_DELTA, WALLS)
    client = province.client("labour")
    assert "Vận dụng điểm của vùng khác" in client.get("/ra-soat/bang-diem/").content.decode()
    assert post_form(client, URL, told(own, "boats", "central_coast", BOATS)).status_code == 302
    for day, items in ((date(2020, 9, 30), ["walls"]), (date(2020, 10, 1), ["walls", "boat"])):
        sheet = point_tables.for_area(Area.RURAL, on=day)
        assert sheet is not None
        assert (sheet.region, [item.id for item in sheet.items]) == (Region.MEKONG_DELTA, items), day
    assert PointSheet.objects.get(edition="2018 bổ sung").text == "Văn bản 12/BCĐ"
    assert not PointSheet.objects.filter(region="central_coast").exists()


@pytest.mark.clause("TT 14/2018")
def test_a_township_takes_the_land_points_of_its_region(province: Province) -> None:
    own = loaded(Region.URBAN, WALLS)
    assert post_form(province.client("labour"), URL, told(own, "land", "mekong_delta", LAND)).status_code == 302
    sheet = point_tables.for_area(Area.URBAN, on=date(2020, 10, 1))
    assert sheet is not None
    assert [item.id for item in sheet.items] == ["walls", "rice"]


def test_what_the_rule_does_not_allow_is_said_at_the_form(province: Province) -> None:
    client = province.client("labour")
    rural = loaded(Region.MEKONG_DELTA, WALLS, Item("boat", "Tàu", (Option("yes", "Có", 1),), Group.BOATS))
    for how, table, word in (
        ("boats", BOATS, "đã có điểm tàu"),
        ("boats", LAND, "không có điểm của nhóm"),
        ("land", LAND, "không thuộc trường hợp"),
        ("boats", "x", "Dòng đầu của tệp"),
    ):
        answer = post_form(client, URL, told(rural, how, "central_coast", table))
        assert (answer.status_code, word in answer.content.decode()) == (422, True), word
    taken = post_form(client, URL, told(rural, "boats", "central_coast", BOATS, edition="", text=""))
    assert taken.status_code == 422
    assert PointSheet.objects.count() == 1


def test_only_the_province_borrows(province: Province) -> None:
    for seat in ("commune", "district", "office"):
        assert province.client(seat).get(URL).status_code == 404


def test_what_is_missing_is_asked_for_in_plain_words_at_its_field(province: Province) -> None:
    loaded(Region.URBAN, WALLS)
    answer = post_form(province.client("labour"), URL, {"how": "land", "lender": Region.MEKONG_DELTA.value})
    assert answer.status_code == 422
    form = answer.context["form"]
    assert form.errors == {
        "sheet": ["Hãy chọn một mục."], "file": ["Hãy chọn tệp."], "edition": ["Cần ghi mục này."],
        "text": ["Cần ghi mục này."], "since": ["Cần ghi mục này."],
    }  # fmt: skip
    assert "— Chọn —" in answer.content.decode()
