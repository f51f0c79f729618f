"""How an early help assessment began: why, by whom and with whose consent."""

from caseapp.form import YES_NO, AnyOf, Choice, Choices, Date, Is, Rows, Section, Text
from caseapp.form_parts import early_help_lists as lists
from caseapp.form_parts.asking import anew

START = Section(
    "start",
    "About this assessment",
    (
        Text("reference", "Reference", prefill="child.ref", half=True),
        Text("area", "Area or locality", half=True),
        Choice("stage", "What this is", options=lists.STAGES, report=True, fresh=True),
        Choice(
            "scope",
            "Who it covers",
            options=(("one", "This child only"), ("several", "This child and brothers or sisters")),
            required=True,
        ),
        Date("identified_on", "Need first noticed", past=True, half=True),
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
        Choice("route", "How it came about", options=lists.ROUTES, report=True, half=True),
        Choice(
            "level_at_start",
            "Level of need at the start",
            options=lists.LEVELS,
            report=True,
            half=True,
            fresh=True,
        ),
        Date("checked_on", "Looked for an earlier assessment on", past=True, half=True, fresh=True),
        Choice("checked", "What was found", options=lists.EARLIER, half=True, fresh=True),
        Text(
            "checked_detail",
            "Earlier assessment: reference, who holds it",
            when=AnyOf("checked", ("closed", "open")),
        ),
        Text("alerts", "Alerts on the record", lines=2, prefill="child.alerts", fresh=True),
    ),
    guidance="An assessment is voluntary. Agree with the family who it covers before you begin.",
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
        Text("assessor_manager", "Line manager", half=True),
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
        Text("sources_note", "Reports read and people spoken to", lines=3),
    ),
)

CONSENT = Section(
    "consent",
    "Consent",
    (
        Choice(
            "consent",
            "Consent to this assessment",
            options=tuple(each for each in lists.CONSENTS if each[0] != "lapsed"),
            required=True,
            report=True,
            fresh=True,
        ),
        Date(
            "consent_on",
            "Consent given on",
            past=True,
            required=True,
            event="early_help_consent",
            when=AnyOf("consent", ("given", "limits")),
            fresh=True,
        ),
        Text(
            "consent_because",
            "Why the assessment went ahead or stopped without consent",
            lines=3,
            required=True,
            when=AnyOf("consent", ("refused", "withdrawn", "not_sought")),
            fresh=True,
        ),
        Rows(
            "consents",
            "Each person's decision",
            row="decision",
            at_least=1,
            help="One for each person each time they are asked. Earlier ones stay: add the new decision.",
            fields=(
                Text("person", "Person", required=True, half=True),
                Choice("capacity", "Deciding as", options=lists.CAPACITIES, required=True, half=True),
                Choice("moment", "When they were asked", options=lists.MOMENTS, half=True),
                Choice("decision", "Decision", options=lists.CONSENTS, required=True, half=True),
                Choices("purposes", "Asked for", options=lists.PURPOSES, required=True),
                Text("allowed", "Agencies it may be shared with", lines=2),
                Text("refused", "Agencies it must not be shared with", lines=2),
                Choice(
                    "how",
                    "How they agreed",
                    options=lists.HOW_AGREED,
                    when=AnyOf("decision", ("given", "limits")),
                    required=True,
                    half=True,
                ),
                Text("witness", "Witness", when=Is("how", "verbal"), required=True, half=True),
                Date("on", "Date", past=True, required=True, half=True),
                Text("time", "Time", half=True),
                Text("recorded_by", "Recorded by", half=True),
                Choice(
                    "explained",
                    "Was it explained, with a leaflet or privacy notice?",
                    options=YES_NO,
                    half=True,
                ),
                Text(
                    "explained_how",
                    "What was explained, in which language, with which interpreter",
                    when=Is("explained", "yes"),
                ),
                Text(
                    "competence",
                    "Why we think they could decide for themselves",
                    lines=2,
                    when=AnyOf("capacity", ("child", "young_person")),
                    help="Understanding, age, weighing up; from 13 to 15 the Gillick test",
                ),
                Date("review_due", "Ask again by", help="Twelve months at most, and at each review"),
                Text(
                    "withdrawn_because",
                    "Why it was withdrawn, and any worry for safety",
                    lines=2,
                    when=Is("decision", "withdrawn"),
                    required=True,
                ),
                Text("withdrawn_told", "Who has been told", when=Is("decision", "withdrawn"), required=True),
                Choice(
                    "overridden",
                    "Was the decision overridden to keep somebody safe?",
                    options=YES_NO,
                    when=AnyOf("decision", ("refused", "limits", "withdrawn", "not_sought")),
                ),
                Text(
                    "override_because",
                    "Why, and what was shared with whom",
                    lines=2,
                    when=Is("overridden", "yes"),
                    required=True,
                ),
                Text("override_manager", "Manager who decided", when=Is("overridden", "yes"), required=True),
            ),
        ),
    ),
    guidance="Ask at the start, and again before the finished assessment is shared. A parent may agree to "
    "everyone but one agency. If a child may be at risk of significant harm, refer with or without consent.",
)

REASON = Section(
    "reason",
    "Why this assessment, why now",
    (
        Choice("main_reason", "Main reason", options=lists.REASONS, required=True, report=True),
        Choices("reasons", "Other reasons", options=lists.REASONS, report=True),
        Text("led_to", "What led to it", lines=4, help="Who noticed what, and since when"),
        Text("tried", "What has been tried, and what helped", lines=3),
        Text("hopes", "What the family hope for", lines=3),
    ),
)
