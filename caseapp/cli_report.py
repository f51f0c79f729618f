"""Commands that report over many records."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from caseapp import words
from caseapp.cli_parts import day, reading, show

if TYPE_CHECKING:
    from caseapp.star_figures import Figure
    from caseapp.star_report import StarReport


def star_report_options(parser: argparse.ArgumentParser) -> None:
    """Declare what «star-report» may be given."""
    parser.add_argument(
        "--star", default="progress-wheel", metavar="KEY", help="else the Family Progress Wheel"
    )
    parser.add_argument("--since", type=day, metavar="DATE")
    parser.add_argument("--until", type=day, metavar="DATE")
    parser.add_argument("--team", action="store_true", help="my team's, not mine alone")
    parser.add_argument("--partial", action="store_true", help="partial readings too")


def star_report(options: argparse.Namespace) -> int:
    """Say what the readings of a star show: one's own children's, or one's team's."""
    from caseapp import star_report as reports

    with reading(options) as lent_session:
        me = lent_session.actor
        report = reports.star_report(
            lent_session,
            options.star,
            since=options.since,
            until=options.until or lent_session.today,
            worker_id=None if options.team or "manager" in me.roles else me.worker_id,
            team=options.team,
            with_partial=options.partial,
        )
    return show(options, _document(report), _text(report))


def _document(report: StarReport) -> dict[str, Any]:
    told = report.told
    return {
        "star": report.form_key,
        "title": report.title,
        "whose": report.whose,
        "since": report.since,
        "until": report.until,
        "as_at": report.made_on,
        "sentence": told.sentence,
        "notes": list(report.notes),
        "acknowledgement": report.acknowledgement,
        "figures": {each.key: _figure(each) for each in told.headline},
        "areas": [
            {
                "area": area.label,
                "n": area.n,
                "first": _number(area.first),
                "latest": _number(area.latest),
                "change": _number(area.change),
                "increased": _figure(area.increased),
                "same": _figure(area.same),
                "decreased": _figure(area.decreased),
                "starting_profile": {
                    band: each.count for band, each in zip(told.bands, area.profile, strict=True)
                },
            }
            for area in told.areas
        ],
        "groups": [
            {
                "by": group.by.casefold(),
                "name": group.name,
                "stars": _figure(group.stars),
                "compared": _figure(group.compared),
                "improved": _figure(group.improved),
                "change": _number(group.change.value),
            }
            for group in told.groups
        ],
    }


def _figure(each: Figure) -> dict[str, Any]:
    found: dict[str, Any] = {"title": each.title, "count": each.count}
    if each.of is not None:
        found |= {"of": each.of, "percent": each.share}
    if each.is_mean:
        found["mean"] = _number(each.value)
    return found | {"meaning": each.definition, "children": [str(row.ref) for row in each.behind]}


def _number(value: Any) -> float | None:
    return None if value is None else round(float(value), 4)


def _text(report: StarReport) -> str:
    from caseapp.star_change import shown

    told = report.told
    lines = [
        f"{report.title}: recorded progress, {report.period}",
        f"{report.whose}. As at {words.day(report.made_on)}.",
        told.sentence,
        *report.notes,
        "",
        *(f"{each.title:28}{each.shown}" for each in told.headline),
        "",
        f"{'Area':34}{'n':>4}{'first':>8}{'latest':>8}{'change':>8}{'up':>5}{'same':>5}{'down':>5}",
    ]
    for area in told.areas:
        means = "".join(f"{shown(each):>8}" for each in (area.first, area.latest, area.change))
        ways = "".join(f"{each.count:>5}" for each in (area.increased, area.same, area.decreased))
        lines.append(f"{area.label:34}{area.n:>4}{means}{ways}")
    return "\n".join([*lines, *([report.acknowledgement] if report.acknowledgement else [])])
