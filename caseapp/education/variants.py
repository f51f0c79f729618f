"""Which kind of PEP suits a child: told from year group, age and setting; whoever writes it may differ."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

from caseapp import ages
from caseapp.education import school_rules
from caseapp.form_parts import pep_lists as lists
from db import education as queries
from db.children import child_of
from db.models import Child, Schooling
from db.store import Session

VARIANTS: Final = ("early_years", "school", "special", "post_16", "not_in_education")
FIRST_POST_16: Final = 12
RECEPTION: Final = 0
NURSERY, NONE = "nursery", "none"
_SPECIAL: Final = frozenset({"special", "independent_special", "eotas"})
_POST_16: Final = frozenset({"fe", "training", "apprentice", "university"})
# Words by which a setting is known that was typed freely, in the order in which they decide
_BY_WORD: Final = (
    ("special", "special"), ("eotas", "eotas"), ("otherwise than", "eotas"), ("referral", "pru"),
    ("alternative provision", "pru"), ("nursery", "nursery"), ("pre-school", "nursery"),
    ("preschool", "nursery"), ("childminder", "nursery"), ("sixth", "sixth"), ("college", "fe"),
    ("further education", "fe"), ("training", "training"), ("apprentice", "apprentice"),
    ("universit", "university"), ("hospital", "hospital"), ("secondary", "secondary"),
    ("primary", "primary"), ("infant", "primary"), ("junior", "primary"), ("all-through", "through"),
    ("no provision", "none"),
)  # fmt: skip


def setting_code(kind: str) -> str:
    """Return the code of a setting as a school's row holds it: a code, a label, or free words.

    >>> setting_code("special"), setting_code("Mainstream primary"), setting_code("FE college")
    ('special', 'primary', 'fe')
    """
    said = kind.strip().casefold()
    options = dict(lists.SETTING_TYPES)
    if said in options:
        return said
    by_label = {label.casefold(): code for code, label in options.items()}
    return by_label.get(said) or next((code for word, code in _BY_WORD if word in said), "")


def suggested(group: int | None, kind: str = "", *, has_school: bool = True) -> str:
    """Return the variant for a year group (0 is Reception; None if unknown) and a kind of setting.

    From Year 12 on it is post-16, in a place or not: that variant asks for the risk of being without one.
    A child below Reception needs no place yet. A kind that says «no provision» counts as no school.
    """
    code = setting_code(kind)
    if (group is not None and group >= FIRST_POST_16) or code in _POST_16:
        return "post_16"
    if (group is not None and group < RECEPTION) or (has_school and code == NURSERY):
        return "early_years"
    if not has_school or code == NONE:
        return "not_in_education"
    return "special" if code in _SPECIAL else "school"


def variant_of(session: Session, child: Child | UUID) -> str:
    """Return the variant that suits a child today. Raises NotFound."""
    found = child if isinstance(child, Child) else child_of(session, child)
    now = current(queries.schools_of(session, found.id), session.today)
    kind = now.school.kind if now else ""
    return suggested(taught_group(session, found, session.today), kind, has_school=now is not None)


def taught_group(session: Session, child: Child, on: date) -> int | None:
    """Return the year group that a child is taught in on a day: the one on record, else the one by age."""
    other = queries.year_group(session, child.id, school_rules.school_year(on))
    if other:
        return other.group
    return ages.year_group(child.born_on, on) if child.born_on else None


def current(spells: Sequence[Schooling], on: date) -> Schooling | None:
    """Return the spell that runs on a day, the one begun last."""
    return next(
        (
            each
            for each in reversed(spells)
            if (each.from_on is None or each.from_on <= on) and (each.until_on is None or each.until_on >= on)
        ),
        None,
    )
