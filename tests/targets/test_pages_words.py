"""What the pages of targets say: one word for one state, figures with units, and the same on the page as in Excel."""

from datetime import date
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from chungtay.targets import charting
from tests.contributions import doing as gifts
from tests.make import Province
from tests.targets.made import COMMUNES
from tests.targets.test_measuring import special
from tests.targets.test_pages import FLOW, outline, rows_of

D = Decimal
NOTHING_TO_COMPARE = "Chưa có mức để so"


def page(province: Province, address: str, desk: str = "labour") -> str:
    answer = province.client(desk).get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def cells(province: Province, address: str) -> list[tuple[Any, ...]]:
    return rows_of(province.client("labour").get(address))


@pytest.mark.clause("KH I.1.b", "T2")
def test_a_rate_without_a_baseline_was_measured_and_has_nothing_to_be_compared_with(
    province: Province, write: Any
) -> None:
    for key in COMMUNES:
        write(key, 2019, poor=60)
    special(province, "kg-30985", 2019)
    told = page(province, "/chi-tieu/t2/kg/")
    row = told.split(">2019<")[1].split("</tr>")[0]
    assert "6%" in row
    assert NOTHING_TO_COMPARE in row
    assert "Chưa đo được" not in told.split("<tbody data-rows>")[0]
    assert "Cuối năm 2019 là 6%." in told
    assert f"{NOTHING_TO_COMPARE}: chưa có số liệu gốc cuối năm 2015." in told
    overview = page(province, "/chi-tieu/dia-ban/kg/").split("T2. ")[1].split("</section>")[0]
    assert NOTHING_TO_COMPARE in overview
    goals = {row[0][:2]: row for row in cells(province, "/chi-tieu/dia-ban/kg/xuat/")[1:]}
    assert goals["T2"][7] == NOTHING_TO_COMPARE
    years = {row[:2]: row for row in cells(province, "/chi-tieu/t2/kg/xuat/")[1:]}
    assert years["Tỉnh Kiên Giang", 2019][8] == NOTHING_TO_COMPARE
    assert years["Tỉnh Kiên Giang", 2018][8] is None


def test_a_caution_begins_a_sentence_of_its_own(province: Province, write: Any) -> None:
    for key in COMMUNES:
        write(key, 2019, poor=60)
    special(province, "kg-30985", 2019)
    assert "Nguồn: Quyết định phê duyệt 2019. Danh sách xã đặc biệt khó khăn" in page(province, "/chi-tieu/t2/kg/")


@pytest.mark.clause("KH I.1.b", "T9")
def test_charity_is_compared_with_the_year_before_and_does_not_also_say_that_it_cannot_be(province: Province) -> None:
    for year, value in ((2018, 1_000_000), (2019, 2_000_000)):
        gifts.confirmed(province, received_on=date(year, 5, 20), day=date(year, 5, 20), value=value)
    told = page(province, "/chi-tieu/t9/kg/")
    assert "Cuối năm 2019 là 2.000.000 đồng: đúng kế hoạch." in told
    assert "Chưa có mức để so:" not in told
    assert NOTHING_TO_COMPARE in told.split(">2018<")[1].split("</tr>")[0]


@pytest.mark.clause("KH I.1.b", "T9")
def test_what_was_given_to_the_province_itself_has_a_row_so_that_the_districts_add_up(province: Province) -> None:
    gifts.confirmed(province, value=5_000_000)
    gifts.confirmed(province, commune="kg", seat="labour", value=3_000_000)
    below = page(province, "/chi-tieu/t9/kg/").split("<tbody data-rows>")[1]
    assert "Cấp tỉnh (không thuộc huyện nào)</div></td>" in below
    assert "3.000.000 đồng" in below.split("Cấp tỉnh")[1]
    by_commune = page(province, "/chi-tieu/t9/kg/?theo=xa").split("<tbody data-rows>")[1]
    assert "3.000.000 đồng" in by_commune.split("Cấp trên (không thuộc xã nào)")[1]
    told = [row for row in cells(province, "/chi-tieu/t9/kg/xuat/") if row[1] == 2019]
    assert {row[0]: row[2] for row in told} == {
        "Tỉnh Kiên Giang": 8_000_000, "Huyện Hòn Đất": 5_000_000, "Huyện An Biên": None,
        "Cấp tỉnh (không thuộc huyện nào)": 3_000_000,
    }  # fmt: skip
    assert "Cấp tỉnh" not in page(province, "/chi-tieu/t9/kg/", desk="commune")
    assert "Cấp trên" not in page(province, "/chi-tieu/t9/kg-903/")


def test_no_row_stands_for_the_province_itself_where_the_districts_add_up(province: Province) -> None:
    gifts.confirmed(province, value=5_000_000)
    assert "Cấp tỉnh" not in page(province, "/chi-tieu/t9/kg/")


@pytest.mark.clause("KH I.1.b", "T4")
@pytest.mark.parametrize(("value", "said"), [("16890.60", "16.891 hộ"), ("777.25", "777 hộ"), ("0.5", "1 hộ")])
def test_households_are_whole_on_the_page_and_in_the_workbook(value: str, said: str) -> None:
    assert charting.shown(D(value), "household") == said
    assert charting.cell(D(value), "household") == D(said.split()[0].replace(".", ""))
    assert charting.cell(D("2.69"), "percentage_point") == D("2.69")


@pytest.mark.clause("KH I.1.b", "T4")
def test_the_path_of_households_is_the_same_on_the_page_and_in_the_workbook(
    province: Province, five_years: None
) -> None:
    told = page(province, "/chi-tieu/t4/kg/")
    assert "16.891 hộ" in told
    years = {row[:2]: row for row in cells(province, "/chi-tieu/t4/kg/xuat/")[1:]}
    assert years["Tỉnh Kiên Giang", 2017][5:7] == (16_891, 16_891)
    assert "Cuối năm 2019 là 90 hộ: vượt kế hoạch." in told
    assert "Từ 28.151 hộ cuối năm 2015: bình quân mỗi năm giảm 7.015 hộ." in told


def test_a_workbook_of_a_goal_begins_with_the_base_year_and_holds_the_units_of_the_page(
    province: Province, five_years: None
) -> None:
    by_district = cells(province, "/chi-tieu/t1/kg/xuat/")[1:]
    assert [row[1] for row in by_district[:6]] == [2015, 2016, 2017, 2018, 2019, 2020]
    assert by_district[0][:3] == ("Tỉnh Kiên Giang", 2015, 9.78)
    assert {row[0] for row in by_district} == {"Tỉnh Kiên Giang", "Huyện Hòn Đất", "Huyện An Biên"}
    told = page(province, "/chi-tieu/t1/kg/?theo=xa")
    assert 'href="/chi-tieu/t1/kg/xuat/?theo=xa"' in told
    by_commune = cells(province, "/chi-tieu/t1/kg/xuat/?theo=xa")[1:]
    assert {row[0] for row in by_commune} == {"Tỉnh Kiên Giang", "Xã Thổ Sơn", "Xã Sơn Kiên", "Xã Nam Thái A"}


def test_the_workbook_of_a_year_holds_what_the_page_of_the_year_tells(province: Province, write: Any) -> None:
    for key in ("kg-30847", "kg-30850"):
        write(
            key, 2019, poor=60, income_poor=40, service_poor=20, near_poor=30, minority_poor=10, poor_persons=200,
            flows=dict.fromkeys(("poor", "near_poor", "poor_persons", "near_poor_persons"), FLOW),
            lacking={"poor": {"insurance": 20}, "near_poor": {"insurance": 3}}, causes={"poor": {"land": 12}},
            groups={"poor": {"minority": 10, "other": 50}, "near_poor": {}},
        )  # fmt: skip
    write("kg-30985", 2019, minority_all=None)
    heads, _, district, empty = cells(province, "/chi-tieu/dia-ban/kg/nam/2019/xuat/")
    told = dict(zip(heads, district, strict=True))
    assert told["Địa bàn"] == "Huyện Hòn Đất"
    assert {name: told[name] for name in heads if told[name] and ("dân tộc" in name or "người" in name.lower())} == {
        "Tổng số người": 8000, "Người trong hộ nghèo": 400, "Hộ dân tộc thiểu số": 400,
        "Hộ nghèo dân tộc thiểu số": 20, "Tỷ lệ nghèo dân tộc thiểu số (%)": 5,
        "Tỷ trọng dân tộc thiểu số trong hộ nghèo (%)": 16.67, "Nhóm, hộ nghèo: Hộ dân tộc thiểu số": 20,
        "Biến động người trong hộ nghèo: Đầu kỳ": 140, "Biến động người trong hộ nghèo: Cuối kỳ": 120,
        "Biến động người trong hộ nghèo: Thoát nghèo, còn cận nghèo": 8,
        "Biến động người trong hộ nghèo: Vượt chuẩn cận nghèo": 10, "Biến động người trong hộ nghèo: Giảm khác": 2,
        "Biến động người trong hộ cận nghèo: Đầu kỳ": 140, "Biến động người trong hộ cận nghèo: Cuối kỳ": 120,
        "Biến động người trong hộ cận nghèo: Xuống nghèo": 8,
        "Biến động người trong hộ cận nghèo: Vượt chuẩn cận nghèo": 10,
        "Biến động người trong hộ cận nghèo: Giảm khác": 2,
    }  # fmt: skip
    assert told["Nguyên nhân, hộ nghèo: Không có đất sản xuất"] == 24
    assert [name for name in heads if "Nguyên nhân, hộ cận nghèo" in name] == []
    lacking = [told[name] for name in heads if name.startswith("Thiếu hụt, ") and told[name]]
    assert lacking == [40, 6]
    unknown = dict(zip(heads, empty, strict=True))
    assert unknown["Hộ dân tộc thiểu số"] is None
    assert unknown["Biến động hộ nghèo: Đầu kỳ"] is None
    assert unknown["Nguyên nhân, hộ nghèo: Không có đất sản xuất"] is None


def test_the_page_of_a_year_speaks_the_words_of_the_form_and_leaves_out_what_nobody_asks(
    province: Province, write: Any
) -> None:
    write(
        "kg-30847", 2019, poor=60, near_poor=30, causes={"poor": {"land": 12}},
        flows=dict.fromkeys(("poor", "near_poor", "poor_persons", "near_poor_persons"), FLOW),
        lacking={"poor": {"insurance": 20}, "near_poor": {"insurance": 3}},
    )  # fmt: skip
    told = page(province, "/chi-tieu/dia-ban/kg-30847/nam/2019/")
    for said in ("Thoát nghèo, còn cận nghèo<small>hộ cận nghèo: Xuống nghèo</small>", "Tái nghèo", "Phát sinh mới"):
        assert said in told, said
    assert "chuyển giữa nghèo và cận nghèo" not in told
    causes = told.split("Nguyên nhân nghèo</th>")[1].split("</table>")[0]
    assert "12" in causes
    assert "cận nghèo" not in causes
    assert ">0" not in causes
    lacking = told.split("Thiếu hụt dịch vụ xã hội cơ bản</th>")[1].split("</table>")[0]
    assert "Hộ cận nghèo</th>" in lacking


def test_a_map_of_many_links_can_be_passed_over_and_a_wide_table_reached_by_keyboard(
    province: Province, five_years: None
) -> None:
    for at, key in enumerate(("kg-903", "kg-908")):
        outline(province, key, at / 5)
    told = page(province, "/chi-tieu/t1/kg/")
    before, after = told.split('<a class="skip-past" href="#cac-don-vi">Bỏ qua bản đồ</a>')
    assert '<svg class="figure-map-drawing"' not in before
    assert '<svg class="figure-map-drawing"' in after
    assert '<div class="table-wrap" id="cac-don-vi" tabindex="0" role="region"' in after


def test_where_no_unit_was_measured_there_is_no_map_and_one_that_was_not_is_hatched(province: Province) -> None:
    for at, key in enumerate(("kg-903", "kg-908")):
        outline(province, key, at / 5)
    gifts.confirmed(province, commune="kg", seat="labour", value=3_000_000)
    assert "figure-map" not in page(province, "/chi-tieu/t9/kg/")
    gifts.confirmed(province, value=5_000_000)
    told = page(province, "/chi-tieu/t9/kg/")
    assert 'aria-label="Huyện An Biên: chưa đo được"' in told
    assert told.split("Huyện An Biên: chưa đo được")[1].split("<title>")[0].count("url(#step-0)") == 1
    assert "url(#step-0)" in told.split('<ul class="map-legend"')[1].split("Chưa đo được")[0]


def test_the_outline_of_units_does_not_paint_over_the_marks_of_the_patterns() -> None:
    css = (Path(__file__).parents[2] / "static" / "src" / "css" / "figures.css").read_text(encoding="utf-8")
    assert ".figure-map a path { stroke: var(--ct-surface)" in css
    assert ".figure-map path {" not in css
