"""A screening as plain JSON values, for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from cart_screen.guidance import Guidance
from cart_screen.screening import Facts, Finding, Outcome
from cart_screen.texts import FindingWords, Words

FORMAT = "cart-screen-screening/1"


def screening_to_dict(facts: Facts, guidance: Guidance, awaiting: Sequence[str], words: Words) -> dict[str, Any]:
    """Give facts, guidance and their words as plain JSON values."""
    pairs = zip(facts.findings.values(), words.findings, strict=True)
    return {
        "format": FORMAT,
        "criteria": {
            "set": facts.criteria.id,
            "title": facts.criteria.title,
            "as_of": facts.as_of.isoformat(),
            "answers": facts.criteria.reading.dictionary.version,
            "documents": [outcome.indication.document for outcome in facts.outcomes],
            "draft": any(outcome.indication.draft for outcome in facts.outcomes),
        },
        "guidance": {
            "code": str(guidance.code),
            "because": str(guidance.because) if guidance.because else None,
            "urgency": str(guidance.urgency) if guidance.urgency else None,
            "headline": words.headline,
            "says": list(words.says),
            "urgent": list(words.urgent) if words.urgent else None,
            "points": [
                {"reason": point.key, "text": text, "recoverable": point.recoverable}
                for point, text in zip(guidance.points, words.points, strict=True)
            ],
        },
        "findings": {str(finding.criterion): _finding(finding, said) for finding, said in pairs},
        "indications": [_indication(outcome) for outcome in facts.outcomes],
        "awaiting": list(awaiting),
        "conflicts": [
            {"conflict": id, "text": text} for id, text in zip(facts.conflicts, words.conflicts, strict=True)
        ],
        "notes": [note for note in (words.not_signed_off, words.draft) if note],
    }


def _finding(finding: Finding, said: FindingWords) -> dict[str, Any]:
    return {
        "title": finding.title,
        "status": str(finding.status),
        "relevant": finding.relevant,
        "says": said.sentence,
        "because": dict(finding.because),
        "awaiting": list(finding.awaiting),
        "reasons": [{"reason": reason.key, "recoverable": reason.recoverable} for reason in finding.reasons],
        "cautions": [{"caution": caution.id, "title": caution.title} for caution in finding.cautions],
        "strength": finding.strength,
        "verified": str(finding.verified),
        "signed_off": finding.signed_off,
        "sources": [asdict(source) | {"verified": str(source.verified)} for source in finding.sources],
    }


def _indication(outcome: Outcome) -> dict[str, Any]:
    product = outcome.indication.product
    return {
        "indication": outcome.indication.id,
        "version": outcome.indication.version,
        "title": outcome.indication.title,
        "product": product.brand if product else None,
        "statuses": {str(id): str(status) for id, status in outcome.statuses.items()},
    }
