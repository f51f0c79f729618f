"""The health assessment of a looked-after child, initial or review: what was found and what follows."""

from caseapp.form import YES_NO, Choice, Date, Form, Is, NotBefore, Section, Signatures, Text
from caseapp.form_parts import care_lists as lists
from caseapp.form_parts.asking import anew, pairs
from caseapp.form_parts.care_asking import about_child, actions, care_facts, copies
from caseapp.form_parts.care_health import ADVICE, BODY, CHECKS, FEELINGS, GROWING, OLDER, REFUSED

_DONE = Is("outcome", "done")

_WORDS = Section(
    "child_words",
    "What the child says",
    when=_DONE,
    guidance="Asked first, alone if they wish. For a small child, what was seen and what the carer has "
    "heard.",
    owner="Child",
    fields=anew(
        Text("words", "How I am, in my own words", lines=4, quote=True),
        Text("health_worries", "What worries me about my health", lines=2, quote=True),
        Text("health_wishes", "What I want help with", lines=2, quote=True),
        Text("observed", "If the child did not say: what was seen", lines=2),
    ),
    plain="What I say",
)

_ASSESSMENT = Section(
    "assessment",
    "The assessment",
    guidance="The initial one by a doctor, in time for the first review (20 working days); then every six "
    "months before the fifth birthday and every twelve after it. The day of the assessment counts, not that "
    "of the report.",
    fields=(
        *about_child(),
        *care_facts(required=False),
        *anew(
            *pairs(
                Choice("kind", "Which", options=lists.ASSESSMENTS, required=True, report=True),
                Choice("outcome", "Was it held?", options=lists.HEALTH_OUTCOMES, required=True, report=True),
            ),
        ),
    ),
)

_HELD = Section(
    "held",
    "How it was held",
    when=_DONE,
    fields=anew(
        *pairs(
            Date("assessed_on", "Held on", past=True, required=True, event="health_assessment", report=True),
            Text("place", "Place", required=True),
            Text("by_whom", "By whom", required=True, report=True),
            Choice("profession", "Profession", options=lists.PROFESSIONS, required=True, report=True),
            Text("doctor", "Doctor who answers for it", when=Is("kind", "initial"), required=True),
            Text("attended", "Who came with the child", required=True),
            Choice("seen_alone", "Seen alone for a part", options=YES_NO, required=True),
            Choice("consent_by", "Consent given by", options=lists.CONSENTS, required=True),
            Date("consent_on", "Consent given on", past=True, required=True),
        ),
        Text("papers", "Papers and reports that were there, and those that were missing", lines=2),
    ),
    plain="Who I saw",
)

_FOLLOWS = Section(
    "follows",
    "What follows",
    guidance="Each recommendation becomes part of the health plan, with one person and one day.",
    fields=(
        Text(
            "summary",
            "In a few sentences, for the child and the carer",
            lines=3,
            when=_DONE,
            required=True,
            fresh=True,
        ),
        actions("recommendations", "Recommendations", fresh=True),
        *anew(
            Text("carer_view", "What the carer or parent says", lines=2),
            *pairs(
                Date("next_due_on", "Next assessment by", required=True, report=True),
                Date("report_on", "Report received on", past=True, report=True),
            ),
        ),
        copies("copies", "Copies sent"),
        Signatures("signatures", "Signatures", at_least=1),
    ),
)

HEALTH_ASSESSMENT = Form(
    "health-assessment",
    1,
    "health-assessment",
    "Health assessment",
    short="Health assessment",
    source="Care Planning, Placement and Case Review (England) Regulations 2010, regulation 7 and Schedule "
    "1; guidance on promoting the health of looked-after children",
    dated_by="assessed_on",
    sections=(
        _WORDS,
        _ASSESSMENT,
        _HELD,
        REFUSED,
        BODY,
        CHECKS,
        GROWING,
        FEELINGS,
        OLDER,
        ADVICE,
        _FOLLOWS,
    ),
    rules=(
        NotBefore("assessed_on", "born_on", "The assessment is dated before the child was born."),
        NotBefore("assessed_on", "consent_on", "The assessment was held before anybody consented."),
        NotBefore("report_on", "assessed_on", "The report cannot come before the assessment."),
        NotBefore("next_due_on", "assessed_on", "The next assessment is before this one."),
        NotBefore("offered_again_on", "refused_on", "It was offered again before it was refused."),
    ),
)
