"""The small forms of the Measures page: each turns its answers into one piece of work for the store."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from caseapp import codes, measures
from caseapp.form import Choice, Date, Field, Number, Options, Score, Text
from caseapp.measure_rules import INFORMANTS, MOST_POINTS, MOST_TOTAL, SCALES, WHOSE
from caseapp.measure_view import GoalView, Rating, SdqRow
from caseapp.measures import NewScore, NewSdq
from caseapp.scaling import FAMILY, RESPONDENTS, Point
from ui.jotting import Place
from ui.people_forms import PeopleForm, Work
from ui.small_form import SmallForm

if TYPE_CHECKING:
    from ui.desk import Desk

_NO_SCORE: Final[Options] = tuple(codes.return_codes("SDQ_REASON").items())
_CLOSED: Final[Options] = (
    ("Reached", "Reached"),
    ("Changed to another goal", "Changed to another goal"),
    ("Given up", "Given up"),
    ("The help ended", "The help ended"),
)


def _number(form: SmallForm, key: str) -> int | None:
    """Return a number that was given; nought is one."""
    answer = form.editor(key).answer()
    return answer if isinstance(answer, int) else None


def _short(said: str) -> str:
    """Return the beginning of a goal's words, for a title."""
    one_line = " ".join(said.split())
    return one_line if len(one_line) < 60 else f"{one_line[:57].rstrip()}…"


class SdqForm(PeopleForm):
    """Takes the scores of a paper questionnaire, or the reason for none; puts a wrong result right."""

    title, save_text, needed = "Add SDQ scores", "Add scores", ("on",)

    def __init__(self, desk: Desk, child_id: UUID, wrong: SdqRow | None = None) -> None:
        self._wrong = wrong
        if wrong:
            self.title, self.save_text = "Put the SDQ scores right", "Save as a new result"
        super().__init__(desk, child_id)

    def written_about(self) -> Place:
        """Return the child, and the scores that are put right."""
        return Place(self.child_id, self._wrong.id if self._wrong else "")

    def fields(self) -> Sequence[Field]:
        """Return day, informant, scales, total, reason and remark."""
        scales = (Number(key, label, high=MOST_POINTS, half=True) for key, label in SCALES)
        return (
            Date("on", "Filled in on", past=True, half=True),
            Choice("informant", "Filled in by", options=INFORMANTS, half=True),
            *scales,
            Number(
                "total",
                "Total difficulties",
                high=MOST_TOTAL,
                half=True,
                help="Only where the four scales are not known",
            ),
            Choice("no_score", "Or no score, because", options=_NO_SCORE),
            Text("words", "Remark", lines=2),
        )

    def start(self) -> dict[str, Any]:
        """Return today, or the result that is wrong."""
        wrong = self._wrong
        if not wrong:
            return {"on": self.desk.today.isoformat()}
        total = None if len(wrong.scores) == len(SCALES) else wrong.total
        told = {"on": wrong.on.isoformat(), "informant": wrong.informant, "total": total}
        return told | {"no_score": wrong.no_score, "words": wrong.words} | wrong.scores

    def work(self) -> Work:
        """Return the adding of the result."""
        form = self.form
        new = NewSdq(
            form.day("on") or self.desk.today,
            form.text("informant"),
            {key: points for key, _ in SCALES if (points := _number(form, key)) is not None},
            _number(form, "total"),
            form.text("no_score"),
            form.text("words"),
        )
        wrong_id = self._wrong.id if self._wrong else None
        return partial(measures.add_sdq, child_id=self.child_id, new=new, replaces_id=wrong_id)


class GoalForm(PeopleForm):
    """Sets a goal in somebody's own words."""

    title, save_text, needed = "Set a goal", "Set goal", ("words", "whose", "on")

    def fields(self) -> Sequence[Field]:
        """Return words, whose and when."""
        return (
            Text(
                "words",
                "The goal, in the person’s own words",
                lines=2,
                help="Its words stay as they are; a goal that changes is closed, and a new one set",
            ),
            Choice("whose", "Whose goal is it?", options=WHOSE, half=True),
            Date("on", "Set on", past=True, half=True),
        )

    def start(self) -> dict[str, Any]:
        """Return the child's goal of today."""
        return {"whose": "child", "on": self.desk.today.isoformat()}

    def work(self) -> Work:
        """Return the setting of the goal."""
        form = self.form
        on = form.day("on") or self.desk.today
        said, whose = form.text("words"), form.text("whose")
        return partial(measures.add_goal, child_id=self.child_id, words=said, whose=whose, set_on=on)


class RateForm(PeopleForm):
    """Says how near a goal is; puts a wrong rating right."""

    title, save_text, needed = "How near is it?", "Save rating", ("score", "by", "on")

    def __init__(self, desk: Desk, child_id: UUID, goal: GoalView, wrong: Rating | None = None) -> None:
        self._goal, self._wrong = goal, wrong
        self.title = f"{'Put the rating right' if wrong else 'How near is it?'}  “{_short(goal.words)}”"
        super().__init__(desk, child_id)

    def written_about(self) -> Place:
        """Return the child, and the goal or the rating that is put right."""
        return Place(self.child_id, self._wrong.id if self._wrong else self._goal.id)

    def fields(self) -> Sequence[Field]:
        """Return the scale, who rates it and when."""
        return (
            Score("score", "Rating", low_words="No progress", high_words="Reached"),
            Choice("by", "Rated by", options=RESPONDENTS, half=True),
            Date("on", "On", past=True, half=True),
            Text("words", "What was said", lines=2),
        )

    def start(self) -> dict[str, Any]:
        """Return today and whose goal it is, or the rating that is wrong."""
        wrong = self._wrong
        if not wrong:
            return {"by": self._goal.whose, "on": self.desk.today.isoformat()}
        return {"score": wrong.score, "by": wrong.by, "on": wrong.on.isoformat(), "words": wrong.words}

    def work(self) -> Work:
        """Return the rating of the goal."""
        form = self.form
        return partial(
            measures.rate_goal,
            goal_id=self._goal.id,
            score=_number(form, "score") or 0,
            on=form.day("on") or self.desk.today,
            by=form.text("by"),
            words=form.text("words"),
            replaces_id=self._wrong.id if self._wrong else None,
        )


class CloseGoalForm(PeopleForm):
    """Closes a goal; its words and ratings stay."""

    save_text, needed = "Close goal", ("reason", "on")

    def __init__(self, desk: Desk, child_id: UUID, goal: GoalView) -> None:
        self._goal_id = goal.id
        self.title = f"Close the goal “{_short(goal.words)}”"
        super().__init__(desk, child_id)

    def written_about(self) -> Place:
        """Return the child and the goal."""
        return Place(self.child_id, self._goal_id)

    def fields(self) -> Sequence[Field]:
        """Return why, when, and more words."""
        return (
            Choice("reason", "Why", options=_CLOSED, half=True),
            Date("on", "Closed on", past=True, half=True),
            Text("more", "In more words"),
        )

    def start(self) -> dict[str, Any]:
        """Return today."""
        return {"on": self.desk.today.isoformat()}

    def work(self) -> Work:
        """Return the closing of the goal."""
        form = self.form
        reason = ": ".join(part for part in (form.text("reason"), form.text("more")) if part)
        on = form.day("on") or self.desk.today
        return partial(measures.close_goal, goal_id=self._goal_id, on=on, reason=reason)


class ScaleForm(PeopleForm):
    """Takes one person's score of how things are; puts a wrong one right."""

    title, save_text, needed = "Add a score from 0 to 10", "Add score", ("who", "role", "score", "on")

    def __init__(self, desk: Desk, child_id: UUID, wrong: Point | None = None) -> None:
        self._wrong = wrong
        if wrong:
            self.title, self.save_text = "Put the score right", "Save as a new score"
        super().__init__(desk, child_id)

    def fields(self) -> Sequence[Field]:
        """Return who answered about whom, the score and its reasons."""
        return (
            Text("who", "Who answered", half=True),
            Choice("role", "As", options=RESPONDENTS, half=True),
            Text("subject", "About whom", half=True, help="A child’s name, or the family"),
            Date("on", "On", past=True, half=True),
            Score(
                "score",
                "How are things?",
                low_words="As bad as it could be",
                high_words="As good as it could be",
            ),
            Text("lower", "Why not lower", lines=2),
            Text("higher", "What one point higher would look like", lines=2),
        )

    def start(self) -> dict[str, Any]:
        """Return today and the family, or the score that is wrong."""
        wrong = self._wrong
        if not wrong:
            return {"subject": FAMILY, "on": self.desk.today.isoformat()}
        told = {"who": wrong.respondent, "role": wrong.role, "subject": wrong.subject, "score": wrong.score}
        reasons = {"lower": wrong.why_not_lower, "higher": wrong.one_higher}
        return told | reasons | {"on": wrong.on.isoformat()}

    def work(self) -> Work:
        """Return the adding of the score."""
        form = self.form
        new = NewScore(
            form.day("on") or self.desk.today,
            form.text("who"),
            form.text("role"),
            form.text("subject"),
            _number(form, "score") or 0,
            form.text("lower"),
            form.text("higher"),
        )
        wrong_id = self._wrong.measure_id if self._wrong else None
        return partial(measures.add_scale, child_id=self.child_id, new=new, replaces_id=wrong_id)
