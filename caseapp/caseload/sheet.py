"""The caseload as a workbook: what was asked, a row a worker, and with the right the children behind."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from caseapp import words
from caseapp.caseload import zone
from caseapp.caseload.cases import COLUMNS, MEAN, Figure
from caseapp.caseload.figures import DEFINITIONS
from caseapp.caseload.view import FORMULAS, TITLE, Caseload, Line, whole
from caseapp.sheets import Sheet, csv_bytes, xlsx_bytes
from db.looks import record_look
from db.reach import authorise_taking_out
from db.store import Session

_TIME: Final = ("FTE", "In the average", "First-year limit", "Supervised last", "Supervised next")
_FEW: Final = "longest_unseen", "open", "points"  # every open case: one list of them is enough


def xlsx_file(session: Session, shown: Caseload, *, with_children: bool = False) -> bytes:
    """Return the caseload as a workbook. The children's names leave only with the right to export many.

    It is read anew: whom only an emergency opens is not in it. The export is recorded first. Raises
    NotAllowed, NotFound for a team of which then nobody is in reach.
    """
    shown = _recorded(session, shown, with_children=with_children)
    sheets = [_about(session, shown), _workers(shown), _teams(shown), _meetings(shown)]
    if with_children:
        sheets += [_cases(shown), _behind(shown)]
    return xlsx_bytes(sheets)


def csv_file(session: Session, shown: Caseload) -> bytes:
    """Return the table of workers as a CSV file, read anew as the workbook is, and recorded like it."""
    sheet = _workers(_recorded(session, shown, with_children=False))
    return csv_bytes([sheet.header, *sheet.rows])


def _recorded(session: Session, shown: Caseload, *, with_children: bool) -> Caseload:
    authorise_taking_out(session, "bulk export" if with_children else "export")
    shown = whole(session, shown.team_id, shown.as_of)
    detail = {"what": TITLE, "team": shown.team, "as_of": shown.as_of.isoformat(), "children": with_children}
    record_look(session, "export", detail=detail)
    session.commit()
    return shown


def _about(session: Session, shown: Caseload) -> Sheet:
    rows: list[tuple[str, Any]] = [
        ("Team", shown.team),
        ("As of", shown.as_of),
        ("In short", shown.sentence),
        *FORMULAS,
        ("Zone", zone.zone_words(shown.settled)),
        ("All teams", f"{shown.whole_service.load.sum}, total ÷ total"),
        ("Counted", words.moment(shown.counted_at)),
        ("Exported by", session.actor.name),
        *(("Note", each) for each in shown.notes),
        *((each.title, each.meaning) for each in DEFINITIONS),
    ]
    return Sheet("About", (TITLE, ""), rows, (28, 90))


def _workers(shown: Caseload) -> Sheet:
    header = ("Worker", "Job", "Zone", *(each.title for each in DEFINITIONS), *_TIME)
    rows = [_worker(shown, each) for each in (*shown.lines, shown.unallocated, shown.everyone)]
    return Sheet("Workers", header, rows, (24, 22, 18, *(12,) * (len(_TIME) + len(DEFINITIONS))))


def _worker(shown: Caseload, line: Line) -> tuple[Any, ...]:
    told = line.zone_words or None
    return (line.name, line.job, told, *(_cell(line[each.key]) for each in DEFINITIONS), *_time(shown, line))


def _time(shown: Caseload, line: Line) -> tuple[Any, ...]:
    if line.worker_id is None:
        return (None,) * len(_TIME)
    limit = line.time.limit(shown.settled["target"], shown.as_of)
    counted = f"no, {line.why_not_counted}" if line.why_not_counted else "yes"
    return (line.time.share, counted, limit, *shown.supervised.get(line.worker_id, (None, None)))


def _cell(figure: Figure) -> Decimal | None:
    if figure.value is None or figure.definition.unit != MEAN:
        return figure.value
    return _two(figure.value)


def _teams(shown: Caseload) -> Sheet:
    header = (
        "Team", "Children with a worker", "Workers", "Full-time equivalent", "Children ÷ FTE",
        "Children ÷ headcount", "Compared with the zone",
    )  # fmt: skip
    rows = [
        (
            each.name, each.children, each.holders, each.load.fte, _two(each.average),
            _two(each.load.by_head), "children ÷ FTE",
        )
        for each in (*shown.service, shown.whole_service)
    ]  # fmt: skip
    return Sheet("Teams", header, rows, (28, 14, 10, 12, 12, 14, 18))


def _two(number: Decimal | None) -> Decimal | None:
    return None if number is None else number.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _meetings(shown: Caseload) -> Sheet:
    header = ("Held on", "Present", "Talked about", "Agreed", "Staffing", "Next meeting")
    rows = [
        (each.held_on, each.present, each.words, "\n".join(each.agreed), each.staffing, each.next_on)
        for each in shown.meetings
    ]
    return Sheet("Meetings", header, rows, (12, 30, 50, 50, 40, 12))


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
