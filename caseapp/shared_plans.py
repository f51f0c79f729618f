"""Plans of brothers and sisters helped together: a version in each child's file, common parts typed once.

Each child's file holds the whole of its own version, so that it is read, disclosed and redacted by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from caseapp import known, plan_writing
from caseapp.early_help import episodes
from caseapp.early_help.statuses import OPEN, SHARED_KINDS
from caseapp.form import Answers, Form
from db import early_help as help_queries
from db import plans as queries
from db.models import Child, HelpEpisode, Revision
from db.moments import new_id
from db.reach import child_subject
from db.roles import may
from db.store import Session


def common_keys(form: Form) -> list[str]:
    """Return the questions that brothers and sisters have in common."""
    return [each.key for section in form.sections if section.shared for each in section.fields]


def to_join(session: Session, episode: HelpEpisode, kind: str) -> list[tuple[Child, HelpEpisode]]:
    """Return the brothers and sisters who get a version of their own when one of a child is begun."""
    if kind not in SHARED_KINDS:
        return []
    return [
        (child, other)
        for child, other in episodes.family(session, episode)
        if other.id != episode.id
        and other.status in OPEN
        and not queries.draft(session, child.id, kind)
        and may(session.actor, "write", child_subject(session, child)).allowed
    ]


def begin_together(
    session: Session, first: Revision, form: Form, others: list[tuple[Child, HelpEpisode]]
) -> None:
    """Begin the same version in the files of brothers and sisters."""
    first.group_id = new_id()
    common = _common(form, first.document.answers)
    for child, episode in others:
        last = queries.last_signed(session, child.id, form.kind)
        brought = form.brought_forward(last.document.answers) if last and last.form_key == form.key else {}
        own = plan_writing.prefilled(form, brought, known.known(session, child.id))
        own |= plan_writing.from_record(session, child.id, form)
        answers = {key: value for key, value in own.items() if key not in common_keys(form)} | common
        plan_writing.begin(
            session, child, form, answers, follows=last, episode_id=episode.id, group_id=first.group_id
        )
    session.flush()


def share(session: Session, revision: Revision, form: Form, answers: Mapping[str, Any]) -> None:
    """Copy the common parts into the drafts of brothers and sisters. What is signed stays as it is."""
    if not revision.group_id:
        return
    common, keys = _common(form, answers), common_keys(form)
    for _, other in help_queries.group(session, revision.group_id):
        if other.id == revision.id or other.signed_at:
            continue
        was = other.document.answers
        now = {key: value for key, value in was.items() if key not in keys} | common
        if now != was:
            plan_writing.write(session, other, form, now)


def _common(form: Form, answers: Mapping[str, Any]) -> Answers:
    return {key: answers[key] for key in common_keys(form) if key in answers}


def others(session: Session, group_id: UUID | None) -> list[tuple[Child, Revision]]:
    """Return the versions of a group with their children; none for a plan of one child."""
    return help_queries.group(session, group_id) if group_id else []
