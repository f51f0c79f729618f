"""A day at work with words that can be recognised: `python -m tests.marker_day FOLDER`.

Reads the words as JSON from standard input. Prints what the program itself finds of them, while its store is
open; closes the store at the next line.
"""

import json
import sys
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from caseapp import accounts, children, notes, people, plans, prints, upkeep
from caseapp.children import NewChild
from caseapp.notes import NewNote
from caseapp.people import NewPerson
from db.store import Session
from tests.story import TODAY, sample


@dataclass(frozen=True)
class Markers:
    """The words, by where they are typed."""

    given: str
    family: str
    address: str
    relative: str
    note: str
    quote: str
    saved: str
    signed: str
    typed: str
    clashing: str
    searched: str
    password: str

    def findable(self) -> dict[str, str]:
        """Return those that the program shows again: it keeps no search, no password."""
        return {name: word for name, word in asdict(self).items() if name not in NEVER_SHOWN}


NEVER_SHOWN = ("searched", "password", "clashing")
NAMES = tuple(each.name for each in fields(Markers))


def write(session: Session, words: Markers) -> dict[str, Any]:
    """Type the words into a new record; return the ids of the child and of the draft."""
    new = NewChild(words.given, words.family, date(2013, 5, 4), address=f"4 {words.address} Lane")
    child_id = children.register(session, new).id
    people.add_family(session, child_id, NewPerson(words.relative, words.family), "Mother")
    notes.add(session, child_id, NewNote(session.today, "visit", f"I saw {words.note}.", words.quote))
    return {"child": child_id, "draft": plans.start(session, child_id, "early-help")}


def work(signed_in: accounts.SignedIn, words: Markers, folder: Path) -> str:
    """Do what a day brings; return the words that the program shows of it."""
    call = signed_in.store.session
    with call(signed_in.actor) as session:
        ids = write(session, words)
    with call(signed_in.actor) as session:
        draft = plans.open_plan(session, ids["draft"])
        answers = draft.answers | {"meaning": words.saved}
    with call(signed_in.actor) as session:
        saved = plans.save(session, draft.revision_id, draft.version, answers)
    clash(signed_in, draft, words.clashing)
    with call(signed_in.actor) as session:
        plans.keep_typing(session, ids["draft"], saved.version, answers | {"worries": words.typed})
    with call(signed_in.actor) as session:
        star = plans.open_plan(session, plans.start(session, ids["child"], "star"))
    with call(signed_in.actor) as session:
        told = sample("progress_wheel") | {"home_care_note": words.signed}
        plans.sign(session, star.revision_id, star.version, told)
    with call(signed_in.actor) as session:
        prints.record_pdf(session, ids["child"])
    upkeep.back_up(signed_in, folder / "backup.zip")
    if upkeep.check(signed_in).faults:
        raise ValueError("the store is not sound")
    with call(signed_in.actor) as session:
        return shown(session, words, ids, star.revision_id)


def clash(signed_in: accounts.SignedIn, draft: plans.PlanView, word: str) -> None:
    """Save as somebody who opened the draft before it was saved: both texts are kept."""
    try:
        with signed_in.store.session(signed_in.actor) as session:
            plans.save(session, draft.revision_id, draft.version, draft.answers | {"meaning": word})
    except plans.Stale:
        return
    raise ValueError("a stale save was taken")


def shown(session: Session, words: Markers, ids: dict[str, Any], star: Any) -> str:
    """Return what the program shows: its search, its timeline, its people, its plans."""
    draft = plans.open_plan(session, ids["draft"])
    found = [
        *children.find(session, words.family),
        *children.find(session, words.searched),
        *notes.timeline(session, ids["child"]),
        people.people(session, ids["child"]),
        *(draft.answers, draft.unsaved, plans.open_plan(session, star).answers),
    ]
    return repr(found)


def main() -> None:
    """Run the day."""
    folder = Path(sys.argv[1])
    words = Markers(**json.loads(sys.stdin.readline()))
    password = f"{words.password} lantern meadow tickets"
    path = folder / "a.caseapp"
    made = accounts.make_store(path, user_name="max", name="Max North", password=password)
    made.signed_in.store.today = lambda: TODAY
    print(json.dumps(work(made.signed_in, words, folder)), flush=True)  # noqa: T201  # read by the test
    sys.stdin.readline()
    made.signed_in.close()


if __name__ == "__main__":
    main()
