"""What an area settles about its Personal Education Plans: from which age, and how many targets."""

from __future__ import annotations

from typing import NamedTuple

from db import settings as queries
from db.problems import Problem
from db.roles import authorise
from db.store import Session

PURPOSE = "settings"  # of a session that chooses
AGES = range(6)  # plans for babies are a local choice; from five on the law leaves none
TARGETS = range(1, 11)
CLOCKS_ON = "clocks_on"  # the day for which every clock was worked out: `upkeep.begin_day`
_FROM_AGE, _TARGETS = "pep.from_age", "pep.targets"
_KEPT = "pep_settings"


class PepSettings(NamedTuple):
    """The age from which a child in care has a plan, and the targets that a new one needs."""

    from_age: int = 3
    targets: int = 3


def read(session: Session) -> PepSettings:
    """Return what is settled here, or what is usual; read once a session."""
    if _KEPT not in session.info:
        usual = PepSettings()
        session.info[_KEPT] = PepSettings(
            _number(session, _FROM_AGE, AGES, usual.from_age),
            _number(session, _TARGETS, TARGETS, usual.targets),
        )
    kept: PepSettings = session.info[_KEPT]
    return kept


def choose(session: Session, chosen: PepSettings) -> None:
    """Settle both anew. For administrators; all clocks are worked out anew when the window next opens."""
    authorise(session.actor, PURPOSE)
    _check("The age", chosen.from_age, AGES)
    _check("The number of targets", chosen.targets, TARGETS)
    queries.put(session, _FROM_AGE, str(chosen.from_age))
    queries.put(session, _TARGETS, str(chosen.targets))
    queries.put(session, CLOCKS_ON, "")
    session.info.pop(_KEPT, None)


def _number(session: Session, name: str, within: range, usual: int) -> int:
    kept = queries.value(session, name) or ""
    return int(kept) if kept.isdigit() and int(kept) in within else usual


def _check(what: str, number: int, within: range) -> None:
    if number not in within:
        raise Problem(f"{what} is from {within[0]} to {within[-1]}. Nothing was changed.")
