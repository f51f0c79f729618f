"""Faults that would lose work: in saving, in the journal, in the spool, between two editors."""

from tests.plants import Plant

PLANTS = [
    Plant(
        "P8",
        "caseapp/trials.py",
        """                note_id = notes.add(session, child_id, NewNote(session.today, "note", value))
            _fact(""",
        """                note_id = notes.add(session, child_id, NewNote(session.today, "note", value))
                _fact(""",
        "tests/test_kills.py::test_p8_no_acknowledged_note_is_lost_by_a_kill",
        "a note is called saved before COMMIT",
    ),
    Plant(
        "P9",
        "db/connections.py",
        '("synchronous", "FULL", 2)',
        '("synchronous", "OFF", 0)',
        "tests/test_power_cut.py::test_p9_the_disk_has_each_save_before_it_is_said",
        "nothing waits for the disk (synchronous = OFF)",
    ),
    Plant(
        "P9",
        "db/connections.py",
        '("synchronous", "FULL", 2)',
        '("synchronous", "NORMAL", 1)',
        "tests/test_power_cut.py::test_p9_every_connection_waits_for_the_disk",
        "a save waits for the disk only now and then (synchronous = NORMAL)",
    ),
    Plant(
        "P10",
        "ui/keeper.py",
        "        if not self._at_most.isActive():\n            self._at_most.start()\n",
        "",
        "tests/test_plan_screen.py::test_p10_typing_on_and_on_is_kept_all_the_same",
        "who types on and on is kept only once they rest",
    ),
    Plant(
        "P10",
        "caseapp/trials.py",
        "            journal.keep(signed_in.store",
        "            len(text) % 40 or journal.keep(signed_in.store",
        "tests/test_kills.py::test_p10_a_kill_loses_no_more_than_a_second_of_typing",
        "typing is kept every two seconds",
    ),
    Plant(
        "P10",
        "ui/keeper.py",
        "aside=self._is_saving)",
        "aside=False)",
        "tests/test_plan_screen.py::test_what_is_typed_while_a_slow_save_goes_on_is_kept_beside_the_store",
        "typing waits for a slow save",
    ),
    Plant(
        "P10",
        "db/spool.py",
        "            content = content[os.write(descriptor, content) :]\n        os.fsync(descriptor)\n",
        "            content = content[os.write(descriptor, content) :]\n",
        "tests/test_spool.py::test_p10_each_entry_is_on_the_disk_before_it_counts_as_kept",
        "the spool does not wait for the disk",
    ),
    Plant(
        "P1",
        "db/spool.py",
        """        sealed = AESGCM(self._key).encrypt(nonce, text.encode("utf-8", "surrogatepass"), _MARK)""",
        """        sealed = text.encode("utf-8", "surrogatepass")""",
        "tests/test_spool.py::test_p1_the_spool_holds_no_plain_text_and_is_for_this_user_only",
        "the spool is plain text",
    ),
    Plant(
        "P10",
        "caseapp/journal.py",
        "    if row and row.updated_at >= at:\n        return False\n",
        "",
        "tests/test_spool.py::test_what_is_older_than_the_store_takes_the_place_of_nothing",
        "old typing from beside the store takes the place of newer",
    ),
    Plant(
        "P12",
        "db/store.py",
        """            self._leave(session, error)
            raise worded(error, self.path) from error
""",
        """            self._leave(session, error)
            if is_busy(error):
                raise worded(error, self.path) from error
""",
        "tests/test_disk_faults.py::test_p12_a_disk_that_is_full_is_said_and_typing_goes_beside_the_store",
        "a fault of the disk is swallowed, and the note called saved",
    ),
    Plant(
        "P12",
        "db/connections.py",
        'connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")',
        'connection.exec_driver_sql("BEGIN IMMEDIATE")',
        "tests/test_disk_faults.py::test_p12_while_another_writes_reading_goes_on_and_is_logged_all_the_same",
        "a reading waits for whoever writes",
    ),
    Plant(
        "P13",
        "caseapp/plans.py",
        "    if revision.version == opened:\n",
        "    if revision.version >= opened:\n",
        "tests/test_two_editors.py::test_p13_two_sessions_overwrite_nothing",
        "the later save overwrites the earlier one",
    ),
    Plant(
        "P13",
        "caseapp/plans.py",
        "    if revision.version == opened:\n",
        "    if revision.version >= opened:\n",
        "tests/test_two_editors.py::test_p13_processes_that_add_one_lose_none",
        "the later process overwrites the earlier one",
    ),
]
