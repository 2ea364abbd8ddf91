"""A household leaves poverty by a locked review and is found due; one that was honoured needs help; what if."""

from datetime import date
from pathlib import Path

import pytest

from chungtay.prospects import jobs
from chungtay.prospects.models import Help, Survey
from tests.journeys.person import DESKTOP, PHONE, Person, Size
from tests.journeys.test_phone import every_target_is_large_enough
from tests.journeys.town import Town
from tests.prospects.people import home, honoured, reviewed, stands
from tests.reviews.people import OUTSIDE, POOR

pytestmark = pytest.mark.browser
NAME, AGAIN = "Danh Thị Sa Phol", "Lý Thị Khổ"
HELP = "Hội Phụ nữ xã đến thăm trong tuần này, làm thủ tục vay vốn trước 30/11."


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["1280 px", "390 px"])
def test_a_household_escapes_poverty_and_is_found_due(town: Town, size: Size) -> None:
    p = town.province
    party, kept = home(p, NAME)
    p.wish(party)
    reviewed(p, (kept, (POOR, OUTSIDE)))
    commune = town.person("commune", size)
    commune.go("/xet-khen/")
    commune.arrive("Ai đến lượt: Xã Thổ Sơn")
    commune.sees("Đã thoát nghèo và chưa tái nghèo")
    every_target_is_large_enough(commune)
    open_by_keyboard(commune)
    commune.arrive(f"Xét khen: {NAME}")
    commune.sees("Chưa có gì ngăn, còn chờ người thẩm định")
    commune.sees("Rà soát công nhận thoát nghèo ngày 06/01/2020")
    every_target_is_large_enough(commune)
    commune.fill("Ngày xét", "31/12/2018")
    commune.press("Xét theo ngày này")
    commune.page.wait_for_load_state("networkidle")
    commune.look()
    commune.sees("31/12/2018")
    commune.fill("Ngày xét", "30/02/2020")
    commune.press("Xét theo ngày này")
    commune.faulted("Ngày xét", "Không có ngày 30")
    commune.look()
    commune.fill("Ngày xét", "20/10/2020")
    commune.press("Xét theo ngày này")
    commune.link("Lập hồ sơ")
    commune.arrive(f"Đề nghị khen {NAME}")


def open_by_keyboard(person: Person) -> None:
    """The first line of the list: J goes there where there is a keyboard, Enter opens it anywhere."""
    row = person.page.locator("main .row-link").first
    if person.size == DESKTOP:
        person.page.keyboard.press("j")
    else:
        row.focus()
    assert person.page.evaluate("document.activeElement.textContent").strip() == NAME
    person.page.keyboard.press("Enter")


def test_the_board_counts_the_province_and_tries_another_level(town: Town, tmp_path: Path) -> None:
    p = town.province
    party, kept = home(p, NAME)
    p.wish(party)
    reviewed(p, (kept, (POOR, OUTSIDE)))
    board = town.person("board", DESKTOP)
    board.go("/xet-khen/")
    board.arrive("Ai đến lượt: Tỉnh Kiên Giang")
    board.sees("Đợt này chưa được tính cho cả tỉnh")
    board.press("Tính cả tỉnh")
    board.sees("Đang tính cả tỉnh")
    board.look()
    jobs.go_on.call(Survey.objects.get().pk)
    board.sees("Tính xong lúc")  # the page asks by itself
    board.look()
    assert board.download("Tải Excel", tmp_path).stat().st_size > 1000
    board.link("Huyện Hòn Đất")
    board.arrive("Ai đến lượt: Huyện Hòn Đất")
    board.link("Xã Thổ Sơn")
    board.arrive("Ai đến lượt: Xã Thổ Sơn")
    board.sees(NAME)
    board.go("/xet-khen/thu-muc/")
    board.arrive("Thử mức")
    board.fill("Hạn mức mỗi xã", "0")
    board.press("Thử")
    board.page.wait_for_load_state("networkidle")
    board.look()
    board.sees("Theo địa bàn")
    phone = town.person("secretary", PHONE)
    for address, heading in (("", "Ai đến lượt: Tỉnh Kiên Giang"), ("thu-muc/?nhom=a", "Thử mức")):
        phone.go(f"/xet-khen/{address}")
        phone.arrive(heading)
        every_target_is_large_enough(phone)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["1280 px", "390 px"])
def test_a_household_that_was_honoured_is_helped_when_it_is_poor_again(town: Town, size: Size) -> None:
    p = town.province
    party, kept = home(p, AGAIN)
    honoured(p, party, date(2020, 10, 5))
    stands(kept, "poor", date(2020, 10, 15))
    commune = town.person("commune", size)
    commune.go("/xet-khen/")
    commune.link("Sau khen")
    commune.arrive("Theo dõi sau khen")
    commune.row(AGAIN)
    commune.arrive(f"Giúp {AGAIN}")
    every_target_is_large_enough(commune)
    commune.press("Nhận giúp")
    commune.faulted("Sẽ giúp gì", "Ghi việc sẽ làm để giúp.")
    commune.look()
    commune.fill("Sẽ giúp gì", HELP)
    commune.press("Nhận giúp")
    commune.arrive("Theo dõi sau khen")
    commune.sees(HELP)
    assert Help.objects.get().text == HELP
