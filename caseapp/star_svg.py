"""A star as an SVG file: the wheel (or bars), its legend, its numbers and its owner's words."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from typing import Final
from xml.sax.saxutils import escape

from caseapp import star_geometry as geometry
from caseapp.star_picture import Line, Picture, Stroke, description, strokes, table

WIDTH: Final = 760
_MARGIN: Final = 32
_RADIUS: Final = 190.0
_GAP: Final = 12
_ROW: Final = 22
_PITCH: Final = 24  # of bars
_INK, _MUTED, _LINE, _PAPER = "#1D2A2C", "#56656A", "#DADFDC", "#FFFFFF"
# Each differs from the others in grey too.
_INKS: Final = {"latest": "#0B5F66", "first": "#76858A", "between": "#1F4E8C", "other": "#7E4A00"}
FAMILIES: Final = "'Source Sans 3', 'Segoe UI', Arial, sans-serif"
"""The letters of a drawing: ours first, then what readers have."""
_ANCHORS: Final = {-1: "start", 0: "middle", 1: "end"}
_NOT_XML: Final = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
_SENTENCE_LETTERS: Final = 104


def svg(picture: Picture) -> str:
    """Return the picture as the text of an SVG file: greyscale safe, told in words in `title` and `desc`."""
    body: list[str] = []
    y = _opening(picture, body)
    y = _wheel(picture, body, y) if len(picture.areas) > 2 else _bars(picture, body, y)
    y = _legend(picture, body, y)
    y = _numbers(picture, body, y)
    height = round(_foot(picture, body, y))
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="title desc" '
        f'xml:lang="en-GB" font-family="{FAMILIES}" font-size="14">'
    )
    named = [
        f'<title id="title">{_safe(f"{picture.title}, {picture.identity}")}</title>',
        f'<desc id="desc">{_safe(description(picture))}</desc>',
        f'<rect width="{WIDTH}" height="{height}" fill="{_PAPER}"/>',
    ]
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', head, *named, *body, "</svg>", ""])


def _safe(text: str) -> str:
    """Return the text as an SVG may hold it: never markup, and no letter that XML forbids."""
    return escape(_NOT_XML.sub("", text))


def _text(
    x: float,
    y: float,
    words: str,
    *,
    size: float = 14,
    ink: str = _INK,
    anchor: str = "start",
    bold: bool = False,
) -> str:
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{ink}" text-anchor="{anchor}"{weight}>'
        f"{_safe(words)}</text>"
    )


def text_width(text: str, size: float) -> float:
    """Return about how wide a text is: generous, as the reader's font is not known."""
    wide, narrow = set("mwMWQOGD@%"), set(" ijlftrI.,:;'’()|")
    return size * sum(0.86 if each in wide else 0.33 if each in narrow else 0.56 for each in text)


def _opening(picture: Picture, body: list[str]) -> float:
    body.append(_text(_MARGIN, 44, picture.title, size=22, bold=True))
    body.append(_text(_MARGIN, 68, picture.identity, ink=_MUTED))
    return 84


# The wheel


def _wheel(picture: Picture, body: list[str], top: float) -> float:
    labels = [_label(picture, arm) for arm in range(len(picture.areas))]
    sizes = [(max(text_width(line, 13) for line in label), 17.0 * len(label)) for label in labels]
    boxes = geometry.label_boxes(_RADIUS, sizes, _GAP)
    above = max(_RADIUS, *(-box.y for box in boxes))
    below = max(_RADIUS, *(box.bottom for box in boxes))
    body.append(f'<g transform="translate({WIDTH / 2:.1f} {top + above:.1f})">')
    body.extend(_rings(picture))
    drawn = list(zip(picture.lines, _strokes(picture), strict=True))
    for line, stroke in reversed(drawn):
        body.extend(_reading(picture, line, stroke))
    for label, box in zip(labels, boxes, strict=True):
        x = box.x + (box.align + 1) / 2 * box.width
        for number, words in enumerate(label):
            is_note = words == "(not discussed)"
            y = box.y + 17 * number + 13
            ink = _MUTED if is_note else _INK
            body.append(_text(x, y, words, size=13, anchor=_ANCHORS[box.align], ink=ink))
    body.append("</g>")
    return top + above + below + 20


def _strokes(picture: Picture) -> list[Stroke]:
    return strokes([each.is_other_view for each in picture.lines])


def _label(picture: Picture, arm: int) -> list[str]:
    silent = picture.lines and picture.lines[0].points[arm] is None
    return geometry.wrapped(picture.areas[arm]) + (["(not discussed)"] if silent else [])


def _rings(picture: Picture) -> Iterator[str]:
    low, high, count = picture.low, picture.high, len(picture.areas)
    rings = {score: geometry.ring(score, low, high, _RADIUS) for score in range(low, high + 1)}
    for distance in rings.values():
        yield f'<circle r="{distance:.1f}" fill="none" stroke="{_LINE}"/>'
    for arm in range(count):
        end = geometry.direction(arm, count)
        yield f'<line x2="{end.x * _RADIUS:.1f}" y2="{end.y * _RADIUS:.1f}" stroke="{_LINE}"/>'
    every = geometry.numbered_every(low, high, _RADIUS, 12)
    for score in range(high, low - 1, -every):
        yield _text(
            -8, -rings[score] - 2.5, str(score).replace("-", "−"), size=10.5, ink=_MUTED, anchor="end"
        )


def _reading(picture: Picture, line: Line, stroke: Stroke) -> Iterator[str]:
    points = geometry.arm_points(len(picture.areas), picture.low, picture.high, _RADIUS, line.points)
    ink = _INKS[stroke.key]
    if stroke.key == "latest" and None not in points:
        yield f'<polygon points="{_spots([p for p in points if p])}" fill="{ink}" fill-opacity="0.12"/>'
    for run in geometry.runs(points):
        if len(run) > 1:
            yield f'<polyline points="{_spots(run)}" fill="none" {_pen(stroke)}/>'
    for point in points:
        if point is not None:
            yield _marker(point.x, point.y, stroke)


def _spots(points: Sequence[geometry.Spot]) -> str:
    return " ".join(f"{point.x:.1f},{point.y:.1f}" for point in points)


def _pen(stroke: Stroke) -> str:
    dash = f' stroke-dasharray="{" ".join(f"{each:g}" for each in stroke.dash)}"' if stroke.dash else ""
    width = 2.4 if stroke.key == "latest" else 1.8
    return f'stroke="{_INKS[stroke.key]}" stroke-width="{width}" stroke-linejoin="round"{dash}'


def _marker(x: float, y: float, stroke: Stroke) -> str:
    ink = _INKS[stroke.key]
    hollow = f'fill="{_PAPER}" stroke="{ink}" stroke-width="1.6"'
    if stroke.marker == "dot":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{ink}"/>'
    if stroke.marker == "square":
        return f'<rect x="{x - 5:.1f}" y="{y - 5:.1f}" width="10" height="10" {hollow}/>'
    if stroke.marker == "diamond":
        around = [
            geometry.Spot(x, y - 7),
            geometry.Spot(x + 7, y),
            geometry.Spot(x, y + 7),
            geometry.Spot(x - 7, y),
        ]
        return f'<polygon points="{_spots(around)}" {hollow}/>'
    cross = f"M{x - 5:.1f} {y - 5:.1f}l10 10m0 -10l-10 10"
    return f'<path d="{cross}" fill="none" stroke="{ink}" stroke-width="2.2"/>'


# Bars, for one or two areas


def _bars(picture: Picture, body: list[str], top: float) -> float:
    start, end = _MARGIN + 20.0, WIDTH - _MARGIN - 120.0
    step = (end - start) / (picture.high - picture.low + 1)
    y = top
    for area, label in enumerate(picture.areas):
        y += 20
        body.append(_text(_MARGIN, y, label, bold=True))
        for line, stroke in zip(picture.lines, _strokes(picture), strict=True):
            y += _PITCH
            point = line.points[area]
            x = start if point is None else start + step * (point - picture.low + 1)
            if point is not None:
                body.append(
                    f'<line x1="{start}" y1="{y - 5:.1f}" x2="{x:.1f}" y2="{y - 5:.1f}" {_pen(stroke)}/>'
                )
                body.append(_marker(x, y - 5, stroke))
            said = "not discussed" if point is None else f"{point} of {picture.high}"
            body.append(_text(x + 12, y, said, size=13))
        y += 12
    return y + 12


# What stands below


def _legend(picture: Picture, body: list[str], top: float) -> float:
    x, y = float(_MARGIN), top + 8
    for line, stroke in zip(picture.lines, _strokes(picture), strict=True):
        words = line.label + stroke.words
        width = 44 + text_width(words, 13) + 22
        if x > _MARGIN and x + width > WIDTH - _MARGIN:
            x, y = float(_MARGIN), y + _ROW
        body.append(f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{x + 34:.1f}" y2="{y:.1f}" {_pen(stroke)}/>')
        body.append(_marker(x + 17, y, stroke))
        body.append(_text(x + 44, y + 4.5, words, size=13, bold=stroke.key == "latest"))
        x += width
    return y + 24


def _numbers(picture: Picture, body: list[str], top: float) -> float:
    rows = table(picture)
    room = WIDTH - 2 * _MARGIN
    shares = [2.4, *(1.8 if title == "Stage" else 1.2 for title in rows[0][1:])]
    edges = [_MARGIN + room * sum(shares[:place]) / sum(shares) for place in range(len(shares))]
    y = top
    for number, row in enumerate(rows):
        cells = [
            textwrap.wrap(cell, max(8, int(room * share / sum(shares) / 7.3)))
            for cell, share in zip(row, shares, strict=True)
        ]
        for edge, lines in zip(edges, cells, strict=True):
            for at, words in enumerate(lines):
                ink = _INK if number else _MUTED
                body.append(_text(edge, y + 16 + 16 * at, words, size=13, ink=ink, bold=not number))
        y += _ROW + 16 * (max(len(lines) for lines in cells) - 1)
        body.append(
            f'<line x1="{_MARGIN}" y1="{y:.1f}" x2="{WIDTH - _MARGIN}" y2="{y:.1f}" stroke="{_LINE}"/>'
        )
    return y


def _foot(picture: Picture, body: list[str], top: float) -> float:
    y = top + 10
    for text, ink in ((picture.sentence, _INK), (picture.acknowledgement, _MUTED)):
        for words in textwrap.wrap(text, _SENTENCE_LETTERS):
            y += 18
            body.append(_text(_MARGIN, y, words, size=13, ink=ink))
    return y + 28
