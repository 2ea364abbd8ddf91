"""What a household borrowed, what a unit owed, what others copied: from who writes it down to who takes it for true."""

from datetime import date
from pathlib import Path

import pytest

from chungtay.conduct import answering
from chungtay.conduct.models import Duty, Loan
from chungtay.practices.answering import model_adopted
from chungtay.practices.models import Practice
from tests.journeys.person import PHONE
from tests.journeys.town import Town, paper
from tests.make import TODAY

pytestmark = pytest.mark.browser

SINCE = date(2018, 1, 1)
STEPS = "Tổ hợp tác góp vốn mua giống, thả sò huyết dưới tán rừng, thay nhau canh nước, bán chung một mối."


def test_a_commune_records_a_loan_and_its_repayment_on_a_phone(town: Town) -> None:
    home = town.province.household("Danh Thị Sa Phol")
    commune = town.person("commune", PHONE)
    commune.go("/viec-phai-lam/von-vay/")
    commune.arrive("Vốn vay chính sách của hộ")
    commune.sees("Chưa có khoản vay nào")
    commune.link("Ghi khoản vay")
    commune.arrive("Khoản vay của hộ nào?")
    commune.fill("Tên chủ hộ", "sa phol")
    commune.press("Tìm hộ")
    commune.row("Danh Thị Sa Phol")
    commune.arrive("Ghi khoản vay")
    commune.fill("Nơi cho vay", "Ngân hàng Chính sách xã hội")
    commune.fill("Vay để làm gì", "Nuôi hai con bò sinh sản")
    commune.fill("Số tiền vay", "30 triệu")
    commune.fill("Ngày vay", "05/02/2018")
    commune.fill("Hạn trả hết", "05/02/2018")
    commune.press("Ghi vào sổ")
    commune.sees("Chưa gửi được")
    commune.faulted("Hạn trả hết", "Hạn trả phải sau ngày vay.")
    commune.holds("Vay để làm gì", "Nuôi hai con bò sinh sản")
    commune.look()
    commune.fill("Hạn trả hết", "05/02/2020")
    commune.press("Ghi vào sổ")
    commune.arrive("Khoản vay 30.000.000 đ")
    commune.sees("Quá hạn, chưa trả hết")

    commune.tick("Kiểm tra: dùng đúng mục đích")
    commune.fill("Ngày", "10/06/2018")
    commune.press("Ghi")
    commune.sees("Cần ghi ai đã kiểm tra.")
    commune.fill("Ai kiểm tra, nơi nào báo", "Tổ tiết kiệm và vay vốn ấp Hòn Me")
    commune.press("Ghi")
    commune.sees("Đã ghi diễn biến của khoản vay.")
    commune.tick("Trả gốc")
    commune.fill("Ngày", "05/02/2020")
    commune.fill("Số tiền gốc đã trả", "31 triệu")
    commune.press("Ghi")
    commune.faulted("Số tiền gốc đã trả", "Khoản vay chỉ còn 30.000.000 đồng tiền gốc.")
    commune.fill("Số tiền gốc đã trả", "30 triệu")
    commune.press("Ghi")
    commune.sees("Đã trả hết")
    commune.look()

    commune.press("Bỏ dòng ghi nhầm")
    commune.press("Bỏ dòng này")
    commune.faulted("Lý do", "Cần ghi lý do.")
    commune.look()
    commune.press("Thôi")
    assert Loan.objects.in_force().get().party == home
    known = answering.loan_used_and_repaid([home.pk], since=SINCE, until=TODAY, on=TODAY)
    assert known[home.pk].value is True


def test_a_unit_hands_in_what_it_owes_in_time_and_the_district_confirms(town: Town, tmp_path: Path) -> None:
    district = town.person("district")
    district.go("/viec-phai-lam/")
    district.arrive("Việc phải làm")
    district.page.get_by_role("link", name="Giao việc").first.click()
    district.arrive("Giao việc cho nhiều đơn vị")
    district.press("Giao việc")
    district.faulted("Tên việc", "Cần ghi tên việc.")
    district.fill("Tên việc", "Báo cáo kết quả giảm nghèo năm")
    district.fill("Hạn cuối cùng", "30/10/2020")
    district.press("Giao việc")
    district.arrive("Ai đúng hạn, ai muộn")
    district.sees("Đã giao việc cho 2 đơn vị.")

    commune = town.person("commune", PHONE)
    commune.row("Báo cáo kết quả giảm nghèo năm")
    commune.arrive("Báo cáo kết quả giảm nghèo năm")
    commune.fill("Ngày nộp", "21/10/2020")
    commune.press("Ghi đã nộp")
    commune.faulted("Số, ký hiệu văn bản", "Cần ghi số, ký hiệu văn bản.")
    commune.fill("Số, ký hiệu văn bản", "45/BC-UBND")
    commune.press("Ghi đã nộp")
    commune.faulted("Ngày nộp", "Ngày nộp 21/10/2020 ở tương lai.")
    commune.holds("Số, ký hiệu văn bản", "45/BC-UBND")
    commune.look()
    commune.fill("Ngày nộp", "20/10/2020")
    commune.page.get_by_label("Tệp minh chứng").set_input_files(paper(tmp_path, "bao-cao.pdf"))
    commune.press("Ghi đã nộp")
    commune.sees("chờ nơi nhận xác nhận")
    commune.look()

    district.go("/ban-lam-viec/")
    district.row("Ủy ban nhân dân xã Thổ Sơn: Báo cáo kết quả giảm nghèo năm")
    district.arrive("Báo cáo kết quả giảm nghèo năm")
    district.press("Xác nhận đã nhận")
    district.sees("Đã xác nhận.")
    district.look()
    commune.go(commune.page.url)
    commune.sees("Xong đúng hạn")
    party = town.province.bodies["commune"].pk
    assert Duty.objects.filter(party=party).count() == 1
    due = {"since": SINCE, "until": date(2020, 12, 31), "on": TODAY}
    assert answering.reports_on_time([party], **due)[party].value is True


def test_a_model_of_one_commune_is_checked_published_and_copied_by_another(town: Town) -> None:
    commune = town.person("commune", PHONE)
    commune.go("/mo-hinh/")
    commune.arrive("Mô hình, cách làm hay")
    commune.link("Ghi mô hình")
    commune.arrive("Mô hình của ai?")
    commune.row("Ủy ban nhân dân xã Thổ Sơn")
    commune.arrive("Ghi mô hình, cách làm hay")
    commune.fill("Tên mô hình", "Nuôi sò huyết dưới tán rừng")
    commune.fill("Làm ở đâu", "Ấp Kim Quy")
    commune.fill("Làm từ ngày", "01/03/2018")
    commune.fill("Cách làm", "Nuôi sò")
    commune.fill("Kết quả", "12 hộ tham gia, 9 hộ thoát nghèo sau hai năm")
    commune.fill("Số hộ tham gia", "12")
    commune.fill("Trong đó thoát nghèo", "19")
    commune.press("Ghi mô hình")
    commune.faulted("Cách làm", "Kể cách làm ít nhất 60 chữ cái")
    commune.faulted("Trong đó thoát nghèo", "không thể nhiều hơn số hộ tham gia")
    commune.holds("Tên mô hình", "Nuôi sò huyết dưới tán rừng")
    commune.look()
    commune.fill("Cách làm", STEPS)
    commune.fill("Trong đó thoát nghèo", "9")
    commune.press("Ghi mô hình")
    commune.arrive("Nuôi sò huyết dưới tán rừng")
    commune.sees("Mô hình được kiểm tra xong thì nơi khác mới ghi là làm theo.")

    district = town.person("district")
    district.row("Nuôi sò huyết dưới tán rừng")
    district.arrive("Nuôi sò huyết dưới tán rừng")
    district.press("Trả lại để bổ sung")
    district.faulted("Ý kiến", "Ghi rõ cần bổ sung gì.")
    district.press("Kiểm tra đạt")
    district.sees("Đã ghi: kiểm tra đạt.")
    district.press("Phổ biến")
    district.sees("Đã phổ biến.")
    district.look()

    other = town.person("commune_c", PHONE)
    other.go("/mo-hinh/?q=so+huyet")
    other.row("Nuôi sò huyết dưới tán rừng")
    other.arrive("Nuôi sò huyết dưới tán rừng")
    other.fill("Áp dụng từ ngày", "01/02/2018")
    other.fill("Kết quả áp dụng", "8 hộ tham gia, 3 hộ thoát nghèo")
    other.press("Ghi")
    other.faulted("Áp dụng từ ngày", "Mô hình bắt đầu từ ngày 01/03/2018.")
    other.holds("Kết quả áp dụng", "8 hộ tham gia, 3 hộ thoát nghèo")
    other.fill("Áp dụng từ ngày", "01/06/2019")
    other.press("Ghi")
    other.sees("đã xác nhận")
    other.look()
    commune.go("/mo-hinh/")
    commune.sees("1 nơi làm theo")
    row = Practice.objects.get()
    known = model_adopted([row.party_id], since=SINCE, until=TODAY, on=TODAY)
    assert "được 1 nơi áp dụng và xác nhận" in known[row.party_id].because
