"""What every command shares: its output, who is at work, the store it opens."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from caseapp import words
from db.moments import utc_now
from db.problems import NotSaved, Problem, WrongKey
from db.roles import authorise

if TYPE_CHECKING:
    from caseapp.accounts import SignedIn
    from db.store import Session

# Opens the window on a store, signed in; returns the exit code.
Window = Callable[[Path, "SignedIn"], int]


def say(text: str) -> None:
    """Tell the person at the terminal something."""
    print(text, file=sys.stderr)


def show(options: argparse.Namespace, document: Any, text: str) -> int:
    """Print a result, as text or as one JSON document; return the exit code 0."""
    result = json.dumps(document, ensure_ascii=False, indent=1, default=plain) if options.json else text
    print(result, flush=True)
    return 0


def plain(value: Any) -> str:
    """Return what JSON has no form for as text; dates in ISO."""
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def progress(done: int, of: int) -> None:
    """Show on a terminal how far long work is."""
    if sys.stderr.isatty() and of:
        filled = 30 * done // of
        end = "\n" if done >= of else ""
        print(f"\r[{'#' * filled}{'.' * (30 - filled)}] {done:,} of {of:,}", end=end, file=sys.stderr)


def today() -> date:
    """Return the day in London."""
    return words.london_day(utc_now())


def day(text: str) -> date:
    """Return the day that an argument names."""
    try:
        return words.day_from(text, today())
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def number(text: str) -> int:
    """Return the number, 1 or more, that an argument names."""
    if not (text.isascii() and text.isdigit() and 0 < len(text) < 7 and int(text)):
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number from 1 on.")
    return int(text)


def one_of(*options: str) -> Callable[[str], str]:
    """Return the reader of an argument that is one of a few words."""

    def read(text: str) -> str:
        if text not in options:
            raise argparse.ArgumentTypeError(f"“{text}” is none of {', '.join(options)}.")
        return text

    return read


def written_day(value: date | None) -> str:
    """Return a date of birth as people read it."""
    return words.day(value) if value else "not known"


@contextmanager
def opened(options: argparse.Namespace) -> Iterator[SignedIn]:
    """Sign in with what the options and the environment name."""
    from caseapp import accounts

    signed_in = accounts.sign_in(store(options), user(options), password())
    if signed_in.wrong:
        say(accounts.wrong_words(signed_in.wrong))
    if signed_in.behind:
        from caseapp import clock_check

        say(clock_check.behind_words(signed_in.behind))
    if options.as_of:
        signed_in.store.today = lambda: options.as_of
    try:
        yield signed_in
    finally:
        signed_in.close()


@contextmanager
def session(options: argparse.Namespace, reason: str = "", purpose: str = "") -> Iterator[Session]:
    """Sign in and lend a session for one unit of work."""
    with opened(options) as signed_in, lent(signed_in, reason, purpose) as session:
        yield session


@contextmanager
def reading(options: argparse.Namespace) -> Iterator[Session]:
    """Sign in and lend a session to somebody who may read records. Raises NotAllowed for anybody else."""
    with session(options) as lent_session:
        # Without this an administrator would be told that nothing is there.
        authorise(lent_session.actor, "read")
        yield lent_session


@contextmanager
def lent(signed_in: SignedIn, reason: str = "", purpose: str = "") -> Iterator[Session]:
    """Lend a session of a store that is open."""
    with signed_in.store.session(signed_in.actor, reason, purpose=purpose) as session:
        yield session


def store(options: argparse.Namespace) -> Path:
    """Return the store that the options or the environment name. Raises Problem."""
    named = options.store or os.environ.get("CASEAPP_STORE")
    if not named:
        raise Problem("Which store? Give --store FILE, or set CASEAPP_STORE.")
    return Path(named)


def user(options: argparse.Namespace) -> str:
    """Return the user whom the options or the environment name. Raises Problem."""
    named: str = options.user or words.tidy(os.environ.get("CASEAPP_USER", ""))
    if not named.strip():
        raise Problem("Who are you? Give --user NAME, or set CASEAPP_USER.")
    return named


def password() -> str:
    """Return the password, from the environment or typed. Raises WrongKey without either."""
    given = os.environ.get("CASEAPP_PASSWORD")
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise WrongKey("No password was given. Set CASEAPP_PASSWORD, or run this on a terminal.")
    return getpass.getpass("Password: ")


def new_password(variable: str, prompt: str) -> str:
    """Return a password that is being chosen, from the environment or typed twice. Raises Problem."""
    given = os.environ.get(variable)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise Problem(f"No password was chosen. Set {variable}, or run this on a terminal.")
    chosen = getpass.getpass(prompt)
    if getpass.getpass("The same again: ") != chosen:
        raise Problem("The two passwords differ. Nothing was changed. Start again.")
    return chosen


def check_target(path: Path) -> None:
    """Raise Problem unless a PDF may be written here: an earlier PDF gives way, nothing else does."""
    if not path.parent.is_dir():
        raise Problem(f"There is no folder {path.parent}. Nothing was printed. Make it, or choose another.")
    if path.is_dir():
        raise Problem(f"{path} is a folder. Nothing was printed. Name a file in it.")
    if path.exists():
        with path.open("rb") as there:
            if there.read(5) != b"%PDF-":
                raise Problem(f"{path} is there already and is no PDF. Nothing was overwritten.")


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, for this user only. Raises NotSaved."""
    new = path.with_name(f".{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(content)
        os.replace(new, path)
    except OSError as error:
        with suppress(OSError):
            new.unlink()
        raise NotSaved(f"{path} could not be written: {error.strerror}. Choose another place.") from None
