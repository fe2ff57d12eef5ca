"""The words that people read, found by key in the text file of a language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cart_screen.answers.scalars import Scalar, written
from cart_screen.catalog.loading import own_text
from cart_screen.errors import TextMissing
from cart_screen.guidance import Guidance
from cart_screen.ladder import Code, Status
from cart_screen.model import Source, Verified
from cart_screen.rules.derivations import inputs_of
from cart_screen.screening import Facts, Finding, Reason


class Texts:
    """The words of one language."""

    def __init__(self, language: str = "en") -> None:
        self.language = language
        self._words = own_text(language)

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

    def value(self, question: str, value: Scalar) -> str:
        """Write the value of an answer as its option, or as a number with its unit."""
        key = str(value).lower() if isinstance(value, bool) else str(value)
        option = self.find("questions", question, "options", key)
        if option:
            return option
        if isinstance(value, float):
            value = round(value, 2)
        unit = self.find("questions", question, "unit")
        return f"{value} {unit}" if unit else (value if isinstance(value, str) else written(value))

    def _find(self, path: Iterable[str]) -> Any:
        found: Any = self._words
        for step in path:
            if not isinstance(found, Mapping) or step not in found:
                return None
            found = found[step]
        return found


@dataclass(frozen=True)
class Answered:
    """An answer as a row to show: its label and its value in words."""

    question: str
    label: str
    value: str


@dataclass(frozen=True)
class Needed:
    """An answer that is still open, and where it can be found."""

    question: str
    label: str
    where: str


@dataclass(frozen=True)
class FindingWords:
    """One finding in words."""

    criterion: str
    title: str
    status: Status
    sentence: str
    reasons: tuple[str, ...]
    because: tuple[Answered, ...]
    cautions: tuple[str, ...]
    sources: tuple[Source, ...]
    checked: str


@dataclass(frozen=True)
class Words:
    """Guidance and findings in words; everything that a screen, a sheet or a page shows."""

    urgent: tuple[str, str] | None
    headline: str
    says: tuple[str, ...]
    points: tuple[str, ...]
    conflicts: tuple[str, ...]
    findings: tuple[FindingWords, ...]
    needed: tuple[Needed, ...]
    products: tuple[str, ...]
    not_signed_off: str
    draft: str


_PRODUCT_CODES = (Code.MATCH, Code.LABEL_MATCH, Code.REVIEW)


def words_of(facts: Facts, guidance: Guidance, needed: Iterable[str], language: str = "en") -> Words:
    """Put facts and guidance into words; ``needed`` are the questions that are still open."""
    texts = Texts(language)
    key = guidance.code + (f"-{guidance.because}" if guidance.because else "")
    urgent = guidance.urgency
    findings = tuple(_finding(texts, finding, facts) for finding in facts.findings.values())
    return Words(
        urgent=(texts.get(urgent, "headline"), texts.get(urgent, "text")) if urgent else None,
        headline=texts.get("guidance", key, "headline"),
        says=texts.paragraphs("guidance", key, "says"),
        points=tuple(texts.get("reasons", point.key, Status.NOT_MET) for point in guidance.points),
        conflicts=tuple(texts.get("conflicts", conflict) for conflict in guidance.conflicts),
        findings=findings,
        needed=tuple(
            Needed(id, texts.get("questions", id, "label"), texts.get("questions", id, "where")) for id in needed
        ),
        products=_products(facts) if guidance.code in _PRODUCT_CODES else (),
        not_signed_off=texts.get("verified", "not-signed-off"),
        draft=texts.get("verified", "draft") if any(outcome.indication.draft for outcome in facts.outcomes) else "",
    )


def _products(facts: Facts) -> tuple[str, ...]:
    """Give the titles of the indications whose label lines up; none while more than one disease is possible."""
    if not facts.names_product:
        return ()
    return tuple(outcome.indication.title for outcome in facts.outcomes if outcome.label_met)


def _finding(texts: Texts, finding: Finding, facts: Facts) -> FindingWords:
    base = ("criteria", finding.criterion)
    return FindingWords(
        criterion=finding.criterion,
        title=texts.get(*base, "title"),
        status=finding.status,
        sentence=texts.get(*base, finding.status),
        reasons=() if finding.status is Status.MET else _reasons(texts, finding.reasons, finding.status),
        because=tuple(answered(texts, finding.because, facts)),
        cautions=tuple(dict.fromkeys(texts.get("cautions", caution.id) for caution in finding.cautions)),
        sources=finding.sources,
        checked=texts.get("verified", finding.verified if finding.sources else Verified.UNVERIFIED),
    )


def _reasons(texts: Texts, reasons: Iterable[Reason], status: Status) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts.get("reasons", reason.key, status) for reason in reasons))


def answered(texts: Texts, values: Mapping[str, Scalar], facts: Facts) -> Iterable[Answered]:
    """
    Give answers as rows to show.

    What nobody is asked for is left out, and so is a derived answer whose source stands beside it.
    """
    reading = facts.criteria.reading
    for question, value in values.items():
        derivation = reading.derivations.get(question)
        if derivation is not None and question not in facts.answers.values:
            if not values.keys().isdisjoint(inputs_of(derivation)):
                continue
        if not reading.dictionary.questions[question].internal:
            yield Answered(question, texts.get("questions", question, "label"), texts.value(question, value))
