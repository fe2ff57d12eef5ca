"""Wrapping and width: as the standard library does it, which a start need not load."""

from __future__ import annotations

import shutil
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cart_screen.terminal.layout import paragraph, width

WORDS = st.lists(st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=50), max_size=40)
INDENTS = st.sampled_from(["", "  ", "  - ", "10. ", "    "])


@given(words=WORDS, first=INDENTS, then=INDENTS | st.none())
def test_a_paragraph_is_wrapped_as_textwrap_does(words: list[str], first: str, then: str | None) -> None:
    wrapped = textwrap.fill(
        " ".join(words),
        width(),
        initial_indent=first,
        subsequent_indent=first if then is None else then,
        break_long_words=False,
        break_on_hyphens=False,
    )

    assert paragraph(" ".join(words), first, then) == wrapped


@pytest.mark.parametrize("text", ["a\tb", "a\nb", "  a b ", "a   b", "a\r\nb"])
def test_a_run_of_spaces_is_one(text: str) -> None:
    assert paragraph(text) == "a b"


def test_what_a_space_holds_together_stays_together() -> None:
    assert paragraph("x " * 60 + "5\u00a0mg").splitlines()[-1].endswith("5\u00a0mg")
    assert paragraph("\u00a0".join("abc" * 20)) == "\u00a0".join("abc" * 20)


@pytest.mark.parametrize(
    ("columns", "expected"), [("50", 50), ("7", 30), ("500", 88), ("0", 80), ("-4", 80), ("many", 80), ("", 80)]
)
def test_the_width_is_what_the_environment_says_within_what_can_be_read(
    columns: str, expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setattr("sys.__stdout__", None)

    assert width() == expected
    assert max(30, min(88, shutil.get_terminal_size().columns)) == expected
