"""Faults in how faults are told, in the log, and in upgrades."""

from tests.plants import Plant

_STATE = "tests/test_faults.py::test_p30_every_fault_state_says_what_happened_what_is_safe_and_what_to_do"

PLANTS = [
    Plant(
        "P1",
        "db/spool.py",
        '        return _MARK + len(sealed).to_bytes(_LENGTH, "big") + nonce + sealed\n',
        '        return _MARK + len(sealed).to_bytes(_LENGTH, "big") + nonce + sealed + text.encode()\n',
        "tests/test_markers.py::test_p1_a_day_in_the_window_with_all_its_faults_leaves_no_word_in_any_file",
        "what waits beside the store stands there in the clear",
    ),
    Plant(
        "P5",
        "caseapp/rekeying.py",
        "    if spool is None or not spool.size:\n",
        "    if spool is None or spool.size:\n",
        "tests/test_faults.py::test_p5_what_a_colleague_typed_beside_the_store_is_put_into_it_before_all_keys_change",
        "typing beside the store is left under a key that is gone",
    ),
    Plant(
        "P17",
        "caseapp/accounts.py",
        "        backed_up_before_upgrade(path, keys_path(path), keyring.dek)\n",
        "",
        "tests/test_upgrade_kills.py::test_p17_before_an_upgrade_a_backup_of_the_old_schema_is_made_that_can_be_brought_back",
        "a store is upgraded without a backup",
    ),
    Plant(
        "P17",
        "db/backup.py",
        "    if schema == SCHEMA:\n        _check_soundness(copy, dek, is_wanted)\n        return\n",
        "    if schema:\n        _check_soundness(copy, dek, is_wanted)\n        return\n",
        "tests/test_upgrade_kills.py::test_p17_before_an_upgrade_a_backup_of_the_old_schema_is_made_that_can_be_brought_back",
        "the backup before an upgrade holds the upgraded store",
    ),
    Plant(
        "P29",
        "caseapp/log_file.py",
        "    handler.addFilter(KnownEvents())\n",
        "    handler.filters.clear()\n",
        "tests/test_logs.py::test_p29_whatever_is_said_to_the_log_nothing_about_anybody_gets_into_it",
        "the log takes any line",
    ),
    Plant(
        "P29",
        "caseapp/log_file.py",
        "        record.exc_info = record.exc_text = record.stack_info = None",
        "        record.stack_info = None",
        "tests/test_logs.py::test_p29_whatever_is_said_to_the_log_nothing_about_anybody_gets_into_it",
        "tracebacks are logged with their words",
    ),
    Plant(
        "P29",
        "db/models/base.py",
        "        return f\"<{type(self).__name__} {vars(self).get('id', '')}>\"",
        '        return f"<{type(self).__name__} {vars(self)}>"',
        "tests/test_logs.py::test_p29_no_row_tells_in_its_repr_what_it_holds",
        "a row tells all that it holds in its repr",
    ),
    Plant(
        "P30",
        "db/connections.py",
        '    if path != ":memory:" and not os.path.exists(path):',
        "    if not path:",
        f"{_STATE}[network_gone_and_an_empty_folder_left]",
        "an empty store is made where a share was",
    ),
    Plant(
        "P30",
        "db/looks.py",
        "        _refuse_restricted(session, child_id)\n",
        "",
        f"{_STATE}[history_not_writable]",
        "a restricted record opens although the log cannot say who looks",
    ),
    Plant(
        "P30",
        "caseapp/clock_check.py",
        "    if late <= BACK:\n",
        "    if late <= BACK or newest:\n",
        f"{_STATE}[clock_moved]",
        "a clock that was put back goes unnoticed",
    ),
    Plant(
        "P30",
        "ui/faults.py",
        "        threading.excepthook = self._thread_died\n",
        "",
        "tests/test_uncaught_faults.py::test_p30_what_nobody_caught_is_told_with_the_reference_that_stands_in_the_log[in_a_thread]",
        "a thread dies in silence",
    ),
    Plant(
        "P30",
        "ui/app.py",
        "            self._main.keep_typed()\n",
        "",
        "tests/test_faults.py::test_p30_after_a_fault_what_is_typed_is_saved_at_once",
        "a fault leaves what is typed unsaved",
    ),
]
