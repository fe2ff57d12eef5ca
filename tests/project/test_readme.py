"""What the README prints is what happens."""

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

from cart_screen import load_criteria
from cart_screen.answers.reading import read_checked_answers

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


def test_the_python_examples_run_one_after_the_other():
    blocks = re.findall(r"```python\n(.*?)```", README, re.DOTALL)

    assert len(blocks) == 6
    exec(compile("\n".join(blocks), "README.md", "exec"), {})


def test_the_file_with_a_unit_is_read_as_it_says():
    (document,) = re.findall(r"```json\n(.*?)```", README, re.DOTALL)
    dictionary = load_criteria().reading.dictionary

    answers = read_checked_answers(document.encode(), "README.md", dictionary)
    assert answers.values["creatinine"] == 133 / 88.4


def test_every_command_that_is_listed_is_one():
    (listed,) = re.findall(r"## On the command line\n\n```\n(.*?)```", README, re.DOTALL)
    commands = [re.split(r" (?=[\[A-Z]|json)", line.removeprefix("cart-screen "))[0] for line in listed.splitlines()]

    assert len(commands) == 15
    for command in commands[1:]:
        shown = subprocess.run(
            [sys.executable, "-P", "-m", "cart_screen", *command.split(), "--help"],
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert shown.returncode == 0, shown.stderr


def test_the_numbers_of_uses_are_those_in_force():
    for name in ("us-fda", "eu-ema"):
        (count,) = re.findall(rf"`{name}` \|[^|]*?(\d+) in force today", README)
        assert len(load_criteria(name).in_force(date(2026, 11, 22))) == int(count)


def test_every_file_that_is_linked_is_there():
    for target in re.findall(r"\]\((?!http)([^)]+)\)", README):
        assert (ROOT / target).exists(), target
