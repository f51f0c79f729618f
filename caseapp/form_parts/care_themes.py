"""The themes of a looked-after review, one section each: how it is, what the child says, what is needed."""

from caseapp.form import YES_NO, AnyOf, Choice, Date, Field, Is, Number, Section, Text
from caseapp.form_parts import care_lists as lists
from caseapp.form_parts.asking import anew, pairs

_SHORT_OF = ("partly", "no")


def _theme(key: str, title: str, *more: Field, guidance: str = "", plain: str = "") -> Section:
    fields = anew(
        Text(f"{key}_now", "How it is, and what has changed", lines=3, required=True),
        Text(f"{key}_child", "What the child says about it", lines=2, quote=True),
        *more,
        Text(f"{key}_needed", "What is needed now", lines=2),
    )
    return Section(key, title, fields, guidance=guidance, plain=plain)


HEALTH = _theme(
    "health",
    "Health",
    *pairs(
        Date("health_assessed_on", "Last health assessment", past=True),
        Date("dental_on", "Last dental check", past=True),
        Choice("immunised", "Immunisations up to date", options=YES_NO, required=True, report=True),
        Choice("health_plan_done", "Health plan carried out", options=lists.YES_PARTLY_NO, required=True),
    ),
    plain="Keeping healthy",
)
EDUCATION = _theme(
    "education",
    "Education",
    *pairs(
        Date("pep_on", "Last personal education plan (PEP)", past=True),
        Text("attendance", "Attendance"),
        Choice("school_right", "Is the school the right one?", options=lists.YES_PARTLY_NO, required=True),
        Text("leisure", "Clubs and interests"),
    ),
    plain="School and learning",
)
PLACEMENT = _theme(
    "placement",
    "Placement",
    Choice(
        "placement_right",
        "Is this still the right placement?",
        options=lists.YES_PARTLY_NO,
        required=True,
        report=True,
    ),
    Text(
        "placement_because",
        "What is not right, and what is planned",
        lines=2,
        when=AnyOf("placement_right", _SHORT_OF),
        required=True,
    ),
    *pairs(
        Text("carers", "Carers or home", prefill="child.carers"),
        Text("placement_type", "Kind of placement", prefill="child.placement_type"),
        Choice(
            "delegation_works",
            "Does who decides what still work?",
            options=lists.YES_PARTLY_NO,
            required=True,
        ),
    ),
    plain="Where I live",
)
FAMILY = _theme(
    "family_time",
    "Family time",
    Text("arrangements", "What is arranged from now on, with whom", lines=3, required=True),
    Text("siblings", "Brothers and sisters", lines=2, prefill="child.siblings"),
    guidance="Parents, brothers and sisters, grandparents, friends from before: each of them.",
    plain="Seeing my family",
)
IDENTITY = _theme(
    "identity",
    "Identity",
    Text("life_story", "Life story work", lines=2),
    guidance="Faith, language, culture, origin, hair and skin, gender, disability; the story of their life.",
    plain="Who I am",
)
EMOTIONAL = _theme(
    "emotional",
    "Feelings and behaviour",
    *pairs(
        Text("last_sdq", "Last strengths and difficulties score", prefill="child.last_sdq"),
        Text("emotional_service", "Service involved"),
    ),
    plain="How I feel",
)
SAFETY = _theme(
    "safety",
    "Safety",
    Choice(
        "safe",
        "Is the child safe and well cared for?",
        options=lists.YES_PARTLY_NO,
        required=True,
        report=True,
    ),
    Text(
        "safe_because", "What is done about it today", lines=2, when=AnyOf("safe", _SHORT_OF), required=True
    ),
    *pairs(
        Number("times_missing", "Times missing since the last review", high=999, required=True, report=True),
        Number("return_talks", "Return interviews held", high=999),
    ),
    guidance="Missing, exploitation, bullying, online life, drugs, allegations, restraint, offending.",
    plain="Keeping safe",
)
PERMANENCE = _theme(
    "permanence",
    "Where the child will grow up",
    Choice("permanence", "Plan for permanence", options=lists.PERMANENCE, required=True, report=True),
    Choice(
        "permanence_second", "Worked on at the same time (twin track)", options=lists.PERMANENCE, report=True
    ),
    Choice(
        "permanence_agreed",
        "Is there an agreed plan for permanence by the second review?",
        options=lists.PERMANENCE_AGREED,
        required=True,
        report=True,
    ),
    Text(
        "permanence_late",
        "What is missing, and by when it is there",
        lines=2,
        when=AnyOf("permanence_agreed", ("not_yet", "late")),
        required=True,
    ),
    Choice(
        "legal_right", "Is the legal status still the right one?", options=YES_NO, required=True, half=True
    ),
    Choice("care_plan_right", "Does the care plan still stand?", options=YES_NO, required=True, half=True),
    Text("care_plan_change", "What changes in it", lines=2, when=Is("care_plan_right", "no"), required=True),
    Text(
        "legal_change",
        "What is to be asked of the court, or of the parents",
        lines=2,
        when=Is("legal_right", "no"),
        required=True,
    ),
    Text("after_care", "What there is to be when care ends", lines=2),
    plain="Where I will grow up",
)

THEMES = (HEALTH, EDUCATION, PLACEMENT, FAMILY, IDENTITY, EMOTIONAL, SAFETY, PERMANENCE)
"""The themes in the order of the review."""
