"""What others may send on never says that answers stay on the computer; what runs on it says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from cart_screen import load_criteria, screen
from cart_screen.fhir.guidance import guidance_response
from cart_screen.fhir.questionnaire import questionnaire_of
from cart_screen.form_schema import form_schema
from cart_screen.model import CriteriaSet
from cart_screen.records.record import Record
from cart_screen.sheet.content import sheet_of
from cart_screen.sheet.html import to_html
from cart_screen.sheet.markdown import to_markdown
from cart_screen.texts import Audience, Texts

OTHER = Path(__file__).parents[2] / "examples" / "other-therapy"
DAY = "2026-11-22"
# tests/terminal/test_plain_interview.py and tests/component/test_form.py hold that the front ends show it.
SAID = "leaves this computer"


@pytest.fixture(scope="module", params=["us-fda", OTHER], ids=["us-fda", "other-therapy"])
def criteria(request: pytest.FixtureRequest) -> CriteriaSet:
    """Give a set that ships with the package, and one of somebody's own."""
    return load_criteria(request.param)


@pytest.mark.parametrize("audience", Audience)
def test_only_a_front_end_has_words_for_it(criteria: CriteriaSet, audience: Audience) -> None:
    screening = screen({"urgent_symptoms": False}, criteria, DAY)
    sheet = sheet_of(screening, "en", audience)
    given = {
        "screening": screening.to_dict(audience=audience),
        "sheet as Markdown": to_markdown(sheet),
        "sheet as HTML": to_html(sheet),
        "form": form_schema(criteria.on(screening.facts.as_of), audience=audience),
        "Questionnaire": questionnaire_of(criteria, DAY, audience=audience),
        "GuidanceResponse": guidance_response(screening, audience=audience),
    }

    assert SAID in Texts(criteria, audience=audience).get("terminal", "stays")
    assert [name for name, text in given.items() if "not medical advice" not in str(text)] == []
    assert [name for name, text in given.items() if SAID in str(text)] == []


@pytest.mark.parametrize("audience", Audience)
def test_a_record_does_not_say_it(audience: Audience) -> None:
    record = Record.of(screen({"urgent_symptoms": False}, as_of=DAY), audience=audience)

    assert "not medical advice" in str(record.to_dict())
    assert SAID not in str(record.to_dict())
