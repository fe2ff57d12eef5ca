"""A sound sample of every published format: what ships, what is screened, what is saved."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from cart_screen import Answers, Record, screen
from cart_screen.batch.moves import Moves
from cart_screen.batch.points import read_point
from cart_screen.batch.rescreening import Explanation, compared
from cart_screen.catalog.directory import own_criteria
from cart_screen.catalog.loading import own_set
from cart_screen.comparison import screen_under
from cart_screen.inquiry import Depth
from cart_screen.saving.document import to_document
from cart_screen.saving.saved import saved_of
from cart_screen.texts import Texts

ROOT = Path(__file__).parents[2]
SMALL = ROOT / "tests" / "catalog" / "small"
DAY = "2026-11-22"
BEFORE = "2024-04-03"
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


def record() -> Record:
    """Give a record of the day before some uses had another version, with a number that has a unit."""
    answers = Answers({**people()["multiple-myeloma-one-line"], "weight_kg": 70.5}, {"anc": "asked-unknown"})
    return Record.of(screen(answers, as_of=BEFORE), datetime(2024, 4, 3, 9, 30, tzinfo=UTC))


def verification() -> dict[str, Any]:
    """Give what is found where a record was changed after it was made and a document is gone."""
    changed = record().to_dict()
    changed["answers"]["answers"]["prior_lines"] = 3
    changed["documents"]["shared/fitness/0.9.0.json"] = "0" * 64
    return plain(Record.read(changed).verify().to_dict())


def rereading() -> dict[str, Any]:
    """Give a record under the criteria of a later day, where one of its answers is not known any more."""
    changed = record().to_dict()
    changed["answers"]["answers"]["shoe_size"] = 44
    return plain(Record.read(changed).reread(as_of=DAY).to_dict())


def rescreening() -> dict[str, Any]:
    """Give who changes when a use gets another version, and a row that cannot be read."""
    criteria = own_set("us-fda")
    old, new = (read_point(day, criteria) for day in (BEFORE, DAY))
    moves = Moves(old, new)
    flat = people()["multiple-myeloma-one-line"]
    rows = compared(pl.LazyFrame({id: [answer] for id, answer in flat.items()}), old, new)
    moves.add(Explanation(old, new).of(rows).collect())
    moves.reject(1, {("age_years", "no number"): 1, ("", "3 cells where the header has 2"): 1})
    return plain(moves.to_dict())


def saved() -> dict[str, Any]:
    """Give an interview as it is saved where the person fixed a date."""
    criteria = own_set("us-fda")
    answers = Answers(people()["adult-b-all"], {"anc": "asked-unknown"})
    now = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    interview = saved_of(
        answers, criteria, now.date(), Texts(criteria),
        named="us-fda", is_dated=True, depth=Depth.SETTLE, asked=answers.values, now=now,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(to_document(interview))
    return found


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
        "record": plain(record().to_dict()),
        "verification": verification(),
        "rereading": rereading(),
        "map": json.loads((ROOT / "examples" / "intakes" / "clinic.map.json").read_text("utf-8")),
        "rescreening": rescreening(),
        "saved": saved(),
    }
