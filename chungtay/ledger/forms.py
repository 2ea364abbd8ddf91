"""What is typed about a fund and its money."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from chungtay.accounts.models import Seat
from chungtay.documents.storing import keep_upload
from chungtay.law.funds import INCOMES, FundKind, Income, Purpose
from chungtay.law.refusals import Reason, Reasons, Refused
from chungtay.ledger import actions, where
from chungtay.ledger.actions import Told
from chungtay.ledger.models import KINDS, Fund
from chungtay.parties.models import Party
from chungtay.places.models import Place
from chungtay.records.fields import DayField, DongField
from chungtay.records.forms import BlamedForm

CHOOSE = ("", "Chọn")
"""Nothing is chosen beforehand: what is written in a book stays."""
FINE = "x" * actions.LEAST_WORDS
"""Stands in for words that are asked for at their own field."""


class ToldAtOnce(BlamedForm):
    """Asks the act, too, what it would refuse of what could be read, so that everything wrong is told at once."""

    def clean(self) -> dict[str, Any]:
        """What is said already at a field is not said again there."""
        said = super().clean() or self.cleaned_data
        try:
            found = list(self.against(said))
        except Refused as refused:
            found = list(refused.reasons)
        told = set(self.errors)
        self.blame(one for one in found if self.field_for(one.field) not in told)
        return said

    def against(self, said: dict[str, Any]) -> Iterable[Reason]:
        """The act's own reasons against what is in `said`; what could not be read is missing there."""
        raise NotImplementedError


class OpenForm(ToldAtOnce):
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

    def __init__(self, *args: Any, owners: Iterable[Party], by: Seat, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by, self.on = by, on
        self.owners = {str(one.pk): one for one in owners}
        self.fields["owner"].choices = [(key, one.name) for key, one in self.owners.items()]  # type: ignore[attr-defined]

    def against(self, said: dict[str, Any]) -> Reasons:
        """Who keeps it, and the days of a drive."""
        reasons = Reasons()
        if "kind" not in said:
            return reasons
        kind = FundKind(said["kind"])
        if "owner" in said:
            reasons.extend(actions.faults_of_owner(self.owners[said["owner"]], kind, by=self.by, on=self.on))
        if "starts" in said and "ends" in said:
            reasons.extend(actions.faults_of_days(kind, said["starts"], said["ends"]))
        return reasons

    def told(self) -> dict[str, Any]:
        """The arguments of the act."""
        return {**self.cleaned_data, "owner": self.owners[self.cleaned_data["owner"]]}


class TransferForm(ToldAtOnce):
    """Một khoản: the sum, the day, the words, the paper."""

    amount = DongField(label="Số tiền (đồng)", min_value=1, error_messages={"required": "Ghi số tiền."})
    day = DayField(label="Ngày", error_messages={"required": "Ghi ngày."})
    words = forms.CharField(
        label="Diễn giải", max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Của ai hoặc cho ai, việc gì, số chứng từ; ít nhất 10 ký tự.",
        error_messages={"required": "Ghi diễn giải."},
    )  # fmt: skip
    evidence = forms.FileField(label="Chứng từ (ảnh, PDF)", required=False)

    def __init__(self, *args: Any, fund: Fund, on: date, key: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.paying, self.on, self.key = fund, on, key

    def read(self, said: dict[str, Any]) -> tuple[int, Told]:
        """Sum and words as far as they could be read, what could not by something that nobody refuses."""
        told = Told(
            day=said.get("day") or max(self.on, self.paying.first_day), words=said.get("words", FINE), key=self.key,
            place=self.place_in(said), households=said.get("households", 1),
        )  # fmt: skip
        return said.get("amount") or 1, told

    def place_in(self, said: dict[str, Any]) -> Place | None:
        """The place that was chosen."""
        return None

    def of_money(self, amount: int) -> Reasons:
        """Whether the fund has so much that nobody holds."""
        return actions.faults_of_money(self.paying, amount, self.key)

    def told(self, key: str, **more: Any) -> Told:
        """The words of the transfer under the key of its form. Raises `Refused` for a file that is none."""
        upload, said = self.cleaned_data["evidence"], self.cleaned_data
        kept = keep_upload(upload) if upload else None
        return Told(day=said["day"], words=said["words"], key=key, evidence=kept, **more)


class PayInForm(TransferForm):
    """Thu."""

    code = forms.ChoiceField(label="Nguồn thu", error_messages={"required": "Chọn nguồn thu."})
    field_order = ("code", "amount", "day", "words", "evidence")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [CHOOSE, *((one.value, one.label) for one in INCOMES[self.paying.fund_kind])]
        self.fields["code"].choices = choices  # type: ignore[attr-defined]

    def against(self, said: dict[str, Any]) -> Reasons:
        """As the act tells it."""
        amount, told = self.read(said)
        income = Income(said.get("code") or INCOMES[self.paying.fund_kind][0])
        return actions.faults_of_income(self.paying, amount, income, told, on=self.on)


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

    def __init__(self, *args: Any, purposes: Iterable[Purpose], places: Sequence[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {str(one.pk): one for one in places}
        choices = [CHOOSE, *((one.value, one.label) for one in purposes)]
        self.fields["code"].choices = choices  # type: ignore[attr-defined]
        named = where.by_district(places, self.on)
        self.fields["place"].choices = [("", "Không theo địa bàn"), *named]  # type: ignore[attr-defined]

    def place_in(self, said: dict[str, Any]) -> Place | None:
        """The commune that was helped."""
        return self.places.get(said.get("place", ""))

    def against(self, said: dict[str, Any]) -> Reasons:
        """As the act tells it, and what the fund has."""
        amount, told = self.read(said)
        purpose = Purpose(said.get("code") or Purpose.OTHER)
        reasons = actions.faults_of_purpose(self.paying, amount, purpose, told, on=self.on)
        reasons.extend(self.of_money(amount))
        return reasons

    def told(self, key: str, **more: Any) -> Told:
        """With the place and the households."""
        place, households = self.place_in(self.cleaned_data), self.cleaned_data["households"]
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

    def against(self, said: dict[str, Any]) -> Reasons:
        """As the act tells it, and what the fund has."""
        amount, told = self.read(said)
        to = self.funds.get(said.get("to", ""))
        reasons = actions.faults_of_passing_on(self.paying, to, amount, told, on=self.on)
        reasons.extend(self.of_money(amount))
        return reasons

    @property
    def fund(self) -> Fund:
        return self.funds[self.cleaned_data["to"]]


class CounterForm(BlamedForm):
    """Đảo một khoản ghi sai."""

    reason = forms.CharField(
        label="Vì sao ghi sai", max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ít nhất 10 ký tự. Khoản cũ giữ nguyên trong sổ; một bút toán đảo được ghi hôm nay.",
    )  # fmt: skip
