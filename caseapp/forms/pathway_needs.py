"""The needs assessment that a pathway plan builds on: the young person's words, each need, who was asked."""

from caseapp.form import (
    YES_NO,
    AnyOf,
    Choice,
    Choices,
    Date,
    Form,
    Is,
    NotBefore,
    Rows,
    Section,
    Signatures,
    Text,
)
from caseapp.form_parts import pathway_lists as lists
from caseapp.form_parts import pathway_needs_parts as parts
from caseapp.form_parts.asking import anew
from caseapp.form_parts.pathway_asking import attempts

_ELIGIBLE = Is("category", "eligible")

_MY_WORDS = Section(
    "my_words",
    "In my words",
    guidance="Your part comes first. Say it, write it or have it written down exactly as you say it.",
    owner="Young person",
    fields=anew(
        Text("wishes", "My wishes and feelings", lines=5, quote=True, required=True),
        Text("going_well", "What is going well for me", lines=3, quote=True),
        Text("hard", "What I find hard, or worry about", lines=3, quote=True),
        Text("help_wanted", "The help I would like, and from whom", lines=3, quote=True),
        Text("ready", "What I want to be able to do before I live on my own", lines=3, quote=True),
        Text("whom_to_ask", "Who should be asked about me, and who should not", lines=2, quote=True),
    ),
)

_ASSESSMENT = Section(
    "the_assessment",
    "The assessment",
    guidance="Due within three months of the 16th birthday, or of becoming eligible or relevant after it.",
    owner="Personal adviser",
    fields=(
        Text("name", "My name", prefill="child.name", required=True, half=True),
        Text("known_as", "I am called", prefill="child.known_as", half=True),
        Date("born_on", "My date of birth", prefill="child.born_on", past=True, half=True),
        Choice(
            "assessed_because", "Why my needs are assessed", options=parts.REASONS,
            required=True, report=True, fresh=True,
        ),
        Choice(
            "category", "Category", options=lists.CATEGORIES,
            required=True, report=True, prefill="pathway.category", half=True,
        ),
        Date("category_from", "In this category since", prefill="pathway.category_from", half=True),
        Date("begun_on", "Assessment begun on", past=True, fresh=True, half=True),
        Date(
            "needs_assessed_on", "Assessment completed on",
            required=True, past=True, event="needs_assessment", report=True, fresh=True, half=True,
        ),
        Text("assessor", "Assessment made by", prefill="author.name", required=True, fresh=True, half=True),
        Text("assessor_role", "Their role", prefill="author.role", fresh=True, half=True),
        Text("personal_adviser", "My personal adviser", prefill="pathway.adviser", half=True),
        Text("social_worker", "Social worker", prefill="child.worker", half=True),
        Text("team", "Team", prefill="child.team", half=True),
        Text("iro", "Reviewing officer (IRO)", prefill="child.reviewing_officer", when=_ELIGIBLE, half=True),
        Choices("how_i_took_part", "How I took part", options=lists.TOOK_PART, required=True, fresh=True),
        attempts("how_i_took_part"),
        Text("interpreter", "Interpreter", help="Language, or “Not needed”.", prefill="child.interpreter"),
        Choice("advocate_offered", "I was offered an advocate", options=YES_NO, fresh=True, half=True),
        Choice(
            "advocate_accepted", "I said yes to an advocate", options=YES_NO,
            when=Is("advocate_offered", "yes"), fresh=True, half=True,
        ),
        Choices("sources", "Plans and papers read for this", options=parts.SOURCES, fresh=True),
    ),
)  # fmt: skip

_NEEDS = Section(
    "the_needs",
    "What I need",
    guidance="Every heading is weighed: either what was found and what the plan should do about it, in a few "
    "lines, or “No need”.",
    owner="Personal adviser",
    fields=parts.weighed(),
)

_VOICES = Section(
    "the_voices",
    "Who was asked",
    guidance="Everybody who matters is asked, with the young person's knowledge. Who was not asked stands "
    "here too, with the reason.",
    owner="Personal adviser",
    fields=anew(*parts.voices()),
)

_NEXT = Section(
    "next_steps",
    "Next steps",
    guidance="What begins at once. The pathway plan itself follows as soon as possible.",
    owner="Personal adviser",
    fields=(
        Rows(
            "actions", "What was agreed",
            fields=(
                Text("what", "What", required=True),
                Text("need", "The need it meets"),
                Text("who", "Who", required=True, half=True),
                Date("by", "By when", required=True, half=True),
                Choice("status", "How it is going", options=lists.STATUSES, half=True),
            ),
            row="action", actions=True, fresh=True,
        ),
        Date("plan_due_on", "The pathway plan is to be ready by", fresh=True, half=True),
    ),
)  # fmt: skip

_AGREEMENT = Section(
    "agreement",
    "Agreement and sign-off",
    guidance="The young person and whoever assessed at least, then the manager. Who does not sign stands "
    "here too, with the reason.",
    fields=anew(
        Choice("agree", "Do I agree with it?", options=lists.AGREEMENT, required=True),
        Text(
            "disagree_with", "What I do not agree with", lines=2, quote=True, required=True,
            when=AnyOf("agree", ("most", "some", "none")),
        ),
        Choice(
            "complaint_told", "I was told how to complain and how to get an advocate",
            options=YES_NO, required=True,
        ),
        Text("manager", "Manager", required=True, half=True),
        Date("manager_agreed_on", "Manager agreed on", past=True, required=True, report=True, half=True),
        Text("manager_note", "Manager's note", lines=3, required=True),
        Date("copy_given_on", "I got my copy on", past=True, half=True),
        Choice("copy_format", "How I got my copy", options=lists.FORMATS, half=True),
        Signatures("signatures", "Who signs, or why not", at_least=2),
    ),
)  # fmt: skip

PATHWAY_NEEDS = Form(
    "pathway-needs",
    1,
    "pathway-needs",
    "Pathway needs assessment",
    short="Needs assessment",
    source="Care Planning, Placement and Case Review (England) Regulations 2010, regulation 42; "
    "Care Leavers (England) Regulations 2010, regulation 5",
    dated_by="needs_assessed_on",
    sections=(_MY_WORDS, _ASSESSMENT, _NEEDS, _VOICES, _NEXT, _AGREEMENT),
    rules=(
        NotBefore("needs_assessed_on", "begun_on", "The assessment is complete before it was begun."),
        NotBefore("needs_assessed_on", "born_on", "The assessment is before the young person was born."),
        *parts.asked_before(),
        NotBefore("manager_agreed_on", "needs_assessed_on", "The manager agreed before it was complete."),
        NotBefore("plan_due_on", "needs_assessed_on", "The plan is due before the assessment is complete."),
    ),
)
