"""Kiểm tra tệp: what was handed in, judged by its bytes and never by its name.

Allowed: PDF, JPEG, PNG, WebP, Word (.docx), Excel (.xlsx), at most 10 MB. Pictures are drawn anew, so that nothing but
pixels is kept (no place, no camera, no hidden tail). Office files are opened by `office_check` in a child process with
limits. A PDF is searched for the names of things that run (`pdf_check` says what that cannot see).
"""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Literal

from PIL import Image, ImageOps

from chungtay.documents import office_check, pdf_check
from chungtay.law.refusals import Refused

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000  # a phone's photograph; more is a decompression bomb
MAX_SIDE = 20_000
FIELD = "file"
Image.MAX_IMAGE_PIXELS = MAX_PIXELS  # Pillow itself then stops at twice as many, before it takes the memory

Kind = Literal["pdf", "image", "word", "sheet"]

_OFFICE = {
    "word": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "sheet": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
_IMAGES = {"JPEG": ("jpg", "image/jpeg"), "PNG": ("png", "image/png"), "WEBP": ("webp", "image/webp")}
_EXTENSIONS = {
    "pdf": {".pdf"},
    "jpg": {".jpg", ".jpeg", ".jpe", ".jfif"},
    "png": {".png"},
    "webp": {".webp"},
    "docx": {".docx"},
    "xlsx": {".xlsx"},
}
# Old office files, programs, pages and archives get a sentence of their own.
_KNOWN_BAD = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "là tệp Word, Excel kiểu cũ (.doc, .xls): hãy lưu lại thành .docx, .xlsx"),
    (b"MZ", "là chương trình máy tính"),
    (b"\x7fELF", "là chương trình máy tính"),
    (b"Rar!", "là tệp nén: hãy gửi từng tệp"),
    (b"7z\xbc\xaf", "là tệp nén: hãy gửi từng tệp"),
    (b"{\\rtf", "là tệp RTF: hãy lưu lại thành .docx"),
    (b"GIF8", "là ảnh GIF: hãy gửi ảnh JPEG hoặc PNG"),
)


@dataclass(frozen=True, slots=True)
class Inspected:
    """Tệp đã kiểm tra: `cleaned` is what may be stored; for a picture it is not what was handed in."""

    kind: Kind
    media_type: str
    extension: str  # without the dot
    cleaned: bytes


def inspect(source: bytes | Path, name: str) -> Inspected:
    """Judge a file. Raises Refused with every reason found, in the user's words; `name` is only shown and compared."""
    shown = _shown(name)
    content = _read(source, shown)
    if not content:
        raise _refused(f"Tệp “{shown}” rỗng.")
    found = _by_magic(content, shown)
    _require_extension(found, name, shown)
    return found


def _read(source: bytes | Path, shown: str) -> bytes:
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    if size > MAX_BYTES:
        tenths = (size * 10 + MAX_BYTES // 10 - 1) // (MAX_BYTES // 10)
        raise _refused(f"Tệp “{shown}” nặng {tenths // 10},{tenths % 10} MB, vượt mức {MAX_BYTES >> 20} MB.")
    return source if isinstance(source, bytes) else source.read_bytes()


def _by_magic(content: bytes, shown: str) -> Inspected:
    if content.startswith(b"%PDF-"):
        _refuse_all(shown, pdf_check.faults(content))
        return Inspected("pdf", "application/pdf", "pdf", content)
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (
        content.startswith(b"RIFF") and content[8:12] == b"WEBP"
    ):
        return _image(content, shown)
    if content.startswith(b"PK\x03\x04"):
        kind, faults = office_check.check(content)
        _refuse_all(shown, faults)
        extension, media_type = _OFFICE[kind]
        return Inspected("word" if kind == "word" else "sheet", media_type, extension, content)
    for magic, what in _KNOWN_BAD:
        if content.startswith(magic):
            raise _refused(f"Tệp “{shown}” {what}.")
    raise _refused(f"Tệp “{shown}” không phải PDF, ảnh JPEG, PNG, WebP, Word (.docx) hay Excel (.xlsx).")


def _image(content: bytes, shown: str) -> Inspected:
    """Decode within limits, turn upright, encode anew: no EXIF, no comment, no bytes after the picture."""
    try:
        with Image.open(io.BytesIO(content), formats=list(_IMAGES)) as opened:
            form = opened.format or ""
            if opened.width * opened.height > MAX_PIXELS or max(opened.size) > MAX_SIDE:
                raise _refused(f"Ảnh “{shown}” quá lớn: {opened.width} x {opened.height} điểm.")
            if getattr(opened, "n_frames", 1) > 1:
                raise _refused(f"Ảnh “{shown}” là ảnh động: hãy gửi ảnh tĩnh.")
            opened.load()
            upright = ImageOps.exif_transpose(opened)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _refused(f"Ảnh “{shown}” quá lớn: nhiều hơn {MAX_PIXELS // 1_000_000} triệu điểm.") from error
    except (OSError, ValueError, SyntaxError, EOFError, struct.error) as error:
        raise _refused(f"Ảnh “{shown}” hỏng hoặc không đọc được.") from error
    extension, media_type = _IMAGES[form]
    return Inspected("image", media_type, extension, _encoded(upright, form))


def _encoded(picture: Image.Image, form: str) -> bytes:
    """Pixels only, copied onto a fresh picture so that no metadata can ride along."""
    has_alpha = form != "JPEG" and (picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info)
    grey = picture.mode in ("1", "L")
    mode = "RGBA" if has_alpha else "L" if grey else "RGB"
    fresh = Image.new(mode, picture.size)
    fresh.paste(picture.convert(mode))
    out = io.BytesIO()
    if form == "JPEG":
        fresh.save(out, "JPEG", quality=88, optimize=True)
    elif form == "PNG":
        fresh.save(out, "PNG")
    else:
        fresh.save(out, "WEBP", quality=88)
    return out.getvalue()


def _require_extension(found: Inspected, name: str, shown: str) -> None:
    extension = PurePath(name).suffix.lower()
    if extension and extension not in _EXTENSIONS[found.extension]:
        raise _refused(f"Tệp “{shown}” có đuôi {extension} nhưng nội dung là {found.extension.upper()}.")


def _refuse_all(shown: str, faults: list[str]) -> None:
    if faults:
        refusal = _refused(f"Tệp “{shown}” {faults[0]}.")
        for fault in faults[1:]:
            refusal.reasons.extend(_refused(f"Tệp “{shown}” {fault}.").reasons)
        raise refusal


def _refused(text: str) -> Refused:
    return Refused.because(text, field=FIELD)


def _shown(name: str) -> str:
    """The file's own name, cut, without what cannot be printed."""
    plain = "".join(letter for letter in PurePath(name.replace("\\", "/")).name if letter.isprintable())
    return plain if len(plain) <= 80 else f"{plain[:60]}…{plain[-16:]}"
