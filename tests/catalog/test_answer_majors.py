"""A new major version of the dictionary: old dates are read with the old questions, new dates with the new ones."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from cart_screen import Questionnaire, load_criteria, screen
from cart_screen.catalog.directory import own_criteria
from cart_screen.errors import AnswersInvalid, DocumentInvalid

BEFORE, AFTER = "2026-12-31", "2027-01-01"
# Valid in the first dictionary, beyond the bound of the second.
OLD_AGE = 115


def read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def second(document: Any) -> Any:
    """Give a document as its second version, which pins the second dictionary."""
    text = json.dumps(document).replace(":1.0.0", ":2.0.0")
    return {**json.loads(text), "x-version": "2.0.0", "x-answers": "2"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give the overview set with a second dictionary, whose ages end at 110, for uses from 2027 on."""
    root = Path(shutil.copytree(own_criteria(), tmp_path / "criteria"))
    dictionary = read(root / "answers" / "1.1.0.json")
    dictionary["x-version"] = "2.0.0"
    dictionary["$id"] = "urn:cart-screen:answers:2.0.0"
    dictionary["properties"]["age_years"]["maximum"] = 110
    (root / "answers" / "2.0.0.json").write_text(json.dumps(dictionary), encoding="utf-8")
    for path in root.glob("shared/*/1.0.0.json"):
        (path.parent / "2.0.0.json").write_text(json.dumps(second(read(path))), encoding="utf-8")
    for path in root.glob("sets/overview/*/1.0.0.json"):
        document = {**second(read(path)), "x-effective": {"from": AFTER}}
        (path.parent / "2.0.0.json").write_text(json.dumps(document), encoding="utf-8")
    path = root / "sets" / "overview" / "set.json"
    description = read(path)
    first = {"answers": description["answers"], "general": description["general"]}
    general = {id: urn.replace(":1.0.0", ":2.0.0") for id, urn in description["general"].items()}
    path.write_text(
        json.dumps({**description, "answers": "2.0.0", "general": general, "earlier": [first]}), encoding="utf-8"
    )
    return path.parent


def test_each_date_is_read_with_the_dictionary_that_its_documents_pin(folder: Path) -> None:
    criteria = load_criteria(folder)

    assert [
        criteria.on(screen({}, criteria, day).facts.as_of).reading.dictionary.version for day in (BEFORE, AFTER)
    ] == [
        "1.1.0",
        "2.0.0",
    ]
    assert {found.indication.version for found in screen({}, criteria, BEFORE).indications} == {"1.0.0"}
    assert {found.indication.version for found in screen({}, criteria, AFTER).indications} == {"2.0.0"}


def test_an_answer_is_held_against_the_dictionary_of_its_date(folder: Path) -> None:
    criteria = load_criteria(folder)

    assert screen({"age_years": OLD_AGE}, criteria, BEFORE).to_dict()["criteria"]["answers"] == "1.1.0"
    with pytest.raises(AnswersInvalid, match="age_years"):
        screen({"age_years": OLD_AGE}, criteria, AFTER)


def test_the_questionnaire_asks_what_its_date_asks(folder: Path) -> None:
    criteria = load_criteria(folder)
    old = Questionnaire(criteria=criteria, as_of=BEFORE).answer("age_years", OLD_AGE)

    assert old.criteria.reading.dictionary.questions["age_years"].maximum == 120
    with pytest.raises(AnswersInvalid):
        Questionnaire(criteria=criteria, as_of=AFTER).answer("age_years", OLD_AGE)


def test_before_any_document_the_newest_dictionary_is_read(folder: Path) -> None:
    found = screen({"age_years": 60}, load_criteria(folder), "2000-01-01")

    assert found.guidance.code == "discuss-no-criteria"


def test_a_document_of_a_major_that_the_set_does_not_name_is_refused(folder: Path) -> None:
    description = read(folder / "set.json")
    del description["earlier"]
    (folder / "set.json").write_text(json.dumps(description), encoding="utf-8")

    with pytest.raises(DocumentInvalid, match="x-answers"):
        load_criteria(folder)


def test_documents_in_force_together_that_pin_different_majors_are_refused(folder: Path) -> None:
    path = next(folder.glob("*/2.0.0.json"))
    path.unlink()

    with pytest.raises(DocumentInvalid, match="x-answers"):
        load_criteria(folder)
