"""What stands in the file of a Personal Education Plan that goes to a school, and how it is read. No store.

The file is described in docs/pep-exchange.md and resources/schemas/pep-exchange.json.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Collection, Mapping
from typing import Any, Final, NamedTuple

from caseapp import intake, words
from caseapp.form import (
    Answers,
    AnyOf,
    Choice,
    Choices,
    Computed,
    Date,
    Field,
    Filled,
    Form,
    Is,
    Money,
    Number,
    Rows,
    Score,
    Section,
    Signatures,
    Text,
    is_empty,
)
from caseapp.form_parts.pep_lists import NOT_FOR_SCHOOL
from caseapp.ssda903_rows import printable

WHAT: Final = "Personal Education Plan for a school to fill in"
FORMAT: Final = 1
FILE_LIMIT: Final = intake.JSON_LIMIT  # bytes
SCHOOL: Final = "Designated teacher"
READ_ME: Final = (
    "Fill in “answer” of each question in the sections with “to_fill”: true. Change nothing else.",
    "Text stands in quotes. A choice is one of the codes under “options”, or its words. A list of choices is "
    '["code", "code"].',
    "A date is 2026-09-03 or 03/09/2026. Money is pounds: 480 or 480.50. What is not known is null.",
    "Rows are a list: one {…} for each row, with the keys under “questions” of that question.",
    "“asked_only_if” says when a question matters; leave it out otherwise.",
    "Save it as a text file in UTF-8 and send it back in a safe way: it holds personal data.",
)
_KINDS: Final[dict[type[Field], str]] = {
    Text: "text", Choice: "choice", Choices: "choices", Date: "date", Number: "number", Money: "money",
    Score: "score", Rows: "rows",
}  # fmt: skip
_SEALED: Final = ("what", "format", "form", "child", "plan")


class Unreadable(ValueError):
    """The file is none of ours; its words say why."""


# Which questions go into it


def to_fill(section: Section, owners: Collection[str]) -> bool:
    """Return whether a section is for the school."""
    return section.owner in owners


def may_go(field: Field, answers: Mapping[str, Any]) -> bool:
    """Return whether a school may see a question: not what is kept from it, nor what is withheld.

    What could be withheld goes only once somebody has said that it need not be.
    """
    if field.key in NOT_FOR_SCHOOL or field.professional or isinstance(field, Signatures | Computed):
        return False
    if field.secret_when is None:
        return True
    asked = answers.get(getattr(field.secret_when, "key", ""))
    return not is_empty(asked) and not field.secret_when.holds(answers)


def questions_of(section: Section, answers: Mapping[str, Any], owners: Collection[str]) -> list[Field]:
    """Return what goes out of a section: all of the school's, of others the facts that the record knows."""
    if section.when and not section.when.holds(answers):
        return []
    allowed = [each for each in section.fields if may_go(each, answers)]
    if to_fill(section, owners):
        return allowed
    return [each for each in allowed if each.prefill and not is_empty(answers.get(each.key))]


# Writing


def question(form: Form, field: Field, answer: Any) -> dict[str, Any]:
    """Return a question with its answer as it stands; `sent` is kept beside it, to tell what was changed."""
    stands = outward(field, answer)
    return {**described(form, field), "sent": stands, "answer": stands}


def fact(field: Field, answer: Any) -> dict[str, Any]:
    """Return a question that the school reads and does not fill in, with its answer in words."""
    return {"key": field.key, "label": field.label, "answer": field.show(answer)}


def described(form: Form, field: Field) -> dict[str, Any]:
    """Return what a school must know of a question to answer it without the program."""
    found: dict[str, Any] = {"key": field.key, "label": field.label, "kind": _KINDS[type(field)]}
    if field.help:
        found["help"] = field.help
    if field.required:
        found["needed"] = True
    if field.when:
        found["asked_only_if"] = condition_words(form, field)
    if isinstance(field, Choice | Choices):
        found["options"] = [{"code": code, "label": label} for code, label in field.options]
    if isinstance(field, Number | Score):
        found["from"], found["to"] = field.low, field.high
    if isinstance(field, Number) and field.unit:
        found["unit"] = field.unit
    if isinstance(field, Rows):
        inner = Form(form.key, form.version, form.kind, form.title, (Section("rows", "", field.fields),))
        found["row"] = field.row
        found["questions"] = [described(inner, each) for each in field.fields if type(each) in _KINDS]
    return found


def condition_words(form: Form, field: Field) -> str:
    """Return when a question is asked, in words."""
    when = field.when
    if when is None:
        return ""
    other = next((each for each in form.fields if each.key == when.key), None)
    label = other.label if other else when.key
    if isinstance(when, Filled):
        return f"“{label}” is filled in"
    codes = (when.value,) if isinstance(when, Is) else when.values if isinstance(when, AnyOf) else ()
    shown = [other.show(code) if isinstance(other, Choice | Choices) else code for code in codes]
    if isinstance(other, Choices):
        shown = [dict(other.options).get(code, code) for code in codes]
    return f"“{label}” is {words.listed(shown, 'or')}"


def outward(field: Field, answer: Any) -> Any:
    """Return an answer as the file has it: as stored, but money in pounds."""
    if is_empty(answer):
        return None
    if isinstance(field, Money) and isinstance(answer, int):
        return f"{answer // 100}.{answer % 100:02d}"
    if isinstance(field, Rows) and isinstance(answer, list):
        inner = {each.key: each for each in field.fields}
        return [
            {key: outward(inner[key], value) for key, value in row.items() if key in inner}
            for row in answer
            if isinstance(row, dict)
        ]
    return answer


def inward(field: Field, answer: Any) -> Any:
    """Return an answer of the file as the question takes it. Raises ValueError with a sentence.

    A sum is pounds here, also where it was written as a number; a store counts pence.
    """
    if is_empty(answer):
        return None
    if isinstance(field, Rows):
        if not isinstance(answer, list) or not all(isinstance(row, dict) for row in answer):
            raise ValueError("This takes a list of rows.")
        return [_row_inward(field, number, row) for number, row in enumerate(answer, 1)]
    if isinstance(field, Choices):
        given = answer if isinstance(answer, list) else [answer]
        if not all(isinstance(each, str) for each in given):
            raise ValueError("This takes a list of codes.")
        return given
    if isinstance(answer, bool) or not isinstance(answer, str | int | float):
        raise ValueError("This takes one answer: text in quotes, or a number.")
    return str(answer)


def _row_inward(field: Rows, number: int, row: Mapping[str, Any]) -> Answers:
    inner = {each.key: each for each in field.fields}
    for key in row:
        if key not in inner:
            raise ValueError(f"{field.row.capitalize()} {number}: “{shown(key)}” is no question of it.")
    try:
        return {key: inward(inner[key], value) for key, value in row.items()}
    except ValueError as error:
        raise ValueError(f"{field.row.capitalize()} {number}: {error}") from None


def as_bytes(document: Mapping[str, Any], key: bytes) -> bytes:
    """Return the file: sealed, and laid out to be read by people."""
    sealed = {**document, "seal": seal(document, key)}
    return (json.dumps(sealed, ensure_ascii=False, indent=2) + "\n").encode()


def seal(document: Mapping[str, Any], key: bytes) -> str:
    """Return what tells whether anything but answers was changed on the way."""
    fixed = {name: document.get(name) for name in _SEALED}
    fixed["sections"] = [_without_answers(each) for each in _list(document.get("sections"))]
    text = json.dumps(fixed, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def _without_answers(section: object) -> object:
    if not isinstance(section, dict) or section.get("to_fill") is not True:
        return section
    asked = [
        {name: value for name, value in each.items() if name != "answer"} if isinstance(each, dict) else each
        for each in _list(section.get("questions"))
    ]
    return {**section, "questions": asked}


# Reading


def from_bytes(content: bytes) -> dict[str, Any]:
    """Return a file that came back. Raises Unreadable with a sentence if it is none."""
    try:
        found = intake.document(content, FILE_LIMIT)
    except intake.Refused as error:
        raise Unreadable(str(error)) from None
    if not isinstance(found, dict) or found.get("what") != WHAT:
        raise Unreadable("It is not a plan that was sent to a school.")
    if found.get("format") != FORMAT:
        raise Unreadable("It was made by another version of the program: ask for one of the same version.")
    for name in ("form", "child", "plan"):
        if not isinstance(found.get(name), dict):
            raise Unreadable(f"Its part “{name}” is missing.")
    return found


class Said(NamedTuple):
    """A question as it came back: the section, whether it was to be filled, what was sent, what it says."""

    section: str
    key: str
    label: str
    to_fill: bool
    sent: Any
    answer: Any


def said(document: Mapping[str, Any]) -> list[Said]:
    """Return the questions of a file in its order. What has no key is left out: it says nothing."""
    return [
        Said(
            str(section.get("title") or section.get("key") or ""),
            asked["key"],
            str(asked.get("label") or asked["key"]),
            section.get("to_fill") is True,
            asked.get("sent"),
            asked.get("answer"),
        )
        for section in _list(document.get("sections"))
        if isinstance(section, dict)
        for asked in _list(section.get("questions"))
        if isinstance(asked, dict) and isinstance(asked.get("key"), str)
    ]


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def shown(text: object) -> str:
    """Return something of the file as it may be shown: one line, no hidden characters, not long."""
    plain = printable(" ".join(str(text).split()))
    return plain if len(plain) <= 60 else f"{plain[:59]}…"
