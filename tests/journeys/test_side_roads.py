"""Pages beside the main road: no desk yet, a dossier taken back, a letter to the Prime Minister, folds on a phone."""

import pytest
from playwright.sync_api import expect

from chungtay.accounts.models import Desk, User
from chungtay.decisions import actions as decisions
from chungtay.nominations import actions
from tests.journeys.person import DESKTOP, PHONE, Person, Size
from tests.journeys.town import PASSWORD, Town
from tests.make import TODAY

pytestmark = pytest.mark.browser
LONG_NAME = "Bộ phận Tiếp nhận và Trả kết quả của Văn phòng Sở Nội vụ tỉnh Kiên Giang"


def folds_open(person: Person) -> int:
    return person.page.locator("details[data-fold][open]").count()


def test_the_movement_is_folded_on_a_phone_and_open_where_there_is_room(town: Town) -> None:
    phone, wide = town.guest(PHONE), town.guest()
    for person in (phone, wide):
        person.go("/cong-khai/phong-trao/")
        person.arrive("Chung tay vì người nghèo và công tác từ thiện xã hội")
    folds = wide.page.locator("details[data-fold]").count()
    assert folds > 10
    assert (folds_open(phone), folds_open(wide)) == (0, folds)
    assert phone.page.evaluate("document.documentElement.scrollHeight") < 8 * PHONE.height
    phone.sees("Hộ gia đình vượt khó vươn lên thoát nghèo")
    phone.page.locator("#noi-dung-a summary").click()
    phone.sees("tự nguyện đăng ký thoát nghèo")
    phone.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert folds_open(phone) == folds
    phone.look()


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_somebody_without_a_desk_signs_in_and_reads_whom_to_ask(town: Town, size: Size) -> None:
    User.objects.create_user(username="nguoi.moi", password=PASSWORD, full_name="Người Mới")
    newcomer = town.guest(size)
    newcomer.go("/tai-khoan/login/")
    newcomer.fill("Tên đăng nhập", "nguoi.moi")
    newcomer.fill("Mật khẩu", PASSWORD)
    newcomer.press("Đăng nhập")
    newcomer.arrive("Bạn chưa được phân công bàn làm việc")
    newcomer.sees("Người admin")


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_office_reads_that_a_dossier_was_taken_back(town: Town, size: Size) -> None:
    p = town.province
    Desk.objects.filter(pk=p.seats["office"].desk_id).update(name=LONG_NAME)
    dossier = p.submitted()
    office = town.person("office", size)
    expect(office.page.locator(".seat-now b")).to_have_text(LONG_NAME)
    office.row(dossier.party_name)
    office.arrive(dossier.party_name)
    actions.recall(dossier, by=p.seats["commune"], on=TODAY)
    office.press("Mở hồ sơ")
    office.arrive("Người khác vừa làm việc này")
    office.link("Về việc chờ tôi")
    office.arrive("Việc chờ tôi")
    office.go("/ban-lam-viec/thong-bao/")
    office.arrive("Thông báo")
    office.sees("Đơn vị đã lấy lại hồ sơ này để sửa")


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_letter_to_the_prime_minister_has_its_page(town: Town, size: Size) -> None:
    p = town.province
    party = p.party("Trạm Y tế lưu động", "collective", p.places["kg"], managing_unit=p.bodies["unit"])
    dossier = p.recommended(party, content="d", seat="unit", round=p.round("five_year"), award="pm_certificate")
    decisions.forward(body=p.bodies["province"], award=dossier.award, dossiers=[dossier], by=p.seats["chair"], on=TODAY)
    town.print_everything()
    chair = town.person("chair", size)
    chair.go("/quyet-dinh/")
    chair.arrive("Quyết định khen thưởng")
    chair.link("Tờ trình Thủ tướng")
    chair.arrive("Tờ trình Thủ tướng Chính phủ")
    chair.row("Đề nghị tặng Bằng khen của Thủ tướng Chính phủ")
    chair.arrive("Đề nghị tặng Bằng khen của Thủ tướng Chính phủ")
    chair.sees("Trạm Y tế lưu động")
    expect(chair.page.get_by_role("link", name="Tờ trình (PDF)")).to_be_visible()


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_lines_for_deeds_are_added_while_writing(town: Town, size: Size) -> None:
    commune = town.person("commune", size)
    household = town.province.household()
    commune.go(f"/ho-so/lap/{household.pk}/")
    commune.arrive(f"Đề nghị khen {household.name}")
    commune.page.get_by_role("radio").first.check()
    commune.press("Lập hồ sơ")
    commune.arrive(f"Soạn hồ sơ: {household.name}")
    commune.sees("Dữ liệu cho thấy chưa đạt")
    commune.fill("Tóm tắt thành tích", "Vượt khó vươn lên")
    deeds = commune.page.get_by_label("Việc đã làm và kết quả")
    for n in range(2):
        deeds.nth(n).fill(f"Việc thứ {n + 1}")
    commune.press("Thêm dòng")
    expect(deeds).to_have_count(4)
    commune.look()
    commune.holds("Tóm tắt thành tích", "Vượt khó vươn lên")
    for n in (2, 3):
        deeds.nth(n).fill(f"Việc thứ {n + 1}")
    commune.press("Lưu")
    expect(deeds).to_have_count(6)
    assert [deeds.nth(n).input_value() for n in range(4)] == [f"Việc thứ {n + 1}" for n in range(4)]


def test_the_board_reads_which_reason_belongs_to_which_criterion(town: Town) -> None:
    dossier = town.province.received()
    board = town.person("board", PHONE)
    board.go(f"/ho-so/{dossier.key}/tham-dinh/")
    board.arrive(f"Thẩm định: {dossier.party_name}")
    expect(board.labelled("Lý do, căn cứ (tiêu chuẩn a.2)")).to_be_visible()
    board.sees("Ít nhất 20 ký tự.")
