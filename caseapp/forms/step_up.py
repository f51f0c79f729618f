"""Stepping up: early help asks children's social care to take over, and what came of it."""

from caseapp.form import YES_NO, AnyOf, Choice, Date, Form, Is, NotBefore, Section, Signatures, Text
from caseapp.form_parts import early_help_lists as lists
from caseapp.form_parts.asking import anew
from caseapp.form_parts.early_help_levels import level_fields, voice_fields

_ANSWERED = AnyOf("result", ("accepted", "returned", "advice"))
_OVERRIDDEN = AnyOf("consent", ("overridden", "unsafe"))

_STEP = Section(
    "step",
    "Why we step up",
    anew(
        Date("stepped_on", "Decided to step up on", past=True, required=True, report=True, half=True),
        Choice(
            "urgency",
            "How urgent",
            options=(("now", "At once, the same day"), ("soon", "Within a working day"), ("usual", "Usual")),
            required=True,
            half=True,
        ),
        Text("stepped_by", "Decided by", required=True, prefill="author.name", half=True),
        Text("stepped_by_role", "Role", prefill="author.role", half=True),
        Text("manager", "Manager who agreed", half=True),
        Choice(
            "trigger",
            "What led to it",
            options=lists.STEP_UP_TRIGGERS,
            required=True,
            report=True,
            half=True,
        ),
        Text("reason", "Why, with facts and dates", lines=5, required=True),
        Text("tried", "What early help has tried, and what came of it", lines=4),
    ),
    guidance="If a child may be in danger now, ring first: the police on 999, then children's social care. "
    "Write afterwards.",
    shared=True,
)

_CHILD = Section(
    "child_part",
    "This child",
    (
        *level_fields(),
        *anew(
            Text("risk", "What worries us for this child", lines=3, required=True),
            Text("safe_now", "What keeps this child safe until social care answers", lines=3, required=True),
        ),
        *voice_fields(about="In the child's own words"),
    ),
)

_ATTACHED = Section(
    "attached",
    "What goes with it",
    anew(
        Choice("eha_attached", "Is the assessment attached?", options=YES_NO, required=True, half=True),
        Text(
            "eha_version",
            "Which version",
            when=Is("eha_attached", "yes"),
            required=True,
            half=True,
            help="Number and date, as printed on it",
        ),
        Choice("plan_attached", "Is the plan attached?", options=YES_NO, required=True, half=True),
        Text(
            "plan_version",
            "Which version",
            when=Is("plan_attached", "yes"),
            required=True,
            half=True,
            help="Number and date, as printed on it",
        ),
        Text(
            "eha_missing",
            "Why there is no assessment with it",
            when=Is("eha_attached", "no"),
            required=True,
            help="A referral never waits for an assessment",
        ),
        Text("attached_more", "What else is attached", lines=2),
    ),
    shared=True,
    professional=True,
)

_TOLD = Section(
    "told",
    "What the family know",
    anew(
        Choice("family_told", "Has the family been told?", options=YES_NO, required=True, half=True),
        Date("told_on", "Told on", past=True, when=Is("family_told", "yes"), required=True, half=True),
        Text(
            "not_told_because",
            "Why not: who would be less safe",
            lines=2,
            when=Is("family_told", "no"),
            required=True,
            professional=True,
        ),
        Text("family_view", "What they say about it", lines=3, when=Is("family_told", "yes")),
        Choice(
            "consent",
            "Do they agree?",
            options=(
                ("given", "Yes"),
                ("overridden", "No; we share to keep a child safe"),
                ("unsafe", "Not asked, because asking would be unsafe"),
            ),
            required=True,
            report=True,
        ),
        Text(
            "override_because",
            "Why we share without agreement",
            lines=3,
            when=_OVERRIDDEN,
            required=True,
            professional=True,
        ),
        Text(
            "override_manager",
            "Manager who decided",
            when=_OVERRIDDEN,
            required=True,
            professional=True,
        ),
    ),
    guidance="Tell the family first and ask them to agree, unless that would put a child or adult in danger.",
    shared=True,
)

_CONTACT = Section(
    "contact",
    "Contact with social care",
    anew(
        Date("contact_on", "Contact made on", past=True, required=True, report=True, half=True),
        Text("contact_time", "Time", half=True),
        Text("contact_id", "Social care's contact number", half=True),
        Text("contact_to", "Who took it, and their team", half=True),
        Choice(
            "contact_how",
            "How",
            options=(
                ("phone", "By phone"),
                ("form", "By online form"),
                ("email", "By secure e-mail"),
                ("person", "In person"),
            ),
            half=True,
        ),
    ),
    shared=True,
    professional=True,
)

_ANSWER = Section(
    "answer",
    "What social care decided for this child",
    anew(
        Choice("result", "Their decision", options=lists.STEP_UP_RESULTS, required=True, report=True),
        Date(
            "answered_on",
            "Decided on",
            past=True,
            required=True,
            report=True,
            half=True,
            when=_ANSWERED,
        ),
        Text("answered_by", "Decided by", half=True, when=_ANSWERED),
        Text("answer_because", "Their reason, and what they advise", lines=3, when=_ANSWERED),
        Text("feedback", "What the lead practitioner was told", lines=2, when=_ANSWERED),
        Date("feedback_on", "Told on", past=True, half=True, when=_ANSWERED),
        Choice(
            "early_help",
            "What happens to early help",
            options=(
                ("pause", "It pauses"),
                ("close", "It closes"),
                ("go_on", "It goes on beside social care"),
            ),
            required=True,
            report=True,
            half=True,
        ),
        Text(
            "challenge",
            "If we do not agree: whom we asked to look again",
            lines=2,
            when=AnyOf("result", ("returned", "advice")),
            professional=True,
        ),
    ),
    guidance="While no answer has come, say so and sign; put the answer in with a correction. "
    "No answer after three working days: ring.",
)

_SIGN_OFF = Section(
    "sign_off",
    "Signatures",
    (Signatures("signatures", "Signatures"),),
    shared=True,
)

STEP_UP = Form(
    "step-up",
    1,
    "step-up",
    "Step up to social care",
    short="Step up",
    source="Working Together to Safeguard Children, chapter 1; local threshold document",
    dated_by="stepped_on",
    sections=(_STEP, _CHILD, _ATTACHED, _TOLD, _CONTACT, _ANSWER, _SIGN_OFF),
    rules=(
        NotBefore("contact_on", "stepped_on", "The contact cannot come before the decision to step up."),
        NotBefore("answered_on", "contact_on", "Social care cannot decide before they were asked."),
        NotBefore("feedback_on", "answered_on", "The lead practitioner cannot be told before the decision."),
    ),
)
