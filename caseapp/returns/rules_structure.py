"""Rules on how the tables hang together: each child in the header, once, with one date of birth."""

from __future__ import annotations

from collections import Counter

from caseapp.returns.rule import Check, Fault, Rule
from caseapp.returns.table_checks import in_return
from caseapp.returns.tables import Line, Return

# What a table is called where a person reads it.
TITLES: dict[str, str] = {
    "AD1": "adoption (AD1)",
    "PlacedAdoption": "placed for adoption",
    "Episodes": "episodes",
    "Missing": "missing",
    "OC2": "health (OC2)",
    "OC3": "care leavers (OC3)",
    "PrevPerm": "previous permanence",
    "Reviews": "reviews",
    "UASC": "unaccompanied asylum-seeking children",
    "Header": "header",
}

_HELD_BY_THE_ROW = (
    "It cannot be broken in the CSV files: the date stands in the table UASC, where a row is the status."
)

NOT_DONE: dict[str, str] = {
    "105": "It asks for a UASC field in the header, which only the XML form has.",
    "205C": _HELD_BY_THE_ROW,
    "303": _HELD_BY_THE_ROW,
}

IN_HEADER = {
    "INT01": "AD1", "INT02": "PlacedAdoption", "INT03": "Episodes", "INT04": "Missing", "INT05": "OC2",
    "INT06": "OC3", "INT07": "PrevPerm", "INT08": "Reviews", "INT09": "UASC",
}  # fmt: skip
SAME_DOB = {
    "INT11": "AD1", "INT12": "PlacedAdoption", "INT13": "Missing", "INT14": "OC2", "INT15": "OC3",
    "INT16": "PrevPerm", "INT17": "Reviews", "INT18": "UASC",
}  # fmt: skip
ONCE = {
    "INT31": "AD1", "INT32": "Header", "INT33": "OC2", "INT34": "OC3", "INT35": "PrevPerm", "INT36": "UASC",
}  # fmt: skip


def _not_in_header(told: Return, line: Line) -> bool:
    return told.header(line.child) is None


def _another_dob(told: Return, line: Line) -> bool:
    header = told.header(line.child)
    here, there = line.day("DOB"), header.day("DOB") if header else None
    return here is not None and there is not None and here != there


def _another_sex(told: Return, line: Line) -> bool:
    header = told.header(line.child)
    return header is not None and bool(line["SEX"] and header["SEX"]) and line["SEX"] != header["SEX"]


def _neither_told_of(told: Return, line: Line) -> bool:
    return not told.of("Episodes", line.child) and not told.of("OC3", line.child)


def _more_than_once(table: str) -> Check:
    def check(told: Return) -> list[Fault]:
        times = Counter(line.child for line in told.lines(table))
        return [Fault(line, ("CHILD",)) for line in told.lines(table) if times[line.child] > 1]

    return check


RULES: tuple[Rule, ...] = (
    Rule(
        "EPI",
        "The child is in the header, but has neither an episode nor a care leaver’s row.",
        "Add the child’s episodes, or take the child out of the return.",
        in_return("Header", "CHILD", broken=_neither_told_of),
    ),
    *(
        Rule(
            code,
            f"The child is in the table {TITLES[table]}, but not in the header.",
            "Add the child to the header, or correct the reference.",
            in_return(table, "CHILD", broken=_not_in_header),
        )
        for code, table in IN_HEADER.items()
    ),
    *(
        Rule(
            code,
            f"The date of birth in the table {TITLES[table]} is not the one in the header.",
            "Make the two dates of birth the same.",
            in_return(table, "DOB", broken=_another_dob),
        )
        for code, table in SAME_DOB.items()
    ),
    Rule(
        "INT21",
        f"The sex in the table {TITLES['UASC']} is not the one in the header.",
        "Make the two the same.",
        in_return("UASC", "SEX", broken=_another_sex),
    ),
    *(
        Rule(
            code,
            f"The child stands more than once in the table {TITLES[table]}.",
            "Keep one row for the child.",
            _more_than_once(table),
        )
        for code, table in ONCE.items()
    ),
)
