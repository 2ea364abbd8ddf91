"""Imports point to the past, the law stands alone, and the house has only rooms."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "chungtay"
ROOMS = {
    *("law", "records", "places", "parties", "accounts", "documents", "sheets", "movements"),
    *("ledger", "households", "reviews", "contributions", "targets"),
    *("registrations", "conduct", "practices", "merits", "nominations", "council", "decisions"),
    *("prospects", "desk", "public"),
}
BANNED_NAMES = {"utils", "util", "helpers", "helper", "services", "service", "common", "misc", "signals"}
LINT_IMPORTS = Path(sys.executable).parent / "lint-imports"


def sources(directory: Path = HOUSE) -> list[Path]:
    """Every Python file of the house but the migrations."""
    return [path for path in sorted(directory.rglob("*.py")) if "migrations" not in path.parts]


def imported(tree: ast.AST) -> Iterator[str]:
    """The modules that `tree` imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def foreign_to_law(text: str) -> list[str]:
    """What the law may not know: anything but itself and the standard library."""
    return sorted(
        name
        for name in imported(ast.parse(text))
        if not name.startswith("chungtay.law") and name.split(".")[0] not in sys.stdlib_module_names
    )


def lint(directory: Path) -> "subprocess.CompletedProcess[str]":
    """The import contract of the project, asked of the house in `directory`."""
    command = [str(LINT_IMPORTS), "--no-cache", "--no-logo", "--config", str(ROOT / "pyproject.toml")]
    return subprocess.run(command, cwd=directory, capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """An empty house with the rooms of ours."""
    for package in ["chungtay", "config", *(f"chungtay/{room}" for room in ROOMS)]:
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").touch()
    return tmp_path


def test_the_house_keeps_its_contract() -> None:
    found = lint(ROOT)
    assert found.returncode == 0, found.stdout


def test_an_empty_house_keeps_the_contract(model: Path) -> None:
    assert lint(model).returncode == 0


@pytest.mark.parametrize(
    ("room", "line"),
    [
        ("nominations", "import chungtay.council"),
        ("law", "import chungtay.records"),
        ("desk", "import chungtay.public"),
        ("law", "import django"),
        ("records", "import config"),
    ],
)
def test_the_contract_finds_an_arrow_that_points_up(model: Path, room: str, line: str) -> None:
    (model / "chungtay" / room / "__init__.py").write_text(f"{line}\n")
    found = lint(model)
    assert found.returncode == 1
    assert "1 broken" in found.stdout


def test_the_contract_finds_a_package_that_is_no_room(model: Path) -> None:
    (model / "chungtay" / "utils").mkdir()
    (model / "chungtay" / "utils" / "__init__.py").touch()
    assert lint(model).returncode == 1


def test_every_directory_of_the_house_is_a_room() -> None:
    found = {path.name for path in HOUSE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert found == ROOMS


def test_the_law_imports_only_itself_and_the_standard_library() -> None:
    wrong = {path.name: foreign_to_law(path.read_text(encoding="utf-8")) for path in sources(HOUSE / "law")}
    assert {name: names for name, names in wrong.items() if names} == {}


def test_what_is_foreign_to_the_law_is_found() -> None:
    text = "import re\nfrom django.db import models\ndef f():\n    import chungtay.records.names\nimport chungtay.law.x"
    assert foreign_to_law(text) == ["chungtay.records.names", "django.db"]


def test_no_file_has_a_name_under_which_anything_could_stand() -> None:
    assert [str(path) for path in sources() if path.stem in BANNED_NAMES] == []


def test_no_signal_hides_an_arrow() -> None:
    """Only `records` listens to one: SQLite drops triggers when it alters a table, so each migrate lays them again."""
    listening = [
        str(path.relative_to(HOUSE))
        for path in sources()
        for name in imported(ast.parse(path.read_text(encoding="utf-8")))
        if name.startswith("django.dispatch") or name.endswith(".signals")
    ]
    assert listening == ["records/apps.py"]
