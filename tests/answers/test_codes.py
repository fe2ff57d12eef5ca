"""Codes of records: one value is decided, several never are, and what is not known gives nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cart_screen import load_criteria, screen
from cart_screen.answers.codes import Coded, Measured, read_code, read_measure
from cart_screen.answers.declaring import read_dictionary
from cart_screen.errors import DocumentInvalid
from cart_screen.ladder import Status
from cart_screen.model import CriterionId

CASES = json.loads((Path(__file__).parent / "code_cases.json").read_text("utf-8"))
DICTIONARY = load_criteria("us-fda").reading.dictionary
ICD = CASES["systems"]["icd"]
SCT = CASES["systems"]["sct"]
LOINC = "http://loinc.org"
DATE = "2026-11-22"

CODED = [
    (question, CASES["systems"][system], code, values)
    for question in ("diagnosis", "prior_car_t")
    for system, code, values, _ in CASES[question]
]
DECLARED = [entry for question in DICTIONARY.questions.values() for entry in question.coded]
UNDECIDED = [entry for entry in DICTIONARY.questions["diagnosis"].coded if len(entry.means) > 1]


class TestWhatACodeGives:
    """The table of the facts."""

    @pytest.mark.parametrize(("question", "system", "code", "values"), CODED, ids=[case[2] for case in CODED])
    def test_the_values_that_a_code_can_stand_for(self, question, system, code, values):
        """In the order of the question's choices; one of them is decided."""
        found = read_code(DICTIONARY, system, code)

        assert (found and found.question, list(found.values) if found else []) == (question if values else None, values)
        assert (found.value if found else None) == (values[0] if len(values) == 1 else None)

    @pytest.mark.parametrize(
        ("system", "code", "question", "unit"), CASES["measures"], ids=[case[1] for case in CASES["measures"]]
    )
    def test_the_question_that_a_code_measures(self, system, code, question, unit):
        """And the unit that the code implies, if it implies one."""
        found = read_measure(DICTIONARY, system, code)

        assert (found and found.question, found and found.unit) == (question, unit)

    def test_a_code_brings_its_note_and_its_sources(self):
        """So that a reader can see why it does not decide."""
        found = read_code(DICTIONARY, ICD, "C91.1")

        assert found == Coded(
            "diagnosis",
            ("chronic-lymphocytic-leukemia", "richter-transformation", "other"),
            "Also holds Richter syndrome and lymphoplasmacytic leukemia.",
            ("icd-10-cm",),
        )
        assert read_measure(DICTIONARY, LOINC, "1742-6") == Measured("alt", "U/L", "", ("project-igs",))

    @pytest.mark.parametrize("code", ["C83.390", "C83390", "c83.390", " c83390\n"])
    def test_icd_10_cm_is_read_with_or_without_point_and_capitals(self, code):
        """As records hold it."""
        assert read_code(DICTIONARY, ICD, code).value == "primary-cns-lymphoma"

    @pytest.mark.parametrize(
        "code",
        ["", ".", "C", "C8", "C833.90", "C83.", "C83.3-", "C83.39000", "C83 390", "83.390", "C83.3.90", "\uff2383.390"],
    )
    def test_what_has_not_the_shape_of_a_code_gives_nothing(self, code):
        """``C83.`` alone is the category, and it holds many diseases."""
        assert read_code(DICTIONARY, ICD, code) is None

    @pytest.mark.parametrize(
        "system",
        [
            "http://hl7.org/fhir/sid/icd-10",
            "http://fhir.de/CodeSystem/bfarm/icd-10-gm",
            "http://hl7.org/fhir/sid/icd-9-cm",
            "ICD-10-CM",
            "",
            LOINC,
            SCT,
        ],
    )
    def test_a_code_of_another_system_gives_nothing(self, system):
        """The WHO and other countries divide these diseases otherwise."""
        assert read_code(DICTIONARY, system, "C90.00") is None

    def test_a_code_of_a_question_is_no_code_of_a_value(self):
        """And the reverse."""
        assert read_code(DICTIONARY, LOINC, "2160-0") is None
        assert read_measure(DICTIONARY, ICD, "C90.0") is None

    @given(st.sampled_from([*DICTIONARY.systems, "urn:other"]), st.text(max_size=12))
    def test_any_text_gives_a_question_of_the_dictionary_or_nothing(self, system, code):
        """And never an error."""
        found = read_code(DICTIONARY, system, code)

        assert found is None or set(found.values) <= set(DICTIONARY.questions[found.question].choices or (True, False))
        measured = read_measure(DICTIONARY, system, code)
        assert measured is None or measured.question in DICTIONARY.questions

    @given(st.sampled_from([e for e in DECLARED if e.system == ICD]), st.text("0123456789ABCDXZ", max_size=4))
    def test_the_longest_declared_code_is_meant(self, entry, more):
        """Whatever is written behind a code."""
        plain = entry.code.replace(".", "") + more
        found = read_code(DICTIONARY, ICD, plain)
        covering = [
            (len(other.code.replace(".", "")), other.means)
            for other in DECLARED
            if other.system == ICD
            and (plain.startswith(other.code.replace(".", "")) if other.below else plain == other.code.replace(".", ""))
        ]

        expected = max(covering, key=lambda pair: pair[0])[1] if covering and len(plain) <= 7 else None
        assert (found.values if found else None) == expected


class TestWhatNoCodeGives:
    """The warnings of the facts."""

    def test_no_code_gives_high_grade_b_cell_lymphoma(self):
        """FACTS.md E2: it has no code; it is chosen, never read."""
        assert not [entry for entry in DECLARED if "high-grade-b-cell-lymphoma" in entry.means]

    def test_no_code_of_a_wrong_list_is_declared(self):
        """FACTS.md, sources that must not be cited: 89243-0 is Karnofsky's."""
        assert {entry.code for entry in DICTIONARY.questions["ecog"].codes} == {"89247-1", "89262-0", "423740007"}
        assert read_measure(DICTIONARY, LOINC, "89243-0").question == "karnofsky"

    def test_the_licence_of_snomed_ct_is_named(self):
        """FACTS.md E3: it applies to redistribution."""
        document = json.loads(
            (Path(__file__).parents[2] / "criteria" / "answers" / f"{DICTIONARY.version}.json").read_text("utf-8")
        )

        assert "licence" in document["x-code-systems"][SCT]["note"]


class TestWhatIsUndecidedDecidesNothing:
    """A code that cannot tell two diseases apart leaves every use open that reads them apart."""

    @pytest.mark.parametrize("criteria", ["us-fda", "eu-ema"])
    @pytest.mark.parametrize("entry", UNDECIDED, ids=lambda entry: entry.code)
    def test_cancer_types_that_differ_among_the_candidates_stay_unknown(self, entry, criteria):
        """What the code gives is one answer or none, and here it is none."""
        coded = read_code(DICTIONARY, entry.system, entry.code)
        given = {} if coded.value is None else {coded.question: coded.value}
        rest = {"age_years": 60, "cns_involvement": "none", "large_b_cell_confirmed": True, "treated_as_b_all": True}
        of_code = statuses({**rest, **given}, criteria)
        of_candidates = [statuses({**rest, "diagnosis": value}, criteria) for value in entry.means]

        assert given == {}
        for use, status in of_code.items():
            apart = {found[use] for found in of_candidates}
            assert len(apart) == 1 or status is Status.UNKNOWN

    def test_what_is_decided_is_the_answer_itself(self):
        """A code that names one disease leads where its name leads."""
        coded = read_code(DICTIONARY, ICD, "C90.02")

        assert statuses({"age_years": 60, coded.question: coded.value}, "us-fda") == statuses(
            {"age_years": 60, "diagnosis": "multiple-myeloma"}, "us-fda"
        )


def statuses(answers, criteria):
    """Give the status of the cancer type for every use."""
    return {
        outcome.indication.id: outcome.statuses[CriterionId.APPROVED_CANCER_TYPE]
        for outcome in screen(answers, criteria, DATE).indications
    }


SYSTEMS = {"urn:a": {"title": "A"}, "urn:p": {"title": "P", "prefixes": True}}
SOURCES = [{"id": "page"}]


def declared(**parts):
    """Give a bare dictionary of one choice and one number, with what is declared of their codes."""
    choice = {"type": "string", "enum": ["x", "y"], "x-coded": parts.pop("coded", [])}
    number = {"type": "number", "x-codes": parts.pop("codes", [])}
    if "unit" in parts:
        number["x-unit"] = parts.pop("unit")
    base = {"x-code-systems": SYSTEMS, "x-sources": SOURCES, "properties": {"choice": choice, "number": number}}
    return {**base, **parts}


KG = {"code": "kg", "accepted": [{"code": "g", "divide": 1000}]}
BROKEN = {
    "a code of an unknown system": (
        declared(coded=[{"system": "urn:b", "code": "1", "means": ["x"]}]),
        "/properties/choice/x-coded/0/system",
    ),
    "a code without a system": (declared(coded=[{"code": "1", "means": ["x"]}]), "/properties/choice/x-coded/0"),
    "a code that is no text": (
        declared(coded=[{"system": "urn:a", "code": 1, "means": ["x"]}]),
        "/properties/choice/x-coded/0",
    ),
    "codes that are no list": (declared(coded={}), "/properties/choice/x-coded"),
    "a code that means nothing": (
        declared(coded=[{"system": "urn:a", "code": "1", "means": []}]),
        "/properties/choice/x-coded/0/means",
    ),
    "a code that means no choice": (
        declared(coded=[{"system": "urn:a", "code": "1", "means": ["x", "z"]}]),
        "/properties/choice/x-coded/0/means/1",
    ),
    "a code that means one choice twice": (
        declared(coded=[{"system": "urn:a", "code": "1", "means": ["x", "x"]}]),
        "/properties/choice/x-coded/0/means/1",
    ),
    "a code twice": (
        declared(
            coded=[{"system": "urn:a", "code": "1", "means": ["x"]}, {"system": "urn:a", "code": "1 ", "means": ["y"]}]
        ),
        "/properties/choice/x-coded/1/code",
    ),
    "a code twice, with and without its point": (
        declared(coded=[{"system": "urn:p", "code": code, "means": ["x"]} for code in ("C83.3", "c833")]),
        "/properties/choice/x-coded/1/code",
    ),
    "a code of a value and of a question": (
        declared(coded=[{"system": "urn:a", "code": "1", "means": ["x"]}], codes=[{"system": "urn:a", "code": "1"}]),
        "/properties/number/x-codes/0/code",
    ),
    "no code of a system of prefixes": (
        declared(coded=[{"system": "urn:p", "code": "C8", "means": ["x"]}]),
        "/properties/choice/x-coded/0/code",
    ),
    "codes below in a system without prefixes": (
        declared(coded=[{"system": "urn:a", "code": "1", "means": ["x"], "below": True}]),
        "/properties/choice/x-coded/0/below",
    ),
    "below that is no yes or no": (
        declared(coded=[{"system": "urn:p", "code": "C83", "means": ["x"], "below": 1}]),
        "/properties/choice/x-coded/0/below",
    ),
    "an unknown key": (
        declared(coded=[{"system": "urn:a", "code": "1", "means": ["x"], "except": []}]),
        "/properties/choice/x-coded/0/except",
    ),
    "a source that is not declared": (
        declared(coded=[{"system": "urn:a", "code": "1", "means": ["x"], "source": ["book"]}]),
        "/properties/choice/x-coded/0/source",
    ),
    "a source that is no list": (
        declared(codes=[{"system": "urn:a", "code": "1", "source": "page"}]),
        "/properties/number/x-codes/0/source",
    ),
    "a unit that the question does not accept": (
        declared(codes=[{"system": "urn:a", "code": "1", "unit": "mg"}], unit=KG),
        "/properties/number/x-codes/0/unit",
    ),
    "a unit of a question without units": (
        declared(codes=[{"system": "urn:a", "code": "1", "unit": "kg"}]),
        "/properties/number/x-codes/0/unit",
    ),
    "a code system without a title": (declared(**{"x-code-systems": {"urn:a": {}}}), "/x-code-systems/urn:a"),
    "a code system with an unknown key": (
        declared(**{"x-code-systems": {"urn:a/b": {"title": "A", "url": "x"}}}),
        "/x-code-systems/urn:a~1b/url",
    ),
    "prefixes that are no yes or no": (
        declared(**{"x-code-systems": {"urn:a": {"title": "A", "prefixes": 1}}}),
        "/x-code-systems/urn:a/prefixes",
    ),
    "code systems that are no object": (declared(**{"x-code-systems": []}), "/x-code-systems"),
    "sources without an id": (declared(**{"x-sources": [{"title": "A"}]}), "/x-sources"),
    "a unit on a choice": (
        {"properties": {"choice": {"type": "boolean", "x-unit": {"code": "kg"}}}},
        "/properties/choice/x-unit",
    ),
    "a unit without a code": (declared(unit={"accepted": []}), "/properties/number/x-unit"),
    "a unit that is a text": (declared(unit="kg"), "/properties/number/x-unit"),
    "accepted units that are no list": (declared(unit={"code": "kg", "accepted": {}}), "/properties/number/x-unit"),
    "an accepted unit without a code": (
        declared(unit={"code": "kg", "accepted": [{"divide": 1000}]}),
        "/properties/number/x-unit/accepted/0",
    ),
    "an accepted unit twice": (
        declared(unit={"code": "kg", "accepted": [{"code": "kg"}]}),
        "/properties/number/x-unit/accepted/0/code",
    ),
    "a factor of nothing": (
        declared(unit={"code": "kg", "accepted": [{"code": "g", "divide": 0}]}),
        "/properties/number/x-unit/accepted/0/divide",
    ),
    "a factor that is no number": (
        declared(unit={"code": "kg", "accepted": [{"code": "g", "multiply": True}]}),
        "/properties/number/x-unit/accepted/0/multiply",
    ),
    "a factor from a source that is not declared": (
        declared(unit={"code": "kg", "accepted": [{"code": "g", "divide": 1000, "source": ["book"]}]}),
        "/properties/number/x-unit/accepted/0/source",
    ),
    "an unknown key of a unit": (
        declared(unit={"code": "kg", "accepted": [{"code": "g", "factor": 1000}]}),
        "/properties/number/x-unit/accepted/0/factor",
    ),
}


class TestDeclaration:
    """What a dictionary may declare of units and codes."""

    @pytest.mark.parametrize(("document", "pointer"), BROKEN.values(), ids=BROKEN)
    def test_what_breaks_the_format_is_refused_with_its_place(self, document, pointer):
        """Nothing else is wrong with the document."""
        with pytest.raises(DocumentInvalid) as raised:
            read_dictionary(document, "bare")

        assert [problem.pointer for problem in raised.value.problems] == [pointer]

    def test_what_keeps_the_format_is_read(self):
        """The same bare dictionary with nothing wrong in it; the values come in the order of the choices."""
        dictionary = read_dictionary(
            declared(
                coded=[
                    {"system": "urn:p", "code": "C83", "below": True, "means": ["y", "x"], "source": ["page"]},
                    {"system": "urn:p", "code": "C83.3", "means": ["y"], "note": "One kind."},
                ],
                codes=[{"system": "urn:a", "code": "1", "unit": "g"}],
                unit=KG,
            ),
            "bare",
        )

        assert read_code(dictionary, "urn:p", "C83.9") == Coded("choice", ("x", "y"), "", ("page",))
        assert read_code(dictionary, "urn:p", "C83.3") == Coded("choice", ("y",), "One kind.", ())
        assert read_code(dictionary, "urn:p", "C83.31").value is None
        assert read_measure(dictionary, "urn:a", "1") == Measured("number", "g", "", ())

    def test_a_yes_can_be_coded_and_is_no_one(self):
        """The values are compared as JSON does."""
        document = {
            "x-code-systems": SYSTEMS,
            "properties": {
                "late": {"type": "boolean", "x-coded": [{"system": "urn:a", "code": "1", "means": [False]}]},
                "grade": {"type": "integer", "enum": [1], "x-coded": [{"system": "urn:a", "code": "2", "means": [1]}]},
            },
        }

        assert read_code(read_dictionary(document, "bare"), "urn:a", "1").value is False
        document["properties"]["grade"]["x-coded"][0]["means"] = [True]
        with pytest.raises(DocumentInvalid):
            read_dictionary(document, "bare")
