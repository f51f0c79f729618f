"""What must hold between two answers: data, like the questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from caseapp import words
from caseapp.form.kinds import as_decimal


@dataclass(frozen=True)
class NotBefore:
    """The day of `key` may not be before the day of `other`."""

    key: str
    other: str
    words: str

    def broken(self, answers: Mapping[str, Any]) -> bool:
        """Return whether both days are known and stand the wrong way round."""
        later, earlier = words.stored_day(answers.get(self.key)), words.stored_day(answers.get(self.other))
        return later is not None and earlier is not None and later < earlier


@dataclass(frozen=True)
class NotOver:
    """The number of `key` may not be over that of `other`."""

    key: str
    other: str
    words: str

    def broken(self, answers: Mapping[str, Any]) -> bool:
        """Return whether both numbers are known and the first is greater."""
        return as_decimal(answers.get(self.key), 0) > as_decimal(answers.get(self.other), 10**12)


Rule = NotBefore | NotOver
