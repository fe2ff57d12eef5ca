"""``cart-screen export fhir``: the questionnaire for forms that read FHIR."""

from __future__ import annotations

import json
import sys

from cart_screen.api import load_criteria, named_or_path, read_date
from cart_screen.cli.exits import Exit
from cart_screen.fhir.conditions import always_shown
from cart_screen.fhir.questionnaire import questionnaire_of
from cart_screen.texts import Audience


def run_export_fhir(*, criteria: str, as_of: str | None, language: str, audience: Audience) -> int:
    """Print the questionnaire as a FHIR R4 Questionnaire; what it cannot say goes to standard error."""
    chosen = load_criteria(named_or_path(criteria)).on(day := read_date(as_of))
    print(json.dumps(questionnaire_of(chosen, day, language, audience), indent=2, ensure_ascii=False, allow_nan=False))
    shown = always_shown(chosen.reading)
    if shown and sys.stderr is not None:
        listed = ", ".join(shown)
        print(
            f"cart-screen: Always shown in this form, since enableWhen cannot say when they are asked: {listed}.",
            file=sys.stderr,
        )
    return Exit.OK
