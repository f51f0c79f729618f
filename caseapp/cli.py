"""The command line: arguments to use cases, results to text or JSON, problems to exit codes.

Standard output holds the result alone; messages and progress go to standard error.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from caseapp import (
    cli_caseload,
    cli_child,
    cli_formats,
    cli_help,
    cli_print,
    cli_report,
    cli_returns,
    cli_school,
    cli_stars,
    cli_store,
    cli_voice,
    faults,
    places,
    trials,
)
from caseapp.cli_parser import Command, parser
from caseapp.cli_parts import Window, say
from db.problems import Problem, Unclear, Unfinished

STOPPED = 130  # as shells have it for Ctrl+C

COMMANDS = (
    Command("demo", "make a store of invented families and open it", cli_store.demo, cli_store.demo_options),
    Command("new", "make an empty store and its first user", cli_store.new, cli_store.new_options),
    Command("import", "bring files of others in",
            cli_formats.import_any, cli_formats.import_options, writes=True),
    Command("check", "say whether the store is sound", cli_store.check),
    Command("backup", "write one file that was opened and compared",
            cli_store.backup, cli_store.backup_options),
    Command("restore", "bring a backup back to where no store is",
            cli_store.restore, cli_store.restore_options),
    Command("users", "list, add, disable users, or give them other roles",
            cli_store.users, cli_store.users_options, writes=True),
    Command("clock", "say when a clock falls due", cli_store.clock, cli_store.clock_options),
    Command("clocks", "list all clocks with limit and source", cli_store.clocks),
    Command("add", "register a child", cli_child.add, cli_child.add_options, writes=True),
    Command("record", "put answers into a child's draft",
            cli_child.record, cli_child.record_options, writes=True),
    Command("compare", "say what changed between two versions of a plan",
            cli_child.compare, cli_child.compare_options),
    Command("find", "search as the search box does", cli_child.find, cli_child.find_options),
    Command("show", "show a record's overview", cli_child.show_child, cli_child.show_options),
    Command("voice", "show a child's own words", cli_voice.voice, cli_voice.voice_options),
    Command("star-report", "say what progress the readings of a star record",
            cli_report.star_report, cli_report.star_report_options),
    Command("print", "write a document as PDF", cli_print.print_pdf, cli_print.print_options),
    Command("virtual-school", "say how the virtual school stands, now and last term",
            cli_school.virtual_school),
    Command("caseload", "show a team's caseload; with --out the paper or sheet",
            cli_caseload.caseload, cli_caseload.caseload_options),
    Command("export", "write a list, a record, a return, or a plan for a school",
            cli_formats.export_any, cli_formats.export_options),
    Command("quality", "say what a return's rules find in the record",
            cli_returns.quality, cli_returns.quality_options),
    Command("due", "say what is due within a year, overdue first", cli_child.due, cli_child.due_options),
    Command("star-licence", "list stars and licences, or record one",
            cli_stars.licence, cli_stars.licence_options, writes=True),
    Command("early-help", "open, show and move a child's early help",
            cli_help.early_help, cli_help.early_help_options, writes=True),
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
    options = parser(COMMANDS).parse_args(typed, unset)
    only_shows = getattr(options, "act", "") == "show"
    if options.as_of and options.writes and not only_shows:
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
