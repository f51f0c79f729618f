"""What the columns of a school's CSV hold: column to field, value to code. Pure; remembered by its JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final, NamedTuple

from caseapp.form import YES_NO, Options
from caseapp.form_parts import pep_lists as lists
from caseapp.ssda903_rows import printable

ATTENDANCE: Final = "attendance"
ATTAINMENT: Final = "attainment"
KINDS: Final = {ATTENDANCE: "Attendance of a term", ATTAINMENT: "Attainment in subjects"}
RESULT_OF: Final = "result_of"
JUDGEMENT_OF: Final = "judgement_of"
PER_SUBJECT: Final = {RESULT_OF: "result", JUDGEMENT_OF: "judgement"}
"""What a column holds whose heading is a subject."""
TERMS: Options = (("autumn", "Autumn"), ("spring", "Spring"), ("summer", "Summer"))
MOST_KEPT: Final = 300  # columns, and values of one field, that a mapping remembers


class Target(NamedTuple):
    """A field of the record that a column can go to. `whole`: it may be said once for the whole file."""

    key: str
    label: str
    kind: str
    headings: tuple[str, ...] = ()
    options: Options = ()
    whole: bool = False


_CHILD: Final = (
    Target("upn", "UPN", "text", ("upn", "unique pupil number", "pupil upn")),
    Target("name", "Name in one column", "text", ("name", "pupil name", "student name", "full name",
           "pupil", "student", "child")),
    Target("given", "First name", "text", ("forename", "first name", "given name", "legal forename",
           "preferred forename", "forenames")),
    Target("family", "Family name", "text", ("surname", "last name", "family name", "legal surname",
           "preferred surname")),
    Target("born_on", "Date of birth", "day", ("dob", "date of birth", "birth date", "born")),
)  # fmt: skip
_SESSIONS: Final = (
    Target("school_year", "School year", "year", ("school year", "academic year", "year"), whole=True),
    Target("term", "Term", "code", ("term", "term name"), TERMS, whole=True),
    Target("possible", "Possible sessions", "number", ("possible", "possible sessions", "sessions possible",
           "possible marks", "total sessions", "possible attendances")),
    Target("attended", "Attended sessions", "number", ("attended", "present", "presents", "sessions attended",
           "attended sessions", "attendances", "present marks", "attendance")),
    Target("authorised", "Authorised absences", "number", ("authorised", "authorised absence",
           "authorised absences", "auth absence", "auth abs", "aa")),
    Target("unauthorised", "Unauthorised absences", "number", ("unauthorised", "unauthorised absence",
           "unauthorised absences", "unauth absence", "unauth abs", "ua")),
    Target("late", "Late", "number", ("late", "lates", "late before registers closed", "l")),
)  # fmt: skip
_SUBJECTS: Final = (
    Target("subject", "Subject", "text", ("subject", "course", "area of learning")),
    Target("assessed_on", "Assessed on", "day", ("assessed on", "date", "assessment date", "result date",
           "date assessed"), whole=True),
    Target("framework", "Assessed by", "code", ("framework", "assessed by", "assessment", "aspect",
           "qualification"), lists.FRAMEWORKS, whole=True),
    Target("result", "Result", "text", ("result", "grade", "score", "mark", "current grade", "level")),
    Target("judgement", "For the age", "code", ("judgement", "for the age", "age related", "are",
           "teacher assessment", "ta", "age related expectation"), lists.JUDGEMENTS),
    Target("progress", "Progress", "code", ("progress", "progress since last term"), lists.PROGRESS),
    Target("target", "Target grade", "text", ("target", "target grade", "predicted", "predicted grade")),
    Target("comment", "Comment", "text", ("comment", "comments", "teacher comment", "note")),
    Target("baseline", "Baseline on coming into care", "code", ("baseline",), YES_NO),
    Target(RESULT_OF, "Result; the heading is the subject", "text"),
    Target(JUDGEMENT_OF, "For the age; the heading is the subject", "code", (), lists.JUDGEMENTS),
)  # fmt: skip
TARGETS: Final[dict[str, tuple[Target, ...]]] = {
    ATTENDANCE: (*_CHILD, *_SESSIONS),
    ATTAINMENT: (*_CHILD, *_SUBJECTS),
}
# What schools write for a code; shown before it is used
_ALSO: Final[dict[str, dict[str, str]]] = {
    "judgement": {
        "exs": "E", "exp": "E", "expected": "E", "are": "E", "on track": "E",
        "gds": "GD", "gd": "GD", "greater depth": "GD", "above": "GD", "exceeding": "GD",
        "wts": "B", "working towards": "B", "below": "B", "emerging": "B",
        "pks": "WB", "pkf": "WB", "blw": "WB", "well below": "WB", "ems": "WB",
        "absent": "N", "n/a": "N",
    },
    "term": {
        "aut": "autumn", "autumn term": "autumn", "spr": "spring", "spring term": "spring",
        "sum": "summer", "summer term": "summer",
    },
    "progress": {"above": "more", "good": "expected", "expected progress": "expected", "below": "less"},
    "baseline": {"y": "yes", "n": "no", "true": "yes", "false": "no", "1": "yes", "0": "no"},
}  # fmt: skip
_YEAR: Final = re.compile(r"(\d{4})(?:\s*(?:/|-|–|to)\s*(\d{2}|\d{4}))?", re.ASCII)


@dataclass(frozen=True)
class ColumnMap:
    """Which column goes where, what values mean, and what holds for the whole file."""

    kind: str
    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    whole: Mapping[str, str] = field(default_factory=dict)


class Coded(NamedTuple):
    """A value in the file that stands for a code; the code is empty until one is chosen."""

    target: Target
    value: str
    code: str


def target(kind: str, key: str) -> Target:
    """Return a field by its key."""
    return next(each for each in TARGETS[kind] if each.key == key)


# Which column goes where


def suggested(kind: str, headings: Sequence[str], before: ColumnMap | None = None) -> ColumnMap:
    """Return what the columns probably hold: as remembered, else by what they are called."""
    kept = dict(before.columns) if before and before.kind == kind else {}
    columns = {name: kept[name] for name in headings if name in kept}
    for name in headings:
        found = _by_heading(kind, name)
        if name not in kept and found and found not in columns.values():
            columns[name] = found
    if not before or before.kind != kind:
        return ColumnMap(kind, {name: key for name, key in columns.items() if key})
    return replace(before, columns={name: key for name, key in columns.items() if key})


def _by_heading(kind: str, heading: str) -> str:
    said = folded(heading.replace("_", " "))
    return next((each.key for each in TARGETS[kind] if said in each.headings), "")


def missing(chosen: ColumnMap) -> list[str]:
    """Return what must still be said before the rows can be read, a sentence each."""
    has = {*chosen.columns.values(), *(key for key, value in chosen.whole.items() if value.strip())}
    named = "name" in has or {"given", "family"} <= has
    found = []
    if "upn" not in has and not (named and "born_on" in has):
        found.append("Choose the column of the UPN, or those of name and date of birth.")
    wanted: tuple[str, ...] = ("school_year", "term", "possible", "attended")
    if chosen.kind == ATTAINMENT:
        wanted = ("assessed_on", "framework")
        per_subject = has & set(PER_SUBJECT)
        if not per_subject and "subject" not in has:
            found.append("Choose the column of the subject, or columns whose heading is a subject.")
        if not per_subject and not has & {"result", "judgement"}:
            found.append("Choose the column of the result or of the judgement for the age.")
        if per_subject and "subject" in has:
            found.append("Subjects stand in the rows or in the headings: leave one of them out.")
    for key in wanted:
        if key not in has:
            each = target(chosen.kind, key)
            found.append(
                f"Choose the column of “{each.label}”"
                + (", or say it for the whole file." if each.whole else ".")
            )
    return found


def with_whole(chosen: ColumnMap, whole: Mapping[str, str]) -> ColumnMap:
    """Return the mapping with what else holds for the whole file."""
    return replace(chosen, whole={**chosen.whole, **whole})


def twice(chosen: ColumnMap) -> list[str]:
    """Return the labels of fields that two columns go to, though they take one."""
    keys = [key for key in chosen.columns.values() if key not in PER_SUBJECT]
    return [target(chosen.kind, key).label for key in dict.fromkeys(keys) if keys.count(key) > 1]


# What values mean


def coded(chosen: ColumnMap, values: Mapping[str, Sequence[str]]) -> list[Coded]:
    """Return the values that stand for codes, with the code that each has now. `values`: by heading."""
    found: dict[tuple[str, str], Coded] = {}
    for heading, key in chosen.columns.items():
        each = target(chosen.kind, key)
        if each.kind != "code":
            continue
        for value in values.get(heading, ()):
            found.setdefault((each.key, folded(value)), Coded(each, value, code_of(chosen, each, value)))
    return list(found.values())


def code_of(chosen: ColumnMap, asked: Target, value: str) -> str:
    """Return the code of a value: as it was chosen, else by code, words, or what schools write for it."""
    said = folded(value)
    own = chosen.values.get(asked.key, {}).get(said, "")
    if own in dict(asked.options):
        return own
    known = {folded(text): option[0] for option in asked.options for text in option}
    also = _ALSO.get(PER_SUBJECT.get(asked.key, asked.key), {})
    return known.get(said) or also.get(said, "")


def folded(text: str) -> str:
    """Return a heading or value as it is compared."""
    return " ".join(text.casefold().split())


# Reading


def school_year_from(text: str) -> int:
    """Return the year in which a written school year begins. Raises ValueError with a sentence.

    >>> school_year_from("2026/27"), school_year_from("2026-2027"), school_year_from("2026")
    (2026, 2026, 2026)
    """
    found = _YEAR.fullmatch(text.strip())
    if not found or (found[2] and int(found[2]) % 100 != (int(found[1]) + 1) % 100):
        raise ValueError(f"“{short(text)}” is not a school year. Write it as 2026/27.")
    return int(found[1])


def short(text: str) -> str:
    """Return a cell as it may be shown: one line, no hidden characters, not long."""
    plain = printable(" ".join(text.split()))
    return plain if len(plain) <= 40 else f"{plain[:39]}…"


# Remembered


def remembered(chosen: ColumnMap) -> dict[str, Any]:
    """Return what is kept of it for the next file: the columns, the codes, and how work is assessed.

    What changes from file to file (term, year, day) is asked each time.
    """
    whole = {key: value for key, value in chosen.whole.items() if key == "framework"}
    return asdict(replace(chosen, whole=whole))


def from_remembered(kind: str, document: object) -> ColumnMap | None:
    """Return a mapping that was kept; None for what cannot be one, so that the headings decide again."""
    if not isinstance(document, dict) or document.get("kind") != kind:
        return None
    known = {each.key: each for each in TARGETS[kind]}
    columns = {name: key for name, key in _texts(document.get("columns")).items() if not key or key in known}
    values = document.get("values")
    codes = {
        key: {value: code for value, code in _texts(some).items() if code in dict(known[key].options)}
        for key, some in (values.items() if isinstance(values, dict) else ())
        if key in known
    }
    return ColumnMap(kind, columns, codes, _texts(document.get("whole")))


def _texts(document: object) -> dict[str, str]:
    if not isinstance(document, dict):
        return {}
    found = [(name, value) for name, value in document.items() if isinstance(value, str)]
    return dict(found[:MOST_KEPT])
