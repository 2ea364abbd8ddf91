"""The province's dashboard on a phone, from the nine goals down to a commune; a household's page as its commune."""

import json
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.contributions import doing as gifts
from tests.journeys.person import DESKTOP, PHONE, Person, Size
from tests.journeys.test_phone import every_target_is_large_enough
from tests.journeys.town import Town
from tests.reviews.people import NEAR, POOR, households, locked, row
from tests.targets.made import fall
from tests.targets.test_pages import outline

pytestmark = pytest.mark.browser

UNSOURCED = """() => Array.from(document.querySelectorAll(".goal-figures > div"))
  .filter((one) => /^Đo được/.test(one.querySelector("dt").textContent))
  .filter((one) => !/Tính đến \\d+\\/\\d+\\/\\d+\\. Nguồn: \\S/.test(one.querySelector("dd").textContent))
  .map((one) => one.textContent.trim().slice(0, 80))"""
OVER_LINES = """() => {
  const style = getComputedStyle(document.documentElement);
  const inks = ["grey", "info", "teal", "lotus"].map((name) => style.getPropertyValue(`--ct-${name}`).trim());
  const svg = document.querySelector(".chart svg");
  const figures = Array.from(svg.querySelectorAll("text")).filter((one) => inks.includes(one.getAttribute("fill")));
  const lines = Array.from(svg.querySelectorAll("path"))
    .filter((one) => one.getAttribute("fill") === "none" && inks.includes(one.getAttribute("stroke")));
  const boxes = figures.map((one) => one.getBoundingClientRect());
  const here = svg.getBoundingClientRect();
  const inside = (box, x, y) => x > box.left && x < box.right && y > box.top + 3 && y < box.bottom - 3;
  const bad = [];
  for (const line of lines) {
    for (let at = 0; at <= line.getTotalLength(); at += 1) {
      const point = line.getPointAtLength(at);
      const told = new DOMPoint(point.x, point.y).matrixTransform(line.getScreenCTM());
      boxes.forEach((box, n) => inside(box, told.x, told.y) && bad.push(`${figures[n].textContent} lies on a line`));
    }
  }
  boxes.forEach((a, n) => boxes.slice(n + 1).forEach((b, m) => {
    const meet = a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    if (meet) bad.push(`${figures[n].textContent} and ${figures[n + 1 + m].textContent} meet`);
  }));
  const isCut = (box) => box.left < here.left || box.right > here.right;
  boxes.forEach((box, n) => isCut(box) && bad.push(`${figures[n].textContent} is cut`));
  const texts = figures.map((one) => one.textContent);
  return JSON.stringify({ figures: texts, lines: lines.length, bad: [...new Set(bad)] });
}"""


@pytest.fixture
def figures(town: Town) -> Town:
    """Five years of locked figures, outlines of districts and communes, gifts of two years."""
    p = town.province
    fall(p)
    for at, key in enumerate(("kg-903", "kg-908", "kg-30847", "kg-30850")):
        outline(p, key, at / 5)
    for year, value in ((2018, 46_000_000), (2019, 767_000_000)):
        gifts.confirmed(p, day=date(year, 5, 4), received_on=date(year, 5, 4), value=value)
    return town


def read_the_chart(person: Person, *, wanted: set[str]) -> None:
    """The chart is drawn, holds these figures, and none of them lies on a line or on another."""
    person.page.wait_for_selector(".chart.is-drawn svg")
    told: dict[str, Any] = json.loads(person.page.evaluate(OVER_LINES))
    assert told["lines"] >= 1, person.page.url
    assert wanted <= set(told["figures"]), told["figures"]
    person.complaints += [f"chart at {person.page.url} ({person.size.width} px): {one}" for one in told["bad"]]


def test_the_provinces_dashboard_on_a_phone(figures: Town) -> None:
    labour = figures.person("labour", PHONE)
    labour.go("/chi-tieu/dia-ban/kg/")
    labour.arrive("Chỉ tiêu: Tỉnh Kiên Giang")
    every_target_is_large_enough(labour)
    labour.sees("9 chỉ tiêu của phong trào “")
    labour.sees("Chưa đo được: chưa nhập kết quả điều tra thu nhập")
    assert labour.page.locator(".goal-figures").count() >= 4
    assert labour.page.evaluate(UNSOURCED) == []
    labour.row("T1. ")
    labour.arrive("T1: Tỉnh Kiên Giang")
    every_target_is_large_enough(labour)
    read_the_chart(labour, wanted={"6", "4,78"})
    labour.sees("Tính đến 31/12/2019. Nguồn: Quyết định phê duyệt 2019")
    down_the_map(labour)
    labour.go("/chi-tieu/t9/kg/")
    labour.arrive("T9: Tỉnh Kiên Giang")
    read_the_chart(labour, wanted={"767", "46"})
    labour.sees("Sổ đóng góp, đã xác nhận")


def down_the_map(labour: Person) -> None:
    """From the map of districts to that of communes, with the same figures in the table beside it, to the year."""
    area = labour.page.get_by_role("link", name="Huyện Hòn Đất: 6%")
    expect(area).to_be_visible()
    cells = labour.page.locator("table.table-fig tbody tr", has_text="Huyện Hòn Đất")
    expect(cells).to_contain_text("6%")
    area.click()
    labour.arrive("T1: Huyện Hòn Đất")
    read_the_chart(labour, wanted={"6"})
    expect(labour.page.get_by_role("link", name="Xã Thổ Sơn: 6%")).to_be_visible()
    labour.page.locator("table.table-fig").get_by_role("link", name="Xã Thổ Sơn").click()
    labour.arrive("T1: Xã Thổ Sơn")
    labour.link("Số liệu năm 2019")
    labour.arrive("Số liệu năm 2019: Xã Thổ Sơn")
    every_target_is_large_enough(labour)
    labour.sees("Tính đến 31/12/2019")
    labour.sees("6% của 1.000 hộ")


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_figures_of_every_goals_chart_stand_free(figures: Town, size: Size) -> None:
    labour = figures.person("labour", size)
    for goal in ("t1", "t3", "t4", "t5", "t6", "t9"):
        for place in ("kg", "kg-903", "kg-30847"):
            labour.go(f"/chi-tieu/{goal}/{place}/")
            labour.page.wait_for_load_state("networkidle")
            if labour.page.locator(".chart").is_visible():
                read_the_chart(labour, wanted=set())
    labour.look()


def test_a_goal_without_any_figure_shows_no_empty_drawing(town: Town) -> None:
    labour = town.person("labour", PHONE)
    labour.go("/chi-tieu/t2/kg-903/")
    labour.arrive("T2: Huyện Hòn Đất")
    expect(labour.page.locator(".chart")).to_be_hidden()
    assert labour.page.locator(".chart-key").count() == 0
    labour.sees("Chưa đo được")


def test_a_commune_reads_its_households_on_a_phone(town: Town) -> None:
    p = town.province
    poor, near = households(p, 2)
    locked(p, 2019, [row(poor, POOR), row(near, NEAR)])
    commune = town.person("commune", PHONE)
    commune.go("/ho/")
    commune.arrive("Sổ hộ")
    every_target_is_large_enough(commune)
    commune.fill("Chủ hộ hoặc mã hộ", poor.code)
    with commune.page.expect_navigation():
        commune.page.keyboard.press("Enter")
    commune.look()
    commune.sees(poor.head_name)
    commune.sees_not(near.head_name)
    commune.row(poor.head_name)
    commune.arrive(f"Hộ {poor.head_name}")
    every_target_is_large_enough(commune)
    commune.sees("Hộ nghèo")
    with commune.page.expect_navigation():
        commune.link("Xem vì sao hộ thuộc loại này, và các lần rà soát")
    commune.look()
    commune.sees("Năm 2019")
    commune.go("/ho/?q=khong-co-ai")
    commune.look()
    commune.sees_not(near.head_name)
