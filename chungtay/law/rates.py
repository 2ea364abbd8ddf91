"""Rates: shares of households in per cent with two decimals, rounded half up, and changes in percentage points."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction


def percent(part: int, whole: int) -> Decimal | None:
    """`part` of `whole` in per cent, two decimals, half up; None where the whole is 0 (no household, no rate).

    Raises ValueError for a negative count or a part above the whole.
    """
    if not 0 <= part <= whole:
        raise ValueError(f"{part} is no part of {whole}")
    return rounded(Fraction(part * 100, whole)) if whole else None


def poverty_rate(poor: int, households: int) -> Decimal | None:
    """Tỷ lệ hộ nghèo: poor households of all households, never of people. None and errors as `percent`."""
    return percent(poor, households)


def minority_rate(poor_minority: int, minority: int) -> Decimal | None:
    """Tỷ lệ hộ nghèo dân tộc thiểu số: poor ethnic-minority households of all ethnic-minority households (3,40%)."""
    return percent(poor_minority, minority)


def minority_share(poor_minority: int, poor: int) -> Decimal | None:
    """Tỷ trọng hộ dân tộc thiểu số trong số hộ nghèo: of the poor households, how many are ethnic-minority (27,22%)."""
    return percent(poor_minority, poor)


def points_between(before: Decimal, after: Decimal) -> Decimal:
    """The change from one rate to another in percentage points: 9.78 to 1.91 is -7.87."""
    return after - before


def rounded(value: Fraction, places: int = 2) -> Decimal:
    """Half up, as the reports round: 1.125 is 1.13; a negative value is the mirror of the positive one."""
    unit = 10**places
    units = (abs(value.numerator) * unit * 2 + value.denominator) // (2 * value.denominator)
    return Decimal(-units if value < 0 else units).scaleb(-places)


def figure(value: Decimal, word: str = "", places: int | None = None) -> str:
    """A number with its unit as pages write it: "2,69%", "28.151 hộ", "1,8 lần".

    Groups of three stand apart; with `places` it is rounded half up to so many decimals.
    """
    told = value if places is None else rounded(Fraction(value), places)
    whole, comma, rest = with_comma(abs(told)).partition(",")
    text = f"{'-' if told < 0 else ''}{int(whole):,}".replace(",", ".") + comma + rest
    return f"{text}{word}" if word in ("", "%") else f"{text} {word}"


def with_comma(value: Decimal) -> str:
    """A number as Vietnamese pages write it, without needless zeros at the end: 7.87 is "7,87", 2.00 is "2"."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")
