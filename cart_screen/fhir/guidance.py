"""Guidance and findings as a FHIR R4 ``GuidanceResponse``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any

from cart_screen.answers.scalars import Scalar
from cart_screen.api import Screening
from cart_screen.exchange import FORMAT
from cart_screen.fhir.border import sent
from cart_screen.fhir.names import AWAITED
from cart_screen.ladder import Code
from cart_screen.texts import Audience, Words

# The findings are parameters that the guidance gives out. They are no Observations and no DetectedIssues: a chart
# would keep those as facts about the patient, and what is compared here with published criteria is none.
_OUTPUTS = "findings"

_Part = dict[str, Any]


def guidance_response(
    screening: Screening, language: str = "en", audience: Audience = Audience.PATIENT
) -> dict[str, Any]:
    """
    Give a screening as a GuidanceResponse with its findings as output parameters; it never holds a verdict.

    The status is about the data: ``data-required`` while the guidance cannot say what to do but to ask on,
    ``data-requested`` while more answers can still change it, else ``success``. The parameters hold the deciding
    answers, so they are health data.

    Raises
    ------
    ExtraMissing
        When the package fhir.resources is not installed.
    LanguageUnknown
        When the criteria set has no words in that language.
    """
    words = screening.words(language, audience)
    said = screening.to_dict(language, audience)
    facts = screening.facts
    required = list(_required(screening))
    return sent(
        {
            "resourceType": "GuidanceResponse",
            "language": words.language,
            "text": {"status": "generated", "div": _narrative(screening, words)},
            "contained": [{"resourceType": "Parameters", "id": _OUTPUTS, "parameter": list(_parameters(said))}],
            "moduleUri": f"urn:cart-screen:{facts.criteria.id}",
            "status": _status(screening),
            "occurrenceDateTime": facts.as_of.isoformat(),
            "note": [{"text": text} for text in _disclaimers(words)],
            "outputParameters": {"reference": f"#{_OUTPUTS}"},
            **({"dataRequirement": required} if required else {}),
        }
    )


def _status(screening: Screening) -> str:
    if screening.guidance.code is Code.INCOMPLETE:
        return "data-required"
    return "data-requested" if screening.awaiting else "success"


def _disclaimers(words: Words) -> Iterator[str]:
    yield from words.intended_use
    yield from (text for text in (words.not_signed_off, words.draft) if text)


def _required(screening: Screening) -> Iterator[_Part]:
    """Give what can still change the guidance: what a record may hold by its codes, all else as an answer."""
    criteria = screening.facts.criteria
    asked = [criteria.reading.dictionary.questions[id] for id in screening.awaiting]
    for question in asked:
        if question.codes:
            codes = [{"system": one.system, "code": one.code} for one in question.codes]
            yield {"type": "Observation", "codeFilter": [{"path": "code", "code": codes}]}
    if asked:
        answers = [{"url": "linkId", "valueString": question.id} for question in asked]
        yield {"type": "QuestionnaireResponse", "extension": [{"url": AWAITED, "extension": answers}]}


def _parameters(said: Mapping[str, Any]) -> Iterator[_Part]:
    guidance = said["guidance"]
    yield _text("format", FORMAT)
    yield _text("made-by", said["made_by"])
    yield {"name": "criteria", "part": list(_criteria(said["criteria"]))}
    yield {"name": "guidance", "part": list(_guidance(guidance))}
    for conflict in said["conflicts"]:
        parts = [_code("conflict", conflict["conflict"]), _text("text", conflict["text"])]
        yield {"name": "conflict", "part": [*parts, *_ids("question", conflict["questions"])]}
    for id, finding in said["findings"].items():
        yield {"name": "finding", "part": [_code("criterion", id), *_finding(finding)]}
    for needed in said["needed"]:
        parts = [
            _code("question", needed["question"]),
            _text("label", needed["label"]),
            _text("where", needed["where"]),
        ]
        yield {"name": "needed", "part": parts}
    yield from _ids("awaiting", said["awaiting"])


def _criteria(criteria: Mapping[str, Any]) -> Iterator[_Part]:
    yield _code("set", criteria["set"])
    yield _text("title", criteria["title"])
    yield {"name": "as-of", "valueDate": criteria["as_of"]}
    yield _text("answers", criteria["answers"])
    yield {"name": "draft", "valueBoolean": criteria["draft"]}
    yield from ({"name": "document", "valueUri": document} for document in criteria["documents"])


def _guidance(guidance: Mapping[str, Any]) -> Iterator[_Part]:
    yield _code("code", guidance["code"])
    if guidance["because"]:
        yield _code("because", guidance["because"])
    if guidance["urgent"]:
        yield _code("urgency", guidance["urgency"])
        yield _text("urgent", f"{guidance['urgent']['headline']}. {guidance['urgent']['text']}")
    yield _text("headline", guidance["headline"])
    yield from (_text("says", text) for text in guidance["says"])
    for point in guidance["points"]:
        yield {"name": "point", "part": list(_reason(point))}
    yield from (_text("indication", title) for title in guidance["indications"])


def _finding(finding: Mapping[str, Any]) -> Iterator[_Part]:
    yield _text("title", finding["title"])
    yield _code("status", finding["status"])
    yield {"name": "relevant", "valueBoolean": finding["relevant"]}
    yield _text("text", finding["text"])
    for question, value in finding["because"].items():
        yield {"name": "because", "part": [_code("question", question), _value("value", value)]}
    yield from _ids("awaiting", finding["awaiting"])
    for reason in finding["reasons"]:
        yield {"name": "reason", "part": list(_reason(reason))}
    for caution in finding["cautions"]:
        parts = [_code("caution", caution["caution"]), _text("text", caution["text"])]
        yield {"name": "caution", "part": [*parts, *_sources(caution["sources"])]}
    yield _code("strength", finding["strength"])
    yield _code("verified", finding["verified"])
    yield _text("verified-text", finding["verified_text"])
    if finding["signed_off"]:
        yield _text("signed-off", finding["signed_off"])
    yield from _sources(finding["sources"])


def _reason(reason: Mapping[str, Any]) -> Iterator[_Part]:
    yield _code("reason", reason["reason"])
    yield _text("text", reason["text"])
    yield {"name": "recoverable", "valueBoolean": reason["recoverable"]}


def _sources(sources: Iterable[Mapping[str, str]]) -> Iterator[_Part]:
    for source in sources:
        artifact = {
            "type": "citation",
            "label": source["verified"],
            "display": source["title"],
            "url": source["url"],
        }
        yield {"name": "source", "valueRelatedArtifact": artifact}


def _ids(name: str, questions: Iterable[str]) -> Iterator[_Part]:
    return (_code(name, id) for id in questions)


def _text(name: str, value: str) -> _Part:
    return {"name": name, "valueString": value}


def _code(name: str, value: str) -> _Part:
    return {"name": name, "valueCode": value}


def _value(name: str, value: Scalar) -> _Part:
    match value:
        case bool():
            return {"name": name, "valueBoolean": value}
        case int():
            return {"name": name, "valueInteger": value}
        case float():
            return {"name": name, "valueDecimal": value}
        case _:
            return {"name": name, "valueString": value}


def _narrative(screening: Screening, words: Words) -> str:
    """Give the guidance as the text that a reader shows who knows nothing of its parameters."""
    urgent = [f"<p><b>{escape(words.urgent[0])}</b> {escape(words.urgent[1])}</p>"] if words.urgent else []
    said = [*words.says, *words.conflicts, *words.points]
    pairs = zip(screening.findings.values(), words.findings, strict=True)
    # Where no use is possible the other points are compared with nothing.
    relevant = [told for finding, told in pairs if finding.relevant]
    parts = [
        *urgent,
        f"<p><b>{escape(words.headline)}</b></p>",
        *(f"<p>{escape(text)}</p>" for text in said),
        *(f"<p>{escape(told.title)}: {escape(told.sentence)}</p>" for told in relevant),
        *(f"<p>{escape(text)}</p>" for text in _disclaimers(words)),
    ]
    return f'<div xmlns="http://www.w3.org/1999/xhtml">{"".join(parts)}</div>'
