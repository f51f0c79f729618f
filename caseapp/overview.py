"""The first page of a child's record. Opening it is recorded before anything is shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple
from uuid import UUID

from caseapp import access, actions, ages, codes, dates, known, papers, plan_versions, stars, voice, words
from caseapp.actions import ActionRow
from caseapp.dates import Due
from db import children as queries
from db.looks import record_look
from db.models import Address, Child, Episode, HelpEpisode, Schooling
from db.problems import NotFound
from db.reach import child_subject
from db.roles import may
from db.store import Session

_HELP = frozenset({"early-help", "taf", "step-up", "step-down", "early-help-closing"})
"""The plans that care takes the place of."""


class ChildHead(NamedTuple):
    """The top of a child's record."""

    id: UUID
    ref: int
    name: str
    known_as: str
    pronouns: str
    born_on: date | None
    due_on: date | None
    age: str
    nhs_number: str
    status: str
    legal_status: str
    sen: str
    alerts: str
    worker: str
    team: str
    may_write: bool


class Bar(NamedTuple):
    """A stretch of a life for the strip of bars: `row` is Lives with, School or Plans."""

    row: str
    label: str
    started_on: date
    ended_on: date | None
    meaning: str


class Overview(NamedTuple):
    """What the first page of a record shows."""

    head: ChildHead
    dues: list[Due]
    facts: list[tuple[str, str]]
    quote: tuple[str, str] | None
    actions: list[ActionRow]
    plans: list[plan_versions.VersionRow]
    bars: list[Bar]
    star: stars.Readings | None
    papers: dict[str, str]
    """The papers that fit the child: why each cannot be made yet, or nothing."""


def open_child(session: Session, child_id: UUID) -> Overview:
    """Return a child's record as its first page shows it. The only way into a full record."""
    child = session.get(Child, child_id)
    if not child:
        raise NotFound(access.shut_words(session, child_id))
    record_look(session, "open", child.id, row_id=child.id)
    session.commit()
    facts = known.known(session, child.id)
    versions = plan_versions.versions(session, child.id)
    return Overview(
        head_of(session, child, facts), dates.due_of(session, child), _key_facts(child, facts),
        _latest_quote(session, child), _actions(session, child), _current_first(child, versions),
        bars(session, child, facts.get("child.carers")), _star(session, child),
        papers.offered(session, child),
    )  # fmt: skip


def head_of(session: Session, child: Child, facts: dict[str, str]) -> ChildHead:
    """Return the top of a record."""
    born = child.born_on or child.due_on
    rights = may(session.actor, "write", child_subject(session, child))
    return ChildHead(
        child.id, child.ref, child.name, child.known_as or child.given or child.name, child.pronouns,
        child.born_on, child.due_on, ages.age_words(born, session.today) if born else "", child.nhs_number,
        codes.STATUSES.get(child.status, child.status), facts.get("child.legal_status", ""),
        codes.SEN.get(child.sen_status, "") if child.sen_status in ("K", "E") else "", child.alerts,
        facts.get("child.worker", ""), facts.get("child.team", ""), rights.allowed,
    )  # fmt: skip


def _key_facts(child: Child, facts: dict[str, str]) -> list[tuple[str, str]]:
    since = words.stored_day(facts.get("child.placement_since"))
    placed = facts.get("child.placement_type", "")
    rows = [
        ("Lives with", facts.get("child.carers") or facts.get("child.household", "")),
        ("Placement", f"{placed}, since {words.day(since)}" if since else placed),
        ("Address", facts.get("child.address", "")),
        ("School", _schooling(facts)),
        ("Designated teacher", facts.get("child.designated_teacher", "")),
        ("Worker", facts.get("child.worker") or "Not allocated yet"),
        ("Reviewing officer", facts.get("child.reviewing_officer", "")),
        ("Personal adviser", facts.get("child.personal_adviser", "")),
        ("Last seen", words.day(child.last_seen_on) if child.last_seen_on else "Not recorded yet"),
        ("Parents", facts.get("child.parents", "")),
        ("Brothers and sisters", facts.get("child.siblings", "")),
        ("First language", child.first_language),
        ("Ethnicity", codes.meaning("ethnicity", child.ethnicity) if child.ethnicity else ""),
        ("SDQ in the return", facts.get("child.last_sdq", "")),
    ]
    return [row for row in rows if row[1]]


def _schooling(facts: Mapping[str, str]) -> str:
    """Return school and year group; the latter follows from the date of birth and tells of no school."""
    school, year = facts.get("child.school", ""), facts.get("child.year_group", "")
    if year and not school:
        return f"No school recorded · {year}"
    return ", ".join(part for part in (school, year) if part)


def _latest_quote(session: Session, child: Child) -> tuple[str, str] | None:
    """Return the child's latest own words, and where and when they were said."""
    own = next((each for each in voice.gathered(session, child.id) if not each.whose), None)
    return (own.words, own.source) if own else None


def _actions(session: Session, child: Child) -> list[ActionRow]:
    """Return what was agreed for a child: what waits by its day, then what is over, the latest first.

    A child who came into care has a care plan in place of the family's early help plan.
    """
    past = _past_kinds(child)
    return [each for each in actions.of_child(session, child.id) if each.kind not in past]


def life(session: Session, child_id: UUID) -> list[Bar]:
    """Return the stretches of the life of a child whose record is open. Raises NotFound."""
    child = session.get(Child, child_id)
    if not child:
        raise NotFound(access.shut_words(session, child_id))
    return bars(session, child, known.known(session, child.id).get("child.carers"))


def _past_kinds(child: Child) -> frozenset[str]:
    return _HELP if child.status in ("looked_after", "care_leaver") else frozenset()


def _current_first(child: Child, versions: list[plan_versions.VersionRow]) -> list[plan_versions.VersionRow]:
    """Return plans as they come, but after the others those that care or a later plan took the place of."""
    past = _past_kinds(child)
    return sorted(
        versions, key=lambda each: each.kind in past or bool(each.pep and each.pep.key == "superseded")
    )


def bars(session: Session, child: Child, carers: str | None) -> list[Bar]:
    """Return the stretches of a child's life: homes and placements, schools, plans and care."""
    found = _home_bars(session, child, carers)
    found += [
        Bar("School", each.school.name, each.from_on, each.until_on, "blue")
        for each in queries.of_child(session, Schooling, child.id, Schooling.from_on)
        if each.from_on
    ]
    episodes = queries.of_child(session, Episode, child.id, Episode.started_on)
    found += [
        Bar("Plans", "Looked after", start, end, "violet") for start, end in dates.care_periods(episodes)
    ]
    helped = queries.of_child(session, HelpEpisode, child.id, HelpEpisode.opened_on)
    found += [Bar("Plans", "Early help", each.opened_on, each.closed_on, "green") for each in helped]
    if not episodes and not (helped and child.status == "early_help"):
        found.append(
            Bar("Plans", codes.STATUSES.get(child.status, ""), child.opened_on, child.closed_on, "green")
        )
    return found


def _home_bars(session: Session, child: Child, carers: str | None) -> list[Bar]:
    """Return where the child lived: at home, and from the first placement on with whom the return says."""
    placed = [
        Bar("Lives with", _placement(each, carers), each.started_on, each.ended_on, "violet")
        for each in queries.of_child(session, Episode, child.id, Episode.started_on)
        if each.placement and each.legal_status not in dates.SHORT_BREAKS
    ]
    moved_in = placed[0].started_on if placed else date.max
    homes = [
        Bar("Lives with", _home(each), each.from_on, min(each.until_on or date.max, moved_in), "green")
        for each in queries.of_child(session, Address, child.id, Address.from_on)
        if each.from_on < moved_in
    ]
    open_ended = [each._replace(ended_on=None) if each.ended_on == date.max else each for each in homes]
    return [*open_ended, *_joined(placed)]


def _placement(episode: Episode, carers: str | None) -> str:
    return carers if carers and not episode.ended_on else codes.meaning("PLACE", episode.placement)


def _home(address: Address) -> str:
    return "Withheld" if address.withheld else address.lines.split(",")[0] or address.postcode


def _joined(stretches: list[Bar]) -> list[Bar]:
    """Return bars with neighbours of the same label made one: a change of legal status is no move."""
    joined: list[Bar] = []
    for each in stretches:
        if joined and joined[-1].label == each.label and joined[-1].ended_on == each.started_on:
            joined[-1] = joined[-1]._replace(ended_on=each.ended_on)
        else:
            joined.append(each)
    return joined


def _star(session: Session, child: Child) -> stars.Readings | None:
    told = stars.readings(session, child.id)
    return stars.few(told) if told else None
