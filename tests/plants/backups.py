"""Faults in backups, restores and the weekly proof."""

from tests.plants import Plant

DIFFERS = "tests/test_backups.py::test_p18_a_copy_that_differs_from_the_store_is_no_backup"
KILLED = "tests/test_backups.py::test_p18_a_restore_killed_at_any_step_leaves_the_old_or_the_new_store"
NEWEST = "tests/test_backups.py::test_p18_the_newest_is_kept_and_each_of_24_hours_14_days_and_8_weeks"
TWO_CLICKS = (
    "tests/test_restore_screen.py::test_p11_from_a_damaged_store_the_last_good_backup_is_two_clicks_away"
)

PLANTS = [
    Plant(
        "P18",
        "db/backup.py",
        "if dump_digest(copied) == live:",
        "if True:",
        DIFFERS,
        "a copy is not compared with the store",
    ),
    Plant(
        "P18",
        "db/backup.py",
        "    if report.faults:\n",
        "    if False:\n",
        "tests/test_backup.py::test_p18_a_store_that_is_not_sound_is_not_backed_up",
        "a copy is not checked before it counts",
    ),
    Plant(
        "P18",
        "db/backup_file.py",
        "    if not is_whole(path):\n",
        "    if False:\n",
        "tests/test_backup.py::test_p18_fifty_damages_restore_nothing_and_leave_nothing_behind",
        "the digest at a backup's end is not looked at",
    ),
    Plant(
        "P18",
        "db/swap.py",
        '        _write(note_path(store_path), {"new": new.name, "former": former.name})\n'
        "        finish(store_path)\n",
        "        former.mkdir()\n"
        "        for ending in (*LOGS, *ENDINGS):\n"
        "            if _beside(store_path, ending).exists():\n"
        "                os.replace(_beside(store_path, ending), former / _beside(store_path, ending).name)\n"
        "        for ending in ENDINGS:\n"
        "            os.replace(new / _beside(store_path, ending).name, _beside(store_path, ending))\n",
        KILLED,
        "files are swapped one by one without a note of what is under way",
    ),
    Plant(
        "P18",
        "caseapp/backups.py",
        "    keep = set(made[:1]) | {each for each in made if each > now}\n",
        "    keep = set()\n    past = past[1:]\n",
        NEWEST,
        "thinning out deletes the newest",
    ),
    Plant(
        "P18",
        "caseapp/backups.py",
        "if noted.sign != sign or not found_in(folder):",
        "if not found_in(folder):",
        "tests/test_backups.py::test_a_backup_makes_itself_once_and_again_only_after_a_change",
        "changes since the last backup are not noticed",
    ),
    Plant(
        "P19",
        "db/backup.py",
        '        same = _heads(raw) == manifest["heads"] and',
        '        same = True or _heads(raw) == manifest["heads"] and',
        "tests/test_backups.py::test_p19_a_backup_that_is_whole_but_not_as_listed_is_found",
        "the proof compares nothing",
    ),
    Plant(
        "P19",
        "caseapp/backups.py",
        "            damaged = (*damaged, found.path.name)\n",
        "            break\n",
        "tests/test_backups.py::test_p19_a_damaged_backup_is_found_kept_and_named_and_the_next_older_one_proved",
        "a damaged backup is not named and no older one tried",
    ),
    Plant(
        "P11",
        "caseapp/backups.py",
        "return isinstance(problem, Damaged | KeyFileMissing)",
        "return False",
        TWO_CLICKS,
        "a damaged store is not told from another problem",
    ),
    Plant(
        "P11",
        "db/swap.py",
        "            _keep_beside(file, former)\n",
        "",
        TWO_CLICKS,
        "the damaged file is not kept",
    ),
]
