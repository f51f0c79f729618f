"""The parts of the Personal Education Plan about what comes next: a planned change, and careers."""

from caseapp.form import YES_NO, AnyOf, Choice, Choices, Date, Is, Section, Text
from caseapp.form_parts import pep_lists as lists
from caseapp.form_parts import pep_stage_lists as stages
from caseapp.form_parts.asking import only_if, pairs

CHANGING = Is("change_planned", "yes")
OLDER = AnyOf("key_stage", ("KS3", "KS4", "KS5"))

TRANSITION = Section(
    "transition",
    "Transition and planned change",
    (
        Choice("change_planned", "Is a change coming?", options=YES_NO, fresh=True),
        *only_if(
            CHANGING,
            *pairs(
                Choices("change_type", "What kind", options=lists.CHANGES, required=True),
                Date("change_on", "When"),
                Text("receiving", "Where to"),
                Text("change_transport", "Travel"),
            ),
            Text(
                "visits",
                "Visits",
                lines=2,
                help="The next school comes to the meetings of the last two terms before the change",
            ),
            Text("handed_over", "Information handed over", lines=2),
            Text("disruption", "What may be disrupted, and how we keep that small", lines=3),
            Text("change_actions", "What will be done", lines=3),
            Text("exam_continuity", "How examination courses go on", lines=2),
            *pairs(
                Text(
                    "approval_by",
                    "Move in key stage 4 approved by",
                    help="Regulation 10: a nominated officer approves it before the move",
                    professional=True,
                ),
                Date("approval_on", "Approved on", past=True, professional=True),
            ),
        ),
    ),
    guidance="Plan changes early, and with the child.",
    owner="Social worker",
    plain="Changes that are coming",
)

CAREERS = Section(
    "careers",
    "Careers and what comes after school",
    (
        *pairs(
            Date("careers_on", "Careers guidance interview"),
            Text("options", "Options chosen"),
            Text("work_experience", "Work experience"),
            Text("destination", "Where the young person wants to go next"),
            Choice(
                "september_guarantee",
                "September guarantee",
                options=stages.GUARANTEE,
                report=True,
                fresh=True,
                help="A place is offered to everybody who leaves year 11, and again after year 12",
            ),
            Text("september_offer", "Which offer", fresh=True),
            Text("results_contact", "Who is there on results day"),
        ),
        Text("bursary", "Money advice for further and higher education"),
    ),
    guidance="For year 9 and above: what the young person hopes for, and the steps towards it.",
    owner="Designated teacher",
    when=OLDER,
    plain="My plans for later",
)
