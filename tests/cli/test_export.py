"""``cart-screen export json-schema`` as a whole process: one JSON document on standard output, that stands alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema_rs
import pytest
from jsonschema import Draft202012Validator

from cart_screen.answers.given import Answers
from cart_screen.catalog.loading import own_set
from cart_screen.model import CriterionId

DATE = ("--as-of", "2026-11-22")
OTHER_THERAPY = Path(__file__).parents[2] / "examples" / "other-therapy" / "sets"


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-P", "-m", "cart_screen", "export", "json-schema", *arguments],
        capture_output=True,
        timeout=60,
        check=False,
    )


def exported(*arguments):
    result = run(*arguments)
    assert (result.returncode, result.stderr) == (0, b"")
    return json.loads(result.stdout)


@pytest.mark.parametrize(
    ("arguments", "address"),
    [
        (("carvykti-multiple-myeloma", *DATE), "urn:cart-screen:us-fda:carvykti-multiple-myeloma:2.0.0:export"),
        (
            ("carvykti-multiple-myeloma", "--as-of", "2024-04-04"),
            "urn:cart-screen:us-fda:carvykti-multiple-myeloma:1.0.0:export",
        ),
        (
            ("carvykti-multiple-myeloma", "--criteria", "eu-ema", *DATE),
            "urn:cart-screen:eu-ema:carvykti-multiple-myeloma:1.0.0:export",
        ),
        (("tecartus-b-all", "--version", "1.0.0"), "urn:cart-screen:us-fda:tecartus-b-all:1.0.0:export"),
        (("fitness", *DATE), "urn:cart-screen:shared:fitness:1.0.0:export"),
    ],
)  # fmt: skip
def test_one_document_by_name_date_set_and_version(arguments, address):
    assert exported(*arguments)["$id"] == address


def test_the_documents_own_examples_come_out_as_they_expect():
    """Resolved by this package, validated by others, for each example that speaks of all five criteria."""
    criteria = own_set("us-fda")
    use = next(one for one in criteria.indications if one.document.endswith("carvykti-multiple-myeloma:2.0.0"))
    schema = exported("carvykti-multiple-myeloma", *DATE)
    python, rust = Draft202012Validator(schema), jsonschema_rs.Draft202012Validator(schema)
    whole = [example for example in use.examples if len(example["expect"]) == len(CriterionId)]

    assert {status for example in whole for status in example["expect"].values()} >= {"met", "unknown"}
    for example in whole:
        record = criteria.reading.resolve(Answers(example["answers"]))
        met = set(example["expect"].values()) == {"met"}
        assert python.is_valid(record) is rust.is_valid(record) is met


def test_a_set_of_your_own_is_exported_by_its_folder():
    folder = next(path.parent for path in sorted(OTHER_THERAPY.glob("*/set.json")))
    use = next(path.name for path in sorted(folder.iterdir()) if path.is_dir())
    schema = exported(use, "--criteria", str(folder), *DATE)

    Draft202012Validator.check_schema(schema)
    assert f":{use}:" in schema["$id"]
    assert schema["$defs"]["answers"]["properties"]


def test_an_unknown_name_is_wrong_use():
    result = run("carvykti")

    assert (result.returncode, result.stdout) == (2, b"")
    assert b"Did you mean carvykti-multiple-myeloma?" in result.stderr
