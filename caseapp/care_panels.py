"""Panels that several sheets about a child in care share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from caseapp import codes, words
from caseapp.care_print_parts import About, due_rows
from caseapp.education import attendance_now
from caseapp.form import filled_rows
from caseapp.form_parts import care_lists as lists
from caseapp.looked_after import health, sheets
from caseapp.looked_after.sheets import Said
from db.models import FamilyTime

if TYPE_CHECKING:
    from caseapp.paper.care_sheets import Panel

_KINDS: Final = dict(lists.TIME_KINDS)
_NOT_ARISING: Final = "none"
_MOST_DUE: Final = 8


def decided(plan: Said, title: str) -> Iterable[Panel]:
    """Yield who decides what, as the placement plan has it."""
    from caseapp.paper.care_sheets import Panel

    table = (("Decision", "Who decides", "Terms", "Tell"), *_decisions(plan))
    yield Panel(title, table=table, shares=(0.27, 0.16, 0.36, 0.21))
    rest = [label for key, label in lists.DECISIONS if plan.answers.get(f"decide_{key}") == _NOT_ARISING]
    more = (
        ("The parents decide", plan.words.get("parents_keep", "")),
        ("Not agreed", plan.words.get("parents_differ", "")),
        ("The child decides", plan.words.get("child_decides", "")),
        ("Does not arise", words.listed(rest)),
    )
    told = tuple(each for each in more if each[1])
    if told:
        yield Panel("And also", facts=told)


def _decisions(plan: Said) -> list[tuple[str, str, str, str]]:
    """Return each decision with who decides; terms stand with the decision that they are named after."""
    deciders = dict(lists.DECIDERS)
    rows = filled_rows(plan.answers.get("decisions"))
    terms = {str(each.get("decision", "")).casefold(): each for each in rows}
    found = []
    for key, label in lists.DECISIONS:
        code = str(plan.answers.get(f"decide_{key}") or "")
        own = terms.pop(label.casefold(), {})
        code = str(own.get("decides") or code)
        if code and code != _NOT_ARISING:
            found.append((label, deciders.get(code, code), _text(own, "terms"), _text(own, "tell")))
    return found + [
        (
            _text(each, "decision"),
            deciders.get(_text(each, "decides"), ""),
            _text(each, "terms"),
            _text(each, "tell"),
        )
        for each in terms.values()
    ]


def _text(row: dict[str, object], key: str) -> str:
    return str(row.get(key) or "")


def health_panel(about: About) -> Panel:
    """Return what to know of the child's health."""
    from caseapp.paper.care_sheets import Panel

    facts = sheets.health_facts(about.session, about.child)
    latest = health.view(about.session, about.child.id).latest
    facts += [(each.label, each.words) for each in latest if each.on]
    facts += [("Consent", said)] if (said := about.planned("medical_consent")) else []
    return Panel("Health", facts=tuple(facts), paragraphs=() if facts else ("Nothing is on record.",))


def education(about: About) -> Panel:
    """Return school and education plan."""
    from caseapp.paper.care_sheets import Panel

    spell = sheets.schooling(about.session, about.child.id)
    pep = sheets.newest(about.session, about.child.id, "pep")
    sen = codes.SEN.get(about.child.sen_status, "")
    facts = [
        ("School", spell.school.name if spell else ""),
        ("Telephone", spell.school.phone if spell else ""),
        ("Designated teacher", spell.designated_teacher if spell else ""),
        ("SEN", sen),
        ("Last PEP", words.day(pep.on) if pep else "None is signed yet"),
        ("Attendance", _attendance(about, pep)),
        ("Getting there", about.planned("travel")),
    ]
    return Panel("Education", facts=tuple(each for each in facts if each[1]))


def _attendance(about: About, pep: Said | None) -> str:
    planned = pep.words.get("attendance_percent", "") if pep else ""
    return attendance_now.newest_words(about.session, about.child.id, planned, pep.on if pep else None)


def family_time(about: About) -> Iterable[Panel]:
    """Yield what is arranged with whom, and its rules."""
    from caseapp.paper.care_sheets import Panel

    rows = [_arranged(each) for each in sheets.arranged(about.session, about.child.id)]
    limits = about.planned("contact_limits")
    if rows or limits:
        table = (("With whom", "How", "How often, where", "Rules"), *rows) if rows else ()
        shares = (0.24, 0.16, 0.28, 0.32) if rows else ()
        yield Panel("Family time", table=table, shares=shares, paragraphs=(limits,) if limits else ())


def _arranged(each: FamilyTime) -> tuple[str, str, str, str]:
    who = f"{each.person} ({each.relationship})" if each.relationship else each.person
    rules = [
        "Order of the court" if each.by_order else "",
        f"Supervised by {each.supervised_by}" if each.supervised_by else "",
        each.risks,
    ]
    where = ", ".join(part for part in (each.often, each.place) if part)
    return who, _KINDS[each.kind], where, ". ".join(part for part in rules if part)


def dues(about: About) -> Panel:
    """Return what is due."""
    from caseapp.paper.care_sheets import Panel

    rows = due_rows(about.session, about.child, _MOST_DUE)
    return Panel("What is due", facts=tuple(rows), paragraphs=() if rows else ("Nothing is due.",))


def to_ring(about: About) -> Panel:
    """Return whom to ring."""
    from caseapp.paper.care_sheets import Panel

    rows = [tuple(each) for each in about.contacts()]
    if hours := about.planned("out_of_hours"):
        rows.append(("Out of hours", "", hours))
    return Panel(
        "Whom to ring", table=(("Who", "Part", "Telephone"), *rows), shares=(0.34, 0.4, 0.26), is_whole=True
    )
