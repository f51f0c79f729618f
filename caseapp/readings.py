"""All readings of a child's star, for slider and table; `stars.summary` holds only what a card shows."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from caseapp import stars, words
from caseapp.plans import form_of
from db import plans as queries
from db.store import Session


class Readings(NamedTuple):
    """Signed readings of the chart used last, newest first: (date, scores in the order of the areas)."""

    title: str
    areas: tuple[str, ...]
    low: int
    high: int
    readings: tuple[tuple[str, tuple[int | None, ...]], ...]


def readings(session: Session, child_id: UUID) -> Readings | None:
    """Return every signed reading of the chart that was used last; corrected versions are left out."""
    signed = [each for each in queries.versions(session, child_id, "star") if each.signed_at]
    replaced = {each.replaces_id for each in signed}
    standing = [each for each in signed if each.id not in replaced]
    if not standing:
        return None
    form = form_of(session, standing[0])
    same = [each for each in standing if each.form_key == standing[0].form_key]
    same.sort(key=lambda each: (each.dated_on or each.started_on, each.number), reverse=True)
    named = stars.areas(form)
    return Readings(
        form.title,
        tuple(each.label for each in named),
        named[0].low,
        named[0].high,
        tuple(
            (words.day(each.dated_on or each.started_on), stars.scores(form, each.document.answers))
            for each in same
        ),
    )


def change_mark(was: int | None, now: int | None) -> str:
    """Return a change between two points with its arrow: ▲ +2, ▼ -1, = 0; nothing where one is missing.

    >>> change_mark(3, 5), change_mark(5, 4), change_mark(4, 4), change_mark(None, 4)
    ('▲ +2', '▼ -1', '= 0', '')
    """
    if was is None or now is None:
        return ""
    return f"{'▲' if now > was else '▼' if now < was else '='} {now - was:+d}".replace("+0", "0")
