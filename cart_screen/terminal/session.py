"""A whole sitting: the questions, the check of the answers, the guidance, and what can be done with it."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Sequence
from pathlib import Path

from cart_screen.errors import CartScreenError
from cart_screen.files import check_new
from cart_screen.inquiry import Depth
from cart_screen.sheet.content import sheet_of
from cart_screen.sheet.files import check_sheet_file, write_sheet
from cart_screen.terminal.checking import answers_to_check
from cart_screen.terminal.interview import Interview
from cart_screen.terminal.keeping import Keeper
from cart_screen.terminal.layout import Heading, paragraph
from cart_screen.terminal.prompting import InputEnded, Leaves, Prompter
from cart_screen.terminal.report import indications, report
from cart_screen.terminal.voice import Voice

_SAVED_NAME = "cart-screen-answers.json"
_SHEET_NAME = "cart-screen-sheet.html"


class Stopped(Exception):
    """The person stopped before the end."""


class Session:
    """
    One sitting at a terminal.

    ``news`` are lines to show before the first question. ``is_attended`` tells whether somebody is there to choose what
    to do after the guidance; ``tables`` to show every use that was compared without being asked.
    """

    def __init__(
        self,
        interview: Interview,
        prompter: Prompter,
        voice: Voice,
        keeper: Keeper,
        heading: Heading,
        *,
        news: Sequence[str],
        is_attended: bool,
        tables: bool,
    ) -> None:
        self._interview = interview
        self._prompter = prompter
        self._voice = voice
        self._keeper = keeper
        self._heading = heading
        self._news = tuple(news)
        self._is_attended = is_attended
        self._tables = tables
        self._is_told = False

    def run(self) -> None:
        """
        Ask, let the answers be checked, show the guidance, and do what is wished for then.

        Raises
        ------
        Stopped
            When the person stops before the guidance.
        InputEnded
            When the input ends before it.
        """
        self._introduce()
        while True:
            try:
                self._sit()
                return
            except (KeyboardInterrupt, Leaves) as stop:
                print()
                if self._is_told and isinstance(stop, KeyboardInterrupt):
                    # The guidance was given; there is nothing to lose any more.
                    return
                self._leave(wishes=isinstance(stop, Leaves))

    def _sit(self) -> None:
        while True:
            self._interview.run()
            if not self._is_right():
                continue
            self._tell()
            if not self._goes_on():
                return

    def _introduce(self) -> None:
        texts = self._voice.texts
        self._prompter.title(texts.get("terminal", "title"))
        print()
        # The last paragraph of a text file is what to do in an emergency; it stays the last one here.
        *purpose, emergency, regulators = texts.intended_use
        for said in (*purpose, texts.get("terminal", "stays"), emergency, regulators):
            print(paragraph(said))
        print()
        print(paragraph(texts.get("terminal", self._prompter.keys)))
        if not self._voice.is_chosen:
            print(paragraph(texts.get("terminal", "for-whom")))
        for line in self._news:
            print(line)

    def _is_right(self) -> bool:
        """Show the answers, and let one be changed; tell whether all of them are right."""
        print()
        self._prompter.title(self._voice.say("check"))
        for line in answers_to_check(self._interview.questionnaire, self._voice):
            print(line)
        print()
        match self._pick("check-right", "change-earlier", "save-and-stop"):
            case 0:
                return True
            case 1:
                self._interview.change()
                return False
            case _:
                raise Leaves

    def _tell(self) -> None:
        print()
        screening = self._interview.questionnaire.screening
        for line in report(screening, self._voice.texts, self._heading):
            print(line)
        self._is_told = True
        if self._tables:
            self._show_table()

    def _show_table(self) -> None:
        for line in indications(self._interview.questionnaire.screening, self._voice.texts, self._heading):
            print(line)

    def _goes_on(self) -> bool:
        """Offer what can be done with the guidance; tell whether there is more to ask or to show."""
        if not self._is_attended:
            return False
        while True:
            offers = self._offers()
            print()
            self._prompter.title(self._voice.say("next"))
            try:
                goes_on = offers[self._pick(*(key for key, _ in offers))][1]()
            except InputEnded:
                # The guidance was given: whoever says no more has all there is.
                return False
            if goes_on is not None:
                self._is_told = not goes_on
                return goes_on

    def _offers(self) -> list[tuple[str, Callable[[], bool | None]]]:
        offers: list[tuple[str, Callable[[], bool | None]]] = [
            ("next-finish", lambda: False),
            ("next-sheet", self._write_sheet),
            ("next-table", self._show_table),
            ("change-earlier", self._change),
        ]
        if not self._interview.questionnaire.at_depth(Depth.COMPLETE).is_finished:
            offers.append(("next-complete", self._complete))
        if self._keeper.path is None:
            offers.append(("next-save", self._save))
        return offers

    def _change(self) -> bool:
        self._interview.change()
        return True

    def _complete(self) -> bool:
        self._interview.questionnaire = self._interview.questionnaire.at_depth(Depth.COMPLETE)
        return True

    def _save(self) -> None:
        self._to_file("save-where", _SAVED_NAME, self._keeper.use, "saved-in")

    def _write_sheet(self) -> None:
        self._to_file("sheet-where", _SHEET_NAME, self.write_sheet, "sheet-written")

    def write_sheet(self, path: Path) -> None:
        """Write the sheet for the appointment to a new file. Raises as ``sheet.files.write_sheet``."""
        check_sheet_file(path)
        check_new(path)
        questionnaire = self._interview.questionnaire
        aside = questionnaire.answers.only(questionnaire.set_aside)
        write_sheet(path, sheet_of(questionnaire.screening, audience=self._voice.texts.audience, not_needed=aside))

    def _to_file(self, asked: str, usual: str, write: Callable[[Path], None], done: str) -> bool:
        """Ask for the name of a file until it can be written; an empty line takes the usual name, b gives up."""
        while True:
            print(paragraph(self._voice.say(asked, file=usual)))
            typed = self._prompter.line(self._voice.say("file"))
            if typed.lower() == "b":
                return False
            # As a shell reads ~; a name that means nobody stays as it is.
            path = Path(os.path.expanduser(typed or usual))  # noqa: PTH111 - Path.expanduser raises for that name
            try:
                write(path)
            except CartScreenError as error:
                print(paragraph(str(error)))
            else:
                print(paragraph(self._voice.say(done, file=shlex.quote(str(path)))))
                return True

    def _leave(self, *, wishes: bool) -> None:
        """
        Offer to save before the person goes; come back where they would rather go on.

        Raises Stopped, also where they stop once more.
        """
        if self._keeper.path is not None or not self._interview.asked:
            raise Stopped
        try:
            if not wishes:
                self._prompter.title(self._voice.say("leave"))
                place = self._pick("leave-save", "leave-unsaved", "leave-not")
                if place == 1:
                    raise Stopped
                if place == 2:
                    return
            if self._to_file("save-where", _SAVED_NAME, self._keeper.use, "saved-in"):
                raise Stopped
        except KeyboardInterrupt:
            print()
            raise Stopped from None
        except InputEnded:
            raise Stopped from None

    def _pick(self, *keys: str) -> int:
        return self._prompter.pick([self._voice.say(key) for key in keys])
