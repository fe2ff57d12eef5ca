"""A screening as plain JSON values, for other programs."""

from __future__ import annotations

from collections.abc import Sequence

from cart_screen.findings import Finding, Outcome, Reason
from cart_screen.guidance import Guidance
from cart_screen.model import Approval, Caution, Indication, Source
from cart_screen.screening import Facts
from cart_screen.texts import FindingWords, Needed, Words
from cart_screen.version import VERSION

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

FORMAT = "cart-screen-screening/1"


def screening_to_dict(facts: Facts, guidance: Guidance, awaiting: Sequence[str], words: Words) -> dict[str, Any]:
    """Give facts, guidance and their words as plain JSON values."""
    findings = zip(facts.findings.values(), words.findings, strict=True)
    conflicts = zip(facts.conflicts, words.conflicts, strict=True)
    return {
        **opening_to_dict(facts, words),
        "guidance": guidance_to_dict(guidance, words),
        "findings": {str(finding.criterion): finding_to_dict(finding, said) for finding, said in findings},
        "indications": [outcome_to_dict(outcome) for outcome in facts.outcomes],
        "awaiting": list(awaiting),
        "needed": [needed_to_dict(needed) for needed in words.needed],
        "conflicts": [conflict_to_dict(facts, id, text) for id, text in conflicts],
    }


def opening_to_dict(facts: Facts, words: Words) -> dict[str, Any]:
    """Give what was read, and how: the same for everybody on one day."""
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
                {
                    "says": note.says,
                    "document": note.document,
                    "now": note.now,
                    "sources": sources_to_list(note.sources),
                }
                for note in facts.criteria.notes
            ],
        },
    }


def guidance_to_dict(guidance: Guidance, words: Words) -> dict[str, Any]:
    """Give the guidance in its words."""
    points = zip(guidance.points, words.points, strict=True)
    return {
        "code": str(guidance.code),
        "because": str(guidance.because) if guidance.because else None,
        "headline": words.headline,
        "says": list(words.says),
        "urgency": guidance.urgency,
        "urgent": {"headline": words.urgent[0], "text": words.urgent[1]} if words.urgent else None,
        "points": [reason_to_dict(point, text) for point, text in points],
        "indications": list(words.products),
    }


def finding_to_dict(finding: Finding, said: FindingWords) -> dict[str, Any]:
    """Give one finding in its words."""
    return {
        "title": finding.title,
        "status": str(finding.status),
        "relevant": finding.relevant,
        "text": said.sentence,
        "because": dict(finding.because),
        "awaiting": list(finding.awaiting),
        "reasons": [reason_to_dict(reason, said.reasons[reason.key]) for reason in finding.reasons],
        "cautions": [caution_to_dict(caution, said.cautions[caution.id]) for caution in finding.cautions],
        "strength": finding.strength,
        "verified": str(finding.verified),
        "verified_text": said.checked,
        "signed_off": finding.signed_off,
        "sources": sources_to_list(finding.sources),
    }


def reason_to_dict(reason: Reason, text: str) -> dict[str, Any]:
    """Give one named condition in its words."""
    return {"reason": reason.key, "text": text, "recoverable": reason.recoverable}


def caution_to_dict(caution: Caution, text: str) -> dict[str, Any]:
    """Give one caution in its words."""
    return {"caution": caution.id, "title": caution.title, "text": text, "sources": sources_to_list(caution.sources)}


def outcome_to_dict(outcome: Outcome) -> dict[str, Any]:
    """Give one indication with its statuses."""
    return {
        **_indication(outcome.indication),
        "statuses": {str(id): str(status) for id, status in outcome.statuses.items()},
    }


def needed_to_dict(needed: Needed) -> dict[str, Any]:
    """Give one open question in its words."""
    return dict(vars(needed))


def conflict_to_dict(facts: Facts, conflict: str, text: str) -> dict[str, Any]:
    """Give one impossible pair of answers in its words."""
    return {"conflict": conflict, "text": text, "questions": list(facts.conflict_answers(conflict))}


def sources_to_list(sources: Sequence[Source]) -> list[dict[str, Any]]:
    """Give some sources."""
    return [{**vars(source), "verified": str(source.verified)} for source in sources]


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
        "sources": sources_to_list(indication.sources),
    }


def _approval(approval: Approval) -> dict[str, str]:
    return {"kind": approval.kind, "verified": str(approval.verified)}
