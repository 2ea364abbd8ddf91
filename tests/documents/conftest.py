"""What the tests of checkpoints share: a home for them, a witness, and a journal that is anchored there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from chungtay.documents import checkpoints, keys
from tests.documents.journal_lines import KEY, Lines, exported, write
from tests.make import Province


@pytest.fixture
def homes(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """The province's own directory and the witness's, of this test alone, and its key; gives the witness's."""
    settings.DATA_DIR, settings.WITNESS_DIR = tmp_path / "var", str(tmp_path / "witness")
    settings.SIGNING_KEY = KEY
    keys.sealer.cache_clear()
    (tmp_path / "witness").mkdir()
    yield tmp_path / "witness"
    keys.sealer.cache_clear()


@pytest.fixture
def anchored(province: Province, homes: Path) -> tuple[Lines, Path]:
    """Some sixty entries with five checkpoints, the last at the end."""
    for _ in range(5):
        write(province, 12)
        checkpoints.make()
    return exported(), homes
