"""Strict reading of answer documents: whatever the bytes, answers or one sentence that says what is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cart_screen.answers.absent import AbsentReason
from cart_screen.answers.given import FORMAT, Answers
from cart_screen.answers.reading import LARGEST_DOCUMENT, read_answers, read_checked_answers
from cart_screen.catalog.loading import own_set
from cart_screen.errors import AnswersInvalid, AnswersUnreadable, CartScreenError

WHERE = "answers.json"


def exchange(**parts: object) -> bytes:
    return json.dumps({"format": FORMAT, **parts}).encode()


class TestWhatIsRead:
    """Flat JSON and the exchange form."""

    def test_flat_answers(self):
        """Keyed by question id, nothing coerced."""
        answers = read_answers(b'{"age_years": 61, "bilirubin": 0.5, "hiv": false, "sex": "male"}', WHERE)

        assert answers == Answers({"age_years": 61, "bilirubin": 0.5, "hiv": False, "sex": "male"})
        assert answers.values["hiv"] is False

    def test_null_is_asked_and_not_known_and_an_absent_key_is_not_asked(self):
        """The two are told apart."""
        answers = read_answers(b'{"ecog": null}', WHERE)

        assert answers.absent == {"ecog": AbsentReason.ASKED_UNKNOWN}
        assert not answers.mentions("karnofsky")

    def test_no_answer_at_all(self):
        """An empty record is a record."""
        assert read_answers(b"{}", WHERE) == Answers()
        assert read_answers(exchange(), WHERE) == Answers()

    def test_the_exchange_form(self):
        """With the reasons for absent answers."""
        text = exchange(answers={"ecog": 1}, absent={"hiv": "asked-declined"})

        assert read_answers(text, WHERE) == Answers({"ecog": 1}, {"hiv": "asked-declined"})

    def test_a_byte_order_mark_is_passed_over(self):
        """Some editors write one."""
        assert read_answers(b'\xef\xbb\xbf{"ecog": 1}', WHERE) == Answers({"ecog": 1})

    def test_space_around_is_passed_over(self):
        """As JSON says."""
        assert read_answers(b'\r\n\t {"ecog": 1} \n', WHERE) == Answers({"ecog": 1})

    def test_a_document_as_large_as_allowed_is_read(self):
        """The bound itself is inside."""
        text = b'{"ecog": 1}'.ljust(LARGEST_DOCUMENT)

        assert read_answers(text, WHERE) == Answers({"ecog": 1})

    def test_a_whole_number_of_many_digits_is_kept_exactly(self):
        """The dictionary's bounds stop it later."""
        assert read_answers(b'{"anc": 9007199254740993}', WHERE).values["anc"] == 9007199254740993


UNREADABLE = {
    "not JSON": (b"age: 61", "not JSON at line 1, column 1"),
    "JSON cut short": (b'{"ecog": 1', "not JSON at line 1"),
    "something after the object": (b'{"ecog": 1} {}', "not JSON at line 1, column 13"),
    "a comment": (b'{"ecog": 1} // mine', "not JSON"),
    "a trailing comma": (b'{"ecog": 1,}', "not JSON"),
    "single quotes": (b"{'ecog': 1}", "not JSON"),
    "a control character in a text": (b'{"sex": "ma\nle"}', "not JSON"),
    "a list": (b'[{"ecog": 1}]', "a list stands where an object of answers is needed"),
    "a text": (b'"ecog"', "a text stands where"),
    "a number": (b"61", "a number stands where"),
    "a fraction": (b"6.1", "a number stands where"),
    "a yes": (b"true", "a yes/no value stands where"),
    "null": (b"null", "null stands where"),
    "nothing": (b"", "empty"),
    "only space": (b" \r\n\t ", "empty"),
    "only a byte order mark": (b"\xef\xbb\xbf", "empty"),
    "a byte too many": (b" " * (LARGEST_DOCUMENT + 1), "1,000,001 bytes are too many"),
    "ten megabytes": (b'{"ecog": "' + b"x" * 10_000_000 + b'"}', "bytes are too many"),
    "deep lists": (b"[" * 100_000, "nested too deeply"),
    "deep objects": (b'{"a":' * 100_000, "nested too deeply"),
    "deep and closed": (b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested too deeply"),
    "an answer twice": (b'{"ecog": 1, "sex": "male", "ecog": 2}', '"ecog" is given twice'),
    "an answer twice with one value": (b'{"ecog": 1, "ecog": 1}', '"ecog" is given twice'),
    "an answer twice in the exchange form": (
        b'{"format": "' + FORMAT.encode() + b'", "answers": {"ecog": 1, "ecog": 2}}',
        '"ecog" is given twice',
    ),
    "a key twice by an escape": (b'{"ecog": 1, "\\u0065cog": 2}', '"ecog" is given twice'),
    "NaN": (b'{"bilirubin": NaN}', "NaN is no JSON number"),
    "Infinity": (b'{"bilirubin": Infinity}', "Infinity is no JSON number"),
    "-Infinity": (b'{"bilirubin": -Infinity}', "-Infinity is no JSON number"),
    "ten thousand digits": (b'{"anc": ' + b"9" * 10_000 + b"}", "a number that is too long"),
    "UTF-16 with a mark": ('{"ecog": 1}'.encode("utf-16"), "the byte at position 0 is not UTF-8"),
    "UTF-16 without a mark": ('{"ecog": 1}'.encode("utf-16-le"), "not JSON"),
    "a broken byte": (b'{"sex": "m\xe4nnlich"}', "the byte at position 10 is not UTF-8"),
    "another format": (b'{"format": "cart-screen-answers/2", "answers": {}}', '"cart-screen-answers/2"'),
    "a format that is no text": (b'{"format": 1, "answers": {}}', "the format is 1"),
    "a format that is null": (b'{"format": null}', "the format is null"),
    "a format that is a list": (b'{"format": []}', "the format is a list"),
    "an unknown key in the exchange form": (exchange(answers={}, anwsers={}), 'the key "anwsers" is not known'),
    "an answer beside the exchange form": (exchange(ecog=1), 'the key "ecog" is not known'),
    "answers that are a list": (exchange(answers=[]), '"answers" is a list'),
    "answers that are null": (exchange(answers=None), '"answers" is null'),
    "answers that are a text": (exchange(answers="x"), '"answers" is a text'),
    "reasons that are a list": (exchange(absent=[]), '"absent" is a list'),
    "units that are a list": (exchange(units=[]), '"units" is a list'),
    "units that are null": (exchange(units=None), '"units" is null'),
    "units where no dictionary converts them": (exchange(units={"creatinine": "umol/L"}), '"units" stand in it'),
}


@pytest.mark.parametrize(("text", "found"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read(text, found):
    """One sentence: where, what was found, what to do."""
    with pytest.raises(AnswersUnreadable) as raised:
        read_answers(text, WHERE)

    assert found in raised.value.found
    assert raised.value.where == WHERE
    assert raised.value.todo
    assert str(raised.value) == f"{WHERE}: {raised.value.found}. {raised.value.todo}"
    assert len(str(raised.value)) < 400


INVALID = {
    "a number beyond every float": (b'{"bilirubin": 1e999}', "bilirubin", "inf"),
    "a number below every float": (b'{"bilirubin": -1e999}', "bilirubin", "-inf"),
    "a list": (b'{"ecog": [1]}', "ecog", "a list"),
    "an object": (b'{"ecog": {"value": 1}}', "ecog", "an object"),
    "an unknown reason": (exchange(absent={"ecog": "forgot"}), "ecog", 'the reason "forgot"'),
    "a reason that is null": (exchange(absent={"ecog": None}), "ecog", "the reason null"),
    "a value and a reason": (exchange(answers={"ecog": 1}, absent={"ecog": "not-asked"}), "ecog", "both a value"),
}


@pytest.mark.parametrize(("text", "question", "found"), INVALID.values(), ids=INVALID)
def test_what_is_no_answer(text, question, found):
    """The question is named, with what was found."""
    with pytest.raises(AnswersInvalid) as raised:
        read_answers(text, WHERE)

    (problem,) = raised.value.problems
    assert problem.question == question
    assert found in problem.found


DICTIONARY = own_set("us-fda").reading.dictionary


def checked(**parts: object) -> Answers:
    return read_checked_answers(exchange(**parts), WHERE, DICTIONARY)


class TestUnits:
    """The exchange form may name the unit of a number; answers are canonical."""

    def test_a_value_is_converted(self):
        """By its UCUM code, or as sheets write it; a value without a unit is canonical."""
        answers = checked(
            answers={"creatinine": 88.4, "bilirubin": 17.104, "platelets": 90000, "weight_kg": 70, "anc": 1.5},
            units={"creatinine": "umol/L", "bilirubin": "µmol/l", "platelets": "/uL", "weight_kg": "kg"},
        )

        assert answers == Answers({"creatinine": 1, "bilirubin": 1, "platelets": 90, "weight_kg": 70, "anc": 1.5})

    def test_what_is_read_has_no_units_any_more(self):
        """Saved answers are canonical, and mean the same when they are read again."""
        answers = checked(answers={"creatinine": 133}, units={"creatinine": "umol/L"})

        assert "units" not in answers.to_dict()
        assert checked(**{k: v for k, v in answers.to_dict().items() if k != "format"}) == answers

    def test_documents_without_units_are_read_as_before(self):
        """Flat or not."""
        assert read_checked_answers(b'{"creatinine": 1.5, "hiv": null}', WHERE, DICTIONARY) == Answers(
            {"creatinine": 1.5, "hiv": None}
        )
        assert checked(units={}) == Answers()
        assert read_answers(exchange(answers={"ecog": 1}, units={}), WHERE) == Answers({"ecog": 1})

    @pytest.mark.parametrize(
        "absence", [{"answers": {}}, {"answers": {"creatinine": None}}, {"absent": {"creatinine": "asked-declined"}}]
    )
    def test_a_unit_of_an_answer_that_is_missing_says_nothing(self, absence):
        """A form may name the units of all its fields."""
        assert "creatinine" not in checked(units={"creatinine": "umol/L"}, **absence).values

    @pytest.mark.parametrize(
        ("value", "unit", "question", "found", "allowed"),
        [
            (133, "mmol/L", "creatinine", 'the unit "mmol/L"', "mg/dL or µmol/L"),
            (133, None, "creatinine", "the unit null", "mg/dL or µmol/L"),
            (133, 1, "creatinine", "the unit 1", "mg/dL or µmol/L"),
            (133, ["umol/L"], "creatinine", "the unit a list", "mg/dL or µmol/L"),
            (None, "mmol/L", "creatinine", 'the unit "mmol/L"', "mg/dL or µmol/L"),
            (
                5000, "umol/L", "creatinine", '5000 with the unit "umol/L"',
                "a number from 0.1 to 40 mg/dL (8.84 to 3536 µmol/L)",
            ),
            ("133", "umol/L", "creatinine", '"133"', "a number from 0.1 to 40 mg/dL (8.84 to 3536 µmol/L)"),
            (True, "umol/L", "creatinine", "true", "a number from 0.1 to 40 mg/dL (8.84 to 3536 µmol/L)"),
            (10**400, "/uL", "anc", "a number of 1329 bits", DICTIONARY.questions["anc"].allowed),
            (60, "mL/min/{1.73_m2}", "creatinine_clearance", 'the unit "mL/min/{1.73_m2}"', "mL/min"),
            ("male", "kg", "sex", 'the unit "kg"', "no unit"),
            ("ecog", "kg", "performance_scale", 'the unit "kg"', "no unit"),
            (None, "kg", "weight", "a unit for an unknown question", "a question id of the dictionary"),
        ],
        ids=str,
    )  # fmt: skip
    def test_a_unit_that_is_not_accepted_is_refused(self, value, unit, question, found, allowed):
        """With question, what was found and what is accepted, and once."""
        given = {} if value is None else {question: value}
        with pytest.raises(AnswersInvalid) as raised:
            checked(answers=given, units={question: unit})

        (problem,) = raised.value.problems
        assert (problem.question, problem.found, problem.allowed) == (question, found, allowed)

    def test_every_problem_is_listed_at_once(self):
        """Of units, answers and reasons."""
        with pytest.raises(AnswersInvalid) as raised:
            checked(
                answers={"creatinine": 5, "bilirubin": 5000, "anc": [1], "weight": 70, "ecog": 9},
                absent={"hiv": "forgot"},
                units={"creatinine": "mol", "bilirubin": "umol/L", "weight": "kg"},
            )

        assert [problem.question for problem in raised.value.problems] == [
            "creatinine", "bilirubin", "anc", "hiv", "weight", "ecog",
        ]  # fmt: skip

    def test_what_cannot_be_read_at_all_is_refused_first(self):
        """As without a dictionary."""
        with pytest.raises(AnswersUnreadable):
            read_checked_answers(b"[]", WHERE, DICTIONARY)


def outcome(data: bytes, read: Callable[[bytes, str], Answers] = read_answers) -> Answers | str:
    """Read a document; give the sentence of the error where it is one of ours. Any other exception is a fault."""
    try:
        return read(data, WHERE)
    except CartScreenError as error:
        return str(error)


@settings(deadline=None, max_examples=300)
@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")))
@example(b'{"a": "\\ud800"}')
@example(b"\x00")
@example(b'{"": 0}')
def test_any_bytes_are_answers_or_an_error_of_ours(data):
    """No other exception leaves the reader, and every error says something."""
    assert outcome(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@settings(deadline=None, max_examples=300)
@given(JSON)
def test_any_json_is_answers_or_an_error_of_ours(value):
    """Python's own JSON, NaN and infinities included; what is read is what was written."""
    found = outcome(json.dumps(value).encode())

    assert isinstance(found, str) or {**found.values, **dict.fromkeys(found.absent)} == value


@settings(deadline=None, max_examples=300)
@given(st.dictionaries(st.sampled_from([*DICTIONARY.questions, "weight"]), JSON, max_size=4), JSON, JSON)
def test_any_answers_with_any_units_are_answers_or_an_error_of_ours(answers, unit, parts):
    """And what is read is what the dictionary allows."""
    units = dict.fromkeys(answers, unit) if not isinstance(parts, dict) else parts
    document = exchange(answers=answers, units=units)
    found = outcome(document, lambda data, where: read_checked_answers(data, where, DICTIONARY))

    assert found if isinstance(found, str) else DICTIONARY.problems(found) == ()
