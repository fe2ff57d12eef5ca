"""``cart-screen criteria release``: what it fixes, and what it refuses."""

from __future__ import annotations

import json
import shutil
import stat
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cart_screen.authoring.errors import ReleaseRefused
from cart_screen.authoring.releasing import plan_release, write_release
from cart_screen.catalog.directory import CriteriaDirectory, own_criteria
from cart_screen.cli.main import main
from cart_screen.errors import ReleaseChanged

LATER = date(2027, 3, 1)
USE = "sets/us-fda/aucatzyl-b-all"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give a copy of the shipped criteria, released as they are."""
    return Path(shutil.copytree(own_criteria(), tmp_path / "criteria"))


def add_version(root: Path, version: str, begins: str, *, use: str = USE, base: str = "1.0.0") -> str:
    """Add a version of a use that begins on a day, and its row in the changelog."""
    document = json.loads((root / use / f"{base}.json").read_text("utf-8"))
    document["x-version"] = version
    document["$id"] = document["$id"].rpartition(":")[0] + f":{version}"
    document["x-effective"] = {"from": begins}
    path = f"{use}/{version}.json"
    (root / path).write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    add_row(root, f"| {use.removeprefix('sets/')} | {version} | {begins} | changed |")
    return path


def add_row(root: Path, row: str) -> None:
    """Add a row to the changelog under the day of the release that comes."""
    log = root / "CHANGELOG.md"
    text = log.read_text("utf-8")
    head = f"## {LATER}\n\n| document | version | in force from | what |\n|---|---|---|---|\n"
    text = text.replace(head, f"{head}{row}\n") if head in text else f"{text}\n{head}{row}\n"
    log.write_text(text, encoding="utf-8")


def edit(root: Path, name: str, change: Callable[[Any], None]) -> None:
    """Change a JSON file."""
    path = root / name
    document = json.loads(path.read_text("utf-8"))
    change(document)
    path.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


def new_dictionary(root: Path, version: str, change: Callable[[Any], object]) -> None:
    """Add a dictionary of a version, made from the newest."""
    shutil.copy(root / "answers" / "1.1.0.json", root / "answers" / f"{version}.json")

    def renamed(document: Any) -> None:
        document["x-version"] = version
        document["$id"] = f"urn:cart-screen:answers:{version}"
        change(document)

    edit(root, f"answers/{version}.json", renamed)
    for description in root.glob("sets/*/set.json"):
        edit(root, description.relative_to(root).as_posix(), lambda it: it.update(answers=version))
    add_row(root, f"| answers | {version} | - | changed |")


def refusal(root: Path) -> list[tuple[str, str, str]]:
    """Give the kind, document and pointer of each problem that stops a release."""
    with pytest.raises(ReleaseRefused) as caught:
        plan_release(CriteriaDirectory(root), LATER)
    return [(problem.kind, problem.document, problem.pointer) for problem in caught.value.problems]


def test_nothing_is_new_right_after_a_release(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (root / "releases.json").read_bytes()

    assert main(["criteria", "release", str(root), "--on", "2027-03-01"]) == 0
    assert "Nothing is new" in capsys.readouterr().out
    assert (root / "releases.json").read_bytes() == before


def test_a_new_version_is_released_and_then_fixed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = add_version(root, "1.0.1", "2024-11-08")

    assert main(["criteria", "release", str(root), "--on", "2027-03-01"]) == 0
    assert path in capsys.readouterr().out
    assert json.loads((root / "releases.json").read_text("utf-8"))["files"][path]["released"] == "2027-03-01"
    (root / path).write_text((root / path).read_text("utf-8").replace("18", "17"), encoding="utf-8")
    with pytest.raises(ReleaseChanged, match=path):
        CriteriaDirectory(root).indications("us-fda")


def test_a_dry_run_says_what_would_be_released_and_writes_nothing(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add_version(root, "1.0.1", "2024-11-08")
    before = (root / "releases.json").read_bytes()

    assert main(["criteria", "release", str(root), "--on", "2027-03-01", "--dry-run"]) == 0
    assert "1 file would be released" in capsys.readouterr().out
    assert (root / "releases.json").read_bytes() == before


def test_earlier_releases_keep_their_day_and_hash(root: Path) -> None:
    before = json.loads((root / "releases.json").read_text("utf-8"))["files"]
    path = add_version(root, "1.0.1", "2024-11-08")
    directory = CriteriaDirectory(root)
    write_release(directory, plan_release(directory, LATER))
    after = json.loads((root / "releases.json").read_text("utf-8"))["files"]

    assert {name: entry for name, entry in after.items() if name != path} == before


def test_a_higher_version_that_begins_earlier_is_refused(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = add_version(root, "2.0.0", "2024-11-07")

    assert main(["criteria", "release", str(root), "--on", "2027-03-01"]) == 1
    said = capsys.readouterr().err
    assert path in said
    assert "2024-11-07" in said


def test_two_new_versions_for_one_day_are_refused(root: Path) -> None:
    add_version(root, "1.1.0", "2027-01-01")
    second = add_version(root, "1.2.0", "2027-01-01")

    assert refusal(root) == [("live-twice", second, "/x-effective/from")]


@pytest.mark.parametrize(
    ("version", "begins"), [("0.9.0", "2018-01-01"), ("0.9.0", "2024-11-08"), ("1.5.0", "2022-01-01")]
)
def test_a_version_below_a_released_one_is_refused_unless_it_corrects_the_one_right_below(
    root: Path, version: str, begins: str
) -> None:
    path = add_version(root, version, begins, use="sets/us-fda/abecma-multiple-myeloma")

    assert ("version-order", path, "/x-version") in refusal(root)


def test_a_shared_criterion_or_dictionary_below_a_released_one_is_refused(root: Path) -> None:
    shared = "shared/fitness/0.9.0.json"
    shutil.copy(root / "shared" / "fitness" / "1.0.0.json", root / shared)
    edit(root, shared, lambda it: it.update({"x-version": "0.9.0", "$id": "urn:cart-screen:shared:fitness:0.9.0"}))
    add_row(root, "| shared/fitness | 0.9.0 | - | older |")

    assert ("version-order", shared, "/x-version") in refusal(root)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (f"{USE}/1.0.1.json", "[]"),
        (f"{USE}/1.0.1.json", '{"$id": "urn:cart-screen:us-fda:aucatzyl-b-all:1.0.1", "x-version": "1.0.1"}'),
        ("answers/1.2.0.json", "{}"),
        ("answers/1.2.0.json", "[1]"),
        ("shared/fitness/1.1.0.json", '{"x-version": 3}'),
        ("shared/fitness/1.1.0.json", "no JSON"),
    ],
)
def test_a_malformed_new_file_is_refused_by_name(
    root: Path, path: str, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / path).write_text(text, encoding="utf-8")

    assert main(["criteria", "release", str(root), "--on", "2027-03-01"]) in (1, 65)
    said = capsys.readouterr().err
    assert path in said
    assert "Something went wrong" not in said


def test_without_the_extra_the_install_line_is_said(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("cart_screen.cli.extras.find_spec", lambda name: None)

    assert main(["criteria", "release", str(root)]) == 69
    assert "pip install 'cart-screen[authoring]'" in capsys.readouterr().err


@pytest.mark.parametrize(
    "row",
    [
        "| us-fda/nothing | 9.0.0 | 2026-01-01 | no such document |",
        "| us-fda/aucatzyl-b-all | 1.0.0 | 2024-11-08 | released earlier |",
        "| us-fda/aucatzyl-b-all | 1.0.1 | 2024-11-09 | another day |",
    ],
)
def test_a_row_of_the_changelog_that_names_no_document_of_its_release_is_refused(root: Path, row: str) -> None:
    add_version(root, "1.0.1", "2024-11-08")
    add_row(root, row)

    assert ("format", "CHANGELOG.md", "") in refusal(root)


def test_a_row_that_stands_twice_is_refused(root: Path) -> None:
    add_version(root, "1.0.1", "2024-11-08")
    add_row(root, "| us-fda/aucatzyl-b-all | 1.0.1 | 2024-11-08 | changed |")

    assert ("format", "CHANGELOG.md", "") in refusal(root)


def test_two_files_of_one_address_are_refused(root: Path) -> None:
    path = add_version(root, "1.1.0", "2027-01-01")
    edit(root, path, lambda document: document.update({"$id": "urn:cart-screen:us-fda:aucatzyl-b-all:1.0.0"}))

    assert ("live-twice", path, "/$id") in refusal(root)


def test_a_correction_of_a_released_version_begins_on_its_day(root: Path) -> None:
    path = add_version(root, "1.0.1", "2024-11-08")

    assert list(plan_release(CriteriaDirectory(root), LATER).new) == [path]


def test_a_correction_between_two_versions_keeps_the_later_one_in_force(root: Path) -> None:
    path = add_version(root, "1.1.0", "2021-03-26", use="sets/us-fda/abecma-multiple-myeloma")

    assert list(plan_release(CriteriaDirectory(root), LATER).new) == [path]


def test_an_edited_release_stops_the_next_one(root: Path) -> None:
    add_version(root, "1.0.1", "2024-11-08")
    edit(root, f"{USE}/1.0.0.json", lambda document: document.update(title="Another title"))

    with pytest.raises(ReleaseChanged, match=USE):
        plan_release(CriteriaDirectory(root), LATER)


def test_a_release_before_the_last_one_is_refused(root: Path) -> None:
    add_version(root, "1.0.1", "2024-11-08")

    with pytest.raises(ReleaseRefused, match=r"releases\.json"):
        plan_release(CriteriaDirectory(root), date(2020, 1, 1))


def test_a_version_that_the_changelog_does_not_name_is_refused(root: Path) -> None:
    log = (root / "CHANGELOG.md").read_text("utf-8")
    path = add_version(root, "1.0.1", "2024-11-08")
    (root / "CHANGELOG.md").write_text(log, encoding="utf-8")

    with pytest.raises(ReleaseRefused, match=path) as caught:
        plan_release(CriteriaDirectory(root), LATER)
    assert "| us-fda/aucatzyl-b-all | 1.0.1 | 2024-11-08 |" in str(caught.value)


CHANGES: dict[str, Callable[[Any], object]] = {
    "": lambda questions: questions.pop("lvef"),
    "/lvef/maximum": lambda questions: questions["lvef"].update(maximum=80),
    "/lvef/type": lambda questions: questions["lvef"].update(type="integer"),
    "/bilirubin/x-unit": lambda questions: questions["bilirubin"]["x-unit"].update(code="umol/L"),
    "/creatinine/x-unit": lambda questions: questions["creatinine"]["x-unit"]["accepted"][0].update(divide=80),
    "/weight_kg/x-unit": lambda questions: questions["weight_kg"]["x-unit"].pop("accepted"),
    "/diagnosis/x-coded": lambda questions: questions["diagnosis"]["x-coded"][0].update(means=["other"]),
    "/diagnosis/enum": lambda questions: questions["diagnosis"]["enum"].remove("other"),
    "/cancer_group/x-derived": lambda questions: questions["cancer_group"].pop("x-derived"),
}


@pytest.mark.parametrize("pointer", CHANGES)
def test_a_minor_dictionary_that_changes_what_stored_answers_mean_is_refused(root: Path, pointer: str) -> None:
    new_dictionary(root, "1.2.0", lambda document: CHANGES[pointer](document["properties"]))

    assert ("dictionary-changed", "answers/1.2.0.json", f"/properties{pointer}") in refusal(root)


def test_a_minor_dictionary_may_add_questions_and_values(root: Path) -> None:
    def add(document: Any) -> None:
        document["properties"]["diagnosis"]["enum"].append("something-new")
        document["properties"]["something_new"] = {"type": "boolean", "x-topic": "cancer"}

    new_dictionary(root, "1.2.0", add)

    assert list(plan_release(CriteriaDirectory(root), LATER).new) == ["answers/1.2.0.json"]


def test_an_error_of_the_checks_stops_the_release(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = add_version(root, "1.0.1", "2024-11-08")
    edit(root, path, lambda document: document["x-examples"][0]["expect"].update({"fitness": "not-met"}))

    assert main(["criteria", "release", str(root), "--on", "2027-03-01"]) == 1
    assert path in capsys.readouterr().err
    assert path not in json.loads((root / "releases.json").read_text("utf-8"))["files"]


def test_a_folder_that_cannot_be_written_leaves_the_releases_as_they_were(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    add_version(root, "1.0.1", "2024-11-08")
    before = (root / "releases.json").read_bytes()
    if not _refuses_writing(root):
        # The superuser writes anywhere; a file where the scratch file is to be stops it as well.
        monkeypatch.setattr("os.getpid", lambda: 1)
        (root / ".releases.json.1").mkdir()

    assert main(["criteria", "release", str(root), "--on", "2027-03-01"]) == 74
    assert "Cannot write" in capsys.readouterr().err
    root.chmod(0o755)
    assert (root / "releases.json").read_bytes() == before


def _refuses_writing(root: Path) -> bool:
    root.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        (root / "probe").touch()
    except PermissionError:
        return True
    (root / "probe").unlink()
    root.chmod(0o755)
    return False


def test_a_path_that_holds_no_criteria_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["criteria", "release", str(tmp_path)]) == 66
    assert str(tmp_path) in capsys.readouterr().err


def test_a_folder_without_a_set_is_refused_and_not_taken_for_one_that_is_clean(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "sets").mkdir()

    assert main(["criteria", "release", str(tmp_path)]) == 66
    assert main(["criteria", "check", str(tmp_path)]) == 66
    assert capsys.readouterr().out == ""


def test_a_dictionary_that_no_set_reads_is_refused(root: Path) -> None:
    new_dictionary(root, "1.2.0", lambda document: None)
    for description in root.glob("sets/*/set.json"):
        edit(root, description.relative_to(root).as_posix(), lambda it: it.update(answers="1.1.0"))

    assert refusal(root) == [("unused", "answers/1.2.0.json", "")]


def test_a_shared_criterion_that_nothing_refers_to_is_refused(root: Path) -> None:
    path = "shared/fitness/1.1.0.json"
    shutil.copy(root / "shared" / "fitness" / "1.0.0.json", root / path)
    edit(root, path, lambda it: it.update({"x-version": "1.1.0", "$id": "urn:cart-screen:shared:fitness:1.1.0"}))
    add_row(root, "| shared/fitness | 1.1.0 | - | newer |")

    assert refusal(root) == [("unused", path, "")]


def test_a_changelog_that_is_no_text_is_refused(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add_version(root, "1.0.1", "2024-11-08")
    (root / "CHANGELOG.md").write_bytes(b"\xff\xfe")

    assert main(["criteria", "release", str(root), "--on", "2027-03-01"]) == 65
    assert "CHANGELOG.md" in capsys.readouterr().err
