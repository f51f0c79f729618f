"""What is shipped with the program and under which licence, from the list in resources/licences."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import Final, NamedTuple

_RESOURCES: Final = files("resources")


class Shipped(NamedTuple):
    """A part by somebody else: what it is for, whose it is, where it comes from, where its licence stands.

    `package` is its name where it is a Python package; `text` a file beneath `resources`.
    """

    name: str
    what_for: str
    licence: str
    owner: str
    origin: str
    text: str
    package: str = ""


def program_version() -> str:
    """Return the version of this program."""
    return version("caseapp")


@cache
def shipped() -> tuple[Shipped, ...]:
    """Return this program, then every part by somebody else, in the order of the list."""
    listed = tomllib.loads((_RESOURCES / "licences" / "licences.toml").read_text(encoding="utf-8"))
    return tuple(Shipped(**each) for each in listed["part"])


def words_of(part: Shipped) -> str:
    """Return the whole text of a part's licence."""
    return (_RESOURCES / part.text).read_text(encoding="utf-8")
