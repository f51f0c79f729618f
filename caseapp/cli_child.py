"""Commands about children and their plans, and the clocks."""

from __future__ import annotations

import argparse
import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from caseapp import words
from caseapp.cli_parts import lent, opened, say, session, show
from db.problems import NotFound, NotSaved, Problem

if TYPE_CHECKING:
    from db.store import Session

KINDS = ("early-help", "star", "pep", "pathway-plan")
PRINTS = ("record", "chronology", *KINDS)


def add(options: argparse.Namespace) -> int:
    """Register a child, unless somebody alike is on file."""
    from caseapp import children

    *given, family = options.name.split() or [""]
    new = children.NewChild(" ".join(given), family, options.born, postcode=options.postcode or "")
    with session(options) as lent_session:
        matches = [] if options.anyway else children.likely_matches(lent_session, new)
        if matches:
            listed = [f"  {row.ref}  {row.name}, born {_born(row.born_on)}" for row in matches]
            say("\n".join(["Nothing was added. Is it one of these? If not, add --anyway.", *listed]))
            return 2
        made = children.register(lent_session, new)
    return show(options, {"ref": str(made.ref)}, str(made.ref))


def _born(day: date | None) -> str:
    return words.day(day) if day else "not known"


def record(options: argparse.Namespace) -> int:
    """Put answers into a child's draft, and sign it if asked."""
    from caseapp import children, plans

    answers = _answers(Path(options.file))
    with opened(options) as signed_in:
        with lent(signed_in, "", "") as lent_session:
            child = children.one(lent_session, options.child)
            revision_id = plans.start(lent_session, child.id, options.kind)
        with lent(signed_in, "", "") as lent_session:
            view = plans.open_plan(lent_session, revision_id)
            merged = view.answers | answers
            saved = plans.save(lent_session, revision_id, view.version, merged)
        if options.sign:
            with lent(signed_in, "", "") as lent_session:
                plans.sign(lent_session, revision_id, saved.version, merged)
    status = "signed" if options.sign else "draft"
    document = {"ref": str(child.ref), "kind": options.kind, "version": view.number, "status": status}
    return show(options, document, f"{child.ref} {options.kind} version {view.number}, {status}")


def _answers(path: Path) -> dict[str, Any]:
    """Return the answers of a JSON file. Raises Problem for anything else."""
    if not path.exists():
        raise Problem(f"There is no file at {path}. Nothing was recorded.")
    if path.stat().st_size > 20_000_000:
        raise Problem(f"{path.name} is larger than any form's answers. Nothing was recorded.")
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError):
        raise Problem(f"{path.name} is not JSON. Nothing was recorded.") from None
    if not isinstance(found, dict):
        raise Problem(f'{path.name} holds no answers: {{"question": "answer"}}. Nothing was recorded.')
    return found


def compare(options: argparse.Namespace) -> int:
    """Say what changed between two versions."""
    from caseapp import children, plans

    with session(options) as lent_session:
        child = children.one(lent_session, options.child)
        changes = plans.compare(lent_session, child.id, options.kind, options.n, options.m)
    rows = [{"field": each.key, "label": each.label, "was": each.was, "now": each.now} for each in changes]
    text = "\n".join(f"{each.label}\n  was: {each.was or '–'}\n  now: {each.now or '–'}" for each in changes)
    return show(options, rows, text or "No difference.")


def find(options: argparse.Namespace) -> int:
    """Search as the search box does."""
    from caseapp import children, codes

    with session(options) as lent_session:
        rows = children.find(lent_session, options.text, 50)
    found = [
        {
            "ref": str(row.ref),
            "name": row.name,
            "born_on": row.born_on,
            "status": codes.STATUSES.get(row.status, row.status),
            "worker": row.worker,
            "next_due_on": row.next_due_on,
        }
        for row in rows
    ]
    lines = [
        f"{row.ref}  {row.name}  {_born(row.born_on)}  {codes.STATUSES[row.status]}  {row.worker}"
        for row in rows
    ]
    return show(options, found, "\n".join(lines) or "No child is found.")


def show_child(options: argparse.Namespace) -> int:
    """Show a record's overview."""
    from caseapp import children

    with session(options) as lent_session:
        view = children.open_child(lent_session, children.one(lent_session, options.child).id)
    head = view.head
    document = {
        "ref": str(head.ref),
        "name": head.name,
        "born_on": head.born_on,
        "status": head.status,
        "next": [{"clock": each.clock, "what": each.what, "due_on": each.due_on} for each in view.dues],
        "plans": [
            {
                "kind": each.kind,
                "version": each.number,
                "status": each.status,
                "signed_on": _signed_on(each.signed_at),
            }
            for each in view.plans
        ],
        "facts": dict(view.facts),
        "quote": view.quote[0] if view.quote else None,
    }
    lines = [f"{head.name}, {head.age}, ref {head.ref}, {head.status}"]
    lines += [f"{label}: {value}" for label, value in view.facts]
    lines += [f"Due {words.day(each.due_on)}: {each.what} ({each.words})" for each in view.dues]
    lines += [f"{each.title}, version {each.number}, {each.status}" for each in view.plans]
    return show(options, document, "\n".join(lines))


def _signed_on(moment: datetime | None) -> date | None:
    return moment.astimezone(words.LONDON).date() if moment else None


def print_pdf(options: argparse.Namespace) -> int:
    """Write a document as PDF."""
    from caseapp import prints

    if options.blank:
        if options.kind not in KINDS:
            raise Problem(f"There is no blank paper of a {options.kind}. Choose one of {', '.join(KINDS)}.")
        return _written(options, prints.blank_pdf(options.kind, large=options.large))
    if not options.child:
        raise Problem("Whose? caseapp print KIND CHILD --out FILE.pdf")
    with session(options) as lent_session:
        pdf = _child_pdf(lent_session, options)
    return _written(options, pdf)


def _child_pdf(session: Session, options: argparse.Namespace) -> bytes:
    from caseapp import children, plans, prints

    child_id: UUID = children.one(session, options.child).id
    if options.kind == "record":
        return prints.record_pdf(session, child_id, large=options.large)
    if options.kind == "chronology":
        return prints.chronology_pdf(session, child_id, large=options.large)
    revision = plans.numbered(session, child_id, options.kind, options.version)
    return prints.plan_pdf(session, revision.id, large=options.large)


def _written(options: argparse.Namespace, pdf: bytes) -> int:
    path = Path(options.out)
    try:
        path.write_bytes(pdf)
    except OSError as error:
        raise NotSaved(f"{path} could not be written: {error.strerror}. Choose another place.") from None
    return show(options, {"file": str(path), "bytes": len(pdf)}, str(path))


def due(options: argparse.Namespace) -> int:
    """Say what is due, the earliest first."""
    from caseapp import people, today

    with session(options) as lent_session:
        until = date(lent_session.today.year + 1, lent_session.today.month, 1)
        if options.worker:
            named = [
                row
                for row in people.workers(lent_session)
                if row.name.casefold() == options.worker.casefold()
            ]
            if not named:
                raise NotFound(f"There is no worker {options.worker}.")
            rows = today.due_until(lent_session, until, worker_id=named[0].id)
        else:
            rows = today.due_until(lent_session, until, team=bool(options.team))
        now = lent_session.today
    document = [
        {
            "child": str(row.ref), "clock": row.clock, "what": row.what, "started_on": row.started_on,
            "due_on": row.due_on, "days_left": (row.due_on - now).days, "working_days_left": row.working_days,
            "state": row.state,
        }
        for row in rows
    ]  # fmt: skip
    text = "\n".join(
        f"{words.day(row.due_on)}  {row.words:24}  {row.ref}  {row.child}: {row.what}" for row in rows
    )
    return show(options, document, text or "Nothing is due.")


def clock(options: argparse.Namespace) -> int:
    """Say when a clock falls due. Needs no store."""
    from caseapp import calendars, clocks

    clock = clocks.CLOCKS_BY_ID.get(options.id.upper())
    if not clock:
        raise NotFound(f"There is no clock {options.id}. caseapp clocks lists them.")
    calendar = calendars.england()
    try:
        due = clocks.due_on(clock.limit, options.start, calendar)
    except ValueError as error:
        raise Problem(str(error)) from None
    document = {
        "clock": clock.id, "start": options.start, "limit": clock.limit, "due_on": due,
        "plan_by": clocks.plan_by(due, calendar), "source": clock.source,
    }  # fmt: skip
    return show(options, document, due.isoformat())


def clocks(options: argparse.Namespace) -> int:
    """List all clocks. Needs no store."""
    from caseapp import clocks

    document = [
        {"clock": each.id, "name": each.name, "limit": each.limit, "source": each.source, "local": each.local}
        for each in clocks.CLOCKS
    ]
    lines = [
        f"{each.id:4} {each.limit:8} {'local' if each.local else '     '}  {each.name} ({each.source})"
        for each in clocks.CLOCKS
    ]
    return show(options, document, "\n".join(lines))
