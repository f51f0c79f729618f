"""Commands about a store as a whole: make, import, check, back up, restore, users, demo."""

from __future__ import annotations

import argparse
import getpass
import os
from pathlib import Path

from caseapp import words
from caseapp.cli_parts import lent, opened, password, progress, say, session, show, today
from db.problems import Problem


def new(options: argparse.Namespace) -> int:
    """Make an empty store and its first user."""
    from caseapp import accounts

    made = accounts.make_store(
        Path(options.file),
        user_name=options.user or "",
        name=options.name or options.user or "",
        password=password("Choose a password (at least 14 letters): "),
    )
    made.signed_in.close()
    say("Write the recovery key down now: it is shown once. Without it and the password the data are lost.")
    document = {"store": str(options.file), "recovery_key": made.recovery_key}
    return show(options, document, made.recovery_key)


def users(options: argparse.Namespace) -> int:
    """List the users, or add, disable or change one."""
    from caseapp import accounts

    with opened(options) as signed_in, lent(signed_in, "Accounts", "users") as lent_session:
        if options.act == "add":
            _need(options.name, "Whom? caseapp users add NAME --role ROLE")
            accounts.add_user(
                lent_session,
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
            accounts.disable(lent_session, options.name)
        elif options.act == "role":
            _need(options.name and options.role, "Which? caseapp users role NAME --role ROLE")
            accounts.set_roles(lent_session, options.name, options.role)
        rows = accounts.users(lent_session)
    lines = [
        f"{row.user_name}  {row.name}  {', '.join(row.roles)}  {row.team}{'' if row.active else '  (left)'}"
        for row in rows
    ]
    return show(options, [row._asdict() for row in rows], "\n".join(lines))


def _need(given: object, said: str) -> None:
    if not given:
        raise Problem(said)


def check(options: argparse.Namespace) -> int:
    """Say whether the store is sound; exit code 4 if not."""
    from caseapp import upkeep

    with opened(options) as signed_in:
        report = upkeep.check(signed_in)
    looked = ", ".join(f"{number:,} {what}" for what, number in report.looked_at.items())
    said = [f"{fault.code}: {fault.what} ({fault.where})" for fault in report.faults]
    text = "\n".join([f"Looked at {looked}.", *said, "Sound." if not said else f"{len(said)} found."])
    document = {
        "sound": not report.faults,
        "looked_at": report.looked_at,
        "problems": [fault._asdict() for fault in report.faults],
    }
    show(options, document, text)
    return 4 if report.faults else 0


def backup(options: argparse.Namespace) -> int:
    """Write a backup that was opened and compared."""
    from caseapp import upkeep

    with opened(options) as signed_in:
        made = upkeep.back_up(signed_in, Path(options.file))
    text = f"{made.path}: {made.rows:,} rows, opened and compared."
    return show(options, {"file": str(made.path), "rows": made.rows, "made_at": made.made_at}, text)


def restore(options: argparse.Namespace) -> int:
    """Bring a backup back to a place where no store is."""
    from caseapp import upkeep

    user = options.user or os.environ.get("CASEAPP_USER", "")
    made = upkeep.restore(Path(options.file), Path(options.to), user, password())
    text = f"{made.path}: {made.rows:,} rows, as backed up at {made.made_at}."
    return show(options, {"store": str(made.path), "rows": made.rows, "made_at": made.made_at}, text)


def import_set(options: argparse.Namespace) -> int:
    """Bring a national file set in; every refused row is named."""
    from caseapp import imports

    with session(options, f"Import of {options.format}", "import") as lent_session:
        done = imports.import_ssda903(lent_session, Path(options.path), progress, dry_run=options.dry_run)
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
    return show(options, document, text)


def demo(options: argparse.Namespace) -> int:
    """Make a store of invented families, print some of it, and open it."""
    import tempfile

    from caseapp import demo

    folder = Path(options.folder) if options.folder else Path(tempfile.mkdtemp(prefix="caseapp-demo-"))
    made = demo.make_demo(
        folder,
        children=options.children,
        seed=options.seed,
        as_of=options.as_of or today(),
        progress=progress,
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
    show(options, document, "\n".join(lines))
    if options.no_window:
        return 0
    from caseapp import accounts
    from caseapp.__main__ import open_window

    first = next(each for each in made.users if "practitioner" in each.role.casefold())
    signed_in = accounts.sign_in(made.store, first.user_name, first.password, window=True)
    return open_window(made.store, signed_in)
