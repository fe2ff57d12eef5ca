"""The command, the recipe, and what is said where the extra is not installed."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from pathlib import Path

from cart_screen.fhir.questionnaire import questionnaire_of
from cart_screen.texts import Audience

ROOT = Path(__file__).parents[2]
DAY = ("--as-of", "2026-11-22")


def run(*arguments, before=""):
    code = f"{before}\nfrom cart_screen.cli.main import main\nraise SystemExit(main({list(arguments)!r}))"
    # Not beside the tests: their folder must not stand for the package fhir.
    return subprocess.run(
        [sys.executable, "-P", "-c", code], capture_output=True, text=True, timeout=60, check=False, cwd=ROOT
    )


def test_the_command_prints_the_questionnaire_and_says_what_it_cannot_say():
    result = run("export", "fhir", "--criteria", "eu-ema", *DAY, "--for", "clinician")

    assert result.returncode == 0
    assert json.loads(result.stdout) == questionnaire_of("eu-ema", "2026-11-22", audience=Audience.CLINICIAN)
    assert result.stderr.strip() == (
        "cart-screen: Always shown in this form, since enableWhen cannot say when they are asked: gilbert_syndrome."
    )


def test_a_set_of_ones_own_is_exported_by_its_folder():
    result = run("export", "fhir", "--criteria", str(ROOT / "examples" / "other-therapy"), *DAY)

    assert result.returncode == 0
    assert json.loads(result.stdout)["url"] == "urn:cart-screen:us-bispecific-antibodies:questionnaire"


def test_an_unknown_set_and_an_unknown_language_are_named():
    assert run("export", "fhir", "--criteria", "moon").returncode == 2
    assert "no words in 'xx'" in run("export", "fhir", "--language", "xx").stderr


def test_without_the_extra_the_error_is_the_install_line():
    absent = "import sys\nsys.modules['fhir'] = None\nsys.modules['fhir.resources'] = None"
    result = run("export", "fhir", before=absent)

    assert (result.returncode, result.stdout) == (69, "")
    assert "pip install 'cart-screen[fhir]'" in result.stderr


def test_importing_what_speaks_fhir_loads_no_model_of_it():
    code = "import sys, cart_screen.fhir.response, cart_screen.fhir.prefill; print('fhir.resources' in sys.modules)"
    result = subprocess.run(
        [sys.executable, "-P", "-c", code], capture_output=True, text=True, timeout=60, check=True, cwd=ROOT
    )

    assert result.stdout.strip() == "False"


def test_the_recipe_takes_a_record_in_and_gives_guidance(capsys):
    runpy.run_path(str(ROOT / "examples" / "fhir" / "intake.py"))["main"]()
    said = capsys.readouterr().out

    assert said.count("Please confirm: ") == 12
    assert "data-requested discuss-label-match" in said
