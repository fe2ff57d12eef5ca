"""CDS Hooks 2.0: one service that says in a patient's record when a conversation with a specialist is worth having."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any
from uuid import uuid4

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from cart_screen.api import Screening, read_date, screen
from cart_screen.model import CriteriaSet, CriterionId
from cart_screen.rules.expressions import questions_of
from cart_screen.texts import Audience, Texts, Words
from cart_screen.web.bodies import RESOURCES, read_json
from cart_screen.web.errors import HostRefused, PrefetchMissing, ServiceUnknown
from cart_screen.web.requests import HookRequest, checked
from cart_screen.web.responses import PUBLIC, json_response
from cart_screen.web.served import Served

SERVICE = "cart-screen"
HOOK = "patient-view"
LOINC = "http://loinc.org"

# The name of the route of the demo page.
DEMO = "cart-screen-demo"

# What the specification asks a summary to stay under.
_LONGEST_SUMMARY = 140

# A card is read at a glance; the questionnaire behind its link asks for the rest.
_MOST_NEEDED = 6

_HOST = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")


class Hooks:
    """
    The endpoints of CDS Hooks; nothing of what they read is kept, and nothing is fetched.

    ``public_url`` is the address under which people reach this server, for the link on a card; without one it is
    made from the request.
    """

    def __init__(self, served: Served, public_url: str | None) -> None:
        self._served = served
        self._public_url = public_url

    async def discover(self, request: Request) -> Response:
        """List the CDS Hooks services."""
        return json_response({"services": [self._service]}, headers=PUBLIC)

    async def call(self, request: Request) -> Response:
        """
        Give cards for the record that is open.

        There is a card where the record names a cancer that the criteria speak of, or one that they may speak of. It
        says what to think of next, never a verdict, and what was read from the record is to be confirmed.
        """
        name = request.path_params["service"]
        if name != SERVICE:
            raise ServiceUnknown(name, SERVICE)
        asked = checked(HookRequest, await read_json(request, RESOURCES))
        if asked.hook != HOOK:
            raise ServiceUnknown(asked.hook, HOOK)
        given = asked.prefetch or {}
        missing = [key for key in self._prefetch if key not in given]
        if missing:
            raise PrefetchMissing(missing)
        link = self._questionnaire(request)
        cards = await run_in_threadpool(self._cards, [given[key] for key in self._prefetch], link)
        return json_response({"cards": cards})

    @cached_property
    def _service(self) -> dict[str, Any]:
        texts = self._texts(self._served.one(None))
        return {
            "hook": HOOK,
            "id": SERVICE,
            "title": texts.get("web", "hook-title"),
            "description": texts.get("web", "hook-description"),
            "prefetch": dict(self._prefetch),
        }

    @cached_property
    def _prefetch(self) -> Mapping[str, str]:
        questions = (one for found in self._served.dictionaries for one in found.questions.values())
        codes = {code.code for question in questions for code in question.codes if code.system == LOINC}
        listed = ",".join(f"{LOINC}|{code}" for code in sorted(codes))
        return {
            "patient": "Patient/{{context.patientId}}",
            "conditions": "Condition?patient={{context.patientId}}",
            "observations": f"Observation?patient={{{{context.patientId}}}}&code={listed}",
        }

    def _cards(self, resources: Iterable[Any], link: str) -> list[dict[str, Any]]:
        from cart_screen.fhir.prefill import prefill

        criteria = self._served.one(None)
        today = read_date(None)
        chosen = criteria.on(today)
        found = prefill(
            {"resourceType": "Bundle", "type": "collection", "entry": list(_entries(resources))}, chosen, today
        )
        screening = screen(found.answers, chosen, today)
        if not _is_about(screening, [one.question for one in found.ambiguous]):
            return []
        return [self._card(screening, link)]

    def _card(self, screening: Screening, link: str) -> dict[str, Any]:
        criteria = screening.facts.criteria
        texts = self._texts(criteria)
        words = screening.words(texts.language, Audience.CLINICIAN)
        return {
            "uuid": str(uuid4()),
            "summary": _summary(words.headline),
            "indicator": "info",
            "detail": "\n\n".join(_detail(words, texts, screening)),
            "source": {"label": f"{criteria.title} ({screening.facts.as_of})"},
            "links": [{"label": texts.get("web", "hook-link"), "url": link, "type": "absolute"}],
        }

    def _texts(self, criteria: CriteriaSet) -> Texts:
        language = "en" if "en" in criteria.texts else min(criteria.texts)
        return Texts(criteria, language, Audience.CLINICIAN)

    def _questionnaire(self, request: Request) -> str:
        if self._public_url is not None:
            return f"{self._public_url.rstrip('/')}/demo"
        host = request.headers.get("host", "")
        if not _HOST.fullmatch(host):
            raise HostRefused(host)
        return str(request.url_for(DEMO))


def _entries(resources: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """Give what was fetched, single resources and search results, as the entries of one bundle."""
    for resource in resources:
        if isinstance(resource, dict) and resource.get("resourceType") == "Bundle":
            found = resource.get("entry")
            yield from (entry for entry in found if isinstance(entry, dict)) if isinstance(found, list) else ()
        elif resource is not None:
            yield {"resource": resource}


def _is_about(screening: Screening, ambiguous: Iterable[str]) -> bool:
    """Tell whether the record says anything of a cancer that may be one of those that the criteria name."""
    facts = screening.facts
    read = {
        question
        for outcome in facts.outcomes
        for question in questions_of(outcome.indication.criteria[CriterionId.APPROVED_CANCER_TYPE].bare)
        if question != facts.criteria.reading.dictionary.age
    }
    return bool(facts.possible) and not read.isdisjoint({*facts.resolved, *ambiguous})


def _summary(headline: str) -> str:
    return headline if len(headline) < _LONGEST_SUMMARY else headline[: _LONGEST_SUMMARY - 4].rsplit(" ", 1)[0] + " ..."


def _detail(words: Words, texts: Texts, screening: Screening) -> Iterator[str]:
    """Give the paragraphs of a card as Markdown; all of them are words of ours."""
    yield from words.says
    if words.points:
        yield "\n".join(f"- {point}" for point in words.points)
    if words.needed:
        yield texts.get("still-needed", "lead")
        yield "\n".join(f"- {needed.label}" for needed in words.needed[:_MOST_NEEDED])
    yield texts.get("web", "hook-record")
    yield " ".join(text for text in (words.not_signed_off, words.draft) if text)
    yield texts.get("terminal", "closing")
    yield texts.get("terminal", "criteria").format(
        title=screening.facts.criteria.title, date=screening.facts.as_of.isoformat()
    )
