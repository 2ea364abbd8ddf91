"""What a unit, the desk and the Board type about a dossier, as plain values."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django import forms

from chungtay.law.awards import Award
from chungtay.law.exclusions import Kind
from chungtay.law.procedure import Paper
from chungtay.law.refusals import Reason
from chungtay.movements.models import Round
from chungtay.movements.plan import Plan
from chungtay.movements.plan_checks import GENERAL
from chungtay.nominations.checklist import Checklist
from chungtay.nominations.completeness import LEAST_OVERRIDE, LEAST_REASON, LEAST_REPORT, least_reason
from chungtay.nominations.models import Achievement, Dossier
from chungtay.parties.models import Party
from chungtay.records.fields import DayField, DongField, WholeField
from chungtay.records.forms import BlamedForm


class GroupedRadios(forms.RadioSelect):
    """Radios under heads. The head is part of each one's name for those who do not see it stand above."""

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        groups = super().optgroups(name, value, attrs)
        for head, options, _ in groups:
            for option in options if head else ():
                option["attrs"]["aria-label"] = f"{option['label']}, {head}"
        return groups


OCCASIONS = ("yearly", "midterm", "five_year")


class OpenForm(BlamedForm):
    """One choice: round, content and award together, among those the plan gives this party; the usual ones first."""

    choice = forms.ChoiceField(
        label="Đề nghị khen gì, trong đợt nào",
        widget=GroupedRadios,
        help_text="Thường gặp nhất ở trên cùng. Khen cấp Nhà nước: tỉnh xét rồi trình Thủ tướng Chính phủ.",
        error_messages={
            "required": "Chọn một hình thức khen.",
            "invalid_choice": "Chọn một trong các hình thức dưới đây.",
        },
    )

    def __init__(self, *args: Any, party: Party, rounds: Iterable[Round], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rounds = {str(round_.pk): round_ for round_ in rounds}
        groups: dict[str, list[tuple[tuple[int, int], str, str]]] = {}
        for key, round_ in self.rounds.items():
            plan = round_.plan_version.plan
            for content in plan.contents_for(party.kind):
                for award in plan.awards_asked_of_province(content.id, round_.kind, party.payee):
                    rank = (int(award.level == "state"), OCCASIONS.index(round_.kind))
                    told = (rank, f"{key}|{content.id}|{award.id}", f"{award.title} · {round_.title}")
                    groups.setdefault(f"{content.letter}) {content.title}", []).append(told)
        choices = [
            (head, [(value, label) for _, value, label in sorted(told, key=lambda one: one[0])])
            for head, told in groups.items()
        ]
        self.fields["choice"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> tuple[Round, str, str]:
        """(round, content, award)."""
        key, content, award = self.cleaned_data["choice"].split("|")
        return self.rounds[key], content, award


class DossierForm(BlamedForm):
    """The dossier as the unit writes it; everything may be left for later, `submit` says what is missing."""

    party_name = forms.CharField(
        label="Tên ghi trên bằng",
        max_length=250,
        required=False,
        help_text="Đúng như sẽ in trên bằng khen, đủ dấu, không viết tắt.",
    )
    period_from = DayField(label="Thành tích từ ngày", required=False)
    period_to = DayField(label="Đến ngày", required=False)
    summary = forms.CharField(
        label="Tóm tắt thành tích",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Một câu, tối đa 300 ký tự. Câu này in trên bằng khen.",
    )
    report = forms.CharField(
        label="Báo cáo thành tích",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="Theo Mẫu 07: đã làm gì, giúp ai, kết quả ra sao. "
        f"Ít nhất {LEAST_REPORT} ký tự, hoặc nộp tệp báo cáo đã ký.",
    )
    earlier_awards = forms.CharField(
        label="Các hình thức đã được khen",
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Mỗi dòng: năm, hình thức, số và ngày quyết định.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("period_from"), cleaned.get("period_to")
        if first and last and last < first:
            self.add_error("period_to", "Ngày sau phải từ ngày trước trở đi.")
        return cleaned

    @classmethod
    def of(cls, dossier: Dossier, data: Any = None) -> "DossierForm":
        return cls(data, initial={name: getattr(dossier, name) for name in cls.base_fields})


class AchievementForm(BlamedForm):
    """One line of what was done or given."""

    nature = forms.ChoiceField(label="Loại", choices=Achievement.Nature.choices, initial=Achievement.Nature.OTHER)
    text = forms.CharField(
        label="Việc đã làm và kết quả", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    value = DongField(label="Trị giá (đồng)", required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("value") and not cleaned.get("text"):
            self.add_error("text", "Ghi đã đóng góp gì cho số tiền này.")
        return cleaned


MOST_LINES = 40
AchievementFormSet = forms.formset_factory(
    AchievementForm, extra=2, max_num=MOST_LINES, absolute_max=MOST_LINES, validate_max=True
)


def achievement_forms(dossier: Dossier, data: Any = None, *, more: int = 0) -> Any:
    """The lines of the dossier and two empty ones; of what was typed, `more` empty ones below."""
    rows = [{"nature": a.nature, "text": a.text, "value": a.value} for a in dossier.achievements.all()]
    if data is not None and more:
        told = data.copy()
        count = told.get("viec-TOTAL_FORMS", "")
        if count.isdecimal() and len(count) < 4:
            total = min(int(count) + more, MOST_LINES)
            told["viec-TOTAL_FORMS"] = str(total)
            for n in range(int(count), total):
                told[f"viec-{n}-nature"] = Achievement.Nature.OTHER.value
        data = told
    return AchievementFormSet(data, initial=rows, prefix="viec")


def written_lines(forms_: Any) -> list[dict[str, Any]]:
    """The lines that say something, in order."""
    return [form.cleaned_data for form in forms_ if form.cleaned_data.get("text")]


class EvidenceForm(BlamedForm):
    """A file: one of the required papers, or evidence."""

    paper = forms.ChoiceField(label="Đây là", required=False)
    name = forms.CharField(label="Ghi chú", max_length=200, required=False, help_text="Ví dụ: Tờ trình số 15/TTr-UBND.")
    file = forms.FileField(
        label="Tệp",
        help_text="PDF, ảnh, Word hoặc Excel, tối đa 10 MB. Ảnh chụp bằng điện thoại cũng được.",
        error_messages={"required": "Chọn một tệp.", "empty": "Tệp rỗng, hãy chọn tệp khác."},
    )

    def __init__(self, *args: Any, papers: Iterable[Paper], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(paper.id, paper.label) for paper in papers]
        self.fields["paper"].choices = [*choices, ("", "Minh chứng khác")]  # type: ignore[attr-defined]


class SendBackForm(BlamedForm):
    """One note for each part of the dossier that must change."""

    def __init__(self, *args: Any, parts: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field, label in parts.items():
            self.fields[field] = forms.CharField(label=label, max_length=500, required=False)


class JudgeForm(BlamedForm):
    """For each criterion that a person judges: met or not, its score where the Council weighs it, and why. For each
    warning that the law leaves to a named official: why the dossier goes on all the same."""

    ANSWERS = (("yes", "Đạt"), ("no", "Không đạt"))

    def __init__(self, *args: Any, found: Checklist, plan: Plan, scale: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = list(found.to_judge)
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
                    label=f"Điểm, từ 0 đến {scale} (hệ số {line.weight})", max_value=scale, required=False
                )
            self.fields[f"reason-{line.id}"] = forms.CharField(
                label=f"Lý do, căn cứ ({_named(line.id, plan)})",
                max_length=500,
                required=False,
                help_text=f"Ít nhất {least_reason(plan, line.id)} ký tự.",
            )
        self.fields["opinion"] = forms.CharField(
            label="Ý kiến thẩm định chung",
            required=False,
            max_length=4_000,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=f"Ít nhất {LEAST_REASON} ký tự. Hội đồng đọc ý kiến này; nếu không đủ điều kiện, "
            "đơn vị trình đọc nó.",
        )

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


def _named(criterion_id: str, plan: Plan) -> str:
    """A criterion in a word or two: "tiêu chuẩn chung 3", "tiêu chuẩn đ.2"."""
    group, _, ordinal = criterion_id.rpartition(".")
    if group == GENERAL:
        return f"tiêu chuẩn chung {ordinal}"
    if group in {award.id for award in plan.awards}:
        return f"tiêu chuẩn riêng của {Award(group).short}"
    return f"tiêu chuẩn {plan.content(group).letter}.{ordinal}"


class ReasonForm(BlamedForm):
    """One sentence that says why."""

    reason = forms.CharField(
        label="Lý do",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Ghi lý do."},
    )
