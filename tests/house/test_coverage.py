"""`docs/coverage.md` and `docs/glossary.md` say nothing that is not so."""

import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from chungtay.law.awards import Award
from chungtay.law.criteria import FACTS
from chungtay.law.procedure import STEPS, Desk, State
from chungtay.movements.plan_file import read_plan
from chungtay.parties.kinds import PartyKind

ROOT = Path(__file__).parents[2]
KNOWN = (
    *("P1", "P2", "P3"),
    *(f"T{number}" for number in range(1, 10)),
    *("W1", "W2", "W3", "W4"),
    *("a", "b", "c", "d", "đ", "e"),
    *(f"S{number}" for number in range(1, 7)),
    *(f"C{number}" for number in range(7)),
    *(f"A{number}" for number in range(1, 7)),
    *("D1", "D2", "D3", "D4"),
    *("V1", "V2", "V3", "V4"),
)
STATE = re.compile(r"built|partly: \S.*|not built: \S.*")


class Row(NamedTuple):
    """One row of the coverage table."""

    id: str
    clause: str
    code: str
    test: str
    state: str


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def table(name: str) -> list[list[str]]:
    """The rows of every table of a document, without headings and rules."""
    lines = (ROOT / "docs" / name).read_text(encoding="utf-8").splitlines()
    return [
        cells(line)
        for at, line in enumerate(lines)
        if line.startswith("|")
        and not line.startswith("|---")
        and not (at + 1 < len(lines) and lines[at + 1].startswith("|---"))
    ]


def problems_of(named: str) -> list[str]:
    """What is wrong with the paths of a cell; "-" names none and has none."""
    return [problem for said in re.findall(r"`([^`]+)`", named) if (problem := problem_of(said))]


def problem_of(said: str) -> str:
    path, _, name = said.partition("::")
    file = ROOT / path
    if not file.exists():
        return f"{path} does not exist"
    if name and not re.search(
        rf"^ *(?:async )?(?:def|class) {re.escape(name)}\b", file.read_text("utf-8"), re.MULTILINE
    ):
        return f"{path} has no {name}"
    return ""


def faults_of(row: Row) -> list[str]:
    """What is wrong with one row."""
    faults = [*problems_of(row.code), *problems_of(row.test)]
    if not STATE.fullmatch(row.state):
        return [*faults, f"“{row.state}” is no state: built, partly: ..., not built: ..."]
    if row.state.startswith("not built") and (row.code, row.test) != ("-", "-"):
        faults.append("what is not built names neither code nor test")
    if not row.state.startswith("not built"):
        faults += [f"names no {what}" for what, cell in (("code", row.code), ("test", row.test)) if "`" not in cell]
        faults += [f"{said} is no test" for said in re.findall(r"`([^`]+)`", row.test) if not said.startswith("tests/")]
    return faults


ROWS = [Row(*row) for row in table("coverage.md")]


def test_every_id_stands_once_and_in_the_order_of_the_plan() -> None:
    assert [row.id for row in ROWS] == list(KNOWN)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_a_row_says_only_what_is_so(row: Row) -> None:
    assert faults_of(row) == []


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (Row("P1", "x", "`chungtay/none.py`", "`tests/house`", "built"), "chungtay/none.py does not exist"),
        (Row("P1", "x", "`manage.py::nobody`", "`tests/house`", "built"), "manage.py has no nobody"),
        (Row("P1", "x", "`manage.py`", "-", "built"), "names no test"),
        (Row("P1", "x", "-", "`tests/house`", "partly: half"), "names no code"),
        (Row("P1", "x", "`manage.py`", "`manage.py`", "built"), "manage.py is no test"),
        (Row("P1", "x", "`manage.py`", "-", "not built: Gifts"), "what is not built names neither code nor test"),
        (Row("P1", "x", "-", "-", "soon"), "“soon” is no state: built, partly: ..., not built: ..."),
    ],
)
def test_a_dishonest_row_is_found(row: Row, fault: str) -> None:
    assert fault in faults_of(row)


GLOSSARY = table("glossary.md")


def test_a_word_of_the_glossary_stands_once() -> None:
    assert [word for word, times in Counter(row[0] for row in GLOSSARY).items() if times > 1] == []


WORDS = {
    "states": [state.value for state in State],
    "steps": list(STEPS),
    "desks": [f"desk {desk}" for desk in Desk],
    "kinds of party": [kind.value for kind in PartyKind],
    "awards": [award.value for award in Award],
    "facts": list(FACTS),
}


@pytest.mark.parametrize("words", WORDS)
def test_the_glossary_has_every_word_that_the_code_uses(words: str) -> None:
    said = {row[0].strip("`") for row in GLOSSARY}
    assert [word for word in WORDS[words] if word not in said] == []


def test_the_glossary_names_the_contents_as_the_plan_does() -> None:
    plan = read_plan(ROOT / "plans" / "kien-giang-2016-2020.yaml")
    said = {row[0].strip("`"): row[1] for row in GLOSSARY}
    for content in plan.contents:
        assert said[f"content {content.id}"].startswith(content.title.split(",")[0].split(" - ")[0])
