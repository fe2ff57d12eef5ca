"""``cart-screen``: what was asked for, done, and an exit code that says how it went."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence

from cart_screen.cli.errors import CannotOpen
from cart_screen.cli.exits import Exit, exit_of
from cart_screen.errors import CartScreenError

_COMMANDS = ("ask", "screen", "criteria", "export")


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
        if error.filename is not None:
            # What is written goes to standard output, which has no name: this could not be read.
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
        from importlib.metadata import version

        print(f"cart-screen {version('cart-screen')}")
        return Exit.OK
    if not given or (given[0] not in _COMMANDS and given[0] not in ("-h", "--help")):
        given = ["ask", *given]
    from cart_screen.cli.arguments import parser

    options = parser().parse_args(given)
    code: int = options.run(options)
    return code


def _say(sentence: str, code: Exit) -> int:
    # With standard error closed there is nobody to tell; the exit code says it.
    if sys.stderr is not None:
        print(f"cart-screen: {sentence}", file=sys.stderr)
    return code
