"""Values in other units: exact factors, one rounding, limits that convert too, and nothing guessed."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from cart_screen.answers.declaring import read_dictionary
from cart_screen.answers.dictionary import Question
from cart_screen.answers.ranges import range_in, ranges
from cart_screen.answers.ucum import code_typed, printed, typed
from cart_screen.answers.unit import Unit
from cart_screen.answers.units import in_unit, to_canonical, units_that_fit
from cart_screen.catalog.loading import own_set
from cart_screen.errors import AnswersInvalid

SHIPPED = own_set("us-fda").reading.dictionary
# Read a second time with decimals, so that what is expected does not rest on the reader that is tested.
DOCUMENT = json.loads(
    (Path(__file__).parents[2] / "criteria" / "answers" / f"{SHIPPED.version}.json").read_text("utf-8"),
    parse_float=Decimal,
)
OTHERS = [(question, unit) for question in SHIPPED.questions.values() for unit in question.units[1:]]
FACTORS = {
    (id, unit["code"]): Fraction(unit.get("multiply", 1)) / Fraction(unit.get("divide", 1))
    for id, body in DOCUMENT["properties"].items()
    for unit in body.get("x-unit", {}).get("accepted", ())
}
OTHER_IDS = [f"{question.id} in {unit.code}" for question, unit in OTHERS]


def question(id: str) -> Question:
    return SHIPPED.questions[id]


def problem_of(convert, *arguments) -> tuple[str, str, str]:
    with pytest.raises(AnswersInvalid) as raised:
        convert(*arguments)
    (problem,) = raised.value.problems
    return problem.question, problem.found, problem.allowed


class TestConversion:
    """Canonical value = value times the factor, rounded once."""

    @pytest.mark.parametrize(
        ("id", "value", "unit", "canonical"),
        [
            # FACTS.md E4
            ("creatinine", 88.4, "umol/L", 1.0),
            ("creatinine", 132.6, "umol/L", 1.5),
            ("creatinine", 133, "umol/L", 1.504524886877828),
            ("bilirubin", 17.104, "umol/L", 1.0),
            ("bilirubin", 34.208, "umol/L", 2.0),
            ("bilirubin", 0, "umol/L", 0.0),
            ("anc", 1500, "/uL", 1.5),
            ("anc", 1.5, "10*9/L", 1.5),
            ("platelets", 90000, "/uL", 90.0),
            ("platelets", 75, "10*9/L", 75),
            # UCUM
            ("weight_kg", 1, "[lb_av]", 0.45359237),
            ("weight_kg", 150, "[lb_av]", 68.0388555),
            ("months_first_line_to_relapse", 1, "a", 12.0),
            ("months_first_line_to_relapse", 1.5, "a", 18.0),
        ],
    )
    def test_to_the_canonical_unit(self, id, value, unit, canonical):
        """And back again, for these."""
        assert to_canonical(question(id), value, unit) == canonical
        assert in_unit(question(id), canonical, unit) == value

    @pytest.mark.parametrize(("umol", "mg", "digits"), [(34, 1.99, 2), (43, 2.51, 2), (25.7, 1.5, 1), (34.2, 2.0, 1)])
    def test_the_examples_of_the_facts(self, umol, mg, digits):
        """FACTS.md E4, as they are rounded there."""
        assert round(to_canonical(question("bilirubin"), umol, "umol/L"), digits) == mg

    @pytest.mark.parametrize("id", [one.id for one in SHIPPED.questions.values() if one.units])
    def test_the_canonical_unit_changes_nothing(self, id):
        """A whole number stays one."""
        value = to_canonical(question(id), 7, question(id).units[0].code)

        assert value == 7
        assert isinstance(value, int)

    def test_a_whole_number_stays_one_where_the_question_asks_for_one(self):
        """1.5 years are 18 months, and 1.51 are no whole number of them."""
        months = Question("months", "integer", units=(Unit("mo"), Unit("a", multiply=12)))

        assert repr(to_canonical(months, 1.5, "a")) == "18"
        assert to_canonical(months, 1.51, "a") == 18.12

    @pytest.mark.parametrize(("owner", "unit"), OTHERS, ids=OTHER_IDS)
    def test_each_factor_has_its_source(self, owner, unit):
        """FACTS.md E4 or an identity of UCUM: both stand in the dictionary."""
        sources = {source["id"]: source for source in DOCUMENT["x-sources"]}

        assert unit.sources
        assert all(sources[id]["verified"] in ("primary", "secondary") for id in unit.sources)


class TestLaws:
    """What holds for every value and every accepted unit."""

    # What can be typed at a question: up to nine digits, and six after the point.
    TYPED = st.builds(
        lambda digits, places: Decimal(digits).scaleb(-places), st.integers(0, 10**9 - 1), st.integers(0, 6)
    )
    # What a sheet prints: with more digits a value can lie so near to a limit that no float tells the two apart.
    PRINTED = st.builds(
        lambda digits, places: Decimal(digits).scaleb(-places), st.integers(0, 10**6 - 1), st.integers(0, 2)
    )
    UNITS = st.sampled_from(OTHERS)

    @given(UNITS, TYPED)
    @example((question("creatinine"), question("creatinine").units[1]), Decimal("133"))
    @example((question("bilirubin"), question("bilirubin").units[1]), Decimal("34.208"))
    def test_the_exact_result_is_rounded_once(self, asked, value):
        """Compared with fractions of the digits as they stand in the document."""
        owner, unit = asked
        exact = Fraction(value) * FACTORS[owner.id, unit.code]

        assert to_canonical(owner, float(value), unit.code) == float(exact)

    @given(UNITS, TYPED)
    def test_there_and_back_gives_the_same_number(self, asked, value):
        """In either direction, to the fifteen digits that a number can hold."""
        owner, unit = asked
        back = in_unit(owner, to_canonical(owner, float(value), unit.code), unit.code)
        again = to_canonical(owner, in_unit(owner, float(value), unit.code), unit.code)

        assert f"{back:.15g}" == f"{float(value):.15g}" == f"{again:.15g}"

    @given(UNITS, PRINTED, st.integers(0, 10**4 - 1), st.integers(0, 2))
    @example((question("bilirubin"), question("bilirubin").units[1]), Decimal("34.208"), 2, 0)
    @example((question("anc"), question("anc").units[2]), Decimal("1000"), 1, 0)
    def test_a_converted_limit_decides_as_the_canonical_one(self, asked, value, digits, places):
        """So it does not matter in which unit a value meets its limit."""
        owner, unit = asked
        limit = float(Decimal(digits).scaleb(-places))
        canonical, converted = to_canonical(owner, float(value), unit.code), in_unit(owner, limit, unit.code)

        assert (canonical < limit) == (float(value) < converted)
        assert (canonical > limit) == (float(value) > converted)

    @given(UNITS, st.floats(0, 1e12), st.floats(0, 1e12))
    def test_more_stays_more(self, asked, one, other):
        """Rounding never turns two values around."""
        owner, unit = asked
        assume(one <= other)

        assert to_canonical(owner, one, unit.code) <= to_canonical(owner, other, unit.code)
        assert in_unit(owner, one, unit.code) <= in_unit(owner, other, unit.code)


class TestWhatIsNotConverted:
    """A unit that the question does not accept, and what is no number."""

    @pytest.mark.parametrize(
        ("id", "unit", "found", "accepted"),
        [
            ("creatinine", "mmol/L", '"mmol/L"', "mg/dL or µmol/L"),
            ("creatinine", "mg/L", '"mg/L"', "mg/dL or µmol/L"),
            ("creatinine", "", '""', "mg/dL or µmol/L"),
            ("creatinine", "mg", '"mg"', "mg/dL or µmol/L"),
            # FACTS.md D2: the two must not be taken for each other.
            ("creatinine_clearance", "mL/min/{1.73_m2}", '"mL/min/{1.73_m2}"', "mL/min"),
            ("anc", "%", '"%"', "x10^3/µL or x10^9/L or /µL"),
            ("anc", "10*6/L", '"10*6/L"', "x10^3/µL or x10^9/L or /µL"),
            # A calendar month is no fixed number of weeks.
            ("months_first_line_to_relapse", "wk", '"wk"', "months or years"),
            ("ecog", "%", '"%"', "{score}"),
            ("sex", "kg", '"kg"', "no unit"),
        ],
    )
    def test_another_unit_is_named_with_those_that_are_accepted(self, id, unit, found, accepted):
        """Nothing is guessed."""
        assert problem_of(to_canonical, question(id), 1, unit) == (id, f"the unit {found}", accepted)
        assert problem_of(in_unit, question(id), 1, unit) == (id, f"the unit {found}", accepted)

    @pytest.mark.parametrize("value", ["133", True, None, float("nan"), float("inf"), 10**400], ids=repr)
    def test_what_is_no_number_that_can_be_converted(self, value):
        """Refused like any other answer that is not allowed."""
        assert problem_of(to_canonical, question("creatinine"), value, "umol/L")[2] == question("creatinine").allowed


class TestUnitsAsTheyAreTyped:
    """Capitals, spaces, micro signs and powers of ten as people and sheets write them."""

    @pytest.mark.parametrize(
        ("id", "code", "spellings"),
        [
            ("creatinine", "umol/L", "umol/L umol/l UMOL/L µmol/L μmol/l mcmol/L|umol / L|µmol per liter"),
            ("creatinine", "mg/dL", "mg/dL mg/dl MG/DL|mg / dL|mg per deciliter"),
            (
                "anc",
                "10*9/L",
                "10*9/L 10^9/L x10^9/L X10^9/l \u00d710^9/L 10⁹/L x10⁹/l 10e9/L 10**9/L G/L g/l|x 10^9 / L",
            ),
            ("anc", "10*3/uL", "10*3/uL 10^3/µL x10³/μL K/uL k/µl 10^3/mm3 10³/mm³|thousand per microliter"),
            ("anc", "/uL", "/uL /µL /μl cells/uL /mm3 cells/mm³|per microliter|cells per µL"),
            ("weight_kg", "[lb_av]", "[lb_av] lb lbs LB pounds pound"),
            ("weight_kg", "kg", "kg KG Kg kilograms"),
            ("lvef", "%", "%|percent|Percent"),
            ("ast", "U/L", "U/L u/l IU/L"),
            ("age_years", "a", "a years year"),
            ("months_first_line_to_relapse", "mo", "mo months month"),
            ("ast_times_uln", "{multiple}", "times x|x ULN|times ULN"),
        ],
    )
    def test_each_spelling_means_its_unit(self, id, code, spellings):
        """And no other of the same question."""
        codes = [unit.code for unit in question(id).units]
        first, *rest = spellings.split("|")
        written = [*first.split(), *rest]

        assert {text: code_typed(codes, text) for text in written} == dict.fromkeys(written, code)

    @pytest.mark.parametrize("owner", [one for one in SHIPPED.questions.values() if one.units], ids=lambda one: one.id)
    def test_what_is_printed_can_be_typed(self, owner):
        """A unit that a message shows is one that is read."""
        codes = [unit.code for unit in owner.units]

        assert all(code_typed(codes, printed(code)) == code for code in codes if printed(code))
        assert all(code_typed(codes, typed(code)) == code for code in codes if typed(code))
        assert all(typed(code).isascii() for code in codes)

    @pytest.mark.parametrize("text", ["", " ", "/", "mol", "mg", "L", "1", "10", "x", "µ", "umol/L/L", "u mol//L"])
    def test_a_part_of_a_unit_means_none(self, text):
        """Nothing is completed."""
        assert code_typed(["mg/dL", "umol/L", "10*9/L"], text) is None

    def test_capitals_count_where_they_tell_two_units_apart(self):
        """The code as it stands is meant; what could be both is neither."""
        assert code_typed(["g/L", "G/L"], "G/L") == "G/L"
        assert code_typed(["g/L", "G/L"], "g/L") == "g/L"
        assert code_typed(["mg/L", "Mg/L"], "MG/L") is None

    @given(st.text(max_size=30))
    def test_any_text_means_one_of_the_units_or_none(self, text):
        """And never an error."""
        assert code_typed(["mg/dL", "umol/L"], text) in ("mg/dL", "umol/L", None)


class TestLimits:
    """Limits that are shown convert too."""

    @pytest.mark.parametrize(
        ("id", "phrase"),
        [
            ("creatinine", "0.1 to 40 mg/dL (8.84 to 3536 µmol/L)"),
            ("bilirubin", "0 to 80 mg/dL (0 to 1368.32 µmol/L)"),
            ("anc", "0 to 500 x10^3/µL (0 to 500 x10^9/L, 0 to 500000 /µL)"),
            ("weight_kg", "0.4 to 400 kg (0.8819 to 881.8 lb)"),
            ("months_first_line_to_relapse", "0 to 600 months (0 to 50 years)"),
            ("age_years", "0 to 120 years"),
            ("lvef", "5 to 90 %"),
            ("prior_lines", "0 to 30"),
            ("ast_times_uln", "0 to 1000 times"),
        ],
    )
    def test_the_range_in_every_accepted_unit(self, id, phrase):
        """In the message of a value that is not allowed."""
        assert question(id).allowed.endswith(phrase)
        assert question(id).allowed.endswith(phrase)

    @pytest.mark.parametrize(("owner", "unit"), OTHERS, ids=OTHER_IDS)
    def test_a_limit_that_is_shown_is_itself_allowed(self, owner, unit):
        """One step of its last digit further is not."""
        low, high = (Decimal(limit) for limit in range_in(owner.minimum, owner.maximum, unit))
        step = {limit: Decimal(1).scaleb(limit.as_tuple().exponent) for limit in (low, high)}

        def allowed(value: Decimal) -> bool:
            return owner.allows(to_canonical(owner, float(value), unit.code))

        assert allowed(low)
        assert allowed(high)
        assert not allowed(low - step[low])
        assert not allowed(high + step[high])

    def test_a_question_without_bounds_has_no_range(self):
        """As in a bare dictionary."""
        assert ranges(None, None, (Unit("kg"),)) == ""
        assert range_in(0, None, Unit("kg")) is None

    def test_limits_below_zero_and_below_one(self):
        """Rounded inwards on either side."""
        change = Question("change", "number", minimum=-1, maximum=0.5, units=(Unit("kg"), Unit("x", multiply=3)))

        assert range_in(change.minimum, change.maximum, change.units[1]) == ("-0.3333", "0.1666")

    @pytest.mark.parametrize(
        ("id", "value", "fits"),
        [
            ("creatinine", 133, ["umol/L"]),
            ("creatinine", 40.1, ["umol/L"]),
            ("creatinine", 1.5, []),
            ("creatinine", 0.05, []),
            ("creatinine", 5000, []),
            ("anc", 1500, ["/uL"]),
            ("anc", 600000, []),
            ("platelets", 90000, ["/uL"]),
            ("weight_kg", 450, ["[lb_av]"]),
            ("age_years", 130, []),
        ],
    )
    def test_other_units_in_which_a_value_would_be_in_range(self, id, value, fits):
        """Only for a value that is out of range as it stands."""
        assert [unit.code for unit in units_that_fit(question(id), value)] == fits


def test_a_bare_dictionary_brings_its_own_units():
    """A unit that the package has never met is printed and typed as its code."""
    bare = read_dictionary(
        {
            "properties": {
                "ferritin": {
                    "type": "number",
                    "minimum": 0,
                    "maximum": 100000,
                    "x-unit": {"code": "ng/mL", "accepted": [{"code": "pmol/L", "divide": 2.247}]},
                }
            }
        },
        "bare",
    )

    assert to_canonical(bare.questions["ferritin"], 2.247, "PMOL/L") == 1.0
    assert bare.questions["ferritin"].allowed == "a number from 0 to 100000 ng/mL (0 to 224700 pmol/L)"
