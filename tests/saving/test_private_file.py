"""A file of one's own: whole or not at all, for its owner only, and every obstacle named before and after."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from stat import S_IMODE
from tempfile import TemporaryDirectory
from types import FrameType
from typing import Any

import pytest

from cart_screen import files
from cart_screen.cli.exits import exit_of
from cart_screen.files import CannotCreate, CannotWrite, check_writable, write_private

from .disks import needs_own_disk, on_read_only_disk, on_tiny_disk

OLD, NEW = b"old", b"new" * 1_000
NOBODY = 65_534

# What a process of its own runs: write a file, and print the code of the error where there is one.
WRITING = """
import sys
from pathlib import Path
from cart_screen.errors import CartScreenError
from cart_screen.files import write_private
{before}
try:
    write_private(Path(sys.argv[1]), b"new" * int(sys.argv[2]))
except CartScreenError as error:
    print(error.code, error.why, sep=": ")
"""


def writing(path: Path, before: str = "", times: int = 1_000) -> list[str]:
    """Give the command that writes a file in a process of its own, with something done before."""
    return [sys.executable, "-c", WRITING.format(before=before), str(path), str(times)]


def said(command: Sequence[str]) -> str:
    """Give what a command printed; it must end well."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    return done.stdout.strip()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "file.json"
    path.write_bytes(OLD)
    return path


class TestWhatIsWritten:
    """The bytes, in place of what was there, for the owner alone."""

    @pytest.mark.parametrize("data", [b"", b"\r\n\n", NEW, os.urandom(300_000)], ids=len)
    def test_the_bytes_as_they_are(self, old, data):
        """Line ends and all, where nothing was and in place of another file."""
        for path in (old, old.with_name("other")):
            write_private(path, data)

            assert path.read_bytes() == data
        assert names(old.parent) == ["file.json", "other"]

    @pytest.mark.parametrize("mask", [0o000, 0o022, 0o077, 0o177, 0o777], ids=oct)
    def test_only_its_owner_can_read_it_whatever_the_umask(self, old, mask):
        """Nor does it stay open to others where it was."""
        old.chmod(0o644)
        said(writing(old, f"import os; os.umask({mask})"))

        assert S_IMODE(old.stat().st_mode) == 0o600
        assert old.read_bytes() == NEW

    def test_a_name_may_be_as_long_as_the_system_allows(self, tmp_path):
        """The scratch file has a name of its own."""
        path = tmp_path / ("x" * 255)
        write_private(path, NEW)

        assert names(tmp_path) == [path.name]

    def test_a_link_is_followed_and_stays(self, tmp_path, old):
        """Also one that leads over another one to a file that is not there yet, and so for a linked folder."""
        (tmp_path / "elsewhere").mkdir()
        (tmp_path / "folder").symlink_to("elsewhere")
        for link, target in (("to-old", "file.json"), ("to-new", "folder/new.json"), ("twice", "to-new")):
            path = tmp_path / link
            path.symlink_to(target)
            write_private(path, NEW)

            assert path.is_symlink()
            assert path.read_bytes() == NEW
        assert names(tmp_path / "elsewhere") == ["new.json"]

    def test_a_relative_path_is_in_the_working_folder(self, old, monkeypatch):
        """A bare name has no folder in it."""
        monkeypatch.chdir(old.parent)
        write_private(Path("file.json"), NEW)

        assert old.read_bytes() == NEW

    def test_another_name_of_the_same_file_keeps_what_it_had(self, tmp_path, old):
        """A hard link is a backup: the new file is a new one."""
        backup = tmp_path / "backup"
        os.link(old, backup)
        write_private(old, NEW)

        assert (old.read_bytes(), backup.read_bytes()) == (NEW, OLD)

    def test_what_is_no_file_is_written_to_as_it_is(self, tmp_path):
        """Standard output as a pipe, a named pipe with a reader, and the device that swallows everything."""
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)
        reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
        write_private(pipe, b"through")
        write_private(Path(os.devnull), NEW)

        assert os.read(reading, 100) == b"through"
        os.close(reading)
        assert said(writing(Path("/dev/stdout"), times=3)) == "newnewnew"
        assert names(tmp_path) == ["pipe"]


class TestWhereItCannotBe:
    """Each obstacle has its code, is found beforehand, and leaves what was there."""

    def refused(self, path: Path, why: str) -> None:
        for attempt in (lambda: check_writable(path), lambda: write_private(path, NEW)):
            with pytest.raises(CannotCreate) as raised:
                attempt()
            assert (raised.value.path, raised.value.why, raised.value.code) == (str(path), why, "cannot-create")
            assert exit_of(raised.value) == 73

    def test_no_such_folder(self, old):
        """Also behind a link."""
        self.refused(old.parent / "none" / "file", "there is no such folder")
        link = old.parent / "link"
        link.symlink_to("none/file")
        self.refused(link, "there is no such folder")

    def test_a_folder_and_something_below_a_file(self, tmp_path, old):
        """Neither is a place for a file."""
        self.refused(tmp_path, "it is a folder")
        self.refused(old / "below", "Not a directory")
        assert old.read_bytes() == OLD

    def test_a_path_that_no_system_has(self, tmp_path):
        """A link to itself, a name that is too long, and one with a null in it."""
        loop = tmp_path / "loop"
        loop.symlink_to("loop")
        self.refused(loop, "Too many levels of symbolic links")
        self.refused(tmp_path / ("x" * 256), "File name too long")
        self.refused(tmp_path / "a\0b", "no name of a file")

    def test_a_pipe_without_a_reader(self, tmp_path):
        """It is refused, and waited for by nobody."""
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)
        with pytest.raises(CannotCreate, match="No such device or address"):
            write_private(pipe, NEW)

    @pytest.mark.parametrize(
        ("folder", "file", "why"),
        [
            (0o555, 0o644, "Permission denied"),
            (0o000, 0o644, "Permission denied"),
            (0o755, 0o444, "there is a file that may not be written to"),
        ],
    )
    def test_no_right_to_write(self, folder, file, why):
        """Neither to the folder, nor to the file, which its owner has protected; the superuser has every right."""
        # The folders that pytest gives are closed to everybody else.
        with TemporaryDirectory() as place:
            old = Path(place, "file.json")
            old.write_bytes(OLD)
            old.chmod(file)
            if not os.geteuid():
                os.chown(old, NOBODY, NOBODY)
                os.chown(place, NOBODY, NOBODY)
            Path(place).chmod(folder)
            found = said(writing(old, f"import os; os.geteuid() or os.setuid({NOBODY})"))
            Path(place).chmod(0o755)

            assert found == f"cannot-create: {why}"
            assert (old.read_bytes(), names(Path(place))) == (OLD, ["file.json"])

    @needs_own_disk
    def test_a_disk_that_can_only_be_read(self, old):
        """Where nothing is yet, and where there is a file."""
        other = old.with_name("other")
        found = [said(on_read_only_disk(old.parent, writing(path))) for path in (old, other)]

        assert found == [
            "cannot-create: there is a file that may not be written to", "cannot-create: Read-only file system",
        ]  # fmt: skip
        assert (old.read_bytes(), names(old.parent)) == (OLD, ["file.json"])


class TestNoRoom:
    """What was there stays, nothing is left beside it, and the exit code is another."""

    def test_a_full_device(self):
        """It is written to as it is, and gives up."""
        with pytest.raises(CannotWrite) as raised:
            write_private(Path("/dev/full"), NEW)
        assert (raised.value.why, exit_of(raised.value)) == ("No space left on device", 74)

    def test_a_limit_on_the_size_of_files(self, old):
        """Some of it was written already."""
        limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))"

        assert said(writing(old, limit)) == "cannot-write: File too large"
        assert (old.read_bytes(), names(old.parent)) == (OLD, ["file.json"])

    def test_no_more_open_files(self, old):
        """The machine is at its end, and another place would not help."""
        limit = "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))"

        assert said(writing(old, limit)) == "cannot-write: Too many open files"
        assert (old.read_bytes(), names(old.parent)) == (OLD, ["file.json"])

    @needs_own_disk
    def test_a_full_disk(self, tmp_path):
        """A file that is there has used it up."""
        before = "path = Path(sys.argv[1]); write_private(path, b'old')"
        after = "; import atexit, os; atexit.register(lambda: print(path.read_bytes(), os.listdir(path.parent)))"
        found = said(on_tiny_disk(tmp_path, writing(tmp_path / "file.json", before + after, times=100_000)))

        assert found == "cannot-write: No space left on device\nb'old' ['file.json']"


class TestStopped:
    """At whatever moment, the file is the old or the new one."""

    # What was opened at the very moment of the interrupt is closed by Python, with a warning.
    @pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
    def test_an_interrupt_at_any_step_leaves_a_whole_file_and_nothing_else(self, old):
        """Every step of the code that writes is met once."""
        step, found = 0, []
        while (data := _interrupted_at(step, old)) is not None:
            found.append(data)
            assert names(old.parent) == ["file.json"]
            old.write_bytes(OLD)
            step += 1

        assert found == sorted(found, reverse=True)
        assert set(found) == {OLD, NEW}
        assert step > 100

    def test_a_killed_process_leaves_the_old_file_and_a_scratch_file_that_is_cleared_away(self, old):
        """The scratch file was private from the start; one that is still written is let be."""
        kill = "import resource, signal; resource.setrlimit(resource.RLIMIT_CORE, (0, 0)); import os\n"
        kill += (
            "resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000)); signal.signal(25, signal.SIG_DFL); os.umask(0)"
        )
        done = subprocess.run(writing(old, kill), capture_output=True, timeout=60, check=False)
        assert done.returncode == -25
        (scratch,) = set(old.parent.iterdir()) - {old}

        assert (old.read_bytes(), scratch.stat().st_size, S_IMODE(scratch.stat().st_mode)) == (OLD, 2_000, 0o600)
        check_writable(old)
        assert scratch.exists()
        os.utime(scratch, (0, 0))
        write_private(old, NEW)
        assert scratch.exists()
        check_writable(old)
        assert names(old.parent) == ["file.json"]

    def test_nothing_but_scratch_files_is_cleared_away(self, old):
        """However old, and however like one its name is."""
        near = [".cart-screen-0123456789abcde", ".cart-screen-0123456789abcdefg", "cart-screen-0123456789abcdef", ".x"]
        for name in near:
            old.with_name(name).write_bytes(OLD)
            os.utime(old.with_name(name), (0, 0))
        check_writable(old)

        assert names(old.parent) == sorted([*near, "file.json"])

    def test_looking_for_a_place_leaves_nothing_behind(self, old):
        """Neither a file nor a change."""
        check_writable(old)
        check_writable(old.with_name("other"))
        check_writable(Path("/dev/full"))

        assert (old.read_bytes(), names(old.parent)) == (OLD, ["file.json"])


def _interrupted_at(step: int, path: Path) -> bytes | None:
    """Write a file, press Ctrl-C before one step of the code that does it, and give what the file holds."""
    count = -1

    def trace(frame: FrameType, event: str, _: Any) -> Callable[..., Any] | None:
        nonlocal count
        if frame.f_code.co_filename != files.__file__:
            return None
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        if event == "opcode":
            count += 1
            if count == step:
                sys.settrace(None)
                raise KeyboardInterrupt
        return trace

    before = sys.gettrace()
    try:
        sys.settrace(trace)
        write_private(path, NEW)
    except KeyboardInterrupt:
        return path.read_bytes()
    finally:
        sys.settrace(before)
    return None
