"""What the package promises as a whole: its public names, its lightness, its silence on the network."""

import ast
import os
import subprocess
import sys
import zipfile
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
        "sys.stdin = io.StringIO('2\\n70\\n5\\n1\\n')\n"
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


def test_the_criteria_come_from_where_the_package_is():
    """A wheel reads what it carries, a checkout and an editable install what stands beside the package."""
    home = Path(cart_screen.__file__).parent

    assert own_criteria() == (ROOT / "criteria" if home.is_relative_to(ROOT) else home / "_data" / "criteria")


def test_a_wheel_carries_every_file_of_the_criteria_unchanged(tmp_path):
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        carried = {name: archive.read(name) for name in archive.namelist()}

    assert "cart_screen/py.typed" in carried
    for path in (ROOT / "criteria").rglob("*"):
        if path.is_file():
            name = f"cart_screen/_data/criteria/{path.relative_to(ROOT / 'criteria').as_posix()}"
            assert carried[name] == path.read_bytes()


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
        # Read and not imported: some need what only an extra brings.
        assert ast.get_docstring(ast.parse(path.read_text("utf-8"))), path
