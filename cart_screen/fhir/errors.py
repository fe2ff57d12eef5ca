"""The errors that only FHIR resources can meet."""

from __future__ import annotations

from collections.abc import Sequence

from cart_screen.errors import CartScreenError, first_of, shown
from cart_screen.nouns import field, noun


@noun
class ResourceProblem:
    """
    One place of a resource that cannot be read, named as in FHIRPath; what was found, what is allowed.

    ``question`` is the question that it is about, where it is about one.
    """

    path: str
    # What stands in a resource is health data: it stays out of logs and tracebacks.
    found: str = field(repr=False)
    allowed: str
    question: str | None = None

    def __str__(self) -> str:
        return f"{shown(self.path)}: found {shown(self.found)}; allowed is {self.allowed}"


class ResourceInvalid(CartScreenError):
    """A resource is not what FHIR R4 or the questionnaire says; ``problems`` lists every place at once."""

    code = "resource-invalid"

    def __init__(self, kind: str, problems: Sequence[ResourceProblem]) -> None:
        super().__init__(kind, tuple(problems))
        self.kind = kind
        self.problems = tuple(problems)

    def __repr__(self) -> str:
        # The problems hold answers, which stay out of logs.
        return f"<ResourceInvalid {self.kind} ({len(self.problems)} problems)>"

    def __str__(self) -> str:
        count = len(self.problems)
        places = f"{count} place{'' if count == 1 else 's'}"
        listed = first_of([str(problem) for problem in self.problems])
        return f"The {self.kind} cannot be read in {places}: {listed}."
