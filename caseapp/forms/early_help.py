"""The early help assessment (EHA): a document for each child; brothers and sisters share its common parts."""

from caseapp.form import YES_NO, AnyOf, Choice, Date, Form, Is, NotBefore, Section, Signatures, Text
from caseapp.form_parts import early_help_lists as lists
from caseapp.form_parts.asking import anew, only_if
from caseapp.form_parts.early_help_family import ABOUT_CHILD, CARING, HOUSEHOLD, SERVICES
from caseapp.form_parts.early_help_levels import LEVEL_4_STEPS, level_fields
from caseapp.form_parts.early_help_plan import COPIES, IF_WORSE, NO_ACTION, PLAN_ROWS, lead_fields
from caseapp.form_parts.early_help_start import ASSESSOR, CONSENT, REASON, RECORD, START
from caseapp.form_parts.early_help_triangle import DEVELOPMENT, PARENTS_CARE, SURROUNDINGS
from caseapp.form_parts.early_help_views import PARENTS_VIEWS, SCALING, VOICE

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
        Text("parents_impact", "How the parents' difficulties affect this child", lines=3),
        Text("if_nothing_changes", "What happens if nothing changes", lines=3),
        *level_fields(),
        LEVEL_4_STEPS,
    ),
    guidance="So what? Do not repeat the facts: say what they add up to for this child, and why.",
    plain="What we think it all means",
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
    ),
)

_PLAN = Section(
    "plan",
    "Plan",
    (
        Choice(
            "family_level",
            "The family's level of need",
            options=lists.LEVELS,
            report=True,
            fresh=True,
            help="The highest of its children",
            plain="How much help the family needs",
        ),
        *only_if(_HELPED_HERE, *lead_fields()),
        PLAN_ROWS,
        NO_ACTION,
        IF_WORSE,
    ),
    guidance="Every need has an action or a reason why not. One action, one owner, one date; "
    "the family owns some of them.",
    shared=True,
    plain="Our plan",
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
        Choice(
            "consent_checked",
            "Was consent checked again before sharing?",
            options=YES_NO,
            required=True,
            half=True,
            help="The decision itself is recorded on the Early help page",
            plain="Did we ask you again before sharing this?",
        ),
        Date(
            "consent_checked_on",
            "Checked on",
            past=True,
            required=True,
            when=Is("consent_checked", "yes"),
            half=True,
        ),
        Text(
            "consent_unchecked",
            "Why not, and who may have this meanwhile",
            required=True,
            when=Is("consent_checked", "no"),
            professional=True,
        ),
        COPIES,
    ),
    shared=True,
)

_CHILD_COMMENT = Section(
    "child_comment",
    "The child's comment",
    anew(
        Text("child_comment", "The child's comment", lines=3, quote=True),
        Choice("child_agrees", "Does the child agree?", options=lists.AGREE, half=True),
        Signatures("child_signature", "The child's signature"),
    ),
    guidance="Go through the assessment with the child, in words and pictures that suit them.",
)

_SIGN_OFF = Section(
    "sign_off",
    "Comments and signatures",
    anew(
        Choice("parents_agree", "Do the parents agree?", options=lists.AGREE, half=True, report=True),
        Text("parents_comment", "Parents' comments", lines=3),
        Text("manager", "Manager who read it", half=True, professional=True),
        Date("manager_on", "Read on", past=True, half=True, professional=True),
        Text("manager_comment", "Manager's comment", lines=3, professional=True),
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
    shared=True,
)

EARLY_HELP = Form(
    "early-help",
    3,
    "early-help",
    "Early help assessment",
    short="EHA",
    source="Framework for the Assessment of Children in Need and their Families (2000); "
    "Common Assessment Framework form (2009–10); Working Together to Safeguard Children",
    dated_by="completed_on",
    sections=(
        START,
        RECORD,
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
        PARENTS_VIEWS,
        SCALING,
        _ANALYSIS,
        _DECISION,
        _PLAN,
        _REVIEW,
        _CHILD_COMMENT,
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
