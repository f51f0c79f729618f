"""The command that shows a team's caseload: as a table, a meeting paper, or a sheet."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from caseapp import words
from caseapp.cli_parts import check_target, reading, say, show, write
from db.problems import Problem

if TYPE_CHECKING:
    from caseapp.caseload.view import Caseload, Line
    from db.store import Session

_KEYS = ("open", "points", "overdue", "due_in_7_days", "drafts", "longest_unseen", "drifting")
_COLUMNS = ("Open", "Points", "Overdue", "Due in 7", "Drafts", "Unseen", "Drifting")
_PDF, _XLSX, _CSV = ".pdf", ".xlsx", ".csv"


def caseload_options(parser: argparse.ArgumentParser) -> None:
    """Declare what «caseload» may be given."""
    parser.add_argument("--team", type=words.tidy, metavar="T")
    parser.add_argument(
        "--out", metavar="FILE", help="FILE.pdf the meeting paper, FILE.xlsx or .csv the sheet"
    )


def caseload(options: argparse.Namespace) -> int:
    """Show the manager's table as of a day; with --out write the meeting paper or the sheet."""
    from caseapp.caseload import view

    out = Path(options.out) if options.out else None
    if out:
        _check(out)
    with reading(options) as lent:
        on = options.as_of or lent.today
        team_id = view.team_of(lent, options.team, on) if options.team else None
        shown = view.whole(lent, team_id, on)
        content = _file(lent, shown, out) if out else b""
    if out:
        write(out, content)
        say(f"Written to {out}. It is not encrypted.")
    return show(options, _document(shown), _text(shown))


def _check(out: Path) -> None:
    if out.suffix.lower() == _PDF:
        check_target(out)
        return
    if out.suffix.lower() not in (_XLSX, _CSV):
        raise Problem(f"Name a file that ends in {_PDF}, {_XLSX} or {_CSV}. Nothing was written.")
    if not out.parent.is_dir():
        raise Problem(f"There is no folder {out.parent}. Nothing was written. Make it, or choose another.")
    if out.exists():
        raise Problem(f"{out} is there already. Nothing was overwritten.")


def _file(session: Session, shown: Caseload, out: Path) -> bytes:
    from caseapp.caseload import paper, sheet

    if out.suffix.lower() == _PDF:
        return paper.review_pdf(session, shown)
    if out.suffix.lower() == _CSV:
        return sheet.csv_file(session, shown)
    return sheet.xlsx_file(session, shown, with_children=True)


def _document(shown: Caseload) -> list[dict[str, Any]]:
    return [_line(shown, each) for each in (*shown.lines, shown.unallocated)]


def _line(shown: Caseload, line: Line) -> dict[str, Any]:
    found: dict[str, Any] = {
        "team": shown.team,
        "worker": line.name if line.worker_id else None,
        "as_of": shown.as_of,
        "zone": line.standing.kind if line.standing else None,
        "fte": _number(float(line.time.share)) if line.worker_id else None,
    }
    for key, figure in line.figures.items():
        found[key.replace("-", "_")] = None if figure.value is None else _number(float(figure.value))
    return found


def _number(value: float) -> int | float:
    return int(value) if value.is_integer() else round(value, 4)


def _text(shown: Caseload) -> str:
    service = shown.whole_service
    lines = [
        f"Caseload, {shown.team}, as of {words.day(shown.as_of)}",
        shown.sentence,
        f"All teams: {service.load.sum}.",
        *shown.notes,
        "",
        f"{'Worker':26}" + "".join(f"{each:>10}" for each in _COLUMNS) + "  Zone",
    ]
    lines += [
        f"{line.name:26}" + "".join(f"{line[key].shown:>10}" for key in _KEYS) + f"  {line.zone_words}"
        for line in (*shown.lines, shown.unallocated)
    ]
    return "\n".join(each.rstrip() for each in lines)
