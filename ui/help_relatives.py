"""Brothers and sisters of a child who is helped early: whom a form offers, who is ticked, who was chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from caseapp.early_help.page import Sibling
from caseapp.form import Choices, Field
from ui.small_form import SmallForm


@dataclass(frozen=True)
class Relative:
    """A brother or sister on file, and whether the box beside the name is ticked to begin with."""

    id: UUID
    name: str
    ticked: bool = True


def also_for(others: Sequence[Relative], label: str = "Also for") -> tuple[Field, ...]:
    """Return the question for whom else it counts; none where there is nobody else."""
    options = tuple((str(each.id), each.name) for each in others)
    return (Choices("also", label, options=options),) if others else ()


def ticked(others: Sequence[Relative]) -> dict[str, Any]:
    """Return its answer to begin with."""
    return {"also": [str(each.id) for each in others if each.ticked]} if others else {}


def chosen_of(form: SmallForm, others: Sequence[Relative]) -> list[UUID]:
    """Return the ids of those chosen."""
    return [UUID(each) for each in form.codes("also")] if others else []


def relatives(siblings: Sequence[Sibling], status: str = "") -> list[Relative]:
    """Return the brothers and sisters helped together; with a status, those who stand there too."""
    return [Relative(each.episode_id, each.name) for each in siblings if not status or each.status == status]
