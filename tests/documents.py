"""The documents of the project, as tests read them: their words, commands, paths and links."""

import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
DOCUMENTS = [
    *(ROOT / each for each in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").glob("*.md")),
]
FENCE = re.compile(r"^```[a-z]*\n(.*?)^```", re.DOTALL | re.MULTILINE)
MARKED = re.compile(r"^```([a-z]*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
POWERSHELL, NO_COMMANDS = "powershell", ("powershell", "text")


class Command(NamedTuple):
    """A command that a document tells its reader to type, as it stands there, and what it then shows."""

    document: str
    typed: str
    shown: str | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """Return the words of it, without the folder that the program lies in."""
        first, *rest = shlex.split(self.typed, comments=True)
        return Path(first).name, *rest

    @property
    def bare(self) -> str:
        """Return it without a remark."""
        return self.typed.partition("  #")[0].strip()


@cache
def text(document: Path) -> str:
    return document.read_text(encoding="utf-8")


def prose(document: Path) -> str:
    return FENCE.sub("", text(document))


def codes(document: Path) -> list[str]:
    return re.findall(r"`([^`\n]+)`", prose(document))


def commands() -> list[Command]:
    """Return the commands of all blocks in order. A block without a mark is taken to hold commands."""
    return [each for document in DOCUMENTS for each in _commands_of(document)]


def _commands_of(document: Path) -> Iterator[Command]:
    for mark, block in MARKED.findall(text(document)):
        if mark == "console":
            for typed, shown in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
                yield Command(document.name, typed, shown)
        elif mark not in NO_COMMANDS:
            lines = block.replace("\\\n", " ").splitlines()
            yield from (Command(document.name, part) for each in lines for part in each.split(" && ") if part)


def in_other_clothes() -> list[tuple[str, str]]:
    """Return each block for Windows with the block for other systems that stands before it."""
    pairs = []
    for document in DOCUMENTS:
        before = ""
        for mark, block in MARKED.findall(text(document)):
            if mark == POWERSHELL:
                pairs.append((block, before))
            before = block
    return pairs


@cache
def program() -> str:
    """Return the source of screens and rules, docstrings apart, with broken words put together."""
    folders = [file for each in ("ui", "caseapp") for file in sorted((ROOT / each).rglob("*.py"))]
    source = "".join(each.read_text(encoding="utf-8") for each in folders)
    return re.sub(r'"\n\s*"', "", re.sub(r'""".*?"""', "", source, flags=re.DOTALL))
