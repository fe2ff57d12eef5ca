"""``cart-screen``: what was asked for, done, and an exit code that says how it went."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence

from cart_screen.cli.exits import Exit, exit_of
from cart_screen.errors import CartScreenError

_COMMANDS = ("ask", "screen")
_DEFAULT_SET = "us-fda"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code; no traceback reaches a user."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if sys.stdout is None:
        return _say("There is nowhere to write to. Open standard output.", Exit.CANNOT_WRITE)
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that cannot show a letter shows a question mark instead of ending the program.
            stream.reconfigure(errors="replace")
    try:
        code = _run(given)
        sys.stdout.flush()
        return code
    except CartScreenError as error:
        return _say(str(error), exit_of(error))
    except KeyboardInterrupt:
        return _say("Stopped.", Exit.INTERRUPTED)
    except BrokenPipeError:
        # Whoever read the output has gone; Python would complain once more when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.CANNOT_WRITE
    except OSError as error:
        return _say(f"Cannot write the output: {error.strerror or error}.", Exit.CANNOT_WRITE)
    except Exception as error:
        # The message may hold an answer, so only the kind of error is shown.
        return _say(
            f"Something went wrong inside cart-screen ({type(error).__name__}). Please report it, without any answers.",
            Exit.INTERNAL,
        )


def _run(given: list[str]) -> int:
    # What a command needs is imported here, so that an interrupt while it loads ends as cleanly as any.
    if given and given[0] == "--version":
        from importlib.metadata import version

        print(f"cart-screen {version('cart-screen')}")
        return Exit.OK
    if not given or (given[0] not in _COMMANDS and given[0] not in ("-h", "--help")):
        given = ["ask", *given]
    options = _parser().parse_args(given)
    if options.command == "screen":
        from cart_screen.cli.screening import run_screen

        return run_screen(options.file, options.criteria, options.as_of, as_json=options.json, table=options.table)
    from cart_screen.cli.asking import run_ask

    return run_ask(options.criteria, options.as_of, plain=options.plain, table=options.table)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="cart-screen",
        allow_abbrev=False,
        description="Questions before you talk with a specialist about CAR T-cell therapy.",
        epilog="Without a command the questions are asked, with the options of ask: see cart-screen ask --help. "
        "--version shows the version. Exit codes: 0 guidance given, 2 wrong use, 65 bad answers or end of input, "
        "66 no such file, 70 internal error, 74 cannot write, 130 stopped.",
    )
    commands = parser.add_subparsers(dest="command", metavar="{ask,screen}")
    ask = commands.add_parser("ask", allow_abbrev=False, help="ask the questions and show what to do next")
    ask.add_argument(
        "--plain",
        action="store_true",
        help="ask with numbered lines, without moving the cursor (also with ACCESSIBLE=1 or TERM=dumb)",
    )
    screen = commands.add_parser("screen", allow_abbrev=False, help="read answers from a file and show what to do next")
    screen.add_argument("file", metavar="FILE", help="a JSON file of answers; - reads standard input")
    screen.add_argument("--json", action="store_true", help="print one JSON document and nothing else")
    for command in (ask, screen):
        command.add_argument(
            "--criteria", default=_DEFAULT_SET, metavar="SET", help="the criteria set: us-fda (default) or overview"
        )
        command.add_argument("--as-of", metavar="DATE", help="the date that counts, such as 2026-02-06 (today)")
        command.add_argument("--table", action="store_true", help="also show every approved use that was compared")
    return parser


def _say(sentence: str, code: Exit) -> int:
    # With standard error closed there is nobody to tell; the exit code says it.
    if sys.stderr is not None:
        print(f"cart-screen: {sentence}", file=sys.stderr)
    return code
