"""The report on a batch: of groups only, readable for everybody, and shut to everything outside."""

from __future__ import annotations

import re
import sys
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import polars as pl
import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from component.conftest import browser, tab  # noqa: F401  # fixtures: a browser that fails on any error or request
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page
from sheet.hostile import hostile_set
from strategies import examples

from cart_screen.api import load_criteria
from cart_screen.batch.counted import Counted
from cart_screen.batch.report import report
from cart_screen.batch.small_numbers import BASE, share, shown
from cart_screen.batch.tally import Tally
from cart_screen.errors import ExtraMissing

from .counting import DAY, screened, sets, tally_of

PEOPLE = 300
SETS = ("us-fda", "eu-ema")
OTHER_THERAPY = Path(__file__).parents[2] / "examples" / "other-therapy"
_SVG = "{http://www.w3.org/2000/svg}"
_NUMBER = re.compile(r"(0|<5|\d{1,3}(,\d{3})*)")


def page(*names: str) -> str:
    return report(tally_of(screened(PEOPLE, *names), names), sets(*names), DAY)


def tree(html: str) -> Element:
    # Strict: what is not well formed is an error.
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)


def bare(tag: object) -> str:
    return str(tag).removeprefix(_SVG)


def rows(root: Element, section: str) -> list[list[str]]:
    """Give the cells of the table that a heading names, row by row, without the head."""
    (table,) = [one for one in root.iter("table") if one.get("aria-labelledby") == section]
    return [["".join(cell.itertext()) for cell in row] for row in table.iterfind("tbody/tr")]


@pytest.mark.parametrize("names", [("us-fda",), SETS])
class TestEveryReport:
    def test_it_is_well_formed_and_runs_and_loads_nothing(self, names: tuple[str, ...]) -> None:
        root = tree(page(*names))
        tags = {bare(one.tag) for one in root.iter()}
        assert not tags & {"script", "img", "link", "iframe", "object", "form", "base", "use", "image", "a"}
        attributes = {name for one in root.iter() for name in one.attrib}
        assert not [name for name in attributes if name.startswith("on") or name in ("src", "style", "href")]

    def test_its_policy_allows_its_style_and_nothing_else(self, names: tuple[str, ...]) -> None:
        root = tree(page(*names))
        (style,) = [one for one in root.iter() if bare(one.tag) == "style"]
        hashed = b64encode(sha256((style.text or "").encode()).digest()).decode()
        (policy,) = [one.get("content") for one in root.iter("meta") if one.get("http-equiv")]
        assert policy == f"default-src 'none'; style-src 'sha256-{hashed}'; base-uri 'none'; form-action 'none'"

    def test_ids_are_there_once_and_whatever_is_labelled_has_its_label(self, names: tuple[str, ...]) -> None:
        root = tree(page(*names))
        ids = [id for one in root.iter() if (id := one.get("id"))]
        assert len(set(ids)) == len(ids)
        labels = {one.get(name) for one in root.iter() for name in ("aria-labelledby", "aria-describedby")} - {None}
        assert labels <= set(ids)

    def test_headings_leave_no_level_out(self, names: tuple[str, ...]) -> None:
        levels = [int(tag[1]) for one in tree(page(*names)).iter() if re.fullmatch(r"h\d", tag := bare(one.tag))]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))

    def test_every_number_of_people_is_rounded_or_few(self, names: tuple[str, ...]) -> None:
        root = tree(page(*names))
        cells = [text for one in root.iter("td") if not (text := "".join(one.itertext())).endswith("%") and text]
        drawn = ["".join(one.itertext()) for one in root.iter(f"{_SVG}text") if one.get("text-anchor") == "end"]
        assert len(cells) > 50
        assert len(drawn) > 20
        for said in (*cells, *drawn):
            assert _NUMBER.fullmatch(said), said
            assert said == "<5" or int(said.replace(",", "")) % BASE == 0

    def test_every_bar_says_the_number_of_its_row(self, names: tuple[str, ...]) -> None:
        root = tree(page(*names))
        for name in names:
            for key, column in (("by-group", -1), ("by-type", -1), ("missing", 1)):
                (picture,) = [
                    one for one in root.iter(f"{_SVG}svg") if one.get("aria-labelledby") == f"{name}-{key}-bars-title"
                ]
                numbers = [
                    "".join(one.itertext()) for one in picture.iter(f"{_SVG}text") if one.get("text-anchor") == "end"
                ]
                assert numbers == [row[column] for row in rows(root, f"{name}-{key}")]


def test_it_says_what_it_is_for_what_was_read_and_who_comes_first() -> None:
    root = tree(page("us-fda"))
    text = " ".join(" ".join(root.itertext()).split())
    assert "It is not medical advice, and it makes no decision." in text
    assert "Each group is a reason to talk with a specialist." in text
    assert "No doctor has signed off on these criteria yet." in text
    assert "Uses approved by the US Food and Drug Administration, as of 2026-11-22" in text
    assert "yescarta-large-b-cell-lymphoma 2.0.0" in text
    places = [
        text.index(said) for said in ("It is not medical advice", "Act first", "What to do next", "Most often missing")
    ]
    assert places == sorted(places)


def test_the_same_people_in_any_order_and_batches_give_the_same_report() -> None:
    frame = screened(PEOPLE, "us-fda")
    again = report(tally_of(frame.reverse(), ["us-fda"], [17, 200]), sets("us-fda"), DAY)
    assert again == page("us-fda")


def test_one_person_who_is_alone_in_what_they_have_changes_nothing_that_is_shown() -> None:
    # Thirty people of one kind, and two of another: whether there is a third one cannot be seen.
    frame = screened(PEOPLE, "us-fda").filter(~pl.col("invalid"))
    many = pl.concat([frame.filter(diagnosis="multiple-myeloma").head(1)] * 30)
    rare = frame.filter(pl.col("diagnosis") != "multiple-myeloma").head(1)
    pages = {report(tally_of(pl.concat([many, *[rare] * count]), ["us-fda"]), sets("us-fda"), DAY) for count in (1, 2)}
    assert len(pages) == 1
    assert pages != {report(tally_of(many, ["us-fda"]), sets("us-fda"), DAY)}


@given(count=st.integers(0, 10**8))
@examples(200)
def test_a_count_is_shown_within_the_half_of_a_step(count: int) -> None:
    found = shown(count)
    assert found.few == (0 < count < BASE)
    assert found.few or abs(found.rounded - count) <= BASE // 2
    assert found.rounded % BASE == 0


@given(part=st.integers(0, 2000), rest=st.integers(0, 2000))
@examples(200)
def test_a_share_tells_no_more_than_the_counts_that_are_shown(part: int, rest: int) -> None:
    found = share(shown(part), shown(part + rest))
    if 0 < part < BASE or part + rest < BASE:
        assert found is None
    else:
        assert found == shown(part).rounded / shown(part + rest).rounded


def test_words_from_outside_never_become_markup() -> None:
    frame = screened(PEOPLE, "us-fda")
    hostile = report(tally_of(frame, ["us-fda"]), [hostile_set().on(DAY)], DAY)
    shapes = [
        [bare(one.tag) for one in tree(html).iter() if bare(one.tag) not in ("g", "text", "path")]
        for html in (hostile, page("us-fda"))
    ]
    assert shapes[0] == shapes[1]


def test_nothing_and_another_therapy_are_reports_too() -> None:
    assert "Most often missing" in report(Tally.of(sets("us-fda")), sets("us-fda"), DAY)
    other = load_criteria(OTHER_THERAPY).on(DAY)
    tally = Tally.of([other])
    tally.reject(7, {("", "no row"): 7})
    root = tree(report(tally, [other], DAY))
    assert rows(root, "read") == [["Rows read", "5"], ["Screened", "0"], ["Not read", "5"]]


def test_the_rest_of_the_diagnoses_is_told_together() -> None:
    tally = tally_of(screened(PEOPLE, "us-fda"), ["us-fda"])
    types = Counted(tally, sets("us-fda")[0]).types
    assert len(types) == 11
    assert types[-1].label == "Others"
    assert sum(sum(one.counts) for one in types) == tally.screened


@given(seed=st.integers(0, 290), many=st.integers(1, 60))
@examples(25)
def test_no_row_of_a_disease_stands_for_few_people(seed: int, many: int) -> None:
    frame = screened(PEOPLE, "us-fda")[seed : seed + many]
    tally = tally_of(frame, ["us-fda"])
    counted = Counted(tally, sets("us-fda")[0])
    for splits in (counted.groups, counted.types):
        assert sum(sum(one.counts) for one in splits) == tally.screened
        assert all(sum(one.counts) >= BASE for one in splits) or len(splits) == 1


def test_what_draws_is_asked_for_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(ExtraMissing, match=r"cart-screen\[batch\]"):
        page("us-fda")


@pytest.mark.parametrize("look", ["320", "dark", "1280"])
def test_a_browser_shows_it_without_a_request_and_axe_finds_nothing(
    tab: Callable[..., Page],  # noqa: F811  # the fixture
    tmp_path: Path,
    look: str,
) -> None:
    path = tmp_path / "report.html"
    path.write_text(page(*SETS), "utf-8")
    size = {"width": 320 if look == "320" else 1280, "height": 800}
    found = tab(path.as_uri(), viewport=size, color_scheme="dark" if look == "dark" else "light")
    found.goto(path.as_uri())
    found.evaluate(AXE_FILE_PATH.read_text("utf-8"))
    wrong = found.evaluate("axe.run(document, {resultTypes: ['violations']}).then(found => found.violations)")
    assert [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in wrong] == []
    assert found.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    background, ink = found.evaluate(
        "[getComputedStyle(document.body).backgroundColor,"
        "getComputedStyle(document.querySelector('svg text[fill=currentColor]')).fill]"
    )
    assert (background == "rgb(255, 255, 255)") is (look != "dark")
    assert background != ink
    # Every letter of a picture stands within it.
    assert found.evaluate(
        "[...document.querySelectorAll('svg')].every(one => [...one.querySelectorAll('text')].every(text => "
        "text.getBoundingClientRect().right <= one.getBoundingClientRect().right + 1))"
    )
