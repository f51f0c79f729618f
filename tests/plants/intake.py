"""Faults in what comes in from files and in what goes out of them."""

from tests.plants import Plant

INTAKE = "tests/test_intake.py::"
FIELDS = "tests/test_hostile_fields.py::"

PLANTS = [
    Plant(
        "P21",
        "caseapp/intake_worker.py",
        "    limit_this_process()\n    # Not sys.stdin",
        "    # Not sys.stdin",
        INTAKE + "test_p21_the_reader_that_the_program_starts_has_its_limits",
        "the reader of files runs without limits",
    ),
    Plant(
        "P21",
        "caseapp/intake.py",
        "            timeout=PATIENCE_SECONDS,\n",
        "",
        INTAKE + "test_p21_a_reader_that_never_answers_is_stopped",
        "nobody stops a reader that never answers",
    ),
    Plant(
        "P21",
        "caseapp/intake_worker.py",
        "            if deep > DEEPEST:",
        "            if deep < 0:",
        INTAKE + "test_p21_json_that_two_readers_would_read_differently_is_refused",
        "lists may stand in lists without end",
    ),
    Plant(
        "P21",
        "caseapp/intake.py",
        'os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)',
        "os.O_RDONLY",
        INTAKE + "test_p21_a_pipe_put_in_place_of_a_file_after_it_was_looked_at_holds_nobody_up",
        "a pipe in place of a file holds the program up",
    ),
    Plant(
        "P21",
        "caseapp/intake.py",
        "    if not stat.S_ISREG(found.st_mode):",
        "    if stat.S_ISDIR(found.st_mode):",
        INTAKE + "test_p21_a_pipe_a_device_and_a_folder_are_not_read",
        "a device is read as if it were a file",
    ),
    Plant(
        "P21",
        "caseapp/intake_worker.py",
        "        except csv.Error:\n",
        "        except KeyError:\n",
        INTAKE + "test_p21_any_spoilt_file_is_a_clean_yes_or_a_no_in_words_and_nothing_in_between",
        "a broken CSV ends in an error of Python",
    ),
    Plant(
        "P21",
        "caseapp/star_definitions.py",
        "intake.document(intake.content_of(path, FILE_LIMIT), FILE_LIMIT)",
        "json.loads(path.read_bytes())",
        INTAKE + "test_p21_every_file_comes_in_by_one_door",
        "an importer opens its file by itself",
    ),
    Plant(
        "P22",
        "caseapp/sheets.py",
        """return f"'{text}" if is_formula else text""",
        "return text",
        FIELDS + "test_p22_no_cell_of_a_csv_or_a_workbook_is_taken_for_a_formula",
        "a text that begins like a formula leaves as one",
    ),
    Plant(
        "P25",
        "caseapp/lines.py",
        "text = words.tidy(typed).strip()",
        'text = words.tidy(typed).replace("<", "").strip()',
        FIELDS + "test_p25_every_text_in_every_row_that_is_typed_is_kept_or_refused_in_words",
        "a sign is taken out of what was typed without a word",
    ),
    Plant(
        "P25",
        "caseapp/form/kinds.py",
        "    text = words.tidy(str(raw)).rstrip()\n",
        "    text = words.tidy(str(raw)).rstrip()[:limit]\n",
        FIELDS + "test_p25_every_text_in_every_question_of_every_form_is_kept_or_refused_in_words",
        "an answer that is too long is cut without a word",
    ),
    Plant(
        "P25",
        "ui/plain_tips.py",
        "Qt.TextFormat.PlainText",
        "Qt.TextFormat.AutoText",
        FIELDS + "test_p25_words_of_people_are_never_markup_on_a_screen",
        "a tooltip takes words for markup",
    ),
]
