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
from db.models.early_help import (
    ACTION_STATUSES,
    CONSENT_DECISIONS,
    HELP_STATUSES,
    Action,
    ActionStep,
    Consent,
    HelpEpisode,
    HelpStep,
    LeadPractitioner,
)
from db.models.measures import MEASURE_TOOLS, Goal, Measure, StarLicence, StarPack
from db.models.people import Person, School, Team, Worker
from db.models.plans import Clash, Document, FormCopy, Revision

__all__ = [
    "ACTION_STATUSES",
    "CHILD_STATUSES",
    "CONSENT_DECISIONS",
    "HELP_STATUSES",
    "MEASURE_TOOLS",
    "NOTE_KINDS",
    "NO_HISTORY",
    "TRIGGERS",
    "AboutChild",
    "Action",
    "ActionStep",
    "Address",
    "Adoption",
    "AdoptionDecision",
    "Base",
    "CareLeaverYear",
    "ChainHead",
    "Child",
    "Clash",
    "ClockRow",
    "Consent",
    "Document",
    "Episode",
    "Fact",
    "FormCopy",
    "FormerName",
    "Goal",
    "HealthYear",
    "HelpEpisode",
    "HelpStep",
    "History",
    "Involvement",
    "LacReview",
    "LeadPractitioner",
    "Look",
    "Measure",
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
    "StarLicence",
    "StarPack",
    "Team",
    "Typing",
    "Uasc",
    "Worker",
    "WorkerSpell",
]
