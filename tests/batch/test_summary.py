"""The summary of a batch: in 80 columns, who needs help first, and every number as it was counted."""

from __future__ import annotations

import re

import pytest
from sheet.hostile import hostile_set

from cart_screen.batch.summary import summary
from cart_screen.batch.tally import Table, Tally

from .counting import DAY, screened, sets, tally_of

PEOPLE = 300
SETS = ("us-fda", "eu-ema")


def told(*names: str) -> str:
    return summary(tally_of(screened(PEOPLE, *names), names), sets(*names), DAY, 2.0)


def test_it_says_how_many_rows_there_were_and_how_fast_they_went() -> None:
    lines = told("us-fda").splitlines()
    tally = tally_of(screened(PEOPLE, "us-fda"), ["us-fda"])
    found = [re.split(r"\s{2,}", line) for line in lines[:4]]
    assert found == [
        ["Rows read", str(tally.rows)],
        ["Screened", str(tally.screened)],
        ["Not read", str(tally.rejected)],
        ["Time", "2.0 s (150 rows a second)"],
    ]


def test_who_needs_help_now_stands_before_everything_else_and_the_column_is_named() -> None:
    text = told(*SETS)
    assert text.count("Act first") == 1
    assert text.index("Act first") < text.index("What to do next")
    assert "The column us-fda/urgency names them." in text
    assert "The column urgency names them." in told("us-fda")


@pytest.mark.parametrize("names", [("us-fda",), SETS])
def test_lines_are_short_and_end_without_blanks(names: tuple[str, ...]) -> None:
    lines = told(*names).splitlines()
    assert max(map(len, lines)) <= 80
    assert not [line for line in lines if line != line.rstrip()]


def test_guidance_is_told_in_the_order_of_urgency_with_its_share() -> None:
    tally = tally_of(screened(PEOPLE, "us-fda"), ["us-fda"])
    counts = tally.counted("us-fda", Table.GUIDANCE)
    text = told("us-fda")
    found = re.findall(r"^  Discuss .*?\s{2,}([\d,]+) +([\d.<]+) %$", text, re.MULTILINE)
    order = ("discuss-match", "discuss-label-match", "discuss-review", "discuss-incomplete", "discuss-alternatives")
    assert [int(count) for count, _ in found] == [counts[code,] for code in order if (code,) in counts]
    assert sum(float(share) for _, share in found) == pytest.approx(100, abs=0.5)


def test_what_was_missing_most_often_comes_first() -> None:
    part = told("us-fda").split("Most often missing")[1].split("\n\n")[0]
    counts = [int(count) for count in re.findall(r" (\d+) +[\d.]+ %$", part, re.MULTILINE)]
    assert counts == sorted(counts, reverse=True)
    assert len(counts) == 10


def test_problems_are_told_by_question_and_reason() -> None:
    tally = Tally.of(sets("us-fda"))
    tally.reject(1200, {("age_years", "no number"): 1199, ("", "no row"): 1})
    text = summary(tally, sets("us-fda"), DAY, 90.0)
    assert re.search(r"^  Age: no number +1,199$", text, re.MULTILINE)
    assert re.search(r"^  The row as a whole +1$", text, re.MULTILINE)
    assert re.search(r"^Time +1 min 30 s \(13 rows a second\)$", text, re.MULTILINE)


def test_nothing_is_said_of_no_rows() -> None:
    text = summary(Tally.of(sets("us-fda")), sets("us-fda"), DAY, 0.0)
    assert "What to do next" not in text
    assert re.search(r"^Rows read +0$", text, re.MULTILINE)


def test_words_from_outside_give_a_terminal_no_orders() -> None:
    criteria = [hostile_set().on(DAY)]
    text = summary(tally_of(screened(PEOPLE, "us-fda"), ["us-fda"]), criteria, DAY, 2.0)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u2028]", text)
