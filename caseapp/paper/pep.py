"""The Personal Education Plan on paper: the child's words first, then the facts, then what is agreed.

Everything comes from the plan's own answers: a signed plan shows what was true when it was signed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from caseapp.form import Field, Form, Section, Text, filled_rows, is_empty
from caseapp.paper.answers import fields_story, texts
from caseapp.paper.fonts import refuse_unprintable
from caseapp.paper.page import Heading, Headline, document, look, paragraphs
from caseapp.paper.parts import ROOM, Fact, Quote, facts, height, kept, panel
from caseapp.paper.pep_front import front_page
from caseapp.paper.school_charts import AttendanceBars, SdqLines, attainment_grid, baseline_grid, sdq_table
from caseapp.paper.sheet import Sheet
from caseapp.paper.tables import table
from caseapp.pep_reading import (
    attendance_bars,
    baseline,
    called,
    rows_in_words,
    sdq_points,
    shown,
    subjects,
)

# isort: split
from dataclasses import replace

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, PageBreak

_SDQ: Final = "sdq_"
_WHO: Final = (("carer", "carers", "Carer"), ("worker", "worker", "Social worker"))
_TEACHER: Final = ("teacher", "teacher", "Designated teacher or lead")
_ADVISER: Final = ("adviser", "adviser", "Personal adviser")


def pep_pdf(form: Form, answers: Mapping[str, Any], heading: Heading) -> bytes:
    """Return the whole plan as a PDF. Raises Unprintable."""
    refuse_unprintable([*heading.texts, *texts(form, form.sections, answers, ())])
    style = look(large=heading.large)
    printed_on = heading.printed_at.date() if heading.printed_at else None
    sheet = Sheet(style, heading.is_draft, answers, form.dated(answers) or printed_on)
    front = front_page(form, answers, heading, style)
    # A row or two that the first page does not hold are no reason for an empty second one.
    story = [*front, PageBreak() if height(front) <= ROOM else style.gap(4)]
    for part in _parts(form, sheet):
        story += part
    if form.owner:
        story += [style.gap(8), *paragraphs(form.owner, style.note)]
    return document(heading, story)


def _parts(form: Form, sheet: Sheet) -> Iterable[list[Flowable]]:
    """Yield the parts in the order in which they are read."""
    left = {each.key: each for each in form.sections}
    for title, key, made in _ORDER:
        section = left.get(key)
        if section is None:
            continue
        shown_title, body = title or section.title, made(form, section, sheet)
        if body:
            yield kept([Headline(shown_title, sheet.look)], body, sheet.look)
    known = {key for _, key, _ in _ORDER}
    for section in form.sections:
        if section.key not in known:
            yield kept([Headline(section.title, sheet.look)], _plain(form, section, sheet), sheet.look)


def _asked(section: Section, sheet: Sheet) -> list[Field]:
    return section.asked(sheet.form_answers)


def _plain(_form: Form, section: Section, sheet: Sheet) -> list[Flowable]:
    return fields_story(_asked(section, sheet), sheet)


def _about_me(_form: Form, section: Section, sheet: Sheet) -> list[Flowable]:
    """Return the child's words in large letters, then how and when they were said."""
    answers, look = sheet.form_answers, sheet.look
    asked = _asked(section, sheet)
    own = [each for each in asked if isinstance(each, Text) and (each.quote or each.key == "observed")]
    said = [each for each in own if not is_empty(answers.get(each.key))]
    size = look.quote.fontSize * (1.0 if look.is_large else 1.12)
    large = replace(look, quote=ParagraphStyle("about_me", look.quote, fontSize=size))
    quotes = [Quote(each.label, _as_said(each, answers)) for each in said]
    story = panel(quotes, large) if quotes else []
    return story + fields_story([each for each in asked if each not in said], sheet)


def _as_said(field: Text, answers: Mapping[str, Any]) -> str:
    text = field.show(answers.get(field.key))
    return text if field.quote else f"‘{text}’" if text.startswith("‘") else text


def _who_was_there(form: Form, section: Section, sheet: Sheet) -> list[Flowable]:
    """Return when and where, and everybody who was invited with how they took part."""
    answers, look = sheet.form_answers, sheet.look
    asked = {each.key: each for each in _asked(section, sheet)}
    story = fields_story([asked[key] for key in ("met_on", "met_at", "met_where") if key in asked], sheet)
    rows = [row for row in _people(form, answers) if any(row[2:])]
    if rows:
        titles = ("Who", "Part", "How they took part", "")
        story.append(table(titles, rows, look, shares=(0.26, 0.3, 0.2, 0.24)))
    return story


def _people(form: Form, answers: Mapping[str, Any]) -> list[list[str]]:
    said = shown(form, answers)
    rows = [[said.get("name", "") or called(answers), "Child", said.get("child_there", ""), ""]]
    others = [*_WHO, _TEACHER, *([_ADVISER] if answers.get("variant") == "post_16" else [])]
    rows += [
        [said.get(name, "–"), part, said.get(f"{key}_there", ""), said.get(f"{key}_away", "")]
        for key, name, part in others
    ]
    for row in rows_in_words(form, answers, "attendees"):
        part = ", ".join(each for each in (row.get("role", ""), row.get("organisation", "")) if each)
        more = [
            f"{label}: {row[key].lower()}"
            for key, label in (("invited", "Invited"), ("gave_view", "View given"))
            if row.get(key)
        ]
        rows.append([row.get("name", ""), part or "–", row.get("attended", ""), ". ".join(more)])
    return rows


_THERE: Final = frozenset(
    {
        "met_on", "met_at", "met_where", "child_there", "attendees",
        *(f"{key}_{end}" for key in ("carer", "worker", "teacher") for end in ("there", "away")),
    }
)  # fmt: skip


def _actions(_form: Form, section: Section, sheet: Sheet) -> list[Flowable]:
    return fields_story([each for each in _asked(section, sheet) if each.key not in _THERE], sheet)


def _attendance(_form: Form, section: Section, sheet: Sheet) -> list[Flowable]:
    bars = attendance_bars(sheet.form_answers) if _asked(section, sheet) else []
    look = sheet.look
    drawn = [look.gap(6), AttendanceBars(bars, look, says=True), look.gap(4)] if bars else []
    return [*drawn, *_plain(_form, section, sheet)]


def _suspensions(_form: Form, section: Section, sheet: Sheet) -> list[Flowable]:
    asked = _asked(section, sheet)
    story = fields_story(asked, sheet)
    is_none = any(each.key == "suspensions" for each in asked) and not filled_rows(
        sheet.form_answers.get("suspensions")
    )
    if not is_none:
        return story
    told = "No suspension or exclusion is recorded this school year."
    return [*paragraphs(told, sheet.look.body), sheet.look.gap(3), *story]


def _progress(form: Form, section: Section, sheet: Sheet) -> list[Flowable]:
    answers, look = sheet.form_answers, sheet.look
    asked = _asked(section, sheet)
    now, then = subjects(form, answers), baseline(form, answers)
    has_grid = any(each.key == "attainment" for each in asked) and bool(now)
    drawn = {"attainment"} if has_grid else set()
    story = [attainment_grid(now, look), look.gap(9)] if has_grid else []
    comments = [Fact(each.name, each.comment) for each in now if each.comment] if has_grid else []
    if comments:
        story += kept(paragraphs("What the teachers say", look.strong), facts(comments, look), look)
    if then:
        drawn.add("baseline")
        label = paragraphs(_label(asked, "baseline"), look.strong)
        story += [look.gap(6), *kept(label, [baseline_grid(then, look)], look), look.gap(6)]
    return story + fields_story([each for each in asked if each.key not in drawn], sheet)


def _label(asked: Sequence[Field], key: str) -> str:
    return next((each.label for each in asked if each.key == key), "")


def _health(_form: Form, section: Section, sheet: Sheet) -> list[Flowable]:
    return fields_story([each for each in _asked(section, sheet) if not each.key.startswith(_SDQ)], sheet)


def _questionnaire(form: Form, section: Section, sheet: Sheet) -> list[Flowable]:
    """Return the totals over time, drawn and in a table, then the scores of the last questionnaire."""
    asked = [each for each in _asked(section, sheet) if each.key.startswith(_SDQ)]
    points = sdq_points(form, sheet.form_answers)
    look = sheet.look
    has_earlier = any(each.key == "sdq_earlier" for each in asked)
    if not has_earlier or not points:
        return fields_story(asked, sheet)
    drawn = [look.gap(6), SdqLines(points, look)] if len(points) > 1 else []
    earlier = filled_rows(sheet.form_answers.get("sdq_earlier"))
    is_whole = len(points) == len(earlier) + (sheet.form_answers.get("sdq_done") == "yes")
    rest = [each for each in asked if each.key != "sdq_earlier" or not is_whole]
    return [*drawn, look.gap(4), sdq_table(points, look), look.gap(6), *fields_story(rest, sheet)]


_Maker = Callable[[Form, Section, Sheet], list[Flowable]]
_ORDER: Final[tuple[tuple[str, str, _Maker], ...]] = (
    ("About me", "voice", _about_me),
    ("Who was there", "meeting", _who_was_there),
    ("", "about", _plain),
    ("", "care", _plain),
    ("", "school", _plain),
    ("", "early_years", _plain),
    ("", "special", _plain),
    ("", "post_16", _plain),
    ("", "not_in_education", _plain),
    ("", "schooling", _plain),
    ("", "sen", _plain),
    ("", "health", _health),
    ("", "attendance", _attendance),
    ("", "exclusions", _suspensions),
    ("", "progress", _progress),
    ("Strengths and Difficulties Questionnaire", "health", _questionnaire),
    ("", "last_term", _plain),
    ("", "new_targets", _plain),
    ("", "premium", _plain),
    ("", "enrichment", _plain),
    ("", "transition", _plain),
    ("", "careers", _plain),
    ("", "views", _plain),
    ("", "documents", _plain),
    ("Decisions and actions", "meeting", _actions),
    ("", "agreement", _plain),
)
"""(title, section, what makes it): health and the meeting are read in two places each."""
