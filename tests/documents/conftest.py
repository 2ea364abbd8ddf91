"""What the tests of checkpoints share: a home for them, a witness, and a journal that is anchored there."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytest_django import Settings

if TYPE_CHECKING:
    from tests.documents.journal_lines import Lines
    from tests.make import Province

# Models cannot be imported before Django is set up, and a conftest that is named on the command line comes before.


@pytest.fixture
def homes(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """The province's own directory and the witness's, of this test alone, and its key; gives the witness's."""
    from chungtay.documents import keys  # noqa: PLC0415
    from tests.documents.journal_lines import KEY  # noqa: PLC0415

    settings.DATA_DIR, settings.WITNESS_DIR = tmp_path / "var", str(tmp_path / "witness")
    settings.SIGNING_KEY = KEY
    keys.sealer.cache_clear()
    (tmp_path / "witness").mkdir()
    yield tmp_path / "witness"
    keys.sealer.cache_clear()


@pytest.fixture
def anchored(province: "Province", homes: Path) -> "tuple[Lines, Path]":
    """Some sixty entries with five checkpoints, the last at the end."""
    from chungtay.documents import checkpoints  # noqa: PLC0415
    from tests.documents.journal_lines import exported, write  # noqa: PLC0415

    for _ in range(5):
        write(province, 12)
        checkpoints.make()
    return exported(), homes
