"""Criteria of one's own: which paths name a set, and which words may be left to the package."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from cart_screen import load_criteria, screen
from cart_screen.catalog.directory import own_criteria
from cart_screen.errors import CriteriaMissing, CriteriaUnknown, DocumentInvalid

THERAPY = Path(__file__).parents[2] / "examples" / "other-therapy"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give a copy of the criteria of another therapy."""
    return Path(shutil.copytree(THERAPY, tmp_path / "my-criteria"))


def words(root: Path, change) -> None:
    path = root / "text" / "en.json"
    document = json.loads(path.read_text("utf-8"))
    change(document)
    path.write_text(json.dumps(document), encoding="utf-8")


def test_a_directory_with_one_set_is_named_as_it_is(root: Path) -> None:
    assert load_criteria(root).id == load_criteria(root / "sets" / "us-bispecific-antibodies").id


def test_of_several_sets_the_folder_of_one_is_asked_for() -> None:
    with pytest.raises(CriteriaUnknown) as caught:
        load_criteria(own_criteria())

    assert [Path(known).name for known in caught.value.known] == ["eu-ema", "overview", "us-fda"]
    assert all(load_criteria(Path(known)).id for known in caught.value.known)


@pytest.mark.parametrize("path", ["no-such-folder", "text", "sets", "a\0b"])
def test_a_path_without_a_set_is_refused(root: Path, path: str) -> None:
    with pytest.raises(CriteriaUnknown):
        load_criteria(root / path)


def test_words_of_no_therapy_may_be_left_to_the_package(root: Path) -> None:
    own = load_criteria("us-fda").texts["en"]
    found = load_criteria(root).texts["en"]

    assert set(json.loads((root / "text" / "en.json").read_text("utf-8"))["terminal"]) == {"title"}
    assert found["terminal"] == {**own["terminal"], "title": found["terminal"]["title"]}
    assert found["absent"] == own["absent"]


def test_words_of_ones_own_stay(root: Path) -> None:
    words(root, lambda text: text["terminal"].update(result="Your next step"))

    assert load_criteria(root).texts["en"]["terminal"]["result"] == "Your next step"


def test_the_title_speaks_of_the_therapy_and_is_asked_for(root: Path) -> None:
    words(root, lambda text: text["terminal"].pop("title"))

    with pytest.raises(DocumentInvalid, match="/terminal/title"):
        load_criteria(root)


def test_another_language_brings_all_of_its_words(root: Path) -> None:
    german = {**json.loads((root / "text" / "en.json").read_text("utf-8")), "language": "de"}
    (root / "text" / "de.json").write_text(json.dumps(german), encoding="utf-8")

    with pytest.raises(DocumentInvalid, match=r"text/de\.json#/terminal/"):
        load_criteria(root)


def test_words_under_another_name_are_missed(root: Path) -> None:
    (root / "text" / "en.json").rename(root / "text" / "english.json")

    with pytest.raises((DocumentInvalid, CriteriaMissing)) as caught:
        load_criteria(root)
    assert "text/en.json" in str(caught.value)


def test_a_shared_criterion_that_was_signed_off_is_signed_off_where_nothing_is_added(root: Path) -> None:
    shared = root / "shared" / "relapsed-refractory" / "1.0.0.json"
    document = json.loads(shared.read_text("utf-8"))
    shared.write_text(json.dumps({**document, "x-signed-off": "Dr. Example, 2026-11-23"}), encoding="utf-8")
    findings = screen({"diagnosis": "multiple-myeloma", "disease_status": "relapsed"}, load_criteria(root)).findings

    assert findings["relapsed-refractory"].signed_off == "Dr. Example, 2026-11-23"
    assert findings["prior-lines"].signed_off is None
