"""A criteria set whose words try to become markup."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cart_screen.catalog.loading import own_set
from cart_screen.model import CriteriaSet, Criterion, Indication, Source
from cart_screen.nouns import replace

# Every kind of markup that a page or a Markdown document has; a brace could not be loaded at all.
MARKUP = (
    "</title></p><script>alert(1)</script><img src=x onerror=alert(1)> <!-- & &amp; &#60; \" ' "
    "**b** __u__ `c` ~~d~~ [x](javascript:alert(1)) ![i](http://a.example/i.png) <http://a.example> "
    "| a | b |\n\n# h\n\n- l\n\n1. n\n\n> q\n\n```\ncode\n```\n\n---\n\n    four\n\t| --- |\n\x00\x1b[31m \u2028 \\"
)
STARTS = (
    "# ",
    "- ",
    "+ ",
    "1. ",
    "2) ",
    "> ",
    "--- ",
    "=== ",
    "``` ",
    "    ",
    "| ",
    "* ",
    "~~~ ",
    "\t",
    "<b>",
    "[x]: /y ",
)

# What stays as it is: names that are read as values, not as words.
_KEPT = ("language", "source", "brands", "verified", "read", "url", "names")


def hostile_set() -> CriteriaSet:
    """Give the US set with markup in every title, word and source that a person is shown."""
    criteria = own_set("us-fda")
    texts = {language: _hostile(words) for language, words in criteria.texts.items()}
    indications = tuple(_indication(one) for one in criteria.indications)
    general = {id: _criterion(one) for id, one in criteria.general.items()}
    return replace(
        criteria, title=_marked(criteria.title), indications=indications, general=general, texts=texts, earlier=()
    )


def _indication(indication: Indication) -> Indication:
    criteria = {id: _criterion(one) for id, one in indication.criteria.items()}
    return replace(indication, title=_marked(indication.title), criteria=criteria)


def _criterion(criterion: Criterion) -> Criterion:
    sources = {address: _source(one) for address, one in criterion.sources.items()}
    cautions = tuple(replace(one, sources=tuple(map(_source, one.sources))) for one in criterion.cautions)
    return replace(criterion, title=_marked(criterion.title), sources=sources, cautions=cautions)


def _source(source: Source) -> Source:
    return replace(source, title=_marked(source.title))


def _marked(text: str) -> str:
    # What stands at the beginning of a line is the most dangerous: each kind has its turn.
    return f"{STARTS[len(text) % len(STARTS)]}{text} {MARKUP}"


def _hostile(words: Any) -> Any:
    if isinstance(words, Mapping):
        return {key: value if key in _KEPT else _hostile(value) for key, value in words.items()}
    if isinstance(words, list):
        return [_hostile(one) for one in words]
    return _marked(words)
