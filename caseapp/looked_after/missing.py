"""Times missing or away, and the return home interviews, as their page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Final, NamedTuple
from uuid import UUID

from caseapp import plan_versions, words
from caseapp.events import returned_on
from caseapp.form_parts import care_lists as lists
from caseapp.looked_after import missing_rules as rules
from caseapp.looked_after.new_rows import NewMissing, NewTalk
from caseapp.looked_after.records import interview_due_at, is_within_72_hours
from caseapp.looked_after.timing import given
from db import children as queries
from db.children import child_of
from db.models import MissingPeriod, ReturnTalk
from db.moments import utc_now
from db.store import Session

KIND: Final = "return-interview"
SHARE_WORDS: Final = (
    "Of those who came back in the last 12 months with the 72 hours gone by: offered in any way; held within "
    "72 hours, refused ones left out."
)


class TalkRow(NamedTuple):
    """The interview after a time missing. `within` is None while none was held."""

    id: UUID
    version: int
    within: bool | None
    told: list[str]
    given: NewTalk


class MissingRow(NamedTuple):
    """A time missing or away. `due_words` says by when the interview is to be held; `state` where it stands.

    States: not_back, due, overdue, held, held_late, refused.
    """

    id: UUID
    version: int
    title: str
    is_open: bool
    since_words: str
    until_words: str
    lasted: str
    told: list[str]
    due_words: str
    time_unknown: bool
    state: str
    state_words: str
    talk: TalkRow | None
    given: NewMissing


class Interviews(NamedTuple):
    """How many came back, were offered an interview, had one in 72 hours of those not refused."""

    returns: int
    offered: int
    in_time: int
    not_refused: int
    percent: Decimal | None


class MissingView(NamedTuple):
    """Times missing, newest first; how often; the interviews of a year."""

    rows: list[MissingRow]
    in_90_days: int
    in_12_months: int
    is_pattern: bool
    interviews: Interviews
    versions: list[plan_versions.VersionRow]

    @property
    def now(self) -> MissingRow | None:
        """Return the time that goes on: the child is not back."""
        return next((each for each in self.rows if each.is_open), None)


def view(session: Session, child_id: UUID) -> MissingView:
    """Return the times missing of a child whose record is open. Raises NotFound."""
    child_of(session, child_id)
    periods = queries.of_child(session, MissingPeriod, child_id, MissingPeriod.started_on)
    talks = {each.missing_id: each for each in queries.of_child(session, ReturnTalk, child_id)}
    starts = [each.started_on for each in periods]
    recent = len(rules.in_last(rules.PATTERN_DAYS, starts, session.today))
    return MissingView(
        [_row(each, talks.get(each.id), session.today) for each in reversed(periods)],
        recent,
        len(rules.in_last(rules.YEAR_DAYS, starts, session.today)),
        recent >= rules.PATTERN_TIMES,
        _interviews(periods, talks, session.today),
        plan_versions.versions(session, child_id, KIND),
    )


def _row(each: MissingPeriod, talk: ReturnTalk | None, today: date) -> MissingRow:
    due = interview_due_at(each)
    state, said = _state(each, talk, due, today)
    told = [
        f"Police told {words.moment(each.police_told_at)}" if each.police_told_at else "",
        f"Police reference {each.police_ref}" if each.police_ref else "",
    ]
    return MissingRow(
        each.id,
        each.version,
        dict(lists.MISSING).get(each.kind, each.kind),
        returned_on(each) is None,
        _when(each.left_at, each.started_on),
        _when(each.returned_at, each.ended_on),
        _lasted(each),
        [", ".join(part for part in told if part), each.words or ""],
        f"by {rules.long_moment(due)}" if due else "",
        due is not None and each.returned_at is None,
        state,
        said,
        _talk(each, talk) if talk else None,
        given(NewMissing, each),
    )


def _when(at: datetime | None, day: date | None) -> str:
    if at:
        return rules.long_moment(at)
    return f"{rules.short_day(day)}, time unknown" if day else ""


def _lasted(each: MissingPeriod) -> str:
    if each.left_at and (each.returned_at or not each.ended_on):
        return rules.lasted(each.left_at, each.returned_at or utc_now())
    return ""


def _state(
    each: MissingPeriod, talk: ReturnTalk | None, due: datetime | None, today: date
) -> tuple[str, str]:
    if due is None:
        return "not_back", "Not back yet"
    if talk and talk.held_at:
        return ("held", "Held within 72 hours") if talk.held_at <= due else ("held_late", "Held late")
    if talk and (talk.refused_on or talk.accepted is False):
        return "refused", "Refused"
    # A file is read on a day: until that day is over, nobody is called late too early.
    is_late = words.london_day(due) < today or (words.london_day(due) == today and due < utc_now())
    return ("overdue", "Interview overdue") if is_late else ("due", "Interview due")


def _talk(period: MissingPeriod, talk: ReturnTalk) -> TalkRow:
    independent = {True: "independent of the placement", False: "not independent of the placement"}
    held = f"Held {words.moment(talk.held_at)}" if talk.held_at else ""
    parts = (held, f"by {talk.held_by}" if talk.held_by else "",
             independent.get(talk.independent, "") if talk.independent is not None else "")  # fmt: skip
    told = [
        f"Offered {words.moment(talk.offered_at)}" if talk.offered_at else "Not offered yet",
        f"Refused on {words.day(talk.refused_on)}" if talk.refused_on else "",
        ", ".join(part for part in parts if part),
        *(f"{label}: {said}" for label, said in _said(talk) if said),
    ]
    return TalkRow(
        talk.id,
        talk.version,
        is_within_72_hours(period, talk),
        [part for part in told if part],
        given(NewTalk, talk),
    )


def _said(talk: ReturnTalk) -> tuple[tuple[str, str], ...]:
    return (
        ("Why", talk.reasons),
        ("Where", talk.where_been),
        ("With whom", talk.with_whom),
        ("Harm", talk.harm),
        ("What pushes and pulls", talk.push_pull),
        ("Plan", talk.plan),
    )


def _interviews(periods: Sequence[MissingPeriod], talks: dict[UUID, ReturnTalk], today: date) -> Interviews:
    returns = [
        each
        for each in periods
        if (back := returned_on(each)) and rules.in_last(rules.YEAR_DAYS, [back], today)
    ]
    ripe = [
        each
        for each in returns
        if ((talk := talks.get(each.id)) and (talk.held_at or talk.refused_on))
        or ((due := interview_due_at(each)) and words.london_day(due) < today)
    ]
    held = [talks[each.id] for each in ripe if each.id in talks]
    refused = sum(1 for talk in held if not talk.held_at and (talk.refused_on or talk.accepted is False))
    offered = sum(1 for talk in held if talk.offered_at or talk.held_at or talk.refused_on)
    in_time = sum(1 for each in ripe if each.id in talks and is_within_72_hours(each, talks[each.id]))
    whole = len(ripe) - refused
    return Interviews(len(ripe), offered, in_time, whole, words.percent(in_time, whole) if whole else None)
