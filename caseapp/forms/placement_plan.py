"""The placement plan: how a child is cared for where they live, agreed with those who care."""

from caseapp.form import (
    YES_NO,
    AnyOf,
    Choice,
    Date,
    Form,
    Is,
    NotBefore,
    Rows,
    Section,
    Signatures,
    Text,
)
from caseapp.form_parts import care_lists as lists
from caseapp.form_parts.asking import anew, pairs
from caseapp.form_parts.care_asking import about_child, actions, care_facts, copies, voice
from caseapp.form_parts.care_daily import (
    DAILY,
    DELEGATED,
    EDUCATION,
    ENDING,
    FAMILY,
    HEALTH,
    LEISURE,
    MONEY,
    SAFETY,
    VISITS,
)

_SECRET = Is("address_secret", "yes")

_WORDS = Section(
    "child_words",
    "What the child wants the carer to know",
    guidance="In the child's words. Ask before the move; ask again when they have slept there.",
    owner="Child",
    fields=(
        *voice("What I want you to know about me"),
        Text("likes", "What I like", lines=2, quote=True),
        Text("dislikes", "What I do not like", lines=2, quote=True),
        Text("call_carers", "What I call you, and what I want to be called", quote=True),
    ),
    plain="What I want you to know",
)

_PLACEMENT = Section(
    "placement",
    "The placement",
    guidance="Agreed and signed before it starts; if that cannot be, within five working days of the start.",
    owner="Social worker",
    fields=(
        *pairs(
            Date(
                "signed_on",
                "Plan signed on",
                past=True,
                required=True,
                event="placement_plan",
                report=True,
                fresh=True,
            ),
            Date(
                "started_on",
                "Placement starts on",
                prefill="child.placement_since",
                required=True,
                report=True,
            ),
        ),
        *about_child(),
        *care_facts(),
        *pairs(
            Text("placement_type", "Kind of placement", prefill="child.placement_type", required=True),
            Choice("emergency", "Made in an emergency", options=YES_NO, required=True, report=True),
            Text("carers", "Carers or home", prefill="child.carers", required=True),
            Text("provider", "Provider or agency"),
            Choice("address_secret", "Keep the address and phone off paper", options=YES_NO),
            Text("phone", "Phone", secret_when=_SECRET),
        ),
        Text(
            "address",
            "Address",
            lines=2,
            prefill="child.placement_address",
            secret_when=_SECRET,
            required=True,
        ),
        Text("responsible_there", "Who answers for the child there", required=True),
        Text("household", "Who else lives there, animals too", lines=2, required=True),
        Text(
            "why_placement", "Why this placement, and what it is to do for the child", lines=3, required=True
        ),
        *pairs(
            Text("worker", "Social worker", prefill="child.worker", required=True),
            Text("worker_contact", "Their phone and e-mail", required=True),
            Text("manager", "Team manager", required=True),
            Text("iro", "Reviewing officer (IRO)", prefill="child.reviewing_officer", required=True),
            Text("iro_contact", "How to reach them", required=True),
            Text("supervising_worker", "Supervising social worker"),
            Text("personal_adviser", "Personal adviser (16 and over)", prefill="child.personal_adviser"),
        ),
        Text(
            "parents",
            "Parents, and what they do for the child",
            lines=2,
            prefill="child.parents",
            required=True,
        ),
        Text(
            "council_does",
            "What the council does, and what is handed on to the carer",
            lines=2,
            required=True,
        ),
    ),
)

_NOTICES = Section(
    "notices",
    "Who was told of the placement",
    guidance="In writing before it starts; in an emergency within five working days.",
    fields=(
        Rows(
            "told",
            "Notices",
            fields=(
                Choice("who", "Who", options=lists.TOLD, required=True, half=True),
                Text("name", "Name", half=True),
                Date("on", "On", past=True, required=True, half=True),
                Text("how", "How", half=True),
            ),
            row="notice",
            at_least=1,
        ),
        Text("not_told", "Who was not told, and why", professional=True),
    ),
)

_ACTIONS = Section(
    "actions",
    "What will be done",
    guidance="What is still to be bought, asked or arranged.",
    fields=(actions("actions", "What we agreed"),),
)

_AGREEMENT = Section(
    "agreement",
    "Agreement",
    guidance="The carer signs for the home and the social worker for the council; then the parents (always, "
    "under section 20) and the child as they wish.",
    fields=(
        *anew(
            Choice(
                "carer_agrees",
                "Does the carer agree to care for the child as this plan says?",
                options=lists.AGREES[:3],
                required=True,
                report=True,
            ),
            Text(
                "carer_disagrees",
                "What the carer does not agree to, and what follows",
                lines=2,
                when=AnyOf("carer_agrees", ("partly", "no")),
                required=True,
            ),
            Text("carer_needs", "What the carer still needs", lines=2),
            Choice("child_agrees", "Does the child agree?", options=lists.AGREES, required=True, half=True),
            Choice("care_plan_given", "Carer has the care plan", options=YES_NO, required=True, half=True),
        ),
        copies("copies", "Copies given"),
        Signatures("signatures", "Who signs, or why not", at_least=2),
    ),
)

PLACEMENT_PLAN = Form(
    "placement-plan",
    1,
    "placement-plan",
    "Placement Plan",
    short="Placement plan",
    source="Care Planning, Placement and Case Review (England) Regulations 2010, regulations 9, 13 and 14 "
    "and Schedule 2",
    dated_by="signed_on",
    sections=(
        _WORDS,
        _PLACEMENT,
        DAILY,
        SAFETY,
        HEALTH,
        EDUCATION,
        FAMILY,
        LEISURE,
        DELEGATED,
        VISITS,
        MONEY,
        ENDING,
        _NOTICES,
        _ACTIONS,
        _AGREEMENT,
    ),
    rules=(
        NotBefore("signed_on", "born_on", "The plan is signed before the child was born."),
        NotBefore(
            "started_on", "looked_after_since", "The placement starts before the child came into care."
        ),
        NotBefore("first_visit_by", "started_on", "The first visit is due before the placement starts."),
        NotBefore("expected_until", "started_on", "The placement ends before it starts."),
    ),
)
