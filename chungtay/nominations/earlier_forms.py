"""What a person types of an award that was received before, or from others."""

from typing import Any

from django import forms

from chungtay.documents.models import StoredFile
from chungtay.documents.storing import keep_upload
from chungtay.movements.plan import Content
from chungtay.nominations.earlier import AWARDS, EarlierAward
from chungtay.nominations.entering import LEAST_REASON, Told
from chungtay.records.fields import DayField
from chungtay.records.forms import BlamedForm

OUTSIDE = [("", "Ngoài phong trào này")]


class EarlierAwardForm(BlamedForm):
    """Khen thưởng đã có, as its decision says."""

    award = forms.ChoiceField(label="Hình thức khen thưởng", choices=AWARDS)
    way = forms.ChoiceField(
        label="Loại hình khen thưởng",
        choices=EarlierAward.Way.choices,
        help_text="Đột xuất và quá trình cống hiến không tính vào mỗi năm một lần khen cấp Nhà nước.",
    )
    number = forms.CharField(
        label="Số quyết định", max_length=60, error_messages={"required": "Ghi số quyết định."}
    )  # fmt: skip
    decided_on = DayField(label="Ngày quyết định", error_messages={"required": "Ghi ngày quyết định."})
    issuer = forms.CharField(
        label="Cơ quan ban hành", max_length=200, error_messages={"required": "Ghi cơ quan ban hành."}
    )
    content = forms.ChoiceField(
        label="Nội dung thi đua", required=False, help_text="Khen ở phong trào này thì chọn nội dung đã khen."
    )
    achievement = forms.CharField(
        label="Thành tích được khen",
        max_length=300,
        required=False,
        help_text="Câu ghi trên quyết định hoặc trên bằng.",
    )
    since = DayField(label="Thành tích từ ngày", required=False)
    until = DayField(label="Đến hết ngày", required=False)
    evidence = forms.CharField(
        label="Minh chứng",
        max_length=300,
        help_text="Bản chính, bản sao ở đâu, ai đã đối chiếu.",
        error_messages={"required": "Ghi bản sao ở đâu."},
    )
    file = forms.FileField(
        label="Bản chụp quyết định, bằng",
        required=False,
        help_text="PDF, ảnh, Word hoặc Excel, tối đa 10 MB.",
        error_messages={"empty": "Tệp rỗng, hãy chọn tệp khác."},
    )

    def __init__(self, *args: Any, contents: tuple[Content, ...], corrects: EarlierAward | None, **kwargs: Any) -> None:
        if corrects is not None:
            names = set(self.base_fields) - {"file"}
            kwargs.setdefault("initial", {name: getattr(corrects, name) for name in names})
        super().__init__(*args, **kwargs)
        self.kept = None if corrects is None else corrects.file
        choices = [(one.id, f"{one.letter}) {one.title}") for one in contents]
        self.fields["content"].choices = [*OUTSIDE, *choices]  # type: ignore[attr-defined]
        if corrects is not None:
            self.fields["reason"] = forms.CharField(
                label="Vì sao đính chính", max_length=300, help_text=f"Ít nhất {LEAST_REASON} ký tự.",
                error_messages={"required": "Ghi lý do."},
            )  # fmt: skip

    def told(self) -> Told:
        """What a valid form says; a new file takes the place of the one that was there.

        Raises `Refused` for a file that cannot be kept.
        """
        said = {name: self.cleaned_data[name] for name in self.base_fields if name != "file"}
        upload = self.cleaned_data.get("file")
        kept: StoredFile | None = keep_upload(upload) if upload else self.kept
        return Told(**said, file=kept)


class StrikeForm(BlamedForm):
    """Vì sao gỡ."""

    reason = forms.CharField(
        label="Vì sao gỡ",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=f"Ít nhất {LEAST_REASON} ký tự. Dòng đã gỡ vẫn được giữ, không còn được tính.",
        error_messages={"required": "Ghi lý do."},
    )
