"""Two people at once, or one person twice: one act, and the other sees what happened."""

import pytest
from playwright.sync_api import expect

from chungtay.nominations.models import Dossier
from chungtay.records import journal
from tests.journeys.person import DESKTOP, Person
from tests.journeys.town import PASSWORD, Town

pytestmark = pytest.mark.browser

SEND = "(name) => Array.from(document.querySelectorAll('form')).find((one) => one.innerText.trim() === name)"


def acts(dossier: Dossier, name: str) -> int:
    """How often that act stands in the journal."""
    return sum(entry.act == name for entry in journal.of(dossier))


def press_without_waiting(person: Person, button: str) -> None:
    """The finger is off the button before the server has answered."""
    person.page.evaluate(
        f"(name) => {{ const form = ({SEND})(name); setTimeout(() => form.requestSubmit(), 0); }}", button
    )


def at_page(person: Person, dossier: Dossier) -> Person:
    person.go(f"/ho-so/{dossier.key}/")
    person.arrive(dossier.party_name)
    return person


def test_the_office_opens_while_the_commune_recalls_and_one_of_them_wins(town: Town) -> None:
    dossier = town.province.submitted()
    commune, office = (at_page(town.person(who), dossier) for who in ("commune", "office"))
    for person, button in ((office, "Mở hồ sơ"), (commune, "Lấy lại")):
        press_without_waiting(person, button)
    for person in (office, commune):
        person.page.wait_for_function("() => !document.querySelector('[data-sending]')")
        person.page.wait_for_load_state("networkidle")
        person.look()
    dossier.refresh_from_db()
    assert (acts(dossier, "take_up"), acts(dossier, "recall")) in ((1, 0), (0, 1))
    assert dossier.state == ("checking" if acts(dossier, "take_up") else "draft")


def test_a_commune_that_comes_too_late_to_recall_is_told_who_opened_the_dossier(town: Town) -> None:
    dossier = town.province.submitted()
    commune, office = (at_page(town.person(who), dossier) for who in ("commune", "office"))
    office.press("Mở hồ sơ")
    office.arrive(dossier.party_name)
    commune.press("Lấy lại")
    commune.sees("Đang kiểm tra")
    commune.look()
    dossier.refresh_from_db()
    assert dossier.state == "checking"


def test_an_office_that_comes_too_late_to_open_is_told_that_the_unit_took_it_back(town: Town) -> None:
    dossier = town.province.submitted()
    commune, office = (at_page(town.person(who), dossier) for who in ("commune", "office"))
    commune.press("Lấy lại")
    commune.sees("Đã lấy lại hồ sơ.")
    office.press("Mở hồ sơ")
    office.arrive("Người khác vừa làm việc này")
    office.sees("Đơn vị trình vừa lấy lại hồ sơ này để sửa.")
    dossier.refresh_from_db()
    assert dossier.state == "draft"


def test_two_windows_of_one_dossier_lose_nothing_that_was_typed(town: Town) -> None:
    p = town.province
    dossier = p.complete(p.draft())
    first, second = town.person("commune"), town.person("commune")
    for person in (first, second):
        person.go(f"/ho-so/{dossier.key}/sua/")
        person.arrive(f"Soạn hồ sơ: {dossier.party_name}")
    first.fill("Tóm tắt thành tích", "Bản của cửa sổ thứ nhất")
    first.press("Lưu")
    first.sees("Đã lưu.")
    first.sees_not("Máy này còn giữ phần bạn đã viết mà chưa gửi.")
    second.fill("Tóm tắt thành tích", "Bản của cửa sổ thứ hai")
    second.press("Lưu")
    second.arrive(f"Soạn hồ sơ: {dossier.party_name}")
    second.sees("Người khác vừa lưu trước bạn")
    second.sees("Bản của cửa sổ thứ nhất")
    second.holds("Tóm tắt thành tích", "Bản của cửa sổ thứ hai")
    second.press("Lưu")
    second.sees("Đã lưu.")
    dossier.refresh_from_db()
    assert dossier.summary == "Bản của cửa sổ thứ hai"


def test_a_double_click_hands_in_once(town: Town) -> None:
    p = town.province
    dossier = p.complete(p.draft())
    commune = at_page(town.person("commune"), dossier)
    commune.page.get_by_role("button", name="Nộp hồ sơ").dblclick()
    commune.sees("Đã nộp hồ sơ.")
    assert acts(dossier, "submit") == 1


def test_the_same_form_sent_twice_without_script_hands_in_once(town: Town) -> None:
    p = town.province
    dossier = p.complete(p.draft())
    context = town.chromium.new_context(base_url=town.address, java_script_enabled=False, viewport=vars(DESKTOP))
    page = context.new_page()
    page.goto("/tai-khoan/login/")
    page.get_by_label("Tên đăng nhập").fill("commune")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.goto(f"/ho-so/{dossier.key}/")
    form = page.locator("form", has=page.get_by_role("button", name="Nộp hồ sơ"))
    typed = {name: form.locator(f"[name={name}]").input_value() for name in ("_key", "csrfmiddlewaretoken")}
    page.get_by_role("button", name="Nộp hồ sơ").click()
    expect(page.get_by_text("Đã nộp hồ sơ.")).to_be_visible()
    again = page.request.post(f"/ho-so/{dossier.key}/nop/", form=typed, headers={"Referer": page.url})
    assert again.ok
    assert "Việc này đã được ghi nhận từ lần bấm trước" in again.text()
    assert acts(dossier, "submit") == 1
    context.close()
