"""Finding children by a few letters: the same tokens and ranges on every engine.

A keystroke is one index range, `token >= p AND token < next`, so it costs the same at any size of county.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from itertools import combinations
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, literal, select, union_all
from sqlalchemy.orm import Session

from db.letters import PLAIN
from db.models import Address, Child, FormerName, NameToken, School, Schooling

# Of plain letters everything is known beforehand: capitals, apostrophes, and what is no part of a word.
_ASCII = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}
_ASCII |= dict.fromkeys(map(ord, "'`"), "")
# Those of English, of names written in Latin letters for others (Saʿid, Daʾud), and the Hebrew geresh.
_APOSTROPHES = re.compile("['’‘`ʼʻ´ʽʾʿˈ′՚ꞌ\u05f3]")
# Writing whose words are not parted by blanks: 王小明 is 王 小明.
_UNPARTED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff]"
)
MOST_LETTERS, MOST_WORDS = 200, 8  # of what is searched for: each word is a part of the query
_MOST_RUN = 5  # words, of which some may be one: each two to five of them are asked for
_LAST = "\U0010ffff"


def fold(text: str) -> str:
    """Return text as it is compared: no case, marks or apostrophes, words parted by one blank."""
    if text.isascii():
        return " ".join(text.translate(_ASCII).split())
    # Twice: casefolding brings forth new letters (ŉ an apostrophe), decomposing new capitals (℃).
    bare = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text)).casefold().translate(PLAIN)
    plain = _APOSTROPHES.sub("", unicodedata.normalize("NFKD", bare).translate(PLAIN))
    return unicodedata.normalize("NFC", " ".join("".join(map(_compared, plain)).split()))


def _compared(letter: str) -> str:
    """Return a letter as it is compared: a mark counts for nothing, what is no part of a word is a blank."""
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    if letter.isalnum():
        return letter
    kind = unicodedata.category(letter)
    if unicodedata.combining(letter) or kind == "Cf":  # an accent, a joiner, a soft hyphen
        return ""
    return letter if kind[0] == "M" else " "  # the vowels of many scripts are marks


def sort_name(given: str, family: str) -> str:
    """Return what people are sorted by: folded family name, then given. Other writing comes after Latin."""
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
        found |= _name_tokens(given, family)
    if child.born_on or child.due_on:
        found.add(f"d:{(child.born_on or child.due_on):%Y%m%d}")
    found |= {f"p:{fold(each).replace(' ', '')}" for each in postcodes if each}
    found |= {f"s:{word}" for school in schools for word in fold(school).split()}
    found |= {f"r:{each}" for each in (str(child.ref), fold(child.source_ref or ""), fold(child.upn)) if each}
    return found


def _name_tokens(given: str, family: str) -> set[str]:
    names = fold(given), fold(family)
    parts = {part for name in names for part in name.split()}
    if not parts:
        return set()
    whole = {" ".join(names).strip(), " ".join(reversed(names)).strip()}
    together = {run_together(name) for name in names if name}  # «Abdul Rahman» is typed «Abdulrahman» too
    if _UNPARTED.search("".join(names)):
        whole |= {run_together(each) for each in whole}
        together |= {each for each in whole if " " not in each}
    apart = fold(_APOSTROPHES.sub(" ", f"{given} {family}")).split()  # «O’Brien» is typed «O Brien» too
    together |= {each for each in apart if len(each) > 2}
    sounds = {f"~{sound(part)}" for part in parts if len(part) > 2}
    return parts | together | {f"={each}" for each in whole} | sounds


def run_together(folded: str) -> str:
    """Return a folded name without its blanks."""
    return folded.replace(" ", "")


def begins(typed: str, *names: str) -> bool:
    """Return whether each word typed begins a word of the first name, or all of them any of the names."""
    words, parts = fold(typed).split(), fold(names[0]).split()
    if all(any(part.startswith(word) for part in parts) for word in words):
        return True
    return any(run_together(fold(name)).startswith("".join(words)) for name in names)


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
    born = _in_ranges(session, [f"d:{typed_day:%Y%m%d}"], limit) if typed_day else []
    if born:
        return list(dict.fromkeys(born))[:limit]
    if not words:
        return []
    found = _in_ranges(session, _one_word(words[0]) if len(words) == 1 else [f"={' '.join(words)}"], limit)
    if len(words) > 1 and len(found) < limit:
        found += _all_words(session, words, limit)
        found += _in_ranges(session, [f"p:{''.join(words)}"], limit) if any(map(str.isdigit, text)) else []
        found += _run_together(session, words, limit)
    if len(found) < limit and all(len(word) > 2 for word in words):
        found += _sounding(session, words, limit)
    return list(dict.fromkeys(found))[:limit]


def _one_word(word: str) -> list[str]:
    if any(map(str.isdigit, word)):
        return [f"r:{word}", f"p:{word}", word]
    return [word, f"s:{word}", f"r:{word}", f"p:{word}"]


def _range(token: Any, place: int) -> ColumnElement[bool]:
    return and_(token >= bindparam(f"from{place}"), token < bindparam(f"before{place}"))


def _bounds(starts: Sequence[str]) -> dict[str, str]:
    bounds = {f"from{place}": start for place, start in enumerate(starts)}
    return bounds | {f"before{place}": start + _LAST for place, start in enumerate(starts)}


@lru_cache  # as many as there are kinds of search: building one costs more than running it
def _ranges(count: int) -> Any:
    """Return the question after so many ranges of the index, each with the first rows of its own."""
    some = [
        select(
            literal(place).label("place"), NameToken.token, NameToken.sort_name, NameToken.child_id
        ).where(_range(NameToken.token, place))
        .order_by(NameToken.token, NameToken.sort_name, NameToken.child_id)
        .limit(bindparam("most"))
        .subquery()
        for place in range(count)
    ]  # fmt: skip
    return union_all(*(select(each) for each in some))


def _in_ranges(session: Session, starts: Sequence[str], limit: int) -> list[UUID]:
    # One child may stand several times in a range.
    rows = session.execute(_ranges(len(starts)), _bounds(starts) | {"most": limit * 3}).all()
    return [child_id for *_, child_id in sorted(rows)]


@lru_cache
def _all_of(count: int) -> Select[UUID]:
    asked = select(NameToken.child_id).where(_range(NameToken.token, 0))
    for place in range(1, count):
        other = NameToken.__table__.alias()  # of a child who is in reach, since the first token is
        same = other.c.child_id == NameToken.child_id
        asked = asked.where(exists().where(same, _range(other.c.token, place)))
    return asked.order_by(NameToken.token, NameToken.sort_name).limit(bindparam("most"))


def _all_words(session: Session, words: list[str], limit: int) -> list[UUID]:
    longest_first = sorted(dict.fromkeys(words), key=len, reverse=True)
    bounds = _bounds(longest_first) | {"most": limit * 3}
    return list(session.scalars(_all_of(len(longest_first)), bounds))


def _run_together(session: Session, words: list[str], limit: int) -> list[UUID]:
    """Return whom the words find once some that stand side by side are one: «Abdul Rahman» Abdulrahman."""
    found: list[UUID] = []
    for first, last in combinations(range(min(len(words), _MOST_RUN)), 2):
        one = "".join(words[first : last + 1])
        if len(words[last]) > 2 or _UNPARTED.search(one):  # «Ann A» is not Anna
            found += _all_words(session, [*words[:first], one, *words[last + 1 :]], limit)
    return found


@lru_cache
def _sounding_like(count: int) -> Select[UUID]:
    asked = select(NameToken.child_id).where(NameToken.token == bindparam("sound0"))
    for place in range(1, count):
        other = NameToken.__table__.alias()
        same = other.c.child_id == NameToken.child_id
        asked = asked.where(exists().where(same, other.c.token == bindparam(f"sound{place}")))
    return asked.order_by(NameToken.sort_name).limit(bindparam("most"))


def _sounding(session: Session, words: list[str], limit: int) -> list[UUID]:
    sounds = {f"sound{place}": f"~{sound(word)}" for place, word in enumerate(words)}
    return list(session.scalars(_sounding_like(len(words)), sounds | {"most": limit}))
