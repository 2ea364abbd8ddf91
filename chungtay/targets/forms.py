"""What people type here: a figure for each unit, an income survey, answers about infrastructure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms

from chungtay.law.refusals import Refused
from chungtay.records.fields import GROUPS, DongField, WholeField
from chungtay.records.forms import BlamedForm
from chungtay.targets.actions import Answer, Survey, Wanted
from chungtay.targets.ground import Unit
from chungtay.targets.models import Assigned, Infrastructure

SOURCE = {"required": "Cần ghi văn bản, nguồn."}
TOO_LARGE = "Số này quá lớn."


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
        self.standing = standing
        initial: dict[str, Any] = {"document": next((row.document for row in standing.values()), "")}
        for unit in self.units:
            row = standing.get(unit.pk)
            initial[f"value-{unit.pk}"] = _plain(row.value, whole=whole) if row is not None else None
            initial[f"seen-{unit.pk}"] = 0 if row is None else row.pk
        more["initial"] = initial
        super().__init__(*args, **more)
        for unit in self.units:
            self.fields[f"value-{unit.pk}"] = FigureField(label=unit.name)
            self.fields[f"seen-{unit.pk}"] = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def wanted(self) -> dict[int, Wanted]:
        """The figures that were typed, by the key of the place."""
        told = self.cleaned_data
        return {
            unit.pk: Wanted(told[f"value-{unit.pk}"], told[f"seen-{unit.pk}"])
            for unit in self.units
            if told.get(f"value-{unit.pk}") is not None
        }

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
        label="Thu nhập bình quân đầu người một tháng", error_messages={"required": "Cần ghi thu nhập bình quân."}
    )
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


class InfrastructureForm(BlamedForm):
    """Đường, điện, nước sạch của một xã hoặc một ấp: met, not met, or no answer yet."""

    hamlet = forms.CharField(
        label="Ấp, khu phố", required=False, max_length=120, help_text="Để trống nếu là kết quả chung của xã."
    )
    source = forms.CharField(label="Văn bản, nguồn", max_length=300, error_messages=SOURCE)

    def __init__(self, *args: Any, years: Iterable[int], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["year"] = year_field(years)
        for criterion in Infrastructure.Criterion:
            self.fields[criterion.value] = forms.ChoiceField(
                label=criterion.label, required=False, widget=forms.RadioSelect,
                choices=[("yes", "Đạt"), ("no", "Chưa đạt"), ("", "Chưa có kết quả")],
                error_messages={"invalid_choice": "Hãy chọn một câu trả lời."},
            )  # fmt: skip

    def answers(self) -> list[Answer]:
        """The criteria that were answered."""
        told = self.cleaned_data
        return [
            Answer(one.value, told[one.value] == "yes", told["hamlet"])
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


def _blame(form: forms.Form, refused: Refused) -> None:
    for reason in refused.reasons:
        form.add_error(reason.field if reason.field in form.fields else None, str(reason))
