"""``cart-screen export html`` and ``export component``: the questionnaire in a page, as one file or as an element."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from cart_screen.api import load_criteria, named_or_path, read_date
from cart_screen.catalog.loading import own_sets
from cart_screen.cli.exits import Exit
from cart_screen.component.files import component_files, write_files
from cart_screen.component.html import to_html
from cart_screen.texts import Audience


def run_export_html(criteria: str, as_of: str | None, language: str, audience: Audience | None) -> int:
    """Print the questionnaire as one HTML document, and nothing else."""
    document = to_html(load_criteria(named_or_path(criteria)), read_date(as_of), language, audience)
    # As bytes: a terminal's encoding would change the page, and with it what its policy allows.
    sys.stdout.buffer.write(document.encode())
    sys.stdout.buffer.flush()
    return Exit.OK


def run_export_component(folder: str, criteria: Sequence[str], as_of: str | None) -> int:
    """Write the files of the component into a folder, for some sets, all of them where none is named; say which."""
    sets = [load_criteria(named_or_path(name)) for name in criteria or own_sets()]
    written = component_files(sets, read_date(as_of))
    write_files(Path(folder), written)
    for name in written:
        print(Path(folder) / name)
    return Exit.OK
