"""The command that shows the virtual school's figures."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from caseapp.cli_parts import reading, show

if TYPE_CHECKING:
    from caseapp.education.virtual_school import Figure, VirtualSchool


def virtual_school(options: argparse.Namespace) -> int:
    """Say what managers watch over all children who need a PEP, now and last term."""
    from caseapp.education import virtual_school as school

    with reading(options) as lent_session:
        found = school.virtual_school(lent_session)
    return show(options, _document(found), _text(found))


def _document(found: VirtualSchool) -> dict[str, Any]:
    return {
        "as_at": found.as_at,
        "term": found.term,
        "before": found.before_on,
        "before_term": found.before_term,
        "counted_at": found.counted_at,
        "filter": found.filter_words,
        "measures": [
            {
                "key": each.measure.key,
                "group": each.measure.group,
                "title": each.measure.title,
                "meaning": each.measure.definition,
                "unit": each.measure.unit,
                "now": _figure(each.now),
                "last_term": _figure(each.before),
            }
            for each in found.lines
        ],
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "value": None if figure.value is None else float(figure.value),
        "count": figure.count,
        "of": figure.of,
        "shown": figure.shown,
        "children": [row.ref for row in figure.rows],
        "not_counted": [row.ref for row in figure.others],
    }


def _text(found: VirtualSchool) -> str:
    lines = ["Virtual school", found.filter_words, found.as_at_words]
    for title, measures in found.groups:
        lines += ["", title]
        lines += [
            f"  {each.measure.title:36}{each.now.whole:>28}{each.before.whole:>28}" for each in measures
        ]
    return "\n".join(lines)
