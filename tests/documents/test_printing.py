import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import typst
from PIL import Image, ImageOps

from chungtay.documents import letters, printing, qr
from chungtay.documents.papers import (
    Attendee,
    AwardPart,
    Letterhead,
    MinutesPaper,
    Paper,
    PastAward,
    ReceiptPaper,
    RefusalNotice,
    ReportPaper,
    Signer,
    SubmissionLetter,
    Tally,
)
from chungtay.law.refusals import Refused
from tests.documents import pdf_reader
from tests.documents.sample_papers import DAY, HEAD, LETTERS, SIGNER, batch, certificate, decision, row

MM = 72 / 25.4


def told(pdf: bytes) -> str:
    return "\n".join(page.text for page in pdf_reader.pages(pdf))


def read_code(picture: Image.Image) -> str | None:
    large = picture.resize((picture.width * 6, picture.height * 6), Image.Resampling.NEAREST)
    return qr.read(ImageOps.expand(large, 24, 255))


RECEIPT = ReceiptPaper(
    head=HEAD, code="HS-2018-014", sender="Phòng Lao động huyện Châu Thành", sender_address="Thị trấn Minh Lương",
    request="Đề nghị tặng Bằng khen", papers=(("Tờ trình", 1), ("Biên bản họp", 1), ("Báo cáo thành tích", 1)), sets=1,
    working_days=25, received_at="08 giờ 15 phút", received_on=date(2018, 1, 15), due_on=date(2018, 2, 26),
    qr="https://example.vn/tra-cuu/HS-2018-014", lookup="example.vn/tra-cuu/HS-2018-014", receiver="Trần Thị Mẫu",
)  # fmt: skip
REPORT = ReportPaper(
    head=HEAD, award="tặng Bằng khen", movement="Phong trào năm 2017", subject="Hộ ông Danh Thí Dụ",
    facts=(("Năm sinh", "1972"),), achievements=(("Kết quả nổi bật", ("Thoát nghèo bền vững.",)),),
    awards=(PastAward(year="2017", title="Giấy khen", decision="Quyết định số 12"),), reporter=SIGNER,
)  # fmt: skip
LETTER = SubmissionLetter(
    head=HEAD, subject="Về việc đề nghị tặng Bằng khen", addressees=("Chủ tịch UBND tỉnh", "Sở Nội vụ"),
    bases=("Căn cứ Luật Thi đua, khen thưởng",), paragraphs=("Kính trình xét tặng.",),
    parts=(AwardPart("Cá nhân", (row(7),)),), recipients=("Như trên", "Lưu: VT"), signer=SIGNER,
)  # fmt: skip
MINUTES = MinutesPaper(
    head=HEAD, subject="Về việc xét khen thưởng", began="08 giờ 00 phút", held_on=DAY, venue="UBND tỉnh",
    chair="Nguyễn Văn Thí Dụ", secretary="Trần Thị Mẫu", members=15,
    present=(Attendee("Lê Văn Mẫu", "Giám đốc Sở Nội vụ", "Ủy viên"),), absent=(("Phan Thị Xa", "đi công tác"),),
    discussion=("Thảo luận.",), method="bỏ phiếu kín", results=(Tally("Danh Thí Dụ", "Bằng khen", 13, 15, "Đề nghị"),),
    conclusion=("Đề nghị khen thưởng.",), ended="10 giờ 30 phút", secretary_signs=SIGNER, chair_signs=SIGNER,
)  # fmt: skip
NOTICE = RefusalNotice(
    head=HEAD, subject="Về kết quả xét khen thưởng", addressees=("Phòng Lao động huyện",), opening=("Thông báo:",),
    nominee="Hộ ông Danh Thí Dụ", award="Bằng khen", code="HS-2018-014",
    reasons=(("Hộ chưa thoát nghèo.", "KH IV.1.2.a"), ("Thiếu xác nhận.", "")), remedies=("Bổ sung xác nhận.",),
    recipients=("Như trên",), signer=SIGNER,
)  # fmt: skip
EXPECTED = (
    (decision(), ("QUYẾT ĐỊNH", "Điều 3.", "DANH SÁCH", "thưởng: 3.900.000 đồng (Ba triệu chín trăm nghìn đồng).")),
    (batch(), ("BẰNG KHEN", "Nguyễn Thị Ẩn", "Số sổ vàng: 1/2018", "05/QĐ-UBND ngày 05 tháng 02 năm 2018")),
    (RECEIPT, ("HẸN TRẢ KẾT QUẢ", "HS-2018-014", "25 ngày làm việc", "ngày 26 tháng 02 năm 2018.")),
    (REPORT, ("BÁO CÁO THÀNH TÍCH", "I. THÔNG TIN CHUNG", "III. CÁC HÌNH THỨC ĐÃ ĐƯỢC KHEN THƯỞNG", "Không có.")),
    (LETTER, ("TỜ TRÌNH", "Kính gửi:", "- Sở Nội vụ.", "Nguyễn Thị Ẩn 7")),
    (MINUTES, ("BIÊN BẢN", "Có mặt 1/15 thành viên", "13/15", "86,66%", "Phan Thị Xa (đi công tác).")),
    (NOTICE, ("THÔNG BÁO", "Hộ chưa thoát nghèo.", "(KH IV.1.2.a)", "Bổ sung xác nhận.")),
)  # fmt: skip


@pytest.mark.parametrize(("paper", "lines"), EXPECTED, ids=[paper.template for paper, _ in EXPECTED])
def test_every_paper_prints_what_it_holds_in_the_embedded_font(paper: Paper, lines: tuple[str, ...]) -> None:
    pdf = printing.print_paper(paper, on=DAY)
    text = told(pdf)
    for line in (*lines, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"):
        assert line in text
    assert b"pdfaid:part" in pdf or b"pdfaid" in pdf
    assert pdf_reader.fonts(pdf)
    assert all(name.startswith("Tinos") for name in pdf_reader.fonts(pdf))


def test_the_same_data_on_the_same_day_gives_the_same_bytes() -> None:
    assert printing.print_paper(RECEIPT, on=DAY) == printing.print_paper(RECEIPT, on=DAY)
    assert printing.print_paper(RECEIPT, on=DAY) != printing.print_paper(RECEIPT, on=date(2018, 2, 6))


def test_every_vietnamese_letter_comes_out_of_the_page_as_it_went_in() -> None:
    text = told(printing.print_paper(batch(certificate(name=LETTERS[:70]), certificate(name=LETTERS[70:])), on=DAY))
    assert not set(LETTERS) - set(text)


def test_a_name_in_decomposed_letters_is_printed_composed() -> None:
    name = unicodedata.normalize("NFD", "Nguyễn Thị Ưởng")
    assert "Nguyễn Thị Ưởng" in told(printing.print_paper(batch(certificate(name=name)), on=DAY))


@pytest.mark.parametrize("letter", ["漢", "\u200b", "\u202e", "\x07", "\ue000", "ក", "😀"])
def test_a_letter_that_the_font_lacks_is_refused_by_name(letter: str) -> None:
    with pytest.raises(Refused) as refusal:
        printing.print_paper(batch(certificate(name=f"Nguyễn {letter} An")), on=DAY)
    assert len(refusal.value.reasons) == 1
    assert f"U+{ord(letter):04X}" in refusal.value.reasons[0].text


def test_all_texts_with_lacking_letters_are_named_at_once() -> None:
    with pytest.raises(Refused) as refusal:
        printing.print_paper(batch(certificate(name="漢"), certificate(name="字")), on=DAY)
    assert [reason.text[:16] for reason in refusal.value.reasons] == ["Không in được “漢", "Không in được “字"]


def test_the_font_has_all_vietnamese_letters_and_a_folder_without_fonts_is_an_error(tmp_path: Path) -> None:
    assert letters.missing([LETTERS, "“”–…"], printing.FONTS) == []
    with pytest.raises(FileNotFoundError):
        letters.missing(["a"], tmp_path)


@pytest.mark.parametrize(
    "name", ['#panic("x")', '#read("/etc/passwd")', "$x$ *đậm* _nghiêng_", '"; #sys.inputs', "= Tiêu đề", "- mục\\"]
)
def test_nothing_in_the_data_runs(name: str) -> None:
    assert name in told(printing.print_paper(batch(certificate(name=name)), on=DAY))


def test_every_certificate_has_its_own_page_and_a_code_that_reads_as_its_address() -> None:
    certificates = [certificate(number, name=f"Nguyễn Thị {number}") for number in range(1, 8)]
    pages = pdf_reader.pages(printing.print_paper(batch(*certificates), on=DAY))
    assert len(pages) == 7
    for one, page in zip(certificates, pages, strict=True):
        assert one.name in page.text
        assert [read_code(picture) for picture in page.pictures] == [one.qr]


def test_a_receipt_shows_the_address_of_its_dossier_as_a_code() -> None:
    (page,) = pdf_reader.pages(printing.print_paper(RECEIPT, on=DAY))
    assert [read_code(picture) for picture in page.pictures] == [RECEIPT.qr]


@pytest.mark.parametrize("length", [10, 60, 140])
def test_a_long_name_and_a_long_achievement_stay_on_one_page(length: int) -> None:
    name, story = ("Công ty trách nhiệm hữu hạn " * 6)[:length], "Đã có thành tích xuất sắc trong phong trào. " * 8
    pages = pdf_reader.pages(printing.print_paper(batch(certificate(name=name, achievement=story)), on=DAY))
    assert len(pages) == 1
    assert name.replace(" ", "") in pages[0].text.replace(" ", "")
    assert story.rstrip().replace(" ", "") in pages[0].text.replace(" ", "")


@pytest.mark.clause("NĐ 85/2014")
def test_a_certificate_is_a_landscape_sheet_of_360_by_270_mm() -> None:
    (page,) = pdf_reader.pages(printing.print_paper(batch(), on=DAY))
    assert page.size == pytest.approx((360 * MM, 270 * MM), abs=0.01)


def test_no_name_of_a_long_list_is_lost_and_the_header_row_stands_on_every_page() -> None:
    pages = pdf_reader.pages(printing.print_paper(decision(people=150, households=60), on=DAY))
    first, *annex = pages
    assert "DANH SÁCH" not in first.text
    assert "DANH SÁCH" in annex[0].text
    assert all("STTHọ tên" in page.text for page in annex[:-1])
    text = "\n".join(page.text for page in annex)
    for number in (*range(1, 61), *range(101, 251)):
        assert text.count(f"Nguyễn Thị Ẩn {number}Ấp") == 1
    assert "I. HỘ GIA ĐÌNH (60)" in text
    assert "II. CÁ NHÂN (150)" in text
    assert "TẬP THỂ" not in text


@pytest.mark.clause("NĐ 30/2020", "TT 01/2011")
@pytest.mark.parametrize(("day", "place"), [(date(2020, 3, 4), "bottom"), (date(2020, 3, 5), "top")])
def test_the_page_number_moves_to_the_top_with_decree_30(day: date, place: str) -> None:
    assert printing.layout_on(day).folio == place
    assert printing.layout_on(day).bases == {"bottom": "normal", "top": "italic"}[place]


@pytest.mark.clause("NĐ 30/2020")
def test_the_second_page_is_numbered_and_the_first_is_not_and_the_annex_counts_its_own() -> None:
    first, annex, second = pdf_reader.pages(
        printing.print_paper(decision(people=30, households=0), on=date(2021, 1, 4))
    )[:3]
    assert first.text.startswith("ỦY BAN NHÂN DÂN")
    assert annex.text.startswith("DANH SÁCH")
    assert second.text.startswith("2STT")


def test_a_decision_without_a_list_has_no_annex() -> None:
    pages = pdf_reader.pages(printing.print_paper(replace(decision(people=0), parts=()), on=DAY))
    assert len(pages) == 1
    assert "DANH SÁCH" not in pages[0].text


def test_closing_punctuation_is_set_once() -> None:
    text = told(printing.print_paper(decision(), on=DAY))
    assert "năm 2015;Căn cứ" in text
    assert "Theo đề nghị của Giám đốc Sở Nội vụ.QUYẾT" in text
    assert "kể từ ngày ký./." in text
    assert "- Lưu: VT." in text


def test_a_decision_whose_sum_in_words_differs_from_its_rows_is_not_made() -> None:
    with pytest.raises(ValueError, match="Ba triệu chín trăm nghìn đồng"):
        replace(decision(), total_in_words="Bốn triệu đồng")
    with pytest.raises(ValueError, match="total_in_words"):
        replace(decision(people=0), total_in_words="Bốn triệu đồng")


@pytest.mark.parametrize("watermark", [printing.DRAFT, printing.SPECIMEN])
def test_a_watermark_stands_on_every_page(watermark: str) -> None:
    for paper in (decision(people=40), batch(certificate(1), certificate(2))):
        pages = pdf_reader.pages(printing.print_paper(paper, on=DAY, watermark=watermark))
        assert all(watermark in page.text for page in pages)
        assert not any(watermark in page.text for page in pdf_reader.pages(printing.print_paper(paper, on=DAY)))


def test_a_template_that_does_not_exist_and_data_that_do_not_fit_are_errors() -> None:
    with pytest.raises(KeyError):
        printing.pdf("../../secrets", {}, on=DAY)
    with pytest.raises(typst.TypstError):
        printing.pdf("decision", {"head": {}}, on=DAY)


@pytest.mark.clause("NĐ 30/2020")
@pytest.mark.parametrize(
    ("day", "line"),
    [
        (date(2018, 2, 9), "Kiên Giang, ngày 09 tháng 02 năm 2018"),
        (date(2018, 3, 10), "Kiên Giang, ngày 10 tháng 3 năm 2018"),
        (None, "Kiên Giang, ngày      tháng      năm      "),
    ],
)
def test_a_zero_stands_before_days_under_ten_and_months_one_and_two(day: date | None, line: str) -> None:
    assert Letterhead(issuer="Sở Nội vụ", place="Kiên Giang", issued_on=day).to_dict()["dated"] == line


def test_a_committee_stands_on_a_line_of_its_own_and_a_signer_keeps_his_lines() -> None:
    assert HEAD.to_dict()["issuer"] == "ỦY BAN NHÂN DÂN\nTỈNH KIÊN GIANG"
    assert Signer(authority=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")).to_dict()["authority"] == [
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
    ]


def test_the_annex_names_its_decision_and_who_signed_it() -> None:
    assert decision().to_dict()["annex"]["reference"] == (
        "Kèm theo Quyết định số 05/QĐ-UBND ngày 05 tháng 02 năm 2018 của Chủ tịch Ủy ban nhân dân tỉnh Kiên Giang"
    )


def test_a_large_batch_leaves_the_compiler_able_to_print_a_small_paper() -> None:
    printing.print_paper(batch(*(certificate(number) for number in range(130))), on=DAY)
    assert "HS-2018-014" in told(printing.print_paper(RECEIPT, on=DAY))
