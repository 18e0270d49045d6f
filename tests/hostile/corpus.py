"""All hostile inputs that come in through the command line."""

from tests.hostile import (
    corpus_boundaries,
    corpus_places,
    corpus_provision,
    corpus_queries,
    corpus_settings,
    corpus_snapshots,
    corpus_text,
    corpus_workbooks,
)

CASES = [
    case
    for module in (
        corpus_text,
        corpus_workbooks,
        corpus_boundaries,
        corpus_places,
        corpus_provision,
        corpus_queries,
        corpus_settings,
        corpus_snapshots,
    )
    for case in module.corpus.cases
]
