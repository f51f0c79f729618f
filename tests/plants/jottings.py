"""Faults that would lose what is written into a small form, or show it to somebody else."""

from tests.plants import Plant

PLANTS = [
    Plant(
        "P10",
        "ui/jotting.py",
        "        self._is_dirty = True\n        self._rhythm.touch()\n",
        "        self._is_dirty = True\n",
        "tests/test_jottings.py::test_p10_typing_is_kept_by_itself",
        "what is written into a small form is kept only as it is left",
    ),
    Plant(
        "P10",
        "caseapp/jottings.py",
        "    row.answers, row.updated_at, row.discarded_at = dict(jotted.answers), now, None\n",
        "    row.answers, row.updated_at, row.discarded_at = row.answers or jotted.answers, now, None\n",
        "tests/test_jotting_kill.py::test_p10_a_kill_loses_nothing_that_a_small_form_has_kept",
        "only what was kept first of a small form is kept",
    ),
    Plant(
        "P10",
        "ui/small_form.py",
        "        super().hideEvent(event)\n        self.left.emit()\n",
        "        super().hideEvent(event)\n",
        "tests/test_jottings.py::test_a_form_that_is_hidden_or_locked_is_kept_at_once",
        "the last letters before a form is left are lost",
    ),
    Plant(
        "P10",
        "caseapp/jottings.py",
        "        drop(session, self.jotting_id)  # first",
        "        # first",
        "tests/test_jottings.py::test_what_is_recorded_is_forgotten_by_the_same_commit",
        "what was recorded is offered once more",
    ),
    Plant(
        "P10",
        "caseapp/journal.py",
        "            if isinstance(typed, LetGo) and store.spool",
        "            if isinstance(typed, LetGo) and not store.spool",
        "tests/test_jottings.py::test_what_was_recorded_meanwhile_does_not_come_back_from_beside_the_store",
        "what was recorded comes back from beside the store",
    ),
    Plant(
        "P10",
        "ui/desk.py",
        "        if isinstance(work, Recording):\n",
        "        if work is Recording:\n",
        "tests/test_forms_recorded.py::test_p10_what_was_recorded_as_the_window_closed_is_not_offered_again",
        "what was recorded as the window closed comes back from beside the store",
    ),
    Plant(
        "P10",
        "ui/small_form.py",
        "        form.keep_with([each for each in before if isinstance(each, Chooser)])\n",
        "",
        "tests/test_forms_recorded.py::test_p10_what_is_chosen_beside_the_questions_comes_back_with_them",
        "who was chosen beside the questions is not kept with the answers",
    ),
    Plant(
        "P15",
        "db/narrowing.py",
        "lambda cls: and_(cls.author == me, or_(",
        "lambda cls: and_(cls.author.is_not(None), or_(",
        "tests/test_jottings.py::test_what_somebody_writes_is_read_by_nobody_else",
        "colleagues read what somebody is only writing",
    ),
    Plant(
        "P15",
        "db/write_rights.py",
        "        elif isinstance(row, Jotting):\n            _authorise_jotting(session, actor, row)\n",
        "",
        "tests/test_jottings.py::test_nobody_writes_in_the_name_of_another",
        "somebody writes in the name of another",
    ),
]
