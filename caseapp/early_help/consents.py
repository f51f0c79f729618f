"""Consent: one row for each person and decision. Withdrawal is a new row; earlier ones stay.

Consent to the service is not the lawful basis for keeping the record; withdrawing it deletes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from dateutil.relativedelta import relativedelta

from caseapp import dates, words
from caseapp.early_help import episodes
from caseapp.early_help.statuses import OPEN
from caseapp.form_parts import early_help_lists as lists
from caseapp.lines import paragraphs
from db import early_help as queries
from db.models import Child, Consent, HelpEpisode
from db.moments import new_id
from db.problems import Problem
from db.reach import child_subject
from db.roles import authorise
from db.store import Session

AGREED = frozenset({"given", "limits"})
_REVIEWED_AFTER = relativedelta(months=12)


@dataclass(frozen=True)
class NewConsent:
    """A person's decision, in codes of the lists; agencies in their own names."""

    person: str
    capacity: str
    moment: str
    purposes: tuple[str, ...]
    decision: str
    happened_on: date
    allowed: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    how: str = ""
    witness: str = ""
    time: str = ""
    explained: bool | None = None
    explained_how: str = ""
    competence: str = ""
    review_on: date | None = None
    because: str = ""
    told: str = ""
    safeguarding: str = ""
    carries_on: str = ""
    overridden: bool = False
    override_because: str = ""
    override_by: str = ""
    person_id: UUID | None = None


class ConsentRow(NamedTuple):
    """A decision as people read it. `stands` is false once the same person decided anew on the same thing."""

    id: UUID
    on: date
    person: str
    capacity: str
    decision: str
    decision_words: str
    purposes: tuple[str, ...]
    purposes_words: str
    allowed: tuple[str, ...]
    refused: tuple[str, ...]
    how: str
    review_on: date | None
    because: str
    overridden: bool
    override_because: str
    override_by: str
    stands: bool
    is_due: bool


class Sharing(NamedTuple):
    """Whether a record may be given to an agency, and what the consents say of it."""

    allowed: bool
    words: str


def add(session: Session, episode_ids: Sequence[UUID], new: NewConsent) -> list[UUID]:
    """Record a decision in each child's file. A withdrawal stops the writing in those episodes.

    Raises Problem naming everything that is missing.
    """
    missing = list(_missing(new, session.today))
    if missing:
        raise Problem(" ".join([*missing, "Nothing was recorded."]))
    group_id = new_id() if len(episode_ids) > 1 else None
    return [_added(session, episodes.one(session, each), new, group_id) for each in episode_ids]


def _missing(new: NewConsent, today: date) -> Iterable[str]:
    if not new.person.strip():
        yield "Say who decided."
    for value, options, what in (
        (new.capacity, lists.CAPACITIES, "Choose as what the person decides."),
        (new.moment, lists.MOMENTS, "Choose when they were asked."),
        (new.decision, lists.CONSENTS, "Choose the decision."),
    ):
        if value not in dict(options):
            yield what
    if not new.purposes or not set(new.purposes) <= {code for code, _ in lists.PURPOSES}:
        yield "Choose what they were asked for."
    if new.happened_on > today:
        yield f"{words.day(new.happened_on)} is still to come: give the day they decided."
    if new.decision in AGREED and new.how not in dict(lists.HOW_AGREED):
        yield "Say how they agreed."
    if new.decision in AGREED and new.how == "verbal" and not new.witness.strip():
        yield "Name the witness of what was said."
    if new.decision == "limits" and not (new.allowed or new.refused):
        yield "Name the agencies that it may or may not be shared with."
    if new.decision == "withdrawn" and not (new.because.strip() and new.told.strip()):
        yield "Say why it was withdrawn and who has been told."
    if new.decision == "withdrawn" and not (new.safeguarding.strip() and new.carries_on.strip()):
        yield "Answer whether there is a worry for a child's safety, and whether one agency carries on."
    if new.overridden and new.decision == "given":
        yield "There is nothing to override: consent was given."
    if new.overridden and not (new.override_because.strip() and new.override_by.strip()):
        yield "Give the reason for overriding, to keep somebody safe, and the manager who decided."
    if new.review_on and new.review_on < new.happened_on:
        yield "Ask again after the day they decided, not before."


def _added(session: Session, episode: HelpEpisode, new: NewConsent, group_id: UUID | None) -> UUID:
    child = session.get_one(Child, episode.child_id)
    authorise(session.actor, "write", child_subject(session, child))
    if episode.status not in OPEN:
        raise Problem(f"{child.name}'s early help has ended. Nothing was recorded. Reopen it first.")
    review_on = new.review_on or (new.happened_on + _REVIEWED_AFTER if new.decision in AGREED else None)
    consent = Consent(
        id=new_id(), child_id=child.id, episode_id=episode.id, group_id=group_id, person_id=new.person_id,
        person=words.tidy(new.person).strip(), capacity=new.capacity, moment=new.moment,
        purposes=[code for code, _ in lists.PURPOSES if code in new.purposes],
        allowed=_named(new.allowed), refused=_named(new.refused), decision=new.decision, how=new.how,
        witness=words.tidy(new.witness).strip(), happened_on=new.happened_on, time=new.time.strip(),
        explained=new.explained, explained_how=paragraphs(new.explained_how, "What was explained"),
        competence=paragraphs(new.competence, "A note"), review_on=review_on,
        because=paragraphs(new.because, "A reason"), told=paragraphs(new.told, "A note"),
        safeguarding=paragraphs(new.safeguarding, "A note"), carries_on=paragraphs(new.carries_on, "A note"),
        overridden=new.overridden, override_because=paragraphs(new.override_because, "A reason"),
        override_by=words.tidy(new.override_by).strip(),
    )  # fmt: skip
    session.add(consent)
    session.flush()
    if new.decision == "withdrawn" and "start" in new.purposes and not new.overridden:
        was, episode.status = episode.status, "consent_withdrawn"
        said = f"{consent.person}: {consent.because}"
        episodes.add_step(
            session, episode, "moved", new.happened_on, was=was, now=episode.status, reason=said
        )
    dates.refresh(session, child)
    return consent.id


def _named(agencies: Iterable[str]) -> list[str]:
    return [name for each in agencies if (name := words.tidy(each).strip())]


def rows(session: Session, child_id: UUID) -> list[ConsentRow]:
    """Return everybody's decisions about a child, latest first."""
    found = queries.consents_of_child(session, child_id)
    newest: dict[tuple[str, str], UUID] = {}
    for each in found:
        for purpose in each.purposes:
            newest.setdefault((each.person.casefold(), purpose), each.id)
    return [_row(each, each.id in newest.values(), session.today) for each in found]


def _row(each: Consent, stands: bool, today: date) -> ConsentRow:
    return ConsentRow(
        each.id, each.happened_on, each.person, dict(lists.CAPACITIES).get(each.capacity, each.capacity),
        each.decision, dict(lists.CONSENTS).get(each.decision, each.decision), tuple(each.purposes),
        words.listed([dict(lists.PURPOSES).get(code, code) for code in each.purposes]),
        tuple(each.allowed), tuple(each.refused), dict(lists.HOW_AGREED).get(each.how, ""), each.review_on,
        each.because, each.overridden, each.override_because, each.override_by, stands,
        stands and each.decision in AGREED and each.review_on is not None and each.review_on < today,
    )  # fmt: skip


def words_of(row: ConsentRow) -> str:
    """Return a decision in a sentence, as it is printed."""
    said = f"{row.person} ({row.capacity.lower()}), {words.day(row.on)}: {row.decision_words.lower()}"
    said += f" – {row.purposes_words.lower()}"
    if row.allowed:
        said += f"; may be shared with {words.listed([*row.allowed])}"
    if row.refused:
        said += f"; not with {words.listed([*row.refused])}"
    return said + ("; overridden to keep somebody safe" if row.overridden else "")


def may_begin(session: Session, episode: HelpEpisode) -> bool:
    """Return whether a decision on record lets the assessment go ahead: agreed to, or overridden."""
    return any(
        "start" in each.purposes and each.stands and (each.decision in AGREED or each.overridden)
        for each in rows(session, episode.child_id)
        if each.on >= episode.opened_on or each.id in _of(session, episode)
    )


def _of(session: Session, episode: HelpEpisode) -> set[UUID]:
    return {each.id for each in queries.of_episode(session, Consent, [episode.id])}


def sharing(session: Session, child_id: UUID, agency: str) -> Sharing:
    """Return whether the record of a child may be given to an agency.

    Everybody who was asked counts: one refusal of the agency, or of sharing at all, stands in the way.
    A manager's override, with its reason, lifts it.
    """
    name = words.tidy(agency).strip()
    asked = [each for each in rows(session, child_id) if each.stands and "share" in each.purposes]
    against = [each for each in asked if _refuses(each, name) and not each.overridden]
    if against:
        return Sharing(
            False, f"It may not be shared with {name}. {words_of(against[0])}. Ask the family again first."
        )
    overridden = [each for each in asked if each.overridden]
    if overridden:
        why = overridden[0].override_because
        return Sharing(True, f"Shared on the decision of {overridden[0].override_by}: {why}")
    in_favour = [each for each in asked if each.decision in AGREED]
    if not in_favour:
        return Sharing(
            False,
            f"Nobody has agreed yet that this is shared with {name}. "
            "Record the consent to share on the Early help page first.",
        )
    late = next((each for each in in_favour if each.is_due), None)
    if late and late.review_on:
        return Sharing(
            False, f"{late.person} was to be asked again by {words.day(late.review_on)}. Ask first."
        )
    return Sharing(True, words_of(in_favour[0]))


def _refuses(row: ConsentRow, agency: str) -> bool:
    if row.decision not in AGREED:
        return True
    folded = agency.casefold()
    if folded in {each.casefold() for each in row.refused}:
        return True
    return bool(row.allowed) and folded not in {each.casefold() for each in row.allowed}
