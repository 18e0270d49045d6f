"""Which way of comparing two windows names changes sooner, and more rarely by chance?

    python -m bench.changes --maps 10

Two ways, both naming what they are at least 80 % sure of: the two windows fitted each on its own (`apart`), and the
product's, one fit of both with the change given the total (`together`). Worlds of 176 wards, smooth and associated risks:

- steady: nothing changes. Windows of four quarters slide on by a quarter, four times: how many wards are named new or
  cleared, and how many wards' class flips between two named ones, or from one to the other of high and not, a step.
- changing: a tenth of the wards, of those with both risks under 1.2, rise to 2.5 on both, and a third of the true
  overlaps fall to 0.9. After 1 to 4 quarters, that many quarters are compared with as many before: what share of the
  emerged wards is named new, of the others cleared, and what share of the names is false.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.overlap import SOUND, OverlapResult, fit_overlap
from analysis.pooled_risks import PooledRisks
from analysis.rates import expected_counts
from analysis.window_pairs import compare_windows
from bench.overlap.areas import Area, made_up_area
from bench.overlap.worlds import EVENTS, GENTLE, SMOOTH, THRESHOLD, field

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

WARDS, QUARTERS, CHANGE_AT, STEPS = 176, 12, 8, 4
CERTAINTY = 0.8
STATES = ("new", "persistent", "cleared", "neither")
WORLDS = {"smooth": SMOOTH, "gentle": GENTLE}


@dataclass(frozen=True)
class History:
    """Counts and true relative risks of every quarter."""

    area: Area
    residents: Floats
    counts: Counts
    """(quarters, n, 2)."""
    risks: Floats
    """(quarters, n, 2)."""

    def fit(self, quarters: range) -> OverlapResult:
        """Ask the product of some quarters pooled."""
        counts = self.counts[quarters.start : quarters.stop].sum(axis=0)
        expected = [expected_counts(column, denominator=self.residents) for column in counts.T]
        return fit_overlap(
            referrals=counts[:, 0],
            incidents=counts[:, 1],
            expected_referrals=expected[0],
            expected_incidents=expected[1],
            neighbours=self.area.graph,
            threshold=THRESHOLD,
        )

    def high(self, quarters: range) -> NDArray[np.bool_]:
        """(n,) which wards are truly high on both over some quarters."""
        return np.asarray((self.risks[quarters.start : quarters.stop].mean(axis=0) > THRESHOLD).all(axis=1))


def draw_history(world: str, *, changing: bool, rng: np.random.Generator) -> History:
    """Draw an area, its risks, and the counts of each quarter."""
    area = made_up_area(WARDS, rng=rng)
    residents = np.exp(0.4 * rng.standard_normal(WARDS))
    first = _standard(field(WORLDS[world])(area, rng), residents)
    then = _standard(_changed(first, rng=rng), residents) if changing else first
    risks = np.stack([first] * CHANGE_AT + [then] * (QUARTERS - CHANGE_AT))
    means = EVENTS / 4 * WARDS * (residents / residents.sum())[:, None] * risks
    return History(area=area, residents=residents, counts=rng.poisson(means), risks=risks)


def _standard(risks: Floats, residents: Floats) -> Floats:
    return np.asarray(risks * residents.sum() / (residents @ risks))


def _changed(risks: Floats, *, rng: np.random.Generator) -> Floats:
    then = risks.copy()
    low, high = np.flatnonzero((risks < 1.2).all(axis=1)), np.flatnonzero((risks > THRESHOLD).all(axis=1))
    then[rng.choice(low, WARDS // 10, replace=False)] = 2.5
    then[rng.choice(high, len(high) // 3, replace=False)] = 0.9
    return then


def apart(history: History, *, before: range, now: range) -> Floats:
    """(n, 4) probabilities of `STATES` from two fits, taken as independent."""
    was, is_now = (history.fit(window).probability for window in (before, now))
    return np.column_stack([is_now * (1 - was), is_now * was, was * (1 - is_now), (1 - was) * (1 - is_now)])


def together(history: History, *, before: range, now: range) -> Floats:
    """(n, 4) probabilities of `STATES` as the product has them."""
    found = history.fit(range(before.start, now.stop))
    pooled = PooledRisks.fitted(
        interval=found.interval,
        above=np.column_stack([found.probability_referrals, found.probability_incidents]) / SOUND,
        both=found.probability / SOUND,
        threshold=THRESHOLD,
    )
    counts = [history.counts[window.start : window.stop].sum(axis=0) for window in (before, now)]
    pair = compare_windows(before=counts[0], now=counts[1], pooled=pooled, threshold=THRESHOLD)
    neither = 1 - pair.new - pair.persistent - pair.cleared
    return np.column_stack([pair.new, pair.persistent, pair.cleared, neither])


Way = Callable[..., Floats]
WAYS: dict[str, Way] = {"apart": apart, "together": together}


def named(probabilities: Floats) -> NDArray[np.intp]:
    """Number of the state that is named, -1 where none is."""
    return np.where(probabilities.max(axis=1) >= CERTAINTY, probabilities.argmax(axis=1), -1)


def true_states(history: History, *, before: range, now: range) -> NDArray[np.intp]:
    """Number of the true state of each ward."""
    was, is_now = history.high(before), history.high(now)
    return np.select([is_now & ~was, is_now & was, was & ~is_now], [0, 1, 2], default=3)


def steady_rows(world: str, *, maps: int, seed: int) -> Iterator[str]:
    """Say what happens where nothing changes."""
    for name, way in WAYS.items():
        rng = np.random.default_rng(seed)
        flips = said_changed = certain = high = 0
        brier = 0.0
        for _ in range(maps):
            history = draw_history(world, changing=False, rng=rng)
            last = None
            for stop in range(CHANGE_AT, CHANGE_AT + STEPS):
                windows = {"before": range(stop - 8, stop - 4), "now": range(stop - 4, stop)}
                found = way(history, **windows)
                classes, truth = named(found), true_states(history, **windows)
                said_changed += int(np.isin(classes, [0, 2]).sum())
                high += int((classes == 1).sum())
                certain += int((classes >= 0).sum())
                brier += float(((found - np.eye(4)[truth]) ** 2).sum(axis=1).mean())
                if last is not None:
                    flips += int((classes != last).sum())
                last = classes
        cells = maps * STEPS
        yield (
            f"| {world}, steady | {name} | {said_changed / cells:.2f} | {flips / (maps * (STEPS - 1)):.1f} | "
            f"{high / cells:.1f} | {certain / cells / WARDS:.2f} | {brier / cells:.3f} |"
        )


def changing_rows(world: str, *, maps: int, seed: int) -> Iterator[str]:
    """Say how soon what changed is found."""
    for quarters in range(1, STEPS + 1):
        windows = {
            "before": range(CHANGE_AT - quarters, CHANGE_AT),
            "now": range(CHANGE_AT, CHANGE_AT + quarters),
        }
        for name, way in WAYS.items():
            rng = np.random.default_rng(seed)
            right, said, true = np.zeros(4), np.zeros(4), np.zeros(4)
            brier = 0.0
            for _ in range(maps):
                history = draw_history(world, changing=True, rng=rng)
                found = way(history, **windows)
                classes, truth = named(found), true_states(history, **windows)
                brier += float(((found - np.eye(4)[truth]) ** 2).sum(axis=1).mean()) / maps
                for state in range(4):
                    right[state] += ((classes == state) & (truth == state)).sum()
                    said[state] += (classes == state).sum()
                    true[state] += (truth == state).sum()
            cells = " | ".join(
                f"{right[state] / max(true[state], 1):.2f} | {said[state] - right[state]:.0f}/{said[state]:.0f}"
                for state in range(3)
            )
            yield f"| {world}, {quarters} | {name} | {cells} | {brier:.3f} |"


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--maps", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    write = sys.stdout.write
    write(
        "| world | way | named new or cleared a map | classes that flip a step | persistent a map | wards named | Brier |\n"
    )
    write("| --- | --- | --- | --- | --- | --- | --- |\n")
    for world in WORLDS:
        for row in steady_rows(world, maps=chosen.maps, seed=chosen.seed):
            print(row, flush=True)
    write(
        "\n| world, quarters | way | new found | false | persistent found | false | cleared found | false | Brier |\n"
    )
    write("| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n")
    for world in WORLDS:
        for row in changing_rows(world, maps=chosen.maps, seed=chosen.seed):
            print(row, flush=True)


if __name__ == "__main__":
    main()
