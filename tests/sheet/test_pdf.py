"""The PDF of a sheet: the same facts, tagged for screen readers, on paper that everybody has."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from cart_screen import screen
from cart_screen.catalog.loading import own_set
from cart_screen.cli.exits import Exit, exit_of
from cart_screen.errors import ExtraMissing
from cart_screen.sheet.content import sheet_of
from cart_screen.sheet.errors import TextLibraryMissing
from cart_screen.sheet.page import Paragraph, Section, Sheet

from .hostile import hostile_set
from .reading import DAY, PEOPLE, facts, pdf_for, pdf_of, pdf_reader, pdf_text, sheet_for, stands_in_order

# These fill the page in Arial, and take a second side where only a wider font is installed.
_FULL = {
    "child-b-all",
    "large-b-cell-early-relapse",
    "multiple-myeloma-dialysis-review",
    "nearly-empty",
    "plain-words-only",
}
_MM = 72 / 25.4
_A4, _LETTER = (210, 297), (215.9, 279.4)

_RUN = """
import sys
from importlib.abc import MetaPathFinder
class Missing(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "weasyprint":
            raise {error}
sys.meta_path.insert(0, Missing())
from cart_screen import screen
from cart_screen.catalog.loading import own_set
from cart_screen.sheet.content import sheet_of
from cart_screen.sheet.html import to_html
from cart_screen.sheet.pdf import to_pdf
sheet = sheet_of(screen({{"age_years": 60}}, as_of="2026-11-22"))
assert to_html(sheet)
try:
    to_pdf(sheet)
except Exception as error:
    print(type(error).__name__, error)
"""


@pytest.mark.parametrize("person", PEOPLE)
def test_everything_on_the_sheet_stands_on_one_side_or_two(person: str) -> None:
    data = pdf_for(person)

    assert stands_in_order(facts(sheet_for(person)), pdf_text(data)) == ""
    assert len(pdf_reader(data).pages) in ((1, 2) if person in _FULL else (1,))


def test_two_sides_are_enough_for_somebody_who_has_answered_everything() -> None:
    questions = own_set("us-fda").reading.dictionary.questions.values()
    most = {one.id: one.choices[-1] if one.choices else one.maximum for one in questions if not one.internal}
    answers = {id: True if value is None else value for id, value in most.items()}

    assert len(pdf_reader(pdf_of(sheet_of(screen(answers, as_of=DAY)))).pages) == 2


def test_a_page_fits_on_a4_and_on_us_letter_as_it_is() -> None:
    for page in pdf_reader(pdf_for("adult-b-all")).pages:
        width, height = (float(side) / _MM for side in (page.mediabox.width, page.mediabox.height))
        assert width <= min(_A4[0], _LETTER[0]) + 0.01
        assert height <= min(_A4[1], _LETTER[1]) + 0.01


def test_what_needs_two_sides_is_set_in_larger_letters_as_long_as_two_are_enough() -> None:
    def sizes(paragraphs: int) -> list[float]:
        section = Section("long", "A section", (Paragraph("Some more words. " * 30),) * paragraphs)
        return _sizes(pdf_of(Sheet("en", "A sheet", None, (), (section,), (), (), ())))

    # On 28 paragraphs two sides are enough only for the small letters.
    assert sizes(1) == sizes(28)
    assert sizes(1)[0] == 8.5
    assert sizes(20)[0] == 10


def _sizes(data: bytes) -> list[float]:
    """Give the sizes of letters in points; WeasyPrint measures in pixels, of which 96 are an inch."""
    found = set()

    def visit(text: str, matrix: object, position: list[float], font: object, size: float) -> None:
        if text.strip():
            found.add(round(abs(size * position[3]) * 72 / 96, 1))

    for page in pdf_reader(data).pages:
        page.extract_text(visitor_text=visit)
    return sorted(found)


def test_it_is_tagged_and_has_language_and_title() -> None:
    reader = pdf_reader(pdf_for("large-b-cell-third-line-match"))
    root = reader.root_object

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Page for your appointment"
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    kinds = _kinds(root["/StructTreeRoot"])
    assert {"/H1", "/H2", "/P", "/L", "/LI", "/Table", "/TR", "/TH", "/TD"} <= set(kinds)
    assert kinds.count("/H1") == 1


def _kinds(element: object) -> list[str]:
    element = element.get_object() if hasattr(element, "get_object") else element
    if isinstance(element, list):
        return [kind for one in element for kind in _kinds(one)]
    if not isinstance(element, dict):
        return []
    return [*([element["/S"]] if "/S" in element else []), *_kinds(element.get("/K", []))]


def test_the_same_sheet_is_the_same_file() -> None:
    assert pdf_of(sheet_for("contradictory")) == pdf_of(sheet_for("contradictory"))


def test_words_from_outside_stay_words() -> None:
    sheet = sheet_of(screen({"age_years": 60}, hostile_set(), as_of="1990-01-01"))

    data = pdf_of(sheet)

    assert stands_in_order(facts(sheet), pdf_text(data)) == ""
    assert b"javascript:" not in data.lower()


def test_nothing_is_asked_of_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*given: object, **named: object) -> None:
        raise AssertionError("a socket was opened")

    pdf_for("contradictory")
    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)

    assert pdf_of(sheet_for("contradictory"))


def run_with(error: str) -> str:
    result = subprocess.run(
        [sys.executable, "-c", _RUN.format(error=error)], capture_output=True, text=True, timeout=60, check=False
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_without_the_package_the_error_is_the_install_line() -> None:
    said = run_with("ModuleNotFoundError(name)")

    assert said.startswith("ExtraMissing")
    assert "pip install 'cart-screen[pdf]'" in said


def test_without_the_library_of_the_system_the_error_says_what_to_install() -> None:
    said = run_with("OSError(\"cannot load library 'libpango-1.0-0': not found\\nand more\")")

    assert said.startswith("TextLibraryMissing")
    assert "cannot load library 'libpango-1.0-0'." in said
    assert "apt-get install libpango-1.0-0" in said
    assert len(said.splitlines()) == 1


def test_both_end_a_command_as_something_that_is_not_installed() -> None:
    assert exit_of(ExtraMissing("pdf")) is exit_of(TextLibraryMissing("x")) is Exit.EXTRA_MISSING


def test_the_extra_is_declared_and_brought_by_the_extra_of_tests() -> None:
    project = (Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8")

    assert project.count('"weasyprint>=') == 2
