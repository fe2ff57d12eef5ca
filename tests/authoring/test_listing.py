"""What stands in a set, where each version stands on a date, and how one document is found by name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cart_screen.authoring.errors import CriterionUnknown
from cart_screen.authoring.listing import State, listed, signed_off
from cart_screen.authoring.shelf import Shelf, find, open_shelf, shelves
from cart_screen.catalog.loading import own_sets
from cart_screen.errors import CriteriaUnknown
from cart_screen.model import CriterionId

from .base import copied_to

ON = date(2026, 11, 22)


def standing(shelf: Shelf, on: str, id: str) -> dict[str, tuple[State, str | None]]:
    """Give for each version of a use where it stands on a date, and its last day."""
    rows = [row for row in listed(shelf, date.fromisoformat(on)) if row.use.id == id]
    return {row.use.version: (row.state, row.until.isoformat() if row.until else None) for row in rows}


@pytest.mark.parametrize(
    ("on", "first", "second"),
    [
        ("2017-01-01", State.NOT_YET, State.NOT_YET),
        ("2021-03-25", State.NOT_YET, State.NOT_YET),
        ("2021-03-26", State.IN_FORCE, State.NOT_YET),
        ("2024-04-03", State.IN_FORCE, State.NOT_YET),
        ("2024-04-04", State.REPLACED, State.IN_FORCE),
        ("2026-11-22", State.REPLACED, State.IN_FORCE),
    ],
)
def test_a_use_with_two_versions_on_both_sides_of_each_date(on, first, second):
    """FACTS A2 rows 15a and 15b: Abecma after four lines, and after two since 4 April 2024."""
    found = standing(open_shelf("us-fda"), on, "abecma-multiple-myeloma")

    assert found == {"1.0.0": (first, "2024-04-03"), "2.0.0": (second, None)}


def changed(on_version, **changes) -> Shelf:
    """Give the shipped US set with one more version of Abecma for myeloma, made of its second one."""
    shelf = open_shelf("us-fda")
    second = next(one for one in shelf.versions if one.document.endswith("abecma-multiple-myeloma:2.0.0"))
    document = second.document.replace("2.0.0", on_version)
    third = replace(second, version=on_version, document=document, **changes)
    criteria = replace(shelf.criteria, indications=(*shelf.criteria.indications, third))
    return replace(shelf, criteria=criteria, documents={**shelf.documents, document: shelf.documents[second.document]})


def test_a_correction_begins_on_the_day_of_what_it_corrects():
    shelf = changed("2.0.1")

    assert standing(shelf, "2026-11-22", "abecma-multiple-myeloma") == {
        "1.0.0": (State.REPLACED, "2024-04-03"),
        "2.0.0": (State.CORRECTED, None),
        "2.0.1": (State.IN_FORCE, None),
    }


def test_a_withdrawal_is_listed_and_not_in_force():
    shelf = changed("3.0.0", withdrawn=True, effective=date(2026, 6, 1))

    assert standing(shelf, "2026-05-31", "abecma-multiple-myeloma")["2.0.0"] == (State.IN_FORCE, "2026-05-31")
    assert standing(shelf, "2026-06-01", "abecma-multiple-myeloma") == {
        "1.0.0": (State.REPLACED, "2024-04-03"),
        "2.0.0": (State.REPLACED, "2026-05-31"),
        "3.0.0": (State.WITHDRAWN, None),
    }


def test_before_a_set_begins_it_cannot_say():
    shelf = open_shelf("us-fda")
    later = replace(shelf, criteria=replace(shelf.criteria, known_from=date(2020, 1, 1)))

    assert standing(later, "2019-01-01", "kymriah-b-all") == {"1.0.0": (State.NOT_KNOWN, None)}


@pytest.mark.parametrize("name", own_sets())
def test_what_is_listed_as_in_force_is_what_the_set_has_in_force(name):
    shelf = open_shelf(name)
    for on in {date(2016, 1, 1), ON, *(one.effective for one in shelf.versions)}:
        in_force = [row.use.document for row in listed(shelf, on) if row.state is State.IN_FORCE]

        assert sorted(in_force) == sorted(one.document for one in shelf.criteria.on(on).in_force(on))


def test_versions_stand_in_the_order_of_the_set_and_early_ones_first():
    versions = [(one.id, one.order) for one in open_shelf("us-fda").versions]
    ids = list(dict.fromkeys(id for id, _ in versions))

    assert versions == sorted(versions, key=lambda one: (ids.index(one[0]), one[1]))
    assert ids[0] == "kymriah-b-all"


def test_a_criterion_is_signed_off_by_itself_or_where_it_is_a_shared_one_that_is():
    shelf = open_shelf("us-fda")
    use = next(one for one in shelf.versions if one.id == "carvykti-multiple-myeloma")
    own = shelf.documents[use.document]
    criteria = {**own["$defs"], "prior-lines": {**own["$defs"]["prior-lines"], "x-signed-off": "Dr. A"}}
    shared = own["$defs"]["organ-function"]["$ref"]
    documents = {
        **shelf.documents,
        use.document: {**own, "$defs": criteria},
        shared: {**shelf.documents[shared], "x-signed-off": "Dr. B"},
    }
    reviewed = replace(shelf, documents=documents)

    assert [signed_off(reviewed, use, id) for id in CriterionId] == [None, None, "Dr. A", None, "Dr. B"]
    assert [signed_off(shelf, use, id) for id in CriterionId] == [None] * 5
    row = next(row for row in listed(reviewed, ON) if row.use.document == use.document)
    assert row.to_dict()["signed_off"] == 2


# ---- Finding one document by name


@pytest.mark.parametrize(
    ("name", "others", "address"),
    [
        ("carvykti-multiple-myeloma", {}, "urn:cart-screen:us-fda:carvykti-multiple-myeloma:2.0.0"),
        ("carvykti-multiple-myeloma", {"version": "1.0.0"}, "urn:cart-screen:us-fda:carvykti-multiple-myeloma:1.0.0"),
        (
            "carvykti-multiple-myeloma",
            {"on": date(2024, 4, 4)},
            "urn:cart-screen:us-fda:carvykti-multiple-myeloma:1.0.0",
        ),
        # Nothing had begun: what comes first is nearest to it.
        (
            "carvykti-multiple-myeloma",
            {"on": date(2016, 1, 1)},
            "urn:cart-screen:us-fda:carvykti-multiple-myeloma:1.0.0",
        ),
        (
            "carvykti-multiple-myeloma",
            {"criteria": "eu-ema"},
            "urn:cart-screen:eu-ema:carvykti-multiple-myeloma:1.0.0",
        ),
        ("eu-ema/carvykti-multiple-myeloma", {}, "urn:cart-screen:eu-ema:carvykti-multiple-myeloma:1.0.0"),
        ("multiple-myeloma", {}, "urn:cart-screen:overview:multiple-myeloma:1.0.0"),
        ("fitness", {}, "urn:cart-screen:shared:fitness:1.0.0"),
        ("fitness", {"criteria": "overview"}, "urn:cart-screen:shared:fitness:1.0.0"),
        (
            "urn:cart-screen:us-fda:abecma-multiple-myeloma:1.0.0",
            {},
            "urn:cart-screen:us-fda:abecma-multiple-myeloma:1.0.0",
        ),
        ("urn:cart-screen:shared:fitness:1.0.0", {}, "urn:cart-screen:shared:fitness:1.0.0"),
    ],
)
def test_a_document_is_found_by_its_id_its_set_its_version_its_date_or_its_address(name, others, address):
    found = find(name, **{"criteria": None, "version": None, "on": ON, **others})

    assert found.address == address
    assert (found.use is None) is (":shared:" in address)
    assert found.document["$id"] == address


def test_a_use_of_several_sets_is_the_default_one_s_and_says_so():
    assert find("abecma-multiple-myeloma", criteria=None, version=None, on=ON).aside == (
        "This is the one of us-fda; there is also eu-ema/abecma-multiple-myeloma."
    )
    assert find("us-fda/abecma-multiple-myeloma", criteria=None, version=None, on=ON).aside == ""
    assert find("multiple-myeloma", criteria=None, version=None, on=ON).aside == (
        "It is not in us-fda; this is the one of overview."
    )


def test_a_shared_criterion_is_the_version_that_uses_in_force_name():
    shelf = open_shelf("us-fda")
    newer = shelf.documents["urn:cart-screen:shared:fitness:1.0.0"] | {"$id": "urn:cart-screen:shared:fitness:1.10.0"}
    more = replace(shelf, documents={**shelf.documents, newer["$id"]: newer})

    found = shared_of(more, None)
    assert (found.address, found.aside) == ("urn:cart-screen:shared:fitness:1.0.0", "There is also version 1.10.0.")
    assert shared_of(more, "1.10.0").address == "urn:cart-screen:shared:fitness:1.10.0"


def shared_of(shelf, version):
    """Find the shared criterion of fitness on one shelf."""
    from cart_screen.authoring.shelf import _shared

    return _shared("fitness", [shelf], version, ON)


@pytest.mark.parametrize(
    ("name", "others", "near"),
    [
        ("fitnes", {}, ("fitness",)),
        ("carvykti", {}, ("carvykti-multiple-myeloma",)),
        ("us-fda/carvykti-myeloma", {}, ("carvykti-multiple-myeloma",)),
        ("carvykti-multiple-myeloma", {"version": "9.0.0"}, ("1.0.0", "2.0.0")),
        ("fitness", {"version": "9.0.0"}, ("1.0.0",)),
        ("urn:cart-screen:shared:fitness", {}, ("urn:cart-screen:shared:fitness:1.0.0",)),
        ("zzzzzzzz", {}, ()),
    ],
)
def test_a_name_that_is_not_there_names_near_ones(name, others, near):
    with pytest.raises(CriterionUnknown) as caught:
        find(name, **{"criteria": None, "version": None, "on": ON, **others})

    assert set(near) <= set(caught.value.near)
    assert all(one in str(caught.value) for one in near)


def test_a_set_that_is_not_there_is_named():
    with pytest.raises(CriteriaUnknown):
        find("no-such-set/fitness", criteria=None, version=None, on=ON)


def test_a_set_of_your_own_is_named_by_its_folder(tmp_path):
    root = copied_to(tmp_path)
    folder = next(path.parent for path in root.glob("sets/*/set.json"))
    shelf = open_shelf(str(folder))
    use = shelf.versions[0]

    assert shelf.criteria.id == folder.name
    found = find(f"{folder}/{use.id}", criteria=None, version=None, on=ON)
    assert (found.use, found.address) == (use, use.document)
    assert shelves([str(folder)])[0].documents.keys() == shelf.documents.keys()
    assert Path(folder).name not in own_sets()
