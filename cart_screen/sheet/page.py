"""What a sheet is made of, before it becomes a page: immutable nouns that every form of it is written from."""

from __future__ import annotations

from cart_screen.model import Source
from cart_screen.nouns import field, noun


@noun
class Item:
    """One entry of a list: what it says, after its label where it has one, and the sources that it rests on."""

    # What stands on a sheet is health data: it stays out of logs and tracebacks.
    text: str = field(repr=False)
    label: str = field(default="", repr=False)
    sources: tuple[Source, ...] = ()


@noun
class Paragraph:
    """A paragraph of text."""

    text: str = field(repr=False)


@noun
class Items:
    """A list, under a line that says what it lists where the heading does not."""

    entries: tuple[Item, ...] = field(repr=False)
    lead: str = ""


@noun
class Row:
    """A line of a table: what it is about, and its entries."""

    head: str
    entries: tuple[Item, ...] = field(repr=False)


@noun
class Table:
    """A table of two columns with their heads."""

    heads: tuple[str, str]
    rows: tuple[Row, ...] = field(repr=False)


@noun
class Sources:
    """Sources that were verified equally well, under the words for that, with the number by which each is cited."""

    checked: str
    numbered: tuple[tuple[int, Source], ...]


Block = Paragraph | Items | Table | Sources


@noun
class Section:
    """A part of a sheet under a heading; ``id`` is a stable word for it."""

    id: str
    heading: str
    blocks: tuple[Block, ...] = field(repr=False)


@noun
class Sheet:
    """
    A sheet for the appointment, in words.

    ``urgent`` stands above all else, ``opening`` under the title, ``first`` is what to do next, ``body`` what
    to talk about, and ``small_print`` where it comes from and what it is. ``sources`` are all sources that
    are cited: the first has the number 1.
    """

    language: str
    title: str
    urgent: tuple[str, str] | None = field(repr=False)
    opening: tuple[str, ...]
    first: tuple[Section, ...] = field(repr=False)
    body: tuple[Section, ...] = field(repr=False)
    small_print: tuple[Section, ...] = field(repr=False)
    sources: tuple[Source, ...] = field(repr=False)

    def cited(self, item: Item) -> str:
        """Give the numbers of the sources of an entry, as in ``[1, 4-6]``; nothing where it has none."""
        runs: list[list[int]] = []
        for number in sorted({self.sources.index(source) + 1 for source in item.sources}):
            if runs and number == runs[-1][-1] + 1:
                runs[-1].append(number)
            else:
                runs.append([number])
        said = (f"{run[0]}-{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)
        return f"[{', '.join(said)}]" if runs else ""
