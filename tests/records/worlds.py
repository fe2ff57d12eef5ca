"""People, records and small directories of criteria that the tests of records share."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from cart_screen import Record, screen
from cart_screen.catalog.directory import own_criteria
from cart_screen.catalog.releases import hash_of
from cart_screen.records.digest import digest_of

ROOT = Path(__file__).parents[2]
SMALL = ROOT / "tests" / "catalog" / "small"
OTHER_THERAPY = ROOT / "examples" / "other-therapy"
DAY = "2026-11-22"
MADE = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
ROUND = {
    "age_years": 40, "cancer": "round", "state": "back", "lines": 2, "strength": 1, "infection": False, "clearance": 90,
}  # fmt: skip
# The person of the README, the day before two uses asked for fewer lines, and that day.
MYELOMA = {
    "age_years": 60, "diagnosis": "multiple-myeloma", "disease_status": "relapsed", "prior_lines": 2,
    "received_proteasome_inhibitor": True, "received_immunomodulatory_agent": True, "received_anti_cd38": True,
}  # fmt: skip
BEFORE, AFTER = "2024-04-03", "2024-04-04"


def copied(source: Path, to: Path) -> Path:
    """Give a copy of a criteria directory, to be changed."""
    return Path(shutil.copytree(source, to / "criteria"))


def small(to: Path) -> Path:
    """Give a small criteria directory of its own; the words that all sets share are those that ship."""
    root = copied(SMALL, to)
    path = root / "text" / "en.json"
    words = json.loads((own_criteria() / "text" / "en.json").read_text("utf-8"))
    path.write_text(json.dumps(words | json.loads(path.read_text("utf-8"))), encoding="utf-8")
    return root


def edited(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change a document in place."""
    body = json.loads(path.read_text("utf-8"))
    change(body)
    path.write_text(json.dumps(body), encoding="utf-8")


def added(root: Path, path: str, version: str, **changes: Any) -> Path:
    """Add another version of a criteria document beside one, with some of its keys changed."""
    body = json.loads((root / path).read_text("utf-8"))
    address = body["$id"].rpartition(":")[0]
    body |= {"$id": f"{address}:{version}", "x-version": version, **changes}
    new = (root / path).with_name(f"{version}.json")
    new.write_text(json.dumps(body), encoding="utf-8")
    return new


def released(root: Path) -> None:
    """Release every document of a directory as it stands."""
    patterns = ("answers/*.json", "shared/*/*.json", "sets/*/*/*.json")
    files = {
        path.relative_to(root).as_posix(): {"sha256": hash_of(path.read_bytes()), "released": DAY}
        for pattern in patterns
        for path in sorted(root.glob(pattern))
    }
    document = {"format": "cart-screen-releases/1", "files": files}
    (root / "releases.json").write_text(json.dumps(document), encoding="utf-8")


def small_record(root: Path, as_of: str | date = DAY, answers: dict[str, Any] | None = None) -> Record:
    """Give a record of a person under the small set of a directory."""
    return Record.of(screen(ROUND if answers is None else answers, root, as_of), MADE, criteria=root)


def plain(value: Any) -> Any:
    """Give a value as another program reads it."""
    return json.loads(json.dumps(value))


def signed(document: dict[str, Any]) -> Record:
    """Give a record whose digest fits, as somebody who changed it with care would make it fit."""
    return Record.read({**document, "digest": digest_of(document)})
