"""Award money by hand: a fund filled up to its ceiling, a decision beyond it, payment, reversal; and the stock."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from chungtay.decisions import funding
from chungtay.decisions.models import Award, Decision, Stock
from chungtay.ledger import checking
from tests.decisions.test_sign import enterprise, group
from tests.journeys.person import DESKTOP, PHONE, Person, Size
from tests.journeys.test_keyboard import tab_to
from tests.journeys.test_phone import every_target_is_large_enough
from tests.journeys.town import Town

pytestmark = pytest.mark.browser

FUND = "Quỹ thi đua, khen thưởng tỉnh Kiên Giang"
HEADING = "Về việc tặng Bằng khen"
NAMES = ("Tập thể Khoa Nội", "Tập thể Khoa Ngoại")
COMPANY = "Công ty Biển Xanh"


def press(person: Person, name: str) -> None:
    """With the keyboard where there is one, with a finger on a phone."""
    if person.size == DESKTOP:
        tab_to(person, name)
        person.page.keyboard.press("Enter")
    else:
        person.press(name)


def tick(person: Person, name: str) -> None:
    if person.size == DESKTOP:
        tab_to(person, name)
        person.page.keyboard.press("Space")
    else:
        person.tick(name)


def looked(person: Person, heading: str) -> None:
    """The page has come, sound and large enough for a finger."""
    person.arrive(heading)
    if person.size == PHONE:
        every_target_is_large_enough(person)


def open_the_fund(board: Person) -> None:
    board.go("/quyet-dinh/quy-khen-thuong/")
    looked(board, "Quỹ thi đua, khen thưởng")
    board.sees("Chưa mở quỹ thi đua, khen thưởng")
    board.link("Mở quỹ")
    looked(board, "Mở quỹ")
    press(board, "Mở quỹ")
    board.faulted("Tên quỹ", "")
    board.look()
    board.choose("Loại quỹ", "Quỹ thi đua, khen thưởng")
    board.choose("Cơ quan giữ quỹ", "Ủy ban nhân dân tỉnh Kiên Giang")
    board.fill("Tên quỹ", FUND)
    press(board, "Mở quỹ")
    looked(board, FUND)


def allot(board: Person, budget: str, amount: str) -> None:
    """Fill the form of the year's allotment, the assumed ceiling accepted by name."""
    board.fill("Dự toán chi thường xuyên", budget)
    board.choose("Địa bàn", "Đồng bằng, thành phố trực thuộc trung ương")
    board.fill("Số tiền trích vào quỹ", amount)
    board.fill("Văn bản giao dự toán", "Quyết định số 3012/QĐ-UBND")
    if not board.labelled("Tôi biết và chấp nhận").is_checked():
        tick(board, "Tôi biết và chấp nhận")
    press(board, "Ghi trích quỹ")


def fill_the_fund(board: Person) -> None:
    """Nothing over the ceiling, nothing without the assumed value accepted."""
    board.go("/quyet-dinh/quy-khen-thuong/trich/")
    looked(board, "Trích quỹ khen thưởng")
    board.fill("Năm", "hai nghìn")
    press(board, "Ghi trích quỹ")
    board.faulted("Năm", "ghi một trong ba năm đó")
    board.holds("Năm", "hai nghìn")
    board.faulted("Số tiền trích vào quỹ", "Ghi số tiền bằng đồng")
    board.look()
    board.fill("Năm", "2020")
    board.fill("Dự toán chi thường xuyên", "100 triệu")
    board.choose("Địa bàn", "Đồng bằng, thành phố trực thuộc trung ương")
    board.fill("Số tiền trích vào quỹ", "1.000.001")
    board.fill("Văn bản giao dự toán", "Quyết định số 3012/QĐ-UBND")
    press(board, "Ghi trích quỹ")
    looked(board, "Trích quỹ khen thưởng")
    board.faulted("Số tiền trích vào quỹ", "Vượt mức trần")
    board.faulted("Tôi biết và chấp nhận", "Chưa xác nhận giá trị tạm dùng")
    allot(board, "100 triệu", "1.000.000")
    looked(board, "Quỹ thi đua, khen thưởng")
    board.sees("Đã ghi trích quỹ năm 2020.")
    board.sees("1.000.000 đ")


def fill_the_stock(board: Person) -> None:
    board.go("/quyet-dinh/kho/")
    looked(board, "Kho phôi bằng khen, biểu trưng")
    board.sees("Kho chưa có gì")
    for item, pieces in (("Phôi bằng khen", "2"), ("Biểu trưng", "5")):
        board.go("/quyet-dinh/kho/ghi/")
        looked(board, "Ghi sổ kho")
        board.fill("Số lượng", "hai")
        press(board, "Ghi sổ kho")
        board.faulted("Số lượng", "Ghi số nguyên từ 1 đến 1.000.000.")
        board.holds("Số lượng", "hai")
        board.look()
        option = board.labelled("Vật tư").locator("option", has_text=item).inner_text()
        board.choose("Vật tư", option)
        board.fill("Số lượng", pieces)
        board.fill("Diễn giải", "Phiếu nhập kho số 7")
        press(board, "Ghi sổ kho")
        looked(board, "Kho phôi bằng khen, biểu trưng")
        board.sees("Đã ghi sổ kho.")
    board.page.get_by_role("link", name=re.compile(r"Đổi mức báo.*Biểu trưng")).click()
    looked(board, "Mức báo sắp hết")
    board.fill("Báo sắp hết", "-3")
    press(board, "Ghi mức báo")
    board.faulted("Báo sắp hết", "Ghi số nguyên từ 0")
    board.look()
    board.fill("Báo sắp hết", "6")
    press(board, "Ghi mức báo")
    looked(board, "Kho phôi bằng khen, biểu trưng")
    board.sees("Sắp hết")


def draft(board: Person) -> str:
    """The draft says at once what the fund and the stock lack. Its address."""
    board.go("/quyet-dinh/")
    looked(board, "Quyết định khen thưởng")
    board.link("Lập dự thảo quyết định")
    looked(board, "Lập dự thảo quyết định")
    press(board, "Lập dự thảo")
    looked(board, HEADING)
    board.sees("Quỹ khen thưởng không đủ")
    board.sees("thiếu 4.960.000 đồng")
    board.sees("kho còn 2, quyết định này cần 3, thiếu 1")
    board.sees("Biểu trưng của UBND tỉnh: cấp xong còn 4, dưới mức báo 6")
    return urlsplit(board.page.url).path


def sign(chair: Person, address: str) -> None:
    """A decision beyond the fund is signed only by who accepts that by name."""
    chair.go(address)
    looked(chair, HEADING)
    press(chair, "Ký và cấp số")
    looked(chair, HEADING)
    chair.sees("Chưa gửi được: cần sửa những chỗ sau")
    assert not Decision.objects.filter(state=Decision.State.SIGNED).exists()
    for box in chair.page.get_by_label(re.compile("^Tôi biết và chấp nhận")).all():
        box.check()
    press(chair, "Ký và cấp số")
    looked(chair, HEADING)
    chair.sees("Đã ký Quyết định")
    chair.sees("Người ký đã biết và chấp nhận")


def pay(board: Person, address: str, folder: Path) -> None:
    """What is signed is handed over by name; money leaves the fund, when the fund has it."""
    board.go(f"{address}chi-thuong/")
    looked(board, "Chi tiền thưởng và giao nhận")
    board.sees("Chưa nhận")
    board.link("Ghi giao nhận")
    looked(board, "Ghi giao nhận")
    for name in (NAMES[0], COMPANY):
        board.page.get_by_role("checkbox", name=name).check()
    board.fill("Ngày nhận", "19/10/2020")
    press(board, "Ghi đã nhận")
    board.faulted("Ngày nhận", "Ngày nhận phải từ ngày ký 20/10/2020")
    board.look()
    board.fill("Ngày nhận", "20/10/2020")
    press(board, "Ghi đã nhận")
    board.sees("không đủ để chi")
    board.look()
    board.go("/quyet-dinh/quy-khen-thuong/trich/")
    allot(board, "100 tỷ", "20 triệu")
    looked(board, "Quỹ thi đua, khen thưởng")
    board.go(f"{address}chi-thuong/giao/")
    for name in (NAMES[0], COMPANY):
        board.page.get_by_role("checkbox", name=name).check()
    board.fill("Người nhận thay", "Lê Thị Thủy, Trưởng khoa")
    press(board, "Ghi đã nhận")
    looked(board, "Chi tiền thưởng và giao nhận")
    board.sees("Đã ghi 2 người nhận.")
    board.sees("Lê Thị Thủy, Trưởng khoa")
    assert board.download("Tải Excel", folder).read_bytes().startswith(b"PK")
    board.link("In danh sách ký nhận")
    board.sees("Ký nhận, ghi rõ họ tên")
    board.look()


def withdraw(chair: Person, award: Award) -> None:
    chair.go(f"/quyet-dinh/khen-thuong/{award.pk}/")
    looked(chair, award.name)
    chair.link("Thu hồi")
    looked(chair, "Thu hồi khen thưởng")
    press(chair, "Ký quyết định thu hồi")
    chair.sees("Chưa gửi được: cần sửa những chỗ sau")
    chair.look()
    chair.fill("Lý do thu hồi", "Thành tích kê khai là của tập thể khác.")
    press(chair, "Ký quyết định thu hồi")
    looked(chair, award.name)
    chair.sees("Đã thu hồi")


def take_back(board: Person, award: Award) -> None:
    """The money of a withdrawn award comes back as a counter-entry; the book shows both."""
    board.go(f"/quyet-dinh/khen-thuong/{award.pk}/")
    looked(board, award.name)
    board.sees("Tiền thưởng chờ thu hồi")
    press(board, "Tiền đã nộp lại")
    looked(board, award.name)
    board.sees("Đã ghi tiền thưởng được nộp lại vào quỹ.")
    board.go("/quyet-dinh/quy-khen-thuong/")
    looked(board, "Quỹ thi đua, khen thưởng")
    board.row("Sổ quỹ")
    looked(board, FUND)
    board.row("Tiền thưởng kèm hình thức")
    board.page.wait_for_url("**/but-toan/**")
    board.look()


def look_at_the_books(auditor: Person) -> None:
    """Whoever audits reads everything and writes nothing."""
    for address, heading in (
        ("/quyet-dinh/quy-khen-thuong/", "Quỹ thi đua, khen thưởng"),
        ("/quyet-dinh/kho/", "Kho phôi bằng khen, biểu trưng"),
        ("/quy/", "Sổ quỹ"),
    ):
        auditor.go(address)
        looked(auditor, heading)
        auditor.sees_not("Ghi sổ kho")
        auditor.sees_not("Trích quỹ khen thưởng")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["1280 px", "390 px"])
def test_award_money_from_the_ceiling_to_a_reversal(town: Town, tmp_path: Path, size: Size) -> None:
    p = town.province
    for name in NAMES:
        group(p, name)
    enterprise(p, COMPANY)
    board, chair = town.person("board", size), town.person("chair", size)
    open_the_fund(board)
    fill_the_fund(board)
    fill_the_stock(board)
    address = draft(board)
    sign(chair, address)
    board.go("/quyet-dinh/quy-khen-thuong/")
    looked(board, "Quỹ thi đua, khen thưởng")
    board.sees("thiếu so với cam kết")
    pay(board, address, tmp_path)
    award = Award.objects.get(name=NAMES[0])
    withdraw(chair, award)
    take_back(board, award)
    look_at_the_books(town.person("auditor", size))
    fund = funding.fund_of(p.bodies["province"])
    assert fund is not None
    standing = funding.standing(fund)
    assert (standing.balance, standing.committed) == (21_000_000, 2_980_000)
    assert {row.item: row.on_hand for row in Stock.objects.all()} == {"certificate": -1, "emblem": 4}
    assert checking.faults() == []
