"""What a look at the store finds."""

from __future__ import annotations

from typing import NamedTuple


class Fault(NamedTuple):
    """Something that is not as the program left it: a code, words, and where."""

    code: str
    what: str
    where: str
