"""Whose figures a report shows: its title, its authority, how far its communes have come, and the lists behind it."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest

from chungtay.documents import printing
from chungtay.households.models import Household
from chungtay.law.reviewing import Stage
from chungtay.reviews import extent, listing, postings, regular, report_papers, request_papers
from chungtay.reviews.models import CommuneReview, Figures, Round
from tests.documents.pdf_reader import pages
from tests.make import TODAY, Province
from tests.reviews.doing import POSTED, SENT, bring, district_of, open_round, points, review_of
from tests.reviews.people import FOREIGN, NEAR, OUTSIDE, OWN, POOR, SIBLING, household, households, locked, row

pytestmark = [pytest.mark.django_db, pytest.mark.clause("TT 17/2016")]
FORMS = ("ket-qua", "bien-dong-ngheo", "dan-toc")


def bare(text: str) -> str:
    return "".join(text.split())


def letters(content: bytes) -> str:
    """The letters of a paper, without any space."""
    return bare("".join(page.text for page in pages(content)))


def sheet_of(answer: Any) -> Any:
    return openpyxl.load_workbook(io.BytesIO(answer.content)).active


@pytest.fixture
def year(province: Province) -> Round:
    """A locked year of three communes in two districts; all but one poor household live in the first commune."""
    a, b, c = households(province, 3)
    other, far = household(province, SIBLING), household(province, FOREIGN)
    return locked(province, 2019, [row(a, POOR), row(b, POOR), row(c, NEAR), row(other, POOR), row(far, POOR)])


def restated(round: Round, places: list[int], **more: Any) -> None:
    """New figures for these communes, as a correction would write them."""
    for figures in list(Figures.objects.in_force().filter(round=round, place__in=places)):
        Figures.objects.filter(pk=figures.pk).update(replaced=True, replaced_on=TODAY)
        for name, value in {"pk": None, **more}.items():
            setattr(figures, name, value)
        figures.save(force_insert=True)


def only_counted(round: Round, province: Province, commune: str, poor: int) -> None:
    """As if the commune's households had never been written one by one: its totals stand, and no names."""
    review_of(round, province, commune).assessments.all().delete()
    restated(round, [province.places[commune].pk], poor=poor, poor_persons=poor * 4)


@pytest.mark.parametrize(
    ("seat", "said", "not_said"),
    [
        ("commune", "Xã Thổ Sơn", "Tỉnh Kiên Giang"), ("district", "Huyện Hòn Đất", "Tỉnh Kiên Giang"),
        ("labour", "Tỉnh Kiên Giang", "Huyện Hòn Đất,"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", FORMS)
def test_a_report_bears_the_name_of_the_area_whose_figures_it_shows(
    province: Province, year: Round, seat: str, said: str, not_said: str, form: str
) -> None:
    client, at = province.client(seat), f"/ra-soat/dot/{year.pk}/bieu/{form}/"
    assert f"{year.title}, {said}." in client.get(at).content.decode()
    for address in (at, f"/ra-soat/dot/{year.pk}/ho/?cot=hien-co"):
        joint = "&" if "?" in address else "?"
        over = sheet_of(client.get(f"{address}{joint}dang=xlsx"))["A1"].value
        assert over.endswith(f"{year.title}, {said}")
        told = letters(client.get(f"{address}{joint}dang=pdf").content)
        assert bare(f"{year.title}, {said}") in told
        assert bare(f"{year.title}, {not_said}") not in told


def test_a_unit_that_was_not_there_yet_bears_its_name_of_today(province: Province, year: Round) -> None:
    year.review_on = date(1970, 1, 1)
    found = extent.extent(year, province.seats["commune"], "", TODAY)
    assert found is not None
    assert found.name == "Xã Thổ Sơn"


def test_a_unit_of_another_desk_is_not_found_and_neither_is_one_that_is_none(province: Province, year: Round) -> None:
    district_of(province, review_of(year, province, FOREIGN))
    own, other = province.places["kg-903"].path, province.places["kg-908"].path
    addresses = (f"/ra-soat/dot/{year.pk}/bieu/ket-qua/?vung=", f"/ra-soat/dot/{year.pk}/ho/?cot=ket-qua.poor&vung=")
    asked = [
        ("district", own, 200), ("district", other, 404), ("district_c", other, 200), ("district_c", own, 404),
        ("district", province.places[OWN].path, 200), ("commune", province.places[SIBLING].path, 404),
        ("commune", own, 404), ("labour", other, 200), ("labour", year.area_path, 200), ("labour", f"{own}99998", 404),
        ("labour", "00099", 404), ("commune", province.places[OWN].path, 200), ("district", year.area_path, 404),
    ]  # fmt: skip
    for seat, path, status in asked:
        for address in addresses:
            for tail in ("", "&dang=xlsx", "&dang=pdf"):
                assert province.client(seat).get(f"{address}{path}{tail}").status_code == status, (seat, path, tail)


def test_every_figure_that_is_linked_opens_for_the_desk_that_sees_the_link(province: Province, year: Round) -> None:
    district_of(province, review_of(year, province, FOREIGN))
    for seat in ("commune", "district", "district_c", "labour"):
        client = province.client(seat)
        page = client.get(f"/ra-soat/dot/{year.pk}/bieu/ket-qua/").content.decode()
        links = [part.split('"')[0].replace("&amp;", "&") for part in page.split('href="')[1:] if "?cot=" in part]
        assert links
        assert {client.get(link).status_code for link in links} == {200}
        assert all("Không có hộ nào" not in client.get(link).content.decode() for link in links)


def test_above_a_list_stands_how_many_households_it_holds(province: Province, year: Round) -> None:
    client, at = province.client("labour"), f"/ra-soat/dot/{year.pk}/ho/?cot=ket-qua.poor"
    said = "Danh sách có 4 hộ."
    assert said in client.get(at).content.decode()
    assert sheet_of(client.get(f"{at}&dang=xlsx"))["A4"].value == said
    assert bare(said) in letters(client.get(f"{at}&dang=pdf").content)


def test_households_that_are_only_counted_are_told_beside_the_figure(province: Province, year: Round) -> None:
    only_counted(year, province, FOREIGN, 127)
    client, at = province.client("labour"), f"/ra-soat/dot/{year.pk}/ho/?cot=ket-qua.poor"
    said = "Con số trên biểu: 130 hộ. Danh sách có 3 hộ; 127 hộ của 1 xã chỉ có trong số tổng của xã, chưa nạp từng hộ."
    assert said in client.get(at).content.decode()
    assert sheet_of(client.get(f"{at}&dang=xlsx"))["A4"].value == said
    assert bare(said) in letters(client.get(f"{at}&dang=pdf").content)
    empty = client.get(f"{at}&vung={province.places[FOREIGN].path}").content.decode()
    assert "Danh sách có 0 hộ; 127 hộ của 1 xã chỉ có trong số tổng của xã" in empty
    assert "Không có hộ nào" not in empty
    persons = client.get(f"/ra-soat/dot/{year.pk}/ho/?cot=ket-qua.poor_persons").content.decode()
    assert "Con số trên biểu: 520 nhân khẩu. Danh sách có 3 hộ, 12 nhân khẩu; 508 nhân khẩu của 1 xã" in persons
    entered = client.get(f"/ra-soat/dot/{year.pk}/ho/?cot=vao").content.decode()
    assert "1 xã chỉ có số tổng, chưa nạp từng hộ nên không có trong danh sách" in entered


@pytest.mark.parametrize("table", ["poor_persons", "near_poor_persons"])
def test_the_persons_of_a_movement_are_those_of_its_list(province: Province, year: Round, table: str) -> None:
    a, b, c, other, far = Household.objects.order_by("pk")
    new = household(province)
    last = locked(province, 2020, [
        row(a, NEAR, persons=6), row(b, OUTSIDE, persons=3), row(c, POOR, persons=2), row(new, POOR, persons=5),
        row(other, POOR), row(far, POOR),
    ], previous=year)  # fmt: skip
    client, looked = province.client("commune"), 0
    for name in ("start", "to_other", "above", "from_other", "relapsed", "newly_arising", "end"):
        form = "bien-dong-can-ngheo" if table.startswith("near") else "bien-dong-ngheo"
        page = client.get(f"/ra-soat/dot/{last.pk}/ho/?cot={form}.{table}.{name}").content.decode()
        assert "Con số trên biểu" not in page
        looked += "nhân khẩu." in page
    assert looked == 7


@pytest.fixture
def under_way(province: Province, year: Round) -> Round:
    """The round after it: one commune has finished its scores, one has some, one has begun."""
    opened = open_round(province)
    bring(province, review_of(opened, province, OWN), Stage.MEETING, found=points(160, 0))
    some = bring(province, review_of(opened, province, SIBLING), Stage.SCORING)
    assert some.stage == Stage.SCORING
    return opened


def told(sheet: Any) -> dict[str, dict[str, Any]]:
    """By unit: the figures of a workbook by their headings."""
    top = next(n for n in range(1, 10) if sheet.cell(n, 1).value == "Đơn vị")
    heads = [cell.value for cell in sheet[top]]
    lines = [[cell.value for cell in sheet[n]] for n in range(top + 1, sheet.max_row + 1)]
    return {line[0]: dict(zip(heads[1:], line[1:], strict=True)) for line in lines}


def test_what_is_not_scored_yet_is_a_gap_with_a_word_and_the_sum_says_of_how_many_communes(
    province: Province, under_way: Round
) -> None:
    client, at = province.client("district"), f"/ra-soat/dot/{under_way.pk}/bieu/"
    lines = told(sheet_of(client.get(f"{at}ket-qua/?dang=xlsx")))
    assert list(lines) == ["Xã Thổ Sơn", "Xã Sơn Kiên (chưa chấm điểm xong)", "Cộng (1/2 xã đã chấm điểm xong)"]
    done, waits, total = lines.values()
    assert (done["Hộ nghèo"], done["Tổng số hộ"], done["Tỷ lệ hộ nghèo (%)"]) == (0, 500, 0)
    assert (waits["Hộ nghèo"], waits["Tổng số hộ"], waits["Hộ mới thoát nghèo"]) == ("–", 500, "–")
    assert (total["Hộ nghèo"], total["Tổng số hộ"]) == (0, 500)
    moved = list(told(sheet_of(client.get(f"{at}bien-dong-ngheo/?dang=xlsx"))).values())
    assert [(one["Đầu kỳ"], one["Vượt chuẩn cận nghèo"], one["Cuối kỳ"]) for one in moved] == [
        (2, 2, 0), (1, "–", "–"), (2, 2, 0),
    ]  # fmt: skip
    page = client.get(f"{at}ket-qua/").content.decode()
    assert "<small>chưa chấm điểm xong</small>" in page
    assert "Huyện Hòn Đất: 1/2 xã đã chấm điểm xong" in page
    assert "Dấu “–”: chưa có số liệu." in page
    province_wide = told(sheet_of(province.client("labour").get(f"{at}ket-qua/?dang=xlsx")))
    assert list(province_wide) == [
        "Huyện Hòn Đất (1/2 xã đã chấm điểm xong)", "Huyện An Biên (chưa chấm điểm xong)",
        "Cộng (1/3 xã đã chấm điểm xong)",
    ]  # fmt: skip


def test_the_list_behind_a_figure_of_an_open_round_is_of_the_communes_that_it_adds_up(
    province: Province, under_way: Round
) -> None:
    client, at = province.client("district"), f"/ra-soat/dot/{under_way.pk}/ho/?cot="
    start = client.get(f"{at}bien-dong-ngheo.poor.start").content.decode()
    assert "Danh sách có 2 hộ." in start
    waiting = f"&vung={province.places[SIBLING].path}"
    assert "Danh sách có 1 hộ." in client.get(f"{at}bien-dong-ngheo.poor.start{waiting}").content.decode()
    assert "Danh sách có 0 hộ." in client.get(f"{at}ket-qua.poor{waiting}").content.decode()


def test_an_open_round_says_at_the_top_that_it_is_not_locked_and_of_today(
    province: Province, under_way: Round, year: Round
) -> None:
    client = province.client("district")
    said = "Chưa khóa. Số liệu tạm tính đến ngày 20/10/2020; 1/2 xã đã chấm điểm xong."
    for address in ("bieu/ket-qua/?x=1", "ho/?cot=hien-co"):
        at = f"/ra-soat/dot/{under_way.pk}/{address}"
        page = client.get(at).content.decode()
        assert said in page.split("<main")[1].split("<table")[0]
        assert sheet_of(client.get(f"{at}&dang=xlsx"))["A2"].value == said
        paper = letters(client.get(f"{at}&dang=pdf").content)
        assert bare(said) in paper[:400]
        assert "31/12/2020" not in paper
        assert "01/12/2020" not in paper
    closed = client.get(f"/ra-soat/dot/{year.pk}/bieu/ket-qua/").content.decode()
    assert "Tính đến ngày 01/12/2019." in closed
    assert "tạm tính" not in closed
    assert "Chưa khóa" not in closed


def test_rates_have_two_decimals_everywhere_and_a_workbook_has_formats_and_a_page(
    province: Province, year: Round
) -> None:
    client, at = province.client("labour"), f"/ra-soat/dot/{year.pk}/bieu/ket-qua/"
    places = list(year.communes.values_list("place", flat=True))
    restated(year, places, households_all=1000, poor=14, near_poor=20)
    page = client.get(at).content.decode()
    assert '<dt>Tỷ lệ hộ nghèo (%)</dt><dd class="num">1,40</dd>' in page
    assert '<dt>Tỷ lệ hộ cận nghèo (%)</dt><dd class="num">2,00</dd>' in page
    assert '<dt>Tổng số hộ</dt><dd class="num">3.000</dd>' in page
    paper = letters(client.get(f"{at}?dang=pdf").content)
    assert "1,40" in paper
    assert "2,00" in paper
    sheet = sheet_of(client.get(f"{at}?dang=xlsx"))
    formats = {sheet.cell(4, n).value: sheet.cell(5, n).number_format for n in range(2, sheet.max_column + 1)}
    assert (formats["Tỷ lệ hộ nghèo (%)"], formats["Tổng số hộ"]) == ("0.00", "#,##0")
    assert set(formats.values()) == {"0.00", "#,##0"}
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize), sheet.page_setup.fitToHeight) == (
        "landscape", 9, 0,
    )  # fmt: skip
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_a_list_of_several_communes_says_on_paper_which(province: Province, year: Round) -> None:
    at = f"/ra-soat/dot/{year.pk}/ho/?cot=hien-co&dang=pdf"
    for seat, several in (("district", True), ("labour", True), ("commune", False)):
        paper = letters(province.client(seat).get(at).content)
        assert ("Xã,phường,thịtrấn" in paper) is several
        assert ("XãSơnKiên" in paper) is several
    one = letters(province.client("district").get(f"{at}&vung={province.places[OWN].path}").content)
    assert "Xã,phường,thịtrấn" not in one


@pytest.fixture
def posted(province: Province, under_way: Round) -> CommuneReview:
    return bring(province, review_of(under_way, province, OWN), Stage.POSTED)


def test_the_notice_says_from_when_to_when_and_where_to_complain(province: Province, posted: CommuneReview) -> None:
    page = province.client("commune").get(f"/ra-soat/xa/{posted.pk}/").content.decode()
    assert f'href="/ra-soat/xa/{posted.pk}/niem-yet/"' in page
    answer = province.client("commune").get(f"/ra-soat/xa/{posted.pk}/niem-yet/")
    paper = letters(answer.content)
    assert posted.posted_on == POSTED
    last = posted.posting_ends
    assert last is not None
    assert last < SENT
    for said in (
        f"Niêm yết từ ngày 01/10/2020 đến hết ngày {last:%d/%m/%Y} (7 ngày làm việc, ",
        f"Ai không đồng ý thì gửi khiếu nại đến Ủy ban nhân dân xã Thổ Sơn chậm nhất ngày {last:%d/%m/%Y}",
        "Niêm yết 7 ngày làm việc: chưa đọc điều khoản.", "Danh sách có 3 hộ.", "Xã Thổ Sơn",
    ):  # fmt: skip
        assert bare(said) in paper, said
    assert "01/12/2020" not in paper
    assert "B1" not in paper
    assert province.client("commune_b").get(f"/ra-soat/xa/{posted.pk}/niem-yet/").status_code == 404


def test_before_posting_the_notice_is_a_draft_without_days(
    province: Province, under_way: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamped: list[str] = []
    original = printing.pdf

    def remembered(*args: Any, **more: Any) -> bytes:
        stamped.append(more["watermark"])
        return original(*args, **more)

    monkeypatch.setattr(printing, "pdf", remembered)
    paper = letters(postings.pdf(review_of(under_way, province, OWN), "Xã Thổ Sơn", on=TODAY))
    assert bare(postings.NOT_POSTED) in paper
    assert stamped == [printing.DRAFT]


@pytest.mark.parametrize("is_demo", [True, False])
def test_in_the_demo_every_paper_of_the_reviews_is_a_specimen(
    province: Province, posted: CommuneReview, year: Round, monkeypatch: pytest.MonkeyPatch, settings: Any,
    is_demo: bool,
) -> None:  # fmt: skip
    settings.IS_DEMO = is_demo
    stamped: list[str] = []
    original = printing.pdf

    def remembered(*args: Any, **more: Any) -> bytes:
        stamped.append(more.get("watermark", ""))
        return original(*args, **more)

    monkeypatch.setattr(printing, "pdf", remembered)
    client, home = province.client("commune"), household(province)
    request = regular.ask(home, "enter", reason="Mất mùa", by=province.seats["commune"], on=TODAY)
    for address in (
        f"dot/{year.pk}/bieu/ket-qua/?dang=pdf", f"dot/{posted.round_id}/bieu/ket-qua/?dang=pdf",
        f"dot/{year.pk}/ho/?cot=hien-co&dang=pdf", f"xa/{posted.pk}/niem-yet/", f"xa/{posted.pk}/ho/?dang=pdf",
        f"de-nghi/{request.pk}/giay/", "de-nghi/?dang=pdf",
    ):  # fmt: skip
        assert client.get(f"/ra-soat/{address}").content.startswith(b"%PDF"), address
    request_papers.paper(request, "Ủy ban nhân dân xã Thổ Sơn")
    plain = ["", printing.DRAFT, "", "", "", "", "", ""]
    assert stamped == ([printing.SPECIMEN] * 8 if is_demo else plain)
    assert report_papers.watermark(is_draft=True) == (printing.SPECIMEN if is_demo else printing.DRAFT)


def test_totals_alone_do_not_finish_a_commune(province: Province, year: Round) -> None:
    opened = open_round(province)
    review = review_of(opened, province)
    totals = listing.Totals(500, 2000, 100)
    listing.set_totals(review, totals, by=province.seats["commune"], on=TODAY, version=review.version)
    found = extent.extent(opened, province.seats["district"], "", TODAY)
    assert found is not None
    assert found.coverage == "0/2 xã đã chấm điểm xong"
    assert found.counted == found.reviews
