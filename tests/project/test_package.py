"""What the package promises as a whole: its public names, its lightness, its silence on the network."""

import ast
import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

import cart_screen
from cart_screen.catalog.directory import own_criteria

ROOT = Path(__file__).parents[2]
HEAVY = {"pydantic", "jsonschema", "referencing", "questionary", "prompt_toolkit"}


def python(code):
    result = subprocess.run(
        [sys.executable, "-P", "-c", code], capture_output=True, text=True, timeout=60, check=False, cwd=ROOT / "tests"
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_every_public_name_is_there_and_documented():
    for name in cart_screen.__all__:
        assert getattr(cart_screen, name).__doc__, name


def test_the_list_of_names_is_the_list_of_homes():
    assert sorted(cart_screen._HOMES) == sorted(cart_screen.__all__) == dir(cart_screen)


def test_an_unknown_name_is_no_attribute():
    with pytest.raises(AttributeError, match="no attribute 'verdict'"):
        _ = cart_screen.verdict


def test_screening_imports_none_of_the_heavy_dependencies():
    loaded = python(
        "import sys; from cart_screen import screen; screen({'age_years': 60}).to_dict(); print(*sys.modules)"
    )

    assert not HEAVY & set(loaded.split())


def test_importing_the_package_imports_none_of_its_modules():
    loaded = python("import sys, cart_screen; print(*(name for name in sys.modules if name.startswith('cart_screen')))")

    assert loaded.split() == ["cart_screen"]


def test_a_whole_interview_opens_no_socket():
    said = python(
        "import socket, sys, io\n"
        "def no_socket(*given): raise AssertionError('a socket was opened')\n"
        "socket.socket = socket.create_connection = no_socket\n"
        "sys.stdin = io.StringIO('2\\n70\\n5\\n')\n"
        "from cart_screen.cli.main import main\n"
        "raise SystemExit(main(['--plain']))\n"
    )

    assert "What to do next" in said


def test_screening_writes_no_file(tmp_path):
    before = set(tmp_path.rglob("*"))
    subprocess.run(
        [sys.executable, "-P", "-m", "cart_screen", "screen", str(ROOT / "examples/answers/adult-b-all.json")],
        cwd=tmp_path,
        env={**os.environ, "HOME": str(tmp_path), "TMPDIR": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"},
        check=True,
        stdout=subprocess.DEVNULL,
        timeout=60,
    )

    assert set(tmp_path.rglob("*")) == before


@pytest.mark.skipif(
    not os.environ.get("CART_SCREEN_EXPECT_INSTALLED"), reason="only where .ci/run tests the installed wheel"
)
def test_the_installed_wheel_brings_its_own_criteria():
    home = Path(cart_screen.__file__).parent

    assert not home.is_relative_to(ROOT)
    assert own_criteria() == home / "_data" / "criteria"
    for name in ("README.md", "CHANGELOG.md", "answers/1.0.0.json", "sets/us-fda/set.json", "text/en.json"):
        assert (own_criteria() / name).read_bytes() == (ROOT / "criteria" / name).read_bytes()
    assert (home / "py.typed").exists()


def test_no_word_for_a_person_stands_in_the_front_ends():
    """A printed sentence belongs into criteria/text; only the command line's own errors are built in code."""
    for path in (ROOT / "cart_screen" / "terminal").glob("*.py"):
        tree = ast.parse(path.read_text())
        docstrings = {
            node.body[0].value
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and isinstance(node.body[0], ast.Expr)
            and isinstance(node.body[0].value, ast.Constant)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docstrings:
                # An assertion's message is for the one who broke the code.
                asserted = any(isinstance(other, ast.Assert) and other.msg is node for other in ast.walk(tree))
                assert asserted or len(node.value.split()) < 3, (path.name, node.value)


def test_every_module_says_what_it_is_for():
    for path in sorted((ROOT / "cart_screen").rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        if not name.endswith("__main__"):
            assert importlib.import_module(name).__doc__, name
