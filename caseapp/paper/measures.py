"""A table of measures on paper: what each is called, how it stands, how it stood before, what it means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from caseapp.paper.documents import Block, record_pdf
from caseapp.paper.page import Heading

_SHARES = (0.25, 0.16, 0.16, 0.43)
_LARGE_SHARES = (0.27, 0.2, 0.2, 0.33)


class MeasureLine(NamedTuple):
    """A measure as it is printed."""

    title: str
    now: str
    before: str
    definition: str


def measures_pdf(
    heading: Heading,
    columns: tuple[str, str],
    groups: Sequence[tuple[str, Sequence[MeasureLine]]],
    note: str = "",
) -> bytes:
    """Return measures in groups; `columns` head the two figures of each. Raises Unprintable."""
    shares = _LARGE_SHARES if heading.large else _SHARES
    header = ("Measure", *columns, "What it means")
    blocks = [
        Block(title, table=(header, *lines), shares=shares, quiet=(3,)) for title, lines in groups if lines
    ]
    if note:
        blocks.append(Block("How to read this", notes=(note,)))
    return record_pdf(heading, blocks)
