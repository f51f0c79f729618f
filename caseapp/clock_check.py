"""Whether this computer's clock was put back. Entries keep their order all the same: they are numbered."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from caseapp import faults, words
from db.moments import utc_now
from db.roles import Actor

if TYPE_CHECKING:
    from db.store import Store

BACK: Final = timedelta(minutes=2)
"""Less than this is the difference between two good clocks."""


def behind(store: Store) -> timedelta | None:
    """Return how far this computer's clock is behind the store's newest entry, logged; None if it is not."""
    from db.clock_check import newest_entry_at
    from db.moments import new_id

    nobody = Actor(new_id(), "", None, frozenset())
    with store.session(nobody, purpose="check", reading=True) as session:
        newest = newest_entry_at(session)
    late = newest - utc_now() if newest else timedelta()
    if late <= BACK:
        return None
    faults.note("clock %s seconds behind the last entry", round(late.total_seconds()))
    return late


def behind_words(late: timedelta) -> str:
    """Return what a user is told of a clock that is behind."""
    return (
        f"This computer’s clock is {_how_long(late)} behind the last entry in the store. What is saved is "
        "safe, and entries keep their order. But what you write now bears the wrong time, and dates count "
        "from the wrong day: put the clock right, then sign in again."
    )


def _how_long(late: timedelta) -> str:
    for unit, length in (("day", timedelta(days=1)), ("hour", timedelta(hours=1))):
        if late >= length:
            return words.count(round(late / length), unit)
    return words.count(round(late / timedelta(minutes=1)), "minute")
