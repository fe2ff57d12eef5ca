"""What a check of criteria is, and what it finds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from cart_screen.authoring.checks.material import Material
from cart_screen.errors import shown


class Severity(StrEnum):
    """How much a finding weighs: an error stops a release, a warning is for the author to weigh."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Found:
    """One place that a check speaks of: the document, a JSON pointer into it, what is there, what to do."""

    document: str
    pointer: str
    found: str
    todo: str


@dataclass(frozen=True)
class Check:
    """One check: a stable word as its id, how much its findings weigh, and what it is for in one sentence."""

    id: str
    severity: Severity
    purpose: str
    run: Callable[[Material], Iterable[Found]]


@dataclass(frozen=True)
class CheckFinding:
    """One finding of one check."""

    check: str
    severity: Severity
    document: str
    pointer: str
    found: str
    todo: str

    @property
    def order(self) -> tuple[object, ...]:
        """Errors first, then by document and place; numbers in a pointer count as numbers."""
        steps = [(0, int(step), "") if step.isdecimal() else (1, 0, step) for step in re.split(r"(\d+)", self.pointer)]
        return self.severity is not Severity.ERROR, self.document, steps, self.check, self.found, self.todo

    def to_dict(self) -> dict[str, str]:
        """Give the finding as plain JSON values."""
        return {
            "check": self.check,
            "severity": str(self.severity),
            "document": self.document,
            "pointer": self.pointer,
            "found": self.found,
            "todo": self.todo,
        }

    def __str__(self) -> str:
        where = f"{shown(self.document)}#{shown(self.pointer)}"
        return f"{self.severity} {self.check}: {where}\n  Found: {self.found}.\n  To do: {self.todo}."
