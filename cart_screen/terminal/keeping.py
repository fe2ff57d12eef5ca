"""Keeping the answers of an interview in a file while it goes on."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from cart_screen.files import CannotCreate, CannotWrite, write_private
from cart_screen.questionnaire import Questionnaire
from cart_screen.saving.keeping import may_begin, may_save_to, save
from cart_screen.saving.saved import saved_of
from cart_screen.terminal.layout import paragraph
from cart_screen.terminal.voice import Voice


class Keeper:
    """
    Saves every answer at once, as soon as there is a file to save to.

    ``named`` is the criteria set as the person named it, and ``is_dated`` tells whether they fixed the date.
    A file that cannot be written stops no interview: it is said once, tried again with every answer, and
    ``failure`` holds the error as long as the newest answers are not in the file.
    """

    def __init__(self, voice: Voice, *, named: str | Path, is_dated: bool) -> None:
        self.path: Path | None = None
        self.failure: CannotCreate | CannotWrite | None = None
        self._voice = voice
        self._named = named
        self._is_dated = is_dated
        self._newest: Callable[[Path], None] | None = None
        self._copy: Path | None = None

    def use(self, path: Path) -> None:
        """
        Save to a new file from now on, and at once what was answered so far.

        Raises
        ------
        CannotCreate
            When no file can be made there, or one stands there already, also one with another interview.
        CannotWrite
            When there is no room for it.
        """
        may_begin(path)
        if self._newest is not None:
            self._newest(path)
        self.path = path

    def go_on(self, path: Path, copy: Path | None = None) -> None:
        """
        Save to the file that the interview was resumed from, from the next answer on.

        Before that it is copied to ``copy``, where one is named. Raises as ``use``, but for what is saved there.
        """
        may_save_to(path)
        self._copy = copy
        self.path = path

    def keep(self, questionnaire: Questionnaire, asked: Sequence[str]) -> None:
        """Remember where an interview stands, and save it where there is a file to save to."""
        facts = questionnaire.screening.facts
        saved = saved_of(
            questionnaire.answers,
            questionnaire.criteria,
            facts.as_of,
            self._voice.texts,
            named=self._named,
            is_dated=self._is_dated,
            depth=questionnaire.depth,
            asked=asked,
            now=datetime.now(UTC),
        )
        self._newest = lambda path: save(path, saved)
        if self.path is None:
            return
        try:
            if self._copy is not None:
                write_private(self._copy, self.path.read_bytes())
                self._copy = None
            save(self.path, saved)
        except (CannotCreate, CannotWrite) as error:
            if self.failure is None and sys.stderr is not None:
                sys.stdout.flush()
                print(paragraph(f"{error} {self._voice.say('save-again')}"), file=sys.stderr, flush=True)
            self.failure = error
        else:
            self.failure = None
