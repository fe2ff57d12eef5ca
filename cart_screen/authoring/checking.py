"""The author's checks of a criteria directory: all findings of all documents at once."""

from __future__ import annotations

from pathlib import Path

from cart_screen.authoring.checks import (
    audiences,
    conditions,
    examples,
    indications,
    numbers,
    questions,
    reading,
    refusals,
    sources,
    thresholds,
    verification,
    versions,
    words,
)
from cart_screen.authoring.checks.check import Check, CheckFinding
from cart_screen.authoring.checks.material import gather

CHECKS: tuple[Check, ...] = (
    *refusals.CHECKS,
    *questions.CHECKS,
    *conditions.CHECKS,
    *thresholds.CHECKS,
    *numbers.CHECKS,
    *examples.CHECKS,
    *sources.CHECKS,
    *verification.CHECKS,
    *indications.CHECKS,
    *versions.CHECKS,
    *words.CHECKS,
    *audiences.CHECKS,
    *reading.CHECKS,
)


def check_directory(root: Path, sets: tuple[str, ...] | None = None) -> tuple[CheckFinding, ...]:
    """
    Run every check over a criteria directory, or over some of its sets and what they share.

    Findings come errors first, then by document and place. Where a check speaks of a place, the
    format does not speak of it again.
    """
    material = gather(root, sets)
    found = {
        CheckFinding(check.id, check.severity, one.document, one.pointer, one.found, one.todo)
        for check in CHECKS
        for one in check.run(material)
        if material.concerns(one.document)
    }
    spoken = {(one.document, one.pointer) for one in found if one.check != "format"}
    kept = (one for one in found if one.check != "format" or (one.document, one.pointer) not in spoken)
    return tuple(sorted(kept, key=lambda one: one.order))
