"""Commands about the national returns: the files out of the record, and what their rules find."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from caseapp import words
from caseapp.cli_parts import number, one_of, reading, show
from db.problems import Problem

if TYPE_CHECKING:
    from caseapp.returns.rule import Finding

_YEAR = "Which year? Give --year Y, the year in which it begins: 2025 is 1 April 2025 to 31 March 2026."


def export_return(options: argparse.Namespace) -> int:
    """Write the files of a return into a new folder."""
    from caseapp.returns import export

    if options.year is None:
        raise Problem(f"{_YEAR} Nothing was written.")
    with reading(options) as lent:
        done = export.export_ssda903(lent, Path(options.path), options.year)
    document = {"folder": options.path, "year": done.year, "children": done.children, "files": done.files}
    lines = [f"{name}: {words.count(rows, 'row')}" for name, rows in done.files.items()]
    lines.append(
        f"The return of the year to 31 March {done.year}, in {options.path}: "
        f"{words.count(done.children, 'child', 'children')}, those whom you may see."
    )
    return show(options, document, "\n".join(lines))


def quality_options(parser: argparse.ArgumentParser) -> None:
    """Declare what «quality» may be given."""
    parser.add_argument("format", type=one_of("ssda903"), metavar="FORMAT", help="ssda903")
    parser.add_argument("folder", nargs="?", metavar="FOLDER", help="judge these files, not the record")
    parser.add_argument("--year", type=number, metavar="Y", help="from 1 April Y to 31 March")


def quality(options: argparse.Namespace) -> int:
    """Say what the rules of a return find: in the record, or in a folder of files."""
    from caseapp.returns import folder, quality, rules

    if options.year is None:
        raise Problem(f"{_YEAR} Nothing was judged.")
    if options.folder:
        found = rules.check(folder.read(Path(options.folder), options.year + 1))
        names: dict[str, str] = {}
    else:
        with reading(options) as lent:
            judged = quality.judge(lent, options.year + 1)
        found, names = judged.findings, dict(judged.made.names)
    document = {
        "year": options.year + 1,
        "rules": len(rules.RULES),
        "not_done": rules.NOT_DONE,
        "findings": [_document(each) for each in found],
    }
    return show(options, document, "\n".join([*(_words(each, names) for each in found), _closing(found)]))


def _document(found: Finding) -> dict[str, object]:
    return {
        "rule": found.code, "child": found.child, "table": found.line.table, "line": found.line.number + 1,
        "columns": list(found.columns), "wrong": found.wrong, "mend": found.mend,
    }  # fmt: skip


def _words(found: Finding, names: dict[str, str]) -> str:
    name = names.get(found.child, "")
    who = f"{found.child} {name}".strip() if name != f"Child {found.child}" else found.child
    return f"{who}: {found.wrong} {found.mend} (rule {found.code}, {', '.join(found.columns)})"


def _closing(found: list[Finding]) -> str:
    children = len({each.child for each in found})
    if not found:
        return "The rules that can be judged here find nothing."
    return f"{words.count(len(found), 'finding')} about {words.count(children, 'child', 'children')}."
