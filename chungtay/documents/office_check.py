"""Kiểm tra tệp Word, Excel: the archive is judged from its directory first, then read in a child process.

The child has a limit of memory, of processor time and of wall time, and no way to write a file. A file that kills it is
refused. The child runs this module's `main`: content on stdin, JSON on stdout.
"""

from __future__ import annotations

import io
import json
import re
import resource
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from chungtay.records.zipcheck import MAX_UNPACKED, UNKNOWN_PACKING, directory_faults

ROOT = Path(__file__).resolve().parents[2]
_START = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from {__name__} import main; main()"
SECONDS = 10
MEMORY = 512 * 1024 * 1024

_KINDS = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "word",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "sheet",
}
_MACRO = re.compile(r"(?i)vbaproject|vbadata|macrosheets/|activex/|\.bin$")
_HARMLESS_BIN = re.compile(r"(?i)printersettings/printersettings\d*\.bin$")
_EMBEDDED = re.compile(r"(?i)/embeddings/|/package\.|oleobject")
_LIVE_FIELD = re.compile(r"(?i)\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT)\b")
MACRO = "có macro hoặc thành phần chạy được"
EMBEDDED = "có tệp khác nhúng bên trong"


def check(content: bytes) -> tuple[str, list[str]]:
    """("word" or "sheet", faults). Faults are predicates in Vietnamese; the kind counts only if there are none."""
    faults = directory_faults(content)
    return ("", faults) if faults else _in_child(content)


def _in_child(content: bytes) -> tuple[str, list[str]]:
    """Run this module on the content in a process of its own, without our environment."""
    try:
        child = subprocess.run(  # noqa: S603  # our own interpreter and module, content on stdin
            [sys.executable, "-I", "-c", _START],
            input=content, capture_output=True, timeout=SECONDS, env={}, cwd="/", check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return "", ["mất quá nhiều thời gian để kiểm tra"]
    if child.returncode:
        return "", ["không mở được trong giới hạn an toàn"]
    answer = json.loads(child.stdout)
    return answer["kind"], answer["faults"]


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def examine(content: bytes) -> tuple[str, list[str]]:
    """Read every part, really unpacked, counting. Returns kind and faults like `check`."""
    found: dict[str, None] = {}
    kind = ""
    left = MAX_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in archive.infolist():
                part = _unpacked(archive, entry, left)
                left -= len(part)
                if entry.filename == "[Content_Types].xml":
                    kind = _kind(part)
                found.update(dict.fromkeys(_part_faults(entry.filename, part)))
    except _TooMuch:
        return "", ["bung ra lớn hơn mức khai báo (có thể là bom nén)"]
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, UNKNOWN_PACKING):
        return "", ["hỏng, không bung được"]
    if not kind and not found:
        found["không phải tệp Word (.docx) hay Excel (.xlsx)"] = None
    return kind, list(found)


class _TooMuch(Exception):
    pass


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    with archive.open(entry) as part:
        content = part.read(min(left, entry.file_size) + 1)
    if len(content) > min(left, entry.file_size):
        raise _TooMuch
    return content


def _kind(types: bytes) -> str:
    return next((kind for main, kind in _KINDS.items() if main.encode() in types), "")


def _part_faults(name: str, part: bytes) -> Iterator[str]:
    if _MACRO.search(name) and not _HARMLESS_BIN.search(name):
        yield MACRO
    if _EMBEDDED.search(f"/{name}"):
        yield EMBEDDED
    if name.lower().endswith((".xml", ".rels", ".vml")):
        yield from _Reader().faults(part)


class _Reader:
    """Reads one XML part with expat, which decodes every encoding and character reference that Office would."""

    def __init__(self) -> None:
        self._found: dict[str, None] = {}
        self._fields: list[str] = []
        self._in_field = False
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def faults(self, part: bytes) -> list[str]:
        """Predicates in Vietnamese. A part with a DTD is not read further than its DTD."""
        try:
            self._parser.Parse(part, True)
        except _Doctype:
            return ["có khai báo DTD, thực thể XML (có thể là tấn công XXE)"]
        except expat.ExpatError:
            return ["hỏng, có phần XML không đọc được"]
        if _LIVE_FIELD.search("".join(self._fields)):
            self._found["chứa lệnh lấy dữ liệu từ chương trình hoặc tệp khác (DDE, INCLUDE)"] = None
        return list(self._found)

    def _doctype(self, *_: object) -> None:
        raise _Doctype

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if local == "Relationship" and _is_remote(attributes):
            self._found["lấy mẫu hoặc nội dung từ địa chỉ bên ngoài"] = None
        elif local == "altChunk":
            self._found[EMBEDDED] = None
        elif local == "fldChar":
            self._fields.append(" ")
        elif local == "ddeLink":
            self._fields.append(" DDE ")
        elif local == "fldSimple":
            self._fields += [" ", *attributes.values()]
        elif local in ("Override", "Default") and "macroEnabled" in attributes.get("ContentType", ""):
            self._found[MACRO] = None
        self._in_field = local == "instrText"

    def _end(self, _: str) -> None:
        self._in_field = False

    def _text(self, text: str) -> None:
        if self._in_field:
            self._fields.append(text)


class _Doctype(Exception):
    pass


def _is_remote(relation: dict[str, str]) -> bool:
    """External, except a hyperlink to a page or a mail address, which nothing follows by itself."""
    if relation.get("TargetMode", "").strip().lower() != "external":
        return False
    link = relation.get("Type", "").endswith("/hyperlink")
    return not (link and relation.get("Target", "").strip().lower().startswith(("http://", "https://", "mailto:")))


def main() -> None:
    """The child: content on stdin, `{"kind", "faults"}` on stdout."""
    _limit()
    kind, faults = examine(sys.stdin.buffer.read())
    sys.stdout.write(json.dumps({"kind": kind, "faults": faults}))
