"""The young carer's needs assessment: what a child does for somebody at home, and what that does to them."""

from dataclasses import replace

from caseapp.form import (
    YES_NO,
    AnyOf,
    Choice,
    Choices,
    Date,
    Filled,
    Form,
    Is,
    NotBefore,
    Number,
    Rows,
    Section,
    Signatures,
    Text,
)
from caseapp.form_parts import early_help_lists as lists
from caseapp.form_parts.asking import anew
from caseapp.form_parts.early_help_levels import voice_fields
from caseapp.form_parts.early_help_plan import COPIES, NEW_ROWS

_ASSESSED = Is("assessment", "completed")

_FOUND = Section(
    "found",
    "How we know",
    (
        Date("written_on", "Written on", past=True, required=True, prefill="today", half=True, fresh=True),
        Text("name", "Child", required=True, prefill="child.name", half=True),
        Date(
            "identified_on",
            "First noticed that this child is a carer on",
            past=True,
            required=True,
            report=True,
            half=True,
        ),
        Choice(
            "identified_how",
            "How it was noticed",
            options=lists.CARER_FOUND,
            required=True,
            report=True,
            half=True,
        ),
        Text("identified_by", "By whom"),
        Choice(
            "assessment",
            "The assessment was",
            options=lists.CARER_ASSESSED,
            required=True,
            report=True,
            fresh=True,
        ),
        Date("offered_on", "Offered on", past=True, required=True, report=True, half=True, fresh=True),
        Date(
            "declined_on",
            "Declined on",
            past=True,
            required=True,
            report=True,
            when=Is("assessment", "declined"),
            half=True,
            fresh=True,
        ),
        Text(
            "declined_because",
            "Why, and when we ask again",
            lines=2,
            required=True,
            when=Is("assessment", "declined"),
            fresh=True,
        ),
        Date(
            "assessed_on",
            "Completed on",
            past=True,
            required=True,
            report=True,
            when=_ASSESSED,
            half=True,
            fresh=True,
        ),
        Text(
            "assessed_by",
            "Assessed by",
            required=True,
            prefill="author.name",
            when=_ASSESSED,
            half=True,
            fresh=True,
        ),
        Text("took_part", "Who took part", lines=2, when=_ASSESSED, fresh=True),
    ),
    guidance="A young carer is anyone under 18 who cares for another person, unpaid. The council must assess "
    "whenever there may be needs, and when a child or parent asks.",
)

_CARED_FOR = Section(
    "cared_for",
    "The person who is cared for",
    (
        Rows(
            "cared_for",
            "Each person",
            row="person",
            at_least=1,
            fields=(
                Text("name", "Name", required=True, half=True),
                Text("relation", "Relationship to the child", required=True, half=True),
                Text("condition", "Illness, disability or other reason", required=True, professional=True),
                Text("needs", "What they need help with", lines=2),
                Choice(
                    "adult_assessment",
                    "Their own assessment",
                    options=lists.ADULT_ASSESSMENTS,
                    half=True,
                    help="By adult services; for a child with a disability, by children's services",
                ),
                Date("adult_assessment_on", "On", when=Filled("adult_assessment"), half=True),
                Text(
                    "adult_contact",
                    "Who assesses them, and how the two are joined",
                    when=AnyOf("adult_assessment", ("asked", "under_way", "completed")),
                ),
            ),
        ),
    ),
    guidance="The best help for a young carer is often the right help for the person they care for.",
)

_CARE = Section(
    "care",
    "What the child does",
    (
        Choices("tasks", "Kinds of care", options=lists.CARE_TASKS, required=True, report=True),
        Text("tasks_detail", "What exactly, on which days", lines=4, required=True),
        Text("emotional_care", "Watching over, comforting or worrying", lines=3),
        Number("hours", "Hours a week", unit="hours", high=168, half=True, report=True, required=True),
        Choice("nights", "Also at night?", options=YES_NO, half=True),
        Choice(
            "reliance",
            "How far the family relies on it",
            options=lists.RELIANCE,
            required=True,
            report=True,
        ),
        Text("reliance_detail", "Who else helps, and what happens when the child cannot", lines=3),
    ),
    guidance="Ask for an ordinary day and for a bad one. Small things add up.",
    when=_ASSESSED,
)

_EFFECT = Section(
    "effect",
    "What it does to the child",
    (
        Number(
            "attendance",
            "Attendance this school year",
            unit="%",
            high=100,
            places=1,
            half=True,
            report=True,
            fresh=True,
        ),
        Text(
            "effect_education", "School, learning, training or work, and hopes for it", lines=3, required=True
        ),
        Text("effect_wellbeing", "Health, sleep, feelings", lines=3, required=True),
        Text("effect_development", "Growing up: friends, free time, things others of this age do", lines=3),
        Text("good_in_it", "What is good in it: what the child is proud of, has learnt", lines=2),
        Choice(
            "excessive",
            "Are any tasks too much, or not for a child?",
            options=(("none", "No"), ("some", "Some of them"), ("all", "Most of them")),
            required=True,
            report=True,
            half=True,
        ),
        Text("excessive_which", "Which", lines=2, when=AnyOf("excessive", ("some", "all")), required=True),
        Choice(
            "appropriate",
            "Is it right that this child gives this care?",
            options=(("yes", "Yes"), ("less", "Yes, but less of it"), ("no", "No")),
            required=True,
            report=True,
            half=True,
        ),
        Text(
            "appropriate_because",
            "Why, given the child's needs, wishes and circumstances",
            lines=3,
            required=True,
        ),
    ),
    when=_ASSESSED,
)

_VOICE = Section(
    "child_voice",
    "What the child says",
    (
        *voice_fields(about="In the child's own words"),
        *anew(
            Text("understanding", "Age and understanding", lines=2, professional=True),
            Choice(
                "wants",
                "What the child wants for the caring",
                options=(
                    ("same", "To go on as it is"),
                    ("less", "To do less"),
                    ("stop", "To stop"),
                    ("more_help", "To go on, with help"),
                    ("unsure", "Does not know"),
                ),
                report=True,
                half=True,
            ),
            Text("wishes", "What the child wants to come of this", lines=3, quote=True),
            Text("family_wishes", "What parents and the person cared for want to come of it", lines=3),
            Text("differences", "Where people see it differently", lines=3),
        ),
    ),
    guidance="Talk with the child alone for part of it. The child may have somebody with them.",
    when=_ASSESSED,
    plain="What you told us",
)

_SUPPORT = Section(
    "support",
    "What will help",
    anew(
        Choice(
            "needs_support",
            "Does the child need support?",
            options=YES_NO,
            required=True,
            report=True,
            half=True,
        ),
        Text("support_because", "Why", lines=2, required=True),
        Date(
            "supported_on",
            "Support began on",
            past=True,
            when=Is("needs_support", "yes"),
            report=True,
            half=True,
        ),
        Text("support_now", "Support already given", lines=2),
        replace(NEW_ROWS, label="What was agreed", when=Is("needs_support", "yes")),
        Text("emergency", "What happens if the child cannot care, or the person gets worse", lines=3),
    ),
    guidance="Help for the whole family, so that the child can be a child.",
    when=_ASSESSED,
    plain="What we will do",
)

_NEXT = Section(
    "next",
    "Looking again",
    anew(
        Date("review_on", "Looked at again on", required=True, when=_ASSESSED, report=True, half=True),
        Choice(
            "transition",
            "Assessment before the eighteenth birthday",
            options=(
                ("not_yet", "Too early"),
                ("offered", "Offered"),
                ("declined", "Offered and declined"),
                ("completed", "Completed"),
            ),
            report=True,
            half=True,
            help="The council must offer it where there are likely to be needs after 18",
            plain="A talk about what changes when you are 18",
        ),
        Date(
            "transition_on",
            "On",
            past=True,
            when=AnyOf("transition", ("offered", "declined", "completed")),
            half=True,
        ),
        COPIES,
        Signatures("signatures", "Signatures"),
    ),
)

YOUNG_CARER = Form(
    "young-carer",
    1,
    "young-carer",
    "Young carer's needs assessment",
    short="Young carer",
    source="Children Act 1989 s17ZA; Young Carers (Needs Assessments) Regulations 2015",
    dated_by="written_on",
    sections=(_FOUND, _CARED_FOR, _CARE, _EFFECT, _VOICE, _SUPPORT, _NEXT),
    rules=(
        NotBefore("offered_on", "identified_on", "It cannot be offered before the caring was noticed."),
        NotBefore("declined_on", "offered_on", "It cannot be declined before it was offered."),
        NotBefore("assessed_on", "offered_on", "It cannot be completed before it was offered."),
        NotBefore("review_on", "assessed_on", "The review cannot come before the assessment."),
    ),
)
