"""In which columns rows of many short answers are printed, and are set out to be filled in by pen."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple


class Column(NamedTuple):
    """A column with the questions whose answers stand in it, one below the other.

    `named` answers stand behind their label: all but the first, or «all».
    """

    title: str
    keys: tuple[str, ...]
    share: float
    named: Literal["", "rest", "all"] = ""

    def names(self, at: int) -> bool:
        """Return whether the answer at a place stands behind its label."""
        return self.named == "all" or (self.named == "rest" and at > 0)


PEP_LAYOUTS: Final[tuple[tuple[Column, ...], ...]] = (
    (
        Column("No.", ("no",), 0.05),
        Column("Target", ("what", "own_words", "category", "need", "ehcp_outcome"), 0.28, "rest"),
        Column(
            "What will be done",
            ("intervention", "delivered_by", "often", "group_size", "starts_on", "ends_on"),
            0.26,
            "rest",
        ),
        Column("How we will know", ("success", "measure"), 0.2, "rest"),
        Column("Who and by when", ("who", "by", "cost", "rag", "status"), 0.21, "rest"),
    ),
    (
        Column("No.", ("no",), 0.05),
        Column("Target", ("what", "success", "who", "by"), 0.37, "rest"),
        Column("What happened", ("evidence", "impact", "cost", "carried_to"), 0.38, "rest"),
        Column("Result", ("outcome",), 0.2),
    ),
    (
        Column("No.", ("number",), 0.05),
        Column("What for", ("thing", "targets", "category", "stream", "term"), 0.29, "rest"),
        Column("Asked for", ("asked", "asked_by", "asked_on"), 0.18, "rest"),
        Column(
            "Decision", ("decision", "approved", "decided_by", "decided_on", "decided_because"), 0.23, "rest"
        ),
        Column("What came of it", ("paid_on", "spent", "impact"), 0.25, "all"),
    ),
    (
        Column("Term", ("term",), 0.15),
        Column("School", ("school",), 0.2),
        Column("Possible", ("possible",), 0.1),
        Column("Attended", ("attended",), 0.105),
        Column("Attendance", ("percent",), 0.125),
        Column("Authorised", ("authorised",), 0.12),
        Column("Unauthorised", ("unauthorised",), 0.14),
        Column("Late", ("late",), 0.06),
    ),
    (
        Column("When", ("started_on", "ended_on", "sessions"), 0.22, "rest"),
        Column("School", ("school", "permanent"), 0.22),
        Column("Reasons", ("reasons",), 0.24),
        Column(
            "What followed",
            ("provision_from", "told_on", "return_meeting_on", "governors_on", "outcome", "rescinded_on"),
            0.32,
            "all",
        ),
    ),
    (
        Column("When", ("started_on", "until_on", "ended_on", "review_on"), 0.27, "rest"),
        Column("Hours", ("hours", "full_hours"), 0.19, "all"),
        Column("Why", ("reason", "agreed_by"), 0.32, "rest"),
        Column("School", ("school",), 0.22),
    ),
    (
        Column("Provider", ("name", "registered", "commissioner"), 0.4, "rest"),
        Column("When", ("started_on", "ended_on", "review_on"), 0.3, "all"),
        Column("How much", ("days", "hours"), 0.3, "all"),
    ),
)
"""Rows of the Personal Education Plan, in print and by pen."""

PEN_LAYOUTS: Final[tuple[tuple[Column, ...], ...]] = (
    (
        Column("When", ("started_on", "ended_on", "sessions"), 0.21, "rest"),
        Column("School and reasons", ("school", "permanent", "reasons"), 0.23, "rest"),
        Column("What followed", ("provision_from", "told_on", "return_meeting_on"), 0.28, "all"),
        Column("Governors", ("governors_on", "outcome", "rescinded_on"), 0.28, "all"),
    ),
    (
        Column("Subject, date, kind of test", ("subject", "assessed_on", "framework"), 0.2),
        Column("Well below, below, at or above the age", ("judgement", "not_assessed"), 0.18),
        Column("Result and target", ("result", "target"), 0.14),
        Column("More, as expected or less: last plan, care", ("progress", "from_baseline"), 0.22),
        Column("Teacher’s comment", ("comment",), 0.26),
    ),
    (
        Column("Name", ("name",), 0.26),
        Column("Role and organisation", ("role", "organisation"), 0.28),
        Column("Invited, took part, gave a view", ("invited", "attended", "gave_view"), 0.46),
    ),
    (
        Column("Outcome", ("outcome",), 0.4),
        Column("Area, and by when", ("area", "by"), 0.25),
        Column("How far it is", ("progress",), 0.35),
    ),
)
"""Rows that are drawn in print, or in other columns, where they are filled in by pen."""
