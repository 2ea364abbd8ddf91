"""What is typed about a decision."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms

from chungtay.decisions import funding
from chungtay.decisions.models import Award, Item
from chungtay.law.funds import AWARD_FUND_SHARE, Area, award_fund_ceiling
from chungtay.law.refusals import Reason
from chungtay.ledger.models import Fund
from chungtay.nominations.models import Dossier
from chungtay.records.fields import DayField, DongField, WholeField
from chungtay.records.forms import BlamedForm


class DraftForm(BlamedForm):
    """Which recommended dossiers go under one number."""

    title = forms.CharField(
        label="Trích yếu",
        max_length=300,
        help_text="Ví dụ: Về việc tặng Bằng khen của Chủ tịch UBND tỉnh.",
        error_messages={"required": "Ghi trích yếu của quyết định."},
    )
    dossiers = forms.MultipleChoiceField(
        label="Hồ sơ đưa vào quyết định",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chọn ít nhất một hồ sơ."},
    )

    def __init__(self, *args: Any, waiting: Sequence[Dossier], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.waiting = {str(dossier.pk): dossier for dossier in waiting}
        choices = [(key, f"{d.code} · {d.party_name} · {d.unit.name}") for key, d in self.waiting.items()]
        self.fields["dossiers"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> list[Dossier]:
        return [self.waiting[key] for key in self.cleaned_data["dossiers"]]


class SignForm(BlamedForm):
    """One box for each assumed value that the decision rests on: the signer accepts each by name."""

    def __init__(self, *args: Any, assumed: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.assumed = list(assumed)
        for n, sentence in enumerate(self.assumed):
            self.fields[f"accept-{n}"] = forms.BooleanField(label=f"Tôi biết và chấp nhận: {sentence}", required=False)

    def blame(self, reasons: Iterable[Reason]) -> None:
        """What was not accepted is not told twice: it stands in the box's own words."""
        super().blame(
            replace(one, text=f"{one.text.partition(':')[0]}.") if one.field.startswith("accept-") else one
            for one in reasons
        )

    @property
    def accepted(self) -> set[str]:
        return {sentence for n, sentence in enumerate(self.assumed) if self.cleaned_data.get(f"accept-{n}")}


class CorrectForm(BlamedForm):
    """Đính chính: the right name, and why."""

    new_name = forms.CharField(label="Tên đúng", max_length=250, required=False)
    reason = forms.CharField(label="Lý do", max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class WithdrawForm(BlamedForm):
    """Thu hồi: why."""

    reason = forms.CharField(
        label="Lý do thu hồi", max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


MONEY = "Ghi số tiền bằng đồng, ví dụ 200.000.000 hoặc 200 triệu."
FAULTS = ("invalid", "required", "min_value", "max_value")


class AllotForm(BlamedForm):
    """Trích quỹ: the year's recurrent budget and what the fund is given of it; one box for the assumed ceiling."""

    year = WholeField(label="Năm", max_value=9999)
    recurrent_budget = DongField(
        label="Dự toán chi thường xuyên của năm (đồng)", min_value=1, error_messages={"required": MONEY}
    )
    area = forms.ChoiceField(label="Địa bàn", choices=[(area.value, area.label.capitalize()) for area in Area])
    amount = DongField(label="Số tiền trích vào quỹ (đồng)", min_value=1, error_messages={"required": MONEY})
    document = forms.CharField(
        label="Văn bản giao dự toán hoặc quyết định trích quỹ", max_length=200,
        error_messages={"required": "Ghi số, ngày của văn bản."},
    )  # fmt: skip

    def __init__(self, *args: Any, fund: Fund, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fund, self.on = fund, on
        fine = dict.fromkeys(FAULTS, funding.years_told(on))
        years = {"min_value": on.year - 1, "max_value": on.year + 1}
        self.fields["year"] = WholeField(label="Năm", **years, error_messages=fine)
        self.assumed = AWARD_FUND_SHARE.on(on).assumed
        if self.assumed:
            self.fields["accept"] = forms.BooleanField(label=f"Tôi biết và chấp nhận: {self.assumed}", required=False)

    def clean(self) -> dict[str, Any]:
        """What the act would refuse of what could be read is told with the rest; nothing is said twice at a field."""
        said = super().clean() or self.cleaned_data
        ceiling = None
        if "recurrent_budget" in said and "area" in said:
            ceiling = award_fund_ceiling(said["recurrent_budget"], said["area"], on=self.on)
        found = funding.faults_of_allotment(
            self.fund, year=said.get("year"), ceiling=ceiling, amount=said.get("amount"),
            document=said.get("document"), accepted=self.accepted, on=self.on,
        )  # fmt: skip
        told = set(self.errors)
        self.blame(one for one in found if self.field_for(one.field) not in told)
        return said

    @property
    def accepted(self) -> frozenset[str]:
        return frozenset({self.assumed} if self.cleaned_data.get("accept") else ())


class HandoverForm(BlamedForm):
    """Giao nhận: who of the list has received, when, and through whom."""

    awards = forms.MultipleChoiceField(
        label="Đã nhận", widget=forms.CheckboxSelectMultiple, error_messages={"required": "Chọn ít nhất một tên."}
    )
    day = DayField(label="Ngày nhận", error_messages={"required": "Ghi ngày nhận."})
    receiver = forms.CharField(
        label="Người nhận thay", max_length=250, required=False,
        help_text="Để trống nếu từng người, từng tập thể tự nhận. Nhận thay thì ghi họ tên, chức vụ.",
    )  # fmt: skip

    def __init__(self, *args: Any, waiting: Sequence[Award], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.waiting = {str(award.pk): award for award in waiting}
        choices = [(key, f"{award.ordinal}. {award.name}") for key, award in self.waiting.items()]
        self.fields["awards"].choices = choices  # type: ignore[attr-defined]

    def chosen(self) -> list[tuple[Award, str]]:
        """Each award with who received it."""
        said = self.cleaned_data
        return [(self.waiting[key], said["receiver"] or self.waiting[key].name) for key in said["awards"]]


class StockForm(BlamedForm):
    """Nhập kho hoặc ghi hỏng."""

    item = forms.ChoiceField(label="Vật tư", choices=Item.choices)
    way = forms.ChoiceField(label="Việc", choices=[("in", "Nhập kho"), ("spoiled", "Hỏng, hủy")])
    pieces = WholeField(label="Số lượng", min_value=1, max_value=1_000_000)
    words = forms.CharField(
        label="Diễn giải, số chứng từ", max_length=200, error_messages={"required": "Ghi diễn giải hoặc số chứng từ."}
    )


class LeastForm(BlamedForm):
    """Mức báo sắp hết."""

    least = WholeField(label="Báo sắp hết khi còn dưới", max_value=1_000_000)
