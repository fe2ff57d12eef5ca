"""A screening as plain JSON values, for other programs."""

from __future__ import annotations

from collections.abc import Sequence

from cart_screen.findings import Finding, Outcome
from cart_screen.guidance import Guidance
from cart_screen.model import Approval, Caution, Indication, Source
from cart_screen.screening import Facts
from cart_screen.texts import FindingWords, Words
from cart_screen.version import VERSION

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

FORMAT = "cart-screen-screening/1"


def screening_to_dict(facts: Facts, guidance: Guidance, awaiting: Sequence[str], words: Words) -> dict[str, Any]:
    """Give facts, guidance and their words as plain JSON values."""
    pairs = zip(facts.findings.values(), words.findings, strict=True)
    return {
        "format": FORMAT,
        "made_by": f"cart-screen {VERSION}",
        "language": words.language,
        "audience": str(words.audience),
        "intended_use": list(words.intended_use),
        "criteria": {
            "set": facts.criteria.id,
            "title": facts.criteria.title,
            "jurisdiction": facts.criteria.jurisdiction,
            "as_of": facts.as_of.isoformat(),
            "answers": facts.criteria.reading.dictionary.version,
            "documents": [outcome.indication.document for outcome in facts.outcomes],
            "draft": facts.draft,
            "cautions": [text for text in (words.not_signed_off, words.draft) if text],
            "notes": [
                {"says": note.says, "document": note.document, "now": note.now, "sources": _sources(note.sources)}
                for note in facts.criteria.notes
            ],
        },
        "guidance": {
            "code": str(guidance.code),
            "because": str(guidance.because) if guidance.because else None,
            "headline": words.headline,
            "says": list(words.says),
            "urgency": guidance.urgency,
            "urgent": {"headline": words.urgent[0], "text": words.urgent[1]} if words.urgent else None,
            "points": [
                {"reason": point.key, "text": text, "recoverable": point.recoverable}
                for point, text in zip(guidance.points, words.points, strict=True)
            ],
            "indications": list(words.products),
        },
        "findings": {str(finding.criterion): _finding(finding, said) for finding, said in pairs},
        "indications": [_outcome(outcome) for outcome in facts.outcomes],
        "awaiting": list(awaiting),
        "needed": [dict(vars(needed)) for needed in words.needed],
        "conflicts": [
            {"conflict": id, "text": text, "questions": list(facts.conflict_answers(id))}
            for id, text in zip(facts.conflicts, words.conflicts, strict=True)
        ],
    }


def _finding(finding: Finding, said: FindingWords) -> dict[str, Any]:
    return {
        "title": finding.title,
        "status": str(finding.status),
        "relevant": finding.relevant,
        "text": said.sentence,
        "because": dict(finding.because),
        "awaiting": list(finding.awaiting),
        "reasons": [
            {"reason": reason.key, "text": said.reasons[reason.key], "recoverable": reason.recoverable}
            for reason in finding.reasons
        ],
        "cautions": [_caution(caution, said.cautions[caution.id]) for caution in finding.cautions],
        "strength": finding.strength,
        "verified": str(finding.verified),
        "verified_text": said.checked,
        "signed_off": finding.signed_off,
        "sources": _sources(finding.sources),
    }


def _caution(caution: Caution, text: str) -> dict[str, Any]:
    return {"caution": caution.id, "title": caution.title, "text": text, "sources": _sources(caution.sources)}


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        **_indication(outcome.indication),
        "statuses": {str(id): str(status) for id, status in outcome.statuses.items()},
    }


def _indication(indication: Indication) -> dict[str, Any]:
    return {
        "indication": indication.id,
        "version": indication.version,
        "document": indication.document,
        "title": indication.title,
        "disease": indication.disease,
        "effective": indication.effective.isoformat(),
        "effective_note": indication.effective_note,
        "product": dict(vars(indication.product)) if indication.product else None,
        "approval": _approval(indication.approval) if indication.approval else None,
        "draft": indication.draft,
        "sources": _sources(indication.sources),
    }


def _approval(approval: Approval) -> dict[str, str]:
    return {"kind": approval.kind, "verified": str(approval.verified)}


def _sources(sources: Sequence[Source]) -> list[dict[str, Any]]:
    return [{**vars(source), "verified": str(source.verified)} for source in sources]
