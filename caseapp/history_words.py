"""The words of what was changed: what a field is called where it is filled in, never the column's name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from caseapp.children import DETAILS

_LINKS: Final = {
    "worker_id": "worker", "team_id": "team", "school_id": "school", "person_id": "person",
}  # fmt: skip
"""Columns that name somebody or something; other ids say nothing to a reader."""

_UNTOLD: Final = frozenset(
    {
        "version", "updated_at", "updated_by", "created_at", "created_by", "device_id", "sort_name",
        "answers", "form_digest", "form_version", "sections_done", "sections_asked", "dated_on", "deleted_at",
        "deleted_by", "source_ref",
    }
)  # fmt: skip
"""What the program keeps for itself; who and when stand beside every change."""

_WORDS: Final = {
    "adopters_legal_status": "the adopters’ legal status", "adopters_sex": "the adopters’ sex",
    "agreed_by": "who agreed it", "allowed": "what is allowed", "approval": "the carers’ approval",
    "approved": "amount approved", "approved_by": "who approved it", "asked": "amount asked for",
    "asked_by": "who asked", "asked_on": "day of asking", "authorised_by": "who authorised it",
    "because": "reason", "before_assessment": "placed before assessment",
    "by_foster_carer": "adopted by foster carer", "by_on": "by when", "by_order": "ordered by a court",
    "by_whom": "who did it", "carries_on": "goes on if refused", "checked_by": "who checked it",
    "checked_on": "checkpoint held on", "checkpoint_on": "day of the checkpoint",
    "checkpoint_words": "what the checkpoint found", "child_aware": "child knows of it",
    "child_view": "the child’s view", "close_reason": "reason it was closed",
    "closure": "how it was closed", "colour_because": "reason for the colour",
    "consent_because": "reason about consent", "contact": "how to reach them",
    "decided_at": "time of the decision", "decided_because": "reason of the decision",
    "decided_by": "who decided", "decided_on": "day of the decision",
    "delete_reason": "reason it was removed", "explained": "what was explained",
    "explained_how": "how it was explained", "extended_because": "reason it was extended",
    "form_key": "form", "from_at": "from when", "from_on": "from",
    "full_minutes": "minutes of a full timetable", "governors_on": "governors met on",
    "happened_on": "date", "held_by": "who held it", "in_area": "inside the area",
    "is_mother": "is a mother", "lines": "address", "manager_words": "the manager’s words",
    "mend_by": "to be put right by", "mother_child_born_on": "birth of her child",
    "needed_on": "day it was needed", "next_on": "next date", "no": "number",
    "no_score": "why there is no score", "notified": "who was told", "notified_on": "told on",
    "often": "how often", "opened_version": "version opened", "override_because": "reason for overriding",
    "override_by": "who overrode it", "parent_aware": "parent knows of it", "pence": "amount",
    "plan": "what is planned", "police_ref": "police reference", "possible": "possible sessions",
    "present": "who was there", "push_pull": "push and pull factors", "ref": "reference",
    "result_on": "day of the result", "reviewed_by": "who reviewed it",
    "sdq_reason": "reason without an SDQ score", "sdq_score": "SDQ score",
    "siblings_together": "brothers and sisters together", "signed_at": "signature",
    "signed_by": "signature", "supervised_by": "who supervises it", "thing": "what it is for",
    "to_18_from": "agreed to 18 from", "told": "who was told", "told_referrer_at": "referrer told at",
    "until_at": "until when", "until_on": "until", "urn": "URN", "was_by_on": "by when before",
    "was_on": "date", "what": "what is to be done", "where_been": "where they were",
    "who": "who is to do it", "whom": "who it is for", "whose": "whose goal it is", "why": "reason",
    "with_whom": "who they were with", "withheld": "kept secret", "words": "notes",
    "worries": "what we are worried about",
}  # fmt: skip

_OF_A_TABLE: Final = {
    ("child", "restricted"): "restriction", ("help_step", "was"): "before", ("help_step", "now"): "after",
    ("in_touch", "code"): "whether in touch", ("leaver_activity", "code"): "activity",
    ("leaver_money", "what"): "what it paid for", ("attendance", "late"): "times late",
    ("note", "words"): "what was written", ("goal", "words"): "the goal",
    ("suspension", "sessions"): "sessions missed", ("premium", "category"): "category",
}  # fmt: skip


def changed_words(table: str, columns: Iterable[str]) -> str:
    """Return what was changed in a row of a table, as a list; nothing where it says nothing to a reader."""
    told = dict.fromkeys(filter(None, (column_words(table, each) for each in columns)))
    text = ", ".join(told)
    return text[:1].upper() + text[1:]


def column_words(table: str, column: str) -> str:
    """Return what a column is called on screen; nothing where it is not told."""
    if column in _LINKS:
        return _LINKS[column]
    if column in _UNTOLD or column == "id" or column.endswith("_id"):
        return ""
    own = _OF_A_TABLE.get((table, column)) or _WORDS.get(column)
    return own or (_within(DETAILS[column]) if column in DETAILS else column.replace("_", " "))


def _within(label: str) -> str:
    """Return a label as it stands inside a sentence: «GP» and «NHS number» stay as they are."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
