"""Numbers as they are typed at a question, with a unit or without."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cart_screen.answers.dictionary import Question
from cart_screen.answers.ranges import range_in
from cart_screen.answers.unit import Unit
from cart_screen.answers.units import to_canonical
from cart_screen.questionnaire import Questionnaire
from cart_screen.terminal.numbers import number_given, number_range, other_units, refusal, taken_as
from cart_screen.terminal.page import page_of
from cart_screen.terminal.prompting import Given, GoesBack, Keeps, NotKnown, Page, SwitchesUnit, WantsReason

from .sittings import criteria, voice_of

START = Questionnaire(criteria=criteria(), as_of="2026-11-22")
QUESTIONS = criteria().reading.dictionary.questions
TEXTS = voice_of(START).texts
MEASURED = [one for one in QUESTIONS.values() if one.units and not one.choices and not one.internal]


def page(question: str, unit: str = "") -> Page:
    """Give the page for a number, in its canonical unit or in another one by its UCUM code."""
    return page_of(START, START.screen_of([question]), TEXTS, number=1, preferred=[unit])


def pages() -> Iterator[Page]:
    """Give the pages of every measured question, one for each of its units."""
    for question in MEASURED:
        for unit in question.units:
            yield page(question.id, unit.code)


def named(shown: Page | Question | Unit) -> str:
    return f"{shown.question.id}-{shown.unit.code}" if isinstance(shown, Page) else getattr(shown, "id", "")


def refused(typed: str, question: str, unit: str = "") -> str:
    return refusal(typed, page(question, unit), TEXTS)


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
def test_a_number_is_read_in_the_unit_that_is_typed(question: str, typed: str, value: float) -> None:
    found = number_given(typed, page(question))

    assert found == Given(value)
    assert isinstance(found.value, int) == isinstance(value, int)


@pytest.mark.parametrize(
    ("question", "unit", "typed", "value"),
    [
        ("creatinine", "umol/L", "132.6", 1.5),
        ("creatinine", "umol/L", "1.5 mg/dL", 1.5),
        ("creatinine", "umol/L", "132.6 umol/l", 1.5),
        ("weight_kg", "[lb_av]", "150", 68.0388555),
        ("weight_kg", "[lb_av]", "70 kg", 70),
        ("platelets", "/uL", "90000", 90),
    ],
)
def test_a_number_alone_is_in_the_unit_that_was_switched_to(question: str, unit: str, typed: str, value: float) -> None:
    assert page(question, unit).unit.code == unit
    assert number_given(typed, page(question, unit)) == Given(pytest.approx(value))


@pytest.mark.parametrize("shown", list(pages()), ids=named)
def test_the_range_that_is_shown_is_the_range_that_is_taken(shown: Page) -> None:
    """Both ends are read, and what lies beyond them is refused; so is the example."""
    words = number_range(shown)
    low, high = float(words["low"]), float(words["high"])

    assert number_given(words["low"], shown) is not None
    assert number_given(words["high"], shown) is not None
    assert number_given(words["example"], shown) is not None
    assert number_given(f"{high * 1.001 + 1:.3f}", shown) is None
    assert low == 0 or number_given(f"{low * 0.99:.4f}", shown) is None


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
def test_what_is_no_number_of_the_question_is_not_read(question: str, typed: str) -> None:
    assert number_given(typed, page(question)) is None
    assert "Please type a " in refused(typed, question)


@pytest.mark.parametrize(
    ("typed", "kind"),
    [("d", NotKnown), (" D ", NotKnown), ("?", WantsReason), ("b", GoesBack), ("u", SwitchesUnit), ("U", SwitchesUnit)],
)
def test_a_key_is_no_unit(typed: str, kind: type) -> None:
    shown = page("creatinine")

    assert isinstance(shown.key(typed), kind)
    assert number_given(typed, shown) is None
    assert number_given(f"1.5 {typed.strip()}", shown) is None


def test_a_key_means_something_only_where_it_can_be_done() -> None:
    """A unit is switched where there is another one, and an answer kept where there is one."""
    answered = START.answer("age_years", 61)
    asked = page_of(answered, answered.screen_of(["age_years"]), TEXTS, number=2, preferred=())

    assert page("age_years").key("u") is None
    assert page("urgent_symptoms").key("u") is None
    assert page("age_years").key("k") is None
    assert isinstance(asked.key("k"), Keeps)


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
def test_a_refusal_names_the_range_in_every_unit_and_never_guesses(question: str, typed: str, said: str) -> None:
    assert refused(typed, question) == said


def test_a_refusal_after_a_switch_names_both_ranges() -> None:
    assert refused("1.5", "creatinine", "umol/L") == (
        "Please type a number from 8.84 to 3536 µmol/L. For example: 890. "
        "You can also type it with its unit: 0.1 to 40 mg/dL."
    )


def test_a_decimal_comma_is_refused_with_the_point() -> None:
    assert refused("1,5", "creatinine").count("If you mean a decimal number, type it with a point: 1.5.") == 1
    assert "with a point" not in refused("1,5", "age_years")


def test_a_refusal_shows_no_control_character_of_what_was_typed() -> None:
    assert refused("5 \x1b[2J", "creatinine").startswith('We cannot read "\\x1b[2J" as a unit here.')


@pytest.mark.parametrize("question", [one for one in MEASURED if one.maximum], ids=named)
def test_what_a_refusal_proposes_is_read(question: Question) -> None:
    """The number that would be in range in another unit, typed as the sentence says."""
    number = f"{question.maximum + 1:g}"
    said = refused(number, question.id)
    proposed = [sentence.removesuffix(".") for sentence in said.split("type ")[1:] if sentence.startswith(number)]

    assert all(number_given(one, page(question.id)) is not None for one in proposed)
    fits = [unit for unit in question.units[1:] if question.allows(to_canonical(question, float(number), unit.code))]
    assert len(proposed) == len(fits)


@pytest.mark.parametrize("shown", list(pages()), ids=named)
def test_other_units_are_offered_where_there_are_any(shown: Page) -> None:
    said = other_units(shown, TEXTS)

    assert bool(said) == (len(shown.question.units) > 1)
    assert said.startswith(f"A number alone means {shown.unit_label}.") or not said
    assert "{" not in said


@pytest.mark.parametrize("shown", list(pages()), ids=named)
def test_a_range_has_digits_that_can_be_typed(shown: Page) -> None:
    limits = range_in(shown.question.minimum, shown.question.maximum, shown.unit)

    assert limits is None or all("e" not in limit for limit in limits)


def test_a_number_is_confirmed_in_its_canonical_unit_where_another_was_possible() -> None:
    shown = page("creatinine")

    assert taken_as(number_given("133 umol/L", shown), shown.question, TEXTS) == "We read this as 1.5 mg/dL."
    assert taken_as(number_given("2", shown), shown.question, TEXTS) == "We read this as 2 mg/dL."
    assert taken_as(Given(55), QUESTIONS["lvef"], TEXTS) == ""


@given(
    st.sampled_from(list(pages())),
    st.text(max_size=30) | st.from_regex(r"[0-9]{1,4}(\.[0-9])? ?.{0,12}", fullmatch=True),
)
def test_any_text_is_a_number_that_the_question_allows_or_is_refused(shown: Page, typed: str) -> None:
    found = number_given(typed, shown)

    assert found is None or shown.question.allows(found.value)
    assert refusal(typed, shown, TEXTS)
