"""How one value is read as an answer, and that a column is read as its values are."""

import math

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples

from cart_screen.batch.intake import UNREAD, Intake, dtype_of, problems_in
from cart_screen.batch.readings import MISSING, AnswerReader, ValueUnread

from .tables import questions

KINDS = ("age_years", "ecog", "creatinine", "hiv", "cns_involvement", "diagnosis", "anc")


def reader(id, **more):
    return AnswerReader(questions()[id], **more)


@pytest.mark.parametrize(
    ("id", "text", "answer"),
    [
        ("age_years", "61", 61),
        ("age_years", " 61\t", 61),
        ("age_years", "61.0", 61),
        ("age_years", "+6.1e1", 61),
        ("age_years", "0", 0),
        ("bilirubin", ".5", 0.5),
        ("bilirubin", "1.", 1),
        ("hiv", "TRUE", True),
        ("hiv", "y", True),
        ("hiv", "No", False),
        ("hiv", "0", False),
        ("diagnosis", "Multiple-Myeloma ", "multiple-myeloma"),
        ("cns_involvement", "none", "none"),
        *((id, text, None) for id in KINDS for text in (*MISSING, "NA", " Unknown ", "NULL")),
    ],
)
def test_a_text_is_read_without_regard_to_blanks_and_capitals(id, text, answer):
    found = reader(id).of_text(text)

    assert found == answer
    assert type(found) is not int or not isinstance(answer, bool)


@pytest.mark.parametrize(
    ("id", "text"),
    [
        ("age_years", "abc"),
        ("age_years", "61,5"),
        ("age_years", "6 1"),
        ("age_years", "1_000"),
        ("age_years", "0x10"),
        ("age_years", "٣"),
        ("age_years", "5\0"),
        ("age_years", "inf"),
        ("age_years", "-inf"),
        ("age_years", "1e400"),
        ("age_years", "61.5"),
        ("age_years", "121"),
        ("age_years", "-1"),
        ("age_years", "9" * 40),
        ("age_years", "true"),
        ("ecog", "5"),
        ("hiv", "2"),
        ("hiv", "1.0"),
        ("hiv", "maybe"),
        ("hiv", "+"),
        ("diagnosis", "myeloma"),
        ("diagnosis", "1"),
        ("cns_involvement", "no"),
        ("cns_involvement", "x" * 100_000),
    ],
)
def test_a_text_that_says_something_else_is_no_answer(id, text):
    with pytest.raises(ValueUnread):
        reader(id).of_text(text)


@pytest.mark.parametrize(
    ("id", "value", "answer"),
    [
        ("age_years", 61, 61),
        ("age_years", 61.0, 61),
        ("hiv", False, False),
        ("sex", "female", "female"),
        ("hiv", None, None),
    ],
)
def test_a_json_value_of_the_right_type_is_an_answer(id, value, answer):
    assert reader(id).of_json(value) == answer


@pytest.mark.parametrize(
    ("id", "value"),
    [
        ("age_years", "61"),
        ("age_years", True),
        ("age_years", 10**400),
        ("hiv", "yes"),
        ("hiv", 1),
        ("hiv", "NA"),
        ("sex", 1),
        ("sex", []),
        ("age_years", {}),
        ("age_years", [61]),
    ],
)
def test_a_json_value_of_another_type_is_none(id, value):
    with pytest.raises(ValueUnread):
        reader(id).of_json(value)


def test_words_of_a_map_go_before_every_other_reading():
    ecog = reader("ecog", words={"9": None, "fit": 0, "4": 3})
    sex = reader("sex", words={"1": "male", "2": "female", "male": None})

    assert [ecog.of_text(text) for text in ("9", " 9.0 ", "FIT", "4", "2")] == [None, None, 0, 3, 2]
    assert [ecog.of_number(number) for number in (9.0, 4.0, 1.0)] == [None, 3, 1]
    assert [sex.of_text(text) for text in ("1", "2.0", "Male", "Female")] == ["male", "female", None, "female"]
    assert [sex.of_json(value) for value in (1, 2.0, "1", None)] == ["male", "female", "male", None]


def test_a_number_in_another_unit_is_converted_exactly_and_then_held_against_the_bounds():
    creatinine = reader("creatinine", unit="umol/L")

    assert creatinine.of_text("88.4") == 1.0
    assert creatinine.of_number(3536.0) == 40
    with pytest.raises(ValueUnread, match=r"from 0\.1 to 40 mg/dL"):
        creatinine.of_number(3537.0)


def texts():
    near = st.sampled_from(
        [
            "61",
            " 61",
            "5.0",
            "5.5",
            "121",
            "1e400",
            "nan",
            "NA",
            "",
            " ",
            "yes",
            "FALSE",
            "1",
            "1.0",
            "none",
            "Past",
            "9",
            "88.4",
            "-0",
            "0.1",
            "40",
            "multiple-myeloma",
            "x",
            "٣",
            "1_0",
            "inf",
        ]
    )
    return st.one_of(near, st.text(max_size=5), st.floats(0, 200).map(str), st.integers(-5, 130).map(str))


def readers():
    words = st.sampled_from([{}, {"9": None, "x": None, "true": None}])
    plain = st.builds(reader, st.sampled_from(KINDS), words=words)
    return st.one_of(plain, st.just(reader("creatinine", unit="umol/L")), st.just(reader("sex", words={"1": "male"})))


def columns():
    numbers = st.one_of(st.integers(-5, 130).map(float), st.floats(0, 50), st.just(math.nan), st.just(math.inf))
    return st.one_of(
        st.tuples(st.just(pl.String), st.lists(st.none() | texts(), max_size=8)),
        st.tuples(st.just(pl.Float64), st.lists(st.none() | numbers, max_size=8)),
        st.tuples(st.just(pl.Int64), st.lists(st.none() | st.integers(-5, 2**60), max_size=8)),
        st.tuples(st.just(pl.Boolean), st.lists(st.none() | st.booleans(), max_size=8)),
    )


@given(readers(), columns())
@examples(150)
def test_a_column_is_read_as_its_values_are(reader, column):
    dtype, values = column
    id = reader.question.id
    found = Intake({id: reader}).read(pl.DataFrame({id: pl.Series(values, dtype=dtype)}))

    assert found.schema == {id: dtype_of(reader.question), UNREAD: pl.String}
    one = {pl.String: reader.of_text, pl.Boolean: reader.of_boolean}.get(dtype, reader.of_number)
    for value, answer, told in zip(values, found[id], found[UNREAD], strict=True):
        wanted, reason = read_alone(one, float(value) if dtype == pl.Int64 and value is not None else value)
        assert answer == wanted
        assert isinstance(answer, bool) == isinstance(wanted, bool)
        assert answer is None or reader.question.allows(answer)
        assert [(id, why) for id, _, why in problems_in(told or "[]")] == ([(id, reason)] if reason else [])


def read_alone(read, value):
    """Give what a value is read as, and why it is none."""
    try:
        return (None if value is None else read(value)), None
    except ValueUnread as error:
        return None, str(error)
