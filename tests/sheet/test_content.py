"""What stands on a sheet: everything that was told, everything that it leads to, and no verdict."""

from __future__ import annotations

import re

import pytest
import strategies
from hypothesis import given
from hypothesis import strategies as st

from cart_screen import load_criteria, screen
from cart_screen.answers.absent import AbsentReason
from cart_screen.answers.given import Answers
from cart_screen.catalog.loading import own_set
from cart_screen.errors import LanguageUnknown
from cart_screen.ladder import Status
from cart_screen.model import Verified
from cart_screen.nouns import replace
from cart_screen.sheet.content import sheet_of
from cart_screen.sheet.markdown import to_markdown
from cart_screen.sheet.page import Items, Sheet
from cart_screen.texts import Audience, Texts

from .reading import DAY, OTHER_THERAPY, PEOPLE, answer_rows, facts, section_texts, sections, sheet_for

# What is never said to a person (DESIGN.md, section 2), and numbers on how well a treatment works.
_NEVER = re.compile(
    r"\b((in|non-?)?eligib\w*|(dis)?qualif\w*|approved for you|you match|fail(s|ed|ing)?|exclu(de|ded|sion)s?|"
    r"reject\w*|not met|scores?|surviv\w+|cure[sd]?|remission rates?|success rates?)\b",
    re.IGNORECASE,
)
_TREATMENT = ("bring", "ask", "involves", "risks")
_MYELOMA = {"age_years": 60, "diagnosis": "multiple-myeloma"}


def said(sheet: Sheet) -> str:
    """Give the Markdown of a sheet without its sources, which name what others wrote."""
    return to_markdown(replace(sheet, small_print=tuple(one for one in sheet.small_print if one.id != "sources")))


def risks(sheet: Sheet) -> list[str]:
    return section_texts(sections(sheet)["risks"])


@pytest.mark.parametrize("person", PEOPLE)
def test_every_answer_stands_under_its_topic_with_its_value(person: str) -> None:
    rows = answer_rows(sheet_for(person))

    criteria = own_set("us-fda")
    texts = Texts(criteria)
    for id, value in PEOPLE[person].items():
        label = texts.get("questions", id, "label")
        if value is None:
            assert label in rows[texts.get("sheet", "not-known")]
        else:
            topic = texts.get("topics", criteria.reading.dictionary.questions[id].topic)
            assert rows[topic][label] == texts.value(id, value)
    assert sum(map(len, rows.values())) == len(PEOPLE[person])


@given(answers=strategies.stated_answers("us-fda"), past=strategies.stated_answers("us-fda"))
@strategies.examples(30)
def test_no_answer_and_no_reason_is_left_out(answers: Answers, past: Answers) -> None:
    rows = answer_rows(sheet_of(screen(answers, as_of=DAY), not_needed=past)) if answers.values else {}

    texts = Texts(own_set("us-fda"))
    shown = {label for head, row in rows.items() if head != texts.get("sheet", "not-needed") for label in row}
    told = [*answers.values, *(id for id, reason in answers.absent.items() if reason is not AbsentReason.NOT_ASKED)]
    if rows:
        assert shown == {texts.get("questions", id, "label") for id in told}
        for id, value in past.values.items():
            row = rows[texts.get("sheet", "not-needed")]
            assert row[texts.get("questions", id, "label")] == texts.value(id, value)


def test_why_there_is_no_answer_is_said() -> None:
    absent = {
        "hiv": AbsentReason.ASKED_DECLINED,
        "pregnant": AbsentReason.NOT_APPLICABLE,
        "spo2": AbsentReason.NOT_ASKED,
    }

    rows = answer_rows(sheet_of(screen(Answers({"age_years": 60}, absent), as_of=DAY)))

    found = {label: value for row in rows.values() for label, value in row.items()}
    assert found["HIV"] == "I would rather not say"
    assert found["Pregnancy"] == "This does not apply"
    assert len(found) == 3


def test_without_any_answer_the_sheet_says_so() -> None:
    assert section_texts(sections(sheet_of(screen({}, as_of=DAY)))["answers"]) == ["You have given no answers yet."]


@pytest.mark.parametrize("person", PEOPLE)
def test_every_point_that_was_compared_stands_on_the_sheet_where_its_status_belongs(person: str) -> None:
    screening = screen(PEOPLE[person], as_of=DAY)
    found = sections(sheet_for(person))

    place = {Status.MET: "lines-up", Status.NOT_MET: "to-talk-about", Status.UNKNOWN: "open"}
    for finding, words in zip(screening.findings.values(), screening.words().findings, strict=True):
        for status, id in place.items():
            blocks = found[id].blocks if id in found else ()
            entries = [item for block in blocks if isinstance(block, Items) for item in block.entries]
            here = words.title in [item.label or item.text for item in entries]
            belongs = id == "open" if words.contested else finding.status is status
            assert here == (finding.relevant and belongs), (words.title, id)


@pytest.mark.parametrize("person", PEOPLE)
def test_guidance_points_cautions_and_what_is_needed_are_all_said(person: str) -> None:
    screening = screen(PEOPLE[person], as_of=DAY)
    words, whole = screening.words(), " ".join(facts(sheet_for(person)))

    cautions = [text for finding, one in zip(screening.findings.values(), words.findings, strict=True)
                if finding.relevant for text in one.cautions.values()]  # fmt: skip
    for text in (words.headline, *words.says, *words.points, *words.conflicts, *words.products, *cautions):
        assert text in whole
    for needed in words.needed:
        assert needed.label in whole
        assert needed.where in whole
    for text in (*words.intended_use, words.not_signed_off, DAY, screening.facts.criteria.title):
        assert text in whole


def test_urgent_words_stand_above_all_else_and_only_when_they_are_called_for() -> None:
    for person, answers in PEOPLE.items():
        urgent = screen(answers, as_of=DAY).words().urgent
        assert sheet_for(person).urgent == urgent
        assert (urgent is not None) == (answers.get("urgent_symptoms") is True)


def test_the_points_that_differ_give_their_reason_and_the_answers_that_decided() -> None:
    (reason,) = section_texts(sections(sheet_for("multiple-myeloma-dialysis-review"))["to-talk-about"])

    assert reason.startswith("You are on dialysis.")
    assert reason.endswith("(Dialysis: Yes)")


def test_what_is_found_in_one_place_stands_together() -> None:
    *_, needed = sections(sheet_for("nearly-empty"))["open"].blocks

    assert isinstance(needed, Items)
    places = [item.text for item in needed.entries]
    assert len(places) == len(set(places))
    together = next(item for item in needed.entries if "BTK inhibitor" in item.label)
    assert "Anti-CD38 antibody" in together.label


class TestSources:
    @pytest.mark.parametrize("person", PEOPLE)
    def test_every_source_of_a_point_is_cited_and_listed_once_the_best_verified_first(self, person: str) -> None:
        screening, sheet = screen(PEOPLE[person], as_of=DAY), sheet_for(person)

        said = zip(screening.findings.values(), screening.words().findings, strict=True)
        decided = [one for one, words in said
                   if one.relevant and one.status is not Status.UNKNOWN and not words.contested]  # fmt: skip
        assert {source for finding in decided for source in finding.sources} <= set(sheet.sources)
        assert len(set(sheet.sources)) == len(sheet.sources)
        order = [list(Verified).index(source.verified) for source in sheet.sources]
        assert order == sorted(order)

    def test_numbers_in_a_row_are_written_as_a_range(self) -> None:
        sheet = sheet_for("adult-b-all")
        item = sections(sheet)["bring"].blocks[0].entries[0]

        def cited(*numbers: int) -> str:
            return sheet.cited(replace(item, sources=tuple(sheet.sources[number - 1] for number in numbers)))

        assert cited() == ""
        assert cited(3) == "[3]"
        assert cited(5, 1, 4) == "[1, 4, 5]"
        assert cited(7, 4, 5, 6, 1) == "[1, 4-7]"

    def test_what_was_read_in_no_source_says_so(self) -> None:
        sheet = sheet_for("adult-b-all")

        papers = [
            item for block in sections(sheet)["bring"].blocks for item in block.entries if "pathology" in item.text
        ]
        assert [source.verified for item in papers for source in item.sources] == [Verified.UNVERIFIED]

    def test_every_document_that_was_read_is_named_with_its_version(self) -> None:
        screening, sheet = screen(PEOPLE["adult-b-all"], as_of=DAY), sheet_for("adult-b-all")

        (documents,) = [text for text in facts(sheet) if "abecma-multiple-myeloma" in text]
        for outcome in screening.indications:
            *_, name_of_set, name, version = outcome.indication.document.split(":")
            assert re.search(rf"{name_of_set} {re.escape(version)}: [^:;]*\b{name}\b", documents)
        assert "answers 1.1.0" in documents


class TestTreatment:
    def test_a_risk_of_single_products_names_those_that_are_possible_where_one_disease_is_left(self) -> None:
        assert "Blood counts that stay low for long (Abecma, Carvykti)" in risks(sheet_of(screen(_MYELOMA, as_of=DAY)))

    def test_no_product_is_named_while_several_diseases_are_possible(self) -> None:
        found = risks(sheet_for("nearly-empty"))

        assert "Blood counts that stay low for long (some products)" in found
        assert not [text for text in found if "Carvykti" in text]

    def test_a_risk_of_products_that_are_not_possible_is_left_out(self) -> None:
        assert not [text for text in risks(sheet_for("hodgkin-lymphoma")) if "(" in text and "CRS" not in text]
        assert len(risks(sheet_for("large-b-cell-third-line-match"))) < len(risks(sheet_for("nearly-empty")))

    def test_where_a_set_names_no_product_it_may_be_any(self) -> None:
        found = risks(sheet_of(screen(_MYELOMA, "overview", as_of=DAY)))

        assert "Blood counts that stay low for long (some products)" in found

    @pytest.mark.parametrize("part", ["involves", "risks", "bring"])
    def test_every_line_on_the_treatment_rests_on_a_source(self, part: str) -> None:
        for block in sections(sheet_for("nearly-empty"))[part].blocks:
            assert isinstance(block, Items)
            assert all(item.sources for item in block.entries)

    def test_a_set_of_another_therapy_without_such_words_has_no_such_sections(self) -> None:
        sheet = sheet_of(screen(_MYELOMA, load_criteria(OTHER_THERAPY), as_of=DAY))

        assert not sections(sheet).keys() & set(_TREATMENT)
        assert sections(sheet).keys() >= {"next", "answers", "lines-up", "open", "about", "sources"}
        assert "CAR T" not in to_markdown(sheet)


class TestWording:
    @pytest.mark.parametrize("audience", Audience)
    @pytest.mark.parametrize("person", PEOPLE)
    def test_nothing_gives_a_verdict_or_a_number_on_how_well_it_works(self, person: str, audience: Audience) -> None:
        whole = said(sheet_of(screen(PEOPLE[person], as_of=DAY), audience=audience))

        assert not _NEVER.findall(whole)
        # A laboratory value in per cent stands in bold, as the value of an answer.
        assert not re.findall(r"\d ?%(?!\*\*)|\bper ?cent\b", whole)

    @pytest.mark.parametrize("audience", Audience)
    def test_the_sheet_says_what_it_is(self, audience: Audience) -> None:
        whole = said(sheet_of(screen(PEOPLE["nearly-empty"], as_of=DAY), audience=audience))

        for what in (r"not medical advice", r"makes no decision", r"health data", r"FDA", r"MDR", r"has signed off"):
            assert re.search(what, whole), what

    def test_to_a_clinician_the_patient_is_spoken_of_and_to_a_parent_the_child(self) -> None:
        screening = screen(PEOPLE["child-b-all"], as_of=DAY)

        clinician = said(sheet_of(screening, audience=Audience.CLINICIAN))
        assert not re.findall(r"\b(you|your|me|my|I)\b", clinician)
        child = said(sheet_of(screening, audience=Audience.CHILD))
        assert "your child's blood" in child
        assert "for my child" in child

    def test_audiences_hear_the_same_facts(self) -> None:
        screening = screen(PEOPLE["multiple-myeloma-one-line"], as_of=DAY)
        sheets = [sheet_of(screening, audience=audience) for audience in Audience]

        assert len({sheet.sources for sheet in sheets}) == 1
        assert len({tuple(sections(sheet)) for sheet in sheets}) == 1
        assert len({len(risks(sheet)) for sheet in sheets}) == 1

    def test_there_is_no_sheet_in_a_language_without_words(self) -> None:
        with pytest.raises(LanguageUnknown):
            sheet_of(screen({}, as_of=DAY), "xx")


def test_without_criteria_on_a_date_the_sheet_still_helps_to_prepare() -> None:
    found = sections(sheet_of(screen({"age_years": 60}, as_of="1990-01-01")))

    assert found.keys() >= {"next", "answers", "about", "sources", *_TREATMENT}
    assert not found.keys() & {"lines-up", "to-talk-about", "open"}


@given(answers=strategies.stated_answers("us-fda"), name=st.sampled_from(("us-fda", "eu-ema", "overview")))
@strategies.examples(20)
def test_the_same_screening_gives_the_same_sheet(answers: Answers, name: str) -> None:
    one, other = (sheet_of(screen(answers, name, as_of=DAY)) for _ in range(2))

    assert one == other
    assert to_markdown(one) == to_markdown(other)


def test_a_sheet_shows_no_health_data_where_it_is_logged() -> None:
    sheet = sheet_of(screen({**_MYELOMA, "hiv": True}, as_of=DAY))

    shown = repr(sheet) + repr(sections(sheet)) + repr(sections(sheet)["answers"].blocks)
    assert "HIV" not in shown
    assert "yeloma" not in shown


def test_points_that_rest_on_answers_in_conflict_stand_among_the_open_ones() -> None:
    person = {"age_years": 60, "diagnosis": "diffuse-large-b-cell-lymphoma", "disease_status": "untreated"}
    shown = sections(sheet_of(screen({**person, "prior_lines": 2}, as_of=DAY)))
    title = Texts(own_set("us-fda")).get("criteria", "prior-lines", "title")

    assert not any(title in text for text in section_texts(shown["lines-up"]))
    assert any(title in text for text in section_texts(shown["open"]))
