"""A sound sample of every published format: what ships, what is screened, what is saved."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from cart_screen import Answers, screen
from cart_screen.catalog.directory import own_criteria
from cart_screen.comparison import screen_under

ROOT = Path(__file__).parents[2]
SMALL = ROOT / "tests" / "catalog" / "small"
DAY = "2026-11-22"
SETS = ("us-fda", "eu-ema", "overview")
PATTERNS = {
    "set": "sets/*/set.json",
    "indication": "sets/*/*/*.json",
    "shared-criterion": "shared/*/*.json",
    "dictionary": "answers/*.json",
    "texts": "text/*.json",
    "releases": "releases.json",
}


def plain(value: Any) -> Any:
    """Give a value as another program reads it."""
    return json.loads(json.dumps(value))


def shipped() -> Iterator[tuple[str, str, Any]]:
    """Give format, name and JSON of every file of the shipped criteria."""
    for format, pattern in PATTERNS.items():
        for path in sorted(own_criteria().glob(pattern)):
            yield format, path.relative_to(own_criteria()).as_posix(), json.loads(path.read_text("utf-8"))


def people() -> dict[str, dict[str, Any]]:
    """Give the flat answers of the examples, by name."""
    paths = sorted((ROOT / "examples" / "answers").glob("*.json"))
    return {path.stem: json.loads(path.read_text("utf-8")) for path in paths}


def answer_files() -> Iterator[tuple[str, str, Any]]:
    """Give the answers of the examples in the exchange form."""
    for name, flat in people().items():
        yield "answers", name, plain(Answers(flat).to_dict())
    yield "answers", "nothing", {"format": "cart-screen-answers/1"}
    given = {"answers": {"bilirubin": 20, "ecog": None}, "absent": {"sex": "asked-declined"}}
    yield "answers", "units", {"format": "cart-screen-answers/1", **given, "units": {"bilirubin": "umol/L"}}


def screenings() -> Iterator[tuple[str, str, Any]]:
    """Give the screening of every example under every set, and one on a day when nothing was in force."""
    for name, flat in people().items():
        for criteria in SETS:
            yield "screening", f"{name} under {criteria}", plain(screen(flat, criteria, DAY).to_dict())
    yield "screening", "before every approval", plain(screen({"age_years": 60}, as_of="2001-01-01").to_dict())


def comparisons() -> Iterator[tuple[str, str, Any]]:
    """Give a comparison of the sets for every example."""
    for name, flat in people().items():
        yield "comparison", name, plain(screen_under(flat, SETS, DAY).to_dict())


def record() -> dict[str, Any]:
    """Give a record as issue 5 will write it."""
    answers = Answers(people()["adult-b-all"], {"anc": "asked-unknown"})
    path = "shared/fitness/1.0.0.json"
    return {
        "format": "cart-screen-record/1",
        "library": "0.1.0",
        "made": "2026-11-22T09:30:00Z",
        "criteria": "us-fda",
        "as_of": DAY,
        "documents": {path: sha256((own_criteria() / path).read_bytes()).hexdigest()},
        "answers": plain(answers.to_dict()),
        "screening": plain(screen(answers, as_of=DAY).to_dict()),
    }


def releases() -> dict[str, Any]:
    """Give the releases of one file."""
    entry = {"sha256": "0" * 64, "released": "2026-11-23"}
    return {"format": "cart-screen-releases/1", "files": {"shared/fitness/1.0.0.json": entry}}


@cache
def one_of_each() -> dict[str, Any]:
    """Give one sound document of every format, small enough to be broken at each of its places."""
    criteria = {
        "indication": SMALL / "sets" / "small" / "round-cancer" / "2.0.0.json",
        "shared-criterion": SMALL / "shared" / "organ-function" / "1.0.0.json",
        "dictionary": SMALL / "answers" / "1.0.0.json",
        "set": SMALL / "sets" / "small" / "set.json",
    }
    words = json.loads((own_criteria() / "text" / "en.json").read_text("utf-8"))
    own = json.loads((SMALL / "text" / "en.json").read_text("utf-8"))
    return {
        **{format: json.loads(path.read_text("utf-8")) for format, path in criteria.items()},
        "texts": words | own,
        "releases": releases(),
        "answers": next(sample for _, name, sample in answer_files() if name == "units"),
        "screening": next(screenings())[2],
        "comparison": plain(screen_under(people()["adult-b-all"], ("us-fda", "overview"), DAY).to_dict()),
        "record": record(),
    }
