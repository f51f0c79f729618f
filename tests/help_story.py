"""A brother and sister through early help, from the request to closing: what its prints are read from."""

from __future__ import annotations

import copy
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from caseapp import plan_reading, plans
from caseapp.early_help import consents, episodes, leads, moves
from caseapp.early_help.consents import NewConsent
from caseapp.early_help.episodes import NewEpisode
from db.store import Store
from tests.story import Story, lived, new_story, sample

OPENED, ASSESSED = date(2026, 1, 5), date(2026, 1, 22)
MET, CLOSED = date(2026, 2, 12), date(2026, 11, 13)
MOTHER = "Kasia Zielna"


class Family(NamedTuple):
    """Leo and Mia, their early help, and who works with them."""

    story: Story
    leo: UUID
    mia: UUID
    episodes: list[UUID]

    @property
    def store(self) -> Store:
        """Return the store that they are in."""
        return self.story.store

    def call(self, use_case: Any, who: str = "ada") -> Any:
        """Run a use case."""
        return self.story.call(who, use_case)

    def on(self, day: date) -> None:
        """Let it be that day."""
        self.story.store.today = lambda: day

    def sign(self, child_id: UUID, kind: str, answers: dict[str, Any], who: str = "ada") -> UUID:
        """Sign a document of one child."""
        revision_id = self.story.draft(who, child_id, kind)
        self.story.sign(who, revision_id, answers)
        return revision_id

    def draft(self, child_id: UUID, kind: str, answers: dict[str, Any], who: str = "ada") -> UUID:
        """Begin a document and save answers in it."""
        revision_id = self.story.draft(who, child_id, kind)

        def save(session: Any) -> None:
            view = plan_reading.open_plan(session, revision_id)
            plans.save(session, revision_id, view.version, view.answers | answers)

        self.call(save, who)
        return revision_id


def consent(**more: Any) -> NewConsent:
    """Return the mother's consent to everything asked, unless told otherwise."""
    given: dict[str, Any] = {
        "person": MOTHER, "capacity": "parent_pr", "moment": "start",
        "purposes": ("start", "store", "share"), "decision": "given", "happened_on": OPENED, "how": "paper",
    }  # fmt: skip
    return NewConsent(**(given | more))


def new_family(*, consented: bool = True) -> Family:
    """Return the two children with early help just begun, the mother's consent on record, a lead named."""
    story = new_story(OPENED)
    leo, mia, begun = lived(story, _begun, consented)
    return Family(story, leo, mia, list(begun))


def _begun(story: Story, consented: bool) -> tuple[UUID, UUID, list[UUID]]:
    leo = story.register("ada", "Leo", "Zielny", date(2016, 3, 1))
    mia = story.register("ada", "Mia", "Zielna", date(2018, 8, 9))
    opening = NewEpisode(OPENED, "self_request", ("debt",), "primary", level=2)
    begun = story.call("ada", lambda session: episodes.open_episode(session, [leo, mia], opening))

    def go_on(session: Any) -> None:
        moves.make_move(session, begun[0], "ask_consent", OPENED, also=begun[1:])
        if consented:
            consents.add(session, begun, consent())
            moves.make_move(session, begun[0], "start_assessment", OPENED, also=begun[1:])
        leads.name_lead(
            session,
            begun,
            name="Ruth Okonjo",
            agency="family_support",
            contact="01632 960120",
            from_on=OPENED,
        )

    story.call("ada", go_on)
    return leo, mia, begun


def assessment(name: str = "Leo Zielny") -> dict[str, Any]:
    """Return complete answers of the assessment, dated into this story."""
    return moved(sample("early_help"), ASSESSED - date(2026, 11, 20)) | {
        "name": name, "opened_on": OPENED.isoformat(), "review_on": MET.isoformat(),
    }  # fmt: skip


def moved(answers: dict[str, Any], by: timedelta) -> dict[str, Any]:
    """Return answers with every day in them moved."""

    def each(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: each(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [each(inner) for inner in value]
        try:
            return (date.fromisoformat(value) + by).isoformat()
        except (TypeError, ValueError):
            return value

    found: dict[str, Any] = each(copy.deepcopy(answers))
    return found


def reading(on: date, kind: str, **scores: int) -> dict[str, Any]:
    """Return a reading of the wheel on a day, with some scores of its own."""
    return dict(sample("progress_wheel")) | {"read_on": on.isoformat(), "reading": kind} | scores
