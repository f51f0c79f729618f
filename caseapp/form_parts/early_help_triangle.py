"""The assessment triangle: the child's needs, the parents' care, the family's surroundings."""

from caseapp.form import Choice, Field, Is, Options, Section, Text

# Each heading of a side of the triangle: its key, its title as read, what to think about.

_CHILD = (
    ("health", "Health", "Growth, checks, dentist, sleep, food, speech, any illness or treatment"),
    ("education", "Education", "Attendance, learning, play, progress, hopes for later"),
    ("emotions", "Emotional and behavioural development", "Feelings, worries, behaviour, coping"),
    ("identity", "Identity", "Sense of self, confidence, culture, faith, language, belonging"),
    ("relationships", "Family and social relationships", "Closest people, friends, brothers and sisters"),
    ("presentation", "Social presentation", "How the child comes across: dress, cleanliness, manners"),
    ("self_care", "Self-care skills", "Dressing, eating, travelling, doing things alone for their age"),
)
_PARENTING = (
    ("basic_care", "Basic care", "Food, warmth, clothes, hygiene, doctor and dentist"),
    ("safety", "Ensuring safety", "Safety at home, outside and online; who looks after the child"),
    ("warmth", "Emotional warmth", "Comfort, praise, affection, time together"),
    ("stimulation", "Stimulation", "Talking, playing, reading, getting to school"),
    ("boundaries", "Guidance and boundaries", "Rules, routines, how upsets are handled"),
    ("stability", "Stability", "Who stays in the child's life; moves, separations, changes"),
)
_FAMILY = (
    ("history", "Family history and functioning", "Who is in the family, losses, health, how parents get on"),
    ("wider_family", "Wider family", "Grandparents and others: who helps, who does not"),
    ("housing", "Housing", "Space, condition, security, neighbours"),
    ("employment", "Employment", "Who works, hours, what it means for the child"),
    ("income", "Income", "Money coming in, debts, benefits, going without"),
    ("integration", "Family's social integration", "Friends, faith, neighbours, isolation, discrimination"),
    ("community", "Community resources", "School, health, transport, clubs: near, open, welcoming"),
)
DIMENSIONS = (*_CHILD, *_PARENTING, *_FAMILY)

_KNOWN: Options = (
    ("described", "Something to say"),
    ("nothing", "Nothing to report"),
    ("not_known", "Not known"),
    ("not_applicable", "Does not apply"),
)


def _dimension(key: str, title: str, hint: str) -> tuple[Field, ...]:
    described = Is(f"{key}_known", "described")
    return (
        Choice(f"{key}_known", title, help=hint, options=_KNOWN),
        Text(f"{key}_strengths", f"{title}: strengths", lines=3, when=described),
        Text(f"{key}_needs", f"{title}: needs", lines=3, when=described),
        Text(f"{key}_worries", f"{title}: risks or worries", lines=3, when=described),
        Text(
            f"{key}_evidence",
            f"{title}: how we know",
            lines=2,
            when=described,
            help="Who said or saw it, and when; anything that differs for a brother or sister",
        ),
    )


def _domain(key: str, title: str, dimensions: tuple[tuple[str, str, str], ...], guidance: str) -> Section:
    fields = tuple(each for dimension in dimensions for each in _dimension(*dimension))
    return Section(key, title, fields, guidance=guidance)


DEVELOPMENT = _domain(
    "development",
    "The child's developmental needs",
    _CHILD,
    "For each heading say something, or say that there is nothing to report or that it is not known. "
    "Facts and where they come from; strengths as well as needs.",
)
PARENTS_CARE = _domain(
    "parenting",
    "Parents and carers",
    _PARENTING,
    "Think of each parent and carer, and of those who live elsewhere. What is good enough deserves saying.",
)
SURROUNDINGS = _domain(
    "surroundings",
    "Family and surroundings",
    _FAMILY,
    "What around the family helps or makes life harder for the child.",
)
