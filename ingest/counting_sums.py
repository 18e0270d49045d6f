"""Counts by ward, quarter and category added up as they come, in little memory: one whole number names all three."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

KEYS = ["ward_code", "quarter", "category"]
_MOST_WORDS = 2**20
"""Different texts of one column: three of them together name a place in an int64."""
_WAITING = 1_000_000
"""Rows that wait to be added up: so many that adding is rare, so few that memory is not felt."""


def no_counts() -> pd.DataFrame:
    """Give a table of no counts."""
    return pd.DataFrame({**{key: pd.Series(dtype="str") for key in KEYS}, "count": pd.Series(dtype="int64")})


def add_up(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Add tables of counts up, sorted by ward, quarter and category (missing last): the same in whatever order they come."""
    sums = Sums()
    for table in tables:
        sums.add(table)
    return sums.table()


class Sums:
    """Counts that grow."""

    def __init__(self) -> None:
        self._words: list[dict[str | None, int]] = [{} for _ in KEYS]
        self._keys: list[NDArray[np.int64]] = [np.empty(0, dtype=np.int64)]
        self._counts: list[NDArray[np.int64]] = [np.empty(0, dtype=np.int64)]

    def add(self, table: pd.DataFrame) -> None:
        """Add a table of `KEYS` and `count`; a combination may stand in it more than once."""
        self._keys.append(self._encoded(table))
        self._counts.append(table["count"].to_numpy(dtype=np.int64))
        if sum(map(len, self._keys[1:])) > max(_WAITING, len(self._keys[0])):
            self._sum()

    def table(self) -> pd.DataFrame:
        """Give what came of it."""
        self._sum()
        columns, order = {}, []
        rest = self._keys[0]
        for name, words in zip(reversed(KEYS), reversed(self._words), strict=True):
            rest, code = np.divmod(rest, _MOST_WORDS)
            texts = pd.array(list(words), dtype="str")
            columns[name] = texts.take(code)
            # Sorted as texts are, what is missing last.
            rank = np.empty(len(texts), dtype=np.int64)
            rank[np.asarray(texts.argsort())] = np.arange(len(texts))
            order.append(rank[code])
        sorted_rows = np.lexsort(order) if len(rest) else np.empty(0, dtype=np.intp)
        counted = pd.DataFrame({**{key: columns[key] for key in KEYS}, "count": self._counts[0]})
        return counted.iloc[sorted_rows].reset_index(drop=True)

    def _encoded(self, table: pd.DataFrame) -> NDArray[np.int64]:
        key = np.zeros(len(table), dtype=np.int64)
        for name, words in zip(KEYS, self._words, strict=True):
            places, distinct = pd.factorize(table[name], use_na_sentinel=False)
            texts = [None if pd.isna(text) else str(text) for text in distinct]
            codes = np.array([words.setdefault(text, len(words)) for text in texts], dtype=np.int64)
            assert len(words) < _MOST_WORDS  # data.incident_blocks refuses columns of so many
            key = key * _MOST_WORDS + (codes[places] if len(codes) else 0)
        return key

    def _sum(self) -> None:
        if len(self._keys) == 1:
            return
        keys, which = np.unique(np.concatenate(self._keys), return_inverse=True)
        counts = np.zeros(len(keys), dtype=np.int64)
        np.add.at(counts, which, np.concatenate(self._counts))
        self._keys, self._counts = [keys], [counts]
