"""Lists of dossiers: their lines, filters and how many there are, in a fixed number of queries."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from chungtay.accounts.models import Seat
from chungtay.law.awards import Award
from chungtay.law.procedure import PROPOSING, Desk, State
from chungtay.movements.models import Round
from chungtay.nominations.models import Dossier, DossierQuerySet
from chungtay.nominations.pages import TONES
from chungtay.parties.search import matching
from chungtay.records import keyset
from chungtay.records.names import fold

LISTED = (
    "id",
    "party_name",
    "code",
    "key",
    "state",
    "due_on",
    "award",
    "round_id",
    "unit_id",
    "unit__name",
    "waits_for",
)
COUNTED = 200
CODE = re.compile(r"[A-Z]+-\d{4}-\d{1,9}")
STATES = [(state.value, state.label) for state in State]


def lines(rows: QuerySet[Dossier]) -> QuerySet[Any, Any]:
    """The rows with what a line of a list shows and no more: long texts and the plan stay in the database."""
    return rows.values_list(*LISTED, named=True)


def rounds() -> list[Any]:
    """Every round, the latest first: pk, title, opens, closes, plan (its version, whose text a process reads once)."""
    told = ("pk", "title", "opens", "closes", "plan_version_id", "plan_version__digest")
    return list(Round.objects.order_by("-year", "kind", "-id").values_list(*told, named=True))


def rows_of(listed: Iterable[Any], on: date, among: Iterable[Any], own: int | None = None) -> list[dict[str, Any]]:
    """Lines of a list: name, code, state, days left; the unit, unless that is the reader's `own` body.

    `among` holds the rounds that the lines name.
    """
    known = {one.pk: one for one in among}
    where = reverse("nominations:detail", args=["0"])
    told: dict[tuple[int, str], str] = {}
    rows = []
    for line in listed:
        asked = (line.round_id, line.award)
        if asked not in told:
            told[asked] = f"{Award(line.award).short} · {known[line.round_id].title}"
        unit = "" if line.unit_id == own else f" · {line.unit__name}"
        rows.append({"meta": f"{told[asked]}{unit}", "href": where.replace("0", line.key), **_row(line, on)})
    return rows


def _row(line: Any, on: date) -> dict[str, Any]:
    state = State(line.state)
    late = (line.due_on - on).days
    has_clock = bool(line.waits_for) and line.waits_for != "unit"
    return {
        "title": line.party_name,
        "code": line.code or "",
        "badge_tone": TONES[state],
        "badge_label": state.label,
        "due_tone": ("late" if late < 0 else "soon" if late <= 3 else "ok") if has_clock else "",
        "due_label": _due_words(late) if has_clock else "",
    }


def _due_words(days: int) -> str:
    if days < 0:
        return f"Quá hạn {-days} ngày"
    return "Hạn hôm nay" if days == 0 else f"Còn {days} ngày"


def dossier_list(seat: Seat, query: QueryDict, on: date) -> dict[str, Any]:
    """The list with its filters; newest first."""
    rows = Dossier.objects.visible_to(seat, on)
    state, round_id, text = query.get("trang_thai", ""), query.get("dot", ""), query.get("ten", "").strip()
    if state in set(State):
        rows = rows.filter(state=state)
    if round_id.isdecimal():
        rows = rows.filter(round_id=int(round_id))
    if text:
        rows = named(rows, text)
    page = keyset.page(rows, order=("-id",), mark=query.get("trang", ""), show=lines)
    count, exact = _count(rows, page, is_filtered=bool(state or round_id or text))
    every = rounds()
    return {
        "rows": rows_of(page.rows, on, every, seat.body_id),
        "page": page,
        "count": count,
        "exact": exact,
        "states": STATES,
        "rounds": [(str(one.pk), one.title) for one in every],
        "state": state,
        "round_id": round_id,
        "text": text,
        "can_open": seat.kind in PROPOSING,
        "can_confirm": seat.kind is Desk.BOARD,
    }


def _count(rows: DossierQuerySet, page: keyset.Page[Dossier], *, is_filtered: bool) -> tuple[int | None, bool]:
    """How many dossiers there are, and whether just so many. None, or only that there are more than this page, where
    it would take long to find out: after the first page, and behind a filter."""
    if page.previous:
        return None, False
    if is_filtered or not page.next:
        return len(page.rows), not page.next
    return keyset.bounded_count(rows, COUNTED)


def named(rows: DossierQuerySet, text: str) -> DossierQuerySet:
    """The rows with this code; for any other text those whose party is found by it, without accents, in any order."""
    code = text.strip().upper()
    if CODE.fullmatch(code):
        return rows.filter(code=code)
    return matching(rows, text, party="party__") if fold(text) else rows.none()
