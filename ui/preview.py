"""The preview: pages of the real PDF, with zoom, search, saving and printing. Nothing is written to disk unasked."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QPen, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from caseapp.work import Problem, Session
from ui import pdf_pages, theme
from ui.parts import Banner, BusyBar, Card, Title, icon_button, plain
from ui.pdf_pages import Found, PagePicture, in_background

PRINT_DPI: Final = 300
_STEP: Final = 1.2
_SMALLEST, _LARGEST = 0.3, 5.0
_EDGE: Final = 12
