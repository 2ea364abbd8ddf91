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

PLAN = Path(__file__).resolve().parents[2] / "plans" / "kien-giang-2016-2020.yaml"
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


# --- the targets of a plan ---

FIRST_LIST = [
    (1, 30730, True, False, 4, 4 * 900_000, False, False, 0),  # poor by income, later near-poor
    (2, 30730, True, True, 2, 2 * 900_001, False, False, 3),  # poor by services, later above
    (3, 30730, True, False, 3, 3 * 900_000, False, False, 0),  # poor by income, still poor
    (4, 30817, False, True, 5, 5 * 700_001, False, False, 9),  # poor by services, still poor
    (5, 30817, False, False, 6, 6 * 1_500_001, False, False, 0),  # above
]
FIRST = ("--first-on", "2016-01-01")


def targets(out: Path, **where: str) -> dict[tuple[str, str], dict[str, str]]:
    """The rows of the table with these values, by goal and year."""
    found = [row for row in read(out / "targets.csv") if all(row[name] == value for name, value in where.items())]
    return {(row["goal"], row["year"]): row for row in found}


@pytest.mark.clause("KH I.1.b")
def test_the_targets_of_the_plan_stand_beside_its_path_by_place_and_year(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    before, after = files
    first = parquet(tmp_path / "2015.parquet", FIRST_LIST)
    special = tmp_path / "special.csv"
    special.write_text("commune_code,year\n30817,2015\n30817,2019\n30817,2020\n", encoding="utf-8")
    said = run(
        after, tmp_path / "out", "--previous", before, "--previous-on", BEFORE, "--plan", PLAN, "--first", first,
        *FIRST, "--special", special,
    )  # fmt: skip
    told = targets(tmp_path / "out", level="all")
    assert sorted({year for _, year in told}) == ["2019", "2020"]
    assert {goal for goal, _ in told} == {f"T{number}" for number in range(1, 10)}
    t1 = told["T1", "2020"]
    assert (t1["baseline"], t1["baseline_source"]) == ("80.00", "the first list given")
    assert (t1["planned_least"], t1["planned_most"]) == ("75.00", "72.50")
    assert (t1["measured"], t1["part"], t1["whole"], t1["track"]) == ("50.00", "3", "6", "ahead")
    assert (t1["forecast"], t1["forecast_track"]) == ("50.00", "ahead")
    assert told["T1", "2019"]["forecast"] == ""
    assert (told["T2", "2020"]["measured"], told["T2", "2020"]["planned_least"]) == ("66.67", "40.00")
    assert told["T2", "2020"]["track"] == "behind"
    assert (told["T3", "2019"]["measured"], told["T3", "2019"]["track"]) == ("100.00", "behind")
    assert (told["T4", "2020"]["measured"], told["T4", "2020"]["whole"]) == ("1", "2")
    assert (told["T5", "2020"]["measured"], told["T5", "2020"]["whole"]) == ("1", "2")
    assert (told["T4", "2020"]["planned_least"], told["T4", "2020"]["track"]) == ("0", "behind")
    assert told["T4", "2019"]["measured"] == "1"  # of the two, household 1; household 3 was near-poor that year
    own = targets(tmp_path / "out", level="commune", code="30817")
    assert (own["T1", "2020"]["planned_least"], own["T1", "2019"]["planned_least"]) == ("43.00", "45.00")
    assert {goal for goal, _ in own} == {"T1", "T2", "T3", "T4", "T5"}
    assert [row["why"] for row in targets(tmp_path / "out", goal="T6").values()] == [
        "not measured: a population of households does not tell this"
    ] * 2
    assert "T1 2020: 50.00, planned 75.00 to 72.50, ahead" in said
    assert "T9 2020: not measured: a population of households does not tell this" in said
    about = json.loads((tmp_path / "out" / "about.json").read_text(encoding="utf-8"))
    assert (Path(about["plan"]).name, about["first_list"], about["special_communes"]) == (
        PLAN.name, [str(first)], str(special)
    )  # fmt: skip


def test_what_was_not_given_is_not_measured_and_the_plans_own_figures_are_its_provinces_alone(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    communes = tmp_path / "communes.csv"
    communes.write_text("commune_code,province_code\n30730,91\n30817,92\n", encoding="utf-8")
    run(files[1], tmp_path / "out", "--plan", PLAN, "--communes", communes, "--province", "91")
    (ours,) = targets(tmp_path / "out", goal="T1", level="province", code="91").values()
    assert (ours["baseline"], ours["baseline_source"]) == ("9.78", "Báo Kiên Giang, 15/12/2020")
    assert (ours["planned_least"], ours["planned_most"], ours["track"]) == ("4.78", "2.28", "behind")
    (other,) = targets(tmp_path / "out", goal="T1", level="province", code="92").values()
    assert (other["baseline"], other["track"], other["why"]) == (
        "", "not_measured", "no figure of the end of 2015 to start from"
    )  # fmt: skip
    assert targets(tmp_path / "out", goal="T1", level="all")["T1", "2020"]["baseline"] == ""
    whys = {goal: row["why"] for (goal, _), row in targets(tmp_path / "out", level="all").items()}
    assert whys["T2"] == "not measured: no list of specially difficult communes was given"
    assert (
        whys["T4"]
        == whys["T5"]
        == ("not measured: the list that the plan starts from was not given, so no household can be followed")
    )
    run(files[1], tmp_path / "alone", "--plan", PLAN, "--province", "91", "--year", "2019")
    assert targets(tmp_path / "alone", goal="T1", level="all")["T1", "2019"]["planned_least"] == "5.78"


def test_a_place_with_a_household_without_a_class_is_not_measured(files: tuple[Path, Path], tmp_path: Path) -> None:
    parquet(files[1] / "c.parquet", [(7, 30730, None, False, 3, 3, False, False, 0)])
    run(files[1], tmp_path / "out", "--plan", PLAN, "--format", "parquet")
    written = duckdb.read_parquet(str(tmp_path / "out" / "targets.parquet"))
    found = written.filter("goal = 'T1'").order("code NULLS FIRST")
    assert [str(kind) for name, kind in zip(found.columns, found.types, strict=True) if name == "measured"] == [
        "DECIMAL(14,2)"
    ]
    cells = found.project("code, measured, why").fetchall()
    assert [(code, None if value is None else str(value)) for code, value, _ in cells] == [
        (None, None), ("30730", None), ("30817", "66.67")
    ]  # fmt: skip
    assert cells[1][2] == "not measured: 1 households of 2020 have no class"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--province", "91"), "--province is for the targets of a plan"),
        (("--plan", str(PLAN), "--first-on", "2016-01-01"), "--first and --first-on go together"),
        (("--plan", "{communes}"), "communes.csv"),
        (("--plan", str(PLAN), "--special", "{communes}"), "every row needs commune_code and year"),
    ],
)
def test_what_the_targets_lack_is_said(
    more: tuple[str, ...], words: str, files: tuple[Path, Path], tmp_path: Path
) -> None:
    communes = tmp_path / "communes.csv"
    communes.write_text("commune_code,province_code\n30730,91\n", encoding="utf-8")
    with pytest.raises(CommandError, match=words):
        run(files[1], tmp_path / "out", *(part.format(communes=communes) for part in more))
    assert not (tmp_path / "out").exists()


def test_persons_are_told_only_where_all_were_counted(files: tuple[Path, Path], tmp_path: Path) -> None:
    """A household above every line is known by its number alone: its class has no sum of persons, the poor have."""
    year = parquet(tmp_path / "known.parquet", [*THIS_YEAR, (7, 30730, True, False, None, None, False, False, 0)])
    query = f"SELECT *, household_id = 7 AS not_reviewed FROM '{year}'"  # noqa: S608
    duckdb.execute(f"COPY ({query}) TO '{tmp_path / 'above.parquet'}' (FORMAT parquet)")
    out = tmp_path / "out"
    said = run(tmp_path / "above.parquet", out)
    persons = {(row["commune_code"], row["class"]): row["persons"] for row in read(out / "classes.csv")}
    assert persons["30730", "outside"] == ""
    assert persons["30817", "income_poor"] == "6"
    assert [row["persons"] for row in read(out / "rates.csv")] == ["", "", "12"]
    assert next(line for line in said.splitlines() if line.startswith("outside")).split() == ["outside", "1", "-", "0"]


@pytest.mark.parametrize(("more", "said"), [
    (("--previous", "{before}", "--previous-on", "2021-12-31"), "--previous-on is before --on"),
    (("--previous", "{before}", "--previous-on", AFTER), "--previous-on is before --on"),
    (("--previous", "{after}", "--previous-on", BEFORE), "the files of the previous year are those of the year itself"),
    (("--plan", str(PLAN), "--year", "1900"), "the plan is of 2015 to 2020 and has no targets for 1900"),
    (("--plan", str(PLAN), "--year", "2021"), "the plan is of 2015 to 2020"),
    (("--plan", str(PLAN), "--province", "zz"), "--province zz: no code"),
    (("--threads", "-3"), "--threads or --memory"),
    (("--memory", "abc"), "--threads or --memory"),
])  # fmt: skip
def test_what_makes_no_sense_is_refused_in_words(
    files: tuple[Path, Path], tmp_path: Path, more: tuple[str, ...], said: str
) -> None:
    before, after = files
    with pytest.raises(CommandError, match=said):
        run(after, tmp_path / "out", *(one.format(before=before, after=after) for one in more))
    assert not (tmp_path / "out").exists()
