"""What each page of a dossier shows, gathered in a fixed number of queries."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from chungtay.accounts.models import Seat
from chungtay.documents.models import Paper
from chungtay.law import procedure
from chungtay.law.awards import Award
from chungtay.law.procedure import PROPOSING, Desk, State
from chungtay.law.rates import rounded, with_comma
from chungtay.law.refusals import Reason
from chungtay.movements.models import Round
from chungtay.nominations import checklist, completeness, history
from chungtay.nominations.forms import DossierForm, EvidenceForm, JudgeForm
from chungtay.nominations.models import Dossier, DossierQuerySet, Note
from chungtay.parties.requests import KEEPERS
from chungtay.parties.search import matching
from chungtay.records import keyset
from chungtay.records.journal import noun_of
from chungtay.records.names import fold

APPRAISED_MESSAGE = {"appraise": "Đã thẩm định và chuyển Hội đồng.", "refuse": "Đã kết luận không đủ điều kiện."}
TONES = {
    State.DRAFT: "neutral",
    State.SUBMITTED: "info",
    State.CHECKING: "info",
    State.RETURNED: "wait",
    State.RECEIVED: "info",
    State.APPRAISED: "info",
    State.RECOMMENDED: "ok",
    State.FORWARDED: "ok",
    State.AWARDED: "honour",
    State.DECLINED: "no",
    State.REFUSED: "no",
    State.WITHDRAWN: "neutral",
    State.REVOKED: "no",
}
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
TRAIL = (
    ("Đơn vị trình", {State.DRAFT, State.RETURNED}),
    ("Một cửa", {State.SUBMITTED, State.CHECKING}),
    ("Thẩm định", {State.RECEIVED}),
    ("Hội đồng", {State.APPRAISED}),
    ("Chủ tịch", {State.RECOMMENDED}),
    ("Kết quả", {State.AWARDED, State.FORWARDED, State.DECLINED, State.REFUSED, State.WITHDRAWN, State.REVOKED}),
)
STATES = [(state.value, state.label) for state in State]
STOPPED = {State.DECLINED, State.REFUSED, State.WITHDRAWN, State.REVOKED}


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


def dossier_page(dossier: Dossier, seat: Seat, on: date) -> dict[str, Any]:
    """Everything the detail page shows, and the steps open to this seat."""
    plan = dossier.round.plan_version.plan
    award, content = plan.award(dossier.award), plan.content(dossier.content)
    found = checklist.of(dossier, on=on)
    is_own = seat.kind in PROPOSING and seat.body_id == dossier.unit_id
    may_write = is_own and dossier.at in (State.DRAFT, State.RETURNED)
    label, key = noun_of(dossier)
    desk = seat.kind
    steps = {s.name for s in procedure.open_steps(desk, dossier.at, state_award=award.level == "state")}
    if desk in PROPOSING and not is_own:
        steps = set()
    return {
        "dossier": dossier,
        "award": award,
        "content": content,
        "tone": TONES[dossier.at],
        "trail": trail(dossier),
        "findings": [
            {
                "kind": one.finding.kind.value,
                "text": one.finding.text if seat.kind in KEEPERS else one.finding.open_text,
                "clause": one.finding.clause,
                "assumed": one.finding.assumed,
                "reason": one.reason,
                "by": one.by,
            }
            for one in found.warnings
        ],
        "points": "" if found.points is None else with_comma(rounded(found.points)),
        "declared": sum(one.value or 0 for one in dossier.achievements.all()),
        "confirmed": _confirmed_gifts(found),
        "found": found,
        "unmet": [line for line in found.lines if line.state in ("unmet", "nodata")],
        "met": [line for line in found.lines if line.state == "met"],
        "waiting": [line for line in found.lines if line.state == "judge"],
        "missing": linked(dossier, completeness.missing(dossier, on=on)) if may_write else [],
        "may_write": may_write,
        "steps": steps,
        "acts": history.of(dossier),
        "days_left": (dossier.due_on - on).days,
        "achievements": list(dossier.achievements.all()),
        "evidence": files(dossier),
        "notes": [
            {"label": parts(dossier).get(n.field, "Hồ sơ"), "text": n.text, "by": n.by, "on": n.on}
            for n in open_notes(dossier)
        ],
        "appraisal": dossier.appraisals.last(),
        "may_judge": desk is Desk.BOARD and dossier.at is State.RECEIVED,
        "receipts": list(Paper.objects.filter(noun=label, noun_key=key, kind=Paper.Kind.RECEIPT).order_by("-id")),
        "has_clock": bool(dossier.waits_for) and dossier.waits_for != "unit",
    }


def _confirmed_gifts(found: checklist.Checklist) -> str:
    """What the book of gifts says about the nominee, in a sentence; empty where the plan does not ask."""
    asked = {one.id for one in found.verdict.facts.questions.asked if "contribution_at_threshold" in one.facts}
    return next((line.answer for line in found.lines if line.id in asked), "")


def edit_page(
    dossier: Dossier, form: DossierForm, lines: Any, on: date, evidence_form: EvidenceForm | None = None
) -> dict[str, Any]:
    """The form with its notes, papers, what is still missing, and what the data says against it."""
    required = completeness.required_papers(dossier)
    present = completeness.papers_present(dossier)
    found = checklist.of(dossier, on=on)
    notes: dict[str, str] = {}
    for note in open_notes(dossier):
        notes[note.field] = f"{notes[note.field]} {note.text}" if note.field in notes else note.text
    return {
        "dossier": dossier,
        "form": form,
        "lines": lines,
        "notes": notes,
        "award": dossier.round.plan_version.plan.award(dossier.award),
        "fields": [
            {"field": form[name], "note": notes.get(name, ""), "later": name != "earlier_awards"}
            for name in form.fields
        ],
        "papers": [
            {"id": p.id, "label": p.label, "clause": p.clause, "there": p.id in present, "note": notes.get(p.id, "")}
            for p in required
        ],
        "evidence": files(dossier),
        "evidence_form": evidence_form or EvidenceForm(papers=required),
        "missing": linked(dossier, completeness.missing(dossier, on=on)),
        "blocked": found.exclusion_reasons(),
        "unmet": [line for line in found.lines if line.source and line.state == "unmet" and not line.by_person],
    }


def appraise_page(dossier: Dossier, found: checklist.Checklist, form: JudgeForm) -> dict[str, Any]:
    """Report, evidence and the rule list side by side."""
    plan = dossier.round.plan_version.plan
    return {
        "dossier": dossier,
        "found": found,
        "form": form,
        "rows": form.rows(),
        "warnings": form.warning_rows(),
        "award": plan.award(dossier.award),
        "content": plan.content(dossier.content),
        "by_data": [line for line in found.lines if not line.by_person],
        "achievements": list(dossier.achievements.all()),
        "evidence": files(dossier),
    }


def judged(found: checklist.Checklist) -> dict[str, str]:
    """The answers given so far, as the form's initial values."""
    told: dict[str, str] = {}
    for line in found.to_judge:
        if line.judged_met is not None:
            told[f"met-{line.id}"] = "yes" if line.judged_met else "no"
            told[f"reason-{line.id}"] = line.judged_reason
            if line.score is not None:
                told[f"score-{line.id}"] = str(line.score)
    for one in found.warnings:
        if one.reason:
            told[f"override-{one.finding.key}"] = one.reason
    return told


def trail(dossier: Dossier) -> list[dict[str, str]]:
    """Where the dossier is, on the way from the unit to the result."""
    at = next(n for n, (_, states) in enumerate(TRAIL) if dossier.at in states)
    steps = []
    for n, (label, _) in enumerate(TRAIL):
        state = "done" if n < at else "now" if n == at else "todo"
        if n == at and dossier.at is State.RETURNED:
            state = "back"
        if n == at and dossier.at in STOPPED:
            state = "stopped"
        if n == at and dossier.at in (State.AWARDED, State.FORWARDED):
            state = "done"
        steps.append({"label": label, "state": state, "note": dossier.at.label if n == at else ""})
    return steps


def parts(dossier: Dossier) -> dict[str, str]:
    """The parts of a dossier that a note can point at, with their labels."""
    fields = {name: str(field.label) for name, field in DossierForm.base_fields.items()}
    papers = {paper.id: paper.label for paper in completeness.required_papers(dossier) if paper.id not in fields}
    return {**fields, "achievements": "Những việc đã làm", **papers, "evidence": "Minh chứng khác"}


def linked(dossier: Dossier, reasons: list[Reason]) -> list[dict[str, str]]:
    """Each missing thing with a link to its very field."""
    page = reverse("nominations:edit", args=[dossier.key])
    return [{"text": r.text, "clause": r.clause, "href": f"{page}#{anchor(r.field)}"} for r in reasons]


def anchor(field: str) -> str:
    """The place on the edit page for a field's name."""
    if field in DossierForm.base_fields:
        return f"id_{field}"
    return "viec" if field == "achievements" else "giay-to"


def open_notes(dossier: Dossier) -> list[Note]:
    """Notes that the unit has not answered yet."""
    return [note for note in dossier.notes.all() if note.answered_on is None]


def files(dossier: Dossier) -> list[dict[str, Any]]:
    """The files that were not removed, with what each one is."""
    labels = parts(dossier)
    return [
        {
            "id": e.pk,
            "name": e.name,
            "href": reverse("nominations:evidence", args=[dossier.key, e.pk]),
            "kind": {"pdf": "pdf", "docx": "word", "xlsx": "excel"}.get(e.file.extension, "image"),
            "size": f"{max(e.file.size // 1024, 1)} KB",
            "meta": labels.get(e.paper, "Minh chứng"),
        }
        for e in dossier.evidence.select_related("file")
        if e.removed_on is None
    ]


def differences(theirs: Dossier, mine: Mapping[str, Any]) -> list[dict[str, str]]:
    """Field by field, what somebody else saved meanwhile beside what was typed here; only where they differ."""
    found = []
    for name, field in DossierForm.base_fields.items():
        saved = getattr(theirs, name)
        if saved != mine.get(name):
            shown = f"{saved:%d/%m/%Y}" if isinstance(saved, date) else str(saved or "(để trống)")
            found.append({"label": str(field.label), "saved": shown})
    return found or [{"label": "Những việc đã làm", "saved": "Đã được người khác sửa."}]
