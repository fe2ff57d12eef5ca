"""What the soak test plays more often and with more rows: a killed run, Ctrl-C, a full disk."""

import os
import subprocess
import sys
from pathlib import Path
from random import Random

from saving.disks import needs_own_disk
from soak.batch import full, stopped


def test_a_run_that_is_stopped_leaves_no_half_file_and_the_next_one_completes_it(tmp_path, capsys):
    stopped(tmp_path, times=1, rows=3_000, draw=Random(3))

    assert "1 killed" in capsys.readouterr().out


@needs_own_disk
def test_a_full_disk_is_told_and_nothing_is_left_on_it(tmp_path, capsys):
    full(tmp_path, rows=1_000, forms=("parquet",), sizes=(16,))

    assert "1 full disks told" in capsys.readouterr().out


def test_a_run_whose_shell_ignores_interrupts_goes_on(tmp_path):
    table = tmp_path / "intakes.ndjson"
    os.mkfifo(table)
    command = [sys.executable, "-P", "-m", "cart_screen", "batch", str(table), str(tmp_path / "out.ndjson"), "--quiet"]
    ignoring = ["sh", "-c", 'trap "" INT; exec "$@"', "sh", *command]
    with subprocess.Popen(ignoring, stderr=subprocess.PIPE) as run:
        # Opening a pipe waits for whoever reads it.
        with table.open("wb") as pipe:
            os.kill(run.pid, 2)
            pipe.write(b'{"age_years": 61}\n')
        assert run.stderr.read() == b""

    assert run.returncode == 0
    assert len(Path(tmp_path / "out.ndjson").read_text().splitlines()) == 1
