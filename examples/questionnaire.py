"""Drive the questionnaire from your own front end: it is replayed from the answers, and asks only what matters."""

from cart_screen import Questionnaire

SAID = {
    "urgent_symptoms": False,
    "age_years": 70,
    "cancer_group": "lymphoma",
    "diagnosis": "mantle-cell-lymphoma",
    "disease_status": "remission",
}


def main() -> None:
    questionnaire = Questionnaire(as_of="2026-11-22")
    while question := questionnaire.next_question:
        print(f"asked: {question.id} (at most {questionnaire.progress.at_most - 1} more)")
        questionnaire = questionnaire.answer(question.id, SAID[question.id])
    print(questionnaire.screening.guidance.code, questionnaire.screening.guidance.because)


if __name__ == "__main__":
    main()
