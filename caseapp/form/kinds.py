"""The kinds of question: what each accepts, how it is stored and how it reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from caseapp import words
from caseapp.form.conditions import AnyOf, Condition, is_empty

Answers = dict[str, Any]  # a JSON document; its values are checked by the fields
Options = tuple[tuple[str, str], ...]  # (code as stored, words as read)

YES_NO: Options = (("yes", "Yes"), ("no", "No"))


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
    professional: bool = field(default=False, kw_only=True)  # stays off the family's copy
    plain: str = field(default="", kw_only=True)  # the label on the family's copy, where ours is jargon

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
        given = {_code(each, self.options) for each in _several(raw)}
        return [code for code, _ in self.options if code in given] or None

    def show(self, answer: Any) -> str:
        """Return the options' words, one after the other."""
        named = dict(self.options)
        return ", ".join(named.get(str(code), str(code)) for code in _several(answer) if not is_empty(code))


def _several(answer: Any) -> list[Any]:
    """Return one or several answers as a list: what the record knows has a line each."""
    if isinstance(answer, str):
        return answer.splitlines()
    return answer if isinstance(answer, list) else [answer]


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
        unit = self.unit.removesuffix("s") if str(answer) == "1" else self.unit
        return "" if is_empty(answer) else f"{answer} {unit}".strip()


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

    `from_last` names the rows of the last signed plan that a new one begins with, to be reviewed;
    `from_record` what of the record it begins with («open actions»).
    """

    fields: tuple[Field, ...] = field(default=(), kw_only=True)
    row: str = field(default="row", kw_only=True)  # what one of them is called on the Add button
    at_least: int = field(default=0, kw_only=True)
    actions: bool = field(default=False, kw_only=True)
    from_last: str = field(default="", kw_only=True)
    from_record: str = field(default="", kw_only=True)

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
    return str(words.percent(part, whole))


def _total(*parts: Any) -> int | None:
    """Return the sum of whole numbers; nothing while one is missing."""
    return sum(parts) if all(isinstance(part, int) for part in parts) else None


def _left(whole: Any, used: Any) -> int | None:
    """Return what is left of a sum."""
    return whole - (used or 0) if isinstance(whole, int) and isinstance(used, int | None) else None


COMPUTED: dict[str, Callable[..., Any]] = {"percent": _percent, "total": _total, "left": _left}


def filled_rows(answer: Any) -> list[Answers]:
    """Return the rows that hold anything; none for whatever is not a list of rows."""
    if not isinstance(answer, list):
        return []
    return [
        row for row in answer if isinstance(row, dict) and any(not is_empty(value) for value in row.values())
    ]


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
    typed = str(raw).strip().removesuffix(unit).removesuffix(unit.removesuffix("s")).strip().replace(",", "")
    try:
        number = Decimal(typed)
    except InvalidOperation:
        raise ValueError(f"“{raw}” is not a number.") from None
    if not number.is_finite():
        raise ValueError(f"“{raw}” is not a number.")
    return number


def as_decimal(answer: Any, otherwise: int) -> Decimal:
    """Return an answer as a number, or another one where it is none."""
    try:
        number = Decimal(str(answer))
    except InvalidOperation:
        return Decimal(otherwise)
    return number if number.is_finite() else Decimal(otherwise)


# The kinds by name, for a form's JSON copy
KINDS: tuple[type[Field], ...] = (
    Text, Choice, Choices, Date, Number, Money, Score, Rows, Signatures, Computed,
)  # fmt: skip
