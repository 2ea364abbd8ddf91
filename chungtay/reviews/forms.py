"""What people type about a round and a commune's review, as plain values."""

from collections.abc import Iterable
from typing import Any

from django import forms

from chungtay.law.points import BOATS, LAND_AND_LIVESTOCK, Region
from chungtay.law.population import Move
from chungtay.records.fields import DayField, WholeField
from chungtay.records.forms import BlamedForm
from chungtay.reviews.assessments import Application
from chungtay.reviews.listing import Totals
from chungtay.reviews.meetings import Hamlet, Heard
from chungtay.reviews.opening import Days
from chungtay.reviews.sheets import PointSheet

MOST = 2_000_000_000
GONE = (("", "Vẫn ở trong xã"), *((why.value, why.label.capitalize()) for why in Move if why in (
    Move.MOVED_OUT, Move.MERGED, Move.DIED)))  # fmt: skip
CAME = (("", "Theo sổ hộ"), ("moved_in", "Chuyển đến từ kỳ trước đến nay"), ("split", "Tách ra từ hộ khác từ kỳ trước"))


class CountField(WholeField):
    """How many; typed with dots between thousands or without: "4.5" is no count, never 45."""

    def __init__(self, label: str, *, max_value: int = MOST, **options: Any) -> None:
        told = {"required": "Chưa ghi."} | ({"invalid": "Ghi một số nguyên, ví dụ 1.250."} if max_value == MOST else {})
        super().__init__(label=label, max_value=max_value, error_messages=told, **options)


class TextField(forms.CharField):
    """A few lines."""

    def __init__(self, label: str, *, rows: int = 3, **options: Any) -> None:
        options.setdefault("max_length", 4000)
        super().__init__(label=label, widget=forms.Textarea(attrs={"rows": rows}), **options)


class OpenRoundForm(BlamedForm):
    """The days of a round."""

    year = WholeField(label="Năm rà soát", min_value=2000, max_value=2100, error_messages=dict.fromkeys(
        ("required", "invalid", "min_value", "max_value"), "Ghi năm bằng bốn chữ số, ví dụ 2020."))  # fmt: skip
    title = forms.CharField(label="Tên đợt", max_length=200)
    opens = DayField(label="Từ ngày")
    closes = DayField(label="Đến ngày")
    review_on = DayField(
        label="Ngày tính chuẩn", help_text="Chuẩn nghèo có hiệu lực vào ngày này được dùng để xếp loại."
    )

    def days(self) -> Days:
        return Days(**self.cleaned_data)


class TotalsForm(BlamedForm):
    """All of the commune."""

    households = CountField("Tổng số hộ của xã")
    persons = CountField("Tổng số nhân khẩu")
    minority = CountField("Trong đó: số hộ dân tộc thiểu số")

    def totals(self) -> Totals:
        return Totals(**self.cleaned_data)


class CorrectTotalsForm(TotalsForm):
    """The same after the lock, with the reason."""

    why = TextField("Lý do điều chỉnh", rows=2, max_length=500)

    def totals(self) -> Totals:
        return Totals(**{name: value for name, value in self.cleaned_data.items() if name != "why"})


class CorrectGoneForm(BlamedForm):
    """Why a household was not in the commune any more, told after the lock, with the reason of telling it now."""

    gone = forms.ChoiceField(
        label="Trước ngày rà soát, hộ đã", choices=GONE[1:], widget=forms.RadioSelect,
        error_messages={"required": "Hãy chọn chuyển đi, nhập hộ hoặc không còn ai trong hộ."},
    )  # fmt: skip
    why = TextField("Lý do điều chỉnh", rows=2, max_length=500)


class CameForm(BlamedForm):
    """How a household that is added came."""

    came = forms.ChoiceField(label="Từ kỳ trước đến nay", choices=CAME, required=False)


class GoneForm(BlamedForm):
    """Why a household is not in the commune any more."""

    gone = forms.ChoiceField(label="Hộ không còn trong xã", choices=GONE, required=False)


class MeetingForm(BlamedForm):
    """The minutes of one hamlet's meeting."""

    hamlet = forms.ChoiceField(label="Ấp, khu phố")
    held_on = DayField(label="Ngày họp")
    present = CountField("Số người dự")
    agree = CountField("Số người đồng ý")
    disagree = CountField("Số người không đồng ý")
    note = TextField("Ý kiến tại cuộc họp", required=False)
    minutes = forms.FileField(
        label="Biên bản (ảnh chụp hoặc PDF)", required=False, help_text="Chụp bằng điện thoại cũng được."
    )

    def __init__(self, *args: Any, hamlets: Iterable[Hamlet], **options: Any) -> None:
        super().__init__(*args, **options)
        names = [(one.name, one.name) for one in hamlets]
        self.fields["hamlet"].choices = names  # type: ignore[attr-defined]

    def heard(self) -> Heard:
        told = {name: value for name, value in self.cleaned_data.items() if name != "minutes"}
        return Heard(**told)


class ComplaintForm(BlamedForm):
    """A complaint about the posted result. What must be told is asked by the act, so that everything missing is said at
    once, with what is wrong with the rest."""

    who = forms.CharField(label="Người khiếu nại", max_length=200, required=False)
    household = forms.CharField(
        label="Mã hộ bị khiếu nại hoặc bị bỏ sót",
        max_length=20,
        required=False,
        help_text="Theo danh sách niêm yết hoặc sổ hộ của xã. Để trống nếu không về một hộ cụ thể.",
    )
    text = TextField("Nội dung", required=False)
    received_on = DayField(label="Ngày nhận")


class AnswerForm(BlamedForm):
    """What the re-check found."""

    outcome = TextField("Kết quả phúc tra")


class NoteForm(BlamedForm):
    """A remark that may be left out."""

    note = TextField("Ý kiến", rows=2, required=False, max_length=500)


class WhyForm(BlamedForm):
    """A reason that may not."""

    why = TextField("Lý do", rows=2, max_length=500)


class DecisionForm(BlamedForm):
    """The number of a decision."""

    decision = forms.CharField(label="Số quyết định", max_length=120, help_text="Ví dụ 24/QĐ-UBND.")


class AskForm(BlamedForm):
    """A household's request."""

    kind = forms.ChoiceField(label="Hộ đề nghị", choices=Application.Kind.choices, widget=forms.RadioSelect)
    reason = TextField("Lý do hộ nêu")
    received_on = DayField(label="Ngày nhận giấy")


class RefuseForm(BlamedForm):
    """Why a request is not granted."""

    answer = TextField("Lý do không công nhận")


class SheetForm(BlamedForm):
    """A B1 table from a file."""

    region = forms.ChoiceField(label="Vùng", choices=[(one.value, one.label) for one in Region])
    edition = forms.CharField(label="Phiên bản", max_length=60, help_text="Ví dụ 2018.")
    text = forms.CharField(label="Văn bản ban hành bảng điểm", max_length=300)
    since = DayField(label="Áp dụng từ ngày")
    file = forms.FileField(label="Tệp bảng điểm (CSV)")


BORROWINGS = {"land": LAND_AND_LIVESTOCK, "boats": BOATS}
"""What the provincial steering board may let a form take from another region's."""


class BorrowForm(BlamedForm):
    """Points of one group taken from another region's form (TT 14/2018)."""

    sheet = forms.ModelChoiceField(label="Bảng điểm được bổ sung", queryset=PointSheet.objects.none())
    how = forms.ChoiceField(
        label="Nhóm điểm", choices=[("land", "Đất đai, chăn nuôi"), ("boats", "Tàu, thuyền")],
        help_text="Đất đai, chăn nuôi: từ phiếu nông thôn cho phường, thị trấn. Tàu, thuyền: cho phiếu nông thôn.",
    )  # fmt: skip
    lender = forms.ChoiceField(
        label="Vùng có điểm đó", choices=[(one.value, one.label) for one in Region if one is not Region.URBAN]
    )
    file = forms.FileField(label="Tệp bảng điểm của vùng đó (CSV)")
    edition = forms.CharField(label="Phiên bản mới", max_length=60, help_text="Ví dụ 2018, có điểm tàu thuyền.")
    text = forms.CharField(label="Văn bản của Ban Chỉ đạo cấp tỉnh", max_length=300)
    since = DayField(label="Áp dụng từ ngày")

    def __init__(self, *told: Any, **named: Any) -> None:
        super().__init__(*told, **named)
        choice = self.fields["sheet"]
        assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101  declared above
        choice.empty_label = "— Chọn —"
        choice.queryset = PointSheet.objects.order_by("region", "-since", "-id")
