"""The plain form of ``cart-screen screen``, which is read without the parser, against the same through the parser."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cart_screen.cli.main import main


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "answers.json"
    path.write_text(json.dumps({"age_years": 61, "diagnosis": "follicular-lymphoma"}), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_the_plain_form_says_what_the_parser_makes_of_it(
    file: str, options: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    said = []
    for arguments in (
        (file, *options),
        (*options, file),
        (file, *options, "--criteria", "us-fda"),
        (*options, "--", file),
    ):
        assert main(["screen", *arguments]) == 0
        said.append(capsys.readouterr())

    assert said[0].out
    assert said.count(said[0]) == 4


@pytest.mark.parametrize("arguments", [[], ["--json"], ["--json", "--json"], ["--jsn"], ["a", "b"], ["-x"]])
def test_what_is_no_plain_form_is_refused_by_the_parser(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["screen", *arguments])

    assert stopped.value.code == 2
    assert "usage: cart-screen" in capsys.readouterr().err


@pytest.mark.parametrize("named", ["", "no-such-file", "nul\0"])
@pytest.mark.parametrize("options", [(), ("--table",)])
def test_a_file_that_is_not_there_is_said_alike(
    named: str, options: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["screen", named, *options]) == 66
    assert "Cannot read" in capsys.readouterr().err


def test_standard_input_is_read(file: str) -> None:
    done = [
        subprocess.run(
            [sys.executable, "-m", "cart_screen", "screen", "-", *options],
            input=Path(file).read_bytes(),
            capture_output=True,
            env=os.environ,
            check=True,
        ).stdout
        for options in ((), ("--criteria", "us-fda"))
    ]

    assert done[0] == done[1] != b""
