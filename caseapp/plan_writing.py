"""How a version of a plan is written: begun with what is known, saved, its form kept, its facts drawn."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from caseapp import action_rows, form_json, levels, star_packs
from caseapp.education import plan_rows, taking_up
from caseapp.form import Answers, Form, Rows
from caseapp.forms import FORMS_BY_KEY
from db import plans as queries
from db.models import Child, Document, Fact, FormCopy, Revision
from db.problems import Problem
from db.store import Session


def form_named(session: Session, key: str) -> Form:
    """Return the newest form of a key, with the area's own words. Raises Problem for an unknown one."""
    form = FORMS_BY_KEY.get(key) or star_packs.find(session, key)
    if not form:
        raise Problem("This program does not know that form. Nothing was changed. Update the program.")
    return levels.local_form(session, form)


def form_of(session: Session, revision: Revision) -> Form:
    """Return the form of a version: a signed one's own copy, a draft's newest."""
    if revision.signed_at:
        copy = queries.form_copy(session, revision.form_digest)
        if copy:
            return form_json.from_json(copy.definition)
    return form_named(session, revision.form_key)


def begin(
    session: Session,
    child: Child,
    form: Form,
    answers: Answers,
    *,
    follows: Revision | None = None,
    replaces: Revision | None = None,
    reason: str = "",
    episode_id: UUID | None = None,
    group_id: UUID | None = None,
) -> Revision:
    """Begin a version of a child's plan; `group_id` joins it to those of brothers and sisters."""
    revision = Revision(
        child_id=child.id,
        kind=form.kind,
        number=queries.next_number(session, child.id, form.kind),
        form_key=form.key,
        form_version=form.version,
        form_digest=form_json.digest(form),
        started_on=session.today,
        follows_id=follows.id if follows else None,
        replaces_id=replaces.id if replaces else None,
        reason=reason,
        episode_id=episode_id,
        group_id=group_id,
    )
    revision.document = Document(child_id=child.id, answers=answers)
    count_sections(revision, form, answers)
    session.add(revision)
    session.flush()
    return revision


def prefilled(form: Form, answers: Answers, facts: dict[str, str]) -> Answers:
    """Return the answers with what the record knows; facts of the record are newer than the last plan's."""
    found = dict(answers)
    for each in form.fields:
        fact = facts.get(each.prefill, "") if each.prefill else ""
        if not fact:
            continue
        try:
            found[each.key] = each.clean(fact)
        except ValueError:  # the record's words are none of this question's choices: the writer decides
            continue
    return found


def from_record(session: Session, child_id: UUID, form: Form) -> Answers:
    """Return the rows that a plan begins with because the record holds them, as they are on that day."""
    asked = [
        each
        for each in form.fields
        if isinstance(each, Rows) and (each.from_record or taking_up.what_of(each))
    ]
    found = {each.key: _held_rows(session, child_id, each) for each in asked}
    return {key: rows for key, rows in found.items() if rows}


def _held_rows(session: Session, child_id: UUID, question: Rows) -> list[Answers]:
    keys = {inner.key for inner in question.fields}
    of_schooling = taking_up.what_of(question)
    if of_schooling:
        return plan_rows.rows_for_plan(session, child_id, of_schooling, keys)
    return action_rows.open_rows(session, child_id, keys)


def write(session: Session, revision: Revision, form: Form, answers: Answers) -> None:
    """Put answers into a draft: its date, its form and how far it is follow from them."""
    revision.document.answers = answers
    revision.dated_on = form.dated(answers)
    revision.form_version, revision.form_digest = form.version, form_json.digest(form)
    count_sections(revision, form, answers)
    queries.touch(revision)  # the document's change is the version's too


def count_sections(revision: Revision, form: Form, answers: Answers) -> None:
    """Write down how many sections are asked and done, for lists."""
    revision.sections_done, revision.sections_asked = sections(form, answers)


def sections(form: Form, answers: Answers) -> tuple[int, int]:
    """Return how many sections are done, and how many are asked."""
    states = [each.state for each in form.progress(answers)]
    return states.count("done"), len(states) - states.count("unasked")


def keep_form(session: Session, form: Form) -> None:
    """Keep the form as it stands, once for each wording."""
    digest = form_json.digest(form)
    if not queries.form_copy(session, digest):
        definition = form_json.to_json(form)
        session.add(
            FormCopy(digest=digest, form_key=form.key, form_version=form.version, definition=definition)
        )


def write_facts(session: Session, revision: Revision, form: Form) -> None:
    """Write a signed version's facts and events anew. A corrected version's no longer count."""
    for stale_id in (revision.id, revision.replaces_id):
        for row in queries.facts_of(session, stale_id) if stale_id else ():
            session.delete(row)
    answers = revision.document.answers
    common: dict[str, Any] = {"child_id": revision.child_id, "revision_id": revision.id}
    session.add_all(Fact(**common, **fact._asdict()) for fact in form.facts(answers))
    session.add_all(
        Fact(**common, field=kind, day=happened, is_event=True) for kind, happened in form.events(answers)
    )
