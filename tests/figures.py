"""How much of a promise a run tries: its CI figure in the suite, its gate figure with CASEAPP_GATE=1."""

import os


def figure(ci: int, gate: int) -> int:
    """Return how many times to try."""
    return gate if os.environ.get("CASEAPP_GATE") == "1" else ci
