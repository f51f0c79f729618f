"""Sections and forms: what is asked, what is wrong, what a set of answers says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from typing import Any, NamedTuple

from caseapp import words
from caseapp.form.conditions import Condition, is_empty
from caseapp.form.kinds import (
    Answers,
    Computed,
    Date,
    Field,
    Money,
    Number,
    Rows,
    Score,
    Signatures,
    Text,
    as_decimal,
    filled_rows,
)
from caseapp.form.rules import Rule


@dataclass(frozen=True)
class Section:
    """A heading with its questions. `look` names a screen of its own («star»), `owner` whose part it is.

    `shared` is the same for brothers and sisters who are helped together: typed once for all of them.
    `professional` stays off the family's copy, `plain` is its title there.
    """

    key: str
    title: str
    fields: tuple[Field, ...]
    guidance: str = field(default="", kw_only=True)
    owner: str = field(default="", kw_only=True)
    look: str = field(default="", kw_only=True)
    when: Condition | None = field(default=None, kw_only=True)
    shared: bool = field(default=False, kw_only=True)
    professional: bool = field(default=False, kw_only=True)
    plain: str = field(default="", kw_only=True)

    def asked(self, answers: Mapping[str, Any]) -> list[Field]:
        """Return the questions asked, given the answers so far."""
        if self.when and not self.when.holds(answers):
            return []
        return [each for when, those in self._together if not when or when.holds(answers) for each in those]

    @cached_property
    def _together(self) -> tuple[tuple[Condition | None, tuple[Field, ...]], ...]:
        """Return the questions by what they hang on: neighbours share it more often than not."""
        runs = groupby(self.fields, key=lambda each: each.when)
        return tuple((when, tuple(those)) for when, those in runs)


class Trouble(NamedTuple):
    """What keeps a form from being signed, at which question."""

    section: str
    key: str
    label: str
    words: str


class Fact(NamedTuple):
    """A reportable answer with its type: exactly one of code, number and day is set."""

    field: str
    code: str | None = None
    number: Decimal | None = None
    day: date | None = None


class Change(NamedTuple):
    """What differs between two documents, as people read it."""

    key: str
    label: str
    was: str
    now: str


class Action(NamedTuple):
    """Something agreed: what, by whom, by when."""

    what: str
    who: str
    by: date | None
    status: str


class Progress(NamedTuple):
    """How far a section is: `state` is done, part, empty or unasked; `missing` counts required answers."""

    section: str
    state: str
    missing: int


@dataclass(frozen=True)
class Stage:
    """A stretch of a star's scale with its name, both ends included."""

    label: str
    low: int
    high: int


@dataclass(frozen=True)
class Form:
    """A published form. `kind` is its series in a record (pep, star …), `dated_by` the key of its date.

    A star's `stages` cover its scale in order, if it names any; `review_weeks` is nought where none is given.
    """

    key: str
    version: int
    kind: str
    title: str
    sections: tuple[Section, ...]
    short: str = field(default="", kw_only=True)
    source: str = field(default="", kw_only=True)
    dated_by: str = field(default="", kw_only=True)
    rules: tuple[Rule, ...] = field(default=(), kw_only=True)
    owner: str = field(default="", kw_only=True)  # whose work it is, if not ours; printed with it
    acknowledgement: str = field(default="", kw_only=True)
    stages: tuple[Stage, ...] = field(default=(), kw_only=True)
    review_weeks: int = field(default=0, kw_only=True)

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Return every question in the form's order."""
        return tuple(each for section in self.sections for each in section.fields)

    @cached_property
    def _computed(self) -> tuple[Computed, ...]:
        return tuple(each for each in self.fields if isinstance(each, Computed))

    def asked(self, answers: Mapping[str, Any]) -> Iterator[tuple[Section, Field]]:
        """Yield each question asked, given the answers so far, with its section."""
        for section in self.sections:
            for each in section.asked(answers):
                yield section, each

    def clean(
        self, raw: Mapping[str, Any], *, today: date, to_sign: bool = False
    ) -> tuple[Answers, list[Trouble]]:
        """Return the answers as stored, and what is wrong with them.

        What cannot be understood is kept as typed. Answers to questions no longer asked are kept too, in a
        draft even those that an earlier version of the form asked.
        With `to_sign`, required questions without an answer are troubles as well.
        """
        answers, wrong = self._cleaned(raw)
        if not to_sign:
            answers |= self._left_over(raw)
        asked = list(self.asked(answers))
        troubles = [Trouble(s.key, f.key, f.label, wrong[f.key]) for s, f in asked if f.key in wrong]
        unclear = {each.key for each in troubles}
        for section, each in asked:
            if each.key in answers:
                troubles += _late_days(section, each, answers, today)
            if to_sign:
                troubles += _missing(section, each, answers)
        places = {each.key: (section, each) for section, each in asked} if self.rules else {}
        for rule in self.rules:
            if rule.key in places and not unclear & {rule.key, rule.other} and rule.broken(answers):
                section, each = places[rule.key]
                troubles.append(Trouble(section.key, each.key, each.label, rule.words))
        order = {each.key: number for number, each in enumerate(self.fields)} if troubles else {}
        return answers, sorted(troubles, key=lambda trouble: order[trouble.key])

    def of_draft(self, raw: Mapping[str, Any]) -> Answers:
        """Return the answers as `clean` does for a draft, without looking for what is wrong with them."""
        return self._cleaned(raw)[0] | self._left_over(raw)

    def _cleaned(self, raw: Mapping[str, Any]) -> tuple[Answers, dict[str, str]]:
        """Return the answers, and in words what is wrong with each that is not understood."""
        answers: Answers = {}
        wrong: dict[str, str] = {}
        given = [each for each in self.fields if raw.get(each.key) is not None]
        for each in given:
            if isinstance(each, Computed):
                continue
            try:
                answer = each.clean(raw[each.key])
            except ValueError as error:
                answer, wrong[each.key] = raw[each.key], str(error)
            if not is_empty(answer):
                answers[each.key] = answer
        for each in self._computed:
            if wrong.keys() & set(each.needs):
                continue  # nothing is worked out from what could not be understood
            if (worked_out := each.value(answers)) is not None:
                answers[each.key] = worked_out
        return answers, wrong

    def _left_over(self, raw: Mapping[str, Any]) -> Answers:
        return {key: value for key, value in raw.items() if key not in self._keys and not is_empty(value)}

    @cached_property
    def _keys(self) -> frozenset[str]:
        return frozenset(each.key for each in self.fields)

    def progress(self, answers: Mapping[str, Any]) -> list[Progress]:
        """Return how far each section is, in the form's order."""
        return [_progress(section, answers) for section in self.sections]

    def facts(self, answers: Mapping[str, Any]) -> list[Fact]:
        """Return the reportable answers, typed."""
        return [
            _fact(each, answers[each.key])
            for _, each in self.asked(answers)
            if each.report and not is_empty(answers.get(each.key))
        ]

    def events(self, answers: Mapping[str, Any]) -> list[tuple[str, date]]:
        """Return (kind, day) of each event that signing publishes to the clocks."""
        found = [
            (each.event, words.stored_day(answers.get(each.key)))
            for _, each in self.asked(answers)
            if isinstance(each, Date) and each.event
        ]
        return [(kind, happened) for kind, happened in found if happened]

    def dated(self, answers: Mapping[str, Any]) -> date | None:
        """Return the plan's own date, such as that of its meeting."""
        return words.stored_day(answers.get(self.dated_by))

    def changes(self, was: Mapping[str, Any], now: Mapping[str, Any]) -> list[Change]:
        """Return what differs, in the form's order, unasked questions included if they hold an answer."""
        shown = [(each, each.show(was.get(each.key)), each.show(now.get(each.key))) for each in self.fields]
        return [Change(each.key, each.label, old, new) for each, old, new in shown if old != new]

    def brought_forward(self, last: Mapping[str, Any]) -> Answers:
        """Return the answers a review begins with: the last plan's, less what is asked anew."""
        kept_on = [each for each in self.fields if not each.fresh and not isinstance(each, Computed)]
        answers = {each.key: _brought(each, last[each.key]) for each in kept_on if each.key in last}
        for each in self.fields:
            if isinstance(each, Rows) and each.from_last:
                answers.pop(each.key, None)
                kept = {inner.key for inner in each.fields}
                rows = [_only(row, kept) for row in filled_rows(last.get(each.from_last))]
                answers |= {each.key: rows} if rows else {}
        return answers

    def lends(self, field: Field) -> bool:
        """Return whether last time's answer may be brought forward: not what the record or the day says."""
        if field.prefill or field.key == self.dated_by or isinstance(field, Computed | Signatures):
            return False
        return not (isinstance(field, Rows) and (field.from_record or field.from_last))

    def quotes(self, answers: Mapping[str, Any]) -> list[str]:
        """Return the child's own words, in the form's order."""
        asked = [each for _, each in self.asked(answers) if isinstance(each, Text) and each.quote]
        return [str(answers[each.key]) for each in asked if answers.get(each.key)]

    def actions(self, answers: Mapping[str, Any]) -> list[Action]:
        """Return what was agreed in it."""
        marked = [each for _, each in self.asked(answers) if isinstance(each, Rows) and each.actions]
        return [_action(each, row) for each in marked for row in filled_rows(answers.get(each.key))]


def _brought(field: Field, answer: Any) -> Any:
    """Return an answer as a review begins with it: rows without what is asked anew in each."""
    if not isinstance(field, Rows) or not any(inner.fresh for inner in field.fields):
        return answer
    kept = {inner.key for inner in field.fields if not inner.fresh}
    return [_only(row, kept) for row in filled_rows(answer)]


def _only(row: Answers, keys: set[str]) -> Answers:
    return {key: value for key, value in row.items() if key in keys}


def _missing(section: Section, each: Field, answers: Mapping[str, Any]) -> list[Trouble]:
    answer = answers.get(each.key)
    if each.required and is_empty(answer):
        return [Trouble(section.key, each.key, each.label, "This is needed before signing.")]
    if not isinstance(each, Rows):
        return []
    rows = filled_rows(answer)
    if len(rows) < each.at_least:
        wanted = words.count(each.at_least, each.row)
        return [Trouble(section.key, each.key, each.label, f"At least {wanted} before signing.")]
    return [
        Trouble(
            section.key,
            each.key,
            each.label,
            f"{each.row.capitalize()} {n} has no answer to “{inner.label}”.",
        )
        for n, row in enumerate(rows, 1)
        for inner in each.fields
        if inner.required and (not inner.when or inner.when.holds(row)) and is_empty(row.get(inner.key))
    ]


def _late_days(section: Section, each: Field, answers: Mapping[str, Any], today: date) -> Iterator[Trouble]:
    if isinstance(each, Date):
        days = [(each, words.stored_day(answers.get(each.key)))]
    elif isinstance(each, Rows):
        inner_days = [inner for inner in each.fields if isinstance(inner, Date)]
        rows = filled_rows(answers.get(each.key))
        days = [(inner, words.stored_day(row.get(inner.key))) for row in rows for inner in inner_days]
    else:
        return
    for asked, found in days:
        if asked.past and found and found > today:
            yield Trouble(
                section.key,
                each.key,
                each.label,
                f"{words.day(found)} is still to come. Give the day it happened.",
            )


def _progress(section: Section, answers: Mapping[str, Any]) -> Progress:
    asked = [each for each in section.asked(answers) if not isinstance(each, Computed)]
    if not asked:
        return Progress(section.key, "unasked", 0)
    needed = (each for each in asked if each.required or isinstance(each, Rows))
    missing = sum(1 for each in needed if _missing(section, each, answers))
    if all(is_empty(answers.get(each.key)) for each in asked):
        return Progress(section.key, "empty", missing)
    return Progress(section.key, "part" if missing else "done", missing)


def _fact(each: Field, answer: Any) -> Fact:
    if isinstance(each, Date):
        return Fact(each.key, day=words.stored_day(answer))
    if isinstance(each, Number | Money | Score | Computed):
        return Fact(each.key, number=as_decimal(answer, 0))
    if isinstance(answer, list):
        return Fact(each.key, number=Decimal(len(answer)))
    return Fact(each.key, code=str(answer)[:200])


def _action(rows: Rows, row: Answers) -> Action:
    status = next((each.show(row.get("status")) for each in rows.fields if each.key == "status"), "")
    return Action(str(row.get("what", "")), str(row.get("who", "")), words.stored_day(row.get("by")), status)
