"""What can go wrong with a request, before its answers are read."""

from __future__ import annotations

from collections.abc import Sequence

from cart_screen.errors import CartScreenError, DocumentProblem, first_of, shown


class BodyTooLarge(CartScreenError):
    """A body has more bytes, or is nested deeper, than is read; ``unit`` says which."""

    code = "body-too-large"

    def __init__(self, limit: int, unit: str) -> None:
        super().__init__(limit, unit)
        self.limit = limit
        self.unit = unit

    def __str__(self) -> str:
        return f"The body is larger than is read here: at most {self.limit:,} {self.unit}. Send less."


class BodyUnreadable(CartScreenError):
    """A body is not the JSON text that it should be."""

    code = "body-unreadable"

    def __init__(self, found: str, todo: str) -> None:
        super().__init__(found, todo)
        self.found = found
        self.todo = todo

    def __repr__(self) -> str:
        # What was found may be an answer, which stays out of logs.
        return "<BodyUnreadable>"

    def __str__(self) -> str:
        return f"The body cannot be read: {self.found}. {self.todo}"


class BodyLate(CartScreenError):
    """A body did not arrive in time."""

    code = "body-late"

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds

    def __str__(self) -> str:
        return f"The body did not arrive within {self.seconds:g} seconds. Send it at once."


class ContentTypeRefused(CartScreenError):
    """A body was announced as something else than JSON in UTF-8; ``header`` is the header that says so."""

    code = "content-type-refused"

    def __init__(self, header: str, found: str, allowed: Sequence[str]) -> None:
        super().__init__(header, found, tuple(allowed))
        self.header = header
        self.found = found
        self.allowed = tuple(allowed)

    def __str__(self) -> str:
        found = f"is {shown(self.found)!r}" if self.found else "is missing"
        return f"The header {self.header} {found}. Send one of: {', '.join(self.allowed)}."


class ParameterInvalid(CartScreenError):
    """A parameter of the address is unknown, given twice or not what it may be."""

    code = "parameter-invalid"

    def __init__(self, parameter: str, found: str, todo: str) -> None:
        super().__init__(parameter, found, todo)
        self.parameter = parameter
        self.found = found
        self.todo = todo

    def __repr__(self) -> str:
        # Somebody may have put an answer into an address.
        return "<ParameterInvalid>"

    def __str__(self) -> str:
        return f"The parameter {shown(self.parameter)!r} {self.found}. {self.todo}"


class HostRefused(CartScreenError):
    """The header Host is no name of a host, so that no address can be built from it."""

    code = "host-refused"

    def __init__(self, found: str) -> None:
        super().__init__(found)
        self.found = found

    def __str__(self) -> str:
        return f"The header Host is {shown(self.found)!r}, which is no name of a host. Send the name of this server."


class RequestInvalid(CartScreenError):
    """A body is JSON, but not the object that is asked for; ``problems`` lists every place at once."""

    code = "request-invalid"

    def __init__(self, problems: Sequence[DocumentProblem]) -> None:
        super().__init__(tuple(problems))
        self.problems = tuple(problems)

    def __repr__(self) -> str:
        # The problems may hold answers, which stay out of logs.
        return f"<RequestInvalid ({len(self.problems)} problems)>"

    def __str__(self) -> str:
        count = len(self.problems)
        listed = first_of(
            [
                f"{shown(one.pointer) or 'the whole'}: found {one.found}; allowed is {one.allowed}"
                for one in self.problems
            ]
        )
        return f"{count} place{'' if count == 1 else 's'} of the body cannot be read as given: {listed}."


class ServiceUnknown(CartScreenError):
    """A CDS Hooks service was called that there is not, or for another hook than its own."""

    code = "service-unknown"

    def __init__(self, found: str, known: str) -> None:
        super().__init__(found, known)
        self.found = found
        self.known = known

    def __str__(self) -> str:
        return f"There is no service or hook {shown(self.found)!r} here. Use {self.known!r}; see /cds-services."


class PrefetchMissing(CartScreenError):
    """A CDS Hooks request does not bring the resources that the service reads; it fetches none itself."""

    code = "prefetch-missing"

    def __init__(self, keys: Sequence[str]) -> None:
        super().__init__(tuple(keys))
        self.keys = tuple(keys)

    def __str__(self) -> str:
        return (
            f"The prefetch has no {', '.join(self.keys)}. Send the resources with the request, or null where the "
            "record has none: this service fetches nothing itself."
        )


class FileUnknown(CartScreenError):
    """A file was asked for that the component does not have."""

    code = "file-unknown"

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(name, tuple(known))
        self.name = name
        self.known = tuple(known)

    def __str__(self) -> str:
        return f"There is no file {shown(self.name)!r}. There are: {', '.join(self.known)}."


class InternalError(CartScreenError):
    """Something went wrong inside; only the kind of error is told, since its message may hold an answer."""

    code = "internal-error"

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind

    def __str__(self) -> str:
        return f"Something went wrong inside cart-screen ({self.kind}). Please report it, without any answers."


class RouteUnknown(CartScreenError):
    """There is nothing under a path."""

    code = "route-unknown"

    def __str__(self) -> str:
        return "There is nothing under this path. The file openapi.json describes every path."


class MethodRefused(CartScreenError):
    """A path was called with a method that it does not have."""

    code = "method-refused"

    def __init__(self, allowed: Sequence[str]) -> None:
        super().__init__(tuple(allowed))
        self.allowed = tuple(allowed)

    def __str__(self) -> str:
        return f"This path does not have that method. Use {' or '.join(self.allowed)}."
