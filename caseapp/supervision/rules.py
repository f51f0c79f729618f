"""What supervision counts by, and the words for how a child's case stands. Pure.

How often it is owed say the clocks O1 and O2 (see `owed`).
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

KINDS: Final = {
    "personal": "Supervision",
    "case": "Supervision of cases",
    "group": "Group supervision",
    "oversight": "Management oversight",
}
RISKS: Final = {"low": "Low", "medium": "Medium", "high": "High", "urgent": "Urgent, to be acted on today"}
AT_RISK: Final = frozenset({"high", "urgent"})
PROGRESS: Final = {
    "to_plan": "The plan works",
    "some": "Some progress",
    "drifting": "Drifting",
    "no_plan": "There is no plan yet",
}
DRIFTING: Final = frozenset({"drifting", "no_plan"})
SUPERVISED_WITHIN: Final = timedelta(days=30)
UNSEEN_DAYS: Final = 42
UNSEEN_DAYS_LEAVING: Final = 56
NEW_FOR: Final = timedelta(days=28)
DUE_WITHIN: Final = timedelta(days=14)


def unseen_days(status: str) -> int:
    """Return after how many days without having been seen a child is talked about."""
    return UNSEEN_DAYS_LEAVING if status == "care_leaver" else UNSEEN_DAYS
