"""Commands about schools' files: attendance and attainment from a CSV, a PEP as JSON out and in."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from caseapp import words
from caseapp.cli_parts import progress, reading, session, show, write
from db.problems import Problem

if TYPE_CHECKING:
    from caseapp.education.school_import import Preview
    from caseapp.pep_take_in import Taken


def import_csv(options: argparse.Namespace) -> int:
    """Bring a school's CSV in by the columns of last time; every refused row is named."""
    from caseapp.education import csv_mapping, school_import

    if not options.school:
        raise Problem("Which school? Give --school URN. Nothing was imported.")
    kind = options.kind or csv_mapping.ATTENDANCE
    with session(options, "Import of a school's file") as lent:
        school_id = school_import.school_of_urn(lent, options.school)
        opened = school_import.open_file(lent, Path(options.path), school_id, kind)
        chosen = csv_mapping.with_whole(opened.columns, _whole(options, kind))
        if options.dry_run:
            done = school_import.preview(lent, opened.table, school_id, chosen)
        else:
            done = school_import.take(lent, opened.table, school_id, chosen, progress=progress)
    document = {
        "kind": done.kind, "school": done.school, "rows": done.rows, "children": done.children,
        "new": done.count("new"), "changed": done.count("changed"), "same": done.count("same"),
        "lines": [each._asdict() for each in done.lines],
        "refused": [each._asdict() for each in done.refused],
        "not_used": done.not_used, "notes": done.notes, "dry_run": options.dry_run,
    }  # fmt: skip
    return show(options, document, _csv_words(done, options.dry_run))


def _whole(options: argparse.Namespace, kind: str) -> dict[str, str]:
    """Return what holds for the whole file: --set term=autumn, several times."""
    from caseapp.education.csv_mapping import TARGETS

    known = [each.key for each in TARGETS[kind] if each.whole]
    found = {}
    for typed in options.set or ():
        key, equals, value = typed.partition("=")
        if not equals or key not in known:
            raise Problem(f"--set takes {words.listed(known, 'or')}, as in --set {known[0]}=VALUE.")
        found[key] = value
    return found


def _csv_words(done: Preview, is_dry_run: bool) -> str:
    lines = [
        f"line {row.line}{f', {row.column}' if row.column else ''}: {row.reason}" for row in done.refused
    ]
    lines += done.notes
    if done.not_used:
        lines.append(f"Columns without a place here: {', '.join(done.not_used)}.")
    lines.append(
        f"{done.school}: {words.count(done.count('new'), 'row')} new, {done.count('changed'):,} changed, "
        f"{done.count('same'):,} as they were, of {words.count(done.children, 'child', 'children')}; "
        f"{words.count(len(done.refused), 'row')} refused."
    )
    return "\n".join([*lines, *(["Nothing was stored."] if is_dry_run else [])])


def export_pep(options: argparse.Namespace) -> int:
    """Write a child's PEP for the school: the open draft, or a version by its number."""
    from caseapp import children, pep_exchange, plan_reading
    from db import plans as queries

    if not options.file:
        raise Problem("Whose, and into which file? caseapp export pep CHILD FILE.json. Nothing was written.")
    target = Path(options.file)
    if target.exists():
        raise Problem(f"{target} is there already. Nothing was written. Choose another name.")
    with reading(options) as lent:
        child = children.one(lent, words.tidy(options.path))
        draft = None if options.version else queries.draft(lent, child.id, "pep")
        revision = draft or plan_reading.numbered(lent, child.id, "pep", options.version)
        number = revision.number
        left_out = pep_exchange.offer(lent, revision.id).left_out
        content = pep_exchange.export_pep(lent, revision.id)
    write(target, content)
    document = {"file": str(target), "ref": str(child.ref), "version": number, "left_out": left_out}
    said = [str(target), *([f"Left out: {', '.join(left_out)}."] if left_out else [])]
    return show(options, document, "\n".join(said))


def import_pep(options: argparse.Namespace) -> int:
    """Take what a school sent back into the open draft; what was answered here since is shown and stays."""
    from caseapp import children, pep_take_in

    if not options.file:
        raise Problem("Whose, and which file? caseapp import pep CHILD FILE.json. Nothing was changed.")
    content = pep_take_in.read(Path(options.file))
    with session(options, "The school's part of a PEP") as lent:
        child = children.one(lent, words.tidy(options.path))
        use_case = pep_take_in.look if options.dry_run else pep_take_in.take_in
        done = use_case(lent, child.id, content)
    document: dict[str, Any] = {
        "ref": str(child.ref), "version": done.number, "dry_run": options.dry_run,
        "changed": [each._asdict() for each in done.changed],
        "differences": [each._asdict() for each in done.differences],
        "refused": [each._asdict() for each in done.refused],
        "notes": done.notes, "unchanged": done.unchanged,
    }  # fmt: skip
    return show(options, document, _pep_words(done, options.dry_run))


def _pep_words(done: Taken, is_dry_run: bool) -> str:
    lines = [f"{each.label}: {each.now}" for each in done.changed]
    lines += [f"Not taken: {each.label} ({each.key}): {each.reason}" for each in done.refused]
    for each in done.differences:
        lines += [
            f"Both answered “{each.label}”. Here, and it stays: {each.ours}",
            f"  School: {each.theirs}",
        ]
    lines += done.notes
    taken = f"{words.count(len(done.changed), 'answer')} {'would be taken' if is_dry_run else 'taken'}"
    open_still = f"{words.count(len(done.differences), 'difference')} to decide in the window"
    lines.append(
        f"{done.title}, version {done.number}: {taken}, {open_still}, {len(done.refused):,} refused."
    )
    return "\n".join([*lines, *(["Nothing was stored."] if is_dry_run else [])])
