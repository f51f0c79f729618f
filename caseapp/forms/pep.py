"""The Personal Education Plan, from nursery to 18: what is asked follows from the kind of setting.

Source: Care Planning, Placement and Case Review (England) Regulations 2010, schedule 1 paragraph 2;
DfE, Promoting the education of looked-after and previously looked-after children (2018).
"""

from caseapp.form import Form, NotBefore, NotOver
from caseapp.form_parts.pep_home import ABOUT, CARE, ENRICHMENT, HEALTH
from caseapp.form_parts.pep_learning import PROGRESS, SEN
from caseapp.form_parts.pep_meeting import DOCUMENTS, MEETING, SIGNATURES
from caseapp.form_parts.pep_money import PREMIUM
from caseapp.form_parts.pep_next import CAREERS, TRANSITION
from caseapp.form_parts.pep_school import ATTENDANCE, EXCLUSIONS, SCHOOL, SCHOOLING
from caseapp.form_parts.pep_stages import EARLY_YEARS, NOT_IN_EDUCATION, POST_16, SPECIAL
from caseapp.form_parts.pep_targets import LAST_TERM, TARGETS
from caseapp.form_parts.pep_views import VIEWS, VOICE

PEP = Form(
    "pep",
    2,
    "pep",
    "Personal Education Plan",
    short="PEP",
    source=(
        "Care Planning, Placement and Case Review (England) Regulations 2010, schedule 1 paragraph 2; "
        "DfE, Promoting the education of looked-after children and previously looked-after children, 2018"
    ),
    dated_by="met_on",
    sections=(
        ABOUT,
        VOICE,
        CARE,
        SCHOOL,
        EARLY_YEARS,
        SPECIAL,
        POST_16,
        NOT_IN_EDUCATION,
        SCHOOLING,
        ATTENDANCE,
        EXCLUSIONS,
        SEN,
        HEALTH,
        PROGRESS,
        LAST_TERM,
        TARGETS,
        PREMIUM,
        ENRICHMENT,
        TRANSITION,
        CAREERS,
        VIEWS,
        DOCUMENTS,
        MEETING,
        SIGNATURES,
    ),
    rules=(
        NotOver(
            "sessions_attended",
            "sessions_possible",
            "More sessions are attended than were possible. Check both.",
        ),
        NotOver(
            "sessions_authorised",
            "sessions_possible",
            "More sessions are missed than were possible. Check both.",
        ),
        NotOver(
            "sessions_unauthorised",
            "sessions_possible",
            "More sessions are missed than were possible. Check both.",
        ),
        NotOver(
            "sdq_written",
            "sdq_total",
            "The total on the questionnaire is more than the four scores add up to.",
        ),
        NotOver(
            "sdq_total", "sdq_written", "The four scores add up to more than the total on the questionnaire."
        ),
        NotOver("pp_paid", "pp_approved", "More is paid than was approved. Check both sums."),
        NotBefore("looked_after_since", "born_on", "This date is before the child was born."),
        NotBefore("placement_since", "born_on", "This date is before the child was born."),
        NotBefore("on_roll_on", "born_on", "This date is before the child was born."),
        NotBefore("ehcp_issued_on", "ehcp_asked_on", "The plan was issued before it was asked for."),
        NotBefore("ehcp_review_due_on", "ehcp_reviewed_on", "The next review is before the last one."),
        NotBefore("ask_again_on", "refused_on", "The child is asked again after this day, not before."),
        NotBefore("school_starts_on", "school_applied_on", "School begins before it was applied for."),
        NotBefore("place_offered_on", "applied_on", "The place was offered before it was applied for."),
        NotBefore(
            "place_starts_on", "last_in_education_on", "The new place begins before the last one ended."
        ),
        NotBefore("attendance_check_on", "met_on", "This date is before the meeting. Choose a later one."),
        NotBefore("next_on", "met_on", "The next PEP is before this one. Choose a later date."),
    ),
)
