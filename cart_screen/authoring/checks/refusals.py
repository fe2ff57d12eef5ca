"""What the loader refuses, each kind of it under its own name."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cart_screen.authoring.checks.check import Check, Found, Severity
from cart_screen.authoring.checks.material import Material
from cart_screen.errors import DocumentProblem

# What has a check of its own; everything else is the format.
_KINDS = (
    "presence-tested", "question-undeclared", "condition-constant", "value-outside-dictionary", "version-order",
)  # fmt: skip


def refused(kind: str) -> Callable[[Material], Iterator[Found]]:
    """Give the run of a check for one kind of what the loader refuses."""

    def run(material: Material) -> Iterator[Found]:
        return (_found(problem) for problem in material.problems if problem.kind == kind)

    return run


def _others(material: Material) -> Iterator[Found]:
    return (_found(problem) for problem in material.problems if problem.kind not in _KINDS)


def _changed(material: Material) -> Iterator[Found]:
    for change in material.files.changed:
        found = "no file" if change.found is None else f"the SHA-256 {change.found}"
        yield Found(
            change.file,
            "",
            f"{found}, where {change.expected} was released",
            "put the file back as it was released, and write the change into a new version beside it",
        )


def _unread(material: Material) -> Iterator[Found]:
    for path in material.files.unread:
        yield Found(
            path,
            "",
            "a JSON file where nothing looks for one",
            "move it to sets/<set>/<indication>/<version>.json or shared/<criterion>/<version>.json, or remove it",
        )


def _found(problem: DocumentProblem) -> Found:
    return Found(problem.document, problem.pointer, problem.found, f"make it {problem.allowed}")


CHECKS = (
    Check("format", Severity.ERROR, "Every document has the form that the loader reads.", _others),
    Check(
        "presence-tested",
        Severity.ERROR,
        "No criterion asks whether an answer is there: a condition stands in properties and in required.",
        refused("presence-tested"),
    ),
    Check(
        "question-undeclared",
        Severity.ERROR,
        "Every condition is on a question that the dictionary declares.",
        refused("question-undeclared"),
    ),
    Check(
        "value-outside-dictionary",
        Severity.ERROR,
        "Every threshold and value lies within what the dictionary allows for its question.",
        refused("value-outside-dictionary"),
    ),
    Check("release-changed", Severity.ERROR, "A released file is as it was released.", _changed),
    Check("file-unread", Severity.WARNING, "No file stands where nothing reads it.", _unread),
)
