"""The prepared form of a set: real processes over a copy of the package, each as a user starts one."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import cart_screen
from cart_screen.catalog.directory import own_criteria
from cart_screen.catalog.loading import own_set
from cart_screen.catalog.sharing import shared

ANSWERS = {"age_years": 61, "diagnosis": "follicular-lymphoma", "disease_status": "relapsed", "prior_lines": 2}

# What a plain start has no use for; each of them costs more than reading the prepared set.
HEAVY = {
    "argparse",
    "dataclasses",
    "hashlib",
    "importlib.metadata",
    "inspect",
    "json",
    "pathlib",
    "pydantic",
    "re",
    "typing",
}

DOCUMENTS = (
    "answers/1.0.0.json",
    "schema/indication-1.json",
    "sets/us-fda/carvykti-multiple-myeloma/2.0.0.json",
    "shared/fitness/1.0.0.json",
)


class Installed:
    """A copy of the package, with its own criteria, that a test may spoil."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.criteria = root / "criteria"
        self.answers = root / "answers.json"
        self.kept = root / "cart_screen" / "catalog" / "__pycache__" / f"us-fda.{sys.implementation.cache_tag}.set"
        package = Path(cart_screen.__file__).parent
        shutil.copytree(package, root / "cart_screen", ignore=shutil.ignore_patterns("__pycache__", "_data"))
        shutil.copytree(own_criteria(), self.criteria)
        self.answers.write_text(json.dumps(ANSWERS), encoding="utf-8")

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        unwanted = ("PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX", "PYTHONPATH")
        inherited = {name: value for name, value in os.environ.items() if name not in unwanted}
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=self.root,
            env={**inherited, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def screen(self, **environment: str) -> tuple[int, str, str]:
        started = self.start("-m", "cart_screen", "screen", str(self.answers), **environment)
        said, complained = started.communicate(timeout=120)
        return started.returncode, said, complained

    def run(self, code: str) -> str:
        started = self.start("-c", code)
        said, complained = started.communicate(timeout=120)
        assert started.returncode == 0, complained
        return said


@pytest.fixture
def installed(tmp_path: Path) -> Installed:
    return Installed(tmp_path)


@pytest.fixture
def used(installed: Installed) -> Installed:
    """A copy whose set was prepared by a first start."""
    code, said, complained = installed.screen()
    assert (code, complained) == (0, "")
    assert said
    assert installed.kept.is_file()
    return installed


def test_the_second_start_reads_what_the_first_has_kept(used: Installed) -> None:
    before = used.kept.stat()
    first = used.screen(PYTHONDONTWRITEBYTECODE="1")

    assert used.screen() == first
    after = used.kept.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize("name", ["us-fda", "eu-ema", "overview"])
def test_a_prepared_set_equals_the_built_one_in_everything(installed: Installed, name: str) -> None:
    code = (
        "from cart_screen.catalog.directory import CriteriaDirectory, own_criteria\n"
        "from cart_screen.catalog.loading import load_set, own_set\n"
        "from cart_screen.catalog.place import own_folder\n"
        "from cart_screen.catalog.prepared import read_prepared\n"
        f"built = own_set({name!r})\n"
        f"read = read_prepared(own_folder(), {name!r})\n"
        "assert read is not None and read is not built\n"
        f"again = load_set(CriteriaDirectory(own_criteria()), {name!r})\n"
        "assert read == built == again\n"
        "assert repr(read) == repr(again)\n"
        "assert [one.examples for one in read.indications] == [one.examples for one in again.indications]\n"
        "points = [point for one in read.indications for point in one.criteria.values()]\n"
        "assert all((a.bare is b.bare) is (a.bare == b.bare) for a in points for b in points)\n"
    )
    installed.run(code)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_released_document_that_was_changed_is_refused_even_with_its_size_and_time_as_before(
    used: Installed, document: str
) -> None:
    path = used.criteria / document
    found = path.stat()
    data = bytearray(path.read_bytes())
    place = data.index(b'"title"') + len(b'"title": "X') if b'"title"' in data else data.index(b"a")
    data[place] ^= 1
    path.write_bytes(bytes(data))
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
    assert path.stat().st_size == found.st_size

    code, said, complained = used.screen()

    assert (code, said) == (65, "")
    assert f"The released file {document} was changed" in complained


def test_words_that_were_changed_are_shown(used: Installed) -> None:
    path = used.criteria / "text" / "en.json"
    words = json.loads(path.read_text("utf-8"))
    words["terminal"]["closing"] = "Nothing else is said here."
    path.write_text(json.dumps(words), encoding="utf-8")

    for _ in range(2):
        assert used.screen()[1].endswith("Nothing else is said here.\n")


def test_a_released_document_that_is_gone_is_missed(used: Installed) -> None:
    (used.criteria / DOCUMENTS[2]).unlink()

    code, _, complained = used.screen()

    assert code == 65
    assert "the file is not there" in complained


def test_a_document_that_is_new_is_read(used: Installed) -> None:
    (used.criteria / "sets" / "us-fda" / "carvykti-multiple-myeloma" / "3.0.0.json").write_text("{", encoding="utf-8")

    code, _, complained = used.screen()

    assert code == 65
    assert "3.0.0.json" in complained


def test_a_set_with_a_draft_is_never_kept(installed: Installed) -> None:
    path = installed.criteria / "releases.json"
    releases = json.loads(path.read_text("utf-8"))
    del releases["files"]["shared/fitness/1.0.0.json"]
    path.write_text(json.dumps(releases), encoding="utf-8")

    code, said, _ = installed.screen()

    assert code == 0
    assert "draft" in said
    assert not installed.kept.exists()


def test_a_set_is_built_again_when_the_code_that_builds_it_has_changed(used: Installed) -> None:
    before = used.kept.stat().st_mtime_ns
    with (used.root / "cart_screen" / "rules" / "profile.py").open("a", encoding="utf-8") as stream:
        stream.write("\n# another line\n")

    assert used.screen()[0] == 0
    assert used.kept.stat().st_mtime_ns > before


def _flipped(data: bytes) -> bytes:
    return data[:-1000] + bytes([data[-1000] ^ 1]) + data[-999:]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"",
        lambda data: data[: len(data) // 2],
        lambda data: data[:-1],
        lambda data: data + b"x",
        _flipped,
        lambda data: b"\0" * len(data),
        lambda data: pickle.dumps("something else"),
    ],
    ids=["empty", "half", "cut", "longer", "flipped", "zeros", "foreign"],
)
def test_a_kept_form_that_is_broken_or_foreign_is_passed_over_and_replaced(
    used: Installed, spoil: Callable[[bytes], bytes]
) -> None:
    good = used.kept.read_bytes()
    said = used.screen()
    used.kept.write_bytes(spoil(good))

    assert used.screen() == said
    assert used.kept.read_bytes() == good


def test_nothing_is_kept_where_python_keeps_no_bytecode(installed: Installed) -> None:
    assert installed.screen(PYTHONDONTWRITEBYTECODE="1")[0] == 0
    assert not list(installed.root.rglob("*.set"))


def test_it_is_kept_where_python_keeps_its_bytecode(
    installed: Installed, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("bytecode")

    first = installed.screen(PYTHONPYCACHEPREFIX=str(elsewhere))

    assert first[0] == 0
    assert not list(installed.root.rglob("*.set"))
    assert len(list(elsewhere.rglob("us-fda.*.set"))) == 1
    assert installed.screen(PYTHONPYCACHEPREFIX=str(elsewhere)) == first


def test_a_folder_that_cannot_be_written_changes_nothing(installed: Installed) -> None:
    # Who may write everywhere, as in a container, is stopped by a file in the folder's place too.
    (installed.root / "cart_screen" / "catalog" / "__pycache__").write_text("", encoding="utf-8")

    code, said, complained = installed.screen()

    assert (code, complained) == (0, "")
    assert said
    assert not list(installed.root.rglob("*.set*"))


def test_processes_that_start_at_once_all_give_the_same(installed: Installed) -> None:
    started = [installed.start("-m", "cart_screen", "screen", str(installed.answers)) for _ in range(4)]
    said = [one.communicate(timeout=240) for one in started]

    assert [one.returncode for one in started] == [0] * 4
    assert len(set(said)) == 1
    assert [path.name for path in installed.kept.parent.glob("*.set*")] == [installed.kept.name]
    assert installed.screen()[1] == said[0][0]


def test_a_name_that_is_no_name_of_a_set_reads_no_file(used: Installed) -> None:
    for name in ("../us-fda", "", ".", "us-fda\0", "us fda"):
        said = used.run(
            "from cart_screen.catalog.place import own_folder\n"
            "from cart_screen.catalog.prepared import made_from, read_prepared\n"
            f"print(read_prepared(own_folder(), {name!r}), made_from(own_folder(), {name!r}))"
        )
        assert said == "None None\n"


def test_a_plain_start_loads_nothing_that_it_does_not_use(used: Installed) -> None:
    code = (
        "import sys\n"
        "from cart_screen.cli.main import main\n"
        f"main(['screen', {str(used.answers)!r}])\n"
        f"print(sorted({HEAVY!r} & set(sys.modules)))\n"
        "print(*sorted(name for name in sys.modules if name.startswith('cart_screen.catalog.')))\n"
    )
    *_, heavy, catalog = used.run(code).splitlines()

    assert heavy == "[]"
    assert catalog.split() == [f"cart_screen.catalog.{name}" for name in ("loading", "place", "prepared")]


def test_the_examples_of_a_stored_use_are_read_when_asked_for() -> None:
    use = own_set("us-fda").indications[0]
    stored = pickle.loads(pickle.dumps(use))

    assert "examples" not in vars(stored)
    assert stored.examples == use.examples
    assert stored == use
    assert pickle.loads(pickle.dumps(stored)) == use
    with pytest.raises(AttributeError, match="Indication has no 'example'"):
        _ = stored.example


def test_sharing_changes_nothing_and_makes_equal_parts_one() -> None:
    built = own_set("overview")
    found = shared(built)

    assert found == built
    cautions = [caution for use in found.indications for point in use.criteria.values() for caution in point.cautions]
    assert len({id(caution) for caution in cautions}) == len(set(cautions))


def test_sharing_takes_one_and_true_for_two() -> None:
    whole = shared(({"a": 1, "b": (1, 2)}, {"a": True, "b": (True, 2)}, {"a": 1.0, "b": (1.0, 2)}))

    assert [type(one["a"]) for one in whole] == [int, bool, float]
    assert [type(one["b"][0]) for one in whole] == [int, bool, float]
