"""Reports and lists of households as spreadsheets and on paper."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.conf import settings

from chungtay.documents import printing
from chungtay.law.refusals import Refused
from chungtay.reviews.reports import FROM_SCORES, GAP, Report, in_words
from chungtay.reviews.rounds import Round
from chungtay.sheets.exporting import COUNT, RATE, Head

ON_A_SHEET = 12
"""Columns beside one another on paper."""
ON_PAPER = 5000
"""Lines of a list of names that anybody would print."""


def above(title: str, round: Round, area: str, state: str, source: str = "") -> tuple[str, ...]:
    """What stands over the headings of a spreadsheet: what it is of, its day, and where its figures come from."""
    told = source or (f"Quyết định {round.decision}" if round.decision else FROM_SCORES)
    return (f"{title} - {round.title}, {area}", state, f"Nguồn: {told}")


def sheet(told: Report) -> tuple[list[Head], Iterator[tuple[Any, ...]]]:
    """Headings and rows for the one writer of spreadsheets; a gap is a dash, never an empty cell or 0."""
    heads = [Head("Đơn vị", 32), *(Head(one.label, 14, RATE if one.whole else COUNT) for one in told.columns)]
    return heads, (tuple(GAP if one is None else one for one in row) for row in told.rows)


def pdf(told: Report, round: Round, *, on: date) -> bytes:
    """The report on paper, wide: so many columns beside one another, then the next ones."""
    parts = []
    for start in range(0, len(told.columns), ON_A_SHEET):
        chosen = slice(start + 1, start + 1 + ON_A_SHEET)
        heads = ["Đơn vị", *(one.label for one in told.columns[start : start + ON_A_SHEET])]
        rows = [[row[0], *(in_words(one) for one in row[chosen])] for row in told.rows]
        parts.append({"heads": heads, "rows": rows, "has_total": True})
    return _paper(
        told.form.title, f"{round.title}, {told.extent.name}", parts, on=on, state=told.state, source=told.source,
        lines=[told.gaps] if told.gaps else [], note=told.note, is_draft=not told.is_final,
    )  # fmt: skip


def names_pdf(
    title: str, about: str, heads: Sequence[str], rows: Sequence[Sequence[str]], *, on: date, state: str = "",
    lines: Sequence[str] = (), note: str = "", is_draft: bool = False,
) -> bytes:  # fmt: skip
    """A list of households on paper. Raises Refused for one that is too long to be read on paper."""
    if len(rows) > ON_PAPER:
        raise Refused.because(f"Danh sách có hơn {ON_PAPER} dòng: hãy tải Excel, hoặc mở từng xã.")
    part = {"heads": ["STT", *heads], "rows": [[str(n), *row] for n, row in enumerate(rows, start=1)]}
    parts = [part | {"has_total": False}]
    return _paper(title, about, parts, on=on, state=state, lines=lines, note=note, is_draft=is_draft)


def watermark(*, is_draft: bool = False) -> str:
    """What lies across a paper: in the demo that it is worth nothing, else that it is a draft, where it is one."""
    if settings.IS_DEMO:
        return printing.SPECIMEN
    return printing.DRAFT if is_draft else ""


def _paper(
    title: str, about: str, parts: list[dict[str, Any]], *, on: date, state: str = "", source: str = "",
    lines: Sequence[str] = (), note: str = "", is_draft: bool = False,
) -> bytes:  # fmt: skip
    layout = replace(printing.layout_on(on), width=297, height=210, left=20, right=15)
    data = {
        "subject": title, "about": about, "state": state, "lines": list(lines), "parts": parts, "source": source,
        "note": note,
    }  # fmt: skip
    return printing.pdf("review_table", data, on=on, layout=layout, watermark=watermark(is_draft=is_draft))
