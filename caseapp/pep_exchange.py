"""A Personal Education Plan to the school: a file that it fills in without the program and sends back."""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Iterator
from typing import Any, Final, NamedTuple
from uuid import UUID

from caseapp import form_json, plan_versions
from caseapp.education import pep_file
from caseapp.education.pep_file import SCHOOL
from caseapp.form import Answers, Field, Form, Section, Text, is_empty
from caseapp.plan_writing import form_of
from db import children as child_queries
from db import settings
from db.looks import record_look
from db.models import Address, Child, Revision
from db.problems import NotFound, Problem
from db.reach import authorise_taking_out, child_subject
from db.store import Session

KIND: Final = "pep"
SEAL_KEY: Final = "pep_exchange.key"  # the setting that holds what files are sealed with
_LEAST_LETTERS: Final = 5  # of a part of an address that is looked for in what goes out


class Part(NamedTuple):
    """A section that may go to the school: its title, whose part it is, and whether it is to be filled."""

    key: str
    title: str
    owner: str
    to_fill: bool


class Offer(NamedTuple):
    """What would go to the school: the parts, what is left out of them, and a name for the file."""

    parts: tuple[Part, ...]
    left_out: tuple[str, ...]
    file_name: str


def offer(session: Session, revision_id: UUID, owners: Collection[str] = (SCHOOL,)) -> Offer:
    """Return what would go to the school. Raises NotFound or NotAllowed."""
    child, revision, form = _outgoing(session, revision_id)
    answers = revision.document.answers
    parts, left_out = [], []
    for section in form.sections:
        if not pep_file.questions_of(section, answers, owners):
            continue
        is_theirs = pep_file.to_fill(section, owners) and not revision.signed_at
        parts.append(Part(section.key, section.title, section.owner, is_theirs))
        left_out += [
            each.label
            for each in section.fields
            if not pep_file.may_go(each, answers) and not is_empty(answers.get(each.key))
        ]
    return Offer(tuple(parts), tuple(left_out), f"pep-{child.ref}-{revision.number}.json")


def export_pep(session: Session, revision_id: UUID, owners: Collection[str] = (SCHOOL,)) -> bytes:
    """Return a plan as JSON: the sections of these owners to be filled in, and the facts that they need.

    What is withheld and what a school need not know is left out. A signed plan goes out for reading only.
    Raises Problem if a withheld address stands in an answer that would go out.
    """
    child, revision, form = _outgoing(session, revision_id)
    answers, is_open = revision.document.answers, revision.signed_at is None
    _refuse_leak(session, child, form, answers, owners)
    detail = {"kind": KIND, "number": revision.number, "to": "school", "sections": sorted(owners)}
    record_look(session, "export", child.id, tbl="revision", row_id=revision.id, detail=detail)
    document: dict[str, Any] = {
        "what": pep_file.WHAT,
        "format": pep_file.FORMAT,
        "read_me": list(pep_file.READ_ME) if is_open else ["This plan is signed. It is for reading."],
        "made_on": session.today.isoformat(),
        "made_by": ", ".join(filter(None, (session.actor.name, session.actor.job, session.actor.team))),
        "form": {
            "key": form.key,
            "version": form.version,
            "digest": form_json.digest(form),
            "title": form.title,
        },
        "child": {
            "id": str(child.id),
            "ref": str(child.ref),
            "name": child.name,
            "born_on": child.born_on.isoformat() if child.born_on else None,
            "upn": child.upn or None,
        },
        "plan": {
            "id": str(revision.id),
            "number": revision.number,
            "title": plan_versions.title(form, revision),
            "status": "draft" if is_open else "signed",
        },
        "sections": [
            _outward(form, section, questions, answers, is_open and pep_file.to_fill(section, owners))
            for section in form.sections
            if (questions := pep_file.questions_of(section, answers, owners))
        ],
    }
    content = pep_file.as_bytes(document, _key(session))
    session.commit()
    return content


def _outward(
    form: Form, section: Section, questions: list[Field], answers: Answers, to_fill: bool
) -> dict[str, Any]:
    found: dict[str, Any] = {"key": section.key, "title": section.title, "to_fill": to_fill}
    if to_fill and section.guidance:
        found["guidance"] = section.guidance
    found["questions"] = [
        pep_file.question(form, each, answers.get(each.key))
        if to_fill
        else pep_file.fact(each, answers.get(each.key))
        for each in questions
    ]
    return found


def _outgoing(session: Session, revision_id: UUID) -> tuple[Child, Revision, Form]:
    revision = session.get(Revision, revision_id)
    if not revision or revision.kind != KIND:
        raise NotFound("There is no such Personal Education Plan, or you may not see it.")
    child = session.get_one(Child, revision.child_id)
    authorise_taking_out(session, "export", child_subject(session, child))
    return child, revision, form_of(session, revision)


def _key(session: Session) -> bytes:
    """Return what this store seals its files with, made when the first one goes out."""
    kept = settings.value(session, SEAL_KEY)
    if not kept:
        kept = secrets.token_hex(32)
        settings.put(session, SEAL_KEY, kept)
    return bytes.fromhex(kept)


def _refuse_leak(
    session: Session, child: Child, form: Form, answers: Answers, owners: Collection[str]
) -> None:
    """Raise Problem if what must be withheld stands in an answer that goes out, whoever wrote it there."""
    secrets_here = set(_withheld(session, child, form, answers))
    for section in form.sections:
        for each in pep_file.questions_of(section, answers, owners):
            text = _squeezed(json.dumps(answers.get(each.key), ensure_ascii=False))
            if any(secret in text for secret in secrets_here):
                raise Problem(
                    f"“{each.label}” holds a part of the address that is withheld. Nothing was sent. Take it "
                    "out there, then send the plan."
                )


def _withheld(session: Session, child: Child, form: Form, answers: Answers) -> Iterator[str]:
    for address in child_queries.of_child(session, Address, child.id):
        if address.withheld:
            yield from _telling([address.lines.splitlines()[0] if address.lines else "", address.postcode])
    for each in form.fields:
        if isinstance(each, Text) and each.secret_when and each.secret_when.holds(answers):
            first = str(answers.get(each.key) or "").partition("\n")[0]
            # A council's name stands in many places; a house, a postcode or a telephone does not.
            if each.lines > 1 or any(map(str.isdigit, first)):
                yield from _telling([first])


def _telling(texts: list[str]) -> Iterator[str]:
    squeezed = (_squeezed(each) for each in texts)
    return (each for each in squeezed if len(each) >= _LEAST_LETTERS and each != "withheld")


def _squeezed(text: str) -> str:
    """Return a text as it is compared: letters and digits only."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())
