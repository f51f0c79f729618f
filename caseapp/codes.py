"""Code lists in words: statuses, relations, notes, and the codes of the national returns."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

STATUSES: dict[str, str] = {
    "early_help": "Early help",
    "child_in_need": "Child in need",
    "child_protection": "Child protection",
    "looked_after": "Looked after",
    "care_leaver": "Care leaver",
    "closed": "Closed",
}

SEXES: dict[str, str] = {"F": "Female", "M": "Male", "U": "Not known", "": ""}

SEN: dict[str, str] = {"N": "No special educational need", "K": "SEN support", "E": "EHC plan", "": ""}

NOTE_KINDS: dict[str, str] = {
    "visit": "Visit",
    "call": "Telephone call",
    "meeting": "Meeting",
    "message": "Letter, e-mail or message",
    "attempt": "Attempted contact",
    "taf": "Family meeting (Team Around the Family)",
    "review": "Looked-after review",
    "placement_plan": "Placement plan signed",
    "care_plan": "Care plan in place",
    "health": "Health assessment",
    "dental": "Dental check",
    "supervision": "Supervision",
    "note": "Case note",
}

# What a note of a kind tells the clocks (`caseapp/clocks`). A visit counts only if the child was seen.
NOTE_EVENTS: dict[str, str] = {
    "taf": "taf",
    "review": "lac_review",
    "placement_plan": "placement_plan",
    "care_plan": "care_plan",
    "health": "health_assessment",
    "dental": "dental_check",
    "supervision": "supervision",
}

PLACES_SEEN: dict[str, str] = {
    "home": "Where the child lives",
    "school": "School or college",
    "office": "Office",
    "custody": "Custody or hospital",
    "elsewhere": "Elsewhere",
}

METHODS: dict[str, str] = {
    "phone": "Telephone",
    "video": "Video call",
    "text": "Text or app",
    "email": "E-mail",
    "letter": "Letter",
}

RELATIONS: tuple[str, ...] = (
    "Mother", "Father", "Step-parent", "Adoptive parent", "Special guardian", "Foster carer",
    "Grandparent", "Aunt or uncle", "Brother", "Sister", "Half-brother", "Half-sister", "Step-brother",
    "Step-sister", "Twin", "Cousin", "Partner", "Own child", "Friend of the family", "Other",
)  # fmt: skip

PROFESSIONAL_ROLES: tuple[str, ...] = (
    "Lead practitioner", "Social worker", "Personal adviser", "Independent reviewing officer",
    "Designated teacher", "Class teacher", "SENCO", "Virtual school", "Health visitor", "School nurse",
    "GP", "Midwife", "CAMHS", "Supervising social worker", "Family support worker", "Youth worker",
    "Youth justice", "Police", "Housing", "Advocate", "Independent visitor", "Interpreter", "Other",
)  # fmt: skip


@cache
def return_codes(field: str) -> dict[str, str]:
    """Return {code: meaning} of a field of the SSDA903 return, such as LS, PLACE or ethnicity.

    Source: the Department for Education's code set, in our own short words (resources/codes/README.md).
    """
    text = (files("resources") / "codes" / "return_codes.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {
        row["code"]: row["meaning"]
        for row in rows
        if row["field"] == field and row["return"] in ("SSDA903", "ALL")
    }


def meaning(field: str, code: str) -> str:
    """Return what a code of the return means; the code itself where the list does not hold it."""
    return return_codes(field).get(code, code)
