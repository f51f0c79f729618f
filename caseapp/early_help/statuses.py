"""The states of an episode of early help, in words, and what each allows."""

from __future__ import annotations

STATUSES = {
    "draft": "Request",
    "awaiting_consent": "Awaiting consent",
    "in_assessment": "In assessment",
    "with_manager": "With the manager",
    "complete": "Assessment complete",
    "plan_active": "Plan active",
    "in_review": "In review",
    "closing": "Closing",
    "closed": "Closed",
    "declined": "Declined",
    "consent_withdrawn": "Consent withdrawn",
    "paused": "Paused: step up pending",
    "stepped_up": "Stepped up",
    "transferred": "Transferred",
    "void": "Void",
}
ENDED = frozenset({"closed", "declined", "stepped_up", "transferred", "void"})
OPEN = frozenset(STATUSES) - ENDED
BEFORE_CONSENT = frozenset({"draft", "awaiting_consent"})
WORKING = frozenset({"in_assessment", "with_manager", "complete", "plan_active", "in_review"})

# The documents of an episode, by kind of plan
HELP_KINDS = ("early-help", "taf", "step-up", "step-down", "early-help-closing", "young-carer", "star")
# Those that brothers and sisters have in common parts of
SHARED_KINDS = frozenset({"early-help", "taf", "step-up", "step-down", "early-help-closing"})
