"""What people type about good models."""

from collections.abc import Iterable
from typing import Any

from django import forms

from chungtay.parties.models import Party
from chungtay.practices.actions import Copied, Story
from chungtay.practices.models import Practice
from chungtay.records.fields import DayField, DongField
from chungtay.records.forms import BlamedForm

COUNT = {"invalid": "Ghi một số nguyên.", "min_value": "Số không được âm.", "max_value": "Số quá lớn."}


def _text(label: str, needed: str, most: int, hint: str = "", rows: int = 0) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(
        label=label, required=bool(needed), max_length=most, help_text=hint, widget=widget,
        error_messages={"required": needed, "max_length": f"Ghi gọn trong {most} chữ cái."},
    )  # fmt: skip


def _count(label: str) -> forms.IntegerField:
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 8})
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=1_000_000, widget=widget, error_messages=COUNT
    )  # fmt: skip


def _file(label: str) -> forms.FileField:
    return forms.FileField(
        label=label, required=False, help_text="PDF, ảnh chụp, Word hoặc Excel, tối đa 10 MB.",
        error_messages={"empty": "Tệp rỗng, hãy chọn tệp khác."},
    )  # fmt: skip


class StoryForm(BlamedForm):
    """Mô hình, cách làm hay."""

    title = _text("Tên mô hình", "Cần đặt tên cho mô hình.", 200)
    site = _text("Làm ở đâu", "Cần ghi làm ở đâu.", 200)
    since = DayField(label="Làm từ ngày", error_messages={"required": "Cần ghi làm từ ngày nào."})
    what = _text(
        "Cách làm", "Cần kể cách làm.", 4000, "Kể đủ để nơi khác làm theo được: ai làm, làm từng bước, cần gì.", 6
    )
    result = _text("Kết quả", "Cần ghi kết quả.", 600, rows=3)
    households = _count("Số hộ tham gia")
    escaped = _count("Trong đó thoát nghèo")
    cost = DongField(label="Vốn ban đầu", required=False)
    income = DongField(label="Thu nhập tăng thêm một hộ mỗi năm", required=False)
    file = _file("Ảnh, tài liệu")

    NAMES = ("title", "site", "since", "what", "result", "households", "escaped", "cost", "income")

    @classmethod
    def first_of(cls, row: Practice) -> dict[str, Any]:
        """What a model says now."""
        return {name: getattr(row, name) for name in cls.NAMES}

    def story(self) -> Story:
        """What was typed."""
        return Story(**{name: self.cleaned_data[name] for name in self.NAMES})


class NoteForm(BlamedForm):
    """Ý kiến của nơi kiểm tra."""

    note = _text("Ý kiến", "", 400, "Trả lại thì ghi rõ cần bổ sung gì.", rows=2)


class ReasonForm(BlamedForm):
    """Lý do."""

    reason = _text("Lý do", "Cần ghi lý do.", 300, rows=2)


class AdoptForm(BlamedForm):
    """Chúng tôi đã làm theo: who copied it, since when, with which result."""

    party = forms.TypedChoiceField(
        label="Nơi áp dụng", coerce=int,
        error_messages={"required": "Cần chọn nơi áp dụng.", "invalid_choice": "Hãy chọn trong danh sách."},
    )  # fmt: skip
    adopted_on = DayField(label="Áp dụng từ ngày", error_messages={"required": "Cần ghi ngày."})
    result = _text("Kết quả áp dụng", "Cần ghi kết quả.", 600, rows=3)
    households = _count("Số hộ tham gia")
    escaped = _count("Trong đó thoát nghèo")
    file = _file("Ảnh, tài liệu")

    def __init__(self, *args: Any, own: Iterable[Party], others: Iterable[Party] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        mine, theirs = list(own), list(others)
        self.among = {party.pk: party for party in (*mine, *theirs)}
        party = self.fields["party"]
        if isinstance(party, forms.TypedChoiceField):
            here = [(str(one.pk), one.name) for one in mine]
            there = [(str(one.pk), one.name) for one in theirs]
            party.choices = [("Của bạn", here), ("Nơi khác, chờ họ xác nhận", there)] if there else here

    def adopter(self) -> Party:
        """Who copied it."""
        return self.among[self.cleaned_data["party"]]

    def copied(self) -> Copied:
        """What was typed."""
        told = self.cleaned_data
        return Copied(told["adopted_on"], told["result"], told["households"], told["escaped"])


class AnswerForm(BlamedForm):
    """Nơi áp dụng trả lời."""

    accepted = forms.ChoiceField(
        label="Có đúng là đã làm theo không?", choices=[("yes", "Đúng"), ("no", "Không đúng")],
        widget=forms.RadioSelect, error_messages={"required": "Cần chọn đúng hay không đúng."},
    )  # fmt: skip
    text = _text("Ý kiến", "", 300, "Nếu không đúng, ghi rõ vì sao.", rows=2)
