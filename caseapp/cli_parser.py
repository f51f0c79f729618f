"""What is typed, read: the commands and their options, with complaints in sentences."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, NoReturn

from caseapp import words
from caseapp.cli_parts import day
from db.problems import Problem

Doing = Callable[[argparse.Namespace], int]
"""Carries a command out and returns the exit code."""


class Command(NamedTuple):
    """A command: its name, what it is for, what carries it out, and what declares what it may be given.

    `writes`: what it writes bears the real day, so that nobody dates a record back by an option.
    """

    name: str
    said: str
    does: Doing
    options: Callable[[argparse.ArgumentParser], None] | None = None
    writes: bool = False


def parser(commands: Iterable[Command]) -> argparse.ArgumentParser:
    """Return what reads a command line."""
    common = _common()
    made = _Parser(
        "caseapp",
        description="Case management for English children's services. Without a command, or with the name of "
        "a store alone, the window opens.",
        epilog="The password is asked for, or read from CASEAPP_PASSWORD. CHILD is a reference, id or name.",
        parents=[common],
        allow_abbrev=False,
    )
    made.add_argument("--version", action=_Version, nargs=0, help="print the program's version")
    named = made.add_subparsers(required=True, metavar="COMMAND")
    for name, said, does, options, writes in commands:
        one = named.add_parser(
            name, help=said, description=f"{said[0].upper()}{said[1:]}.", parents=[common], allow_abbrev=False
        )
        one.set_defaults(command=does, writes=writes)
        if options:
            options(one)
    return made


def _common() -> _Parser:
    """Return what every command may be given."""
    # Nothing is set unless typed: what stands before the command is not undone by what follows it.
    common = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--store", metavar="FILE", help="the store (or CASEAPP_STORE)")
    common.add_argument("--user", type=words.tidy, metavar="NAME", help="the user (or CASEAPP_USER)")
    common.add_argument("--as-of", type=day, metavar="DATE", help="the day that counts as today")
    common.add_argument("--json", action="store_true", help="one JSON document on standard output")
    return common


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
