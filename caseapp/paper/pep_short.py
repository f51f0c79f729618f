"""The short prints of a Personal Education Plan: the child's own page, and the education summary."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from caseapp import words
from caseapp.education.school_rules import days_words
from caseapp.form import Form
from caseapp.paper.answers import texts
from caseapp.paper.drawn import WritingLines
from caseapp.paper.fonts import refuse_unprintable
from caseapp.paper.gap import Gap
from caseapp.paper.grid import Grid
from caseapp.paper.page import (
    ACCENT,
    SOFT,
    WIDTH,
    Heading,
    Headline,
    Look,
    document,
    look,
    paragraphs,
    scaled,
)
from caseapp.paper.parts import ROOM, Fact, facts, height, opening, quoted
from caseapp.paper.school_charts import AttendanceBars, attainment_grid, judged
from caseapp.paper.tables import Cell, table
from caseapp.pep_reading import (
    Subject,
    attendance_bars,
    rows_in_words,
    short,
    shown,
    subjects,
    suspended_sessions,
    was_excluded,
)

# isort: split
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepInFrame

_SIZES: Final = ((22, 260), (20, 260), (18, 260), (17, 260), (16, 260), (15, 260), (14, 260), (14, 120))
_SIZES_LARGE: Final = ((24, 260), (22, 260), (20, 260), (18, 260), (18, 160), (18, 90))
"""The size of the child's print in points, and how many letters of an answer it holds: what fits is taken."""
_MOST_TARGETS: Final = 6
_MOST_SUBJECTS: Final = 6
_DETAIL: Final = (
    (1.0, 420), (1.0, 300), (0.94, 300), (0.94, 220), (0.9, 220), (0.9, 160), (0.86, 160), (0.82, 110),
    (0.8, 60),
)  # fmt: skip
"""The size of the summary's print, and how many letters of a long answer it holds: the first that fits."""


# The child's own page


def child_pdf(form: Form, answers: Mapping[str, Any], heading: Heading) -> bytes:
    """Return the child's own page in large letters, two pages at most. Raises Unprintable."""
    refuse_unprintable([*heading.texts, *texts(form, form.sections, answers, ())])
    sizes = _SIZES_LARGE if heading.large else _SIZES
    tries = [_childs_story(form, answers, heading, size, most) for size, most in sizes]
    # Pages of large print may be two; so may those of a child who said much.
    room = 1.8 * ROOM if heading.large else ROOM
    return document(heading, next((each for each in tries if height(each) <= room), tries[-1]))


def _large(style: Look, size: float, *, strong: bool = False) -> ParagraphStyle:
    base = style.strong if strong else style.body
    return ParagraphStyle(f"own_{size}_{strong}", base, fontSize=size, leading=1.32 * size)


def _childs_story(
    form: Form, answers: Mapping[str, Any], heading: Heading, size: float, most: int
) -> list[Flowable]:
    style = look(large=False)
    title = ParagraphStyle("own_title", style.title, fontSize=1.6 * size, leading=1.95 * size)
    head = ParagraphStyle(
        "own_head", style.section, fontSize=1.08 * size, leading=1.4 * size, spaceBefore=0.75 * size,
        keepWithNext=1,
    )  # fmt: skip
    body, small = _large(style, size), _large(style, 0.78 * size)
    story = [
        *paragraphs(heading.title, title, way=0),
        *paragraphs(heading.subtitle, small, way=0),
        style.gap(0.5 * size),
    ]
    story.append(_good_at(answers, head, body, most))
    story += [*paragraphs(_targets_title(form, answers), head), style.gap(3)]
    story += _childs_targets(form, answers, body, small, most)
    story += [*paragraphs("My people: who helps me", head), style.gap(3)]
    story += _people(form, answers, body, small, most)
    return story + _next_time(answers, head, body)


def _good_at(answers: Mapping[str, Any], head: ParagraphStyle, body: ParagraphStyle, most: int) -> Flowable:
    """Return what the child is good at and likes, on a soft ground; room to write where nothing was said."""
    rows: list[list[Flowable]] = []
    heads: list[int] = []
    first = ParagraphStyle("own_first", head, spaceBefore=0)
    for title, key in (("What I am good at", "good_at"), ("What I like", "enjoys")):
        text = str(answers.get(key) or "").strip()
        if text:
            heads.append(len(rows))
            rows += [
                [part] for part in (*paragraphs(title, first), *paragraphs(quoted(short(text, most)), body))
            ]
    if not rows:
        large = look(large=True)
        room: list[Flowable] = [*paragraphs("What I am good at", first), WritingLines(3, large, WIDTH - 40)]
        rows = [[part] for part in room]
    inset = 0.8 * body.fontSize
    style = [
        ("BACKGROUND", (0, 0), (-1, -1), SOFT),
        ("BOX", (0, 0), (-1, -1), 1, ACCENT),
        ("LEFTPADDING", (0, 0), (-1, -1), inset),
        ("RIGHTPADDING", (0, 0), (-1, -1), inset),
        ("TOPPADDING", (0, 0), (-1, -1), 0.15 * body.fontSize),
        *(("TOPPADDING", (0, each), (0, each), 0.5 * body.fontSize) for each in heads),
        ("BOTTOMPADDING", (0, -1), (-1, -1), inset),
    ]
    return Grid(rows, colWidths=[WIDTH], style=style, corner=8)


def _targets_title(form: Form, answers: Mapping[str, Any]) -> str:
    count = len(rows_in_words(form, answers, "targets"))
    return {1: "My target", 2: "My two targets", 3: "My three targets"}.get(count, "My targets")


def _childs_targets(
    form: Form, answers: Mapping[str, Any], body: ParagraphStyle, small: ParagraphStyle, most: int
) -> list[Flowable]:
    """Return the targets, in the child's words where there are any, with who helps and until when."""
    rows = rows_in_words(form, answers, "targets")
    if not rows:
        return [WritingLines(3, look(large=True))]
    cells: list[list[Any]] = []
    for number, row in enumerate(rows[:_MOST_TARGETS], 1):
        own = row.get("own_words", "")
        text = quoted(short(own, most)) if own else short(row.get("what", ""), most)
        helped = f"{short(row['who'], 60)} helps me" if row.get("who") else ""
        by = f"by {row['by']}" if row.get("by") else ""
        more = ", ".join(part for part in (helped, by) if part)
        cells.append([paragraphs(f"{number}", body), [*paragraphs(text, body), *paragraphs(more, small)]])
    padding = [("BOTTOMPADDING", (0, 0), (-1, -1), 0.3 * body.fontSize)]
    made: list[Flowable] = [
        Grid(cells, colWidths=[1.7 * body.fontSize, WIDTH - 1.7 * body.fontSize], style=padding, reads="L")
    ]
    if len(rows) > _MOST_TARGETS:
        made += paragraphs(f"I have {len(rows)} targets. The others are in the long plan.", small)
    return made


def _people(
    form: Form, answers: Mapping[str, Any], body: ParagraphStyle, small: ParagraphStyle, most: int
) -> list[Flowable]:
    said = shown(form, answers)
    lead = "At my nursery" if answers.get("variant") == "early_years" else "At school"
    lead = {"post_16": "At college", "not_in_education": "At the virtual school"}.get(
        str(answers.get("variant") or ""), lead
    )
    given = (
        (lead, said.get("key_person", "") or said.get("teacher", "")),
        ("An adult I trust", said.get("trusted_adult", "")),
        ("At home", said.get("carers", "")),
        ("My social worker", said.get("worker", "")),
        ("My personal adviser", said.get("adviser", "")),
    )
    names: list[str] = []
    told = []
    for label, name in given:
        if name and name not in names:
            names.append(name)
            told.append((label, short(name, 80)))
    label_width = 0.36 * WIDTH
    rows = [[paragraphs(label, small), paragraphs(name, body)] for label, name in told]
    padding = [("BOTTOMPADDING", (0, 0), (-1, -1), 2), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    made: list[Flowable] = []
    if rows:
        made.append(Grid(rows, colWidths=[label_width, WIDTH - label_width], style=padding, reads="L"))
    helpers = str(answers.get("helpers") or "").strip()
    if not helpers:
        return made
    return [*made, Gap(1, 0.3 * body.fontSize), *paragraphs(quoted(short(helpers, most)), body)]


def _next_time(answers: Mapping[str, Any], head: ParagraphStyle, body: ParagraphStyle) -> list[Flowable]:
    following = words.stored_day(answers.get("next_on"))
    if not following:
        return []
    at = str(answers.get("next_at") or "").strip()
    when = words.long_day(following) + (f" at {short(at, 20)}" if at else "")
    return [*paragraphs("We meet again", head), *paragraphs(when, body)]


# The education summary


def summary_pdf(form: Form, answers: Mapping[str, Any], heading: Heading) -> bytes:
    """Return what a review or a new school needs on a page; large print may take more. Raises Unprintable."""
    refuse_unprintable([*heading.texts, *texts(form, form.sections, answers, ())])
    return document(heading, summary_story(form, answers, heading))


def summary_story(form: Form, answers: Mapping[str, Any], heading: Heading) -> list[Flowable]:
    """Return the education summary, in letters small enough for a page."""
    style = look(large=heading.large)
    if heading.large:
        return _summary_story(form, answers, heading, style, _DETAIL[0][1])
    story: list[Flowable] = []
    for share, most in _DETAIL:
        story = _summary_story(form, answers, heading, scaled(style, share), most)
        if height(story) <= ROOM:
            return story
    return [KeepInFrame(WIDTH, ROOM, story, mode="shrink", hAlign="LEFT")]


def _summary_story(
    form: Form, answers: Mapping[str, Any], heading: Heading, style: Look, most: int
) -> list[Flowable]:
    said = {key: short(text, most) for key, text in shown(form, answers).items()}
    story = opening(heading, style)
    story += _titled("School", _labelled(said, _SCHOOL, style), style)
    story += _titled("What helps", _labelled(said, _HELPS, style), style)
    story += _numbers(form, answers, style)
    story += _titled("Targets now", _targets_now(form, answers, style, most), style)
    return story + _titled("Coming next", _labelled(said, _NEXT, style), style)


_SCHOOL: Final = (
    ("year_group", "Year group"), ("key_stage", "Key stage"), ("hours_week", "Hours a week"),
    ("full_time", "Full time"), ("on_roll_on", "On roll since"), ("school_moves", "Moves, last 12 months"),
    ("sen_status", "SEN"), ("primary_need", "Main need"), ("ehcp_review_due_on", "EHC plan review due"),
    ("eet", "Occupation"), ("last_in_education_on", "Last in education"), ("tuition_hours", "Tuition a week"),
    ("allergies", "Allergies"), ("medical", "Medical"), ("medication", "Medication"),
)  # fmt: skip
_HELPS: Final = (
    ("helps_learn", "In the child’s words"), ("observed", "What was seen"), ("provision", "Support in place"),
    ("attendance_helps", "Being in school"), ("exam_access", "In examinations"),
    ("behaviour_plan", "Behaviour plan"),
)  # fmt: skip
_NEXT: Final = (
    ("change_type", "Planned change"), ("change_on", "When"), ("receiving", "Where to"),
    ("destination", "Hopes to go on to"),
)  # fmt: skip


def _titled(title: str, body: list[Flowable], style: Look) -> list[Flowable]:
    return [Headline(title, style), *body] if body else []


def _labelled(said: Mapping[str, str], questions: Sequence[tuple[str, str]], style: Look) -> list[Flowable]:
    told = [Fact(label, said[key]) for key, label in questions if said.get(key)]
    return facts(told, style, label_width=36 * mm)


def _numbers(form: Form, answers: Mapping[str, Any], style: Look) -> list[Flowable]:
    """Return attendance with suspensions beside progress."""
    bars, found = attendance_bars(answers)[-3:], subjects(form, answers)
    if style.is_large:
        grid = [attainment_grid(found, style)] if found else []
        drawn = [style.gap(5), AttendanceBars(bars, style)] if bars else []
        told = [*drawn, *paragraphs(_suspended(answers), style.body)]
        return [*_titled("Attendance", told, style), *_titled("Progress", grid, style)]
    half = 0.475 * WIDTH
    left: list[Flowable] = [Headline("Attendance", style), style.gap(5)]
    left += [AttendanceBars(bars, style), style.gap(3)] if bars else []
    left += paragraphs(_suspended(answers), style.body)
    right: list[Flowable] = [Headline("Progress", style), _progress(found, style)] if found else []
    if not (bars or found):
        return []
    return [style.gap(10), Grid([[left, "", right]], colWidths=[half, WIDTH - 2 * half, half])]


def _suspended(answers: Mapping[str, Any]) -> str:
    sessions = suspended_sessions(answers)
    told = f"Suspended this school year: {days_words(sessions)}." if sessions else "No suspensions this year."
    return told + (" Permanently excluded." if was_excluded(answers) else "")


def _progress(found: Sequence[Subject], style: Look) -> Flowable:
    kept = [each for each in found if each.judgement != "N" or each.grade] or list(found)
    told, rest = kept[:_MOST_SUBJECTS], len(kept) - _MOST_SUBJECTS
    is_graded = any(each.grade for each in told)
    rows: list[list[Cell]] = [
        [short(each.name, 40), *([short(each.grade, 24) or "–"] if is_graded else []), judged(each) or "–"]
        for each in told
    ]
    titles = ("Subject", *(("Grade",) if is_graded else ()), "For the age")
    shares = (0.48, 0.17, 0.35) if is_graded else (0.56, 0.44)
    if rest > 0:
        rows.append([f"and {rest} more", *[""] * (len(titles) - 1)])
    return table(titles, rows, style, shares=[0.475 * each for each in shares])


def _targets_now(form: Form, answers: Mapping[str, Any], style: Look, most: int) -> list[Flowable]:
    rows: list[list[Cell]] = [
        [short(row.get("what", ""), min(most, 200)), short(row.get("who", ""), 40), row.get("by", "")]
        for row in rows_in_words(form, answers, "targets")[:5]
    ]
    return [table(("Target", "Who helps", "By"), rows, style, shares=(0.66, 0.2, 0.14))] if rows else []


SHORT: Final[dict[str, Callable[[Form, Mapping[str, Any], Heading], bytes]]] = {
    "child": child_pdf,
    "summary": summary_pdf,
}
"""The short prints by edition."""
