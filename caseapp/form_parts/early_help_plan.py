"""The plan of early help: its actions, the needs without one, and how an action is looked at again."""

from caseapp.form import Choice, Date, Field, Filled, Number, Rows, Text
from caseapp.form_parts import early_help_lists as lists
from caseapp.form_parts.early_help_triangle import DIMENSIONS

OPEN_ACTIONS = "open actions"

_NUMBER = Number("no", "No.", half=True, help="Given when the plan is signed")
_NEED = Text("need", "Need", required=True, help="The need that this is about")
_AREA = Choice(
    "area",
    "Heading of the assessment",
    options=tuple((key, title) for key, title, *_ in DIMENSIONS),
    half=True,
    professional=True,
)
_STAR = Text("star", "Area of the star", half=True)
_WHOM = Text("whom", "For whom", required=True, half=True, help="Names: “the family” is not enough")
_OUTCOME = Text(
    "outcome",
    "What will be different",
    lines=2,
    required=True,
    help="For the child, in the family's words",
)
_WHAT = Text("what", "What will be done", lines=2, required=True)
_WHO = Text("who", "Who does it", required=True, half=True, help="One person; a family member may")
_AGENCY = Text("agency", "Their agency", half=True)
_BY = Date("by", "By when", required=True, half=True)
_REPEATS = Text("repeats", "Repeats", half=True, help="For example: every Thursday until then")
_STATUS = Choice("status", "How far it is", options=lists.ACTION_STATUSES, half=True)
_MEASURE = Text("measure", "How we will know", lines=2, help="Where it stands now, and where it should be")
_RESULT = (
    Choice("result", "Was the outcome reached?", options=lists.RESULTS, half=True),
    Date("result_on", "Seen on", past=True, when=Filled("result"), half=True),
    Text("evidence", "What shows it", lines=2, when=Filled("result")),
)
_PROGRESS = Text("progress", "What has happened, and why a date moved", lines=2)

PLAN_ROWS = Rows(
    "plan",
    "What we agreed",
    row="action",
    actions=True,
    from_record=OPEN_ACTIONS,
    fields=(
        _NUMBER, _NEED, _AREA, _STAR, _WHOM, _OUTCOME, _WHAT, _WHO, _AGENCY, _BY, _REPEATS, _STATUS, _MEASURE,
        *_RESULT, _PROGRESS,
    ),
)  # fmt: skip

NEW_ROWS = Rows(
    "plan",
    "New actions",
    row="action",
    actions=True,
    fresh=True,
    fields=(
        _NUMBER, _NEED, _AREA, _STAR, _WHOM, _OUTCOME, _WHAT, _WHO, _AGENCY, _BY, _REPEATS, _STATUS, _MEASURE,
    ),
)  # fmt: skip

REVIEWED = Rows(
    "reviewed",
    "Actions that were open",
    row="action",
    fresh=True,
    from_record=OPEN_ACTIONS,
    help="Go through each one. What is changed here goes back to the action when this is signed.",
    fields=(
        Number("no", "No.", half=True),
        Text("who", "Who does it", half=True),
        _WHAT,
        Date("by", "By when", half=True),
        Choice("status", "How far it is", options=lists.ACTION_STATUSES, required=True, half=True),
        Text("comment", "What has happened", lines=2),
        *_RESULT,
        Date("new_by", "New date", half=True),
        Text("why_moved", "Why the date moved", when=Filled("new_by"), required=True, half=True),
    ),
)

NO_ACTION = Rows(
    "no_action",
    "Needs without an action",
    row="need",
    fields=(
        Text("need", "Need", required=True),
        Text("because", "No action because", lines=2, required=True),
    ),
)

IF_WORSE = Text("if_worse", "What we do if things get worse", lines=3)


def lead_fields(*, required: bool = True) -> tuple[Field, ...]:
    """Return the questions about the lead practitioner; from the record's own list once they are named."""
    return (
        Text(
            "lead",
            "Lead practitioner",
            required=required,
            half=True,
            plain="The person who brings the help together",
        ),
        Choice("lead_agency", "Their kind of agency", options=lists.AGENCIES, report=True, half=True),
        Text("lead_contact", "Their phone or e-mail"),
    )


COPIES = Rows(
    "copies",
    "Copies given",
    row="copy",
    help="The family's own copy too",
    fresh=True,
    fields=(
        Text("to", "To whom", required=True, half=True),
        Text("agency", "Agency", half=True),
        Date("on", "On", past=True, required=True, half=True),
        Text("how", "How", half=True),
    ),
)

CONTINGENCY = Rows(
    "contingency",
    "If this happens, do that",
    row="line",
    at_least=1,
    help="Early signs the family know, and what they do first",
    fields=(
        Text("sign", "If this happens", lines=2, required=True),
        Text("then", "Do that", lines=2, required=True),
        Text("who", "Who, and their number", half=True),
    ),
)
