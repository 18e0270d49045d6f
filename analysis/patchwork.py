"""Pieces of whole wards, merged one at a time until each has enough of what is asked of it."""

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from analysis.ward_land import WardLand

Piece = list[int]
"""Rows of wards."""


class Patchwork:
    """Pieces of wards and what each has: a working table, changed in place by `merge_short` alone."""

    def __init__(
        self,
        pieces: Sequence[Piece],
        *,
        land: WardLand,
        amounts: NDArray[np.float64],
        needed: NDArray[np.float64],
    ) -> None:
        """Add up the wards of each piece; see `merge_short` for the arguments."""
        self.land, self.needed = land, needed
        self.pieces = {number: sorted(piece) for number, piece in enumerate(pieces)}
        self.amounts = {number: amounts[piece].sum(axis=0) for number, piece in self.pieces.items()}
        self.reached = {number: self._share_reached(number) for number in self.pieces}
        self.residents = {number: float(land.residents[piece].sum()) for number, piece in self.pieces.items()}
        self.extent = {number: float(land.extent[piece].sum()) for number, piece in self.pieces.items()}
        self.districts = {number: set(land.district[piece]) for number, piece in self.pieces.items()}
        self.borders, inner = self._border_lengths()
        self.perimeter = {
            number: float(land.perimeter[piece].sum()) - inner[number] for number, piece in self.pieces.items()
        }

    def furthest_short(self) -> int | None:
        """Find the piece that has least of what it needs; none if all have enough."""
        piece = min(self.reached, key=lambda number: (self.reached[number], self.pieces[number][0]))
        return piece if self.reached[piece] < 1 else None

    def best_partner(self, piece: int) -> int:
        """Choose what a piece is merged with: a neighbour if it has one, else the nearest; in its own district if it can.

        Among such neighbours the one with which it has fewest residents for its compactness, so that areas stay both
        round and of a size.
        """
        if self.borders[piece]:
            return min(self.borders[piece], key=lambda other: (*self._mixing(piece, other), self._cost(piece, other)))
        distances = self._distances(piece)
        return min(distances, key=lambda other: (*self._mixing(piece, other), distances[other], self.pieces[other][0]))

    def merge(self, piece: int, *, into: int) -> None:
        """Put a piece into another."""
        shared = self.borders[into].pop(piece, 0.0)
        self.perimeter[into] += self.perimeter.pop(piece) - 2 * shared
        for other, metres in self.borders.pop(piece).items():
            if other != into:
                del self.borders[other][piece]
                self.borders[into][other] = self.borders[other][into] = self.borders[into].get(other, 0.0) + metres
        self.pieces[into] = sorted(self.pieces[into] + self.pieces.pop(piece))
        self.amounts[into] = self.amounts[into] + self.amounts.pop(piece)
        self.residents[into] += self.residents.pop(piece)
        self.extent[into] += self.extent.pop(piece)
        self.districts[into] |= self.districts.pop(piece)
        del self.reached[piece]
        self.reached[into] = self._share_reached(into)

    def _share_reached(self, piece: int) -> float:
        # Sums are compared whole: shares added up ward by ward could miss 1 by rounding.
        return float((self.amounts[piece] / self.needed).min())

    def _mixing(self, piece: int, other: int) -> tuple[int]:
        return (len(self.districts[piece] | self.districts[other]),)

    def _cost(self, piece: int, other: int) -> tuple[float, int]:
        perimeter = self.perimeter[piece] + self.perimeter[other] - 2 * self.borders[piece][other]
        residents = max(self.residents[piece] + self.residents[other], 1.0)
        return residents / compactness(self.extent[piece] + self.extent[other], perimeter), self.pieces[other][0]

    def _distances(self, piece: int) -> dict[int, float]:
        """Metres to each other piece."""
        here = shapely.multipolygons(shapely.get_parts(self.land.outlines[self.pieces[piece]]))
        away = shapely.distance(here, self.land.outlines)
        return {other: float(away[wards].min()) for other, wards in self.pieces.items() if other != piece}

    def _border_lengths(self) -> tuple[dict[int, dict[int, float]], dict[int, float]]:
        """Metres that each two pieces share, and twice the metres of borders inside each piece."""
        piece_of = {ward: number for number, piece in self.pieces.items() for ward in piece}
        between: dict[int, dict[int, float]] = {number: {} for number in self.pieces}
        inside = dict.fromkeys(self.pieces, 0.0)
        for ward, here in sorted(piece_of.items()):
            start, stop = self.land.borders.indptr[ward : ward + 2]
            for other, metres in zip(
                self.land.borders.indices[start:stop], self.land.borders.data[start:stop], strict=True
            ):
                there = piece_of.get(int(other))
                if there == here:
                    inside[here] += float(metres)
                elif there is not None:
                    between[here][there] = between[here].get(there, 0.0) + float(metres)
        return between, inside


def merge_short(
    pieces: Sequence[Piece], *, land: WardLand, amounts: NDArray[np.float64], needed: NDArray[np.float64]
) -> list[Piece]:
    """Merge pieces until each has enough, or only one is left.

    Each time the piece that is furthest below what it needs is merged with its best partner (`Patchwork.best_partner`).

    Parameters
    ----------
    pieces : sequence of lists of int
        Rows of wards; none twice. Wards in no piece are left out.
    amounts : (n, m) float array
        What each ward has.
    needed : (m,) float array
        How much of each a piece needs, above 0.

    Returns
    -------
    list of lists of int
        Ordered by their first ward. If all wards together have enough, so has each piece.
    """
    patchwork = Patchwork(pieces, land=land, amounts=amounts, needed=needed)
    while len(patchwork.pieces) > 1 and (short := patchwork.furthest_short()) is not None:
        patchwork.merge(short, into=patchwork.best_partner(short))
    return sorted(patchwork.pieces.values())


def compactness(extent: float, perimeter: float) -> float:
    """How round a shape is, from 0 to 1 for a circle (Polsby and Popper 1991, Yale Law and Policy Review 9:301).

    Parameters
    ----------
    extent : float
        Square metres.
    perimeter : float
        Metres. Never taken to be less than that of a circle, which rounding could make it.
    """
    circle: float = 4 * np.pi * extent
    return circle / max(perimeter**2, circle)
