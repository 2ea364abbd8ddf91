"""A household leaves poverty by a locked review and is found due; one that was honoured needs help; what if; a company
is proposed a second time and only what it gave since its award counts."""

import re
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from chungtay.contributions.models import Claim, Contribution
from chungtay.nominations.models import Dossier
from chungtay.parties.kinds import PartyKind
from chungtay.parties.models import Party
from chungtay.prospects import jobs
from chungtay.prospects.models import Help, Survey
from tests.journeys.person import DESKTOP, PHONE, Person, Size
from tests.journeys.test_phone import every_target_is_large_enough
from tests.journeys.test_whole_round import (
    appraise,
    begin_the_meeting,
    conclude,
    draft,
    prepare_the_meeting,
    receive,
    submit,
    vote_on_the_phone,
)
from tests.journeys.town import Town, paper
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


COMPANY = "Công ty Hải sản Kiên Cường"
AWARDED_ON, LATER = date(2020, 10, 20), date(2020, 11, 4)
CERTIFICATE = "Bằng khen của Chủ tịch"


def give(front: Person, amount: str, day: str, what: str) -> None:
    """The Front writes a gift of the company down; nothing of it counts yet."""
    front.go("/dong-gop/")
    front.link("Ghi khoản đóng góp")
    front.arrive("Ai đóng góp?")
    front.fill("Tên người, cơ quan, doanh nghiệp", "hai san kien cuong")
    front.press("Tìm")
    front.row(COMPANY)
    front.link("Ghi khoản đóng góp")
    front.arrive("Ghi khoản đóng góp")
    front.fill("Tặng gì, để làm gì", what)
    front.fill("Giá trị (đồng)", amount)
    front.fill("Chứng từ", f"Phiếu thu ngày {day}")
    front.fill("Ngày tặng", day)
    front.fill("Ngày nhận", day)
    front.choose("Nơi nhận", "Xã Thổ Sơn, Huyện Hòn Đất")
    front.press("Ghi")
    front.arrive(what)
    front.sees("bên nhận chưa xác nhận")


def register(front: Person, company: Party) -> None:
    """The company takes up content e, for the years that are asked about."""
    for years in ("Năm 2020", "Cả giai đoạn"):
        front.go(f"/doi-tuong/{company.pk}/")
        front.arrive(COMPANY)
        front.link("Đăng ký thi đua")
        front.arrive("Đăng ký thi đua")
        front.page.get_by_role("radio", name=re.compile(r"^e\) ")).check()
        option = front.labelled("Đăng ký cho").locator("option", has_text=years).first.inner_text()
        front.choose("Đăng ký cho", option)
        front.press("Đăng ký")
        front.sees(f"Đã đăng ký cho “{COMPANY}”.")


def confirm(commune: Person, what: str) -> None:
    """The commune that received it says so: from now on it counts."""
    gift = Contribution.objects.get(purpose=what)
    commune.go(f"/dong-gop/{gift.pk}/")
    commune.arrive(what)
    commune.press("Xác nhận đã nhận")
    commune.press("Xác nhận")
    commune.sees("Khoản này từ nay được tính")


def propose(front: Person, occasion: str, summary: str, since: str, until: str, folder: Path) -> str:
    """From the register to the desk that receives. The key of the dossier."""
    front.go("/ho-so/lap/")
    front.fill("Tên hộ, người, tập thể", "hai san kien cuong")
    front.press("Tìm")
    front.arrive("Lập hồ sơ: khen ai?")
    front.row(COMPANY)
    front.arrive(f"Đề nghị khen {COMPANY}")
    front.page.get_by_role("radio", name=re.compile(rf"^{CERTIFICATE}.*{occasion}")).check()
    front.press("Lập hồ sơ")
    front.arrive(f"Soạn hồ sơ: {COMPANY}")
    key = urlsplit(front.page.url).path.split("/")[2]
    front.fill("Thành tích từ ngày", since)
    front.fill("Đến ngày", until)
    front.fill("Tóm tắt thành tích", summary)
    front.fill("Báo cáo thành tích", "Công ty góp tiền xây cầu, sửa trường, tặng học bổng cho con hộ nghèo. " * 4)
    front.fill("Việc đã làm và kết quả", summary)
    front.press("Lưu")
    front.arrive(f"Soạn hồ sơ: {COMPANY}")
    for kind, file in (("Tờ trình", "to-trinh.pdf"), ("Biên bản", "bien-ban.pdf")):
        option = front.page.get_by_label("Đây là").locator("option", has_text=kind).first.inner_text()
        front.upload(option, f"{kind} số 15", paper(folder, file))
        front.arrive(f"Soạn hồ sơ: {COMPANY}")
    submit(front, key, COMPANY)
    return key


def award_by_hand(town: Town, office: Person) -> str:
    """One-stop desk, appraisal, the Council's vote, draft, signature. The number of the decision as pages quote it."""
    receive(office, COMPANY)
    board = town.person("board")
    appraise(board, COMPANY)
    secretary = town.person("secretary")
    prepare_the_meeting(secretary, COMPANY)
    begin_the_meeting(secretary, COMPANY)
    vote_on_the_phone(town.person("member", PHONE), COMPANY)
    conclude(secretary, COMPANY)
    address = draft(board)
    chair = town.person("chair")
    chair.go(address)
    chair.arrive("Về việc tặng Bằng khen")
    for box in chair.page.get_by_label(re.compile("^Tôi biết và chấp nhận")).all():
        box.check()
    chair.press("Ký và cấp số")
    chair.arrive("Về việc tặng Bằng khen")
    chair.sees("Đã ký Quyết định")
    return "01/QĐ-UBND"


def gifts_line(person: Person) -> str:
    """The words of the page about the gifts that count, opened if they are folded."""
    line = person.page.locator(".criterion", has_text="Mức đóng góp bằng tiền, hiện vật").first
    folded = person.page.locator("details.criteria-later:not([open])", has=line)
    if folded.count():
        folded.locator("summary").click()
    expect(line).to_be_visible()
    return line.inner_text()


def test_a_company_proposed_a_second_time_counts_only_what_it_gave_since_its_award(
    town: Town, tmp_path: Path, settings: Any
) -> None:
    p = town.province
    company = p.party(COMPANY, PartyKind.ENTERPRISE, p.places["kg"], managing_unit=p.bodies["front"])
    front, commune, office = town.person("front"), town.person("commune", PHONE), town.person("office")
    register(front, company)
    give(front, "250 triệu", "15/09/2020", "Cầu Kênh 5")
    confirm(commune, "Cầu Kênh 5")
    key = propose(front, "hằng năm 2020", "Xây cầu Kênh 5 cho ấp nghèo", "01/01/2018", "30/09/2020", tmp_path)
    number = award_by_hand(town, office)
    assert Dossier.objects.get(key=key).state == "awarded"
    assert Claim.objects.get(released_on__isnull=True).amount == 250_000_000

    settings.WORKING_DAY = LATER
    give(front, "60 triệu", "02/11/2020", "Học bổng năm học mới")
    confirm(commune, "Học bổng năm học mới")
    second = propose(front, "tổng kết", "Học bổng cho con hộ nghèo", "01/09/2020", "04/11/2020", tmp_path)
    for person in (front, town.person("board", PHONE)):
        person.go(f"/ho-so/{second}/")
        person.arrive(COMPANY)
        told = gifts_line(person)
        assert "Chờ" in told
        assert "60.000.000 đồng" in told
        assert "200.000.000" in told
        assert "1 khoản đã tính cho lần khen trước" in told
        assert f"{number} ngày 20/10/2020" in told
        assert "140.000.000" in told
        person.look()
        person.go(f"/xet-khen/{company.pk}/?dip=five_year")
        person.arrive(f"Xét khen: {COMPANY}")
        person.sees("Còn thiếu 140.000.000")
        person.sees(f"{number} ngày 20/10/2020")
        person.sees("1 khoản đã dùng cho lần khen trước")

    give(front, "150 triệu", "03/11/2020", "Sửa trường Thổ Sơn")
    assert "140.000.000" in told_again(front, second)
    confirm(commune, "Sửa trường Thổ Sơn")
    told = told_again(front, second)
    assert told.startswith("Đạt")
    assert "210.000.000 đồng" in told
    front.go(f"/xet-khen/{company.pk}/?dip=five_year")
    front.arrive(f"Xét khen: {COMPANY}")
    front.sees("Đã tới mức.")
    front.sees("Chưa có gì ngăn, còn chờ người thẩm định")
    receive(office, COMPANY)
    appraise_over_a_warning(town.person("board", PHONE))
    assert Dossier.objects.get(key=second).state == "appraised"


def appraise_over_a_warning(board: Person) -> None:
    """The time overlaps with that of the first award: the Board says by name why it goes on, or it does not."""
    board.row(COMPANY)
    board.arrive(COMPANY)
    board.link("Thẩm định")
    board.arrive(f"Thẩm định: {COMPANY}")
    every_target_is_large_enough(board)
    board.sees("Thời gian thành tích trùng")
    for radio in board.page.get_by_role("radio", name="Đạt", exact=True).all():
        radio.check()
    for reason in board.page.get_by_label(re.compile("^Lý do, căn cứ")).all():
        reason.fill("Đã đối chiếu với xã và sổ đóng góp.")
    board.fill("Ý kiến thẩm định chung", "Đủ tiêu chuẩn, chỉ tính phần góp sau lần khen trước.")
    board.press("Đạt, chuyển Hội đồng")
    board.faulted("Vì sao vẫn xét", "Chưa có ý kiến bỏ qua")
    board.holds("Ý kiến thẩm định chung", "Đủ tiêu chuẩn, chỉ tính phần góp sau lần khen trước.")
    board.look()
    board.fill("Vì sao vẫn xét", "Phần trùng đã được tách: sổ đóng góp chỉ tính các khoản nhận từ ngày 21/10/2020.")
    board.press("Đạt, chuyển Hội đồng")
    board.arrive("Việc chờ tôi")


def told_again(person: Person, key: str) -> str:
    """What the dossier's page says of the gifts now."""
    person.go(f"/ho-so/{key}/")
    person.arrive(COMPANY)
    return gifts_line(person)
