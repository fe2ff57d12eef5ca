"""The arguments of ``cart-screen serve``."""

from __future__ import annotations

import argparse

_HIGHEST_PORT = 65_535


def serve_arguments(serve: argparse.ArgumentParser) -> None:
    """Add the arguments of the command, and what it runs."""
    serve.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1, this computer alone)")
    serve.add_argument("--port", type=_port, default=8000, help="the port; 0 takes a free one (8000)")
    serve.add_argument(
        "--criteria",
        nargs="+",
        action="extend",
        metavar="SET",
        help="the criteria sets to serve, or folders of your own; the first is the default (all of the package)",
    )
    serve.add_argument(
        "--cors", action="append", metavar="ORIGIN", help="let pages of an origin call it, as https://intake.example"
    )
    serve.add_argument("--root-path", default="", metavar="PATH", help="the path under which a proxy shows it")
    serve.add_argument("--public-url", metavar="URL", help="the address under which people reach it, for links")

    def run(options: argparse.Namespace) -> int:
        from cart_screen.cli.serving import run_serve

        return run_serve(
            options.host,
            options.port,
            criteria=options.criteria or [],
            cors=options.cors or [],
            root_path=options.root_path,
            public_url=options.public_url,
        )

    serve.set_defaults(run=run)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and int(text) <= _HIGHEST_PORT):
        raise argparse.ArgumentTypeError(f"{text!r} is no port; write a number from 0 to {_HIGHEST_PORT}")
    return int(text)
