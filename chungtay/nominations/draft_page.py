"""The page on which the unit writes its dossier."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from chungtay.nominations import checklist, completeness
from chungtay.nominations.forms import DossierForm, EvidenceForm
from chungtay.nominations.judging_forms import named_criterion
from chungtay.nominations.models import Dossier
from chungtay.nominations.pages import files, linked, open_notes


def page(
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
        "evidence_form": evidence_form or EvidenceForm(papers=required, criteria=judged_criteria(dossier, found)),
        "missing": linked(dossier, completeness.missing(dossier, on=on)),
        "blocked": found.exclusion_reasons(),
        "unmet": [line for line in found.lines if line.source and line.state == "unmet" and not line.by_person],
    }


def judged_criteria(dossier: Dossier, found: checklist.Checklist) -> dict[str, str]:
    """What a person will judge of this dossier, by id: evidence may be handed in for each of them (KH IV.1)."""
    plan = dossier.round.plan_version.plan
    return {line.id: f"{named_criterion(line.id, plan)}: {line.question}"[:110] for line in found.to_judge}


def differences(theirs: Dossier, mine: Mapping[str, Any]) -> list[dict[str, str]]:
    """Field by field, what somebody else saved meanwhile beside what was typed here; only where they differ."""
    found = []
    for name, field in DossierForm.base_fields.items():
        saved = getattr(theirs, name)
        if saved != mine.get(name):
            shown = f"{saved:%d/%m/%Y}" if isinstance(saved, date) else str(saved or "(để trống)")
            found.append({"label": str(field.label), "saved": shown})
    return found or [{"label": "Những việc đã làm", "saved": "Đã được người khác sửa."}]
