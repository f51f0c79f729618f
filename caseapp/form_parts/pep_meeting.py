"""The meeting of the Personal Education Plan: who came, what was agreed, who signs, which papers belong."""

from caseapp.form import YES_NO, AnyOf, Choice, Choices, Date, Number, Rows, Section, Signatures, Text
from caseapp.form_parts import pep_lists as lists
from caseapp.form_parts import pep_stage_lists as stages
from caseapp.form_parts.asking import anew, pairs

_AWAY = ("report", "apologies", "absent", "not_asked")

DOCUMENTS = Section(
    "documents",
    "Documents",
    (
        Rows(
            "documents",
            "Papers that belong to this plan",
            row="document",
            fields=(
                Choice("kind", "Kind", options=lists.DOCUMENTS, required=True),
                Text("title", "Title", required=True),
                Date("dated_on", "Dated"),
                Text("kept", "Where it is kept"),
            ),
        ),
    ),
    guidance="Say which papers there are and where they are kept.",
    owner="Designated teacher",
)


def _must_come(key: str, label: str, help: str = "") -> tuple[Choice, Text]:
    """Return whether somebody came who should always come, and why not."""
    return (
        Choice(
            f"{key}_there", label, options=lists.ATTENDED, required=True, report=True, half=True, help=help
        ),
        Text(
            f"{key}_away",
            f"{label}: why not at the meeting, and who spoke for them",
            when=AnyOf(f"{key}_there", _AWAY),
            required=True,
            half=True,
        ),
    )


MEETING = Section(
    "meeting",
    "Meeting and actions",
    anew(
        Date(
            "met_on",
            "Date of the meeting",
            event="pep_held",
            past=True,
            required=True,
            report=True,
            half=True,
        ),
        Text("met_at", "Time", half=True),
        Text("met_where", "Place or online link"),
        Choice(
            "child_there", "The child", options=lists.CHILD_ATTENDED, required=True, report=True, half=True
        ),
        *_must_come("carer", "Carer"),
        *_must_come("worker", "Social worker"),
        *_must_come(
            "teacher", "Designated teacher or lead", "Not in education: somebody of the virtual school"
        ),
        Rows(
            "attendees",
            "Others who were invited",
            row="person",
            help="In the last two terms before a change of school, somebody of the next school",
            fields=(
                Text("name", "Name", required=True),
                Text("role", "Role"),
                Text("organisation", "Organisation"),
                Choice("invited", "Invited?", options=YES_NO),
                Choice("attended", "How they took part", options=lists.ATTENDED, required=True),
                Choice("gave_view", "View given?", options=YES_NO),
            ),
        ),
        Text("decisions", "What was decided", lines=4),
        Rows(
            "actions",
            "Who does what",
            row="action",
            actions=True,
            fields=(
                Number("no", "No.", help="Given when the plan is signed"),
                Text("what", "Action", lines=2, required=True),
                Text("who", "Who", required=True),
                Date("by", "By when", required=True),
                Choice("status", "Status", options=lists.STATUS),
            ),
        ),
        *pairs(
            Date("next_on", "Date of the next PEP", required=True, report=True),
            Text("next_at", "Time of the next PEP"),
            Choices("sent_to", "Who receives this plan", options=lists.RECEIVERS),
            Choice("child_version", "Was the child given their own version?", options=YES_NO, report=True),
        ),
    ),
    guidance="The social worker, the designated teacher and the carer come to every meeting.",
    owner="Designated teacher",
    plain="Our meeting and who does what",
)

SIGNATURES = Section(
    "agreement",
    "Agreement and signatures",
    (
        *anew(
            *pairs(
                Choice("child_agrees", "Does the child agree?", options=stages.AGREES, report=True),
                Choice("carer_agrees", "Does the carer agree?", options=stages.AGREES),
                Choice("parent_agrees", "Do the parents agree?", options=stages.AGREES),
            ),
            Text("disagreement", "Who does not agree, with what, and what we do about it", lines=2),
        ),
        Signatures("signatures", "Who agrees with this plan", at_least=3),
    ),
    guidance=(
        "This plan is part of the care plan. It says how everybody who signs will help this child to learn. "
        "The social worker, the designated teacher and the carer sign, and the child if they wish."
    ),
    owner="Social worker",
    plain="Who agrees",
)
