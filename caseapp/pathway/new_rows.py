"""What is known of a row of leaving care before it is in the record, and what an edit begins with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class NewLeavingEvent:
    """What a young person's rights depend on beside care: see `db.models.LEAVING_EVENTS`."""

    kind: str
    from_on: date
    until_on: date | None = None
    words: str = ""


@dataclass(frozen=True)
class NewOverride:
    """A manager's word on the legal category, and why the dates do not tell it."""

    category: str
    from_on: date
    reason: str
    until_on: date | None = None


@dataclass(frozen=True)
class NewHome:
    """Where a young person lives after care; `kind` is the letter of ACCOM."""

    kind: str
    from_on: date
    until_on: date | None = None
    suitable: bool | None = None
    because: str = ""
    provided: bool = False
    lines: str = ""
    withheld: bool = False
    landlord: str = ""
    tenancy: str = ""


@dataclass(frozen=True)
class NewActivity:
    """What a young person does, by the code of ACTIV."""

    code: str
    from_on: date
    until_on: date | None = None
    words: str = ""


@dataclass(frozen=True)
class NewInTouch:
    """Whether the authority is in touch, by the code of IN_TOUCH."""

    code: str
    happened_on: date
    how: str = ""
    agreed_by: str = ""
    next_offer_on: date | None = None
    words: str = ""


@dataclass(frozen=True)
class NewMoney:
    """Something granted or spent of the setting-up-home allowance. Pence."""

    kind: str
    happened_on: date
    pence: int
    what: str
    because: str = ""
    approved_by: str = ""
