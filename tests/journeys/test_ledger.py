"""The book of a fund by hand: money in, out, moved, and a wrong row taken back; wrong input stands at its field."""

import pytest

from chungtay.ledger import checking
from tests.journeys.person import DESKTOP, PHONE, Person, Size
from tests.journeys.test_money import looked, press
from tests.journeys.town import Town
from tests.ledger.make import MILLION, balance, fund, give

pytestmark = pytest.mark.browser

WORDS = "Lãi tiền gửi quý III năm 2020"


def wrong_first(person: Person, button: str, choice: str, said: str) -> None:
    """Nothing is chosen beforehand; a sum that is none and a day that is none stay as they were typed."""
    person.fill("Số tiền", "5 củ")
    person.fill("Ngày", "31/2/2020")
    press(person, button)
    person.faulted(choice, said)
    person.faulted("Số tiền", "Ghi số tiền bằng đồng")
    person.faulted("Ngày", "Không có ngày 31")
    person.faulted("Diễn giải", "Ghi diễn giải.")
    person.holds("Số tiền", "5 củ")
    person.holds("Ngày", "31/2/2020")
    person.look()
    person.fill("Số tiền", "5 triệu")
    person.fill("Ngày", "20/10/2020")
    person.fill("Diễn giải", WORDS)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["1280 px", "390 px"])
def test_the_book_of_a_fund_from_money_in_to_a_counter(town: Town, size: Size) -> None:
    book, other = fund(town.province), fund(town.province, "commune", name="Quỹ xã Thổ Sơn")
    give(town.province, book, 20 * MILLION)
    front = town.person("front", size)
    front.go(f"/quy/{book.pk}/thu/")
    looked(front, "Ghi khoản thu")
    wrong_first(front, "Ghi thu", "Nguồn thu", "Chọn nguồn thu.")
    front.choose("Nguồn thu", "Lãi tiền gửi")
    press(front, "Ghi thu")
    looked(front, book.name)
    front.go(f"/quy/{book.pk}/chi/")
    looked(front, "Ghi khoản chi")
    wrong_first(front, "Ghi chi", "Chi cho việc gì", "Chọn mục đích chi.")
    front.choose("Chi cho việc gì", "Chi khác theo quy chế quỹ")
    press(front, "Ghi chi")
    looked(front, book.name)
    front.go(f"/quy/{book.pk}/chuyen/")
    looked(front, "Chuyển sang quỹ khác")
    wrong_first(front, "Chuyển", "Chuyển sang quỹ", "Chọn quỹ nhận.")
    front.choose("Chuyển sang quỹ", other.name)
    press(front, "Chuyển")
    looked(front, book.name)
    assert (balance(book), balance(other)) == (15 * MILLION, 5 * MILLION)
    front.page.locator("main tbody a[href*='but-toan']").first.click()
    looked(front, "Bút toán")
    front.link("Đảo khoản này")
    looked(front, "Đảo một khoản ghi sai")
    front.fill("Vì sao ghi sai", "Nhầm")
    press(front, "Ghi bút toán đảo")
    front.faulted("Vì sao ghi sai", "Lý do cần ít nhất 10 ký tự.")
    front.holds("Vì sao ghi sai", "Nhầm")
    front.look()
    front.fill("Vì sao ghi sai", "Chuyển nhầm sang quỹ khác")
    press(front, "Ghi bút toán đảo")
    front.sees("Đã ghi bút toán đảo")
    front.look()
    assert (balance(book), balance(other)) == (20 * MILLION, 0)
    assert checking.faults() == []
