"""A screening is written, part by part, as the whole of it would be: whoever was screened before."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import to_json
from strategies import AS_OF, SETS, example_answers, examples, stated_answers

from cart_screen import screen
from cart_screen.catalog.loading import own_set
from cart_screen.errors import LanguageUnknown
from cart_screen.texts import Audience
from cart_screen.web import writing
from cart_screen.web.writing import Writer

# Before the first use, in an earlier version of the criteria, and now.
DAYS = ("2016-01-01", "2021-06-01", AS_OF)
CONFLICTING = {"age_years": 60, "sex": "male", "pregnant": True, "diagnosis": "multiple-myeloma"}
# A number that decides, and that stands in no document.
ODD = {"age_years": 61, "diagnosis": "multiple-myeloma", "bilirubin": 9.34375}

USED = Writer()


def whole(screening, audience):
    return to_json(screening.to_dict("en", audience))


def parts(writer):
    return [part for written in writer._written.values() for part in written._parts.values()]


@given(st.data())
@examples(60)
def test_it_is_written_as_the_whole_would_be_after_anybody_and_after_nobody(data):
    name = data.draw(st.sampled_from(SETS))
    answers = data.draw(stated_answers(name))
    audience = data.draw(st.sampled_from(Audience))
    screening = screen(answers, name, data.draw(st.sampled_from(DAYS)))
    expected = whole(screening, audience)

    assert USED.write(screening, "en", audience) == expected
    assert Writer().write(screening, "en", audience) == expected


@pytest.mark.parametrize("name", SETS)
def test_every_example_is_written_as_the_whole_would_be(name):
    found = [screen(answers, name, AS_OF) for answers in example_answers(name)[::25]]

    assert [USED.write(one, "en", Audience.CHILD) for one in found] == [whole(one, Audience.CHILD) for one in found]


def test_answers_that_contradict_each_other_are_written_too():
    screening = screen(CONFLICTING, "us-fda", AS_OF)

    assert screening.conflicts
    assert USED.write(screening, "en", Audience.PATIENT) == whole(screening, Audience.PATIENT)


def test_nobodys_answers_are_kept():
    writer = Writer()
    said = writer.write(screen(ODD, "us-fda", AS_OF), "en", Audience.PATIENT)
    kept = b"".join(part.before + part.after for part in parts(writer))

    assert b"9.34375" in said
    assert b"9.34375" not in kept
    # What a part is about are objects of the criteria, or the statuses of an indication.
    assert "9.34375" not in repr([part.about for part in parts(writer)])


def test_who_was_told_what_leaves_nothing_behind():
    """The parts of two people are those of both, in whatever order they came."""
    people = [screen(answers, "us-fda", AS_OF) for answers in example_answers("us-fda")[::40]]
    one, other = Writer(), Writer()
    for screening in people:
        one.write(screening, "en", Audience.PATIENT)
    for screening in reversed(people):
        other.write(screening, "en", Audience.PATIENT)

    assert sorted(part.before for part in parts(one)) == sorted(part.before for part in parts(other))


def test_what_is_kept_is_bounded_in_bytes_and_in_number(monkeypatch):
    monkeypatch.setattr(writing, "MOST_BYTES", 120_000)
    monkeypatch.setattr(writing, "MOST_PARTS", 150)
    writer, first = Writer(), date.fromisoformat(AS_OF)
    sizes, wrong = [], []
    for number, answers in enumerate(example_answers("us-fda")[::20]):
        screening = screen(answers, "us-fda", first - timedelta(days=number))
        if writer.write(screening, "en", Audience.PATIENT) != whole(screening, Audience.PATIENT):
            wrong.append(number)
        kept = parts(writer)
        sizes.append((sum(len(part.before) + len(part.after) for part in kept), len(kept)))

    assert wrong == []
    assert 60_000 < max(size for size, _ in sizes) <= 120_000
    assert max(count for _, count in sizes) <= 150


def test_a_language_that_a_set_has_no_words_in_is_refused():
    with pytest.raises(LanguageUnknown):
        Writer().write(screen({}, own_set("us-fda"), AS_OF), "xx", Audience.PATIENT)
