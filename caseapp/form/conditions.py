"""When a question is asked: data, so that a form goes to JSON and back unchanged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Is:
    """Holds when the answer to `key` is `value` (for several choices: when it is among them)."""

    key: str
    value: str

    def holds(self, answers: Mapping[str, Any]) -> bool:
        """Return whether the question is asked, given the answers so far."""
        answer = answers.get(self.key)
        return self.value in answer if isinstance(answer, list) else answer == self.value


@dataclass(frozen=True)
class AnyOf:
    """Holds when the answer to `key` is one of `values`."""

    key: str
    values: tuple[str, ...]

    def holds(self, answers: Mapping[str, Any]) -> bool:
        """Return whether the question is asked, given the answers so far."""
        answer = answers.get(self.key)
        if isinstance(answer, list):
            return any(value in self.values for value in answer)
        return answer in self.values


@dataclass(frozen=True)
class Filled:
    """Holds when `key` has any answer."""

    key: str

    def holds(self, answers: Mapping[str, Any]) -> bool:
        """Return whether the question is asked, given the answers so far."""
        return not is_empty(answers.get(self.key))


Condition = Is | AnyOf | Filled


def is_empty(answer: object) -> bool:
    """Return whether nothing was answered. Nought and «no» are answers, blanks are none."""
    if isinstance(answer, str):
        return not answer.strip()
    return answer is None or answer == [] or answer == {}
