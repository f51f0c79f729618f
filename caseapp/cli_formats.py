"""The commands import and export: every format in and out, by its name."""

from __future__ import annotations

import argparse

from caseapp import cli_export, cli_returns, cli_school_files, cli_stars, cli_store, words
from caseapp.cli_parser import Doing
from caseapp.cli_parts import number, one_of
from caseapp.codes import STATUSES

IMPORTS: dict[str, Doing] = {
    "ssda903": cli_store.import_set, "star-readings": cli_stars.import_readings,
    "star-pack": cli_stars.import_pack, "school-csv": cli_school_files.import_csv,
    "pep": cli_school_files.import_pep,
}  # fmt: skip

EXPORTS: dict[str, Doing] = {
    "csv": cli_export.export_csv, "json": cli_export.export_json,
    "ssda903": cli_returns.export_return, "pep": cli_school_files.export_pep,
}  # fmt: skip


def import_options(parser: argparse.ArgumentParser) -> None:
    """Declare what «import» may be given."""
    parser.add_argument("format", type=one_of(*IMPORTS), metavar="FORMAT", help=", ".join(IMPORTS))
    parser.add_argument("path", metavar="PATH", help="a folder of CSV files, or one file")
    parser.add_argument("file", nargs="?", metavar="FILE.json", help="pep: CHILD FILE.json")
    parser.add_argument("--school", type=words.tidy, metavar="URN", help="school-csv: whose file it is")
    parser.add_argument("--kind", type=one_of("attendance", "attainment"), metavar="KIND",
                           help="school-csv: attendance or attainment")  # fmt: skip
    parser.add_argument("--set", action="append", metavar="FIELD=VALUE", help="school-csv: which column")
    parser.add_argument("--star", metavar="KEY", help="star-readings: which star")
    parser.add_argument("--dry-run", action="store_true", help="say what would happen, store nothing")


def import_any(options: argparse.Namespace) -> int:
    """Bring in a file of the format named."""
    return IMPORTS[options.format](options)


def export_options(parser: argparse.ArgumentParser) -> None:
    """Declare what «export» may be given."""
    parser.add_argument("format", type=one_of(*EXPORTS), metavar="FORMAT", help=", ".join(EXPORTS))
    parser.add_argument(
        "path", metavar="PATH", help="a new file (csv), a new folder (ssda903), or the CHILD (json, pep)"
    )
    parser.add_argument("file", nargs="?", metavar="FILE.json")
    parser.add_argument("--version", type=number, metavar="N", help="of a plan; else the newest")
    parser.add_argument("--year", type=number, metavar="Y", help="of a return: from 1 April Y to 31 March")
    parser.add_argument("--whose", type=one_of("mine", "team", "unallocated", "all"), default="all",
                           metavar="W", help="of a list: mine, team, unallocated or all")  # fmt: skip
    parser.add_argument("--status", action="append", type=one_of(*STATUSES), metavar="S",
                           help="of a list, several times: " + ", ".join(STATUSES))  # fmt: skip
    parser.add_argument("--overdue", action="store_true", help="of a list: with something overdue")


def export_any(options: argparse.Namespace) -> int:
    """Write a file or a set of files of the format named."""
    return EXPORTS[options.format](options)
