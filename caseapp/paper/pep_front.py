"""The first page of a Personal Education Plan: whose it is, what the child says, what is agreed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from caseapp import words
from caseapp.form import Form, filled_rows
from caseapp.paper import fonts
from caseapp.paper.drawn import Chip
from caseapp.paper.grid import Grid, Held
from caseapp.paper.page import ACCENT, MUTED, SOFT, WIDTH, Heading, Headline, Look, paragraphs
from caseapp.paper.parts import Fact, facts, kept, notice, quoted
from caseapp.paper.school_charts import AttendanceBars, judged, moved
from caseapp.paper.sheet import tone
from caseapp.paper.tables import Cell, table
from caseapp.paper.tags import Drawn
from caseapp.pep_reading import (
    attendance_bars,
    called,
    first_sentence,
    rows_in_words,
    short,
    shown,
    subjects,
)

# isort: split
from reportlab.lib.units import mm
from reportlab.platypus import Flowable

_CAME: Final = {
    "all": "came to the meeting", "part": "came to part of the meeting", "views": "sent views to the meeting",
    "chose_not": "chose not to come to the meeting", "not_asked": "was not invited to the meeting",
}  # fmt: skip
_SAID: Final = ("enjoys", "hard", "hopes_year", "wants_changed", "good_at")
_MOST_SAID, _MOST_SUBJECTS, _MOST_BARS, _MOST_CELL = 3, 6, 4, 190


class PhotoSpace(Drawn):
    """A frame in which a photograph of the child may be stuck."""

    kind = "P"

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return its size."""
        self.width, self.height = 17 * mm, 21 * mm
        return self.width, self.height

    def draw(self) -> None:
        """Draw the frame."""
        self.canv.setStrokeColor(MUTED)
        self.canv.setLineWidth(0.5)
        self.canv.setDash(2, 2)
        self.canv.roundRect(0, 0, self.width, self.height, 3, stroke=1, fill=0)
        self.canv.setDash()
        self.canv.setFillColor(MUTED)
        fonts.draw_text(self.canv, self.width / 2, 4, "Photo", fonts.REGULAR, 7.5, align=0.5)


def front_page(form: Form, answers: Mapping[str, Any], heading: Heading, look: Look) -> list[Flowable]:
    """Return the parts of the first page."""
    story = _title(heading, look)
    told = [Fact(label, value) for label, value in front_facts(form, answers)]
    story += [look.gap(1), *facts(told, look, label_width=33 * mm), look.gap(5)]
    if heading.notice:
        story += notice(heading.notice_title, heading.notice, look)
    story += what_is_said(form, answers, look)
    story += _last_targets(form, answers, look)
    story += _attendance_and_progress(form, answers, look)
    return story + _agreed(form, answers, look)


def _title(heading: Heading, look: Look) -> list[Flowable]:
    cells = [
        [*paragraphs(heading.title, look.title, way=0), *paragraphs(heading.subtitle, look.subtitle, way=0)]
    ]
    row: list[list[Held]] = [[cells[0], PhotoSpace()]]
    style = [("ALIGN", (1, 0), (1, 0), "RIGHT")]
    return [Grid(row, colWidths=[WIDTH - 22 * mm, 22 * mm], style=style)]


def front_facts(form: Form, answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what the top of a plan says, as it was when the plan was signed."""
    said = shown(form, answers)
    met, following = words.stored_day(answers.get("met_on")), words.stored_day(answers.get("next_on"))
    given = (
        ("Meeting", words.long_day(met) if met else said.get("met_on", "not held yet")),
        ("Social worker", said.get("worker", "")),
        ("Next PEP", words.long_day(following) if following else said.get("next_on", "")),
        ("Carers", said.get("carers", "")),
        ("School", said.get("school", "") or said.get("applied_school", "")),
        ("Designated teacher", said.get("teacher", "")),
        ("Legal status", said.get("legal_status", "")),
    )
    return [(label, short(value, 90)) for label, value in given if value]


def what_is_said(form: Form, answers: Mapping[str, Any], look: Look) -> list[Flowable]:
    """Return some of the child's own words on a soft ground, with when and how they were said."""
    text, is_quote = _words_of(answers)
    if not text:
        return []
    inset = 13 * look.scale
    name = called(answers) or "the child"
    inside = [
        *paragraphs(f"What {name} says" if is_quote else f"{name}’s voice", look.quote_title),
        *paragraphs(quoted(text) if is_quote else text, look.quote, piece=700),
        *paragraphs(_told(form, answers), look.muted),
    ]
    style = [
        ("BACKGROUND", (0, 0), (-1, -1), SOFT),
        ("LINEBEFORE", (0, 0), (0, -1), 2.2, ACCENT),
        ("LEFTPADDING", (0, 0), (-1, -1), inset),
        ("RIGHTPADDING", (0, 0), (-1, -1), inset),
        ("TOPPADDING", (0, 0), (-1, 0), inset - 3),
        ("BOTTOMPADDING", (0, -1), (-1, -1), inset - 1),
    ]
    return [Grid([[part] for part in inside], colWidths=[WIDTH], style=style), look.gap(2)]


def _words_of(answers: Mapping[str, Any]) -> tuple[str, bool]:
    """Return words for the first page, and whether they are the child's own."""
    name = called(answers) or "The child"
    method = answers.get("voice_method")
    if method == "refused":
        asked, again = (words.stored_day(answers.get(key)) for key in ("refused_on", "ask_again_on"))
        on = f" on {words.long_day(asked)}" if asked else ""
        more = f" Somebody asks again on {words.long_day(again)}." if again else ""
        return f"{name} was asked{on} and did not wish to share views.{more}", False
    if method == "watched":
        return short(str(answers.get("observed") or ""), 420), False
    said = [first_sentence(text) for key in _SAID if (text := str(answers.get(key) or "").strip())]
    return " … ".join(said[:_MOST_SAID]), True


def _told(form: Form, answers: Mapping[str, Any]) -> str:
    on, helper = words.stored_day(answers.get("voice_on")), short(str(answers.get("voice_helper") or ""), 80)
    start = "Seen by" if answers.get("voice_method") == "watched" else "Told to"
    told = f"{start} {helper}" if helper else ""
    when = words.long_day(on) if on else ""
    parts = [", ".join(part for part in (told, when) if part)]
    came = _CAME.get(str(answers.get("child_there") or ""))
    parts += [f"{called(answers)} {came}"] if came else []
    return " ".join(f"{part}." for part in parts if part)


def _last_targets(form: Form, answers: Mapping[str, Any], look: Look) -> list[Flowable]:
    codes = filled_rows(answers.get("last_targets"))
    rows: list[list[Cell]] = [
        [
            short(row.get("what", ""), _MOST_CELL),
            short(row.get("evidence", ""), _MOST_CELL) or "–",
            Chip(row["outcome"], tone(str(code.get("outcome"))), look) if row.get("outcome") else "–",
        ]
        for row, code in zip(rows_in_words(form, answers, "last_targets"), codes, strict=True)
    ]
    if not rows:
        return []
    body = [table(("Target", "What happened", "Result"), rows, look, shares=(0.4, 0.38, 0.22))]
    return kept([Headline("How the last targets went", look, bookmark=False)], body, look)


def _attendance_and_progress(form: Form, answers: Mapping[str, Any], look: Look) -> list[Flowable]:
    bars = attendance_bars(answers)[-_MOST_BARS:]
    has_both = bool(bars and subjects(form, answers)) and not look.is_large
    # Words about progress are longer than the names of terms.
    ours, half = (0.42 * WIDTH, 0.54 * WIDTH) if has_both else (WIDTH, WIDTH)
    left = [Headline("Attendance", look, bookmark=False), look.gap(6), AttendanceBars(bars, look)]
    right = [Headline("Progress", look, bookmark=False), _progress(form, answers, half / WIDTH, look)]
    if has_both:
        row = Grid([[left, "", right]], colWidths=[ours, WIDTH - ours - half, half])
        return [look.gap(12), row]
    parts = [*([left] if bars else []), *([right] if subjects(form, answers) else [])]
    return [each for part in parts for each in kept(part[:1], part[1:], look)]


def _progress(form: Form, answers: Mapping[str, Any], share: float, look: Look) -> Flowable:
    found = subjects(form, answers)
    found = [each for each in found if each.judgement != "N" or each.grade] or found
    told, rest = found[:_MOST_SUBJECTS], len(found) - _MOST_SUBJECTS
    titles: tuple[str, ...] = ("Subject", "For the age", "Since last plan")
    shares: tuple[float, ...] = (0.27, 0.34, 0.39)
    rows: list[list[Cell]] = [
        [short(each.name, 60), judged(each) or "–", moved(each.progress, each.progress_words) or "–"]
        for each in told
    ]
    if any(each.grade for each in found):
        titles, shares = ("Subject", "Grade", "Target", "For the age"), (0.36, 0.16, 0.16, 0.32)
        rows = [
            [short(each.name, 60), short(each.grade, 24) or "–", short(each.aim_grade, 24) or "–",
             judged(each) or "–"]
            for each in told
        ]  # fmt: skip
    if rest > 0:
        rows.append([f"and {rest} more", *[""] * (len(titles) - 1)])
    return table(titles, rows, look, shares=[share * each for each in shares])


def _agreed(form: Form, answers: Mapping[str, Any], look: Look) -> list[Flowable]:
    rows: list[list[Cell]] = []
    for number, row in enumerate(rows_in_words(form, answers, "targets"), 1):
        about = row.get("category", "")
        what = short(f"{about}: {row.get('what', '')}" if about else row.get("what", ""), _MOST_CELL)
        known_by = [f"We will know: {short(row['success'], _MOST_CELL)}"] if row.get("success") else []
        cell = [*paragraphs(what, look.body), *paragraphs("\n".join(known_by), look.note)]
        rows.append([
            row.get("no") or str(number), cell, short(row.get("who", ""), 60), row.get("by", ""),
            row.get("cost") or "–",
        ])  # fmt: skip
    if not rows:
        return []
    titles = ("", "Target, and how we will know", "Who helps", "By", "Cost")
    body = [table(titles, rows, look, right={4}, shares=(0.05, 0.53, 0.18, 0.13, 0.11))]
    return kept([Headline("What we agreed", look, bookmark=False)], body, look)
