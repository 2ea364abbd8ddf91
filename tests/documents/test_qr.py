import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from chungtay.documents import qr

ADDRESS = "https://example.vn/cong-khai/bang-khen/" + "A" * 22 + "/" + "s" * 86


@given(st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), min_size=1, max_size=200))
def test_every_address_reads_back_from_its_picture(text: str) -> None:
    assert qr.read(Image.open(io.BytesIO(qr.png(text)))) == text


def test_the_code_still_reads_with_a_tenth_of_it_covered() -> None:
    picture = Image.open(io.BytesIO(qr.png(ADDRESS))).convert("L")
    side = picture.width
    picture.paste(255, (side // 2, side // 2, side // 2 + side // 5, side // 2 + side // 5))
    assert qr.read(picture) == ADDRESS


def test_a_picture_without_a_code_reads_as_nothing() -> None:
    assert qr.read(Image.new("L", (200, 200), 255)) is None


def test_the_pixels_for_the_template_are_the_modules_row_by_row() -> None:
    code = qr.matrix(ADDRESS)
    pixels = [int(number) for number in qr.as_json(ADDRESS).strip("[]").split(",")]
    assert bytes(pixels) == code.pixels
    assert len(pixels) == code.side**2
    assert code.rows()[0][:8] == [True] * 7 + [False]


def test_the_drawing_has_the_same_modules_and_no_style_or_script() -> None:
    drawing = qr.svg(ADDRESS)
    assert drawing.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert "style" not in drawing
    assert "script" not in drawing
    size = qr.matrix(ADDRESS).side + 8
    dark = Image.new("L", (size, size), 255)
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1H(\d+)z", drawing)
    for x, y, width, _ in (map(int, run) for run in runs):
        dark.paste(0, (x, y, x + width, y + 1))
    assert qr.read(dark.resize((size * 6, size * 6), Image.Resampling.NEAREST)) == ADDRESS


@pytest.mark.parametrize("text", ["", "x" * 4000])
def test_nothing_and_too_much_are_errors(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        qr.matrix(text)
