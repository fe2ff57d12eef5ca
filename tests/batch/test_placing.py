"""Files that appear complete at the end or not at all."""

import os
import stat
import subprocess
import sys

import pytest

from cart_screen.batch.placing import SCRATCH, Placing
from cart_screen.files import CannotCreate


def left(folder):
    return sorted(entry.name for entry in folder.iterdir())


def test_nothing_is_there_until_the_end_and_then_all(tmp_path):
    results, rejects = tmp_path / "a.csv", tmp_path / "b.csv"
    results.write_text("old")
    with Placing([results, rejects]) as places:
        places.stream(results).write(b"new")
        places.stream(rejects).write(b"none")
        assert results.read_text() == "old"
        assert not rejects.exists()
        places.keep()

    assert (results.read_text(), rejects.read_text()) == ("new", "none")
    assert left(tmp_path) == ["a.csv", "b.csv"]


def test_what_is_not_kept_leaves_everything_as_it_was(tmp_path):
    results = tmp_path / "a.csv"
    results.write_text("old")
    with Placing([results]) as places:
        places.stream(results).write(b"new")

    assert results.read_text() == "old"
    assert left(tmp_path) == ["a.csv"]


def test_a_new_file_is_for_its_owner_and_a_replaced_one_keeps_its_rights(tmp_path):
    new, old = tmp_path / "new.csv", tmp_path / "old.csv"
    old.touch()
    old.chmod(0o640)
    with Placing([new, old]) as places:
        places.keep()

    assert [stat.S_IMODE(path.stat().st_mode) for path in (new, old)] == [0o600, 0o640]


def test_a_symbolic_link_stays_and_its_file_is_replaced(tmp_path):
    (tmp_path / "there").mkdir()
    target, link = tmp_path / "there" / "real.csv", tmp_path / "link.csv"
    target.touch()
    link.symlink_to(target)
    with Placing([link]) as places:
        places.stream(link).write(b"new")
        places.keep()

    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_a_name_as_long_as_a_name_can_be_is_no_trouble(tmp_path):
    path = tmp_path / ("a" * 251 + ".csv")
    with Placing([path]) as places:
        places.keep()

    assert path.exists()


@pytest.mark.parametrize("place", ["none/a.csv", "folder.csv", "pipe.csv", "file/a.csv", "\0.csv"])
def test_where_no_file_can_be_nothing_is_left(tmp_path, place):
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "file").touch()
    os.mkfifo(tmp_path / "pipe.csv")
    before = left(tmp_path)

    with pytest.raises(CannotCreate):
        Placing([tmp_path / "first.csv", tmp_path / place])
    assert left(tmp_path) == before


def test_what_a_killed_process_left_is_removed_and_what_a_living_one_writes_is_not(tmp_path):
    writes = (
        "import sys, time; from pathlib import Path; from cart_screen.batch.placing import Placing\n"
        "p = Path(sys.argv[1]); places = Placing([p]); print('begun', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", writes, str(tmp_path / "other.csv")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout.readline() == b"begun\n"
        [scratch] = left(tmp_path)
        assert scratch.startswith(SCRATCH)

        with Placing([tmp_path / "mine.csv"]) as places:
            places.keep()
        assert left(tmp_path) == [scratch, "mine.csv"]

        other.kill()
        other.wait()
    with Placing([tmp_path / "mine.csv"]) as places:
        places.keep()
    assert left(tmp_path) == ["mine.csv"]
