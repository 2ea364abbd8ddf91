"""What people choose and type: the day of a verdict, what to try, what they will do to help."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms

from chungtay.law.awards import Payee
from chungtay.law.money import dong
from chungtay.movements.models import Round
from chungtay.movements.plan import Plan
from chungtay.movements.plan_parts import Occasion
from chungtay.prospects.trying import Levels
from chungtay.records.fields import DayField, DongField, WholeField
from chungtay.records.forms import BlamedForm

AHEAD = timedelta(days=366)
"""How far beyond the movement and today a day may lie: rules and registers say nothing of later ones."""
LABELS = dict(Round.Kind.choices)


class DayForm(forms.Form):
    """Ngày và dịp of a verdict. Any day from the movement's first on; left empty it is today."""

    ngay = DayField(label="Ngày xét", required=False)
    dip = forms.ChoiceField(
        label="Dịp xét", required=False, error_messages={"invalid_choice": "Chọn một dịp trong danh sách."}
    )

    def __init__(self, *args: Any, plan: Plan, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.first, self.last = plan.period.since, max(on, plan.period.until) + AHEAD
        given = {one.kind for award in plan.awards for one in award.occasions}
        choices = [(one.value, LABELS[one.value]) for one in Occasion if one in given]
        self.fields["dip"].choices = choices  # type: ignore[attr-defined]

    def clean_ngay(self) -> date | None:
        day: date | None = self.cleaned_data["ngay"]
        if day is not None and not self.first <= day <= self.last:
            raise forms.ValidationError(
                f"Ghi một ngày từ {self.first:%d/%m/%Y} đến {self.last:%d/%m/%Y}: ngoài khoảng đó chưa có kế hoạch."
            )
        return day


class HelpForm(BlamedForm):
    """Sẽ giúp gì: what the desk is going to do, in its own words."""

    text = forms.CharField(
        label="Sẽ giúp gì, ai làm, khi nào",
        max_length=500,
        min_length=10,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Ví dụ: Hội Phụ nữ xã đến thăm trong tuần này; làm thủ tục vay vốn giải quyết việc làm trước 30/11.",
        error_messages={
            "required": "Ghi việc sẽ làm để giúp.",
            "min_length": "Ghi rõ hơn: ai làm gì, khi nào.",
        },
    )


PAYEES = ((Payee.COLLECTIVE, "tap-the", "Tập thể"), (Payee.PERSON, "ca-nhan", "Cá nhân"), (Payee.HOUSEHOLD, "ho", "Hộ"))


class TryForm(forms.Form):
    """Mức muốn thử. What is left empty stays as it is today."""

    def __init__(self, data: Any, *, now: Mapping[Payee, int], own: int) -> None:
        super().__init__(data)
        for payee, name, label in PAYEES:
            if payee in now:
                hint = f"Hôm nay: {dong(now[payee])} đồng."
                self.fields[name] = DongField(label=f"Mức đóng góp: {label.lower()}", required=False, help_text=hint)
        if own > 1:
            self.fields["tieu-chuan"] = WholeField(
                label="Ít nhất mấy tiêu chuẩn riêng đạt bằng số liệu", required=False, max_value=own,
                help_text=f"Số liệu trả lời được {own} tiêu chuẩn của nội dung này. Để trống: không đòi.",
            )  # fmt: skip
        self.fields["moi-xa"] = WholeField(
            label="Hạn mức mỗi xã, đơn vị", required=False, max_value=100_000,
            help_text="Để trống: không hạn chế.",
        )  # fmt: skip
        self.fields["tong"] = WholeField(
            label="Hạn mức cả tỉnh", required=False, max_value=1_000_000,
            help_text="Để trống: không hạn chế.",
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A threshold of nothing would let everybody through: what is left empty stays as it is today."""
        told = super().clean() or self.cleaned_data
        for _, name, _ in PAYEES:
            if told.get(name) == 0:
                self.add_error(name, "Mức đóng góp phải lớn hơn 0 đồng. Để trống nếu giữ mức hôm nay.")
        return told

    def levels(self) -> Levels:
        """What is tried, of a valid form."""
        told = self.cleaned_data
        raised = {payee: told[name] for payee, name, _ in PAYEES if told.get(name) is not None}
        return Levels(raised, told.get("tieu-chuan") or 0, told["moi-xa"], told["tong"])
