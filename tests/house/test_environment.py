"""The operator's settings: documented, checked together, and refused before anything starts."""

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from config.environment import DEMO_SECRET, ROOT, Environment

EXAMPLE = (ROOT / ".env.example").read_text()
SAFE: dict[str, Any] = {
    "mode": "production",
    "secret_key": "k9" * 25,
    "hosts": ["thidua.example.vn"],
    "public_address": "https://thidua.example.vn",
    "https": True,
    "require_mfa": True,
    "signing_key": "ab" * 32,
}
NONSENSE = [
    ("secret_key", DEMO_SECRET),
    ("secret_key", "k" * 49),
    ("hosts", ["*"]),
    ("hosts", ["thidua.example.vn", "*"]),
    ("hosts", []),
    ("hosts", ["localhost", "127.0.0.1"]),
    ("public_address", "http://thidua.example.vn"),
    ("https", False),
    ("require_mfa", False),
    ("signing_key", ""),
    ("signing_key", "ab" * 31),
    ("signing_key", "zz" * 32),
    ("working_day", date(2020, 10, 20)),
]


def variable(field: str) -> str:
    """The name of `field` in the environment."""
    return str(Environment.model_fields[field].validation_alias or f"CHUNGTAY_{field.upper()}")


def faults(**values: Any) -> str:
    with pytest.raises(ValidationError) as refused:
        Environment(**values)
    return str(refused.value)


def test_a_production_with_every_setting_right_starts() -> None:
    assert Environment(**SAFE).mode == "production"


@pytest.mark.parametrize(("field", "value"), NONSENSE, ids=lambda part: str(part)[:20])
def test_production_refuses_nonsense_by_the_name_of_the_setting(field: str, value: Any) -> None:
    assert variable(field) in faults(**{**SAFE, field: value})


def test_production_names_every_fault_at_once() -> None:
    words = faults(mode="production", working_day=date(2020, 10, 20))
    wrong = {field for field, _ in NONSENSE}
    assert [field for field in sorted(wrong) if variable(field) not in words] == []


@pytest.mark.parametrize(("field", "value"), NONSENSE, ids=lambda part: str(part)[:20])
def test_a_demo_needs_none_of_it(field: str, value: Any) -> None:
    if (field, value) != ("signing_key", "zz" * 32):
        Environment(**{**SAFE, "mode": "demo", field: value})


def test_the_process_itself_does_not_start_on_nonsense() -> None:
    """Through Django and a real environment, once."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("CHUNGTAY_", "DJANGO_"))}
    ran = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={**env, "CHUNGTAY_MODE": "production", "CHUNGTAY_SECRET_KEY": DEMO_SECRET, "CHUNGTAY_HTTPS": "true"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ran.returncode != 0
    for name in ("CHUNGTAY_SECRET_KEY", "CHUNGTAY_HOSTS", "CHUNGTAY_REQUIRE_MFA", "CHUNGTAY_SIGNING_KEY"):
        assert name in ran.stderr
    assert DEMO_SECRET not in ran.stderr


def test_the_example_documents_every_setting_and_no_other() -> None:
    named = re.findall(r"^# ([A-Z_]+)=", EXAMPLE, re.M)
    assert sorted(named) == sorted(variable(field) for field in Environment.model_fields)


def test_the_example_shows_the_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("CHUNGTAY_") or name == "DATABASE_URL"]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(ROOT)
    as_is = Environment(_env_file=None)
    lines = [line[2:] for line in EXAMPLE.splitlines() if re.match(r"# [A-Z_]+=.", line)]
    (tmp_path / "env").write_text("\n".join(lines))
    shown = Environment(_env_file=tmp_path / "env")
    assert shown.data_dir.resolve() == as_is.data_dir
    assert shown.model_dump(exclude={"data_dir"}) == as_is.model_dump(exclude={"data_dir"})


def test_every_setting_that_production_insists_on_is_marked() -> None:
    blocks = re.split(r"\n\s*\n", EXAMPLE)
    for block in blocks:
        for name in re.findall(r"^# ([A-Z_]+)=", block, re.M):
            insists = name in {variable(field) for field, _ in NONSENSE} - {"CHUNGTAY_WORKING_DAY"}
            assert ("(P)" in block) == insists or name == "CHUNGTAY_MODE", name
