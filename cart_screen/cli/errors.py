"""What can go wrong with what a command was given."""

from __future__ import annotations

from cart_screen.errors import CartScreenError, shown


class CannotOpen(CartScreenError):
    """A file or folder that a command was given cannot be read."""

    code = "cannot-open"

    def __init__(self, path: str, why: str) -> None:
        super().__init__(path, why)
        self.path = path
        self.why = why

    def __str__(self) -> str:
        return f"Cannot open {shown(self.path) or 'a path without a name'}: {self.why}."


class CannotListen(CartScreenError):
    """A server cannot listen on an address."""

    code = "cannot-listen"

    def __init__(self, host: str, port: int, why: str) -> None:
        super().__init__(host, port, why)
        self.host = host
        self.port = port
        self.why = why

    def __str__(self) -> str:
        return f"Cannot listen on {shown(self.host)} port {self.port}: {self.why}."
