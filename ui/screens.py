"""The screens of the window, each loaded when it is first opened."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QWidget

from ui.desk import Desk


def today_screen(desk: Desk) -> QWidget:
    """Return what is due."""
    from ui.today import TodayScreen

    return TodayScreen(desk)


def children_screen(desk: Desk) -> QWidget:
    """Return the list of children."""
    from ui.children import ChildrenScreen

    return ChildrenScreen(desk)


def child_screen(desk: Desk, child_id: UUID, tab: str = "") -> QWidget:
    """Return a child's record."""
    from ui.child import ChildScreen

    return ChildScreen(desk, child_id, tab)


def new_child_screen(desk: Desk, typed: str = "") -> QWidget:
    """Return the questions for a child who is not on file yet."""
    from ui.new_child import NewChildScreen

    return NewChildScreen(desk, typed)


def plan_screen(desk: Desk, revision_id: UUID) -> QWidget:
    """Return a version of a plan."""
    from ui.plan import PlanScreen

    return PlanScreen(desk, revision_id)


def settings_screen(desk: Desk) -> QWidget:
    """Return the settings."""
    from ui.settings import SettingsScreen

    return SettingsScreen(desk)


def import_screen(desk: Desk) -> QWidget:
    """Return the import of a return's files."""
    from ui.imports import ImportScreen

    return ImportScreen(desk)
