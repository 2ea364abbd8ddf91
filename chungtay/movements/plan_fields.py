"""What the fields of a plan may hold: ids, clauses, days, months, numbers; and the frozen base of its parts."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

ID_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$"
CLAUSE_PATTERN = r"^KH .{1,60}$"
WHEN_PATTERN = r"^20\d\d(-(0[1-9]|1[0-2]))?$"

Id = Annotated[str, Field(pattern=ID_PATTERN)]
Text = Annotated[str, Field(min_length=1, max_length=2000)]
Note = Annotated[str, Field(max_length=2000)]
Clause = Annotated[str, Field(pattern=CLAUSE_PATTERN)]


def _day(value: Any) -> Any:
    """A date, or one written 2017-08-21 as a kept version has it; no numbers and no hours."""
    if type(value) is date or (isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII)):
        return value
    raise PydanticCustomError("date_type", "a day")


Day = Annotated[date, BeforeValidator(_day)]


def _plain(value: Decimal) -> Decimal:
    """The same number in its shortest plain writing: 1.50 is 1.5, and 30 never 3E+1."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


Number = Annotated[Decimal, Field(ge=0, le=10**15), AfterValidator(_plain)]


def _as_text(value: Any) -> Any:
    """A bare year of a file is a number to YAML and a `When` to us."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


When = Annotated[str, BeforeValidator(_as_text), Field(pattern=WHEN_PATTERN)]
"""A year "2017" or a month "2017-02": the plan names no days."""


T = TypeVar("T", bound="Part")


class NotInPlan(LookupError):
    """The plan knows no such id."""


class Part(BaseModel):
    """A part of the plan: frozen, and closed to fields that nobody has defined."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


def pick(parts: tuple[T, ...], field: str, wanted: str, noun: str) -> T:
    """The part whose field has that value. Raises `NotInPlan` with a sentence if there is none."""
    for part in parts:
        if getattr(part, field) == wanted:
            return part
    raise NotInPlan(f"Kế hoạch không có {noun} “{wanted}”.")
