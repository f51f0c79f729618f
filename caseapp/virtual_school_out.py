"""The virtual school's figures as they leave: a workbook and a print. Recorded before they do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from caseapp import words
from caseapp.education.virtual_school import TITLE, Figure, Filter, Line, VirtualSchool, virtual_school
from caseapp.education.virtual_school_measures import MONEY
from caseapp.print_parts import heading_of_many, printed
from caseapp.sheets import Sheet, xlsx_bytes
from db.looks import record_look
from db.reach import authorise_taking_out
from db.store import Session

if TYPE_CHECKING:
    from caseapp.paper import Heading

_NOTE = (
    "The figures are counted from what schools and workers wrote down. Small numbers move easily: one child "
    "of ten is ten per cent. Last term’s figures are counted anew from the record as it is today."
)


def xlsx_file(session: Session, shown: VirtualSchool, *, with_children: bool = False) -> bytes:
    """Return the figures as a workbook: what was asked, the measures, and perhaps the children behind them.

    They are counted anew: whom only an emergency opens is not among them. The children's names leave only
    with the right to export many records. The export is recorded first. Raises NotAllowed.
    """
    authorise_taking_out(session, "bulk export" if with_children else "export")
    shown = virtual_school(session, shown.filter)
    sheets = [_about(session, shown), _measures(shown)]
    if with_children:
        sheets.append(_children(shown))
    detail = {"what": TITLE, "filter": shown.filter_words, "children": with_children}
    record_look(session, "export", detail=detail)
    session.commit()
    return xlsx_bytes(sheets)


def _about(session: Session, shown: VirtualSchool) -> Sheet:
    rows: list[tuple[str, Any]] = [
        ("Whose", shown.filter_words),
        ("As at", shown.as_at),
        ("Term", shown.term),
        ("Compared with", shown.before_term),
        ("As at then", shown.before_on),
        ("Counted", words.moment(shown.counted_at)),
        ("Exported by", session.actor.name),
        ("Note", _NOTE),
    ]
    return Sheet("About", (TITLE, ""), rows, (18, 70))


def _measures(shown: VirtualSchool) -> Sheet:
    header = (
        "Group", "Measure", "Now", "Counted now", "Of now", "Last term", "Counted then", "Of then", "Unit",
        "What it means",
    )  # fmt: skip
    rows = [
        (title, each.measure.title, *_cells(each.now), *_cells(each.before), _unit(each),
         each.measure.definition)
        for title, lines in shown.groups
        for each in lines
    ]  # fmt: skip
    return Sheet("Measures", header, rows, (20, 30, 10, 10, 8, 10, 10, 8, 10, 80))


def _cells(figure: Figure) -> tuple[Any, Any, Any]:
    value = figure.value
    if value is not None and figure.measure.unit == MONEY:
        value /= 100
    return value, figure.count, figure.of


_UNITS = {"count": "children", "share": "%", "percent": "%", "mean": "times", "days": "days", "money": "£"}


def _unit(line: Line) -> str:
    return _UNITS[line.measure.unit]


def _children(shown: VirtualSchool) -> Sheet:
    header = ("Measure", "Counted", "Reference", "Child", "Year", "School", "What was seen")
    rows = [
        (each.measure.title, counted, row.ref, row.child, row.year, row.school, row.said)
        for each in shown.lines
        for counted, listed in (("yes", each.now.rows), ("no", each.now.others))
        for row in listed
    ]
    return Sheet("Children now", header, rows, (30, 9, 10, 26, 12, 28, 60))


def print_pdf(session: Session, shown: VirtualSchool, *, large: bool = False) -> bytes:
    """Return the table of measures on paper, without names: what each means, now, last term.

    They are counted anew, as for the workbook. The print is recorded first. Raises NotAllowed.
    """
    from caseapp.paper.measures import MeasureLine, measures_pdf

    authorise_taking_out(session, "print")
    shown = virtual_school(session, shown.filter)
    record_look(session, "print", detail={"what": TITLE, "filter": shown.filter_words})
    session.commit()
    groups = [
        (title, [MeasureLine(one.measure.title, one.now.whole, one.before.whole, one.measure.definition)
                 for one in lines])
        for title, lines in shown.groups
    ]  # fmt: skip
    columns = (words.day(shown.as_at), words.day(shown.before_on))
    heading = _heading(session, shown, large=large)
    return printed(lambda: measures_pdf(heading, columns, groups, _NOTE))


def _heading(session: Session, shown: VirtualSchool, *, large: bool) -> Heading:
    is_narrowed = shown.filter != Filter()
    return heading_of_many(
        session,
        TITLE,
        shown.filter_words if is_narrowed else f"All children that {session.actor.name} may see",
        document=f"{TITLE}, {shown.term}",
        version=f"as at {words.day(shown.as_at)}",
        large=large,
        facts=(
            ("As at", f"{words.long_day(shown.as_at)} ({shown.term})"),
            ("Compared with", f"{words.long_day(shown.before_on)} ({shown.before_term})"),
            ("Counted", words.moment(shown.counted_at)),
        ),
    )
