"""Stepping down: children's social care hands a family to early help, and stays until that is done."""

from caseapp.form import YES_NO, Choice, Choices, Date, Form, Is, NotBefore, Rows, Section, Signatures, Text
from caseapp.form_parts import early_help_lists as lists
from caseapp.form_parts.asking import anew
from caseapp.form_parts.early_help_levels import level_fields, voice_fields
from caseapp.form_parts.early_help_plan import CONTINGENCY, lead_fields

_STEP = Section(
    "step",
    "Social care's decision",
    anew(
        Date("stepped_on", "Decided to step down on", past=True, required=True, report=True, half=True),
        Text("social_worker", "Social worker", required=True, half=True),
        Text("social_team", "Their team", half=True),
        Text("social_contact", "Their phone or e-mail", half=True),
        Text("social_manager", "Manager who decided", required=True, half=True),
        Choice(
            "source",
            "Decided from",
            options=lists.STEP_DOWN_SOURCES,
            required=True,
            report=True,
            half=True,
            plain="What this comes from",
        ),
        Date("source_on", "Its date", past=True, required=True, half=True),
        Text("source_version", "Its number or title", half=True),
        Text("reason", "Why early help is enough now", lines=4, required=True),
    ),
    shared=True,
)

_AGREEMENT = Section(
    "agreement",
    "The family's agreement",
    anew(
        Choice(
            "family_agreed",
            "Has the family agreed in writing?",
            options=YES_NO,
            required=True,
            report=True,
            half=True,
        ),
        Date("agreed_on", "Agreed on", past=True, when=Is("family_agreed", "yes"), required=True, half=True),
        Text("agreed_by", "Who signed", when=Is("family_agreed", "yes"), required=True),
        Text(
            "not_agreed",
            "Why not, and what happens instead",
            lines=3,
            when=Is("family_agreed", "no"),
            required=True,
        ),
        Text("family_view", "What the family say about it", lines=3),
    ),
    guidance="Early help is voluntary: without the family's agreement, in writing, there is nothing to step "
    "down to. Ask again what worries them about it.",
    shared=True,
)

_CHILD = Section(
    "child_part",
    "This child",
    (
        *level_fields(),
        *anew(
            Text("better", "What has become better for this child", lines=3),
            Text("still_needed", "What this child still needs", lines=3, required=True),
        ),
        *voice_fields(about="In the child's own words"),
    ),
)

_HANDOVER = Section(
    "handover",
    "Handover",
    (
        *lead_fields(),
        *anew(
            Date("lead_named_on", "Lead practitioner named on", past=True, required=True, half=True),
            Date(
                "first_taf_on",
                "Last child in need meeting, which is the first family meeting",
                required=True,
                report=True,
                plain="First meeting with the new team",
            ),
            Choices(
                "handed_papers",
                "Papers handed over",
                options=(
                    ("assessment", "Assessment"),
                    ("plan", "Child in need or protection plan"),
                    ("chronology", "Chronology"),
                    ("minutes", "Notes of the last meeting"),
                    ("family_tree", "Family tree"),
                    ("reports", "Reports of other agencies"),
                ),
                professional=True,
            ),
            Rows(
                "handed_over",
                "What is handed over",
                row="task",
                at_least=1,
                fields=(
                    Text("what", "What", lines=2, required=True),
                    Text("from_whom", "From", half=True),
                    Text("to_whom", "To", required=True, half=True),
                ),
            ),
            Choice("handover_done", "Is the handover done?", options=YES_NO, required=True, half=True),
            Date(
                "handover_on",
                "Handover done on",
                past=True,
                required=True,
                when=Is("handover_done", "yes"),
                half=True,
            ),
            Date(
                "care_closed_on",
                "Social care closed on",
                past=True,
                when=Is("handover_done", "yes"),
                half=True,
                help="Not before the handover is done",
            ),
        ),
    ),
    guidance="Social care stays open until the handover is done. The lead practitioner is named before that.",
    shared=True,
)

_IF = Section(
    "contingency",
    "If things get worse",
    anew(
        CONTINGENCY,
        Text("back_to", "Whom early help rings to come back", professional=True),
    ),
    shared=True,
)

_SIGN_OFF = Section("sign_off", "Signatures", (Signatures("signatures", "Signatures"),), shared=True)

STEP_DOWN = Form(
    "step-down",
    1,
    "step-down",
    "Step down to early help",
    short="Step down",
    source="Working Together to Safeguard Children; local step down procedure",
    dated_by="stepped_on",
    sections=(_STEP, _AGREEMENT, _CHILD, _HANDOVER, _IF, _SIGN_OFF),
    rules=(
        NotBefore("stepped_on", "source_on", "The decision cannot come before the document it rests on."),
        NotBefore("handover_on", "lead_named_on", "Name the lead practitioner before the handover is done."),
        NotBefore("care_closed_on", "lead_named_on", "Name the lead practitioner before social care closes."),
        NotBefore("care_closed_on", "handover_on", "Social care stays open until the handover is done."),
    ),
)
