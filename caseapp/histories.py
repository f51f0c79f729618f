"""Who saw and who changed what in a child's record."""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from caseapp.forms import FORMS
from caseapp.history_words import changed_words
from db import histories as queries
from db.children import child_of
from db.store import Session

_KINDS: Final = {key: form.title for key, form in FORMS.items()} | {"star": "Star reading"}


class HistoryRow(NamedTuple):
    """A change or a look, in words."""

    at: datetime
    who: str
    what: str
    detail: str
    reason: str
    is_look: bool


THINGS: dict[str, str] = {
    "child": "the child’s details", "former_name": "a former name", "address": "an address",
    "schooling": "a school", "relation": "a family member", "involvement": "a professional", "note": "a note",
    "episode": "an episode of care", "lac_review": "a looked-after review", "health_year": "health items",
    "care_leaver_year": "care leaver items", "missing_period": "a missing period", "uasc": "an asylum status",
    "adoption": "an adoption", "adoption_decision": "an adoption decision",
    "previous_permanence": "a previous permanence", "worker_spell": "a social worker’s spell",
    "help_episode": "early help", "help_step": "a step of early help", "consent": "a decision on consent",
    "lead_practitioner": "a lead practitioner", "action": "an action", "action_step": "how an action stands",
    "goal": "a goal", "measure": "a score", "year_group": "a year group", "attendance": "a term’s attendance",
    "suspension": "a suspension", "reduced_timetable": "a reduced timetable", "attainment": "attainment",
    "alternative_provision": "alternative provision", "premium": "a request for pupil premium",
    "pep_step": "a step of a plan’s quality assurance", "access_grant": "a way into the record",
    "placement": "what was agreed about a placement", "review_asked": "a review to be held",
    "iro_concern": "a concern of the reviewing officer", "health_event": "a health check",
    "return_talk": "a return home interview", "permanence_plan": "a plan for permanence",
    "proceedings": "a court case", "hearing": "a hearing", "family_time": "an arrangement for family time",
    "family_time_held": "a family time", "liberty_order": "a deprivation of liberty order",
    "leaving_event": "a fact of leaving care", "status_override": "a legal category by a manager’s word",
    "leaver_home": "a home after care", "leaver_activity": "an activity after care",
    "in_touch": "whether we are in touch", "leaver_money": "the setting-up-home allowance",
    "plan_approval": "a manager’s decision on a plan", "contact": "a contact",
    "agency_check": "what an agency was asked", "referral": "a referral", "assessment": "an assessment",
    "case_supervision": "supervision about the child",
    "revision": "a plan", "document": "a plan’s answers", "clash": "a text kept after a clash",
}  # fmt: skip
ACTS = {"create": "Added", "update": "Changed", "delete": "Removed", "redact": "Redacted"}
LOOKS = {
    "open": "Opened", "print": "Printed", "export": "Exported", "compare": "Compared", "share": "Shared",
}  # fmt: skip


def history(
    session: Session, child_id: UUID, before: datetime | None = None, limit: int = 200
) -> list[HistoryRow]:
    """Return who saw and changed what, latest first, before a moment."""
    child_of(session, child_id)
    changes = queries.changes(session, child_id, before, limit)
    looks = queries.looks(session, child_id, before, limit)
    who = {each.by for each in changes} | {each.by for each in looks}
    names = queries.worker_names(session, who)
    rows = [
        HistoryRow(
            each.at,
            names.get(each.by, ""),
            _changed(each.act, each.tbl),
            "" if each.act == "create" else changed_words(each.tbl, each.change),
            each.reason,
            False,
        )
        for each in changes
    ]
    rows += [
        HistoryRow(
            each.at,
            names.get(each.by, ""),
            _looked(each.act, each.tbl),
            _seen(each.detail),
            each.reason,
            True,
        )
        for each in looks
    ]
    return sorted(rows, key=lambda row: row.at, reverse=True)[:limit]


def _changed(act: str, table: str) -> str:
    return f"{ACTS.get(act, act)} {THINGS.get(table, table)}"


def _looked(act: str, table: str) -> str:
    if act == "emergency":
        return "Opened the record in an emergency"
    thing = "a plan" if table == "revision" else "the record"
    return f"{LOOKS.get(act, act.capitalize())} {thing}"


def _seen(detail: dict[str, object]) -> str:
    kind, number = detail.get("kind"), detail.get("number")
    named = _KINDS.get(str(kind), kind)
    seen = f"{named}, version {number}" if kind and number else str(detail.get("what", ""))
    return f"{seen}, for {detail['shared_with']}" if detail.get("shared_with") else seen
