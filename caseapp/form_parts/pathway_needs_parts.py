"""What a needs assessment weighs and whom it asks, and what of it a pathway plan begins with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from caseapp.form import AnyOf, Choice, Date, Field, Is, NotBefore, Options, Text, is_empty

NEED: Options = (("need", "There is a need"), ("none", "No need"))
# Care Planning, Placement and Case Review (England) Regulations 2010, regulation 42(2).
NEEDS: Options = (
    ("need_health", "Health and development"),
    ("need_eet", "Education, training and work"),
    ("need_uasc", "Needs as an unaccompanied or trafficked young person"),
    ("need_family", "Support from parents and other people who matter"),
    ("need_money", "Money now, money expected, and managing it"),
    ("need_skills", "Practical and other skills for living independently"),
    ("need_support", "Continuing care, support and a place to live"),
)
ASKED: Options = (
    ("view", "Asked, gave a view"),
    ("silent", "Asked, did not answer"),
    ("not_asked", "Not asked"),
    ("nobody", "There is nobody"),
)
VOICES: Options = (
    ("parents", "Parents"),
    ("carer", "Carer"),
    ("school", "School or college"),
    ("iro", "Reviewing officer"),
    ("health", "Health professionals"),
    ("adviser", "Personal adviser"),
    ("others", "Others who matter"),
)
REASONS: Options = (
    ("sixteen", "Eligible: 16, or eligible since"),
    ("relevant", "Left care without a pathway plan"),
    ("s23CA", "Return to education or training (s23CA)"),
    ("s23CZB", "Support asked for at 21 to 24 (s23CZB)"),
    ("changed", "My needs have changed"),
)
SOURCES: Options = (
    ("care_plan", "Care plan and last review"),
    ("pep", "Personal education plan"),
    ("ehcp", "Education, health and care plan"),
    ("health", "Health assessment and health plan"),
    ("placement", "Placement plan"),
    ("pathway", "Earlier assessment or pathway plan"),
    ("justice", "Youth justice plan"),
    ("immigration", "Immigration papers"),
)
_NO_NEED: Final = dict(NEED)["none"]


def weighed() -> tuple[Field, ...]:
    """Return the questions of each heading: whether there is a need, what it is, what the plan should do."""
    asked: list[Field] = []
    for key, label in NEEDS:
        is_need = Is(f"{key}_is", "need")
        asked.append(Choice(f"{key}_is", label, options=NEED, required=True, report=True))
        asked.append(Text(key, f"{label}: what was found", lines=4, required=True, when=is_need))
        asked.append(Text(f"{key}_plan", f"{label}: for the plan", lines=2, required=True, when=is_need))
    return tuple(asked)


def voices() -> tuple[Field, ...]:
    """Return the questions about everybody whose view counts: asked or not, when, and what they say."""
    asked: list[Field] = []
    for who, label in VOICES:
        key = f"{who}_asked"
        spoken = AnyOf(key, ("view", "silent"))
        asked.append(Choice(key, f"{label}: asked?", options=ASKED, required=True, half=True))
        asked.append(
            Date(f"{key}_on", f"{label}: asked on", past=True, required=True, when=spoken, half=True)
        )
        asked.append(
            Text(f"{who}_view", f"{label}: their view", lines=3, required=True, when=Is(key, "view"))
        )
        asked.append(
            Text(f"{who}_why_not", f"{label}: why not asked", required=True, when=Is(key, "not_asked"))
        )
    return tuple(asked)


def asked_before() -> tuple[NotBefore, ...]:
    """Return that everybody was asked before the assessment was complete."""
    return tuple(
        NotBefore(
            "needs_assessed_on",
            f"{who}_asked_on",
            f"It is complete before everybody was asked: {label.lower()}.",
        )
        for who, label in VOICES
    )


def found(answers: Mapping[str, Any]) -> str:
    """Return what a signed assessment says for the plan: a paragraph for each need, then what is none."""
    needs = [
        f"{label}: {answers.get(f'{key}_plan') or answers[key]}"
        for key, label in NEEDS
        if answers.get(f"{key}_is") == "need" and not is_empty(answers.get(key))
    ]
    without = [label for key, label in NEEDS if answers.get(f"{key}_is") == "none"]
    return "\n".join([*needs, *([f"{_NO_NEED}: {'; '.join(without)}"] if without else [])])
