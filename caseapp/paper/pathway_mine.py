"""The young person's own edition of a pathway plan: «I will …»; and one that is easy to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from caseapp import words
from caseapp.form import Field, Form, Rows, Section, Text, filled_rows, is_empty
from caseapp.paper.answers import fields_story, texts
from caseapp.paper.fonts import refuse_unprintable
from caseapp.paper.grid import Grid
from caseapp.paper.page import WIDTH, Heading, Headline, Look, document, look, paragraphs
from caseapp.paper.parts import Quote, kept, notice, panel
from caseapp.paper.pathway_ends import contingency, not_happy, resized
from caseapp.paper.pathway_parts import (
    documents,
    judged,
    month,
    part_of,
    scores,
    setting_up,
    skills,
    suitability,
    talked_over_keys,
)
from caseapp.paper.sheet import Sheet
from caseapp.paper.symbols import Symbol
from caseapp.paper.tags import Element
from caseapp.pathway_wording import i_will, names_of, sentences

# isort: split
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, Spacer

_MY_SIZE, _EASY_SIZE, _EASY_SIZE_LARGE = 1.15, 1.4, 1.8
"""How much larger than 10 points: 14 for easy reading."""
_OVER: Final = ("done", "dropped")
_TITLES: Final = {
    "home": "Where I live", "suitable": "Is my home right for me?", "work": "College, training and work",
    "health": "My health", "money": "My money and papers", "identity": "Who I am",
    "family": "My people", "skills": "What I can do", "safety": "Staying safe",
    "support": "Help I can count on",
    "the_plan": "About this plan", "my_details": "My details", "needs": "What I need",
    "contingency": "If things go wrong", "actions": "What else we agreed", "agreement": "Who agreed",
}  # fmt: skip
_PICTURES: Final = {
    "home": "house", "work": "book", "health": "heart", "money": "coin",
    "identity": "person", "family": "people", "skills": "list", "safety": "shield", "actions": "list",
    }  # fmt: skip
_EASY_ORDER: Final = ("home", "work", "health", "money", "identity", "family", "skills", "safety", "actions")
_EASY_FACTS: Final = {
    "home": (("accommodation", "I live here"), ("landlord", "The people who run it"),
             ("home_emergency", "At night I can call")),
    "work": (("activity", "What I do"), ("course", "My course or job")),
    "health": (("gp", "My doctor"), ("dentist", "My dentist")),
    "money": (("setting_up_left", "Money left to set up my home"),),
}  # fmt: skip
_EASY_TROUBLE: Final = (
    ("could_go_wrong", "What could go wrong"), ("who_does_what", "Who helps then"),
    ("backup_home", "Where I can stay"), ("backup_money", "Money for the first days"),
    ("who_to_tell", "Who I can ring"),
)  # fmt: skip


def mine_pdf(form: Form, answers: Mapping[str, Any], heading: Heading, name: str) -> bytes:
    """Return the plan in the young person's own voice, all parts of it. Raises Unprintable."""
    refuse_unprintable([*heading.texts, *texts(form, form.sections, answers, ())])
    style = look(large=True) if heading.large else resized(look(large=False), _MY_SIZE, as_large=False)
    sheet = Sheet(style, False, answers, form.dated(answers))
    story = _opening(heading, style)
    by_key = {each.key: each for each in form.sections}
    names = names_of(answers, name)
    own = [by_key[key] for key in ("about_me", "views") if key in by_key]
    story += _my_words(own, sheet)
    for section in form.sections:
        if section.key not in ("about_me", "views", "contingency", "agreement"):
            story += _my_part(section, sheet, names)
    plain = look(large=heading.large)
    story += contingency(by_key.get("contingency"), answers, Sheet(plain, False, answers))
    if agreed := by_key.get("agreement"):
        body = fields_story(agreed.asked(answers), sheet)
        story += kept([Headline(_titled(agreed), style)], body, style) if body else []
    return document(heading, [*story, *not_happy(answers, style)])


def _opening(heading: Heading, style: Look) -> list[Flowable]:
    story = [
        *paragraphs(heading.title, style.title, way=0),
        *paragraphs(heading.subtitle, style.subtitle, way=0),
    ]
    if heading.notice:
        story += [style.gap(6), *notice(heading.notice_title, heading.notice, style)]
    return story


def _titled(section: Section) -> str:
    return section.plain or _TITLES.get(section.key, section.title)


def _my_words(sections: Sequence[Section], sheet: Sheet) -> list[Flowable]:
    answers, style = sheet.form_answers, sheet.look
    asked = [each for section in sections for each in section.asked(answers)]
    said = [
        each
        for each in asked
        if isinstance(each, Text) and each.quote and not is_empty(answers.get(each.key))
    ]
    quotes = [Quote(each.label, each.show(answers[each.key])) for each in said]
    rest = fields_story([each for each in asked if each not in said], sheet)
    body = [*(panel(quotes, style) if quotes else []), *rest]
    return kept([Headline("My words", style)], body, style) if body else []


def _my_part(section: Section, sheet: Sheet, names: frozenset[str]) -> list[Flowable]:
    """Return a part of the plan: what I want, how it is, and what I and others will do."""
    answers, style = sheet.form_answers, sheet.look
    asked = section.asked(answers)
    by_key = {each.key: each for each in asked}
    part, ends = part_of(section), talked_over_keys(section)
    want = str(answers.get(f"{part}_want") or "").strip() if part else ""
    story = panel([Quote("What I want", want)], style) if want and f"{part}_want" in by_key else []
    rest = [each for each in asked if each.key not in ends and not (isinstance(each, Rows) and each.actions)]
    after: list[Flowable] = []
    for drawn in (judged, suitability):
        made, done = drawn(rest, sheet)
        rest = [each for each in rest if each.key not in done]
        story += made
    for drawn in (setting_up, month, skills, documents):
        made, done = drawn(rest, sheet)
        rest = [each for each in rest if each.key not in done]
        after += made
    story += [*fields_story(rest, sheet), *after]
    talked = [by_key[key] for end in ("working", "not_working") if (key := f"{part}_{end}") in by_key]
    story += [*fields_story(talked, sheet), *(scores(part, by_key, sheet) if part else [])]
    story += _promises(asked, sheet, names)
    fails = by_key.get(f"{part}_contingency")
    story += fields_story([fails], sheet) if fails else []
    return kept([Headline(_titled(section), style)], story, style) if story else []


def _promises(asked: Sequence[Field], sheet: Sheet, names: frozenset[str]) -> list[Flowable]:
    lines = promises(asked, sheet.form_answers, names)
    if not lines:
        return []
    style = sheet.look
    return [
        style.gap(4),
        *kept(paragraphs("What happens now", style.quote_title), _bullets(lines, style), style),
    ]


def promises(asked: Sequence[Field], answers: Mapping[str, Any], names: frozenset[str]) -> list[str]:
    """Return the actions in the first person, what is done last; what nobody needs any more is left out."""
    rows = [
        row
        for each in asked
        if isinstance(each, Rows) and each.actions
        for row in filled_rows(answers.get(each.key))
        if row.get("what")
    ]
    to_do = [i_will(row, names) for row in rows if row.get("status") not in _OVER]
    return to_do + [f"Done: {str(row['what']).rstrip(' .')}." for row in rows if row.get("status") == "done"]


def _bullets(
    lines: Sequence[str], style: Look, sign: str = "→", part_of: Element | None = None
) -> list[Flowable]:
    """Return a list, or what goes on with one."""
    told = part_of or Element("L")
    inset = 1.7 * style.body.fontSize
    made: list[Flowable] = []
    for line in lines:
        pieces = paragraphs(line, style.body, piece=900)
        grid = [[paragraphs(sign, style.body) if not at else "", piece] for at, piece in enumerate(pieces)]
        padding = [("BOTTOMPADDING", (0, -1), (-1, -1), 0.32 * style.body.fontSize)]
        item = Grid(
            grid, colWidths=[inset, WIDTH - inset], style=padding, reads="L", part_of=told,
            records=[0] * len(grid),
        )  # fmt: skip
        made.append(item)
    return made


# Easy to read: 14 points, a picture for each part, one idea a line


def easy_pdf(form: Form, answers: Mapping[str, Any], heading: Heading, name: str) -> bytes:
    """Return the plan in short lines of 14 points with a picture for each part. Raises Unprintable."""
    refuse_unprintable([*heading.texts, *texts(form, form.sections, answers, ())])
    style = resized(look(large=False), _EASY_SIZE_LARGE if heading.large else _EASY_SIZE)
    asked = {each.key: each for section in form.sections for each in section.asked(answers)}
    by_key = {each.key: each for each in form.sections}
    names = names_of(answers, name)
    story = _opening(heading, style)
    story += _easy_part("My plan", "speech", _own_lines(asked, answers), style)
    for key in _EASY_ORDER:
        if section := by_key.get(key):
            lines = _easy_lines(section, asked, answers, names)
            story += _easy_part(_titled(section), _PICTURES[key], lines, style)
    story += _easy_part("If things go wrong", "umbrella", _told(_EASY_TROUBLE, asked, answers), style)
    story += _easy_part("When we meet again", "calendar", _next(answers), style)
    return document(heading, [*story, *_easy_part("If I am not happy", "speech", _UNHAPPY, style)])


_UNHAPPY: Final = (
    ("", "I can tell my personal adviser."),
    ("", "I can ask for their manager."),
    ("", "I can ask for an advocate. An advocate helps me to say what I want. It is free."),
    ("", "I can make a complaint. The council must answer me."),
    ("", "I can ask for a review of my plan at any time."),
)
Line = tuple[str, str]
"""What a line is about, if that is said, and the line."""


def _own_lines(asked: Mapping[str, Field], answers: Mapping[str, Any]) -> list[Line]:
    told = (("hopes_one_year", "What I hope for"), ("worries", "What worries me"),
            ("view_of_plan", "What I think of my plan"))  # fmt: skip
    return _told(told, asked, answers)


def _told(
    questions: Sequence[tuple[str, str]], asked: Mapping[str, Field], answers: Mapping[str, Any]
) -> list[Line]:
    found: list[Line] = []
    for key, label in questions:
        field = asked.get(key)
        if field is None or is_empty(answers.get(key)):
            continue
        if field.secret_when and field.secret_when.holds(answers):
            continue
        lines = sentences(field.show(answers[key]))
        found += [(label if not at else "", line) for at, line in enumerate(lines)]
    return found


def _easy_lines(
    section: Section, asked: Mapping[str, Field], answers: Mapping[str, Any], names: frozenset[str]
) -> list[Line]:
    part = part_of(section)
    told = [*_EASY_FACTS.get(section.key, ()), (f"{part}_want", "What I want")]
    lines = _told(told, asked, answers)
    promised = promises(section.asked(answers), answers, names)
    return lines + [("What happens now" if not at else "", each) for at, each in enumerate(promised)]


def _next(answers: Mapping[str, Any]) -> list[Line]:
    following = words.stored_day(answers.get("next_review_on"))
    adviser = str(answers.get("personal_adviser") or "").strip()
    lines = [("", f"We look at my plan again by {words.long_day(following)}.")] if following else []
    return lines + ([("", f"My personal adviser is {adviser}.")] if adviser else [])


def _easy_part(title: str, picture: str, lines: Sequence[Line], style: Look) -> list[Flowable]:
    """Return a picture with the title beside it, then one idea a line."""
    if not lines:
        return []
    size = 2.3 * style.body.fontSize
    head = ParagraphStyle("easy", style.title, fontSize=1.35 * style.body.fontSize,
                          leading=1.6 * style.body.fontSize)  # fmt: skip
    row = Grid(
        [[Symbol(picture, size), paragraphs(title, head)]],
        colWidths=[1.5 * size, WIDTH - 1.5 * size],
        style=[("VALIGN", (0, 0), (-1, -1), "MIDDLE")],
    )
    body: list[Flowable] = []
    told = Element("L")
    for label, line in lines:
        if label:
            told = Element("L")
            body += [Spacer(1, 0.45 * style.body.fontSize), CondPageBreak(4 * style.body.leading)]
            body += paragraphs(label, style.quote_title)
        body += _bullets([line], style, "•", told)
    return [style.gap(11), *kept([row, style.gap(3)], body, style)]
