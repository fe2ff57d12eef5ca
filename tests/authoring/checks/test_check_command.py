"""``cart-screen criteria check``: what it prints, how it ends, and that it asks nobody outside."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from cart_screen.authoring.checking import CHECKS
from cart_screen.cli.main import main

from ..base import copied_to
from .patching import patch

ADULT = "sets/made-up/glow-adult-marrow-fever/1.0.0.json"
WRONG_EXAMPLE = {"file": ADULT, "pointer": "/x-examples/2/expect/approved-cancer-type", "value": "not-met"}
MONTH_ONLY = {"file": ADULT, "pointer": "/x-effective/from", "value": "2021-06-01"}
# No name is found and no connection made; whatever tries ends with an error.
OFFLINE = """
import socket, sys
def refuse(*arguments, **named):
    raise OSError("no network")
socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = socket.create_connection = refuse
from cart_screen.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


def check(*arguments: str | Path) -> int:
    """Run the command, and give its exit code."""
    return main(["criteria", "check", *map(str, arguments)])


def test_clean_criteria_end_with_zero(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(copied_to(tmp_path)) == 0
    assert capsys.readouterr().out == f"{len(CHECKS)} checks: 0 errors, 0 warnings.\n"


def test_an_error_ends_with_one_and_says_where_and_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = copied_to(tmp_path)
    patch(root, [MONTH_ONLY, WRONG_EXAMPLE])

    assert check(root) == 1
    assert capsys.readouterr().out == (
        f"error example-wrong: {ADULT}#/x-examples/2/expect/approved-cancer-type\n"
        "  Found: not-met expected, and met comes out.\n"
        "  To do: expect met if the condition is right, or correct the condition.\n"
        "\n"
        f"warning date-without-note: {ADULT}#/x-effective/from\n"
        "  Found: 2021-06-01, while no source's title names that day.\n"
        "  To do: if only the month is known, say in x-effective/note what was assumed; if the day was read, name it "
        "in the title of its source.\n"
        "\n"
        f"{len(CHECKS)} checks: 1 error, 1 warning.\n"
    )


def test_warnings_alone_end_with_zero(tmp_path: Path) -> None:
    root = copied_to(tmp_path)
    patch(root, [MONTH_ONLY])

    assert check(root) == 0


def test_json_is_one_document_of_a_named_format(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = copied_to(tmp_path)
    patch(root, [MONTH_ONLY, WRONG_EXAMPLE])

    assert check(root, "--json") == 1
    document = json.loads(capsys.readouterr().out)

    assert (document["format"], document["errors"], document["warnings"]) == ("cart-screen-check/1", 1, 1)
    assert [one["id"] for one in document["checks"]] == [one.id for one in CHECKS]
    assert document["findings"][0] == {
        "check": "example-wrong",
        "severity": "error",
        "document": ADULT,
        "pointer": "/x-examples/2/expect/approved-cancer-type",
        "found": "not-met expected, and met comes out",
        "todo": "expect met if the condition is right, or correct the condition",
    }


def test_folder_of_a_set_is_checked_with_what_it_shares(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = copied_to(tmp_path)
    patch(root, [WRONG_EXAMPLE, {"file": "sets/other/set.json", "text": "{"}])

    assert check(root / "sets" / "made-up") == 1
    assert "sets/other" not in capsys.readouterr().out


@pytest.mark.parametrize(
    "name", ["nowhere", "criteria/text", "criteria/sets/made-up/set.json", "criteria/sets/none", "\0"]
)
def test_path_without_criteria_ends_with_66(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copied_to(tmp_path)

    assert check(f"{tmp_path}/{name}") == 66
    assert "Name a directory that holds sets/, or a set's folder in one." in capsys.readouterr().err


def test_without_the_extra_it_ends_with_69_and_the_install_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "textstat", None)

    assert check(copied_to(tmp_path)) == 69
    assert "pip install 'cart-screen[authoring]'" in capsys.readouterr().err


def test_network_is_not_needed(tmp_path: Path) -> None:
    """The counting of syllables is the part that other releases of textstat download something for."""
    root = copied_to(tmp_path)
    hard = "The administration of immunosuppressive medication necessitates multidisciplinary evaluation."
    patch(root, [{"file": "text/en.json", "pointer": "/cautions/not-named", "value": hard}])
    found = subprocess.run(
        [sys.executable, "-W", "error", "-c", OFFLINE, "criteria", "check", str(root), "--json"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (found.returncode, found.stderr) == (1, "")
    assert [one["check"] for one in json.loads(found.stdout)["findings"]] == ["reading-grade"]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_check_has_a_plain_word_as_its_id_and_says_what_it_is_for(check: object) -> None:
    id, purpose = check.id, check.purpose  # type: ignore[attr-defined]

    assert id.replace("-", "").isalpha()
    assert id == id.lower()
    assert purpose.endswith(".")
    assert purpose.count(". ") == 0
