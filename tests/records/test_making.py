"""Making a record: everything that the result was made from is in it, and nothing of it is lost on the way."""

from __future__ import annotations

import copy
import json
import pickle
import shutil
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from cart_screen import Answers, Record, load_criteria, screen
from cart_screen.catalog.directory import CriteriaDirectory, own_criteria
from cart_screen.catalog.documents import documents_read
from cart_screen.catalog.loading import load_set
from cart_screen.catalog.releases import hash_of
from cart_screen.errors import CriteriaUnknown, LanguageUnknown, ReleaseChanged
from cart_screen.records.errors import CriteriaNotAtHand, CriteriaOther, MomentInvalid
from cart_screen.version import VERSION

from .worlds import BEFORE, DAY, MADE, MYELOMA, ROUND, added, copied, edited, plain, released, small, small_record


def test_a_record_holds_what_was_read_what_was_answered_and_what_came_out() -> None:
    answers = Answers({**MYELOMA, "weight_kg": 70.5}, {"anc": "asked-declined"})
    screening = screen(answers, as_of=BEFORE)
    record = Record.of(screening, MADE)

    assert (record.criteria, record.shipped, record.as_of) == ("us-fda", True, date(2024, 4, 3))
    assert (record.library, record.made) == (VERSION, MADE)
    assert record.answers == answers
    assert record.units["weight_kg"] == "kg"
    assert record.screening == plain(screening.to_dict())
    assert "health information" in record.to_dict()["notice"]
    assert record.is_intact


def test_it_goes_through_json_and_comes_back_as_it_was() -> None:
    record = Record.of(screen(MYELOMA, as_of=BEFORE), MADE)
    text = json.dumps(record.to_dict(), allow_nan=False).encode()

    assert Record.read(text) == Record.read(json.loads(text)) == record
    assert Record.read(text).to_dict() == record.to_dict()
    assert hash(Record.read(text)) == hash(record)


def test_it_is_read_from_a_file(tmp_path: Path) -> None:
    record = Record.of(screen(MYELOMA, as_of=BEFORE), MADE)
    (tmp_path / "record.json").write_bytes(b"\xef\xbb\xbf" + json.dumps(record.to_dict()).encode())

    assert Record.read(tmp_path / "record.json") == record


@pytest.mark.parametrize("criteria", ["us-fda", "eu-ema", "overview"])
@pytest.mark.parametrize("day", ["2016-01-01", "2025-12-02", DAY])
def test_the_documents_of_a_record_alone_give_its_result(criteria: str, day: str, tmp_path: Path) -> None:
    """Nothing else can have changed it: a directory that holds only those files says the same."""
    record = Record.of(screen(MYELOMA, criteria, day), MADE)
    for path in record.documents:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(own_criteria() / path, tmp_path / path)
    releases = json.loads((own_criteria() / "releases.json").read_text("utf-8"))
    releases["files"] = {path: entry for path, entry in releases["files"].items() if path in record.documents}
    (tmp_path / "releases.json").write_text(json.dumps(releases), encoding="utf-8")

    again = screen(MYELOMA, load_set(CriteriaDirectory(tmp_path), criteria), day)

    assert plain(again.to_dict()) == record.screening
    assert {path: hash_of((tmp_path / path).read_bytes()) for path in record.documents} == record.documents


def test_a_withdrawal_is_among_the_documents(tmp_path: Path) -> None:
    root = small(tmp_path)
    added(root, "sets/small/round-cancer/2.0.0.json", "3.0.0", **{"x-withdrawn": True, "x-effective": {"from": DAY}})
    record = small_record(root)

    assert "sets/small/round-cancer/3.0.0.json" in record.documents
    assert "sets/small/round-cancer/2.0.0.json" not in record.documents
    assert [use["indication"] for use in record.screening["indications"]] == ["square-cancer"]


def test_only_what_is_in_force_on_the_day_is_among_the_documents(tmp_path: Path) -> None:
    root = small(tmp_path)
    before, after, never = (small_record(root, day) for day in ("2022-09-14", "2022-09-15", "2019-01-01"))

    assert set(before.documents) ^ set(after.documents) == {
        "sets/small/round-cancer/1.0.0.json",
        "sets/small/round-cancer/2.0.0.json",
    }
    assert not any(path.startswith("sets/small/round") for path in never.documents)
    assert {"sets/small/set.json", "answers/1.0.0.json", "text/en.json"} <= set(never.documents)


def test_a_shared_criterion_that_only_a_use_pins_is_among_the_documents(tmp_path: Path) -> None:
    root = small(tmp_path)
    fitness = "urn:cart-screen:shared:fitness"
    added(root, "shared/fitness/1.0.0.json", "1.1.0")

    def pinned(body: dict[str, Any]) -> None:
        body["$defs"]["fitness"]["$ref"] = f"{fitness}:1.1.0"

    edited(root / "sets/small/round-cancer/2.0.0.json", pinned)

    assert {"shared/fitness/1.0.0.json", "shared/fitness/1.1.0.json"} <= set(small_record(root).documents)


def test_a_released_document_that_was_changed_while_it_is_read_is_never_recorded(tmp_path: Path) -> None:
    root = small(tmp_path)
    released(root)
    criteria = load_criteria(root)
    edited(root / "sets/small/round-cancer/2.0.0.json", lambda body: body.update(title="Other"))

    with pytest.raises(ReleaseChanged, match="round-cancer"):
        documents_read(CriteriaDirectory(root), criteria, date(2026, 11, 22), "en")


def test_the_moment_is_written_in_utc_and_is_now_where_none_is_given() -> None:
    screening = screen(MYELOMA, as_of=BEFORE)
    elsewhere = datetime(2026, 11, 22, 23, 30, 5, 999, tzinfo=timezone(timedelta(hours=-8)))
    earliest = datetime.now(UTC) - timedelta(seconds=1)

    assert Record.of(screening, elsewhere).to_dict()["made"] == "2026-11-23T07:30:05Z"
    assert earliest <= Record.of(screening).made <= datetime.now(UTC)
    with pytest.raises(MomentInvalid, match="no time zone"):
        Record.of(screening, datetime(2026, 11, 22))


def test_answers_stay_out_of_reprs() -> None:
    record = Record.of(screen({"age_years": 97, "diagnosis": "multiple-myeloma"}, as_of=BEFORE), MADE)
    tampered = {**record.to_dict(), "answers": {**record.to_dict()["answers"], "answers": {"age_years": 9797}}}
    shown = [
        repr(record),
        repr(record.verify()),
        repr(record.reread(as_of=DAY)),
        repr(Record.read(tampered).verify()),
        repr(Record.read(tampered).reread(as_of=DAY)),
    ]

    assert shown[0] == "<Record of a screening under us-fda as of 2024-04-03>"
    assert not any("97" in text or "myeloma" in text for text in shown)


def test_a_record_never_changes() -> None:
    record = Record.of(screen(MYELOMA, as_of=BEFORE), MADE)
    for given in (record.to_dict(), record.screening, record.documents, record.units):
        given.clear()

    assert record.is_intact
    assert record.verify().same
    document = record.to_dict()
    read = Record.read(document)
    document["answers"]["answers"].clear()
    assert read == record


def test_a_record_can_be_copied_and_pickled() -> None:
    record = Record.of(screen(MYELOMA, as_of=BEFORE), MADE)

    assert pickle.loads(pickle.dumps(record)) == copy.deepcopy(record) == record
    assert record != record.to_dict()


def test_a_directory_of_ones_own_must_be_named_and_be_the_one_that_was_read(tmp_path: Path) -> None:
    root = small(tmp_path)
    screening = screen(ROUND, root, DAY)

    with pytest.raises(CriteriaNotAtHand, match="Name that directory"):
        Record.of(screening, MADE)
    with pytest.raises(CriteriaUnknown):
        Record.of(screening, MADE, criteria=tmp_path)
    assert not Record.of(screening, MADE, criteria=root).shipped
    assert Record.of(screening, MADE, criteria=root / "sets" / "small") == Record.of(screening, MADE, criteria=root)
    edited(root / "sets" / "small" / "set.json", lambda body: body.update(title="Other uses"))
    with pytest.raises(CriteriaOther, match="not those that were read"):
        Record.of(screening, MADE, criteria=root)


def test_a_copy_of_what_ships_counts_as_what_ships(tmp_path: Path) -> None:
    root = copied(own_criteria(), tmp_path)
    copy = load_criteria(root / "sets" / "overview")

    assert Record.of(screen(MYELOMA, copy, DAY), MADE) == Record.of(screen(MYELOMA, "overview", DAY), MADE)


def test_a_language_that_is_not_there_is_refused() -> None:
    with pytest.raises(LanguageUnknown):
        Record.of(screen(MYELOMA, as_of=BEFORE), MADE, language="tlh")


def test_the_words_may_speak_to_another_audience() -> None:
    screening = screen(MYELOMA, as_of=BEFORE)
    record = Record.of(screening, MADE, audience="clinician")

    assert record.screening == plain(screening.to_dict(audience="clinician"))
    assert record.verify().same
