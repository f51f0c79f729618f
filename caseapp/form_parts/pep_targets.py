"""The targets of the Personal Education Plan: last term's, to be reviewed, and the new ones."""

from dataclasses import replace

from caseapp.form import Choice, Date, Field, Form, Money, Number, Rows, Section, Text
from caseapp.form_parts import pep_lists as lists

TARGETS_WANTED = 3
_FOR_LITTLE_ONES = 2  # two or three small steps in early years

_NUMBER = Number("no", "No.", help="Given when the plan is signed")

LAST_TERM = Section(
    "last_term",
    "Last term's targets",
    (
        Rows(
            "last_targets",
            "How the last targets went",
            row="target",
            from_last="targets",
            fields=(
                _NUMBER,
                Text("what", "Target", lines=2, required=True),
                Text("success", "How we would know"),
                Text("who", "Who saw to it"),
                Date("by", "By"),
                Money("cost", "Pupil premium plus"),
                Choice("outcome", "Result", options=lists.OUTCOMES, required=True),
                Text("evidence", "What happened", lines=2),
                Text("impact", "What difference the money made", lines=2),
                Text("carried_to", "Goes on as new target", help="Which of the targets below"),
            ),
        ),
        Rows(
            "last_actions",
            "What became of the last actions",
            row="action",
            from_last="actions",
            fields=(
                _NUMBER,
                Text("what", "Action", lines=2, required=True),
                Text("who", "Who"),
                Date("by", "By"),
                Choice("status", "Where it stands", options=lists.STATUS, required=True),
            ),
        ),
    ),
    guidance=(
        "The targets and actions of the last signed plan stand here, and each is reviewed before the new "
        "ones are signed. What is still needed is agreed anew below."
    ),
    owner="Designated teacher",
    plain="How my last targets went",
)

TARGETS = Section(
    "new_targets",
    "New targets",
    (
        Rows(
            "targets",
            "What we agreed",
            row="target",
            at_least=TARGETS_WANTED,
            actions=True,
            fresh=True,
            fields=(
                _NUMBER,
                Choice("category", "About", options=lists.TARGET_KINDS),
                Text("need", "Which need it answers", required=True),
                Text("ehcp_outcome", "Step towards which outcome of the EHC plan"),
                Text("what", "Target", lines=2, required=True),
                Text("measure", "How it is measured, and the starting point", required=True),
                Text("success", "How we will know", required=True),
                Text("intervention", "What will be done", lines=2, required=True),
                Text("delivered_by", "Who delivers it", required=True),
                Text("often", "How often", required=True),
                Text("group_size", "Group size"),
                Date("starts_on", "From", required=True),
                Date("ends_on", "To", required=True),
                Text("who", "Who sees to it", required=True, help="A named person, not “school”"),
                Text("own_words", "In the child's own words", quote=True),
                Date("by", "By when", required=True),
                Money("cost", "Pupil premium plus"),
                Choice("rag", "How it stands", options=lists.RAG),
                Choice("status", "Status", options=lists.STATUS),
            ),
        ),
    ),
    guidance=(
        "Two for learning and one for feelings and friendships. Each says what, how much, by when and who, "
        "and can be done in about twelve weeks."
    ),
    owner="Designated teacher",
    plain="My targets",
)


def wanting(form: Form, targets: int, variant: str = "") -> Form:
    """Return the form asking for so many targets, as the area has set it; in early years two are enough."""
    least = min(targets, _FOR_LITTLE_ONES) if variant == "early_years" else targets
    sections = tuple(
        replace(section, fields=tuple(_wanting(each, least) for each in section.fields))
        if section.key == TARGETS.key
        else section
        for section in form.sections
    )
    return form if sections == form.sections else replace(form, sections=sections)


def _wanting(field: Field, least: int) -> Field:
    return replace(field, at_least=least) if isinstance(field, Rows) else field
