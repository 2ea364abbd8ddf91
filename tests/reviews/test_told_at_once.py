"""What pages of a review tell: people as the register has them, sources in true words, everything wrong at once."""

import html
from datetime import date
from typing import Any

import pytest
from django.test import Client

from chungtay.law.population import Move
from chungtay.law.reviewing import Stage
from chungtay.reviews import listing, locking, scoring
from chungtay.reviews.models import Assessment, CommuneReview, Complaint
from tests.make import TODAY, Province, post_form
from tests.reviews.doing import SEATS, bring, open_round, opened_with, points, review_of, row_of, score
from tests.reviews.people import OUTSIDE, POOR, household, locked, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(province: Province) -> Client:
    return province.client("commune")


def page(answer: Any) -> str:
    return html.unescape(answer.content.decode())


# --- people of the register ---


def test_an_unscored_sheet_begins_with_the_people_of_the_register_of_today(province: Province, clerk: Client) -> None:
    one = household(province)
    review = bring(province, opened_with(province, one), Stage.SCORING)
    type(one).objects.filter(pk=one.pk).update(persons=2)
    at = f"/ra-soat/phieu/{row_of(review, one).pk}/"
    told = page(clerk.get(at))
    assert 'name="persons" value="2"' in told
    score(province, review, one.pk, points(100, 20, persons=2), on=TODAY)
    type(one).objects.filter(pk=one.pk).update(persons=3)
    told = page(clerk.get(at))
    assert 'name="persons" value="2"' in told
    assert "Sổ hộ hiện ghi 3 người." in told


def test_following_the_register_takes_over_people_hamlet_and_groups_of_unscored_sheets(
    province: Province, clerk: Client
) -> None:
    one, scored, same = household(province), household(province), household(province)
    review = bring(province, opened_with(province, one, scored, same), Stage.SCORING)
    score(province, review, scored.pk, points(100, 20), on=TODAY)
    type(one).objects.filter(pk__in=[one.pk, scored.pk]).update(persons=2, hamlet="Ấp Vạn Thanh", merit=True)
    told = listing.follow_register(review, by=province.seats["commune"], on=TODAY)
    assert told == (0, 0, 1)
    new, old = row_of(review, one), row_of(review, scored)
    assert (new.persons, new.hamlet, new.merit) == (2, "Ấp Vạn Thanh", True)
    assert (old.persons, old.hamlet, old.merit) == (4, scored.hamlet, False)
    assert listing.follow_register(review, by=province.seats["commune"], on=TODAY) == (0, 0, 0)


# --- where a household comes from ---


def test_a_household_carried_as_newly_escaped_is_not_said_to_be_on_last_years_list(
    province: Province, clerk: Client
) -> None:
    listed, escaped = household(province), household(province)
    type(escaped).objects.filter(pk=escaped.pk).update(
        standing="outside", standing_since=date(2018, 12, 1), escaped_on=date(2019, 1, 6)
    )
    review = opened_with(province, listed)
    assert row_of(review, escaped).origin == "carried"
    told = page(clerk.get(f"/ra-soat/phieu/{row_of(review, escaped).pk}/"))
    assert "Hộ mới thoát nghèo trong 36 tháng, không có trong danh sách năm trước" in told
    assert "Có trong danh sách năm trước" not in told
    assert "Có trong danh sách năm trước" in page(clerk.get(f"/ra-soat/phieu/{row_of(review, listed).pk}/"))


# --- points beside an income ---


def test_points_that_were_typed_beside_an_income_are_said_not_to_be_used(province: Province, clerk: Client) -> None:
    one = household(province)
    review = bring(province, opened_with(province, one), Stage.SCORING)
    sheet = row_of(review, one)
    form = {"persons": "4", "b1": "160", "income_total": "2.800.000", "none_lacking": "on", "version": sheet.version}
    assert post_form(clerk, f"/ra-soat/phieu/{sheet.pk}/", form).status_code == 302
    told = page(clerk.get(f"/ra-soat/phieu/{sheet.pk}/"))
    assert "Vì sao là hộ nghèo về thu nhập" in told
    assert "Xếp loại theo thu nhập; không dùng điểm B1 160 đã ghi." in told
    kept = Assessment.objects.get(pk=sheet.pk).because["lines"]
    assert kept[-1].startswith("Kết luận")


def test_an_income_alone_and_points_alone_say_nothing_of_it(province: Province) -> None:
    for found in (
        points(160, 0),
        scoring.Found(persons=4, income_total=2_800_000, lacking=frozenset()),
    ):
        classified = scoring.classify("rural", found, on=date(2020, 12, 1))
        assert not [line for line in scoring.because(found, classified)["lines"] if "không dùng" in line]


# --- everything wrong at once ---


def test_a_score_sheet_says_at_once_what_cannot_be_read_and_what_cannot_be(province: Province, clerk: Client) -> None:
    one = household(province)
    review = bring(province, opened_with(province, one), Stage.SCORING)
    sheet = row_of(review, one)
    form = {"persons": "0", "b1": "-3", "b2": "35", "income_total": "abc", "version": sheet.version}
    answer = post_form(clerk, f"/ra-soat/phieu/{sheet.pk}/", form)
    told = page(answer)
    assert answer.status_code == 422
    for sentence in (
        "Ghi số nguyên từ 1 đến 60.", "Ghi số nguyên từ 0 đến 1.000", "Điểm B2 phải là bội số của 10",
        "Ghi số tiền bằng đồng",
    ):  # fmt: skip
        assert sentence in told, sentence
    assert "từ 0 đến 60" not in told
    for name, typed in form.items():
        assert name == "version" or f'value="{typed}"' in told


def test_an_income_that_cannot_be_read_does_not_ask_for_points(province: Province, clerk: Client) -> None:
    one = household(province)
    review = bring(province, opened_with(province, one), Stage.SCORING)
    sheet = row_of(review, one)
    form = {"persons": "4", "income_total": "abc", "none_lacking": "on", "version": sheet.version}
    told = page(post_form(clerk, f"/ra-soat/phieu/{sheet.pk}/", form))
    assert "Ghi số tiền bằng đồng" in told
    assert "Cần ghi điểm B1 và B2" not in told
    halved = {"persons": "x", "b1": "100", "version": sheet.version}
    told = page(post_form(clerk, f"/ra-soat/phieu/{sheet.pk}/", halved))
    assert "Cần ghi đủ cả điểm B1 và điểm B2" in told


def test_a_complaint_says_at_once_that_all_of_it_is_wrong(province: Province, clerk: Client) -> None:
    one = household(province)
    review = bring(province, opened_with(province, one), Stage.POSTED)
    at = f"/ra-soat/xa/{review.pk}/khieu-nai/"
    answer = post_form(clerk, at, {"who": " ", "text": "", "household": "30847-99999", "received_on": "31/12/2020"})
    told = page(answer)
    assert answer.status_code == 422
    for sentence in (
        "Cần ghi người khiếu nại.", "Cần ghi nội dung khiếu nại.", "Không có hộ mang mã này trong sổ hộ của xã.",
        "Ngày nhận không thể ở tương lai.",
    ):  # fmt: skip
        assert sentence in told, sentence
    unread = page(post_form(clerk, at, {"who": "", "text": "", "household": "", "received_on": "hôm qua"}))
    assert "Cần ghi người khiếu nại." in unread
    assert "Ghi ngày theo dạng" in unread
    assert not Complaint.objects.exists()


# --- classes, words and short lists ---


def test_the_list_offers_only_classes_of_the_rounds_standard(province: Province, clerk: Client) -> None:
    review = opened_with(province, household(province))
    told = page(clerk.get(f"/ra-soat/xa/{review.pk}/ho/"))
    assert 'value="income_poor"' in told
    assert 'value="poor"' not in told


def test_a_reason_that_is_missing_when_sending_back_stands_at_its_field(province: Province) -> None:
    review = bring(province, opened_with(province, household(province)), Stage.SENT)
    client = province.client("district")
    at = f"/ra-soat/xa/{review.pk}/buoc/send_back/"
    answer = post_form(client, at, {"why": " ", "version": review.version})
    told = page(answer)
    assert answer.status_code == 422
    assert "Cần ghi mục này." in told
    assert 'id="id_send_back_why"' in told
    assert "Việc tiếp theo" in told
    review.refresh_from_db()
    assert review.now is Stage.SENT
    assert post_form(client, at, {"why": "Thiếu biên bản ấp 2", "version": review.version}).status_code == 302
    assert CommuneReview.objects.get(pk=review.pk).returned_why == "Thiếu biên bản ấp 2"


def test_the_lock_page_says_in_short_how_many_communes_are_not_done(province: Province) -> None:
    one = household(province)
    review = bring(province, opened_with(province, one, scores=OUTSIDE), Stage.RECOGNISED)
    client, at = province.client("labour"), f"/ra-soat/dot/{review.round_id}/khoa/"
    told = page(client.get(at))
    assert f"{len(SEATS) - 1} xã chưa xong" in told
    assert 'href="../?giai-doan=listing"' in told
    assert "lệch" not in told
    for commune in list(SEATS)[1:]:
        bring(province, review_of(review.round, province, commune), Stage.RECOGNISED)
    assert "xã chưa xong" not in page(client.get(at))


def test_what_is_wrong_with_a_commune_that_is_done_is_told_before_the_others_are(province: Province) -> None:
    one, other = household(province), household(province, "kg-30850")
    locked(province, 2019, [row(one, POOR), row(other, POOR)])
    review = review_of(open_round(province), province)
    listing.mark_gone(row_of(review, one), Move.MOVED_OUT, by=province.seats["commune"], on=TODAY, version=1)
    CommuneReview.objects.filter(pk=review.pk).update(stage=Stage.RECOGNISED.value)
    told = [str(reason) for reason in locking.faults_so_far(review.round)]
    assert [one.code in line for line in told if "sổ hộ vẫn ghi đang ở xã" in line] == [True]
    assert not [line for line in told if other.code in line or "đầu kỳ" in line]
