"""Screenings as JSON text, put together from parts that are written once."""

from __future__ import annotations

from collections.abc import Hashable
from typing import NamedTuple

from pydantic_core import to_json

from cart_screen.api import Screening
from cart_screen.awaiting import worth_finding
from cart_screen.exchange import (
    caution_to_dict,
    conflict_to_dict,
    finding_to_dict,
    guidance_to_dict,
    needed_to_dict,
    opening_to_dict,
    outcome_to_dict,
    reason_to_dict,
    sources_to_list,
)
from cart_screen.findings import Finding, Outcome, Reason
from cart_screen.guidance import Guidance
from cart_screen.ladder import Status
from cart_screen.model import Caution, CriteriaSet, Source
from cart_screen.nouns import replace
from cart_screen.screening import Facts
from cart_screen.texts import Audience, Texts, around, finding_words, needed_words

# Of one set in one language for one audience, for services that run for months.
MOST_BYTES = 8_000_000
MOST_PARTS = 8_000

# What stands where something differs from one person to another in what is written for all of them.
_POINTS = b'"points":[],"indications":[]}'
_HELD = b'"because":{},"awaiting":[],"reasons":[],"cautions":[],'
_SOURCES = b'"sources":'


class Writer:
    """
    Writes screenings as ``Screening.to_dict()`` gives them, byte for byte as the whole of it would be written.

    What is kept are words of the criteria, each once for a set, a language and an audience: no answer, and nothing
    that tells what anybody was told.
    """

    def __init__(self) -> None:
        self._written: dict[tuple[int, str, Audience], _Written] = {}

    def write(self, screening: Screening, language: str, audience: Audience) -> bytes:
        """
        Give a screening as a JSON text.

        Raises
        ------
        LanguageUnknown
            When the criteria set has no words in that language.
        """
        criteria = screening.facts.criteria
        key = (id(criteria), language, audience)
        written = self._written.get(key)
        if written is None:
            written = self._written[key] = _Written(criteria, Texts(criteria, language, audience))
        return written.screening(screening)


class _Written:
    """What is written of one criteria set in one language for one audience; it is bounded in number and in bytes."""

    def __init__(self, criteria: CriteriaSet, texts: Texts) -> None:
        # The set is kept too, so that its identity is not given to another one.
        self._criteria = criteria
        self._texts = texts
        self._parts: dict[Hashable, _Part] = {}
        self._bytes = 0

    def screening(self, screening: Screening) -> bytes:
        facts, awaiting = screening.facts, screening.awaiting
        conflicts = [to_json(conflict_to_dict(facts, id, self._texts.get("conflicts", id))) for id in facts.conflicts]
        return b'%b,"guidance":%b,"findings":{%b},"indications":[%b],"awaiting":%b,"needed":[%b],"conflicts":[%b]}' % (
            self._opening(facts, screening.guidance),
            self._guidance(facts, screening.guidance),
            b",".join([self._finding(finding, facts) for finding in facts.findings.values()]),
            b",".join([self._outcome(outcome) for outcome in facts.outcomes]),
            to_json(awaiting),
            b",".join([self._needed(question) for question in worth_finding(facts, awaiting)]),
            b",".join(conflicts),
        )

    def _opening(self, facts: Facts, guidance: Guidance) -> bytes:
        found = self._parts.get(facts.as_of)
        if found is None:
            words = around((), (), self._texts, facts, guidance)
            found = self._keep(facts.as_of, to_json(opening_to_dict(facts, words))[:-1])
        return found.before

    def _guidance(self, facts: Facts, guidance: Guidance) -> bytes:
        key = (guidance.code, guidance.because, guidance.urgency)
        found = self._parts.get(key)
        if found is None:
            bare = replace(guidance, points=(), lines_up=(), conflicts=())
            said = to_json(guidance_to_dict(bare, around((), (), self._texts, facts, bare)))
            found = self._keep(key, *said.split(_POINTS))
        points = b",".join([self._reason(point, Status.NOT_MET) for point in guidance.points])
        titles = to_json([indication.title for indication in guidance.lines_up])
        return b'%b"points":[%b],"indications":%b}' % (found.before, points, titles)

    def _finding(self, finding: Finding, facts: Facts) -> bytes:
        contested = facts.is_contested(finding.because)
        # Members of an enumeration are single objects, and their identity is found faster than their hash.
        key = (
            finding.title, id(finding.criterion), id(finding.status), id(finding.verified), finding.relevant,
            finding.strength, finding.signed_off, bool(finding.sources), contested,
        )  # fmt: skip
        found = self._parts.get(key)
        if found is None:
            bare = replace(finding, because={}, awaiting=(), reasons=(), cautions=())
            said = to_json(finding_to_dict(bare, finding_words(self._texts, bare, facts, contested)))
            before, after = said.split(_HELD)
            named = b"%b:%b" % (to_json(str(finding.criterion)), before)
            found = self._keep(key, named, after.rpartition(_SOURCES)[0])
        return b'%b"because":%b,"awaiting":%b,"reasons":[%b],"cautions":[%b],%b"sources":%b}' % (
            found.before,
            to_json(finding.because),
            to_json(finding.awaiting),
            b",".join([self._reason(reason, finding.status) for reason in finding.reasons]),
            b",".join([self._caution(caution) for caution in finding.cautions]),
            found.after,
            self._sources(finding.sources),
        )

    def _reason(self, reason: Reason, status: Status) -> bytes:
        key = (reason.key, reason.recoverable, id(status))
        found = self._parts.get(key)
        if found is None:
            text = self._texts.get("reasons", reason.key, status)
            found = self._keep(key, to_json(reason_to_dict(reason, text)))
        return found.before

    # These are objects of the criteria or of the engine, given again and again, and known by their identity.

    def _caution(self, caution: Caution) -> bytes:
        found = self._parts.get(id(caution))
        if found is None:
            text = self._texts.get("cautions", caution.id)
            found = self._keep(id(caution), to_json(caution_to_dict(caution, text)), about=caution)
        return found.before

    def _sources(self, sources: tuple[Source, ...]) -> bytes:
        key = tuple(map(id, sources))
        found = self._parts.get(key)
        if found is None:
            found = self._keep(key, to_json(sources_to_list(sources)), about=sources)
        return found.before

    def _outcome(self, outcome: Outcome) -> bytes:
        found = self._parts.get(id(outcome))
        if found is None:
            found = self._keep(id(outcome), to_json(outcome_to_dict(outcome)), about=outcome)
        return found.before

    def _needed(self, question: str) -> bytes:
        found = self._parts.get(question)
        if found is None:
            found = self._keep(question, to_json(needed_to_dict(needed_words(self._texts, question))))
        return found.before

    def _keep(self, key: Hashable, before: bytes, after: bytes = b"", about: object = None) -> _Part:
        part = _Part(before, after, about)
        self._bytes += len(before) + len(after)
        if self._bytes > MOST_BYTES or len(self._parts) >= MOST_PARTS:
            self._parts.clear()
            self._bytes = len(before) + len(after)
        return self._parts.setdefault(key, part)


class _Part(NamedTuple):
    """A text around a hole, if there is one. What it is ``about`` is kept, so that its identity stays its own."""

    before: bytes
    after: bytes
    about: object
