"""Hidden commands for tests from outside, through the real use cases; only with CASEAPP_TEST=1.

Each line on standard output is a fact that a test may hold the program to: it is there only once it is so.
`STARTED` on standard error says that the program is up; the store and its libraries come after it.
"""

from __future__ import annotations

import argparse
import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from caseapp.cli_parts import lent, number, one_of, opened, say
from caseapp.words import tidy
from db.moments import new_id
from db.problems import Problem, Stale
from db.roles import ACTIONS, ROLES, Actor, Subject, authorise, may

if TYPE_CHECKING:
    from caseapp.accounts import SignedIn
    from caseapp.plan_reading import PlanView

KEYSTROKE_SECONDS = 0.05  # 20 letters a second: faster than anybody types
TRIES = 1000


class Box(NamedTuple):
    """A box to write into: the kind of plan and the question's key."""

    kind: str
    key: str


TYPED = Box("early-help", "meaning")
COUNTER = Box("star", "present")


def named(typed: Sequence[str]) -> str:
    """Return the hidden command among the words typed, empty without one."""
    return next((each for each in typed if each in _TRIALS), "")


def run(name: str, argv: list[str]) -> int:
    """Carry out a hidden command; return the exit code as for the public ones. Raises Problem."""
    say("STARTED")
    return _TRIALS[name](_parser(name).parse_args(argv))


def _parser(name: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(f"caseapp {name}", allow_abbrev=False)
    parser.set_defaults(as_of=None)
    parser.add_argument("--store", metavar="FILE")
    parser.add_argument("--user", type=tidy, metavar="NAME")
    if name in ("test-writer", "test-typist", "test-incr"):
        many = 1 if name == "test-incr" else 999_999
        parser.add_argument("--count", type=number, default=many, metavar="N")
    if name == "test-may":
        parser.add_argument("--as", dest="role", type=one_of(*ROLES), required=True, metavar="ROLE")
        parser.add_argument("action", type=one_of(*ACTIONS), metavar="ACTION")
        parser.add_argument("record", nargs="?", type=tidy, metavar="CHILD")
    return parser


def _fact(*parts: object) -> None:
    print(*parts, flush=True)


def _child(signed_in: SignedIn) -> UUID:
    """Return the first child whom the user sees; register one in an empty store."""
    from caseapp import children
    from caseapp.children import Filter, NewChild

    with lent(signed_in) as session:
        found = children.page(session, Filter(), None, 1)
        if found:
            return found[0][0].id
        today = session.today
        return children.register(session, NewChild("Trial", "Child", today.replace(today.year - 9, 1, 1))).id


def _writer(options: argparse.Namespace) -> int:
    from caseapp import notes
    from caseapp.notes import NewNote

    with opened(options) as signed_in:
        child_id = _child(signed_in)
        for _ in range(options.count):
            value = secrets.token_hex(8)
            with lent(signed_in) as session:
                note_id = notes.add(session, child_id, NewNote(session.today, "note", value))
            _fact("ACK", note_id, value)  # behind the session's end: COMMIT has returned
    return 0


def _list(options: argparse.Namespace) -> int:
    from caseapp import notes

    with opened(options) as signed_in:
        child_id = _child(signed_in)
        with lent(signed_in) as session:
            for entry in notes.timeline(session, child_id):
                if entry.kind == "Notes":
                    _fact(entry.id, " ".join(entry.words.split()))
    return 0


def _dump(options: argparse.Namespace) -> int:
    """Print a digest of every row of every table, in a fixed order, and one of the ends of all chains."""
    from hashlib import sha256

    from db.check import heads_digest
    from db.history import canonical
    from db.models import Base

    with opened(options) as signed_in:
        authorise(signed_in.actor, "check")
        with signed_in.store.engine.connect() as connection:
            for name, table in sorted(Base.metadata.tables.items()):
                rows = connection.execute(table.select().order_by(*table.primary_key.columns)).mappings()
                for row in rows:
                    _fact(name, sha256(canonical(dict(row))).hexdigest())
            _fact("heads", heads_digest(connection))
    return 0


def _check(options: argparse.Namespace) -> int:
    from caseapp import upkeep

    with opened(options) as signed_in:
        report = upkeep.check(signed_in)
    for fault in report.faults:
        _fact("FAULT", fault.code, fault.where)
    _fact("FAULTS", len(report.faults))
    return 4 if report.faults else 0


@contextmanager
def _at_desk(options: argparse.Namespace, box: Box) -> Iterator[tuple[SignedIn, UUID]]:
    """Sign in and lend the store with the id of the draft that the box is in."""
    from caseapp import journal, plans

    with opened(options) as signed_in:
        journal.take_back(signed_in.store, signed_in.actor)
        child_id = _child(signed_in)
        with lent(signed_in) as session:
            revision_id = plans.start(session, child_id, box.kind)
        yield signed_in, revision_id


def _view(signed_in: SignedIn, revision_id: UUID) -> PlanView:
    from caseapp import plan_reading

    with lent(signed_in) as session:
        return plan_reading.open_plan(session, revision_id)


def _kept(view: PlanView) -> str:
    """Return what stands in the typist's box, as the screen would offer it after a crash."""
    answers = view.unsaved.answers if view.unsaved else view.answers
    return str(answers.get(TYPED.key, ""))


def _typist(options: argparse.Namespace) -> int:
    """Type on where the kept text ends. A letter counts as typed before it is kept, as on the screen."""
    from caseapp import journal
    from caseapp.journal import Typed

    with _at_desk(options, TYPED) as (signed_in, revision_id):
        view = _view(signed_in, revision_id)
        text = _kept(view)
        for _ in range(options.count):
            text += "abcdefghij"[len(text) % 10]
            _fact("TYPED", len(text))
            answers = view.answers | {TYPED.key: text}
            journal.keep(signed_in.store, signed_in.actor, Typed(revision_id, view.version, answers))
            time.sleep(KEYSTROKE_SECONDS)
    return 0


def _draft(options: argparse.Namespace) -> int:
    with _at_desk(options, TYPED) as (signed_in, revision_id):
        _fact("DRAFT", len(_kept(_view(signed_in, revision_id))))
    return 0


def _incr(options: argparse.Namespace) -> int:
    with _at_desk(options, COUNTER) as (signed_in, revision_id):
        for _ in range(options.count):
            _fact("VALUE", _one_more(signed_in, revision_id))
    return 0


def _one_more(signed_in: SignedIn, revision_id: UUID) -> int:
    """Read the counter, add one, save; again from the reading when somebody else was quicker."""
    from caseapp import plans

    for _ in range(TRIES):
        view = _view(signed_in, revision_id)
        value = _counted(view) + 1
        try:
            with lent(signed_in) as session:
                plans.save(session, revision_id, view.version, view.answers | {COUNTER.key: str(value)})
        except Stale:
            continue
        return value
    raise Problem(f"Others were quicker {TRIES} times in a row. Nothing was added.")


def _value(options: argparse.Namespace) -> int:
    with _at_desk(options, COUNTER) as (signed_in, revision_id):
        _fact("VALUE", _counted(_view(signed_in, revision_id)))
    return 0


def _counted(view: PlanView) -> int:
    return int(str(view.answers.get(COUNTER.key) or 0))


def _may(options: argparse.Namespace) -> int:
    """Say whether a role may act: at all, or upon a child's record as the user in that role."""
    if options.record:
        subject, actor = _record(options)
        answer = may(actor, options.action, subject)
    else:
        answer = may(Actor(new_id(), "", None, frozenset({options.role})), options.action)
    _fact("YES" if answer.allowed else "HIDDEN" if answer.hidden else "NO")
    return 0 if answer.allowed else 7 if answer.hidden else 8


def _record(options: argparse.Namespace) -> tuple[Subject, Actor]:
    from dataclasses import replace

    from caseapp import children
    from db.models import Child
    from db.reach import child_subject

    with opened(options) as signed_in:
        actor = replace(signed_in.actor, roles=frozenset({options.role}))
        with signed_in.store.session(actor) as session:
            child = session.get_one(Child, children.one(session, options.record).id)
            return child_subject(session, child), actor


_TRIALS: dict[str, Callable[[argparse.Namespace], int]] = {
    "test-writer": _writer, "test-list": _list, "test-dump": _dump, "test-check": _check,
    "test-typist": _typist, "test-draft": _draft, "test-incr": _incr, "test-value": _value,
    "test-may": _may,
}  # fmt: skip
