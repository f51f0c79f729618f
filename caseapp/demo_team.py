"""How the demo's teams work: supervision, a meeting, working time, a restricted and an opened record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final, NamedTuple
from uuid import UUID

from dateutil.relativedelta import relativedelta

from caseapp import access, working_time
from caseapp.access import Emergency, Restriction
from caseapp.caseload import meeting
from caseapp.caseload.meeting import NewMeeting
from caseapp.demo_lives import at
from caseapp.demo_people import filled, pronouns, texts, working_day
from caseapp.supervision import cases, sessions
from caseapp.supervision.new_rows import NewCase, NewSession
from caseapp.working_time import NewTime
from db.models import Worker
from db.roles import Actor
from db.store import Session, Store

DAY: Final = timedelta(days=1)
MANAGERS: Final = {"sam": "ruth", "priya": "ruth", "grace": "ruth", "hodan": "helen", "tom": "helen"}
NEWLY_QUALIFIED: Final = "grace"
PART_TIME: Final = "priya"
_SHARE: Final = Decimal("0.6")
RESTRICTED_OF: Final = "priya"  # whose first child is restricted, and whose, in the other team, is opened
OPENED_OF, OPENED_BY = "hodan", "sam"


class Held(NamedTuple):
    """A child with an open case, and the key of the worker who holds it."""

    id: UUID
    name: str
    born_on: date | None
    sex: str
    status: str
    worker: str


def team_life(store: Store, staff: Mapping[str, Actor], held: Sequence[Held], as_of: date) -> None:
    """Let the weeks before the demo's day happen to the teams whose children are there."""
    _working_times(store, staff, as_of)
    with store.session(staff["ruth"], "Demo") as session:
        session.info["clocks_wait"] = True
        for on, key, number in _days(held, as_of):
            with at(session, staff[MANAGERS[key]], on, 15):
                _supervise(session, staff[key], _talked_about(held, key, number), on)
    _meet(store, staff["ruth"], as_of)
    _restrict(store, staff, held, as_of)
    _open(store, staff, held, as_of)


def _working_times(store: Store, staff: Mapping[str, Actor], as_of: date) -> None:
    times = {
        PART_TIME: NewTime(_SHARE),
        NEWLY_QUALIFIED: NewTime(first_year_from=as_of - relativedelta(months=4)),
    }
    with store.session(staff["ruth"], "Demo", purpose=working_time.PURPOSE) as session:
        for key, new in times.items():
            with at(session, staff["ruth"], as_of - relativedelta(months=3)):
                row = session.get_one(Worker, staff[key].worker_id)
                working_time.save(session, row.id, row.version, new)


def _days(held: Sequence[Held], as_of: date) -> Iterator[tuple[date, str, int]]:
    """Yield day, worker and how many sessions follow, in the order of days, of those who hold somebody."""
    holders = {each.worker for each in held}
    found = [
        (working_day(as_of - ago * DAY), key, len(days) - number)
        for key, days in texts("team")["supervision"].items()
        if key in holders
        for number, ago in enumerate(days, 1)
    ]
    yield from sorted(found)


def _talked_about(held: Sequence[Held], key: str, following: int) -> list[Held]:
    """Return who was talked about: at the last session everybody but one, who was at the one before."""
    own = [each for each in held if each.worker == key]
    in_care = [each for each in own if each.status == "looked_after"]
    waiting = in_care[-1:] if key == OPENED_BY else []
    return waiting if following else [each for each in own if each not in waiting]


def _supervise(session: Session, worker: Actor, about: Sequence[Held], on: date) -> None:
    said: dict[str, Any] = texts("team")["session"]
    new = NewSession(
        "personal", held_on=on, minutes=90, wellbeing=said["wellbeing"], workload=said["workload"],
        words=said["words"], agreed=tuple(said["agreed"]),
    )  # fmt: skip
    session_id = sessions.add(session, worker.worker_id, new)
    for number, child in enumerate(about):
        pools = texts("team")["discussions"]
        pool = pools.get(child.status, pools["others"])
        discussion, decision, progress = filled(pool[number % len(pool)], pronouns(child.sex))
        case = NewCase(on, discussion, decision=decision, progress=progress, session_id=session_id)
        cases.add(session, child.id, case)


def _meet(store: Store, manager: Actor, as_of: date) -> None:
    said = texts("team")["meeting"]
    on = working_day(as_of - 6 * DAY)
    if manager.team_id is None:
        return
    with store.session(manager, "Demo", purpose=meeting.PURPOSE) as session, at(session, manager, on, 14):
        new = NewMeeting(
            on, said["present"], said["words"], tuple(said["agreed"]), said["staffing"], on + 28 * DAY
        )
        meeting.record(session, manager.team_id, new)


def _restrict(store: Store, staff: Mapping[str, Actor], held: Sequence[Held], as_of: date) -> None:
    """Restrict the record of one child to worker and manager: others are told to ask."""
    manager, on = staff["ruth"], working_day(as_of - 20 * DAY)
    for child in [each for each in held if each.worker == RESTRICTED_OF][:1]:
        with store.session(manager, "Demo") as session, at(session, manager, on, 16):
            reason = texts("team")["restricted"]["reason"]
            new = Restriction("exists", (), reason, ask_id=manager.worker_id)
            access.restrict(session, child.id, new)


def _open(store: Store, staff: Mapping[str, Actor], held: Sequence[Held], as_of: date) -> None:
    """Let somebody of the other team into one record for an hour; it waits for its manager's review."""
    actor, on = staff[OPENED_BY], working_day(as_of - DAY)
    for child in [each for each in held if each.worker == OPENED_OF and each.born_on][:1]:
        with store.session(actor) as session, at(session, actor, on, 19):
            reason = texts("team")["emergency"]["reason"]
            asked = Emergency(reason, name=child.name, born_on=child.born_on)
            access.open_in_emergency(session, asked)
