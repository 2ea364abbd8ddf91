"""The review list as a workbook that is filled in and sent back as scores, and on paper."""

import io
from typing import Any

import openpyxl
import pytest

from chungtay.households.models import Household
from chungtay.law.causes import mask as cause_mask
from chungtay.law.deprivations import mask
from chungtay.law.reviewing import Stage
from chungtay.records.models import Reading
from chungtay.reviews import score_lists
from chungtay.reviews.models import Assessment, CommuneReview
from chungtay.reviews.scoring import Found
from chungtay.sheets import accepting
from tests.documents.pdf_reader import pages
from tests.make import TODAY, Province
from tests.reviews.doing import bring, opened_with, points, row_of, score
from tests.reviews.people import households
from tests.sheets import lists as books

pytestmark = [pytest.mark.django_db, pytest.mark.clause("TT 17/2016")]


@pytest.fixture
def homes(province: Province) -> list[Household]:
    found = households(province, 5)
    Household.objects.filter(pk=found[4].pk).update(hamlet="Ấp Khác")
    return found


@pytest.fixture
def review(province: Province, homes: list[Household]) -> CommuneReview:
    return bring(province, opened_with(province, *homes), Stage.SCORING)


def taken(province: Province, review: CommuneReview, query: str = "?dang=xlsx") -> Any:
    answer = province.client("commune").get(f"/ra-soat/xa/{review.pk}/ho/{query}")
    assert answer.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def heads(sheet: Any) -> dict[str, int]:
    return {cell.value: cell.column for cell in sheet[3]}


def by_code(sheet: Any) -> dict[str, int]:
    return {sheet.cell(n, 1).value: n for n in range(4, sheet.max_row + 1)}


def test_the_list_is_filled_in_and_sent_back_as_scores_as_it_is(
    province: Province, homes: list[Household], review: CommuneReview
) -> None:
    book = taken(province, review)
    sheet = book.active
    column, line = heads(sheet), by_code(sheet)
    assert set(line) == {home.code for home in homes}
    told: list[dict[str, Any]] = [
        {"b1": 118, "b2": 0}, {"b1": 130, "b2": 20, "lack_insurance": "x", "lack_water": "x"},
        {"income": 8_000_000, "b2": 0, "persons": 3}, {"b1": 100, "b2": 20, "cause_land": "x"}, {"b1": 160, "b2": 0},
    ]  # fmt: skip
    labels = {one.name: one.label for one in score_lists.columns(review.round.review_on)}
    for home, cells in zip(homes, told, strict=True):
        for name, value in cells.items():
            sheet.cell(line[home.code], column[labels[name]]).value = value
    layout = score_lists.layout(province.seats["commune"], TODAY)
    upload = books.staged(province, books.saved(book), layout)
    assert (upload.good, upload.doubtful, upload.bad) == (5, 0, 0)
    seat = province.seats["commune"]
    accepting.approve(upload, by=seat, on=TODAY)
    accepting.accept(upload, layout=layout, writer=score_lists.writer(seat, TODAY))
    found = [row_of(review, home) for home in homes]
    assert [row.standing for row in found] == ["income_poor", "near_poor", "above", "income_poor", "outside"]
    assert [row.b1 for row in found] == [118, 130, None, 100, 160]
    assert (found[1].lacking, found[3].causes) == (mask(["insurance", "water"]), cause_mask(["land"]))
    assert found[2].persons == 3


def test_what_was_scored_stands_in_the_workbook_and_reads_back_as_the_same(
    province: Province, homes: list[Household], review: CommuneReview
) -> None:
    lacking, causes = frozenset({"water", "insurance"}), frozenset({"land"})
    said = [
        points(100, 20), points(130, 20, lacking=lacking, causes=causes), points(118, 0, lacking=frozenset()),
        Found(persons=4, income_total=9_000_000, lacking=frozenset()),
        Found(persons=4, income_total=2_000_000, lacking=lacking),
    ]  # fmt: skip
    for home, found in zip(homes, said, strict=True):
        score(province, review, home.pk, found)
    layout = score_lists.layout(province.seats["commune"], TODAY)
    upload = books.staged(province, books.saved(taken(province, review)), layout)
    assert upload.bad == 0
    nothing = dict.fromkeys(layout.by_name)
    read = {row.clean["code"]: {**nothing, **row.clean} for row in books.rows(upload)}
    for home, wanted in zip(homes, said, strict=True):
        row = row_of(review, home)
        again = score_lists.found_of(read[home.code], row)
        assert (again.b1, again.b2 or 0, again.income_total, again.causes) == (
            wanted.b1, row.b2 or 0, wanted.income_total, wanted.causes,
        )  # fmt: skip
        assert again.lacking == wanted.lacking
        assert again.area == row.area


def test_the_same_filters_hold_and_who_is_gone_is_left_out_unless_asked_for(
    province: Province, homes: list[Household], review: CommuneReview
) -> None:
    Assessment.objects.filter(pk=row_of(review, homes[0]).pk).update(gone="moved_out", move="moved_out")
    every = by_code(taken(province, review).active)
    assert set(every) == {home.code for home in homes[1:]}
    assert set(by_code(taken(province, review, "?ap=Ấp Khác&dang=xlsx").active)) == {homes[4].code}
    assert set(by_code(taken(province, review, "?loai=gone&dang=xlsx").active)) == {homes[0].code}
    page = province.client("commune").get(f"/ra-soat/xa/{review.pk}/ho/?ap=Ấp Khác").content.decode()
    assert "Tải danh sách" in page
    assert "dang=xlsx" in page


def test_the_list_on_paper_has_room_for_points_and_taking_it_along_leaves_a_trace(
    province: Province, homes: list[Household], review: CommuneReview
) -> None:
    score(province, review, homes[0].pk, points(100, 20))
    answer = province.client("district").get(f"/ra-soat/xa/{review.pk}/ho/?dang=pdf")
    text = "".join("".join(page.text for page in pages(answer.content)).split())
    assert "Danhsáchhộràsoát" in text
    assert all(home.code in text for home in homes)
    assert "5hộ" in text
    assert Reading.objects.filter(noun_key=str(review.pk), desk__contains="huyện").exists()
    assert province.client("commune_b").get(f"/ra-soat/xa/{review.pk}/ho/?dang=xlsx").status_code == 404
