"""``cart-screen``: the questions, in the way that suits the terminal."""

from __future__ import annotations

import os
import sys

from cart_screen.api import named_or_path
from cart_screen.cli.exits import Exit
from cart_screen.questionnaire import Questionnaire
from cart_screen.terminal.interview import interview
from cart_screen.terminal.layout import spoken, underlined
from cart_screen.terminal.plain import PlainPrompter
from cart_screen.terminal.prompting import InputEnded, Prompter
from cart_screen.terminal.report import indications, report
from cart_screen.texts import Texts


def run_ask(criteria: str, as_of: str | None, *, plain: bool, table: bool) -> int:
    """Ask the questions and print the guidance."""
    start = Questionnaire(criteria=named_or_path(criteria), as_of=as_of)
    texts = Texts(start.criteria)
    heading = spoken if plain or _wants_plain() else underlined
    try:
        finished = interview(start, _prompter(texts, plain=plain), texts)
    except InputEnded:
        return _ended(texts.get("terminal", "input-ended"), Exit.BAD_DATA)
    except KeyboardInterrupt:
        return _ended(texts.get("terminal", "stopped"), Exit.INTERRUPTED)
    print()
    for line in report(finished.screening, texts, heading):
        print(line)
    if table:
        for line in indications(finished.screening, texts, heading):
            print(line)
    return Exit.OK


def _ended(said: str, code: Exit) -> Exit:
    if sys.stderr is not None:
        print(f"cart-screen: {said}", file=sys.stderr)
    return code


def _wants_plain() -> bool:
    return os.environ.get("ACCESSIBLE", "0") not in ("", "0") or os.environ.get("TERM") == "dumb"


def _prompter(texts: Texts, *, plain: bool) -> Prompter:
    on_terminal = sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()
    if plain or _wants_plain() or not on_terminal:
        return PlainPrompter(texts)
    # Imported here: it brings questionary, which nothing else needs.
    from cart_screen.terminal.rich import RichPrompter

    return RichPrompter(texts)
