"""The stars of brothers and sisters who are helped together, side by side."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from caseapp import stars
from caseapp.early_help import episodes
from caseapp.stars import SeriesView
from db.looks import record_look
from db.store import Session


class SiblingStar(NamedTuple):
    """A brother or sister, with the star that was read last; None before the first reading."""

    child_id: UUID
    name: str
    series: SeriesView | None


def siblings(session: Session, child_id: UUID) -> list[SiblingStar]:
    """Return the stars of those helped together with a child, the oldest first. Each look is recorded."""
    found = episodes.current(session, child_id) or next(iter(episodes.episodes(session, child_id)), None)
    if not found:
        return []
    told = []
    for child, _episode in episodes.family(session, found):
        if child.id == child_id:
            continue
        series = next(iter(stars.all_series(session, child.id)), None)
        if series:
            detail = {"list": "stars of brothers and sisters"}
            record_look(session, "list", child.id, row_id=child.id, detail=detail)
        told.append(SiblingStar(child.id, child.known_as or child.given, series))
    session.commit()
    return told
