"""Our own wheels: the Family Progress Wheel and its version for children under eleven."""

from caseapp.form import (
    YES_NO,
    AnyOf,
    Choice,
    Choices,
    Date,
    Field,
    Form,
    Is,
    NotBefore,
    Options,
    Rows,
    Score,
    Section,
    Text,
)

_READINGS: Options = (
    ("first", "First reading"),
    ("review", "Review"),
    ("last", "Last reading, at closing"),
    ("retrospective", "Looking back: how it was before"),
)
_COMPLETED_BY: Options = (
    ("both", "Person and worker together"),
    ("worker", "Worker only"),
    ("person", "Person only"),
)
_WHOSE: Options = (
    ("family", "The family together"),
    ("child", "The child or young person"),
    ("parent", "One parent or carer"),
    ("other", "Somebody else in the family"),
)
_STATUSES: Options = (
    ("not_started", "Not started"),
    ("in_progress", "In progress"),
    ("done", "Done"),
    ("partly", "Partly done"),
    ("not_done", "Not done"),
    ("not_needed", "No longer needed"),
)

# Key, title as read, what to talk about; the order on the chart, clockwise from the top

_AREAS = (
    ("home_care", "Safe and cared for at home", "Looked after, kept safe, free from hurt and fear"),
    ("health", "Health", "Body, teeth, sleep, food, seeing the doctor when needed"),
    ("feelings", "Feelings and coping", "Moods and worries, and what helps on a bad day"),
    ("learning", "School, learning and play", "Being there, joining in, getting on, time to play"),
    ("friends", "Friends and belonging", "People to be with, places where we fit in"),
    ("together", "Getting on as a family", "Talking, listening, sorting out arguments"),
    ("routines", "Routines and boundaries", "Bedtimes, mornings, fair rules that hold"),
    ("housing", "Home and housing", "Room enough, warm, safe to stay in"),
    ("money", "Money and work", "Bills, food, work or training, debts"),
    ("support", "Support around us", "Family, neighbours and services that can be relied on"),
)
_CHILD_AREAS = (
    ("home", "Home", "How is it at home?"),
    ("safe", "Keeping safe", "Do you feel safe at home, outside and online?"),
    ("well", "Feeling well", "How does your body feel? Sleep, food, aches?"),
    ("feelings", "My feelings", "Happy, sad, cross, worried: how is it mostly?"),
    ("people", "People I like", "Friends and family: who is good to be with?"),
    ("play", "School and play", "How are lessons, playtime and things to do?"),
)


def _family_area(key: str, title: str, hint: str) -> tuple[Field, ...]:
    return (
        Score(
            key,
            title,
            help=hint,
            report=True,
            fresh=True,
            low_words="Very worried",
            high_words="No help needed",
        ),
        Text(f"{key}_note", f"{title}: what was said", lines=2, fresh=True),
    )


def _child_area(key: str, title: str, hint: str) -> tuple[Field, ...]:
    return (
        Score(
            key,
            title,
            low=1,
            high=5,
            help=hint,
            report=True,
            fresh=True,
            low_words="Very hard",
            high_words="Very good",
        ),
        Text(f"{key}_note", f"{title}: in the child's own words", lines=2, quote=True, fresh=True),
    )


def _named(areas: tuple[tuple[str, str, str], ...]) -> Options:
    return tuple((key, title) for key, title, _ in areas)


_LOOKING_BACK = Is("reading", "retrospective")
_DATES = (
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
    Choice(
        "reading", "Kind of reading", options=_READINGS, required=True, report=True, fresh=True, half=True
    ),
    Date("written_on", "Written down on", past=True, required=True, when=_LOOKING_BACK, fresh=True),
)
_WRITTEN_AFTER = NotBefore("written_on", "read_on", "A reading cannot be written down before its own day.")
_WORKER = Text("worker", "Worker", prefill="author.name", half=True, fresh=True)
_PRESENT = Text("present", "Who was there", half=True, fresh=True)
_INTERPRETER = Text("interpreter", "Interpreter or signer, if any", half=True, fresh=True)
_PLACE = Text("place", "Place", half=True, fresh=True)
_COMPLETED = Choice(
    "completed_by", "Completed by", options=_COMPLETED_BY, required=True, report=True, fresh=True, half=True
)


def _disagreement(areas: tuple[tuple[str, str, str], ...], low: int, high: int) -> tuple[Field, ...]:
    differ = Is("agreed", "no")
    return (
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
            help="The chart and the reports show the scores of the wheel; these are kept beside them",
            fields=(
                Choice("area", "Area", options=_named(areas), required=True, half=True),
                Score("score", "Score", low=low, high=high, required=True, half=True),
                Text("who", "Whose score", required=True, half=True),
                Text("because", "Why", half=True),
            ),
        ),
        Choices(
            "not_applicable",
            "Areas that do not apply",
            options=_named(areas),
            fresh=True,
            help="An area without a score was not talked about; it never counts as the lowest",
        ),
    )


def _next_steps(areas: tuple[tuple[str, str, str], ...], low: int, high: int) -> Rows:
    return Rows(
        "actions",
        "Next steps",
        row="step",
        actions=True,
        help="One to three areas are enough. What the early help plan holds already is not written twice.",
        fields=(
            Choice("area", "Area", options=_named(areas), required=True, half=True),
            Score("goal", "Score we aim for", low=low, high=high, half=True),
            Text("step", "What one step better looks like", lines=2),
            Text("what", "What will be done", lines=2, required=True),
            Text("who", "Who does it", required=True, half=True),
            Date("by", "By when", required=True, half=True),
            Choice("status", "How far it is", options=_STATUSES, half=True),
        ),
    )


PROGRESS_WHEEL = Form(
    "progress-wheel",
    1,
    "star",
    "Family Progress Wheel",
    short="Wheel",
    source="Written for this program and free under its licence",
    dated_by="read_on",
    sections=(
        Section(
            "reading",
            "About this reading",
            (
                *_DATES,
                _COMPLETED,
                Choice("whose", "Whose view it is", options=_WHOSE, required=True, report=True, half=True),
                Text(
                    "whose_name", "Name", required=True, when=AnyOf("whose", ("parent", "other")), half=True
                ),
                _WORKER,
                _PRESENT,
                _INTERPRETER,
                _PLACE,
            ),
            guidance="A reading is a conversation. Two parents make two readings; compare like with like.",
        ),
        Section(
            "wheel",
            "The wheel",
            tuple(each for area in _AREAS for each in _family_area(*area)),
            look="star",
            guidance="0 is very worried, 10 is no help needed. "
            "0–1 not yet talking about it; 2–3 ready to talk; 4–5 taking first steps; "
            "6–7 making it work; 8–10 managing well. Leave out what was not talked about.",
        ),
        Section("agreement", "Seeing it the same way", _disagreement(_AREAS, 0, 10)),
        Section(
            "next",
            "What happens next",
            (_next_steps(_AREAS, 0, 10), Text("comment", "Anything else", lines=3, fresh=True)),
            guidance="Let the family choose where to begin.",
        ),
    ),
    rules=(_WRITTEN_AFTER,),
)

CHILD_WHEEL = Form(
    "child-progress-wheel",
    1,
    "star",
    "Child's Progress Wheel",
    short="Child's wheel",
    source="Written for this program and free under its licence",
    dated_by="read_on",
    sections=(
        Section(
            "reading",
            "About this reading",
            (
                *_DATES,
                _COMPLETED,
                Text("whose_name", "Child", required=True, prefill="child.known_as", half=True),
                _WORKER,
                _PRESENT,
                _INTERPRETER,
                _PLACE,
            ),
            guidance="For children under eleven. Let the child point to a face, and write what they say.",
        ),
        Section(
            "wheel",
            "How is it?",
            tuple(each for area in _CHILD_AREAS for each in _child_area(*area)),
            look="star",
            guidance="1 is very hard, 5 is very good. You need not answer them all.",
        ),
        Section("agreement", "Seeing it the same way", _disagreement(_CHILD_AREAS, 1, 5)),
        Section(
            "next",
            "What happens next",
            (
                Text("my_change", "One thing I want to be better", lines=2, quote=True, fresh=True),
                _next_steps(_CHILD_AREAS, 1, 5),
            ),
        ),
    ),
    rules=(_WRITTEN_AFTER,),
)
