"""A plain body is read as a strict reader reads it, and whatever is not plain is left to that one."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples

from cart_screen.web.bodies import _read_plainly, _read_strictly, parsed
from cart_screen.web.errors import BodyUnreadable

PLAIN = b'{"answers": {"age_years": 61, "sex": "female", "ill": true, "lvef": 55.5, "x": null}, "absent": {}}'
FAULTS = (b"", b'"', b":", b",", b"{", b"}", b"1e999", b"NaN", b"-0", b"01", b"\\u0061", b"\xff", b"\x00")

scalars = st.none() | st.booleans() | st.text(max_size=8) | st.integers() | st.floats()
values = st.recursive(scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner))
records = st.dictionaries(st.text(max_size=6), scalars | st.dictionaries(st.text(max_size=6), scalars), max_size=5)


def exactly(value):
    """Tell 1 from 1.0 and from true, and keys in their order."""
    if isinstance(value, dict):
        return [(key, exactly(one)) for key, one in value.items()]
    return [exactly(one) for one in value] if isinstance(value, list) else (type(value), repr(value))


def read(reader, text):
    try:
        return exactly(reader(text))
    except BodyUnreadable as error:
        return str(error)


@given(records | values, st.booleans(), st.sampled_from([None, (",", ":"), (" , ", " : ")]))
@examples(300)
def test_every_document_is_read_as_strictly(value, ascii_only, separators):
    text = json.dumps(value, ensure_ascii=ascii_only, separators=separators).encode("utf-8", "surrogatepass")

    assert read(parsed, text) == read(_read_strictly, text)


@given(st.data())
@examples(300)
def test_a_document_with_a_fault_is_read_as_strictly(data):
    text = data.draw(st.sampled_from([PLAIN, json.dumps(data.draw(records)).encode("utf-8", "surrogatepass")]))
    place = data.draw(st.integers(0, len(text)))
    put = data.draw(st.sampled_from(FAULTS))
    faulty = text[:place] + put + text[place + data.draw(st.integers(0, 3)) :]

    assert read(parsed, faulty) == read(_read_strictly, faulty)


@given(st.from_regex(rb"\A-?(0|[1-9][0-9]{0,25})(\.[0-9]{1,25})?([eE][+-]?[0-9]{1,3})?\Z"))
@examples(300)
def test_every_number_is_the_nearest_that_there_is(text):
    body = b'{"answers": {"lvef": %b}}' % text

    assert read(parsed, body) == read(_read_strictly, body)


def test_most_bodies_are_plain():
    assert _read_plainly(PLAIN) == json.loads(PLAIN)


@pytest.mark.parametrize(
    "text",
    [
        b'{"a": 1, "a": 1}',
        b'{"a": {"b": 1}, "a": 1}',
        b'{"a": {"b": 1, "b": 1}}',
        b'{"a": 1, "\\u0061": 1}',
        b'{"a" : 1, "a":":"}',
        b'{"a": {"b": {"c": 1}}}',
        b'{"a": [{"b": 1}]}',
        b'{"a": 1e999}',
        b'{"a": {"b": -1e999}}',
        b'{"a": NaN}',
        b'{"a": ":"}',
        b"\xef\xbb\xbf{}",
        b"[]",
        b"1",
        b"",
    ],
)
def test_what_is_not_plain_is_left_to_the_strict_reader(text):
    assert _read_plainly(text) is None
