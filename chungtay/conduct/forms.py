"""What people type into the registers of this room."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from chungtay.conduct.actions import FIRST_YEAR, LAST_YEAR, Task
from chungtay.conduct.lending import Happening, Terms
from chungtay.conduct.models import Commitment, Duty, Loan, LoanEvent, Programme
from chungtay.conduct.promising import Issued, Promise
from chungtay.parties.areas import Choices
from chungtay.parties.models import Party
from chungtay.places.models import Place
from chungtay.records.fields import DayField, DongField
from chungtay.records.forms import BlamedForm

EMPTY = ("", "Chọn…")


def said(sentence: str, most: int = 0) -> dict[str, str]:
    """What is said where a field stayed empty, or holds too much."""
    told = {"required": sentence, "invalid_choice": "Hãy chọn trong danh sách."}
    return told | ({"max_length": f"Ghi gọn trong {most} chữ cái."} if most else {})


def line(label: str, needed: str, most: int, hint: str = "", rows: int = 0) -> forms.CharField:
    """One line of text (`rows`: so many lines); `needed`: what is said when it stays empty, "" when it may."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(
        label=label, required=bool(needed), max_length=most, help_text=hint, widget=widget,
        error_messages=said(needed, most),
    )  # fmt: skip


def proof_field(label: str = "Tệp minh chứng") -> forms.FileField:
    """A file that people may hang on a line."""
    return forms.FileField(
        label=label, required=False, help_text="PDF, ảnh chụp, Word hoặc Excel, tối đa 10 MB.",
        error_messages={"empty": "Tệp rỗng, hãy chọn tệp khác."},
    )  # fmt: skip


class ReasonForm(BlamedForm):
    """Lý do: why a line is corrected, taken out or sent back."""

    reason = line("Lý do", "Cần ghi lý do.", 300, rows=2)


class TaskForm(BlamedForm):
    """Việc đến hạn: what is owed, for which year, until when."""

    kind = forms.ChoiceField(
        label="Loại việc", choices=Duty.Kind.choices, widget=forms.RadioSelect,
        error_messages=said("Cần chọn loại việc."),
    )  # fmt: skip
    title = line("Tên việc", "Cần ghi tên việc.", 200)
    year = forms.IntegerField(
        label="Của năm", min_value=FIRST_YEAR, max_value=LAST_YEAR,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 6}),
        error_messages={"required": "Cần ghi năm.", "invalid": "Ghi năm bằng bốn chữ số, ví dụ 2020."},
    )  # fmt: skip
    due_on = DayField(label="Hạn cuối cùng", error_messages={"required": "Cần ghi hạn."})
    basis = line("Văn bản giao", "", 200)

    @classmethod
    def of(cls, duty: Duty) -> "TaskForm":
        """With what a duty says now."""
        names = ("kind", "title", "year", "due_on", "basis")
        return cls(initial={name: getattr(duty, name) for name in names})

    def task(self) -> Task:
        """What was typed, for the action."""
        told = self.cleaned_data
        return Task(told["kind"], told["title"], told["year"], told["due_on"], told["basis"])


class AssignForm(TaskForm):
    """Giao việc: the same for many units; those that are ticked owe it."""

    units = forms.TypedMultipleChoiceField(
        label="Giao cho", coerce=int, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chưa chọn đơn vị nào.", "invalid_choice": "Có đơn vị ngoài danh sách."},
    )  # fmt: skip

    def __init__(self, *args: Any, among: Iterable[Party], on: date, **more: Any) -> None:
        self.among = {party.pk: party for party in among}
        first = {"units": list(self.among), "year": on.year, "kind": Duty.Kind.REPORT.value}
        more["initial"] = first
        super().__init__(*args, **more)
        units = self.fields["units"]
        if isinstance(units, forms.TypedMultipleChoiceField):
            units.choices = [(party.pk, party.name) for party in self.among.values()]

    def parties(self) -> list[Party]:
        """The units that were ticked."""
        return [self.among[key] for key in self.cleaned_data["units"]]


class CorrectTaskForm(TaskForm, ReasonForm):
    """Sửa việc đã giao."""


class HandForm(BlamedForm):
    """Nộp: by which paper, on which day."""

    paper = line("Số, ký hiệu văn bản", "Cần ghi số, ký hiệu văn bản.", 80)
    handed_on = DayField(label="Ngày nộp", error_messages={"required": "Cần ghi ngày nộp."})
    file = proof_field()


class LoanForm(BlamedForm):
    """Khoản vay theo khế ước."""

    bank_name = line("Nơi cho vay", "Cần ghi nơi cho vay.", 200)
    purpose = line("Vay để làm gì", "Cần ghi mục đích vay.", 300)
    amount = DongField(label="Số tiền vay", error_messages={"required": "Cần ghi số tiền vay."})
    lent_on = DayField(label="Ngày vay", error_messages={"required": "Cần ghi ngày vay."})
    due_on = DayField(label="Hạn trả hết", error_messages={"required": "Cần ghi hạn trả hết."})
    contract = line("Số khế ước", "", 60)
    file = proof_field("Ảnh chụp khế ước, sổ vay vốn")

    def __init__(self, *args: Any, banks: Iterable[Party], loan: Loan | None = None, **more: Any) -> None:
        self.banks = {bank.name: bank for bank in banks}
        names = ("bank_name", "purpose", "amount", "lent_on", "due_on", "contract")
        first = {name: getattr(loan, name) for name in names} if loan else {"bank_name": next(iter(self.banks), "")}
        more["initial"] = first
        super().__init__(*args, **more)
        self.fields["bank_name"].widget.attrs["list"] = "banks"

    def terms(self) -> Terms:
        """What was typed; a bank of the register is known by its name."""
        told = self.cleaned_data
        names = ("bank_name", "purpose", "amount", "lent_on", "due_on", "contract")
        return Terms(bank=self.banks.get(told["bank_name"]), **{name: told[name] for name in names})


class CorrectLoanForm(LoanForm, ReasonForm):
    """Sửa khoản vay, gia hạn nợ."""


class HappeningForm(BlamedForm):
    """Diễn biến của khoản vay."""

    kind = forms.ChoiceField(
        label="Diễn biến", choices=LoanEvent.Kind.choices, widget=forms.RadioSelect,
        error_messages=said("Cần chọn diễn biến."),
    )  # fmt: skip
    day = DayField(label="Ngày", error_messages={"required": "Cần ghi ngày."})
    amount = DongField(label="Số tiền gốc đã trả", required=False, help_text="Chỉ ghi khi trả gốc.")
    who = line("Ai kiểm tra, nơi nào báo", "", 200, "Lần kiểm tra thì cần ghi ai đã xem.")
    file = proof_field()

    def told(self) -> Happening:
        """What was typed."""
        told = self.cleaned_data
        return Happening(told["kind"], told["day"], told["amount"], told["who"])


class ProgrammeForm(BlamedForm):
    """Chương trình, nghị quyết của xã, huyện."""

    party = forms.TypedChoiceField(
        label="Của xã, huyện", coerce=int, error_messages=said("Cần chọn xã, huyện.")
    )  # fmt: skip
    kind = forms.ChoiceField(
        label="Loại văn bản", choices=Programme.Kind.choices, widget=forms.RadioSelect,
        error_messages=said("Cần chọn loại văn bản."),
    )  # fmt: skip
    number = line("Số, ký hiệu", "Cần ghi số, ký hiệu.", 80)
    title = line("Trích yếu", "Cần ghi trích yếu.", 300)
    issued_on = DayField(label="Ngày ban hành", error_messages={"required": "Cần ghi ngày ban hành."})
    expires_on = DayField(label="Thực hiện đến hết ngày", required=False)
    budget = DongField(label="Vốn ngân sách ưu tiên cho xã, ấp nghèo", required=False)
    file = proof_field("Bản chụp văn bản")

    def __init__(self, *args: Any, issuers: Iterable[Party], row: Programme | None = None, **more: Any) -> None:
        self.issuers = {party.pk: party for party in issuers}
        names = ("kind", "number", "title", "issued_on", "expires_on", "budget")
        first: dict[str, Any] = {name: getattr(row, name) for name in names} if row else {"kind": "resolution"}
        more["initial"] = first
        super().__init__(*args, **more)
        if row is not None:
            del self.fields["party"]
            return
        party = self.fields["party"]
        if isinstance(party, forms.TypedChoiceField):
            choices = [(str(key), one.name) for key, one in self.issuers.items()]
            party.choices = choices if len(choices) == 1 else [EMPTY, *choices]

    def issuer(self) -> Party:
        """Whose it is."""
        return self.issuers[self.cleaned_data["party"]]

    def issued(self) -> Issued:
        """What was typed."""
        told = self.cleaned_data
        names = ("kind", "number", "title", "issued_on", "expires_on")
        return Issued(budget=told["budget"] or 0, **{name: told[name] for name in names})


class CorrectProgrammeForm(ProgrammeForm, ReasonForm):
    """Sửa chương trình, nghị quyết."""


class PromiseForm(BlamedForm):
    """Cam kết giúp một địa bàn nghèo cụ thể."""

    party = forms.TypedChoiceField(label="Đơn vị giúp", coerce=int, error_messages=said("Cần chọn đơn vị."))
    place = forms.TypedChoiceField(
        label="Xã, phường, thị trấn được giúp", coerce=int, error_messages=said("Cần chọn xã được giúp.")
    )  # fmt: skip
    hamlet = line("Ấp, khu phố", "", 120)
    what = line("Giúp việc gì, bao nhiêu", "Cần ghi giúp việc gì.", 500, rows=3)
    since = DayField(label="Từ ngày", error_messages={"required": "Cần ghi ngày bắt đầu."})
    until = DayField(label="Đến hết ngày", error_messages={"required": "Cần ghi ngày kết thúc."})
    file = proof_field("Bản cam kết")

    def __init__(
        self, *args: Any, parties: Iterable[Party], places: Choices, row: Commitment | None = None, **more: Any
    ) -> None:
        self.parties = {party.pk: party for party in parties}
        names = ("hamlet", "what", "since", "until")
        first = {name: getattr(row, name) for name in names} | {"place": row.place_id} if row else {}
        more["initial"] = first
        super().__init__(*args, **more)
        place, party = self.fields["place"], self.fields["party"]
        if isinstance(place, forms.ChoiceField) and isinstance(party, forms.ChoiceField):
            place.choices = [EMPTY, *places]
            party.choices = [(str(key), one.name) for key, one in self.parties.items()]
        if row is not None:
            del self.fields["party"]

    def promiser(self) -> Party:
        """Who helps."""
        return self.parties[self.cleaned_data["party"]]

    def promise(self) -> Promise:
        """What was typed."""
        told = self.cleaned_data
        place = Place.objects.get(pk=told["place"])
        return Promise(place, told["hamlet"], told["what"], told["since"], told["until"])


class CorrectPromiseForm(PromiseForm, ReasonForm):
    """Sửa cam kết."""


class ResultForm(BlamedForm):
    """Kết quả giúp tính đến một ngày."""

    day = DayField(label="Tính đến ngày", error_messages={"required": "Cần ghi ngày."})
    text = line("Đã giúp được gì, bao nhiêu", "Cần ghi kết quả.", 500, rows=3)
    file = proof_field()


class AnswerForm(BlamedForm):
    """Xác nhận, hoặc nói rõ chưa đúng chỗ nào."""

    accepted = forms.ChoiceField(
        label="Kết quả này có đúng không?", choices=[("yes", "Đúng, xã xác nhận"), ("no", "Chưa đúng")],
        widget=forms.RadioSelect, error_messages=said("Cần chọn đúng hay chưa đúng."),
    )  # fmt: skip
    answer = line("Ý kiến của xã", "", 300, "Nếu chưa đúng, ghi rõ chỗ nào.", rows=2)
