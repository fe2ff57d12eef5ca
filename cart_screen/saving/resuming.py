"""An interview taken up again: the answers that still stand, and everything that is different since."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from cart_screen.answers.dictionary import Dictionary
from cart_screen.answers.given import Answers
from cart_screen.answers.reading import AnswerDocument, check_document
from cart_screen.errors import AnswerProblem, AnswersInvalid
from cart_screen.model import CriteriaSet, Indication, order_of
from cart_screen.nouns import field, noun
from cart_screen.saving.saved import PlainAnswers, Saved
from cart_screen.version import VERSION


@noun
class AskedAgain:
    """An answer was left out that is not allowed any more; its question will be asked again."""

    question: str


@noun
class LeftOut:
    """An answer was left out whose question is not asked any more."""

    question: str


@noun
class OtherDictionary:
    """The answers were given to another version of the dictionary."""

    before: str
    now: str

    @property
    def is_another_major(self) -> bool:
        """Tell whether an id may mean something else: only another major version changes a meaning."""
        return order_of(self.before)[0] != order_of(self.now)[0]


@noun
class OtherSet:
    """The interview was saved under another criteria set: its id, and the title of the one that is read now."""

    before: str
    now: str


@noun
class NewUse:
    """An indication is in force that was not when the interview was saved."""

    title: str


@noun
class ChangedUse:
    """An indication is in force in another version than when the interview was saved."""

    title: str
    before: str
    now: str


@noun
class GoneUse:
    """An indication that was in force when the interview was saved is not any more."""

    title: str


@noun
class OtherLibrary:
    """The interview was saved by another version of the library."""

    before: str
    now: str


Change = AskedAgain | LeftOut | OtherDictionary | OtherSet | NewUse | ChangedUse | GoneUse | OtherLibrary


@noun
class Resumed:
    """
    What an interview goes on with.

    ``answers`` are allowed by today's dictionary, each number in its canonical unit. ``asked`` is the order in which
    they were asked. ``changes`` are what is different since it was saved, what concerns the answers first.
    """

    answers: Answers = field(repr=False)
    asked: tuple[str, ...] = field(repr=False)
    changes: tuple[Change, ...]


def resumed(saved: Saved | PlainAnswers, criteria: CriteriaSet, today: date) -> Resumed:
    """
    Take up a saved interview, or answers alone, under a criteria set.

    It is read as of the day that was saved, or as of today where none was. Only answers are left out, and each is
    named: one that today's dictionary does not allow, or whose question it does not have.

    Raises
    ------
    AnswersInvalid
        When answers that say nothing of an interview are given, and none of them is allowed.
    """
    day = (saved.as_of if isinstance(saved, Saved) else None) or today
    read = criteria.on(day)
    dictionary = read.reading.dictionary
    answers, problems = _still_allowed(saved, dictionary)
    left_out = tuple(_left_out(problems, dictionary))
    match saved:
        case PlainAnswers():
            if problems and not (answers.values or answers.absent):
                # Most likely the file is something else altogether.
                raise AnswersInvalid(problems)
            return Resumed(answers, (), left_out)
        case Saved():
            asked = tuple(id for id in saved.asked if answers.mentions(id))
            return Resumed(answers, asked, (*left_out, *_changes(saved, read, day)))


def _still_allowed(saved: Saved | PlainAnswers, dictionary: Dictionary) -> tuple[Answers, tuple[AnswerProblem, ...]]:
    document = AnswerDocument(saved.answers.values, saved.answers.absent, saved.units)
    try:
        return check_document(document, dictionary), ()
    except AnswersInvalid as error:
        problems = error.problems
    wrong = {problem.question for problem in problems}
    parts = (document.values, document.absent, document.units)
    rest = AnswerDocument(*({id: said for id, said in part.items() if id not in wrong} for part in parts))
    return check_document(rest, dictionary), problems


def _left_out(problems: tuple[AnswerProblem, ...], dictionary: Dictionary) -> Iterator[AskedAgain | LeftOut]:
    for id in dict.fromkeys(problem.question for problem in problems):
        question = dictionary.questions.get(id)
        is_asked = question is not None and not question.internal
        yield AskedAgain(id) if is_asked else LeftOut(id)


def _changes(saved: Saved, criteria: CriteriaSet, day: date) -> Iterator[Change]:
    now = criteria.reading.dictionary.version
    if saved.dictionary != now:
        yield OtherDictionary(saved.dictionary, now)
    before = _set_of(saved)
    if before in (criteria.id, None):
        yield from _changed_uses(saved, criteria, day)
    else:
        yield OtherSet(before, criteria.title)
    if saved.library != VERSION:
        yield OtherLibrary(saved.library, VERSION)


def _set_of(saved: Saved) -> str | None:
    """Give the id of the set, which the addresses name also where it was found by its path, or None."""
    if saved.documents:
        return saved.documents[0].split(":")[2]
    return None if Path(saved.criteria).is_absolute() else saved.criteria


def _changed_uses(saved: Saved, criteria: CriteriaSet, day: date) -> Iterator[NewUse | ChangedUse | GoneUse]:
    versions = {id: version for _, _, _, id, version in (address.split(":") for address in saved.documents)}
    in_force = criteria.in_force(day)
    for indication in in_force:
        before = versions.pop(indication.id, None)
        if before is None:
            yield NewUse(indication.title)
        elif before != indication.version:
            yield ChangedUse(indication.title, before, indication.version)
    for id in versions:
        yield GoneUse(_title(id, criteria))


def _title(id: str, criteria: CriteriaSet) -> str:
    known: list[Indication] = [
        indication for one in (criteria, *criteria.earlier) for indication in one.indications if indication.id == id
    ]
    latest = max(known, key=lambda indication: indication.order, default=None)
    return latest.title if latest else id.replace("-", " ")
