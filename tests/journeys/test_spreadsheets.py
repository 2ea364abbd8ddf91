"""A commune's messy workbook, from the file to households in the register, on a desktop; a look at it on a phone."""

from pathlib import Path

import openpyxl
import pytest

from chungtay.households.models import Household
from chungtay.sheets import jobs
from chungtay.sheets.models import Row, Upload
from tests.journeys.person import PHONE, Person
from tests.journeys.town import Town

pytestmark = pytest.mark.browser

HEADS = ["TT", "Họ và tên chủ hộ", "Nam/Nữ", "Năm sinh", "Dân tộc", "Số khẩu", "Ấp", "Ghi chú"]
NAME = "danh sách ấp Hòn Me.xlsx"


def workbook(folder: Path) -> Path:
    """Titles above, a heading, twelve sound households, one without sex, one with a word for a number, a total."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "Hòn Me"
    sheet.append(["ỦY BAN NHÂN DÂN XÃ THỔ SƠN"])
    sheet.append(["DANH SÁCH HỘ DÂN ẤP HÒN ME"])
    sheet.append(HEADS)
    for n in range(12):
        sheet.append([n + 1, f"Danh Thị {'ABCDEGHIKLMN'[n]}nh", "Nữ", 1950 + n, "Khmer", 3 + n % 4, "Hòn Me", ""])
    sheet.append([13, "Thạch Sol", "Nam", 1961, "Khmer", "năm người", "Hòn Me", ""])
    sheet.append([14, "Lý Văn Út", "", 1962, "Kinh", 4, "Hòn Me", "mới về"])
    sheet.append(["", "Tổng cộng", "", "", "", 60, "", ""])
    path = folder / NAME
    made.save(path)
    return path


def works(person: Person) -> None:
    """What the worker does within seconds; the page that waits for it comes anew by itself."""
    upload = Upload.objects.get()
    assert upload.state in jobs.BUSY
    person.page.wait_for_selector("#progress")
    jobs.go_on.call(upload.pk)
    person.page.wait_for_selector("#progress", state="detached")
    person.look()


def test_a_messy_workbook_becomes_households(town: Town, tmp_path: Path) -> None:
    commune = town.person("commune")
    commune.link("Bảng tính")
    commune.arrive("Bảng tính đã gửi")
    commune.link("Danh sách hộ")
    commune.arrive("Gửi danh sách hộ")
    commune.press("Gửi và đọc thử")
    commune.sees("Chọn một tệp, hoặc dán các dòng")
    commune.look()
    commune.page.get_by_label("Tệp Excel").set_input_files(workbook(tmp_path))
    commune.press("Gửi và đọc thử")
    commune.arrive(NAME)
    works(commune)
    commune.link("Xem và xác nhận các cột")
    commune.arrive("Xác nhận các cột")
    commune.sees("12 dòng tốt, 0 dòng cần hỏi, 2 dòng sai.")
    commune.press("Xác nhận các cột")
    commune.arrive(NAME)
    commune.sees("Còn 2 dòng phải xem")
    yellow = openpyxl.load_workbook(commune.download("Tải tệp có tô vàng", tmp_path)).worksheets[0]
    assert {cell.coordinate for row in yellow.iter_rows() for cell in row if cell.comment} == {"F16", "C17"}
    commune.link("Xem các dòng chưa ổn")
    commune.arrive(f"Các dòng của {NAME}")
    commune.link("Dòng 16")
    commune.arrive("Dòng 16")
    commune.fill("Số nhân khẩu", "chưa rõ")
    commune.press("Ghi như trên")
    commune.look()
    commune.holds("Số nhân khẩu", "chưa rõ")
    commune.fill("Số nhân khẩu", "5")
    commune.press("Ghi như trên")
    commune.arrive("Dòng 17")
    commune.fill("Lý do loại dòng này", "Đã chuyển đi xã khác")
    commune.press("Loại dòng này")
    commune.arrive(NAME)
    commune.press("Duyệt và nhận 13 dòng")
    works(commune)
    commune.arrive(NAME)
    commune.sees("Đã nhận 13 dòng")
    assert Household.objects.count() == 13
    assert Row.objects.get(state="rejected").number == 17


def test_a_list_is_pasted_and_looked_at_on_a_phone(town: Town) -> None:
    phone = town.person("commune", PHONE)
    phone.go("/bang-tinh/")
    phone.arrive("Bảng tính đã gửi")
    phone.link("Danh sách hộ")
    phone.arrive("Gửi danh sách hộ")
    lines = ["\t".join(HEADS[1:7]), "Danh Sa\tNam\t1960\tKhmer\t4\tHòn Me", "Lý Út\tNam\t1962\tKinh\tnhiều\tHòn Me"]
    phone.fill("Hoặc dán từ Excel", "\n".join(lines))
    phone.press("Gửi và đọc thử")
    phone.arrive("Dán từ bảng tính")
    works(phone)
    phone.link("Xem và xác nhận các cột")
    phone.arrive("Xác nhận các cột")
    phone.press("Xác nhận các cột")
    phone.arrive("Dán từ bảng tính")
    phone.link("Xem các dòng chưa ổn")
    phone.arrive("Các dòng của Dán từ bảng tính")
    phone.link("Dòng 3")
    phone.arrive("Dòng 3")
    phone.go("/bang-tinh/")
    phone.arrive("Bảng tính đã gửi")
