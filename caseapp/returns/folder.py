"""A return from a folder of CSV files, every row as written, for the rules to judge. Pure: no store."""

from __future__ import annotations

from pathlib import Path

from caseapp.returns.tables import Return, table
from caseapp.ssda903 import raw_tables


def read(folder: Path, year: int, prior: Return | None = None) -> Return:
    """Return the return that a folder holds, for the year in which it ends.

    Raises Problem if the folder is not the format. A cell that cannot be read stays as it is: a rule says so.
    """
    tables = {
        # A row with a cell too few or too many still has the cells that stand under a column's name.
        name: table(name, (dict(zip(raw.columns, cells, strict=False)) for _, cells in raw.rows))
        for name, raw in raw_tables(folder).items()
    }
    return Return(year, tables, prior)
