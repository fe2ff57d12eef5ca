"""A released file never changes: loading refuses one that differs, and says which, expected and found."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path

import pytest

from cart_screen import screen
from cart_screen.catalog.directory import CriteriaDirectory, own_criteria
from cart_screen.catalog.loading import load_set
from cart_screen.catalog.releases import read_releases
from cart_screen.errors import DocumentInvalid, ReleaseChanged

RELEASED = sorted(read_releases(own_criteria()).files)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Give a copy of the shipped criteria."""
    return Path(shutil.copytree(own_criteria(), tmp_path / "criteria"))


def load_everything(root: Path) -> None:
    """Load every set."""
    directory = CriteriaDirectory(root)
    for name in directory.sets:
        load_set(directory, name)


def test_the_shipped_criteria_are_released_and_load_without_being_drafts() -> None:
    shown = screen({"age_years": 60}).to_dict()["criteria"]

    assert RELEASED
    assert shown["draft"] is False


def test_every_criteria_document_and_dictionary_is_released() -> None:
    root = own_criteria()
    there = {
        path.relative_to(root).as_posix()
        for pattern in ("sets/*/*/*.json", "shared/*/*.json", "answers/*.json", "schema/*.json")
        for path in root.glob(pattern)
    }

    assert there == set(RELEASED)


@pytest.mark.parametrize("name", RELEASED)
def test_released_file_is_as_it_was_released(name: str) -> None:
    data = (own_criteria() / name).read_bytes()

    assert hashlib.sha256(data).hexdigest() == read_releases(own_criteria()).files[name].sha256, (
        f"{name} was edited after its release; put it back and add a new version beside it"
    )


@pytest.mark.parametrize("name", RELEASED)
def test_one_changed_byte_of_a_released_file_is_refused(copy: Path, name: str) -> None:
    path = copy / name
    data = path.read_bytes()
    place = len(data) // 2
    path.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])

    with pytest.raises(ReleaseChanged) as caught:
        load_everything(copy)

    assert caught.value.file == name
    assert caught.value.expected == hashlib.sha256(data).hexdigest()
    assert caught.value.found == hashlib.sha256(path.read_bytes()).hexdigest()
    for part in (name, caught.value.expected, caught.value.found):
        assert part in str(caught.value)


@pytest.mark.parametrize("change", [lambda data: data + b"\n", lambda data: data.replace(b"\n", b"\r\n")])
def test_a_change_that_only_an_editor_or_git_would_make_is_refused_too(copy: Path, change) -> None:
    path = copy / RELEASED[0]
    path.write_bytes(change(path.read_bytes()))

    with pytest.raises(ReleaseChanged, match=RELEASED[0]):
        load_everything(copy)


@pytest.mark.parametrize("name", RELEASED)
def test_released_file_that_is_gone_is_refused(copy: Path, name: str) -> None:
    (copy / name).unlink()

    with pytest.raises(ReleaseChanged, match="the file is not there") as caught:
        load_everything(copy)

    assert (caught.value.file, caught.value.found) == (name, None)


def test_without_releases_everything_is_a_draft_and_the_result_says_so(copy: Path) -> None:
    (copy / "releases.json").unlink()
    shown = screen({"age_years": 60}, criteria=copy / "sets" / "us-fda").to_dict()

    assert shown["criteria"]["draft"] is True
    assert any("draft" in caution for caution in shown["criteria"]["cautions"])
    assert all(indication["draft"] for indication in shown["indications"])


@pytest.mark.parametrize(
    ("unreleased", "drafts"),
    [
        ("sets/us-fda/aucatzyl-b-all/1.0.0.json", {"aucatzyl-b-all"}),
        ("shared/fitness/1.0.0.json", None),
        ("answers/1.1.0.json", None),
    ],
)
def test_a_use_is_a_draft_where_it_or_what_it_is_made_of_was_not_released(
    copy: Path, unreleased: str, drafts: set[str] | None
) -> None:
    path = copy / "releases.json"
    document = json.loads(path.read_text("utf-8"))
    del document["files"][unreleased]
    path.write_text(json.dumps(document), encoding="utf-8")
    found = screen({}, criteria=copy / "sets" / "us-fda").indications

    every = {outcome.indication.id for outcome in found}
    assert {outcome.indication.id for outcome in found if outcome.indication.draft} == (drafts or every)


def test_a_draft_that_only_the_general_reading_uses_makes_every_result_a_draft(copy: Path) -> None:
    shared = copy / "shared" / "fitness"
    text = (shared / "1.0.0.json").read_text("utf-8").replace("fitness:1.0.0", "fitness:1.1.0")
    (shared / "1.1.0.json").write_text(text.replace('"x-version": "1.0.0"', '"x-version": "1.1.0"'), encoding="utf-8")
    description = copy / "sets" / "us-fda" / "set.json"
    pinned = description.read_text("utf-8").replace("fitness:1.0.0", "fitness:1.1.0")
    description.write_text(pinned, encoding="utf-8")

    for day in ("2026-11-22", "2010-01-01"):
        shown = screen({}, criteria=copy / "sets" / "us-fda", as_of=day).to_dict()
        assert shown["criteria"]["draft"] is True
        assert not any(indication["draft"] for indication in shown["indications"])


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"format": "cart-screen-releases/2", "files": {}}', '{"format": "cart-screen-releases/1"}',
     '{"format": "cart-screen-releases/1", "files": {"answers/1.0.0.json": "abc"}}', "[" * 100_000],
)  # fmt: skip
def test_releases_that_cannot_be_read_are_refused_and_not_taken_for_none(copy: Path, text: str) -> None:
    (copy / "releases.json").write_text(text, encoding="utf-8")

    with pytest.raises(DocumentInvalid, match=r"releases\.json"):
        load_everything(copy)


def test_a_path_that_leads_out_of_the_directory_is_refused(copy: Path) -> None:
    path = copy / "releases.json"
    document = json.loads(path.read_text("utf-8"))
    document["files"]["../secret.json"] = {"sha256": "0" * 64, "released": "2026-11-23"}
    path.write_text(json.dumps(document), encoding="utf-8")

    with pytest.raises(DocumentInvalid, match=r"\.\./secret"):
        load_everything(copy)


@pytest.mark.parametrize("kind", ["pipe", "link to nothing", "link to a device", "folder", "too large"])
def test_releases_that_are_no_regular_file_are_refused_at_once(copy: Path, kind: str) -> None:
    path = copy / "releases.json"
    path.unlink()
    match kind:
        case "pipe":
            os.mkfifo(path)
        case "link to nothing":
            path.symlink_to(copy / "nowhere.json")
        case "link to a device":
            path.symlink_to("/dev/zero")
        case "folder":
            path.mkdir()
        case _:
            path.write_bytes(b" " * 3_000_000)

    with pytest.raises(DocumentInvalid, match=r"releases\.json"):
        load_everything(copy)
