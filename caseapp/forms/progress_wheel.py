"""Our own wheels: the Family Progress Wheel and its version for children under eleven."""

from caseapp.form import Form, Stage
from caseapp.form_parts.star_parts import (
    ANYTHING_ELSE,
    MY_CHANGE,
    WRITTEN_AFTER,
    Area,
    Scale,
    agreement_section,
    next_section,
    reading_section,
    stage_words,
    wheel_section,
)

_SOURCE = "Written for this program and free under its licence"

# The order on the chart, clockwise from the top.
_AREAS = (
    Area("home_care", "Safe and cared for at home", "Looked after, kept safe, free from hurt and fear"),
    Area("health", "Health", "Body, teeth, sleep, food, seeing the doctor when needed"),
    Area("feelings", "Feelings and coping", "Moods and worries, and what helps on a bad day"),
    Area("learning", "School, learning and play", "Being there, joining in, getting on, time to play"),
    Area("friends", "Friends and belonging", "People to be with, places where we fit in"),
    Area("together", "Getting on as a family", "Talking, listening, sorting out arguments"),
    Area("routines", "Routines and boundaries", "Bedtimes, mornings, fair rules that hold"),
    Area("housing", "Home and housing", "Room enough, warm, safe to stay in"),
    Area("money", "Money and work", "Bills, food, work or training, debts"),
    Area("support", "Support around us", "Family, neighbours and services that can be relied on"),
)
_SCALE = Scale(0, 10, "Very worried", "No help needed")
_STAGES = (
    Stage("Not yet talking about it", 0, 1),
    Stage("Ready to talk", 2, 3),
    Stage("Taking first steps", 4, 5),
    Stage("Making it work", 6, 7),
    Stage("Managing well", 8, 10),
)
_CHILD_AREAS = (
    Area("home", "Home", "How is it at home?"),
    Area("safe", "Keeping safe", "Do you feel safe at home, outside and online?"),
    Area("well", "Feeling well", "How does your body feel? Sleep, food, aches?"),
    Area("feelings", "My feelings", "Happy, sad, cross, worried: how is it mostly?"),
    Area("people", "People I like", "Friends and family: who is good to be with?"),
    Area("play", "School and play", "How are lessons, playtime and things to do?"),
)
_CHILD_SCALE = Scale(1, 5, "Very hard", "Very good")

PROGRESS_WHEEL = Form(
    "progress-wheel",
    2,
    "star",
    "Family Progress Wheel",
    short="Wheel",
    source=_SOURCE,
    dated_by="read_on",
    sections=(
        reading_section(
            "parent",
            guidance="A reading is a conversation. Two parents make two readings; compare like with like.",
        ),
        wheel_section(
            "The wheel",
            _AREAS,
            _SCALE,
            guidance=f"0 is very worried, 10 is no help needed. {stage_words(_STAGES)}. "
            "Leave out what was not talked about.",
        ),
        agreement_section(_AREAS, _SCALE),
        next_section(
            _AREAS, _SCALE, after=(ANYTHING_ELSE,), guidance="Let the family choose where to begin."
        ),
    ),
    rules=(WRITTEN_AFTER,),
    stages=_STAGES,
)

CHILD_WHEEL = Form(
    "child-progress-wheel",
    2,
    "star",
    "Child's Progress Wheel",
    short="Child's wheel",
    source=_SOURCE,
    dated_by="read_on",
    sections=(
        reading_section(
            "child",
            guidance="For children under eleven. Let the child point to a face, and write what they say.",
        ),
        wheel_section(
            "How is it?",
            _CHILD_AREAS,
            _CHILD_SCALE,
            guidance="1 is very hard, 5 is very good. You need not answer them all.",
            childs_words=True,
        ),
        agreement_section(_CHILD_AREAS, _CHILD_SCALE),
        next_section(_CHILD_AREAS, _CHILD_SCALE, before=(MY_CHANGE,)),
    ),
    rules=(WRITTEN_AFTER,),
)
