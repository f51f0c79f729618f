"""Whether supervision is held across the service: counts by team, and nobody's name.

Who had supervision, and which children were talked about, stays with those who may see it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from caseapp import words
from caseapp.supervision import owed
from db import supervision as queries
from db.roles import authorise
from db.store import Session
from db.supervision import CaseCount, SessionCount

WITHIN: Final = (30, 35)
"""The days within which a worker is supervised; the second leaves a monthly rhythm its grace."""
CALLED_OFF_DAYS: Final = 90
FEWEST: Final = 3
"""A team of fewer workers is not shown on its own: a share of two says who it was."""
DEFINITION: Final = (
    "Workers: case holders with supervision held in the last 30 days, and in the last 35. Children: of those "
    "with a protection plan, looked after or in need, who was talked about in the last 28, 28 and 42 days, "
    "unless this area set another limit; who came more recently and was not talked about yet is left out. "
    "Called off: of the sessions planned for the "
    f"last {CALLED_OFF_DAYS} days. Of other teams there are counts alone, and of a team of fewer than "
    f"{FEWEST} workers nothing."
)
_COUNTED: Final = frozenset({"child_protection", "looked_after", "child_in_need"})


class Share(NamedTuple):
    """So many of so many."""

    part: int
    of: int

    @property
    def shown(self) -> str:
        """Return the share with what it is made of; a dash of nothing."""
        return f"{words.percent(self.part, self.of)} % ({self.part} of {self.of})" if self.of else "–"


class TeamLine(NamedTuple):
    """The shares of a team, or of the service. `is_hidden`: too few workers to be shown to others."""

    team: str
    workers: int
    is_mine: bool
    is_hidden: bool
    held: tuple[Share, ...]
    cases: Share
    called_off: Share


class ServiceView(NamedTuple):
    """The teams by name, and the whole service."""

    teams: list[TeamLine]
    whole: TeamLine


def service(session: Session) -> ServiceView:
    """Return the shares of every team and of the service. For managers; raises NotAllowed."""
    authorise(session.actor, "approve")
    since = session.today - timedelta(days=CALLED_OFF_DAYS)
    sessions, cases = (
        queries.session_counts(session, since, session.today),
        queries.case_counts(session, _COUNTED),
    )
    teams = queries.team_names(session)
    lines = [_line(session, name, [team_id], sessions, cases) for team_id, name in teams.items()]
    whole = _line(session, "The whole service", None, sessions, cases)
    return ServiceView([each for each in lines if each.workers or each.cases.of], whole)


def _line(
    session: Session,
    name: str,
    teams: Sequence[UUID] | None,
    sessions: Sequence[SessionCount],
    cases: Sequence[CaseCount],
) -> TeamLine:
    own = [each for each in sessions if teams is None or each.team_id in teams]
    mine = teams is not None and session.actor.team_id in teams
    return TeamLine(
        name,
        len(own),
        mine,
        teams is not None and not mine and len(own) < FEWEST,
        tuple(_held(own, session.today - timedelta(days=days)) for days in WITHIN),
        _talked_about(session, [each for each in cases if teams is None or each.team_id in teams]),
        Share(sum(each.called_off for each in own), sum(each.planned for each in own)),
    )


def _held(workers: Sequence[SessionCount], since: date) -> Share:
    return Share(sum(bool(each.last_on and each.last_on >= since) for each in workers), len(workers))


def _talked_about(session: Session, cases: Sequence[CaseCount]) -> Share:
    part = of = 0
    for each in cases:
        since = each.last_on or each.opened_on
        is_in_time = session.today <= owed.case_due_on(session, each.status, since)
        if is_in_time and each.last_on is None:
            continue  # not owed yet
        part, of = part + is_in_time * each.number, of + each.number
    return Share(part, of)
