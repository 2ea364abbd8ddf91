"""What people type to write a gift down, to act on it, and to set what the province decides."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms

from chungtay.accounts.models import Seat
from chungtay.contributions import figures, recording, where
from chungtay.contributions.fields import FigureField, ShareField
from chungtay.contributions.gifts import DONG, Contribution, Project
from chungtay.contributions.recording import Foreign, Given, Told
from chungtay.households.finding import matching
from chungtay.households.models import Household
from chungtay.law.giving import Giver, Method, Nature
from chungtay.law.refusals import Reason, Reasons
from chungtay.ledger.models import Fund
from chungtay.parties.models import Party
from chungtay.places.models import Place
from chungtay.records.fields import DayField, DongField
from chungtay.records.forms import BlamedForm

PLACE, HOUSEHOLD, PROJECT, FUND = "place", "household", "project", "fund"
TO = [(PLACE, "Địa bàn (xã, ấp)"), (HOUSEHOLD, "Một hộ"), (PROJECT, "Công trình, dự án"), (FUND, "Quỹ, đợt vận động")]
EMPTY = ("", "Chọn")
FOREIGN = ("currency", "amount", "rate")
UNNAMED = 0
"""Stands where the key of a giver would, for the one that is not named."""
OFFERED = 5
FILE_HINT = "PDF, ảnh, Word hoặc Excel, tối đa 10 MB. Ảnh chụp bằng điện thoại cũng được."
SOME_WORDS = "Người không nêu tên: ghi vài chữ đã biết, ví dụ “một nhà hảo tâm ở Rạch Giá”."
EMPTY_FILE = "Tệp rỗng, hãy chọn tệp khác."


def _words(label: str, length: int, *, required: bool = False, hint: str = "", **more: Any) -> forms.CharField:
    messages = {"required": f"Cần ghi {label.lower()}.", "max_length": f"Ghi gọn trong {length} chữ cái."}
    return forms.CharField(
        label=label, max_length=length, required=required, help_text=hint, error_messages=messages, **more
    )


class GiftForm(BlamedForm):
    """Ghi một khoản đóng góp: who gave is chosen before; a field for each giver's share where there are several."""

    nature = forms.ChoiceField(label="Hình thức", choices=[(one.value, one.label) for one in Nature],
                               widget=forms.RadioSelect, initial=Nature.MONEY.value,
                               error_messages={"required": "Cần chọn hình thức."})  # fmt: skip
    purpose = _words("Tặng gì, để làm gì", 300, required=True)
    value = DongField(label="Giá trị (đồng)", required=False, help_text="Tiền Việt Nam hoặc giá trị quy ra tiền.")
    method = forms.ChoiceField(label="Cách định giá", choices=[(one.value, one.label) for one in Method],
                               initial=Method.COUNTED.value)  # fmt: skip
    evidence = _words("Chứng từ", 300, required=True, hint="Phiếu thu, biên bản giao nhận, hóa đơn: số và ngày.")
    place = forms.TypedChoiceField(label="Nơi nhận", coerce=int, error_messages={
        "required": "Cần chọn nơi nhận.", "invalid_choice": "Nơi này không có trong danh sách.",
    })  # fmt: skip
    to = forms.ChoiceField(label="Dành cho", choices=TO, widget=forms.RadioSelect, initial=PLACE)
    hamlet = _words("Ấp, khu phố", 120)
    household = _words("Mã hộ hoặc tên chủ hộ", 120, hint="Chỉ khi dành cho một hộ.")
    project = forms.TypedChoiceField(label="Công trình đã có", coerce=int, empty_value=None, required=False)
    project_name = _words("Công trình mới", 200, hint="Chỉ khi chưa có trong danh sách trên.")
    fund = forms.TypedChoiceField(label="Quỹ hoặc đợt nào", coerce=int, empty_value=None, required=False)
    day = DayField(label="Ngày tặng", error_messages={"required": "Cần ghi ngày tặng."})
    received_on = DayField(label="Ngày nhận", required=False, help_text="Để trống nếu mới hứa, chưa nhận.")
    quantity = FigureField(label="Số lượng", required=False)
    unit = _words("Đơn vị tính", 30, hint="kg, bao, căn, ngày công, m²")
    currency = _words("Loại ngoại tệ", 3, hint="Ba chữ cái: USD, EUR, JPY, AUD. Để trống nếu là tiền Việt Nam.")
    amount = FigureField(label="Số ngoại tệ", required=False)
    rate = FigureField(label="Tỷ giá ngày đó (đồng)", required=False)
    rate_source = _words("Nguồn tỷ giá", 200)
    bank_reference = _words("Số tham chiếu ngân hàng", 60)
    words = _words("Biết gì về người đóng góp", 200)
    file = forms.FileField(label="Ảnh, bản chụp chứng từ", required=False, help_text=FILE_HINT,
                           error_messages={"empty": EMPTY_FILE})  # fmt: skip

    def __init__(
        self, *args: Any, seat: Seat, on: date, givers: Sequence[Party], unnamed: bool, places: Sequence[int] = (),
        instead_of: Contribution | None = None, **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **options)
        self.seat, self.on, self.givers, self.unnamed = seat, on, list(givers), unnamed
        self.instead_of = instead_of
        self._offer(places)
        parts = len(self.givers) + (1 if unnamed else 0)
        if parts > 1:
            for party in self.givers:
                self.fields[f"share_{party.pk}"] = ShareField(label=party.name, initial=Fraction(1, parts))
            if unnamed:
                self.fields[f"share_{UNNAMED}"] = ShareField(label="Người không nêu tên", initial=Fraction(1, parts))
        if not unnamed:
            del self.fields["words"]
        self.fields["day"].initial = self.fields["received_on"].initial = on

    def _offer(self, more: Sequence[int]) -> None:
        place, project, fund = self.fields["place"], self.fields["project"], self.fields["fund"]
        groups = where.groups(self.seat, self.on, more)
        known = [key for _, rows in groups for key, _ in rows]
        projects = Project.objects.visible_to(self.seat, self.on).select_related("place")[:200]
        funds = Fund.objects.visible_to(self.seat, self.on).running()[:200]
        if isinstance(place, forms.ChoiceField):
            place.choices = list(groups) if len(known) == 1 else [EMPTY, *groups]
        if isinstance(project, forms.ChoiceField):
            project.choices = [EMPTY, *((row.pk, f"{row.name} ({row.place})") for row in projects)]
        if isinstance(fund, forms.ChoiceField):
            fund.choices = [EMPTY, *((row.pk, row.name) for row in funds)]

    @property
    def shares(self) -> list[forms.BoundField]:
        """The fields of the givers' shares; none where there is one giver."""
        return [self[name] for name in self.fields if name.startswith("share_")]

    def field_for(self, name: str) -> str | None:
        """Reasons about givers stand at the first share, or at the words about one who is not named."""
        if name == "givers":
            return next((one for one in self.fields if one.startswith("share_")), "words" if self.unnamed else None)
        return super().field_for(name)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        to = said.get("to", PLACE)
        if to == HOUSEHOLD:
            said["found_household"] = self._household(said.get("household", ""), said.get("place"))
        if to == PROJECT and not said.get("project") and not said.get("project_name"):
            self.add_error("project", "Chọn công trình, hoặc ghi tên công trình mới.")
        if to == FUND and not said.get("fund"):
            self.add_error("fund", "Chọn quỹ hoặc đợt vận động.")
        if self.unnamed and not said.get("words") and "words" not in self.errors:
            self.add_error("words", SOME_WORDS)
        if self.is_foreign:
            for name in FOREIGN:
                if said.get(name) in (None, "") and name not in self.errors:
                    self.add_error(name, "Ngoại tệ cần đủ loại tiền, số tiền và tỷ giá của ngày đó.")
        elif said.get("method") != Method.UNVALUED and not said.get("value") and "value" not in self.errors:
            self.add_error("value", "Cần ghi giá trị bằng đồng.")
        if self.errors:
            self._blame_besides(said)
        return said

    @property
    def is_foreign(self) -> bool:
        """Whether anything of foreign money was typed."""
        return any(self.cleaned_data.get(name) not in (None, "") or name in self.errors for name in FOREIGN)

    def _blame_besides(self, said: Mapping[str, Any]) -> None:
        """What the act would refuse of the parts that are well typed, each at its field."""
        for reason in [*self._faults_of_figures(said), *self._faults_of_place(said)]:
            field = self.field_for(reason.field)
            if field is None or field not in self.errors:
                self.add_error(field, str(reason))

    def _faults_of_figures(self, said: Mapping[str, Any]) -> list[Reason]:
        nature, method, is_foreign = said.get("nature"), said.get("method"), self.is_foreign
        found = figures.of_days(said.get("day"), said.get("received_on"), self.on, is_foreign=is_foreign)
        found += figures.of_method(nature, method)
        if "quantity" in said and "unit" in said:
            found += figures.of_quantity(said["quantity"], said["unit"])
        if "value" in said:
            found += figures.of_value(said["value"] or 0, method, is_foreign=is_foreign)
        if is_foreign:
            found += figures.of_foreign(
                said.get("currency"), said.get("amount"), said.get("rate"), said.get("rate_source"), nature
            )
        if not any(name.startswith("share_") or name == "words" for name in self.errors):
            found += recording.of_givers(self._given())
        return found + recording.of_reference(said.get("bank_reference", ""), instead_of=self.instead_of)

    def _faults_of_place(self, said: Mapping[str, Any]) -> Reasons:
        if {"nature", "place", "day", "received_on", "to", "fund", "project"} - said.keys():
            return Reasons()
        return recording.of_desk(self.told(None), by=self.seat, on=self.on)

    def clean_currency(self) -> str:
        """Letters are raised: usd is USD."""
        return str(self.cleaned_data["currency"]).upper()

    def _household(self, typed: str, place: int | None) -> Household | None:
        """The one household that was meant; otherwise says at the field which there are."""
        rows = Household.objects.visible_to(self.seat, self.on).standing()
        if place is not None:
            rows = rows.filter(place_id=place)
        found = list(matching(rows, typed).order_by("head_folded", "pk")[: OFFERED + 1]) if typed.strip() else []
        exact = [one for one in found if one.code == typed.strip()]
        if len(exact or found) == 1:
            return (exact or found)[0]
        if not typed.strip():
            self.add_error("household", "Cần ghi mã hộ hoặc tên chủ hộ.")
        elif not found:
            self.add_error("household", "Không có hộ nào như vậy ở nơi nhận đã chọn.")
        else:
            named = "; ".join(f"{one.code} {one.head_name}, {one.hamlet}" for one in found[:OFFERED])
            self.add_error("household", f"Có nhiều hộ, hãy ghi mã: {named}.")
        return None

    def told(self, project: Project | None) -> Told:
        """What was typed, for the action. `project` is the new one where a name was given.

        Of a form with faults it may be asked too, once nature, place and days are known.
        """
        said = self.cleaned_data
        to = said["to"]
        fund = Fund.objects.visible_to(self.seat, self.on).filter(pk=said["fund"]).first() if to == FUND else None
        known = Project.objects.visible_to(self.seat, self.on).filter(pk=said["project"]).first()
        return Told(
            nature=said["nature"], place=Place.objects.get(pk=said["place"]), purpose=said.get("purpose", ""),
            day=said["day"], method=said.get("method", ""), evidence=said.get("evidence", ""), givers=self._given(),
            value=said.get("value") or 0,
            household=said.get("found_household") if to == HOUSEHOLD else None,
            project=(project or known) if to == PROJECT else None, fund=fund,
            hamlet=said.get("hamlet", ""), quantity=said.get("quantity"), unit=said.get("unit", ""),
            foreign=self._foreign(), bank_reference=said.get("bank_reference", ""), received_on=said["received_on"],
        )  # fmt: skip

    def _foreign(self) -> Foreign | None:
        said = self.cleaned_data
        if not said.get("currency"):
            return None
        zero = Decimal(0)
        amount, rate = said.get("amount") or zero, said.get("rate") or zero
        return Foreign(said["currency"], amount, rate, said.get("rate_source", ""))

    def _given(self) -> list[Given]:
        said = self.cleaned_data
        found = [Given(party, said.get(f"share_{party.pk}", Fraction(1))) for party in self.givers]
        if self.unnamed:
            found.append(Given(None, said.get(f"share_{UNNAMED}", Fraction(1)), said.get("words", "")))
        return found


def initial_of(gift: Contribution, *, named: bool) -> Mapping[str, Any]:
    """A gift as it would be typed, to be written anew; of a household only what may be read where its name may."""
    to = next(name for name in (HOUSEHOLD, PROJECT, FUND, "community") if getattr(gift, f"{name}_id") is not None)
    shares = list(gift.shares.all())
    return {
        "nature": gift.nature, "purpose": gift.purpose if named or gift.household_id is None else "",
        "value": (gift.value or None) if gift.amount is None else None, "method": gift.method,
        "evidence": gift.evidence, "place": gift.place_id, "to": PLACE if to == "community" else to,
        "hamlet": gift.hamlet if named or gift.household_id is None else "",
        "household": gift.household.code if named and gift.household is not None else "",
        "project": gift.project_id, "fund": gift.fund_id, "day": gift.day, "received_on": gift.received_on,
        "quantity": gift.quantity, "unit": gift.unit, "currency": "" if gift.currency == DONG else gift.currency,
        "amount": gift.amount, "rate": gift.rate, "rate_source": gift.rate_source,
        "bank_reference": gift.bank_reference, "words": next((one.words for one in shares if one.words), ""),
        **{f"share_{one.party_id or UNNAMED}": Fraction(one.numerator, one.denominator) for one in shares},
    }  # fmt: skip


class ReasonForm(BlamedForm):
    """Lý do of refusing, withdrawing, undoing."""

    reason = _words("Lý do", 300, required=True, widget=forms.Textarea(attrs={"rows": 3}))


class PaperForm(BlamedForm):
    """Chứng từ kèm theo."""

    file = forms.FileField(label="Tệp chứng từ", help_text=FILE_HINT,
                           error_messages={"required": "Chọn một tệp.", "empty": EMPTY_FILE})  # fmt: skip


class ReceivedForm(BlamedForm):
    """Ngày nhận of what was promised."""

    day = DayField(label="Ngày nhận", error_messages={"required": "Cần ghi ngày nhận."})


class SamenessForm(BlamedForm):
    """Một hay hai: what a person says of two givers, and why."""

    other = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**62)
    same = forms.TypedChoiceField(label="Hai người này", coerce=lambda text: text == "1", choices=[
        ("1", "Là một"), ("0", "Là hai người khác nhau"),
    ], widget=forms.RadioSelect, error_messages={"required": "Cần chọn là một hay là hai."})  # fmt: skip
    because = _words("Căn cứ", 300, required=True, hint="Ví dụ: cùng mã số thuế; hai người khác năm sinh.")


class ThresholdForm(BlamedForm):
    """Mức đóng góp theo văn bản của tỉnh."""

    giver = forms.ChoiceField(label="Đối tượng", choices=[(one.value, one.label.capitalize()) for one in Giver])
    amount = DongField(label="Mức (đồng)", error_messages={"required": "Cần ghi mức."})
    since = DayField(label="Áp dụng từ ngày", error_messages={"required": "Cần ghi ngày áp dụng."})
    source = _words("Văn bản, điều khoản", 200, required=True, hint="Số, ngày, điều khoản.")


class ChoiceForm(BlamedForm):
    """Cách tính đóng góp của cá nhân, hộ gia đình sau một lần khen."""

    anew = forms.TypedChoiceField(label="Sau mỗi lần khen", coerce=lambda text: text == "1", choices=[
        ("1", "Chỉ tính khoản nhận sau ngày quyết định, như tập thể"),
        ("0", "Tính cả giai đoạn, trừ khoản đã dùng cho lần khen trước"),
    ], widget=forms.RadioSelect, error_messages={"required": "Cần chọn cách tính."})  # fmt: skip
    since = DayField(label="Áp dụng từ ngày", error_messages={"required": "Cần ghi ngày áp dụng."})
    source = _words("Văn bản, điều khoản", 200, required=True, hint="Số, ngày, điều khoản.")
