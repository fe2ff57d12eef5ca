"""A small mistake in a shipped rule is caught by the document's own examples."""

import pytest
from criteria.documents import documents

from .scoring import GOAL, Bench

# All of them, in a document of today's size; `tests/soak` tries all of any.
MOST = 400

DOCUMENTS = [pytest.param(document, id=document.name) for document in documents()]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_examples_of_a_document_catch_its_mutants(document):
    bench = Bench(document)
    assert bench.holds

    score = bench.score(every=-(-len(bench.mutants) // MOST))

    assert score.share >= GOAL, "\n".join(str(survivor) for survivor in score.survivors)
