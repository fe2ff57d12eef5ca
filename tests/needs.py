"""
What some tests need that not every machine has: looked for once, and a test that lacks it is skipped with the reason.

A missing browser is no fault of the code, and whoever tries a change without one still runs every other test.
``.ci/run`` installs what can be installed, so that it is there where a change is accepted.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest


def only_where(there: object, otherwise: str) -> pytest.MarkDecorator:
    """Give the mark of a test that runs only where something is there, with what is said otherwise."""
    return pytest.mark.skipif(not there, reason=otherwise)  # a machine that lacks it says nothing of the code


def installed(module: str, extra: str = "test") -> Any:
    """Give a module of an extra; a test that asks for it is skipped where it is not installed."""
    __tracebackhide__ = True  # whoever asked is named, not this line
    missing = f"{module.partition('.')[0]} is not installed (extra {extra})"
    return pytest.importorskip(module, reason=missing)  # an extra may be left out; CI installs it


@dataclass(frozen=True)
class Needed:
    """Something of the system that no extra brings: its path, None where it is missing, and what is said then."""

    path: str | None
    missing: str

    @property
    def mark(self) -> pytest.MarkDecorator:
        """The mark of a test that needs it."""
        return only_where(self.path, self.missing)

    def or_skip(self) -> str:
        """Give the path; a test that asks for it, itself or by a fixture, is skipped where it is missing."""
        __tracebackhide__ = True  # whoever asked is named, not this line
        if self.path is None:
            pytest.skip(self.missing)  # as the mark does, since a fixture takes none; CI installs it
        return self.path


# Debian calls it the one, some other systems the other.
CHROMIUM = Needed(
    shutil.which("chromium") or shutil.which("chromium-browser"),
    "Chromium is not installed (Debian's package chromium)",
)
NODE = Needed(shutil.which("node"), "Node is not installed (Debian's package nodejs)")
# It brings npx, which runs what it installs.
NPM = Needed(shutil.which("npm") and shutil.which("npx"), "npm is not installed (Debian's package npm)")

_FULL = Path("/dev/full")
FULL_DEVICE = Needed(
    str(_FULL) if _FULL.exists() else None, "there is no device that is always full (/dev/full, which Linux has)"
)
