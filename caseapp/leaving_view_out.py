"""The leaving-care figures as they leave: a workbook with a sheet a list, and a print. Recorded before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from caseapp import words
from caseapp.pathway.leaving_measures import COUNT, MONEY, SHARE
from caseapp.pathway.leaving_view import COLUMNS, TITLE, Figure, Filter, LeavingView, Line, leaving_view
from caseapp.print_parts import heading_of_many, printed
from caseapp.sheets import Sheet, xlsx_bytes
from db.looks import record_look
from db.reach import authorise_taking_out
from db.store import Session

if TYPE_CHECKING:
    from caseapp.paper import Heading

_NOTE: Final = (
    "The figures are counted from what workers wrote down. Small numbers move easily: one of ten is ten per "
    "cent. National: as the SSDA903 return defines it; exact national denominators are the Department’s own. "
    "Statutory: a duty with a time in law. Local: this authority’s own. The year before is counted anew from "
    "the record as it is today; team and worker are those of today."
)
_UNITS: Final = {COUNT: "", SHARE: "%", MONEY: "£"}


def xlsx_file(session: Session, shown: LeavingView, *, with_names: bool = False) -> bytes:
    """Return the figures as a workbook: what was asked, the measures, and perhaps a sheet for each list.

    They are counted anew: whom only an emergency opens is not among them. Names leave only with the right to
    export many records. The export is recorded first. Raises NotAllowed.
    """
    authorise_taking_out(session, "bulk export" if with_names else "export")
    shown = leaving_view(session, shown.filter, shown.as_of)
    sheets = [_about(session, shown), _measures(shown)]
    if with_names:
        sheets += [_list(each.now) for each in shown.lines if each.now.of]
    detail = {"what": TITLE, "filter": shown.filter_words, "names": with_names}
    record_look(session, "export", detail=detail)
    session.commit()
    return xlsx_bytes(sheets)


def _about(session: Session, shown: LeavingView) -> Sheet:
    rows: list[tuple[str, Any]] = [
        ("Whose", shown.filter_words),
        ("As of", shown.as_of),
        ("Compared with", shown.before_on),
        ("Counted", words.moment(shown.counted_at)),
        ("Exported by", session.actor.name),
        ("Note", _NOTE),
    ]
    return Sheet("About", (TITLE, ""), rows, (18, 70))


def _measures(shown: LeavingView) -> Sheet:
    header = (
        "Group", "Measure", "Now", "Counted now", "Of now", "Year before", "Counted then", "Of then", "Unit",
        "Told of", "Whose measure", "What it means",
    )  # fmt: skip
    rows = [
        (title, each.measure.title, *_cells(each.now), *_cells(each.before), _unit(each), each.now.sentence,
         each.measure.basis, each.measure.definition)
        for title, lines in shown.groups
        for each in lines
    ]  # fmt: skip
    return Sheet("Measures", header, rows, (26, 30, 10, 10, 8, 10, 10, 8, 14, 40, 12, 80))


def _cells(figure: Figure | None) -> tuple[Any, Any, Any]:
    if figure is None:
        return None, None, None
    value = figure.value
    if value is not None and figure.measure.unit == MONEY:
        value /= 100
    return value, figure.count, figure.of


def _unit(line: Line) -> str:
    return _UNITS[line.measure.unit] or line.measure.of[1]


def _list(figure: Figure) -> Sheet:
    is_money = figure.measure.unit == MONEY
    rows = [
        (
            counted, each.name, each.ref, each.age, each.category, each.worker, each.said,
            each.amount / 100 if is_money and each.amount is not None else None,
        )
        for counted, listed in (("yes", figure.rows), ("no", figure.others))
        for each in listed
    ]  # fmt: skip
    header, widths = ("Counted", *COLUMNS), (9, 26, 10, 6, 18, 22, 60)
    if is_money:
        return Sheet(figure.measure.title, (*header, "£"), rows, (*widths, 12))
    return Sheet(figure.measure.title, header, [row[:-1] for row in rows], widths)


def print_pdf(session: Session, shown: LeavingView, *, large: bool = False) -> bytes:
    """Return the table of measures on paper, without names: now, the year before, what each means.

    They are counted anew, as for the workbook. The print is recorded first. Raises NotAllowed.
    """
    from caseapp.paper.measures import MeasureLine, measures_pdf

    authorise_taking_out(session, "print")
    shown = leaving_view(session, shown.filter, shown.as_of)
    record_look(session, "print", detail={"what": TITLE, "filter": shown.filter_words})
    session.commit()
    groups = [(title, [MeasureLine(*_printed(each)) for each in lines]) for title, lines in shown.groups]
    heading = _heading(session, shown, large=large)
    columns = (words.day(shown.as_of), words.day(shown.before_on))
    return printed(lambda: measures_pdf(heading, columns, groups, _NOTE))


def _printed(line: Line) -> tuple[str, str, str, str]:
    measure = line.measure
    return (
        measure.title, _short(line.now), _short(line.before) if line.before else "",
        f"{measure.definition} {measure.basis} measure.",
    )  # fmt: skip


def _short(figure: Figure) -> str:
    if figure.measure.unit == SHARE:
        return f"{figure.shown} ({figure.count} of {figure.of})" if figure.of else figure.shown
    return figure.shown


def _heading(session: Session, shown: LeavingView, *, large: bool) -> Heading:
    is_narrowed = shown.filter != Filter()
    return heading_of_many(
        session,
        TITLE,
        shown.filter_words if is_narrowed else f"All young people that {session.actor.name} may see",
        version=f"as of {words.day(shown.as_of)}",
        large=large,
        facts=(
            ("As of", words.long_day(shown.as_of)),
            ("Compared with", words.long_day(shown.before_on)),
            ("Counted", words.moment(shown.counted_at)),
        ),
    )
