"""What every command shares: its output, who is at work, the store it opens."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from caseapp import words
from db.moments import utc_now
from db.problems import Problem, WrongKey

if TYPE_CHECKING:
    from caseapp.accounts import SignedIn
    from db.store import Session


def say(text: str) -> None:
    """Tell the person at the terminal something."""
    print(text, file=sys.stderr)


def show(options: argparse.Namespace, document: Any, text: str) -> int:
    """Print a result, as text or as one JSON document; return the exit code 0."""
    print(json.dumps(document, ensure_ascii=False, indent=1, default=plain) if options.json else text)
    return 0


def plain(value: Any) -> str:
    """Return what JSON has no form for as text; dates in ISO."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)


def today() -> date:
    """Return the day in London."""
    return utc_now().astimezone(words.LONDON).date()


def day(text: str) -> date:
    """Return the day that an argument names."""
    try:
        return words.day_from(text, today())
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def progress(done: int, of: int) -> None:
    """Show on a terminal how far long work is."""
    if sys.stderr.isatty() and of:
        filled = 30 * done // of
        print(f"\r[{'#' * filled}{'.' * (30 - filled)}] {done:,} of {of:,}", end="", file=sys.stderr)
        if done >= of:
            print(file=sys.stderr)


@contextmanager
def opened(options: argparse.Namespace) -> Iterator[SignedIn]:
    """Sign in with what the options and the environment name."""
    from caseapp import accounts

    path, user = store(options), options.user or os.environ.get("CASEAPP_USER", "")
    if not user:
        raise Problem("Who are you? Give --user NAME, or set CASEAPP_USER.")
    signed_in = accounts.sign_in(path, user, password())
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
def lent(signed_in: SignedIn, reason: str, purpose: str) -> Iterator[Session]:
    """Lend a session of a store that is open."""
    with signed_in.store.session(signed_in.actor, reason, purpose=purpose) as session:
        yield session


def store(options: argparse.Namespace) -> Path:
    """Return the store that the options or the environment name. Raises Problem."""
    named = options.store or os.environ.get("CASEAPP_STORE")
    if not named:
        raise Problem("Which store? Give --store FILE, or set CASEAPP_STORE.")
    return Path(named)


def password(prompt: str = "Password: ") -> str:
    """Return the password, from the environment or typed. Raises WrongKey without either."""
    given = os.environ.get("CASEAPP_PASSWORD")
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise WrongKey("No password was given. Set CASEAPP_PASSWORD, or run this on a terminal.")
    return getpass.getpass(prompt)
