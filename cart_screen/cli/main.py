"""``cart-screen``: what was asked for, done, and an exit code that says how it went."""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Sequence

from cart_screen.cli.exits import Exit, exit_of
from cart_screen.errors import CartScreenError

_COMMANDS = ("ask", "screen", "batch", "rescreen", "verify", "reread", "criteria", "export", "serve")


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run one command and give its exit code; no traceback reaches a user.

    Without arguments it is the program itself, and reads those of the process.
    """
    if arguments is not None:
        return _guarded(list(arguments))
    given = sys.argv[1:]
    if given[:1] == ["screen"]:
        # One screening is over before there is garbage worth collecting.
        gc.disable()
    code = _guarded(given)
    if given[:1] not in (["batch"], ["rescreen"]):
        # Nor is there anything to collect at the end, where Python would go through every object twice more. DuckDB
        # complains of what is left.
        gc.freeze()
    return code


def _guarded(given: list[str]) -> int:
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
        if error.filename is not None:
            # What is written goes to standard output, which has no name: this could not be read.
            from cart_screen.cli.errors import CannotOpen

            path = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else ""
            return _say(
                str(CannotOpen(path, f"{error.strerror or 'unknown reason'}. Name one that can be read")), Exit.NO_INPUT
            )
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
        from cart_screen.version import VERSION

        print(f"cart-screen {VERSION}")
        return Exit.OK
    if not given or (given[0] not in _COMMANDS and given[0] not in ("-h", "--help")):
        given = ["ask", *given]
    match given:
        case ["screen", file] | ["screen", file, "--json"] | ["screen", "--json", file] if _is_operand(file):
            # The plain form needs no parser, which costs as much as the screening.
            from cart_screen.cli.screening import run_screen

            return run_screen(file, as_json=len(given) == 3)
    from cart_screen.cli.arguments import parser

    options = parser().parse_args(given)
    code: int = options.run(options)
    return code


def _is_operand(argument: str) -> bool:
    return argument == "-" or not argument.startswith("-")


def _say(sentence: str, code: Exit) -> int:
    # With standard error closed there is nobody to tell; the exit code says it.
    if sys.stderr is not None:
        print(f"cart-screen: {sentence}", file=sys.stderr)
    return code
