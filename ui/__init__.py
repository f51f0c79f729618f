"""The screens: no SQL, no rules."""

import builtins

import PySide6.QtCore  # noqa: F401  # it puts a hook of its own on `import`

# PySide's hook (6.11) reads the source of every module that is loaded after it, to see whether that asks for
# its `__feature__`. Nothing here does, and the window to sign in would wait for the reading of fifty files.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
