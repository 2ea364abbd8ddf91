"""Delegating a seat, and giving one."""

from datetime import date
from typing import Any

from django import forms

from chungtay.accounts.models import Desk, Seat, User
from chungtay.parties.forms import EMPTY, day_field
from chungtay.records.forms import BlamedForm


class _SeatForm(BlamedForm):
    """Offers users."""

    def offer(self, name: str, rows: Any) -> None:
        """Let the field choose among users, each with their account's name."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [EMPTY, *((str(user.pk), f"{user} ({user.username})") for user in rows)]


def colleagues(seat: Seat, on: date) -> Any:
    """The users who sit at a desk of the same body on that day, without the seat's own."""
    same = Seat.objects.filter(desk__body=seat.desk.body_id).valid(on).values("user")
    return User.objects.filter(pk__in=same, is_active=True).exclude(pk=seat.user_id).order_by("full_name", "id")


class DelegateForm(_SeatForm):
    """Ủy quyền: who of the same body does the work, and until when."""

    user = forms.ChoiceField(label="Người được ủy quyền", error_messages={
        "required": "Cần chọn người được ủy quyền.",
        "invalid_choice": "Người này không làm việc trong cơ quan của bạn.",
    }, help_text="Người đang làm việc trong cùng cơ quan.")  # fmt: skip
    until = day_field("Đến hết ngày", help_text="Việc ủy quyền tự hết vào cuối ngày này.")

    def __init__(self, *args: Any, seat: Seat, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.seat, self.on = seat, on
        self.offer("user", colleagues(seat, on))

    def clean_user(self) -> User:
        user = User.objects.get(pk=self.cleaned_data["user"])
        if Seat.objects.filter(user=user, desk=self.seat.desk_id).valid(self.on).exists():
            raise forms.ValidationError("Người này đang ngồi ở chính bàn này, không cần ủy quyền.")
        return user


class GiveSeatForm(_SeatForm):
    """Phân công: who works at a desk, until when if that is known, and the title under the signature."""

    user = forms.ChoiceField(label="Người làm việc", error_messages={
        "required": "Cần chọn người.", "invalid_choice": "Hãy chọn người trong danh sách.",
    })  # fmt: skip
    title = forms.CharField(
        label="Chức danh ký", max_length=120, required=False, help_text="Ghi trên văn bản do người này ký."
    )
    until = day_field("Đến hết ngày", required=False, help_text="Để trống nếu chưa có ngày thôi việc này.")

    def __init__(self, *args: Any, desk: Desk, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.desk, self.on = desk, on
        self.offer("user", User.objects.filter(is_active=True).order_by("full_name", "id"))

    def clean_user(self) -> User:
        user = User.objects.get(pk=self.cleaned_data["user"])
        if Seat.objects.filter(user=user, desk=self.desk).valid(self.on).exists():
            raise forms.ValidationError("Người này đang ngồi ở bàn này.")
        return user

    def clean_until(self) -> date | None:
        until: date | None = self.cleaned_data["until"]
        if until is not None and until < self.on:
            raise forms.ValidationError("Ngày thôi việc phải từ hôm nay trở đi.")
        return until
