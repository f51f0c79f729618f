"""Settings of education for administrators: premium rates, term dates, and what a PEP must have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QGridLayout, QPushButton, QVBoxLayout, QWidget

from caseapp import pep_settings, words
from caseapp.education import qa_schemes, qa_settings, rates, terms
from caseapp.education.rates import Rate
from caseapp.education.terms import TermRow
from caseapp.form import YES_NO, Choice, Date, Field, Is, Money, Number, Text
from caseapp.pep_settings import PepSettings
from caseapp.school_terms import school_year_of, school_year_words
from caseapp.work import Problem
from ui import theme
from ui.help_cards import Folded
from ui.jotting import Place
from ui.parts import Banner, Card, Muted, Rule, icon_button, plain
from ui.record_parts import bring_into_sight, clear, row
from ui.small_form import InlineForm, SmallForm, give_keyboard_to

if TYPE_CHECKING:
    from caseapp.work import Session
    from ui.desk import Desk

_SHOWN_YEARS: Final = 3
_SCHEMES: Final = tuple((each.key, each.title) for each in qa_schemes.SCHEMES)


def school_cards(desk: Desk) -> list[Card]:
    """Return the cards of education, for whoever may change settings; none for anybody else."""
    if not desk.may("settings").allowed:
        return []
    return [PepCard(desk), RatesCard(desk), TermsCard(desk)]


class SettingsCard(Card):
    """A card that reads what is set, and opens a form in it to change one thing at a time."""

    def __init__(self, desk: Desk, title: str, about: str, action: QWidget | None = None) -> None:
        super().__init__(title, action)
        self._desk = desk
        self.form: InlineForm | None = None
        self._opener: QWidget | None = None
        self._said = Banner("", "success")
        self._said.hide()
        self._room, self._rows = QVBoxLayout(), QVBoxLayout()
        self.body.addWidget(Muted(about))
        self.body.addWidget(self._said)
        self.body.addLayout(self._room)
        self.body.addLayout(self._rows)

    def said(self) -> str:
        """Return how the last change went."""
        return self._said.text()

    def _open(self, form: InlineForm, save: Callable[[InlineForm], None]) -> None:
        self._close()
        self.form, self._opener = form, form.opener
        form.keep_typing(self._desk, Place())
        form.saved.connect(partial(save, form))
        form.cancelled.connect(self._close)
        self._room.addWidget(form)
        form.show()
        form.focus_first()
        QTimer.singleShot(0, form, partial(bring_into_sight, form))  # once it has its place

    def _close(self) -> None:
        clear(self._room)
        self.form = None
        self._said.hide()

    def _save(self, work: Callable[[Session], object], done: str) -> None:
        then = partial(self._saved, done)
        self._desk.record(self, work, then, self._refused, purpose=pep_settings.PURPOSE)

    def _saved(self, done: str, _nothing: object) -> None:
        focused = QApplication.focusWidget()
        if self.form is not None and focused is not None and self.form.isAncestorOf(focused):
            give_keyboard_to(self._opener)
        self._close()
        self._said.set_banner(done, "success")
        self._said.show()
        self.read()

    def _refused(self, problem: Problem) -> None:
        if self.form is not None:
            self.form.show_words(problem.words)
        else:
            self._said.set_banner(problem.words, "alert")
            self._said.show()

    def read(self) -> None:
        """Read what is set anew."""
        raise NotImplementedError


class RatesCard(SettingsCard):
    """The rates by financial year and stream, each with its source; unknown ones are said as unknown."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            "Pupil premium rates",
            "For each child and financial year, 1 April to 31 March. What is not known here stays unknown in "
            "every total until it is set.",
        )
        self.read()

    def read(self) -> None:
        """Read the rates anew."""
        self._desk.run(self, rates.table, self._show)

    def _show(self, found: list[Rate]) -> None:
        clear(self._rows)
        years = list(dict.fromkeys(each.year for each in found))
        shown, older = years[:_SHOWN_YEARS], years[_SHOWN_YEARS:]
        self._rows.addWidget(self._grid([each for each in found if each.year in shown]))
        if older:
            text = f"Earlier years, from {rates.year_words(older[-1])}"
            rest = [each for each in found if each.year in older]
            self._rows.addWidget(Folded(text, [self._grid(rest)]))

    def _grid(self, found: Sequence[Rate]) -> QWidget:
        grid = _Grid(("", "A child", "Source"), (3, 1, 4))
        year = 0
        for each in found:
            if each.year != year:
                year = each.year
                grid.heading(rates.year_words(year))
            told = ". ".join(part for part in (each.source, rates.MARKS[each.mark].capitalize()) if part)
            name = rates.STREAM_WORDS[each.stream]
            known = "" if each.pence is not None else "muted"
            grid.row(
                (name, ""), (each.words, known), (told if each.pence is not None else "–", "muted"),
                _change_button(f"{name} {rates.year_words(year)}", partial(self.begin, each)),
            )  # fmt: skip
        return grid

    def begin(self, rate: Rate) -> None:
        """Show the questions about one rate."""
        name = f"{rates.STREAM_WORDS[rate.stream]} {rates.year_words(rate.year)}"
        form = SmallForm(
            (
                Choice("known", "Is the rate known?", options=YES_NO),
                Money("pence", "A child, for the year", half=True, when=Is("known", "yes")),
                Text("source", "Where it is published", when=Is("known", "yes")),
            ),
            self._desk.today,
            ("known", "pence", "source"),
        )
        is_known = rate.pence is not None
        form.set_answers({"known": "yes", "pence": rate.pence, "source": rate.source if is_known else ""})
        self._open(InlineForm(name, form, "Save rate"), partial(self._save_rate, rate, name))

    def _save_rate(self, rate: Rate, name: str, form: InlineForm) -> None:
        answer, source = form.form.editor("pence").answer(), form.form.text("source")
        is_known = form.form.text("known") == "yes"
        pence = answer if is_known and isinstance(answer, int) else None
        work = partial(
            rates.set_rate, stream=rate.stream, year=rate.year, pence=pence, source=source if is_known else ""
        )
        said = words.money(pence) if pence is not None else "not known"
        self._save(work, f"{name} is {said} from now on.")


class TermsCard(SettingsCard):
    """The terms of the area, by school year."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            "Term dates",
            "A PEP is due in each term. Without dates of this area the terms are those of the law: to 31 "
            "December, 31 March and 31 August. A day in the holidays belongs to the term before.",
        )
        self.read()

    def read(self) -> None:
        """Read the terms anew."""
        self._desk.run(self, terms.table, self._show)

    def _show(self, found: list[TermRow]) -> None:
        clear(self._rows)
        now = school_year_of(self._desk.today)
        near = [each for each in found if each.school_year in (now, now + 1)]
        far = [each for each in found if each not in near]
        self._rows.addWidget(self._grid(near))
        self._rows.addWidget(Folded("Other school years", [self._grid(far)]))

    def _grid(self, found: Sequence[TermRow]) -> QWidget:
        grid = _Grid(("", "First day", "Last day", ""), (3, 2, 2, 2))
        year = 0
        for each in found:
            if each.school_year != year:
                year = each.school_year
                grid.heading(school_year_words(year))
            meaning = "" if each.is_own else "muted"
            grid.row(
                (each.name.capitalize(), ""), (words.day(each.first_on), meaning),
                (words.day(each.last_on), meaning), ("" if each.is_own else "Not set here", "muted"),
                _change_button(each.name, partial(self.begin, each)),
            )  # fmt: skip
        return grid

    def begin(self, term: TermRow) -> None:
        """Show the questions about one term."""
        form = SmallForm(
            (
                Date("first_on", "First day of school", half=True),
                Date("last_on", "Last day of school", half=True),
            ),
            self._desk.today,
            ("first_on", "last_on"),
        )
        form.set_answers({"first_on": term.first_on.isoformat(), "last_on": term.last_on.isoformat()})
        title = f"{term.name.capitalize()} ({school_year_words(term.school_year)})"
        self._open(InlineForm(title, form, "Save dates"), partial(self._save_term, term))

    def _save_term(self, term: TermRow, form: InlineForm) -> None:
        first_on, last_on = form.form.day("first_on"), form.form.day("last_on")
        if first_on is None or last_on is None:
            return
        work = partial(
            terms.set_term,
            school_year=term.school_year,
            season=term.season,
            first_on=first_on,
            last_on=last_on,
        )
        told = f"{words.day(first_on)} to {words.day(last_on)}"
        self._save(
            work,
            f"The {term.name} runs from {told}. Due dates are worked out anew when caseapp is next opened.",
        )


class PepCard(SettingsCard):
    """From which age a PEP is made, how many targets it needs, and how it is graded."""

    def __init__(self, desk: Desk) -> None:
        self._button = QPushButton("Change…")
        self._button.setAccessibleName("Change how PEPs are made and graded")
        super().__init__(
            desk,
            "Personal Education Plans",
            "What differs from area to area. Plans that were signed stay as they are.",
            row(self._button),
        )
        self._set: tuple[PepSettings, qa_schemes.Setting] | None = None
        self._button.clicked.connect(self.begin)
        self.read()

    def read(self) -> None:
        """Read the settings anew."""
        self._desk.run(self, _both, self._show)

    def _show(self, found: tuple[PepSettings, qa_schemes.Setting]) -> None:
        self._set = found
        plan, quality = found
        clear(self._rows)
        grid = _Grid((), (2, 3))
        for label, said in (
            ("Made from the age of", words.count(plan.from_age, "year")),
            ("New targets wanted", f"At least {plan.targets}"),
            ("Grades", f"{quality.grading.title}. {quality.rule}"),
            ("Checked within", words.count(quality.qa_days, "working day")),
        ):
            grid.row((label, "muted"), (said, ""))
        self._rows.addWidget(grid)

    def begin(self) -> None:
        """Show the questions."""
        if self._set is None:
            return
        plan, quality = self._set
        form = SmallForm(_pep_fields(), self._desk.today, ("from_age", "targets", "scheme", "qa_days"))
        form.set_answers(
            {
                "from_age": plan.from_age,
                "targets": plan.targets,
                "scheme": quality.scheme,
                "reds": str(quality.reds),
                "attainment": "yes" if quality.attainment_counts else "no",
                "qa_days": quality.qa_days,
            }
        )
        self._open(InlineForm("How PEPs are made and graded", form, "Save"), self._save_plan)

    def _save_plan(self, form: InlineForm) -> None:
        answers = form.form.answers()
        plan = PepSettings(int(answers["from_age"]), int(answers["targets"]))
        quality = replace(
            self._set[1] if self._set else qa_schemes.Setting(),
            scheme=form.form.text("scheme"),
            reds=int(answers["reds"] or 1),
            attainment_counts=answers["attainment"] != "no",
            qa_days=int(answers["qa_days"]),
        )
        self._save(partial(_choose, plan=plan, quality=quality), "PEPs are made and graded so from now on.")


def _pep_fields() -> tuple[Field, ...]:
    ages, targets = pep_settings.AGES, pep_settings.TARGETS
    return (
        Number("from_age", "Made from the age of", unit="years", low=ages[0], high=ages[-1], half=True),
        Number("targets", "New targets wanted, at least", low=targets[0], high=targets[-1], half=True),
        Choice("scheme", "Grades", options=_SCHEMES, half=True),
        Number(
            "qa_days", "Checked within", unit="working days", low=1, high=qa_settings.MOST_DAYS, half=True
        ),
        Choice("attainment", "Does attainment count in the overall grade?", options=YES_NO, half=True),
        Choice(
            "reds",
            "Red overall with",
            options=(("1", "any section red"), ("2", "two sections red")),
            half=True,
            when=Is("scheme", "gold"),
        ),
    )


def _both(session: Session) -> tuple[PepSettings, qa_schemes.Setting]:
    return pep_settings.read(session), qa_settings.read(session)


def _choose(session: Session, plan: PepSettings, quality: qa_schemes.Setting) -> None:
    pep_settings.choose(session, plan)
    qa_settings.choose(session, quality)


class _Grid(QWidget):
    """Rows of words under headings, with a button at the end of each."""

    def __init__(self, headings: Sequence[str], shares: Sequence[int]) -> None:
        super().__init__()
        self._headings, self._line = headings, 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(4)
        for column, share in enumerate(shares):
            self._grid.setColumnStretch(column, share)

    def heading(self, text: str) -> None:
        """Begin another year."""
        if self._line:
            self._grid.addWidget(Rule(), self._next(), 0, 1, -1)
        line = self._next()
        self._grid.addWidget(plain(text, "label"), line, 0)
        for column, heading in enumerate(self._headings[1:], 1):
            if heading and line == 0:
                self._grid.addWidget(plain(heading, "small"), line, column)

    def row(self, *cells: tuple[str, str] | QWidget) -> None:
        """Add a row of (words, role), or a widget in place of words."""
        line = self._next()
        for column, cell in enumerate(cells):
            if isinstance(cell, QWidget):
                widget: QWidget = cell
            else:
                label = plain(*cell)
                label.setWordWrap(column > 0)
                widget = label
            self._grid.addWidget(widget, line, column, Qt.AlignmentFlag.AlignVCenter)

    def _next(self) -> int:
        self._line += 1
        return self._line - 1


def _change_button(what: str, act: Callable[[], object]) -> QWidget:
    button = icon_button("draft", f"Change: {what}")
    theme.set_icon(button, "draft", "muted", 16)
    button.setStyleSheet("padding: 0; min-height: 24px; min-width: 24px;")  # no higher than the line
    button.clicked.connect(act)
    return button
