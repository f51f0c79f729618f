"""The documents of the project, as tests read them: their words, commands, paths and links."""

import re
import shlex
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
DOCUMENTS = [
    *(ROOT / each for each in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").glob("*.md")),
]
FENCE = re.compile(r"```[a-z]*\n(.*?)```", re.DOTALL)
PROGRAMS = ("caseapp", "python", "python3", "pip", "ruff", "mypy", "lint-imports", "apt-get")


class Command(NamedTuple):
    """A command that a document tells its reader to type."""

    document: str
    words: tuple[str, ...]


@cache
def text(document: Path) -> str:
    return document.read_text(encoding="utf-8")


def prose(document: Path) -> str:
    return FENCE.sub("", text(document))


def codes(document: Path) -> list[str]:
    return re.findall(r"`([^`\n]+)`", prose(document))


def commands() -> list[Command]:
    """Return the commands of all fenced blocks in order; what stands after two blanks explains them."""
    found = []
    for document in DOCUMENTS:
        for block in FENCE.findall(text(document)):
            for line in block.splitlines():
                for part in re.split(r"\s{2,}", line.strip())[0].split(" && "):
                    words = shlex.split(part) if re.match(r"[.\w/-]+ ", part) else []
                    if words and Path(words[0]).name in PROGRAMS:
                        found.append(Command(document.name, (Path(words[0]).name, *words[1:])))
    return found


@cache
def program() -> str:
    """Return the source of screens and rules, docstrings apart, with broken words put together."""
    folders = [file for each in ("ui", "caseapp") for file in sorted((ROOT / each).rglob("*.py"))]
    source = "".join(each.read_text(encoding="utf-8") for each in folders)
    return re.sub(r'"\n\s*"', "", re.sub(r'""".*?"""', "", source, flags=re.DOTALL))
