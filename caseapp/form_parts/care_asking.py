"""What the forms of care ask alike: the child's words, family time, what is agreed, who took part."""

from __future__ import annotations

from dataclasses import replace

from caseapp.form import AnyOf, Choice, Choices, Date, Field, Is, Number, Rows, Text
from caseapp.form_parts import care_lists as lists
from caseapp.form_parts.asking import anew, pairs

_ACTION: tuple[Field, ...] = (
    Number("no", "No.", help="Given when the plan is signed", half=True),
    Text("what", "What", lines=2, required=True),
    Text("outcome", "What will be different", lines=2, help="In the child's own words where you can"),
    Text("who", "Who", required=True, half=True, help="One person"),
    Text("agency", "Their agency", half=True),
    Date("by", "By when", required=True, half=True),
    Choice("status", "How far it is", options=lists.ACTION_STATUSES, half=True),
)
_SEEN = AnyOf("voice", ("heard", "observed"))


def actions(key: str, label: str, *more: Field, at_least: int = 0, fresh: bool = False) -> Rows:
    """Return the rows for what is agreed: what, who, by when, how far; `more` is asked at the end of each."""
    fields = (*_ACTION, *more)
    return Rows(key, label, fields=fields, row="action", actions=True, at_least=at_least, fresh=fresh)


def voice(about: str) -> tuple[Field, ...]:
    """Return the questions about the child's own view, asked anew each time; `about` heads their words."""
    return anew(
        Choice("voice", "Was the child heard?", options=lists.HEARD, required=True, report=True),
        Text(
            "voice_why_not",
            "Why not, and what will be done about it",
            lines=2,
            required=True,
            when=Is("voice", "not_heard"),
            professional=True,
        ),
        Text("words", about, lines=5, quote=True, required=True, when=Is("voice", "heard")),
        Text("observed", "What was seen", lines=4, required=True, when=Is("voice", "observed")),
        Date("voice_on", "Heard or seen on", past=True, required=True, when=_SEEN, half=True),
        Text("voice_by", "By whom, and who was there", when=_SEEN, half=True),
        Choices("voice_methods", "How", options=lists.METHODS, when=_SEEN),
    )


def family_time(key: str, label: str) -> Rows:
    """Return the rows for what is arranged with each person who matters to the child."""
    held = AnyOf("kind", lists.NOT_REFUSED)
    return Rows(
        key,
        label,
        fields=(
            Text("person", "With whom", required=True, half=True),
            Text("relationship", "Relationship", required=True, half=True),
            Choice("kind", "How", options=lists.TIME_KINDS, required=True, half=True),
            Text("often", "How often, how long", required=True, when=held, half=True),
            Text("place", "Where", when=held, half=True),
            Text(
                "supervised_by",
                "Who supervises or helps",
                when=AnyOf("kind", ("supervised", "supported")),
                required=True,
                half=True,
            ),
            Text("basis", "Order or agreement it rests on", half=True),
            Text(
                "why_refused",
                "Why not, until when, and how the child and the person were told",
                lines=2,
                required=True,
                when=Is("kind", "refused"),
            ),
            Text("risks", "Risks, and what makes it safe", professional=True),
            Text("view", "What the child says about it", quote=True),
        ),
        row="arrangement",
    )


def took_part(key: str, label: str) -> Rows:
    """Return the rows for who was asked and how they took part."""
    return Rows(
        key,
        label,
        fields=(
            Text("name", "Name", required=True, half=True),
            Text("role", "Role or relationship", required=True, half=True),
            Choice("how", "How", options=lists.TAKING_PART, required=True),
            Text("why_not", "Why not", when=AnyOf("how", ("absent", "not_invited")), professional=True),
        ),
        row="person",
        at_least=1,
        fresh=True,
    )


def copies(key: str, label: str) -> Rows:
    """Return the rows for who was given a copy, and when."""
    return Rows(
        key,
        label,
        fields=pairs(
            Text("to", "To whom", required=True),
            Date("on", "On", past=True, required=True),
            Text("how", "How"),
        ),
        row="copy",
        fresh=True,
    )


def about_child() -> tuple[Field, ...]:
    """Return the questions that say who the child is; the record knows the answers."""
    return pairs(
        Text("name", "Name", prefill="child.name", required=True),
        Text("known_as", "Known as", prefill="child.known_as"),
        Date("born_on", "Date of birth", prefill="child.born_on", past=True, required=True),
    )


def care_facts(*, required: bool = True) -> tuple[Field, ...]:
    """Return the questions about legal status and the start of care; the record knows the answers."""
    asked = (
        Text("legal_status", "Legal status", prefill="child.legal_status", required=True),
        Date(
            "looked_after_since",
            "Looked after since",
            prefill="child.looked_after_since",
            past=True,
            required=True,
        ),
    )
    return pairs(*(replace(each, required=required) for each in asked))
