"""FHIR R4 in and out: the questionnaire, its responses, and prefilling from a bundle."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from cart_screen.api import read_date, screen
from cart_screen.texts import Audience
from cart_screen.web.bodies import ANSWERS, RESOURCES, read_json, read_text
from cart_screen.web.errors import ParameterInvalid
from cart_screen.web.requests import ResponseRequest, posted
from cart_screen.web.responses import PUBLIC, json_response
from cart_screen.web.screening import Screenings
from cart_screen.web.served import Served

MEDIA_TYPE = "application/fhir+json"


class Fhir:
    """The endpoints that speak FHIR; nothing of what they read is kept, and nothing is fetched."""

    def __init__(self, served: Served, screenings: Screenings) -> None:
        self._served = served
        self._screenings = screenings

    async def questionnaire(self, request: Request) -> Response:
        """Give the questionnaire of a set as a FHIR R4 Questionnaire."""
        # Imported here and below: it brings fhir.resources, which is an extra of its own; without it, an error says so.
        from cart_screen.fhir.questionnaire import questionnaire_of

        made = partial(questionnaire_of, *self._chosen(request), *_spoken(request))
        return json_response(await run_in_threadpool(made), media_type=MEDIA_TYPE, headers=PUBLIC)

    async def response(self, request: Request) -> Response:
        """
        Write answers as a FHIR R4 QuestionnaireResponse.

        It is `in-progress` until `completed` says that somebody has checked the answers.
        """
        from cart_screen.fhir.response import response_of

        asked = posted(ResponseRequest, await read_text(request, ANSWERS))
        facts = self._screenings.screened(asked, asked.criteria).facts
        made = partial(response_of, facts.answers, facts.criteria, facts.as_of, completed=asked.completed)
        return json_response(await run_in_threadpool(made), media_type=MEDIA_TYPE)

    async def guidance(self, request: Request) -> Response:
        """Screen the answers of a FHIR R4 QuestionnaireResponse, and give a GuidanceResponse with the findings."""
        resource = await read_json(request, RESOURCES)
        chosen, on = self._chosen(request)
        spoken = _spoken(request)

        def made() -> dict[str, Any]:
            from cart_screen.fhir.guidance import guidance_response
            from cart_screen.fhir.response import answers_of

            return guidance_response(screen(answers_of(resource, chosen), chosen, on), *spoken)

        return json_response(await run_in_threadpool(made), media_type=MEDIA_TYPE)

    async def prefill(self, request: Request) -> Response:
        """
        Read answers from a FHIR R4 Bundle of Patient, Condition and Observation resources.

        Each answer is to be confirmed by a person; what a code leaves open is to be asked, and not guessed.
        """
        bundle = await read_json(request, RESOURCES)
        chosen, on = self._chosen(request)

        def made() -> dict[str, Any]:
            from cart_screen.fhir.prefill import prefill

            return prefill(bundle, chosen, on).to_dict()

        return json_response(await run_in_threadpool(made))

    def _chosen(self, request: Request) -> tuple[Any, date]:
        on = read_date(request.query_params.get("as_of"))
        return self._served.one(request.query_params.get("criteria")).on(on), on


def _spoken(request: Request) -> tuple[str, Audience]:
    language = request.query_params.get("language", "en")
    try:
        return language, Audience(request.query_params.get("audience", Audience.PATIENT))
    except ValueError:
        raise ParameterInvalid("audience", "is no audience", f"Use one of: {', '.join(Audience)}.") from None
