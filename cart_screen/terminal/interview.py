"""The interview: asks what the questionnaire wants to know, until nothing is left to ask."""

from __future__ import annotations

from cart_screen.answers.absent import AbsentReason
from cart_screen.answers.dictionary import Question
from cart_screen.answers.scalars import Scalar
from cart_screen.questionnaire import Questionnaire
from cart_screen.terminal.layout import paragraph, question_head
from cart_screen.terminal.prompting import Given, GoesBack, NotKnown, Page, Prompter, WantsReason
from cart_screen.texts import Texts


def interview(start: Questionnaire, prompter: Prompter, texts: Texts) -> Questionnaire:
    """
    Ask until nothing that is left can change the guidance; give the finished questionnaire.

    Raises
    ------
    InputEnded
        When the input ends before the questions do.
    KeyboardInterrupt
        When the person stops; nothing is recorded of the question at hand.
    """
    _introduce(prompter, texts)
    return _Interview(prompter, texts).run(start)


def _introduce(prompter: Prompter, texts: Texts) -> None:
    _show(texts.get("terminal", "title"))
    _show("")
    for said in texts.paragraphs("intended-use", "paragraphs"):
        _show(said)
    _show(texts.get("intended-use", "regulatory-note"))
    _show("")
    _show(texts.get("terminal", prompter.keys))


def _show(text: str) -> None:
    print(paragraph(text))


class _Interview:
    def __init__(self, prompter: Prompter, texts: Texts) -> None:
        self._prompter = prompter
        self._texts = texts
        self._asked: list[str] = []
        self._kept: set[str] = set()

    def run(self, questionnaire: Questionnaire) -> Questionnaire:
        while True:
            questionnaire = self._settle(questionnaire)
            question = questionnaire.next_question
            if question is None:
                return questionnaire
            questionnaire = self._ask(questionnaire, question)

    def _ask(self, questionnaire: Questionnaire, question: Question) -> Questionnaire:
        page = self._page(questionnaire, question)
        while True:
            print(question_head(page))
            match self._prompter.ask(page):
                case Given(value=value):
                    self._remember(question)
                    return self._urgent(questionnaire, questionnaire.answer(question.id, value))
                case NotKnown():
                    self._remember(question)
                    return questionnaire.answer_absent(question.id, AbsentReason.ASKED_UNKNOWN)
                case GoesBack():
                    if self._asked:
                        return questionnaire.withdraw(self._asked.pop())
                    _show(self._texts.get("terminal", "first-question"))
                case WantsReason():
                    self._explain(question)

    def _remember(self, question: Question) -> None:
        """Put a question last among those asked, also when it is asked once more."""
        self._asked = [*(id for id in self._asked if id != question.id), question.id]

    def _urgent(self, before: Questionnaire, after: Questionnaire) -> Questionnaire:
        """Say at once what an answer makes urgent."""
        urgency = after.screening.guidance.urgency
        if urgency and urgency != before.screening.guidance.urgency:
            _show("")
            _show(self._texts.get(urgency, "headline"))
            _show(self._texts.get(urgency, "text"))
        return after

    def _settle(self, questionnaire: Questionnaire) -> Questionnaire:
        """Show each new conflict and let one of its answers be changed."""
        for conflict in questionnaire.screening.conflicts:
            if conflict in self._kept:
                continue
            involved = questionnaire.screening.facts.conflict_answers(conflict)
            _show("")
            _show(self._texts.get("terminal", "conflict"))
            _show(self._texts.get("conflicts", conflict))
            labels = [self._row(id, questionnaire.answers.values[id]) for id in involved]
            _show("")
            _show(self._texts.get("terminal", "conflict-choose"))
            place = self._prompter.pick([*labels, self._texts.get("terminal", "conflict-keep")])
            if place == len(involved):
                self._kept.add(conflict)
                continue
            question = questionnaire.criteria.reading.dictionary.questions[involved[place]]
            return self._settle(self._ask(questionnaire.withdraw(question.id), question))
        return questionnaire

    def _explain(self, question: Question) -> None:
        for part in ("why", "where"):
            words = self._texts.get("questions", question.id, part)
            _show(f"{self._texts.get('terminal', part)}: {words}")

    def _row(self, id: str, value: Scalar) -> str:
        said = self._texts.get("terminal", "given").format(value=self._texts.value(id, value))
        return f"{self._texts.get('questions', id, 'label')}. {said}"

    def _page(self, questionnaire: Questionnaire, question: Question) -> Page:
        progress = questionnaire.progress
        more = max(0, progress.at_most - 1)
        return Page(
            question=question,
            topic=self._texts.get("topics", question.topic).rstrip(".?!"),
            progress=self._texts.get("terminal", "progress").format(number=progress.asked + 1, more=more),
            heading=self._texts.get("questions", question.id, "heading"),
            hint=self._texts.find("questions", question.id, "hint"),
            choices=tuple((value, self._texts.value(question.id, value)) for value in questionnaire.choices(question)),
            unit=self._texts.find("questions", question.id, "unit"),
        )
