"""What is saved of an interview."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from cart_screen.answers.dictionary import Dictionary
from cart_screen.answers.given import Answers
from cart_screen.answers.scalars import is_number
from cart_screen.inquiry import Depth
from cart_screen.model import CriteriaSet
from cart_screen.nouns import field, noun
from cart_screen.texts import Audience, Texts
from cart_screen.version import VERSION


@noun
class Saved:
    """
    The answers of an interview with what they were given under.

    ``answers`` are all that were given, also those that no longer count, and ``units`` the UCUM codes of their
    numbers' units by question id, so that no later dictionary takes them for another unit. ``asked`` is the order
    in which questions were asked, for going back. ``criteria`` is the name of a set that ships with the package,
    or the path of a directory of one's own. ``as_of`` is None where today counts, whenever the interview is taken
    up again. ``documents`` are the addresses of the indications that were in force. ``moment`` has a time zone.
    """

    answers: Answers = field(repr=False)
    units: Mapping[str, str] = field(repr=False)
    asked: tuple[str, ...] = field(repr=False)
    criteria: str
    as_of: date | None
    dictionary: str
    documents: tuple[str, ...]
    depth: Depth
    audience: Audience
    library: str
    moment: datetime
    notice: str


@noun
class PlainAnswers:
    """Answers from a file that says nothing of an interview: flat, or in the exchange form; ``units`` by question."""

    answers: Answers = field(repr=False)
    units: Mapping[str, Any] = field(repr=False)


def saved_of(
    answers: Answers,
    criteria: CriteriaSet,
    day: date,
    texts: Texts,
    *,
    named: str | Path,
    is_dated: bool,
    depth: Depth,
    asked: Iterable[str],
    now: datetime,
) -> Saved:
    """
    Give what is to be saved of an interview, now.

    ``day`` is the day whose criteria are read, and ``is_dated`` tells whether the person fixed it. ``named`` is the
    set as it can be found again: its name, or a path. ``texts`` says whom the words speak to.
    """
    read = criteria.on(day)
    return Saved(
        answers=answers,
        units=_units(answers, read.reading.dictionary),
        asked=tuple(dict.fromkeys(asked)),
        criteria=str(named.absolute()) if isinstance(named, Path) else named,
        as_of=day if is_dated else None,
        dictionary=read.reading.dictionary.version,
        documents=tuple(indication.document for indication in read.in_force(day)),
        depth=depth,
        audience=texts.audience,
        library=VERSION,
        moment=now,
        notice=texts.get("terminal", "holds-health-data"),
    )


def _units(answers: Answers, dictionary: Dictionary) -> dict[str, str]:
    numbers = (id for id, value in answers.values.items() if is_number(value))
    return {id: dictionary.questions[id].units[0].code for id in numbers if dictionary.questions[id].units}
