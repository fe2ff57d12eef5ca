"""The record of a screening: what was read, what was answered and what came out."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cart_screen.answers.dictionary import Dictionary
from cart_screen.answers.given import Answers
from cart_screen.api import Screening
from cart_screen.records.criteria import read_from
from cart_screen.records.digest import canonical, digest_of
from cart_screen.records.errors import MomentInvalid
from cart_screen.texts import Audience, Texts
from cart_screen.version import VERSION

if TYPE_CHECKING:
    from cart_screen.records.rereading import Rereading
    from cart_screen.records.verifying import Verification

FORMAT = "cart-screen-record/1"


class Record:
    """
    A screening that can be verified and read again later: answers, set, date, documents, result and version.

    It is made by ``Record.of`` or read by ``Record.read``, and never changes. It holds health data.
    """

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = deepcopy(dict(document))

    @classmethod
    def of(
        cls,
        screening: Screening,
        made: datetime | None = None,
        *,
        criteria: Path | None = None,
        language: str = "en",
        audience: Audience = Audience.PATIENT,
    ) -> Record:
        """
        Make the record of a screening.

        ``made`` is the moment, with its time zone: now where none is given. ``criteria`` is the directory that the
        set was loaded from, where the set does not ship with the package. ``language`` and ``audience`` choose the
        words of the result.

        Raises
        ------
        CriteriaNotAtHand
            When the set does not ship with the package and no directory is named.
        CriteriaOther
            When the directory does not hold what the screening was made from.
        CriteriaUnknown, CriteriaMissing, DocumentInvalid, ReleaseChanged
            As ``load_criteria`` does.
        LanguageUnknown
            When the set has no words in that language.
        MomentInvalid
            When ``made`` names no time zone.
        """
        facts = screening.facts
        moment = _written(made or datetime.now(UTC))
        at_hand, shipped = read_from(facts.criteria, facts.as_of, criteria)
        document = {
            "format": FORMAT,
            "notice": Texts(at_hand.criteria, language).get("terminal", "holds-health-data"),
            "library": VERSION,
            "made": moment,
            "criteria": facts.criteria.id,
            "shipped": shipped,
            "as_of": facts.as_of.isoformat(),
            "documents": at_hand.documents(facts.as_of, language),
            "answers": _answers(facts.answers, facts.criteria.reading.dictionary),
            "screening": screening.to_dict(language, audience),
        }
        return cls({**document, "digest": digest_of(document)})

    @classmethod
    def read(cls, source: Mapping[str, Any] | bytes | Path) -> Record:
        """
        Read a record from its JSON, from bytes or from a file; it is checked in every place and nothing is coerced.

        Whether it was changed since it was made is for ``verify`` to say.

        Raises
        ------
        RecordMissing
            When the file cannot be read.
        RecordUnreadable
            When it is no JSON, or too large.
        RecordInvalid
            With every place that breaks the format.
        """
        # Imported here: it brings pydantic, which the making of a record does not need.
        from cart_screen.records.reading import checked, parsed, read_file

        where = str(source) if isinstance(source, Path) else "the record"
        text = read_file(source) if isinstance(source, Path) else source
        return cls(checked(parsed(text, where) if isinstance(text, bytes) else text, where))

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain JSON values. They hold the answers, so they are health data."""
        return deepcopy(self._document)

    def verify(self, criteria: Path | None = None) -> Verification:
        """
        Read the answers again, under the same set and as of the same date, and say what differs and why.

        ``criteria`` is the directory to read them under, where that is not the set that ships with the package.

        Raises
        ------
        CriteriaNotAtHand
            When there is no set of that name and no directory is named.
        CriteriaUnknown, CriteriaMissing, DocumentInvalid, ReleaseChanged
            As ``load_criteria`` does.
        LanguageUnknown
            When the set has no words in the language of the record any more.
        """
        from cart_screen.records.verifying import verify

        return verify(self, criteria)

    def reread(self, criteria: str | Path | None = None, as_of: date | str | None = None) -> Rereading:
        """
        Read the answers under the criteria of another day, today where none is given, and say what has changed.

        ``criteria`` is a set by name or by path, as for ``screen``; the set of the record where none is given.

        Raises
        ------
        CriteriaNotAtHand
            When the set of the record is not there and no other is named.
        CriteriaUnknown, CriteriaMissing, DocumentInvalid, ReleaseChanged
            As ``load_criteria`` does.
        DateInvalid
            When ``as_of`` is no date.
        """
        from cart_screen.records.rereading import reread

        return reread(self, criteria, as_of)

    def __repr__(self) -> str:
        # The answers are health data and stay out of logs.
        return f"<Record of a screening under {self.criteria} as of {self.as_of}>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Record):
            return NotImplemented
        return canonical(self._document) == canonical(other._document)

    def __hash__(self) -> int:
        return hash(self.digest)

    @property
    def library(self) -> str:
        """The version of the library that made it."""
        return self._text("library")

    @property
    def made(self) -> datetime:
        """The moment at which it was made."""
        return datetime.fromisoformat(self._text("made"))

    @property
    def criteria(self) -> str:
        """The name of the criteria set."""
        return self._text("criteria")

    @property
    def shipped(self) -> bool:
        """Whether the set came with the library."""
        return self._document["shipped"] is True

    @property
    def as_of(self) -> date:
        """The date whose criteria were read."""
        return date.fromisoformat(self._text("as_of"))

    @property
    def documents(self) -> dict[str, str]:
        """The SHA-256 of each document that was read, by its path below the criteria directory."""
        return dict(self._document["documents"])

    @cached_property
    def answers(self) -> Answers:
        """The answers that were given."""
        given = self._document["answers"]
        return Answers(given["answers"], given["absent"])

    @property
    def units(self) -> dict[str, str]:
        """The UCUM code of the unit of each number that has one, by question id."""
        return dict(self._document["answers"]["units"])

    @property
    def screening(self) -> dict[str, Any]:
        """What came out, as ``Screening.to_dict`` gives it."""
        found: dict[str, Any] = deepcopy(self._document["screening"])
        return found

    @property
    def language(self) -> str:
        """The language of its words."""
        return str(self._document["screening"]["language"])

    @property
    def audience(self) -> Audience:
        """Whom its words speak to."""
        return Audience(self._document["screening"]["audience"])

    @property
    def digest(self) -> str:
        """The SHA-256 of everything else in the record."""
        return self._text("digest")

    @property
    def is_intact(self) -> bool:
        """Tell whether the digest fits; anybody can make one that does, so it is no signature."""
        return self.digest == digest_of(self._document)

    def named(self) -> dict[str, str]:
        """Give what tells it from other records, without any answer, as plain JSON values."""
        return {key: self._text(key) for key in ("made", "library", "criteria", "as_of")}

    def _text(self, key: str) -> str:
        return str(self._document[key])


def _answers(answers: Answers, dictionary: Dictionary) -> dict[str, Any]:
    """Give the answers in the exchange form, with the unit of every number that has one: another one may come."""
    questions = dictionary.questions
    units = {id: questions[id].units[0].code for id, value in answers.values.items() if questions[id].units}
    return {**answers.to_dict(), "units": units}


def _written(moment: datetime) -> str:
    """Write a moment in UTC, to the second."""
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise MomentInvalid(moment.isoformat())
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
