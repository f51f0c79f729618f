"""The personal adviser: who it is and was, every contact with what counts, and whether we are in touch.

Source: the Care Leavers (England) Regulations 2010, regulation 8; the eight weeks are an area's own rule.
"""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from caseapp import codes, dates, words
from caseapp.ages import birthday
from caseapp.dates import Due
from caseapp.form_parts import pathway_lists as lists
from caseapp.lines import paragraphs
from caseapp.pathway.new_rows import NewInTouch
from caseapp.typed_rows import check_past, refuse_unless
from db import children as queries
from db import leaving_care
from db.children import child_of
from db.models import Child, Episode, InTouch, Involvement, LeaverHome, Note, Worker
from db.problems import NotFound
from db.store import Session

ROLE: Final = "Personal adviser"
HANDOVER: Final = "Handover to a personal adviser"
CONTACT_KINDS: Final = ("visit", "call", "meeting", "message", "attempt")
_TALKED: Final = frozenset({"call", "meeting", "message"})
_LEAVING: Final = "W"
_CONTACT: Final = ("W4", "W6", "W7", "W8")
_IN_CARE: Final = "in care"
_PROVIDED: Final = "provided"
_OWN: Final = "own"
REGIMES: Final = {
    _IN_CARE: "Still looked after: the social worker's visits run, on the Care tab. The adviser's contact is "
    "as the plan says.",
    _PROVIDED: "We provide the home: a visit within 7 days of moving in, one before the review 28 days in, "
    "then at most two months apart (Care Leavers Regulations 2010, regulation 8(2)).",
    _OWN: "Contact at least every eight weeks: this area's own rule. Attempts do not count.",
}


class AllocationRow(NamedTuple):
    """Somebody who is or was the adviser."""

    id: UUID
    name: str
    from_on: date | None
    until_on: date | None
    is_now: bool
    handover: str


class ContactRow(NamedTuple):
    """A contact or a try. `not_counted` says why it stops no clock; nothing if it counts."""

    id: UUID
    on: date
    title: str
    detail: str
    purpose: str
    words: str
    quote: str
    by: str
    not_counted: str


class InTouchRow(NamedTuple):
    """Whether we are in touch, from a day on."""

    id: UUID
    version: int
    on: date
    code: str
    title: str
    detail: str
    given: NewInTouch


class AdviserView(NamedTuple):
    """Adviser, contacts, being in touch, and every date of leaving care that is due, the earliest first.

    `by_sixteen` says in words whether an adviser was there in time; `next_due` is the next contact.
    """

    now: AllocationRow | None
    allocations: list[AllocationRow]
    by_sixteen: str
    was_in_time: bool | None
    regime: str
    contacts: list[ContactRow]
    last_counted_on: date | None
    next_due: Due | None
    dues: list[Due]
    in_touch: list[InTouchRow]


def view(session: Session, child_id: UUID) -> AdviserView:
    """Return the adviser's part of a record that is open. Raises NotFound."""
    child = child_of(session, child_id)
    allocations = _allocations(session, child)
    contacts = _contacts(session, child_id)
    dues = [each for each in dates.due_of(session, child) if each.clock.startswith(_LEAVING)]
    said, was_in_time = _by_sixteen(child, allocations, session.today)
    return AdviserView(
        next((each for each in allocations if each.is_now), None),
        allocations,
        said,
        was_in_time,
        REGIMES[_regime(session, child)],
        contacts,
        max((each.on for each in contacts if not each.not_counted), default=None),
        next((each for clock in _CONTACT for each in dues if each.clock == clock), None),
        dues,
        _in_touch(session, child_id),
    )


def allocate(session: Session, child_id: UUID, worker_id: UUID, from_on: date, handover: str = "") -> UUID:
    """Make one of our workers the personal adviser from a day on; the one before ends that day.

    A note on the handover is kept as a case note of that day. Raises Problem or NotFound.
    """
    child = child_of(session, child_id)
    worker = session.get(Worker, worker_id)
    if not worker:
        raise NotFound("There is no such worker.")
    check_past(session, from_on)
    rows = [each for each in queries.of_child(session, Involvement, child_id) if each.role == ROLE]
    open_ones = [each for each in rows if each.until_on is None]
    refuse_unless(
        all(each.worker_id != worker_id for each in open_ones), f"{worker.name} is the adviser already."
    )
    for each in open_ones:
        refuse_unless(
            each.from_on is None or each.from_on <= from_on,
            f"The adviser before began on {words.day(each.from_on or from_on)}: give a later day.",
        )
        each.until_on = from_on
    made = Involvement(child_id=child.id, worker_id=worker.id, role=ROLE, from_on=from_on)
    session.add(made)
    if text := paragraphs(handover, "A note on the handover"):
        session.add(Note(child_id=child.id, happened_on=from_on, kind="note", words=text, purpose=HANDOVER))
    dates.refresh(session, child)
    return made.id


def counts(note: Note) -> bool:
    """Return whether a note is a contact: the young person was seen, or took part from afar."""
    return note.seen or note.kind in _TALKED


def _allocations(session: Session, child: Child) -> list[AllocationRow]:
    rows = [each for each in queries.of_child(session, Involvement, child.id) if each.role == ROLE]
    notes = [each for each in queries.of_child(session, Note, child.id) if each.purpose == HANDOVER]
    told = {each.happened_on: each.words for each in notes}
    today = session.today
    return [
        AllocationRow(
            each.id, _name(each), each.from_on, each.until_on,
            _runs(each.from_on or date.min, each.until_on, today),
            told.get(each.from_on, "") if each.from_on else "",
        )
        for each in sorted(rows, key=lambda row: (row.from_on or date.min, row.id), reverse=True)
    ]  # fmt: skip


def _name(each: Involvement) -> str:
    if each.worker:
        return each.worker.name
    return each.person.name if each.person else ""


def _by_sixteen(child: Child, allocations: list[AllocationRow], today: date) -> tuple[str, bool | None]:
    """Return in words whether an adviser was there at 16, and the answer; None while it is still ahead."""
    if not child.born_on:
        return "The date of birth is not known.", None
    sixteen = birthday(child.born_on, 16)
    first = min((each.from_on for each in allocations if each.from_on), default=None)
    if first and first <= sixteen:
        return f"First adviser from {words.day(first)}, before the 16th birthday, {words.day(sixteen)}.", True
    if first:
        return f"First adviser from {words.day(first)}, after the 16th birthday, {words.day(sixteen)}.", False
    if today <= sixteen:
        return f"Due by the 16th birthday, {words.day(sixteen)}.", None
    return f"Was due by the 16th birthday, {words.day(sixteen)}.", False


def _regime(session: Session, child: Child) -> str:
    today = session.today
    homes = queries.of_child(session, LeaverHome, child.id)
    if any(_runs(each.from_on, each.until_on, today) and each.provided for each in homes):
        return _PROVIDED
    adult_on = birthday(child.born_on, 18) if child.born_on else None
    periods = dates.care_periods(queries.of_child(session, Episode, child.id, Episode.started_on))
    in_care = any(_runs(start, end, today) for start, end in periods)
    return _IN_CARE if in_care and (adult_on is None or today < adult_on) else _OWN


def _runs(first: date, last: date | None, day: date) -> bool:
    return first <= day and (last is None or day < last)


def _contacts(session: Session, child_id: UUID) -> list[ContactRow]:
    notes = queries.of_child(session, Note, child_id, Note.happened_on, Note.id)
    kept = [each for each in reversed(notes) if each.kind in CONTACT_KINDS]
    names = leaving_care.worker_names(session, {each.created_by for each in kept})
    return [
        ContactRow(
            each.id, each.happened_on, _title(each), _detail(each), each.purpose or "", each.words,
            each.quote, names.get(each.created_by, ""), "" if counts(each) else _why_not(each),
        )
        for each in kept
    ]  # fmt: skip


def _title(note: Note) -> str:
    if note.method and note.kind != "visit":
        return codes.METHODS.get(note.method, note.method)
    return codes.NOTE_KINDS[note.kind]


def _detail(note: Note) -> str:
    where = "at home" if note.where_seen == "home" else codes.PLACES_SEEN.get(note.where_seen or "", "")
    seen = "seen alone" if note.seen_alone else "seen" if note.seen else ""
    mood = f"mood {note.mood} of 10" if note.mood else ""
    said = ", ".join(part for part in (seen, where.lower(), mood) if part)
    return f"{said[:1].upper()}{said[1:]}"


def _why_not(note: Note) -> str:
    return "Attempt: does not count" if note.kind == "attempt" else "Not seen: does not count"


def _in_touch(session: Session, child_id: UUID) -> list[InTouchRow]:
    said = dict(lists.IN_TOUCH)
    return [
        InTouchRow(
            each.id, each.version, each.happened_on, each.code, said.get(each.code, each.code),
            _in_touch_detail(each),
            NewInTouch(each.code, each.happened_on, each.how, each.agreed_by, each.next_offer_on, each.words),
        )
        for each in reversed(queries.of_child(session, InTouch, child_id, InTouch.happened_on, InTouch.id))
    ]  # fmt: skip


def _in_touch_detail(each: InTouch) -> str:
    parts = [each.how, f"agreed by {each.agreed_by}" if each.agreed_by else ""]
    parts.append(f"next offer {words.day(each.next_offer_on)}" if each.next_offer_on else "")
    said = ", ".join(part for part in (*parts, each.words) if part)
    return f"{said[:1].upper()}{said[1:]}"
