"""The assessment triangle: the child's needs, the parents' care, the family's surroundings."""

from caseapp.form import Choice, Field, Is, Options, Section, Text
from caseapp.form_parts.early_help_lists import RATINGS

# Each heading of a side of the triangle: its key, its title, what to think about, its title for the family.

_CHILD = (
    ("health", "Health", "Growth, checks, dentist, sleep, food, speech, any illness or treatment", ""),
    (
        "education",
        "Education",
        "Attendance, learning, play, progress, hopes for later",
        "School and learning",
    ),
    (
        "emotions",
        "Emotional and behavioural development",
        "Feelings, worries, behaviour, coping",
        "Feelings and behaviour",
    ),
    (
        "identity",
        "Identity",
        "Sense of self, confidence, culture, faith, language, belonging",
        "Being yourself and belonging",
    ),
    (
        "relationships",
        "Family and social relationships",
        "Closest people, friends, brothers and sisters",
        "Family and friends",
    ),
    (
        "presentation",
        "Social presentation",
        "How the child comes across: dress, cleanliness, manners",
        "How the child comes across",
    ),
    (
        "self_care",
        "Self-care skills",
        "Dressing, eating, travelling, doing things alone for their age",
        "Doing things for yourself",
    ),
)
_PARENTING = (
    ("basic_care", "Basic care", "Food, warmth, clothes, hygiene, doctor and dentist", "Everyday care"),
    (
        "safety",
        "Ensuring safety",
        "Safety at home, outside and online; who looks after the child",
        "Keeping safe",
    ),
    ("warmth", "Emotional warmth", "Comfort, praise, affection, time together", "Love and comfort"),
    (
        "stimulation",
        "Stimulation",
        "Talking, playing, reading, getting to school",
        "Talking, playing and learning together",
    ),
    (
        "boundaries",
        "Guidance and boundaries",
        "Rules, routines, how upsets are handled",
        "Rules and routines",
    ),
    (
        "stability",
        "Stability",
        "Who stays in the child's life; moves, separations, changes",
        "People and places that stay",
    ),
)
_FAMILY = (
    (
        "history",
        "Family history and functioning",
        "Who is in the family, losses, health, how parents get on",
        "The family's story",
    ),
    ("wider_family", "Wider family", "Grandparents and others: who helps, who does not", ""),
    ("housing", "Housing", "Space, condition, security, neighbours", "Home"),
    ("employment", "Employment", "Who works, hours, what it means for the child", "Work"),
    ("income", "Income", "Money coming in, debts, benefits, going without", "Money"),
    (
        "integration",
        "Family's social integration",
        "Friends, faith, neighbours, isolation, discrimination",
        "Friends, neighbours and faith",
    ),
    (
        "community",
        "Community resources",
        "School, health, transport, clubs: near, open, welcoming",
        "What there is nearby",
    ),
)
DIMENSIONS = (*_CHILD, *_PARENTING, *_FAMILY)

_KNOWN: Options = (
    ("described", "Something to say"),
    ("nothing", "Nothing to report"),
    ("not_known", "Not known"),
    ("not_applicable", "Does not apply"),
)


def _dimension(key: str, title: str, hint: str, plain: str, *, shared: bool) -> tuple[Field, ...]:
    described, heading = Is(f"{key}_known", "described"), plain or title
    each_child = Text(
        f"{key}_children",
        f"{title}: what differs for each child",
        lines=2,
        when=described,
        help="By name: what is so for one child and not for another",
        plain=f"{heading}: what is different for each child",
    )
    return (
        Choice(f"{key}_known", title, help=hint, options=_KNOWN, plain=plain),
        Text(
            f"{key}_strengths",
            f"{title}: strengths",
            lines=3,
            when=described,
            plain=f"{heading}: what goes well",
        ),
        Text(f"{key}_needs", f"{title}: needs", lines=3, when=described, plain=f"{heading}: what would help"),
        Text(
            f"{key}_worries",
            f"{title}: risks or worries",
            lines=3,
            when=described,
            plain=f"{heading}: what worries us",
        ),
        *((each_child,) if shared else ()),
        Choice(
            f"{key}_rating",
            f"{title}: in one word",
            options=RATINGS,
            when=described,
            half=True,
            help="Only if it helps",
            plain=f"{heading}: in one word",
        ),
        Text(
            f"{key}_evidence",
            f"{title}: how we know",
            lines=2,
            when=described,
            help="Who said or saw it, and when",
            professional=True,
        ),
    )


def _domain(
    key: str,
    title: str,
    dimensions: tuple[tuple[str, str, str, str], ...],
    guidance: str,
    *,
    plain: str,
    shared: bool = False,
) -> Section:
    fields = tuple(each for dimension in dimensions for each in _dimension(*dimension, shared=shared))
    return Section(key, title, fields, guidance=guidance, plain=plain, shared=shared)


DEVELOPMENT = _domain(
    "development",
    "The child's developmental needs",
    _CHILD,
    "For each heading say something, or say that there is nothing to report or that it is not known. "
    "Facts and where they come from; strengths as well as needs.",
    plain="How the child is doing",
)
PARENTS_CARE = _domain(
    "parenting",
    "Parents and carers",
    _PARENTING,
    "Think of each parent and carer, and of those who live elsewhere. What is good enough deserves saying.",
    plain="Looking after the children",
    shared=True,
)
SURROUNDINGS = _domain(
    "surroundings",
    "Family and surroundings",
    _FAMILY,
    "What around the family helps or makes life harder for the children.",
    plain="Family and home",
    shared=True,
)
