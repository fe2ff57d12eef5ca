"""``screen --record``, ``verify`` and ``reread`` as whole processes."""

from __future__ import annotations

import io
import json
import os
import stat
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from saving.disks import needs_own_disk, on_read_only_disk, on_tiny_disk

from cart_screen import Record, screen
from cart_screen.api import load_criteria
from cart_screen.cli.main import main

from .worlds import AFTER, BEFORE, DAY, MADE, MYELOMA, OTHER_THERAPY, plain, signed

COMMAND = [sys.executable, "-P", "-m", "cart_screen"]


def run(*arguments: str, data: bytes | None = None, **more: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*COMMAND, *arguments], input=data, capture_output=True, timeout=60, check=False, **more)


@dataclass(frozen=True)
class Command:
    """The command line in this process, which is started for many refusals at once."""

    captured: pytest.CaptureFixture[str]
    patch: pytest.MonkeyPatch

    def __call__(self, *arguments: str, data: bytes = b"") -> tuple[int, str, str]:
        """Give the exit code, what was printed, and what was said of an error."""
        self.patch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
        try:
            code = main(arguments)
        except SystemExit as stopped:
            code = int(str(stopped.code))
        printed, said = self.captured.readouterr()
        return code, printed, said

    def refuses(self, *arguments: str, code: int, words: Sequence[str], data: bytes = b"") -> None:
        """Hold a refusal: the exit code, one sentence that names the trouble, no traceback, no output."""
        found, printed, said = self(*arguments, data=data)
        assert (found, printed) == (code, ""), said
        assert said.startswith("cart-screen: ")
        assert said.count("\n") == 1
        assert all(word in said for word in words), said


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    return Command(capsys, monkeypatch)


@pytest.fixture
def answers(tmp_path: Path) -> str:
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(MYELOMA), encoding="utf-8")
    return str(path)


@pytest.fixture
def record(tmp_path: Path) -> str:
    path = tmp_path / "record.json"
    path.write_text(json.dumps(Record.of(screen(MYELOMA, as_of=BEFORE), MADE).to_dict()), encoding="utf-8")
    return str(path)


def test_a_screening_is_recorded_verified_and_read_again(answers: str, tmp_path: Path) -> None:
    path = tmp_path / "new.json"
    screened = run("screen", answers, "--as-of", BEFORE, "--record", str(path))
    verified = run("verify", str(path))
    read_again = run("reread", str(path), "--as-of", AFTER)

    assert (screened.returncode, verified.returncode, read_again.returncode) == (0, 0, 0), screened.stderr
    assert b"Ask for a CAR T opinion before" in screened.stdout
    assert Record.read(path).screening == plain(screen(MYELOMA, as_of=BEFORE).to_dict())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert sorted(found.name for found in tmp_path.iterdir()) == ["answers.json", "new.json"]
    assert verified.stdout.startswith(b"The record comes out the same\n")
    assert b"Ask for a CAR T opinion before" in read_again.stdout
    assert b"Ask for a talk with a CAR T specialist now" in read_again.stdout
    assert b"Changed by: sets/us-fda/abecma-multiple-myeloma/2.0.0.json" in read_again.stdout


def test_json_is_one_document_and_nothing_else(command: Command, record: str) -> None:
    found = Record.read(Path(record))
    code, verified, said = command("verify", record, "--json")
    again, read_again, more = command("reread", "--json", record, "--as-of", AFTER)

    assert (code, again, said, more) == (0, 0, "", "")
    assert json.loads(verified) == plain(found.verify().to_dict())
    assert json.loads(read_again) == plain(found.reread(as_of=AFTER).to_dict())


def test_a_record_that_was_changed_ends_with_one(command: Command, record: str) -> None:
    text = Path(record).read_text("utf-8").replace('"prior_lines": 2', '"prior_lines": 3')
    found = run("verify", "-", data=text.encode())

    assert (found.returncode, found.stderr) == (1, b"")
    assert found.stdout.startswith(b"The record does not come out the same\n")
    assert b"The record was changed after it was made" in found.stdout
    assert command("verify", "-", "--json", data=text.encode())[0] == 1
    assert command("reread", "-", "--as-of", AFTER, data=text.encode())[0] == 0


def test_today_counts_where_no_date_is_given(command: Command, record: str) -> None:
    assert command("reread", record)[0] == 0


def test_a_directory_of_ones_own(command: Command, tmp_path: Path) -> None:
    path, own = str(tmp_path / "record.json"), str(OTHER_THERAPY)
    recorded = command("screen", "-", "--criteria", own, "--as-of", DAY, "--record", path, data=b'{"age_years": 60}')

    assert recorded[0] == 0, recorded
    assert command("verify", path, "--criteria", own)[0] == 0
    assert command("reread", path, "--criteria", own, "--as-of", "2025-01-01")[0] == 0
    for name in ("verify", "reread"):
        command.refuses(name, path, code=2, words=["us-bispecific-antibodies", "Name that directory"])


def test_wrong_use_says_how(command: Command, record: str, answers: str) -> None:
    for arguments in (
        ["verify"],
        ["verify", record, "--as-of", DAY],
        ["reread"],
        ["screen", answers, "--record"],
        ["screen", answers, "--record", "-"],
        ["screen", answers, "--record", "x.json", "--criteria", "us-fda", "eu-ema"],
    ):
        code, printed, said = command(*arguments)
        assert (code, printed) == (2, "")
        assert "usage: cart-screen" in said
    command.refuses("reread", record, "--as-of", "soon", code=2, words=["soon", "2026-02-06"])
    command.refuses("reread", record, "--criteria", "mars", code=2, words=["mars", "us-fda"])
    command.refuses("verify", record, "--criteria", "mars", code=2, words=["mars"])


@pytest.mark.parametrize("name", ["verify", "reread"])
def test_what_is_no_record_is_refused(command: Command, name: str, answers: str, tmp_path: Path) -> None:
    command.refuses(name, answers, code=65, words=["it is JSON, but no record"])
    command.refuses(name, "-", code=65, words=["the record: it is not JSON"], data=b"no")
    command.refuses(name, "-", code=65, words=["the record: it is not JSON"])
    command.refuses(name, str(tmp_path / "none.json"), code=66, words=["none.json", "No such file"])
    command.refuses(name, str(tmp_path), code=66, words=["directory"])
    command.refuses(name, "", code=66, words=["Cannot read"])


def test_a_hostile_record_sends_the_terminal_no_commands(command: Command, record: str) -> None:
    document = Record.read(Path(record)).to_dict()
    document["library"] = "\x1b[31m9.9"
    document["screening"]["guidance"] |= {"headline": "\x1b]0;title\x07", "code": "discuss-match"}
    document["screening"]["criteria"]["title"] = "\x1b[2J"
    document["screening"]["criteria"]["set"] = "eu-ema"
    for use in document["screening"]["indications"]:
        use |= {"title": "\x1b[31m", "indication": "x" + use["indication"]}
    data = json.dumps(signed(document).to_dict()).encode()

    for arguments, expected in ((["verify", "-"], 1), (["reread", "-", "--as-of", DAY], 0)):
        code, printed, said = command(*arguments, data=data)
        assert (code, said) == (expected, "")
        assert not {"\x1b", "\x07"} & set(printed)


def test_a_record_is_never_written_over(command: Command, answers: str, record: str) -> None:
    before = Path(record).read_bytes()

    for path in (record, answers):
        command.refuses("screen", answers, "--record", path, code=73, words=["there is a file already"])
    assert Path(record).read_bytes() == before


def test_where_no_file_can_be_made_it_is_said(command: Command, answers: str, tmp_path: Path) -> None:
    for path, why in (
        (str(tmp_path / "none" / "record.json"), "no such folder"),
        (str(tmp_path), "there is a file already"),
        ("", "there is a file already"),
        ("a\0b", "no name of a file"),
    ):
        command.refuses("screen", answers, "--record", path, code=73, words=[why])


@needs_own_disk
def test_a_folder_that_is_read_only_is_named(answers: str, tmp_path: Path) -> None:
    folder = tmp_path / "read-only"
    folder.mkdir()
    command = [*COMMAND, "screen", answers, "--record", str(folder / "record.json")]
    found = subprocess.run(on_read_only_disk(folder, command), capture_output=True, timeout=60, check=False)

    assert (found.returncode, found.stdout) == (73, b""), found.stderr
    assert b"record.json: Read-only file system." in found.stderr


@needs_own_disk
def test_a_disk_without_room_is_named_and_leaves_nothing_behind(answers: str, tmp_path: Path) -> None:
    folder = tmp_path / "tiny"
    folder.mkdir()
    command = f'"$@"; code=$?; ls -A "{folder}"; exit $code'
    screen = [*COMMAND, "screen", answers, "--record", str(folder / "record.json")]
    on_disk = on_tiny_disk(folder, ["sh", "-c", command, "sh", *screen], kilobytes=8)
    found = subprocess.run(on_disk, capture_output=True, timeout=60, check=False)

    assert (found.returncode, found.stdout) == (74, b""), found.stderr
    assert b"No space left on device" in found.stderr


@pytest.mark.parametrize("arguments", [["verify"], ["reread", "--json"]])
def test_a_full_disk_and_a_reader_who_has_gone_end_without_a_traceback(record: str, arguments: list[str]) -> None:
    def into(stream: int) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [*COMMAND, *arguments, record], stdout=stream, stderr=subprocess.PIPE, timeout=60, check=False
        )

    with Path("/dev/full").open("wb") as full:
        disk = into(full.fileno())
    reader, writer = os.pipe()
    os.close(reader)
    pipe = into(writer)
    os.close(writer)

    assert disk.returncode == pipe.returncode == 74
    assert b"Cannot write the output" in disk.stderr
    assert pipe.stderr == b""


def test_a_closed_input_is_named() -> None:
    command = f'"{sys.executable}" -P -m cart_screen verify - <&-'
    found = subprocess.run(["bash", "-c", command], capture_output=True, timeout=60, check=False)

    assert (found.returncode, found.stdout) == (66, b"")
    assert b"standard input" in found.stderr


def test_the_record_says_what_the_library_says_of_the_same_answers(
    command: Command, answers: str, tmp_path: Path
) -> None:
    path = tmp_path / "record.json"
    plainly = command("screen", answers, "--criteria", "eu-ema", "--as-of", DAY, "--json")
    recorded = command("screen", answers, "--criteria", "eu-ema", "--as-of", DAY, "--json", "--record", str(path))
    found = Record.read(path)

    assert recorded == plainly

    assert found == Record.of(screen(MYELOMA, load_criteria("eu-ema"), DAY), found.made)
