"""Every figure of every report is the number of households that stand behind it, and adds up from communes."""

import io
import zipfile

import pytest

from chungtay.law.causes import mask as cause_mask
from chungtay.law.deprivations import mask
from chungtay.reviews.columns import BEHIND, FORMS
from chungtay.reviews.models import Assessment, Figures, Round
from tests.make import Province
from tests.reviews.people import NEAR, OUTSIDE, OWN, POOR, SERVICE, SIBLING, household, households, locked, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(province: Province) -> Round:
    """Two years with every kind of move, in two communes."""
    a, b, c, d, e, f, g, h = households(province, 8)
    other = household(province, SIBLING)
    first = locked(province, 2018, [
        row(a, POOR), row(b, POOR), row(c, NEAR), row(d, NEAR), row(e, OUTSIDE), row(f, POOR), row(other, POOR),
    ])  # fmt: skip
    lacking, causes = mask(["water", "toilet", "care"]), cause_mask(["land", "illness"])
    sibling = province.places[SIBLING].pk
    return locked(province, 2019, [
        row(a, (100, 30), lacking=lacking, causes=causes, minority=True), row(b, NEAR, persons=6), row(c, OUTSIDE),
        row(d, SERVICE, no_labour=True), row(e, POOR, merit=True), row(f, None, gone="moved_out"),
        row(f, POOR, place=sibling, came="moved_in"), row(g, NEAR, came="split", persons=2),
        row(h, OUTSIDE), row(other, (100, 30), lacking=lacking),
    ], previous=first)  # fmt: skip


def test_every_figure_with_households_behind_it_is_their_number(second: Round) -> None:
    rows = list(Figures.objects.in_force().filter(round=second).order_by("area_path"))
    counted = Assessment.objects.in_force().filter(review__round=second)
    looked = 0
    for form in FORMS.values():
        for column in form.on(second.review_on):
            if column.where is None or "persons" in column.key:
                continue
            for figures in rows:
                behind = column.households(counted.filter(area_path=figures.area_path)).count()
                assert behind == column.of([figures]), (form.key, column.key, figures.place_id)
                looked += 1
            total = column.of(rows)
            assert total == column.households(counted).count()
    assert looked > 100


def test_persons_are_those_of_the_households_behind_them(second: Round) -> None:
    rows = list(Figures.objects.in_force().filter(round=second).order_by("area_path"))
    counted = Assessment.objects.in_force().filter(review__round=second)
    column = next(one for one in FORMS["ket-qua"].columns if one.key == "poor_persons")
    assert column.of(rows) == sum(column.households(counted).order_by().values_list("persons", flat=True))


def test_a_gap_in_one_commune_leaves_the_sum_a_gap(second: Round) -> None:
    rows = list(Figures.objects.in_force().filter(round=second).order_by("area_path"))
    column = next(one for one in FORMS["dan-toc"].columns if one.key == "minority_all")
    assert column.of(rows) == 600
    rows[0].minority_all = None
    assert column.of(rows) is None


def test_who_entered_and_who_left_are_told_by_name(second: Round) -> None:
    counted = Assessment.objects.in_force().filter(review__round=second)
    entered = BEHIND["vao"].households(counted).count()
    left = BEHIND["ra"].households(counted).count()
    assert (entered, left) == (3, 2)


@pytest.mark.parametrize("form", FORMS)
def test_each_report_is_a_page_a_workbook_and_a_paper(province: Province, second: Round, form: str) -> None:
    client = province.client("labour")
    at = f"/ra-soat/dot/{second.pk}/bieu/{form}/"
    page = client.get(at)
    assert page.status_code == 200
    book = client.get(f"{at}?dang=xlsx")
    with zipfile.ZipFile(io.BytesIO(book.content)) as archive:
        assert "Hòn Đất" in archive.read("xl/worksheets/sheet1.xml").decode()
    paper = client.get(f"{at}?dang=pdf")
    assert paper.content.startswith(b"%PDF")


def test_a_district_opens_down_to_its_communes_and_a_figure_to_its_households(
    province: Province, second: Round
) -> None:
    client = province.client("labour")
    at = f"/ra-soat/dot/{second.pk}/"
    top = client.get(f"{at}bieu/ket-qua/").content.decode()
    district = province.places["kg-903"].path
    assert f'href="?vung={district}"' in top
    assert "Hòn Đất" in top
    below = client.get(f"{at}bieu/ket-qua/?vung={district}").content.decode()
    assert "Thổ Sơn" in below
    assert f"cot=ket-qua.poor&amp;vung={province.places[OWN].path}" in below
    behind = client.get(f"{at}ho/?cot=ket-qua.poor&vung={province.places[OWN].path}")
    assert behind.status_code == 200
    assert behind.content.decode().count('class="row-ct"') == 3


def test_the_chair_sees_figures_and_no_names(province: Province, second: Round) -> None:
    client = province.client("chair")
    page = client.get(f"/ra-soat/dot/{second.pk}/bieu/ket-qua/").content.decode()
    assert "/ho/?cot=" not in page
    assert client.get(f"/ra-soat/dot/{second.pk}/ho/?cot=ket-qua.poor").status_code == 404


def test_a_commune_sees_its_own_figures_only(province: Province, second: Round) -> None:
    page = province.client("commune").get(f"/ra-soat/dot/{second.pk}/bieu/ket-qua/").content.decode()
    assert "Thổ Sơn" in page
    assert "Sơn Kiên" not in page
    behind = province.client("commune_b").get(f"/ra-soat/dot/{second.pk}/ho/?cot=ket-qua.poor").content.decode()
    assert behind.count('class="row-ct"') == 2


@pytest.mark.parametrize("path", ["x", "12345x", "123", "99999", "000010000100001000010000199999"])
def test_a_path_that_is_none_is_not_found(province: Province, second: Round, path: str) -> None:
    answer = province.client("labour").get(f"/ra-soat/dot/{second.pk}/bieu/ket-qua/?vung={path}")
    assert answer.status_code == 404


def test_lists_of_names_are_printed_without_scores_and_never_too_long(
    province: Province, second: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, at = province.client("commune"), f"/ra-soat/dot/{second.pk}/ho/?cot=hien-co"
    assert client.get(f"{at}&dang=pdf").content.startswith(b"%PDF")
    with zipfile.ZipFile(io.BytesIO(client.get(f"{at}&dang=xlsx").content)) as archive:
        assert "Danh Văn" in archive.read("xl/worksheets/sheet1.xml").decode()
    assert client.get("/ra-soat/de-nghi/?dang=pdf").content.startswith(b"%PDF")
    monkeypatch.setattr("chungtay.reviews.reports.ON_PAPER", 2)
    answer = client.get(f"{at}&dang=pdf")
    assert answer.status_code == 422
    assert "hãy tải Excel" in answer.content.decode()
