"""From files to plain rows: each value checked where it stands, every fault with its file and line."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from chungtay.records.names import clean

Row = dict[str, Any]
ON_EARTH = ((102.0, 110.0), (8.0, 24.0))  # longitudes and latitudes of the mainland and its near islands


@dataclass(frozen=True, order=True)
class Fault:
    """Something wrong in a file: line 0 means the file as a whole."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}" if self.line else f"{self.file}: {self.text}"


class BadFiles(Exception):
    """The files cannot be loaded. `faults` holds everything wrong with them, in order of file and line."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(set(faults))
        super().__init__("\n".join(map(str, self.faults)))


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is no day: write 2018-11-01") from None


def day_or_none(text: str) -> date | None:
    return day(text) if text else None


def words(text: str) -> str:
    if not text:
        raise ValueError("it is empty")
    return text


def year(text: str) -> int:
    if not text.isdigit() or not 1990 <= int(text) <= 2100:
        raise ValueError(f"{text!r} is no year between 1990 and 2100")
    return int(text)


def yes_no(text: str) -> bool:
    if text not in ("yes", "no"):
        raise ValueError(f"{text!r} is neither yes nor no")
    return text == "yes"


def one_of(values: Iterable[str]) -> Callable[[str], str]:
    """A check that a value is one of `values`."""
    known = list(values)

    def check(text: str) -> str:
        if text not in known:
            raise ValueError(f"{text!r} is none of {', '.join(known)}")
        return text

    return check


def read_table(path: Path, columns: dict[str, Callable[[str], Any]], faults: list[Fault]) -> list[Row]:
    """The rows of a CSV file with checked values and their line in `line`. Rows with a fault are left out."""
    if not path.exists():
        faults.append(Fault(path.name, 0, "the file is missing"))
        return []
    rows: list[Row] = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if list(reader.fieldnames or []) != list(columns):
            faults.append(Fault(path.name, 1, f"the columns must be {','.join(columns)}"))
            return []
        for texts in reader:
            row = _checked(texts, columns, Fault(path.name, reader.line_num, ""), faults)
            if row is not None:
                rows.append(row)
    return rows


def _checked(texts: Row, columns: dict[str, Callable[[str], Any]], at: Fault, faults: list[Fault]) -> Row | None:
    """One row with its values, or None after telling every fault in it."""
    if None in texts or None in texts.values():
        faults.append(Fault(at.file, at.line, f"the row must have {len(columns)} values"))
        return None
    row: Row = {"line": at.line}
    for name, convert in columns.items():
        try:
            row[name] = convert(clean(texts[name]))
        except ValueError as error:
            faults.append(Fault(at.file, at.line, f"{name}: {error}"))
    return row if len(row) == len(columns) + 1 else None


def read_outlines(path: Path, faults: list[Fault]) -> list[Row]:
    """The features of a GeoJSON file, one a line: place, since, source, licence and geometry."""
    if not path.exists():
        faults.append(Fault(path.name, 0, "the file is missing"))
        return []
    rows: list[Row] = []
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not text.startswith('{"type":"Feature"'):
            continue
        try:
            feature = json.loads(text.removesuffix(","))
            told = feature["properties"]
            row: Row = {name: words(clean(told[name])) for name in ("place", "source", "licence")}
            rows.append(row | {"since": day(told["since"]), "geometry": polygon(feature["geometry"]), "line": number})
        except json.JSONDecodeError as error:
            faults.append(Fault(path.name, number, f"the line is no GeoJSON feature: {error}"))
        except KeyError as error:
            faults.append(Fault(path.name, number, f"{error} is missing"))
        except ValueError as error:
            faults.append(Fault(path.name, number, str(error)))
    if not rows:
        faults.append(Fault(path.name, 0, "no feature found; each must stand on a line of its own"))
    return rows


def polygon(geometry: Row) -> Row:
    """`geometry` if it is a polygon or several, of closed rings in and around Vietnam. Raises ValueError."""
    if geometry["type"] not in ("Polygon", "MultiPolygon"):
        raise ValueError(f"{geometry['type']!r} is neither Polygon nor MultiPolygon")
    for ring in rings(geometry):
        if len(ring) < 4 or ring[0] != ring[-1]:
            raise ValueError("a ring must have four points or more and end where it begins")
        for point in ring:
            if len(point) != 2 or any(not low <= at <= high for at, (low, high) in zip(point, ON_EARTH, strict=True)):
                raise ValueError(f"{point} is no longitude and latitude in or near Vietnam")
    return geometry


def rings(geometry: Row) -> list[list[list[float]]]:
    """Every ring of a Polygon or MultiPolygon, outer ones and holes alike."""
    parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return [ring for part in parts for ring in part]
