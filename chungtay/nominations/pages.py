"""What the page of one dossier shows, gathered in a fixed number of queries."""

from datetime import date
from typing import Any

from django.urls import reverse

from chungtay.accounts.models import Seat
from chungtay.documents.models import Paper
from chungtay.law import procedure
from chungtay.law.procedure import PROPOSING, Desk, State
from chungtay.law.rates import rounded, with_comma
from chungtay.law.refusals import Reason
from chungtay.nominations import checklist, completeness, hearing, history
from chungtay.nominations.forms import DossierForm
from chungtay.nominations.judging_forms import named_criterion
from chungtay.nominations.models import Dossier, Note
from chungtay.parties.requests import KEEPERS
from chungtay.records.journal import noun_of

TONES = {
    State.DRAFT: "neutral",
    State.SUBMITTED: "info",
    State.CHECKING: "info",
    State.RETURNED: "wait",
    State.RECEIVED: "info",
    State.APPRAISED: "info",
    State.RECOMMENDED: "ok",
    State.FORWARDED: "ok",
    State.GRANTED: "honour",
    State.NOT_GRANTED: "no",
    State.AWARDED: "honour",
    State.DECLINED: "no",
    State.REFUSED: "no",
    State.WITHDRAWN: "neutral",
    State.REVOKED: "no",
}
TRAIL = (
    ("Đơn vị trình", {State.DRAFT, State.RETURNED}),
    ("Một cửa", {State.SUBMITTED, State.CHECKING}),
    ("Thẩm định", {State.RECEIVED}),
    ("Hội đồng", {State.APPRAISED}),
    ("Chủ tịch", {State.RECOMMENDED}),
    ("Kết quả", frozenset(state for state in State if state.is_final)),
)
ANSWERED = {State.GRANTED, State.NOT_GRANTED, State.REVOKED}
"""Where the centre may have had its word."""
STOPPED = {State.DECLINED, State.REFUSED, State.WITHDRAWN, State.REVOKED, State.NOT_GRANTED}


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
        "unmet": [line for line in found.lines if _stands_out(line)],
        "met": [line for line in found.lines if line.state == "met"],
        "waiting": [line for line in found.lines if line.state == "judge" and not _stands_out(line)],
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
        "answer": hearing.answer_of(dossier) if dossier.at in ANSWERED else None,
        "may_answer": bool(steps & {"record_grant", "retract_answer"}),
        "may_judge": desk is Desk.BOARD and dossier.at is State.RECEIVED,
        "receipts": list(Paper.objects.filter(noun=label, noun_key=key, kind=Paper.Kind.RECEIPT).order_by("-id")),
        "has_clock": bool(dossier.waits_for) and dossier.waits_for != "unit",
    }


def _stands_out(line: checklist.Line) -> bool:
    """Whether the unit should see the line at once: it is not met, or the data say what it lacks."""
    return line.state in ("unmet", "nodata") or bool(line.state == "judge" and line.missing)


def _confirmed_gifts(found: checklist.Checklist) -> str:
    """What the book of gifts says about the nominee, in a sentence; empty where the plan does not ask."""
    asked = {one.id for one in found.verdict.facts.questions.asked if "contribution_at_threshold" in one.facts}
    return next((line.answer for line in found.lines if line.id in asked), "")


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
        if n == at and dossier.at in (State.AWARDED, State.FORWARDED, State.GRANTED):
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
    labels, plan = parts(dossier), dossier.round.plan_version.plan
    return [
        {
            "id": e.pk,
            "criterion": e.criterion,
            "name": e.name,
            "href": reverse("nominations:evidence", args=[dossier.key, e.pk]),
            "kind": {"pdf": "pdf", "docx": "word", "xlsx": "excel"}.get(e.file.extension, "image"),
            "size": f"{max(e.file.size // 1024, 1)} KB",
            "meta": f"Minh chứng cho {named_criterion(e.criterion, plan)}"
            if e.criterion
            else labels.get(e.paper, "Minh chứng"),
        }
        for e in dossier.evidence.select_related("file")
        if e.removed_on is None
    ]
