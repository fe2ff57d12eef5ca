"""Small changes to the files of a criteria directory, as the fixtures name them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any


def patch(root: Path, patches: Iterable[Mapping[str, Any]]) -> None:
    """
    Change files one after the other.

    ``{"file", "pointer", "value"}`` sets a value of its JSON (a pointer that ends in ``-`` adds to a list, an
    empty one replaces all), ``"remove"`` in place of the value takes it out, ``"text"`` writes the file
    as it is, ``"copy"`` makes it a copy of another.
    """
    for one in patches:
        file = root / one["file"]
        file.parent.mkdir(parents=True, exist_ok=True)
        match one:
            case {"text": text}:
                file.write_text(text, "utf-8")
            case {"copy": source}:
                file.write_bytes((root / source).read_bytes())
            case {"pointer": "", "value": value}:
                file.write_text(json.dumps(value), "utf-8")
            case {"pointer": pointer}:
                document = json.loads(file.read_text("utf-8"))
                _change(document, pointer, one)
                file.write_text(json.dumps(document), "utf-8")


def _change(document: Any, pointer: str, one: Mapping[str, Any]) -> None:
    *steps, last = [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]
    for step in steps:
        document = document[int(step)] if isinstance(document, list) else document[step]
    if isinstance(document, list) and last == "-":
        document.append(one["value"])
        return
    key = int(last) if isinstance(document, list) else last
    if "remove" in one:
        del document[key]
    else:
        document[key] = one["value"]
