"""Commands about a store as a whole: make, import, check, back up, restore, users, demo. And the clocks."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from caseapp import words
from caseapp.cli_parts import (
    Window,
    day,
    lent,
    new_password,
    number,
    one_of,
    opened,
    password,
    progress,
    say,
    session,
    show,
    store,
    today,
    user,
)
from db.problems import NotFound, Problem
from db.roles import ROLES

if TYPE_CHECKING:
    from caseapp.accounts import SignedIn
    from caseapp.demo import Demo
    from caseapp.imports import Imported
    from db.store import Session

ACTS = ("add", "disable", "role", "rekey")


def new_options(parser: argparse.ArgumentParser) -> None:
    """Declare what «new» may be given."""
    parser.add_argument("file", metavar="STORE")
    parser.add_argument("--name", type=words.tidy, metavar="FULL NAME", help="the first user's full name")


def new(options: argparse.Namespace) -> int:
    """Make an empty store and its first user."""
    from caseapp import accounts

    user_name = user(options)
    made = accounts.make_store(
        Path(options.file),
        user_name=user_name,
        name=options.name or user_name,
        password=new_password("CASEAPP_PASSWORD", "Choose a password, at least 14 letters: "),
    )
    made.signed_in.close()
    say("Write the recovery key down now: it is shown once. Without it and the password the data are lost.")
    document = {"store": str(options.file), "recovery_key": made.recovery_key}
    return show(options, document, made.recovery_key)


def users_options(parser: argparse.ArgumentParser) -> None:
    """Declare what «users» may be given."""
    parser.add_argument("act", nargs="?", type=one_of("list", *ACTS), default="list", metavar="ACT",
                       help="list, add, disable, role, or rekey: change all keys")  # fmt: skip
    parser.add_argument("name", nargs="?", type=words.tidy, metavar="NAME")
    parser.add_argument("--full-name", type=words.tidy, metavar="NAME")
    parser.add_argument("--role", action="append", metavar="ROLE", help="may be given several times")
    parser.add_argument("--team", type=words.tidy, metavar="TEAM")
    parser.add_argument("--job", type=words.tidy, metavar="JOB")
    parser.add_argument("--keep-keys", action="store_true", help="disable: change the keys later")


def users(options: argparse.Namespace) -> int:
    """List the users, or add, disable or change one; who leaves takes no key along that still opens."""
    from caseapp import rekeying, user_accounts

    if options.act in ACTS and options.act != "rekey" and not options.name:
        raise Problem(f"Whom? caseapp users {options.act} NAME")
    if options.act == "role" and not options.role:
        raise Problem(f"Which role? One or more --role of {', '.join(ROLES)}.")
    with _opened_for(options) as signed_in:
        # Asked for before there is a session: nobody should wait for somebody who types.
        chosen = (
            new_password("CASEAPP_NEW_PASSWORD", "The new user's password: ") if options.act == "add" else ""
        )
        with lent(signed_in, "Accounts", "users") as lent_session:
            _change_users(options, lent_session, signed_in, chosen)
            rows = user_accounts.users(lent_session)
        if options.act in ("disable", "rekey") and not options.keep_keys:
            rekeying.change_keys(signed_in)
            say("All keys are changed. Passwords and the recovery key stay as they were.")
    lines = [
        f"{row.user_name}  {row.name}  {', '.join(row.roles)}  {row.team}{'' if row.active else '  (left)'}"
        for row in rows
    ]
    return show(options, [row._asdict() for row in rows], "\n".join(lines))


@contextmanager
def _opened_for(options: argparse.Namespace) -> Iterator[SignedIn]:
    """Sign in; alone where all keys change, and only if they can."""
    from caseapp import accounts, rekeying

    if options.act not in ("disable", "rekey") or options.keep_keys:
        with opened(options) as signed_in:
            yield signed_in
        return
    with closing(accounts.sign_in(store(options), user(options), password(), window=True)) as signed_in:
        if said := rekeying.refusal(rekeying.standing(signed_in, options.name or "")):
            raise Problem(f"{said} With --keep-keys a user is disabled, and the keys change later.")
        yield signed_in


def _change_users(
    options: argparse.Namespace, lent_session: Session, signed_in: SignedIn, chosen: str
) -> None:
    from caseapp import user_accounts

    if options.act == "add":
        user_accounts.add_user(
            lent_session,
            signed_in.keyring,
            user_name=options.name,
            name=options.full_name or options.name,
            password=chosen,
            roles=options.role or ["practitioner"],
            team=options.team or "",
            job=options.job or "",
        )
    elif options.act == "disable":
        user_accounts.disable(lent_session, options.name)
    elif options.act == "role":
        user_accounts.set_roles(lent_session, options.name, options.role)


def check(options: argparse.Namespace) -> int:
    """Say whether the store is sound; exit code 4 if not."""
    from caseapp import soundness

    with opened(options) as signed_in:
        report = soundness.whole(signed_in)
    looked = ", ".join(_counted(number, what) for what, number in report.looked_at.items())
    said = [f"{fault.code}: {fault.what} ({fault.where})" for fault in report.faults]
    end = f"{len(said)} found. {' '.join(soundness.in_words(report.faults))}" if said else "Sound."
    text = "\n".join([f"Looked at {looked}.", *said, end])
    document = {
        "sound": not report.faults,
        "looked_at": report.looked_at,
        "problems": [fault._asdict() for fault in report.faults],
    }
    show(options, document, text)
    return 4 if report.faults else 0


def _counted(number: int, things: str) -> str:
    one = f"{things.removesuffix('ies')}y" if things.endswith("ies") else things.removesuffix("s")
    return words.count(number, one, things)


def backup_options(parser: argparse.ArgumentParser) -> None:
    """Declare what «backup» may be given."""
    parser.add_argument("file", metavar="FILE")


def backup(options: argparse.Namespace) -> int:
    """Write a backup that was opened and compared."""
    from caseapp import upkeep

    with opened(options) as signed_in:
        made = upkeep.back_up(signed_in, Path(options.file))
    text = f"{made.path}: {made.rows:,} rows, opened and compared."
    return show(options, {"file": str(made.path), "rows": made.rows, "made_at": made.made_at}, text)


def restore_options(parser: argparse.ArgumentParser) -> None:
    """Declare what «restore» may be given."""
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--to", required=True, metavar="STORE")


def restore(options: argparse.Namespace) -> int:
    """Bring a backup back to a place where no store is."""
    from caseapp import upkeep

    made = upkeep.restore(Path(options.file), Path(options.to), user(options), password())
    text = f"{made.path}: {made.rows:,} rows, as backed up at {made.made_at}."
    return show(options, {"store": str(made.path), "rows": made.rows, "made_at": made.made_at}, text)


def import_set(options: argparse.Namespace) -> int:
    """Bring a national file set in; every refused row is named."""
    from caseapp import imports

    with session(options, f"Import of {options.format}", "import") as lent_session:
        done = imports.import_ssda903(lent_session, Path(options.path), progress, dry_run=options.dry_run)
    document = {
        "year": done.year,
        "dry_run": options.dry_run,
        "children": done.children,
        "new_children": done.new_children,
        "taken": done.taken,
        "refused": [row._asdict() for row in done.refused],
    }
    return show(options, document, _import_words(done, options.dry_run))


def _import_words(done: Imported, dry_run: bool) -> str:
    lines = [
        f"{row.file} line {row.line}{f', {row.column}' if row.column else ''}: {row.reason}"
        for row in done.refused
    ]
    taken = ", ".join(f"{rows:,} {table}" for table, rows in done.taken.items())
    lines += [
        f"The return of the year to 31 March {done.year}: {words.count(done.children, 'child', 'children')}, "
        f"{done.new_children:,} of them new.",
        f"{'Would be taken' if dry_run else 'Taken'}: {taken}. Refused: {len(done.refused):,}.",
    ]
    return "\n".join([*lines, *(["Nothing was stored."] if dry_run else [])])


def demo_options(parser: argparse.ArgumentParser) -> None:
    """Declare what «demo» may be given."""
    parser.add_argument("folder", nargs="?", metavar="FOLDER", help="where; else a new temporary folder")
    parser.add_argument("--children", type=number, metavar="N", help="how many, in whole families")
    parser.add_argument("--seed", type=number, default=1, metavar="N", help="another number, other families")
    parser.add_argument("--no-window", action="store_true", help="only make it")


def demo(options: argparse.Namespace) -> int:
    """Make a store of invented families, print some of it, and open it."""
    import tempfile

    from caseapp import demo as families

    folder = Path(options.folder) if options.folder else Path(tempfile.mkdtemp(prefix="caseapp-demo-"))
    made = families.make_demo(
        folder,
        children=options.children or families.CHILDREN,
        seed=options.seed,
        as_of=options.as_of or today(),
        progress=progress,
    )
    _show_demo(options, made)
    if options.no_window or not options.window:
        return 0
    return _open_demo(made, options.window)


def _show_demo(options: argparse.Namespace, made: Demo) -> None:
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
    lines += ["", "Printed:", *(f"  {each.kind:26} {each.child:24} {each.file}" for each in made.printed)]
    show(options, document, "\n".join(lines))


def _open_demo(made: Demo, window: Window) -> int:
    from caseapp import accounts

    first = next(each for each in made.users if "practitioner" in each.role.casefold())
    signed_in = accounts.sign_in(made.store, first.user_name, first.password, window=True)
    return window(made.store, signed_in)


def clock_options(parser: argparse.ArgumentParser) -> None:
    """Declare what «clock» may be given."""
    parser.add_argument("id", metavar="ID")
    parser.add_argument("start", type=day, metavar="DATE")


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
