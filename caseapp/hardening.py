"""What the program asks of the system before anything else: files for their owner only, no memory on disk."""

from __future__ import annotations

import os
import sys

NOT_DUMPABLE = 0
_PR_SET_DUMPABLE, _PR_GET_DUMPABLE = 4, 3
_NO_HEAP_IN_REPORTS = 1  # WER_FAULT_REPORTING_FLAG_NOHEAP


def harden() -> None:
    """Make new files private and keep the memory out of crash dumps, as far as this system can."""
    if os.name == "posix":
        os.umask(0o077)
        _no_core_files()
    # A tracer, with which tests see the writes of a save, may not look at a process that cannot be dumped.
    if sys.platform == "linux" and os.environ.get("CASEAPP_TEST") != "1":
        _linux(_PR_SET_DUMPABLE, NOT_DUMPABLE)
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.kernel32.WerSetFlags(_NO_HEAP_IN_REPORTS)


def dumpable() -> int | None:
    """Return whether Linux would let others read this program's memory (0: no); None elsewhere."""
    return _linux(_PR_GET_DUMPABLE, 0) if sys.platform == "linux" else None


def _no_core_files() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _linux(what: int, value: int) -> int:
    import ctypes

    return int(ctypes.CDLL(None, use_errno=True).prctl(what, value, 0, 0, 0))
