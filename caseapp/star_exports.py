"""Copies of a star that leave the program: files of the chart, and the child's own page.

Every copy is authorised and recorded before its bytes are handed out, and bears the file's reference, the day
and the owner's words. A picture names nobody but the person whose view it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import UUID

from caseapp import star_change, stars, words
from caseapp.form import Form, Text
from caseapp.plan_writing import form_of
from caseapp.star_picture import DRAWN_AT_MOST, Line, Picture
from caseapp.star_svg import svg as svg_of
from caseapp.stars import ReadingView, SeriesView
from db.children import child_of
from db.looks import record_look
from db.models import Child, Revision
from db.moments import utc_now
from db.problems import NotFound, Problem
from db.reach import authorise_taking_out, child_subject
from db.store import Session

if TYPE_CHECKING:
    from caseapp.paper import Heading
    from caseapp.paper.star_child import ChildStar

KINDS: Final = {"first": "first", "review": "review", "last": "last", "retrospective": "looking back"}
"""The kind of a reading in a legend, where there is little room."""
FIRST: Final = "The first reading."
_NOT_THEIRS: Final = ("parent", "other")


def label(reading: ReadingView) -> str:
    """Return what a legend says of a reading: «16/11/2026, review, partial»."""
    parts = [words.day(reading.read_on), KINDS.get(reading.kind, "")]
    return ", ".join(part for part in (*parts, "partial" if reading.is_partial else "") if part)


def first_place(series: SeriesView) -> int:
    """Return the place of the reading that change is measured from: the earliest that counts, or the last."""
    counting = [place for place, each in enumerate(series.readings) if each.counts]
    return counting[-1] if counting else len(series.readings) - 1


def drawn_places(series: SeriesView, chosen: int) -> tuple[int, ...]:
    """Return the places that one chart draws: the chosen reading, the one before it and the first.

    Where somebody disagrees with the chosen one, their view takes the place of the one in between.
    """
    last = len(series.readings) - 1
    first = max(first_place(series), chosen)
    if series.readings[chosen].other_points:
        return tuple(sorted({chosen, first}))
    return tuple(sorted({chosen, min(chosen + 1, last), first}))


def lines(series: SeriesView, places: Sequence[int]) -> tuple[Line, ...]:
    """Return the lines of a chart, newest first; the view of who disagrees follows the chosen reading.

    Raises Problem if there are none or too many.
    """
    wanted = sorted(set(places))
    if not wanted or len(wanted) > DRAWN_AT_MOST or not 0 <= wanted[0] <= wanted[-1] < len(series.readings):
        raise Problem(f"A chart shows one to {DRAWN_AT_MOST} readings of the record. Choose others.")
    drawn = [Line(label(series.readings[place]), series.readings[place].points) for place in wanted]
    newest = series.readings[wanted[0]]
    if newest.other_points and len(drawn) < DRAWN_AT_MOST:
        who = f"view of {newest.other_who}" if newest.other_who else "other view"
        drawn.insert(1, Line(f"{words.day(newest.read_on)}, {who}", newest.other_points, is_other_view=True))
    return tuple(drawn)


def sentence(series: SeriesView, chosen: int) -> str:
    """Return what a reading says of change since the first one, in words."""
    reading, at_first = series.readings[chosen], first_place(series)
    if not reading.counts:
        looks_back = reading.kind == stars.LOOKING_BACK
        why = "looks back" if looks_back else "was not approved for reports"
        return f"This reading {why}: no change is measured with it."
    if chosen == at_first:
        return FIRST
    first = series.readings[at_first]
    return star_change.sentence(first.points, reading.points, words.day(first.read_on))


def svg(
    session: Session, child_id: UUID, series_key: str, places: Sequence[int], *, made_as: str = "svg"
) -> bytes:
    """Return a chart as an SVG file; `made_as` «png» records that it is to become a picture of points."""
    _child_of, picture = _picture(session, child_id, series_key, places, made_as)
    return svg_of(picture).encode()


def pdf(session: Session, child_id: UUID, series_key: str, places: Sequence[int]) -> bytes:
    """Return a chart with its numbers as a PDF. Raises Problem naming letters that cannot be printed."""
    from caseapp.paper import Heading, Unprintable
    from caseapp.paper.star_page import star_pdf

    child, picture = _picture(session, child_id, series_key, places, "pdf")
    heading = Heading(
        picture.title, child.name, child.born_on, picture.ref, subtitle=picture.whose, document=picture.title,
        printed_by=session.actor.name, printed_at=utc_now(), mark=_mark(session, child),
    )  # fmt: skip
    try:
        return star_pdf(picture, heading)
    except Unprintable as error:
        raise Problem(str(error)) from None


def _picture(
    session: Session, child_id: UUID, series_key: str, places: Sequence[int], made_as: str
) -> tuple[Child, Picture]:
    child = child_of(session, child_id)
    authorise_taking_out(session, "export", child_subject(session, child))
    series = next((each for each in stars.all_series(session, child_id) if each.key == series_key), None)
    if not series:
        raise NotFound("Those readings are not in the record any more. Open it again.")
    drawn = lines(series, places)
    shown = [series.readings[place].revision_id.hex for place in sorted(set(places))]
    detail = {"what": "star", "as": made_as, "star": series.form_key, "readings": shown}
    record_look(session, "export", child.id, row_id=child.id, detail=detail)
    session.commit()
    return child, Picture(
        series.title, series.whose, str(child.ref), words.day(session.today), series.areas,
        series.low, series.high, drawn, series.stages, sentence(series, min(places)), series.acknowledgement,
    )  # fmt: skip


def child_pdf(session: Session, revision_id: UUID) -> bytes:
    """Return a reading as one page for the child: the wheel and the child's own words, nobody else's.

    Raises Problem if the reading is not signed, or holds nothing of the child's own.
    """
    from caseapp.paper import Unprintable
    from caseapp.paper.star_child import child_pdf as page_of

    revision = session.get(Revision, revision_id)
    if not revision or revision.kind != "star":
        raise NotFound("There is no such reading, or you may not see it.")
    child = child_of(session, revision.child_id)
    authorise_taking_out(session, "print", child_subject(session, child))
    form, answers = form_of(session, revision), revision.document.answers
    _refuse_others(revision, str(answers.get("whose", "")), str(answers.get("completed_by", "")))
    star = _childs_star(session, revision, form)
    detail = {"what": "star for the child", "number": revision.number}
    record_look(session, "print", child.id, tbl="revision", row_id=revision.id, detail=detail)
    session.commit()
    heading = _childs_heading(session, child, form)
    try:
        return page_of(star, heading)
    except Unprintable as error:
        raise Problem(str(error)) from None


def _refuse_others(revision: Revision, whose: str, completed_by: str) -> None:
    if not revision.signed_at:
        raise Problem("This reading is still a draft. Sign it, then print the child’s page.")
    if whose in _NOT_THEIRS or completed_by == "worker":
        raise Problem(
            "This reading is not the child’s own, so there is no page of it for the child. "
            "Take a reading with the child, then print that one."
        )


def _childs_heading(session: Session, child: Child, form: Form) -> Heading:
    from caseapp.paper import Heading

    name = (child.known_as or child.given).split(" ")[0]
    return Heading(
        f"{name}’s {'wheel' if not form.owner else 'star'}", name, None, str(child.ref),
        document=form.title, printed_at=utc_now(), mark=_mark(session, child),
    )  # fmt: skip


def _childs_star(session: Session, revision: Revision, form: Form) -> ChildStar:
    from caseapp.paper.star_child import ChildStar

    series, place = _found(session, revision)
    reading, first = series.readings[place], series.readings[first_place(series)]
    areas = tuple(stars.areas(form))
    quotes = {each.key for each in form.fields if isinstance(each, Text) and each.quote}
    answers = revision.document.answers
    said = {key: str(answers[key]) for key in quotes if answers.get(key)}
    has_first = first.revision_id != revision.id and first.read_on < reading.read_on
    return ChildStar(
        title=form.title,
        read_on=_long_day(reading.read_on),
        areas=areas,
        points=reading.points,
        first_on=_long_day(first.read_on),
        first=first.points if has_first else (),
        said=tuple(said.get(f"{each.key}_note", "") for each in areas),
        wants=tuple(
            said[each.key] for each in form.fields if each.key in said and not each.key.endswith("_note")
        ),
        acknowledgement=series.acknowledgement,
        has_faces=not form.owner and (series.low, series.high) == (1, 5),
    )


def _long_day(day: date) -> str:
    return words.long_day(day).split(" ", 1)[1]


def _found(session: Session, revision: Revision) -> tuple[SeriesView, int]:
    for series in stars.all_series(session, revision.child_id):
        for place, each in enumerate(series.readings):
            if each.revision_id == revision.id:
                return series, place
    raise Problem("A later version puts this reading right. Print that one.")


def _mark(session: Session, child: Child) -> str:
    from db.histories import look_mark

    return look_mark(session, child.id)
