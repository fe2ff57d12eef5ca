"""What the README prints is what happens."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_transcript_is_what_the_command_prints():
    name, shown = re.search(r"<!-- transcript: (\S+) -->\n```console\n(.*?)```\n", README, re.DOTALL).groups()
    command, _, printed = shown.partition("\n")
    assert command == f"$ .venv/bin/cart-screen screen examples/answers/{name}.json --as-of 2026-11-22"

    result = subprocess.run(
        [sys.executable, "-P", "-m", "cart_screen", *command.split()[2:]],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "88"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert result.stdout == printed


def test_the_python_example_runs():
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)

    exec(compile(code, "README.md", "exec"), {})


def test_every_file_that_is_linked_is_there():
    for target in re.findall(r"\]\((?!http)([^)]+)\)", README):
        assert (ROOT / target).exists(), target
