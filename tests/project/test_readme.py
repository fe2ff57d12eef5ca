"""What the README prints is what happens."""

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

from cart_screen import load_criteria
from cart_screen.answers.reading import read_checked_answers
from cart_screen.batch.map_file import read_map

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
    document = next(one for one in re.findall(r"```json\n(.*?)```", README, re.DOTALL) if "cart-screen-answers" in one)
    dictionary = load_criteria().reading.dictionary

    answers = read_checked_answers(document.encode(), "README.md", dictionary)
    assert answers.values["creatinine"] == 133 / 88.4


def test_the_map_of_a_table_is_read_as_it_says(tmp_path):
    path = tmp_path / "map.json"
    path.write_text(
        next(one for one in re.findall(r"```json\n(.*?)```", README, re.DOTALL) if "cart-screen-map" in one)
    )
    found = read_map(path, load_criteria().reading.dictionary.questions)

    assert found.columns["CREA"].of_text("133") == 133 / 88.4
    assert [found.columns["SEX"].of_text(text) for text in ("F", "M", "U", "-9")] == ["female", "male", None, None]


def test_the_commands_for_many_people_at_once_do_what_is_said(tmp_path):
    commands = re.findall(
        r"^\.venv/bin/((?:python examples/intakes/|cart-screen (?:batch|rescreen) ).*)$", README, re.M
    )
    # The generator's own folder is on its path only without -P.
    programs = {"python": [], "cart-screen": ["-P", "-m", "cart_screen"]}
    assert len(commands) == 3
    for command in commands:
        program, *arguments = command.replace("examples/", f"{ROOT}/examples/").split()
        result = subprocess.run(
            [sys.executable, *programs[program], *arguments],
            cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        assert result.returncode == 0, result.stderr

    assert {"results.csv", "results.rejects.csv", "report.html"} <= {path.name for path in tmp_path.iterdir()}
    assert "us-fda/carvykti-multiple-myeloma@2.0.0" in result.stdout


def test_every_command_that_is_listed_is_one():
    (listed,) = re.findall(r"## On the command line\n\n```\n(.*?)```", README, re.DOTALL)
    lines = [line for line in listed.splitlines() if not line.startswith(" ")]
    commands = [re.split(r" (?=[\[A-Z]|json)", line.removeprefix("cart-screen "))[0] for line in lines]

    assert len(commands) == 17
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
