"""The page on which the Board appraises a dossier."""

from typing import Any

from chungtay.nominations import checklist
from chungtay.nominations.judging_forms import JudgeForm
from chungtay.nominations.models import Dossier
from chungtay.nominations.pages import files

APPRAISED_MESSAGE = {"appraise": "Đã thẩm định và chuyển Hội đồng.", "refuse": "Đã kết luận không đủ điều kiện."}


def page(dossier: Dossier, found: checklist.Checklist, form: JudgeForm) -> dict[str, Any]:
    """Report, evidence and the rule list side by side."""
    plan, evidence = dossier.round.plan_version.plan, files(dossier)
    return {
        "dossier": dossier,
        "found": found,
        "form": form,
        "rows": [
            {**row, "files": [one for one in evidence if one["criterion"] == row["line"].id]} for row in form.rows()
        ],
        "warnings": form.warning_rows(),
        "award": plan.award(dossier.award),
        "content": plan.content(dossier.content),
        "by_data": [line for line in found.lines if not line.by_person],
        "achievements": list(dossier.achievements.all()),
        "evidence": evidence,
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
