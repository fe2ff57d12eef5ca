"""What is counted is what every single screening says, in whatever batches the rows come."""

from __future__ import annotations

import json
from collections import Counter

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples

from cart_screen.api import screen
from cart_screen.batch.tally import GROUP, NOT_ALLOWED, TYPE, Table, Tally
from cart_screen.errors import AnswersInvalid
from cart_screen.ladder import Status

from .counting import DAY, answers, screened, sets, tally_of

PEOPLE = 300
SETS = ("us-fda", "eu-ema")


def test_every_count_is_what_single_screenings_say() -> None:
    tally = tally_of(screened(PEOPLE, "us-fda"), ["us-fda"])
    (criteria,) = sets("us-fda")
    wanted: dict[Table, Counter[tuple[str, ...]]] = {table: Counter() for table in Table}
    givable = [id for id, one in criteria.reading.dictionary.questions.items() if not one.internal]
    screenings = 0
    for row in answers(PEOPLE):
        try:
            # What a table has no value for was asked and is not known.
            found = screen({id: row.get(id) for id in givable}, criteria, DAY)
        except AnswersInvalid:
            continue
        screenings += 1
        code = str(found.guidance.code)
        # The group is that of the diagnosis, where nobody said it.
        group = row.get(GROUP) or (found.facts.resolved.get(GROUP) if TYPE in row else None) or ""
        wanted[Table.GUIDANCE][code,] += 1
        wanted[Table.GROUPS][str(group), code] += 1
        wanted[Table.TYPES][str(row.get(TYPE, "")), code] += 1
        wanted[Table.URGENCY].update([(found.guidance.urgency,)] if found.guidance.urgency else [])
        wanted[Table.FINDINGS].update((str(id), str(one.status)) for id, one in found.findings.items())
        wanted[Table.AWAITING].update((id,) for id in found.awaiting)
        wanted[Table.CONFLICTS].update((id,) for id in found.conflicts)
        wanted[Table.CAUTIONS].update(
            (id,) for id in {caution.id for one in found.findings.values() for caution in one.cautions}
        )
    assert tally.screened == screenings < PEOPLE
    for table in Table:
        assert tally.counted("us-fda", table) == wanted[table], table
        assert wanted[table], table


def test_rows_are_what_was_screened_and_what_was_rejected() -> None:
    frame = screened(PEOPLE, "us-fda")
    tally = tally_of(frame, ["us-fda"])
    wrong = frame["invalid"].sum()
    assert (tally.rows, tally.screened, tally.rejected) == (PEOPLE, PEOPLE - wrong, wrong)
    assert tally.problems == {("age_years", NOT_ALLOWED): wrong}
    tally.reject(2, {("age_years", "no number"): 1, ("", "no row"): 1, ("age_years", NOT_ALLOWED): 1})
    assert (tally.rows, tally.rejected) == (PEOPLE + 2, wrong + 2)
    assert tally.problems["age_years", NOT_ALLOWED] == wrong + 1


def test_of_a_row_that_is_wrong_as_a_whole_nothing_is_kept() -> None:
    tally = Tally.of(sets("us-fda"))
    tally.reject(2, {("", "the name Jane Doe stands twice"): 1, ("", "no row"): 1})
    assert tally.problems == {("", ""): 2}


@given(cuts=st.lists(st.integers(0, PEOPLE), max_size=6).map(sorted), names=st.sampled_from([SETS[:1], SETS]))
@examples(15)
def test_batches_of_any_size_count_the_same_and_tallies_add_up(cuts: list[int], names: tuple[str, ...]) -> None:
    frame = screened(PEOPLE, *names)
    whole = tally_of(frame, names)
    assert tally_of(frame, names, cuts) == whole
    middle = cuts[len(cuts) // 2] if cuts else 0
    assert tally_of(frame[:middle], names) + tally_of(frame[middle:], names) == whole
    assert Tally.of(sets(*names)) + whole == whole


def test_each_of_several_sets_is_counted_by_itself() -> None:
    both = tally_of(screened(PEOPLE, *SETS), SETS)
    for name in SETS:
        alone = tally_of(screened(PEOPLE, name), [name])
        assert both.to_dict()["sets"][name] == alone.to_dict()["sets"][name]
    assert both.to_dict()["sets"]["us-fda"] != both.to_dict()["sets"]["eu-ema"]


@pytest.mark.parametrize("kind", [pl.Categorical(), pl.Enum(["lymphoma", "not-cancer"])])
def test_words_may_be_of_any_type_that_holds_words(kind: pl.DataType) -> None:
    frame = screened(PEOPLE, "us-fda").filter(pl.col(GROUP).is_in(["lymphoma", "not-cancer"]))
    typed = frame.with_columns(pl.col(GROUP).cast(kind))
    assert tally_of(typed, ["us-fda"]) == tally_of(frame, ["us-fda"])


def test_a_table_without_the_disease_counts_it_as_not_given() -> None:
    tally = tally_of(screened(PEOPLE, "us-fda").drop(GROUP, TYPE), ["us-fda"])
    assert {disease for disease, _ in tally.counted("us-fda", Table.GROUPS)} == {""}
    assert sum(tally.counted("us-fda", Table.TYPES).values()) == tally.screened


def test_nothing_is_counted_of_nothing() -> None:
    tally = tally_of(screened(PEOPLE, "us-fda").clear(), ["us-fda"])
    assert tally == Tally.of(sets("us-fda"))
    assert tally.rows == 0


def test_it_is_written_as_json_in_an_order_of_its_own() -> None:
    frame = screened(PEOPLE, "us-fda")
    text = json.dumps(tally_of(frame, ["us-fda"]).to_dict())
    assert text == json.dumps(tally_of(frame.reverse(), ["us-fda"]).to_dict())
    found = json.loads(text)
    assert sum(found["sets"]["us-fda"]["findings"]["fitness"].values()) == found["screened"]
    assert set(found["sets"]["us-fda"]["findings"]["fitness"]) <= set(Status)


def test_tallies_under_other_sets_are_not_added() -> None:
    with pytest.raises(ValueError, match="eu-ema cannot take one under us-fda"):
        Tally.of(sets("eu-ema")) + Tally.of(sets("us-fda"))
