"""British spelling in long texts: what is not a word, and what may have been meant. Names are no errors.

The dictionary takes a quarter of a second to load, a look at a word microseconds, suggestions a tenth of a
second and more: loading and suggesting belong into a thread.
"""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterable
from functools import cache
from importlib.resources import as_file, files
from typing import NamedTuple
from uuid import UUID

from caseapp import people
from db import settings
from db.models import Child
from db.store import Session

LANGUAGE = "en_GB"
MOST_SUGGESTIONS = 6
MOST_OWN_WORDS = 2_000
_LONGEST = 40
"""Letters of a word; longer runs are no words (an address of a page, a key held down)."""
_RUN, _NO_WORDS = re.compile(r"\S+"), re.compile(r"[\d@/\\_]")
"""What stands between blanks; a postcode, an address of a page or a mailbox holds no words to look up."""
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


class Span(NamedTuple):
    """Where a word stands in a text."""

    start: int
    length: int

    def holds(self, place: int) -> bool:
        """Return whether a cursor stands in the word or at its ends."""
        return self.start <= place <= self.start + self.length


class Speller:
    """The dictionary, with the words of the field."""

    def __init__(self) -> None:
        from hunspell import Hunspell

        with as_file(files("resources") / "dictionaries") as folder:
            self._dictionary = Hunspell(LANGUAGE, hunspell_data_dir=str(folder))
            words = (folder / "field_words.txt").read_text(encoding="utf-8").split()
        for word in words:
            self._dictionary.add(word)

    def wrong(self, text: str, known: Container[str] = frozenset()) -> list[Span]:
        """Return the words of a text that are none. `known`: folded words that are right all the same."""
        return [
            Span(run.start() + found.start(), found.end() - found.start())
            for run in _RUN.finditer(text)
            if not _NO_WORDS.search(run.group())
            for found in _WORD.finditer(run.group())
            if not self._is_right(found.group(), known)
        ]

    def _is_right(self, word: str, known: Container[str]) -> bool:
        if len(word) > _LONGEST or word.casefold() in known:
            return True
        plain = word.replace("’", "'")
        return self._dictionary.spell(plain) or all(
            part.casefold() in known or self._dictionary.spell(part) for part in _parts(plain)
        )

    def suggestions(self, word: str) -> list[str]:
        """Return what may have been meant, the likeliest first. Slow."""
        return list(self._dictionary.suggest(word.replace("’", "'")))[:MOST_SUGGESTIONS]


def _parts(word: str) -> list[str]:
    """Return the words of which a word is made: half-term, and the owner of «Ania's»."""
    bare = word.removesuffix("'s")
    return [part for part in bare.split("-") if len(part) > 1] or [bare]


@cache
def speller() -> Speller:
    """Return the speller; the first call loads it."""
    return Speller()


def names_of(session: Session, child_id: UUID) -> frozenset[str]:
    """Return the words of all names in a child's record, folded: they are no errors there."""
    child = session.get(Child, child_id)
    if not child:
        return frozenset()
    seen = people.people(session, child_id)
    names = [child.given, child.family, child.known_as, session.actor.name, session.actor.team]
    names += [each.name for each in seen.family] + [each.name for each in seen.schools]
    names += [text for each in seen.involved for text in (each.name, each.organisation)]
    names += seen.former_names
    return folded(names)


def own_words(session: Session) -> frozenset[str]:
    """Return the words that the user has added, folded."""
    kept = settings.value(session, _own(session))
    return frozenset(json.loads(kept)) if kept else frozenset()


def add_own_word(session: Session, word: str) -> None:
    """Take a word for right from now on, for this user."""
    words = own_words(session) | folded([word])
    if len(words) <= MOST_OWN_WORDS:
        settings.put(session, _own(session), json.dumps(sorted(words), ensure_ascii=False))


def folded(texts: Iterable[str]) -> frozenset[str]:
    """Return the words of some texts as they are compared."""
    return frozenset(word.casefold() for text in texts for word in _WORD.findall(text))


def _own(session: Session) -> str:
    return f"{session.actor.worker_id.hex}.spelling"
