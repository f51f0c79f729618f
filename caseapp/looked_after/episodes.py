"""Writing episodes of care: begun, changed, ended, put right, taken off. Each keeps the chain whole.

What a change brings in that cannot be is refused in words (`episode_rules`); what was wrong before, in an
imported record say, stands in nobody's way. The child's status follows, and the clocks are worked out anew.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from caseapp import codes, dates, holidays
from caseapp.events import placement_starts
from caseapp.imports import care_ended_on, is_care_leaver
from caseapp.lines import line, paragraphs
from caseapp.looked_after import episode_chain as chains
from caseapp.looked_after import records
from caseapp.looked_after.episode_chain import Beginning, Chain, Change, Correction, Ending, Stretch
from caseapp.looked_after.episode_rule import About
from caseapp.looked_after.episode_rules import troubles
from caseapp.looked_after.new_rows import NewPlacement
from caseapp.returns.episode_checks import CONTINUES, SHORT_BREAKS
from caseapp.typed_rows import refuse_unless, row_of
from db import children as queries
from db.children import child_of
from db.models import Child, Episode, Note, Placement, Uasc
from db.moments import utc_now
from db.problems import Problem
from db.store import Session

_COLUMNS = tuple(name for name in Stretch._fields if name != "id")


def begin_care(session: Session, child_id: UUID, new: Beginning, lived: NewPlacement | None = None) -> UUID:
    """Begin a time in care; `lived` is what is known of the placement. Raises Problem or NotFound."""
    child = child_of(session, child_id)
    before = chain_of(session, child_id)
    refuse_unless(not chains.is_open(before), "The child is looked after already: record what changed.")
    return _kept(session, child, before, chains.begin(before, new), lived)


def record_change(
    session: Session, child_id: UUID, opened: int, new: Change, lived: NewPlacement | None = None
) -> UUID:
    """End the open episode, opened at a version, and begin the next: care goes on.

    Raises Stale, Problem or NotFound.
    """
    child = child_of(session, child_id)
    before = _open_chain(session, child_id, opened)
    if new.kind not in chains.REASONS:
        raise Problem("Say what changed. Nothing was saved.")
    if new.kind == chains.BACK and not before[-1].is_temporary:
        raise Problem("The child is in the usual placement. Nothing was saved.")
    is_move = new.kind in (chains.PLACEMENT, chains.BOTH)
    return _kept(session, child, before, chains.change(before, new), lived if is_move else None)


def end_care(session: Session, child_id: UUID, opened: int, new: Ending) -> None:
    """End the open episode, opened at a version, and the care; a note of the day says who approved it.

    Raises Stale, Problem or NotFound.
    """
    child = child_of(session, child_id)
    before = _open_chain(session, child_id, opened)
    refuse_unless(new.reason_ended != CONTINUES, "Say why care ended.")
    _keep(session, child, before, chains.end(before, new))
    told = [f"Care ended: {codes.meaning('REC', new.reason_ended)}."]
    if approved_by := line(new.approved_by, "Who approved it"):
        told.append(f"Approved by: {approved_by}.")
    told.append(paragraphs(new.words, "The note"))
    said = "\n".join(part for part in told if part)
    session.add(Note(child_id=child_id, happened_on=new.ended_on, kind="note", words=said))


def put_right(session: Session, episode_id: UUID, opened: int, new: Correction) -> None:
    """Put other facts into an episode that was opened at a version; its neighbours go on touching it.

    Raises Stale, Problem or NotFound.
    """
    row: Episode = row_of(session, Episode, episode_id, opened)
    before = chain_of(session, row.child_id)
    at = place_of(before, episode_id)
    _keep(session, child_of(session, row.child_id), before, chains.put_right(before, at, new))


def take_off(session: Session, episode_id: UUID, opened: int, reason: str) -> None:
    """Take an episode off the record that never was; the one before lasts on. Raises Stale or Problem."""
    because = line(reason, "A reason")
    refuse_unless(bool(because), "Say why it is taken off the record.")
    row: Episode = row_of(session, Episode, episode_id, opened)
    before = chain_of(session, row.child_id)
    after = chains.take_off(before, place_of(before, episode_id))
    _keep(session, child_of(session, row.child_id), before, after, because)


def chain_of(session: Session, child_id: UUID) -> Chain:
    """Return a child's episodes as the rules see them."""
    return tuple(stretch(each) for each in _rows(session, child_id))


def stretch(row: Episode) -> Stretch:
    """Return a row as the rules see it."""
    return Stretch(**{name: getattr(row, name) for name in _COLUMNS}, id=row.id)


def about(session: Session, child: Child) -> About:
    """Return what of a child the rules need."""
    arrived = bool(queries.of_child(session, Uasc, child.id))
    return About(child.born_on, session.today, arrived, holidays.calendar(session))


def place_of(chain: Chain, episode_id: UUID) -> int:
    """Return where an episode stands in its chain."""
    return next(at for at, each in enumerate(chain) if each.id == episode_id)


def _rows(session: Session, child_id: UUID) -> list[Episode]:
    return queries.of_child(session, Episode, child_id, Episode.started_on)


def _open_chain(session: Session, child_id: UUID, opened: int) -> Chain:
    found = chain_of(session, child_id)
    last = found[-1].id if chains.is_open(found) else None
    if last is None:
        raise Problem("The child is not looked after now, so nothing can change or end. Nothing was saved.")
    row_of(session, Episode, last, opened)
    return found


def _kept(session: Session, child: Child, before: Chain, after: Chain, lived: NewPlacement | None) -> UUID:
    """Keep a chain with a new last episode, and what is known of the placement it begins; return its id."""
    _keep(session, child, before, after)
    made = _rows(session, child.id)[-1].id
    if lived is not None:
        records.add(session, child.id, replace(lived, episode_id=made))
    return made


def _keep(session: Session, child: Child, before: Chain, after: Chain, because: str = "") -> None:
    """Write a chain in place of another. Raises Problem for what it brings in that cannot be."""
    wrong = [each.said() for each in troubles(about(session, child), before, after) if each.refuses]
    if wrong:
        raise Problem(f"{' '.join(dict.fromkeys(wrong))} Nothing was saved.")
    outcome = _outcome(child, _rows(session, child.id))
    _write(session, child, after, because)
    _move_placements(session, child, before)
    _settle(session, child, outcome)
    dates.refresh(session, child)


def _write(session: Session, child: Child, after: Chain, because: str) -> None:
    rows = {row.id: row for row in _rows(session, child.id)}
    for each in after:
        row = rows.pop(each.id, None) if each.id else None
        if row is None:
            session.add(Episode(child_id=child.id, **{name: getattr(each, name) for name in _COLUMNS}))
            continue
        for name in _COLUMNS:
            setattr(row, name, getattr(each, name))
    for gone in rows.values():
        _tombstone(session, gone, because)
    session.flush()


def _tombstone(session: Session, row: Episode | Placement, because: str) -> None:
    row.deleted_at, row.deleted_by, row.delete_reason = utc_now(), session.actor.worker_id, because


def _move_placements(session: Session, child: Child, before: Chain) -> None:
    """Let what was agreed of a placement stand at the episode with which it now begins.

    Where there is none, it goes with the episode that it stood at.
    """
    starts = placement_starts(_rows(session, child.id))
    held = queries.of_child(session, Placement, child.id)
    known, taken = {each.id for each in starts}, {each.episode_id for each in held}
    for each in held:
        if each.episode_id in known:
            continue
        was = before[place_of(before, each.episode_id)].place
        begun = next((one for one in starts if one.id not in taken and stretch(one).place == was), None)
        if begun is None:
            _tombstone(session, each, "Its episode is no longer the beginning of a placement.")
        else:
            each.episode_id = begun.id
            taken.add(begun.id)
    session.flush()


def _outcome(child: Child, episodes: list[Episode]) -> tuple[str, date | None]:
    """Return the status that episodes make, and since when the file is closed; nothing where none does.

    As on import: care that goes on, care that made a care leaver, any other care that ended.
    """
    counted = [each for each in episodes if each.legal_status not in SHORT_BREAKS]
    if not counted:
        return "", None
    ended_on = care_ended_on(counted)
    if ended_on is None:
        return "looked_after", None
    if is_care_leaver(child.born_on, counted):
        return "care_leaver", None
    return "closed", ended_on


def _settle(session: Session, child: Child, was: tuple[str, date | None]) -> None:
    """Let the child's status follow, where a change made it another one."""
    status, closed_on = now = _outcome(child, _rows(session, child.id))
    if now == was:
        return
    if not status:
        # Care that never was: what the child needed before it is for the worker to say.
        child.status, child.closed_on = "child_in_need", None
    elif status != "closed" or child.status in ("looked_after", "care_leaver", "closed"):
        child.status, child.closed_on = status, closed_on
