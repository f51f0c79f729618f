"""How this area checks its Personal Education Plans: the scheme of grades and its variants, as settings."""

from __future__ import annotations

from caseapp.education.qa_schemes import BY_KEY, Setting
from caseapp.words import listed
from db import settings as queries
from db.problems import Problem
from db.roles import authorise
from db.store import Session

PURPOSE = "settings"  # of a session that chooses
MOST_DAYS = 60
_PREFIX = "pep.quality."


def read(session: Session) -> Setting:
    """Return how plans are graded here; what was never chosen is as the program brings it."""
    usual = Setting()
    scheme = queries.value(session, f"{_PREFIX}scheme") or ""
    reds = queries.value(session, f"{_PREFIX}reds")
    days = queries.value(session, f"{_PREFIX}days") or ""
    return Setting(
        scheme if scheme in BY_KEY else usual.scheme,
        2 if reds == "2" else usual.reds,
        queries.value(session, f"{_PREFIX}attainment") != "no",
        int(days) if days.isdigit() else usual.qa_days,
    )


def choose(session: Session, setting: Setting) -> None:
    """Keep how plans are graded from now on; grades given before stay as they are. For administrators."""
    authorise(session.actor, "settings")
    if setting.scheme not in BY_KEY:
        raise Problem(f"There is no scheme “{setting.scheme}”. Choose {listed(list(BY_KEY), 'or')}.")
    if setting.reds not in (1, 2):
        raise Problem("A plan is red with one red section or with two. Nothing was changed.")
    if not 1 <= setting.qa_days <= MOST_DAYS:
        raise Problem(f"Choose between 1 and {MOST_DAYS} working days. Nothing was changed.")
    chosen = {
        "scheme": setting.scheme,
        "reds": str(setting.reds),
        "attainment": "yes" if setting.attainment_counts else "no",
        "days": str(setting.qa_days),
    }
    for name, value in chosen.items():
        queries.put(session, f"{_PREFIX}{name}", value)
