"""The early help assessment (EHA): one child, with brothers and sisters in rows of their own."""

from caseapp.form import (
    YES_NO,
    AnyOf,
    Choice,
    Date,
    Filled,
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
from caseapp.form_parts.early_help_family import ABOUT_CHILD, CARING, HOUSEHOLD, SERVICES
from caseapp.form_parts.early_help_start import ASSESSOR, CONSENT, REASON, START
from caseapp.form_parts.early_help_triangle import DEVELOPMENT, DIMENSIONS, PARENTS_CARE, SURROUNDINGS
from caseapp.form_parts.early_help_views import PARENTS_VIEWS, SCALING, SIBLINGS, VOICE

_HELPED_HERE = AnyOf("decision", ("D2", "D3", "D4", "D5"))
_STEPPED_UP = AnyOf("decision", ("D6", "D7"))

_ANALYSIS = Section(
    "analysis",
    "What it all means",
    anew(
        Text("meaning", "What this means for the child's daily life", lines=6, required=True),
        Text("working_well", "What is working well", lines=3),
        Text("worries", "What we are worried about", lines=3),
        Text("complicating", "What makes it harder", lines=3),
        Text("protective", "What and who keeps the child safe and well", lines=3),
        Text("parents_impact", "How the parents' difficulties affect each child", lines=3),
        Text("if_nothing_changes", "What happens if nothing changes", lines=3),
        Choice("level", "This child's level of need now", options=lists.LEVELS, required=True, report=True),
        Text("level_because", "Why this level", lines=3, required=True),
        Text(
            "level_4_steps",
            "Level 4: who has been told, when, and what happens today",
            lines=3,
            required=True,
            when=Is("level", "4"),
        ),
        Choice(
            "family_level",
            "The family's level of need",
            options=lists.LEVELS,
            when=Is("scope", "several"),
            report=True,
            help="The highest of its children",
        ),
    ),
    guidance="So what? Do not repeat the facts: say what they add up to for this child, and why.",
)

_DECISION = Section(
    "decision",
    "Decision",
    (
        Choice(
            "decision", "What was decided", options=lists.DECISIONS, required=True, report=True, fresh=True
        ),
        Text("decision_because", "Why", lines=3, required=True, fresh=True),
        Date("decided_on", "Decided on", past=True, required=True, report=True, half=True, fresh=True),
        Text("decided_by", "Decided by", required=True, half=True, fresh=True),
        Date("family_told_on", "Family told on", past=True, half=True, fresh=True),
        Text(
            "decision_agency",
            "Agency that gives the support",
            when=Is("decision", "D2"),
            required=True,
            fresh=True,
        ),
        Choice(
            "panel_consent",
            "Does the family agree to be discussed at panel?",
            options=YES_NO,
            when=Is("decision", "D4"),
            required=True,
            fresh=True,
            help="Without it, the panel gives advice with no names",
        ),
        Text("referral_to", "Referred to", when=_STEPPED_UP, required=True, half=True, fresh=True),
        Date(
            "referral_on",
            "Referred on",
            when=_STEPPED_UP,
            past=True,
            required=True,
            report=True,
            half=True,
            fresh=True,
        ),
        Text(
            "referral_interim", "What keeps the child safe until then", lines=3, when=_STEPPED_UP, fresh=True
        ),
        Text(
            "transfer_to",
            "Area and worker that take over",
            when=Is("decision", "D9"),
            required=True,
            fresh=True,
        ),
        Text("lead", "Lead practitioner", when=_HELPED_HERE, required=True, half=True),
        Choice(
            "lead_agency",
            "Their kind of agency",
            options=lists.AGENCIES,
            when=_HELPED_HERE,
            report=True,
            half=True,
        ),
        Text("lead_contact", "Their phone or e-mail", when=_HELPED_HERE),
    ),
)

_PLAN = Section(
    "plan",
    "Plan",
    (
        Rows(
            "plan",
            "What we agreed",
            row="action",
            actions=True,
            fields=(
                Text("need", "Need", required=True, help="The need that this is about"),
                Choice(
                    "area",
                    "Heading of the assessment",
                    options=tuple((key, title) for key, title, _ in DIMENSIONS),
                    half=True,
                ),
                Text("whom", "For whom", required=True, half=True, help="Names: “the family” is not enough"),
                Text(
                    "outcome",
                    "What will be different",
                    lines=2,
                    required=True,
                    help="For the child, in the family's words",
                ),
                Text("what", "What will be done", lines=2, required=True),
                Text("who", "Who does it", required=True, half=True, help="One person; a family member may"),
                Text("agency", "Their agency", half=True),
                Date("by", "By when", required=True, half=True),
                Choice(
                    "status",
                    "How far it is",
                    half=True,
                    options=(
                        ("not_started", "Not started"),
                        ("in_progress", "In progress"),
                        ("done", "Done"),
                        ("partly", "Partly done"),
                        ("not_done", "Not done"),
                        ("not_needed", "No longer needed"),
                    ),
                ),
                Text(
                    "measure", "How we will know", lines=2, help="Where it stands now, and where it should be"
                ),
                Choice(
                    "result",
                    "Was the outcome reached?",
                    half=True,
                    options=(
                        ("fully", "Fully"),
                        ("partly", "Partly"),
                        ("not", "Not"),
                        ("early", "Too early to say"),
                    ),
                ),
                Date("result_on", "Seen on", past=True, when=Filled("result"), half=True),
                Text("progress", "What has happened, and why a date moved", lines=2),
            ),
        ),
        Rows(
            "no_action",
            "Needs without an action",
            row="need",
            fields=(
                Text("need", "Need", required=True),
                Text("because", "No action because", lines=2, required=True),
            ),
        ),
        Text("if_worse", "What we do if things get worse", lines=3),
    ),
    guidance="Every need has an action or a reason why not. One action, one owner, one date; "
    "the family owns some of them.",
)

_REVIEW = Section(
    "review",
    "Review and copies",
    anew(
        Date(
            "review_on",
            "Review meeting on",
            required=True,
            when=_HELPED_HERE,
            report=True,
            help="Within six weeks of the finished assessment",
        ),
        Text("review_place", "Where, and who is invited", when=_HELPED_HERE),
        Rows(
            "copies",
            "Copies given",
            row="copy",
            help="The family's own copy too",
            fields=(
                Text("to", "To whom", required=True, half=True),
                Text("agency", "Agency", half=True),
                Date("on", "On", past=True, required=True, half=True),
                Text("how", "How", half=True),
            ),
        ),
    ),
)

_SIGN_OFF = Section(
    "sign_off",
    "Comments and signatures",
    anew(
        Text("child_comment", "The child's comment", lines=3, quote=True),
        Choice("child_agrees", "Does the child agree?", options=lists.AGREE, half=True),
        Choice("parents_agree", "Do the parents agree?", options=lists.AGREE, half=True, report=True),
        Text("parents_comment", "Parents' comments", lines=3),
        Text("manager", "Manager who read it", half=True),
        Date("manager_on", "Read on", past=True, half=True),
        Text("manager_comment", "Manager's comment", lines=3),
        Date(
            "completed_on",
            "Assessment completed on",
            past=True,
            required=True,
            report=True,
            event="early_help_assessment",
        ),
        Signatures("signatures", "Signatures"),
    ),
    guidance="Read it through with the family before anyone signs.",
)

EARLY_HELP = Form(
    "early-help",
    1,
    "early-help",
    "Early help assessment",
    short="EHA",
    source="Framework for the Assessment of Children in Need and their Families (2000); "
    "Common Assessment Framework form (2009–10); Working Together to Safeguard Children",
    dated_by="completed_on",
    sections=(
        START,
        ABOUT_CHILD,
        HOUSEHOLD,
        CARING,
        SERVICES,
        ASSESSOR,
        CONSENT,
        REASON,
        DEVELOPMENT,
        PARENTS_CARE,
        SURROUNDINGS,
        VOICE,
        SIBLINGS,
        PARENTS_VIEWS,
        SCALING,
        _ANALYSIS,
        _DECISION,
        _PLAN,
        _REVIEW,
        _SIGN_OFF,
    ),
    rules=(
        NotBefore("opened_on", "identified_on", "The assessment cannot start before the need was noticed."),
        NotBefore("completed_on", "opened_on", "The assessment cannot be completed before it started."),
        NotBefore("decided_on", "opened_on", "The decision cannot come before the assessment started."),
        NotBefore("family_told_on", "decided_on", "The family cannot be told before the decision."),
        NotBefore("review_on", "completed_on", "The review cannot come before the assessment is completed."),
    ),
)
