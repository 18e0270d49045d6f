"""The solver: the least and the most that each count can be, given everything that was obtained together.

Every unknown is a whole number, one a piece of ground and a quarter. What was shown bounds sums of them; an integer programme
(`scipy.optimize.milp`, HiGHS) minimises and maximises each count under attack. Every solution on the way is a possible
truth as well and widens all other counts for nothing, so that most of them need no programme of their own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from tests.attack.ground import Count, Seen

_STEPS = 8
_SLACK = 200
"""How far above the truth an unknown may go: anything, but HiGHS likes bounds."""


@dataclass(frozen=True)
class Pinned:
    """A small count of which too little is left open."""

    count: Count
    true: int
    least: int
    most: int
    possible: int
    """How many whole numbers it can be."""


@dataclass
class Outcome:
    """What an attack came to."""

    cases: int = 0
    """Small counts attacked."""
    losses: list[Pinned] = field(default_factory=list)
    programmes: int = 0

    def add(self, other: "Outcome") -> "Outcome":
        """Put two together."""
        return Outcome(self.cases + other.cases, [*self.losses, *other.losses], self.programmes + other.programmes)

    @property
    def narrowest(self) -> int | None:
        """The fewest values that a lost count was left with."""
        return min((one.possible for one in self.losses), default=None)


def attack_counts(seen: Sequence[Seen], *, truth: NDArray[np.int64], targets: Sequence[Count], small: int) -> Outcome:
    """Try to pin down every count among `targets` that is in truth at most `small`.

    Parameters
    ----------
    seen
        What was obtained.
    truth : (2, p, q) int array
        By measure, piece of ground and quarter. Only used to choose targets and to judge.
    targets
        Counts under attack.
    small : int
        The threshold: a count at most this must keep `small + 1` possible values.
    """
    outcome = Outcome()
    for one in seen:
        assert one.least <= one.of(truth) <= one.most, f"{one.source}: misread, or not true"
    for measure in range(truth.shape[0]):
        facts = [one for one in seen if one.measure == measure]
        chosen = [one for one in targets if one.measure == measure and one.of(truth) <= small]
        for pieces in _linked([*facts, *chosen], pieces=truth.shape[1]):
            inside = [one for one in chosen if set(one.pieces) <= pieces]
            if inside:
                known = [one for one in facts if set(one.pieces) <= pieces]
                outcome = outcome.add(_Programme(known, pieces, truth[measure]).attack(inside, small=small))
    return outcome


def _linked(counts: Sequence[Count], *, pieces: int) -> list[set[int]]:
    """Pieces of ground that are bound together by a count: the others can be attacked by themselves."""
    pairs = {(one.pieces[0], other) for one in counts for other in one.pieces[1:]}
    rows, columns = zip(*pairs, strict=True) if pairs else ((), ())
    graph = csr_array((np.ones(len(pairs)), (rows, columns)), shape=(pieces, pieces))
    _, labels = connected_components(graph, directed=False)
    return [set(np.flatnonzero(labels == label).tolist()) for label in np.unique(labels)]


class _Programme:
    """Unknowns that hang together, and what is known of them."""

    def __init__(self, seen: Sequence[Seen], pieces: set[int], truth: NDArray[np.int64]) -> None:
        self._row = {piece: row for row, piece in enumerate(sorted(pieces))}
        self._quarters = truth.shape[1]
        self._truth = truth[sorted(pieces)].ravel()
        facts = {(one.pieces, one.quarters): [0.0, np.inf] for one in seen}
        for one in seen:
            bounds = facts[one.pieces, one.quarters]
            bounds[0], bounds[1] = max(bounds[0], one.least), min(bounds[1], one.most)
        self._known = self._matrix(list(facts))
        self._bounds = np.array(list(facts.values())).reshape(-1, 2)
        self.programmes = 0

    def attack(self, counts: Sequence[Count], *, small: int) -> Outcome:
        """Bound each count; those that keep enough values are only proven to."""
        found = _Found(self._matrix([(one.pieces, one.quarters) for one in counts]), small=small)
        found.add(self._truth)
        for batch in _batches(counts):
            self._widen(found, batch)
        for place in range(len(counts)):
            self._widen(found, [place])
        losses = [self._pinned(one, place, found) for place, one in enumerate(counts)]
        return Outcome(len(counts), [one for one in losses if one.possible <= small], self.programmes)

    def _widen(self, found: "_Found", batch: Sequence[int]) -> None:
        """Make some counts, of different wards, as small and as large as they can be, together."""
        for sign in (1, -1):
            open_ = [place for place in batch if found.is_narrow(place)]
            if open_:
                solution = self._solve(sign * found.wanted[open_].sum(axis=0))
                assert solution is not None, "the truth itself is possible"
                found.add(solution)

    def _pinned(self, count: Count, place: int, found: "_Found") -> Pinned:
        least, most = int(found.least[place]), int(found.most[place])
        objective = found.wanted[[place]].toarray()[0]
        true = round(float(self._truth @ objective))
        return Pinned(count, true, least, most, self._values(objective, least, most, found=found))

    def _values(self, objective: NDArray[np.float64], least: int, most: int, *, found: "_Found") -> int:
        """Count the whole numbers between that are possible, at most as many as are enough."""
        worlds = np.array(found.worlds)
        values = {round(one) for one in (worlds @ objective).tolist()}
        if len(values) <= found.small <= most - least:
            ends = worlds[[np.argmin(worlds @ objective), np.argmax(worlds @ objective)]]
            values |= {round(one) for one in (self._between(*ends) @ objective).tolist()}
        for value in range(least, most + 1):
            if len(values) > found.small:
                break
            if value not in values and self._solve(np.zeros_like(objective), also=(objective, value)) is not None:
                values.add(value)
        return len(values)

    def _between(self, first: NDArray[np.int64], last: NDArray[np.int64]) -> NDArray[np.int64]:
        """Give possible truths on the way from one to another: what has happened so far in each ward, rounded."""
        shares = np.linspace(0, 1, 4 * _STEPS)[:, None, None]
        sofar = [np.cumsum(one.reshape(-1, self._quarters), axis=1) for one in (first, last)]
        way = np.floor(sofar[0] + shares * (sofar[1] - sofar[0]) + 0.5)
        worlds = np.diff(way, axis=2, prepend=0).reshape(len(shares), -1).astype(np.int64)
        sums = self._known @ worlds.T
        possible = (sums >= self._bounds[:, [0]]).all(axis=0) & (sums <= self._bounds[:, [1]]).all(axis=0)
        return worlds[possible & (worlds >= 0).all(axis=1)]

    def _solve(
        self, objective: NDArray[np.float64], *, also: tuple[NDArray[np.float64], int] | None = None
    ) -> NDArray[np.int64] | None:
        self.programmes += 1
        constraints = [LinearConstraint(self._known, self._bounds[:, 0], self._bounds[:, 1])]
        if also is not None:
            constraints.append(LinearConstraint(also[0], also[1], also[1]))
        bounds = Bounds(0, float(self._truth.max(initial=0)) + _SLACK)
        result = milp(objective, constraints=constraints, integrality=1, bounds=bounds)
        return None if result.x is None else np.round(result.x).astype(np.int64)

    def _matrix(self, sums: Sequence[tuple[tuple[int, ...], tuple[int, ...]]]) -> csr_array:
        rows, columns = [], []
        for row, (pieces, quarters) in enumerate(sums):
            for piece in pieces:
                rows += [row] * len(quarters)
                columns += [self._row[piece] * self._quarters + quarter for quarter in quarters]
        shape = (len(sums), len(self._truth))
        return csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)


class _Found:
    """Possible truths found so far, and how far apart each count is in them."""

    def __init__(self, wanted: csr_array, *, small: int) -> None:
        self.wanted, self.small = wanted, small
        self.worlds: list[NDArray[np.int64]] = []
        self.least = np.full(wanted.shape[0], np.inf)
        self.most = np.full(wanted.shape[0], -np.inf)

    def add(self, world: NDArray[np.int64]) -> None:
        """Take in one more."""
        self.worlds.append(world)
        values = self.wanted @ world
        self.least, self.most = np.minimum(self.least, values), np.maximum(self.most, values)

    def is_narrow(self, place: int) -> bool:
        """Whether a count's values are not far enough apart yet."""
        return bool(self.most[place] - self.least[place] < self.small)


def _batches(counts: Sequence[Count]) -> Iterator[list[int]]:
    """Places of counts, one of each ward at a time."""
    waiting: dict[tuple[int, ...], list[int]] = {}
    for place, one in enumerate(counts):
        waiting.setdefault(one.pieces, []).append(place)
    for batch in zip_longest(*waiting.values()):
        yield [place for place in batch if place is not None]
