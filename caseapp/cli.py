"""The command line: arguments to use cases, results to text or JSON, problems to exit codes.

Standard output holds the result alone; messages and progress go to standard error.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from caseapp import (
    cli_caseload,
    cli_child,
    cli_export,
    cli_help,
    cli_report,
    cli_returns,
    cli_school,
    cli_school_files,
    cli_stars,
    cli_store,
    cli_voice,
    faults,
    places,
    trials,
    words,
)
from caseapp.cli_parts import Window, day, number, one_of, say
from caseapp.codes import STATUSES
from db.problems import Problem, Unclear, Unfinished

Command = Callable[[argparse.Namespace], int]

STOPPED = 130  # as shells have it for Ctrl+C

IMPORTS: dict[str, Command] = {
    "ssda903": cli_store.import_set, "star-readings": cli_stars.import_readings,
    "star-pack": cli_stars.import_pack, "school-csv": cli_school_files.import_csv,
    "pep": cli_school_files.import_pep,
}  # fmt: skip


EXPORTS: dict[str, Command] = {
    "csv": cli_export.export_csv, "json": cli_export.export_json,
    "ssda903": cli_returns.export_return, "pep": cli_school_files.export_pep,
}  # fmt: skip


def export_any(options: argparse.Namespace) -> int:
    """Write a file or a set of files of the format named."""
    return EXPORTS[options.format](options)


def import_any(options: argparse.Namespace) -> int:
    """Bring in a file of the format named."""
    return IMPORTS[options.format](options)


# What these write bears the real day, so that nobody dates a record back by an option.
WRITERS: tuple[Command, ...] = (
    cli_child.add, cli_child.record, cli_help.early_help, cli_stars.licence, cli_store.users,
    import_any,
)  # fmt: skip


def run(typed: list[str], window: Window | None = None) -> int:
    """Carry out a command line and return its exit code (0 done … 9 someone saved in between).

    `window` opens the window where a command ends in one; it is handed in, as it knows of commands itself.
    """
    try:
        return _carried_out(typed, window)
    except Problem as problem:
        say("\n".join([problem.words, *_details(problem)]))
        return problem.exit_code
    except BrokenPipeError:
        return 0  # the reader has had enough, as `head` has
    except OSError as error:
        what = f" {Path(error.filename).name}" if isinstance(error.filename, str) else ""
        said = f"A file could not be read or written:{what} {error.strerror}."
        say(f"{said} What was saved before is safe. Check its place, then try again.")
        return 3
    except (KeyboardInterrupt, EOFError):
        say("Stopped. What was under way was not saved.")
        return STOPPED
    except Exception as error:  # noqa: BLE001  # the last place: a reference, no traceback
        return _fault(error)


def _carried_out(typed: list[str], window: Window | None) -> int:
    if typed[:1] == ["help"]:
        typed = [*typed[1:], "--help"]
    if os.environ.get("CASEAPP_TEST") == "1" and (name := trials.named(typed)):
        return trials.run(name, [each for each in typed if each != name])
    unset = argparse.Namespace(store=None, user=None, as_of=None, json=False, window=window)
    options = _parser().parse_args(typed, unset)
    only_shows = getattr(options, "act", "") == "show"
    if options.as_of and options.command in WRITERS and not only_shows:
        raise Problem("--as-of is for looking and printing. Nothing was changed: leave it out here.")
    return int(options.command(options))


def _details(problem: Problem) -> list[str]:
    """Return what follows a problem's sentence, a line each: the answers at fault, the children meant."""
    if isinstance(problem, Unfinished):
        return [f"  {key} ({label}): {said}" for _, key, label, said in problem.fields]
    if isinstance(problem, Unclear):
        return [f"  {ref}  {said}" for ref, said in problem.choices]
    return []


def _fault(error: Exception) -> int:
    """Say that something of ours went wrong: the kind of error and its places, never its words."""
    faults.keep_log(places.log_folder())
    reference, at = faults.logged(error), faults.places_of(error, 4)
    say(
        "Something went wrong inside the program. What was saved before is safe; what was under way was not "
        "saved. Try it again. If it happens again, tell whoever looks after the program: "
        f"Reference {reference} ({type(error).__name__} at {at})."
    )
    return 1


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are sentences."""

    def error(self, message: str) -> NoReturn:
        """Raise Problem with argparse's complaint in plain words."""
        for pattern, sentence in _COMPLAINTS:
            if found := re.match(pattern, message):
                message = sentence.format(*found.groups())
                break
        raise Problem(f"{message.rstrip('.')}. Nothing was done. {self.prog} --help shows how it goes.")


_COMPLAINTS = (
    (r"argument COMMAND: invalid choice: '?([^' ]*)", "There is no command “{}”"),
    (r"argument (\S+): expected .*", "{} needs something after it"),
    (r"argument (.*)", "{}"),
    (r"the following arguments are required: (.*)", "What is missing: {}"),
    (r"unrecognized arguments: (.*)", "Not understood: {}"),
)


class _Version(argparse.Action):
    """Prints the program's version."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        """Print and end. Reading the version costs more than most commands, so it is read only here."""
        from importlib.metadata import version

        sys.stdout.write(f"caseapp {version('caseapp')}\n")
        parser.exit()


def _parser() -> argparse.ArgumentParser:
    # Nothing is set unless typed: what stands before the command is not undone by what follows it.
    common = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--store", metavar="FILE", help="the store (or CASEAPP_STORE)")
    common.add_argument("--user", type=words.tidy, metavar="NAME", help="the user (or CASEAPP_USER)")
    common.add_argument("--as-of", type=day, metavar="DATE", help="the day that counts as today")
    common.add_argument("--json", action="store_true", help="one JSON document on standard output")
    parser = _Parser(
        "caseapp",
        description="Case management for English children's services. Without a command, or with the name of "
        "a store alone, the window opens.",
        epilog="The password is asked for, or read from CASEAPP_PASSWORD. CHILD is a reference, id or name.",
        parents=[common],
        allow_abbrev=False,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the program's version")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, does: Command, said: str) -> argparse.ArgumentParser:
        made = commands.add_parser(
            name, help=said, description=f"{said[0].upper()}{said[1:]}.", parents=[common], allow_abbrev=False
        )
        made.set_defaults(command=does)
        return made

    _add_store_commands(command)
    _add_child_commands(command)
    _add_help_commands(command)
    return parser


def _add_store_commands(command: Callable[[str, Command, str], argparse.ArgumentParser]) -> None:
    demo = command("demo", cli_store.demo, "make a store of invented families and open it")
    demo.add_argument("folder", nargs="?", metavar="FOLDER", help="where; else a new temporary folder")
    demo.add_argument("--children", type=number, metavar="N", help="how many, in whole families")
    demo.add_argument("--seed", type=number, default=1, metavar="N", help="another number, other families")
    demo.add_argument("--no-window", action="store_true", help="only make it")
    new = command("new", cli_store.new, "make an empty store and its first user")
    new.add_argument("file", metavar="STORE")
    new.add_argument("--name", type=words.tidy, metavar="FULL NAME", help="the first user's full name")
    importing = command("import", import_any, "bring files of others in")
    importing.add_argument("format", type=one_of(*IMPORTS), metavar="FORMAT", help=", ".join(IMPORTS))
    importing.add_argument("path", metavar="PATH", help="a folder of CSV files, or one file")
    importing.add_argument("file", nargs="?", metavar="FILE.json", help="pep: CHILD FILE.json")
    importing.add_argument("--school", type=words.tidy, metavar="URN", help="school-csv: whose file it is")
    importing.add_argument("--kind", type=one_of("attendance", "attainment"), metavar="KIND",
                           help="school-csv: attendance or attainment")  # fmt: skip
    importing.add_argument("--set", action="append", metavar="FIELD=VALUE", help="school-csv: which column")
    importing.add_argument("--star", metavar="KEY", help="star-readings: which star")
    importing.add_argument("--dry-run", action="store_true", help="say what would happen, store nothing")
    command("check", cli_store.check, "say whether the store is sound")
    backup = command("backup", cli_store.backup, "write one file that was opened and compared")
    backup.add_argument("file", metavar="FILE")
    restore = command("restore", cli_store.restore, "bring a backup back to where no store is")
    restore.add_argument("file", metavar="FILE")
    restore.add_argument("--to", required=True, metavar="STORE")
    users = command("users", cli_store.users, "list, add, disable users, or give them other roles")
    users.add_argument("act", nargs="?", type=one_of("list", *cli_store.ACTS), default="list", metavar="ACT",
                       help="list, add, disable, role, or rekey: change all keys")  # fmt: skip
    users.add_argument("name", nargs="?", type=words.tidy, metavar="NAME")
    users.add_argument("--full-name", type=words.tidy, metavar="NAME")
    users.add_argument("--role", action="append", metavar="ROLE", help="may be given several times")
    users.add_argument("--team", type=words.tidy, metavar="TEAM")
    users.add_argument("--job", type=words.tidy, metavar="JOB")
    users.add_argument("--keep-keys", action="store_true", help="disable: change the keys later")
    clock = command("clock", cli_store.clock, "say when a clock falls due")
    clock.add_argument("id", metavar="ID")
    clock.add_argument("start", type=day, metavar="DATE")
    command("clocks", cli_store.clocks, "list all clocks with limit and source")


def _add_child_commands(command: Callable[[str, Command, str], argparse.ArgumentParser]) -> None:
    kinds = ", ".join(cli_child.KINDS)
    add = command("add", cli_child.add, "register a child")
    add.add_argument("name", type=words.tidy, metavar="NAME", help="given names, then the family name")
    add.add_argument("--born", type=day, required=True, metavar="DATE")
    add.add_argument("--postcode", type=words.tidy)
    add.add_argument("--anyway", action="store_true", help="although likely matches are on file")
    record = command("record", cli_child.record, "put answers into a child's draft")
    record.add_argument("kind", type=one_of(*cli_child.KINDS), metavar="KIND", help=kinds)
    record.add_argument("child", type=words.tidy, metavar="CHILD")
    record.add_argument("file", metavar="FILE.json", help="answers by the form's keys")
    record.add_argument("--sign", action="store_true", help="and close the version for good")
    compare = command("compare", cli_child.compare, "say what changed between two versions of a plan")
    compare.add_argument("kind", type=one_of(*cli_child.KINDS), metavar="KIND", help=kinds)
    compare.add_argument("child", type=words.tidy, metavar="CHILD")
    compare.add_argument("n", type=number, metavar="N")
    compare.add_argument("m", type=number, metavar="M")
    find = command("find", cli_child.find, "search as the search box does")
    find.add_argument("text", type=words.tidy, metavar="TEXT")
    show = command("show", cli_child.show_child, "show a record's overview")
    show.add_argument("child", type=words.tidy, metavar="CHILD")
    voice = command("voice", cli_voice.voice, "show a child's own words")
    voice.add_argument("child", type=words.tidy, metavar="CHILD")
    star = command("star-report", cli_report.star_report, "say what progress the readings of a star record")
    star.add_argument(
        "--star", default="progress-wheel", metavar="KEY", help="else the Family Progress Wheel"
    )
    star.add_argument("--since", type=day, metavar="DATE")
    star.add_argument("--until", type=day, metavar="DATE")
    star.add_argument("--team", action="store_true", help="my team's, not mine alone")
    star.add_argument("--partial", action="store_true", help="partial readings too")
    printing = command("print", cli_child.print_pdf, "write a document as PDF")
    printing.add_argument(
        "kind", type=one_of(*cli_child.PRINTS), metavar="KIND", help=", ".join(cli_child.PRINTS)
    )
    printing.add_argument("child", nargs="?", type=words.tidy, metavar="CHILD")
    printing.add_argument("--out", required=True, metavar="FILE.pdf", help="an earlier PDF there is replaced")
    printing.add_argument("--version", type=number, metavar="N", help="else the newest signed one")
    printing.add_argument("--edition", type=one_of(*cli_child.EDITIONS), metavar="EDITION",
                          help="whose copy: " + ", ".join(cli_child.EDITIONS))  # fmt: skip
    printing.add_argument("--agency", type=words.tidy, metavar="NAME", help="whose copy; asks the consents")
    printing.add_argument("--why", type=words.tidy, metavar="WORDS", help="why a landlord or college gets it")
    printing.add_argument(
        "--leave-out", action="append", metavar="PART", help="from such a copy; may be repeated"
    )
    printing.add_argument("--with-numbers", action="store_true", help="numbers of passports and permits too")
    printing.add_argument("--variant", metavar="V", help="with --blank pep: the kind of setting")
    printing.add_argument("--large", action="store_true", help="in large print")
    printing.add_argument("--no-addresses", action="store_true", help="a sheet of care without any address")
    printing.add_argument("--blank", action="store_true", help="the empty form; needs no CHILD and no store")
    command(
        "virtual-school", cli_school.virtual_school, "say how the virtual school stands, now and last term"
    )
    load = command("caseload", cli_caseload.caseload, "show a team's caseload; with --out the paper or sheet")
    load.add_argument("--team", type=words.tidy, metavar="T")
    load.add_argument("--out", metavar="FILE", help="FILE.pdf the meeting paper, FILE.xlsx or .csv the sheet")
    exporting = command("export", export_any, "write a list, a record, a return, or a plan for a school")
    exporting.add_argument("format", type=one_of(*EXPORTS), metavar="FORMAT", help=", ".join(EXPORTS))
    exporting.add_argument(
        "path", metavar="PATH", help="a new file (csv), a new folder (ssda903), or the CHILD (json, pep)"
    )
    exporting.add_argument("file", nargs="?", metavar="FILE.json")
    exporting.add_argument("--version", type=number, metavar="N", help="of a plan; else the newest")
    exporting.add_argument("--year", type=number, metavar="Y", help="of a return: from 1 April Y to 31 March")
    exporting.add_argument("--whose", type=one_of("mine", "team", "unallocated", "all"), default="all",
                           metavar="W", help="of a list: mine, team, unallocated or all")  # fmt: skip
    exporting.add_argument("--status", action="append", type=one_of(*STATUSES), metavar="S",
                           help="of a list, several times: " + ", ".join(STATUSES))  # fmt: skip
    exporting.add_argument("--overdue", action="store_true", help="of a list: with something overdue")
    quality = command("quality", cli_returns.quality, "say what a return's rules find in the record")
    quality.add_argument("format", type=one_of("ssda903"), metavar="FORMAT", help="ssda903")
    quality.add_argument("folder", nargs="?", metavar="FOLDER", help="judge these files, not the record")
    quality.add_argument("--year", type=number, metavar="Y", help="from 1 April Y to 31 March")
    due = command("due", cli_child.due, "say what is due within a year, overdue first")
    whose = due.add_mutually_exclusive_group()
    whose.add_argument("--worker", type=words.tidy, metavar="W", help="a worker's full name")
    whose.add_argument("--team", nargs="?", const="", type=words.tidy, metavar="T", help="your team")


def _add_help_commands(command: Callable[[str, Command, str], argparse.ArgumentParser]) -> None:
    lic = command("star-licence", cli_stars.licence, "list stars and licences, or record one")
    lic.add_argument("act", nargs="?", type=one_of(*cli_stars.ACTS), default="list", metavar="ACT",
                     help=", ".join(cli_stars.ACTS))  # fmt: skip
    for name in ("owner", "organisation", "number", "approval", "reason"):
        lic.add_argument(f"--{name}", type=words.tidy, metavar="TEXT")
    lic.add_argument("--from", dest="valid_from", type=day, metavar="DATE")
    lic.add_argument("--until", dest="valid_until", type=day, metavar="DATE")
    lic.add_argument("--approved-on", dest="approved_on", type=day, metavar="DATE")
    lic.add_argument("--users", type=number, metavar="N")
    lic.add_argument("--trained", action="append", metavar="NAME,DATE")
    helped = command("early-help", cli_help.early_help, "open, show and move a child's early help")
    helped.add_argument("act", type=one_of(*cli_help.ACTS), metavar="ACT", help=", ".join(cli_help.ACTS))
    helped.add_argument("child", type=words.tidy, metavar="CHILD")
    helped.add_argument("more", nargs="*", type=words.tidy, metavar="MORE",
                        help="open: brothers and sisters; consent: FILE.json; lead: NAME; level: 1 to 4; "
                        "move: MOVE (show lists them)")  # fmt: skip
    helped.add_argument("--together", action="store_true", help="brothers and sisters who stand alike too")
    helped.add_argument("--on", type=day, metavar="DATE", help="the day it happened; else today")
    helped.add_argument("--because", type=words.tidy, metavar="TEXT", help="the reason, or the handover")
    helped.add_argument("--route", type=words.tidy, metavar="CODE", help="open: how it came about")
    helped.add_argument("--reason", type=words.tidy, action="append", default=[], metavar="CODE")
    helped.add_argument("--agency", type=words.tidy, metavar="CODE", help="open, lead: the kind of agency")
    helped.add_argument("--asked-by", type=words.tidy, metavar="NAME")
    helped.add_argument("--contact", type=words.tidy, metavar="TEXT", help="lead: phone or e-mail")
    helped.add_argument("--level", type=number, metavar="N", help="open: the level of need at the request")
    helped.add_argument("--closure", type=words.tidy, metavar="CODE", help="move: C01 to C12")
