"""What is said of the backups: in the status bar, in the banner, on the settings' card. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from caseapp import words
from caseapp.backups import DAILY, HOURLY, WEEKLY, State

OVERDUE: Final = timedelta(hours=24)
LONG_OVERDUE: Final = timedelta(days=7)
SYNCED: Final = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "icloud": "iCloud",
    "mobile documents": "iCloud",
}


class Said(NamedTuple):
    """What the status bar adds to the last backup's time, how grave it is, and a sentence for a banner."""

    more: str
    meaning: str = ""
    banner: str = ""


def said_of(state: State, now: datetime) -> Said:
    """Return what the window says of the backups: one thing, the gravest."""
    today = words.london_day(now)
    late = _lateness(state, now)
    if late >= LONG_OVERDUE:
        banner = (
            f"Nothing was backed up for {words.count(late.days, 'day')}, though records changed. What is "
            "saved is safe while this disk is. Open Settings: under Backups it says why."
        )
        return Said(", overdue", "error", banner)
    if late >= OVERDUE:
        return Said(", overdue", "error")
    if state.failed:
        return Said(", the last try failed: see Settings", "error")
    if state.damaged:
        return Said(", a backup is damaged: see Settings", "error")
    proven = f", proven {_when(state.proven_at, today)}" if state.proven_at else ""
    if state.missing_since:
        since = _when(state.missing_since, today)
        return Said(f"{proven} · second place not reachable since {since}", "error")
    return Said(proven)


def _lateness(state: State, now: datetime) -> timedelta:
    """Return for how long changes have gone without a backup: without any, since the store was first open."""
    since = state.made_at or state.opened_at
    return now - since if state.is_changed and since else timedelta()


def _when(moment: datetime, today: date) -> str:
    """Return a day as people call it: today, a weekday of the last six days, else its date."""
    on = words.london_day(moment)
    days = (today - on).days
    if days == 0:
        return "today"
    return words.WEEKDAYS[on.weekday()] if 0 < days < 7 else words.day(on)


def facts_of(state: State, now: datetime) -> list[str]:
    """Return the sentences of the settings' card, the gravest last; none for a store in memory."""
    if state.folder is None:
        return []
    today = words.london_day(now)
    said = [
        f"{words.count(state.how_many, 'backup')} in {state.folder}. One is made when the window locks or "
        "closes and every half hour, if anything changed. The newest of "
        f"{HOURLY} hours, {DAILY} days and {WEEKLY} weeks are kept."
    ]
    if state.proven_at:
        when = _when(state.proven_at, today)
        on = when if when == "today" else f"on {when}"
        said.append(f"Last proven {on}: the newest was restored on trial and compared, and it is good.")
    elif state.how_many:
        said.append("None was restored on trial yet; that is done every week.")
    if state.damaged:
        said.append(
            f"Damaged, kept and no longer counted: {words.listed(list(state.damaged))}. The others and the "
            "store are not touched. Have the disk looked at."
        )
    if state.failed:
        said.append(f"The last try failed. {state.failed}")
    return said


def second_place_words(state: State) -> str:
    """Return what is said of the second place."""
    if not state.second_place:
        return "There is no second place. If this disk fails, its backups fail with it: choose another disk."
    if state.missing_since:
        since = words.moment(state.missing_since)
        return (
            f"Second place not reachable since {since}. The backups on this disk go on. Connect the disk "
            f"again, or choose another folder than {state.second_place}."
        )
    return f"Each backup is also copied to {state.second_place} and read back."


def synced_by(folder: Path) -> str:
    """Return the service that carries a folder to other computers, empty for none that is known."""
    whole = str(folder).casefold()
    return next((name for sign, name in SYNCED.items() if sign in whole), "")


def synced_words(folder: Path) -> str:
    """Return the warning about a folder that leaves this computer, or nothing."""
    service = synced_by(folder)
    if not service:
        return ""
    return (
        f"This folder looks like {service}, which copies what is in it to another company’s computers. "
        "Backups are encrypted; ask your information governance lead whether they may go there."
    )
