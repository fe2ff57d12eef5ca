"""What a page around the element says with attributes and properties, and what it hears."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from cart_screen import Questionnaire, screen
from cart_screen.answers.given import Answers

from .conftest import Open
from .serving import DAY, criteria
from .shown import Shown
from .test_interviews import facts_of

SOLID = {"urgent_symptoms": False, "age_years": 40, "cancer_group": "solid-tumor"}
LYMPHOMA = {"urgent_symptoms": False, "age_years": 67, "diagnosis": "diffuse-large-b-cell-lymphoma"}

# Answers that no questionnaire can have come by, as JavaScript writes them.
HOSTILE = {
    "no object": "null",
    "a list": "[]",
    "a text": "'{}'",
    "an unknown question": "({nobody_asks: 1})",
    "a name of every object": "JSON.parse('{\"__proto__\": {\"age_years\": 1}, \"constructor\": 1}')",
    "a wrong type": "({age_years: '40'})",
    "no finite number": "({age_years: Infinity})",
    "no number": "({creatinine: NaN})",
    "out of bounds": "({age_years: 1e300})",
    "a list of answers": "({age_years: [40]})",
    "an answer with its own text": "({age_years: {toString: () => '40'}})",
    "another choice": "({sex: '<img src=x onerror=alert(1)>'})",
    "a derived answer": "({performance_scale: 'ecog'})",
    "another format": "({format: 'cart-screen-answers/9', answers: {}})",
    "units": "({format: 'cart-screen-answers/1', answers: {creatinine: 88}, units: {creatinine: 'umol/L'}})",
    "another reason": "({format: 'cart-screen-answers/1', answers: {}, absent: {age_years: 'lost'}})",
    "a value and a reason": "({answers: {age_years: 4}, absent: {age_years: 'asked-unknown'}, ...FORMAT})",
}  # fmt: skip


_SET = """one => {
  const FORMAT = {format: "cart-screen-answers/1"};
  try { one.answers = HOSTILE; return "taken" } catch (error) { return error.code || error.name }
}"""


@pytest.fixture
def shown(opened: Open) -> Shown:
    """Give the element with an answer that has to stay."""
    found = opened()
    found.run("one => { one.answers = {age_years: 40} }")
    return found


def test_answers_that_cannot_be_are_refused_and_change_nothing(shown: Shown) -> None:
    said = {kind: shown.run(_SET.replace("HOSTILE", value)) for kind, value in HOSTILE.items()}
    assert said == dict.fromkeys(HOSTILE, "answers-invalid")
    assert shown.answers["answers"] == {"age_years": 40}
    assert shown.heading.startswith("CAR T-cell therapy")
    assert shown.page.evaluate("({}).age_years") is None


def test_answers_come_in_and_go_out_in_the_exchange_form(shown: Shown) -> None:
    document = Answers(LYMPHOMA, {"creatinine": "asked-unknown"}).to_dict()
    shown.run("(one, document) => { one.answers = document }", document)
    assert shown.answers == document
    assert facts_of(shown.screening) == facts_of(screen(Answers(LYMPHOMA), criteria(), DAY).to_dict())
    shown.run("one => { one.answers.answers.age_years = 1; one.screening.guidance.code = 'x' }")
    assert shown.answers == document


def test_nothing_asked_again_where_answers_were_set(shown: Shown) -> None:
    shown.run("(one, answers) => { one.answers = answers }", LYMPHOMA)
    shown.begin()
    after = Questionnaire(LYMPHOMA, criteria(), DAY).next_question
    assert after is not None
    assert shown.heading == criteria().texts["en"]["questions"][after.id]["heading"]


def test_events_cross_shadow_roots_and_carry_answers_and_guidance(opened: Open) -> None:
    shown = opened()
    shown.listen("cart-screen-change", "cart-screen-result")
    shown.begin()
    shown.press("Tab", "ArrowDown", "Enter")
    (change,) = shown.heard("cart-screen-change")
    assert change["answers"] == Answers({"urgent_symptoms": False}).to_dict()
    assert change["guidance"]["code"] == "discuss-incomplete"
    assert shown.heard("cart-screen-result") == []
    shown.run("(one, answers) => { one.answers = answers }", SOLID)
    shown.push("These are right: show what to do next")
    (result,) = shown.heard("cart-screen-result")
    assert result["guidance"] == shown.screening["guidance"]


def test_the_words_follow_the_mode_and_without_one_the_age(opened: Open) -> None:
    title = "CAR T-cell therapy: questions before you talk with a specialist"
    shown = opened()
    assert shown.heading == title
    shown.run("one => one.setAttribute('mode', 'clinician')")
    assert shown.heading == "CAR T-cell therapy: questions about a patient before referral"
    shown.run("one => one.removeAttribute('mode')")
    shown.run("one => { one.answers = {age_years: 9} }")
    assert shown.heading == f"{title} about your child"
    shown.run("one => one.setAttribute('mode', 'patient')")
    assert shown.heading == title


def test_another_set_is_loaded_and_keeps_the_answers(opened: Open) -> None:
    shown = opened('<main><cart-screen criteria="eu-ema"></cart-screen></main>')
    shown.run("(one, answers) => { one.answers = answers }", LYMPHOMA)
    assert shown.screening["criteria"]["set"] == "eu-ema"
    shown.run("one => one.setAttribute('criteria', 'overview')")
    shown.ready()
    assert shown.screening["criteria"]["set"] == "overview"
    assert shown.answers["answers"] == LYMPHOMA


def test_at_full_depth_more_is_asked(opened: Open) -> None:
    shown = opened('<main><cart-screen depth="complete"></cart-screen></main>')
    answers = {**LYMPHOMA, "diagnosis": "hodgkin-lymphoma"}
    for depth in ("complete", "settle"):
        shown.run("(one, depth) => one.setAttribute('depth', depth)", depth)
        shown.run("(one, answers) => { one.answers = answers }", answers)
        if depth == "complete":
            shown.begin()
        there = Questionnaire(answers, criteria(), DAY, depth=depth).next_question
        expected = criteria().texts["en"]["questions"][there.id]["heading"] if there else "Check your answers"
        assert shown.heading == expected


@pytest.mark.parametrize(
    ("attributes", "said"),
    [
        ('criteria="fda"', 'there are none with the name "fda". Set the attribute "criteria" of cart-screen to one of'),
        (
            'lang="tlh"',
            'there are none with the name "tlh". Set the attribute "lang" of cart-screen to one of these: en',
        ),
        ('criteria="constructor"', 'there are none with the name "constructor"'),
        ('criteria="../../x"', 'there are none with the name "../../x"'),
    ],
)
def test_a_name_that_is_not_known_is_told_readably(attributes: str, said: str, opened: Open) -> None:
    shown = opened(
        f"<main><h1>Around</h1><cart-screen></cart-screen><cart-screen id=other {attributes}></cart-screen></main>"
    )
    other = Shown(shown.page, "#other")
    assert said in other.text
    assert other.screening is None
    assert shown.violations() == []


@pytest.fixture
def two(opened: Open) -> tuple[Shown, Shown]:
    """Give two elements on one page."""
    first = opened("<main><cart-screen id=one></cart-screen><cart-screen id=two mode=clinician></cart-screen></main>")
    first.selector = "#one"
    second = Shown(first.page, "#two")
    second.ready()
    return first, second


def test_two_on_one_page_know_nothing_of_each_other(two: tuple[Shown, Shown]) -> None:
    first, second = two
    first.begin()
    first.press("Tab", "ArrowDown", "Enter")
    assert first.heading == "How old are you today?"
    assert second.heading == "CAR T-cell therapy: questions about a patient before referral"
    assert second.answers["answers"] == {}
    second.element.get_by_role("button", name="Start").press("Enter")
    second.press("Tab", "Space")
    assert first.chosen == []
    assert first.violations() == []


def test_an_element_that_a_script_makes_and_sets_early_works_too(opened: Open) -> None:
    shown = opened()
    shown.page.evaluate(
        "answers => { const late = document.createElement('cart-screen'); late.id = 'late'; late.answers = answers;"
        "document.querySelector('main').replaceChildren(late) }",
        SOLID,
    )
    late = Shown(shown.page, "#late")
    late.ready()
    assert late.answers["answers"] == SOLID


def test_nothing_is_stored_and_the_address_stays(opened: Open) -> None:
    shown = opened()
    before = shown.page.evaluate("[location.href, history.length]")
    shown.run("(one, answers) => { one.answers = answers }", SOLID)
    shown.begin()
    shown.push("These are right: show what to do next")
    assert shown.page.evaluate("[location.href, history.length]") == before
    assert shown.page.evaluate("[localStorage.length, sessionStorage.length, document.cookie, history.state]") == [
        0,
        0,
        "",
        None,
    ]
    assert shown.page.evaluate("indexedDB.databases()") == []
    shown.page.reload()
    shown.ready()
    assert shown.answers["answers"] == {}


def test_a_wrong_answer_set_before_loading_is_an_error_of_the_page(
    browser: Browser, opened: Open, address: str
) -> None:
    opened()
    context = browser.new_context()
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{address}page.html")
    with page.expect_event("pageerror"):
        page.evaluate(
            "() => { const late = document.createElement('cart-screen'); late.setAttribute('criteria', 'eu-ema');"
            "late.id = 'late'; late.answers = {nobody_asks: 1}; document.querySelector('main').replaceChildren(late) }"
        )
    late = Shown(page, "#late")
    late.ready()
    context.close()
    assert len(errors) == 1
