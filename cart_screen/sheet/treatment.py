"""What the treatment involves, its known serious risks, what to bring and what to ask: a set's own words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cart_screen.model import Source, Verified
from cart_screen.screening import Facts
from cart_screen.sheet.page import Item, Items, Section
from cart_screen.texts import Texts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_KEY = "treatment"


def treatment(facts: Facts, texts: Texts) -> Iterator[Section]:
    """Give the sections on the treatment, or none where a set brings no words for it."""
    words: Mapping[str, Any] | None = facts.criteria.texts[texts.language].get(_KEY)
    if words is None:
        return
    sources = {
        id: Source(entry["title"], entry["url"], Verified(entry["verified"]), entry["read"])
        for id, entry in words["sources"].items()
    }

    def cited(part: str, id: str, of: str = "") -> Item:
        # To another audience a thing is said in other words; what it rests on stays.
        return Item(
            texts.get(_KEY, part, id, "text") + of, sources=tuple(sources[one] for one in words[part][id]["source"])
        )

    yield Section("bring", texts.get("sheet", "bring"), (Items(tuple(cited("bring", id) for id in words["bring"])),))
    ask = tuple(Item(texts.get(_KEY, "ask", id)) for id in words["ask"])
    yield Section("ask", texts.get("sheet", "ask"), (Items(ask),))
    involves = tuple(cited("involves", id) for id in words["involves"])
    yield Section("involves", texts.get(_KEY, "heading"), (Items(involves),))
    risks = tuple(cited("risks", id, of) for id, of in _risks(facts, texts, words["risks"]))
    yield Section("risks", texts.get("sheet", "risks"), (Items(risks),))


def _risks(facts: Facts, texts: Texts, risks: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """
    Give the ids of the risks of every product and of those of single products whose use is still possible.

    With the latter stands which products they are. These are named only where one disease is left, as everywhere.
    Where a possible use names no product it may be any.
    """
    possible = {product.brand if (product := outcome.indication.product) else "" for outcome in facts.possible}
    for id, said in risks.items():
        brands = said.get("brands")
        named = [brand for brand in brands or () if brand in possible]
        if brands is None:
            yield id, ""
        elif named and facts.names_product:
            yield id, f" ({', '.join(named)})"
        elif named or "" in possible:
            yield id, f" ({texts.get('sheet', 'some-products')})"
