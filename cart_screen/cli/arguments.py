"""The arguments of the command line, and what each command runs; a command's own modules load when it runs."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from cart_screen.cli import rescreening_arguments
from cart_screen.cli.batch_arguments import batch_arguments
from cart_screen.cli.export_arguments import export_arguments
from cart_screen.cli.file_names import check_file_names
from cart_screen.cli.options import DEFAULT_SET, SET_HELP, as_json, dated, named, sets, tabled
from cart_screen.cli.serving_arguments import serve_arguments

_RECORD_HELP = "a file that screen --record has written; - reads standard input"

Run = Callable[[argparse.Namespace], int]


def parser() -> argparse.ArgumentParser:
    """Give the parser of the whole command line; what it parses has ``run``, which gives the exit code."""
    whole = argparse.ArgumentParser(
        prog="cart-screen",
        allow_abbrev=False,
        description="Questions before you talk with a specialist about CAR T-cell therapy.",
        epilog="Without a command the questions are asked, with the options of ask: see cart-screen ask --help. "
        "--version shows the version. Exit codes: 0 guidance given, 1 a check has findings, a record differs or rows "
        "were rejected, 2 wrong use, 65 bad answers, bad documents or end of input, 66 no such file, 69 an extra is "
        "not installed, 70 internal error, 73 no place for a file, 74 cannot write, 130 stopped.",
    )
    names = "{ask,screen,batch,rescreen,verify,reread,criteria,export,serve}"
    commands = whole.add_subparsers(dest="command", metavar=names, required=True)
    _ask(commands.add_parser("ask", allow_abbrev=False, help="ask the questions and show what to do next"))
    _screen(commands.add_parser("screen", allow_abbrev=False, help="read answers from a file and show what to do next"))
    batch_arguments(commands.add_parser("batch", allow_abbrev=False, help="screen a table of many people"))
    rescreening_arguments.add(commands)
    _verify(commands.add_parser("verify", allow_abbrev=False, help="say whether a record comes out the same again"))
    _reread(
        commands.add_parser("reread", allow_abbrev=False, help="show what a record says under the criteria of today")
    )
    criteria = commands.add_parser("criteria", allow_abbrev=False, help="list, show, check and release the criteria")
    _criteria(criteria.add_subparsers(dest="criteria_command", metavar="COMMAND", required=True))
    export = commands.add_parser("export", allow_abbrev=False, help="write the criteria for other programs")
    export_arguments(export.add_subparsers(dest="export_command", metavar="FORMAT", required=True))
    serve_arguments(commands.add_parser("serve", allow_abbrev=False, help="serve the HTTP API on this computer"))
    return whole


def _ask(ask: argparse.ArgumentParser) -> None:
    ask.add_argument(
        "--plain",
        action="store_true",
        help="ask with numbered lines, without moving the cursor (also with ACCESSIBLE=1 or TERM=dumb)",
    )
    ask.add_argument("--criteria", metavar="SET", help=SET_HELP)
    dated(ask)
    ask.add_argument(
        "--depth",
        choices=["settle", "complete"],
        help="settle: until nothing can change what to do next; complete: also what is good to know (settle)",
    )
    ask.add_argument(
        "--for",
        dest="audience",
        choices=["patient", "child", "clinician"],
        help="whom the words speak to: the patient, somebody who answers for a child, or a clinician",
    )
    ask.add_argument("--save", metavar="FILE", help="keep the answers in a file of yours, after every question")
    ask.add_argument(
        "--resume", metavar="FILE", help="go on with a file that was saved, and save there; other answers are only read"
    )
    ask.add_argument("--sheet", metavar="FILE", help="write the sheet for the appointment: .html, .md or .pdf")
    ask.add_argument("--record", metavar="FILE", help="write a record, which can be verified, to a new file")
    tabled(ask)

    def run(options: argparse.Namespace) -> int:
        from cart_screen.cli.asking import Wishes, run_ask
        from cart_screen.inquiry import Depth
        from cart_screen.texts import Audience

        _check_names(ask, options)
        return run_ask(
            Wishes(
                criteria=options.criteria,
                as_of=options.as_of,
                depth=Depth(options.depth) if options.depth else None,
                audience=Audience(options.audience) if options.audience else None,
                save=options.save,
                resume=options.resume,
                sheet=options.sheet,
                record=options.record,
                plain=options.plain,
                table=options.table,
            )
        )

    ask.set_defaults(run=run)


def _check_names(ask: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """Refuse a name that is none, and one file for two things; only what is resumed may be saved to."""
    written = {"--sheet": options.sheet, "--record": options.record}
    check_file_names(ask, {"--resume": options.resume, **written})
    check_file_names(ask, {"--save": options.save, **written})


def _screen(screen: argparse.ArgumentParser) -> None:
    screen.add_argument("file", metavar="FILE", help="a JSON file of answers; - reads standard input")
    as_json(screen)
    sets(screen, "; several show where they differ")
    dated(screen)
    tabled(screen)
    screen.add_argument(
        "--record", metavar="FILE", help="also write a record of it, which can be verified, to a new file"
    )

    def run(options: argparse.Namespace) -> int:
        from cart_screen.cli.screening import run_screen

        chosen = options.criteria or [DEFAULT_SET]
        if options.record is not None and len(chosen) > 1:
            screen.error("--record takes one criteria set")
        if options.record == "-":
            screen.error("--record needs the name of a file: standard output holds the guidance")
        return run_screen(
            options.file, chosen, options.as_of, as_json=options.json, table=options.table, record=options.record
        )

    screen.set_defaults(run=run)


def _verify(verify: argparse.ArgumentParser) -> None:
    verify.add_argument("record", metavar="RECORD", help=_RECORD_HELP)
    verify.add_argument("--criteria", metavar="PATH", help="the folder of criteria of your own that it was made under")
    as_json(verify)

    def run(options: argparse.Namespace) -> int:
        from cart_screen.cli.records import run_verify

        return run_verify(options.record, options.criteria, as_json=options.json)

    verify.set_defaults(run=run)


def _reread(reread: argparse.ArgumentParser) -> None:
    reread.add_argument("record", metavar="RECORD", help=_RECORD_HELP)
    reread.add_argument(
        "--criteria", metavar="SET", help="a criteria set or the folder of your own (the set of the record)"
    )
    dated(reread)
    as_json(reread)

    def run(options: argparse.Namespace) -> int:
        from cart_screen.cli.records import run_reread

        return run_reread(options.record, options.criteria, options.as_of, as_json=options.json)

    reread.set_defaults(run=run)


def _criteria(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    listing = commands.add_parser("list", allow_abbrev=False, help="list the uses in force on a date")
    sets(listing, " (all)")
    dated(listing)
    listing.add_argument("--all", action="store_true", help="every version, in force or not")
    as_json(listing)

    def run_listing(options: argparse.Namespace) -> int:
        from cart_screen.cli.showing import run_list

        return run_list(options.criteria or [], options.as_of, every=options.all, as_json=options.json)

    listing.set_defaults(run=run_listing)

    show = commands.add_parser("show", allow_abbrev=False, help="print the criteria of a use as plain sentences")
    named(show)

    def run_showing(options: argparse.Namespace) -> int:
        from cart_screen.cli.showing import run_show

        return run_show(options.id, criteria=options.criteria, version=options.version, as_of=options.as_of)

    show.set_defaults(run=run_showing)

    open_points = commands.add_parser(
        "open-points", allow_abbrev=False, help="list every point that is not signed off or not verified"
    )
    sets(open_points, " (all)")
    dated(open_points)

    def run_open(options: argparse.Namespace) -> int:
        from cart_screen.cli.showing import run_open_points

        return run_open_points(options.criteria or [], options.as_of)

    open_points.set_defaults(run=run_open)

    check = commands.add_parser("check", allow_abbrev=False, help="check the documents of a criteria directory")
    check.add_argument("path", metavar="PATH", nargs="?", help="a criteria directory (those of this package)")
    as_json(check)

    def run_checking(options: argparse.Namespace) -> int:
        from cart_screen.cli.checking import run_check

        return run_check(options.path, as_json=options.json)

    check.set_defaults(run=run_checking)

    release = commands.add_parser(
        "release", allow_abbrev=False, help="check what is new in a criteria directory, and fix it for good"
    )
    release.add_argument("path", metavar="PATH", help="a criteria directory")
    release.add_argument("--on", metavar="DATE", help="the day of the release, such as 2026-11-23 (today)")
    release.add_argument("--dry-run", action="store_true", help="only say what would be released")

    def run_releasing(options: argparse.Namespace) -> int:
        from cart_screen.cli.releasing import run_release

        return run_release(options.path, options.on, dry_run=options.dry_run)

    release.set_defaults(run=run_releasing)
