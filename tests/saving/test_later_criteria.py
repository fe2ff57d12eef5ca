"""
A file from an older release of criteria and dictionary, read under a newer one, and the other way round.

Both are directories of their own: copies of what ships with three of its uses. In the later one there is another
dictionary (a question is gone, an option is gone, a bound is narrower), a use has another version, one was withdrawn
and one is new.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cart_screen.answers.given import Answers
from cart_screen.api import load_criteria, named_or_path
from cart_screen.catalog.directory import own_criteria
from cart_screen.model import CriteriaSet
from cart_screen.questionnaire import Questionnaire
from cart_screen.saving.keeping import read_saved, save
from cart_screen.saving.resuming import (
    AskedAgain,
    Change,
    ChangedUse,
    GoneUse,
    LeftOut,
    NewUse,
    OtherDictionary,
    Resumed,
    resumed,
)
from cart_screen.saving.saved import Saved
from cart_screen.saving.saying import sentence
from cart_screen.texts import Texts

from .interviews import DAY, interview

CHANGING, GOING, COMING = "breyanzi-marginal-zone-lymphoma", "kymriah-b-all", "aucatzyl-b-all"
LATER = "1.99.0"
GIVEN = {
    "urgent_symptoms": False, "age_years": 115, "diagnosis": "marginal-zone-lymphoma", "disease_status": "relapsed",
    "prior_lines": 2, "ecog": 4, "caregiver_available": True, "bilirubin": 1.5,
}  # fmt: skip
Json = dict[str, Any]


@dataclass(frozen=True)
class Releases:
    """The criteria before and after, and the folder of each."""

    before: CriteriaSet
    after: CriteriaSet
    folders: tuple[Path, Path]


def edit(path: Path, change: Callable[[Json], None], to: str | None = None) -> None:
    """Change a document, or write the changed one beside it as another version."""
    document = json.loads(path.read_text())
    change(document)
    (path.with_name(f"{to}.json") if to else path).write_text(json.dumps(document))


def reduced(root: Path, uses: list[str]) -> Path:
    """Copy what ships, with some of its uses; nothing is released in it, so that anything may be written."""
    shutil.copytree(own_criteria(), root)
    (root / "releases.json").unlink()
    folder = root / "sets" / "us-fda"
    for use in folder.iterdir():
        if use.is_dir() and use.name not in uses:
            shutil.rmtree(use)
    edit(folder / "set.json", lambda document: document.update(indications=uses))
    return folder


def latest(folder: Path, use: str) -> Path:
    return max((folder / use).glob("*.json"))


def versioned(document: Json, use: str, **more: Any) -> None:
    document.update({"$id": f"urn:cart-screen:us-fda:{use}:{LATER}", "x-version": LATER, **more})


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Releases:
    before = reduced(tmp_path_factory.mktemp("before") / "criteria", [GOING, CHANGING])
    after = reduced(tmp_path_factory.mktemp("after") / "criteria", [GOING, CHANGING, COMING])

    def other_questions(document: Json) -> None:
        document.update({"$id": f"urn:cart-screen:answers:{LATER}", "x-version": LATER})
        del document["properties"]["caregiver_available"]
        document["properties"]["ecog"]["enum"].remove(4)
        document["properties"]["age_years"]["maximum"] = 110

    dictionary = json.loads((after / "set.json").read_text())["answers"]
    edit(after.parents[1] / "answers" / f"{dictionary}.json", other_questions, LATER)
    edit(after / "set.json", lambda document: document.update(answers=LATER))
    began = {"x-effective": {"from": "2026-11-01"}}
    edit(latest(after, CHANGING), lambda document: versioned(document, CHANGING, **began), LATER)
    edit(latest(after, GOING), lambda document: versioned(document, GOING, **began, **{"x-withdrawn": True}), LATER)
    return Releases(load_criteria(before), load_criteria(after), (before, after))


def saved_and_resumed(path: Path, under: CriteriaSet, now: CriteriaSet, given: Json, **more: Any) -> Resumed:
    """Save an interview in a file, and take it up again from there."""
    save(path, interview(given, under, **more))
    found = read_saved(path)
    assert isinstance(found, Saved)
    return resumed(found, now, DAY)


def title(criteria: CriteriaSet, use: str) -> str:
    return next(found.title for found in criteria.indications if found.id == use)


def test_an_older_file_is_read_and_each_difference_is_named(releases: Releases, tmp_path: Path) -> None:
    """Three answers do not fit any more; the others stay as they were given."""
    before, after = releases.before, releases.after
    found = saved_and_resumed(tmp_path / "file", before, after, GIVEN)

    gone = {"age_years", "ecog", "caregiver_available"}
    assert found.answers == Answers({id: value for id, value in GIVEN.items() if id not in gone})
    was = before.reading.dictionary.version
    use = next(found for found in before.in_force(DAY) if found.id == CHANGING)
    expected: tuple[Change, ...] = (
        AskedAgain("age_years"),
        AskedAgain("ecog"),
        LeftOut("caregiver_available"),
        OtherDictionary(was, LATER),
        ChangedUse(title(after, CHANGING), use.version, LATER),
        NewUse(title(after, COMING)),
        GoneUse(title(after, GOING)),
    )
    assert found.changes == expected


def test_the_questions_go_on_under_the_newer_criteria(releases: Releases, tmp_path: Path) -> None:
    """What was left out is asked again where it can matter, and the differences have words."""
    found = saved_and_resumed(tmp_path / "file", releases.before, releases.after, GIVEN)
    questionnaire = Questionnaire(found.answers, releases.after, DAY)

    assert questionnaire.next_question is not None
    assert questionnaire.next_question.id == "age_years"
    assert all(sentence(change, Texts(releases.after)) for change in found.changes)


def test_a_newer_file_is_read_by_an_older_release(releases: Releases, tmp_path: Path) -> None:
    """Nothing of it is lost where the older one allows more."""
    given = {id: value for id, value in GIVEN.items() if id not in ("age_years", "ecog", "caregiver_available")}
    found = saved_and_resumed(tmp_path / "file", releases.after, releases.before, given)

    assert found.answers == Answers(given)
    before = releases.before
    now = next(found for found in before.in_force(DAY) if found.id == CHANGING)
    assert found.changes == (
        OtherDictionary(LATER, before.reading.dictionary.version),
        NewUse(title(before, GOING)),
        ChangedUse(now.title, LATER, now.version),
        GoneUse("aucatzyl b all"),
    )


def test_a_fixed_day_is_read_as_it_was_then(releases: Releases, tmp_path: Path) -> None:
    """The later versions were not in force on it; only the dictionary is another."""
    day = min(found.effective for found in releases.after.indications if found.version == LATER).replace(month=10)
    given = {"diagnosis": "marginal-zone-lymphoma"}
    found = saved_and_resumed(tmp_path / "file", releases.before, releases.after, given, day=day, is_dated=True)

    assert found.changes[1:] == (NewUse(title(releases.after, COMING)),)


def test_a_directory_of_ones_own_is_found_again_from_anywhere(
    releases: Releases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its path was relative when it was named."""
    monkeypatch.chdir(releases.folders[0].parents[2])
    path = tmp_path / "file"
    save(path, interview({"ecog": 1}, releases.before, named=Path("criteria/sets/us-fda")))
    monkeypatch.chdir(tmp_path)
    found = read_saved(path)
    assert isinstance(found, Saved)

    criteria = load_criteria(named_or_path(found.criteria))
    assert resumed(found, criteria, DAY) == Resumed(Answers({"ecog": 1}), ("ecog",), ())
