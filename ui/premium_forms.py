"""The small forms of pupil premium: each turns its answers into one piece of work for the store."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from caseapp import words
from caseapp.education import premium, rates
from caseapp.education.premium import MOST_TARGETS, NewRequest, RequestRow
from caseapp.education.premium_totals import Start
from caseapp.form import AnyOf, Choice, Choices, Date, Field, Is, Money, Options, Text
from caseapp.form_parts.pep_lists import SPENDING_KINDS
from ui.jotting import Place
from ui.people_forms import PeopleForm, Work

if TYPE_CHECKING:
    from ui.desk import Desk

_DECISIONS: Final[Options] = tuple(premium.DECISIONS.items())
_STREAMS: Final[Options] = tuple(rates.STREAM_WORDS.items())
_SEASONS: Final = ("summer", "autumn", "spring")  # in the order of a financial year


def _pence(form: PeopleForm, key: str) -> int | None:
    answer = form.form.editor(key).answer()
    return answer if isinstance(answer, int) else None


def _name(row: RequestRow) -> str:
    return f"No. {row.number}, {row.thing}"


class AskForm(PeopleForm):
    """Asks for money; changes a request that is not decided, or answers the question to it."""

    title, save_text = "Ask for pupil premium", "Ask"
    needed = ("thing", "category", "asked", "asked_by", "asked_on", "stream", "when")

    def __init__(self, desk: Desk, child_id: UUID, start: Start, row: RequestRow | None = None) -> None:
        self._start, self._row = start, row
        if row:
            self.title, self.save_text = f"Change the request: {_name(row)}", "Save the request"
        known = [*(row.targets if row else ()), *start.targets]
        self._targets = tuple(dict.fromkeys(known))[:MOST_TARGETS]
        super().__init__(desk, child_id)

    def written_about(self) -> Place:
        """Return the child, and the request that is changed."""
        return Place(self.child_id, self._row.id if self._row else "", self._row is not None)

    def fields(self) -> Sequence[Field]:
        """Return what for, how much, who asks, from which money, and for which targets."""
        fields: list[Field] = [
            Text(
                "thing",
                "What is it for?",
                help="Something extra for this child: not what every pupil gets",
            ),
            Money("asked", "How much", half=True),
            Choice("category", "Kind", options=SPENDING_KINDS, half=True),
            Text("asked_by", "Who asks", half=True),
            Date("asked_on", "Asked on", past=True, half=True),
            Choice("stream", "From", options=_STREAMS, half=True),
            Choice("when", "For", options=self._terms(), half=True),
        ]
        if self._schools():
            fields.append(Choice("school", "Paid to", options=self._schools()))
        if self._targets:
            fields.append(Choices("targets", "For which targets", options=_same(self._targets)))
        fields.append(Text("target", "Another target", lines=2))
        return fields

    def _terms(self) -> Options:
        first = self._row.year if self._row else self._start.year
        return tuple(
            (
                f"{year}.{season}",
                f"{premium.term_words(year, season).capitalize()} ({rates.year_words(year)})",
            )
            for year in range(first - 1, first + 2)
            for season in _SEASONS
        )

    def _schools(self) -> Options:
        found = {self._start.school_id: self._start.school}
        if self._row:
            found[self._row.school_id] = self._row.school
        return tuple((school_id.hex, name) for school_id, name in found.items() if school_id)

    def start(self) -> dict[str, Any]:
        """Return what the record knows, or the request as it is."""
        row, start = self._row, self._start
        if row is None:
            return {
                "asked_by": self.desk.actor.name,
                "asked_on": self.desk.today.isoformat(),
                "stream": start.stream,
                "when": f"{start.year}.{start.season}",
                "school": start.school_id.hex if start.school_id else None,
            }
        return {
            "thing": row.thing,
            "asked": row.asked,
            "category": row.category,
            "asked_by": row.asked_by,
            "asked_on": row.asked_on.isoformat(),
            "stream": row.stream,
            "when": f"{row.year}.{row.season}",
            "school": row.school_id.hex if row.school_id else None,
            "targets": [*row.targets],
        }

    def work(self) -> Work:
        """Return the asking, or the change of the request."""
        form = self.form
        year, season = form.text("when").split(".")
        ticked = form.codes("targets") if self._targets else ()
        school = form.text("school") if self._schools() else ""
        new = NewRequest(
            thing=form.text("thing"),
            category=form.text("category"),
            asked=_pence(self, "asked") or 0,
            asked_by=form.text("asked_by"),
            asked_on=form.day("asked_on") or self.desk.today,
            stream=form.text("stream"),
            year=int(year),
            term=season,
            targets=(*ticked, form.text("target")),
            school_id=UUID(school) if school else None,
            revision_id=self._row.revision_id if self._row else self._start.revision_id,
        )
        if self._row:
            return partial(premium.change, request_id=self._row.id, new=new)
        return partial(premium.ask, child_id=self.child_id, new=new)


def _same(texts: Sequence[str]) -> Options:
    return tuple((text, text) for text in texts)


class RowForm(PeopleForm):
    """A form about one request; `about` begins its title."""

    about = ""

    def __init__(self, desk: Desk, child_id: UUID, row: RequestRow) -> None:
        self.row = row
        self.title = f"{self.about}: {_name(row)}, {words.money(row.approved or row.asked)}"
        super().__init__(desk, child_id)

    def written_about(self) -> Place:
        """Return the child and the request."""
        return Place(self.child_id, self.row.id)

    def today(self) -> str:
        """Return today as an answer."""
        return self.desk.today.isoformat()


class DecideForm(RowForm):
    """Decides on a request."""

    about, save_text, needed = "Decide", "Save the decision", ("decision", "approved", "on")

    def fields(self) -> Sequence[Field]:
        """Return the decision, its day, the part and the reason."""
        return (
            Choice("decision", "Decision", options=_DECISIONS),
            Date("on", "Decided on", past=True, half=True),
            Money("approved", "How much of it", half=True, when=Is("decision", "part")),
            Text("because", "Why", lines=2, when=AnyOf("decision", ("part", "declined", "query"))),
        )

    def start(self) -> dict[str, Any]:
        """Return today, or the decision as it is."""
        row = self.row
        if not row.decision or row.decision == "query":
            return {"on": self.today()}
        return {
            "decision": row.decision,
            "on": self.today(),
            "approved": row.approved,
            "because": row.because,
        }

    def work(self) -> Work:
        """Return the decision."""
        form = self.form
        return partial(
            premium.decide,
            request_id=self.row.id,
            decision=form.text("decision"),
            on=form.day("on") or self.desk.today,
            approved=_pence(self, "approved"),
            because=form.text("because"),
        )


class PayForm(RowForm):
    """Records the payment."""

    about, save_text, needed = "Paid", "Save the payment", ("on",)

    def fields(self) -> Sequence[Field]:
        """Return the day."""
        return (Date("on", "Paid on", past=True, half=True),)

    def start(self) -> dict[str, Any]:
        """Return today, or the day that stands."""
        return {"on": self.row.paid_on.isoformat() if self.row.paid_on else self.today()}

    def work(self) -> Work:
        """Return the recording of the payment."""
        on = self.form.day("on") or self.desk.today
        return partial(premium.pay, request_id=self.row.id, on=on)


class SpendForm(RowForm):
    """Records what was spent."""

    about, save_text, needed = "Spent", "Save", ("spent",)

    def fields(self) -> Sequence[Field]:
        """Return the sum."""
        return (Money("spent", "Spent so far, all told", half=True),)

    def start(self) -> dict[str, Any]:
        """Return what is recorded."""
        return {"spent": self.row.spent}

    def work(self) -> Work:
        """Return the recording of the sum."""
        return partial(premium.spend, request_id=self.row.id, pence=_pence(self, "spent") or 0)


class ImpactForm(RowForm):
    """Records what difference the money made."""

    about, save_text, needed = "Impact", "Save the impact", ("impact",)

    def fields(self) -> Sequence[Field]:
        """Return the words."""
        return (Text("impact", "Evidence, and the difference it made", lines=3),)

    def start(self) -> dict[str, Any]:
        """Return what is recorded."""
        return {"impact": self.row.impact}

    def work(self) -> Work:
        """Return the recording of the impact."""
        return partial(premium.tell_impact, request_id=self.row.id, said=self.form.text("impact"))


class TakeBackForm(RowForm):
    """Takes a request back."""

    about, save_text, needed = "Take back", "Take the request back", ("because",)

    def fields(self) -> Sequence[Field]:
        """Return the reason."""
        return (Text("because", "Why it is taken back"),)

    def work(self) -> Work:
        """Return the taking back."""
        said = self.form.text("because")
        return partial(premium.take_back, request_id=self.row.id, because=said)
