"""Without a mouse: Tab, Enter, J and K, with a focus that can be seen at every stop."""

from typing import Any

import pytest
from playwright.sync_api import expect

from chungtay.nominations.models import Dossier
from tests.journeys.person import Person
from tests.journeys.town import PASSWORD, Town

pytestmark = pytest.mark.browser

HERE = """() => {
  const one = document.activeElement, style = getComputedStyle(one);
  const rings = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const ring = rings(style) || rings(getComputedStyle(one, "::after"));
  const label = one.labels && one.labels.length ? one.labels[0].innerText : "";
  const name = one.getAttribute("aria-label") || label || one.innerText || "";
  const box = one.getBoundingClientRect();
  return {name: name.trim().replace(/\\s+/g, " "), ring: ring || style.boxShadow !== "none", tag: one.tagName,
          seen: box.bottom > 0 && box.top < innerHeight, says: one.outerHTML.slice(0, 100)};
}"""
MOST_STOPS = 60


def here(person: Person) -> dict[str, Any]:
    """Where the focus is; a stop that cannot be seen is a complaint."""
    found: dict[str, Any] = person.page.evaluate(HERE)
    if found["tag"] != "BODY" and not (found["ring"] and found["seen"]):
        person.page.wait_for_timeout(300)  # what slides into sight has arrived by then
        found = person.page.evaluate(HERE)
    if found["tag"] != "BODY" and not (found["ring"] and found["seen"]):
        person.complaints.append(f"no visible focus at {person.page.url}: {found['says']}")
    return found


def tab_to(person: Person, name: str) -> None:
    """Press Tab until the focus is on what begins with `name`."""
    stops = []
    for _ in range(MOST_STOPS):
        person.page.keyboard.press("Tab")
        stops.append(here(person)["name"])
        if stops[-1].startswith(name):
            return
    pytest.fail(f"{name} cannot be reached by Tab: {stops}")


def enter(person: Person, heading: str) -> None:
    person.page.keyboard.press("Enter")
    person.arrive(heading)


def keys(person: Person, *pressed: str) -> str:
    """Press them in turn. The name of what has the focus then."""
    for key in pressed:
        person.page.keyboard.press(key)
    return str(here(person)["name"])


def sign_in(town: Town, key: str) -> Person:
    """As `Town.person`, without a mouse."""
    person = Person(town.chromium, town.address, f"{town.journey}-{key}")
    town.people.append(person)
    person.go("/tai-khoan/login/")
    tab_to(person, "Tên đăng nhập")
    person.page.keyboard.type(key)
    tab_to(person, "Mật khẩu")
    person.page.keyboard.type(PASSWORD)
    enter(person, "Việc chờ tôi")
    return person


def test_the_one_stop_desk_receives_without_a_mouse(town: Town) -> None:
    p = town.province
    for name in ("Danh Thị Một", "Danh Thị Hai", "Danh Thị Ba"):
        p.submitted(p.household(name))
    office = sign_in(town, "office")
    names = [keys(office, "j"), keys(office, "j"), keys(office, "j")]
    assert sorted(names) == ["Danh Thị Ba", "Danh Thị Hai", "Danh Thị Một"]
    assert keys(office, "j") == names[2]  # the last one stays
    assert keys(office, "k") == names[1]
    enter(office, names[1])
    tab_to(office, "Mở hồ sơ")
    enter(office, names[1])
    tab_to(office, "Tiếp nhận")
    enter(office, names[1])
    office.sees("Đã tiếp nhận, mã HS-2020-0001")
    assert Dossier.objects.get(party_name=names[1]).state == "received"
    office.page.keyboard.press("/")
    assert here(office)["name"] == "Tìm hồ sơ, tên người, đơn vị"
    office.page.keyboard.type("danh thi ba")
    enter(office, "Tìm")
    assert keys(office, "Tab", "j") == "Danh Thị Ba"


def test_a_commune_registers_a_wish_without_a_mouse(town: Town) -> None:
    commune = sign_in(town, "commune")
    tab_to(commune, "Hộ đăng ký thoát nghèo")
    enter(commune, "Hộ tự nguyện đăng ký thoát nghèo")
    tab_to(commune, "Đăng ký thoát nghèo")
    enter(commune, "Hộ tự nguyện đăng ký thoát nghèo")
    summary = commune.page.locator(".error-summary")
    expect(summary).to_be_focused()
    tab_to(commune, "Họ và tên chủ hộ")
    commune.page.keyboard.press("Enter")
    expect(commune.labelled("Họ và tên chủ hộ")).to_be_focused()
    commune.page.keyboard.type("Thị Kim Sa")
    tab_to(commune, "Hộ nghèo")
    commune.page.keyboard.press("Space")
    tab_to(commune, "Đăng ký thoát nghèo")
    enter(commune, "Đăng ký thoát nghèo")
    commune.sees("Hộ “Thị Kim Sa” đã tự nguyện đăng ký thoát nghèo.")


def test_the_first_stop_of_a_page_leads_to_its_content(town: Town) -> None:
    guest = town.guest()
    guest.go("/")
    assert keys(guest, "Tab") == "Đến nội dung chính"
    guest.page.keyboard.press("Enter")
    expect(guest.page.locator("#content")).to_be_focused()
