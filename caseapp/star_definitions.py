"""Packs: stars that belong to somebody, as data. A pack names areas and points; it has no place for more."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from caseapp import intake, words
from caseapp.form import Form, Stage
from caseapp.form_parts.star_parts import (
    ANYTHING_ELSE,
    MY_CHANGE,
    RESERVED,
    WRITTEN_AFTER,
    Area,
    Scale,
    agreement_section,
    next_section,
    reading_section,
    stage_words,
    wheel_section,
)

FILE_LIMIT = 64_000  # bytes: three to fifteen names and a few numbers
FEWEST_AREAS, MOST_AREAS = 3, 15
LONGEST_NAME = 60  # letters of an area or stage: a name, and no room for a description
_FURTHEST, _MOST_POINTS = 100, 21
WHOSE = ("parent", "child")
MARKS = ("V", "K", "U")
NEEDED = (
    "key", "title", "edition", "low", "high", "areas", "whose", "owner", "acknowledgement",
    "licence_required",
)  # fmt: skip
ALLOWED = (*NEEDED, "language", "default_review_weeks", "marks", "stages")


@dataclass(frozen=True)
class Pack:
    """A star as its file tells it. `marks` say how sure a fact is: V seen, K known, U not known."""

    key: str
    title: str
    edition: int
    low: int
    high: int
    areas: tuple[str, ...]
    whose: str
    owner: str
    acknowledgement: str
    licence_required: bool
    language: str = "en"
    default_review_weeks: int | None = None
    marks: tuple[tuple[str, str], ...] = ()
    stages: tuple[Stage, ...] = ()

    @property
    def form_key(self) -> str:
        """Return the key of the form that its readings are written on."""
        return f"star-{self.key}"


@cache
def shipped() -> tuple[Pack, ...]:
    """Return the packs that come with the program, by title."""
    found = (each for each in (files("resources") / "stars").iterdir() if each.name.endswith(".json"))
    packs = [read_pack(json.loads(each.read_bytes())) for each in found]
    return tuple(sorted(packs, key=lambda pack: pack.title))


def read_file(path: Path) -> Pack:
    """Return the pack of a file. Raises ValueError with a sentence if it is refused."""
    return read_pack(intake.document(intake.content_of(path, FILE_LIMIT), FILE_LIMIT))


def read_pack(document: object) -> Pack:
    """Return the pack of a JSON document. Raises ValueError with a sentence for the first fault."""
    if not isinstance(document, dict):
        raise ValueError("The file does not hold one star: it should begin with {.")
    _check_keys(document, ALLOWED, NEEDED, "A star")
    low, high = (
        _whole(document, "low", -_FURTHEST, _FURTHEST),
        _whole(document, "high", -_FURTHEST, _FURTHEST),
    )
    if not low < high:
        raise ValueError(f"“low” ({low}) must be below “high” ({high}).")
    if high - low >= _MOST_POINTS:
        raise ValueError(f"A scale of {high - low + 1} points is too long: {_MOST_POINTS} are the most.")
    weeks = document.get("default_review_weeks")
    return Pack(
        key=_key(document),
        title=_name(document, "title", LONGEST_NAME),
        edition=_whole(document, "edition", 1, 999),
        low=low,
        high=high,
        areas=_areas(document["areas"]),
        whose=_one_of(document, "whose", WHOSE),
        owner=_name(document, "owner", 120),
        acknowledgement=_name(document, "acknowledgement", 500),
        licence_required=_yes_or_no(document, "licence_required"),
        language=_language(document),
        default_review_weeks=None if weeks is None else _whole(document, "default_review_weeks", 1, 104),
        marks=_marks(document.get("marks", {})),
        stages=_stages(document.get("stages", []), low, high),
    )


def to_document(pack: Pack) -> dict[str, Any]:
    """Return a pack as the JSON document that `read_pack` takes."""
    stages = [{"label": each.label, "from": each.low, "to": each.high} for each in pack.stages]
    plain = {name: getattr(pack, name) for name in ALLOWED if name not in ("areas", "marks", "stages")}
    return plain | {"areas": list(pack.areas), "marks": dict(pack.marks), "stages": stages}


def _check_keys(
    document: Mapping[str, Any], allowed: Sequence[str], needed: Sequence[str], what: str
) -> None:
    unknown = [f"“{_short(each)}”" for each in document if each not in allowed]
    if unknown:
        known = ", ".join(allowed)
        raise ValueError(f"{what} has no place for {words.listed(unknown[:5])}. It may hold: {known}.")
    missing = [f"“{each}”" for each in needed if each not in document]
    if missing:
        raise ValueError(f"{words.listed(missing)} {'is' if len(missing) == 1 else 'are'} missing.")


def _short(text: object) -> str:
    return words.tidy(str(text))[:40]


def _key(document: Mapping[str, Any]) -> str:
    key = document["key"]
    if not isinstance(key, str) or not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", key) or len(key) > 40:
        raise ValueError("“key” must be a short name in small letters, such as quenby-star.")
    return key


def _name(document: Mapping[str, Any], name: str, most: int) -> str:
    return _words(document[name], f"“{name}”", most)


def _words(value: object, what: str, most: int) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{what} must be words.")
    text = " ".join(words.tidy(value).split())
    if len(text) > most:
        raise ValueError(f"{what} has {len(text):,} letters: {most} are the most.")
    return text


def _whole(document: Mapping[str, Any], name: str, low: int, high: int) -> int:
    value = document.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise ValueError(f"“{name}” must be a whole number from {low} to {high}.")
    return value


def _one_of(document: Mapping[str, Any], name: str, options: Sequence[str]) -> str:
    value = document[name]
    if value not in options:
        raise ValueError(f"“{name}” must be {words.listed(list(options), 'or')}.")
    return str(value)


def _yes_or_no(document: Mapping[str, Any], name: str) -> bool:
    value = document[name]
    if not isinstance(value, bool):
        raise ValueError(f"“{name}” must be true or false.")
    return value


def _language(document: Mapping[str, Any]) -> str:
    language = document.get("language", "en")
    if not isinstance(language, str) or not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", language):
        raise ValueError("“language” must be a language's code, such as en or cy.")
    return language


def _areas(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not FEWEST_AREAS <= len(value) <= MOST_AREAS:
        raise ValueError(f"“areas” must be a list of {FEWEST_AREAS} to {MOST_AREAS} names.")
    names = tuple(_words(each, f"Area {n}", LONGEST_NAME) for n, each in enumerate(value, 1))
    seen: dict[str, str] = {}
    for name, key in zip(names, area_keys(names), strict=True):
        if key in seen:
            raise ValueError(f"The areas “{seen[key]}” and “{name}” are too alike to tell apart.")
        seen[key] = name
    return names


def area_keys(names: Sequence[str]) -> list[str]:
    """Return the keys under which the scores of areas are kept.

    >>> area_keys(["Physical health", "Place", "健康"])
    ['physical_health', 'area_2', 'area_3']
    """
    return [_area_key(name) or f"area_{number}" for number, name in enumerate(names, 1)]


def _area_key(name: str) -> str:
    """Return a name as a key; nothing where it gives none, or one that another question has."""
    bare = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    key = re.sub(r"[^a-z0-9]+", "_", bare).strip("_")
    is_key = key[:1].isalpha() and key not in RESERVED and not key.endswith("_note")
    return key if is_key else ""


def _marks(value: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict):
        raise ValueError("“marks” must name areas, scale and edition.")
    _check_keys(value, ("areas", "scale", "edition"), (), "“marks”")
    return tuple((name, _one_of(value, name, MARKS)) for name in value)


def _stages(value: object, low: int, high: int) -> tuple[Stage, ...]:
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise ValueError("“stages” must be a list of stages with label, from and to.")
    found: list[Stage] = []
    begins = low
    for number, each in enumerate(value, 1):
        _check_keys(each, ("label", "from", "to"), ("label", "from", "to"), f"Stage {number}")
        stage = Stage(
            _words(each["label"], f"The label of stage {number}", LONGEST_NAME),
            _whole(each, "from", low, high),
            _whole(each, "to", low, high),
        )
        if stage.low != begins or stage.high < stage.low:
            raise ValueError(
                f"Stage {number} should go on from {begins}: stages cover the points from {low} to {high} "
                "in order, without gaps."
            )
        found.append(stage)
        begins = stage.high + 1
    if found and begins != high + 1:
        raise ValueError(f"The stages end at {begins - 1}, the scale at {high}.")
    return tuple(found)


def form_of(pack: Pack) -> Form:
    """Return the form on which a pack's readings are written: the questions of our own wheels around it."""
    areas = tuple(Area(key, name) for key, name in zip(area_keys(pack.areas), pack.areas, strict=True))
    scale = Scale(pack.low, pack.high)
    is_childs = pack.whose == "child"
    told = f"From {pack.low} to {pack.high}. {stage_words(pack.stages)}. " if pack.stages else ""
    return Form(
        pack.form_key,
        pack.edition,
        "star",
        pack.title,
        source=f"{pack.owner}, edition {pack.edition}",
        dated_by="read_on",
        owner=pack.owner,
        acknowledgement=pack.acknowledgement,
        stages=pack.stages,
        review_weeks=pack.default_review_weeks or 0,
        rules=(WRITTEN_AFTER,),
        sections=(
            reading_section(pack.whose, child_label="Child or young person"),
            wheel_section(
                pack.title,
                areas,
                scale,
                guidance=f"{told}What each point means stands in the owner's own guide. "
                "Leave out what was not talked about.",
                childs_words=is_childs,
            ),
            agreement_section(areas, scale),
            next_section(areas, scale, before=(MY_CHANGE,) if is_childs else (), after=(ANYTHING_ELSE,)),
        ),
    )
