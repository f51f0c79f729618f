"""Where a finding of the return is mended: what screens open."""

from __future__ import annotations

from typing import Final, NamedTuple
from uuid import UUID

DETAILS: Final = "details"
"""The part of the Overview where what the header tells is edited."""


class Opens(NamedTuple):
    """Where a finding is mended: the child, the tab and its part, the row and the field of the record."""

    child_id: UUID
    tab: str
    part: str
    row_id: UUID
    field: str
