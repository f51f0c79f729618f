"""The four levels of need. Their names differ by area and are a setting; the numbers are common ground."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from caseapp import words
from caseapp.form import Choice, Form, Rows
from caseapp.form_parts.early_help_lists import LEVELS
from db import settings as queries
from db.problems import Problem
from db.roles import authorise
from db.store import Session

SHORT = {1: "Universal", 2: "Additional", 3: "Targeted", 4: "Specialist"}
_LONGEST = 40


def check(level: int) -> None:
    """Raise Problem unless it is a level."""
    if level not in SHORT:
        raise Problem("A level of need is 1, 2, 3 or 4. Nothing was changed.")


def names(session: Session) -> dict[int, str]:
    """Return what the levels are called here."""
    own = queries.values(session, [f"level.{level}" for level in SHORT])
    return {level: own.get(f"level.{level}") or name for level, name in SHORT.items()}


def rename(session: Session, level: int, name: str) -> None:
    """Call a level what this area calls it; without a name, what the program calls it."""
    authorise(session.actor, "settings")
    check(level)
    tidy = words.tidy(name).strip()
    if len(tidy) > _LONGEST:
        raise Problem(f"A level's name takes {_LONGEST} letters. Nothing was changed.")
    queries.put(session, f"level.{level}", tidy)


def label(level: int | None, named: dict[int, str]) -> str:
    """Return a level as read: «Level 3: Targeted»; nothing while none is known."""
    return f"Level {level}: {named[level]}" if level in named else ""


def local_form(session: Session, form: Form) -> Form:
    """Return a form that calls the levels of need what this area calls them."""
    called = names(session)
    if called == SHORT:
        return form
    options = tuple(
        (code, text if called[int(code)] == SHORT[int(code)] else label(int(code), called))
        for code, text in LEVELS
    )
    sections = tuple(
        replace(section, fields=tuple(_local(each, options) for each in section.fields))
        for section in form.sections
    )
    return replace(form, sections=sections)


def _local(field: Any, options: Any) -> Any:
    if isinstance(field, Choice) and field.options == LEVELS:
        return replace(field, options=options)
    if isinstance(field, Rows):
        return replace(field, fields=tuple(_local(each, options) for each in field.fields))
    return field
