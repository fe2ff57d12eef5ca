"""The words that people read, found by key in the text file of a language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from cart_screen.answers.scalars import Scalar
from cart_screen.errors import LanguageUnknown, TextMissing
from cart_screen.findings import Finding
from cart_screen.guidance import Guidance
from cart_screen.ladder import Status
from cart_screen.model import CriteriaSet, Source, Verified
from cart_screen.nouns import field, noun
from cart_screen.rules.derivations import inputs_of
from cart_screen.screening import Facts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


# Below it the Lansky scale is used in place of Karnofsky's (CIBMTR): somebody else tells of the person.
SPEAKS_FOR_THEMSELVES = 16


class Audience(StrEnum):
    """Whom the words speak to: the patient, whoever answers for a child, or a clinician who speaks of a patient."""

    PATIENT = "patient"
    CHILD = "child"
    CLINICIAN = "clinician"


class Texts:
    """
    The words of a criteria set in one language, for one audience.

    What a text file does not say to an audience in words of its own, it says as to the patient.

    Raises
    ------
    LanguageUnknown
        When the set has no words in that language.
    """

    def __init__(self, criteria: CriteriaSet, language: str = "en", audience: Audience = Audience.PATIENT) -> None:
        if language not in criteria.texts:
            raise LanguageUnknown(language, sorted(criteria.texts))
        self.language = language
        self.audience = Audience(audience)
        words = criteria.texts[language]
        own = words.get("audiences", {}).get(audience, {})
        self._layers: tuple[Mapping[str, Any], ...] = (own, words) if own else (words,)

    def get(self, *path: str) -> str:
        """
        Give the words at a path of keys.

        Raises
        ------
        TextMissing
            When the language has none.
        """
        found = self._find(path)
        if not isinstance(found, str):
            raise TextMissing(self.language, ".".join(path))
        return found

    def find(self, *path: str) -> str:
        """Give the words at a path, or nothing where the language has none and none are needed."""
        found = self._find(path)
        return found if isinstance(found, str) else ""

    def paragraphs(self, *path: str) -> tuple[str, ...]:
        """
        Give a list of paragraphs at a path.

        Raises
        ------
        TextMissing
            When the language has none.
        """
        found = self._find(path)
        if not isinstance(found, list):
            raise TextMissing(self.language, ".".join(path))
        return tuple(found)

    @property
    def intended_use(self) -> tuple[str, ...]:
        """
        What it is for and what it is not, wherever it is shown; whether answers leave the computer is not part of it.

        Raises
        ------
        TextMissing
            When the language has none.
        """
        return (*self.paragraphs("intended-use", "paragraphs"), self.get("intended-use", "regulatory-note"))

    def value(self, question: str, value: Scalar) -> str:
        """Write the value of an answer as its option, or as a number with its unit."""
        key = str(value).lower() if isinstance(value, bool) else str(value)
        option = self.find("questions", question, "options", key)
        if option:
            return option
        if isinstance(value, bool):
            return self.get("terminal", "yes" if value else "no")
        if isinstance(value, float):
            # A computed value has no more digits than anybody reads, and 2.0 is read as 2.
            value = int(value) if value.is_integer() else round(value, 2)
        unit = self.find("questions", question, "unit")
        return f"{value} {unit}" if unit else str(value)

    def sources(self, question: str) -> tuple[Source, ...]:
        """Give the sources that the words of a question rest on."""
        cited = self._find(("questions", question, "source")) or ()
        listed = {entry["id"]: entry for entry in self._layers[-1].get("sources", ())}
        return tuple(
            Source(entry["title"], entry["url"], Verified(entry["verified"]), entry["read"])
            for entry in (listed[id] for id in cited)
        )

    def _find(self, path: tuple[str, ...]) -> Any:
        for words in self._layers:
            found: Any = words
            for step in path:
                # Nearly all are plain dicts; to ask for any mapping takes longer than the rest of this.
                found = found.get(step) if isinstance(found, (dict, Mapping)) else None
            if found is not None:
                return found
        return None


@noun
class Answered:
    """An answer as a row to show: its label and its value in words."""

    question: str
    label: str
    value: str = field(repr=False)


@noun
class Needed:
    """An answer that is still open, and where it can be found."""

    question: str
    label: str
    where: str


@noun
class FindingWords:
    """One finding in words; ``contested`` where it rests on answers that do not fit together."""

    criterion: str
    title: str
    status: Status
    sentence: str
    reasons: Mapping[str, str]
    because: tuple[Answered, ...] = field(repr=False)
    cautions: Mapping[str, str]
    sources: tuple[Source, ...]
    checked: str
    contested: bool


@noun
class Words:
    """Guidance and findings in words; everything that a screen, a sheet or a page shows."""

    language: str
    audience: Audience
    urgent: tuple[str, str] | None
    headline: str
    says: tuple[str, ...]
    points: tuple[str, ...]
    conflicts: tuple[str, ...]
    findings: tuple[FindingWords, ...]
    needed: tuple[Needed, ...]
    products: tuple[str, ...]
    more_uses_open: bool
    not_signed_off: str
    draft: str
    intended_use: tuple[str, ...]


def words_of(
    facts: Facts,
    guidance: Guidance,
    needed: Iterable[str],
    language: str = "en",
    audience: Audience = Audience.PATIENT,
) -> Words:
    """Put facts and guidance into words for an audience; ``needed`` are the questions that are still open."""
    texts = Texts(facts.criteria, language, audience)
    findings = tuple(
        finding_words(texts, finding, facts, facts.is_contested(finding.because)) for finding in facts.findings.values()
    )
    return around(findings, [needed_words(texts, id) for id in needed], texts, facts, guidance)


def around(
    findings: Iterable[FindingWords], needed: Iterable[Needed], texts: Texts, facts: Facts, guidance: Guidance
) -> Words:
    """Put everything into words that stands around findings and open questions."""
    key = guidance.code + (f"-{guidance.because}" if guidance.because else "")
    urgent = guidance.urgency
    return Words(
        language=texts.language,
        audience=texts.audience,
        urgent=(texts.get(urgent, "headline"), texts.get(urgent, "text")) if urgent else None,
        headline=texts.get("guidance", key, "headline"),
        says=texts.paragraphs("guidance", key, "says"),
        points=tuple(texts.get("reasons", point.key, Status.NOT_MET) for point in guidance.points),
        conflicts=tuple(texts.get("conflicts", conflict) for conflict in guidance.conflicts),
        findings=tuple(findings),
        needed=tuple(needed),
        products=tuple(indication.title for indication in guidance.lines_up),
        more_uses_open=guidance.may_line_up,
        not_signed_off=texts.get("verified", "not-signed-off") if _lacks_signature(facts) else "",
        draft=texts.get("verified", "draft") if facts.draft else "",
        intended_use=texts.intended_use,
    )


def _lacks_signature(facts: Facts) -> bool:
    return any(
        criterion.signed_off is None for outcome in facts.outcomes for criterion in outcome.indication.criteria.values()
    )


def needed_words(texts: Texts, question: str) -> Needed:
    """Put an open question into words."""
    return Needed(question, texts.get("questions", question, "label"), texts.get("questions", question, "where"))


def finding_words(texts: Texts, finding: Finding, facts: Facts, contested: bool) -> FindingWords:
    """Put one finding into words; ``contested`` where it rests on answers that do not fit together."""
    base = ("criteria", finding.criterion)
    return FindingWords(
        criterion=finding.criterion,
        title=texts.get(*base, "title"),
        status=finding.status,
        sentence=texts.get("terminal", "contested") if contested else texts.get(*base, finding.status),
        reasons={reason.key: texts.get("reasons", reason.key, finding.status) for reason in finding.reasons},
        because=tuple(answered(texts, finding.because, facts)),
        cautions={caution.id: texts.get("cautions", caution.id) for caution in finding.cautions},
        sources=finding.sources,
        checked=texts.get("verified", finding.verified if finding.sources else Verified.UNVERIFIED),
        contested=contested,
    )


def answered(texts: Texts, values: Mapping[str, Scalar], facts: Facts) -> Iterable[Answered]:
    """
    Give answers as rows to show.

    What nobody is asked for is left out, and so is a derived answer whose source stands beside it.
    """
    reading = facts.criteria.reading
    for question, value in values.items():
        derivation = reading.derivations.get(question)
        if derivation is not None and facts.answers.values.get(question) != value:
            if not values.keys().isdisjoint(inputs_of(derivation)):
                continue
        if not reading.dictionary.questions[question].internal:
            yield Answered(question, texts.get("questions", question, "label"), texts.value(question, value))
