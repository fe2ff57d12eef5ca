"""Pages one by one: what is refused and where the focus goes, going back, changing, units, lists, conflicts."""

from __future__ import annotations

from typing import Any

from cart_screen import Questionnaire, screen
from cart_screen.answers.units import to_canonical

from .conftest import Open
from .serving import DAY, criteria
from .shown import Shown
from .test_interviews import facts_of

SOLID = {"urgent_symptoms": False, "age_years": 40, "cancer_group": "solid-tumor"}
MYELOMA = {
    "urgent_symptoms": False, "age_years": 61, "diagnosis": "multiple-myeloma", "cns_involvement": "none",
    "disease_status": "relapsed", "prior_lines": 2, "refractory_to_last_therapy": False, "relapse_count": 1,
}  # fmt: skip


def given(shown: Shown, answers: dict[str, Any]) -> Shown:
    """Go on with some answers."""
    shown.run("(one, answers) => { one.answers = answers }", answers)
    shown.begin()
    return shown


def error(shown: Shown) -> str:
    """Give the error beside the field, after looking at how it is told."""
    (said,) = shown.element.locator("[part=error]").all_inner_texts()
    assert shown.element.locator("[part=error-summary]").inner_text() == f"There is a problem\n{said}"
    assert shown.run("one => one.shadowRoot.activeElement.getAttribute('part')") == "error-summary"
    assert shown.violations() == []
    described = shown.run(
        "one => [...one.shadowRoot.querySelectorAll('[aria-describedby]')]"
        ".map(at => at.getAttribute('aria-describedby'))"
    )
    ids = {id for named in described for id in named.split()}
    assert shown.element.locator("[part=error]").get_attribute("id") in ids
    return said


def test_going_on_without_an_answer_is_refused_and_the_summary_leads_to_the_field(opened: Open) -> None:
    shown = opened()
    shown.begin()
    shown.push("Continue")
    assert error(shown) == 'Choose an answer. If you do not know, choose "I don\'t know".'
    shown.press("Tab", "Enter")
    assert shown.focused == "input#choice-0"
    shown.press("ArrowDown", "Enter")
    assert shown.heading == "How old are you today?"


def test_a_number_that_is_none_is_refused_and_stays_as_it_was_typed(opened: Open) -> None:
    shown = given(opened(), {"urgent_symptoms": False})
    whole = "Please type a whole number from 0 to 120 years. For example: 30."
    missing = 'Type a number. If you do not know, choose "I don\'t know".'
    for typed in ("", "121", "40.5", "-1", "1e1", "0x10", "9" * 30):
        shown.reach("number")
        shown.press("ControlOrMeta+a", "Delete")
        shown.type(typed)
        shown.press("Enter")
        assert error(shown) == (whole if typed else missing)
        assert shown.element.locator("#number").input_value() == typed
    assert shown.answers["answers"] == {"urgent_symptoms": False}


def test_a_number_and_not_knowing_it_exclude_each_other(opened: Open) -> None:
    shown = given(opened(), {"urgent_symptoms": False})
    shown.reach("number")
    shown.type("40")
    shown.reach("choice")
    shown.press("Space")
    assert shown.chosen == ["choice-asked-unknown"]
    shown.press("Shift+Tab")
    shown.type("4")
    assert shown.chosen == ["number"]


def test_a_unit_is_chosen_and_the_limits_are_those_of_the_unit(opened: Open) -> None:
    shown = opened()
    shown.run("(one, answers) => { one.answers = answers }", {**SOLID, "creatinine": 1.1})
    shown.begin()
    shown.push("Change: Creatinine")
    assert "mg/dL: from 0.1 to 40" in shown.text
    assert "µmol/L: from 8.84 to 3536" in shown.text
    shown.reach("number")
    shown.press("ControlOrMeta+a")
    shown.type("88")
    assert shown.chosen == ["number", "unit-0"]
    shown.press("Enter")
    assert error(shown) == "Please type a number from 0.1 to 40 mg/dL. For example: 10."
    shown.reach("unit")
    shown.press("ArrowDown", "Enter")
    assert shown.heading == "Check your answers"
    question = criteria().reading.dictionary.questions["creatinine"]
    assert shown.answers["answers"]["creatinine"] == to_canonical(question, 88, "umol/L")
    shown.push("Change: Creatinine")
    assert shown.element.locator("#number").input_value() == "88"
    assert shown.chosen == ["number", "unit-1"]


def test_a_unit_is_never_chosen_for_anybody(opened: Open) -> None:
    shown = given(opened(), {**MYELOMA, "creatinine": 1.1})
    shown.run("one => { one.setAttribute('depth', 'complete') }")
    questionnaire = Questionnaire({**MYELOMA}, criteria(), DAY)
    assert questionnaire.next_screen is not None
    shown.run("(one, answers) => { one.answers = answers }", {**MYELOMA, **open_labs()})
    assert shown.chosen == []
    shown.reach("number")
    shown.type("2")
    shown.press("Enter")
    assert error(shown) == "Choose the unit of your number."
    shown.press("Tab", "Enter")
    assert shown.focused == "input#unit-0"


def open_labs() -> dict[str, Any]:
    """Give answers after which a number with several units is the next question."""
    questionnaire = Questionnaire(MYELOMA, criteria(), DAY, depth="complete")
    answers: dict[str, Any] = {}
    while (asked := questionnaire.next_screen) is not None:
        (first, *_) = asked.questions
        if len(first.units) > 1:
            return answers
        for question in asked.questions:
            choices = questionnaire.choices(question)
            answers[question.id] = None if not choices else choices[-1]
        questionnaire = Questionnaire({**MYELOMA, **answers}, criteria(), DAY, depth="complete")
    raise AssertionError("no question has several units")


def test_lines_that_are_not_ticked_are_false_only_where_that_is_said(opened: Open) -> None:
    shown = given(opened(), MYELOMA)
    drugs = ["received_proteasome_inhibitor", "received_immunomodulatory_agent", "received_anti_cd38"]
    assert shown.heading == "Which of these drugs have you had?"
    shown.push("Continue")
    assert error(shown).startswith("Choose an answer.")
    shown.press("Tab", "Enter", "Space")
    shown.push("Continue")
    assert error(shown) == "Tell us about the lines that you did not choose."
    assert shown.chosen == [f"tick-{drugs[0]}"]
    shown.press("Tab", "Enter", "ArrowDown", "Enter")
    assert {id: shown.answers["answers"].get(id) for id in drugs} == dict(zip(drugs, (True, None, None), strict=True))
    assert {shown.answers["absent"].get(id) for id in drugs[1:]} == {"asked-unknown"}
    shown.push("Back")
    assert shown.chosen == [f"tick-{drugs[0]}", "choice-asked-unknown"]
    shown.reach("choice")
    shown.press("ArrowUp", "Enter")
    assert [shown.answers["answers"][id] for id in drugs] == [True, False, False]
    shown.push("Back")
    shown.reach("choice")
    shown.press("ArrowDown", "ArrowDown", "Enter")
    assert {shown.answers["absent"].get(id) for id in drugs[1:]} == {"asked-declined"}


def test_going_back_keeps_answers_and_going_on_again_is_as_if_one_had_not(opened: Open) -> None:
    shown = opened()
    shown.begin()
    for keys in (["ArrowDown"], ["67"], ["ArrowDown"]):
        shown.reach("number" if keys == ["67"] else "choice")
        shown.type("67") if keys == ["67"] else shown.press(*keys)
        shown.press("Enter")
    before = (shown.heading, shown.text, shown.answers)
    shown.push("Back")
    assert shown.chosen == ["choice-1"]
    shown.push("Back")
    assert shown.element.locator("#number").input_value() == "67"
    shown.push("Back")
    shown.push("Back")
    assert shown.heading.startswith("CAR T-cell therapy")
    shown.push("Start")
    assert (shown.heading, shown.text, shown.answers) == before
    assert shown.chosen == []


def test_a_change_leads_to_what_is_new_and_then_straight_back(opened: Open) -> None:
    shown = given(opened(), SOLID)
    assert shown.heading == "Check your answers"
    shown.push("Change: Kind of cancer")
    assert shown.focused == "h1#"
    shown.push("Back")
    assert shown.heading == "Check your answers"
    shown.push("Change: Kind of cancer")
    shown.reach("choice")
    shown.press("ArrowUp", "ArrowUp", "ArrowUp", "ArrowUp", "Enter")
    after = Questionnaire({**SOLID, "cancer_group": "lymphoma"}, criteria(), DAY)
    assert shown.answers == after.answers.to_dict()
    assert facts_of(shown.screening) == facts_of(after.screening.to_dict())
    assert shown.heading == "What is the exact name of the cancer?"
    shown.push("Back")
    shown.reach("choice")
    shown.press("ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "Enter")
    assert shown.heading == "Check your answers"
    assert facts_of(shown.screening) == facts_of(screen(SOLID, criteria(), DAY).to_dict())


def test_of_two_answers_that_do_not_fit_one_is_chosen_and_changed(opened: Open) -> None:
    shown = given(opened(), {**MYELOMA, "prior_lines": 0})
    assert shown.heading == "Two answers do not fit together"
    assert shown.violations() == []
    assert shown.chosen == []
    shown.push("Continue")
    assert error(shown).startswith("Choose an answer.")
    shown.reach("choice")
    labels = shown.element.locator("[part=option] label").all_inner_texts()
    shown.press(*(["ArrowDown"] * next(at for at, said in enumerate(labels) if said.startswith("Lines"))) or ["Space"])
    shown.press("Enter")
    assert shown.heading == "How many lines of treatment have you had?"
    shown.reach("number")
    shown.press("ControlOrMeta+a")
    shown.type("2")
    shown.press("Enter")
    assert shown.screening["conflicts"] == []
    assert shown.heading == "Which of these drugs have you had?"


def test_answers_that_do_not_fit_can_stay_and_the_guidance_asks_to_settle_them(opened: Open) -> None:
    shown = given(opened(), {**MYELOMA, "prior_lines": 0})
    while shown.heading == "Two answers do not fit together":
        shown.reach("choice")
        shown.press("ArrowUp", "Enter")
    while shown.heading != "Check your answers":
        shown.reach("choice")
        shown.press("Space", "Enter")
    shown.push("These are right: show what to do next")
    assert shown.heading == "Two answers do not fit together. Please check them first"
    assert "Answers to check" in shown.text
    assert shown.violations() == []


def test_an_urgent_sign_is_told_at_once_above_everything(opened: Open) -> None:
    shown = opened()
    shown.begin()
    shown.press("Tab", "Space", "Enter")
    alert = shown.element.get_by_role("alert")
    assert alert.inner_text().startswith("Get medical help now")
    assert shown.violations() == []
    shown.push("Back")
    assert shown.element.get_by_role("alert").count() == 0
    assert "Get medical help now" in shown.text


def test_each_question_tells_why_it_is_asked_and_where_the_answer_is(opened: Open) -> None:
    shown = given(opened(), {"urgent_symptoms": False})
    summary = shown.element.locator("summary")
    assert "Approved uses are written for age groups." not in shown.text
    summary.press("Enter")
    assert "Approved uses are written for age groups." in shown.text
    assert shown.violations() == []


def test_the_guidance_shows_the_uses_that_were_compared_where_somebody_asks(opened: Open) -> None:
    shown = given(opened(), SOLID)
    shown.push("These are right: show what to do next")
    uses = shown.element.locator("[part=use]")
    assert uses.count() == len(criteria().in_force(DAY))
    assert not uses.first.is_visible()
    shown.element.locator("summary", has_text="All approved uses").press("Enter")
    assert uses.first.is_visible()
    assert shown.violations() == []
