"""Closing early help: why, what came of it for each need and each child, and who goes on."""

from dataclasses import replace

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
from caseapp.form_parts import early_help_lists as lists
from caseapp.form_parts.asking import anew
from caseapp.form_parts.early_help_levels import level_fields, voice_fields
from caseapp.form_parts.early_help_plan import CONTINGENCY
from caseapp.form_parts.early_help_views import SCALING

# After a death, or where there was never a need, nobody is asked what the help was like.
_HELPED = AnyOf("reason", tuple(code for code, _ in lists.CLOSURES if code not in ("C11", "C12")))
# Nobody can write to a family whom nobody can find.
_WRITTEN_TO = AnyOf("reason", tuple(code for code, _ in lists.CLOSURES if code not in ("C09", "C11", "C12")))

_CLOSING = Section(
    "closing",
    "Closing for this child",
    anew(
        Date("closed_on", "Closed on", past=True, required=True, report=True, half=True),
        Text("closed_by", "Closed by", prefill="author.name", half=True),
        Choice("reason", "Reason for closing", options=lists.CLOSURES, required=True, report=True),
        Text(
            "remaining_agency",
            "Agency that holds what is left, and what that is",
            when=Is("reason", "C02"),
            required=True,
        ),
        Text(
            "social_care",
            "Social worker or team that takes over",
            when=AnyOf("reason", ("C03", "C04", "C05")),
            required=True,
        ),
        Text(
            "ended_because",
            "What the family said, and whether any worry for safety remains",
            lines=3,
            when=Is("reason", "C06"),
            required=True,
        ),
        Rows(
            "attempts",
            "What was tried to reach the family",
            row="attempt",
            at_least=1,
            when=Is("reason", "C07"),
            fields=(
                Date("on", "On", past=True, required=True, half=True),
                Text("how", "How", required=True, half=True),
                Text("by", "By", half=True),
                Text("came_of_it", "What came of it", required=True),
            ),
        ),
        Text("moved_to", "Area they moved to", when=Is("reason", "C08"), required=True),
        Choice(
            "receiving_told",
            "Has the new area been told?",
            options=YES_NO,
            when=Is("reason", "C08"),
            required=True,
            half=True,
        ),
        Date("receiving_told_on", "Told on", past=True, when=Is("receiving_told", "yes"), half=True),
        Text(
            "safeguarding_check",
            "Safeguarding check: whom we asked, and what they know",
            lines=3,
            when=Is("reason", "C09"),
            required=True,
            professional=True,
        ),
        Date(
            "safeguarding_check_on",
            "Checked on",
            past=True,
            when=Is("reason", "C09"),
            required=True,
            half=True,
            professional=True,
        ),
        Text("adult_service", "Service that takes over", when=Is("reason", "C10"), help="If there is one"),
        Text(
            "linked_record",
            "The other record, if it is a duplicate; or what the error was",
            when=Is("reason", "C12"),
            required=True,
            professional=True,
        ),
    ),
    guidance="Close with the family, at a last meeting if you can.",
)

_VOICE = Section(
    "child_voice",
    "This child, at the end",
    (
        *voice_fields(about="What the child says helped, did not help, or is still missing"),
        Text(
            "impact",
            "In one sentence: what is different for this child",
            lines=2,
            required=True,
            fresh=True,
            help="From the child's side, with something that shows it",
        ),
        *level_fields(),
    ),
    when=_HELPED,
)

_OUTCOMES = Section(
    "outcomes",
    "What came of each need",
    anew(
        Rows(
            "outcomes",
            "Each need of the plan",
            row="need",
            at_least=1,
            fields=(
                Text("need", "Need", required=True),
                Text("whom", "For whom", half=True),
                Choice("outcome", "What came of it", options=lists.OUTCOMES, required=True, half=True),
                Text("evidence", "What shows it", lines=2),
            ),
        ),
    ),
    when=_HELPED,
    shared=True,
)

_SCALING = replace(
    SCALING,
    fields=(
        *(replace(each, at_least=1) for each in anew(*SCALING.fields) if isinstance(each, Rows)),
        *anew(
            Choice(
                "star_taken",
                "Was there a closing reading of the star or wheel?",
                options=YES_NO,
                required=True,
                half=True,
            ),
            Date("star_on", "Read on", past=True, when=Is("star_taken", "yes"), required=True, half=True),
            Text("star_note", "What it shows", lines=2, when=Is("star_taken", "yes")),
            Text("star_why_not", "Why not", when=Is("star_taken", "no"), required=True, professional=True),
        ),
    ),
    guidance=SCALING.guidance + " If nobody else can answer, the worker does.",
    when=_HELPED,
)

_PARENTS = Section(
    "parents",
    "What each parent or carer thinks of the help",
    anew(
        Rows(
            "parents_views",
            "Each parent or carer",
            row="view",
            at_least=1,
            fields=(
                Text("name", "Name", required=True, half=True),
                Text("relation", "Relationship to each child", required=True, half=True),
                Choice(
                    "asked",
                    "Were they asked?",
                    options=(("yes", "Yes, and answered"), ("no", "Could not be asked, or did not answer")),
                    required=True,
                    half=True,
                ),
                Text("helped", "What helped", lines=2, when=Is("asked", "yes"), required=True),
                Text("better", "What could have been better", lines=2, when=Is("asked", "yes")),
                Choice(
                    "agrees",
                    "Do they agree to closing?",
                    options=lists.AGREE,
                    when=Is("asked", "yes"),
                    half=True,
                ),
                Text(
                    "why_not",
                    "Why not, and what was tried",
                    when=Is("asked", "no"),
                    required=True,
                    professional=True,
                ),
                Text(
                    "private",
                    "What they asked us not to pass on to the family",
                    lines=2,
                    professional=True,
                    help="Never promise to keep a worry about a child's safety secret",
                ),
            ),
        ),
    ),
    when=_HELPED,
    shared=True,
    plain="What parents and carers told us",
)

_AFTER = Section(
    "after",
    "From now on",
    anew(
        Rows(
            "continuing",
            "Who goes on helping",
            row="person",
            at_least=1,
            when=_WRITTEN_TO,
            help="School, health visitor, grandparents: whoever stays",
            fields=(
                Text("name", "Name", required=True, half=True),
                Text("agency", "Agency or relationship", half=True),
                Text("what", "With what", required=True),
                Text("contact", "Phone or e-mail", half=True),
            ),
        ),
        replace(CONTINGENCY, when=_HELPED),
        Text("come_back", "How the family ask for help again", when=_WRITTEN_TO),
        Date(
            "letter_sent_on",
            "Closing letter sent on",
            past=True,
            required=True,
            when=_WRITTEN_TO,
            half=True,
        ),
        Text("letter_to", "To whom", when=_WRITTEN_TO, half=True),
    ),
    guidance="The family keep this page: write what they would look for on a bad day.",
    shared=True,
)

_SIGN_OFF = Section(
    "sign_off",
    "Manager and signatures",
    anew(
        Text("manager", "Manager who agreed", required=True, half=True),
        Date("manager_on", "Agreed on", past=True, required=True, half=True),
        Text("manager_comment", "Manager's comment", lines=3, professional=True),
        Signatures("signatures", "Signatures"),
    ),
    shared=True,
)

EARLY_HELP_CLOSING = Form(
    "early-help-closing",
    1,
    "early-help-closing",
    "Closing early help",
    short="Closing",
    source="Local early help procedures; no national list of reasons for closing exists",
    dated_by="closed_on",
    sections=(_CLOSING, _VOICE, _OUTCOMES, _SCALING, _PARENTS, _AFTER, _SIGN_OFF),
    rules=(NotBefore("closed_on", "safeguarding_check_on", "Make the safeguarding check before closing."),),
)
