"""What the Board answers when it appraises: criteria, their scores, warnings, its opinion."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django import forms

from chungtay.law.awards import Award
from chungtay.law.exclusions import Kind
from chungtay.law.refusals import Reason
from chungtay.movements.plan import Plan
from chungtay.movements.plan_checks import GENERAL
from chungtay.nominations.checklist import Checklist
from chungtay.nominations.completeness import LEAST_OVERRIDE, LEAST_REASON, least_reason
from chungtay.records.fields import WholeField
from chungtay.records.forms import BlamedForm


class JudgeForm(BlamedForm):
    """For each criterion that a person judges: met or not, its score where the Council weighs it, and why. For each
    warning that the law leaves to a named official: why the dossier goes on all the same."""

    ANSWERS = (("yes", "Đạt"), ("no", "Không đạt"))

    def __init__(self, *args: Any, found: Checklist, plan: Plan, scale: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = list(found.to_judge)
        self.least = {line.id: least_reason(plan, line.id) for line in self.criteria}
        self.warnings = [one for one in found.warnings if one.finding.kind is Kind.WARN]
        for warning in self.warnings:
            self.fields[f"override-{warning.finding.key}"] = forms.CharField(
                label="Vì sao vẫn xét, căn cứ vào đâu",
                max_length=500,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text=f"Ít nhất {LEAST_OVERRIDE} ký tự; ghi tên người quyết định. Để trống thì hồ sơ dừng ở đây.",
            )
        for line in self.criteria:
            self.fields[f"met-{line.id}"] = forms.ChoiceField(
                label=line.question, choices=self.ANSWERS, required=False, widget=forms.RadioSelect
            )
            if line.weight:
                self.fields[f"score-{line.id}"] = WholeField(
                    label=f"Điểm của {named_criterion(line.id, plan)}, từ 0 đến {scale} (hệ số {line.weight})",
                    max_value=scale,
                    required=False,
                )
            self.fields[f"reason-{line.id}"] = forms.CharField(
                label=f"Lý do, căn cứ ({named_criterion(line.id, plan)})",
                max_length=500,
                required=False,
                help_text=f"Ít nhất {self.least[line.id]} ký tự.",
            )
        self.fields["opinion"] = forms.CharField(
            label="Ý kiến thẩm định chung",
            required=False,
            max_length=4_000,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=f"Ít nhất {LEAST_REASON} ký tự. Hội đồng đọc ý kiến này; nếu không đủ điều kiện, "
            "đơn vị trình đọc nó.",
        )

    def clean(self) -> dict[str, Any]:
        """A reason or a score without an answer would be dropped: the answer is asked for."""
        told = super().clean() or self.cleaned_data
        for line in self.criteria:
            met, reason = told.get(f"met-{line.id}"), told.get(f"reason-{line.id}", "")
            if not met and (reason or told.get(f"score-{line.id}") is not None):
                self.add_error(f"met-{line.id}", "Chọn Đạt hoặc Không đạt, hoặc xóa lý do và điểm đã ghi.")
            elif met and len(reason.strip()) < self.least[line.id]:
                short = Reason(f"Lý do cần ít nhất {self.least[line.id]} ký tự.", "KH V.5")
                self.add_error(f"reason-{line.id}", str(short))
        return told

    def field_for(self, name: str) -> str | None:
        """A reason about a criterion stands at its answer."""
        return super().field_for(name.replace("criterion-", "met-", 1))

    def blame(self, reasons: Iterable[Reason]) -> None:
        """A reason at a criterion or a warning does not repeat its words: they stand right above."""
        super().blame(self._short(reason) if self.field_for(reason.field) else reason for reason in reasons)

    def _short(self, reason: Reason) -> Reason:
        head, colon, _ = reason.text.partition(": ")
        is_told_above = colon and reason.field.startswith(("criterion-", "override-"))
        return replace(reason, text=f"{head}.") if is_told_above else reason

    def rows(self) -> list[dict[str, Any]]:
        """Each criterion with its two fields, for the page."""
        return [
            {"line": c, "met": self[f"met-{c.id}"], "reason": self[f"reason-{c.id}"],
             "score": self[f"score-{c.id}"] if c.weight else None}
            for c in self.criteria
        ]  # fmt: skip

    def warning_rows(self) -> list[dict[str, Any]]:
        """Each warning with the field for its reason."""
        return [{"warning": one, "reason": self[f"override-{one.finding.key}"]} for one in self.warnings]

    @property
    def judgements(self) -> dict[str, tuple[bool, str]]:
        """Only the criteria that were answered now and differently from before."""
        told = {}
        for line in self.criteria:
            met, reason = self.cleaned_data.get(f"met-{line.id}"), self.cleaned_data.get(f"reason-{line.id}", "")
            before = (line.judged_met, line.judged_reason, line.score)
            if met and (met == "yes", reason, self.cleaned_data.get(f"score-{line.id}")) != before:
                told[line.id] = (met == "yes", reason)
        return told

    @property
    def scores(self) -> dict[str, int]:
        """The scores that were given, by criterion."""
        told = {line.id: self.cleaned_data.get(f"score-{line.id}") for line in self.criteria}
        return {criterion: score for criterion, score in told.items() if score is not None}

    @property
    def overrides(self) -> dict[str, str]:
        """The reasons that were given now and differently from before, by the key of the warning."""
        told = {one.finding.key: self.cleaned_data.get(f"override-{one.finding.key}", "") for one in self.warnings}
        before = {one.finding.key: one.reason for one in self.warnings}
        return {key: reason for key, reason in told.items() if reason and reason != before[key]}


def named_criterion(criterion_id: str, plan: Plan) -> str:
    """A criterion in a word or two: "tiêu chuẩn chung 3", "tiêu chuẩn đ.2"."""
    group, _, ordinal = criterion_id.rpartition(".")
    if group == GENERAL:
        return f"tiêu chuẩn chung {ordinal}"
    if group in {award.id for award in plan.awards}:
        return f"tiêu chuẩn riêng của {Award(group).short}"
    return f"tiêu chuẩn {plan.content(group).letter}.{ordinal}"
