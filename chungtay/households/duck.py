"""DuckDB in this process: reads Parquet files, asks no network, loads no extension."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import narwhals as nw

from chungtay.households.columns import Frame

CLOSED = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "allow_unsigned_extensions": False,
}

Wrong = duckdb.Error
"""What DuckDB says of a setting that it cannot use."""


class Engine:
    """One connection. `threads` 0 and `memory` "" leave the choice to DuckDB; what does not fit goes to `spill`."""

    name = "DuckDB"

    def __init__(self, *, threads: int = 0, memory: str = "", spill: Path | None = None) -> None:
        chosen: dict[str, Any] = {"threads": threads} if threads else {}
        chosen |= {"memory_limit": memory} if memory else {}
        chosen |= {"temp_directory": str(spill)} if spill else {}
        self.connection = duckdb.connect(config=CLOSED | chosen)
        self.connection.execute("SET preserve_insertion_order = false")
        self.connection.execute("SET lock_configuration = true")

    def read(self, files: Sequence[Path]) -> Frame:
        """The rows of the files as one table; columns are matched by name. Raises OSError for what is no Parquet."""
        try:
            return nw.from_native(self.connection.read_parquet([str(file) for file in files], union_by_name=True))
        except (duckdb.InvalidInputException, duckdb.IOException) as why:
            raise OSError(str(why)) from None

    def rows(self, frame: Frame) -> list[tuple[Any, ...]]:
        """Every row. Raises ArithmeticError where a number does not fit, OSError where the memory does not suffice."""
        try:
            return frame.to_native().fetchall()
        except (duckdb.ConversionException, duckdb.OutOfRangeException) as why:
            raise ArithmeticError(str(why)) from None
        except duckdb.OutOfMemoryException as why:
            raise OSError(str(why).splitlines()[0]) from None

    def write(self, rows: Path, types: dict[str, str], to: Path) -> None:
        """A CSV file as Parquet with these SQL types."""
        table = self.connection.read_csv(str(rows), header=True, dtype=types, all_varchar=False)
        table.write_parquet(str(to), compression="zstd")
