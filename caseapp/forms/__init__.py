"""Every form on offer: FORMS holds the newest of each kind, FORMS_BY_KEY all that can be filled in."""

from caseapp.form import Form
from caseapp.forms.early_help import EARLY_HELP
from caseapp.forms.early_help_closing import EARLY_HELP_CLOSING
from caseapp.forms.pathway_plan import PATHWAY_PLAN
from caseapp.forms.pep import PEP
from caseapp.forms.progress_wheel import CHILD_WHEEL, PROGRESS_WHEEL
from caseapp.forms.step_down import STEP_DOWN
from caseapp.forms.step_up import STEP_UP
from caseapp.forms.taf import TAF
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
        PATHWAY_PLAN,
    )
}
FORMS_BY_KEY: dict[str, Form] = {each.key: each for each in (*FORMS.values(), CHILD_WHEEL)}
