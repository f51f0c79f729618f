"""What the return's rules find in the record: each with the child, the field and how to mend it."""

from __future__ import annotations

from typing import NamedTuple

from caseapp.returns import rules
from caseapp.returns.from_record import Made, return_of
from caseapp.returns.opens import DETAILS, Opens
from caseapp.returns.rule import Finding
from caseapp.returns.stored import HEADER, STORED
from caseapp.returns.tables import Line
from db.looks import record_look
from db.roles import authorise
from db.store import Session

# Where a row of each table is mended: the tab of the child's record, and the part of it.
_OPENS: dict[str, tuple[str, str]] = {
    "child": ("Overview", DETAILS),
    "episode": ("Care", "Placements"),
    "lac_review": ("Care", "Reviews and visits"),
    "health_year": ("Care", "Health"),
    "missing_period": ("Care", "Missing"),
    "care_leaver_year": ("Pathway", ""),
    "in_touch": ("Pathway", ""),
    "uasc": ("Care", "Permanence and court"),
    "adoption": ("Care", "Permanence and court"),
    "adoption_decision": ("Care", "Permanence and court"),
    "previous_permanence": ("Care", "Permanence and court"),
    "worker_spell": ("Care", "Permanence and court"),
    "liberty_order": ("Care", "Permanence and court"),
}


class Judged(NamedTuple):
    """The findings of a year, by child and rule."""

    made: Made
    findings: list[Finding]

    def opens(self, found: Finding) -> Opens | None:
        """Return where a finding is mended; nowhere if the row is none of the record's."""
        origin = self.made.origin(found.line)
        if origin is None:
            return None
        tab, part = _OPENS.get(origin.tbl, ("Overview", ""))
        return Opens(origin.child_id, tab, part, origin.row_id, field_of(found.line, found.columns))


def judge(session: Session, year: int) -> Judged:
    """Return what the rules find in the return of the year that ends on 31 March `year`, made of the record.

    It looks into many files at once, so it is for team managers and stands on record. Raises NotAllowed.
    """
    authorise(session.actor, "bulk export")
    made = return_of(session, year, prior=True)
    children = len(made.told.lines("Header"))
    detail = {"what": f"data quality of the SSDA903 return {year - 1}", "children": children}
    record_look(session, "list", tbl="store", detail=detail)
    return Judged(made, rules.check(made.told))


def field_of(line: Line, columns: tuple[str, ...]) -> str:
    """Return the attribute of the record's row that the first column of a finding stands for."""
    names = HEADER if line.table == "Header" else STORED[line.table].attributes
    return next((names[column] for column in columns if column in names), "")
