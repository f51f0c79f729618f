"""Commands about children, their plans and what is due, each after what it may be given."""

from __future__ import annotations

import argparse
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from caseapp import words
from caseapp.cli_parts import (
    day,
    lent,
    number,
    one_of,
    opened,
    reading,
    say,
    session,
    show,
    written_day,
)
from db.problems import NotFound, Problem
from db.roles import authorise

if TYPE_CHECKING:
    from caseapp.dates import Due
    from db.store import Session

KINDS = (
    "early-help",
    "taf",
    "step-up",
    "step-down",
    "early-help-closing",
    "young-carer",
    "star",
    "pep",
    "pathway-plan",
    "pathway-needs",
    "leaving-well",
    "care-plan",
    "placement-plan",
    "lac-review",
    "team-around-you",
    "health-assessment",
    "return-interview",
)
MOST_FOUND, MOST_DUE = 50, 200


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare what «add» may be given."""
    parser.add_argument("name", type=words.tidy, metavar="NAME", help="given names, then the family name")
    parser.add_argument("--born", type=day, required=True, metavar="DATE")
    parser.add_argument("--postcode", type=words.tidy)
    parser.add_argument("--anyway", action="store_true", help="although likely matches are on file")


def add(options: argparse.Namespace) -> int:
    """Register a child, unless somebody alike is on file."""
    from caseapp import children

    *given, family = options.name.split() or [""]
    new = children.NewChild(" ".join(given), family, options.born, postcode=options.postcode or "")
    with session(options) as lent_session:
        matches = [] if options.anyway else children.likely_matches(lent_session, new)
        if matches:
            listed = [f"  {row.ref}  {row.name}, born {written_day(row.born_on)}" for row in matches]
            say("\n".join(["Nothing was added. Is it one of these? If not, add --anyway.", *listed]))
            return 2
        made = children.register(lent_session, new)
    return show(options, {"ref": str(made.ref)}, str(made.ref))


def record_options(parser: argparse.ArgumentParser) -> None:
    """Declare what «record» may be given."""
    parser.add_argument("kind", type=one_of(*KINDS), metavar="KIND", help=", ".join(KINDS))
    parser.add_argument("child", type=words.tidy, metavar="CHILD")
    parser.add_argument("file", metavar="FILE.json", help="answers by the form's keys")
    parser.add_argument("--sign", action="store_true", help="and close the version for good")


def record(options: argparse.Namespace) -> int:
    """Put answers into a child's draft, and sign it if asked."""
    from caseapp import children, plan_reading, plans

    answers = _answers(Path(options.file), options.kind)
    with opened(options) as signed_in:
        with lent(signed_in) as lent_session:
            authorise(lent_session.actor, "read")
            child = children.one(lent_session, options.child)
            view = plan_reading.open_plan(lent_session, plans.start(lent_session, child.id, options.kind))
            if view.unsaved:
                raise Problem(_typed_already(view.unsaved.at))
            merged = view.answers | answers
            saved = plans.save(lent_session, view.revision_id, view.version, merged)
            troubles = view.form.clean(merged, today=lent_session.today)[1]
        if options.sign:  # on its own: what was given stays in the draft also if it cannot be signed yet
            with lent(signed_in) as lent_session:
                plans.sign(lent_session, view.revision_id, saved.version, merged)
        elif troubles:
            listed = [f"  {each.key} ({each.label}): {each.words}" for each in troubles]
            say("\n".join(["Kept as it is, but to see to before signing:", *listed]))
    status = "signed" if options.sign else "draft"
    document = {"ref": str(child.ref), "kind": options.kind, "version": view.number, "status": status}
    return show(options, document, f"{child.ref} {options.kind} version {view.number}, {status}")


def _typed_already(at: datetime) -> str:
    return (
        f"You have typing of {words.moment(at)} in this draft that is not saved. Nothing was recorded. "
        "Open the plan in the window, keep the typing or discard it, then try again."
    )


def _answers(path: Path, kind: str) -> dict[str, Any]:
    """Return the answers of a JSON file. Raises Problem for anything else, and for a key of no question."""
    from caseapp import intake

    try:
        found = intake.document(intake.content_of(path, intake.JSON_LIMIT))
    except intake.Refused as error:
        raise Problem(f"{path} cannot be taken. {error} Nothing was recorded.") from None
    if not isinstance(found, dict):
        raise Problem(f'{path.name} holds no answers: {{"question": "answer"}}. Nothing was recorded.')
    _check_keys(found, kind)
    return found


def _check_keys(answers: dict[str, Any], kind: str) -> None:
    """Raise Problem for a key that names no question: its answer would be lost without a word."""
    from caseapp.forms import FORMS_BY_KEY
    from caseapp.ssda903_rows import printable

    known = {field.key for form in FORMS_BY_KEY.values() if form.kind == kind for field in form.fields}
    unknown = sorted(answers.keys() - known)
    if unknown:
        named = words.listed([f"“{printable(key)[:60]}”" for key in unknown[:10]])
        raise Problem(f"There is no question {named} in this form. Nothing was recorded. Mend the file.")


def compare_options(parser: argparse.ArgumentParser) -> None:
    """Declare what «compare» may be given."""
    parser.add_argument("kind", type=one_of(*KINDS), metavar="KIND", help=", ".join(KINDS))
    parser.add_argument("child", type=words.tidy, metavar="CHILD")
    parser.add_argument("n", type=number, metavar="N")
    parser.add_argument("m", type=number, metavar="M")


def compare(options: argparse.Namespace) -> int:
    """Say what changed between two versions."""
    from caseapp import children, plan_reading

    with reading(options) as lent_session:
        child = children.one(lent_session, options.child)
        changes = plan_reading.compare(lent_session, child.id, options.kind, options.n, options.m)
    rows = [{"field": each.key, "label": each.label, "was": each.was, "now": each.now} for each in changes]
    text = "\n".join(f"{each.label}\n  was: {each.was or '–'}\n  now: {each.now or '–'}" for each in changes)
    return show(options, rows, text or "No difference.")


def find_options(parser: argparse.ArgumentParser) -> None:
    """Declare what «find» may be given."""
    parser.add_argument("text", type=words.tidy, metavar="TEXT")


def find(options: argparse.Namespace) -> int:
    """Search as the search box does."""
    from caseapp import children, codes

    with reading(options) as lent_session:
        rows = children.find(lent_session, options.text, MOST_FOUND)
    _say_if_cut(len(rows), MOST_FOUND)
    found = [
        {
            "ref": str(row.ref), "name": row.name, "born_on": row.born_on,
            "status": codes.STATUSES[row.status], "worker": row.worker, "next_due_on": row.next_due_on,
        }
        for row in rows
    ]  # fmt: skip
    lines = [
        f"{row.ref}  {row.name}  {written_day(row.born_on)}  {codes.STATUSES[row.status]}  {row.worker}"
        for row in rows
    ]
    return show(options, found, "\n".join(lines) or "No child is found.")


def _say_if_cut(shown: int, most: int) -> None:
    if shown >= most:
        say(f"The first {most} are shown; there may be more.")


def show_options(parser: argparse.ArgumentParser) -> None:
    """Declare what «show» may be given."""
    parser.add_argument("child", type=words.tidy, metavar="CHILD")


def show_child(options: argparse.Namespace) -> int:
    """Show a record's overview."""
    from caseapp import children, overview

    with reading(options) as lent_session:
        view = overview.open_child(lent_session, children.one(lent_session, options.child).id)
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
        "alerts": head.alerts,
        "facts": dict(view.facts),
        "quote": view.quote[0] if view.quote else None,
    }
    lines = [", ".join(filter(None, (head.name, head.age, f"ref {head.ref}", head.status)))]
    lines += [f"Alerts: {head.alerts}"] if head.alerts else []
    lines += [f"{label}: {value}" for label, value in view.facts]
    lines += [f"Due {words.day(each.due_on)}: {each.what} ({each.words})" for each in view.dues]
    lines += [f"{each.title}, version {each.number}, {each.status}" for each in view.plans]
    lines += [f"“{view.quote[0]}” ({view.quote[1]})"] if view.quote else []
    return show(options, document, "\n".join(lines))


def _signed_on(moment: datetime | None) -> date | None:
    return words.london_day(moment) if moment else None


def due_options(parser: argparse.ArgumentParser) -> None:
    """Declare what «due» may be given."""
    whose = parser.add_mutually_exclusive_group()
    whose.add_argument("--worker", type=words.tidy, metavar="W", help="a worker's full name")
    whose.add_argument("--team", nargs="?", const="", type=words.tidy, metavar="T", help="your team")


def due(options: argparse.Namespace) -> int:
    """Say what is due within a year, the earliest first."""
    with reading(options) as lent_session:
        now = lent_session.today
        rows = _dues(lent_session, options, date(now.year + 1, now.month, 1))
    _say_if_cut(len(rows), MOST_DUE)
    document = [
        {
            "child": str(row.ref), "name": row.child, "clock": row.clock, "what": row.what,
            "started_on": row.started_on, "due_on": row.due_on, "days_left": (row.due_on - now).days,
            "working_days_left": row.working_days, "state": row.state,
        }
        for row in rows
    ]  # fmt: skip
    text = "\n".join(
        f"{words.day(row.due_on)}  {row.words:24}  {row.ref}  {row.child}: {row.what}" for row in rows
    )
    return show(options, document, text or "Nothing is due.")


def _dues(lent_session: Session, options: argparse.Namespace, until: date) -> list[Due]:
    """Return what is due: a worker's, one's team's, else one's own; a manager's is all that they see."""
    from caseapp import dates, today
    from db import today as queries
    from db.looks import record_look

    me = lent_session.actor
    if options.worker:
        rows = today.due_until(lent_session, until, worker_id=_worker_id(lent_session, options.worker))
    elif options.team is not None:
        if options.team.casefold() not in ("", me.team.casefold()):
            raise NotFound(f"“{options.team}” is not your team. Yours is {me.team or 'none'}.")
        rows = today.due_until(lent_session, until, team=True)
    elif "manager" in me.roles:  # unallocated children are in no team, and a manager's to see to
        found = queries.open_clocks(lent_session, until, limit=MOST_DUE)
        rules = dates.rules(lent_session)
        rows = [dates.due_row(child, ref, row, lent_session.today, rules) for row, child, ref in found]
    else:
        rows = today.due_until(lent_session, until)
    shown = sorted({row.child_id.hex for row in rows})
    record_look(lent_session, "list", detail={"list": "Due", "ids": shown})
    return rows


def _worker_id(lent_session: Session, name: str) -> UUID:
    from caseapp import people

    named = [each for each in people.workers(lent_session) if each.name.casefold() == name.casefold()]
    if not named:
        raise NotFound(f"There is no worker {name}. Give the full name.")
    if len(named) > 1:
        raise Problem(f"There are {len(named)} workers {name}. Ask for your team's with --team.")
    return named[0].id
