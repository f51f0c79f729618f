"""Writing the care record: episodes, reviews, missing periods, health and leaving care by year.

Codes are those of the SSDA903 return. Each use case works the child's clocks out anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from caseapp import codes, dates, words
from db import children as queries
from db.children import child_of
from db.models import CareLeaverYear, Child, Episode, HealthYear, LacReview, MissingPeriod, Uasc
from db.problems import Problem
from db.store import Session


@dataclass(frozen=True)
class NewEpisode:
    """A stretch of care that begins. `reason_started` S starts a period of care, the others go on with it."""

    started_on: date
    reason_started: str
    legal_status: str
    placement: str
    category_of_need: str = ""
    provider: str = ""
    reason_moved: str = ""
    home_postcode: str = ""
    placement_postcode: str = ""
    urn: str = ""


def add_episode(session: Session, child_id: UUID, new: NewEpisode) -> UUID:
    """Begin an episode; the open one ends that day and care goes on (X1). The child is then looked after.

    Raises Problem for a day to come, before birth or not after the episodes there are, or an unknown code.
    """
    child = child_of(session, child_id)
    _check_codes(
        ("RNE", new.reason_started), ("LS", new.legal_status), ("PLACE", new.placement),
        ("CIN", new.category_of_need), ("PLACE_PROVIDER", new.provider),
        ("REASON_PLACE_CHANGE", new.reason_moved),
    )  # fmt: skip
    before = queries.of_child(session, Episode, child.id, Episode.started_on)
    _check_order(session, child, new, before)
    if before and not before[-1].ended_on:
        before[-1].ended_on, before[-1].reason_ended = new.started_on, dates.CONTINUES
        before[-1].reason_moved = new.reason_moved
    episode = Episode(
        child_id=child.id,
        started_on=new.started_on,
        reason_started=new.reason_started,
        legal_status=new.legal_status,
        category_of_need=new.category_of_need,
        placement=new.placement,
        provider=new.provider,
        home_postcode=new.home_postcode,
        placement_postcode=new.placement_postcode,
        urn=new.urn,
    )
    session.add(episode)
    if new.legal_status not in dates.SHORT_BREAKS:
        child.status = "looked_after"
    session.flush()
    dates.refresh(session, child)
    return episode.id


def end_episode(session: Session, child_id: UUID, ended_on: date, reason_ended: str) -> None:
    """End the open episode, and with any reason but X1 the care. Raises Problem if none is open."""
    child = child_of(session, child_id)
    _check_codes(("REC", reason_ended))
    before = queries.of_child(session, Episode, child.id, Episode.started_on)
    if not before or before[-1].ended_on:
        raise Problem("No episode of care is open. Nothing was changed.")
    if ended_on < before[-1].started_on:
        raise Problem(
            f"{words.day(ended_on)} is before the episode began, {words.day(before[-1].started_on)}. "
            "Nothing was changed. Check the year."
        )
    _check_past(session, ended_on)
    before[-1].ended_on, before[-1].reason_ended = ended_on, reason_ended
    dates.refresh(session, child)


def add_review(session: Session, child_id: UUID, held_on: date, participation: str) -> UUID:
    """Add a looked-after review that was held, and how the child took part. Raises Problem."""
    child = child_of(session, child_id)
    _check_codes(("REVIEW_CODE", participation))
    _check_past(session, held_on)
    if any(each.held_on == held_on for each in queries.of_child(session, LacReview, child.id)):
        raise Problem(f"A review on {words.day(held_on)} is there already. Nothing was added.")
    review = LacReview(child_id=child.id, held_on=held_on, participation=participation)
    session.add(review)
    dates.refresh(session, child)
    return review.id


def add_missing(
    session: Session, child_id: UUID, started_on: date, ended_on: date | None = None, kind: str = "M"
) -> UUID:
    """Add a time missing (M) or away without authorisation (A); no end: not found yet. Raises Problem."""
    child = child_of(session, child_id)
    _check_codes(("MISSING", kind))
    _check_past(session, ended_on or started_on)
    if ended_on and ended_on < started_on:
        raise Problem("The end is before the beginning. Nothing was added. Check both dates.")
    period = MissingPeriod(child_id=child.id, kind=kind, started_on=started_on, ended_on=ended_on)
    session.add(period)
    dates.refresh(session, child)
    return period.id


def add_health_year(session: Session, child_id: UUID, year: int, **answers: Any) -> UUID:
    """Add the health items of a year to 31 March, named as `HealthYear` names them. Raises Problem."""
    child = child_of(session, child_id)
    if any(each.year == year for each in queries.of_child(session, HealthYear, child.id)):
        raise Problem(f"The health items of {year} are there already. Nothing was added.")
    row = HealthYear(child_id=child.id, year=year, **answers)
    session.add(row)
    session.flush()
    return row.id


def add_leaver_year(
    session: Session, child_id: UUID, year: int, in_touch: str, activity: str, accommodation: str
) -> UUID:
    """Add a care leaver's items of a year to 31 March. Raises Problem for an unknown code."""
    child = child_of(session, child_id)
    _check_codes(("IN_TOUCH", in_touch), ("ACTIV", activity), ("ACCOM", accommodation))
    if any(each.year == year for each in queries.of_child(session, CareLeaverYear, child.id)):
        raise Problem(f"The leaving care items of {year} are there already. Nothing was added.")
    row = CareLeaverYear(
        child_id=child.id, year=year, in_touch=in_touch, activity=activity, accommodation=accommodation
    )
    session.add(row)
    session.flush()
    return row.id


def set_unaccompanied(session: Session, child_id: UUID, ended_on: date | None = None) -> None:
    """Note that a child came to the country alone to ask for asylum, and until when that counts."""
    child = child_of(session, child_id)
    found = queries.of_child(session, Uasc, child.id)
    if found:
        found[0].ended_on = ended_on
    else:
        session.add(Uasc(child_id=child.id, ended_on=ended_on))


def _check_codes(*given: tuple[str, str]) -> None:
    for field, code in given:
        if code and code not in codes.return_codes(field):
            raise Problem(f"“{code}” is not a code of {field} in the return. Nothing was added.")


def _check_past(session: Session, day: date) -> None:
    if day > session.today:
        raise Problem(f"{words.day(day)} is still to come. Nothing was added. Give the day it happened.")


def _check_order(session: Session, child: Child, new: NewEpisode, before: list[Episode]) -> None:
    _check_past(session, new.started_on)
    if child.born_on and new.started_on < child.born_on:
        raise Problem("Care cannot begin before birth. Nothing was added. Check the dates.")
    last = before[-1] if before else None
    if last and new.started_on <= (last.ended_on or last.started_on) and new.started_on != last.ended_on:
        raise Problem(
            f"There is an episode from {words.day(last.started_on)} already. Nothing was added. "
            "A new one begins after it."
        )
    care_is_open = last is not None and last.ended_on is None
    if care_is_open == (new.reason_started == "S"):
        said = "is" if care_is_open else "is not"
        raise Problem(f"The child {said} in care on that day, so the reason does not fit. Nothing was added.")
