"""The Leaving Well checklist: what a care leaver has, knows and can do, in the young person's own hand."""

from __future__ import annotations

import csv
from importlib.resources import files
from itertools import groupby

from caseapp.form import AnyOf, Choice, Date, Field, Form, Options, Rows, Section, Text
from caseapp.form_parts import pathway_lists as lists
from caseapp.form_parts.asking import anew

ANSWERS: Options = (
    ("yes", "Yes"),
    ("working", "Working on it"),
    ("no", "No"),
    ("na", "Not for me"),
)
_FILLED: Options = (
    ("alone", "By myself"),
    ("together", "Together with somebody"),
    ("asked", "Somebody asked me and wrote it down"),
)
_OWNER = (
    "Questions of the Leaving Well checklist, worked out with care leavers. © 2022 Social Finance Ltd, "
    "used under the MIT licence."
)


def questions() -> list[tuple[str, int, str]]:
    """Return (area, number, question) of each question, in the checklist's order.

    Source: Social Finance Ltd (resources/pathway/README.md).
    """
    text = (files("resources") / "pathway" / "leaving_well_checklist.csv").read_text(encoding="utf-8")
    return [(row["area"], int(row["number"]), row["question"]) for row in csv.DictReader(text.splitlines())]


def _areas() -> tuple[Section, ...]:
    return tuple(
        _area(area, [(number, words) for _, number, words in asked])
        for area, asked in groupby(questions(), key=lambda each: each[0])
    )


def _area(area: str, asked: list[tuple[int, str]]) -> Section:
    key = area.lower()
    ticks: list[Field] = [Choice(f"question_{number}", words, options=ANSWERS) for number, words in asked]
    note = Text(f"{key}_note", f"{area}: what I want to say about it", lines=2, quote=True)
    return Section(key, area, owner="Young person", fields=anew(*ticks, note))


_START = Section(
    "start",
    "About this checklist",
    guidance="This is yours. No answer is wrong, there is no score, and you may leave things out.",
    owner="Young person",
    fields=anew(
        Text("name", "My name", prefill="child.known_as", required=True, half=True),
        Date("filled_on", "Date", past=True, required=True, report=True, half=True),
        Choice("filled", "I filled this in", options=_FILLED, half=True),
        Text("helper", "Who helped", when=AnyOf("filled", ("together", "asked")), half=True),
    ),
)

_NOW = Section(
    "now",
    "What now?",
    guidance="Pick one or two things. Bring this to the talk about your pathway plan, or keep it.",
    owner="Young person",
    fields=anew(
        Text("proud_of", "What I am proud of", lines=2, quote=True),
        Text("work_on", "What I want to work on first", lines=2, quote=True),
        Text("who_can_help", "Who could help me with it", lines=2, quote=True),
        Rows(
            "actions", "What we agreed",
            fields=(
                Text("what", "What", required=True),
                Text("who", "Who", required=True, half=True),
                Date("by", "By when", half=True),
                Choice("status", "How it is going", options=lists.STATUSES, half=True),
            ),
            row="action", actions=True,
        ),
    ),
)  # fmt: skip

LEAVING_WELL = Form(
    "leaving-well",
    1,
    "leaving-well",
    "Leaving well: my checklist",
    short="Leaving well",
    source="Leaving Well checklist, Social Finance Ltd",
    owner=_OWNER,
    dated_by="filled_on",
    sections=(_START, *_areas(), _NOW),
)
