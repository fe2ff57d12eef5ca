"""The order of answers, of indications and of the members of a document changes nothing."""

from __future__ import annotations

import json
import random
import shutil
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import AS_OF, SETS, SHARED, WORLD, examples, records, stated_answers, worlds

from cart_screen import screen
from cart_screen.answers.given import Answers
from cart_screen.catalog.directory import CriteriaDirectory, own_criteria
from cart_screen.catalog.loading import load_set, own_set
from cart_screen.rules.parse import SchemaReader
from cart_screen.rules.profile import Profile
from cart_screen.rules.reference import evaluate

UNORDERED = ("allOf", "anyOf", "oneOf", "enum", "required")


def said(screening):
    """Give what must not depend on any order: statuses, the code with its reason, the findings' statuses."""
    return (
        {outcome.indication.id: dict(outcome.statuses) for outcome in screening.indications},
        (screening.guidance.code, screening.guidance.because, screening.guidance.urgency),
        {id: (finding.status, finding.relevant) for id, finding in screening.findings.items()},
    )


def shuffled(value, rng, within=""):
    """Give JSON with the members of every object, and of every list whose order says nothing, in another order."""
    if isinstance(value, dict):
        return {key: shuffled(value[key], rng, key) for key in rng.sample(list(value), len(value))}
    if isinstance(value, list):
        mixed = rng.sample(value, len(value)) if within in UNORDERED else value
        return [shuffled(one, rng) for one in mixed]
    return value


@pytest.mark.parametrize("name", SETS)
@examples(30)
@given(data=st.data())
def test_the_order_of_answers(name, data):
    """Two records with the same answers give the same in every detail."""
    answers = data.draw(stated_answers(name))
    values = data.draw(st.permutations(list(answers.values.items())))
    absent = data.draw(st.permutations(list(answers.absent.items())))
    other = Answers(dict(values), dict(absent))

    assert screen(answers, name, AS_OF).to_dict() == screen(other, name, AS_OF).to_dict()


@pytest.mark.parametrize("name", SETS)
@examples(30)
@given(data=st.data())
def test_the_order_of_indications(name, data):
    """It settles ties between equally close indications, whose statuses are the same."""
    criteria = own_set(name)
    other = replace(criteria, indications=tuple(data.draw(st.permutations(criteria.indications))))
    answers = data.draw(stated_answers(name))

    assert said(screen(answers, criteria, AS_OF)) == said(screen(answers, other, AS_OF))
    assert screen(answers, criteria, AS_OF).awaiting == screen(answers, other, AS_OF).awaiting


@pytest.fixture(params=range(3), ids=lambda seed: f"shuffle {seed}", scope="module")
def shuffled_directory(request, tmp_path_factory):
    """The shipped criteria with the members of every document in another order."""
    root = tmp_path_factory.mktemp("shuffled") / "criteria"
    shutil.copytree(own_criteria(), root, ignore=shutil.ignore_patterns("releases.json"))
    rng = random.Random(request.param)
    for path in [*root.glob("sets/*/*/*.json"), *root.glob("shared/*/*.json")]:
        document = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps(shuffled(document, rng)), encoding="utf-8")
    return CriteriaDirectory(root)


@pytest.mark.parametrize("name", SETS)
def test_the_order_within_documents(shuffled_directory, name):
    """Properties, members of allOf, anyOf and oneOf, choices, keywords."""
    criteria, other = own_set(name), load_set(shuffled_directory, name)

    @examples(25)
    @given(stated_answers(name))
    def agree(answers):
        assert said(screen(answers, criteria, AS_OF)) == said(screen(answers, other, AS_OF))

    agree()


@examples(80)
@given(data=st.data())
def test_the_order_within_a_random_document(data):
    """The same for every shape that the profile allows, on partial records too."""
    world = data.draw(worlds())
    rng = random.Random(data.draw(st.integers(0, 2**16)))
    record = data.draw(records(world.reading, complete=False))
    reader = SchemaReader({WORLD: shuffled(world.document, rng), SHARED: shuffled(world.shared, rng)})
    profile = Profile(world.reading.dictionary)
    other = profile.lower(reader.read(WORLD))

    assert reader.problems == profile.problems == []
    assert evaluate(other, record) is evaluate(world.expression, record)
