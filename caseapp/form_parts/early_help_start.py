"""How an early help assessment began: why, by whom and with which consent on the record."""

from caseapp.form import AnyOf, Choice, Choices, Date, Rows, Section, Text
from caseapp.form_parts import early_help_lists as lists
from caseapp.form_parts.asking import anew

RECORD = Section(
    "record",
    "This child's record",
    (
        Text("reference", "Reference", prefill="child.ref", half=True),
        Choice(
            "level_at_start",
            "Level of need at the start",
            options=lists.LEVELS,
            report=True,
            half=True,
            fresh=True,
            prefill="help.level_at_start",
            plain="How much help was needed at the start",
        ),
        Text(
            "alerts",
            "Alerts on the record",
            lines=2,
            prefill="child.alerts",
            fresh=True,
            professional=True,
        ),
    ),
)

START = Section(
    "start",
    "About this assessment",
    (
        Choice("stage", "What this is", options=lists.STAGES, report=True, fresh=True),
        Text("area", "Area or locality", half=True),
        Date("identified_on", "Need first noticed", past=True, half=True, prefill="help.needed_on"),
        Date(
            "opened_on",
            "Assessment started",
            past=True,
            half=True,
            required=True,
            prefill="today",
            report=True,
            fresh=True,
        ),
        Choice(
            "route", "How it came about", options=lists.ROUTES, report=True, half=True, prefill="help.route"
        ),
        Date(
            "checked_on",
            "Looked for an earlier assessment on",
            past=True,
            half=True,
            fresh=True,
            prefill="help.searched_on",
            professional=True,
        ),
        Choice(
            "checked",
            "What was found",
            options=lists.EARLIER,
            half=True,
            fresh=True,
            prefill="help.searched",
            professional=True,
        ),
        Text(
            "checked_detail",
            "Earlier assessment: reference, who holds it",
            when=AnyOf("checked", ("closed", "open")),
            professional=True,
        ),
    ),
    guidance="An assessment is voluntary. Agree with the family which children it covers before you begin.",
    shared=True,
)

ASSESSOR = Section(
    "assessor",
    "Who did this assessment",
    anew(
        Text("assessor", "Name", required=True, prefill="author.name", half=True),
        Text("assessor_role", "Role", prefill="author.role", half=True),
        Text("organisation", "Organisation or team", prefill="author.team", half=True),
        Choice("agency", "Kind of agency", options=lists.AGENCIES, required=True, report=True, half=True),
        Text("assessor_contact", "Phone or e-mail", half=True),
        Text("assessor_manager", "Line manager", half=True, professional=True),
        Rows(
            "visits",
            "Meetings and visits for this assessment",
            row="visit",
            fields=(
                Date("on", "Date", past=True, required=True, half=True),
                Text("place", "Place", half=True),
                Text("seen", "Who was seen"),
                Text("by", "Who went"),
            ),
        ),
        Choices(
            "sources",
            "Where the information comes from",
            options=(
                ("child", "The child"),
                ("parents", "Parents or carers"),
                ("family", "Wider family"),
                *lists.AGENCIES,
            ),
        ),
        Text("sources_note", "Reports read and people spoken to", lines=3, professional=True),
        Text(
            "confidential",
            "What others told us in confidence",
            lines=3,
            professional=True,
            help="Never promise to keep a worry about a child's safety secret",
        ),
    ),
    shared=True,
    plain="Who talked with you",
)

CONSENT = Section(
    "consent",
    "Consent",
    (
        Text(
            "consents",
            "Consent on the record",
            lines=4,
            prefill="child.consents",
            fresh=True,
            help="Recorded on the Early help page",
        ),
    ),
    guidance="Ask at the start, and again before the finished assessment is shared. A parent may agree to "
    "everyone but one agency. If a child may be at risk of significant harm, refer with or without consent.",
    # It tells what each person decided, one who could not safely be asked among them.
    professional=True,
)

REASON = Section(
    "reason",
    "Why this assessment, why now",
    (
        Choice(
            "main_reason",
            "Main reason",
            options=lists.REASONS,
            required=True,
            report=True,
            prefill="help.main_reason",
        ),
        Choices("reasons", "Other reasons", options=lists.REASONS, report=True, prefill="help.reasons"),
        Text("led_to", "What led to it", lines=4, help="Who noticed what, and since when"),
        Text("tried", "What has been tried, and what helped", lines=3),
        Text("hopes", "What the family hope for", lines=3),
    ),
    shared=True,
)
