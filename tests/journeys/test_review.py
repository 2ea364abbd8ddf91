"""A commune's yearly review on a phone, the district's check, and the province's figures opened down to a household."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from chungtay.law.reviewing import Stage
from chungtay.reviews import locking
from chungtay.reviews.models import CommuneReview, Round
from tests.journeys.person import DESKTOP, PHONE
from tests.journeys.test_phone import every_target_is_large_enough
from tests.journeys.town import Town, paper
from tests.make import TODAY
from tests.reviews.doing import SEATS, bring, open_round, review_of
from tests.reviews.people import HAMLET, NEAR, OWN, POOR, households, locked, row

pytestmark = pytest.mark.browser


def test_a_commune_reviews_on_a_phone_and_the_province_reads_the_result(
    town: Town, tmp_path: Path, settings: Any
) -> None:
    p = town.province
    poor, near, found = households(p, 3)
    locked(p, 2019, [row(poor, POOR), row(near, NEAR)])
    opened = open_round(p)
    review, name = review_of(opened, p), "Xã Thổ Sơn: rà soát năm 2020"
    commune = town.person("commune", PHONE)
    commune.row(opened.title)
    commune.arrive(name)
    every_target_is_large_enough(commune)
    commune.link("Thêm hộ")
    commune.arrive("Thêm hộ vào danh sách rà soát")
    commune.fill("Chủ hộ hoặc mã hộ", found.code)
    commune.press("Tìm")
    commune.press(f"Thêm hộ {found.head_name}")
    commune.arrive(found.head_name)
    commune.go(f"/ra-soat/xa/{review.pk}/")
    commune.fill("Tổng số hộ của xã", "1.250")
    commune.fill("Tổng số nhân khẩu", "5.010")
    commune.fill("Trong đó: số hộ dân tộc thiểu số", "300")
    commune.press("Ghi tổng số")
    commune.press("Chốt danh sách")
    commune.sees("Đã chuyển sang “Chấm điểm”")
    score_three(commune)
    commune.go(f"/ra-soat/xa/{review.pk}/")
    commune.press("Chấm điểm xong")
    commune.link("Biên bản họp dân")
    commune.arrive("Họp dân")
    commune.choose("Ấp, khu phố", HAMLET)
    commune.fill("Số người dự", "30")
    commune.fill("Số người đồng ý", "28")
    commune.fill("Số người không đồng ý", "2")
    commune.page.get_by_label("Biên bản").set_input_files(paper(tmp_path, "bien-ban.pdf"))
    commune.press("Ghi biên bản")
    commune.sees("đã thống nhất")
    commune.go(f"/ra-soat/xa/{review.pk}/")
    commune.press("Ghi biên bản: thống nhất")
    commune.press("Niêm yết")
    commune.sees("Đã chuyển sang “Đang niêm yết”")
    commune.link("Khiếu nại và phúc tra")
    commune.arrive("Khiếu nại và phúc tra")
    ends = CommuneReview.objects.get(pk=review.pk).posting_ends
    assert ends is not None
    settings.WORKING_DAY = ends + timedelta(days=1)
    commune.go(f"/ra-soat/xa/{review.pk}/")
    commune.press("Gửi huyện kiểm tra")
    commune.sees("Đã chuyển sang “Đã gửi huyện”")
    district = town.person("district")
    district.row(opened.title)
    district.arrive(name)
    district.press("Kiểm tra đạt")
    district.sees("Đã chuyển sang “Huyện đã kiểm tra”")
    commune.go(f"/ra-soat/xa/{review.pk}/")
    commune.press("Ký công nhận")
    finish_and_read(town, opened, found.head_name)


def score_three(commune: Any) -> None:
    """Each household on the list, one after the other; the last one is newly poor by income."""
    commune.link("Danh sách hộ")
    commune.arrive("Danh sách hộ rà soát")
    every_target_is_large_enough(commune)
    commune.page.locator("main .row-link").first.click()
    for points in ("118", "160", "100"):
        commune.fill("Điểm B1 (tổng điểm phiếu)", points)
        commune.tick("Nguồn nước sinh hoạt")
        commune.press("Ghi, sang hộ sau")
        commune.page.wait_for_load_state("networkidle")
    commune.look()
    commune.sees("Vì sao là")


def finish_and_read(town: Town, opened: Round, name: str) -> None:
    """The other communes come in, the chairman approves, labour locks, and reads the result down to the household."""
    p = town.province
    for key in list(SEATS)[1:]:
        bring(p, review_of(opened, p, key), Stage.RECOGNISED)
    locking.approve(opened, decision="24/QĐ-UBND", by=p.seats["chair"], on=TODAY)
    labour = town.person("labour", DESKTOP)
    labour.row(opened.title)
    labour.arrive("Khóa số liệu")
    labour.press("Khóa số liệu")
    labour.arrive(opened.title)
    labour.link("Biến động hộ nghèo")
    labour.arrive("Biến động hộ nghèo")
    labour.go(f"/ra-soat/dot/{opened.pk}/bieu/ket-qua/?vung={p.places[OWN].path}")
    labour.arrive("Kết quả rà soát hộ nghèo, hộ cận nghèo")
    labour.page.locator("main dl a").first.click()
    labour.arrive("Hộ nghèo")
    labour.page.locator("main .row-link").first.click()
    labour.page.wait_for_load_state("networkidle")
    labour.look()
    labour.link("Các năm của hộ")
    labour.page.wait_for_load_state("networkidle")
    labour.look()
    labour.sees("Năm 2020")
    assert name
