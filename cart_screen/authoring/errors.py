"""What can go wrong for those who write and review criteria."""

from __future__ import annotations

from collections.abc import Sequence

from cart_screen.errors import CartScreenError, DocumentProblem, first_of, shown


class CriterionUnknown(CartScreenError):
    """A criteria document was asked for by a name, or in a version, that no set holds; ``near`` may be meant."""

    code = "criterion-unknown"

    def __init__(self, name: str, near: Sequence[str], version: str | None = None) -> None:
        super().__init__(name, tuple(near), version)
        self.name = name
        self.near = tuple(near)
        self.version = version

    def __str__(self) -> str:
        if self.version is not None:
            known = ", ".join(self.near)
            return f"There is no version {shown(self.version)} of {shown(self.name)}. Choose one of: {known}."
        meant = f"Did you mean {' or '.join(self.near)}? " if self.near else ""
        return (
            f"There is no use and no shared criterion {shown(self.name)!r}. {meant}"
            "`cart-screen criteria list --all` names every use."
        )


class ReleaseRefused(CartScreenError):
    """Some documents cannot be released as they are; ``problems`` lists all of them, ``allowed`` is what to do."""

    code = "release-refused"

    def __init__(self, problems: Sequence[DocumentProblem]) -> None:
        super().__init__(tuple(problems))
        self.problems = tuple(problems)

    def __str__(self) -> str:
        said = first_of([f"{one.document}#{one.pointer}: found {one.found}; {one.allowed}" for one in self.problems])
        return f"Nothing was released. {said}."
