"""The errors that only a sheet can meet."""

from __future__ import annotations

from cart_screen.errors import CartScreenError, shown


class SheetFormUnknown(CartScreenError):
    """A sheet was to be written to a file whose name says none of its forms."""

    code = "sheet-form-unknown"

    def __init__(self, file: str, known: tuple[str, ...]) -> None:
        super().__init__(file, known)
        self.file = file
        self.known = known

    def __str__(self) -> str:
        *most, last = self.known
        return (
            f"{shown(self.file) or 'A file without a name'} names no form of a sheet. "
            f"Give it a name that ends in {', '.join(most)} or {last}."
        )


class TextLibraryMissing(CartScreenError):
    """A PDF cannot be laid out: Pango, a library of the system that no Python package brings, is not installed."""

    code = "text-library-missing"

    def __init__(self, found: str) -> None:
        super().__init__(found)
        self.found = found

    def __str__(self) -> str:
        return (
            f"A PDF needs Pango, a library of the system that lays out text: {shown(self.found)}. Install it (Debian "
            "and Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; macOS: brew install "
            "pango), or write the sheet as .html and print it from a browser."
        )
