"""How the tables and pictures of a paper fit its width: the same in PDF and Word."""

from collections.abc import Iterable
from dataclasses import dataclass

from briefing.figure import Figure
from briefing.papers.paper import Table
from briefing.printable import width_mm

PAGE_WIDTH = 178.0
"""Millimetres between the margins."""
GUTTER = 5.0
"""Millimetres between two pictures beside each other."""
PADDING = 1.5
"""Millimetres at each side of a table's cell."""
TABLE_SIZES = (9.0, 8.5, 8.0, 7.5)
"""Points: the largest in which the longest word of each column fits is taken."""
LONGEST_WORD = 24
"""Letters: a longer word breaks anywhere."""
_LEAST_WORD = 4


@dataclass(frozen=True)
class TableFit:
    """How a table is set."""

    widths: tuple[float, ...]
    """Millimetres of each column."""
    size: float
    """Points."""
    longest_word: int
    """Letters: a longer word breaks anywhere."""


def fit_table(table: Table) -> TableFit:
    """Give each column its share of the width, and more where a word of it needs more; smaller text where all need more."""
    for size in TABLE_SIZES:
        needs = [_need([column.name], size=size, bold=True) for column in table.columns]
        needs = [max(need, _need(texts, size=size)) for need, texts in zip(needs, _columns(table), strict=True)]
        if sum(needs) <= PAGE_WIDTH:
            return TableFit(_shared([column.share for column in table.columns], needs), size, LONGEST_WORD)
    by = PAGE_WIDTH / sum(needs)
    return TableFit(tuple(need * by for need in needs), TABLE_SIZES[-1], max(int(LONGEST_WORD * by**2), _LEAST_WORD))


def _columns(table: Table) -> list[list[str]]:
    return [[row[place] for row in table.rows] for place in range(len(table.columns))]


def _need(texts: Iterable[str], *, size: float, bold: bool = False) -> float:
    words = {word[:LONGEST_WORD] for text in texts for word in text.split()}
    return max((width_mm(word, size=size, bold=bold) for word in words), default=0.0) + 2 * PADDING + 0.1


def _shared(shares: list[float], needs: list[float]) -> tuple[float, ...]:
    """Divide the width by shares, so that no column gets less than it needs."""
    fixed: set[int] = set()
    while True:
        rest = PAGE_WIDTH - sum(needs[place] for place in fixed)
        free = sum(share for place, share in enumerate(shares) if place not in fixed)
        widths = [needs[place] if place in fixed else rest * share / free for place, share in enumerate(shares)]
        short = {place for place, width in enumerate(widths) if place not in fixed and width < needs[place]}
        if not short:
            return tuple(widths)
        fixed |= short


def in_rows(figures: Iterable[Figure]) -> list[list[Figure]]:
    """Set pictures beside each other where they fit in the width."""
    rows: list[list[Figure]] = []
    for figure in figures:
        taken = sum(one.width_mm + GUTTER for one in rows[-1]) if rows else 0.0
        if rows and taken + figure.width_mm <= PAGE_WIDTH:
            rows[-1].append(figure)
        else:
            rows.append([figure])
    return rows
