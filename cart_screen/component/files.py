"""The files of the component: one script for all pages, and one with the data of each criteria set and language."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

from cart_screen.component.data import PageData, page_data
from cart_screen.component.scripts import short
from cart_screen.files import CannotCreate, CannotWrite
from cart_screen.model import CriteriaSet
from cart_screen.version import VERSION

COMPONENT = "cart-screen.js"

_STYLE = "cart-screen.css"

# What the component says while it has no page data: how it is loading, or why there is none.
_MESSAGES = ("loading", "set-unknown", "file-missing")


def component_script(criteria: Iterable[CriteriaSet]) -> str:
    """
    Give the script of the component: engine, questionnaire, words, pages and look, in ASCII letters.

    It knows which of ``criteria`` there are in which languages, and has words to say so where a page names another.
    """
    known = _known(list(criteria))
    head = f"/* cart-screen {VERSION}, Apache-2.0. No medical advice. */\n"
    begun = "var CartScreen=globalThis.CartScreen=globalThis.CartScreen||{};\n"
    given = f"CartScreen.css={json.dumps(style())};\nCartScreen.known={json.dumps(known, separators=(',', ':'))};\n"
    return "".join([head, begun, given, short(), "\n"])


@cache
def style() -> str:
    """Give the style sheet of the component, without comments and on one line."""
    text = re.sub(r"/\*.*?\*/", "", files("cart_screen.component").joinpath(_STYLE).read_text("utf-8"), flags=re.DOTALL)
    return re.sub(r"\s*([{};,])\s*", r"\1", re.sub(r"\s+", " ", text)).replace(": ", ":").replace(";}", "}").strip()


def component_files(criteria: Sequence[CriteriaSet], as_of: date) -> Mapping[str, bytes]:
    """Give every file of the component by its name, for some criteria sets as of a day, in all their languages."""
    pages = [page_data(one, as_of, language) for one in criteria for language in one.texts]
    return dict(_encoded(component_script(criteria), pages))


def write_files(folder: Path, contents: Mapping[str, bytes]) -> None:
    """
    Write files into a folder, which is made where it is missing; all of them or none.

    No file is written over. Unlike answers they hold nothing of a person, so whoever may read the folder may read them.

    Raises
    ------
    CannotCreate
        When one of them is there already, or there is no place for the folder.
    CannotWrite
        When there is no room.
    """
    try:
        folder.mkdir(exist_ok=True)
    except (OSError, ValueError) as error:
        raise CannotCreate(str(folder), _why(error)) from None
    written: list[Path] = []
    try:
        for name, content in contents.items():
            _write(folder / name, content, written)
    except BaseException:
        # Stopped in the middle, too: half a component works nowhere.
        for path in written:
            with suppress(OSError):
                path.unlink()
        raise


def _write(path: Path, content: bytes, written: list[Path]) -> None:
    try:
        stream = path.open("xb")
    except FileExistsError:
        raise CannotCreate(str(path), "there is a file already, and it is left as it is") from None
    except (OSError, ValueError) as error:
        raise CannotCreate(str(path), _why(error)) from None
    written.append(path)
    try:
        with stream:
            stream.write(content)
    except OSError as error:
        raise CannotWrite(str(path), _why(error)) from None


def _why(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or "no name of a file"


def _known(criteria: Sequence[CriteriaSet]) -> dict[str, object]:
    spoken = {language: words for one in criteria for language, words in one.texts.items()}
    return {
        "sets": {one.id: sorted(one.texts) for one in sorted(criteria, key=lambda one: one.id)},
        "messages": {
            language: {"language": language} | {key: words["web"][key] for key in _MESSAGES}
            for language, words in sorted(spoken.items())
        },
    }


def _encoded(script: str, pages: Iterable[PageData]) -> Iterator[tuple[str, bytes]]:
    yield COMPONENT, script.encode("ascii")
    for page in pages:
        yield page.file, page.script.encode("ascii")
