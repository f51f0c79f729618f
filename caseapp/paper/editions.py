"""Whose copy a print is: the record's own, the family's in plain words, another agency's."""

from __future__ import annotations

from dataclasses import replace

from caseapp.form import Field, Form, Rows

EDITIONS = {"full": "Our record", "family": "The family", "professionals": "Another agency"}


def for_family(form: Form) -> Form:
    """Return a form as the family reads it: in plain words, without what is for professionals alone."""
    sections = tuple(
        replace(each, title=each.plain or each.title, fields=_for_family(each.fields))
        for each in form.sections
        if not each.professional
    )
    return replace(form, sections=sections)


def _for_family(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    kept = [replace(each, label=each.plain or each.label) for each in fields if not each.professional]
    return tuple(
        replace(each, fields=_for_family(each.fields)) if isinstance(each, Rows) else each for each in kept
    )
