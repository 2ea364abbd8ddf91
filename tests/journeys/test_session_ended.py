"""The session ends in the middle of a long form: one login later everything that was typed is there again."""

import pytest

from chungtay.contributions.models import Contribution
from tests.journeys.person import DESKTOP, PHONE, Size
from tests.journeys.town import PASSWORD, Town

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_what_was_typed_into_any_form_is_offered_again_after_the_login(town: Town, size: Size) -> None:
    p = town.province
    giver = p.party("Công ty Hải sản Kiên Cường", "enterprise", p.places["kg-30847"])
    commune = town.person("commune", size)
    commune.go(f"/dong-gop/moi/ghi/?nguoi={giver.pk}")
    commune.arrive("Ghi khoản đóng góp")
    commune.fill("Tặng gì, để làm gì", "Hai mươi phần quà Tết")
    commune.fill("Ngày tặng", "20/05/2019")
    commune.context.clear_cookies(name="sessionid")
    commune.press("Ghi")
    commune.arrive("Đăng nhập")
    commune.sees("Phiên làm việc đã hết giờ, việc vừa gửi chưa được ghi.")
    commune.fill("Tên đăng nhập", p.seats["commune"].user.username)
    commune.fill("Mật khẩu", PASSWORD)
    commune.press("Đăng nhập")
    commune.arrive("Ghi khoản đóng góp")
    commune.press("Lấy lại")
    commune.holds("Tặng gì, để làm gì", "Hai mươi phần quà Tết")
    commune.holds("Ngày tặng", "20/05/2019")
    commune.look()
    assert not Contribution.objects.exists()
