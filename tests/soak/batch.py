"""
``cart-screen batch`` over large tables, and while everything goes wrong: killed, interrupted, a full disk.

    PYTHONPATH=tests .venv/bin/python -m soak.batch kill [--times N] [--rows N] [--seed N]
    PYTHONPATH=tests .venv/bin/python -m soak.batch size [--rows N ...] [--forms FORM ...] [--folder FOLDER]

``kill`` kills runs at random moments (SIGKILL), presses Ctrl-C at others and fills a small disk. A file under a final
name that is not complete, a run that is not completed by the next one, or a scratch file that stays ends it with an
error. ``size`` runs whole tables and prints time, rows a second and the largest memory of the process.
"""

from __future__ import annotations

import argparse
import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random
from time import perf_counter, sleep

from saving.disks import MISSING, namespace, on_tiny_disk

GENERATE = Path(__file__).parents[2] / "examples" / "intakes" / "generate.py"
AS_OF = ("--as-of", "2026-11-22", "--quiet")


def main(arguments: Sequence[str]) -> int:
    """Play a scenario and print its figures."""
    parser = argparse.ArgumentParser(prog="soak.batch")
    scenarios = parser.add_subparsers(dest="scenario", required=True)
    kill = scenarios.add_parser("kill")
    kill.add_argument("--times", type=int, default=10)
    kill.add_argument("--rows", type=int, default=300_000)
    kill.add_argument("--seed", type=int, default=1)
    size = scenarios.add_parser("size")
    size.add_argument("--rows", type=int, nargs="+", default=[10_000_000])
    size.add_argument("--forms", nargs="+", default=["parquet", "csv"])
    size.add_argument("--folder", type=Path, help="where the tables are made (a folder of its own)")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(dir=getattr(asked, "folder", None)) as folder:
        if asked.scenario == "kill":
            stopped(Path(folder), asked.times, asked.rows, Random(asked.seed))
            full(Path(folder), asked.rows)
        else:
            for rows in asked.rows:
                for form in asked.forms:
                    measured(Path(folder), rows, form)
    return 0


def command(table: Path, output: Path) -> list[str]:
    """Give the command of one run."""
    return [sys.executable, "-P", "-m", "cart_screen", "batch", str(table), str(output), "--key", "intake_id", *AS_OF]


def made(folder: Path, rows: int, form: str, *more: str) -> Path:
    """Make a table of synthetic intakes."""
    table = folder / f"intakes.{form}"
    given = [sys.executable, str(GENERATE), str(table), "--rows", str(rows), "--seed", "1", *more]
    subprocess.run(given, check=True, stdout=subprocess.DEVNULL)
    return table


def stopped(folder: Path, times: int, rows: int, draw: Random) -> None:
    """Stop runs at random moments, by SIGKILL and by Ctrl-C in turn, and complete each by another run."""
    table = made(folder, rows, "csv", "--faults", "0.01")
    output, rejects = folder / "results.ndjson", folder / "results.rejects.csv"
    began = perf_counter()
    assert subprocess.run(command(table, output), check=False).returncode == 1
    lasts = perf_counter() - began
    whole = (output.read_bytes(), rejects.read_bytes())
    figures: Counter[str] = Counter()
    for number in range(2 * times):
        by = (signal.SIGKILL, signal.SIGINT)[number % 2]
        output.unlink()
        rejects.unlink()
        with subprocess.Popen(command(table, output), stderr=subprocess.PIPE) as run:
            # The moment is what is drawn: nothing is waited for. Until Python has found the program, an interrupt is
            # Python's own, with its traceback.
            sleep(draw.uniform(0 if by is signal.SIGKILL else lasts / 3, lasts))
            run.send_signal(by)
            said = run.stderr.read() if run.stderr else b""
        figures["killed" if by is signal.SIGKILL else "interrupted"] += 1
        assert b"Traceback" not in said, said
        left = [entry.name for entry in folder.iterdir() if entry not in (table, output, rejects)]
        assert by is signal.SIGKILL or left == [], left
        assert all(name.startswith(".cart-screen-batch-") for name in left), left
        figures["left scratch files"] += bool(left)
        # The results come last: when they are there, everything is.
        assert not output.exists() or (output.read_bytes(), rejects.read_bytes()) == whole
        assert not rejects.exists() or rejects.read_bytes() == whole[1]
        figures["had ended before"] += output.exists()
        if number % 4 in (0, 1) or left:
            assert subprocess.run(command(table, output), check=False).returncode == 1
            figures["completed by the next run"] += 1
        if not output.exists():
            output.write_bytes(whole[0])
            rejects.write_bytes(whole[1])
        assert (output.read_bytes(), rejects.read_bytes()) == whole
        assert sorted(folder.iterdir()) == sorted([table, output, rejects])
    _tell(f"stopped, {rows:,} rows", figures)


def full(
    folder: Path, rows: int, forms: Sequence[str] = ("csv", "ndjson", "parquet"), sizes: Sequence[int] = (4, 16, 64)
) -> None:
    """Write to disks with too little room."""
    if namespace() is None:
        print(f"full: left out, {MISSING}")
        return
    table = made(folder, rows, "parquet")
    disk = folder / "disk"
    disk.mkdir()
    figures: Counter[str] = Counter()
    for form in forms:
        for kilobytes in sizes:
            given = [*command(table, disk / f"results.{form}")]
            shell = ["sh", "-c", '"$@"; code=$?; ls -A "$0" >&2; exit $code', str(disk), *given]
            run = subprocess.run(on_tiny_disk(disk, shell, kilobytes), capture_output=True, check=False)
            said = run.stderr.decode()
            assert run.returncode == 74, (run.returncode, said)
            assert said.count("\n") == 1, said
            assert "No space left on device" in said
            figures["full disks told, nothing left"] += 1
    _tell(f"full, {rows:,} rows", figures)


def measured(folder: Path, rows: int, form: str) -> None:
    """Run a whole table, and print its figures."""
    table = made(folder, rows, form)
    output = folder / f"results.{form}"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = perf_counter()
    run = subprocess.Popen(command(table, output))
    _, status, used = os.wait4(run.pid, 0)
    seconds = perf_counter() - began
    run.returncode = os.waitstatus_to_exitcode(status)
    assert run.returncode == 0, run.returncode
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(
        f"{form}: {rows:,} rows in {seconds:.1f} s ({rows / seconds:,.0f} rows/s, {busy:.1f} s of processors), "
        f"{used.ru_maxrss / 1024:,.0f} MB at most; {table.stat().st_size / 1e6:,.0f} MB in, "
        f"{output.stat().st_size / 1e6:,.0f} MB out, load {os.getloadavg()[0]:.1f}",
        flush=True,
    )
    table.unlink()
    output.unlink()


def _tell(name: str, figures: Counter[str]) -> None:
    print(f"{name}: " + ", ".join(f"{count:,} {what}" for what, count in figures.items()), flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
