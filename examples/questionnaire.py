"""Drive the questionnaire from your own front end: it is replayed from the answers, and asks only what matters."""

from cart_screen import Questionnaire

SAID = {
    "urgent_symptoms": False,
    "age_years": 70,
    "cancer_group": "myeloma",
    "diagnosis": "multiple-myeloma",
    "disease_status": "relapsed",
    "prior_lines": 1,
    "received_proteasome_inhibitor": True,
    "lenalidomide_refractory": False,
}


def main() -> None:
    questionnaire = Questionnaire(as_of="2026-11-22")
    while screen := questionnaire.next_screen:
        print(f"asked: {screen.id} (at most {questionnaire.progress.at_most - 1} more)")
        if len(screen.questions) > 1:
            ticked = {question.id for question in screen.questions if SAID.get(question.id)}
            questionnaire = questionnaire.answer_screen(screen, ticked, none_of_the_others=True)
        else:
            questionnaire = questionnaire.answer(screen.id, SAID[screen.id])
    print(questionnaire.screening.guidance.code, questionnaire.screening.guidance.because)
    for row in questionnaire.check_answers:
        print(f"{row.question}: {row.value}")


if __name__ == "__main__":
    main()
