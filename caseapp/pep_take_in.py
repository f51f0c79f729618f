"""What a school sends back of a Personal Education Plan: merged into the open draft.

Nothing typed here is overwritten by it: where both wrote, somebody decides.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple
from uuid import UUID

from caseapp import intake, plan_versions, plans, words
from caseapp.education import pep_file
from caseapp.education.pep_file import SCHOOL, Said, Unreadable, shown
from caseapp.form import Answers, Change, Field, Form, Rows, Section, Text, is_empty
from caseapp.pep_exchange import KIND, SEAL_KEY
from caseapp.plan_writing import form_of
from caseapp.ssda903_rows import printable
from db import plans as queries
from db import settings
from db.children import child_of
from db.looks import record_look
from db.models import Child, Revision
from db.problems import Problem
from db.reach import child_subject
from db.roles import authorise
from db.store import Session

THEIRS, BOTH = "theirs", "both"
"""How a difference is decided; what is not decided stays as it is here."""
_LONGEST_REASON: Final = 300
NOT_THEIRS: Final = "This is not the school's to answer. It stays as it is here."


class Refused(NamedTuple):
    """An answer in the file that is not taken, and why."""

    key: str
    label: str
    reason: str


class Difference(NamedTuple):
    """A question that was answered here and in the school, both in words. Somebody decides."""

    key: str
    label: str
    ours: str
    theirs: str
    may_both: bool


class Taken(NamedTuple):
    """What a file brings, or has brought, into the open draft; `unchanged` answers came back as they went."""

    revision_id: UUID
    title: str
    number: int
    changed: tuple[Change, ...]
    differences: tuple[Difference, ...]
    refused: tuple[Refused, ...]
    notes: tuple[str, ...]
    unchanged: int


@dataclass
class _Merge:
    """A file being laid beside the draft."""

    form: Form
    ours: Answers
    is_sealed: bool
    decided: Mapping[str, str]
    merged: Answers
    changed: list[Change]
    differences: list[Difference]
    refused: list[Refused]
    unchanged: int = 0


def read(path: Path) -> bytes:
    """Return the bytes of a school's file. Raises Problem if it cannot be read, or is too large."""
    try:
        return intake.content_of(path, pep_file.FILE_LIMIT)
    except intake.Refused as error:
        raise _not_taken(str(error)) from None


def look(session: Session, child_id: UUID, content: bytes) -> Taken:
    """Return what a school's file would bring into the open draft, nothing being stored.

    Raises Problem if the file is none, is another child's, or has no draft to go into.
    """
    revision, document = _incoming(session, child_id, content)
    return _told(session, revision, document, _merged(session, revision, document, {}))


def take_in(
    session: Session, child_id: UUID, content: bytes, decided: Mapping[str, str] | None = None
) -> Taken:
    """Put what the school wrote into the open draft. `decided`: {question: "theirs" | "both"}.

    What was answered here since stays unless decided otherwise; such answers are returned as differences,
    and the same file taken in again shows them again. Raises as `look`.
    """
    revision, document = _incoming(session, child_id, content)
    merge = _merged(session, revision, document, decided or {})
    told = _told(session, revision, document, merge)
    if merge.merged != merge.ours:
        plans.save(session, revision.id, revision.version, merge.merged)
    counts = {"changed": len(told.changed), "kept": len(told.differences), "refused": len(told.refused)}
    record_look(
        session, "import", child_id, tbl="revision", row_id=revision.id, detail={"kind": KIND, **counts}
    )
    return told


def _incoming(session: Session, child_id: UUID, content: bytes) -> tuple[Revision, dict[str, Any]]:
    child = child_of(session, child_id)
    authorise(session.actor, "write", child_subject(session, child))
    try:
        document = pep_file.from_bytes(content)
    except Unreadable as error:
        raise _not_taken(str(error)) from None
    if document["child"].get("id") != str(child.id):
        other = shown(document["child"].get("ref", "?"))
        raise _not_taken(
            f"It is about another child, reference {other}; this is {child.ref}. Open that record and take "
            "it in there."
        )
    return _draft(session, child, document), document


def _not_taken(what: str) -> Problem:
    return Problem(f"The school's file is not taken in, and nothing was changed. {what}")


def _draft(session: Session, child: Child, document: dict[str, Any]) -> Revision:
    """Return the open draft that the file belongs to: the one it was made from, or its correction."""
    draft = queries.draft(session, child.id, KIND)
    sent_from = document["plan"].get("id")
    number = shown(document["plan"].get("number", "?"))
    if not draft:
        raise _not_taken(
            f"Version {number}, from which it was made, is no longer open. Correct that version, then take "
            "the file in."
        )
    if sent_from not in (str(draft.id), str(draft.replaces_id)):
        raise _not_taken(f"It was made from version {number}, and version {draft.number} is open now.")
    typed = queries.typing(session, draft.id, session.actor.worker_id)
    if typed and typed.answers != draft.document.answers:
        raise _not_taken(
            f"You have typing of {words.moment(typed.updated_at)} in this draft that is not saved. Open the "
            "plan, keep the typing or discard it, then try again."
        )
    return draft


def _merged(
    session: Session, revision: Revision, document: dict[str, Any], decided: Mapping[str, str]
) -> _Merge:
    form = form_of(session, revision)
    _refuse_other_form(form, document["form"])
    told = str(document.get("seal", ""))
    key = settings.value(session, SEAL_KEY)
    is_sealed = bool(key) and hmac.compare_digest(
        pep_file.seal(document, bytes.fromhex(key or "")).encode(), told.encode()
    )
    ours = revision.document.answers
    merge = _Merge(form, ours, is_sealed, decided, dict(ours), [], [], [])
    places = {each.key: (section, each) for section in form.sections for each in section.fields}
    for said in pep_file.said(document):
        if said.key not in places:
            _refuse(merge, said, _unknown(form, document["form"]))
        else:
            _merge_one(merge, *places[said.key], said)
    return merge


def _refuse_other_form(form: Form, told: dict[str, Any]) -> None:
    if told.get("key") != form.key:
        raise _not_taken("It is made from another form.")
    version = told.get("version")
    if not isinstance(version, int) or version > form.version:
        raise _not_taken(
            f"It is made from version {shown(version)} of the form, and this program knows versions up to "
            f"{form.version}. Update the program, then take it in."
        )


def _unknown(form: Form, told: dict[str, Any]) -> str:
    if told.get("version") != form.version:
        return f"Version {form.version} of the form no longer asks this. Copy it by hand where it belongs."
    return "The form has no such question: it was added to the file, or its key was changed."


def _refuse(merge: _Merge, said: Said, reason: str) -> None:
    if not is_empty(said.answer):
        merge.refused.append(Refused(shown(said.key), shown(said.label), reason))


def _merge_one(merge: _Merge, section: Section, field: Field, said: Said) -> None:
    ours = merge.ours.get(field.key)
    if not said.to_fill:
        if not merge.is_sealed and said.answer != field.show(ours):
            _refuse(merge, said, NOT_THEIRS)
        return
    trusted = merge.is_sealed or section.owner == SCHOOL
    if not trusted or not pep_file.may_go(field, merge.ours):
        if said.answer != said.sent:
            _refuse(merge, said, NOT_THEIRS)
        return
    if said.answer == said.sent:
        merge.unchanged += 1
        return
    try:
        theirs = field.clean(pep_file.inward(field, said.answer))
    except ValueError as error:
        _refuse(merge, said, _readable(str(error)))
        return
    _lay_beside(merge, field, said, ours, theirs)


def _lay_beside(merge: _Merge, field: Field, said: Said, ours: Any, theirs: Any) -> None:
    if _same(field, ours, theirs):
        merge.unchanged += 1
        return
    is_as_sent = is_empty(ours) or (merge.is_sealed and _same(field, ours, _sent(field, said.sent)))
    decided = merge.decided.get(field.key, "")
    if (is_as_sent and not is_empty(theirs)) or decided == THEIRS:
        _change(merge, field, ours, theirs)
    elif decided == BOTH and _may_both(field, ours, theirs):
        _change(merge, field, ours, _both(field, ours, theirs))
    else:
        may_both = _may_both(field, ours, theirs)
        merge.differences.append(
            Difference(field.key, field.label, field.show(ours), field.show(theirs), may_both)
        )


def _change(merge: _Merge, field: Field, ours: Any, now: Any) -> None:
    merge.merged = {**merge.merged, field.key: now}
    merge.changed.append(Change(field.key, field.label, field.show(ours), field.show(now)))


def _sent(field: Field, sent: Any) -> Any:
    try:
        return field.clean(pep_file.inward(field, sent))
    except ValueError:  # a draft may hold what cannot be understood; it went out as it was
        return sent


def _same(field: Field, one: Any, other: Any) -> bool:
    if is_empty(one) or is_empty(other):
        return is_empty(one) and is_empty(other)
    return one == other or field.show(one) == field.show(other)


def _may_both(field: Field, ours: Any, theirs: Any) -> bool:
    if is_empty(ours) or is_empty(theirs):
        return False
    if isinstance(field, Text) and field.lines > 1:
        return len(_both(field, ours, theirs)) <= field.limit
    return isinstance(field, Rows) and isinstance(ours, list)


def _both(field: Field, ours: Any, theirs: Any) -> Any:
    if isinstance(field, Rows):
        return [*ours, *(row for row in theirs if row not in ours)]
    return f"{ours}\n\n{theirs}"


def _told(session: Session, revision: Revision, document: dict[str, Any], merge: _Merge) -> Taken:
    return Taken(
        revision.id,
        plan_versions.title(merge.form, revision),
        revision.number,
        tuple(merge.changed),
        tuple(merge.differences),
        tuple(merge.refused),
        tuple(_notes(session, document, merge)),
        merge.unchanged,
    )


def _notes(session: Session, document: dict[str, Any], merge: _Merge) -> Iterator[str]:
    version = document["form"].get("version")
    in_file = {each.key for each in pep_file.said(document)}
    if version != merge.form.version:
        yield (
            f"The file was made from version {version} of the form; version {merge.form.version} is used "
            "now. What both ask is taken in."
        )
        new = [
            each.label
            for section in merge.form.sections
            if section.owner == SCHOOL
            for each in pep_file.questions_of(section, merge.merged, (SCHOOL,))
            if each.key not in in_file
        ]
        if new:
            yield f"New since then, so not in the file: {words.listed(new)}."
    if not merge.is_sealed:
        yield (
            "Parts of the file that should stay as they were sent have been changed, or another store sent "
            "it. Only what nobody has answered here is taken in unasked."
        )
    yield from _troubles(session, merge)


def _troubles(session: Session, merge: _Merge) -> Iterator[str]:
    changed = {each.key for each in merge.changed}
    for trouble in merge.form.clean(merge.merged, today=session.today)[1]:
        if trouble.key in changed:
            yield f"To see to before signing: {trouble.label}: {trouble.words}"


def _readable(text: str) -> str:
    """Return a sentence that quotes the file as it may be shown: no hidden characters, not long."""
    plain = printable(" ".join(text.split()))
    return plain if len(plain) <= _LONGEST_REASON else f"{plain[: _LONGEST_REASON - 1]}…"
