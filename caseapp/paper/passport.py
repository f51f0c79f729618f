"""The care leaver's passport: one sheet to carry, with what somebody at a desk will ask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from caseapp import words
from caseapp.paper.fonts import refuse_unprintable
from caseapp.paper.grid import Grid, Held
from caseapp.paper.page import WIDTH, Heading, Headline, Look, document, look, paragraphs
from caseapp.paper.pathway_ends import PAGE_ROOM, PhotoSpace, height_of, resized
from caseapp.paper.pathway_parts import Balance, ticked
from caseapp.paper.tables import Cell, table

# isort: split
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepInFrame

_SIZES: Final = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75)
_HALF: Final = 0.475 * WIDTH
_PHOTO: Final = 40 * mm


class Passport(NamedTuple):
    """What the sheet says. Money is in pence, `papers` are (name, code, words); `told_by` names the plan."""

    about: tuple[tuple[str, str], ...]
    adviser: tuple[tuple[str, str], ...]
    papers: tuple[tuple[str, str, str], ...]
    health: tuple[tuple[str, str], ...]
    dates: tuple[tuple[str, str], ...]
    to_ring: tuple[tuple[str, str], ...]
    entitlements: tuple[str, ...]
    allowances: tuple[tuple[str, str], ...]
    granted: int = 0
    spent: int = 0
    told_by: str = ""

    @property
    def texts(self) -> list[tuple[str, str]]:
        """Return each text with the words that say where it stands."""
        pairs = (*self.about, *self.adviser, *self.health, *self.dates, *self.to_ring, *self.allowances)
        told = [(f"“{label}”", f"{label} {value}") for label, value in pairs]
        return [*told, ("the entitlements", " ".join(self.entitlements)), ("the plan", self.told_by)]


def passport_pdf(told: Passport, heading: Heading) -> bytes:
    """Return the sheet; large print may take more than one. Raises Unprintable."""
    refuse_unprintable([*heading.texts, *told.texts])
    if heading.large:
        return document(heading, _story(told, heading, look(large=True)))
    story: list[Flowable] = []
    for size in _SIZES:
        story = _story(told, heading, resized(look(large=False), size, as_large=False))
        if height_of(story) <= PAGE_ROOM:
            return document(heading, story)
    return document(heading, [KeepInFrame(WIDTH, PAGE_ROOM, story, mode="shrink", hAlign="LEFT")])


def _story(told: Passport, heading: Heading, style: Look) -> list[Flowable]:
    left = [
        *paragraphs(heading.title, style.title, way=0),
        *paragraphs(heading.subtitle, style.subtitle, way=0),
        style.gap(4),
    ]
    left += _pairs(told.about, style, WIDTH if style.is_large else WIDTH - _PHOTO)
    story: list[Flowable] = []
    if style.is_large:
        story += left
    else:
        row: list[list[Held]] = [[left, PhotoSpace(35 * mm, 45 * mm)]]
        story.append(
            Grid(row, colWidths=[WIDTH - _PHOTO, _PHOTO], style=[("ALIGN", (1, 0), (1, 0), "RIGHT")])
        )
    story += _columns(
        _titled("My personal adviser", told.adviser, style),
        _titled("Who I can ring", told.to_ring, style), style,
    )  # fmt: skip
    story += _columns(
        _headed("My papers", [_papers(told.papers, style)] if told.papers else [], style),
        [*_titled("Health", told.health, style), *_titled("Key dates", told.dates, style)], style,
    )  # fmt: skip
    story += _columns(
        _headed("What I am entitled to", _ticks(told.entitlements, style), style), _money(told, style), style
    )
    return [*story, style.gap(6), *paragraphs(told.told_by, style.note)]


def _columns(left: list[Flowable], right: list[Flowable], style: Look) -> list[Flowable]:
    if style.is_large or not (left and right):
        return [*left, *right]
    return [Grid([[left, "", right]], colWidths=[_HALF, WIDTH - 2 * _HALF, _HALF])]


def _headed(title: str, body: Sequence[Flowable], style: Look) -> list[Flowable]:
    return [style.gap(9), Headline(title, style, bookmark=False), style.gap(3), *body] if body else []


def _titled(title: str, pairs: Sequence[tuple[str, str]], style: Look) -> list[Flowable]:
    return _headed(title, _pairs(pairs, style, _side(style)), style)


def _side(style: Look) -> float:
    """Return the width of a column: large print has one."""
    return WIDTH if style.is_large else _HALF


def _pairs(pairs: Sequence[tuple[str, str]], style: Look, width: float) -> list[Flowable]:
    if not pairs:
        return []
    cells: list[list[Cell]] = [
        [paragraphs(label, style.muted), paragraphs(value, style.body)] for label, value in pairs
    ]
    padding = [("TOPPADDING", (0, 0), (-1, -1), 1.8), ("BOTTOMPADDING", (0, 0), (-1, -1), 1.8)]
    padding.append(("RIGHTPADDING", (0, 0), (0, -1), 6))
    return [Grid(cells, colWidths=[0.44 * width, 0.56 * width], style=padding, hAlign="LEFT", reads="L")]


def _papers(papers: Sequence[tuple[str, str, str]], style: Look) -> Flowable:
    width = _side(style)
    rows: list[list[Cell]] = [[name, ticked(code, said, style)] for name, code, said in papers]
    return table((), rows, style, shares=(0.68 * width / WIDTH, 0.32 * width / WIDTH))


def _ticks(lines: Sequence[str], style: Look) -> list[Flowable]:
    return [part for line in lines for part in paragraphs(f"✓  {line}", style.body)]


def _money(told: Passport, style: Look) -> list[Flowable]:
    body: list[Flowable] = []
    if told.granted:
        left = told.granted - told.spent
        sums = (
            ("Setting-up-home allowance", words.money(told.granted)),
            ("Spent so far", words.money(told.spent)),
            ("Left" if left >= 0 else "Overspent", words.money(abs(left))),
        )
        body += [*_pairs(sums, style, _side(style)), style.gap(3)]
        body += [Balance(told.spent, told.granted, style), style.gap(4)]
    body += _pairs(told.allowances, style, _side(style))
    return _headed("My money", body, style)
