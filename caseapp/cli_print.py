"""The command that writes a document as PDF: whose, of which kind, and for whom."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from caseapp import words
from caseapp.cli_child import KINDS
from caseapp.cli_parts import check_target, number, one_of, reading, show, write
from db.problems import Problem

if TYPE_CHECKING:
    from db.store import Session

HELP_PAPERS = ("agenda", "help-plan", "help-chronology")
PATHWAY_PAPERS = ("passport",)
CARE_PAPERS = (
    "missing-sheet",
    "placement-record",
    "delegated-authority",
    "doorstep",
    "lac-summary",
    "review-pack",
    "pack",
)
PRINTS = ("record", "chronology", *KINDS, *HELP_PAPERS, *CARE_PAPERS, *PATHWAY_PAPERS)
PEP_EDITIONS = ("full", "child", "school", "summary")
PATHWAY_EDITIONS = ("full", "mine", "easy", "landlord", "college")
EDITIONS = ("full", "family", "professionals", *PEP_EDITIONS[1:], *PATHWAY_EDITIONS[1:])
_OWN_EDITIONS = {"pep": PEP_EDITIONS, "pathway-plan": PATHWAY_EDITIONS}
_FOR_OTHERS = ("professionals", *PATHWAY_EDITIONS[3:])


def print_options(parser: argparse.ArgumentParser) -> None:
    """Declare what «print» may be given."""
    parser.add_argument("kind", type=one_of(*PRINTS), metavar="KIND", help=", ".join(PRINTS))
    parser.add_argument("child", nargs="?", type=words.tidy, metavar="CHILD")
    parser.add_argument("--out", required=True, metavar="FILE.pdf", help="an earlier PDF there is replaced")
    parser.add_argument("--version", type=number, metavar="N", help="else the newest signed one")
    parser.add_argument("--edition", type=one_of(*EDITIONS), metavar="EDITION",
                          help="whose copy: " + ", ".join(EDITIONS))  # fmt: skip
    parser.add_argument("--agency", type=words.tidy, metavar="NAME", help="whose copy; asks the consents")
    parser.add_argument("--why", type=words.tidy, metavar="WORDS", help="why a landlord or college gets it")
    parser.add_argument(
        "--leave-out", action="append", metavar="PART", help="from such a copy; may be repeated"
    )
    parser.add_argument("--with-numbers", action="store_true", help="numbers of passports and permits too")
    parser.add_argument("--variant", metavar="V", help="with --blank pep: the kind of setting")
    parser.add_argument("--large", action="store_true", help="in large print")
    parser.add_argument("--no-addresses", action="store_true", help="a sheet of care without any address")
    parser.add_argument("--blank", action="store_true", help="the empty form; needs no CHILD and no store")


def print_pdf(options: argparse.Namespace) -> int:
    """Write a document as PDF; an earlier PDF of the same name gives way."""
    target = Path(options.out)
    check_target(target)  # before the print is recorded
    pdf = _blank_pdf(options) if options.blank else _child_pdf(options)
    write(target, pdf)
    return show(options, {"file": str(target), "bytes": len(pdf)}, str(target))


def _blank_pdf(options: argparse.Namespace) -> bytes:
    from caseapp import prints

    if options.kind not in KINDS:
        raise Problem(f"There is no blank paper of a {options.kind}. Choose {words.listed([*KINDS], 'or')}.")
    if options.variant and options.kind != "pep":
        raise Problem(f"A {options.kind} has no variants. Nothing was printed. Leave --variant out.")
    return prints.blank_pdf(options.kind, large=options.large, variant=options.variant or "")


def _child_pdf(options: argparse.Namespace) -> bytes:
    from caseapp import children, prints

    _refuse_unfit(options)
    edition, agency = _edition(options)
    whole = {
        "record": prints.record_pdf,
        "chronology": prints.chronology_pdf,
        "passport": prints.passport_pdf,
        "help-chronology": prints.help_chronology_pdf,
    }
    with reading(options) as lent_session:
        child_id = children.one(lent_session, options.child).id
        if options.kind in whole:
            return whole[options.kind](lent_session, child_id, large=options.large)
        if options.kind in CARE_PAPERS:
            return _care_pdf(lent_session, child_id, options)
        if options.kind == "help-plan":
            return prints.help_plan_pdf(
                lent_session, child_id, edition=edition, shared_with=agency, large=options.large
            )
        return _plan_pdf(lent_session, child_id, options, edition, agency)


def _refuse_unfit(options: argparse.Namespace) -> None:
    """Raise Problem where nobody is named, or for what a paper of this kind does not have."""
    if not options.child:
        raise Problem("Whose? caseapp print KIND CHILD --out FILE.pdf, or --blank for the empty form.")
    if options.version and options.kind not in (*KINDS, "agenda"):
        raise Problem(f"A {options.kind} has no versions. Nothing was printed. Leave --version out.")
    if options.no_addresses and options.kind not in CARE_PAPERS:
        raise Problem(
            f"--no-addresses is for the sheets of care: {words.listed([*CARE_PAPERS])}. Nothing was printed. "
            "Leave it out."
        )


def _care_pdf(lent_session: Session, child_id: UUID, options: argparse.Namespace) -> bytes:
    """Return a sheet of care; `pack` is another name of the review pack."""
    from caseapp import care_prints, review_pack

    makers = {
        "missing-sheet": care_prints.missing_sheet,
        "placement-record": care_prints.placement_record,
        "delegated-authority": care_prints.delegated_sheet,
        "doorstep": care_prints.doorstep_sheet,
        "lac-summary": care_prints.lac_summary,
        "review-pack": review_pack.review_pack,
        "pack": review_pack.review_pack,
    }
    addresses = not options.no_addresses
    return makers[options.kind](lent_session, child_id, addresses=addresses, large=options.large)


def _edition(options: argparse.Namespace) -> tuple[str, str]:
    """Return whose copy is wanted, and for which agency. Raises Problem where there is none such."""
    agency = str(options.agency or "")
    edition = str(options.edition or ("professionals" if agency else "full"))
    if agency and edition not in _FOR_OTHERS:
        raise Problem("An agency gets the edition for professionals. Nothing was printed. Leave one out.")
    own = _OWN_EDITIONS.get(options.kind)
    if own and edition not in own:
        raise Problem(f"A {options.kind}'s editions are {words.listed([*own])}. Nothing was printed.")
    owner = next((kind for kind, has in _OWN_EDITIONS.items() if edition in has[1:]), "")
    if owner and not own:
        raise Problem(f"Only a {owner} has the edition “{edition}”. Nothing was printed.")
    _refuse_copy_options(options, edition)
    if edition != "full" and options.kind not in (*KINDS, "help-plan"):
        raise Problem(f"There is one edition of a {options.kind}. Nothing was printed. Leave --edition out.")
    return edition, agency


def _refuse_copy_options(options: argparse.Namespace, edition: str) -> None:
    """Raise Problem for what only a pathway plan's copies are asked."""
    if options.kind != "pathway-plan" and (options.why or options.leave_out or options.with_numbers):
        raise Problem(
            "--why, --leave-out and --with-numbers are for a pathway-plan. Nothing was printed. "
            "Leave them out."
        )
    if edition not in PATHWAY_EDITIONS[3:] and (options.why or options.leave_out):
        raise Problem(
            "--why and --leave-out are for the copy of a landlord or college. Nothing was printed. "
            "Leave them out, or choose that edition."
        )


def _plan_pdf(
    lent_session: Session, child_id: UUID, options: argparse.Namespace, edition: str, agency: str
) -> bytes:
    from caseapp import plan_reading, prints

    if options.kind == "agenda":
        meeting = prints.meeting(lent_session, child_id, options.version)
        return prints.agenda_pdf(lent_session, meeting, large=options.large)
    revision = plan_reading.numbered(lent_session, child_id, options.kind, options.version)
    return prints.plan_pdf(
        lent_session, revision.id, large=options.large, edition=edition, shared_with=agency,
        why=options.why or "", leave_out=options.leave_out or None, with_numbers=options.with_numbers,
    )  # fmt: skip
