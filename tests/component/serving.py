"""A server on this machine that sends the component's files, and some pages around it, under a strict policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from cart_screen.api import load_criteria
from cart_screen.component.files import component_files
from cart_screen.model import CriteriaSet

DAY = date(2026, 11, 22)
SETS = ("us-fda", "eu-ema", "overview")
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'"

_TYPES = {"html": "text/html; charset=utf-8", "js": "text/javascript"}


@cache
def criteria(name: str = "us-fda") -> CriteriaSet:
    """Give a criteria set as it is read on the day of the tests."""
    return load_criteria(name).on(DAY)


@cache
def files() -> Mapping[str, bytes]:
    """Give the files of the component."""
    return component_files([criteria(name) for name in SETS], DAY)


def page(body: str, attributes: str = 'lang="en"') -> bytes:
    """Give a page that loads the component and has a body."""
    return (
        f'<!DOCTYPE html><html {attributes}><head><meta charset="utf-8"><title>An intake page</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><script src="cart-screen.js"></script></head>'
        f"<body>{body}</body></html>"
    ).encode()


@contextmanager
def serving(contents: Mapping[str, bytes]) -> Iterator[str]:
    """Serve some files, which may change, from memory; give the address of the folder."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.lstrip("/")
            content = contents.get(name)
            self.send_response(200 if content is not None else 404)
            self.send_header("Content-Security-Policy", POLICY)
            self.send_header("Content-Type", _TYPES.get(name.rpartition(".")[2], "text/plain"))
            self.end_headers()
            self.wfile.write(content or b"")

        def log_message(self, format: str, *arguments: object) -> None:
            """Keep the output of the tests clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=10)
