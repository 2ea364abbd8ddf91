"""Every check that is not a test, two at a time: `python3 run.py check`. One line each; 1 if any failed."""

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent  # the environment's own tools
CHECKS = {
    "types": ["mypy"],
    "style": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "imports": ["lint-imports"],
    "templates": ["djlint", "templates", "--lint", "--quiet"],
    "settings": ["python", "manage.py", "check", "--fail-level", "WARNING"],
    "migrations": ["python", "manage.py", "makemigrations", "--check", "--dry-run"],
}


@dataclass(frozen=True)
class Finding:
    """How one check ended."""

    name: str
    is_well: bool
    words: str
    seconds: float


def environment(directory: str) -> dict[str, str]:
    """For tools that load the settings, which must touch neither the operator's data nor read the operator's `.env`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CHUNGTAY_")}
    return {**kept, "CHUNGTAY_MODE": "test", "CHUNGTAY_DATA_DIR": directory, "DATABASE_URL": ""}


def look(name: str, env: dict[str, str]) -> Finding:
    """Run one check to its end."""
    begun = time.monotonic()
    program, *arguments = CHECKS[name]
    ran = subprocess.run(
        [str(BIN / program), *arguments],
        cwd=ROOT,
        env=env,
        text=True,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    return Finding(name, ran.returncode == 0, ran.stdout.strip(), time.monotonic() - begun)


def main() -> int:
    """1 if any check failed, after all of them have run."""
    failed = 0
    with tempfile.TemporaryDirectory(prefix="chungtay-check-") as directory, ThreadPoolExecutor(2) as pool:
        env = environment(directory)
        for found in pool.map(lambda name: look(name, env), CHECKS):
            print(f"{'ok' if found.is_well else 'FAIL':4} {found.name:10} {found.seconds:5.1f} s", flush=True)
            if not found.is_well:
                failed += 1
                print(found.words, flush=True)
    print(f"{len(CHECKS) - failed} passed, {failed} failed")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
