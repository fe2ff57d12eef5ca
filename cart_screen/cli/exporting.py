"""``cart-screen export``: the criteria in the formats of other programs."""

from __future__ import annotations

import json

from cart_screen.api import load_criteria, named_or_path, read_date
from cart_screen.authoring.bundle import bundle
from cart_screen.authoring.shelf import find
from cart_screen.cli.exits import Exit
from cart_screen.form_schema import form_schema
from cart_screen.texts import Audience


def run_export_schema(name: str, *, criteria: str | None, version: str | None, as_of: str | None) -> int:
    """Print one document as a standalone JSON Schema, and nothing else."""
    found = find(name, criteria=criteria, version=version, on=read_date(as_of))
    print(json.dumps(bundle(found), indent=2, ensure_ascii=False, allow_nan=False))
    return Exit.OK


def run_export_form(*, criteria: str, as_of: str | None, language: str, audience: Audience) -> int:
    """Print the questionnaire as ``schema`` and ``uiSchema``, and nothing else."""
    found = load_criteria(named_or_path(criteria)).on(read_date(as_of))
    print(json.dumps(form_schema(found, language, audience), indent=2, ensure_ascii=False, allow_nan=False))
    return Exit.OK
