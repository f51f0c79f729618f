"""The tables. A record about a child carries `child_id`: the unit of access, history, purge and export.

Statutory dates are plain dates, Europe/London. Money is pence. Codes of the SSDA903 return are kept as the
return writes them; attribute names are the field's own words.
"""

from db.models.base import NO_HISTORY, AboutChild, Base, OfChild, Record
from db.models.care import (
    Adoption,
    AdoptionDecision,
    CareLeaverYear,
    Episode,
    HealthYear,
    LacReview,
    MissingPeriod,
    PreviousPermanence,
    Uasc,
    WorkerSpell,
)
from db.models.chains import TRIGGERS, ChainHead, History, Look
from db.models.child import (
    CHILD_STATUSES,
    NOTE_KINDS,
    Address,
    Child,
    FormerName,
    Involvement,
    Note,
    Relation,
    Schooling,
)
from db.models.derived import ClockRow, Fact, NameToken, Setting, Typing
from db.models.people import Person, School, Team, Worker
from db.models.plans import Clash, Document, FormCopy, Revision

__all__ = [
    "CHILD_STATUSES",
    "NOTE_KINDS",
    "NO_HISTORY",
    "TRIGGERS",
    "AboutChild",
    "Address",
    "Adoption",
    "AdoptionDecision",
    "Base",
    "CareLeaverYear",
    "ChainHead",
    "Child",
    "Clash",
    "ClockRow",
    "Document",
    "Episode",
    "Fact",
    "FormCopy",
    "FormerName",
    "HealthYear",
    "History",
    "Involvement",
    "LacReview",
    "Look",
    "MissingPeriod",
    "NameToken",
    "Note",
    "OfChild",
    "Person",
    "PreviousPermanence",
    "Record",
    "Relation",
    "Revision",
    "School",
    "Schooling",
    "Setting",
    "Team",
    "Typing",
    "Uasc",
    "Worker",
    "WorkerSpell",
]
