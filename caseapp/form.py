"""A form is one piece of plain data: screen, checks, storage, paper, export and comparison all read it.

Answers are a JSON document: {key: text | whole number | list | row | None}. Dates are ISO text, money is
pence, decimals are text («91.4»), several choices are a list of codes, rows are a list of such documents.
A draft may hold anything that was typed; `Form.clean` tells what is wrong with it and never loses it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from caseapp import words

Answers = dict[str, Any]  # a JSON document; its values are checked by the fields
Options = tuple[tuple[str, str], ...]  # (code as stored, words as read)

YES_NO: Options = (("yes", "Yes"), ("no", "No"))


# Conditions: data, so that a form goes to JSON and back unchanged


@dataclass(frozen=True)
class Is:
    """Holds when the answer to `key` is `value` (for several choices: when it is among them)."""

    key: str
    value: str

    def holds(self, answers: Mapping[str, Any]) -> bool:
        """Return whether the question is asked, given the answers so far."""
        return AnyOf(self.key, (self.value,)).holds(answers)


@dataclass(frozen=True)
class AnyOf:
    """Holds when the answer to `key` is one of `values`."""

    key: str
    values: tuple[str, ...]

    def holds(self, answers: Mapping[str, Any]) -> bool:
        """Return whether the question is asked, given the answers so far."""
        answer = answers.get(self.key)
        given = answer if isinstance(answer, list) else [answer]
        return any(value in self.values for value in given)


@dataclass(frozen=True)
class Filled:
    """Holds when `key` has any answer."""

    key: str

    def holds(self, answers: Mapping[str, Any]) -> bool:
        """Return whether the question is asked, given the answers so far."""
        return not is_empty(answers.get(self.key))


Condition = Is | AnyOf | Filled


def is_empty(answer: object) -> bool:
    """Return whether nothing was answered. Nought and «no» are answers, blanks are none."""
    if isinstance(answer, str):
        return not answer.strip()
    return answer is None or answer == [] or answer == {}


# Kinds of question


@dataclass(frozen=True)
class Field:
    """A question. `required` binds a signature, never a draft."""

    key: str
    label: str
    help: str = field(default="", kw_only=True)
    required: bool = field(default=False, kw_only=True)
    when: Condition | None = field(default=None, kw_only=True)
    prefill: str = field(
        default="", kw_only=True
    )  # what the record already knows, as `children.known` names it
    report: bool = field(default=False, kw_only=True)  # becomes a typed fact that lists and tiles may read
    fresh: bool = field(default=False, kw_only=True)  # asked anew at each review, not brought forward
    half: bool = field(default=False, kw_only=True)  # two such questions share a line on screen and paper
    secret_when: Condition | None = field(default=None, kw_only=True)  # paper then says «Withheld»

    def clean(self, raw: Any) -> Any:
        """Return the answer as stored. Raises ValueError with a sentence for the writer."""
        return _text(raw, 500)

    def show(self, answer: Any) -> str:
        """Return the words that a person reads; what could not be understood is shown as typed."""
        return "" if is_empty(answer) else str(answer)


@dataclass(frozen=True)
class Text(Field):
    """Words: one line, or `lines` to begin with and growing. `quote` marks the child's own words."""

    lines: int = field(default=1, kw_only=True)
    quote: bool = field(default=False, kw_only=True)

    @property
    def limit(self) -> int:
        """Return how many letters it takes."""
        return 500 if self.lines == 1 else 20_000

    def clean(self, raw: Any) -> str | None:
        """Return the tidied text."""
        return _text(raw, self.limit)


@dataclass(frozen=True)
class Choice(Field):
    """One of a list."""

    options: Options = field(default=(), kw_only=True)

    def clean(self, raw: Any) -> str | None:
        """Return the code. Takes the words too, so that a hand-written file is understood."""
        return _code(raw, self.options)

    def show(self, answer: Any) -> str:
        """Return the option's words."""
        return "" if is_empty(answer) else dict(self.options).get(str(answer), str(answer))


@dataclass(frozen=True)
class Choices(Field):
    """Several of a list, kept in the list's order."""

    options: Options = field(default=(), kw_only=True)

    def clean(self, raw: Any) -> list[str] | None:
        """Return the codes."""
        if is_empty(raw):
            return None
        given = {_code(each, self.options) for each in (raw if isinstance(raw, list) else [raw])}
        return [code for code, _ in self.options if code in given] or None

    def show(self, answer: Any) -> str:
        """Return the options' words, one after the other."""
        given = answer if isinstance(answer, list) else [answer]
        named = dict(self.options)
        return ", ".join(named.get(str(code), str(code)) for code in given if not is_empty(code))


@dataclass(frozen=True)
class Date(Field):
    """A day. `event` is published to the clocks on signing; `past` refuses days to come."""

    event: str = field(default="", kw_only=True)
    past: bool = field(default=False, kw_only=True)

    def clean(self, raw: Any) -> str | None:
        """Return ISO text."""
        if is_empty(raw):
            return None
        return str(raw) if words.stored_day(raw) else words.full_day(str(raw)).isoformat()

    def show(self, answer: Any) -> str:
        """Return dd/mm/yyyy."""
        found = words.stored_day(answer)
        return words.day(found) if found else super().show(answer)


@dataclass(frozen=True)
class Number(Field):
    """A number with `places` decimals, stored as a whole number or as decimal text."""

    unit: str = field(default="", kw_only=True)
    low: int = field(default=0, kw_only=True)
    high: int = field(default=1_000_000, kw_only=True)
    places: int = field(default=0, kw_only=True)

    def clean(self, raw: Any) -> int | str | None:
        """Return a whole number, or decimal text where the question has decimals."""
        if is_empty(raw):
            return None
        number = _decimal(raw, self.unit)
        if not self.low <= number <= self.high:
            raise ValueError(f"Type a number from {self.low:,} to {self.high:,}.")
        rounded = round(number, self.places)
        if rounded != number:
            allowed = words.count(self.places, "decimal place") if self.places else "whole numbers only"
            raise ValueError(f"This takes {allowed}.")
        return str(rounded + 0) if self.places else int(rounded)  # + 0 takes the sign from -0

    def show(self, answer: Any) -> str:
        """Return the number with its unit."""
        return "" if is_empty(answer) else f"{answer} {self.unit}".strip()


@dataclass(frozen=True)
class Money(Field):
    """A sum, stored in pence."""

    def clean(self, raw: Any) -> int | None:
        """Return pence. A whole number is taken as pence, text as pounds."""
        if is_empty(raw):
            return None
        if not isinstance(raw, int) or isinstance(raw, bool):
            return words.pence_from(str(raw))
        if abs(raw) >= 100_000_000_000:  # as much as can be typed
            raise ValueError(f"{words.money(raw)} is too large a sum of money.")
        return raw

    def show(self, answer: Any) -> str:
        """Return pounds."""
        return words.money(answer) if isinstance(answer, int) else super().show(answer)


@dataclass(frozen=True)
class Score(Field):
    """A point on a scale. No answer is not the lowest point."""

    low: int = field(default=0, kw_only=True)
    high: int = field(default=10, kw_only=True)
    low_words: str = field(default="", kw_only=True)
    high_words: str = field(default="", kw_only=True)

    def clean(self, raw: Any) -> int | None:
        """Return a whole number on the scale."""
        if is_empty(raw):
            return None
        number = _decimal(raw, "")
        if not self.low <= number <= self.high or number != int(number):  # in this order: 1e999999 is long
            raise ValueError(f"Choose a whole number from {self.low} to {self.high}.")
        return int(number)


@dataclass(frozen=True)
class Rows(Field):
    """Repeated rows. `actions` marks rows with `what`, `who` and `by` that Today and Overview list.

    `from_last` names the rows of the last signed plan that a new one begins with, to be reviewed.
    """

    fields: tuple[Field, ...] = field(default=(), kw_only=True)
    row: str = field(default="row", kw_only=True)  # what one of them is called on the Add button
    at_least: int = field(default=0, kw_only=True)
    actions: bool = field(default=False, kw_only=True)
    from_last: str = field(default="", kw_only=True)

    def clean(self, raw: Any) -> list[Answers] | None:
        """Return the rows that hold anything. Raises ValueError naming the first row that is wrong."""
        if is_empty(raw):
            return None
        if not isinstance(raw, list) or not all(isinstance(row, dict) for row in raw):
            raise ValueError("This takes a list of rows.")
        cleaned = [self._clean_row(number, row) for number, row in enumerate(filled_rows(raw), 1)]
        return [row for row in cleaned if row] or None

    def _clean_row(self, number: int, row: Answers) -> Answers:
        cleaned: Answers = {}
        for each in self.fields:
            try:
                answer = each.clean(row.get(each.key))
            except ValueError as error:
                raise ValueError(f"{self.row.capitalize()} {number}, {each.label}: {error}") from None
            if not is_empty(answer):
                cleaned[each.key] = answer
        return cleaned

    def show(self, answer: Any) -> str:
        """Return one line a row: label and answer of each question that has one."""
        if not isinstance(answer, list):
            return super().show(answer)
        rows = filled_rows(answer)
        return "\n".join(
            "; ".join(
                f"{each.label}: {each.show(row[each.key])}"
                for each in self.fields
                if not is_empty(row.get(each.key))
            )
            for row in rows
        )


SIGNED: Options = (("signed", "Signed"), ("declined", "Declined to sign"), ("absent", "Could not sign"))


@dataclass(frozen=True)
class Signatures(Rows):
    """Who signed, as what, when; or why somebody did not. Always asked anew."""

    fields: tuple[Field, ...] = field(
        default=(
            Text("name", "Name", required=True),
            Text("role", "Role", required=True),
            Choice("answer", "Signed?", options=SIGNED, required=True),
            Date("on", "Date", required=True, past=True),
            Text(
                "because", "If not signed, why", when=AnyOf("answer", ("declined", "absent")), required=True
            ),
        ),
        kw_only=True,
    )
    row: str = field(default="signature", kw_only=True)
    fresh: bool = field(default=True, kw_only=True)


@dataclass(frozen=True)
class Computed(Field):
    """Worked out from other answers by a function of `COMPUTED`; shown, never typed."""

    of: str = field(default="", kw_only=True)
    needs: tuple[str, ...] = field(default=(), kw_only=True)
    unit: str = field(default="", kw_only=True)

    def value(self, answers: Mapping[str, Any]) -> Any:
        """Return the answer worked out from the others, or None while they are missing."""
        return COMPUTED[self.of](*(answers.get(key) for key in self.needs))

    def show(self, answer: Any) -> str:
        """Return the result with its unit; pence as pounds."""
        if is_empty(answer):
            return ""
        return words.money(answer) if self.unit == "pence" else f"{answer} {self.unit}".strip()


def _percent(part: Any, whole: Any) -> str | None:
    """Return part of whole in per cent to one place; nothing while one is missing."""
    if not isinstance(part, int) or not isinstance(whole, int) or whole <= 0:
        return None
    return str(round(Decimal(100 * part) / whole, 1))


def _total(*parts: Any) -> int | None:
    """Return the sum of whole numbers; nothing while one is missing."""
    return sum(parts) if all(isinstance(part, int) for part in parts) else None


def _left(whole: Any, used: Any) -> int | None:
    """Return what is left of a sum."""
    return whole - (used or 0) if isinstance(whole, int) and isinstance(used, int | None) else None


COMPUTED: dict[str, Callable[..., Any]] = {"percent": _percent, "total": _total, "left": _left}


# Rules between answers


@dataclass(frozen=True)
class NotBefore:
    """The day of `key` may not be before the day of `other`."""

    key: str
    other: str
    words: str

    def broken(self, answers: Mapping[str, Any]) -> bool:
        """Return whether both days are known and stand the wrong way round."""
        later, earlier = words.stored_day(answers.get(self.key)), words.stored_day(answers.get(self.other))
        return later is not None and earlier is not None and later < earlier


@dataclass(frozen=True)
class NotOver:
    """The number of `key` may not be over that of `other`."""

    key: str
    other: str
    words: str

    def broken(self, answers: Mapping[str, Any]) -> bool:
        """Return whether both numbers are known and the first is greater."""
        return _as_decimal(answers.get(self.key), 0) > _as_decimal(answers.get(self.other), 10**12)


Rule = NotBefore | NotOver


# Sections and forms


@dataclass(frozen=True)
class Section:
    """A heading with its questions. `look` names a screen of its own («star»), `owner` whose part it is."""

    key: str
    title: str
    fields: tuple[Field, ...]
    guidance: str = field(default="", kw_only=True)
    owner: str = field(default="", kw_only=True)
    look: str = field(default="", kw_only=True)
    when: Condition | None = field(default=None, kw_only=True)

    def asked(self, answers: Mapping[str, Any]) -> list[Field]:
        """Return the questions asked, given the answers so far."""
        if self.when and not self.when.holds(answers):
            return []
        return [each for each in self.fields if not each.when or each.when.holds(answers)]


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
class Form:
    """A published form. `kind` is its series in a record (pep, star …), `dated_by` the key of its date."""

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

    @property
    def fields(self) -> list[Field]:
        """Return every question in the form's order."""
        return [each for section in self.sections for each in section.fields]

    def asked(self, answers: Mapping[str, Any]) -> Iterator[tuple[Section, Field]]:
        """Yield each question asked, given the answers so far, with its section."""
        for section in self.sections:
            for each in section.asked(answers):
                yield section, each

    def clean(
        self, raw: Mapping[str, Any], *, today: date, to_sign: bool = False
    ) -> tuple[Answers, list[Trouble]]:
        """Return the answers as stored, and what is wrong with them.

        What cannot be understood is kept as typed. Answers to questions no longer asked are kept too.
        With `to_sign`, required questions without an answer are troubles as well.
        """
        answers, troubles = self._cleaned(raw)
        unclear = {each.key for each in troubles}
        for section, each in self.asked(answers):
            troubles += _late_days(section, each, answers, today)
            if to_sign:
                troubles += _missing(section, each, answers)
        places = {each.key: (section, each) for section, each in self.asked(answers)}
        for rule in self.rules:
            if rule.key in places and not unclear & {rule.key, rule.other} and rule.broken(answers):
                section, each = places[rule.key]
                troubles.append(Trouble(section.key, each.key, each.label, rule.words))
        order = {each.key: number for number, each in enumerate(self.fields)}
        return answers, sorted(troubles, key=lambda trouble: order[trouble.key])

    def _cleaned(self, raw: Mapping[str, Any]) -> tuple[Answers, list[Trouble]]:
        answers: Answers = {}
        wrong: dict[str, str] = {}
        typed = [each for each in self.fields if not isinstance(each, Computed)]
        for each in typed:
            try:
                answer = each.clean(raw.get(each.key))
            except ValueError as error:
                answer, wrong[each.key] = raw.get(each.key), str(error)
            if not is_empty(answer):
                answers[each.key] = answer
        for each in self.fields:
            if not isinstance(each, Computed) or wrong.keys() & set(each.needs):
                continue  # nothing is worked out from what could not be understood
            if (worked_out := each.value(answers)) is not None:
                answers[each.key] = worked_out
        asked = list(self.asked(answers))
        return answers, [Trouble(s.key, f.key, f.label, wrong[f.key]) for s, f in asked if f.key in wrong]

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
        answers = {each.key: last[each.key] for each in kept_on if each.key in last}
        for each in self.fields:
            if isinstance(each, Rows) and each.from_last:
                answers.pop(each.key, None)
                kept = {inner.key for inner in each.fields}
                rows = [_only(row, kept) for row in filled_rows(last.get(each.from_last))]
                answers |= {each.key: rows} if rows else {}
        return answers

    def quotes(self, answers: Mapping[str, Any]) -> list[str]:
        """Return the child's own words, in the form's order."""
        asked = [each for _, each in self.asked(answers) if isinstance(each, Text) and each.quote]
        return [str(answers[each.key]) for each in asked if answers.get(each.key)]

    def actions(self, answers: Mapping[str, Any]) -> list[Action]:
        """Return what was agreed in it."""
        marked = [each for _, each in self.asked(answers) if isinstance(each, Rows) and each.actions]
        return [_action(each, row) for each in marked for row in filled_rows(answers.get(each.key))]


def filled_rows(answer: Any) -> list[Answers]:
    """Return the rows that hold anything; none for whatever is not a list of rows."""
    if not isinstance(answer, list):
        return []
    return [
        row for row in answer if isinstance(row, dict) and any(not is_empty(value) for value in row.values())
    ]


def _only(row: Answers, keys: set[str]) -> Answers:
    return {key: value for key, value in row.items() if key in keys}


def _text(raw: Any, limit: int) -> str | None:
    if is_empty(raw):
        return None
    text = words.tidy(str(raw)).rstrip()
    if len(text) > limit:
        raise ValueError(f"This takes {limit:,} letters; you have typed {len(text):,}.")
    return text or None


def _code(raw: Any, options: Options) -> str | None:
    if is_empty(raw):
        return None
    codes = {code for code, _ in options}
    by_words = {label.casefold(): code for code, label in options}
    code = str(raw) if str(raw) in codes else by_words.get(str(raw).strip().casefold())
    if code is None:
        raise ValueError(f"“{raw}” is not one of the answers on offer.")
    return code


def _decimal(raw: Any, unit: str) -> Decimal:
    typed = str(raw).strip().removesuffix(unit).strip().replace(",", "")
    try:
        number = Decimal(typed)
    except InvalidOperation:
        raise ValueError(f"“{raw}” is not a number.") from None
    if not number.is_finite():
        raise ValueError(f"“{raw}” is not a number.")
    return number


def _as_decimal(answer: Any, otherwise: int) -> Decimal:
    try:
        number = Decimal(str(answer))
    except InvalidOperation:
        return Decimal(otherwise)
    return number if number.is_finite() else Decimal(otherwise)


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
    missing = sum(1 for each in asked if _missing(section, each, answers))
    if all(is_empty(answers.get(each.key)) for each in asked):
        return Progress(section.key, "empty", missing)
    return Progress(section.key, "part" if missing else "done", missing)


def _fact(each: Field, answer: Any) -> Fact:
    if isinstance(each, Date):
        return Fact(each.key, day=words.stored_day(answer))
    if isinstance(each, Number | Money | Score | Computed):
        return Fact(each.key, number=_as_decimal(answer, 0))
    if isinstance(answer, list):
        return Fact(each.key, number=Decimal(len(answer)))
    return Fact(each.key, code=str(answer)[:200])


def _action(rows: Rows, row: Answers) -> Action:
    status = next((each.show(row.get("status")) for each in rows.fields if each.key == "status"), "")
    return Action(str(row.get("what", "")), str(row.get("who", "")), words.stored_day(row.get("by")), status)


# The kinds by name, for a form's JSON copy

KINDS: tuple[type[Field], ...] = (
    Text, Choice, Choices, Date, Number, Money, Score, Rows, Signatures, Computed,
)  # fmt: skip
