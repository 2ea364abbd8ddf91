"""What a unit, the desk and the Board type about a dossier, as plain values."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from chungtay.law.procedure import Paper
from chungtay.movements.models import Round
from chungtay.nominations.completeness import LEAST_REPORT
from chungtay.nominations.models import Achievement, Dossier
from chungtay.parties.models import Party
from chungtay.records.fields import DayField, DongField
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


FOR = "criterion:"
"""Before the id of a criterion, where a file is evidence for it."""


class EvidenceForm(BlamedForm):
    """A file: one of the required papers, evidence for a criterion that a person judges, or other evidence."""

    paper = forms.ChoiceField(label="Đây là", required=False)
    name = forms.CharField(label="Ghi chú", max_length=200, required=False, help_text="Ví dụ: Tờ trình số 15/TTr-UBND.")
    file = forms.FileField(
        label="Tệp",
        help_text="PDF, ảnh, Word hoặc Excel, tối đa 10 MB. Ảnh chụp bằng điện thoại cũng được.",
        error_messages={"required": "Chọn một tệp.", "empty": "Tệp rỗng, hãy chọn tệp khác."},
    )

    def __init__(self, *args: Any, papers: Iterable[Paper], criteria: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: list[Any] = [(paper.id, paper.label) for paper in papers]
        if criteria:
            told = [(f"{FOR}{key}", label) for key, label in criteria.items()]
            choices.append(("Minh chứng cho tiêu chuẩn", told))
        self.fields["paper"].choices = [*choices, ("", "Minh chứng khác")]  # type: ignore[attr-defined]

    @property
    def what(self) -> tuple[str, str]:
        """(required paper, criterion): one of the two, or neither for other evidence."""
        told = str(self.cleaned_data["paper"])
        return ("", told.removeprefix(FOR)) if told.startswith(FOR) else (told, "")


class SendBackForm(BlamedForm):
    """One note for each part of the dossier that must change."""

    def __init__(self, *args: Any, parts: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field, label in parts.items():
            self.fields[field] = forms.CharField(label=label, max_length=500, required=False)


class ReasonForm(BlamedForm):
    """One sentence that says why."""

    reason = forms.CharField(
        label="Lý do",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Ghi lý do."},
    )
