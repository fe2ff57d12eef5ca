"""The scripts of the component, as they are written and, joined and shortened, as a page loads them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from cart_screen.engines.browser.scripts import SCRIPTS as ENGINE

# In the order in which they need each other.
OWN = (
    "words.js", "sheet.js", "interview.js", "elements.js", "pages.js", "loading.js", "typed.js", "component.js",
)  # fmt: skip
_PARTS = (
    ("cart_screen.engines.browser", ENGINE),
    ("cart_screen.component", OWN),
)
_HOME = "cart_screen.component"
SHORT = "cart-screen.min.js"


def written() -> Iterator[str]:
    """Give each script as it is written, in the order in which they are run."""
    for package, names in _PARTS:
        for name in names:
            yield files(package).joinpath(name).read_text("utf-8")


@cache
def short() -> str:
    """
    Give all scripts as one short script, in ASCII letters.

    It is made of ``written()`` with terser by ``.ci/minify``, and kept, since a machine that only installs this
    package has no Node. A test holds that it is up to date.
    """
    return files(_HOME).joinpath(SHORT).read_text("ascii")


if __name__ == "__main__":
    sys.stdout.write("".join(written()))
