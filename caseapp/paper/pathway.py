"""The pathway plan on paper: a cover, the young person's words, each part of life, then what was agreed.

Everything comes from the plan's own answers, so that a signed plan shows what was true when it was signed.
A question that no part knows is printed as any other: plans on older forms stay whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from caseapp.form import Field, Form, Section, Text, is_empty
from caseapp.paper import pathway_parts as parts
from caseapp.paper.answers import fields_story, texts
from caseapp.paper.fonts import refuse_unprintable
from caseapp.paper.page import Heading, Headline, document, look, paragraphs
from caseapp.paper.parts import Quote, kept, panel
from caseapp.paper.pathway_ends import action_page, agreement, contingency, cover, not_happy
from caseapp.paper.sheet import Sheet

# isort: split
from dataclasses import replace

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, PageBreak

_WORDS: Final = ("about_me", "views")
_ENDS: Final = ("contingency", "actions", "agreement")
_ORDER: Final = (
    "the_plan", "my_details", "needs", "home", "suitable", "work", "health", "money", "identity", "family",
    "skills", "safety", "support",
)  # fmt: skip


def pathway_pdf(
    form: Form, answers: Mapping[str, Any], heading: Heading, *, left_out: Sequence[str] = ()
) -> bytes:
    """Return the whole plan as a PDF; `left_out` names the parts that this copy lacks. Raises Unprintable."""
    refuse_unprintable([*heading.texts, *texts(form, form.sections, answers, ())])
    return document(heading, pathway_story(form, answers, heading, left_out=left_out))


def pathway_story(
    form: Form, answers: Mapping[str, Any], heading: Heading, *, left_out: Sequence[str] = ()
) -> list[Flowable]:
    """Return the parts of the whole plan, cover first."""
    style = look(large=heading.large)
    printed_on = heading.printed_at.date() if heading.printed_at else None
    sheet = Sheet(style, heading.is_draft, answers, form.dated(answers) or printed_on)
    by_key = {each.key: each for each in form.sections}
    asked = [each for section in _in_order(form) for each in section.asked(answers)]
    lines = parts.numbered(asked, sheet)
    story = [*cover(form, answers, heading, style, left_out), PageBreak()]
    story += _my_words([by_key[key] for key in _WORDS if key in by_key], sheet)
    for section in _in_order(form):
        if section.key not in (*_WORDS, *_ENDS):
            story += _part(section, lines, sheet)
    story += contingency(by_key.get("contingency"), answers, sheet)
    story += action_page(form, by_key.get("actions"), lines, sheet)
    story += agreement(by_key.get("agreement"), sheet)
    story += not_happy(answers, style)
    if form.owner:
        story += [style.gap(8), *paragraphs(form.owner, style.note)]
    return story


def _in_order(form: Form) -> Iterator[Section]:
    """Yield the sections as they are read; those that the order does not know come before the ends."""
    by_key = {each.key: each for each in form.sections}
    known = (*_WORDS, *_ORDER, *_ENDS)
    unknown = [each.key for each in form.sections if each.key not in known]
    for key in (*_WORDS, *_ORDER, *unknown, *_ENDS):
        if key in by_key:
            yield by_key[key]


def _my_words(sections: Sequence[Section], sheet: Sheet) -> list[Flowable]:
    """Return what the young person says, in large letters on a page of its own; then what others say."""
    answers, style = sheet.form_answers, sheet.look
    asked = [each for section in sections for each in section.asked(answers)]
    said = [each for each in asked if _is_own(each) and not is_empty(answers.get(each.key))]
    size = style.quote.fontSize * (1.0 if style.is_large else 1.04)
    large = replace(style, quote=ParagraphStyle("my_words", style.quote, fontSize=size))
    quotes = [Quote(each.label, each.show(answers[each.key])) for each in said]
    rest = fields_story([each for each in asked if each not in said], sheet)
    body = [*(panel(quotes, large) if quotes else []), *rest]
    return kept([Headline("My words", style)], body, style) if body else []


def _is_own(field: Field) -> bool:
    return isinstance(field, Text) and field.quote


def _part(section: Section, lines: parts.Numbered, sheet: Sheet) -> list[Flowable]:
    """Return a part of the plan: its facts, its own checklists, the scores, the actions."""
    asked = section.asked(sheet.form_answers)
    ends = parts.talked_over_keys(section)
    facts = [each for each in asked if each.key not in ends]
    story: list[Flowable] = []
    after: list[Flowable] = []
    for drawn, is_first in _DRAWN.get(section.key, ()):
        made, done = drawn(facts, sheet)
        facts = [each for each in facts if each.key not in done]
        if is_first:
            story += made
        else:
            after += made
    story += [*fields_story(facts, sheet), *after]
    if ends:
        story += parts.talked_over(section, asked, lines, sheet)
    return kept([Headline(section.title, sheet.look)], story, sheet.look) if story else []


_Drawn = Callable[[Sequence[Field], Sheet], tuple[list[Flowable], frozenset[str]]]
_DRAWN: Final[Mapping[str, tuple[tuple[_Drawn, bool], ...]]] = {
    "suitable": ((parts.judged, True), (parts.suitability, True)),
    "money": ((parts.setting_up, True), (parts.month, True), (parts.documents, False)),
    "skills": ((parts.skills, True),),
}
"""What a section draws in its own way, and whether it stands before the other answers."""
