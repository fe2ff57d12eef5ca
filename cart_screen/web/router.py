"""The routes, for any FastAPI application."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse

from cart_screen.formats.comparison import Comparison as ComparisonFormat
from cart_screen.formats.screening import Screening as ScreeningFormat
from cart_screen.web import described, documents
from cart_screen.web.criteria import Criteria
from cart_screen.web.described import POSTED, problems
from cart_screen.web.direct import DirectRoute
from cart_screen.web.fhir import MEDIA_TYPE as FHIR_MEDIA_TYPE
from cart_screen.web.fhir import Fhir
from cart_screen.web.guard import Endpoint, guarded
from cart_screen.web.health import Health
from cart_screen.web.hooks import DEMO, SERVICE, Hooks
from cart_screen.web.pages import Pages
from cart_screen.web.screening import Screenings
from cart_screen.web.served import Served

Add = Callable[..., None]


def create_router(*, criteria: Sequence[str | Path] = (), public_url: str | None = None) -> APIRouter:
    """
    Give a router with every endpoint, to include in a FastAPI application under any prefix.

    ``criteria`` are the sets that it serves, by name or by the path of your own, the one that is meant by default
    first; all that ship with the package where there are none. ``public_url`` is the address under which people
    reach the router, for the links that it gives. Errors of its own endpoints are answered with problem documents
    by itself; the application's own handlers are left alone.

    Raises
    ------
    CriteriaUnknown, CriteriaMissing, DocumentInvalid, ReleaseChanged
        As ``cart_screen.load_criteria`` does.
    CriteriaAlike
        When two of the sets have the same name.
    """
    return _filled(APIRouter(), criteria, public_url)


def direct_router(*, criteria: Sequence[str | Path] = (), public_url: str | None = None) -> APIRouter:
    """
    Give the same router for an application of which every part is our own (direct.DirectRoute).

    Arguments and errors are those of ``create_router``.
    """
    return _filled(APIRouter(route_class=DirectRoute), criteria, public_url)


def _filled(router: APIRouter, criteria: Sequence[str | Path], public_url: str | None) -> APIRouter:
    served = Served(criteria)
    screenings = Screenings(served)
    # First, since routes are tried in turn, and these are called for every answer.
    _add_screenings(router, served, screenings)
    _add_criteria(router, served)
    _add_fhir(router, served, Fhir(served, screenings))
    _add_hooks(router, Hooks(served, public_url))
    _add_pages(router, served)
    return router


class _Schema(JSONResponse):
    media_type = "application/schema+json"


class _Fhir(JSONResponse):
    media_type = FHIR_MEDIA_TYPE


class _Script(PlainTextResponse):
    media_type = "text/javascript"


def _add_criteria(router: APIRouter, served: Served) -> None:
    criteria = Criteria(served)
    the_set = described.step("set", served.sets, "The criteria set.")
    every = described.parameter(
        "versions", "in-force, or all of them.", {"type": "string", "enum": ["in-force", "all"], "default": "in-force"}
    )
    _get(router, "/v1/criteria", criteria.sets, "criteria-sets", documents.CriteriaSets)
    _get(
        router,
        "/v1/criteria/{set}",
        criteria.uses,
        "criteria-uses",
        documents.UsesListed,
        parameters=[described.as_of(), every],
        steps=[the_set],
        errors=(400, 404, 422),
    )
    named = described.parameter("version", "A version such as 1.0.0; the one in force on the date where none is named.")
    use = {"name": "use", "in": "path", "required": True, "description": "The use.", "schema": {"type": "string"}}
    _get(
        router,
        "/v1/criteria/{set}/{use}",
        criteria.document,
        "criteria-document",
        documents.Resource,
        parameters=[described.as_of(), named],
        steps=[the_set, {**use, "example": next(iter(served.one(None).indications)).id}],
        errors=(400, 404, 422),
        response_class=_Schema,
    )


def _add_screenings(router: APIRouter, served: Served, screenings: Screenings) -> None:
    names = list(served.sets)
    one = described.example(served, criteria=served.default, as_of=described.EXAMPLE_DATE)
    several = described.example(served, criteria=names[:2], as_of=described.EXAMPLE_DATE, audience="clinician")
    _post(
        router,
        "/v1/screen",
        screenings.screen,
        "screen",
        ScreeningFormat | ComparisonFormat,
        described.body(
            described.asked(served, {"criteria": described.sets(served)}, ("answers",)),
            {"One set": one, "Several sets": several},
        ),
    )
    begun = {"criteria": served.default, "as_of": described.EXAMPLE_DATE}
    _post(
        router,
        "/v1/questionnaire",
        screenings.questionnaire,
        "questionnaire",
        documents.QuestionnaireStep,
        described.body(
            described.asked(served, {"criteria": described.one_set(served), "depth": described.depth()}),
            {"The first question": {"answers": {}, **begun}, "A later one": {**one, "depth": "complete"}},
        ),
    )


def _add_fhir(router: APIRouter, served: Served, fhir: Fhir) -> None:
    chosen = [
        described.as_of(),
        described.parameter("criteria", "The criteria set.", {"type": "string", "enum": list(served.sets)}),
    ]
    spoken = [
        described.parameter("language", "The language of the words."),
        described.parameter(
            "audience", "Whom the words speak to.", {"type": "string", "enum": ["patient", "child", "clinician"]}
        ),
    ]
    _get(
        router,
        "/v1/fhir/Questionnaire",
        fhir.questionnaire,
        "fhir-questionnaire",
        documents.Resource,
        parameters=[*chosen, *spoken],
        errors=(400, 404, 422, 501),
        response_class=_Fhir,
    )
    _post(
        router,
        "/v1/fhir/QuestionnaireResponse",
        fhir.response,
        "fhir-response",
        documents.Resource,
        described.body(
            described.asked(
                served,
                {"criteria": described.one_set(served), "completed": {"type": "boolean", "default": False}},
                ("answers",),
            ),
            {"Answers": described.example(served, criteria=served.default, completed=True)},
        ),
        more=(501,),
        response_class=_Fhir,
    )
    _post(
        router,
        "/v1/fhir/GuidanceResponse",
        fhir.guidance,
        "fhir-guidance",
        documents.Resource,
        described.body(
            described.resource("QuestionnaireResponse"),
            {"A response": described.example_response(served)},
            FHIR_MEDIA_TYPE,
        ),
        parameters=[*chosen, *spoken],
        more=(501,),
        response_class=_Fhir,
    )
    _post(
        router,
        "/v1/fhir/prefill",
        fhir.prefill,
        "fhir-prefill",
        documents.Resource,
        described.body(described.resource("Bundle"), {"A bundle": described.EXAMPLE_BUNDLE}, FHIR_MEDIA_TYPE),
        parameters=chosen,
        more=(501,),
    )


def _add_hooks(router: APIRouter, hooks: Hooks) -> None:
    _get(router, "/cds-services", hooks.discover, "cds-services", documents.HookServices)
    _post(
        router,
        "/cds-services/{service}",
        hooks.call,
        "cds-service",
        documents.Cards,
        described.body(described.HOOK, {"A record": described.EXAMPLE_HOOK}),
        steps=[described.step("service", [SERVICE], "The service.")],
        more=(412, 501),
    )


def _add_pages(router: APIRouter, served: Served) -> None:
    pages, health = Pages(served), Health(served)
    name = {"name": "file", "in": "path", "required": True, "schema": {"type": "string"}, "example": "cart-screen.js"}
    chosen = described.parameter("criteria", "The criteria set.", {"type": "string", "enum": list(served.sets)})
    _get(
        router,
        "/component/{file}",
        pages.file,
        "component-file",
        None,
        steps=[name],
        errors=(400, 404),
        response_class=_Script,
    )
    _get(router, "/demo", pages.demo, DEMO, None, parameters=[chosen], errors=(400, 404), response_class=HTMLResponse)
    _get(router, "/health", health.alive, "health", documents.State)
    _get(router, "/ready", health.ready, "ready", documents.State, errors=(400, 500))


def _get(
    router: APIRouter,
    path: str,
    endpoint: Endpoint,
    name: str,
    model: Any,
    *,
    parameters: Sequence[described.Json] = (),
    steps: Sequence[described.Json] = (),
    errors: tuple[int, ...] = (400,),
    response_class: type[Any] = JSONResponse,
) -> None:
    router.add_api_route(
        path,
        guarded(endpoint, [one["name"] for one in parameters]),
        methods=["GET"],
        name=name,
        summary=_summary(name),
        response_model=model,
        responses=problems(*errors),
        response_class=response_class,
        openapi_extra={"parameters": [*steps, *parameters]},
    )


def _post(
    router: APIRouter,
    path: str,
    endpoint: Endpoint,
    name: str,
    model: Any,
    body: described.Json,
    *,
    parameters: Sequence[described.Json] = (),
    steps: Sequence[described.Json] = (),
    more: tuple[int, ...] = (),
    response_class: type[Any] = JSONResponse,
) -> None:
    router.add_api_route(
        path,
        guarded(endpoint, [one["name"] for one in parameters]),
        methods=["POST"],
        name=name,
        summary=_summary(name),
        response_model=model,
        responses=problems(*POSTED, *more),
        response_class=response_class,
        openapi_extra={"parameters": [*steps, *parameters], **body},
    )


def _summary(name: str) -> str:
    return name.replace("-", " ").capitalize()
