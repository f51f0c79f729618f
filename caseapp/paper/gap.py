"""Empty space between what stands below each other."""

from __future__ import annotations

from typing import Any

# isort: split
from reportlab.platypus import Spacer


class Gap(Spacer):
    """Space that parts two things on a page: it ends with the page, and no page begins with it.

    A plain spacer goes on to the next page, where what follows would begin lower than on the others.
    """

    _frame: Any

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the room it takes: what is left of the page at most, and none at its top."""
        frame = getattr(self, "_frame", None)
        if frame is None:
            return self.width, self.height
        return self.width, 0.0 if frame._atTop else min(self.height, height)
