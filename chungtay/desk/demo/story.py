"""What people did: short reports in a clerk's words, each with the sentence that would stand on the certificate.

`{ap}`, `{xa}` and `{huyen}` are put in by the builder. All of it is invented.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One thing done or given; `value` in whole đồng where a unit declared one."""

    nature: str
    text: str
    value: int | None = None


@dataclass(frozen=True)
class Story:
    """A report: `summary` is printed on the certificate, `lines` are the achievements."""

    summary: str
    report: str
    lines: tuple[Line, ...]
