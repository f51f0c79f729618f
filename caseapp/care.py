"""The care record of one child in words: episodes, reviews, missing periods, health and leaving care."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID

from caseapp import codes, dates, words
from db import children as queries
from db.models import CareLeaverYear, Child, Episode, HealthYear, LacReview, MissingPeriod
from db.problems import NotFound
from db.store import Session


class EpisodeRow(NamedTuple):
    """A stretch of care with one legal status and placement, its codes in words."""

    started_on: date
    ended_on: date | None
    reason_started: str
    legal_status: str
    placement: str
    provider: str
    reason_moved: str
    reason_ended: str


class ReviewRow(NamedTuple):
    """A looked-after review, and how the child took part."""

    held_on: date
    participation: str


class MissingRow(NamedTuple):
    """A time missing or away without authorisation; no end means not found yet."""

    what: str
    started_on: date
    ended_on: date | None


class YearRow(NamedTuple):
    """The items of a year to 31 March: (what, answer) of those that were answered."""

    year: int
    items: tuple[tuple[str, str], ...]


class CareView(NamedTuple):
    """Everything the Care page shows, newest first; `periods` are the unbroken times looked after."""

    periods: list[tuple[date, date | None]]
    episodes: list[EpisodeRow]
    reviews: list[ReviewRow]
    missing: list[MissingRow]
    health: list[YearRow]
    leaving: list[YearRow]


_MISSING = {"M": "Missing", "A": "Away without authorisation"}
_HEALTH = (
    ("health_assessment", "Health assessment"),
    ("teeth_check", "Dental check"),
    ("immunisations", "Immunisations up to date"),
    ("health_check", "Development check"),
    ("substance_misuse", "Substance misuse problem"),
    ("intervention_received", "Help with it received"),
    ("intervention_offered", "Help with it offered"),
    ("convicted", "Convicted or cautioned"),
)


def care(session: Session, child_id: UUID) -> CareView:
    """Return the care record of a child whose record is open. Raises NotFound."""
    if not session.get(Child, child_id):
        raise NotFound("There is no such record, or you may not see it.")
    episodes = queries.of_child(session, Episode, child_id, Episode.started_on)
    reviews = queries.of_child(session, LacReview, child_id, LacReview.held_on)
    missing = queries.of_child(session, MissingPeriod, child_id, MissingPeriod.started_on)
    health = queries.of_child(session, HealthYear, child_id, HealthYear.year)
    leaving = queries.of_child(session, CareLeaverYear, child_id, CareLeaverYear.year)
    return CareView(
        dates.care_periods(episodes)[::-1],
        [_episode(each) for each in reversed(episodes)],
        [_review(each) for each in reversed(reviews)],
        [_missing(each) for each in reversed(missing)],
        [_health(each) for each in reversed(health)],
        [_leaving(each) for each in reversed(leaving)],
    )


def _review(each: LacReview) -> ReviewRow:
    return ReviewRow(each.held_on, codes.meaning("REVIEW_CODE", each.participation))


def _missing(each: MissingPeriod) -> MissingRow:
    return MissingRow(_MISSING.get(each.kind, each.kind), each.started_on, each.ended_on)


def _episode(each: Episode) -> EpisodeRow:
    return EpisodeRow(
        each.started_on,
        each.ended_on,
        codes.meaning("RNE", each.reason_started),
        codes.meaning("LS", each.legal_status),
        codes.meaning("PLACE", each.placement),
        codes.meaning("PLACE_PROVIDER", each.provider),
        codes.meaning("REASON_PLACE_CHANGE", each.reason_moved),
        "" if each.reason_ended == dates.CONTINUES else codes.meaning("REC", each.reason_ended),
    )


def _health(each: HealthYear) -> YearRow:
    items = [(label, "Yes" if getattr(each, name) else "No") for name, label in _HEALTH
             if getattr(each, name) is not None]  # fmt: skip
    if each.sdq_score is not None:
        items.append(("SDQ score", str(each.sdq_score)))
    elif each.sdq_reason:
        items.append(("No SDQ, because", codes.meaning("SDQ_REASON", each.sdq_reason)))
    return YearRow(each.year, tuple(items))


def _leaving(each: CareLeaverYear) -> YearRow:
    told = (("In touch", "IN_TOUCH", each.in_touch), ("Activity", "ACTIV", each.activity),
            ("Accommodation", "ACCOM", each.accommodation))  # fmt: skip
    return YearRow(
        each.year, tuple((label, codes.meaning(field, code)) for label, field, code in told if code)
    )


def year_words(year: int) -> str:
    """Return a year of the return in words: year to 31/03/2026."""
    return f"Year to {words.day(date(year, 3, 31))}"
