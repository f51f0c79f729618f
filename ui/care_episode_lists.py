"""The lists that the dialogs of episodes and placements offer: the return's codes behind words."""

from __future__ import annotations

from typing import Final

from caseapp import codes
from caseapp.form import AnyOf, Options
from caseapp.looked_after import episode_chain as chains
from caseapp.looked_after import episode_guidance as guidance
from caseapp.looked_after.episode_code_rules import NO_PROVIDER, NO_URN, last_years
from caseapp.returns.episode_checks import CONTINUES, TEMPORARY

_OLD_LAW: Final = ("D1",)


def options(field: str, without: frozenset[str] = frozenset(), keep: str = "") -> Options:
    """Return the codes of a field that are in use, and `keep` where a row still has it."""
    gone = (without | set(last_years(field))) - {keep}
    return tuple(
        (code, f"{said} ({code})") for code, said in codes.return_codes(field).items() if code not in gone
    )


def laws(keep: str = "") -> Options:
    """Return the legal statuses."""
    return options("LS", frozenset(_OLD_LAW), keep)


def placements(keep: str = "") -> Options:
    """Return the kinds of placement in which a child lives, temporary moves left out."""
    return options("PLACE", TEMPORARY, keep)


NEEDS: Final = options("CIN")
TEMPORARY_MOVES: Final[Options] = tuple(
    (code, f"{codes.meaning('PLACE', code).removeprefix('Temporary: ')} ({code})")
    for code in sorted(TEMPORARY)
)
PROVIDERS: Final = options("PLACE_PROVIDER")
ENDS: Final = options("REC", frozenset({CONTINUES}))
WHY_MOVED: Final = options("REASON_PLACE_CHANGE")

CHANGES: Final[Options] = (
    (chains.LEGAL, "The legal status only"),
    (chains.PLACEMENT, "The placement and the carer"),
    (chains.SAME_CARER, "The placement, with the same carer"),
    (chains.BOTH, "Legal status and placement, with another carer"),
    (chains.BOTH_SAME_CARER, "Legal status and placement, with the same carer"),
    (chains.AWAY, "A temporary move: the child will come back"),
)
CHANGES_WHILE_AWAY: Final[Options] = (
    (chains.BACK, "The child is back in the usual placement"),
    (chains.LEGAL, "The legal status only"),
)
PLACES: Final[Options] = (
    (guidance.IN_AREA, "In our area"),
    (guidance.ADJOINING, "In an area next to ours"),
    (guidance.AT_A_DISTANCE, "Further away"),
)
APPROVALS: Final[Options] = (
    ("nominated_officer", "Nominated officer"),
    ("director", "Director of children’s services"),
)
CIRCUMSTANCES: Final[Options] = (
    ("emergency", "Made in an emergency"),
    ("before_assessment", "With a parent before the assessment is done (reg 19)"),
    ("temporary_approval", "With a connected person approved for a time (reg 24)"),
    ("other_body", "Another body runs it: hospital or custody"),
    ("ended_without_notice", "It ended without notice"),
)

# Codes that have gone are among them: an old episode keeps its provider while it is put right.
_ALL_PLACES: Final = frozenset(codes.return_codes("PLACE"))
WITH_PROVIDER: Final = AnyOf("placement", tuple(sorted(_ALL_PLACES - NO_PROVIDER)))
WITH_URN: Final = AnyOf("placement", tuple(sorted(_ALL_PLACES - NO_URN)))
