"""What stands around the areas of every star: who read it, where the two differ, what happens next."""

from collections.abc import Sequence
from typing import NamedTuple

from caseapp.form import (
    YES_NO,
    AnyOf,
    Choice,
    Choices,
    Date,
    Field,
    Is,
    NotBefore,
    Options,
    Rows,
    Score,
    Section,
    Stage,
    Text,
)

READINGS: Options = (
    ("first", "First reading"),
    ("review", "Review"),
    ("last", "Last reading, at closing"),
    ("retrospective", "Looking back: how it was before"),
)
COMPLETED_BY: Options = (
    ("both", "Person and worker together"),
    ("worker", "Worker only"),
    ("person", "Person only"),
    ("unknown", "Not known"),
)
WHOSE: Options = (
    ("family", "The family together"),
    ("child", "The child or young person"),
    ("parent", "One parent or carer"),
    ("other", "Somebody else in the family"),
)
STATUSES: Options = (
    ("not_started", "Not started"),
    ("in_progress", "In progress"),
    ("done", "Done"),
    ("partly", "Partly done"),
    ("not_done", "Not done"),
    ("not_needed", "No longer needed"),
)
WRITTEN_AFTER = NotBefore("written_on", "read_on", "A reading cannot be written down before its own day.")


class Area(NamedTuple):
    """An arm of a star: its key, its name as read, and what to talk about."""

    key: str
    title: str
    hint: str = ""


class Scale(NamedTuple):
    """The points of a star, and what the two ends mean."""

    low: int
    high: int
    low_words: str = ""
    high_words: str = ""


def stage_words(stages: Sequence[Stage]) -> str:
    """Return the stages in a row: «0–1 not yet talking about it; 2–3 ready to talk»."""
    return "; ".join(
        f"{each.low if each.low == each.high else f'{each.low}–{each.high}'} "
        f"{each.label[:1].lower()}{each.label[1:]}"
        for each in stages
    )


def reading_section(whose: str, *, child_label: str = "Child", guidance: str = "") -> Section:
    """Return what is asked about a reading itself: of a parent's star whose it is, of a child's the name."""
    named: tuple[Field, ...] = (
        Choice("whose", "Whose view it is", options=WHOSE, required=True, report=True, half=True),
        Text("whose_name", "Name", required=True, when=AnyOf("whose", ("parent", "other")), half=True),
    )
    if whose == "child":
        named = (Text("whose_name", child_label, required=True, prefill="child.known_as", half=True),)
    fields = (
        *_DATES,
        _COMPLETED,
        *named,
        Text("worker", "Worker", prefill="author.name", half=True, fresh=True),
        Text("present", "Who was there", half=True, fresh=True),
        Text("interpreter", "Interpreter or signer, if any", half=True, fresh=True),
        Text("place", "Place", half=True, fresh=True),
        Text(
            "source",
            "Copied from, if not recorded here",
            half=True,
            fresh=True,
            report=True,
            help="Such as a paper star, or another system",
        ),
    )
    return Section("reading", "About this reading", fields, guidance=guidance)


_DATES: tuple[Field, ...] = (
    Date(
        "read_on",
        "Date of the reading",
        past=True,
        required=True,
        report=True,
        fresh=True,
        half=True,
        event="star_reading",
        help="When looking back: the day that the scores describe",
    ),
    Choice("reading", "Kind of reading", options=READINGS, required=True, report=True, fresh=True, half=True),
    Date(
        "written_on",
        "Written down on",
        past=True,
        required=True,
        when=Is("reading", "retrospective"),
        fresh=True,
    ),
)
_COMPLETED = Choice(
    "completed_by", "Completed by", options=COMPLETED_BY, required=True, report=True, fresh=True, half=True
)


def wheel_section(
    title: str, areas: Sequence[Area], scale: Scale, *, guidance: str, childs_words: bool = False
) -> Section:
    """Return the areas, each with its score and room for what was said: by a child in their own words."""
    said = "in the child's own words" if childs_words else "what was said"
    fields: list[Field] = []
    for area in areas:
        fields += [
            Score(
                area.key,
                area.title,
                low=scale.low,
                high=scale.high,
                help=area.hint,
                report=True,
                fresh=True,
                low_words=scale.low_words,
                high_words=scale.high_words,
            ),
            Text(f"{area.key}_note", f"{area.title}: {said}", lines=2, quote=childs_words, fresh=True),
        ]
    return Section("wheel", title, tuple(fields), look="star", guidance=guidance)


def agreement_section(areas: Sequence[Area], scale: Scale) -> Section:
    """Return where worker and person differ: the other's scores are a series of their own."""
    differ = Is("agreed", "no")
    named = _named(areas)
    other = (
        Choice("area", "Area", options=named, required=True, half=True),
        Score("score", "Score", low=scale.low, high=scale.high, required=True, half=True),
        Text("who", "Whose score", required=True, half=True),
        Text("because", "Why", half=True),
    )
    fields: tuple[Field, ...] = (
        Choice(
            "agreed", "Do worker and person agree on the scores?", options=YES_NO, fresh=True, report=True
        ),
        Text(
            "difference",
            "Where they see it differently, and why",
            lines=3,
            required=True,
            when=differ,
            fresh=True,
        ),
        Rows(
            "other_scores",
            "Scores of the one who disagrees",
            row="score",
            when=differ,
            fresh=True,
            help="Only the areas that they see differently: elsewhere their score is the one above. "
            "The chart shows both.",
            fields=other,
        ),
        Choice(
            "for_report",
            "Shall the scores above go into the reports?",
            options=YES_NO,
            required=True,
            when=differ,
            fresh=True,
            report=True,
            help="The worker approves them, or not. The reading stays in the record either way.",
        ),
        Choices(
            "not_applicable",
            "Areas that do not apply",
            options=named,
            fresh=True,
            help="An area without a score was not talked about; it never counts as the lowest",
        ),
    )
    return Section("agreement", "Seeing it the same way", fields)


def next_section(
    areas: Sequence[Area],
    scale: Scale,
    *,
    before: tuple[Field, ...] = (),
    after: tuple[Field, ...] = (),
    guidance: str = "",
) -> Section:
    """Return the next steps, with what a star asks before and after them."""
    steps = Rows(
        "actions",
        "Next steps",
        row="step",
        actions=True,
        help="One to three areas are enough. What the early help plan holds already is not written twice.",
        fields=(
            Choice("area", "Area", options=_named(areas), required=True, half=True),
            Score("goal", "Score we aim for", low=scale.low, high=scale.high, half=True),
            Text("step", "What one step better looks like", lines=2),
            Text("what", "What will be done", lines=2, required=True),
            Text("who", "Who does it", required=True, half=True),
            Date("by", "By when", required=True, half=True),
            Choice("status", "How far it is", options=STATUSES, half=True),
        ),
    )
    return Section("next", "What happens next", (*before, steps, *after), guidance=guidance)


def _named(areas: Sequence[Area]) -> Options:
    return tuple((area.key, area.title) for area in areas)


ANYTHING_ELSE = Text("comment", "Anything else", lines=3, fresh=True)
MY_CHANGE = Text("my_change", "One thing I want to be better", lines=2, quote=True, fresh=True)
RESERVED = frozenset(
    each.key
    for section in (
        reading_section("parent"),
        reading_section("child"),
        agreement_section((), Scale(0, 1)),
        next_section((), Scale(0, 1), before=(MY_CHANGE,), after=(ANYTHING_ELSE,)),
    )
    for each in section.fields
)
"""The keys of the questions around the areas: none of them may be an area's."""
