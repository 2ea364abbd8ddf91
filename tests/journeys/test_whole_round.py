"""The whole round by hand, on a desktop: from a household's wish to the certificate that a stranger checks."""

import re
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import zxingcpp
from PIL import Image

from chungtay.nominations.models import Dossier
from tests.journeys.person import PHONE, Person
from tests.journeys.town import Town, paper

pytestmark = pytest.mark.browser

HOUSEHOLD = "Thạch Thị Sóc Kha"
COMMUNITY = "Cộng đồng dân cư ấp Hòa Tiến"
SUMMARY = "Vượt khó vươn lên thoát nghèo, giúp bốn hộ cùng ấp năm 2019"
REPORT = "Gia đình chuyển hai công lúa kém sang nuôi tôm, trả hết nợ vay và chỉ cách làm cho bốn hộ cùng ấp. " * 3


def wish_to_leave_poverty(commune: Person) -> None:
    """W4: a household's own wish; what is wrong is said at the field and nothing typed is lost."""
    commune.link("Hộ đăng ký thoát nghèo")
    commune.arrive("Hộ tự nguyện đăng ký thoát nghèo")
    commune.fill("Ấp, khu phố", "Ấp Hòa Tiến")
    commune.fill("Năm sinh", "19")
    commune.press("Đăng ký thoát nghèo")
    commune.arrive("Hộ tự nguyện đăng ký thoát nghèo")
    commune.faulted("Họ và tên chủ hộ", "Cần ghi tên đầy đủ.")
    commune.faulted("Năm sinh", "Năm sinh ghi bằng 4 chữ số")
    commune.holds("Ấp, khu phố", "Ấp Hòa Tiến")
    commune.fill("Họ và tên chủ hộ", HOUSEHOLD)
    commune.fill("Năm sinh", "1979")
    commune.tick("Hộ nghèo")
    commune.press("Đăng ký thoát nghèo")
    commune.arrive("Đăng ký thoát nghèo")
    commune.sees(f"Hộ “{HOUSEHOLD}” đã tự nguyện đăng ký thoát nghèo.")


def register_a_community(commune: Person) -> None:
    """W1, W4: a community goes into the register and takes up content b."""
    commune.link("Đối tượng")
    commune.arrive("Sổ đối tượng")
    commune.go("/doi-tuong/moi/")
    commune.arrive("Ghi đối tượng mới")
    commune.choose("Loại đối tượng", "Cộng đồng ấp, khu phố, khu vực")
    commune.fill("Tên đầy đủ", COMMUNITY)
    commune.fill("Ấp, khu phố", "Ấp Hòa Tiến")
    commune.press("Ghi vào sổ")
    commune.arrive(COMMUNITY)
    commune.link("Đăng ký thi đua")
    commune.arrive("Đăng ký thi đua")
    commune.page.get_by_role("radio", name=re.compile(r"^b\) ")).check()
    commune.choose("Đăng ký cho", "Năm 2020")
    commune.press("Đăng ký")
    commune.sees(f"Đã đăng ký cho “{COMMUNITY}”.")
    commune.look()


def open_a_nomination(commune: Person) -> str:
    """Open the household's dossier; the page says at once what is missing. Its key."""
    commune.link("Việc chờ tôi")
    commune.arrive("Việc chờ tôi")
    commune.link("Lập hồ sơ")
    commune.arrive("Lập hồ sơ: khen ai?")
    commune.fill("Tên hộ, người, tập thể", "thach soc kha")
    commune.press("Tìm")
    commune.arrive("Lập hồ sơ: khen ai?")
    commune.row(HOUSEHOLD)
    commune.arrive(f"Đề nghị khen {HOUSEHOLD}")
    commune.press("Lập hồ sơ")
    commune.sees("Chọn một hình thức khen.")
    commune.look()
    commune.page.get_by_role("radio", name=re.compile(r"Bằng khen của Chủ tịch.*hằng năm 2020, a\)")).check()
    commune.press("Lập hồ sơ")
    commune.arrive(f"Soạn hồ sơ: {HOUSEHOLD}")
    commune.sees("Còn thiếu")
    return urlsplit(commune.page.url).path.split("/")[2]


def write_the_dossier(commune: Person, tmp_path: Path) -> None:
    """Type, be corrected, type again, upload."""
    commune.fill("Thành tích từ ngày", "32/13/2018")
    commune.fill("Đến ngày", "20/10/2020")
    commune.fill("Tóm tắt thành tích", SUMMARY)
    commune.fill("Báo cáo thành tích", REPORT.strip())
    commune.fill("Việc đã làm và kết quả", "Chỉ cách nuôi tôm cho bốn hộ cùng ấp")
    commune.press("Lưu")
    commune.arrive(f"Soạn hồ sơ: {HOUSEHOLD}")
    commune.faulted("Thành tích từ ngày", "Không có tháng 13")
    commune.holds("Thành tích từ ngày", "32/13/2018")
    commune.holds("Tóm tắt thành tích", SUMMARY)
    commune.fill("Thành tích từ ngày", "1/1/2018")
    commune.press("Lưu")
    commune.arrive(f"Soạn hồ sơ: {HOUSEHOLD}")
    commune.sees("Đã lưu.")
    commune.press("Tải lên")
    commune.look()
    for kind, file in (("Tờ trình", "to-trinh.pdf"), ("Biên bản", "bien-ban.pdf")):
        option = commune.page.get_by_label("Đây là").locator("option", has_text=kind).first.inner_text()
        commune.upload(option, f"{kind} số 15", paper(tmp_path, file))
        commune.arrive(f"Soạn hồ sơ: {HOUSEHOLD}")
    commune.sees("Đã đủ.")


def submit(commune: Person, key: str, name: str = HOUSEHOLD) -> None:
    commune.go(f"/ho-so/{key}/")
    commune.arrive(name)
    commune.press("Nộp hồ sơ")
    commune.arrive(name)
    commune.sees("Đã nộp hồ sơ.")


def recall(commune: Person) -> None:
    commune.press("Lấy lại")
    commune.arrive(HOUSEHOLD)
    commune.sees("Đã lấy lại hồ sơ.")


def send_back(office: Person) -> None:
    """The one-stop desk opens the dossier and writes its note at the very field."""
    office.row(HOUSEHOLD)
    office.arrive(HOUSEHOLD)
    office.press("Mở hồ sơ")
    office.arrive(HOUSEHOLD)
    office.link("Trả lại để bổ sung")
    office.arrive("Trả lại để bổ sung")
    office.press("Trả lại hồ sơ")
    office.arrive("Trả lại để bổ sung")
    office.sees("Chưa gửi được: cần sửa những chỗ sau")
    office.fill("Tóm tắt thành tích", "Ghi rõ đến năm nào thì thoát nghèo.")
    office.press("Trả lại hồ sơ")
    office.arrive("Việc chờ tôi")


def answer(commune: Person, key: str) -> None:
    """The commune finds the note at the field, answers and hands in again."""
    commune.link("Việc chờ tôi")
    commune.row(HOUSEHOLD)
    commune.arrive(HOUSEHOLD)
    commune.sees("Ghi rõ đến năm nào thì thoát nghèo.")
    commune.link("Soạn hồ sơ")
    commune.arrive(f"Soạn hồ sơ: {HOUSEHOLD}")
    told = commune.labelled("Tóm tắt thành tích").get_attribute("aria-describedby") or ""
    notes = [commune.page.locator(f"[id='{one}']").inner_text() for one in told.split()]
    assert any("Ghi rõ đến năm nào" in note for note in notes)
    commune.fill("Tóm tắt thành tích", f"{SUMMARY}, thoát nghèo cuối năm 2019")
    commune.press("Lưu và xem hồ sơ")
    commune.arrive(HOUSEHOLD)
    commune.press("Nộp hồ sơ")
    commune.arrive(HOUSEHOLD)


def receive(office: Person, name: str = HOUSEHOLD) -> str:
    """A code and a promised day. The code."""
    office.link("Việc chờ tôi")
    office.row(name)
    office.press("Mở hồ sơ")
    office.arrive(name)
    office.press("Tiếp nhận")
    office.arrive(name)
    office.sees("Đã tiếp nhận, mã HS-2020-")
    return office.page.locator(".page-lead .code").inner_text()


def look_up(guest: Person, code: str) -> None:
    """Anybody with the code sees where the dossier is, and no name."""
    guest.go("/")
    guest.look()
    guest.go("/cong-khai/ho-so/")
    guest.arrive("Tra cứu hồ sơ")
    guest.fill("Mã hồ sơ", "HS-2020-9999")
    guest.press("Tra cứu hồ sơ")
    guest.arrive("Tra cứu hồ sơ")
    guest.sees("Không có hồ sơ mang mã")
    guest.fill("Mã hồ sơ", code.lower().replace("-", " "))
    guest.press("Tra cứu hồ sơ")
    guest.arrive("Tra cứu hồ sơ")
    guest.sees("Đã tiếp nhận")
    guest.sees_not(HOUSEHOLD)


def appraise(board: Person, name: str = HOUSEHOLD) -> None:
    """Nothing is handed on before each judged criterion is answered with a reason."""
    board.row(name)
    board.arrive(name)
    board.link("Thẩm định")
    board.arrive(f"Thẩm định: {name}")
    board.press("Đạt, chuyển Hội đồng")
    board.arrive(f"Thẩm định: {name}")
    board.sees("Chưa gửi được: cần sửa những chỗ sau")
    board.faulted("Ý kiến thẩm định chung", "cần ít nhất")
    assert board.page.locator("fieldset.has-error").count() == board.page.locator("fieldset", has_text="Đạt").count()
    for radio in board.page.get_by_role("radio", name="Đạt", exact=True).all():
        radio.check()
    for reason in board.page.get_by_label(re.compile("^Lý do, căn cứ")).all():
        reason.fill("Đã đối chiếu với xã và ấp.")
    board.fill("Ý kiến thẩm định chung", "Đủ tiêu chuẩn, đề nghị tặng Bằng khen.")
    board.press("Đạt, chuyển Hội đồng")
    board.arrive("Việc chờ tôi")
    board.sees("Đã thẩm định và chuyển Hội đồng.")


def prepare_the_meeting(secretary: Person, name: str = HOUSEHOLD) -> None:
    secretary.link("Hội đồng")
    secretary.arrive("Phiên họp Hội đồng")
    secretary.link("Lập phiên họp")
    secretary.arrive("Lập phiên họp")
    secretary.fill("Nội dung phiên họp", "Về việc xét, đề nghị khen thưởng đợt 1 năm 2020")
    secretary.fill("Ngày họp", "20 tháng 10")
    secretary.fill("Địa điểm", "Phòng họp số 2")
    secretary.press("Lập phiên họp")
    secretary.arrive("Lập phiên họp")
    secretary.faulted("Ngày họp", "Ghi ngày theo dạng ngày/tháng/năm")
    secretary.holds("Địa điểm", "Phòng họp số 2")
    secretary.fill("Ngày họp", "20/10/2020")
    secretary.press("Lập phiên họp")
    secretary.arrive("Đưa hồ sơ vào chương trình")
    secretary.page.get_by_role("checkbox", name=f"Chọn {name}").check()
    secretary.press("Đưa vào chương trình")
    secretary.arrive("Về việc xét, đề nghị khen thưởng đợt 1 năm 2020")


def begin_the_meeting(secretary: Person, name: str = HOUSEHOLD) -> None:
    secretary.link("Khai mạc")
    secretary.arrive("Khai mạc phiên họp")
    secretary.fill("Bắt đầu lúc", "8h05")
    secretary.press("Khai mạc")
    secretary.arrive("Điểm danh")
    secretary.link("Điền sẵn: tất cả có mặt")
    secretary.arrive("Điểm danh")
    secretary.press("Ghi điểm danh")
    secretary.arrive("Về việc xét, đề nghị khen thưởng đợt 1 năm 2020")
    secretary.row(name)
    secretary.arrive(name)
    secretary.press("Mở biểu quyết")
    secretary.arrive(name)
    secretary.sees("0/3 đã biểu quyết")


def vote_on_the_phone(member: Person, name: str = HOUSEHOLD) -> None:
    member.sees("Đang chờ bạn biểu quyết")
    member.row(name)
    member.arrive("Về việc xét, đề nghị khen thưởng đợt 1 năm 2020")
    member.press("Đồng ý")
    member.arrive("Về việc xét, đề nghị khen thưởng đợt 1 năm 2020")
    member.sees("Đã ghi biểu quyết của bạn: Đồng ý.")


def conclude(secretary: Person, name: str = HOUSEHOLD) -> None:
    """The open page saw the phone's vote by itself; the secretary writes down the other hands and closes."""
    secretary.sees("1/3 đã biểu quyết")
    secretary.link("Ghi biểu quyết giơ tay")
    secretary.arrive("Ghi biểu quyết giơ tay")
    secretary.link("Điền sẵn: người có mặt đều đồng ý")
    secretary.arrive("Ghi biểu quyết giơ tay")
    secretary.press("Ghi biểu quyết")
    secretary.arrive(name)
    secretary.link("Chốt kết quả")
    secretary.arrive("Chốt kết quả")
    secretary.press("Chốt kết quả")
    secretary.arrive(name)
    secretary.sees("Hội đồng đề nghị khen")
    secretary.link("Về việc xét, đề nghị khen thưởng đợt 1 năm 2020")
    secretary.arrive("Về việc xét, đề nghị khen thưởng đợt 1 năm 2020")
    secretary.link("Kết thúc phiên họp")
    secretary.arrive("Kết thúc phiên họp")
    secretary.fill("Kết thúc lúc", "11h30")
    secretary.press("Kết thúc và lập biên bản")
    secretary.arrive("Về việc xét, đề nghị khen thưởng đợt 1 năm 2020")
    secretary.sees("Đã kết thúc")


def draft(board: Person) -> str:
    """The Board drafts the decision. Its address."""
    board.link("Quyết định")
    board.arrive("Quyết định khen thưởng")
    board.link("Lập dự thảo quyết định")
    board.arrive("Lập dự thảo quyết định")
    board.press("Lập dự thảo")
    board.arrive("Về việc tặng Bằng khen")
    board.sees("Chờ Chủ tịch UBND tỉnh ký")
    return urlsplit(board.page.url).path


def sign(chair: Person, address: str) -> None:
    """Every assumed value is accepted by name, or nothing is signed."""
    chair.go(address)
    chair.arrive("Về việc tặng Bằng khen")
    chair.press("Ký và cấp số")
    chair.arrive("Về việc tặng Bằng khen")
    chair.sees("Chưa xác nhận giá trị tạm dùng")
    for box in chair.page.get_by_label(re.compile("^Tôi biết và chấp nhận")).all():
        box.check()
    chair.press("Ký và cấp số")
    chair.arrive("Về việc tặng Bằng khen")
    chair.sees("Đã ký Quyết định")


def check_the_papers(chair: Person, folder: Path) -> str:
    """Both PDFs come down whole. What the QR code on the certificate says."""
    chair.page.reload()
    chair.arrive("Về việc tặng Bằng khen")
    decision = chair.download("Quyết định (PDF)", folder)
    word = chair.download("Quyết định (Word)", folder)
    certificates = chair.download("Bằng khen (PDF)", folder)
    assert decision.read_bytes().startswith(b"%PDF-")
    assert word.read_bytes().startswith(b"PK")
    said = subprocess.run(["pdftotext", str(decision), "-"], capture_output=True, text=True, check=True).stdout
    assert set(HOUSEHOLD.split()) <= set(said.split())
    assert "Danh sách gồm 1 trường hợp" in said
    subprocess.run(["pdftoppm", "-r", "200", "-png", str(certificates), str(folder / "bang")], check=True)
    (page,) = sorted(folder.glob("bang*.png"))
    codes = {found.text for found in zxingcpp.read_barcodes(Image.open(page))}
    assert len(codes) == 1
    return codes.pop()


def check_the_certificate(guest: Person, code: str) -> None:
    """A stranger reads the QR code, and compares the name on the paper in hand."""
    assert code.startswith(f"{guest.address}/cong-khai/bang-khen/")
    guest.go(urlsplit(code).path)
    guest.arrive("Kiểm tra bằng khen")
    guest.sees("Bằng thật, đang có hiệu lực")
    guest.fill("Tên ghi trên bằng", HOUSEHOLD.upper())
    guest.press("Đối chiếu tên")
    guest.arrive("Kiểm tra bằng khen")
    guest.sees("Tên vừa gõ đúng là tên ghi trên bằng.")
    guest.go(urlsplit(code).path[:-3] + "aaa")
    guest.look()
    guest.sees_not("Bằng thật")


STORY = (
    "Đã lập hồ sơ", "Đã sửa hồ sơ", "Đã thêm giấy tờ", "Đã nộp hồ sơ", "Đã lấy lại hồ sơ khi chưa ai mở",
    "Đã mở hồ sơ để kiểm tra", "Đã trả lại hồ sơ để bổ sung", "Đã tiếp nhận hồ sơ, cấp mã và ngày hẹn",
    "Đã nhận xét tiêu chuẩn", "Đã thẩm định và chuyển Hội đồng", "Hội đồng đã đề nghị khen thưởng",
    "Đã ký quyết định khen thưởng",
)  # fmt: skip


def read_the_story(commune: Person, key: str) -> None:
    """The timeline tells everything, in words a clerk would use."""
    commune.go(f"/ho-so/{key}/")
    commune.arrive(HOUSEHOLD)
    timeline = commune.page.locator(".timeline").inner_text()
    assert [sentence for sentence in STORY if sentence not in timeline] == []
    assert re.findall(r"\b[a-z]+_[a-z]+\b", timeline) == []


def test_a_whole_round_from_the_wish_to_the_certificate(town: Town, tmp_path: Path) -> None:
    commune, office, guest = town.person("commune"), town.person("office"), town.guest()
    wish_to_leave_poverty(commune)
    register_a_community(commune)
    key = open_a_nomination(commune)
    write_the_dossier(commune, tmp_path)
    submit(commune, key)
    recall(commune)
    submit(commune, key)
    office.go("/ban-lam-viec/")
    send_back(office)
    answer(commune, key)
    code = receive(office)
    look_up(guest, code)
    board = town.person("board")
    appraise(board)
    secretary = town.person("secretary")
    prepare_the_meeting(secretary)
    begin_the_meeting(secretary)
    vote_on_the_phone(town.person("member", PHONE))
    conclude(secretary)
    address = draft(board)
    chair = town.person("chair")
    sign(chair, address)
    town.print_everything()
    check_the_certificate(guest, check_the_papers(chair, tmp_path))
    read_the_story(commune, key)
    assert Dossier.objects.get(key=key).state == "awarded"
