"""Signed readings of a star for tests: any of our wheels, any answers."""

from caseapp import plan_reading, plans, stars
from caseapp.forms import FORMS_BY_KEY
from tests.desk_fixture import done

FAMILY, CHILD = "progress-wheel", "child-progress-wheel"
FIRST = (3, 4, 3, 7, 4, 4, 6, 4, 3, 2)
LATEST = (6, 5, None, 7, 5, 6, 7, 5, 3, 6)


def read(desk, child_id, day, points, form_key=FAMILY, **answers):
    """Sign a reading and return its id; `points` stand in the order of the areas."""
    keys = [each.key for each in stars.areas(FORMS_BY_KEY[form_key])]
    given = {key: point for key, point in zip(keys, points, strict=True) if point is not None}
    given |= {"read_on": day, "reading": "review", "completed_by": "both"}
    given |= {"whose": "family"} if form_key == FAMILY else {"whose_name": "Amelia"}
    given |= answers

    def work(session):
        revision_id = plans.start(session, child_id, "star", form_key)
        view = plan_reading.open_plan(session, revision_id)
        return plans.sign(session, revision_id, view.version, given).revision_id

    return done(desk, work)


def key_of(form_key, place):
    """Return the key of an area by its place."""
    return stars.areas(FORMS_BY_KEY[form_key])[place].key


def series_of(desk, child_id):
    """Return the series of a child, the one with the newest reading first."""
    return done(desk, lambda session: stars.all_series(session, child_id))
