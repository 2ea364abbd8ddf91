"""Refusals: sentences in Vietnamese that say everything that stands in the way, never only the first thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Self


@dataclass(frozen=True)
class Reason:
    """Lý do từ chối: one sentence for the user, the clause it rests on, and the form field it belongs to, if any."""

    text: str
    clause: str = ""
    field: str = ""

    def __str__(self) -> str:
        return f"{self.text} ({self.clause})" if self.clause else self.text


class Refused(Exception):
    """Bị từ chối: the law or the procedure does not allow the act. `reasons` holds all reasons, at least one."""

    def __init__(self, reasons: Iterable[Reason]) -> None:
        self.reasons: list[Reason] = list(reasons)
        if not self.reasons:
            raise ValueError("a refusal needs at least one reason")
        super().__init__(self.reasons)

    @classmethod
    def because(cls, text: str, *, clause: str = "", field: str = "") -> Self:
        """A refusal with the single reason `text`."""
        return cls([Reason(text, clause, field)])

    def __str__(self) -> str:
        return " ".join(str(reason) for reason in self.reasons)


class Conflict(Refused):
    """Xung đột: somebody else changed the same thing first; nothing of this act was kept."""


class NoRule(Refused):
    """Chưa có quy định: no rule was found for that day. The law's silence is never answered with a number."""

    @classmethod
    def on(cls, rule: str, day: date, why: str = "") -> Self:
        """The refusal that names the missing rule and the day it was asked for."""
        text = f"Không có quy định về {rule} áp dụng cho ngày {day:%d/%m/%Y}"
        return cls.because(f"{text}: {why}." if why else f"{text}.")


class Reasons:
    """Gathers reasons while a rule is checked, so that one refusal can list them all."""

    def __init__(self, reasons: Iterable[Reason] = ()) -> None:
        self._reasons: list[Reason] = list(reasons)

    def add(self, text: str, *, clause: str = "", field: str = "") -> None:
        """Keep one more reason; the same reason is kept once."""
        self.extend([Reason(text, clause, field)])

    def extend(self, reasons: Iterable[Reason]) -> None:
        """Keep every reason of `reasons` that is not held yet."""
        for reason in reasons:
            if reason not in self._reasons:
                self._reasons.append(reason)

    def raise_if_any(self) -> None:
        """Raise Refused with every reason gathered; do nothing if there is none."""
        if self._reasons:
            raise Refused(self._reasons)

    def __iter__(self) -> Iterator[Reason]:
        return iter(self._reasons)

    def __len__(self) -> int:
        return len(self._reasons)
