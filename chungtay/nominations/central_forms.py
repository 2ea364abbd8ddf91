"""What the Board types of an answer from above."""

from collections.abc import Collection
from typing import Any

from django import forms

from chungtay.nominations.central import STATE_AWARDS, CentralAnswer
from chungtay.nominations.hearing import LEAST_REASON, Document
from chungtay.records.fields import DayField
from chungtay.records.forms import BlamedForm

Kind = CentralAnswer.Kind
STEPS = {
    "record_grant": Kind.GRANTED, "record_denial": Kind.DENIED, "retract_answer": Kind.RETRACTED,
    "revoke": Kind.REVOKED,
}  # fmt: skip
"""What may be answered, by the step of the procedure that is open."""


class AnswerForm(BlamedForm):
    """Kết quả từ Trung ương: one of the answers that are open now, with its document."""

    kind = forms.ChoiceField(label="Kết quả", widget=forms.RadioSelect, error_messages={"required": "Chọn kết quả."})
    award = forms.ChoiceField(
        label="Hình thức được khen", choices=STATE_AWARDS, required=False, help_text="Chỉ ghi khi được khen."
    )
    number = forms.CharField(
        label="Số văn bản", max_length=60, required=False, help_text="Ví dụ: 1234/QĐ-TTg. Được khen thì phải ghi."
    )
    day = DayField(label="Ngày văn bản", required=False)
    issuer = forms.CharField(
        label="Cơ quan ban hành", max_length=200, required=False, help_text="Ví dụ: Thủ tướng Chính phủ, Chủ tịch nước."
    )
    reason = forms.CharField(
        label="Lý do",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=f"Không khen, gỡ kết quả hoặc thu hồi thì phải ghi, ít nhất {LEAST_REASON} ký tự.",
    )

    def __init__(self, *args: Any, steps: Collection[str], asked: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(kind.value, kind.label) for step, kind in STEPS.items() if step in steps]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]
        self.fields["award"].initial = asked
        if "record_grant" not in steps:
            del self.fields["award"]

    @property
    def document(self) -> Document:
        """The document of a valid form."""
        told = self.cleaned_data
        return Document(told["number"], told["day"], told["issuer"])
