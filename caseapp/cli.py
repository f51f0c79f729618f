"""The command line: arguments to use cases, results to text or JSON, problems to exit codes.

Standard output holds the result alone; messages and progress go to standard error.
"""

from __future__ import annotations

import argparse
import getpass
import json
import os
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from caseapp import words
from db.moments import utc_now
from db.problems import NotFound, NotSaved, Problem, Unclear, Unfinished, WrongKey

if TYPE_CHECKING:
    from caseapp.accounts import SignedIn
    from db.store import Session

Command = Callable[[argparse.Namespace], int]
KINDS = ("early-help", "star", "pep", "pathway-plan")
PRINTS = ("record", "chronology", *KINDS)


def run(typed: list[str]) -> int:
    """Carry out a command line and return its exit code (commands.md: 0 done … 9 someone saved in between)."""
    if typed and typed[0].startswith("test-"):
        from caseapp import trials

        return trials.run(typed[0], typed[1:])
    options = _parser().parse_args(typed)
    try:
        return int(options.command(options))
    except Unfinished as problem:
        _say(problem.words)
        for trouble in problem.fields:
            _say(f"  {trouble[2]}: {trouble[3]}")
        return problem.exit_code
    except Unclear as problem:
        _say(problem.words)
        for ref, said in problem.choices:
            _say(f"  {ref}  {said}")
        return problem.exit_code
    except Problem as problem:
        _say(problem.words)
        return problem.exit_code
    except (KeyboardInterrupt, BrokenPipeError):
        return 1
    except Exception as error:  # noqa: BLE001  # the last place: a reference, no traceback
        return _fault(error)


def _fault(error: Exception) -> int:
    """Say that something of ours went wrong: the kind of error and its place, never its content."""
    reference = secrets.token_hex(2).upper()
    place = error.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    where = f"{Path(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno}" if place else "?"
    _say(
        f"Something went wrong. Nothing was saved. Reference {reference} ({type(error).__name__} at {where})."
    )
    if os.environ.get("CASEAPP_TEST") == "1":
        import traceback

        traceback.print_exc()
    return 1


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def _show(options: argparse.Namespace, document: Any, text: str) -> int:
    print(json.dumps(document, ensure_ascii=False, indent=1, default=_plain) if options.json else text)
    return 0


def _plain(value: Any) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)


def _today() -> date:
    return utc_now().astimezone(words.LONDON).date()


def _day(text: str) -> date:
    try:
        return words.day_from(text, _today())
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


# Signing in


@contextmanager
def _opened(options: argparse.Namespace) -> Iterator[SignedIn]:
    from caseapp import accounts

    store, user = _store(options), options.user or os.environ.get("CASEAPP_USER", "")
    if not user:
        raise Problem("Who are you? Give --user NAME, or set CASEAPP_USER.")
    signed_in = accounts.sign_in(store, user, _password())
    if options.as_of:
        signed_in.store.today = lambda: options.as_of
    try:
        yield signed_in
    finally:
        signed_in.close()


@contextmanager
def _session(options: argparse.Namespace, reason: str = "", purpose: str = "") -> Iterator[Session]:
    with _opened(options) as signed_in, _lent(signed_in, reason, purpose) as session:
        yield session


@contextmanager
def _lent(signed_in: SignedIn, reason: str, purpose: str) -> Iterator[Session]:
    with signed_in.store.session(signed_in.actor, reason, purpose=purpose) as session:
        yield session


def _store(options: argparse.Namespace) -> Path:
    named = options.store or os.environ.get("CASEAPP_STORE")
    if not named:
        raise Problem("Which store? Give --store FILE, or set CASEAPP_STORE.")
    return Path(named)


def _password(prompt: str = "Password: ") -> str:
    given = os.environ.get("CASEAPP_PASSWORD")
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise WrongKey("No password was given. Set CASEAPP_PASSWORD, or run this on a terminal.")
    return getpass.getpass(prompt)


# Stores and accounts


def _new(options: argparse.Namespace) -> int:
    from caseapp import accounts

    made = accounts.make_store(
        Path(options.file),
        user_name=options.user or "",
        name=options.name or options.user or "",
        password=_password("Choose a password (at least 14 letters): "),
    )
    made.signed_in.close()
    _say("Write the recovery key down now: it is shown once. Without it and the password the data are lost.")
    document = {"store": str(options.file), "recovery_key": made.recovery_key}
    return _show(options, document, made.recovery_key)


def _users(options: argparse.Namespace) -> int:
    from caseapp import accounts

    with _opened(options) as signed_in, _lent(signed_in, "Accounts", "users") as session:
        if options.act == "add":
            _need(options.name, "Whom? caseapp users add NAME --role ROLE")
            accounts.add_user(
                session,
                signed_in.keyring,
                user_name=options.name,
                name=options.full_name or options.name,
                password=os.environ.get("CASEAPP_NEW_PASSWORD")
                or getpass.getpass("The new user's password: "),
                roles=options.role or ["practitioner"],
                team=options.team or "",
            )
        elif options.act == "disable":
            _need(options.name, "Whom? caseapp users disable NAME")
            accounts.disable(session, options.name)
        elif options.act == "role":
            _need(options.name and options.role, "Which? caseapp users role NAME --role ROLE")
            accounts.set_roles(session, options.name, options.role)
        rows = accounts.users(session)
    lines = [
        f"{row.user_name}  {row.name}  {', '.join(row.roles)}  {row.team}{'' if row.active else '  (left)'}"
        for row in rows
    ]
    return _show(options, [row._asdict() for row in rows], "\n".join(lines))


def _need(given: object, said: str) -> None:
    if not given:
        raise Problem(said)


def _check(options: argparse.Namespace) -> int:
    from caseapp import upkeep

    with _opened(options) as signed_in:
        report = upkeep.check(signed_in)
    looked = ", ".join(f"{number:,} {what}" for what, number in report.looked_at.items())
    said = [f"{fault.code}: {fault.what} ({fault.where})" for fault in report.faults]
    text = "\n".join([f"Looked at {looked}.", *said, "Sound." if not said else f"{len(said)} found."])
    document = {
        "sound": not report.faults,
        "looked_at": report.looked_at,
        "problems": [fault._asdict() for fault in report.faults],
    }
    _show(options, document, text)
    return 4 if report.faults else 0


def _backup(options: argparse.Namespace) -> int:
    from caseapp import upkeep

    with _opened(options) as signed_in:
        made = upkeep.back_up(signed_in, Path(options.file))
    text = f"{made.path}: {made.rows:,} rows, opened and compared."
    return _show(options, {"file": str(made.path), "rows": made.rows, "made_at": made.made_at}, text)


def _restore(options: argparse.Namespace) -> int:
    from caseapp import upkeep

    user = options.user or os.environ.get("CASEAPP_USER", "")
    made = upkeep.restore(Path(options.file), Path(options.to), user, _password())
    text = f"{made.path}: {made.rows:,} rows, as backed up at {made.made_at}."
    return _show(options, {"store": str(made.path), "rows": made.rows, "made_at": made.made_at}, text)


def _import(options: argparse.Namespace) -> int:
    from caseapp import imports

    with _session(options, f"Import of {options.format}", "import") as session:
        done = imports.import_ssda903(session, Path(options.path), _progress, dry_run=options.dry_run)
    refused = [f"{row.file} line {row.line}, {row.column}: {row.reason}" for row in done.refused]
    taken = ", ".join(f"{number:,} {table}" for table, number in done.taken.items())
    would = "would be taken" if options.dry_run else "taken"
    text = "\n".join(
        [
            *refused,
            f"{words.count(done.children, 'child', 'children')}; {would}: {taken}; {len(refused):,} refused.",
        ]
    )
    document = {
        "children": done.children,
        "taken": done.taken,
        "refused": [row._asdict() for row in done.refused],
    }
    return _show(options, document, text)


def _progress(done: int, of: int) -> None:
    if sys.stderr.isatty() and of:
        filled = 30 * done // of
        print(f"\r[{'#' * filled}{'.' * (30 - filled)}] {done:,} of {of:,}", end="", file=sys.stderr)
        if done >= of:
            print(file=sys.stderr)


# Children and plans


def _add(options: argparse.Namespace) -> int:
    from caseapp import children

    *given, family = options.name.split() or [""]
    new = children.NewChild(" ".join(given), family, options.born, postcode=options.postcode or "")
    with _session(options) as session:
        matches = [] if options.anyway else children.likely_matches(session, new)
        if matches:
            listed = [f"  {row.ref}  {row.name}, born {_born(row.born_on)}" for row in matches]
            _say("\n".join(["Nothing was added. Is it one of these? If not, add --anyway.", *listed]))
            return 2
        made = children.register(session, new)
    return _show(options, {"ref": str(made.ref)}, str(made.ref))


def _born(day: date | None) -> str:
    return words.day(day) if day else "not known"


def _record(options: argparse.Namespace) -> int:
    from caseapp import children, plans

    answers = _answers(Path(options.file))
    with _opened(options) as signed_in:
        with _lent(signed_in, "", "") as session:
            child = children.one(session, options.child)
            revision_id = plans.start(session, child.id, options.kind)
        with _lent(signed_in, "", "") as session:
            opened = plans.open_plan(session, revision_id)
            merged = opened.answers | answers
            saved = plans.save(session, revision_id, opened.version, merged)
        if options.sign:
            with _lent(signed_in, "", "") as session:
                plans.sign(session, revision_id, saved.version, merged)
    status = "signed" if options.sign else "draft"
    document = {"ref": str(child.ref), "kind": options.kind, "version": opened.number, "status": status}
    return _show(options, document, f"{child.ref} {options.kind} version {opened.number}, {status}")


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


def _compare(options: argparse.Namespace) -> int:
    from caseapp import children, plans

    with _session(options) as session:
        child = children.one(session, options.child)
        changes = plans.compare(session, child.id, options.kind, options.n, options.m)
    rows = [{"field": each.key, "label": each.label, "was": each.was, "now": each.now} for each in changes]
    text = "\n".join(f"{each.label}\n  was: {each.was or '–'}\n  now: {each.now or '–'}" for each in changes)
    return _show(options, rows, text or "No difference.")


def _find(options: argparse.Namespace) -> int:
    from caseapp import children, codes

    with _session(options) as session:
        rows = children.find(session, options.text, 50)
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
    lines = [f"{row.ref}  {row.name}  {_born(row.born_on)}  {row.status}  {row.worker}" for row in rows]
    return _show(options, found, "\n".join(lines) or "No child is found.")


def _show_child(options: argparse.Namespace) -> int:
    from caseapp import children

    with _session(options) as session:
        view = children.open_child(session, children.one(session, options.child).id)
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
    return _show(options, document, "\n".join(lines))


def _signed_on(moment: datetime | None) -> date | None:
    return moment.astimezone(words.LONDON).date() if moment else None


def _print(options: argparse.Namespace) -> int:
    from caseapp import prints

    if options.blank:
        if options.kind not in KINDS:
            raise Problem(f"There is no blank paper of a {options.kind}. Choose one of {', '.join(KINDS)}.")
        return _written(options, prints.blank_pdf(options.kind, large=options.large))
    if not options.child:
        raise Problem("Whose? caseapp print KIND CHILD --out FILE.pdf")
    with _session(options) as session:
        pdf = _child_pdf(session, options)
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
    return _show(options, {"file": str(path), "bytes": len(pdf)}, str(path))


def _due(options: argparse.Namespace) -> int:
    from caseapp import people, today

    with _session(options) as session:
        until = date(session.today.year + 1, session.today.month, 1)
        if options.worker:
            named = [
                row for row in people.workers(session) if row.name.casefold() == options.worker.casefold()
            ]
            if not named:
                raise NotFound(f"There is no worker {options.worker}.")
            rows = today.due_until(session, until, worker_id=named[0].id)
        else:
            rows = today.due_until(session, until, team=bool(options.team))
        now = session.today
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
    return _show(options, document, text or "Nothing is due.")


# Clocks: no store, no SQLAlchemy


def _clock(options: argparse.Namespace) -> int:
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
    return _show(options, document, due.isoformat())


def _clocks(options: argparse.Namespace) -> int:
    from caseapp import clocks

    document = [
        {"clock": each.id, "name": each.name, "limit": each.limit, "source": each.source, "local": each.local}
        for each in clocks.CLOCKS
    ]
    lines = [
        f"{each.id:4} {each.limit:8} {'local' if each.local else '     '}  {each.name} ({each.source})"
        for each in clocks.CLOCKS
    ]
    return _show(options, document, "\n".join(lines))


def _demo(options: argparse.Namespace) -> int:
    import tempfile

    from caseapp import demo

    folder = Path(options.folder) if options.folder else Path(tempfile.mkdtemp(prefix="caseapp-demo-"))
    made = demo.make_demo(
        folder,
        children=options.children,
        seed=options.seed,
        as_of=options.as_of or _today(),
        progress=_progress,
    )
    document = {
        "store": str(made.store),
        "recovery_key": made.recovery_key,
        "users": [
            {"name": each.user_name, "role": each.role, "password": each.password} for each in made.users
        ],
        "printed": [
            {"kind": each.kind, "child": each.child, "file": str(each.file)} for each in made.printed
        ],
    }
    lines = [f"Store: {made.store}", f"Recovery key: {made.recovery_key}", "", "Users:"]
    lines += [f"  {each.user_name:8} {each.role:28} {each.password}" for each in made.users]
    lines += ["", "Printed:", *(f"  {each.kind:14} {each.child:24} {each.file}" for each in made.printed)]
    _show(options, document, "\n".join(lines))
    if options.no_window:
        return 0
    from caseapp import accounts
    from caseapp.__main__ import open_window

    first = next(each for each in made.users if "practitioner" in each.role.casefold())
    signed_in = accounts.sign_in(made.store, first.user_name, first.password, window=True)
    return open_window(made.store, signed_in)


# Arguments


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--store", metavar="FILE", help="the store (or CASEAPP_STORE)")
    common.add_argument("--user", metavar="NAME", help="the user (or CASEAPP_USER)")
    common.add_argument("--as-of", type=_day, metavar="DATE", help="the day that counts as today")
    common.add_argument("--json", action="store_true", help="one JSON document on standard output")
    parser = argparse.ArgumentParser(
        "caseapp",
        description="Case management for English children's services. Without a command: the window.",
        parents=[common],
    )
    parser.set_defaults(store=None, user=None, as_of=None, json=False)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, does: Command, said: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=said, description=said, parents=[common])
        made.set_defaults(command=does)
        return made

    _add_store_commands(command)
    _add_child_commands(command)
    return parser


def _add_store_commands(command: Callable[[str, Command, str], argparse.ArgumentParser]) -> None:
    demo = command("demo", _demo, "make a store of invented families and open it")
    demo.add_argument("folder", nargs="?", metavar="FOLDER")
    demo.add_argument("--children", type=int, default=40, metavar="N", help="how many families")
    demo.add_argument("--seed", type=int, default=1, metavar="N")
    demo.add_argument("--no-window", action="store_true")
    new = command("new", _new, "make an empty store and its first user")
    new.add_argument("file", metavar="STORE")
    new.add_argument("--name", metavar="FULL NAME")
    importing = command("import", _import, "bring a national file set in")
    importing.add_argument("format", choices=["ssda903"])
    importing.add_argument("path", metavar="FOLDER")
    importing.add_argument("--dry-run", action="store_true")
    command("check", _check, "is the store sound?")
    backup = command("backup", _backup, "write one file that was opened and compared")
    backup.add_argument("file", metavar="FILE")
    restore = command("restore", _restore, "bring a backup back")
    restore.add_argument("file", metavar="FILE")
    restore.add_argument("--to", required=True, metavar="STORE")
    users = command("users", _users, "accounts")
    users.add_argument("act", nargs="?", choices=["list", "add", "disable", "role"], default="list")
    users.add_argument("name", nargs="?", metavar="NAME")
    users.add_argument("--full-name")
    users.add_argument("--role", action="append", metavar="ROLE")
    users.add_argument("--team", metavar="TEAM")
    clock = command("clock", _clock, "the date a clock falls due")
    clock.add_argument("id", metavar="ID")
    clock.add_argument("start", type=_day, metavar="DATE")
    command("clocks", _clocks, "all clocks with limit and source")


def _add_child_commands(command: Callable[[str, Command, str], argparse.ArgumentParser]) -> None:
    add = command("add", _add, "register a child")
    add.add_argument("name", metavar="NAME")
    add.add_argument("--born", type=_day, required=True, metavar="DATE")
    add.add_argument("--postcode")
    add.add_argument("--anyway", action="store_true", help="although likely matches are on file")
    record = command("record", _record, "answers into a child's draft")
    record.add_argument("kind", choices=KINDS)
    record.add_argument("child", metavar="CHILD")
    record.add_argument("file", metavar="FILE.json")
    record.add_argument("--sign", action="store_true")
    compare = command("compare", _compare, "two versions of a plan")
    compare.add_argument("kind", choices=KINDS)
    compare.add_argument("child", metavar="CHILD")
    compare.add_argument("n", type=int, metavar="N")
    compare.add_argument("m", type=int, metavar="M")
    find = command("find", _find, "search as the search box does")
    find.add_argument("text", metavar="TEXT")
    show = command("show", _show_child, "a record's overview")
    show.add_argument("child", metavar="CHILD")
    printing = command("print", _print, "a document as PDF")
    printing.add_argument("kind", choices=PRINTS)
    printing.add_argument("child", nargs="?", metavar="CHILD")
    printing.add_argument("--out", required=True, metavar="FILE.pdf")
    printing.add_argument("--version", type=int, metavar="N")
    printing.add_argument("--large", action="store_true")
    printing.add_argument("--blank", action="store_true")
    due = command("due", _due, "what is due, overdue first")
    due.add_argument("--worker", metavar="W")
    due.add_argument("--team", action="store_true")
