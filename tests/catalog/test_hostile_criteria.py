"""Criteria from outside with something wrong anywhere: refused in words, or read; never a crash, never a hang."""

import copy
import json
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cart_screen import CartScreenError, Questionnaire, load_criteria, screen
from cart_screen.catalog.directory import own_criteria
from cart_screen.errors import CriteriaMissing, DocumentInvalid

KEPT = ("kymriah-large-b-cell-lymphoma", "breyanzi-cll-sll")
JUNK = [
    None, True, False, 0, -1, 1.5, 10**400, "", "x", "\x1b[2J", "../../etc", "#", "a" * 3000,
    "urn:cart-screen:shared:fitness:1.0.0", [], [[]], [None], {}, {"a": None}, {"$ref": "#"}, {"not": {}},
    {"type": "object"}, {"enum": []}, {"x-no-requirement": True},
    {"properties": {"age_years": {"minimum": 18}}, "required": ["age_years"]},
]  # fmt: skip
PEOPLE = (
    {},
    {"age_years": 50, "diagnosis": "diffuse-large-b-cell-lymphoma", "disease_status": "relapsed", "prior_lines": 2},
)


def places(node, path=()):
    """Give the path of every node of a document."""
    yield path
    entries = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, inner in entries:
        yield from places(inner, (*path, key))


@pytest.fixture(scope="module")
def criteria(tmp_path_factory):
    root = Path(shutil.copytree(own_criteria(), tmp_path_factory.mktemp("own") / "criteria"))
    # A released file may not change at all; as drafts they are read, and refused for what is wrong in them.
    (root / "releases.json").unlink()
    description = root / "sets" / "us-fda" / "set.json"
    body = json.loads(description.read_text())
    for name in body["indications"]:
        if name not in KEPT:
            shutil.rmtree(description.parent / name)
    description.write_text(json.dumps(body | {"indications": list(KEPT)}))
    return root


@pytest.fixture(scope="module")
def documents(criteria):
    paths = [*criteria.glob("sets/us-fda/**/*.json"), *criteria.glob("shared/*/*.json"), *criteria.glob("*/*.json")]
    bodies = {path: json.loads(path.read_text()) for path in paths}
    # Examples and sources are most of a document and the least of its danger, so they are chosen less often.
    found = {
        path: [place for place in places(body) if not {"x-examples", "questions"} & set(place[:1])]
        for path, body in bodies.items()
    }
    return bodies, found


@settings(
    deadline=None,
    max_examples=150 * (20 if os.environ.get("CART_SCREEN_THOROUGH") else 1),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_anything_wrong_anywhere_is_refused_or_read(criteria, documents, data):
    bodies, found = documents
    path = data.draw(st.sampled_from(sorted(bodies)))
    place = data.draw(st.sampled_from(found[path]))
    junk = data.draw(st.sampled_from(JUNK) | st.just("delete"))
    body = copy.deepcopy(bodies[path])
    if not place:
        body = junk
    else:
        holder = body
        for key in place[:-1]:
            holder = holder[key]
        if junk == "delete":
            del holder[place[-1]]
        else:
            holder[place[-1]] = junk
    path.write_text(json.dumps(body))
    try:
        own = load_criteria(criteria / "sets" / "us-fda")
        for person in PEOPLE:
            screen(person, own, "2026-11-22").to_dict()
        _ = Questionnaire({}, own, "2026-11-22").progress
        said = "read"
    except CartScreenError as error:
        said = str(error)
    finally:
        path.write_text(json.dumps(bodies[path]))

    assert said
    assert said.isprintable()


def test_a_pipe_or_a_device_in_place_of_a_document_is_no_document(criteria, documents):
    bodies, _ = documents
    path = criteria / "shared" / "fitness" / "1.0.0.json"
    path.unlink()
    try:
        os.mkfifo(path)
        with pytest.raises(CriteriaMissing):
            load_criteria(criteria / "sets" / "us-fda")
        path.unlink()
        path.symlink_to("/dev/zero")
        with pytest.raises(CriteriaMissing):
            load_criteria(criteria / "sets" / "us-fda")
    finally:
        path.unlink()
        path.write_text(json.dumps(bodies[path]))


def test_a_set_without_words_for_what_it_says_is_refused(criteria, documents):
    bodies, _ = documents
    path = criteria / "sets" / "us-fda" / "breyanzi-cll-sll" / "1.0.0.json"
    path.write_text(path.read_text().replace('"two-lines"', '"my-two-lines"'))
    words = criteria / "text" / "en.json"
    try:
        with pytest.raises(DocumentInvalid, match=r"text/en\.json#/reasons/my-two-lines"):
            load_criteria(criteria / "sets" / "us-fda")

        own = copy.deepcopy(bodies[words])
        own["reasons"]["my-two-lines"] = {"met": "m", "not-met": "One line more.", "unknown": "u"}
        words.write_text(json.dumps(own))
        person = {
            "age_years": 60,
            "diagnosis": "chronic-lymphocytic-leukemia",
            "disease_status": "relapsed",
            "prior_lines": 1,
        }
        said = screen(person, load_criteria(criteria / "sets" / "us-fda"), "2026-11-22").to_dict()
        assert "One line more." in [reason["text"] for reason in said["findings"]["prior-lines"]["reasons"]]
    finally:
        path.write_text(json.dumps(bodies[path]))
        words.write_text(json.dumps(bodies[words]))
