"""A foundation abroad gives in dollars, the commune confirms on a phone, the giver reads its statement in English."""

from decimal import Decimal

import pytest

from chungtay.contributions.models import Contribution, State
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
    front.choose("Nơi nhận", "Xã Thổ Sơn")
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
