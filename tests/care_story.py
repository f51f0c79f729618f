"""A girl in care with something in every part of her record, for the papers about her."""

from __future__ import annotations

import copy
from datetime import date, datetime
from typing import Any
from uuid import UUID

from caseapp import care_record, notes, people, words
from caseapp.care_record import NewEpisode
from caseapp.looked_after import new_rows as new
from caseapp.looked_after import records
from caseapp.notes import NewNote
from caseapp.people import NewPerson
from db import children as queries
from db.models import Child, Episode, MissingPeriod, Proceedings
from db.store import Session, Store
from tests.story import Story, lived, new_story, sample

TODAY = date(2026, 11, 23)
HOUSE, POSTCODE, PHONE = "8 Mill Rise", "QX4 1AB", "01632 960141"
SECRETS = (HOUSE, POSTCODE, PHONE, "Bev and Martin Oakes")


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return a London moment."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=words.LONDON)


class CareStory:
    """Kezia, and the store that she is in."""

    def __init__(self, *, withheld: bool = False) -> None:
        self.story: Story = new_story(TODAY)
        self.kezia: UUID = lived(self, CareStory._begin, withheld)

    @property
    def store(self) -> Store:
        """Return the store that she is in."""
        return self.story.store

    def _begin(self, withheld: bool) -> UUID:
        self.kezia = self.story.register("ada", "Kezia", "Thornbury", date(2015, 3, 9), sex="F")
        self.call(lambda session: self._fill(session, withheld))
        return self.kezia

    def call(self, use_case: Any, who: str = "ada") -> Any:
        """Run a use case as somebody."""
        return self.story.call(who, use_case)

    def sign(self, kind: str, name: str, **more: Any) -> UUID:
        """Sign a document of a kind with its sample answers."""
        return self._sign(kind, name, **more) if more else lived(self, CareStory._sign, kind, name)

    def _sign(self, kind: str, name: str, **more: Any) -> UUID:
        draft = self.story.draft("ada", self.kezia, kind)
        self.story.sign("ada", draft, copy.deepcopy(sample(name)) | more)
        return draft

    def _fill(self, session: Session, withheld: bool) -> None:
        kezia = session.get_one(Child, self.kezia)
        kezia.status, kezia.known_as, kezia.ethnicity = "looked_after", "Kez", "MWBC"
        kezia.alerts = "Neil Prentice may look for her: ring 999. Asthma: inhaler always with her."
        kezia.first_language, kezia.phone, kezia.nhs_number = "English", "07700 900123", "943 476 5919"
        self._people(session)
        self._care(session, withheld)
        self._missing(session)
        self._visits(session)

    def _people(self, session: Session) -> None:
        mother = NewPerson("Donna", "Thornbury", phone="01632 960190")
        people.add_family(session, self.kezia, mother, "Mother", parental_responsibility=True)
        aunt = NewPerson("Carol", "Bright", phone="01632 960195")
        people.add_family(session, self.kezia, aunt, "Aunt or uncle", emergency_contact=True)
        officer = NewPerson("Sunita", "Rao", phone="01632 960188")
        people.add_professional(session, self.kezia, officer, "Independent reviewing officer")
        school = people.add_school(session, "Larkfield Primary School", town="Larkfield")
        people.start_school(session, self.kezia, school, date(2019, 9, 3), "Mr Colm Adair")

    def _care(self, session: Session, withheld: bool) -> None:
        start = date(2026, 9, 14)
        care_record.add_episode(
            session, self.kezia, NewEpisode(start, "S", "V2", "U6", "N3", "PR1", "", "QX4 9ZZ", POSTCODE)
        )
        (episode,) = queries.of_child(session, Episode, self.kezia)
        placed = new.NewPlacement(
            episode.id, "Bev and Martin Oakes", lines=f"{HOUSE}\nLarkfield", withheld=withheld, phone=PHONE,
            distance=34, in_area=True, emergency=True, approval="nominated_officer",
            approved_by="Graham Tulley", approved_on=start, notified_on=date(2026, 9, 18),
            notified="Donna, GP, school, NHS, Sunita Rao",
        )  # fmt: skip
        rows = [
            placed,
            new.NewReview(date(2026, 10, 8), "PN1", chair="Sunita Rao", place="Mill Rise",
                          spoke_on=date(2026, 10, 6), decisions_sent_on=date(2026, 10, 14)),
            new.NewReviewAsked("timetable", date(2026, 10, 12), planned_on=date(2026, 12, 17),
                               place="Elm Road"),
            new.NewHealth("initial", date(2026, 10, 5), by_whom="Dr Anand", profession="doctor"),
            new.NewHealth("dental", date(2026, 10, 19), by_whom="Wexley Dental Practice"),
            new.NewHealth("optician", date(2026, 10, 26), outcome="refused", words="Enough of doctors"),
            new.NewFamilyTime("Donna Thornbury", "supported", start, "Mother", "Tuesday and Friday, 4 to 6",
                              "Elm Road family centre", risks="Ended kindly if Donna has been drinking"),
            new.NewFamilyTime("Neil Prentice", "refused", start, "Mother’s former partner", by_order=True),
            new.NewPermanence(date(2026, 10, 8), "return_6_months", "relatives"),
            new.NewProceedings("care", date(2026, 10, 20), "Quenby Family Court", "QX26C00412"),
        ]  # fmt: skip
        for row in rows:
            records.add(session, self.kezia, row)
        (case,) = queries.of_child(session, Proceedings, self.kezia)
        records.add(
            session, self.kezia, new.NewHearing(case.id, date(2026, 11, 3), "first", "Assess Aunt Carol")
        )

    def _missing(self, session: Session) -> None:
        for day, hours in ((date(2026, 10, 12), 5), (date(2026, 11, 7), 3)):
            row = new.NewMissing(
                "M", day, left_at=at(day, 16), returned_at=at(day, 16 + hours), police_ref="QX-1107",
                police_told_at=at(day, 17), words="Walked to the hospital to see her mother",
            )  # fmt: skip
            records.add(session, self.kezia, row)
        last = queries.of_child(session, MissingPeriod, self.kezia, MissingPeriod.started_on)[-1]
        talk = new.NewTalk(last.id, at(date(2026, 11, 8), 10), True, held_at=at(date(2026, 11, 9), 15),
                           held_by="Rosalind Achebe", independent=True, reasons="No word from her mother",
                           where_been="Bus stop at Larkfield, then the hospital", with_whom="Alone",
                           plan="Bev rings the ward with her each evening")  # fmt: skip
        records.add(session, self.kezia, talk)

    def _visits(self, session: Session) -> None:
        told = (
            (date(2026, 9, 17), "Settling in. The dog helps.", "I can do my own breakfast.", ""),
            (date(2026, 10, 28), "She asked twice when her mother is coming home.", "Tell me straight.",
             "Keeps food under the bed again"),
            (date(2026, 11, 18), "Netball cup on the shelf. Bev tired.", "Leave me with the dog.",
             "Bev has had no short break since September"),
        )  # fmt: skip
        for day, text, quote, worries in told:
            note = NewNote(day, "visit", text, quote, seen_alone=True, bedroom_seen=day.month != 10,
                           where_seen="home", present="Bev Oakes", worries=worries)  # fmt: skip
            notes.add(session, self.kezia, note)
