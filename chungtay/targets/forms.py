"""What people type here: a figure for each unit, an income survey, answers about infrastructure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms

from chungtay.law.refusals import Conflict, Reason
from chungtay.records.fields import GROUPS, DongField, WholeField
from chungtay.records.forms import BlamedForm
from chungtay.records.templatetags.vn import so
from chungtay.targets.actions import LEAST_A_HEAD, MISTYPED, MOST_A_HEAD, Answer, Survey
from chungtay.targets.assigning import Wanted
from chungtay.targets.ground import Unit
from chungtay.targets.models import Assigned, IncomeSurvey, Infrastructure

SOURCE = {"required": "Cần ghi văn bản, nguồn."}
TOO_LARGE = "Số này quá lớn."
MEANS = {"yes": True, "no": False, "none": None}


class FigureField(forms.DecimalField):
    """A figure as people write it, with a comma: "8,78", "1.250". Gives Decimal or None."""

    def __init__(self, **more: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": 8})
        super().__init__(
            required=False, max_digits=12, decimal_places=2, min_value=Decimal(0), widget=widget,
            error_messages={
                "invalid": "Ghi một số, ví dụ 8,78.", "max_decimal_places": "Ghi tối đa hai chữ số sau dấu phẩy.",
                "min_value": "Mức giao không được âm.", "max_digits": TOO_LARGE, "max_whole_digits": TOO_LARGE,
            },
            **more,
        )  # fmt: skip

    def clean(self, value: Any) -> Any:
        if isinstance(value, str):
            whole, comma, part = value.strip().partition(",")
            if GROUPS.match(whole):
                whole = whole.replace(".", "").replace(" ", "")
            value = f"{whole}.{part}" if comma else whole
        return super().clean(value)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:f}".replace(".", ",") if isinstance(value, Decimal) else value


class AssignForm(BlamedForm):
    """Giao chỉ tiêu một năm: one field a unit (`value-<key>`), the row that was seen, the paper it stands in."""

    document = forms.CharField(label="Văn bản giao", required=False, max_length=200)

    def __init__(
        self, *args: Any, units: Iterable[Unit], standing: Mapping[int, Assigned], whole: bool, **more: Any
    ) -> None:
        self.units = list(units)
        papers = (row.document for row in standing.values() if row.value is not None)
        initial: dict[str, Any] = {"document": next(papers, "")}
        for unit in self.units:
            row = standing.get(unit.pk)
            value = None if row is None else row.value
            initial[f"value-{unit.pk}"] = None if value is None else _plain(value, whole=whole)
            initial[f"seen-{unit.pk}"] = 0 if row is None else row.pk
        more["initial"] = initial
        super().__init__(*args, **more)
        for unit in self.units:
            self.fields[f"value-{unit.pk}"] = FigureField(label=unit.name)
            self.fields[f"seen-{unit.pk}"] = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def wanted(self) -> dict[int, Wanted]:
        """The figures that were typed, by the key of the place; None where a row was seen and nothing is left of it."""
        told = self.cleaned_data
        read = {unit.pk: (f"value-{unit.pk}", told.get(f"seen-{unit.pk}") or 0) for unit in self.units}
        return {
            key: Wanted(told[name], seen)
            for key, (name, seen) in read.items()
            if name in told and (told[name] is not None or seen)
        }

    def blame(self, reasons: Iterable[Reason]) -> None:
        """As everywhere, but a field that already has a fault of its own gets no other."""
        faulty = set(self.errors)
        super().blame(reason for reason in reasons if self.field_for(reason.field) not in faulty)

    def overtaken(self, conflict: Conflict, rows: Mapping[int, Assigned]) -> None:
        """Say at its field what somebody else wrote first; whoever sends this form again has seen it.

        What was typed stays. The form has to be bound.
        """
        self.blame(conflict.reasons)
        told = dict(self.data.items())
        for unit in self.units:
            if self.has_error(f"value-{unit.pk}") and unit.pk in rows:
                told[f"seen-{unit.pk}"] = str(rows[unit.pk].pk)
        self.data = told

    def rows(self) -> list[dict[str, Any]]:
        """Each unit with its fields."""
        return [
            {"unit": unit, "value": self[f"value-{unit.pk}"], "seen": self[f"seen-{unit.pk}"]} for unit in self.units
        ]


class SurveyForm(BlamedForm):
    """Kết quả điều tra thu nhập của hộ nghèo trên một địa bàn."""

    households = WholeField(
        label="Số hộ nghèo được điều tra", min_value=1, max_value=2_000_000,
        error_messages={"required": "Cần ghi số hộ.", "min_value": "Số hộ phải từ 1 trở lên."},
    )  # fmt: skip
    per_head = DongField(
        label="Thu nhập bình quân đầu người một tháng", min_value=LEAST_A_HEAD, max_value=MOST_A_HEAD,
        error_messages={
            "required": "Cần ghi thu nhập bình quân.", "min_value": MISTYPED, "max_value": MISTYPED,
        },
    )  # fmt: skip
    method = forms.CharField(
        label="Cách điều tra", max_length=300, help_text="Chọn hộ thế nào, hỏi vào tháng nào.",
        error_messages={"required": "Cần ghi cách điều tra."},
    )  # fmt: skip
    source = forms.CharField(label="Văn bản, nguồn", max_length=300, error_messages=SOURCE)

    def __init__(self, *args: Any, years: Iterable[int], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["year"] = year_field(years)

    def told(self) -> Survey:
        """What was typed."""
        return Survey(**self.cleaned_data)


class WithdrawForm(BlamedForm):
    """Rút một kết quả điều tra đã ghi nhầm: which, and why."""

    reason = forms.CharField(
        label="Lý do rút", max_length=300, error_messages={"required": "Cần ghi lý do rút."},
        help_text="Kết quả đã rút vẫn xem lại được ở dưới, nhưng không tính nữa.",
    )  # fmt: skip

    def __init__(self, *args: Any, surveys: Iterable[IncomeSurvey], **more: Any) -> None:
        super().__init__(*args, **more)
        self.surveys = {str(one.pk): one for one in surveys}
        choices = [(key, f"Năm {one.year}: {so(one.per_head)} đồng") for key, one in self.surveys.items()]
        self.fields["survey"] = forms.ChoiceField(
            label="Kết quả cần rút", choices=choices,
            error_messages={"invalid_choice": "Kết quả này đã được thay hoặc rút. Xem lại danh sách."},
        )  # fmt: skip

    def survey(self) -> IncomeSurvey:
        """The one that was picked."""
        return self.surveys[self.cleaned_data["survey"]]


class InfrastructureForm(BlamedForm):
    """Đường, điện, nước sạch của một xã hoặc một ấp: met, not met, not known any more; what is not answered stays."""

    hamlet = forms.CharField(
        label="Ấp, khu phố", required=False, max_length=120, help_text="Để trống nếu là kết quả chung của xã.",
        widget=forms.TextInput(attrs={"list": "ap", "autocomplete": "off"}),
    )  # fmt: skip
    source = forms.CharField(label="Văn bản, nguồn", max_length=300, error_messages=SOURCE)

    def __init__(self, *args: Any, years: Iterable[int], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["year"] = year_field(years)
        for criterion in Infrastructure.Criterion:
            self.fields[criterion.value] = forms.ChoiceField(
                label=criterion.label, required=False, widget=forms.RadioSelect,
                choices=[("yes", "Đạt"), ("no", "Chưa đạt"), ("none", "Chưa có kết quả (rút kết quả đã ghi)")],
                error_messages={"invalid_choice": "Hãy chọn một câu trả lời."},
            )  # fmt: skip

    def answers(self) -> list[Answer]:
        """The criteria that were answered."""
        told = self.cleaned_data
        return [
            Answer(one.value, MEANS[told[one.value]], told["hamlet"])
            for one in Infrastructure.Criterion
            if told[one.value]
        ]

    def criteria(self) -> list[Any]:
        """The fields of the criteria, in order."""
        return [self[one.value] for one in Infrastructure.Criterion]


def year_field(years: Iterable[int]) -> forms.TypedChoiceField:
    """A choice of these years, the latest first."""
    return forms.TypedChoiceField(
        label="Năm", coerce=int, choices=[(str(year), str(year)) for year in sorted(years, reverse=True)],
        error_messages={"required": "Cần chọn năm.", "invalid_choice": "Hãy chọn một năm trong danh sách."},
    )  # fmt: skip


def _plain(value: Decimal, *, whole: bool) -> Decimal:
    return value.quantize(Decimal(1)) if whole else value
