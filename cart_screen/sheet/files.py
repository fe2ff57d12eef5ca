"""Writing a sheet to a file: the ending of its name says the form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from cart_screen.files import write_private
from cart_screen.sheet.errors import SheetFormUnknown
from cart_screen.sheet.html import to_html
from cart_screen.sheet.markdown import to_markdown
from cart_screen.sheet.page import Sheet
from cart_screen.sheet.pdf import to_pdf

_FORMS: Mapping[str, Callable[[Sheet], bytes]] = {
    ".html": lambda sheet: to_html(sheet).encode(),
    ".md": lambda sheet: to_markdown(sheet).encode(),
    ".pdf": to_pdf,
}


def check_sheet_file(path: Path) -> None:
    """
    Stop a name that says no form of a sheet, before anything is asked.

    Raises
    ------
    SheetFormUnknown
        When the name ends in none of .html, .md and .pdf.
    """
    if path.suffix.lower() not in _FORMS:
        raise SheetFormUnknown(str(path), tuple(_FORMS))


def write_sheet(path: Path, sheet: Sheet) -> None:
    """
    Write a sheet to a file that only its owner can read, in one step; a file of that name is replaced.

    Raises
    ------
    SheetFormUnknown
        When the name ends in none of .html, .md and .pdf.
    ExtraMissing, TextLibraryMissing
        When it is a PDF, and what makes one is not installed.
    CannotCreate, CannotWrite
        When there is no place for the file, or it cannot be written.
    """
    check_sheet_file(path)
    write_private(path, _FORMS[path.suffix.lower()](sheet))
