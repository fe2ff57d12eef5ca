"""A saved interview as a document: what was saved is what is read, and nothing else is taken for it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples, values_of

from cart_screen.answers.absent import AbsentReason
from cart_screen.answers.given import Answers
from cart_screen.answers.reading import LARGEST_DOCUMENT
from cart_screen.catalog.directory import own_criteria
from cart_screen.catalog.loading import own_set
from cart_screen.cli.exits import exit_of
from cart_screen.errors import AnswersInvalid, AnswersUnreadable
from cart_screen.formats.published import file_of
from cart_screen.inquiry import Depth
from cart_screen.nouns import replace
from cart_screen.saving.document import FORMAT, from_document, to_document
from cart_screen.saving.saved import PlainAnswers, Saved
from cart_screen.texts import Audience

from .interviews import DAY, NOW, everything, interview, questions

SCHEMA = jsonschema.Draft202012Validator(json.loads((own_criteria() / "schema" / file_of("saved")).read_text("utf-8")))
WHERE = "interview.json"


@st.composite
def any_answers(draw: st.DrawFn) -> Answers:
    """Draw any answers and absent reasons, in any order."""
    order = draw(st.permutations(list(questions())))
    absent = {id: draw(st.sampled_from(AbsentReason)) for id in order[: draw(st.integers(0, 8))]}
    values = {id: draw(values_of(id)) for id in order[len(absent) :][: draw(st.integers(0, 30))]}
    return Answers(values, absent)


@st.composite
def interviews(draw: st.DrawFn) -> Saved:
    """Draw any interview that can be saved."""
    answers = draw(any_answers())
    return interview(
        answers,
        day=draw(st.dates(date(2000, 1, 1), date(2099, 12, 31))),
        named=draw(st.sampled_from(["us-fda", "/a/folder with spaces", "/Ordner/äöü/☃"]) | st.text(min_size=1)),
        is_dated=draw(st.booleans()),
        depth=draw(st.sampled_from(Depth)),
        audience=draw(st.sampled_from(Audience)),
        asked=draw(st.permutations([*answers.values, *answers.absent])),
        now=draw(st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=-9, minutes=-30))]))),
    )


def read(document: Any) -> Saved | PlainAnswers:
    return from_document(json.dumps(document).encode(), WHERE)


def sample(**changed: Any) -> dict[str, Any]:
    """Give the JSON of an interview, with some of it changed."""
    saved = interview({"age_years": 61, "ecog": None, "bilirubin": 1.2, "diagnosis": "follicular-lymphoma"})
    document: dict[str, Any] = json.loads(to_document(saved))
    return {**document, **changed}


class TestRoundTrip:
    """From an interview to bytes and back, and from bytes to an interview and back."""

    @examples(60)
    @given(saved=interviews())
    def test_what_was_saved_is_what_is_read(self, saved):
        """Whatever the answers and reasons; equal, of the same types, and in the same order."""
        text = to_document(saved)
        found = from_document(text, WHERE)

        assert found == saved
        assert to_document(found) == text
        assert list(found.answers.values.items()) == list(saved.answers.values.items())
        assert [type(one) for one in found.answers.values.values()] == [
            type(one) for one in saved.answers.values.values()
        ]
        assert list(found.answers.absent) == list(saved.answers.absent)
        assert found.asked == saved.asked
        SCHEMA.validate(json.loads(text))

    def test_the_document_is_the_one_that_is_published(self):
        """Each key as the contract names it; what was not said is left out."""
        assert sample() == {
            "format": "cart-screen-saved/1",
            "notice": own_set("us-fda").texts["en"]["terminal"]["holds-health-data"],
            "library": interview({}).library,
            "saved": "2026-11-22T09:30:00.250000Z",
            "criteria": "us-fda",
            "dictionary": own_set("us-fda").reading.dictionary.version,
            "documents": [found.document for found in own_set("us-fda").in_force(DAY)],
            "depth": "settle",
            "audience": "patient",
            "answers": {"age_years": 61, "bilirubin": 1.2, "diagnosis": "follicular-lymphoma"},
            "absent": {"ecog": "asked-unknown"},
            "units": {"age_years": "a", "bilirubin": "mg/dL"},
            "asked": ["age_years", "bilirubin", "diagnosis", "ecog"],
        }
        assert json.loads(to_document(interview({}, is_dated=True)))["as_of"] == "2026-11-22"

    def test_it_says_that_it_holds_health_data(self):
        """In the third line, where whoever opens it looks."""
        assert "health" in to_document(interview(everything())).decode().splitlines()[2]

    def test_whom_the_words_speak_to_is_kept(self):
        """The depth as well."""
        saved = interview({}, audience=Audience.CHILD, depth=Depth.COMPLETE)

        found = from_document(to_document(saved), WHERE)
        assert (found.audience, found.depth) == (Audience.CHILD, Depth.COMPLETE)

    def test_a_question_is_asked_once_in_the_order(self):
        """However often somebody came back to it."""
        assert interview({"ecog": 1}, asked=["ecog", "age_years", "ecog"]).asked == ("ecog", "age_years")

    def test_a_path_that_is_no_text_costs_no_answer(self):
        """The criteria have to be named again; everything else is read."""
        saved = interview(everything(), named="/criteria/\udcff")

        assert from_document(to_document(saved), WHERE) == replace(saved, criteria="/criteria/?")

    def test_what_an_editor_puts_before_a_text_is_no_part_of_it(self):
        """A byte order mark."""
        assert from_document(b"\xef\xbb\xbf" + to_document(interview({"ecog": 1})), WHERE) == interview({"ecog": 1})

    def test_no_answer_is_shown_by_accident(self):
        """Neither the answers nor which questions were asked."""
        for held in (interview({"ecog": 3}), PlainAnswers(Answers({"ecog": 3}), {"ecog": "1"})):
            assert "ecog" not in repr(held)


class TestAnswersAlone:
    """A file that says nothing of an interview."""

    def test_flat_answers(self):
        """Null is asked and not known."""
        assert read({"ecog": 1, "lvef": None}) == PlainAnswers(Answers({"ecog": 1}, {"lvef": "asked-unknown"}), {})

    def test_the_exchange_form(self):
        """With units of its own."""
        document = {
            "format": "cart-screen-answers/1", "answers": {"bilirubin": 20}, "absent": {"sex": "asked-declined"},
            "units": {"bilirubin": "umol/L"},
        }  # fmt: skip

        answers = Answers({"bilirubin": 20}, {"sex": "asked-declined"})
        assert read(document) == PlainAnswers(answers, {"bilirubin": "umol/L"})

    @pytest.mark.parametrize("value", [[1], {"value": 1}, []], ids=str)
    def test_what_is_no_answer_is_refused(self, value):
        """As everywhere."""
        with pytest.raises(AnswersInvalid):
            read({"ecog": value})


def nested(levels: int) -> str:
    return "[" * levels + "]" * levels


class TestHostile:
    """Whatever is in the file, it is read as what it is or refused in one sentence."""

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            (b"", "it is empty"),
            (b" \n", "it is empty"),
            (b"{", "it is not JSON"),
            (b"[]", "a list stands where"),
            (b"null", "null stands where"),
            (b"\xff\xfe{\x00}\x00", "is not UTF-8"),
            (b'{"format": "cart-screen-saved/1", "format": "cart-screen-saved/1"}', "is given twice"),
            (b'{"format": "cart-screen-saved/1", "answers": {"a": 1, "a": 1}}', "is given twice"),
            (b'{"format": "cart-screen-saved/1", "answers": {"a": NaN}}', "NaN is no JSON number"),
            (b'{"format": "cart-screen-saved/1", "answers": {"a": -Infinity}}', "-Infinity is no JSON number"),
            (
                b'{"format": "cart-screen-saved/1", "answers": {"a": ' + b"9" * 5_000 + b"}}",
                "a number that is too long",
            ),
            (b'{"format": "cart-screen-saved/1", "a": ' + nested(100_000).encode() + b"}", "nested too deeply"),
            (b'{"format": "cart-screen-saved/2"}', 'the format is "cart-screen-saved/2"'),
            (b'{"format": "cart-screen-record/1"}', 'the format is "cart-screen-record/1"'),
            (b'{"format": null}', "the format is null"),
            (b'{"format": ["cart-screen-saved/1"]}', "the format is a list"),
            (b'{"format": "cart-screen-answers/1", "more": 1}', 'the key "more" is not known'),
            (b" " * (LARGEST_DOCUMENT + 1), "bytes are too many"),
        ],
        ids=lambda value: str(value)[:60],
    )
    def test_what_is_no_document_of_ours(self, text, found):
        """The sentence says what is wrong with it."""
        with pytest.raises(AnswersUnreadable) as raised:
            from_document(text, WHERE)

        assert found in str(raised.value)
        assert str(raised.value).startswith(WHERE)
        assert exit_of(raised.value) == 65

    @pytest.mark.parametrize("key", [key for key in sample() if key not in ("format", "units", "asked")])
    def test_a_key_that_is_missing(self, key):
        """It is named."""
        document = sample()
        del document[key]

        with pytest.raises(AnswersUnreadable, match=f"/{key} must be this key"):
            read(document)

    @pytest.mark.parametrize(
        ("changed", "pointer"),
        [
            ({"more": 1}, "/more"),
            ({"saved": "yesterday"}, "/saved"),
            ({"saved": "2026-11-22"}, "/saved"),
            ({"saved": "2026-13-22T00:00:00Z"}, "/saved"),
            ({"saved": "0001-01-01T00:00:00+23:00"}, "/saved"),
            ({"saved": 7}, "/saved"),
            ({"as_of": "today"}, "/as_of"),
            ({"as_of": None}, "/as_of"),
            ({"criteria": ""}, "/criteria"),
            ({"criteria": ["us-fda"]}, "/criteria"),
            ({"dictionary": "1"}, "/dictionary"),
            ({"documents": ["kymriah-b-all"]}, "/documents/0"),
            ({"documents": "urn:cart-screen:us-fda:kymriah-b-all:1.0.0"}, "/documents"),
            ({"depth": "deep"}, "/depth"),
            ({"audience": "everybody"}, "/audience"),
            ({"answers": []}, "/answers"),
            ({"answers": {"ecog": [1]}}, "/answers/ecog"),
            ({"answers": {"ecog": None}}, "/answers/ecog"),
            ({"answers": {"ecog": 2**60}}, "/answers/ecog"),
            ({"answers": {"../ecog": 1}}, "/answers"),
            ({"absent": {"ecog": "lost"}}, "/absent/ecog"),
            ({"absent": {"ecog": None}}, "/absent/ecog"),
            ({"units": {"bilirubin": 1}}, "/units/bilirubin"),
            ({"asked": ["ecog", "ecog"]}, "/asked"),
            ({"asked": [1]}, "/asked/0"),
            ({"notice": "\ud800"}, "/notice"),
            ({"answers": {"ecog": 1e300}}, "/answers/ecog"),
            ({"answers": {f"a{number}": 1 for number in range(20_001)}}, "the whole"),
            ({"documents": json.loads(nested(100))}, "/documents/0"),
        ],
        ids=lambda value: str(value)[:60],
    )
    def test_a_document_that_was_changed(self, changed, pointer):
        """The place is named, and no answer is."""
        with pytest.raises(AnswersUnreadable) as raised:
            read(sample(**changed))

        assert f"{pointer}" in str(raised.value)
        assert "61" not in repr(raised.value)
        assert "follicular" not in repr(raised.value)

    def test_a_number_that_is_out_of_every_range_is_refused(self):
        """JSON can write what no number holds."""
        text = json.dumps(sample()).replace("1.2", "1e999").encode()
        with pytest.raises(AnswersUnreadable, match="/answers/bilirubin must be a number that JSON has"):
            from_document(text, WHERE)

    def test_an_answer_that_is_also_absent(self):
        """One of the two is wrong."""
        with pytest.raises(AnswersInvalid) as raised:
            read(sample(absent={"age_years": "asked-unknown"}))
        assert [problem.question for problem in raised.value.problems] == ["age_years"]

    @examples(100)
    @given(text=st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
    def test_any_bytes_are_refused_or_are_answers_alone(self, text):
        """No other error than one of ours."""
        try:
            found = from_document(text, WHERE)
        except (AnswersInvalid, AnswersUnreadable):
            return

        assert isinstance(found, PlainAnswers)

    @examples(100)
    @given(data=st.data())
    def test_a_damaged_file_is_refused_or_reads_as_what_it_says(self, data):
        """A byte changed, a part cut away or written twice."""
        whole = to_document(interview({"age_years": 61, "ecog": None, "bilirubin": 1.2}, now=NOW))
        start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(whole))] * 2)))
        damaged = whole[:start] + data.draw(st.sampled_from([b"", whole[start:end] * 2, b"\0", b"7"])) + whole[end:]
        try:
            found = from_document(damaged, WHERE)
        except (AnswersInvalid, AnswersUnreadable):
            return

        assert isinstance(found, Saved)
        assert from_document(to_document(found), WHERE) == found


def test_the_format_is_the_published_one():
    """A change of the one is a change of the other."""
    assert SCHEMA.schema["properties"]["format"]["const"] == FORMAT
    assert SCHEMA.schema["properties"]["depth"]["enum"] == list(Depth)
    assert SCHEMA.schema["properties"]["audience"]["enum"] == list(Audience)


def test_the_moment_is_given_and_not_looked_up():
    """In any zone: it is written in UTC."""
    moment = datetime(2026, 11, 22, 10, 30, 0, 250_000, timezone(timedelta(hours=1)))

    assert to_document(interview({}, now=moment)) == to_document(interview({}, now=NOW))
