"""The words of a sheet in a text file: what a set may leave to the package, and what it must bring itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from cart_screen import load_criteria, screen
from cart_screen.catalog.loading import own_set
from cart_screen.errors import DocumentInvalid
from cart_screen.formats.sheet import SheetWords
from cart_screen.sheet.content import sheet_of
from cart_screen.sheet.markdown import to_markdown
from cart_screen.sheet.page import Sheet
from cart_screen.texts import Audience

from .reading import DAY, OTHER_THERAPY, section_texts, sections

_SOURCE = {"title": "A page", "url": "https://a.example/page", "verified": "secondary", "read": DAY}
_TREATMENT: dict[str, Any] = {
    "heading": "What this antibody involves",
    "involves": {"shots": {"text": "You get a shot under the skin each week.", "source": ["page"]}},
    "risks": {
        "fever": {"text": "Fever soon after a shot.", "source": ["page"]},
        "single": {"text": "A thing of one drug", "brands": ["Elrexfio"], "source": ["page"]},
    },
    "bring": {"letters": {"text": "Your letters", "source": ["page"]}},
    "ask": {"when": "When would it begin?"},
    "sources": {"page": _SOURCE},
}


def with_words(folder: Path, words: Mapping[str, Any], audience: Audience = Audience.PATIENT) -> Sheet:
    """Give a sheet of the other therapy whose text file says some more."""
    copytree(OTHER_THERAPY, folder / "set")
    file = folder / "set" / "text" / "en.json"
    file.write_text(json.dumps({**json.loads(file.read_text("utf-8")), **words}), "utf-8")
    answers = {"age_years": 60, "diagnosis": "multiple-myeloma"}
    return sheet_of(screen(answers, load_criteria(folder / "set"), as_of=DAY), audience=audience)


def test_every_fixed_word_of_a_sheet_is_there_in_english() -> None:
    fields = SheetWords.model_fields.items()

    assert own_set("us-fda").texts["en"]["sheet"].keys() == {field.alias or name for name, field in fields}


def test_a_set_may_say_some_fixed_words_in_its_own_way_and_leave_the_others(tmp_path: Path) -> None:
    sheet = with_words(tmp_path, {"sheet": {"title": "Our own page"}})

    assert sheet.title == "Our own page"
    assert sections(sheet)["answers"].heading == "Your answers"


def test_a_set_may_bring_words_on_its_own_treatment(tmp_path: Path) -> None:
    sheet = with_words(tmp_path, {"treatment": _TREATMENT})

    found = sections(sheet)
    assert found["involves"].heading == "What this antibody involves"
    assert section_texts(found["risks"]) == ["Fever soon after a shot.", "A thing of one drug (Elrexfio)"]
    assert "https://a.example/page" in [source.url for source in sheet.sources]
    assert "CAR T" not in to_markdown(sheet)


def test_an_audience_may_hear_single_lines_in_other_words_on_the_same_sources(tmp_path: Path) -> None:
    own = {"clinician": {"treatment": {"involves": {"shots": {"text": "Weekly injection."}}}}}

    sheet = with_words(tmp_path, {"treatment": _TREATMENT, "audiences": own}, Audience.CLINICIAN)

    (block,) = sections(sheet)["involves"].blocks
    assert [(item.text, [source.title for source in item.sources]) for item in block.entries] == [
        ("Weekly injection.", ["A page"])
    ]
    assert section_texts(sections(sheet)["bring"]) == ["Your letters"]


@pytest.mark.parametrize(
    ("changed", "place", "allowed"),
    [
        (
            {"bring": {"letters": {"text": "x", "source": ["page", "nowhere"]}}},
            "/treatment/bring/letters/source/1",
            "page",
        ),
        ({"risks": {"fever": {"text": "x"}}}, "/treatment/risks/fever/source", "this key"),
        ({"ask": {}}, "/treatment/ask", "at least 1"),
        ({"sources": {"page": {**_SOURCE, "url": "javascript:alert(1)"}}}, "/treatment/sources/page/url", "https://"),
        ({"involves": None}, "/treatment/involves", "an object"),
        ({"cost": {}}, "/treatment/cost", "heading, involves, risks"),
    ],
)
def test_words_on_a_treatment_that_break_the_format_are_refused(
    tmp_path: Path, changed: Mapping[str, Any], place: str, allowed: str
) -> None:
    with pytest.raises(DocumentInvalid) as refused:
        with_words(tmp_path, {"treatment": {**_TREATMENT, **changed}})

    problems = {problem.pointer: problem.allowed for problem in refused.value.problems}
    assert allowed in problems[place]
