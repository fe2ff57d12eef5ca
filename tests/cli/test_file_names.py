"""Names of files on the command line: what is no name, or one file for two things, is refused first of all."""

from __future__ import annotations

from pathlib import Path

import pytest

from cart_screen.cli.main import main

POINTS = ("--from", "2022-03-01", "--to", "2026-11-22")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ask", "--save", ""], "--save needs the name of a file"),
        (["ask", "--sheet", "-"], "--sheet needs the name of a file"),
        (["ask", "--save", "a.html", "--sheet", "a.html"], "--save and --sheet name the same file"),
        (["ask", "--resume", "a.html", "--record", "link"], "--resume and --record name the same file"),
        (["ask", "--resume", "a.html", "--sheet", "other"], "--resume and --sheet name the same file"),
        (["ask", "--sheet", "new.html", "--record", "./new.html"], "--sheet and --record name the same file"),
        (["rescreen", "", *POINTS], "IN needs the name of a file"),
        (["rescreen", "a.csv", "out.csv", "--map", "-", *POINTS], "--map needs the name of a file"),
        (["rescreen", "a.html", "link", *POINTS], "IN and OUT name the same file"),
        (["rescreen", "a.html", "other", *POINTS], "IN and OUT name the same file"),
        (["rescreen", "-", "-", "--map", "m", "--rejects", "m", *POINTS], "--map and --rejects name the same file"),
        (["batch", "a.html", "other"], "IN and OUT name the same file"),
        (["batch", "a.csv", "out.csv", "--report", "./r.html", "--rejects", "r.html"], "--rejects and --report name"),
    ],
)
def test_what_is_no_name_and_one_file_for_two_things_are_refused(tmp_path, monkeypatch, capsys, arguments, said):
    monkeypatch.chdir(tmp_path)
    Path("a.html").write_text("kept")
    Path("link").symlink_to("a.html")
    Path("other").hardlink_to("a.html")

    with pytest.raises(SystemExit, match="2"):
        main(arguments)

    assert said in capsys.readouterr().err
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == dict.fromkeys(
        ("a.html", "link", "other"), "kept"
    )


def test_what_is_resumed_may_be_saved_to(tmp_path, capsys):
    file = str(tmp_path / "none.json")

    assert main(["ask", "--plain", "--resume", file, "--save", file]) == 66

    assert "name the same file" not in capsys.readouterr().err
