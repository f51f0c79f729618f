"""The caseload as a workbook: what was asked, a row a worker, and with the right the children behind."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from caseapp import words
from caseapp.caseload import zone
from caseapp.caseload.cases import COLUMNS, MEAN, Figure
from caseapp.caseload.figures import DEFINITIONS
from caseapp.caseload.view import FORMULA, TITLE, Caseload, Line
from caseapp.sheets import Sheet, csv_bytes, xlsx_bytes
from db.guard import record_look
from db.roles import authorise
from db.store import Session

_FEW: Final = "longest_unseen", "open", "points"  # every open case: one list of them is enough


def xlsx_file(session: Session, shown: Caseload, *, with_children: bool = False) -> bytes:
    """Return the caseload as a workbook. The children's names leave only with the right to export many.

    The export is recorded first. Raises NotAllowed.
    """
    _record(session, shown, with_children=with_children)
    sheets = [_about(session, shown), _workers(shown), _teams(shown)]
    if with_children:
        sheets += [_cases(shown), _behind(shown)]
    return xlsx_bytes(sheets)


def csv_file(session: Session, shown: Caseload) -> bytes:
    """Return the table of workers as a CSV file. The export is recorded first. Raises NotAllowed."""
    _record(session, shown, with_children=False)
    sheet = _workers(shown)
    return csv_bytes([sheet.header, *sheet.rows])


def _record(session: Session, shown: Caseload, *, with_children: bool) -> None:
    authorise(session.actor, "bulk export" if with_children else "export")
    detail = {"what": TITLE, "team": shown.team, "as_of": shown.as_of.isoformat(), "children": with_children}
    record_look(session, "export", detail=detail)
    session.commit()


def _about(session: Session, shown: Caseload) -> Sheet:
    rows: list[tuple[str, Any]] = [
        ("Team", shown.team),
        ("As of", shown.as_of),
        ("In short", shown.sentence),
        ("Average", FORMULA),
        ("Zone", zone.zone_words(shown.settled)),
        ("All teams", f"{zone.average_words(shown.whole_service.average)}, total ÷ total"),
        ("Counted", words.moment(shown.counted_at)),
        ("Exported by", session.actor.name),
        *(("Note", each) for each in shown.notes),
        *((each.title, each.meaning) for each in DEFINITIONS),
    ]
    return Sheet("About", (TITLE, ""), rows, (28, 90))


def _workers(shown: Caseload) -> Sheet:
    header = ("Worker", "Job", "Zone", *(each.title for each in DEFINITIONS))
    rows = [_worker(each) for each in (*shown.lines, shown.unallocated, shown.everyone)]
    return Sheet("Workers", header, rows, (24, 22, 18, *(12,) * len(DEFINITIONS)))


def _worker(line: Line) -> tuple[Any, ...]:
    told = line.standing.words if line.standing else None
    return (line.name, line.job, told, *(_cell(line[each.key]) for each in DEFINITIONS))


def _cell(figure: Figure) -> Decimal | None:
    if figure.value is None or figure.definition.unit != MEAN:
        return figure.value
    return figure.value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _teams(shown: Caseload) -> Sheet:
    rows = [
        (each.name, each.children, each.holders, each.average and round(each.average, 2))
        for each in (*shown.service, shown.whole_service)
    ]
    return Sheet("Teams", ("Team", "Children with a worker", "Workers", "Average"), rows, (28, 14, 10, 10))


def _cases(shown: Caseload) -> Sheet:
    header = ("Worker", "Child", "Reference", "Status", "Open since", "Last seen", "Next due", "Points")
    rows = [
        (
            each.worker or shown.unallocated.name, each.child, each.ref, row.status, each.opened_on,
            each.seen_on, each.next_due_on, each.points,
        )
        for each, row in zip(shown.everyone.cases, shown.everyone["open"].rows, strict=True)
    ]  # fmt: skip
    return Sheet("Cases", header, rows, (24, 26, 10, 18, 12, 12, 12, 8))


def _behind(shown: Caseload) -> Sheet:
    rows = [
        (each.title, counted, row.worker or shown.unallocated.name, row.child, row.ref, row.status, row.said)
        for each in DEFINITIONS
        if each.key not in _FEW
        for counted, listed in (
            ("yes", shown.everyone[each.key].rows),
            ("no", shown.everyone[each.key].others),
        )
        for row in listed
    ]
    child, ref, worker, status, said = COLUMNS
    header = ("Figure", "Counted", worker, child, ref, status, said)
    return Sheet("Children", header, rows, (24, 9, 24, 26, 10, 18, 60))
