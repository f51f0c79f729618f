"""What each form of early help asks about the child it is for: their part in it, and their level of need."""

from caseapp.form import AnyOf, Choice, Choices, Date, Field, Is, Text
from caseapp.form_parts import early_help_lists as lists
from caseapp.form_parts.asking import anew

_SEEN = AnyOf("voice", ("heard", "observed"))

LEVEL_4_STEPS = Text(
    "level_4_steps",
    "Level 4: who has been told, when, and what happens today",
    lines=3,
    required=True,
    fresh=True,
    when=Is("level", "4"),
    professional=True,
)


def level_fields() -> tuple[Field, ...]:
    """Return the questions about this child's level of need now, and why."""
    return (
        Choice(
            "level",
            "This child's level of need now",
            options=lists.LEVELS,
            required=True,
            report=True,
            fresh=True,
            plain="How much help is needed now",
        ),
        Text("level_because", "Why this level", lines=3, required=True, fresh=True),
    )


def voice_fields(*, about: str) -> tuple[Field, ...]:
    """Return the short questions about the child's part; `about` heads the words they said."""
    return anew(
        Choice("voice", "Was the child's view gathered?", options=lists.HEARD, required=True, report=True),
        Text(
            "voice_why_not",
            "Why not, and what will be done about it",
            lines=2,
            required=True,
            when=AnyOf("voice", ("unborn", "not_seen")),
            professional=True,
        ),
        Date("voice_on", "Date", past=True, required=True, when=_SEEN, half=True),
        Text("voice_present", "Who was there", when=_SEEN, half=True),
        Choices("voice_methods", "How", options=lists.METHODS, when=_SEEN),
        Text("observed", "What was seen", lines=3, required=True, when=Is("voice", "observed")),
        Text("words", about, lines=4, quote=True, required=True, when=Is("voice", "heard")),
        Text(
            "words_private",
            "What the child asked us not to pass on to the family",
            lines=2,
            when=Is("voice", "heard"),
            professional=True,
            help="Never promise to keep a worry about safety secret",
        ),
    )
