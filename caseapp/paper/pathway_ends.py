"""The cover of a pathway plan, and its last pages: trouble, all actions, who agreed, complaints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from caseapp import words
from caseapp.form import Field, Form, Rows, Section, is_empty
from caseapp.paper import fonts
from caseapp.paper.actions import ActionLine
from caseapp.paper.answers import fields_story
from caseapp.paper.drawn import Chip, WritingLines
from caseapp.paper.grid import Grid
from caseapp.paper.page import ACCENT, INK, MUTED, WIDTH, Heading, Headline, Look, paragraphs, scaled
from caseapp.paper.parts import kept, notice
from caseapp.paper.sheet import Sheet
from caseapp.paper.tables import Cell, table
from caseapp.paper.tags import Drawn

# isort: split
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable

PAGE_ROOM: Final = 243 * mm
"""What a page holds between its edges."""
_FRESH: Final = 225 * mm  # a page on which nothing but a gap stands is not left empty
_SIZES: Final = (1.55, 1.45, 1.35, 1.25, 1.15, 1.05)
_COLUMNS: Final = ("No.", "What", "Who", "By when", "How far")
_SHARES: Final = (0.055, 0.475, 0.195, 0.125, 0.15)
_LARGE_COLUMNS: Final = ("No.", "What", "Who and by when", "How far")
_LARGE_SHARES: Final = (0.09, 0.4, 0.28, 0.23)
_CONTINGENCY: Final = (
    "could_go_wrong", "early_signs", "who_does_what", "backup_home", "backup_money", "who_to_tell",
)  # fmt: skip


def resized(style: Look, share: float, *, as_large: bool = True) -> Look:
    """Return the styles in larger or smaller letters, set out as large print is unless `as_large` is off."""
    return replace(scaled(style, share), scale=style.scale * (share if as_large else 1))


def height_of(story: Sequence[Flowable]) -> float:
    """Return how much of a page the parts take."""
    return sum(each.wrap(WIDTH, 10_000)[1] + each.getSpaceBefore() + each.getSpaceAfter() for each in story)


# The cover


class PhotoSpace(Drawn):
    """A frame for a photograph, which the young person may stick in."""

    def __init__(self, width: float, height: float) -> None:
        super().__init__()
        self.width, self.height = width, height

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return its size."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw the frame."""
        self.canv.setStrokeColor(MUTED)
        self.canv.setLineWidth(0.6)
        self.canv.setDash(2, 2)
        self.canv.roundRect(0, 0, self.width, self.height, 4, stroke=1, fill=0)
        self.canv.setDash()
        self.canv.setFillColor(MUTED)
        fonts.draw_text(self.canv, self.width / 2, self.height / 2, "My photo", fonts.REGULAR, 9, align=0.5)
        fonts.draw_text(
            self.canv, self.width / 2, self.height / 2 - 11, "if I want one", fonts.REGULAR, 8, align=0.5
        )


def cover(
    form: Form, answers: Mapping[str, Any], heading: Heading, look: Look, left_out: Sequence[str]
) -> list[Flowable]:
    """Return the first page: whose plan it is, which one, and who to ask."""
    name = ParagraphStyle("cover_name", look.title, fontSize=19, leading=24, textColor=INK)
    title = ParagraphStyle("cover_title", look.title, fontSize=32, leading=38, textColor=ACCENT)
    left = [*paragraphs(heading.title, title, way=0), look.gap(5), *paragraphs(heading.subtitle, name, way=0)]
    row = Grid([[left, PhotoSpace(45 * mm, 56 * mm)]], colWidths=[WIDTH - 50 * mm, 50 * mm], style=[
        ("ALIGN", (1, 0), (1, 0), "RIGHT"), ("VALIGN", (0, 0), (0, 0), "BOTTOM"),
    ])  # fmt: skip
    story: list[Flowable] = [look.gap(34 / look.scale), row, look.gap(12)]
    if heading.facts:
        story.append(
            table((), [_cover_row(*each, look) for each in heading.facts], look, shares=(0.34, 0.66))
        )
    if left_out:
        story += [look.gap(12), *paragraphs(f"This copy is without: {words.listed([*left_out])}.", look.body)]
    if heading.notice:
        story += [look.gap(10), *notice(heading.notice_title, heading.notice, look)]
    return story


def _cover_row(label: str, value: str, look: Look) -> list[Cell]:
    size = 1.0 if look.is_large else 1.18
    body = ParagraphStyle("cover", look.strong, fontSize=size * look.strong.fontSize,
                          leading=size * look.strong.leading)  # fmt: skip
    muted = ParagraphStyle("cover_label", body, fontName=fonts.REGULAR, textColor=MUTED)
    return [paragraphs(label, muted), paragraphs(value, body)]


def cover_facts(form: Form, answers: Mapping[str, Any], status: str) -> list[tuple[str, str]]:
    """Return what the cover says of a plan, as it was when the plan was signed."""
    said = {each.key: each.show(answers.get(each.key)).strip() for each in form.fields}
    since = said.get("adviser_since", "")
    adviser = said.get("personal_adviser", "")
    given = (
        ("Plan number", said.get("plan_number", "")),
        ("Kind of plan", said.get("plan_type", "")),
        ("Date of the plan", _day(answers, "plan_on")),
        ("Meeting", _day(answers, "review_met_on") or _day(answers, "met_on")),
        ("Next review by", _day(answers, "next_review_on")),
        ("My personal adviser", f"{adviser}, since {since}" if adviser and since else adviser),
        ("Category", said.get("category", "")),
        ("Status", status[:1].upper() + status[1:]),
    )
    return [(label, value) for label, value in given if value]


def _day(answers: Mapping[str, Any], key: str) -> str:
    found = words.stored_day(answers.get(key))
    return words.long_day(found) if found else str(answers.get(key) or "")


# If things go wrong: one page, big type


def contingency(section: Section | None, answers: Mapping[str, Any], sheet: Sheet) -> list[Flowable]:
    """Return a page of its own in big letters; what it lacks in a draft is said."""
    if section is None:
        return []
    asked = section.asked(answers)
    told = [each for each in asked if each.key in _CONTINGENCY]
    if not any(not is_empty(answers.get(each.key)) for each in told) and not sheet.is_draft:
        return []
    rest = fields_story([each for each in asked if each not in told], sheet)
    sizes = (1.0,) if sheet.look.is_large else _SIZES
    tries = [[*_big(section.title, told, answers, resized(sheet.look, size)), *rest] for size in sizes]
    fitting = next((each for each in tries if height_of(each) <= PAGE_ROOM), tries[-1])
    return [CondPageBreak(_FRESH), *fitting]


def _big(title: str, told: Sequence[Field], answers: Mapping[str, Any], look: Look) -> list[Flowable]:
    story: list[Flowable] = [Headline(title, look)]
    for field in told:
        text = field.show(answers.get(field.key)).strip()
        body = paragraphs(text, look.body) if text else paragraphs("Not answered", look.muted)
        story += [look.gap(7), *kept(paragraphs(field.label, look.quote_title), body, look)]
    return [*story, look.gap(9), *_phones(answers, look)]


def _phones(answers: Mapping[str, Any], look: Look) -> list[Flowable]:
    """Return whom to ring, as a table; the numbers of the area are to be filled in."""
    given = [
        (str(answers.get("emergency_name") or "").strip(), str(answers.get("emergency_phone") or "").strip()),
        ("At 2 am", str(answers.get("home_emergency") or "").strip()),
        ("Out of hours, the council", "…" * 12),
        ("In danger: police, fire, ambulance", "999"),
        ("Ill, or in a crisis of mind: NHS", "111"),
    ]
    rows: list[list[Cell]] = [
        [paragraphs(name, look.body), paragraphs(phone, look.strong)]
        for name, phone in given
        if name and phone
    ]
    head = paragraphs("Who I can ring", look.quote_title)
    return kept(head, [look.gap(2), table((), rows, look, shares=(0.46, 0.54))], look)


# All actions


def action_page(
    form: Form, section: Section | None, lines: Mapping[str, Sequence[ActionLine]], sheet: Sheet
) -> list[Flowable]:
    """Return every action of the plan in one table, with who, by when and how far in words."""
    rest = section.asked(sheet.form_answers) if section else []
    own = {each.key for each in rest if isinstance(each, Rows) and lines.get(each.key)}
    body = fields_story([each for each in rest if each.key not in own], sheet)
    rows = [row for key, found in lines.items() for row in _rows(found, _of(form, key), sheet.look)]
    if rows:
        look = sheet.look
        columns, shares = (_LARGE_COLUMNS, _LARGE_SHARES) if look.is_large else (_COLUMNS, _SHARES)
        body = [table(columns, rows, look, shares=shares), look.gap(6), *body]
    if not body:
        return []
    return [CondPageBreak(_FRESH), *kept([Headline("All actions", sheet.look)], body, sheet.look)]


def _of(form: Form, key: str) -> str:
    return next((each.title for each in form.sections if any(one.key == key for one in each.fields)), "")


def _rows(found: Sequence[ActionLine], part: str, look: Look) -> list[list[Cell]]:
    return [
        [
            each.no,
            [*paragraphs(each.what, look.body, piece=1_000), *paragraphs(part, look.note)],
            *((f"{each.who}\n{each.by}".strip(),) if look.is_large else (each.who, each.by)),
            [
                *([Chip(each.how_far, each.tone, look)] if each.how_far else []),
                *paragraphs(each.colour_words, look.note),
            ],
        ]
        for each in found
    ]


# Who agreed, and what if I am not happy


def agreement(section: Section | None, sheet: Sheet) -> list[Flowable]:
    """Return who signed, or lines to sign on."""
    body = fields_story(section.asked(sheet.form_answers), sheet) if section else []
    return kept([Headline(section.title, sheet.look)], body, sheet.look) if section and body else []


NOT_HAPPY: Final = (
    ("Talk to us", "Tell my personal adviser, or ask for their manager. I can ask for a review of this "
     "plan at any time."),
    ("Get an advocate", "An advocate is on my side, is free, and helps me to say what I want. The council "
     "must help me to find one."),
    ("Make a complaint", "I can complain about anything in this plan, or about how I am treated. The council "
     "must answer me in writing."),
    ("Go further", "If the answer does not help, I can ask the Local Government and Social Care Ombudsman to "
     "look at it. That is free too."),
)  # fmt: skip
TO_FILL_IN: Final = ("Advocate, name and phone", "Complaints, phone and email")


def not_happy(answers: Mapping[str, Any], look: Look) -> list[Flowable]:
    """Return what to do when not happy with the plan, room for the area's numbers, and the next review."""
    rows: list[list[Cell]] = [
        [paragraphs(title, look.strong), paragraphs(text, look.body)] for title, text in NOT_HAPPY
    ]
    lines: list[list[Cell]] = [[paragraphs(label, look.muted), WritingLines(1, look)] for label in TO_FILL_IN]
    made: list[Flowable] = [
        table((), rows, look, shares=(0.28, 0.72)), look.gap(4),
        Grid([*lines], colWidths=[0.34 * WIDTH, 0.66 * WIDTH], style=[("VALIGN", (0, 0), (-1, -1),
              "BOTTOM")]),
    ]  # fmt: skip
    head = Headline("What to do if I’m not happy", look)
    following = _day(answers, "next_review_on")
    if following:
        large = ParagraphStyle("next", look.strong, fontSize=1.4 * look.strong.fontSize,
                               leading=1.5 * look.strong.leading)  # fmt: skip
        made += [look.gap(14), *paragraphs("My next review is by", look.quote_title)]
        made += paragraphs(following, large)
    return [CondPageBreak(height_of([head, *made])), head, *made]
