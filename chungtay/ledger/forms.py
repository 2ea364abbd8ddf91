"""What is typed about a fund and its money."""

from collections.abc import Iterable
from typing import Any

from django import forms

from chungtay.documents.storing import keep_upload
from chungtay.law.funds import INCOMES, FundKind, Purpose
from chungtay.ledger.actions import Told
from chungtay.ledger.models import KINDS, Fund
from chungtay.parties.models import Party
from chungtay.places.models import Place
from chungtay.records.fields import DayField, DongField
from chungtay.records.forms import BlamedForm

CHOOSE = ("", "Chọn")
"""Nothing is chosen beforehand: what is written in a book stays."""


class OpenForm(BlamedForm):
    """Mở quỹ."""

    kind = forms.ChoiceField(label="Loại quỹ", choices=KINDS, error_messages={"required": "Chọn loại quỹ."})
    owner = forms.ChoiceField(label="Cơ quan giữ quỹ", error_messages={"required": "Chọn cơ quan giữ quỹ."})
    name = forms.CharField(
        label="Tên quỹ", max_length=200, help_text="Ví dụ: Quỹ “Vì người nghèo” xã Thổ Sơn.",
        error_messages={"required": "Ghi tên quỹ."},
    )  # fmt: skip
    document = forms.CharField(label="Văn bản lập quỹ", max_length=200, required=False)
    starts = DayField(label="Vận động từ ngày", required=False, help_text="Chỉ ghi cho đợt vận động.")
    ends = DayField(label="Đến hết ngày", required=False)

    def __init__(self, *args: Any, owners: Iterable[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owners = {str(one.pk): one for one in owners}
        self.fields["owner"].choices = [(key, one.name) for key, one in self.owners.items()]  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        """The arguments of the act."""
        return {**self.cleaned_data, "owner": self.owners[self.cleaned_data["owner"]]}


class TransferForm(BlamedForm):
    """Một khoản: the sum, the day, the words, the paper."""

    amount = DongField(label="Số tiền (đồng)", min_value=1, error_messages={"required": "Ghi số tiền."})
    day = DayField(label="Ngày", error_messages={"required": "Ghi ngày."})
    words = forms.CharField(
        label="Diễn giải", max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Của ai hoặc cho ai, việc gì, số chứng từ; ít nhất 10 ký tự.",
        error_messages={"required": "Ghi diễn giải."},
    )  # fmt: skip
    evidence = forms.FileField(label="Chứng từ (ảnh, PDF)", required=False)

    def told(self, key: str, **more: Any) -> Told:
        """The words of the transfer under the key of its form. Raises `Refused` for a file that is none."""
        upload, said = self.cleaned_data["evidence"], self.cleaned_data
        kept = keep_upload(upload) if upload else None
        return Told(day=said["day"], words=said["words"], key=key, evidence=kept, **more)


class PayInForm(TransferForm):
    """Thu."""

    code = forms.ChoiceField(label="Nguồn thu", error_messages={"required": "Chọn nguồn thu."})
    field_order = ("code", "amount", "day", "words", "evidence")

    def __init__(self, *args: Any, kind: FundKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [CHOOSE, *((one.value, one.label) for one in INCOMES[kind])]
        self.fields["code"].choices = choices  # type: ignore[attr-defined]


class PayOutForm(TransferForm):
    """Chi: help to households also names the place and how many they are."""

    code = forms.ChoiceField(label="Chi cho việc gì", error_messages={"required": "Chọn mục đích chi."})
    place = forms.ChoiceField(
        label="Địa bàn được hỗ trợ", required=False, help_text="Cần ghi khi tiền đến với hộ nghèo, hộ khó khăn."
    )
    households = forms.IntegerField(
        label="Số hộ (số nhà) được hỗ trợ", required=False, min_value=1, max_value=1_000_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}), error_messages={
            "invalid": "Ghi số hộ bằng chữ số, ví dụ 12.", "min_value": "Ít nhất một hộ.",
            "max_value": "Số hộ quá lớn.",
        },
    )  # fmt: skip
    field_order = ("code", "amount", "day", "place", "households", "words", "evidence")

    def __init__(self, *args: Any, purposes: Iterable[Purpose], places: Iterable[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {str(one.pk): one for one in places}
        choices = [CHOOSE, *((one.value, one.label) for one in purposes)]
        self.fields["code"].choices = choices  # type: ignore[attr-defined]
        named = [(key, str(one)) for key, one in self.places.items()]
        self.fields["place"].choices = [("", "Không theo địa bàn"), *named]  # type: ignore[attr-defined]

    def told(self, key: str, **more: Any) -> Told:
        """With the place and the households."""
        place, households = self.places.get(self.cleaned_data["place"]), self.cleaned_data["households"]
        return super().told(key, place=place, households=households, **more)


class MoveForm(TransferForm):
    """Chuyển sang quỹ khác."""

    to = forms.ChoiceField(label="Chuyển sang quỹ", error_messages={"required": "Chọn quỹ nhận."})
    field_order = ("to", "amount", "day", "words", "evidence")

    def __init__(self, *args: Any, funds: Iterable[Fund], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.funds = {str(one.pk): one for one in funds}
        choices = [CHOOSE, *((key, one.name) for key, one in self.funds.items())]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]

    @property
    def fund(self) -> Fund:
        return self.funds[self.cleaned_data["to"]]


class CounterForm(BlamedForm):
    """Đảo một khoản ghi sai."""

    reason = forms.CharField(
        label="Vì sao ghi sai", max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ít nhất 10 ký tự. Khoản cũ giữ nguyên trong sổ; một bút toán đảo được ghi hôm nay.",
    )  # fmt: skip
