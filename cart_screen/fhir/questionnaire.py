"""The questionnaire as a FHIR R4 ``Questionnaire``, for forms that others show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from cart_screen.api import DEFAULT_SET, load_criteria, read_date
from cart_screen.fhir.border import sent
from cart_screen.fhir.items import items_of
from cart_screen.fhir.names import INTENDED_USE, SOURCE, canonical_of
from cart_screen.model import CriteriaSet, Source
from cart_screen.texts import Audience, Texts
from cart_screen.version import VERSION


def questionnaire_of(
    criteria: str | Path | CriteriaSet = DEFAULT_SET,
    as_of: date | str | None = None,
    language: str = "en",
    audience: Audience = Audience.PATIENT,
) -> dict[str, Any]:
    """
    Give every question of a criteria set as a FHIR R4 Questionnaire.

    A static form asks more than the computed questionnaire, which leaves out what can no longer change the guidance.
    ``enableWhen`` carries the fixed conditions under which something is asked at all (``conditions.always_shown``
    names those that it cannot say). The version is the dictionary's: the same version has the same link ids and
    the same meanings; words may differ by language and audience.

    Raises
    ------
    CriteriaUnknown
        When there is no criteria set of that name.
    DateInvalid
        When ``as_of`` is no date.
    ExtraMissing
        When the package fhir.resources is not installed.
    LanguageUnknown
        When the set has no words in that language.
    """
    day = read_date(as_of)
    chosen = (criteria if isinstance(criteria, CriteriaSet) else load_criteria(criteria)).on(day)
    texts = Texts(chosen, language, audience)
    said = "\n\n".join(texts.intended_use)
    intended = {"linkId": INTENDED_USE, "text": said, "type": "display"}
    return sent(
        {
            "resourceType": "Questionnaire",
            "language": texts.language,
            "extension": [_source(artifact) for artifact in _artifacts(chosen, day)],
            "url": canonical_of(chosen.id),
            "version": chosen.reading.dictionary.version,
            "name": "CartScreen" + "".join(part.capitalize() for part in chosen.id.split("-")),
            "title": texts.get("terminal", "title"),
            "status": "draft",
            "experimental": True,
            "subjectType": ["Patient"],
            "date": day.isoformat(),
            "publisher": f"cart-screen {VERSION}",
            "description": said,
            "jurisdiction": [{"text": chosen.jurisdiction}],
            "purpose": texts.get("sheet", "compared").format(title=chosen.title, date=day.isoformat()),
            **_copyright(chosen, texts),
            "item": [intended, *items_of(chosen.reading, texts)],
        }
    )


def _copyright(criteria: CriteriaSet, texts: Texts) -> dict[str, str]:
    """Say whose codes stand in the form, where any do."""
    used = {one.system for question in criteria.reading.dictionary.questions.values() for one in question.codes}
    used |= {one.system for question in criteria.reading.dictionary.questions.values() for one in question.coded}
    systems = criteria.reading.dictionary.systems.values()
    named = ", ".join(f"{system.title} ({system.address})" for system in systems if system.address in used)
    return {"copyright": texts.get("web", "codes-of-others").format(systems=named)} if named else {}


def _artifacts(criteria: CriteriaSet, day: date) -> Iterator[dict[str, str]]:
    """Give the documents in force, and what they cite."""
    in_force = criteria.in_force(day)
    for indication in in_force:
        yield {"type": "derived-from", "display": indication.title, "resource": indication.document}
    cited: dict[Source, None] = {}
    for indication in in_force:
        for criterion in indication.criteria.values():
            cited |= dict.fromkeys(criterion.sources.values())
        cited |= dict.fromkeys(indication.sources)
    for source in cited:
        yield {"type": "citation", "label": str(source.verified), "display": source.title, "url": source.url}


def _source(artifact: dict[str, str]) -> dict[str, Any]:
    return {"url": SOURCE, "valueRelatedArtifact": artifact}
