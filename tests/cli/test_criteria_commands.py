"""``cart-screen criteria list``, ``show`` and ``open-points`` as whole processes, on wide and on narrow terminals."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from cart_screen.catalog.loading import own_set

OTHER_THERAPY = Path(__file__).parents[2] / "examples" / "other-therapy" / "sets"
DATE = ("--as-of", "2026-11-22")
LONGEST_WORD = 60


def run(*arguments, columns=80):
    return subprocess.run(
        [sys.executable, "-P", "-m", "cart_screen", "criteria", *arguments],
        capture_output=True,
        timeout=60,
        env={**os.environ, "COLUMNS": str(columns), "PYTHONIOENCODING": "utf-8"},
        check=False,
    )


def lines(*arguments, columns=80):
    result = run(*arguments, columns=columns)
    assert (result.returncode, result.stderr) == (0, b"")
    return result.stdout.decode().splitlines()


# ---- list


def test_a_wide_terminal_shows_a_table_for_each_set():
    shown = lines("list", *DATE, columns=200)

    heads = [line.split() for line in shown if line.startswith("use ")]
    assert len(heads) == 3
    assert heads[0] == ["use", "version", "from", "product", "disease", "approval", "release", "signed", "off"]
    row = next(line for line in shown if line.startswith("abecma-multiple-myeloma "))
    assert re.split(r"  +", row) == [
        "abecma-multiple-myeloma", "2.0.0", "2024-04-04", "Abecma", "multiple-myeloma", "regular (unverified)",
        "released", "0 of 5",
    ]  # fmt: skip


def test_a_column_that_is_empty_for_a_whole_set_is_left_out():
    shown = lines("list", "--criteria", "overview", *DATE, columns=200)

    heads = next(line for line in shown if line.startswith("use ")).split()
    assert heads == ["use", "version", "from", "disease", "release", "signed", "off"]


@pytest.mark.parametrize("columns", [60, 80])
def test_a_narrow_terminal_shows_a_block_for_each_use_within_its_width(columns):
    shown = lines("list", "--criteria", "us-fda", "--all", *DATE, columns=columns)

    assert all(len(line) <= columns for line in shown)
    place = shown.index("abecma-multiple-myeloma 1.0.0")
    block = " ".join(line.strip() for line in shown[place + 1 : place + 5])
    assert block.startswith("from 2021-03-26; until 2024-04-03; replaced; Abecma; multiple-myeloma; approval regular")


def test_the_date_counts():
    before = lines("list", "--criteria", "us-fda", "--as-of", "2024-04-03", columns=200)
    after = lines("list", "--criteria", "us-fda", "--as-of", "2024-04-04", columns=200)

    assert [line.split()[1] for line in before if line.startswith("abecma")] == ["1.0.0"]
    assert [line.split()[1] for line in after if line.startswith("abecma")] == ["2.0.0"]


def test_before_a_set_begins_it_lists_nothing_and_says_so():
    shown = lines("list", "--criteria", "us-fda", "--as-of", "2016-01-01")

    assert shown[-1] == "Nothing is in force on 2016-01-01: the set begins on 2017-08-30."


def test_json_is_one_document_and_nothing_else():
    result = run("list", "--criteria", "us-fda", "--all", "--json", *DATE)
    document = json.loads(result.stdout)
    (listed,) = document["sets"]
    abecma = {use["version"]: use for use in listed["uses"] if use["id"] == "abecma-multiple-myeloma"}

    assert (document["format"], document["as_of"], listed["set"]) == (
        "cart-screen-criteria-list/1",
        "2026-11-22",
        "us-fda",
    )
    assert {version: (use["from"], use["until"], use["state"]) for version, use in abecma.items()} == {
        "1.0.0": ("2021-03-26", "2024-04-03", "replaced"),
        "2.0.0": ("2024-04-04", None, "in force"),
    }
    assert abecma["2.0.0"]["approval"] == {"kind": "regular", "verified": "unverified"}
    assert abecma["2.0.0"]["product"] == "Abecma"


def test_a_set_of_your_own_is_listed_by_its_folder():
    folder = next(path.parent for path in OTHER_THERAPY.glob("*/set.json"))
    shown = lines("list", "--criteria", str(folder), *DATE, columns=200)

    assert shown[0].startswith(f"{folder.name}: ")
    assert any(line.startswith("use ") for line in shown)


# ---- show


@pytest.mark.parametrize("name", ["carvykti-multiple-myeloma", "us-fda/carvykti-multiple-myeloma", "fitness"])
@pytest.mark.parametrize("columns", [60, 80, 200])
def test_a_page_keeps_to_the_width_of_the_terminal(name, columns):
    for line in lines("show", name, *DATE, columns=columns):
        # An address is never broken, so that it can be copied.
        long = max(len(word) for word in [*line.split(), ""])
        assert len(line) <= min(columns, 88) or long > 20, line


def test_a_page_shows_number_unit_and_source_of_a_threshold():
    text = " ".join(line.strip() for line in lines("show", "organ-function", *DATE))

    assert '"Bilirubin" is 2 mg/dL or less (34.208 umol/L) [3, 4].' in text
    assert "[3] JULIET trial (NCT02445248), entry criteria. Secondary, read on 2026-11-22." in text


def test_a_page_says_what_was_in_force_and_what_was_assumed():
    text = " ".join(line.strip() for line in lines("show", "abecma-multiple-myeloma", "--as-of", "2022-01-01"))
    noted = next(use for use in own_set("us-fda").in_force(date(2026, 11, 22)) if use.effective_note)
    assumed = " ".join(line.strip() for line in lines("show", f"us-fda/{noted.id}", *DATE))

    assert "In force from 2021-03-26 until 2024-04-03. On 2022-01-01 it is in force." in text
    assert "there is also eu-ema/abecma-multiple-myeloma" in text
    assert f"In force from {noted.effective}. {noted.effective_note}" in assumed


def test_a_version_can_be_named():
    text = " ".join(line.strip() for line in lines("show", "carvykti-multiple-myeloma", "--version", "1.0.0", *DATE))

    assert "Use carvykti-multiple-myeloma, version 1.0.0," in text
    assert "On 2026-11-22 a later version is in force in its place." in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("show", "fitnes"), ("'fitnes'", "Did you mean fitness?")),
        (("show", "carvykti-multiple-myeloma", "--version", "9.9.9"), ("9.9.9", "1.0.0, 2.0.0")),
        (("show", "no-such-set/fitness"), ("no-such-set", "us-fda")),
        (("list", "--criteria", "no-such-set"), ("no-such-set", "us-fda")),
        (("list", "--as-of", "soon"), ("soon", "2026-02-06")),
        (("open-points", "--criteria", "no-such-set"), ("no-such-set",)),
    ],
)
def test_what_is_not_there_is_wrong_use_in_one_sentence(arguments, words):
    result = run(*arguments)
    said = result.stderr.decode()

    assert (result.returncode, result.stdout) == (2, b"")
    assert said.startswith("cart-screen: ")
    assert said.count("\n") == 1
    assert all(word in said for word in words)


# ---- open-points


def test_open_points_name_every_use_in_force_and_every_shared_criterion_once():
    shown = lines("open-points", *DATE, columns=60)
    uses = [line for line in lines("list", *DATE, columns=200) if re.search(r"  \d+\.\d+\.\d+  ", line)]
    own, shared = (
        re.findall(r" ([a-z0-9-]+), version \d+\.\d+\.\d+: ", " ".join(line.strip() for line in part))
        for part in (shown[: shown.index("Shared criteria")], shown[shown.index("Shared criteria") :])
    )

    assert sorted(own) == sorted(line.split()[0] for line in uses)
    assert {"fitness", "organ-function", "prior-lines", "relapsed-refractory"} <= set(shared)
    assert len(set(shared)) == len(shared)
    assert all(len(line) <= LONGEST_WORD or "http" in line or "urn:" in line for line in shown)


def test_open_points_of_one_set_only():
    text = "\n".join(lines("open-points", "--criteria", "eu-ema", *DATE))

    assert "Set eu-ema: " in text
    assert "Set us-fda: " not in text
    assert "Read in us-fda" not in text


@pytest.mark.parametrize(
    "arguments",
    [["list"], ["list", "--all"], ["list", "--json"], ["open-points"], ["show", "elrexfio-multiple-myeloma"]],
)
def test_a_directory_of_ones_own_may_be_named_by_its_top(arguments):
    named = (OTHER_THERAPY.parent, OTHER_THERAPY / "us-bispecific-antibodies")
    top, folder = (run(*arguments, "--criteria", str(path)) for path in named)

    assert (top.returncode, folder.returncode) == (0, 0), top.stderr
    assert top.stdout == folder.stdout
