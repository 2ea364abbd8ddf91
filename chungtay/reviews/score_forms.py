"""The form of one household: points or income, what it lacks, why it is poor; the B1 table where one is loaded."""

from datetime import date
from typing import Any

from django import forms

from chungtay.law import causes, deprivations, points
from chungtay.law.points import Sheet
from chungtay.law.poverty import Area
from chungtay.law.refusals import Refused
from chungtay.records.fields import DongField
from chungtay.records.forms import BlamedForm
from chungtay.reviews import scoring
from chungtay.reviews.forms import CAME, CountField, TextField
from chungtay.reviews.scoring import Found

ITEM = "item-"


class ScoreForm(BlamedForm):
    """Phiếu rà soát. B2 follows from the ticked indicators; a total may be typed where only the total is known."""

    persons = CountField("Số nhân khẩu hiện nay", min_value=1, max_value=60)
    area = forms.ChoiceField(
        label="Hộ ở khu vực", required=False, widget=forms.RadioSelect,
        choices=[(area.value, area.label.capitalize()) for area in Area],
    )  # fmt: skip
    b1 = CountField("Điểm B1 (tổng điểm phiếu)", required=False, max_value=1000)
    lacking = forms.MultipleChoiceField(
        label="Hộ thiếu hụt chỉ số nào", required=False, widget=forms.CheckboxSelectMultiple
    )
    none_lacking = forms.BooleanField(label="Đã hỏi đủ, hộ không thiếu hụt chỉ số nào", required=False)
    b2 = CountField(
        "Điểm B2", required=False, max_value=200,
        help_text="Để trống thì tính từ các chỉ số đã đánh dấu. Ghi khi chỉ biết tổng điểm.",
    )  # fmt: skip
    income_total = DongField(
        label="Thu nhập cả hộ một tháng", required=False,
        help_text="Chỉ ghi khi rà soát theo thu nhập; khi đó không dùng điểm B1.",
    )  # fmt: skip
    causes = forms.MultipleChoiceField(
        label="Nguyên nhân nghèo (có thể chọn nhiều)", required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(one.id, one.label.capitalize()) for one in causes.CAUSES.values()],
    )  # fmt: skip

    def __init__(self, *args: Any, on: date, area_known: bool, sheet: Sheet | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.on, self.sheet = on, sheet
        asked = deprivations.definitions(on=on)
        self.fields["lacking"].choices = [  # type: ignore[attr-defined]
            (one.indicator.id, _told(one.indicator.label, one.deprived_when)) for one in asked
        ]
        if area_known:
            del self.fields["area"]
        for item in sheet.items if sheet is not None else ():
            self.fields[ITEM + item.id] = _item_field(item)

    @property
    def items(self) -> list[forms.BoundField]:
        """The fields of the B1 table, in its order."""
        return [self[name] for name in self.fields if name.startswith(ITEM)]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("none_lacking") and said.get("lacking"):
            self.add_error("none_lacking", "Đã đánh dấu chỉ số thiếu hụt thì bỏ dấu ở đây.")
        if self.errors:
            self._blame_the_rest(said)
        return said

    def _blame_the_rest(self, said: dict[str, Any]) -> None:
        """What the law says of the fields that could be read, beside those that could not: everything at once."""
        faulty = set(self.errors)
        means, lacking = faulty & {"b1", "b2", "income_total"}, frozenset(said.get("lacking") or ())
        asks_area = "area" in self.fields and "area" not in faulty
        by_income = "income_total" in faulty
        b2 = 0 if "b2" in faulty else self._b2(said)
        told = Found(
            persons=said.get("persons") or 1,
            b1=0 if "b1" in faulty or by_income or self._is_answered(said) else said.get("b1"),
            b2=0 if b2 is None and by_income else b2, income_total=said.get("income_total"),
            lacking=lacking if lacking or said.get("none_lacking") else None,
            area=said.get("area") or ("" if asks_area else Area.RURAL.value),
        )  # fmt: skip
        quiet = faulty | {"lacking"} if means else faulty
        try:
            scoring.classify(told.area, told, on=self.on)
        except Refused as refused:
            self.blame(one for one in refused.reasons if one.field not in quiet)

    def _is_answered(self, said: dict[str, Any]) -> bool:
        return any(said.get(name) for name in self.fields if name.startswith(ITEM))

    def _b2(self, said: dict[str, Any]) -> int | None:
        """The points B2: as typed, else by the indicators that are told; None by income, or where nobody told any."""
        told = bool(said.get("lacking") or said.get("none_lacking"))
        b2: int | None = said.get("b2")
        if b2 is None and told and said.get("income_total") is None:
            return deprivations.POINTS.on(self.on).value * len(said.get("lacking") or ())
        return b2

    def found(self) -> Found:
        """What was typed, for the action. Raises Refused where the answers do not fit the B1 table."""
        said = self.cleaned_data
        ticked, told = said["lacking"], bool(said["lacking"] or said["none_lacking"])
        lacking = frozenset(ticked) if told else None
        answers = self._answers()
        b1 = self._b1(answers) if answers else said["b1"]
        return Found(
            persons=said["persons"], b1=b1, b2=self._b2(said), income_total=said["income_total"], lacking=lacking,
            causes=frozenset(said["causes"]), area=said.get("area", ""), answers=answers,
        )  # fmt: skip

    def _answers(self) -> dict[str, list[str]]:
        found = {}
        for name in self.fields:
            value = self.cleaned_data.get(name)
            if name.startswith(ITEM) and value:
                found[name.removeprefix(ITEM)] = value if isinstance(value, list) else [value]
        return found

    def _b1(self, answers: dict[str, list[str]]) -> int:
        if self.sheet is None:
            raise Refused.because(points.NOT_LOADED, field="b1")
        several = {item.id for item in self.sheet.items if item.several}
        told = {name: frozenset(ticked) for name, ticked in answers.items()}
        total = points.b1(self.sheet, dict.fromkeys(several, frozenset()) | told)
        typed = self.cleaned_data["b1"]
        if typed is not None and typed != total:
            raise Refused.because(f"Các câu trả lời cho {total} điểm B1, nhưng tổng ghi là {typed}.", field="b1")
        return total


class CorrectForm(ScoreForm):
    """A score after the lock, with its reason."""

    why = TextField("Lý do điều chỉnh", rows=2, max_length=500)


class ForgottenForm(CorrectForm):
    """A household that a locked list forgot: how it came since the round before, its score, the reason."""

    came = forms.ChoiceField(label="Từ kỳ trước đến nay", choices=CAME, required=False)


class GrantForm(ScoreForm):
    """The check of a request, and the decision that grants it."""

    decision = forms.CharField(label="Số quyết định", max_length=120)


def _told(label: str, when: str) -> str:
    return f"{label.capitalize()}: {when}" if when else label.capitalize()


def _item_field(item: points.Item) -> forms.Field:
    choices = [(option.id, f"{option.label} ({option.points} điểm)") for option in item.options]
    if item.several:
        return forms.MultipleChoiceField(
            label=item.label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
        )
    return forms.ChoiceField(label=item.label, choices=choices, required=False, widget=forms.RadioSelect)
