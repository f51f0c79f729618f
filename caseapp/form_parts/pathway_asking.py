"""What every part of the pathway plan asks alike: views, scores, actions, and what if it fails."""

from caseapp.form import Choice, Date, Field, Is, Rows, Score, Text
from caseapp.form_parts import pathway_lists as lists

_ACTION = (
    Text("what", "What", required=True),
    Text("need", "The need it meets"),
    Text("who", "Who", required=True, half=True),
    Date("by", "By when", required=True, half=True),
    Choice("status", "How it is going", options=lists.STATUSES, half=True),
    Text("outcome", "What came of it", half=True),
)


def actions(key: str, label: str) -> Rows:
    """Return the rows for what is agreed: what, for which need, who, by when."""
    return Rows(key, label, fields=_ACTION, row="action", actions=True)


def attempts(key: str) -> Rows:
    """Return the tries to reach a young person who, by the answer to `key`, took no part."""
    return Rows(
        "attempts",
        "What was tried so that I could take part",
        help="At least three tries before this is done without me.",
        fields=(
            Date("on", "Date", required=True, past=True, half=True),
            Choice("how", "How", options=lists.CONTACT_WAYS, required=True, half=True),
            Text("result", "What happened", required=True),
        ),
        row="try",
        at_least=3,
        when=Is(key, "none"),
        fresh=True,
    )


def talked_over(key: str) -> tuple[Field, ...]:
    """Return the questions that end each part of the plan: views, scores, actions, what if it fails."""
    return (
        Text(f"{key}_working", "What's working", lines=3, fresh=True),
        Text(f"{key}_not_working", "What's not working", lines=3, fresh=True),
        _score(f"{key}_my_score", "My score"),
        _score(f"{key}_worker_score", "My worker's score"),
        Text(f"{key}_want", "What I want", lines=3, quote=True, fresh=True),
        actions(f"{key}_actions", "What we will do"),
        Text(f"{key}_contingency", "If this does not work, we will", lines=2),
    )


def _score(key: str, label: str) -> Score:
    return Score(
        key,
        label,
        low=1,
        low_words="Needs a lot of help",
        high_words="Going really well",
        half=True,
        fresh=True,
    )
