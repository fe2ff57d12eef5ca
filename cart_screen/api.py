"""The library's front door: answers in, facts and guidance out."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property, lru_cache

from cart_screen.answers.given import Answers
from cart_screen.answers.reading import AnswerDocument, check_document
from cart_screen.answers.scalars import written
from cart_screen.awaiting import awaiting, worth_finding
from cart_screen.catalog.loading import load_set, own_set, own_sets
from cart_screen.errors import AnswerProblem, AnswersInvalid, CriteriaUnknown, DateInvalid, DocumentInvalid
from cart_screen.findings import Finding, Outcome
from cart_screen.guidance import Guidance, guide
from cart_screen.model import CriteriaSet, CriterionId
from cart_screen.screening import Facts
from cart_screen.texts import Audience, Words, words_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

DEFAULT_SET = "us-fda"


class Screening:
    """The facts about one set of answers, and the guidance that they lead to."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts

    def __repr__(self) -> str:
        # The answers are health data and stay out of logs.
        return f"<Screening under {self.facts.criteria.id} as of {self.facts.as_of}>"

    def __reduce__(self) -> tuple[type[Screening], tuple[Facts]]:
        return Screening, (self.facts,)

    @cached_property
    def guidance(self) -> Guidance:
        """What to do next."""
        return guide(self.facts)

    @property
    def findings(self) -> Mapping[CriterionId, Finding]:
        """The five findings; ``findings["fitness"]`` works, the keys are strings."""
        return self.facts.findings

    @property
    def indications(self) -> tuple[Outcome, ...]:
        """Every indication in force with its five statuses."""
        return self.facts.outcomes

    @property
    def conflicts(self) -> tuple[str, ...]:
        """The ids of the pairs of answers that cannot both be right."""
        return self.facts.conflicts

    @cached_property
    def awaiting(self) -> tuple[str, ...]:
        """The questions that can still change the guidance's code, in the order of asking."""
        return awaiting(self.facts)

    def words(self, language: str = "en", audience: Audience = Audience.PATIENT) -> Words:
        """
        Give the guidance and the findings in words that people read, spoken to the patient or another audience.

        Raises
        ------
        LanguageUnknown
            When the criteria set has no words in that language.
        """
        return words_of(self.facts, self.guidance, worth_finding(self.facts, self.awaiting), language, audience)

    def to_dict(self, language: str = "en", audience: Audience = Audience.PATIENT) -> dict[str, Any]:
        """
        Give everything as plain JSON values. They hold the deciding answers, so they are health data.

        Raises
        ------
        LanguageUnknown
            When the criteria set has no words in that language.
        """
        # Imported here: the dictionary form is for output only, and a library caller may never need it.
        from cart_screen.exchange import screening_to_dict

        return screening_to_dict(self.facts, self.guidance, self.awaiting, self.words(language, audience))


def screen(
    answers: Answers | Mapping[str, Any],
    criteria: str | Path | CriteriaSet = DEFAULT_SET,
    as_of: date | str | None = None,
) -> Screening:
    """
    Screen one set of answers under one criteria set, as of a date (today where none is given).

    ``answers`` maps question ids to values; ``None`` means asked and not known, an absent id means
    not asked. The result is guidance to speak with a specialist, never a verdict.

    Raises
    ------
    AnswersInvalid
        With every answer that the dictionary does not allow.
    CriteriaUnknown
        When there is no criteria set of that name.
    DateInvalid
        When ``as_of`` is no date.
    """
    on = read_date(as_of)
    chosen = (criteria if isinstance(criteria, CriteriaSet) else load_criteria(criteria)).on(on)
    if not isinstance(answers, Answers | Mapping):
        raise AnswersInvalid([AnswerProblem("answers", written(answers), "a mapping of question ids to values")])
    if isinstance(answers, Answers):
        chosen.reading.dictionary.check(answers)
    else:
        answers = check_document(AnswerDocument(answers, {}, {}), chosen.reading.dictionary)
    return Screening(Facts(answers, chosen, on))


def load_criteria(criteria: str | Path = DEFAULT_SET) -> CriteriaSet:
    """
    Give a criteria set: one that ships with the package, by name, or your own, by path.

    A path names a directory with the layout of ``criteria/`` that holds one set, or the folder of a set in
    one (``.../sets/<name>``). A document from outside is checked against the contract of documents first.

    Raises
    ------
    CriteriaUnknown
        When the name is none of the sets that ship with the package, or the path holds no set or several.
    CriteriaMissing
        When a file that the set needs is not there.
    DocumentInvalid
        With every place of the documents that breaks the format.
    ReleaseChanged
        When a released file is not what was released.
    """
    if isinstance(criteria, str):
        return own_set(criteria)
    # Imported here: only a document from outside is checked, and the check brings pydantic.
    from pathlib import Path

    from cart_screen.catalog.contract import check_set
    from cart_screen.catalog.directory import CriteriaDirectory
    from cart_screen.catalog.words_contract import missing_words, with_interface_words

    folder = set_folder(Path(criteria))
    directory = CriteriaDirectory(folder.parent.parent)
    check_set(directory, folder.name)
    own = own_set(DEFAULT_SET).texts
    found = with_interface_words(load_set(directory, folder.name), own)
    problems = list(missing_words(found, own["en"]))
    if problems:
        raise DocumentInvalid(problems)
    return found


def named_or_path(value: str) -> str | Path:
    """Give a criteria set as it was typed: a path where there is a separator in it, else a name."""
    if not {os.sep, os.altsep or os.sep} & set(value):
        return value
    # Imported here: what ships with the package is asked for by name, and a start should load no more than it needs.
    from pathlib import Path

    return Path(value)


def set_folder(path: Path) -> Path:
    """
    Give the folder of the set that a path means: the path itself, or the only set of a criteria directory.

    Raises
    ------
    CriteriaUnknown
        When the path holds no set or several.
    """
    folder = path.absolute()
    if "\0" in str(folder):
        raise CriteriaUnknown(str(path), own_sets())
    if (folder / "set.json").is_file() and folder.parent.name == "sets":
        return folder
    below = sorted(found.parent for found in folder.glob("sets/*/set.json"))
    if len(below) != 1:
        raise CriteriaUnknown(str(path), [str(found) for found in below] or own_sets())
    return below[0]


def read_date(value: date | str | None) -> date:
    """
    Give a date from a date, from text such as 2026-02-06, or today.

    Raises
    ------
    DateInvalid
        When the text is no date.
    """
    if value is None:
        return date.today()
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return _date_of(value)
    except (TypeError, ValueError):
        raise DateInvalid(str(value)) from None


# A service is asked for the same few days again and again.
@lru_cache(maxsize=64)
def _date_of(text: str) -> date:
    found = date.fromisoformat(text)
    if found.isoformat() != text:
        # Python reads week dates and dates without dashes too; the message asks for one form.
        raise ValueError(text)
    return found
