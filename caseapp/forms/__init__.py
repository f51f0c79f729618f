"""Every form on offer: FORMS holds the newest of each kind, FORMS_BY_KEY all that can be filled in."""

from caseapp.form import Form
from caseapp.forms.early_help import EARLY_HELP
from caseapp.forms.pathway_plan import PATHWAY_PLAN
from caseapp.forms.pep import PEP
from caseapp.forms.progress_wheel import CHILD_WHEEL, PROGRESS_WHEEL

FORMS: dict[str, Form] = {each.kind: each for each in (EARLY_HELP, PROGRESS_WHEEL, PEP, PATHWAY_PLAN)}
FORMS_BY_KEY: dict[str, Form] = {each.key: each for each in (*FORMS.values(), CHILD_WHEEL)}
