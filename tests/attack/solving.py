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
_MIXTURES = 150
_NOTED = 400
_EXACT = 1e-6
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
        self._mix(found)
        had = found.values()
        losses = [self._pinned(one, place, found, had=set(had[place].tolist())) for place, one in enumerate(counts)]
        return Outcome(len(counts), [one for one in losses if one.possible <= small], self.programmes)

    def _widen(self, found: "_Found", batch: Sequence[int]) -> None:
        """Make some counts, of different wards, as small and as large as they can be, together."""
        for sign in (1, -1):
            open_ = [place for place in batch if found.is_narrow(place)]
            if open_:
                objective = sign * found.wanted[open_].sum(axis=0)
                for world in self._near(objective):
                    found.add(world)
                if len(batch) == 1 and found.is_narrow(batch[0]):
                    best = self._solve(objective)
                    assert best is not None, "the truth itself is possible"
                    found.add(best)

    def _pinned(self, count: Count, place: int, found: "_Found", *, had: set[int]) -> Pinned:
        least, most = int(found.least[place]), int(found.most[place])
        objective = found.wanted[[place]].toarray()[0]
        true = round(float(self._truth @ objective))
        return Pinned(count, true, least, most, self._values(objective, least, most, had=had, enough=found.small))

    def _values(self, objective: NDArray[np.float64], least: int, most: int, *, had: set[int], enough: int) -> int:
        """Count the whole numbers between that are possible, of which some were had, at most as many as are enough."""
        values = set(had)
        for value in range(least, most + 1):
            if len(values) > enough:
                break
            if value not in values and self._solve(np.zeros_like(objective), also=(objective, value)) is not None:
                values.add(value)
        return len(values)

    def _mix(self, found: "_Found") -> None:
        """Add possible truths on the ways from some to others, for the values in between."""
        rng = np.random.default_rng(0)
        for _ in range(_MIXTURES):
            few = np.flatnonzero(~found.is_enough())
            if not few.size:
                return
            worlds = np.array(found.worlds)
            values = found.wanted[rng.choice(few, size=1)] @ worlds.T
            ends = worlds[np.argmin(values)], worlds[np.argmax(values)]
            shares = rng.uniform(size=(_STEPS * 16, 1))
            turns = rng.uniform(size=(len(shares), len(self._truth) // self._quarters, 1))
            turns[::2] = turns[::2, :1]
            for world in self._possible(ends[0] + shares * (ends[1] - ends[0]), turns):
                found.add(world)

    def _near(self, objective: NDArray[np.float64]) -> NDArray[np.int64]:
        """Give possible truths near the least of an objective over all numbers, whole or not."""
        relaxed = self._programme(objective, also=None, whole=False)
        assert relaxed is not None, "the truth itself is possible"
        wards = len(self._truth) // self._quarters
        together = np.linspace(0.03, 0.97, 2 * _STEPS)[:, None, None]
        apart = np.random.default_rng(0).uniform(size=(_STEPS, wards, 1))
        turns = np.concatenate([np.broadcast_to(together, (2 * _STEPS, wards, 1)), apart])
        possible = self._possible(np.broadcast_to(relaxed, (len(turns), len(relaxed))), turns)
        return possible[np.argsort(possible @ objective, kind="stable")[:1]]

    def _possible(self, worlds: NDArray[np.float64], turns: NDArray[np.float64]) -> NDArray[np.int64]:
        """Round what has happened so far in each ward, and keep what is possible.

        Sums of a run of quarters within whole bounds stay within them, as both of its ends are rounded alike.
        """
        sofar = np.cumsum(worlds.reshape(len(worlds), -1, self._quarters), axis=2)
        rounded = np.diff(np.floor(sofar + turns + _EXACT), axis=2, prepend=0).reshape(len(worlds), -1)
        whole = rounded.astype(np.int64)
        sums = self._known @ whole.T
        possible = (sums >= self._bounds[:, [0]]).all(axis=0) & (sums <= self._bounds[:, [1]]).all(axis=0)
        return whole[possible & (whole >= 0).all(axis=1)]

    def _solve(
        self, objective: NDArray[np.float64], *, also: tuple[NDArray[np.float64], int] | None = None
    ) -> NDArray[np.int64] | None:
        """Minimise over whole numbers: where the programme without that demand has a whole solution, this is it."""
        relaxed = self._programme(objective, also=also, whole=False)
        if relaxed is None:
            return None
        rounded = np.round(relaxed)
        if np.abs(relaxed - rounded).max(initial=0) < _EXACT:
            return rounded.astype(np.int64)
        exact = self._programme(objective, also=also, whole=True)
        return None if exact is None else np.round(exact).astype(np.int64)

    def _programme(
        self, objective: NDArray[np.float64], *, also: tuple[NDArray[np.float64], int] | None, whole: bool
    ) -> NDArray[np.float64] | None:
        self.programmes += 1
        constraints = [LinearConstraint(self._known, self._bounds[:, 0], self._bounds[:, 1])]
        if also is not None:
            constraints.append(LinearConstraint(also[0], also[1], also[1]))
        bounds = Bounds(0, float(self._truth.max(initial=0)) + _SLACK)
        result = milp(objective, constraints=constraints, integrality=int(whole), bounds=bounds)
        return None if result.x is None else np.asarray(result.x)

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
        self._met = np.zeros((wanted.shape[0], _NOTED), dtype=bool)
        """Which values each count has had."""

    def add(self, world: NDArray[np.int64]) -> None:
        """Take in one more, if it shows any count a value that it had not."""
        values = np.asarray(self.wanted @ world).astype(np.int64)
        places = np.arange(len(values)), np.minimum(values, _NOTED - 1)
        if self._met[places].all():
            return
        self._met[places] = True
        self.worlds.append(world)
        self.least, self.most = np.minimum(self.least, values), np.maximum(self.most, values)

    def values(self) -> NDArray[np.int64]:
        """What each count is in each world."""
        return np.asarray(np.rint(self.wanted @ np.array(self.worlds).T)).astype(np.int64)

    def is_narrow(self, place: int) -> bool:
        """Whether a count's values are not far enough apart yet."""
        return bool(self.most[place] - self.least[place] < self.small)

    def is_enough(self) -> NDArray[np.bool_]:
        """Which counts are proven to have values enough, or have not even ends far enough apart."""
        return (self._met.sum(axis=1) > self.small) | (self.most - self.least < self.small)


def _batches(counts: Sequence[Count]) -> Iterator[list[int]]:
    """Places of counts, one of each ward at a time."""
    waiting: dict[tuple[int, ...], list[int]] = {}
    for place, one in enumerate(counts):
        waiting.setdefault(one.pieces, []).append(place)
    for batch in zip_longest(*waiting.values()):
        yield [place for place in batch if place is not None]
