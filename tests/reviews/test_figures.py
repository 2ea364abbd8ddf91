"""Every figure of every report is the number of households that stand behind it, and adds up from communes."""

import io
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pytest

from chungtay.households.models import Member
from chungtay.law.causes import mask as cause_mask
from chungtay.law.deprivations import mask
from chungtay.law.ethnicity import MINORITY_ASSUMED
from chungtay.reviews import correcting, listing, peoples, reports
from chungtay.reviews.columns import BEHIND, FORMS
from chungtay.reviews.models import Application, Assessment, Figures, Round
from tests.documents.pdf_reader import pages
from tests.make import TODAY, Province
from tests.reviews.doing import open_round, points, review_of, row_of
from tests.reviews.people import BORN, NEAR, OUTSIDE, OWN, POOR, SERVICE, SIBLING, household, households, locked, row

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
        row(a, (100, 30), lacking=lacking, causes=causes, minority=True, people="Khmer"),
        row(b, NEAR, persons=6, people="Kinh"), row(c, OUTSIDE),
        row(d, SERVICE, no_labour=True, people="Hoa"), row(e, POOR, merit=True, people="Chăm"),
        row(f, None, gone="moved_out"),
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
                behind = column.households(counted.filter(area_path=figures.area_path), second).count()
                assert behind == column.of([figures]), (form.key, column.key, figures.place_id)
                looked += 1
            total = column.of(rows)
            assert total == column.households(counted, second).count()
    assert looked > 100


@pytest.mark.parametrize(
    ("group", "poor", "near"), [("kinh", 0, 1), ("khmer", 1, 0), ("hoa", 1, 0), ("other", 1, 0), ("unknown", 2, 1)]
)
def test_households_are_told_by_the_people_of_their_head(second: Round, group: str, poor: int, near: int) -> None:
    rows = list(Figures.objects.in_force().filter(round=second))
    columns = {one.key: one for one in FORMS["dan-toc"].columns}
    assert [columns[f"{on_list}.head_{group}"].of(rows) for on_list in ("poor", "near_poor")] == [poor, near]


def test_figures_from_before_peoples_were_counted_show_a_gap(second: Round) -> None:
    rows = list(Figures.objects.in_force().filter(round=second))
    rows[0].peoples = {}
    column = next(one for one in FORMS["dan-toc"].columns if one.key == "poor.head_khmer")
    assert column.of(rows) is None
    assert reports.in_words(column.of(rows)) == "–"


def test_the_register_tells_the_people_of_a_head_that_a_list_does_not(province: Province) -> None:
    khmer, unknown = households(province, 2)
    Member.objects.create(
        household=khmer, name=khmer.head_name, name_folded=khmer.head_folded, relation="head", gender="m",
        birth_year=1970, ethnicity="Khmer", since=BORN,
    )  # fmt: skip
    round = locked(province, 2019, [row(khmer, POOR), row(unknown, POOR)])
    told = dict(Assessment.objects.filter(review__round=round).values_list("household", "people"))
    assert told == {khmer.pk: "Khmer", unknown.pk: ""}
    Member.objects.update(ethnicity="Hoa")
    assert peoples.freeze(Assessment.objects.filter(review__in=list(round.communes.all()))) == 1
    assert Assessment.objects.get(household=khmer).people == "Khmer"
    carried = open_round(province)
    assert Assessment.objects.get(review__round=carried, household=khmer).people == "Hoa"


def newly_escaped(province: Province, round: Round) -> tuple[object, int]:
    """The figure of the first commune, and how many households stand behind it."""
    column = next(one for one in FORMS["ket-qua"].columns if one.key == "newly_escaped")
    path = province.places[OWN].path
    rows = Assessment.objects.in_force().filter(review__round=round, area_path=path)
    [figures] = Figures.objects.in_force().filter(round=round, area_path=path)
    return column.of([figures]), column.households(rows, round).count()


def test_the_newly_escaped_can_be_opened_in_every_year_even_after_they_fell_back(province: Province) -> None:
    stays, falls = households(province, 2)
    years = {2016: (POOR, POOR), 2017: (OUTSIDE, OUTSIDE), 2018: (OUTSIDE, POOR), 2019: (OUTSIDE, OUTSIDE)}
    previous, told = None, {}
    for year, (one, other) in years.items():
        previous = locked(province, year, [row(stays, one), row(falls, other)], previous=previous)
        told[year] = newly_escaped(province, previous)
    assert told == {2016: (0, 0), 2017: (2, 2), 2018: (1, 1), 2019: (2, 2)}
    assert newly_escaped(province, Round.objects.get(year=2017)) == (2, 2)


def test_a_correction_after_the_lock_counts_the_newly_escaped_anew(province: Province) -> None:
    one = household(province)
    first = locked(province, 2018, [row(one, POOR)])
    second = locked(province, 2019, [row(one, OUTSIDE)], previous=first)
    assert newly_escaped(province, second) == (1, 1)
    told = row_of(review_of(second, province), one)
    found = points(100, 20)
    correcting.correct(told, found, why="Nhập nhầm", by=province.seats["labour"], on=TODAY, version=told.version)
    assert newly_escaped(province, second) == (0, 0)


@pytest.mark.parametrize(("approved", "expected"), [(date(2021, 1, 6), 1), (date(2021, 1, 7), 0)])
def test_whoever_left_longer_ago_than_the_law_says_is_newly_escaped_no_more(
    province: Province, approved: date, expected: int
) -> None:
    one = household(province)
    previous = None
    for year, scores in ((2016, POOR), (2017, OUTSIDE), (2018, OUTSIDE), (2019, OUTSIDE)):
        previous = locked(province, year, [row(one, scores)], previous=previous)
    last = locked(province, 2020, [row(one, OUTSIDE)], previous=previous, approved_on=approved)
    assert newly_escaped(province, last) == (expected, expected)


def test_a_request_granted_within_the_months_makes_newly_escaped_too(province: Province) -> None:
    one = household(province)
    first = locked(province, 2018, [row(one, POOR)])
    Application.objects.create(
        household=one, area_path=one.area_path, kind="leave", reason="Có việc làm", received_on=date(2019, 3, 1),
        due_on=date(2019, 3, 12), due_source="TT 14/2018", state="granted", decided_on=date(2019, 3, 8),
        before="income_poor", standing="outside", move="escaped_above",
    )  # fmt: skip
    second = locked(province, 2019, [row(one, OUTSIDE)], previous=first)
    third = locked(province, 2020, [row(one, OUTSIDE)], previous=second)
    fourth = locked(province, 2021, [row(one, OUTSIDE)], previous=third)
    fifth = locked(province, 2022, [row(one, OUTSIDE)], previous=fourth, review_on=date(2022, 1, 1))
    found = [newly_escaped(province, one) for one in (first, second, third, fourth, fifth)]
    assert found == [(0, 0), (1, 1), (1, 1), (1, 1), (0, 0)]


def test_persons_are_those_of_the_households_behind_them(second: Round) -> None:
    rows = list(Figures.objects.in_force().filter(round=second).order_by("area_path"))
    counted = Assessment.objects.in_force().filter(review__round=second)
    column = next(one for one in FORMS["ket-qua"].columns if one.key == "poor_persons")
    assert column.of(rows) == sum(column.households(counted, second).order_by().values_list("persons", flat=True))


def test_a_gap_in_one_commune_leaves_the_sum_a_gap(second: Round) -> None:
    rows = list(Figures.objects.in_force().filter(round=second).order_by("area_path"))
    column = next(one for one in FORMS["dan-toc"].columns if one.key == "minority_all")
    assert column.of(rows) == 600
    rows[0].minority_all = None
    assert column.of(rows) is None


def test_who_entered_and_who_left_are_told_by_name(second: Round) -> None:
    counted = Assessment.objects.in_force().filter(review__round=second)
    entered = BEHIND["vao"].households(counted, second).count()
    left = BEHIND["ra"].households(counted, second).count()
    assert (entered, left) == (3, 2)


def sheet_of(answer: Any) -> Any:
    return openpyxl.load_workbook(io.BytesIO(answer.content)).active


def test_a_workbook_says_of_what_day_it_is_and_where_it_comes_from(province: Province, second: Round) -> None:
    at = f"/ra-soat/dot/{second.pk}/bieu/"
    book = sheet_of(province.client("labour").get(f"{at}ket-qua/?dang=xlsx"))
    assert [book.cell(n, 1).value for n in range(1, 5)] == [
        "Kết quả rà soát hộ nghèo, hộ cận nghèo - Rà soát hộ nghèo, hộ cận nghèo năm 2019, Tỉnh Kiên Giang",
        "Tính đến ngày 01/12/2019.",
        "Nguồn: Quyết định 24/QĐ-UBND năm 2020",
        "Đơn vị",
    ]
    assert (book.freeze_panes, book.auto_filter.ref.split(":")[0]) == ("A5", "A4")
    behind = sheet_of(province.client("labour").get(f"/ra-soat/dot/{second.pk}/ho/?cot=ket-qua.poor&dang=xlsx"))
    assert behind["A2"].value == "Tính đến ngày 01/12/2019."
    assert [behind[at].value for at in ("A4", "A5")] == ["Danh sách có 5 hộ.", "Mã hộ"]


def test_before_the_lock_a_workbook_says_so_and_a_commune_without_totals_is_a_gap(province: Province) -> None:
    opened = open_round(province)
    client, at = province.client("commune"), f"/ra-soat/dot/{opened.pk}/bieu/ket-qua/"
    book = sheet_of(client.get(f"{at}?dang=xlsx"))
    assert book["A2"].value == "Chưa khóa. Số liệu tạm tính đến ngày 20/10/2020; chưa chấm điểm xong."
    assert book["A3"].value == "Nguồn: phiếu rà soát của các xã trong đợt"
    assert book["A4"].value == "Dấu “–”: chưa có số liệu."
    titles = [cell.value for cell in book[5]]
    told = dict(zip(titles, [cell.value for cell in book[6]], strict=True))
    assert told.pop("Đơn vị") == "Xã Thổ Sơn (chưa chấm điểm xong)"
    assert set(told.values()) == {"–"}
    page = client.get(at).content.decode()
    assert "Chưa khóa. Số liệu tạm tính đến ngày 20/10/2020" in page
    assert '<dt>Tổng số hộ</dt><dd class="num">–</dd>' in page
    with_totals = review_of(opened, province)
    totals = listing.Totals(500, 2000, 100)
    listing.set_totals(with_totals, totals, by=province.seats["commune"], on=TODAY, version=with_totals.version)
    book = sheet_of(client.get(f"{at}?dang=xlsx"))
    assert [book.cell(n, 2).value for n in (6, 7)] == [500, 500]
    assert {book.cell(6, 3).value, book.cell(6, 4).value} == {2000, "–"}


@pytest.mark.parametrize(("form", "said"), [("dan-toc", True), ("nhom", True), ("ket-qua", False)])
def test_forms_that_count_minorities_say_how_a_household_counts_as_one(
    province: Province, second: Round, form: str, said: bool
) -> None:
    client, at = province.client("labour"), f"/ra-soat/dot/{second.pk}/bieu/{form}/"
    assert (MINORITY_ASSUMED in client.get(at).content.decode()) is said
    assert (
        sheet_of(client.get(f"{at}?dang=xlsx"))["A5" if form == "dan-toc" else "A4"].value
        == f"Tạm áp dụng: {MINORITY_ASSUMED}"
    ) is said
    paper = "".join("".join(page.text for page in pages(client.get(f"{at}?dang=pdf").content)).split())
    assert ("".join(MINORITY_ASSUMED.split()) in paper) is said


def test_a_correction_is_named_among_the_sources(second: Round) -> None:
    rows = list(Figures.objects.in_force().filter(round=second))
    rows[1].source = "Quyết định 24; điều chỉnh"
    assert reports._sources(rows) == f"{rows[0].source}; Quyết định 24; điều chỉnh"
    many = [Figures(source=f"Nguồn {n}") for n in range(5)]
    assert reports._sources(many) == "Nguồn 0; Nguồn 1; Nguồn 2; và 2 nguồn khác"


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
    monkeypatch.setattr("chungtay.reviews.report_papers.ON_PAPER", 2)
    answer = client.get(f"{at}&dang=pdf")
    assert answer.status_code == 422
    assert "hãy tải Excel" in answer.content.decode()
