"""A request granted in the year's course beside the open round's sheet: each tells of the other, neither is changed."""

import html
from datetime import date, timedelta

import pytest

from chungtay.accounts.models import Notice
from chungtay.law.reviewing import Stage
from chungtay.reviews import beside, regular
from chungtay.reviews.models import Application, Assessment, CommuneReview
from tests.make import TODAY, Province
from tests.reviews.doing import bring, open_round, points, review_of, row_of, score
from tests.reviews.people import OUTSIDE, POOR, household, locked, row

pytestmark = pytest.mark.django_db
SCORED, DECIDED = TODAY - timedelta(days=10), TODAY


@pytest.fixture
def review(province: Province) -> CommuneReview:
    """A commune that is scoring; its one household was scored as not poor."""
    one = household(province)
    locked(province, 2019, [row(one, POOR)])
    found = bring(province, review_of(open_round(province), province), Stage.SCORING)
    score(province, found, one.pk, points(195, 0), on=SCORED)
    return found


def granted(province: Province, review: CommuneReview, scores: tuple[int, int] = POOR) -> Application:
    """The request of that household to enter, granted after its sheet was scored."""
    sheet = Assessment.objects.get(review=review)
    home, seat = sheet.household, province.seats["commune"]
    type(home).objects.filter(pk=home.pk).update(standing="outside")
    home.refresh_from_db()
    made = regular.ask(home, "enter", reason="Mất mùa", by=seat, on=DECIDED)
    return regular.grant(made, points(*scores), decision="15/QĐ-UBND", by=seat, on=DECIDED, version=made.version)


def page(province: Province, address: str) -> str:
    return html.unescape(province.client("commune").get(address).content.decode())


def test_a_sheet_that_says_otherwise_is_told_everywhere_and_is_not_changed(
    province: Province, review: CommuneReview
) -> None:
    before = Assessment.objects.filter(review=review).values().get()
    request = granted(province, review)
    assert Assessment.objects.filter(review=review).values().get() == before
    sheet, asked = f"/ra-soat/phieu/{before['id']}/", f"/ra-soat/de-nghi/{request.pk}/"
    on_sheet = page(province, sheet)
    assert "Xem lại phiếu: hộ đã được công nhận khác trong năm" in on_sheet
    assert f'href="{asked}"' in on_sheet
    on_request = page(province, asked)
    assert "Phiếu của đợt rà soát đang mở nói khác" in on_request
    assert f'href="{sheet}"' in on_request
    of_household = page(province, f"/ra-soat/ho/{before['household_id']}/")
    assert "Xem lại phiếu" in of_household
    commune = page(province, f"/ra-soat/xa/{review.pk}/")
    assert "Phiếu cần xem lại" in commune
    assert f'href="{sheet}"' in commune
    assert f'href="{asked}"' in commune


def test_the_commune_gets_a_notice_with_the_address_of_the_sheet(province: Province, review: CommuneReview) -> None:
    granted(province, review)
    notice = Notice.objects.get(link=f"/ra-soat/phieu/{Assessment.objects.get(review=review).pk}/")
    assert notice.desk == province.seats["commune"].desk
    assert "hãy xem lại phiếu" in notice.text


def test_a_sheet_scored_after_the_decision_or_on_the_same_list_is_not_to_be_looked_at_again(
    province: Province, review: CommuneReview
) -> None:
    request = granted(province, review)
    assert [one.again for one in beside.to_look_at(review)] == [True]
    sheet = Assessment.objects.get(review=review)
    score(province, review, sheet.household_id, points(195, 0), on=DECIDED + timedelta(days=1))
    assert beside.to_look_at(review) == []
    again = row_of(review, sheet.household_id)
    assert not beside.differ(again, request)
    found = beside.of_sheet(again, province.seats["commune"], DECIDED)
    assert found is not None
    assert not found.again
    told = page(province, f"/ra-soat/phieu/{sheet.pk}/")
    assert "Hộ đã được công nhận trong năm" in told
    assert "Xem lại phiếu" not in told
    assert "Phiếu cần xem lại" not in page(province, f"/ra-soat/xa/{review.pk}/")


def test_two_classes_off_the_list_do_not_contradict_each_other(province: Province, review: CommuneReview) -> None:
    sheet = Assessment.objects.get(review=review)
    request = Application(standing="above", decided_on=DECIDED)
    assert not beside.differ(sheet, request)
    request.standing = "near_poor"
    assert beside.differ(sheet, request)


def test_a_household_without_a_granted_request_tells_of_none(province: Province, review: CommuneReview) -> None:
    sheet = Assessment.objects.get(review=review)
    regular.ask(sheet.household, "leave", reason="Có việc làm", by=province.seats["commune"], on=date(2020, 10, 1))
    assert beside.of_sheet(row_of(review, sheet.household_id), province.seats["commune"], TODAY) is None
    assert "công nhận trong năm" not in page(province, f"/ra-soat/phieu/{sheet.pk}/")
    assert Notice.objects.filter(link__contains="/ra-soat/phieu/").count() == 0


def test_a_request_granted_before_the_round_before_is_not_told(province: Province) -> None:
    one = household(province)
    seat = province.seats["commune"]
    made = regular.ask(one, "enter", reason="Mất mùa", by=seat, on=date(2019, 3, 1))
    regular.grant(made, points(*POOR), decision="1/QĐ", by=seat, on=date(2019, 3, 5), version=made.version)
    locked(province, 2019, [row(one, POOR)])
    review = bring(province, review_of(open_round(province), province), Stage.SCORING)
    score(province, review, one.pk, points(*OUTSIDE), on=SCORED)
    assert beside.of_sheet(row_of(review, one), seat, TODAY) is None
    assert beside.to_look_at(review) == []
