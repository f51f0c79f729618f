"""What only a pathway plan has on paper: two scores, checklists with ticks, the month's money, balances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from caseapp import words
from caseapp.form import Field, Rows, Score, Section, filled_rows, is_empty
from caseapp.form_parts import pathway_lists as lists
from caseapp.paper import actions, fonts
from caseapp.paper.actions import ActionLine, action_table
from caseapp.paper.answers import fields_story
from caseapp.paper.drawn import Chip, ScoreBar
from caseapp.paper.grid import Grid
from caseapp.paper.page import ACCENT, INK, MUTED, SOFT, WIDTH, Look, paragraphs
from caseapp.paper.parts import Fact, Quote, facts, kept, panel
from caseapp.paper.sheet import Sheet, answer_of, tone
from caseapp.paper.tables import Cell, table
from caseapp.paper.tags import Drawn

# isort: split
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable

_MINE: Final = "_my_score"
_TICKS: Final = {"yes": "✓", "have": "✓", "partly": "–", "help": "–", "applied": "–", "no": "✗"}
_TICK_TONES: Final = {"yes": "green", "have": "green", "partly": "amber", "help": "amber", "applied": "amber",
                      "no": "red"}  # fmt: skip
_POINT: Final = "suitable_"
_IN: Final = ("in_wages", "in_benefits", "in_council", "in_other")
_OUT: Final = ("out_rent", "out_energy", "out_food", "out_travel", "out_phone", "out_debts", "out_other")
_SUMS: Final = ("budget_in", "budget_out", "budget_left")
_SETTING_UP: Final = ("setting_up_limit", "setting_up_spent", "setting_up_left")

Numbered = Mapping[str, Sequence[ActionLine]]
"""The plan's actions by their question, each with its number."""


def numbered(asked: Sequence[Field], sheet: Sheet) -> dict[str, list[ActionLine]]:
    """Return all actions by their question; those without a number of their own get one after the other."""
    found: dict[str, list[ActionLine]] = {}
    count = 0
    for each in asked:
        if not isinstance(each, Rows) or not each.actions:
            continue
        rows = filled_rows(sheet.form_answers.get(each.key))
        made = actions.action_lines(each, rows, sheet) if _has_parts(each) else []
        for line in made:
            count += 1
            found.setdefault(each.key, []).append(line if line.no else line._replace(no=str(count)))
    return found


def _has_parts(field: Rows) -> bool:
    return {each.key for each in field.fields} >= actions.KEYS - {"no"}


# What ends each part


def talked_over(section: Section, asked: Sequence[Field], lines: Numbered, sheet: Sheet) -> list[Flowable]:
    """Return scores, what works and what does not, what is wanted, the actions, and what if it fails."""
    part = part_of(section)
    by_key = {each.key: each for each in asked}
    look = sheet.look
    story = scores(part, by_key, sheet)
    story += _both_sides(part, by_key, sheet)
    want = _said(by_key.get(f"{part}_want"), sheet)
    story += panel([Quote(by_key[f"{part}_want"].label, want)], look) if want else []
    story += _actions(by_key.get(f"{part}_actions"), lines, sheet)
    fails = _said(by_key.get(f"{part}_contingency"), sheet)
    return story + (facts([Fact(by_key[f"{part}_contingency"].label, fails)], look) if fails else [])


def part_of(section: Section) -> str:
    """Return the key of a part of life that is scored twice; nothing for other sections."""
    keys = [each.key for each in section.fields if isinstance(each, Score) and each.key.endswith(_MINE)]
    return keys[0].removesuffix(_MINE) if keys else ""


def talked_over_keys(section: Section) -> frozenset[str]:
    """Return the questions that end a part."""
    part = part_of(section)
    ends = ("working", "not_working", "my_score", "worker_score", "want", "actions", "contingency")
    return frozenset(f"{part}_{end}" for end in ends) if part else frozenset()


def scores(part: str, asked: Mapping[str, Field], sheet: Sheet) -> list[Flowable]:
    """Return the two scores in a line, drawn small with their numbers; nothing if neither was given."""
    look = sheet.look
    told = [_score(asked.get(key), sheet) for key in (f"{part}{_MINE}", f"{part}_worker_score")]
    if not any(told):
        return []
    cells: list[list[Flowable]] = []
    for found, label in zip(told, ("My score", "My worker’s score"), strict=True):
        drawn: list[Flowable] = [found] if found else paragraphs("No score given", look.muted)
        cells += [paragraphs(label, look.strong), drawn]
    shares: tuple[float, ...] = (0.13, 0.33, 0.21, 0.33)
    grid: list[list[list[Flowable]]] = [cells]
    if look.is_large:
        grid, shares = [cells[:2], cells[2:]], (0.42, 0.58)
    inset = 5 * look.scale
    style = [
        ("BACKGROUND", (0, 0), (-1, -1), SOFT), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("TOPPADDING", (0, 0), (-1, -1), inset), ("BOTTOMPADDING", (0, 0), (-1, -1), inset),
        ("LEFTPADDING", (0, 0), (0, -1), 9), ("RIGHTPADDING", (-1, 0), (-1, -1), 9),
        *([] if look.is_large else [("RIGHTPADDING", (1, 0), (1, 0), 18)]),
    ]  # fmt: skip
    widths = [share * WIDTH for share in shares]
    strip = Grid(grid, colWidths=widths, style=style, corner=5)
    return [look.gap(6), strip, look.gap(5)]


def _score(field: Field | None, sheet: Sheet) -> Flowable | None:
    answer = sheet.form_answers.get(field.key) if field else None
    if not isinstance(field, Score) or not isinstance(answer, int) or not field.low <= answer <= field.high:
        return None
    return ScoreBar(answer, field.low, field.high, sheet.look)


def _both_sides(part: str, asked: Mapping[str, Field], sheet: Sheet) -> list[Flowable]:
    """Return what works beside what does not."""
    fields = [each for key in ("working", "not_working") if (each := asked.get(f"{part}_{key}"))]
    told = [(each.label, said) for each in fields if (said := _said(each, sheet))]
    if not told:
        return []
    look = sheet.look
    if look.is_large or len(told) == 1:
        return facts([Fact(label, said) for label, said in told], look)
    return [table([label for label, _ in told], [[said for _, said in told]], look, shares=(0.5, 0.5))]


def _actions(field: Field | None, lines: Numbered, sheet: Sheet) -> list[Flowable]:
    if field is None:
        return []
    if not lines.get(field.key):
        return fields_story([field], sheet)
    head = paragraphs(field.label, sheet.look.strong)
    made = [action_table(lines[field.key], sheet.look)]
    return [sheet.look.gap(5), *kept(head, made, sheet.look), sheet.look.gap(5)]


def _said(field: Field | None, sheet: Sheet) -> str:
    if field is None:
        return ""
    answer = answer_of(field, sheet.form_answers)
    return "" if is_empty(answer) else field.show(answer).strip()


# Checklists


def ticked(answer: Any, shown: str, look: Look) -> Flowable:
    """Return how far a point is: a sign and words, in a colour that repeats them."""
    code = str(answer)
    return Chip(f"{_TICKS.get(code, '')} {shown}".strip(), _TICK_TONES.get(code, "grey"), look)


def suitability(asked: Sequence[Field], sheet: Sheet) -> tuple[list[Flowable], frozenset[str]]:
    """Return the checklist of Schedule 2 as a table, and which questions it has answered."""
    by_key, answers, look = {each.key: each for each in asked}, sheet.form_answers, sheet.look
    rows: list[list[Cell]] = []
    done: set[str] = set()
    for point, _ in lists.SUITABILITY_POINTS:
        field, why = by_key.get(f"{_POINT}{point}"), by_key.get(f"{_POINT}{point}_why")
        if field is None or is_empty(answers.get(field.key)):
            continue
        missing = _said(why, sheet)
        done |= {field.key, f"{_POINT}{point}_why"} if missing or not _lacks(why, sheet) else {field.key}
        about = [*paragraphs(field.label, look.body), *paragraphs(missing, look.note)]
        rows.append([about, ticked(answers[field.key], field.show(answers[field.key]), look)])
    if not rows:
        return [], frozenset()
    shares = (0.7, 0.3) if look.is_large else (0.84, 0.16)
    made = [table(("What was looked at, and what is missing", "Is it so?"), rows, look, shares=shares)]
    return [*made, look.gap(6)], frozenset(done)


def _lacks(field: Field | None, sheet: Sheet) -> bool:
    """Return whether a draft still owes an answer, which is then shown as not answered."""
    return field is not None and sheet.is_draft


def skills(asked: Sequence[Field], sheet: Sheet) -> tuple[list[Flowable], frozenset[str]]:
    """Return the skills as a table: what, how far, by when; and which questions it has answered."""
    by_key, answers, look = {each.key: each for each in asked}, sheet.form_answers, sheet.look
    rows: list[list[Cell]] = []
    done: set[str] = set()
    for key in [each.key for each in asked if each.key.startswith("skill_") and not each.key.endswith("_by")]:
        if is_empty(answers.get(key)):
            continue
        by = _said(by_key.get(f"{key}_by"), sheet)
        rows.append(
            [by_key[key].label, ticked(answers[key], by_key[key].show(answers[key]), look), by or "–"]
        )
        done |= {key, f"{key}_by"}
    if not rows:
        return [], frozenset()
    shares = (0.48, 0.32, 0.2) if look.is_large else (0.6, 0.24, 0.16)
    return [table(("Skill", "Where I am", "By when"), rows, look, shares=shares)], frozenset(done)


def documents(asked: Sequence[Field], sheet: Sheet) -> tuple[list[Flowable], frozenset[str]]:
    """Return the papers with a tick each, and which questions that answers."""
    answers, look = sheet.form_answers, sheet.look
    told = [
        each for each in asked if each.key.startswith("document_") and not is_empty(answers.get(each.key))
    ]
    if not told:
        return [], frozenset()
    rows: list[list[Cell]] = [
        [each.label, ticked(answers[each.key], each.show(answers[each.key]), look)] for each in told
    ]
    made = table(("My papers", "Do I have it?"), rows, look, shares=(0.7, 0.3))
    return [look.gap(5), made, look.gap(5)], frozenset(each.key for each in told)


# Money


def month(asked: Sequence[Field], sheet: Sheet) -> tuple[list[Flowable], frozenset[str]]:
    """Return what comes in and goes out a month, with sums; and which questions that answers."""
    by_key, look = {each.key: each for each in asked}, sheet.look
    came = [(each, said) for key in _IN if (each := by_key.get(key)) and (said := _said(each, sheet))]
    went = [(each, said) for key in _OUT if (each := by_key.get(key)) and (said := _said(each, sheet))]
    if look.is_large or not came or not went:
        return [], frozenset()
    sums = {key: said for key in _SUMS if (said := _said(by_key.get(key), sheet))}
    rows: list[list[Cell]] = [
        [*_line(came, at), "", *_line(went, at)] for at in range(max(len(came), len(went)))
    ]
    if "budget_in" in sums and "budget_out" in sums:
        total = [paragraphs(text, look.strong) for text in ("Together", "Together")]
        strong = ParagraphStyle("sum", look.strong, alignment=2)
        rows.append([
            total[0], paragraphs(sums["budget_in"], strong), "",
            total[1], paragraphs(sums["budget_out"], strong),
        ])  # fmt: skip
    titles = ("Comes in a month", "", "", "Goes out a month", "")
    sides = table(titles, rows, look, right={1, 4}, shares=(0.3, 0.14, 0.05, 0.37, 0.14))
    made: list[Flowable] = [
        CondPageBreak(sides.wrap(WIDTH, 10_000)[1]),
        sides,
        *facts(
            [Fact(by_key["budget_left"].label, sums["budget_left"])] if "budget_left" in sums else [], look
        ),
    ]
    used = {each.key for each, _ in (*came, *went)}
    shown = {"budget_left"} | ({"budget_in", "budget_out"} if len(sums) > 1 else set())
    return [look.gap(4), *made, look.gap(4)], frozenset(used | (shown & sums.keys()))


def _line(told: Sequence[tuple[Field, str]], at: int) -> list[Cell]:
    if at >= len(told):
        return ["", ""]
    label = told[at][0].label.partition(": ")[2] or told[at][0].label
    return [label[:1].upper() + label[1:], told[at][1]]


class Balance(Drawn):
    """A sum that was granted as a bar: what is spent is filled, what is left is open."""

    def __init__(self, spent: int, limit: int, look: Look) -> None:
        super().__init__()
        self._share, self._look = min(1.0, max(0.0, spent / limit)), look

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return its size."""
        self.width, self.height = min(width, WIDTH), 9 * self._look.scale
        return self.width, self.height

    def draw(self) -> None:
        """Draw the frame and what is filled of it."""
        self.canv.setStrokeColor(ACCENT)
        self.canv.setLineWidth(0.9)
        self.canv.setFillColor(ACCENT)
        if self._share:
            self.canv.rect(0, 0, self._share * self.width, self.height, stroke=0, fill=1)
        self.canv.rect(0, 0, self.width, self.height, stroke=1, fill=0)


def setting_up(asked: Sequence[Field], sheet: Sheet) -> tuple[list[Flowable], frozenset[str]]:
    """Return the setting-up-home allowance: granted, spent and left in large figures over a bar."""
    by_key, answers, look = {each.key: each for each in asked}, sheet.form_answers, sheet.look
    limit, spent = answers.get("setting_up_limit"), answers.get("setting_up_spent")
    if (
        not all(key in by_key for key in _SETTING_UP)
        or not isinstance(limit, int)
        or not isinstance(spent, int)
    ):
        return [], frozenset()
    left = limit - spent
    told = [("Allowance", limit), ("Spent", spent), ("Left", left) if left >= 0 else ("Overspent", -left)]
    figure = ParagraphStyle("figure", look.strong, fontName=fonts.BOLD, fontSize=14 * look.scale,
                            leading=18 * look.scale, textColor=INK)  # fmt: skip
    label = ParagraphStyle("figure_label", look.note, textColor=MUTED)
    cells = [[*paragraphs(name, label), *paragraphs(words.money(pence), figure)] for name, pence in told]
    row = Grid([cells], colWidths=[WIDTH / 3] * 3)
    bar: list[Flowable] = [look.gap(3), Balance(spent, limit, look)] if limit > 0 else []
    head = paragraphs("My setting-up-home allowance", look.strong)
    return [look.gap(7), *kept(head, [row, *bar, look.gap(7)], look)], frozenset(_SETTING_UP)


def judged(asked: Sequence[Field], sheet: Sheet) -> tuple[list[Flowable], frozenset[str]]:
    """Return whether the home is suitable, in a word that stands out."""
    field = next((each for each in asked if each.key == "suitability"), None)
    answer = sheet.form_answers.get("suitability")
    if field is None or is_empty(answer):
        return [], frozenset()
    sign = {"1": "yes", "2": "no"}.get(str(answer), "")
    chip = Chip(f"{_TICKS.get(sign, '')} {field.show(answer)}".strip(), tone(sign), sheet.look)
    return facts([Fact(field.label, drawn=chip)], sheet.look), frozenset({"suitability"})
