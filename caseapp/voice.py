"""The child's own words, gathered from every signed document and note: verbatim, dated, newest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from caseapp import codes, words
from caseapp.form import Answers, Field, Form, Rows, Text, filled_rows, is_empty
from caseapp.plan_writing import form_of
from db import children as queries
from db import signed
from db.children import child_of
from db.models import Child, Note, Revision
from db.store import Session


class Said(NamedTuple):
    """Something a child said. `whose` names a brother or sister whose words stand in the same document.

    `where` tells place and company, `influence` how the words changed the plan; each may be empty.
    """

    on: date
    source: str
    question: str
    words: str
    revision_id: UUID | None
    whose: str = ""
    where: str = ""
    influence: str = ""


_WHERE = ("voice_place", "voice_present", "voice_methods")
_INFLUENCE = ("voice_influence", "influence")


def gathered(session: Session, child_id: UUID) -> list[Said]:
    """Return what the child said, newest first and in the documents' own order. Raises NotFound.

    Drafts and versions that a correction replaces are left out.
    """
    child = child_of(session, child_id)
    found = _in_notes(session, child_id) + _in_documents(session, child)
    return sorted(found, key=lambda each: each.on, reverse=True)


def _in_notes(session: Session, child_id: UUID) -> list[Said]:
    notes = queries.of_child(session, Note, child_id)
    replaced = {each.replaces_id for each in notes}
    return [_noted(each) for each in reversed(notes) if each.quote and each.id not in replaced]


def _noted(note: Note) -> Said:
    alone = ", seen alone" if note.seen_alone else ""
    kind = codes.NOTE_KINDS.get(note.kind, note.kind)
    source = f"{kind} on {words.day(note.happened_on)}{alone}"
    return Said(note.happened_on, source, "", note.quote, None)


def _in_documents(session: Session, child: Child) -> list[Said]:
    """Return the quotes of the signed documents. What a review brought forward is told where it was new."""
    names = frozenset(name.casefold() for name in (child.name, child.given, child.known_as) if name)
    told_before: set[tuple[str, str, str]] = set()
    found = []
    for revision in signed.standing(session, child.id):
        form = form_of(session, revision)
        for quote in _quotes(form, revision.document.answers):
            before = (revision.kind, quote.question, quote.words)
            if quote.is_new or before not in told_before:
                found.append(_said(form, revision, quote, names))
            told_before.add(before)
    return found


class _Quote(NamedTuple):
    """A quote with the questions and answers that stand around it: its section's, or its row's."""

    question: str
    words: str
    is_new: bool
    around: Sequence[Field]
    told: Mapping[str, Any]
    is_row: bool


def _quotes(form: Form, answers: Answers) -> Iterator[_Quote]:
    labels = Counter(each.label for each in form.fields)
    for section, asked in form.asked(answers):
        if isinstance(asked, Text) and asked.quote and not is_empty(answers.get(asked.key)):
            said = str(answers[asked.key])
            question = asked.label if labels[asked.label] == 1 else f"{section.title}: {asked.label}"
            yield _Quote(question, said, asked.fresh, section.asked(answers), answers, False)
        elif isinstance(asked, Rows):
            for row in filled_rows(answers.get(asked.key)):
                yield from _quotes_in_row(asked, row)


def _quotes_in_row(rows: Rows, row: Answers) -> Iterator[_Quote]:
    asked = [each for each in rows.fields if not each.when or each.when.holds(row)]
    for each in asked:
        if isinstance(each, Text) and each.quote and not is_empty(row.get(each.key)):
            question = f"{rows.label}: {each.label}"
            yield _Quote(question, str(row[each.key]), rows.fresh, asked, row, True)


def _said(form: Form, revision: Revision, quote: _Quote, names: frozenset[str]) -> Said:
    dated = revision.dated_on or revision.started_on
    around = {each.key: each for each in quote.around}
    told = {key: answer for key, answer in quote.told.items() if key in around}
    return Said(
        words.stored_day(told.get("voice_on")) or dated,
        f"{form.title}, {words.day(dated)}",
        quote.question,
        quote.words,
        revision.id,
        _whose(told, names) if quote.is_row else "",
        _where(around, told),
        next((str(told[key]) for key in _INFLUENCE if not is_empty(told.get(key))), ""),
    )


def _whose(row: Mapping[str, Any], names: frozenset[str]) -> str:
    name = " ".join(str(row.get("name", "")).split())
    return "" if name.casefold() in names else name


def _where(around: Mapping[str, Field], told: Mapping[str, Any]) -> str:
    shown = [around[key].show(told[key]) for key in _WHERE if key in told]
    alone = ["seen alone"] if told.get("seen_alone") == "yes" else []
    return "; ".join([each for each in shown if each] + alone)
