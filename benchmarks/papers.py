"""How fast papers are printed, beside WeasyPrint: `python benchmarks/papers.py [--rounds 3]`.

Measured: 1,000 certificates with QR codes in one PDF; a decision with 5,000 names as PDF, and as Word. WeasyPrint gets
the same texts and codes as HTML, in a virtual environment of its own that is thrown away (nothing of it is a
dependency of the project). Every measurement is a process of its own; rounds are interleaved, medians are compared.
Time is counted from after the imports until the bytes are there, QR codes included; CPU time beside it tells a busy
machine from a slow printer; memory is the peak of the whole process. The answers are compared before the figures are
shown: every name once in each paper's text, in NFC; a sample of codes read from the rendered pages. Needs
poppler-utils (pdftotext, pdftoppm) and, for WeasyPrint, libpango-1.0-0 and libpangoft2-1.0-0.
"""

from __future__ import annotations

import argparse
import base64
import io
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import unicodedata
import zipfile
from collections.abc import Callable
from datetime import date
from html import escape
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DAY = date(2018, 2, 5)
CERTIFICATES, NAMES = 1_000, 5_000
SAMPLE = 12  # pages whose code is read
DPI = 110
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Hoàng", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô")
MIDDLE = ("Văn", "Thị", "Hữu", "Ngọc", "Minh", "Quốc", "Thanh", "Kim")
GIVEN = ("An", "Bình", "Đạt", "Hưởng", "Khởi", "Lẫm", "Mẫn", "Nghĩa", "Phượng", "Quyền", "Rạng", "Sẵn", "Ẩn", "Ỷ")


def name(number: int) -> str:
    """An invented name that no other number has."""
    parts = (FAMILY[number % 14], MIDDLE[number // 14 % 8], GIVEN[number * 5 % 14])
    return f"{' '.join(parts)} {number:04d}"


def content() -> dict[str, Any]:
    """The same texts for every printer."""
    from chungtay.documents.papers import (  # noqa: PLC0415  # the children of WeasyPrint have no chungtay
        AwardPart,
        AwardRow,
        CertificateBatch,
        CertificatePaper,
        DecisionPaper,
        Letterhead,
        Signer,
    )
    from chungtay.law.words import in_words  # noqa: PLC0415

    signer = Signer(authority=("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), name="Nguyễn Văn Thí Dụ")
    authority = "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH KIÊN GIANG"
    story = "Đã có thành tích xuất sắc trong Phong trào thi đua “Chung tay vì người nghèo và công tác từ thiện xã hội”"
    place = "xã Giục Tượng, huyện Châu Thành, tỉnh Kiên Giang"
    certificates = tuple(
        CertificatePaper(
            name=name(number),
            address=f"Ấp {number % 9 + 1}, {place}",
            achievement=story,
            golden_book=f"{number}/2018",
            qr=f"https://thidua.example.vn/bang-khen/{number:022d}/{(str(number) * 86)[:86]}",
        )
        for number in range(CERTIFICATES)
    )
    rows = tuple(
        AwardRow(
            name(number), f"Ấp {number % 9 + 1}, xã Giục Tượng, huyện Châu Thành",
            "Vượt khó vươn lên thoát nghèo, giúp 3 hộ nghèo trong ấp", "Bằng khen; 1.300.000 đồng", 1_300_000,
        )
        for number in range(NAMES)
    )  # fmt: skip
    decision = DecisionPaper(
        head=Letterhead(issuer="Ủy ban nhân dân tỉnh", number="05/QĐ-UBND", place="Kiên Giang", issued_on=DAY),
        subject="Về việc tặng Bằng khen", authority=authority, bases=("Căn cứ Luật Thi đua, khen thưởng",) * 3,
        proposal="Theo đề nghị của Giám đốc Sở Nội vụ", articles=("Tặng Bằng khen.", "Mức thưởng.", "Thi hành."),
        recipients=("Như Điều 3", "Lưu: VT"), signer=signer, annex_subject="Tặng Bằng khen",
        parts=(AwardPart("Cá nhân", rows),), total_in_words=in_words(1_300_000 * NAMES),
    )  # fmt: skip
    batch = CertificateBatch(
        authority=authority, decision_number="05/QĐ-UBND", place="Kiên Giang", decided_on=DAY, signer=signer,
        certificates=certificates,
    )  # fmt: skip
    return {
        "certificates": {"data": batch.to_dict(), "codes": [one.qr for one in certificates]},
        "decision": {"data": decision.to_dict(), "codes": []},
    }


# The children: each prints one thing once and says how long it took.


def ours(job: str, given: dict[str, Any]) -> Callable[[], bytes]:
    """Our own printer, everything imported, nothing printed yet."""
    from chungtay.documents import printing, word  # noqa: PLC0415

    if job == "word":
        return lambda: word.docx(word.TEMPLATES / "decision.docx", given["data"])
    template = {"certificates": "certificate", "decision": "decision"}[job]
    return lambda: printing.pdf(template, given["data"], on=DAY, codes=given["codes"])


def floor(_: str, given: dict[str, Any]) -> Callable[[], bytes]:
    """Nothing but the rows of the Word table, escaped and packed: what no way of writing them can undercut."""

    def write() -> bytes:
        face = '<w:rPr><w:rFonts w:ascii="Times New Roman"/><w:sz w:val="24"/></w:rPr>'
        cell = f"<w:tc><w:p><w:r>{face}<w:t>{{}}</w:t></w:r></w:p></w:tc>"
        rows = []
        for number, cells in enumerate(given["data"]["annex"]["parts"][0]["rows"], 1):
            filled = "".join(cell.format(escape(text, quote=False)) for text in (str(number), *cells))
            rows.append(f"<w:tr>{filled}</w:tr>")
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
            archive.writestr("word/document.xml", f"<w:tbl>{''.join(rows)}</w:tbl>")
        return out.getvalue()

    return write


CSS = """
@page { size: %s; margin: %s } body { font-family: Tinos; font-size: 14pt; margin: 0 }
.sheet { break-after: page; position: relative; width: 290mm; height: 210mm; border: 2.4pt double #b3191c; text-align: center }
.sheet h1 { font-size: 50pt; color: #b3191c; margin: 4mm } .sheet h2 { font-size: 24pt; color: #b3191c; margin: 8mm }
.name { font-size: 34pt; font-weight: bold } .story { font-size: 19pt } img { width: 31mm; position: absolute; left: 18mm; bottom: 14mm }
.left { position: absolute; left: 52mm; bottom: 14mm; text-align: left; font-style: italic } .right { position: absolute; right: 18mm; bottom: 14mm }
table { border-collapse: collapse; width: 100%%; font-size: 12pt } td, th { border: 0.5pt solid; padding: 4pt; vertical-align: top }
"""  # noqa: E501


def weasyprint(job: str, given: dict[str, Any]) -> Callable[[], bytes]:
    """WeasyPrint on the same texts; runs in its own environment."""
    import weasyprint as printer  # noqa: PLC0415
    import zxingcpp  # noqa: PLC0415
    from PIL import Image  # noqa: PLC0415

    def picture(text: str) -> str:
        code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M", data_mask=3)
        pixels = memoryview(code.to_image(scale=1, add_quiet_zones=True))
        out = io.BytesIO()
        Image.frombytes("L", (pixels.shape[0],) * 2, pixels.tobytes()).resize((pixels.shape[0] * 4,) * 2, 0).save(
            out, "PNG"
        )
        return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()

    def html() -> str:
        data = given["data"]
        if job == "certificates":
            css = CSS % ("360mm 270mm", "30mm 35mm")
            body = "".join(
                f"<div class=sheet><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc</p>"
                f"<h2>{escape(data['authority'])}</h2><p>TẶNG</p><h1>{escape(data['award'])}</h1>"
                f"<p class=name>{escape(who)}</p><p class=story>{escape(where)}</p><p class=story>{escape(what)}</p>"
                f"<img src='{picture(code)}'><p class=left>{escape(data['decision'])}<br>Số sổ vàng: {escape(book)}</p>"
                f"<p class=right>{escape(data['dated'])}<br>{'<br>'.join(data['signer']['authority'])}<br><br><br>"
                f"{escape(data['signer']['name'])}</p></div>"
                for (who, where, what, book), code in zip(data["certificates"], given["codes"], strict=True)
            )
        else:
            css = CSS % ("A4", "20mm 15mm 20mm 30mm")
            rows = "".join(
                f"<tr><td>{number}</td>{''.join(f'<td>{escape(text)}</td>' for text in cells)}</tr>"
                for number, cells in enumerate(data["annex"]["parts"][0]["rows"], 1)
            )
            lines = (*data["bases"], data["proposal"], *data["articles"], *data["recipients"])
            body = (
                f"<p>{escape(data['head']['issuer'])}</p><h3>QUYẾT ĐỊNH</h3>"
                f"{''.join(f'<p>{escape(one)}</p>' for one in lines)}<h3>DANH SÁCH</h3><table><thead>"
                f"<tr><th>STT<th>Họ tên<th>Đơn vị<th>Thành tích<th>Hình thức</tr></thead><tbody>{rows}</tbody></table>"
            )
        return f"<html lang=vi><meta charset=utf-8><style>{css}</style><body>{body}"

    fonts = "".join(
        f"@font-face {{ font-family: Tinos; src: url({file.as_uri()}); font-weight: {weight}; font-style: {style} }}"
        for file, weight, style in (
            (Path(given["fonts"]) / "Tinos_400Regular.ttf", 400, "normal"),
            (Path(given["fonts"]) / "Tinos_400Regular_Italic.ttf", 400, "italic"),
            (Path(given["fonts"]) / "Tinos_700Bold.ttf", 700, "normal"),
        )
    )

    def write() -> bytes:
        configuration = printer.text.fonts.FontConfiguration()
        sheet = printer.CSS(string=fonts, font_config=configuration)
        return bytes(printer.HTML(string=html()).write_pdf(stylesheets=[sheet], font_config=configuration))

    return write


PRINTERS = {"ours": ours, "weasyprint": weasyprint, "floor": floor}


def child(printer: str, job: str, given: Path, out: Path) -> None:
    """Print once; tell seconds and peak memory on stdout."""
    data = json.loads(given.read_text("utf-8"))["decision" if job == "word" else job]
    data["fonts"] = str(ROOT / "static" / "vendor" / "fonts" / "tinos")
    act = PRINTERS[printer](job, data)
    started, worked = time.perf_counter(), time.process_time()
    printed = act()
    seconds, cpu = time.perf_counter() - started, time.process_time() - worked
    out.write_bytes(printed)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(json.dumps({"seconds": seconds, "cpu": cpu, "peak_mb": peak, "bytes": len(printed)}))


# The parent


def environment(folder: Path) -> Path | None:
    """A Python with WeasyPrint in it, or None with the reason on stderr."""
    python = folder / "bin" / "python"
    uv = Path(sys.executable).with_name("uv")
    packages = ["weasyprint", "zxing-cpp", "pillow"]
    for command in (
        [str(uv), "venv", "-q", str(folder)],
        [str(uv), "pip", "install", "-q", "-p", str(python), *packages],
    ):
        made = subprocess.run(command, capture_output=True, text=True, check=False)
        if made.returncode:
            sys.stderr.write(f"WeasyPrint is not compared: {made.stderr.strip()[-300:]}\n")
            return None
    tried = subprocess.run([str(python), "-c", "import weasyprint"], capture_output=True, text=True, check=False)
    if tried.returncode:
        sys.stderr.write("WeasyPrint is not compared: apt-get install libpango-1.0-0 libpangoft2-1.0-0 is needed\n")
        return None
    return python


def measure(python: Path, printer: str, job: str, given: Path, out: Path) -> dict[str, float]:
    """One process, one print."""
    command = [str(python), str(Path(__file__).resolve()), "--child", printer, job, str(given), str(out)]
    path = {"PYTHONPATH": str(ROOT)} if printer != "weasyprint" else {}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **path})
    if done.returncode:
        raise SystemExit(f"{printer} {job} failed:\n{done.stderr[-2000:]}")
    return {key: float(value) for key, value in json.loads(done.stdout).items()}


def text_of(paper: Path) -> tuple[str, int]:
    """All text without white space in the order of the content, and the number of pages."""
    if paper.suffix == ".docx":
        with zipfile.ZipFile(paper) as archive:
            xml = archive.read("word/document.xml").decode()
        return "".join(piece.rpartition(">")[2] for piece in xml.split("</w:t>")).replace(" ", ""), 0
    raw = subprocess.run(["pdftotext", "-raw", str(paper), "-"], capture_output=True, check=True).stdout.decode()
    return "".join(raw.split()), raw.count("\f")


def compare(paper: Path, names: list[str]) -> int:
    """Stop unless every name stands once in the text, in NFC; returns the number of pages."""
    text, pages = text_of(paper)
    if not unicodedata.is_normalized("NFC", text):
        raise SystemExit(f"{paper.name}: the text is not in NFC")
    wrong = [one for one in names if text.count(one.replace(" ", "")) != 1]
    if wrong:
        raise SystemExit(f"{paper.name}: {len(wrong)} names are not there exactly once: {wrong[:5]}")
    return pages


def read_codes(paper: Path, codes: list[str]) -> None:
    """Stop unless the codes of a sample of rendered pages read as their addresses."""
    from PIL import Image  # noqa: PLC0415

    from chungtay.documents import qr  # noqa: PLC0415

    for page in range(0, len(codes), max(1, len(codes) // SAMPLE)):
        command = ["pdftoppm", "-r", str(DPI), "-f", str(page + 1), "-l", str(page + 1), "-gray", str(paper)]
        picture = subprocess.run(command, capture_output=True, check=True).stdout
        if qr.read(Image.open(io.BytesIO(picture))) != codes[page]:
            raise SystemExit(f"{paper.name}: the code on page {page + 1} does not read")


def run(rounds: int) -> None:
    """All rounds, all checks, one table."""
    sys.path.insert(0, str(ROOT))
    if not shutil.which("pdftotext") or not shutil.which("pdftoppm"):
        raise SystemExit("poppler-utils is needed: pdftotext, pdftoppm")
    with tempfile.TemporaryDirectory(prefix="chungtay-papers-") as temporary:
        folder = Path(temporary)
        texts = content()
        given = folder / "content.json"
        given.write_text(json.dumps(texts, ensure_ascii=False), "utf-8")
        other = environment(folder / "venv")
        plan = [("ours", "certificates"), ("ours", "decision"), ("ours", "word"), ("floor", "word")]
        plan += [("weasyprint", "certificates"), ("weasyprint", "decision")] if other else []
        figures: dict[tuple[str, str], list[dict[str, float]]] = {one: [] for one in plan}
        for turn in range(rounds):
            for printer, job in plan:
                python = other if printer == "weasyprint" and other else Path(sys.executable)
                out = folder / f"{printer}-{job}.{'docx' if job == 'word' else 'pdf'}"
                figures[printer, job].append(measure(python, printer, job, given, out))
                sys.stderr.write(f"round {turn + 1}: {printer} {job} {figures[printer, job][-1]}\n")
        pages = {}
        for printer, job in plan:
            if printer == "floor":
                continue
            out = folder / f"{printer}-{job}.{'docx' if job == 'word' else 'pdf'}"
            pages[printer, job] = compare(
                out, [name(one) for one in range(CERTIFICATES if job == "certificates" else NAMES)]
            )
            if job == "certificates":
                read_codes(out, texts["certificates"]["codes"])
        report(figures, pages)


def report(figures: dict[tuple[str, str], list[dict[str, float]]], pages: dict[tuple[str, str], int]) -> None:
    """The table, and the ratios that are the goals."""
    line = "{:<12}{:<14}{:>9}{:>9}{:>8}{:>10}{:>10}{:>10}\n"
    sys.stdout.write(line.format("printer", "job", "seconds", "cpu", "pages", "pages/s", "peak MB", "KB"))
    seconds, cpu = {}, {}
    for key, rounds in figures.items():
        seconds[key] = median(one["seconds"] for one in rounds)
        cpu[key] = median(one["cpu"] for one in rounds)
        count = pages.get(key, 0)
        rate = f"{count / seconds[key]:.0f}" if count else "-"
        peak, size = median(one["peak_mb"] for one in rounds), median(one["bytes"] for one in rounds) / 1024
        sys.stdout.write(
            line.format(
                *key, f"{seconds[key]:.3f}", f"{cpu[key]:.3f}", count or "-", rate, f"{peak:.0f}", f"{size:.0f}"
            )
        )
    for job, goal in (("certificates", 15), ("decision", 12)):
        if ("weasyprint", job) in seconds:
            times = seconds["weasyprint", job] / seconds["ours", job]
            work = cpu["weasyprint", job] / cpu["ours", job]
            sys.stdout.write(f"{job}: {times:.1f} times as fast as WeasyPrint (goal {goal}), {work:.1f} by CPU time\n")
    share = seconds["ours", "word"] / seconds["floor", "word"]
    sys.stdout.write(f"word: {share:.1f} times the floor of writing the rows alone\n")


def main() -> None:
    """Parse the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--child", nargs=4, metavar=("PRINTER", "JOB", "CONTENT", "OUT"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        child(asked.child[0], asked.child[1], Path(asked.child[2]), Path(asked.child[3]))
    else:
        run(asked.rounds)


if __name__ == "__main__":
    main()
