"""Finding children by a few letters: the same tokens and ranges on every engine.

A keystroke is one index range, `token >= p AND token < next`, so it costs the same at any size of county.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import Session, aliased

from db.models import Address, Child, FormerName, NameToken, School, Schooling

# Letters that decomposition leaves as they are, though people type the plain one.
_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "n"}
)
_APOSTROPHES = re.compile("['’‘`ʼʻ´]")
MOST_LETTERS, MOST_WORDS = 200, 8  # of what is searched for: each word is a part of the query
_LAST = "\U0010ffff"


def fold(text: str) -> str:
    """Return text as it is compared: no case, marks or apostrophes, words parted by one blank."""
    # Twice: casefolding brings forth new letters (ŉ an apostrophe), decomposing new capitals (℃).
    bare = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text)).casefold().translate(_PLAIN)
    plain = _APOSTROPHES.sub("", unicodedata.normalize("NFKD", bare).translate(_PLAIN))
    return unicodedata.normalize("NFC", " ".join("".join(map(_compared, plain)).split()))


def _compared(letter: str) -> str:
    """Return a letter as it is compared: a mark counts for nothing, what is no part of a word is a blank."""
    if letter.isalnum():
        return letter
    kind = unicodedata.category(letter)
    if unicodedata.combining(letter) or kind == "Cf":  # an accent, a joiner, a soft hyphen
        return ""
    return letter if kind[0] == "M" else " "  # the vowels of many scripts are marks


def sort_name(given: str, family: str) -> str:
    """Return what people are sorted by: folded family name, then given."""
    return fold(f"{family} {given}")


_SOUNDS = (("ph", "f"), ("gh", "g"), ("ck", "k"), ("sch", "s"), ("sh", "s"), ("ch", "k"), ("th", "t"))
_ALIKE = str.maketrans("cqxzyjvw", "kkssigfu")


def sound(word: str) -> str:
    """Return a rough key of how a folded word sounds: Kowalska and Covalsca agree."""
    for letters, one in _SOUNDS:
        word = word.replace(letters, one)
    word = re.sub(r"(.)\1+", r"\1", word.translate(_ALIKE))
    return word[:1] + re.sub(r"[aeiouh]", "", word[1:])


def tokens_of(
    child: Child, former: Iterable[FormerName], postcodes: Iterable[str], schools: Iterable[str]
) -> set[str]:
    """Return everything that finds a child."""
    found: set[str] = set()
    unborn = "" if child.given or child.born_on else "baby"  # as people write «Baby Osei»
    names = [(child.given or unborn, child.family), (child.known_as, child.family)]
    for given, family in [*names, *((each.given, each.family) for each in former)]:
        found |= _name_tokens(fold(given), fold(family))
    if child.born_on or child.due_on:
        found.add(f"d:{(child.born_on or child.due_on):%Y%m%d}")
    found |= {f"p:{fold(each).replace(' ', '')}" for each in postcodes if each}
    found |= {f"s:{word}" for school in schools for word in fold(school).split()}
    found |= {f"r:{each}" for each in (str(child.ref), fold(child.source_ref or ""), fold(child.upn)) if each}
    return found


def _name_tokens(given: str, family: str) -> set[str]:
    parts = {*given.split(), *family.split()}
    if not parts:
        return set()
    phrases = {f"={given} {family}".strip(), f"={family} {given}".strip()}
    return parts | phrases | {f"~{sound(part)}" for part in parts if len(part) > 2}


def index_child(session: Session, child: Child) -> None:
    """Write a child's tokens anew, in the transaction of what changed."""
    session.flush()
    former = session.scalars(select(FormerName).where(FormerName.child_id == child.id)).all()
    postcodes = session.scalars(select(Address.postcode).where(Address.child_id == child.id)).all()
    at_school = Schooling.child_id == child.id, Schooling.until_on.is_(None)
    schools = session.scalars(select(School.name).join(Schooling).where(*at_school)).all()
    wanted = tokens_of(child, former, postcodes, schools)
    held = session.scalars(select(NameToken).where(NameToken.child_id == child.id)).all()
    for row in held:
        if row.token not in wanted or row.sort_name != child.sort_name:
            session.delete(row)
    kept = {row.token for row in held if row.sort_name == child.sort_name}
    session.flush()
    session.add_all(
        NameToken(token=token, sort_name=child.sort_name, child_id=child.id) for token in wanted - kept
    )


def find_ids(session: Session, text: str, typed_day: date | None, limit: int) -> list[UUID]:
    """Return the ids of the children whom the text finds, best first."""
    words = fold(text[:MOST_LETTERS]).split()[:MOST_WORDS]
    born = _in_range(session, f"d:{typed_day:%Y%m%d}", limit) if typed_day else []
    if born:
        return list(dict.fromkeys(born))[:limit]
    if not words:
        return []
    searches = _one_word(words[0]) if len(words) == 1 else [f"={' '.join(words)}"]
    found: list[UUID] = []
    for start in searches:
        found += _in_range(session, start, limit)
    if len(words) > 1 and len(found) < limit:
        found += _all_words(session, words, limit)
        found += _in_range(session, f"p:{''.join(words)}", limit) if any(map(str.isdigit, text)) else []
    if len(found) < limit and all(len(word) > 2 for word in words):
        found += _sounding(session, words, limit)
    return list(dict.fromkeys(found))[:limit]


def _one_word(word: str) -> list[str]:
    if any(map(str.isdigit, word)):
        return [f"r:{word}", f"p:{word}", word]
    return [word, f"s:{word}", f"r:{word}", f"p:{word}"]


def _range(tokens: type[NameToken], start: str) -> ColumnElement[bool]:
    return and_(tokens.token >= start, tokens.token < start + _LAST)


def _in_range(session: Session, start: str, limit: int) -> list[UUID]:
    asked = (
        select(NameToken.child_id)
        .where(_range(NameToken, start))
        .order_by(NameToken.token, NameToken.sort_name, NameToken.child_id)
        .limit(limit * 3)  # one child may stand several times in a range
    )
    return list(session.scalars(asked))


def _all_words(session: Session, words: list[str], limit: int) -> list[UUID]:
    longest = max(words, key=len)
    asked = select(NameToken.child_id).where(_range(NameToken, longest))
    for word in words:
        if word != longest:
            other = aliased(NameToken)
            asked = asked.where(exists().where(other.child_id == NameToken.child_id, _range(other, word)))
    return list(session.scalars(asked.order_by(NameToken.token, NameToken.sort_name).limit(limit * 3)))


def _sounding(session: Session, words: list[str], limit: int) -> list[UUID]:
    asked = select(NameToken.child_id).where(NameToken.token == f"~{sound(words[0])}")
    for word in words[1:]:
        other = aliased(NameToken)
        asked = asked.where(
            exists().where(other.child_id == NameToken.child_id, other.token == f"~{sound(word)}")
        )
    return list(session.scalars(asked.order_by(NameToken.sort_name).limit(limit)))
