"""Writing a return’s files: one CSV a table, as the Department takes them."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path
from typing import Final, NamedTuple

from caseapp.returns.from_record import return_of
from caseapp.returns.tables import COLUMNS, Return
from db.looks import record_look
from db.problems import Problem
from db.reach import authorise_taking_out
from db.store import Session

FILE_NAMES: Final = {
    "Header": "header.csv", "Episodes": "episodes.csv", "Reviews": "reviews.csv", "UASC": "uasc.csv",
    "OC2": "oc2.csv", "OC3": "oc3.csv", "AD1": "ad1.csv", "PlacedAdoption": "placed_for_adoption.csv",
    "PrevPerm": "previous_permanence.csv", "Missing": "missing.csv", "SWEpisodes": "sw_episodes.csv",
    "DoLo": "dolo.csv",
}  # fmt: skip
FIRST_YEAR, LAST_YEAR = 1992, 2098


class Exported(NamedTuple):
    """What was written: rows by file name; `year` is the one in which the return ends."""

    year: int
    children: int
    files: dict[str, int]


def export_ssda903(session: Session, folder: Path, begins: int) -> Exported:
    """Write the return from 1 April `begins` to 31 March after it into a new or empty folder.

    It holds the children whom the user may see, and not in an emergency alone. Raises NotAllowed but for
    team managers, Problem if the folder holds something already, cannot be written, or there is nobody to
    return.
    """
    authorise_taking_out(session, "bulk export")
    if not FIRST_YEAR <= begins <= LAST_YEAR:
        raise Problem(f"There is no return of {begins}. Give the year in which it begins, such as 2025.")
    _refuse_full(folder)
    told = return_of(session, begins + 1).told
    if not told.lines("Header"):
        raise Problem(
            f"Nobody within your reach was in care between 01/04/{begins} and 31/03/{begins + 1}. "
            "Nothing was written."
        )
    counts = {FILE_NAMES[name]: len(told.lines(name)) for name in COLUMNS if told.lines(name)}
    detail = {"what": f"SSDA903 return {begins}", "children": len(told.lines("Header"))}
    record_look(session, "export", tbl="store", detail=detail)
    session.commit()  # the look first: nothing leaves the store unrecorded
    _write(folder, told)
    return Exported(told.year, len(told.lines("Header")), counts)


def _refuse_full(folder: Path) -> None:
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise Problem(f"{folder} is there already and not empty. Nothing was written. Name a new folder.")
    except OSError:
        raise Problem(f"{folder} cannot be read. Nothing was written. Name another folder.") from None


def _write(folder: Path, told: Return) -> None:
    written: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, columns in COLUMNS.items():
            if told.lines(name):
                path = folder / FILE_NAMES[name]
                written.append(path)
                path.write_bytes(csv_of(told, name, columns))
    except OSError as error:
        for path in written:
            path.unlink(missing_ok=True)
        said = os.strerror(error.errno) if error.errno else "it cannot be written"
        raise Problem(
            f"The return could not be written to {folder}: {said}. No file of it was left."
        ) from None


def csv_of(told: Return, name: str, columns: tuple[str, ...]) -> bytes:
    """Return a table as a file: UTF-8, commas, CRLF, no empty rows."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([line[column] for column in columns] for line in told.lines(name))
    return text.getvalue().encode("utf-8")
