"""The interview: asks what the questionnaire wants to know, until nothing is left to ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import assert_never

from cart_screen.answers.absent import AbsentReason
from cart_screen.changes import BetterSource, changes
from cart_screen.questionnaire import Questionnaire, Screen
from cart_screen.terminal.layout import paragraph, question_head
from cart_screen.terminal.page import answer_words, page_of, reason_words
from cart_screen.terminal.prompting import (
    Given,
    GoesBack,
    Keeps,
    Leaves,
    NotKnown,
    Page,
    Prompter,
    RathersNot,
    SwitchesUnit,
    Ticked,
    WantsChange,
    WantsReason,
    WantsToLeave,
)
from cart_screen.terminal.voice import Voice

Keep = Callable[[Questionnaire, Sequence[str]], None]


class Interview:
    """
    One interview: where it stands is in ``questionnaire``, so that it can stop and go on at any time.

    ``keep`` is told of every answer, with the order in which was asked; ``asked`` is that order from before.
    """

    def __init__(
        self, start: Questionnaire, prompter: Prompter, voice: Voice, keep: Keep, asked: Iterable[str] = ()
    ) -> None:
        self.questionnaire = start
        self._prompter = prompter
        self._voice = voice
        self._keep = keep
        self._visited: list[tuple[str, ...]] = _screens_of(start, asked)
        self._left_as_they_are: set[str] = set()
        self._preferred: set[str] = set()
        voice.hear(start)

    @property
    def asked(self) -> tuple[str, ...]:
        """Every question that was asked, in the order of asking."""
        return tuple(id for screen in self._visited for id in screen)

    def run(self) -> None:
        """
        Ask until nothing is left to ask.

        Raises
        ------
        InputEnded
            When the input ends before the questions do.
        Leaves
            When the person wants to save and stop.
        KeyboardInterrupt
            When the person stops; nothing is recorded of the question at hand.
        """
        while True:
            self._settle_conflicts()
            screen = self.questionnaire.next_screen
            if screen is None:
                return
            self._visit(screen)

    def change(self) -> None:
        """Let an earlier answer be picked and asked for again; it stands until there is another. Raises as ``run``."""
        rows = self.questionnaire.check_answers
        if not rows:
            self._tell(self._voice.say("first-question"))
            return
        self._show("")
        self._tell(self._voice.say("change-which"))
        labels = [self.row(row.question) for row in rows]
        place = self._prompter.pick([*labels, self._voice.say("change-none")])
        if place < len(rows):
            self._visit(self._screen_with(rows[place].question))

    def row(self, id: str) -> str:
        """Give a question and its answer as one line."""
        texts = self._voice.texts
        return f"{texts.get('questions', id, 'label')}: {answer_words(self.questionnaire, id, texts)}"

    def _visit(self, screen: Screen) -> None:
        """Show a screen until it is answered, or left for another one."""
        while True:
            page = self._page(screen)
            self._show(question_head(page))
            self._prompter.title(page.heading)
            if page.hint:
                self._tell(page.hint)
            match reply := self._prompter.ask(page):
                case Given(value=value):
                    return self._record(screen, self.questionnaire.answer(page.question.id, value))
                case Ticked(questions=ticked, none_of_the_others=confirmed):
                    after = self.questionnaire.answer_screen(screen, ticked, none_of_the_others=confirmed)
                    return self._record(screen, after)
                case NotKnown():
                    return self._record(screen, self._absent(screen, AbsentReason.ASKED_UNKNOWN))
                case RathersNot():
                    return self._record(screen, self._absent(screen, AbsentReason.ASKED_DECLINED))
                case Keeps():
                    return None
                case GoesBack():
                    before = self._before(screen)
                    if before is not None:
                        return self._visit(before)
                    self._tell(self._voice.say("first-question"))
                case WantsChange():
                    return self.change()
                case WantsReason():
                    for part, words in reason_words(screen, self._voice.texts):
                        self._tell(f"{self._voice.say(part)}: {words}")
                case SwitchesUnit():
                    self._switch_unit(page)
                case WantsToLeave():
                    raise Leaves
                case _:
                    assert_never(reply)

    def _record(self, screen: Screen, after: Questionnaire) -> None:
        before, self.questionnaire = self.questionnaire, after
        ids = _ids(screen)
        if ids not in self._visited:
            self._visited.append(ids)
        self._voice.hear(after)
        self._keep(after, self.asked)
        self._say_urgent(before, after)
        self._say_changed(before, after)

    def _absent(self, screen: Screen, reason: AbsentReason) -> Questionnaire:
        found = self.questionnaire
        for question in screen.questions:
            found = found.answer_absent(question.id, reason)
        return found

    def _before(self, screen: Screen) -> Screen | None:
        place = self._visited.index(_ids(screen)) if _ids(screen) in self._visited else len(self._visited)
        return self.questionnaire.screen_of(self._visited[place - 1]) if place else None

    def _screen_with(self, question: str) -> Screen:
        """Give the screen that a question was asked on; one that was never shown is asked by itself."""
        ids = next((ids for ids in self._visited if question in ids), (question,))
        return self.questionnaire.screen_of(ids)

    def _switch_unit(self, page: Page) -> None:
        """Ask for numbers in the next unit from now on, wherever a question accepts it."""
        units = page.question.units
        following = units[(units.index(page.unit) + 1) % len(units)]
        self._preferred = {*self._preferred.difference(unit.code for unit in units), following.code}

    def _say_urgent(self, before: Questionnaire, after: Questionnaire) -> None:
        """Say at once what an answer makes urgent."""
        urgency = after.screening.guidance.urgency
        if urgency and urgency != before.screening.guidance.urgency:
            self._show("")
            self._prompter.title(self._voice.texts.get(urgency, "headline"))
            self._tell(self._voice.texts.get(urgency, "text"))

    def _say_changed(self, before: Questionnaire, after: Questionnaire) -> None:
        """Say which answers count no more, or again, and which of two sources counts now."""
        order = list(after.criteria.reading.dictionary.questions)
        for change in changes(before.screening.facts, after.screening.facts):
            # That the next question makes the one before more exact is no news.
            if isinstance(change, BetterSource) and order.index(change.now[0]) < order.index(change.was[0]):
                self._tell(self._voice.say("better-source", was=self._labels(change.was), now=self._labels(change.now)))
        aside = [id for id in after.set_aside if id not in before.set_aside]
        again = [id for id in before.set_aside if id not in after.set_aside and id in after.answers.values]
        for key, ids in (("set-aside", aside), ("counts-again", again)):
            if ids:
                self._tell(self._voice.say(key, labels=self._labels(ids)))

    def _settle_conflicts(self) -> None:
        """Show each new conflict and let one of its answers be changed."""
        while True:
            standing = [id for id in self.questionnaire.screening.conflicts if id not in self._left_as_they_are]
            if not standing:
                return
            conflict = standing[0]
            involved = self.questionnaire.screening.facts.conflict_answers(conflict)
            self._show("")
            self._prompter.title(self._voice.say("conflict"))
            self._tell(self._voice.texts.get("conflicts", conflict))
            self._show("")
            self._tell(self._voice.say("conflict-choose"))
            place = self._prompter.pick([*map(self.row, involved), self._voice.say("conflict-keep")])
            if place == len(involved):
                self._left_as_they_are.add(conflict)
            else:
                self._visit(self._screen_with(involved[place]))

    def _labels(self, ids: Iterable[str]) -> str:
        return "; ".join(self._voice.texts.get("questions", id, "label") for id in ids)

    def _page(self, screen: Screen) -> Page:
        ids = _ids(screen)
        number = self._visited.index(ids) + 1 if ids in self._visited else len(self._visited) + 1
        return page_of(self.questionnaire, screen, self._voice.texts, number=number, preferred=self._preferred)

    def _show(self, text: str) -> None:
        print(text)

    def _tell(self, text: str) -> None:
        print(paragraph(text))


def _ids(screen: Screen) -> tuple[str, ...]:
    return tuple(question.id for question in screen.questions)


def _screens_of(questionnaire: Questionnaire, asked: Iterable[str]) -> list[tuple[str, ...]]:
    """Put questions that were asked before together again as they stood on their screens."""
    screens = questionnaire.criteria.reading.dictionary.screens.items()
    name_of = {id: name for name, members in screens for id in members}
    together: dict[str, list[str]] = {}
    for id in asked:
        together.setdefault(name_of.get(id, id), []).append(id)
    return [tuple(ids) for ids in together.values()]
