"""What people choose and type about a spreadsheet: the file, which column means what, a row put right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from chungtay.law.refusals import Refused
from chungtay.records.forms import BlamedForm
from chungtay.records.names import clean
from chungtay.sheets import actions, kinds, old_fonts
from chungtay.sheets.archive import column_letters
from chungtay.sheets.guessing import SheetGuess, Survey, guess_sheet
from chungtay.sheets.kinds import shown
from chungtay.sheets.layouts import Layout
from chungtay.sheets.models import Row
from chungtay.sheets.plans import RULES, SCALES, SWAP, Plan, SheetPlan, require_sound

AUTO, UNICODE = "auto", "unicode"
FITTING = {
    kinds.PAD: ("id_number", "code"),
    kinds.CENTURY: ("day", "birth"),
    kinds.SPELLING: ("choice", "commune"),
    SWAP: ("day", "birth"),
}
"""Kinds of columns that a rule speaks of."""


class SendForm(BlamedForm):
    """Gửi bảng: one file, or rows pasted from Excel."""

    file = forms.FileField(
        label="Tệp Excel", required=False, allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.tsv,.txt"}),
        help_text="Tệp đang dùng, không cần mẫu riêng: .xlsx, .xls, .ods hoặc .csv, nặng không quá 10 MB.",
    )  # fmt: skip
    text = forms.CharField(
        label="Hoặc dán từ Excel", required=False, strip=False, widget=forms.Textarea(attrs={"rows": 8, "wrap": "off"}),
        help_text="Chọn các dòng trong Excel (cả dòng tiêu đề), chép, rồi dán vào đây.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if bool(told.get("file")) == bool((told.get("text") or "").strip()):
            self.add_error("file", "Chọn một tệp, hoặc dán các dòng, một trong hai.")
        return told


class SheetForm(BlamedForm):
    """Một trang tính: whether it is read, where its rows begin, and which of its columns means what."""

    take = forms.BooleanField(label="Đọc trang tính này", required=False)
    first_row = forms.IntegerField(label="Dòng dữ liệu đầu tiên", min_value=1, max_value=1_048_576, error_messages={
        "required": "Cần ghi số dòng.", "invalid": "Cần ghi số dòng.", "min_value": "Dòng đầu tiên là dòng 1.",
        "max_value": "Không có dòng này.",
    })  # fmt: skip
    font = forms.ChoiceField(
        label="Bảng mã chữ",
        help_text="Máy nhận từng ô, ô đọc được hai cách thì hỏi. Nếu chữ hiện sai dấu, hãy chọn bảng mã của tệp.",
    )

    def __init__(self, *args: Any, sheet: int, survey: Survey, layout: Layout, guess: SheetGuess | None, **more: Any):
        super().__init__(*args, **{**more, "prefix": f"s{sheet}"})
        self.sheet, self.survey, self.layout = sheet, survey, layout
        self.guess = guess or guess_sheet(sheet, survey, layout)
        self.fields["take"].initial = guess is not None
        self.fields["first_row"].initial = self.guess.first_row
        found = f" ({old_fonts.NAMES[old_fonts.together(one.font for one in self.guess.columns)]})"
        self._choices(
            "font",
            [(AUTO, f"Như máy nhận ra{found}"), *((key or UNICODE, label) for key, label in old_fonts.NAMES.items())],
        )
        places = {one.name: one.index for one in self.guess.columns}
        offered = [("", "Không có trong tệp"), *((str(n), label) for n, label in enumerate(self.headings()))]
        for column in layout.columns:
            self.fields[f"col-{column.name}"] = forms.ChoiceField(
                label=column.label, required=False, choices=offered, initial=str(places.get(column.name, ""))
            )
        if any(column.kind.name == "dong" for column in layout.columns):
            self.fields["scale"] = forms.ChoiceField(
                label="Đơn vị tiền trong tệp", required=False, initial=AUTO,
                choices=[(AUTO, "Như tiêu đề ghi"), *((str(by), label) for by, label in SCALES.items())],
            )  # fmt: skip
        fitting = [(rule, label) for rule, label in RULES.items() if self._named(rule)]
        self.fields["rules"] = forms.MultipleChoiceField(
            label="Quyết một lần cho cả cột", required=False, choices=fitting, widget=forms.CheckboxSelectMultiple
        )

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        chosen = self.fields[name]
        if isinstance(chosen, forms.ChoiceField):
            chosen.choices, chosen.required = choices, False
            chosen.initial = AUTO

    def _named(self, rule: str) -> list[str]:
        return [column.name for column in self.layout.columns if column.kind.name in FITTING[rule]]

    def headings(self) -> list[str]:
        """Each column of the sheet: its letter and what stands above it."""
        width = max([len(self.guess.headings), *(len(row) - 1 for row in self.survey.head)], default=0)
        told = [*self.guess.headings, *[""] * width][:width]
        return [f"{column_letters(n)}: {words[:60] or '(không có tiêu đề)'}" for n, words in enumerate(told)]

    def column_fields(self) -> list[forms.BoundField]:
        return [self[f"col-{column.name}"] for column in self.layout.columns]

    def samples(self) -> list[tuple[int, list[str]]]:
        """Some rows from where the data begins, as the file shows them."""
        width = len(self.headings())
        rows = [row for row in self.survey.head if row[0] >= self.guess.first_row][:5]
        return [(row[0], ([shown(cell) for cell in row[1:]] + [""] * width)[:width]) for row in rows]

    def plan(self) -> SheetPlan | None:
        """How the sheet is to be read; None if it is left out."""
        said = self.cleaned_data
        if not said["take"]:
            return None
        columns = {
            column.name: int(said[f"col-{column.name}"])
            for column in self.layout.columns if said[f"col-{column.name}"]
        }  # fmt: skip
        guessed = {one.name: one for one in self.guess.columns if columns.get(one.name) == one.index}
        fonts = {name: one.font for name, one in guessed.items() if one.font}
        if said["font"] not in (AUTO, ""):
            fonts = dict.fromkeys(columns, old_fonts.UNICODE if said["font"] == UNICODE else said["font"])
        scales = {name: one.scale for name, one in guessed.items() if one.scale != 1}
        if said.get("scale", AUTO) not in (AUTO, ""):
            money = [name for name in columns if self.layout.by_name[name].kind.name == "dong"]
            scales = dict.fromkeys(money, int(said["scale"])) if said["scale"] != "1" else {}
        rules: dict[str, tuple[str, ...]] = {}
        for rule in said["rules"]:
            for name in set(self._named(rule)) & columns.keys():
                rules[name] = (*rules.get(name, ()), rule)
        return SheetPlan(self.sheet, said["first_row"], columns, fonts, scales, rules, self.guess.headings)

    def is_sound(self, bottoms: Sequence[int]) -> bool:
        """Whether the plan of this sheet, if it is taken, can be read by; otherwise its faults stand at its fields."""
        plan = self.plan()
        try:
            if plan is not None:
                require_sound(Plan((plan,)), self.layout, bottoms)
        except Refused as refused:
            self.blame(refused.reasons)
        return not self.errors

    def field_for(self, name: str) -> str | None:
        """A reason that names a column stands at it."""
        return super().field_for(name if name == "first_row" else f"col-{name}")


class RowForm(BlamedForm):
    """Một dòng: its texts to be put right, the questions of the room to be answered, or the reason to leave it out."""

    reason = forms.CharField(
        label="Lý do loại dòng này", required=False, max_length=400,
        help_text="Chỉ ghi khi loại dòng.", error_messages={"max_length": "Ghi gọn trong 400 chữ cái."},
    )  # fmt: skip

    def __init__(self, *args: Any, row: Row, layout: Layout, texts: Sequence[str], **more: Any):
        super().__init__(*args, **more)
        self.row, self.layout = row, layout
        faults = {fault["column"]: fault for fault in row.faults if fault["column"]}
        for column, text in zip(layout.columns, texts, strict=True):
            told = faults[column.name]["sentence"] if column.name in faults else ""
            self.fields[f"o-{column.name}"] = forms.CharField(
                label=column.label, required=False, initial=text, strip=False, help_text=told, max_length=4000
            )
        for fault in self.asking:
            self.fields[f"hoi-{fault['ask']}"] = forms.ChoiceField(
                label=fault["sentence"], required=False, widget=forms.RadioSelect,
                choices=[(one["key"], one["label"]) for one in fault["answers"]],
                error_messages={"invalid_choice": "Hãy chọn một câu trả lời."},
            )  # fmt: skip

    @property
    def asking(self) -> list[dict[str, Any]]:
        """The room's own questions about this row."""
        return [fault for fault in self.row.faults if "ask" in fault]

    @property
    def questions(self) -> list[forms.BoundField]:
        return [self[f"hoi-{fault['ask']}"] for fault in self.asking]

    @property
    def cells(self) -> list[forms.BoundField]:
        """The columns, those with something to look at first."""
        named = [column.name for column in self.layout.columns]
        told = {fault["column"] for fault in self.row.faults}
        return [self[f"o-{name}"] for name in sorted(named, key=lambda name: name not in told)]

    def decision(self, choice: str) -> actions.Decision:
        """What was said. Texts that nobody changed are not typed."""
        said = self.cleaned_data
        typed = {
            column.name: said[f"o-{column.name}"]
            for column in self.layout.columns
            if clean(said[f"o-{column.name}"]) != clean(str(self.fields[f"o-{column.name}"].initial or ""))
        }
        answers = {fault["ask"]: said[f"hoi-{fault['ask']}"] for fault in self.asking}
        is_corrected = choice == actions.CORRECTED
        return actions.Decision(choice, typed if is_corrected else {}, answers, said["reason"])

    def field_for(self, name: str) -> str | None:
        """A reason stands at the question, the column or the field that it names."""
        return next((found for found in (f"hoi-{name}", f"o-{name}", name) if found in self.fields), None)
