"""
What is in force on a date: DESIGN 4, of screenings under a directory made from the shipped criteria.

The directory holds two uses. One stands unchanged; of the other each test writes the versions that it needs.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cart_screen import load_criteria, screen
from cart_screen.catalog.directory import own_criteria
from cart_screen.errors import DateInvalid, DocumentInvalid
from cart_screen.model import CriteriaSet

USE = "breyanzi-marginal-zone-lymphoma"
STANDING = "kymriah-b-all"
KNOWN_FROM = "2017-08-30"
TODAY = "2026-11-22"
FINE = {
    "age_years": 60, "ecog": 1, "active_infection": False, "active_inflammatory_disorder": False, "active_gvhd": False,
    "pregnant": False, "prior_car_t": False, "on_dialysis": False, "creatinine_clearance": 80, "bilirubin": 0.8,
    "ast_times_uln": 1, "alt_times_uln": 1, "lvef": 60, "spo2": 97, "cns_involvement": "none", "urgent_symptoms": False,
}  # fmt: skip
AFTER_TWO_LINES = {
    **FINE, "diagnosis": "marginal-zone-lymphoma", "disease_status": "relapsed", "refractory_to_last_therapy": False,
    "prior_lines": 2,
}  # fmt: skip


@dataclass(frozen=True)
class Sandbox:
    """A criteria directory with two uses, into which versions of one of them are written."""

    root: Path
    template: str

    @property
    def folder(self) -> Path:
        """The folder of the set."""
        return self.root / "sets" / "us-fda"

    def write(self, version: str, since: str, *, lines: int = 2, withdrawn: bool = False, use: str = USE) -> Path:
        """Write a version of the use: from which day, after how many lines, and whether it says that the use ended."""
        body = json.loads(self.template)
        old = f'"minimum": {2}'
        rule = json.dumps(body["$defs"]["prior-lines"]).replace(old, f'"minimum": {lines}')
        body["$defs"]["prior-lines"] = json.loads(rule)
        # The examples speak of two lines; those of the other criteria stay true.
        examples = [dict(one, expect=_but_prior_lines(one["expect"])) for one in body["x-examples"]]
        examples = [one for one in examples if one["expect"]]
        examples += [
            {"answers": {"prior_lines": lines}, "expect": {"prior-lines": "met"}},
            {"answers": {"prior_lines": lines - 1}, "expect": {"prior-lines": "not-met"}},
            {"answers": {}, "expect": {"prior-lines": "unknown"}},
        ]
        changed = {
            "$id": f"urn:cart-screen:us-fda:{use}:{version}",
            "x-version": version,
            "x-effective": {"from": since},
            "x-examples": examples,
        }
        path = self.folder / use / f"{version}.json"
        path.write_text(json.dumps({**body, **changed, **({"x-withdrawn": True} if withdrawn else {})}))
        return path

    def edit(self, path: Path, change: Callable[[dict[str, Any]], None]) -> None:
        """Change a document in place."""
        body = json.loads(path.read_text())
        change(body)
        path.write_text(json.dumps(body))

    def load(self) -> CriteriaSet:
        """Load the set, checked as any directory of a user's is."""
        return load_criteria(self.folder)


def in_force(criteria: CriteriaSet, day: str) -> dict[str, str]:
    """Give the version of each use in force on a day, by what a screening shows."""
    return {use.indication.id: use.indication.version for use in screen({}, criteria, day).indications}


def _but_prior_lines(expect: dict[str, str]) -> dict[str, str]:
    return {criterion: status for criterion, status in expect.items() if criterion != "prior-lines"}


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    root = Path(shutil.copytree(own_criteria(), tmp_path / "criteria"))
    # Nothing is released in it, so that any version may be written and taken away.
    (root / "releases.json").unlink(missing_ok=True)
    folder = root / "sets" / "us-fda"
    description = json.loads((folder / "set.json").read_text())
    for other in set(description["indications"]) - {USE, STANDING}:
        shutil.rmtree(folder / other)
    changed = {"indications": [STANDING, USE], "known-from": KNOWN_FROM}
    (folder / "set.json").write_text(json.dumps({**description, **changed}))
    versions = sorted((folder / USE).glob("*.json"))
    template = versions[-1].read_text()
    for path in versions:
        path.unlink()
    return Sandbox(root, template)


def the_day_before(day: str) -> str:
    return str(date.fromisoformat(day) - timedelta(days=1))


def the_day_after(day: str) -> str:
    return str(date.fromisoformat(day) + timedelta(days=1))


# --- the exact day


@pytest.mark.parametrize(
    "day", ["2020-01-01", "2020-12-31", "2024-02-29", "2024-03-01", "2023-02-28", "2000-02-29", "2099-07-01"]
)
def test_version_is_in_force_from_its_day_and_not_the_day_before(sandbox: Sandbox, day: str) -> None:
    sandbox.edit(sandbox.folder / "set.json", lambda body: body.update({"known-from": "1990-01-01"}))
    sandbox.write("1.0.0", day)
    criteria = sandbox.load()

    assert USE not in in_force(criteria, the_day_before(day))
    assert in_force(criteria, day)[USE] == "1.0.0"
    assert in_force(criteria, the_day_after(day))[USE] == "1.0.0"


def test_next_version_takes_over_on_its_day(sandbox: Sandbox) -> None:
    sandbox.write("1.0.0", "2020-05-01", lines=4)
    sandbox.write("2.0.0", "2024-02-29", lines=2)
    criteria = sandbox.load()
    before = screen(AFTER_TWO_LINES, criteria, "2024-02-28")
    since = screen(AFTER_TWO_LINES, criteria, "2024-02-29")

    assert (before.guidance.code, before.guidance.because) == ("discuss-alternatives", "near")
    assert since.guidance.code == "discuss-match"


def test_release_changes_no_day_before_its_own(sandbox: Sandbox) -> None:
    sandbox.write("1.0.0", "2020-05-01", lines=4)
    days = ["2017-08-29", "2020-04-30", "2020-05-01", "2024-02-28"]
    earlier = sandbox.load()
    then = [screen(AFTER_TWO_LINES, earlier, day) for day in days]
    sandbox.write("2.0.0", "2024-02-29", lines=2)
    later = sandbox.load()
    now = [screen(AFTER_TWO_LINES, later, day) for day in days]

    assert [found.guidance.code for found in now] == [found.guidance.code for found in then]
    assert [[use.statuses for use in found.indications] for found in now] == [
        [use.statuses for use in found.indications] for found in then
    ]


def test_nothing_is_in_force_before_the_day_from_which_the_set_is_complete(sandbox: Sandbox) -> None:
    sandbox.write("1.0.0", "2010-01-01")
    criteria = sandbox.load()
    early = screen(AFTER_TWO_LINES, criteria, the_day_before(KNOWN_FROM))

    assert early.indications == ()
    assert early.guidance.code == "discuss-no-criteria"
    assert early.findings == {}
    assert early.awaiting == ()
    assert set(in_force(criteria, KNOWN_FROM)) == {STANDING, USE}


def test_uses_stand_in_the_order_of_the_set_whichever_began_first(sandbox: Sandbox) -> None:
    sandbox.write("1.0.0", KNOWN_FROM)
    sandbox.write("1.1.0", "2019-01-01")
    criteria = sandbox.load()

    assert list(in_force(criteria, "2018-01-01")) == [STANDING, USE]
    assert list(in_force(criteria, "2020-01-01")) == [STANDING, USE]


# --- corrections


def test_correction_with_the_same_day_replaces_the_version_on_every_day(sandbox: Sandbox) -> None:
    sandbox.write("1.0.0", "2020-05-01", lines=2)
    first = sandbox.load()
    sandbox.write("1.0.1", "2020-05-01", lines=3)
    corrected = sandbox.load()

    for day in ("2020-05-01", "2020-05-02", TODAY):
        assert screen(AFTER_TWO_LINES, first, day).guidance.code == "discuss-match"
        assert screen(AFTER_TWO_LINES, corrected, day).guidance.because == "near"
        assert in_force(corrected, day)[USE] == "1.0.1"
    assert USE not in in_force(corrected, "2020-04-30")


def test_correction_of_an_earlier_version_leaves_the_later_one_in_force(sandbox: Sandbox) -> None:
    sandbox.write("1.0.0", "2020-05-01", lines=4)
    sandbox.write("2.0.0", "2024-02-29", lines=2)
    sandbox.write("1.0.1", "2020-05-01", lines=3)
    criteria = sandbox.load()

    assert in_force(criteria, "2020-05-01")[USE] == "1.0.1"
    assert in_force(criteria, "2024-02-28")[USE] == "1.0.1"
    assert in_force(criteria, "2024-02-29")[USE] == "2.0.0"


def test_correction_of_a_correction_is_the_one_in_force(sandbox: Sandbox) -> None:
    for version in ("1.0.0", "1.0.1", "1.0.2"):
        sandbox.write(version, "2020-05-01")

    assert in_force(sandbox.load(), "2020-05-01")[USE] == "1.0.2"


@pytest.mark.parametrize(
    ("lower", "higher"), [("1.9.0", "1.10.0"), ("1.0.9", "1.0.10"), ("2.0.0", "10.0.0"), ("1.99.99", "2.0.0")]
)
def test_versions_are_compared_as_numbers(sandbox: Sandbox, lower: str, higher: str) -> None:
    sandbox.write(higher, "2020-05-01")
    sandbox.write(lower, "2020-05-01")

    assert in_force(sandbox.load(), "2020-05-01")[USE] == higher


def test_higher_version_that_begins_before_a_lower_one_is_refused(sandbox: Sandbox) -> None:
    """It would end the lower one before that began, so no day would ever read it."""
    sandbox.write("1.0.0", "2024-02-29")
    sandbox.write("2.0.0", "2024-02-28")

    with pytest.raises(DocumentInvalid) as refused:
        sandbox.load()

    (problem,) = refused.value.problems
    assert (problem.document, problem.pointer) == (f"sets/us-fda/{USE}/2.0.0.json", "/x-effective/from")


# --- withdrawals


def test_withdrawn_use_is_in_force_until_the_day_before(sandbox: Sandbox) -> None:
    sandbox.write("1.0.0", "2020-05-01")
    sandbox.write("2.0.0", "2022-11-22", withdrawn=True)
    criteria = sandbox.load()
    last = screen(AFTER_TWO_LINES, criteria, "2022-11-21")
    gone = screen(AFTER_TWO_LINES, criteria, "2022-11-22")

    assert last.guidance.code == "discuss-match"
    assert (gone.guidance.code, gone.guidance.because) == ("discuss-alternatives", "disease")
    assert set(in_force(criteria, "2022-11-21")) == {STANDING, USE}
    assert set(in_force(criteria, "2022-11-22")) == {STANDING}
    assert set(in_force(criteria, TODAY)) == {STANDING}


def test_when_the_last_use_is_withdrawn_nothing_can_be_said(sandbox: Sandbox) -> None:
    shutil.rmtree(sandbox.folder / STANDING)
    sandbox.edit(sandbox.folder / "set.json", lambda body: body.update({"indications": [USE]}))
    sandbox.write("1.0.0", "2020-05-01")
    sandbox.write("2.0.0", "2022-11-22", withdrawn=True)
    criteria = sandbox.load()

    assert screen(AFTER_TWO_LINES, criteria, "2022-11-21").guidance.code == "discuss-match"
    assert screen(AFTER_TWO_LINES, criteria, "2022-11-22").guidance.code == "discuss-no-criteria"


def test_use_approved_again_after_its_withdrawal_is_in_force_again(sandbox: Sandbox) -> None:
    sandbox.write("1.0.0", "2020-05-01")
    sandbox.write("2.0.0", "2022-11-22", withdrawn=True)
    sandbox.write("3.0.0", "2024-02-29")
    criteria = sandbox.load()

    assert USE not in in_force(criteria, "2024-02-28")
    assert in_force(criteria, "2024-02-29")[USE] == "3.0.0"


def test_withdrawal_taken_back_by_a_correction_never_was(sandbox: Sandbox) -> None:
    sandbox.write("1.0.0", "2020-05-01")
    sandbox.write("2.0.0", "2022-11-22", withdrawn=True)
    sandbox.write("2.0.1", "2022-11-22")
    criteria = sandbox.load()

    assert in_force(criteria, "2022-11-21")[USE] == "1.0.0"
    assert in_force(criteria, "2022-11-22")[USE] == "2.0.1"


def test_correction_of_an_earlier_version_does_not_bring_a_withdrawn_use_back(sandbox: Sandbox) -> None:
    sandbox.write("1.0.0", "2020-05-01")
    sandbox.write("2.0.0", "2022-11-22", withdrawn=True)
    sandbox.write("1.0.1", "2020-05-01")
    criteria = sandbox.load()

    assert in_force(criteria, "2022-11-21")[USE] == "1.0.1"
    assert USE not in in_force(criteria, "2022-11-22")


def test_use_withdrawn_on_the_day_it_began_was_never_in_force(sandbox: Sandbox) -> None:
    sandbox.write("1.0.0", "2020-05-01")
    sandbox.write("1.0.1", "2020-05-01", withdrawn=True)
    criteria = sandbox.load()

    assert USE not in in_force(criteria, "2020-05-01")
    assert USE not in in_force(criteria, TODAY)


# --- the future


def test_version_of_the_future_waits_for_its_day(sandbox: Sandbox) -> None:
    today = date.today()
    tomorrow = str(today + timedelta(days=1))
    sandbox.write("1.0.0", "2020-05-01")
    sandbox.write("2.0.0", tomorrow, lines=3)
    criteria = sandbox.load()

    assert in_force(criteria, str(today))[USE] == "1.0.0"
    assert in_force(criteria, tomorrow)[USE] == "2.0.0"


def test_withdrawal_of_the_future_waits_for_its_day(sandbox: Sandbox) -> None:
    tomorrow = str(date.today() + timedelta(days=1))
    sandbox.write("1.0.0", "2020-05-01")
    sandbox.write("2.0.0", tomorrow, withdrawn=True)
    criteria = sandbox.load()

    assert in_force(criteria, str(date.today()))[USE] == "1.0.0"
    assert USE not in in_force(criteria, tomorrow)


def test_far_future_reads_the_last_version(sandbox: Sandbox) -> None:
    sandbox.write("1.0.0", "2020-05-01")
    sandbox.write("2.0.0", "2024-02-29")
    criteria = sandbox.load()

    assert in_force(criteria, "9999-12-31")[USE] == "2.0.0"
    assert in_force(criteria, "0001-01-01") == {}


@pytest.mark.parametrize("criteria", ["us-fda", "eu-ema", "overview"])
def test_shipped_sets_say_nothing_new_of_the_future(criteria: str) -> None:
    """Nothing that ships is dated later than the day on which it was read."""
    known, later = (screen({}, criteria, day).indications for day in (TODAY, "2100-01-01"))

    assert [use.indication.document for use in later] == [use.indication.document for use in known]


# --- shared criteria


def test_new_version_of_a_shared_criterion_takes_effect_only_where_it_is_pinned(sandbox: Sandbox) -> None:
    sandbox.write("1.0.0", "2020-05-01")
    fitness = sandbox.root / "shared" / "fitness"
    first = json.loads((fitness / "1.0.0.json").read_text())
    address = "urn:cart-screen:shared:fitness:9.0.0"
    stricter = {
        **{key: first[key] for key in ("$schema", "x-answers", "x-sources") if key in first},
        "$id": address,
        "title": "No limits in daily life",
        "x-version": "9.0.0",
        "x-source": [first["x-sources"][0]["id"]],
        "properties": {"ecog": {"maximum": 0}},
        "required": ["ecog"],
        "x-examples": [
            {"answers": {"ecog": 0}, "expect": {"fitness": "met"}},
            {"answers": {"ecog": 1}, "expect": {"fitness": "not-met"}},
            {"answers": {}, "expect": {"fitness": "unknown"}},
        ],
    }
    (fitness / "9.0.0.json").write_text(json.dumps(stricter))
    unpinned = sandbox.load()

    def pin(body: dict[str, Any]) -> None:
        body["$defs"]["fitness"]["$ref"] = address
        body["x-examples"] = [one for one in body["x-examples"] if "fitness" not in one["expect"]]

    sandbox.edit(sandbox.write("2.0.0", "2024-02-29"), pin)
    pinned = sandbox.load()

    assert screen(AFTER_TWO_LINES, unpinned, "2024-02-29").guidance.code == "discuss-match"
    assert screen(AFTER_TWO_LINES, pinned, "2024-02-28").guidance.code == "discuss-match"
    assert screen(AFTER_TWO_LINES, pinned, "2024-02-29").guidance.code == "discuss-review"


# --- dates as they are given


@pytest.mark.parametrize(
    "given_date",
    [
        "2023-02-29", "2100-02-29", "1900-02-29", "2024-02-30", "2024-04-31", "2024-13-01", "2024-00-10", "2024-01-00",
        "2024-1-1", "24-01-01", "20240229", "2024-W09-4", "2024-060", "2024/02/29", "29.02.2024", "02/29/2024",
        "2024-02-29T00:00:00", "2024-02-29 00:00", "2024-02-29Z", " 2024-02-29", "2024-02-29 ", "2024-02-29\n",
        "10000-01-01", "0000-01-01", "-2024-01-01", "today", "", "٢٠٢٤-٠٢-٢٩", 20240229, 1.5, True, [],
        ("2024", "02", "29"),
    ],
    ids=repr,
)  # fmt: skip
def test_what_is_no_date_is_refused_with_what_was_found(given_date: Any) -> None:
    with pytest.raises(DateInvalid) as refused:
        screen({}, as_of=given_date)

    assert refused.value.found == str(given_date)
    assert repr(str(given_date)) in str(refused.value)
    assert "year, month and day" in str(refused.value)


@pytest.mark.parametrize("day", ["2024-02-29", "2020-02-29", "2000-02-29", "2400-02-29"])
def test_leap_day_that_exists_is_a_date(day: str) -> None:
    assert screen({}, as_of=day).facts.as_of == date.fromisoformat(day)


@pytest.mark.parametrize("day", ["2026-02-05", "2026-02-06"])
def test_text_date_and_time_of_the_same_day_are_the_same_day(day: str) -> None:
    as_date = date.fromisoformat(day)
    ways = [day, as_date, datetime(as_date.year, as_date.month, as_date.day, 23, 59, 59)]
    found = [screen(AFTER_TWO_LINES, as_of=way) for way in ways]

    assert {one.facts.as_of for one in found} == {as_date}
    assert {type(one.facts.as_of) for one in found} == {date}


def test_no_date_is_today() -> None:
    before = date.today()
    found = screen({}).facts.as_of

    assert before <= found <= date.today()


@pytest.mark.parametrize(
    "day",
    [
        "2023-02-29",
        "2024-02-30",
        "29.02.2024",
        "2024-2-9",
        "20240229",
        "2024-W09-4",
        "2024-02-29T00:00:00",
        "2024-02-29 ",
        "1709164800",
        "",
        None,
        True,
        0,
        1709164800,
        1709164800.0,
        ["2024-02-29"],
    ],
    ids=repr,
)  # fmt: skip
def test_document_with_a_day_that_does_not_exist_is_refused_where_it_stands(sandbox: Sandbox, day: Any) -> None:
    path = sandbox.write("1.0.0", "2024-02-29")
    sandbox.edit(path, lambda body: body["x-effective"].update({"from": day}))

    with pytest.raises(DocumentInvalid) as refused:
        sandbox.load()

    assert [problem.document for problem in refused.value.problems] == [f"sets/us-fda/{USE}/1.0.0.json"]
    assert refused.value.problems[0].pointer == "/x-effective/from"


@pytest.mark.parametrize("said", ["true", "false", "no", "", 0, 1, None, [], {}], ids=repr)
def test_withdrawal_is_said_with_true_or_false_and_nothing_else(sandbox: Sandbox, said: Any) -> None:
    """A word that one reader takes for no and another for yes would end a use, or keep it, unseen."""
    path = sandbox.write("1.0.0", "2024-02-29")
    sandbox.edit(path, lambda body: body.update({"x-withdrawn": said}))

    with pytest.raises(DocumentInvalid) as refused:
        sandbox.load()

    assert refused.value.problems[0].pointer == "/x-withdrawn"


def test_withdrawal_may_be_denied(sandbox: Sandbox) -> None:
    path = sandbox.write("1.0.0", "2024-02-29")
    sandbox.edit(path, lambda body: body.update({"x-withdrawn": False}))

    assert in_force(sandbox.load(), "2024-02-29")[USE] == "1.0.0"


@pytest.mark.parametrize("day", ["2017-02-29", "2017-08-30T00:00:00", "1504051200", 1504051200, 0, None, ""], ids=repr)
def test_set_with_a_day_that_does_not_exist_is_refused_where_it_stands(sandbox: Sandbox, day: Any) -> None:
    sandbox.write("1.0.0", "2024-02-29")
    sandbox.edit(sandbox.folder / "set.json", lambda body: body.update({"known-from": day}))

    with pytest.raises(DocumentInvalid) as refused:
        sandbox.load()

    assert [problem.document for problem in refused.value.problems] == ["sets/us-fda/set.json"]
    assert refused.value.problems[0].pointer == "/known-from"


# --- the law

DAYS = st.dates(date(2017, 1, 1), date(2027, 12, 31))
VERSIONS = st.tuples(st.integers(0, 2), st.integers(0, 11), st.integers(0, 11))
HISTORY = st.lists(st.tuples(VERSIONS, DAYS, st.booleans()), max_size=6, unique_by=lambda one: one[0])


@given(histories=st.tuples(HISTORY, HISTORY), known_from=DAYS, on=DAYS)
def test_in_force_is_the_highest_version_that_has_begun_unless_it_ends_the_use(
    histories: tuple[list[Any], list[Any]], known_from: date, on: date
) -> None:
    """Any history, also one that no release would allow: the rule is read off the definition, use by use."""
    shipped = load_criteria("us-fda")
    ids = ("kymriah-b-all", "breyanzi-marginal-zone-lymphoma")
    models = {one.id: one for one in shipped.indications}
    made = tuple(
        replace(models[id], version=".".join(map(str, version)), effective=since, withdrawn=withdrawn)
        for id, history in zip(ids, histories, strict=True)
        for version, since, withdrawn in history
    )
    found = screen({}, replace(shipped, indications=made, earlier=(), known_from=known_from), on)
    expected = []
    for id, history in zip(ids, histories, strict=True):
        begun = [entry for entry in history if entry[1] <= on]
        if begun and on >= known_from:
            version, _, withdrawn = max(begun)
            if not withdrawn:
                expected.append((id, ".".join(map(str, version))))

    assert [(use.indication.id, use.indication.version) for use in found.indications] == expected
    assert (found.guidance.code == "discuss-no-criteria") == (expected == [])
