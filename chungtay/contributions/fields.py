"""Form fields of this room: figures with a comma, shares as per cent or as a fraction."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms

_GROUPED = re.compile(r"\d{1,3}(\.\d{3})+")
_PLAIN = re.compile(r"\d{1,15}(\.\d{1,6})?")
_SHARE = re.compile(r"\d{1,3}(\.\d{1,4})?")
_FRACTION = re.compile(r"(\d{1,4})\s*/\s*(\d{1,4})")


def decimal_of(text: str) -> Decimal | None:
    """A figure as people type it: 23.185 and 23185 are one, 5.000,50 and 5000.5 have a part. None for anything else.

    >>> decimal_of("5.000,50")
    Decimal('5000.50')
    """
    bare = text.strip().replace("\u00a0", "").replace(" ", "")
    if "," in bare:
        whole, _, part = bare.partition(",")
        bare = f"{whole.replace('.', '')}.{part}"
    elif _GROUPED.fullmatch(bare):
        bare = bare.replace(".", "")
    return Decimal(bare) if _PLAIN.fullmatch(bare) else None


def share_of(text: str) -> Fraction | None:
    """A share as people type it: 50, 33,5%, 1/3. None for anything else.

    >>> share_of("33,5%")
    Fraction(67, 200)
    """
    bare = text.strip().removesuffix("%").strip()
    if found := _FRACTION.fullmatch(bare):
        return Fraction(int(found[1]), int(found[2])) if int(found[2]) else None
    plain = bare.replace(",", ".")
    return Fraction(Decimal(plain)) / 100 if _SHARE.fullmatch(plain) else None


class FigureField(forms.Field):
    """A figure that may have a part after the comma. Gives Decimal or None."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off"}
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values:
            return None
        found = decimal_of(str(value))
        if found is None:
            raise forms.ValidationError("Ghi bằng số, ví dụ 5.000 hoặc 5.000,50.", code="invalid")
        return found

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Decimal):
            return value
        whole, _, part = f"{value:,.6f}".partition(".")
        part = part.rstrip("0")
        return whole.replace(",", ".") + (f",{part}" if part else "")


class ShareField(forms.Field):
    """A share in per cent or as a fraction. Gives Fraction."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"autocomplete": "off"}), **kwargs)

    def to_python(self, value: Any) -> Fraction | None:
        if value in self.empty_values:
            return None
        found = share_of(str(value))
        if found is None:
            raise forms.ValidationError("Ghi phần góp như 50, 33,5 hoặc 1/3.", code="invalid")
        return found

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Fraction):
            return value
        per_cent = value * 100
        return str(per_cent) if per_cent.denominator == 1 else f"{value.numerator}/{value.denominator}"
