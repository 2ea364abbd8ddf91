"""The pages of targets: what each desk sees, what stands under a figure, gaps, maps, and the same as Excel."""

import io
import json
from decimal import Decimal
from html import unescape
from itertools import pairwise
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chungtay.law.ethnicity import MINORITY_ASSUMED
from chungtay.places.models import Boundary
from chungtay.targets import charting
from tests.make import BIRTH, TODAY, Province
from tests.targets.made import COMMUNES

PLACES = ("kg", "kg-903", "kg-30847", "kg-30850", "kg-908", "kg-30985")
SEES = {
    "labour": set(PLACES),
    "board": set(PLACES),
    "district": {"kg", "kg-903", "kg-30847", "kg-30850"},
    "commune": {"kg", "kg-30847"},
    "unit": {"kg"},
    "admin": set(),
}


@pytest.mark.parametrize("desk", SEES)
def test_a_desk_sees_its_own_area_and_the_totals_of_the_province(
    province: Province, five_years: None, desk: str
) -> None:
    client = province.client(desk)
    for page in (
        "/chi-tieu/dia-ban/{}/",
        "/chi-tieu/dia-ban/{}/nam/2019/",
        "/chi-tieu/t1/{}/",
        "/chi-tieu/t1/{}/xuat/",
    ):
        opened = {key for key in PLACES if client.get(page.format(key)).status_code == 200}
        assert opened == SEES[desk], page


def test_the_page_of_the_province_names_no_unit_that_the_desk_may_not_see(province: Province, five_years: None) -> None:
    page = province.client("commune").get("/chi-tieu/t1/kg/").content.decode()
    assert "An Biên" not in page
    assert "6%" in page
    workbook = rows_of(province.client("commune").get("/chi-tieu/t1/kg/xuat/"))
    assert {row[0] for row in workbook[1:]} == {"Tỉnh Kiên Giang"}


def test_a_desk_begins_at_its_own_place(province: Province, five_years: None) -> None:
    assert "Xã Thổ Sơn" in province.client("commune").get("/chi-tieu/").content.decode()
    assert "Tỉnh Kiên Giang" in province.client("unit").get("/chi-tieu/").content.decode()


@pytest.mark.clause("KH I.1.b")
def test_the_overview_tells_all_nine_goals_with_source_and_day_or_why_not(province: Province, five_years: None) -> None:
    page = province.client("labour").get("/chi-tieu/dia-ban/kg/").content.decode()
    for goal in range(1, 10):
        assert f"T{goal}. " in page
    assert "Tính đến 31/12/2019. Nguồn: Quyết định phê duyệt 2019" in page
    assert "chưa có khoản đóng góp nào được bên nhận xác nhận" in page
    assert "Phiếu rà soát chấm điểm" in page
    assert "9,78%" in page


def chart(page: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(unescape(page.split('data-chart="')[1].split('"')[0]))
    return told


@pytest.mark.clause("KH I.1.b")
def test_the_line_runs_beside_both_paces_and_breaks_where_nothing_was_measured(province: Province, write: Any) -> None:
    for year in (2015, 2016, 2018):
        for key in COMMUNES:
            write(key, year, poor=100 - 10 * (year - 2015))
    told = chart(province.client("labour").get("/chi-tieu/t1/kg-903/").content.decode())
    lines = {line["kind"]: line["data"] for line in told["lines"]}
    assert told["years"] == [2015, 2016, 2017, 2018, 2019, 2020]
    assert lines["measured"] == [10.0, 9.0, None, 7.0, None, None]
    assert lines["slow"] == [10.0, 9.0, 8.0, 7.0, 6.0, 5.0]
    assert lines["fast"] == [10.0, 8.5, 7.0, 5.5, 4.0, 2.5]


@pytest.mark.clause("KH I.1.b")
def test_the_goal_of_minority_households_says_how_a_household_counts_as_one(province: Province, write: Any) -> None:
    for key in COMMUNES:
        write(key, 2019, poor=10)
    client = province.client("labour")
    told = {at: MINORITY_ASSUMED in client.get(f"/chi-tieu/{at}/").content.decode() for at in ("t3/kg", "t1/kg")}
    assert told == {"t3/kg": True, "t1/kg": False}
    assert MINORITY_ASSUMED in client.get("/chi-tieu/dia-ban/kg/nam/2019/").content.decode()


def outline(province: Province, key: str, east: float) -> None:
    ring = [[105 + east, 10], [105.1 + east, 10], [105.1 + east, 10.1], [105 + east, 10]]
    Boundary.objects.create(
        place=province.places[key], since=BIRTH, geometry={"type": "Polygon", "coordinates": [ring]}, source="bản đồ",
        licence="MIT",
    )  # fmt: skip


def test_the_map_links_each_unit_and_says_its_figure_in_words(province: Province, write: Any) -> None:
    for key, poor in zip(COMMUNES, (10, 20, 90), strict=True):
        write(key, 2019, poor=poor)
    for at, key in enumerate(("kg-903", "kg-908")):
        outline(province, key, at / 5)
    page = province.client("labour").get("/chi-tieu/t1/kg/").content.decode()
    assert '<a href="/chi-tieu/t1/kg-903/" aria-label="Huyện Hòn Đất: 1,5%">' in page
    assert 'aria-label="Huyện An Biên: 9%"' in page
    assert "Đường ranh: bản đồ (MIT)" in page
    assert 'fill="url(#step-1)"' in page
    assert "/chi-tieu/t1/kg-30847/" in province.client("labour").get("/chi-tieu/t1/kg/?theo=xa").content.decode()


def test_steps_of_a_map_hold_every_value_once_and_equal_values_together() -> None:
    values = [Decimal(n) for n in (1, 1, 1, 1, 2, 3, 4, 5, 6, 7, 8)]
    edges = charting._edges(values)
    assert len(edges) == 5
    assert edges[0] == (Decimal(1), Decimal(1))
    assert all(high < low for (_, high), (low, _) in pairwise(edges))
    assert {charting._step(value, edges) for value in values} == {1, 2, 3, 4, 5}
    assert charting._step(None, edges) == 0
    assert charting._edges([Decimal(3)]) == [(Decimal(3), Decimal(3))]


FLOW = {
    "start": 70, "to_other": 4, "above": 5, "other_decrease": 1, "from_other": 0, "relapsed": 0, "newly_arising": 0,
    "other_increase": 0, "end": 60,
}  # fmt: skip


def test_the_dashboard_of_a_year_adds_up_its_communes(province: Province, write: Any) -> None:
    for key in ("kg-30847", "kg-30850"):
        write(
            key, 2019, poor=60, income_poor=40, service_poor=20, near_poor=30, minority_poor=10, poor_persons=200,
            flows=dict.fromkeys(("poor", "near_poor", "poor_persons", "near_poor_persons"), FLOW),
            lacking={"poor": {"insurance": 20}, "near_poor": {"insurance": 3}}, causes={"poor": {"land": 12}},
            groups={"poor": {"minority": 10, "other": 50}, "near_poor": {}},
        )  # fmt: skip
    page = province.client("labour").get("/chi-tieu/dia-ban/kg-903/nam/2019/").content.decode()
    for said in ("6% của 2.000 hộ", "5% của hộ dân tộc thiểu số; 16,67% của hộ nghèo", ">140<", ">120<", "33,33%"):
        assert said in page, said
    assert "Không có đất sản xuất" in page
    whole = province.client("labour").get("/chi-tieu/dia-ban/kg/nam/2019/").content.decode()
    assert "2 trong 3 xã" in whole
    assert "Số liệu chưa đủ" in whole


def test_the_figures_lead_to_their_households_for_those_who_may_see_them(province: Province, five_years: None) -> None:
    def page(desk: str, key: str) -> str:
        return province.client(desk).get(f"/chi-tieu/dia-ban/{key}/nam/2019/").content.decode()

    path = province.places["kg-30847"].path
    assert f"cot=ket-qua.poor&amp;vung={path}" in page("commune", "kg-30847")
    assert "cot=ket-qua.poor" not in page("commune", "kg")
    assert "cot=ket-qua.near_poor" in page("labour", "kg")
    assert "cot=" not in page("board", "kg-30847")


def test_a_year_without_figures_is_empty_and_not_zero(province: Province, five_years: None) -> None:
    page = province.client("labour").get("/chi-tieu/dia-ban/kg/nam/2020/").content.decode()
    assert "Chưa có số liệu của năm này" in page
    assert province.client("labour").get("/chi-tieu/dia-ban/kg/nam/2014/").status_code == 404
    assert province.client("labour").get("/chi-tieu/dia-ban/kg/nam/2021/").status_code == 404


def rows_of(answer: Any) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    return list(book.worksheets[0].iter_rows(values_only=True))


def test_every_table_comes_as_a_workbook_with_typed_numbers(province: Province, five_years: None) -> None:
    client = province.client("labour")
    goals = rows_of(client.get("/chi-tieu/dia-ban/kg/xuat/"))
    assert len(goals) == 10
    assert goals[1][2:5] == (9.78, 2019, 6)
    years = rows_of(client.get("/chi-tieu/t1/kg/xuat/"))
    assert ("Huyện Hòn Đất", 2019, 6, 120, 2000) in [row[:5] for row in years]
    assert next(row for row in years if row[:2] == ("Huyện Hòn Đất", 2020))[2] is None
    classes = rows_of(client.get("/chi-tieu/dia-ban/kg/nam/2019/xuat/"))
    assert [row[0] for row in classes] == ["Địa bàn", "Tỉnh Kiên Giang", "Huyện Hòn Đất", "Huyện An Biên"]
    assert classes[1][2:6] == (3000, 12000, 180, 6)


@pytest.mark.parametrize(
    "page", ["/chi-tieu/dia-ban/kg/", "/chi-tieu/t1/kg/?theo=xa", "/chi-tieu/dia-ban/kg/nam/2019/"]
)
def test_a_page_asks_the_database_as_often_for_ten_years_as_for_one(province: Province, write: Any, page: str) -> None:
    def asked() -> int:
        client.get(page)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200
        return len(queries)

    client = province.client("labour")
    for key in COMMUNES:
        write(key, 2019, poor=50)
    few = asked()
    for year in range(2010, 2019):
        for key in COMMUNES:
            write(key, year, poor=60)
    assert asked() == few <= 20


def test_a_strange_goal_or_place_is_not_found(province: Province) -> None:
    client = province.client("labour")
    assert client.get("/chi-tieu/t99/kg/").status_code == 404
    assert client.get("/chi-tieu/t1/kg-00000/").status_code == 404
    assert client.get("/chi-tieu/t9/kg/giao/").status_code == 404
    assert client.get(f"/chi-tieu/dia-ban/kg/nam/{TODAY.year}/").status_code == 200
