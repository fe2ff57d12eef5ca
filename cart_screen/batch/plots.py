"""
Bars as SVG that stands inside an HTML page: it says everything in text of the page, and brings no style of its own.

Labels stand above their bars, so that a bar chart is read on a narrow screen too. The same bars give the same SVG.
"""

from __future__ import annotations

import textwrap
import warnings
from collections.abc import Sequence
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

from cart_screen.errors import ExtraMissing
from cart_screen.nouns import noun

# Every color has a contrast of at least 4.5 to the white digits in it, and 3 to a page that is white or #121212.
COLORS = ("#0b6fb0", "#107c5a", "#9a6700", "#a8478f", "#6b6f76", "#bc4c00")

# In points, which are the units of the SVG.
_WIDTH = 340
_LINE = 14
_BAR = 15
_GAP = 9
_TEXT = 11
_DIGIT = 9
# Letters that stand beside each other on a line of text, and beside a number.
_LETTERS = 56
_BESIDE = 46
# So wide must a part of a bar be for its digit.
_ROOM = 9
_EDGED = 3

# What matplotlib is told to draw with, and what the page draws in its place, light or dark.
_INK = "#000001"
_PAPER = "#fffffe"
_OF_PAGE = {_INK: "currentColor", _PAPER: "Canvas"}
_SVG = "http://www.w3.org/2000/svg"
# What of a style says how text looks; the page does.
_FONT = ("font", "font-family", "font-weight", "font-style", "font-variant", "font-stretch")


@noun
class Bar:
    """A label, the words for its number, and the parts of its bar."""

    label: str
    number: str
    parts: Sequence[int]


def need_plots() -> None:
    """
    Stop where nothing can be drawn: to be asked before the long work whose end is a picture.

    Raises
    ------
    ExtraMissing
        When matplotlib is not installed.
    """
    try:
        import matplotlib  # noqa: F401  # only whether it can be imported
    except ImportError:
        raise ExtraMissing("batch") from None


def bars(id: str, title: str, description: str, found: Sequence[Bar], legend: Sequence[str] = ()) -> str:
    """
    Draw a bar for each label; where there is a ``legend``, its parts are numbered and explained.

    ``id`` is what its title and description are named by in the page.

    Raises
    ------
    ExtraMissing
        When matplotlib is not installed.
    """
    need_plots()
    from matplotlib import rc_context
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    labels = [textwrap.wrap(bar.label, _BESIDE) or [""] for bar in found]
    entries = [textwrap.wrap(entry, _LETTERS - 4) or [""] for entry in legend]
    height = sum(len(lines) * _LINE + _BAR + _GAP for lines in labels) + sum(len(lines) * _LINE for lines in entries)
    height += _LINE // 2
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": id}), warnings.catch_warnings():
        # The font it measures with may lack letters of a language; the page's own has them.
        warnings.filterwarnings("ignore", "Glyph", UserWarning)
        figure = Figure(figsize=(_WIDTH / 72, height / 72), dpi=72)
        FigureCanvasSVG(figure)
        axes: Any = figure.add_axes((0, 0, 1, 1), xlim=(0, _WIDTH), ylim=(height, 0))
        axes.axis("off")
        _draw(axes, found, labels, entries)
        written = BytesIO()
        nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
        figure.savefig(written, format="svg", transparent=True, metadata=nothing)
    return _inline(written.getvalue(), id, title, description)


def _draw(axes: Any, found: Sequence[Bar], labels: Sequence[list[str]], entries: Sequence[list[str]]) -> None:
    longest = max((sum(bar.parts) for bar in found), default=0)
    down = 0
    for bar, lines in zip(found, labels, strict=True):
        _text(axes, _WIDTH, down, bar.number, ha="right")
        for line in lines:
            _text(axes, 0, down, line)
            down += _LINE
        _stack(axes, down, [part * _WIDTH / longest if longest else 0 for part in bar.parts], bool(entries))
        down += _BAR + _GAP
    for place, lines in enumerate(entries):
        _part(axes, 0, down, _BAR, place, True)
        for line in lines:
            _text(axes, _BAR + 6, down, line)
            down += _LINE


def _stack(axes: Any, down: float, widths: Sequence[float], numbered: bool) -> None:
    across = 0.0
    for place, width in enumerate(widths):
        if width:
            _part(axes, across, down, width, place, numbered)
        across += width


def _part(axes: Any, across: float, down: float, width: float, place: int, numbered: bool) -> None:
    from matplotlib.patches import Rectangle

    # A part as thin as its edge would not be seen.
    looks = {"edgecolor": _PAPER, "linewidth": 1} if width > _EDGED else {"linewidth": 0}
    color = COLORS[place % len(COLORS)]
    axes.add_patch(Rectangle((across, down), width, _BAR - 2, facecolor=color, clip_on=False, **looks))
    if numbered and width >= _ROOM:
        digit = {"color": "#ffffff", "ha": "center", "fontsize": _DIGIT}
        _text(axes, across + width / 2, down + 1, str(place + 1), **digit)


def _text(axes: Any, across: float, down: float, said: str, **looks: Any) -> None:
    look = {"va": "top", "color": _INK, "fontsize": _TEXT, "clip_on": False, **looks}
    axes.text(across, down + 1, said, parse_math=False, **look)


def _inline(written: bytes, id: str, title: str, description: str) -> str:
    """Make matplotlib's file part of a page: no style that a strict policy forbids, and no id of its own."""
    root = ElementTree.fromstring(written)
    for group in root.iter():
        for child in list(group):
            if child.tag in (f"{{{_SVG}}}defs", f"{{{_SVG}}}metadata"):
                group.remove(child)
    for element in root.iter():
        element.attrib.pop("id", None)
        _attributes(element)
        element.text = element.text.strip() if element.text and element.text.strip() else None
        element.tail = "\n"
    for name in ("width", "height", "version"):
        root.attrib.pop(name, None)
    root.attrib |= {"role": "img", "aria-labelledby": f"{id}-title", "aria-describedby": f"{id}-description"}
    for place, (tag, said) in enumerate((("title", title), ("desc", description))):
        spoken = ElementTree.Element(f"{{{_SVG}}}{tag}", {"id": f"{id}-{'description' if place else 'title'}"})
        spoken.text = said
        root.insert(place, spoken)
    ElementTree.register_namespace("", _SVG)
    return ElementTree.tostring(root, encoding="unicode").strip()


def _attributes(element: ElementTree.Element) -> None:
    """Write a style as attributes, which every policy allows, in the colors of the page."""
    for said in element.attrib.pop("style", "").split(";"):
        name, _, value = (part.strip() for part in said.partition(":"))
        if name == "font":
            size = next(part for part in value.split() if part.endswith("px"))
            element.set("font-size", size.removesuffix("px"))
        elif name and name not in _FONT:
            element.set(name, _OF_PAGE.get(value, value))
    for name, value in element.attrib.items():
        element.set(name, _OF_PAGE.get(value, value))
