"""A body of answers is read quickly where it is plain, and always as the strict reader reads it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from strategies import examples

from cart_screen.errors import CartScreenError
from cart_screen.web.bodies import is_plain, parsed
from cart_screen.web.requests import QuestionnaireRequest, ScreenRequest, checked, posted

PLAIN = b'{"answers": {"age_years": 61, "sex": "female", "ill": true, "lvef": 55.5, "x": null}, "absent": {"y": "z"}}'
FAULTS = (b"", b'"', b":", b",", b"{", b"}", b"1e999", b"NaN", b"Infinity", b"-0", b"01", b"\\u0061", b"\xff", b"\x00")

scalars = st.none() | st.booleans() | st.text(max_size=8) | st.integers() | st.floats()
values = st.recursive(scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner))
bodies = st.fixed_dictionaries(
    {"answers": st.dictionaries(st.text(max_size=6), values, max_size=5)},
    optional={
        "absent": st.dictionaries(st.text(max_size=6), values, max_size=2),
        "units": values,
        "as_of": st.sampled_from(["2026-11-22", "", 1, None]),
        "audience": st.sampled_from(["patient", "child", "nobody", 1]),
        "criteria": st.sampled_from(["us-fda", ["us-fda", "eu-ema"], [], None, 1]),
        "other": scalars,
    },
)


def exactly(value):
    """Tell 1 from 1.0 and from true, and keep the order of keys."""
    if isinstance(value, dict):
        return [(key, exactly(one)) for key, one in value.items()]
    return [exactly(one) for one in value] if isinstance(value, list) else (type(value), repr(value))


def told(read, model, text):
    try:
        return exactly({name: getattr(read(model, text), name) for name in model.model_fields})
    except CartScreenError as error:
        return type(error), str(error)


def strictly(model, text):
    return checked(model, parsed(text))


def quickly(text):
    """Tell whether the quick reader alone answers."""
    try:
        asked = ScreenRequest.model_validate_json(text)
    except ValidationError:
        return False
    return is_plain(text, len(asked.model_fields_set), (asked.answers, asked.absent, asked.units))


@given(bodies | values, st.booleans(), st.sampled_from([None, (",", ":"), (" , ", " : ")]))
@examples(300)
def test_every_body_is_read_as_strictly(value, ascii_only, separators):
    text = json.dumps(value, ensure_ascii=ascii_only, separators=separators).encode("utf-8", "surrogatepass")

    for model in (ScreenRequest, QuestionnaireRequest):
        assert told(posted, model, text) == told(strictly, model, text)


@given(st.data())
@examples(300)
def test_a_body_with_a_fault_is_read_as_strictly(data):
    drawn = bodies.map(lambda body: json.dumps(body).encode("utf-8", "surrogatepass"))
    text = data.draw(st.just(PLAIN) | drawn)
    place = data.draw(st.integers(0, len(text)))
    faulty = text[:place] + data.draw(st.sampled_from(FAULTS)) + text[place + data.draw(st.integers(0, 3)) :]

    assert told(posted, ScreenRequest, faulty) == told(strictly, ScreenRequest, faulty)


@given(st.from_regex(rb"\A-?(0|[1-9][0-9]{0,25})(\.[0-9]{1,25})?([eE][+-]?[0-9]{1,3})?\Z"))
@examples(300)
def test_every_number_is_the_nearest_that_there_is(text):
    body = b'{"answers": {"lvef": %b}}' % text

    assert told(posted, ScreenRequest, body) == told(strictly, ScreenRequest, body)


def test_a_body_as_most_are_is_read_quickly():
    assert quickly(PLAIN)
    assert posted(ScreenRequest, PLAIN).answers == json.loads(PLAIN)["answers"]


@pytest.mark.parametrize(
    "text",
    [
        b'{"answers": {}, "answers": {}}',
        b'{"answers": {"b": 1}, "answers": {}}',
        b'{"answers": {"b": 1, "b": 1}}',
        b'{"answers": {"a": 1, "\\u0061": 1}}',
        b'{"answers" : {"a" : 1, "a":":"}}',
        b'{"answers": {"b": {"c": 1}}}',
        b'{"answers": {"b": [{"c": 1}]}}',
        b'{"answers": {"b": [1]}}',
        b'{"answers": {"b": 1e999}}',
        b'{"answers": {"b": -1e999}}',
        b'{"answers": {"b": NaN}}',
        b'{"answers": {"b": -Infinity}}',
        b'{"answers": {}, "absent": {"b": [NaN]}}',
        b'{"answers": {"b": ":"}}',
        b"\xef\xbb\xbf{}",
        b"[]",
        b"",
    ],
)
def test_what_is_not_plain_is_left_to_the_strict_reader(text):
    assert not quickly(text)
