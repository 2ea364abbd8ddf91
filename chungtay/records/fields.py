"""Form fields that read what Vietnamese clerks type."""

import re
from calendar import monthrange
from datetime import date
from typing import Any

from django import forms

OLDEST_YEAR, LATEST_YEAR = 1900, 2100
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{1,4})")
GROUPS = re.compile(r"^\d{1,3}([. ,]\d{3})+$")


class DongField(forms.IntegerField):
    """A sum in whole đồng: 200000000, 200.000.000, "200 triệu", "200tr" or "1,5 tỷ". Gives int or None."""

    default_error_messages = {
        "invalid": "Ghi số tiền bằng đồng, ví dụ 200.000.000 hoặc 200 triệu.",
        "min_value": "Số tiền này quá nhỏ.",
        "max_value": "Số tiền này quá lớn.",
    }
    UNITS = {
        "triệu": 1_000_000,
        "trieu": 1_000_000,
        "tr": 1_000_000,
        "tỷ": 1_000_000_000,
        "ty": 1_000_000_000,
        "nghìn": 1_000,
        "nghin": 1_000,
        "ngàn": 1_000,
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", 0)
        kwargs.setdefault("max_value", 10**15)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        if isinstance(value, int):
            return value
        text = str(value).strip().lower().replace("\u00a0", " ").removesuffix("đồng").removesuffix("đ").strip()
        named = re.fullmatch(r"(\d{1,6})(?:,(\d{1,3}))? ?([^\W\d]+)", text)
        if named is not None and named[3] in self.UNITS:
            whole, part, scale = named[1], named[2], self.UNITS[named[3]]
            return int(whole) * scale + (int(part) * scale // 10 ** len(part) if part else 0)
        if text.isdigit() or GROUPS.match(text):
            return int(re.sub(r"[. ,]", "", text))
        raise forms.ValidationError(self.error_messages["invalid"], code="invalid")

    def prepare_value(self, value: Any) -> Any:
        return f"{value:,}".replace(",", ".") if isinstance(value, int) else value


class WholeField(forms.IntegerField):
    """A whole number between two others, typed in a text box: 1250 or 1.250. Gives int or None; of a wrong one it says
    what may be written."""

    def __init__(self, *, max_value: int, min_value: int = 0, **kwargs: Any) -> None:
        fine = f"Ghi số nguyên từ {min_value:,} đến {max_value:,}.".replace(",", ".")
        messages = dict.fromkeys(("invalid", "min_value", "max_value", "required"), fine)
        if not kwargs.get("required", True):
            messages |= {name: f"{fine.removesuffix('.')}, hoặc để trống." for name in messages}
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        kwargs["error_messages"] = {**messages, **kwargs.get("error_messages", {})}
        super().__init__(min_value=min_value, max_value=max_value, **kwargs)

    def to_python(self, value: Any) -> int | None:
        text = str(value).strip() if isinstance(value, str) else value
        return super().to_python(re.sub(r"[. ,]", "", text) if isinstance(text, str) and GROUPS.match(text) else text)


class DayField(forms.DateField):
    """A day typed as 05/02/2018, 5-2-2018 or 5.2.2018. Gives date or None; of an impossible day it says why."""

    default_error_messages = {"invalid": "Ghi ngày theo dạng ngày/tháng/năm, ví dụ 05/02/2018."}

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "numeric", "placeholder": "dd/mm/yyyy", "autocomplete": "off"}
        kwargs.setdefault("widget", forms.DateInput(format="%d/%m/%Y", attrs=attrs))
        super().__init__(input_formats=["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"], **kwargs)

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, str) and (wrong := _impossible(value.strip())):
            raise forms.ValidationError(wrong, code="invalid")
        found: date | None = super().to_python(value)
        if found is not None and not OLDEST_YEAR <= found.year <= LATEST_YEAR:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return found


def _impossible(text: str) -> str:
    """What is wrong with a day that was typed in its three parts; empty when nothing is, or when it is no such text."""
    typed = _DAY.fullmatch(text)
    if typed is None:
        return ""
    day, month, year = (int(part) for part in typed.groups())
    if len(typed[3]) != 4:
        return f"Ghi năm bằng bốn chữ số, ví dụ 2018; ở đây ghi “{typed[3]}”."
    if not OLDEST_YEAR <= year <= LATEST_YEAR:
        return f"Năm {typed[3]} không nằm trong khoảng {OLDEST_YEAR} đến {LATEST_YEAR}."
    if not 1 <= month <= 12:
        return f"Không có tháng {month}. Ghi ngày trước, tháng sau, ví dụ 05/02/2018."
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        return f"Không có ngày {day}: tháng {month} năm {year} có {last} ngày."
    return ""
