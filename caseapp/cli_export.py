"""Commands that write what other programs read: a list of children as CSV, one child's record as JSON."""

from __future__ import annotations

import argparse
from pathlib import Path

from caseapp import words
from caseapp.cli_parts import reading, show, write
from db.problems import Problem


def export_csv(options: argparse.Namespace) -> int:
    """Write the list of children whom the user may see, as the screen lists them."""
    from caseapp import record_files
    from db.children import Filter

    target = _new_file(options.path)
    with reading(options) as lent:
        narrowed = Filter(
            whose=options.whose,
            statuses=tuple(options.status or ()),
            overdue_on=lent.today if options.overdue else None,
        )
        content = record_files.children_csv(lent, narrowed)
    write(target, content)
    return show(options, {"file": str(target)}, str(target))


def export_json(options: argparse.Namespace) -> int:
    """Write all that is recorded about one child."""
    from caseapp import children, record_files

    if not options.file:
        raise Problem("Whose, and into which file? caseapp export json CHILD FILE.json. Nothing was written.")
    target = _new_file(options.file)
    with reading(options) as lent:
        child = children.one(lent, words.tidy(options.path))
        content = record_files.record_json(lent, child.id)
    write(target, content)
    return show(options, {"file": str(target), "ref": str(child.ref)}, str(target))


def _new_file(path: str) -> Path:
    target = Path(path)
    if target.exists():
        raise Problem(f"{target} is there already. Nothing was written. Choose another name.")
    return target
