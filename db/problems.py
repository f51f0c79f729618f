"""What can go wrong that a user should read: a sentence with what happened, what is safe, what to do."""

from __future__ import annotations

from typing import ClassVar


class Problem(Exception):
    """A fault with words for the person at the screen. `exit_code` is what the command line ends with."""

    exit_code: ClassVar[int] = 2

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class NotSaved(Problem):
    """The store could not be written."""

    exit_code = 3


class NotLogged(NotSaved):
    """Who looks could not be written down, so nothing is shown."""


class Damaged(Problem):
    """A file is not what it should be."""

    exit_code = 4


class WrongKey(Problem):
    """The user name, password or recovery key does not open the store."""

    exit_code = 5


class NotFound(Problem):
    """There is no such record, or none that this person may know of."""

    exit_code = 7


class NotAllowed(Problem):
    """This person may not do that."""

    exit_code = 8


class Stale(Problem):
    """Somebody else saved in between. Both texts are kept."""

    exit_code = 9


class Unfinished(Problem):
    """A form cannot be signed yet. `fields` holds (section, key, label, words) of each reason."""

    def __init__(self, words: str, fields: tuple[tuple[str, str, str, str], ...]) -> None:
        super().__init__(words)
        self.fields = fields


class Unclear(Problem):
    """A name fits several children. `choices` holds (reference, words) of each."""

    def __init__(self, words: str, choices: tuple[tuple[str, str], ...]) -> None:
        super().__init__(words)
        self.choices = choices
