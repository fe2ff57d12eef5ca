"""Screenings as JSON text, put together from parts that are written once."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from operator import attrgetter
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
_BEFORE = attrgetter("before")
_SOURCES = b'"sources":'


class Writer:
    """
    Writes screenings as ``Screening.to_dict()`` gives them, byte for byte as the whole of it would be written.

    What is kept are words of the criteria, each once for a set, a language and an audience: no answer, and nothing
    that tells who was told what.
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
        get = self._parts.get
        indications = list(map(get, map(id, facts.outcomes)))
        if not all(indications):
            indications = [get(id(outcome)) or self._outcome(outcome) for outcome in facts.outcomes]
        conflicts = [to_json(conflict_to_dict(facts, id, self._texts.get("conflicts", id))) for id in facts.conflicts]
        return b"".join([
            self._opening(facts, screening.guidance), b',"guidance":', *self._guidance(facts, screening.guidance),
            b',"findings":{', *self._findings(facts),
            b'},"indications":[',
            b",".join(map(_BEFORE, indications)),
            b'],"awaiting":', to_json(awaiting), b',"needed":[',
            b",".join([(get(id) or self._needed(id)).before for id in worth_finding(facts, awaiting)]),
            b'],"conflicts":[', b",".join(conflicts), b"]}",
        ])  # fmt: skip

    def _opening(self, facts: Facts, guidance: Guidance) -> bytes:
        found = self._parts.get(facts.as_of)
        if found is None:
            words = around((), (), self._texts, facts, guidance)
            found = self._keep(facts.as_of, to_json(opening_to_dict(facts, words))[:-1])
        return found.before

    def _guidance(self, facts: Facts, guidance: Guidance) -> tuple[bytes, ...]:
        key = (guidance.code, guidance.because, guidance.urgency)
        found = self._parts.get(key)
        if found is None:
            bare = replace(guidance, points=(), lines_up=(), conflicts=())
            said = to_json(guidance_to_dict(bare, around((), (), self._texts, facts, bare)))
            found = self._keep(key, *said.split(_POINTS))
        points = b",".join([self._reason(point, Status.NOT_MET) for point in guidance.points])
        titles = to_json([one.title for one in guidance.lines_up]) if guidance.lines_up else b"[]"
        return found.before, b'"points":[', points, b'],"indications":', titles, b"}"

    def _findings(self, facts: Facts) -> Iterator[bytes]:
        between = b""
        for finding in facts.findings.values():
            said = self._parts.get((id(finding.reasons), id(finding.cautions), id(finding.status)))
            cited = self._parts.get(id(finding.sources)) or self._sources(finding.sources)
            head = self._finding(finding, facts)
            yield between
            yield head.before
            yield to_json(finding.because) if finding.because else b"{}"
            yield b',"awaiting":'
            yield to_json(finding.awaiting) if finding.awaiting else b"[]"
            yield (said or self._said(finding)).before
            yield head.after
            yield cited.before
            between = b"},"
        if between:
            yield b"}"

    def _finding(self, finding: Finding, facts: Facts) -> _Part:
        contested = bool(facts.conflicts) and facts.is_contested(finding.because)
        # Members of an enumeration are single objects, and their identity is found faster than their hash.
        key = (
            finding.title, id(finding.criterion), id(finding.status), id(finding.verified), finding.relevant,
            finding.strength, finding.signed_off, bool(finding.sources), contested,
        )  # fmt: skip
        found = self._parts.get(key)
        if found is None:
            bare = replace(finding, because={}, awaiting=(), reasons=(), cautions=())
            whole = to_json(finding_to_dict(bare, finding_words(self._texts, bare, facts, contested)))
            before, after = whole.split(_HELD)
            named = b'%b:%b"because":' % (to_json(str(finding.criterion)), before)
            found = self._keep(key, named, b"%b%b" % (after.rpartition(_SOURCES)[0], _SOURCES))
        return found

    def _reason(self, reason: Reason, status: Status) -> bytes:
        key = (reason.key, reason.recoverable, id(status))
        found = self._parts.get(key)
        if found is None:
            text = self._texts.get("reasons", reason.key, status)
            found = self._keep(key, to_json(reason_to_dict(reason, text)))
        return found.before

    # These are objects of the criteria or of the engine, given again and again, and known by their identity.

    def _said(self, finding: Finding) -> _Part:
        reasons, cautions = finding.reasons, finding.cautions
        text = b',"reasons":[%b],"cautions":[%b],' % (
            b",".join([self._reason(reason, finding.status) for reason in reasons]),
            b",".join([self._caution(caution) for caution in cautions]),
        )
        return self._keep((id(reasons), id(cautions), id(finding.status)), text, about=(reasons, cautions))

    def _caution(self, caution: Caution) -> bytes:
        found = self._parts.get(id(caution))
        if found is None:
            text = self._texts.get("cautions", caution.id)
            found = self._keep(id(caution), to_json(caution_to_dict(caution, text)), about=caution)
        return found.before

    def _sources(self, sources: tuple[Source, ...]) -> _Part:
        return self._keep(id(sources), to_json(sources_to_list(sources)), about=sources)

    def _outcome(self, outcome: Outcome) -> _Part:
        return self._keep(id(outcome), to_json(outcome_to_dict(outcome)), about=outcome)

    def _needed(self, question: str) -> _Part:
        return self._keep(question, to_json(needed_to_dict(needed_words(self._texts, question))))

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
