"""One screening in words to the patient, to a parent and to a clinician: the same facts, said to each in their way."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from cart_screen import load_criteria, screen
from cart_screen.catalog.loading import own_set
from cart_screen.errors import DocumentInvalid, LanguageUnknown
from cart_screen.formats.problems import format_problems
from cart_screen.formats.screening import Screening
from cart_screen.formats.texts import Audiences
from cart_screen.model import Verified
from cart_screen.texts import Audience, Texts

ROOT = Path(__file__).parents[2]
OTHER = ROOT / "examples" / "other-therapy"
DAY = "2026-11-22"
PEOPLE = {
    path.stem: json.loads(path.read_text("utf-8")) for path in sorted((ROOT / "examples" / "answers").glob("*.json"))
}
CHILD = {"urgent_symptoms": False, "age_years": 9, "diagnosis": "b-cell-acute-lymphoblastic-leukemia"}
YOU = re.compile(r"(?i)\byou(r|rs)?\b")
WORDS = own_set("us-fda").texts["en"]


def leaves(node: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Give every text and every list of paragraphs, with its path of keys."""
    for key, value in node.items():
        if isinstance(value, Mapping):
            yield from leaves(value, (*path, key))
        else:
            yield (*path, key), value


def without_words(shown: Any) -> Any:
    """Give a screening as JSON without its sentences, which alone may differ between audiences."""
    spoken = {"audience", "headline", "says", "text", "label", "where", "intended_use", "verified_text", "cautions"}
    if isinstance(shown, dict):
        return {key: without_words(value) for key, value in shown.items() if key not in spoken}
    return [without_words(value) for value in shown] if isinstance(shown, list) else shown


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("person", PEOPLE)
def test_only_the_words_differ_between_audiences(person: str, audience: Audience) -> None:
    screening = screen(PEOPLE[person], as_of=DAY)
    plain, shown = screening.to_dict(), screening.to_dict(audience=audience)

    assert shown["audience"] == audience
    assert without_words(shown) == without_words(plain)
    assert list(format_problems(Screening, json.loads(json.dumps(shown)), person)) == []


def test_the_patient_is_spoken_to_where_nobody_is_named() -> None:
    screening = screen(CHILD, as_of=DAY)

    assert screening.words() == screening.words("en", Audience.PATIENT)
    assert screening.to_dict()["audience"] == "patient"


@pytest.mark.parametrize("person", PEOPLE)
def test_a_clinician_reads_of_the_patient_and_never_you(person: str) -> None:
    words = screen(PEOPLE[person], as_of=DAY).words(audience=Audience.CLINICIAN)
    rows = [text for row in words.needed for text in (row.label, row.where)]
    found = [text for finding in words.findings for text in (finding.sentence, *finding.reasons.values())]
    cautions = [text for finding in words.findings for text in finding.cautions.values()]

    said = [words.headline, *words.says, *words.points, *words.conflicts, *rows, *found, *cautions]
    assert [text for text in said if YOU.search(text)] == []


def test_a_parent_reads_of_the_child() -> None:
    words = screen({**CHILD, "prior_car_t": True}, as_of=DAY).words(audience=Audience.CHILD)

    said = " ".join([words.headline, *words.says, *words.points])
    assert "Your child has had CAR T before." in said
    assert not re.search(r"(?i)\byour (?!child)|\byou (have|had|are)\b", said)


@pytest.mark.parametrize("audience", [Audience.CHILD, Audience.CLINICIAN])
def test_urgent_words_are_said_to_whoever_reads_them(audience: Audience) -> None:
    urgent = screen({**CHILD, "urgent_symptoms": True, "prior_car_t": True}, as_of=DAY).words(audience=audience).urgent

    assert urgent == tuple(WORDS["audiences"][audience]["urgent-after-car-t"].values())


@pytest.mark.parametrize("audience", [Audience.CHILD, Audience.CLINICIAN])
def test_every_text_is_the_audience_s_own_or_else_the_patient_s(audience: Audience) -> None:
    texts = Texts(own_set("us-fda"), audience=audience)
    own = dict(leaves(WORDS["audiences"][audience]))
    common = {path: said for path, said in leaves(WORDS) if path[0] not in ("audiences", "sources", "names")}

    assert own.keys() & common.keys()
    for path, said in {**common, **own}.items():
        if isinstance(said, str):
            assert texts.get(*path) == said
        elif path[-1] in ("says", "paragraphs"):
            assert texts.paragraphs(*path) == tuple(said)


def test_the_audiences_of_a_file_are_those_of_the_library() -> None:
    assert set(Audiences.model_fields) == set(Audience) - {Audience.PATIENT}


def test_an_audience_may_be_named_as_text_and_only_one_that_there_is() -> None:
    criteria = own_set("us-fda")

    assert Texts(criteria, "en", "child").audience is Audience.CHILD
    with pytest.raises(ValueError, match="grandmother"):
        Texts(criteria, "en", "grandmother")


def test_a_language_that_is_not_there_is_refused_for_every_audience() -> None:
    with pytest.raises(LanguageUnknown):
        screen(CHILD, as_of=DAY).words("fr", Audience.CHILD)


def test_a_question_gives_the_sources_of_its_words() -> None:
    for audience in Audience:
        sources = Texts(own_set("us-fda"), audience=audience).sources("received_bcl2_inhibitor")

        assert [(source.verified, source.read) for source in sources] == [(Verified.SECONDARY, "2026-11-23")]
        assert "venetoclax" in sources[0].title
    assert Texts(own_set("us-fda")).sources("age_years") == ()


def other_therapy(folder: Path, changes: Mapping[str, Any]) -> Path:
    """Copy the other therapy with changed words, and give its directory."""
    root = folder / "own"
    copytree(OTHER, root)
    file = root / "text" / "en.json"
    file.write_text(json.dumps({**json.loads(file.read_text("utf-8")), **changes}), "utf-8")
    return root


def test_a_set_without_words_for_an_audience_says_them_as_to_the_patient() -> None:
    found = screen({"age_years": 60, "diagnosis": "multiple-myeloma"}, OTHER, DAY)

    for audience in (Audience.CHILD, Audience.CLINICIAN):
        words = found.words(audience=audience)
        assert (words.headline, words.says) == (found.words().headline, found.words().says)
        assert Texts(load_criteria(OTHER), audience=audience).get("terminal", "because") == "Your answers"


def test_a_set_that_speaks_to_an_audience_has_the_package_s_words_for_the_rest(tmp_path: Path) -> None:
    own = {"clinician": {"topics": {"about-you": "Patient"}}}
    root = other_therapy(tmp_path, {"audiences": own, "terminal": {"title": "Another", "given": "Told: {value}"}})
    texts = Texts(load_criteria(root), audience=Audience.CLINICIAN)

    assert texts.get("topics", "about-you") == "Patient"
    assert texts.get("terminal", "because") == WORDS["audiences"]["clinician"]["terminal"]["because"]
    # What the set itself says to the patient, and what names the therapy, no words of the package replace.
    assert texts.get("terminal", "given") == "Told: {value}"
    assert texts.get("terminal", "title") == "Another"


@pytest.mark.parametrize(
    ("audience", "own", "place"),
    [
        ("nurse", {}, ""),
        ("child", {"topics": {"about-you": ""}}, "/topics/about-you"),
        ("child", {"questions": {"age_years": {"head": "x"}}}, "/questions/age_years/head"),
        ("child", {"terminal": {"criteria": "As of {date}."}}, "/terminal/criteria"),
        ("child", {"terminal": {"given": "You said {"}}, "/terminal/given"),
        ("child", {"questions": {"age_years": {"source": ["a"]}}}, "/questions/age_years/source/0"),
    ],
)
def test_words_of_an_audience_that_cannot_be_said_are_refused_with_their_place(
    audience: str, own: Mapping[str, Any], place: str, tmp_path: Path
) -> None:
    with pytest.raises(DocumentInvalid) as caught:
        load_criteria(other_therapy(tmp_path, {"audiences": {audience: own}}))

    found = [(problem.document, problem.pointer) for problem in caught.value.problems]
    assert found == [("text/en.json", f"/audiences/{audience}{place}")]


def test_a_source_that_stands_there_twice_is_refused(tmp_path: Path) -> None:
    source = {"id": "a", "title": "A", "url": "https://example.org/a", "verified": "secondary", "read": "2026-11-23"}

    with pytest.raises(DocumentInvalid, match="a more than once"):
        load_criteria(other_therapy(tmp_path, {"sources": [source, source]}))
