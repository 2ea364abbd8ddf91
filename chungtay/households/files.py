"""The files that the population commands are given: Parquet of a review, and lists of communes as CSV."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from django.core.management.base import CommandError

from chungtay.households import results


def parquet_files(given: Sequence[Path]) -> list[Path]:
    """The files, and those of each folder in order. Raises CommandError where there is none."""
    found = [file for path in given for file in (sorted(path.glob("**/*.parquet")) if path.is_dir() else [path])]
    missing = [str(path) for path in found if not path.is_file()]
    if missing or not found:
        raise CommandError(f"no such file: {', '.join(missing)}" if missing else f"no .parquet file in {given[0]}")
    return found


def province_of(path: Path | None, communes: set[int]) -> dict[int, str]:
    """The province of each commune. Raises CommandError for a commune that the file does not name."""
    if path is None:
        return {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            found = {int(row["commune_code"]): row["province_code"] for row in csv.DictReader(file)}
    except (KeyError, ValueError, TypeError) as why:
        wrong = f"{path}: every row needs commune_code (a number) and province_code: {why}"
        raise CommandError(wrong) from None
    if unknown := sorted(communes - set(found)):
        few = ", ".join(results.code(commune) for commune in unknown[:10])
        raise CommandError(f"{path} names no province for {len(unknown)} communes: {few}{', …' * (len(unknown) > 10)}")
    return found


def special_communes(path: Path | None) -> dict[int, frozenset[int]] | None:
    """By year, the specially difficult communes of a CSV with commune_code, year; None without a file.

    Raises CommandError for a row that is not two numbers.
    """
    if path is None:
        return None
    found: dict[int, set[int]] = defaultdict(set)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                found[int(row["year"])].add(int(row["commune_code"]))
    except (KeyError, ValueError, TypeError) as why:
        raise CommandError(f"{path}: every row needs commune_code and year, both numbers: {why}") from None
    return {year: frozenset(communes) for year, communes in found.items()}
