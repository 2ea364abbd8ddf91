"""A foundation abroad gives in dollars, the commune confirms on a phone, the giver reads its statement in English.
Money for the commune's fund stands in its book from the confirmation on, and a correction takes it back."""

from datetime import date
from decimal import Decimal

import pytest

from chungtay.contributions.models import Contribution, State
from chungtay.ledger import actions as ledger
from chungtay.parties.kinds import PartyKind
from tests.journeys.person import PHONE
from tests.journeys.town import Town

pytestmark = pytest.mark.browser

FOUNDATION = "Hope Abroad Foundation"


def test_a_foundation_abroad_gives_in_dollars_and_reads_its_statement_in_english(town: Town) -> None:
    p = town.province
    p.party(FOUNDATION, PartyKind.FOREIGN_ORGANISATION, p.places["kg"], managing_unit=p.bodies["front"])
    front = town.person("front")
    front.link("Đóng góp")
    front.arrive("Đóng góp")
    front.link("Ghi khoản đóng góp")
    front.arrive("Ai đóng góp?")
    front.fill("Tên người, cơ quan, doanh nghiệp", "hope abroad")
    front.press("Tìm")
    front.row(FOUNDATION)
    front.link("Ghi khoản đóng góp")
    front.arrive("Ghi khoản đóng góp")
    front.press("Ghi")
    front.sees("Chưa gửi được")
    front.look()
    front.fill("Tặng gì, để làm gì", "Học bổng cho 40 em")
    front.fill("Chứng từ", "Giấy báo có ngày 20/05/2019")
    front.choose("Nơi nhận", "Xã Thổ Sơn, Huyện Hòn Đất")
    front.fill("Ngày tặng", "20/05/2019")
    front.fill("Ngày nhận", "20/05/2019")
    front.page.get_by_text("Ngoại tệ", exact=True).click()
    front.fill("Loại ngoại tệ", "USD")
    front.fill("Số ngoại tệ", "10.000")
    front.fill("Tỷ giá ngày đó", "23.185")
    front.fill("Nguồn tỷ giá", "Ngân hàng Nhà nước, ngày 20/05/2019")
    front.press("Ghi")
    front.arrive("Học bổng cho 40 em")
    front.sees("231.850.000 đồng (10.000 USD)")
    front.sees("bên nhận chưa xác nhận")
    front.look()
    gift = Contribution.objects.get()
    assert (gift.value, gift.rate, gift.state) == (231_850_000, Decimal(23185), State.RECEIVED)

    commune = town.person("commune", PHONE)
    commune.go("/dong-gop/")
    commune.arrive("Đóng góp")
    commune.row(FOUNDATION)
    commune.arrive("Học bổng cho 40 em")
    commune.press("Xác nhận đã nhận")
    commune.press("Xác nhận")
    commune.sees("Khoản này từ nay được tính")
    commune.look()

    front.go("/ban-lam-viec/thong-bao/")
    front.sees("đạt mức 200.000.000 đồng")
    front.go(f"/dong-gop/cua/{gift.shares.get().party_id}/")
    front.arrive(FOUNDATION)
    front.sees("Đã đạt mức 200.000.000 đồng")
    front.sees("An Giang")
    front.look()
    link = front.page.get_by_label("Đường dẫn riêng").input_value()

    donor = town.guest()
    donor.go("/dong-gop/sao-ke/" + link.partition("/dong-gop/sao-ke/")[2])
    donor.arrive("Sao kê đóng góp")
    donor.link("In English")
    donor.sees("VND 231,850,000")
    donor.sees("10,000 USD")
    donor.sees("Thổ Sơn commune")
    donor.sees("20 May 2019")
    donor.look()
    with donor.page.expect_download() as waiting:
        donor.page.get_by_role("link", name="Download the statement").click()
    assert waiting.value.suggested_filename == "sao-ke-2019-en.pdf"


def test_money_for_the_fund_of_the_commune_comes_into_its_book_by_the_confirmation(town: Town) -> None:
    p = town.province
    p.party("Công ty Biển Xanh", PartyKind.ENTERPRISE, p.places["kg"], managing_unit=p.bodies["unit"])
    fund = ledger.open_fund(
        owner=p.bodies["commune"], kind="poor", name="Quỹ xã Thổ Sơn", by=p.seats["commune"], on=date(2019, 1, 2)
    )
    clerk = town.person("commune", PHONE)
    clerk.go("/dong-gop/moi/?q=bien+xanh")
    clerk.row("Công ty Biển Xanh")
    clerk.link("Ghi khoản đóng góp")
    clerk.arrive("Ghi khoản đóng góp")
    clerk.fill("Tặng gì, để làm gì", "Ủng hộ Quỹ")
    clerk.fill("Chứng từ", "Phiếu thu số 3")
    clerk.page.get_by_text("Quỹ, đợt vận động", exact=True).first.click()
    clerk.press("Ghi")
    clerk.sees("Chọn quỹ hoặc đợt vận động.")
    clerk.sees("Cần ghi giá trị bằng đồng.")
    clerk.fill("Giá trị (đồng)", "5 triệu")
    clerk.choose("Quỹ hoặc đợt nào", fund.name)
    clerk.press("Ghi")
    clerk.arrive("Ủng hộ Quỹ")
    clerk.sees("Xác nhận xong thì tự vào sổ quỹ")
    clerk.press("Xác nhận đã nhận")
    clerk.press("Xác nhận")
    clerk.row("Thu 5.000.000 đồng")
    clerk.sees("Bên nhận xác nhận một khoản đóng góp thì sổ tự ghi khoản này")
    clerk.look()
    clerk.go(f"/quy/{fund.pk}/")
    clerk.arrive(fund.name)
    clerk.link("Xem khoản đóng góp")
    clerk.arrive("Ủng hộ Quỹ")
    clerk.link("Ghi lại")
    clerk.arrive("Đính chính khoản đóng góp")
    clerk.press("Hủy khoản này")
    clerk.fill("Vì sao hủy", "Chuyển khoản nhầm, đã trả lại")
    clerk.press("Hủy")
    clerk.sees("Đảo 5.000.000 đồng")
    clerk.look()
