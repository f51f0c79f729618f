"""Every form on offer, newest version, by its kind."""

from caseapp.form import Form

FORMS: dict[str, Form] = {}
