"""The timeliness of the front door as it leaves: a workbook and a print. Each is recorded before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from caseapp import words
from caseapp.front_door.measures import SHARE
from caseapp.front_door.timeliness import COLUMNS, TITLE, Figure, Line, Timeliness, month_words, timeliness
from caseapp.print_parts import heading_of_many, printed
from caseapp.sheets import Sheet, xlsx_bytes
from db.looks import record_look
from db.reach import authorise_taking_out
from db.store import Session

if TYPE_CHECKING:
    from caseapp.paper import Heading

_NOTE: Final = (
    "Counted from what was recorded, over the children whom the person named may see. Working days leave out "
    "weekends and bank holidays in England; the day of the event is day 0. Shares to one place, a half "
    "rounded up; where there was nothing to take a share of, nothing stands. Twelve months sum the counts, "
    "they do not average shares."
)
_NAME: Final = 31  # letters of a sheet's name in Excel


def xlsx_file(session: Session, shown: Timeliness, *, with_names: bool = False) -> bytes:
    """Return the figures as a workbook: the measures, the months, and perhaps a sheet for each list.

    They are counted anew: whom only an emergency opens is not among them. Names leave only with the right to
    export many records. The export is recorded first. Raises NotAllowed.
    """
    authorise_taking_out(session, "bulk export" if with_names else "export")
    shown = timeliness(session, shown.month.since, once=shown.once)
    sheets = [_about(session, shown), _measures(shown), _months(shown)]
    if with_names:
        sheets += [_list(number, each) for number, each in enumerate(shown.lines, 1) if each.month.of]
    detail = {"what": TITLE, "filter": shown.words, "names": with_names}
    record_look(session, "export", detail=detail)
    session.commit()
    return xlsx_bytes(sheets)


def _about(session: Session, shown: Timeliness) -> Sheet:
    rows: list[tuple[str, Any]] = [
        ("What", shown.words), ("Counted", words.moment(shown.counted_at)),
        ("Exported by", session.actor.name), ("Note", _NOTE),
    ]  # fmt: skip
    return Sheet("About", (TITLE, ""), rows, (18, 90))


def _measures(shown: Timeliness) -> Sheet:
    now, before = month_words(shown.month), month_words(shown.before)
    header = (
        "Measure", now, "Counted", "Of", before, "Counted", "Of", "12 months", "Counted", "Of",
        "What it means",
    )  # fmt: skip
    rows = [
        (line.measure.title, *_cells(line.month), *_cells(line.before), *_cells(line.year),
         line.measure.definition)
        for line in shown.lines
    ]  # fmt: skip
    return Sheet("Measures", header, rows, (42, *([12] * 9), 90))


def _cells(figure: Figure | None) -> tuple[Any, Any, Any]:
    if figure is None:
        return None, None, None
    return figure.value, figure.count, figure.of if figure.measure.unit == SHARE else None


def _months(shown: Timeliness) -> Sheet:
    rows = [
        (line.measure.title, month.since, *_cells(figure))
        for line in shown.lines
        for month, figure in line.months
    ]
    return Sheet("By month", ("Measure", "Month from", "Figure", "Counted", "Of"), rows, (42, 14, 10, 10, 10))


def _list(number: int, line: Line) -> Sheet:
    rows = [
        (counted, each.name, each.ref, each.said)
        for counted, listed in (("yes", line.month.rows), ("no", line.month.others))
        for each in listed
    ]
    name = f"{number} {line.measure.title}"[:_NAME]  # numbered: two titles begin alike
    return Sheet(name, ("Counted", *COLUMNS), rows, (9, 28, 10, 70))


def print_pdf(session: Session, shown: Timeliness, *, large: bool = False) -> bytes:
    """Return the measures on paper, without names, and each by month.

    They are counted anew, as for the workbook. The print is recorded first. Raises NotAllowed.
    """
    from caseapp.paper.documents import Block, record_pdf

    authorise_taking_out(session, "print")
    shown = timeliness(session, shown.month.since, once=shown.once)
    record_look(session, "print", detail={"what": TITLE, "filter": shown.words})
    session.commit()
    columns = ("Measure", month_words(shown.month), month_words(shown.before), "12 months", "What it means")
    table = (columns, *(_printed(each) for each in shown.lines))
    months = [
        Block(line.measure.title, table=(("Month", "Figure", "Counted of"), *_by_month(line)),
              shares=(0.34, 0.2, 0.46))
        for line in shown.lines
        if any(figure.of for _, figure in line.months)
    ]  # fmt: skip
    blocks = [
        Block("Measures", table=table, shares=(0.2, 0.15, 0.15, 0.15, 0.35), quiet=(4,)),
        *months,
        Block("How to read this", notes=(_NOTE,)),
    ]
    heading = _heading(session, shown, large=large)
    return printed(lambda: record_pdf(heading, blocks))


def _printed(line: Line) -> tuple[str, str, str, str, str]:
    year = _short(line.year) if line.year else ""
    return line.measure.title, _short(line.month), _short(line.before), year, line.measure.definition


def _short(figure: Figure) -> str:
    is_share = figure.measure.unit == SHARE and figure.of
    # Kept on one line: a cell is narrow
    return f"{figure.shown} ({figure.count}\u00a0of\u00a0{figure.of})" if is_share else figure.shown


def _by_month(line: Line) -> list[tuple[str, str, str]]:
    return [(month_words(month), figure.shown, figure.beneath) for month, figure in line.months]


def _heading(session: Session, shown: Timeliness, *, large: bool) -> Heading:
    return heading_of_many(
        session,
        TITLE,
        f"All children that {session.actor.name} may see",
        version=month_words(shown.month),
        large=large,
        facts=(
            ("Month", month_words(shown.month)),
            ("Compared with", month_words(shown.before)),
            ("Counted", words.moment(shown.counted_at)),
            ("Counted are", "brothers and sisters of a contact once" if shown.once else "each child"),
        ),
    )
