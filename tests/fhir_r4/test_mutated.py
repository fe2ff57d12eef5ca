"""Resources with one place replaced by anything: what is read is allowed, and all else is one error of ours."""

from __future__ import annotations

import json
from copy import deepcopy
from functools import cache
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from people.population import people
from strategies import examples

from cart_screen.api import load_criteria
from cart_screen.fhir.errors import ResourceInvalid
from cart_screen.fhir.prefill import prefill
from cart_screen.fhir.response import answers_of, response_of

DAY = "2026-11-22"
RECORD = json.loads((Path(__file__).parents[2] / "examples" / "fhir" / "patient.json").read_text())
DICTIONARY = load_criteria().reading.dictionary

# Names and values that FHIR knows, in places where it does not, and what JSON holds beside them.
WORDS = st.sampled_from(
    ["", "age_years", "pregnant", "completed", "asked-unknown", "valueInteger", "Patient/made-up", "http://loinc.org",
     "2160-0", "mg/dL", "2026-11-20", "__proto__", "\u0000", "\U0001f600", "9" * 400]
)  # fmt: skip
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS | st.just(10**400),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS | st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


@cache
def responses():
    return [response_of(person.answers, as_of=DAY, completed=False) for person in people(5)]


def places(node, path=()):
    yield path
    inside = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, inner in inside:
        yield from places(inner, (*path, key))


@st.composite
def replaced(draw, resources):
    resource = deepcopy(draw(st.sampled_from(resources)))
    *steps, last = draw(st.sampled_from([place for place in places(resource) if place]))
    parent = resource
    for step in steps:
        parent = parent[step]
    if draw(st.booleans()):
        parent[last] = draw(ANYTHING)
    elif isinstance(parent, dict):
        parent[draw(WORDS)] = parent.pop(last)
    else:
        parent.append(deepcopy(parent[last]))
    return resource


def read_or_refused(read, resource):
    """Give what is read, or None where it is refused in a sentence."""
    try:
        return read(resource)
    except ResourceInvalid as error:
        return None if error.problems and str(error) else error


@examples(150)
@given(data=st.data())
def test_a_response_is_read_as_answers_that_are_allowed_or_not_at_all(data):
    answers = read_or_refused(answers_of, data.draw(replaced(responses())))
    if answers is not None:
        DICTIONARY.check(answers)


@examples(150)
@given(data=st.data())
def test_a_record_is_read_as_answers_that_are_allowed_or_not_at_all(data):
    found = read_or_refused(lambda record: prefill(record, as_of=DAY), data.draw(replaced([RECORD])))
    if found is not None:
        DICTIONARY.check(found.answers)
        assert all(map(str, found.problems))
