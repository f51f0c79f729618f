"""Files for other programs: a list of children as CSV, one child's whole record as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from caseapp import children, codes
from caseapp.form import Answers, Form
from caseapp.looked_after.veil import WITHHELD, veil_of
from caseapp.pep_copies import hidden
from caseapp.plan_writing import form_of
from caseapp.sheets import csv_bytes
from db import whole_record
from db.children import Filter, Place, child_of
from db.looks import record_look
from db.moments import utc_now
from db.reach import authorise_taking_out, leave_out_emergencies, subject_of
from db.roles import authorise
from db.store import Session

MANY: Final = 25
"""Whoever takes out more children than this needs the right to export many."""
FORMAT: Final = "caseapp-record"
FORMAT_VERSION: Final = 1
_HEADER = ("Reference", "Name", "Born or due", "Status", "Worker", "Team", "Next due", "Last seen")
_PAGE = 1_000


def children_csv(session: Session, narrowed: Filter) -> bytes:
    """Return a list of children as CSV, as the screen lists them. The export is recorded first.

    A record that is open in an emergency alone stays. Raises NotAllowed: more than 25 children are for
    team managers.
    """
    leave_out_emergencies(session)
    how_many = children.count(session, narrowed)
    authorise(session.actor, "bulk export" if how_many > MANY else "export")
    detail = {"what": "list", "filter": children.filter_words(narrowed), "children": how_many}
    record_look(session, "export", tbl="store", detail=detail)
    session.commit()  # the look first: nothing leaves the store unrecorded
    return csv_bytes([_HEADER, *_lines(session, narrowed)])


def _lines(session: Session, narrowed: Filter) -> Iterator[tuple[Any, ...]]:
    last: Place | None = None
    while found := children.page(session, narrowed, last, _PAGE):
        for row, _ in found:
            yield (
                row.ref, row.name, row.born_on or row.due_on, codes.STATUSES[row.status],
                row.worker, row.team, row.next_due_on, row.last_seen_on,
            )  # fmt: skip
        last = found[-1][1]


def record_json(session: Session, child_id: UUID) -> bytes:
    """Return all that is recorded about one child as JSON. The export is recorded first.

    `tables` holds the rows as stored, `questions` what each revision's form asks, `named` who and what the
    ids in the rows are. What was worked out, the history, and typing that nobody saved stay in the store.
    So does what no paper may show, such as a withheld address, wherever it was typed. Raises NotFound,
    NotAllowed.
    """
    child = child_of(session, child_id)
    authorise_taking_out(session, "export", subject_of(session, child.id))
    record_look(session, "export", child.id, row_id=child.id, detail={"what": "record as JSON"})
    session.commit()
    tables = whole_record.rows(session, child.id)
    forms = {each.id: form_of(session, each) for each in whole_record.revisions(session, child.id)}
    for row in tables["document"]:
        row["answers"] = _shown(forms[row["revision_id"]], row["answers"])
    rows = [row for each in tables.values() for row in each]
    ids = {value for row in rows for value in row.values() if isinstance(value, UUID)}
    document = {
        "format": FORMAT, "format_version": FORMAT_VERSION,
        "written_at": utc_now(), "written_by": session.actor.name,
        "tables": tables,
        "questions": {
            str(key): {field.key: field.label for field in form.fields} for key, form in forms.items()
        },
        "named": {
            table: {str(key): row for key, row in found.items()}
            for table, found in whole_record.named(session, ids).items()
        },
    }  # fmt: skip
    shown = veil_of(session, child.id).of(document)
    # Half a letter, pasted into an old answer, has no UTF-8; JSON says it so as well.
    return json.dumps(shown, ensure_ascii=False, indent=1, default=_plain).encode(errors="backslashreplace")


def _shown(form: Form, answers: Answers) -> Answers:
    """Return answers as paper may show them."""
    secret = [each.key for each in form.fields if each.secret_when and each.secret_when.holds(answers)]
    return hidden(answers) | {key: WITHHELD for key in secret if key in answers}


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
