"""The tables. A record about a child carries `child_id`: the unit of access, history, purge and export.

Statutory dates are plain dates, Europe/London. Money is pence. Codes of the SSDA903 return are kept as the
return writes them; attribute names are the field's own words.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import (
    DDL,
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    UniqueConstraint,
    event,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, relationship

from db.types import Doc, Id, Utc, Words, new_id

# What has no history entry: derived rows (class E), this device's own (class F), and the chains themselves.
NO_HISTORY = frozenset({"fact", "clock", "name_token", "typing", "setting", "history", "look", "chain_head"})


CHILD_STATUSES = (
    "early_help", "child_in_need", "child_protection", "looked_after", "care_leaver", "closed",
)  # fmt: skip
NOTE_KINDS = (
    "visit", "call", "meeting", "message", "attempt", "taf", "review", "placement_plan", "care_plan",
    "health", "dental", "supervision", "note",
)  # fmt: skip


def _key(target: str) -> Any:
    """Return a deferred foreign key: a batch may arrive in any order."""
    return ForeignKey(target, deferrable=True, initially="DEFERRED")


class Base(DeclarativeBase):
    """What every table shares: the types and the names of constraints."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        UUID: Id(),
        datetime: Utc(),
        date: Date(),
        dict[str, Any]: Doc(),
        list[str]: Doc(),
        bytes: LargeBinary(),
        Decimal: Numeric(18, 4),
        str: Words(),
        int: Integer(),
        bool: Boolean(),
    }

    def __repr__(self) -> str:
        # Logs and tracebacks hold names of tables and ids, never what they contain; nothing is read for it.
        return f"<{type(self).__name__} {vars(self).get('id', '')}>"


class Record:
    """Common columns of every record: identity, version, who and when, tombstone."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column()
    created_at: Mapped[datetime]
    created_by: Mapped[UUID]
    updated_at: Mapped[datetime]
    updated_by: Mapped[UUID]
    device_id: Mapped[UUID]
    deleted_at: Mapped[datetime | None] = mapped_column()  # given a value: the guard reads it on the mixin
    deleted_by: Mapped[UUID | None]
    delete_reason: Mapped[str | None]

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}


class OfChild:
    """Rows that belong to one child's file, derived ones too: the guard scopes them."""

    child_id: Mapped[UUID] = mapped_column(Id(), _key("child.id"))


class AboutChild(Record, OfChild):
    """A record about a child."""

    @declared_attr.directive
    def __table_args__(cls) -> Any:
        name = cls.__tablename__  # type: ignore[attr-defined]
        return (Index(f"ix_{name}_child_id_id", "child_id", "id"), *getattr(cls, "MORE", ()))


# People and places that no single file owns


class Team(Base, Record):
    """A team of workers."""

    __tablename__ = "team"
    name: Mapped[str]


class Worker(Base, Record):
    """Somebody who works for the council. With a `user_name` they sign in; `roles` says what they may do."""

    __tablename__ = "worker"
    name: Mapped[str]
    sort_name: Mapped[str]
    job: Mapped[str] = mapped_column(default="")
    team_id: Mapped[UUID | None] = mapped_column(_key("team.id"))
    user_name: Mapped[str | None] = mapped_column(unique=True)
    roles: Mapped[list[str]] = mapped_column(default=list)
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    source_ref: Mapped[str | None] = mapped_column(unique=True)  # the return's SW_ID
    left_on: Mapped[date | None]


class School(Base, Record):
    """A school or other setting."""

    __tablename__ = "school"
    name: Mapped[str]
    sort_name: Mapped[str]
    kind: Mapped[str] = mapped_column(default="")
    urn: Mapped[str] = mapped_column(default="")
    town: Mapped[str] = mapped_column(default="")
    postcode: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")


class Person(Base, Record):
    """A family member or a professional of another agency. Seen only through a child's file."""

    __tablename__ = "person"
    given: Mapped[str] = mapped_column(default="")
    family: Mapped[str] = mapped_column(default="")
    sort_name: Mapped[str]
    born_on: Mapped[date | None]
    sex: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    postcode: Mapped[str] = mapped_column(default="")
    organisation: Mapped[str] = mapped_column(default="")
    job: Mapped[str] = mapped_column(default="")

    @property
    def name(self) -> str:
        """Return the name people read."""
        return f"{self.given} {self.family}".strip()


# The child


class Child(Base, Record):
    """A child or young person. `ref` is the printed reference, `source_ref` the return's CHILD."""

    __tablename__ = "child"
    ref: Mapped[int] = mapped_column(unique=True)
    source_ref: Mapped[str | None] = mapped_column(unique=True)
    given: Mapped[str] = mapped_column(default="")
    family: Mapped[str] = mapped_column(default="")
    known_as: Mapped[str] = mapped_column(default="")
    sort_name: Mapped[str]
    born_on: Mapped[date | None]
    due_on: Mapped[date | None]
    sex: Mapped[str] = mapped_column(default="")
    gender: Mapped[str] = mapped_column(default="")
    pronouns: Mapped[str] = mapped_column(default="")
    ethnicity: Mapped[str] = mapped_column(default="")
    first_language: Mapped[str] = mapped_column(default="")
    interpreter: Mapped[str] = mapped_column(default="")
    religion: Mapped[str] = mapped_column(default="")
    nationality: Mapped[str] = mapped_column(default="")
    disability: Mapped[str] = mapped_column(default="")
    sen_status: Mapped[str] = mapped_column(default="")
    alerts: Mapped[str] = mapped_column(default="")
    gp: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    upn: Mapped[str] = mapped_column(default="")
    uln: Mapped[str] = mapped_column(default="")
    nhs_number: Mapped[str] = mapped_column(default="")
    is_mother: Mapped[bool | None]
    mother_child_born_on: Mapped[date | None]
    status: Mapped[str] = mapped_column(default="early_help")
    team_id: Mapped[UUID | None] = mapped_column(_key("team.id"))
    worker_id: Mapped[UUID | None] = mapped_column(_key("worker.id"))
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]
    last_seen_on: Mapped[date | None]

    __table_args__ = (
        CheckConstraint(f"status IN {CHILD_STATUSES}", "status"),
        Index("ix_child_sort_name_id", "sort_name", "id"),
        Index("ix_child_worker_id_sort_name", "worker_id", "sort_name", "id"),
        Index("ix_child_team_id_sort_name", "team_id", "sort_name", "id"),
        Index("ix_child_born_on", "born_on"),
    )

    @property
    def name(self) -> str:
        """Return the name people read. An imported child has only the return's reference."""
        full = f"{self.given} {self.family}".strip()
        if not self.given and self.due_on and not self.born_on:
            return f"Baby {self.family}".strip()
        return full or f"Child {self.source_ref or self.ref}"


class FormerName(Base, AboutChild):
    """A name that the child has or had beside the present one."""

    __tablename__ = "former_name"
    given: Mapped[str] = mapped_column(default="")
    family: Mapped[str] = mapped_column(default="")
    kind: Mapped[str] = mapped_column(default="former")


class Address(Base, AboutChild):
    """Where the child lives or lived. A withheld one never leaves the screen."""

    __tablename__ = "address"
    lines: Mapped[str]
    postcode: Mapped[str] = mapped_column(default="")
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    withheld: Mapped[bool] = mapped_column(default=False)


class Schooling(Base, AboutChild):
    """A spell at a school."""

    __tablename__ = "schooling"
    school_id: Mapped[UUID] = mapped_column(_key("school.id"))
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
    designated_teacher: Mapped[str] = mapped_column(default="")
    reason_left: Mapped[str] = mapped_column(default="")
    school: Mapped[School] = relationship(lazy="joined", innerjoin=True)


class Relation(Base, AboutChild):
    """Who somebody is to the child: a person, or another child with an own file (`other_child_id`)."""

    __tablename__ = "relation"
    person_id: Mapped[UUID | None] = mapped_column(_key("person.id"), index=True)
    other_child_id: Mapped[UUID | None] = mapped_column(_key("child.id"))
    kind: Mapped[str]
    lives_with: Mapped[bool] = mapped_column(default=False)
    parental_responsibility: Mapped[bool] = mapped_column(default=False)
    emergency_contact: Mapped[bool] = mapped_column(default=False)
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")
    person: Mapped[Person | None] = relationship(lazy="joined")


class Involvement(Base, AboutChild):
    """A worker of ours, or a professional of another agency, in the child's life."""

    __tablename__ = "involvement"
    worker_id: Mapped[UUID | None] = mapped_column(_key("worker.id"))
    person_id: Mapped[UUID | None] = mapped_column(_key("person.id"), index=True)
    role: Mapped[str]
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
    worker: Mapped[Worker | None] = relationship(lazy="joined")
    person: Mapped[Person | None] = relationship(lazy="joined")


class Note(Base, AboutChild):
    """A case note: a visit, a call, a meeting. `group_id` joins the same note in siblings' files."""

    __tablename__ = "note"
    MORE = (CheckConstraint(f"kind IN {NOTE_KINDS}", "kind"),)
    happened_on: Mapped[date]
    kind: Mapped[str]
    words: Mapped[str]
    quote: Mapped[str] = mapped_column(default="")  # the child's own words
    seen: Mapped[bool] = mapped_column(default=False)
    seen_alone: Mapped[bool] = mapped_column(default=False)
    group_id: Mapped[UUID | None]
    replaces_id: Mapped[UUID | None]


# The care record, as the SSDA903 return tells it


class Episode(Base, AboutChild):
    """A stretch of care with the same legal status and placement."""

    __tablename__ = "episode"
    MORE = (UniqueConstraint("child_id", "started_on"),)
    started_on: Mapped[date]
    reason_started: Mapped[str]
    legal_status: Mapped[str]
    category_of_need: Mapped[str] = mapped_column(default="")
    placement: Mapped[str] = mapped_column(default="")
    provider: Mapped[str] = mapped_column(default="")
    ended_on: Mapped[date | None]
    reason_ended: Mapped[str] = mapped_column(default="")
    reason_moved: Mapped[str] = mapped_column(default="")
    home_postcode: Mapped[str] = mapped_column(default="")
    placement_postcode: Mapped[str] = mapped_column(default="")
    urn: Mapped[str] = mapped_column(default="")


class LacReview(Base, AboutChild):
    """A looked-after review that was held, and how the child took part (PN0 to PN7)."""

    __tablename__ = "lac_review"
    MORE = (UniqueConstraint("child_id", "held_on"),)
    held_on: Mapped[date]
    participation: Mapped[str] = mapped_column(default="")


class HealthYear(Base, AboutChild):
    """The health items of a year to 31 March (table OC2). `year` is the year it ends in."""

    __tablename__ = "health_year"
    MORE = (UniqueConstraint("child_id", "year"),)
    year: Mapped[int]
    sdq_score: Mapped[int | None]
    sdq_reason: Mapped[str] = mapped_column(default="")
    convicted: Mapped[bool | None]
    health_check: Mapped[bool | None]
    immunisations: Mapped[bool | None]
    teeth_check: Mapped[bool | None]
    health_assessment: Mapped[bool | None]
    substance_misuse: Mapped[bool | None]
    intervention_received: Mapped[bool | None]
    intervention_offered: Mapped[bool | None]


class CareLeaverYear(Base, AboutChild):
    """A care leaver's items of a year to 31 March (table OC3)."""

    __tablename__ = "care_leaver_year"
    MORE = (UniqueConstraint("child_id", "year"),)
    year: Mapped[int]
    in_touch: Mapped[str]
    activity: Mapped[str]
    accommodation: Mapped[str]


class MissingPeriod(Base, AboutChild):
    """A time missing (M) or away without authorisation (A)."""

    __tablename__ = "missing_period"
    MORE = (
        UniqueConstraint("child_id", "started_on", "kind"),
        CheckConstraint("kind IN ('M', 'A')", "kind"),
    )
    kind: Mapped[str]
    started_on: Mapped[date]
    ended_on: Mapped[date | None]


class Uasc(Base, AboutChild):
    """The child is or was an unaccompanied asylum-seeking child, until `ended_on`."""

    __tablename__ = "uasc"
    MORE = (UniqueConstraint("child_id"),)
    ended_on: Mapped[date | None]


class Adoption(Base, AboutChild):
    """An adoption (table AD1)."""

    __tablename__ = "adoption"
    MORE = (UniqueConstraint("child_id"),)
    decided_on: Mapped[date | None]
    matched_on: Mapped[date | None]
    by_foster_carer: Mapped[bool | None]
    adopters: Mapped[int | None]
    adopters_sex: Mapped[str] = mapped_column(default="")
    adopters_legal_status: Mapped[str] = mapped_column(default="")


class AdoptionDecision(Base, AboutChild):
    """A decision that the child should be placed for adoption, and its end if it was reversed."""

    __tablename__ = "adoption_decision"
    MORE = (UniqueConstraint("child_id", "decided_on"),)
    decided_on: Mapped[date]
    ended_on: Mapped[date | None]
    reason_ended: Mapped[str] = mapped_column(default="")


class PreviousPermanence(Base, AboutChild):
    """A permanent home before this care. `was_on` is text: day or month may be unknown (ZZ)."""

    __tablename__ = "previous_permanence"
    MORE = (UniqueConstraint("child_id"),)
    kind: Mapped[str]
    authority: Mapped[str] = mapped_column(default="")
    was_on: Mapped[str] = mapped_column(default="")


class WorkerSpell(Base, AboutChild):
    """A social worker's spell with the child, as the return names them (from 2023/24)."""

    __tablename__ = "worker_spell"
    MORE = (UniqueConstraint("child_id", "source_ref", "started_on"),)
    source_ref: Mapped[str]
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(default="")


# Plans


class Revision(Base, AboutChild):
    """A version of a plan: a draft until `signed_at`, then closed for good. `number` runs in child and kind.

    `replaces_id` names the version that a correction puts right, `follows_id` the one a review goes on from.
    """

    __tablename__ = "revision"
    MORE = (
        UniqueConstraint("child_id", "kind", "number"),
        Index(
            "ix_revision_drafts", "created_by", "started_on", "child_id", "kind",
            sqlite_where=text("signed_at IS NULL"),
            postgresql_where=text("signed_at IS NULL"),
        ),
    )  # fmt: skip
    kind: Mapped[str]
    number: Mapped[int]
    form_key: Mapped[str]
    form_version: Mapped[int]
    form_digest: Mapped[str] = mapped_column(default="")
    started_on: Mapped[date]
    dated_on: Mapped[date | None]
    sections_done: Mapped[int] = mapped_column(default=0)
    sections_asked: Mapped[int] = mapped_column(default=0)
    signed_at: Mapped[datetime | None]
    signed_by: Mapped[UUID | None] = mapped_column(_key("worker.id"))
    replaces_id: Mapped[UUID | None]
    follows_id: Mapped[UUID | None]
    reason: Mapped[str] = mapped_column(default="")
    document: Mapped[Document] = relationship(back_populates="revision", uselist=False)


class Document(Base, AboutChild):
    """The answers of a version. Assign a new dictionary: a change inside the old one is not seen."""

    __tablename__ = "document"
    revision_id: Mapped[UUID] = mapped_column(_key("revision.id"), unique=True)
    answers: Mapped[dict[str, Any]]
    revision: Mapped[Revision] = relationship(back_populates="document")


class Clash(Base, AboutChild):
    """What somebody typed on a version that was no longer the newest. Kept until a person decides."""

    __tablename__ = "clash"
    revision_id: Mapped[UUID] = mapped_column(_key("revision.id"))
    opened_version: Mapped[int]
    answers: Mapped[dict[str, Any]]
    settled_on: Mapped[date | None]


class FormCopy(Base, Record):
    """A form as it stood when something was first signed under it."""

    __tablename__ = "form_copy"
    digest: Mapped[str] = mapped_column(unique=True)
    form_key: Mapped[str]
    form_version: Mapped[int]
    definition: Mapped[dict[str, Any]]


# Derived from the above, rebuilt by one function each; no history


class Fact(Base, OfChild):
    """A reportable answer or event of a signed version. Of code, number and day one is set."""

    __tablename__ = "fact"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    revision_id: Mapped[UUID] = mapped_column(_key("revision.id"))
    field: Mapped[str]
    is_event: Mapped[bool] = mapped_column(default=False)
    code: Mapped[str | None]
    number: Mapped[Decimal | None]
    day: Mapped[date | None]
    __table_args__ = (
        Index("ix_fact_child_id_field", "child_id", "field"),
        Index("ix_fact_revision_id", "revision_id"),
    )


class ClockRow(Base, OfChild):
    """A date by which something is due, worked out from the child's events."""

    __tablename__ = "clock"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    worker_id: Mapped[UUID | None]
    team_id: Mapped[UUID | None]
    started_on: Mapped[date]
    due_on: Mapped[date]
    red_after: Mapped[date | None]  # late in practice before it is late in law, as a PEP in its term
    met_on: Mapped[date | None]
    what: Mapped[str] = mapped_column(default="")
    why: Mapped[str] = mapped_column(default="")
    limit: Mapped[str] = mapped_column(default="")
    __table_args__ = (
        Index("ix_clock_child_id", "child_id", "due_on"),
        Index("ix_clock_worker_id", "worker_id", "due_on", "kind"),
        Index("ix_clock_team_id", "team_id", "due_on", "kind"),
    )


class NameToken(Base, OfChild):
    """What finds a child: a folded name, phrase, sound, reference, date of birth, postcode or school."""

    __tablename__ = "name_token"
    token: Mapped[str] = mapped_column(primary_key=True)
    sort_name: Mapped[str] = mapped_column(primary_key=True)
    child_id: Mapped[UUID] = mapped_column(Id(), _key("child.id"), primary_key=True)
    __table_args__ = (Index("ix_name_token_child_id", "child_id", "token"), {"sqlite_with_rowid": False})


# This device's own


class Typing(Base, OfChild):
    """What is being typed into a draft, between its saved versions. One row a draft and writer."""

    __tablename__ = "typing"
    revision_id: Mapped[UUID] = mapped_column(_key("revision.id"), primary_key=True)
    author: Mapped[UUID] = mapped_column(primary_key=True)
    answers: Mapped[dict[str, Any]]
    base_version: Mapped[int]
    updated_at: Mapped[datetime]


class Setting(Base):
    """A setting of this store on this device."""

    __tablename__ = "setting"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


# Who changed and who saw: append-only chains, one a child


class _Link:
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    child_id: Mapped[UUID]  # all noughts where no child is concerned
    n: Mapped[int]
    tbl: Mapped[str]
    row_id: Mapped[UUID | None]
    act: Mapped[str]
    mac: Mapped[bytes]
    at: Mapped[datetime]
    received_at: Mapped[datetime | None]
    by: Mapped[UUID]
    device_id: Mapped[UUID]
    reason: Mapped[str] = mapped_column(default="")


class History(Base, _Link):
    """A change: the whole row at its creation, {column: [old, new]} after."""

    __tablename__ = "history"
    version: Mapped[int]
    change: Mapped[dict[str, Any]]
    content: Mapped[bytes]
    __table_args__ = (UniqueConstraint("child_id", "n"), UniqueConstraint("row_id", "version"))


class Look(Base, _Link):
    """Somebody opened, listed, searched, printed or exported."""

    __tablename__ = "look"
    detail: Mapped[dict[str, Any]]
    __table_args__ = (UniqueConstraint("child_id", "n"), Index("ix_look_by_at", "by", "at"))


class ChainHead(Base):
    """The last link of a chain."""

    __tablename__ = "chain_head"
    child_id: Mapped[UUID] = mapped_column(primary_key=True)
    chain: Mapped[str] = mapped_column(primary_key=True)  # history or look
    n: Mapped[int]
    mac: Mapped[bytes]


TRIGGERS = (
    "CREATE TRIGGER history_no_update BEFORE UPDATE ON history "
    "BEGIN SELECT RAISE(ABORT, 'history is append-only'); END",
    "CREATE TRIGGER history_no_delete BEFORE DELETE ON history "
    "BEGIN SELECT RAISE(ABORT, 'history is append-only'); END",
    "CREATE TRIGGER look_no_update BEFORE UPDATE ON look "
    "BEGIN SELECT RAISE(ABORT, 'look is append-only'); END",
    "CREATE TRIGGER look_no_delete BEFORE DELETE ON look "
    "BEGIN SELECT RAISE(ABORT, 'look is append-only'); END",
    "CREATE TRIGGER revision_signed BEFORE UPDATE ON revision WHEN OLD.signed_at IS NOT NULL "
    "BEGIN SELECT RAISE(ABORT, 'a signed version is closed'); END",
    "CREATE TRIGGER document_signed BEFORE UPDATE ON document "
    "WHEN (SELECT signed_at FROM revision WHERE id = OLD.revision_id) IS NOT NULL "
    "BEGIN SELECT RAISE(ABORT, 'a signed version is closed'); END",
)


def _trigger(statement: str) -> DDL:
    ddl = DDL(statement)  # type: ignore[no-untyped-call]  # SQLAlchemy 2.1 leaves DDL untyped
    return ddl.execute_if(dialect="sqlite")


for _statement in TRIGGERS:
    event.listen(Base.metadata, "after_create", _trigger(_statement))
