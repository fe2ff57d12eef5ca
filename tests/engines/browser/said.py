"""What Python says, as the browser engine is to say it: everything but words, as plain JSON values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cart_screen.api import Screening
from cart_screen.awaiting import worth_finding
from cart_screen.errors import AnswersInvalid
from cart_screen.exchange import screening_to_dict
from cart_screen.model import Verified
from cart_screen.questionnaire import Questionnaire, Screen
from cart_screen.screening import Facts
from cart_screen.texts import Audience, FindingWords, Needed, Words, answered

_WORDS = {"made_by", "language", "audience", "intended_use", "headline", "urgent", "text", "verified_text"}


def plain(value: Any) -> Any:
    """Give values in one form: whole numbers are whole, and the order of deciding answers counts."""
    if isinstance(value, Mapping):
        pairs = {key: plain(one) for key, one in value.items()}
        if "because" in pairs and isinstance(pairs["because"], dict):
            pairs["because"] = list(map(list, pairs["because"].items()))
        return pairs
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, bool):
        # To Python true is 1.
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def screening(screening: Screening) -> Any:
    """Give a screening without words."""
    return without_words(_of(screening))


def without_words(found: dict[str, Any]) -> Any:
    """Leave everything that is words out of the dictionary form of a screening."""
    del found["criteria"]["cautions"], found["guidance"]["says"]
    found["needed"] = [{"question": needed["question"]} for needed in found["needed"]]
    return _less(found)


def details(screening: Screening) -> Any:
    """Give what words need beside a screening."""
    facts, guidance = screening.facts, screening.guidance
    doubtful = {id for conflict in facts.conflicts for id in facts.conflict_answers(conflict)}
    findings = facts.findings.items()
    contested = [str(id) for id, one in findings if not doubtful.isdisjoint(facts.given_for(one.because))]
    criteria = [criterion for outcome in facts.outcomes for criterion in outcome.indication.criteria.values()]
    return {
        "possible": [outcome.indication.id for outcome in facts.possible],
        "closest": facts.closest.indication.id if facts.closest else None,
        "namesProduct": facts.names_product,
        "moreUsesOpen": guidance.may_line_up,
        "signedOff": all(criterion.signed_off is not None for criterion in criteria),
        "contested": contested,
        "shown": {str(id): [row.question for row in answered(_SILENT, one.because, facts)] for id, one in findings},
        "resolved": dict(facts.resolved),
    }


def screened(one: Screening) -> Any:
    """Give all that is said of a screening."""
    return {"screening": screening(one), "details": details(one)}


def shortly_screened(one: Screening) -> Any:
    """Give the same without what is the same for all answers: sources are counted, a use is its name and statuses."""
    found = _of(one)
    found["indications"] = [{key: use[key] for key in ("indication", "statuses")} for use in found["indications"]]
    for finding in found["findings"].values():
        for cited in (finding, *finding["cautions"]):
            cited["sources"] = len(cited["sources"])
    short = without_words(found)
    del short["criteria"]
    return {"screening": short, "details": details(one)}


def state(one: Questionnaire) -> Any:
    """Give where a questionnaire stands."""
    next_question = one.next_question
    settled = one.settled
    given = one.answers.to_dict()
    return {
        "answers": {"answers": given["answers"], "absent": given["absent"]},
        "setAside": list(one.set_aside),
        "awaiting": list(one.awaiting),
        "toAsk": list(one.to_ask),
        "nextQuestion": next_question and next_question.id,
        "nextScreen": one.next_screen and _screen(one.next_screen),
        "choices": next_question and list(one.choices(next_question)),
        "isSettled": one.is_settled,
        "settled": settled
        and {
            "code": str(settled.code),
            "decided": {str(id): str(status) for id, status in settled.decided.items()},
            "open": list(map(str, settled.open)),
        },
        "isFinished": one.is_finished,
        "progress": {"asked": one.progress.asked, "atMost": one.progress.at_most},
        "checkAnswers": [
            {
                "question": row.question,
                "value": row.value,
                "absent": row.absent and str(row.absent),
                "needed": row.needed,
            }
            for row in one.check_answers
        ],
        "guidance": _guidance(one.screening),
    }


def refused(error: AnswersInvalid) -> Any:
    """Give the problems of an error."""
    problems = [{"question": one.question, "found": one.found, "allowed": one.allowed} for one in error.problems]
    return {"code": error.code, "problems": problems}


def _of(screening: Screening) -> dict[str, Any]:
    facts = screening.facts
    return screening_to_dict(facts, screening.guidance, screening.awaiting, _silent(facts, screening))


def _screen(screen: Screen) -> Any:
    return {"id": screen.id, "questions": [question.id for question in screen.questions]}


def _guidance(screening: Screening) -> Any:
    guidance = screening.guidance
    return {
        "code": str(guidance.code),
        "because": guidance.because and str(guidance.because),
        "urgency": guidance.urgency,
        "points": [{"reason": point.key, "recoverable": point.recoverable} for point in guidance.points],
        "indications": [indication.title for indication in guidance.lines_up],
    }


def _less(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _less(one) for key, one in value.items() if key not in _WORDS}
    return [_less(one) for one in value] if isinstance(value, list) else value


class _Silent:
    """Texts that say nothing, so that a set without words is compared too."""

    def get(self, *path: str) -> str:
        return ""

    def value(self, question: str, value: Any) -> str:
        return ""


_SILENT: Any = _Silent()


def _silent(facts: Facts, screening: Screening) -> Words:
    needed: Sequence[str] = worth_finding(facts, screening.awaiting)
    return Words(
        language="",
        audience=Audience.PATIENT,
        urgent=None,
        headline="",
        says=(),
        points=("",) * len(screening.guidance.points),
        conflicts=("",) * len(facts.conflicts),
        findings=tuple(
            FindingWords(
                criterion=finding.criterion,
                title="",
                status=finding.status,
                sentence="",
                reasons={reason.key: "" for reason in finding.reasons},
                because=(),
                cautions={caution.id: "" for caution in finding.cautions},
                sources=finding.sources,
                checked=Verified.UNVERIFIED,
                contested=False,
            )
            for finding in facts.findings.values()
        ),
        needed=tuple(Needed(id, "", "") for id in needed),
        products=tuple(indication.title for indication in screening.guidance.lines_up),
        more_uses_open=screening.guidance.may_line_up,
        not_signed_off="",
        draft="",
        intended_use=(),
    )
