"""Faults in who may read what."""

from tests.plants import Plant

PLANTS = [
    Plant(
        "P14",
        "db/guard.py",
        "        append(session, Look, [Link(child_id or NO_CHILD, values)])",
        "        pass",
        "tests/test_access.py::test_p14_every_look_is_written_down_before_the_data_show",
        "looks are not written down",
    ),
    Plant(
        "P15",
        "db/roles.py",
        '"restrict": {"manager": UNALLOCATED},',
        '"restrict": {"manager": UNALLOCATED, "practitioner": TEAM},',
        "tests/test_roles.py::test_p15_every_role_action_and_state_is_answered_as_promised",
        "a practitioner may restrict records",
    ),
    Plant(
        "P15",
        "caseapp/access.py",
        '    authorise(session.actor, "emergency")\n',
        "",
        "tests/test_access.py::test_readers_and_administrators_open_nothing_in_an_emergency",
        "opening in an emergency asks for no right",
    ),
    Plant(
        "P15",
        "ui/find.py",
        'if not rows and self._desk.may("emergency").allowed:',
        "if not rows:",
        "tests/test_rights_windows.py::test_p15_the_find_box_offers_an_emergency_to_those_who_may",
        "the find box offers everybody an emergency",
    ),
    Plant(
        "P16",
        "db/guard.py",
        "tests = [and_(each, child.restricted.is_(None)) for each in ordinary]",
        "tests = list(ordinary)",
        "tests/test_restricted.py::test_p16_an_outsider_is_told_the_same_with_and_without_the_hidden_child",
        "the team reads restricted records",
    ),
    Plant(
        "P16",
        "db/guard.py",
        "lambda cls: or_(cls.other_child_id.is_(None), cls.other_child_id.not_in(shut)),",
        "lambda cls: cls.id.is_not(None),",
        "tests/test_restricted.py::test_p16_an_outsider_is_told_the_same_with_and_without_the_hidden_child",
        "a sister's record names the restricted child's place in the family",
    ),
    Plant(
        "P16",
        "db/actions.py",
        'table.child_id.not_in(shut_children(session.info["actor"]))',
        "table.child_id.is_not(None)",
        "tests/test_restricted.py::test_p16_an_outsider_is_told_the_same_with_and_without_the_hidden_child",
        "a gap in the family's numbers tells of a restricted sister",
    ),
    Plant(
        "P16",
        "db/access.py",
        'where(child.deleted_at.is_(None), child.restricted.is_distinct_from("absent"))',
        "where(child.deleted_at.is_(None))",
        "tests/test_access.py::test_an_absent_record_opens_to_nobody_and_is_answered_like_none",
        "an emergency opens an absent record",
    ),
]
