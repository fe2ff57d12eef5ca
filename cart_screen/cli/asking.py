"""``cart-screen``: the questions, in the way that suits the terminal."""

from __future__ import annotations

import os
import sys

from cart_screen.cli.exits import Exit
from cart_screen.questionnaire import Questionnaire
from cart_screen.terminal.interview import interview
from cart_screen.terminal.plain import PlainPrompter
from cart_screen.terminal.prompting import InputEnded, Prompter
from cart_screen.terminal.report import indications, report
from cart_screen.texts import Texts


def run_ask(criteria: str, as_of: str | None, *, plain: bool, table: bool) -> int:
    """Ask the questions and print the guidance."""
    texts = Texts()
    start = Questionnaire(criteria=criteria, as_of=as_of)
    try:
        finished = interview(start, _prompter(texts, plain=plain), texts)
    except InputEnded:
        print("cart-screen: The input ended before the questions did. Nothing was saved.", file=sys.stderr)
        return Exit.BAD_DATA
    print()
    for line in report(finished.screening, texts):
        print(line)
    if table:
        for line in indications(finished.screening, texts):
            print(line)
    return Exit.OK


def _prompter(texts: Texts, *, plain: bool) -> Prompter:
    bare = plain or os.environ.get("ACCESSIBLE") == "1" or os.environ.get("TERM") == "dumb"
    if bare or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return PlainPrompter(texts)
    # Imported here: it brings questionary, which nothing else needs.
    from cart_screen.terminal.rich import RichPrompter

    return RichPrompter(texts)
