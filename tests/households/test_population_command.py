"""`classify_population`: from files to files, with what the figures rest on, and clear words for what is wrong."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import duckdb
import pytest
from django.core.management import CommandError, call_command

from chungtay.households.management.commands import classify_population
from chungtay.law.deprivations import LISTS

BEFORE, AFTER = "2019-12-31", "2020-12-31"
ASKED = LISTS.on(classify_population.day(AFTER)).value
# household, commune, urban, minority, members, income of the household, ever escaped, ever left near-poor, deprivations
LAST_YEAR = [
    (1, 30730, True, False, 4, 4 * 900_000, False, False, 0),  # poor
    (2, 30730, True, True, 2, 2 * 900_001, False, False, 3),  # poor by services
    (3, 30730, True, False, 3, 3 * 1_300_000, False, False, 2),  # near-poor
    (4, 30817, False, True, 5, 5 * 700_000, False, False, 9),  # poor
    (5, 30817, False, False, 6, 6 * 1_500_001, False, False, 0),  # above
]
THIS_YEAR = [
    (1, 30730, True, False, 4, 4 * 900_001, False, False, 2),  # near-poor
    (2, 30730, True, True, 2, 2 * 1_950_001, False, False, 0),  # above
    (3, 30730, True, False, 4, 4 * 900_000, True, False, 0),  # poor again
    (4, 30817, False, True, 5, 5 * 700_000, False, False, 9),  # poor
    (5, 30817, False, False, 6, 6 * 1_500_000, False, False, 0),  # average
    (6, 30817, False, True, 1, 700_000, False, False, 0),  # came, poor
]
Row = tuple[Any, ...]


def parquet(path: Path, rows: list[Row]) -> Path:
    """A year's file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    values = ", ".join(
        str((*row[:8], *(place < row[8] for place in range(len(ASKED))))).replace("None", "null") for row in rows
    )
    names = ["household_id", "commune_code", "urban", "minority", "members", "income_total", "ever_escaped"]
    names += ["ever_left_near_poor", *ASKED]
    whole = ("household_id", "commune_code", "members", "income_total")
    typed = ", ".join(f"{name}::{'BIGINT' if name in whole else 'BOOLEAN'} AS {name}" for name in names)
    query = f"SELECT {typed} FROM (VALUES {values}) AS given ({', '.join(names)})"  # noqa: S608
    duckdb.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
    return path


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Last year as one file, this year as a folder of two."""
    parquet(tmp_path / "2020" / "a.parquet", THIS_YEAR[:3])
    parquet(tmp_path / "2020" / "b" / "b.parquet", THIS_YEAR[3:])
    return parquet(tmp_path / "2019.parquet", LAST_YEAR), tmp_path / "2020"


def run(files: Path, out: Path, *more: object) -> str:
    said = StringIO()
    call_command("classify_population", str(files), "--on", AFTER, "--out", str(out), *map(str, more), stdout=said)
    return said.getvalue()


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_year_and_its_movement_are_written_and_told(files: tuple[Path, Path], tmp_path: Path) -> None:
    before, after = files
    communes = tmp_path / "communes.csv"
    communes.write_text("commune_code,province_code,name\n30730,91,x\n30817,92,y\n", encoding="utf-8")
    said = run(after, tmp_path / "out", "--previous", before, "--previous-on", BEFORE, "--communes", communes)

    classes = {(row["commune_code"], row["class"]): row for row in read(tmp_path / "out" / "classes.csv")}
    assert {key: (row["households"], row["persons"], row["minority_households"]) for key, row in classes.items()} == {
        ("30730", "income_poor"): ("1", "4", "0"),
        ("30730", "near_poor"): ("1", "4", "0"),
        ("30730", "above"): ("1", "2", "1"),
        ("30817", "income_poor"): ("2", "6", "2"),
        ("30817", "average"): ("1", "6", "0"),
    }
    assert {(row["as_of"], row["standard"]) for row in classes.values()} == {(AFTER, "2016-2020")}

    rates = {(row["level"], row["code"]): row for row in read(tmp_path / "out" / "rates.csv")}
    assert list(rates) == [
        ("all", ""),
        ("province", "91"),
        ("province", "92"),
        ("commune", "30730"),
        ("commune", "30817"),
    ]
    every = rates["all", ""]
    assert (every["households"], every["persons"], every["poor"], every["near_poor"]) == ("6", "22", "3", "1")
    assert (every["poverty_rate"], every["previous_poverty_rate"], every["change_in_points"]) == (
        "50.00", "60.00", "-10.00"
    )  # fmt: skip
    assert (every["minority_rate"], every["minority_share"]) == ("66.67", "66.67")
    assert rates["province", "91"]["poverty_rate"] == "33.33"

    moves = {(row["code"], row["list"], row["unit"]): row for row in read(tmp_path / "out" / "movement.csv")}
    poor = moves["30730", "poor", "households"]
    told = ("start", "to_other", "above", "other_decrease", "from_other", "relapsed", "end")
    assert [poor[name] for name in told] == ["2", "1", "1", "0", "0", "1", "1"]
    assert moves["30817", "poor", "households"]["other_increase"] == "1"
    assert moves["", "poor", "persons"]["end"] == "10"
    assert moves["91", "near_poor", "persons"]["start"] == "3"

    about = json.loads((tmp_path / "out" / "about.json").read_text(encoding="utf-8"))
    assert (about["as_of"], about["previous"], about["standard"], about["basis"]) == (
        AFTER, BEFORE, "2016-2020", "income"
    )  # fmt: skip
    assert about["sources"][0].startswith("QĐ 59/2015")
    assert "as of 2020-12-31, standard 2016-2020" in said
    assert "source: QĐ 59/2015" in said
    assert "poverty_rate: 50.00" in said
    assert [line.split() for line in said.splitlines() if line.startswith("income_poor")] == [
        ["income_poor", "3", "10", "2"]
    ]


def test_parquet_holds_the_same_with_types(files: tuple[Path, Path], tmp_path: Path) -> None:
    run(files[1], tmp_path / "csv")
    run(files[1], tmp_path / "parquet", "--format", "parquet")
    for name in ("classes", "rates"):
        as_text = [list(row.values()) for row in read(tmp_path / "csv" / f"{name}.csv")]
        found = duckdb.read_parquet(str(tmp_path / "parquet" / f"{name}.parquet"))
        assert [["" if cell is None else str(cell) for cell in row] for row in found.fetchall()] == as_text
    assert [str(kind) for kind in found.types[:5]] == ["DATE", "VARCHAR", "VARCHAR", "VARCHAR", "BIGINT"]
    assert "DECIMAL(7,2)" in {str(kind) for kind in found.types}
    assert not (tmp_path / "parquet" / "classes.csv").exists()


def test_households_without_a_class_are_told_and_hold_the_movement_back(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    before, after = files
    parquet(after / "c.parquet", [(7, 30730, None, False, 3, 3, False, False, 0)])
    said = run(after, tmp_path / "out")
    assert [line.split() for line in said.splitlines() if line.startswith("unclassified")] == [
        ["unclassified", "1", "-", "0"]
    ]
    moving = ("--previous", before, "--previous-on", BEFORE)
    with pytest.raises(CommandError, match="1 households of 2020-12-31 have no class"):
        run(after, tmp_path / "out", *moving)
    run(after, tmp_path / "out", *moving, "--unclassified-as-other")


@pytest.mark.parametrize(
    ("rows", "more", "words"),
    [
        ([*THIS_YEAR, THIS_YEAR[0]], (), "1 rows repeat the household_id"),
        ([(9, None, True, None, 1, 1, False, False, 0)], (), r"commune_code is empty in 1 rows\n- column minority is"),
        (THIS_YEAR, ("--basis", "scores"), r"column b1 \(điểm B1\) is missing: whole numbers\n- column b2"),
        (THIS_YEAR, ("--previous-on", BEFORE), "--previous and --previous-on go together"),
        (THIS_YEAR, ("--engine", "spark"), "PySpark is not installed"),
        (THIS_YEAR, ("--previous", "{file}", "--previous-on", "2022-12-31"), "chuẩn nghèo khác nhau"),
        (THIS_YEAR, ("--previous", "nowhere.parquet", "--previous-on", BEFORE), "no such file: nowhere.parquet"),
        (THIS_YEAR, ("--communes", "{communes}"), "names no province for 1 communes: 30817"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_written(
    rows: list[Row], more: tuple[str, ...], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(classify_population, "find_spec", lambda name: None)
    file = parquet(tmp_path / "year.parquet", rows)
    communes = tmp_path / "communes.csv"
    communes.write_text("commune_code,province_code\n30730,91\n", encoding="utf-8")
    with pytest.raises(CommandError, match=words):
        run(file, tmp_path / "out", *(part.format(file=file, communes=communes) for part in more))
    assert not (tmp_path / "out").exists()


def test_a_day_without_a_standard_and_a_file_that_is_no_parquet_are_refused(tmp_path: Path) -> None:
    file = parquet(tmp_path / "year.parquet", THIS_YEAR)
    with pytest.raises(CommandError, match="Không có quy định về"):
        call_command("classify_population", str(file), "--on", "2015-12-31", "--out", str(tmp_path / "out"))
    file.write_bytes(b"household_id;members\n" * 10)
    (empty := tmp_path / "none").mkdir()
    with pytest.raises(CommandError, match=r"year\.parquet"):
        run(file, tmp_path / "out")
    with pytest.raises(CommandError, match=r"no \.parquet file"):
        run(empty, tmp_path / "out")
