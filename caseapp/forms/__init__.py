"""Every form on offer: FORMS holds the newest of each kind, FORMS_BY_KEY all that can be filled in."""

from caseapp.form import Form
from caseapp.forms.care_plan import CARE_PLAN
from caseapp.forms.early_help import EARLY_HELP
from caseapp.forms.early_help_closing import EARLY_HELP_CLOSING
from caseapp.forms.health_assessment import HEALTH_ASSESSMENT
from caseapp.forms.lac_review import LAC_REVIEW
from caseapp.forms.leaving_well import LEAVING_WELL
from caseapp.forms.pathway_needs import PATHWAY_NEEDS
from caseapp.forms.pathway_plan import PATHWAY_PLAN
from caseapp.forms.pep import PEP
from caseapp.forms.placement_plan import PLACEMENT_PLAN
from caseapp.forms.progress_wheel import CHILD_WHEEL, PROGRESS_WHEEL
from caseapp.forms.return_interview import RETURN_INTERVIEW
from caseapp.forms.step_down import STEP_DOWN
from caseapp.forms.step_up import STEP_UP
from caseapp.forms.taf import TAF
from caseapp.forms.team_around_you import TEAM_AROUND_YOU
from caseapp.forms.young_carer import YOUNG_CARER

FORMS: dict[str, Form] = {
    each.kind: each
    for each in (
        EARLY_HELP,
        TAF,
        PROGRESS_WHEEL,
        YOUNG_CARER,
        STEP_UP,
        STEP_DOWN,
        EARLY_HELP_CLOSING,
        PEP,
        CARE_PLAN,
        PLACEMENT_PLAN,
        LAC_REVIEW,
        TEAM_AROUND_YOU,
        HEALTH_ASSESSMENT,
        RETURN_INTERVIEW,
        PATHWAY_NEEDS,
        PATHWAY_PLAN,
        LEAVING_WELL,
    )
}
FORMS_BY_KEY: dict[str, Form] = {each.key: each for each in (*FORMS.values(), CHILD_WHEEL)}
