"""A spell of early help on the way into the demo's store: what is done is done for the children together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from caseapp import plans, shared_plans
from caseapp.demo_help_plans import Scene
from caseapp.demo_lives import DAY, Life
from caseapp.demo_people import ago, working_day
from caseapp.early_help import consents, moves
from caseapp.early_help.consents import NewConsent
from caseapp.form import Answers
from db.models import Revision
from db.roles import Actor

Common = Callable[[], Answers]
Own = Callable[[Life], Answers]


@dataclass
class Spell:
    """A family's early help: the children helped together, first the one whose story it is."""

    lives: list[Life]
    ids: list[UUID] = field(default_factory=list)
    """The episodes, once they are open."""

    @property
    def first(self) -> Life:
        """Return the child whose story it is."""
        return self.lives[0]

    @property
    def told(self) -> dict[str, Any]:
        """Return what families.toml says of this spell."""
        return dict(self.first.kid.life.get("help", {}))

    @property
    def tale(self) -> str:
        """Return the name of the story that brought the family."""
        return str(self.first.kid.life.get("story", ""))

    @property
    def stands(self) -> str:
        """Return how the early help stands on the demo's day."""
        return str(self.told.get("stands", "plan_active"))

    @property
    def assessed_on(self) -> date:
        """Return when the assessment is completed; of one still being written, the day of the newest line."""
        if self.stands == "in_assessment":
            return working_day(self.first.as_of - DAY)
        return working_day(self.back(self.first.kid.life["eha"]))

    @property
    def agreed_on(self) -> date:
        """Return when the family agreed."""
        return working_day(self.first.opened_on + 5 * DAY)

    @property
    def ended_on(self) -> date | None:
        """Return when it ended or stopped, if it did."""
        return working_day(self.back(self.told["ended"])) if "ended" in self.told else None

    @property
    def manager(self) -> Actor:
        """Return the manager of the family's team."""
        return self.first.staff["ruth" if self.first.worker.team.endswith("East") else "helen"]

    def back(self, text: str) -> date:
        """Return a day so long before the demo's."""
        return ago(self.first.as_of, text)

    def then(self, on: date, act: Callable[[], object], actor: Actor | None = None) -> None:
        """Add a step for the whole family."""
        self.first.then(on, act, actor)

    def scene(self, life: Life, on: date, number: int = 0) -> Scene:
        """Return a child on the day of a document."""
        return Scene(life.family, life.kid_on(on), life.said(on), on, self.tale, number)

    def move(self, on: date, key: str, actor: Actor | None = None, **more: str) -> None:
        """Move every child's episode on a day."""

        def act() -> None:
            moves.make_move(self.first.session, self.ids[0], key, on, also=self.ids[1:], **more)

        self.then(on, act, actor)

    def consent(self, new: NewConsent, lives: Sequence[Life] | None = None) -> None:
        """Record a decision on its day in the files of all, or of some."""

        def act() -> None:
            asked = [
                each for each, life in zip(self.ids, self.lives, strict=True) if life in (lives or self.lives)
            ]
            consents.add(self.first.session, asked, new)

        self.then(new.happened_on, act)

    def write(self, on: date, kind: str, common: Common, own: Own, *, draft: bool = False) -> None:
        """Begin a document for all, type what is common once and each child's own part, and sign them."""

        def act() -> None:
            session = self.first.session
            begun = session.get_one(Revision, plans.start(session, self.first.id, kind))
            together = {child.id: each.id for child, each in shared_plans.others(session, begun.group_id)}
            put = plans.save if draft else plans.sign
            for life in self.lives:
                version = session.get_one(Revision, together.get(life.id, begun.id))
                typed = common() if life is self.first else {}
                answers = version.document.answers | typed | own(life)
                put(session, version.id, version.version, answers)

        self.then(on, act)
