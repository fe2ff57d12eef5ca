"""Numbers as they are typed at a question, with a unit or without."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cart_screen import load_criteria
from cart_screen.terminal.numbers import number_reply, other_units, refusal, taken_as
from cart_screen.terminal.prompting import Given, GoesBack, NotKnown, WantsReason
from cart_screen.texts import Texts

CRITERIA = load_criteria()
QUESTIONS = CRITERIA.reading.dictionary.questions
TEXTS = Texts(CRITERIA)
MEASURED = [question for question in QUESTIONS.values() if question.units]


def refused(typed, question):
    unit = TEXTS.find("questions", question, "unit")
    return refusal(typed, QUESTIONS[question], unit, TEXTS)


@pytest.mark.parametrize(
    ("question", "typed", "value"),
    [
        ("creatinine", "1.5", 1.5),
        ("creatinine", "1.5 mg/dL", 1.5),
        ("creatinine", "1.5mg/dl", 1.5),
        ("creatinine", "132.6 umol/L", 1.5),
        ("creatinine", "132.6µmol/l", 1.5),
        ("creatinine", " 132.6  UMOL / L ", 1.5),
        ("bilirubin", "34.208 μmol/L", 2.0),
        ("anc", "1.5", 1.5),
        ("anc", "1.5 x10^9/L", 1.5),
        ("anc", "1.5 10*9/l", 1.5),
        ("anc", "1500/µL", 1.5),
        ("anc", "1500 cells per microliter", 1.5),
        ("platelets", "90 K/uL", 90),
        ("platelets", "90 thousand per microliter", 90),
        ("weight_kg", "70 kg", 70),
        ("weight_kg", "150 lb", 68.0388555),
        ("weight_kg", "150pounds", 68.0388555),
        ("age_years", "61", 61),
        ("age_years", "61 years", 61),
        ("lvef", "55%", 55),
        ("lvef", "55 percent", 55),
        ("months_first_line_to_relapse", "1.5 years", 18.0),
        ("ast_times_uln", "2 x ULN", 2),
        ("prior_lines", "2", 2),
    ],
)
def test_a_number_is_read_in_the_unit_that_is_typed(question, typed, value):
    reply = number_reply(typed, QUESTIONS[question])

    assert reply == Given(value)
    assert isinstance(reply.value, int) == isinstance(value, int)


@pytest.mark.parametrize(
    ("question", "typed"),
    [
        ("creatinine", "133"),
        ("creatinine", "5000 umol/L"),
        ("creatinine", "133 mmol/L"),
        ("creatinine", "133 umol"),
        ("creatinine", "umol/L 133"),
        ("creatinine", "umol/L"),
        ("creatinine", "1,5"),
        ("creatinine", "1,5 mg/dL"),
        ("creatinine", "1 5"),
        ("creatinine", "1e1"),
        ("creatinine", "1.5.5"),
        ("creatinine", "-1.5 mg/dL"),
        ("creatinine", "about 1.5"),
        ("creatinine", "<1.5"),
        ("creatinine", "1.5 or 133 umol/L"),
        ("creatinine", "1.5 mg/dL\x00"),
        ("creatinine", "1.5 " + "m" * 500),
        ("creatinine", ""),
        ("creatinine_clearance", "60 mL/min/1.73m2"),
        ("age_years", "61.5 years"),
        ("age_years", "12 months"),
        ("prior_lines", "2 lines"),
        ("anc", "9010^9/L"),
    ],
)
def test_what_is_no_number_of_the_question_is_not_read(question, typed):
    assert number_reply(typed, QUESTIONS[question]) is None
    assert "Please type a " in refused(typed, question)


@pytest.mark.parametrize(("typed", "kind"), [("d", NotKnown), (" D ", NotKnown), ("?", WantsReason), ("b", GoesBack)])
def test_a_key_is_no_unit(typed, kind):
    assert isinstance(number_reply(typed, QUESTIONS["creatinine"]), kind)
    assert number_reply(f"1.5 {typed.strip()}", QUESTIONS["creatinine"]) is None


@pytest.mark.parametrize(
    ("question", "typed", "said"),
    [
        (
            "creatinine", "133",
            "Please type a number from 0.1 to 40 mg/dL. For example: 10. "
            "You can also type it with its unit: 8.84 to 3536 µmol/L. "
            "133 would be in range in µmol/L. If that is your unit, type 133 umol/L.",
        ),
        (
            "creatinine", "5000 µmol/l",
            "Please type a number from 0.1 to 40 mg/dL. For example: 10. "
            "You can also type it with its unit: 8.84 to 3536 µmol/L.",
        ),
        (
            "creatinine", "133 mmol/L",
            'We cannot read "mmol/L" as a unit here. Please type a number from 0.1 to 40 mg/dL. For example: 10. '
            "You can also type it with its unit: 8.84 to 3536 µmol/L.",
        ),
        (
            "platelets", "90000",
            "Please type a number from 0 to 5000 thousand per microliter (10*9/L). For example: 1250. "
            "You can also type it with its unit: 0 to 5000 x10^9/L or 0 to 5000000 /µL. "
            "90000 would be in range in /µL. If that is your unit, type 90000 /uL.",
        ),
        ("lvef", "0.55", "Please type a number from 5 to 90 %. For example: 26."),
        ("age_years", "130", "Please type a whole number from 0 to 120 years. For example: 30."),
        ("age_years", "1e2", "Please type a whole number from 0 to 120 years. For example: 30."),
        ("age_years", "\x1b[2J", "Please type a whole number from 0 to 120 years. For example: 30."),
    ],
)  # fmt: skip
def test_a_refusal_names_the_range_in_every_unit_and_never_guesses(question, typed, said):
    assert refused(typed, question) == said


def test_a_refusal_shows_no_control_character_of_what_was_typed():
    assert refused("5 \x1b[2J", "creatinine").startswith('We cannot read "\\x1b[2J" as a unit here.')


@pytest.mark.parametrize("question", [one for one in MEASURED if one.maximum], ids=lambda question: question.id)
def test_what_a_refusal_proposes_is_read(question):
    """The number that would be in range in another unit, typed as the sentence says."""
    number = f"{question.maximum + 1:g}"
    said = refused(number, question.id)
    proposed = [sentence.removesuffix(".") for sentence in said.split("type ")[1:] if sentence.startswith(number)]

    assert all(isinstance(number_reply(one, question), Given) for one in proposed)
    assert bool(proposed) == (len(question.units) > 1 and question.units[-1].multiply / question.units[-1].divide < 1)


@pytest.mark.parametrize("question", MEASURED, ids=lambda question: question.id)
def test_other_units_are_offered_where_there_are_any(question):
    said = other_units(question, TEXTS.find("questions", question.id, "unit"), TEXTS)

    assert bool(said) == (len(question.units) > 1)
    assert "{" not in said


def test_a_number_is_confirmed_in_its_canonical_unit_where_another_was_possible():
    creatinine = QUESTIONS["creatinine"]

    assert taken_as(number_reply("133 umol/L", creatinine), creatinine, TEXTS) == "We read this as 1.5 mg/dL."
    assert taken_as(number_reply("2", creatinine), creatinine, TEXTS) == "We read this as 2 mg/dL."
    assert taken_as(NotKnown(), creatinine, TEXTS) == ""
    assert taken_as(Given(55), QUESTIONS["lvef"], TEXTS) == ""


@given(
    st.sampled_from(MEASURED), st.text(max_size=30) | st.from_regex(r"[0-9]{1,4}(\.[0-9])? ?.{0,12}", fullmatch=True)
)
def test_any_text_is_a_reply_that_the_question_allows_or_is_refused(question, typed):
    reply = number_reply(typed, question)

    assert reply is None or not isinstance(reply, Given) or question.allows(reply.value)
    assert refused(typed, question.id)
