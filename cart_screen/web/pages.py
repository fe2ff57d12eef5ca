"""The files of the component, and a page that shows it at work."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from html import escape
from threading import Lock

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from cart_screen.api import read_date
from cart_screen.texts import Texts
from cart_screen.web.errors import FileUnknown
from cart_screen.web.responses import PUBLIC
from cart_screen.web.served import Served

# The page loads its own script and nothing else: nothing that is typed there can be sent anywhere.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<script src="component/cart-screen.js" defer></script>
</head>
<body>
<main>
<cart-screen lang="{language}" criteria="{criteria}"></cart-screen>
</main>
</body>
</html>
"""


class Pages:
    """The endpoints that a browser loads; they hold no answers and take none."""

    def __init__(self, served: Served) -> None:
        self._served = served
        self._made: tuple[date, Mapping[str, bytes]] | None = None
        self._lock = Lock()

    async def file(self, request: Request) -> Response:
        """Give a file of the component: its script, or the data of a criteria set in a language, as of today."""
        files = await run_in_threadpool(self._files)
        name = request.path_params["file"]
        if name not in files:
            raise FileUnknown(name, tuple(files))
        return Response(files[name], headers=PUBLIC, media_type="text/javascript")

    async def demo(self, request: Request) -> Response:
        """Show the component in a page of its own, which runs no other script and sends nothing."""
        chosen = self._served.one(request.query_params.get("criteria"))
        language = "en" if "en" in chosen.texts else min(chosen.texts)
        page = _PAGE.format(
            language=escape(language),
            title=escape(Texts(chosen, language).get("terminal", "title")),
            criteria=escape(chosen.id),
        )
        headers = {**PUBLIC, "Content-Security-Policy": _POLICY}
        return Response(page, headers=headers, media_type="text/html")

    def _files(self) -> Mapping[str, bytes]:
        """Make the files of the day; those of the day before are forgotten."""
        # Imported here: who embeds the API alone needs no page.
        from cart_screen.component.files import component_files

        today = read_date(None)
        with self._lock:
            if self._made is None or self._made[0] != today:
                self._made = (today, component_files(list(self._served.sets.values()), today))
            return self._made[1]
