"""The files of the component: small, in ASCII, written all or none, and short without having changed."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from needs import FULL_DEVICE, NODE, NPM

import cart_screen.component as component
from cart_screen.cli.main import main
from cart_screen.component.data import TERMINAL, page_data
from cart_screen.component.files import style, write_files
from cart_screen.component.scripts import OWN, short
from cart_screen.files import CannotCreate

from .serving import DAY, criteria, files

SOURCES = [Path(component.__file__).parent / name for name in OWN]
# Of the code alone: the look, the criteria and the words are counted by themselves.
LARGEST = 15 * 1024
# All of the script: with the look, and with the words that it has before its page data is there.
LARGEST_SCRIPT = 17_000


def test_the_script_is_small(capsys: pytest.CaptureFixture[str]) -> None:
    scripts = files()["cart-screen.js"].decode().splitlines(keepends=True)
    code = [line for line in scripts if not line.startswith(("CartScreen.css=", "CartScreen.known="))]
    sizes = {
        "code": small("".join(code).encode()),
        "look": small(style().encode()),
        **{name: small(content) for name, content in files().items()},
    }
    with capsys.disabled():
        print()
        for name, size in sizes.items():
            print(f"{name}: {size:,} bytes gzipped")
    assert len(scripts) == len(code) + 2
    assert sizes["code"] < LARGEST
    assert sizes["cart-screen.js"] < LARGEST_SCRIPT


def small(content: bytes) -> int:
    """Give the size of a content as a server sends it."""
    return len(gzip.compress(content, 9, mtime=0))


def test_a_page_of_any_encoding_reads_the_files_alike() -> None:
    assert all(content.isascii() for content in files().values())
    assert not any(b"</" in content for name, content in files().items() if name != "cart-screen.js")
    assert b"</script" not in files()["cart-screen.js"].lower()


def test_no_script_makes_code_or_a_request_or_keeps_anything() -> None:
    script = files()["cart-screen.js"].decode()
    words = (
        "eval(", "Function(", "fetch(", "XMLHttpRequest", "sendBeacon", "WebSocket", "localStorage", "sessionStorage",
        "cookie", "indexedDB", "pushState", "replaceState", "innerHTML", "document.write",
    )  # fmt: skip
    assert [word for word in words if word in script] == []


def test_the_style_asks_for_nothing_from_outside() -> None:
    assert not re.search(r"url\(|@import|@font-face|src\(", style())
    # Sides are those of the reading direction, so that right to left needs nothing of its own.
    assert not re.search(r"\b(left|right)\b", style())


def test_pages_say_only_words_that_their_data_has() -> None:
    words = page_data(criteria(), DAY).document["words"]
    said = {key for path in SOURCES for key in re.findall(r'\bsay\("([a-z-]+)"', path.read_text("utf-8"))}
    said |= {key for path in SOURCES for key in re.findall(r'get\("terminal", "([a-z-]+)"', path.read_text("utf-8"))}
    known = words["terminal"].keys() | words["web"].keys() | words["sheet"].keys()
    assert said <= known
    assert set(TERMINAL) <= words["terminal"].keys()


def test_what_is_there_already_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "cart-screen.us-fda.en.js").write_text("mine")
    with pytest.raises(CannotCreate):
        write_files(tmp_path, files())
    assert [path.name for path in tmp_path.iterdir()] == ["cart-screen.us-fda.en.js"]
    assert (tmp_path / "cart-screen.us-fda.en.js").read_text() == "mine"


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    for folder in (tmp_path / "no" / "folder", tmp_path / "nul\0l"):
        with pytest.raises(CannotCreate):
            write_files(folder, files())


@NPM.mark
def test_the_short_script_is_made_from_the_scripts_as_they_are(tmp_path: Path) -> None:
    """By terser, which npm brings."""
    root = Path(__file__).parents[2]
    made = subprocess.run(
        [root / ".ci" / "minify"],
        env={**os.environ, "PYTHON": sys.executable},
        capture_output=True,
        timeout=300,
        check=False,
    )
    assert made.returncode == 0, made.stderr.decode()
    assert made.stdout.decode("ascii") == short(), ".ci/minify > cart_screen/component/cart-screen.min.js makes it anew"


def test_every_name_of_a_short_script_is_declared(tmp_path: Path) -> None:
    """Node reads it as a module, in which a name that is declared twice or wrongly is an error."""
    node = NODE.or_skip()
    path = tmp_path / "short.mjs"
    path.write_bytes(files()["cart-screen.js"])
    done = subprocess.run([node, "--check", str(path)], capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def run(*arguments: str, **more: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-P", "-m", "cart_screen", "export", *arguments],
        capture_output="stdout" not in more,
        timeout=60,
        check=False,
        **more,
    )


def test_the_command_writes_the_files_and_says_which(tmp_path: Path) -> None:
    done = run("component", str(tmp_path / "site"), "--as-of", DAY.isoformat())
    assert (done.returncode, done.stderr) == (0, b"")
    assert sorted(done.stdout.decode().split()) == sorted(str(tmp_path / "site" / name) for name in files())
    assert {path.name: path.read_bytes() for path in (tmp_path / "site").iterdir()} == files()
    again = run("component", str(tmp_path / "site"))
    assert (again.returncode, again.stdout) == (73, b"")


def test_the_command_prints_the_page_and_nothing_else() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    done = run("html", "--as-of", DAY.isoformat(), "--criteria", "eu-ema", "--for", "child", env=environment)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode("utf-8").startswith("<!DOCTYPE html>\n")
    assert done.stdout.endswith(b"</html>\n")
    assert b'<cart-screen criteria="eu-ema" lang="en" mode="child">' in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("html", "--criteria", "fda"), 2),
        (("html", "--as-of", "today"), 2),
        (("html", "--language", "tlh"), 65),
        (("html", "--for", "nobody"), 2),
        (("component",), 2),
        (("component", "-"), 2),
        (("component", ""), 2),
    ],
)
def test_wrong_use_is_refused_in_one_sentence(
    arguments: tuple[str, ...], code: int, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    try:
        found: object = main(["export", *arguments])
    except SystemExit as left:
        # argparse ends the program by itself.
        found = left.code
    assert found == code
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err
    assert err.endswith(".\n") or "error:" in err
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_told() -> None:
    with Path(FULL_DEVICE.or_skip()).open("wb") as full:
        assert run("html", stdout=full, stderr=subprocess.DEVNULL).returncode == 74


def test_page_data_is_json_with_its_format() -> None:
    script = files()["cart-screen.us-fda.en.js"].decode()
    document = json.loads(script.removeprefix("CartScreen.define(").removesuffix(");\n"))
    assert document["format"] == "cart-screen-page/1"
    assert document["program"]["criteria"]["as_of"] == DAY.isoformat()
