"""Screening of posted answers, under one criteria set or several."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from cart_screen.answers.reading import check_document
from cart_screen.api import Screening, read_date
from cart_screen.comparison import Comparison, compared
from cart_screen.questionnaire import Questionnaire
from cart_screen.screening import Facts
from cart_screen.texts import Texts
from cart_screen.web.bodies import ANSWERS, read_text
from cart_screen.web.requests import AnswersSent, QuestionnaireRequest, ScreenRequest, posted
from cart_screen.web.responses import json_response, written_response
from cart_screen.web.served import Served
from cart_screen.web.steps import step_of
from cart_screen.web.writing import Writer


class Screenings:
    """The endpoints that read answers; nothing of them is kept."""

    def __init__(self, served: Served) -> None:
        self._served = served
        self._writer = Writer()

    async def screen(self, request: Request) -> Response:
        """
        Screen one set of answers.

        Under one criteria set the answer is a screening; under a list of sets it is a comparison, which holds the
        screening under each and the uses that they do not read alike. The result is guidance for a conversation
        with a specialist, never a verdict.
        """
        asked = posted(ScreenRequest, await read_text(request, ANSWERS))
        if isinstance(asked.criteria, list):
            found = self.compared(asked, asked.criteria)
            return json_response(found.to_dict(asked.language, asked.audience))
        screening = self.screened(asked, asked.criteria)
        return written_response(self._writer.write(screening, asked.language, asked.audience))

    async def questionnaire(self, request: Request) -> Response:
        """
        Give the next screen for the answers so far.

        Nothing is kept between two calls: each one brings all answers, and the answer to a screen is added to them
        by whoever asks. `next` is null once nothing is left to ask; `settled` says when no answer can change the
        guidance any more. A question that somebody does not know, or would rather not answer, goes into `absent`.
        """
        asked = posted(QuestionnaireRequest, await read_text(request, ANSWERS))
        facts = self.screened(asked, asked.criteria).facts
        questionnaire = Questionnaire(facts.answers, facts.criteria, facts.as_of, depth=asked.depth)
        return json_response(step_of(questionnaire, Texts(facts.criteria, asked.language, asked.audience)))

    def screened(self, asked: AnswersSent, criteria: str | None) -> Screening:
        """
        Screen what was sent under one set.

        Raises
        ------
        AnswersInvalid, CriteriaUnknown, DateInvalid
            As ``cart_screen.screen`` does.
        """
        return self._screened(asked, criteria, read_date(asked.as_of))

    def compared(self, asked: AnswersSent, criteria: Sequence[str]) -> Comparison:
        """
        Screen what was sent under several sets.

        Raises
        ------
        AnswersInvalid, CriteriaAlike, CriteriaUnknown, DateInvalid
            As ``cart_screen.comparison.screen_under`` does.
        """
        on = read_date(asked.as_of)
        return compared(self._screened(asked, name, on) for name in criteria)

    def _screened(self, asked: AnswersSent, criteria: str | None, on: date) -> Screening:
        chosen = self._served.one(criteria).on(on)
        # Each dictionary reads the document by itself: their canonical units may differ.
        return Screening(Facts(check_document(asked.document, chosen.reading.dictionary), chosen, on))
