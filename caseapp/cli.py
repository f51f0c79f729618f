"""The command line: arguments to use cases, results to text or JSON, problems to exit codes.

Standard output holds the result alone; messages and progress go to standard error.
"""

from __future__ import annotations

import argparse
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from caseapp import cli_child, cli_store
from caseapp.cli_parts import day, say
from db.problems import Problem, Unclear, Unfinished

Command = Callable[[argparse.Namespace], int]


def run(typed: list[str]) -> int:
    """Carry out a command line and return its exit code (0 done … 9 someone saved in between)."""
    if typed and typed[0].startswith("test-"):
        from caseapp import trials

        return trials.run(typed[0], typed[1:])
    options = _parser().parse_args(typed)
    try:
        return int(options.command(options))
    except Unfinished as problem:
        say(problem.words)
        for trouble in problem.fields:
            say(f"  {trouble[2]}: {trouble[3]}")
        return problem.exit_code
    except Unclear as problem:
        say(problem.words)
        for ref, said in problem.choices:
            say(f"  {ref}  {said}")
        return problem.exit_code
    except Problem as problem:
        say(problem.words)
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
    say(
        f"Something went wrong. Nothing was saved. Reference {reference} ({type(error).__name__} at {where})."
    )
    if os.environ.get("CASEAPP_TEST") == "1":
        import traceback

        traceback.print_exc()
    return 1


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--store", metavar="FILE", help="the store (or CASEAPP_STORE)")
    common.add_argument("--user", metavar="NAME", help="the user (or CASEAPP_USER)")
    common.add_argument("--as-of", type=day, metavar="DATE", help="the day that counts as today")
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
    demo = command("demo", cli_store.demo, "make a store of invented families and open it")
    demo.add_argument("folder", nargs="?", metavar="FOLDER")
    demo.add_argument("--children", type=int, default=40, metavar="N", help="how many families")
    demo.add_argument("--seed", type=int, default=1, metavar="N")
    demo.add_argument("--no-window", action="store_true")
    new = command("new", cli_store.new, "make an empty store and its first user")
    new.add_argument("file", metavar="STORE")
    new.add_argument("--name", metavar="FULL NAME")
    importing = command("import", cli_store.import_set, "bring a national file set in")
    importing.add_argument("format", choices=["ssda903"])
    importing.add_argument("path", metavar="FOLDER")
    importing.add_argument("--dry-run", action="store_true")
    command("check", cli_store.check, "is the store sound?")
    backup = command("backup", cli_store.backup, "write one file that was opened and compared")
    backup.add_argument("file", metavar="FILE")
    restore = command("restore", cli_store.restore, "bring a backup back")
    restore.add_argument("file", metavar="FILE")
    restore.add_argument("--to", required=True, metavar="STORE")
    users = command("users", cli_store.users, "accounts")
    users.add_argument("act", nargs="?", choices=["list", "add", "disable", "role"], default="list")
    users.add_argument("name", nargs="?", metavar="NAME")
    users.add_argument("--full-name")
    users.add_argument("--role", action="append", metavar="ROLE")
    users.add_argument("--team", metavar="TEAM")
    clock = command("clock", cli_child.clock, "the date a clock falls due")
    clock.add_argument("id", metavar="ID")
    clock.add_argument("start", type=day, metavar="DATE")
    command("clocks", cli_child.clocks, "all clocks with limit and source")


def _add_child_commands(command: Callable[[str, Command, str], argparse.ArgumentParser]) -> None:
    add = command("add", cli_child.add, "register a child")
    add.add_argument("name", metavar="NAME")
    add.add_argument("--born", type=day, required=True, metavar="DATE")
    add.add_argument("--postcode")
    add.add_argument("--anyway", action="store_true", help="although likely matches are on file")
    record = command("record", cli_child.record, "answers into a child's draft")
    record.add_argument("kind", choices=cli_child.KINDS)
    record.add_argument("child", metavar="CHILD")
    record.add_argument("file", metavar="FILE.json")
    record.add_argument("--sign", action="store_true")
    compare = command("compare", cli_child.compare, "two versions of a plan")
    compare.add_argument("kind", choices=cli_child.KINDS)
    compare.add_argument("child", metavar="CHILD")
    compare.add_argument("n", type=int, metavar="N")
    compare.add_argument("m", type=int, metavar="M")
    find = command("find", cli_child.find, "search as the search box does")
    find.add_argument("text", metavar="TEXT")
    show = command("show", cli_child.show_child, "a record's overview")
    show.add_argument("child", metavar="CHILD")
    printing = command("print", cli_child.print_pdf, "a document as PDF")
    printing.add_argument("kind", choices=cli_child.PRINTS)
    printing.add_argument("child", nargs="?", metavar="CHILD")
    printing.add_argument("--out", required=True, metavar="FILE.pdf")
    printing.add_argument("--version", type=int, metavar="N")
    printing.add_argument("--large", action="store_true")
    printing.add_argument("--blank", action="store_true")
    due = command("due", cli_child.due, "what is due, overdue first")
    due.add_argument("--worker", metavar="W")
    due.add_argument("--team", action="store_true")
