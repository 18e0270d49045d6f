"""Which way of comparing two windows finds changes sooner, and names them more rarely by chance?

    python -m bench.changes --maps 5

Two ways, both naming what they are at least 80 % sure of: the two windows fitted each on its own (`apart`), and the
product's, one fit of both with the change given the total (`together`). Areas of 176 wards with smooth, associated risks,
half of them gentle. What happens after eight quarters:

- nothing: windows of four quarters slide on by a quarter, four times, so every ward named new or cleared is false but
  where a true risk is at the threshold; counted too is how many wards' names change from one quarter to the next.
- a few change: four wards with both risks under 1.2 rise to 2.5 on both, and three true overlaps fall to 0.9.
- incidents only: in a tenth of the wards, of those with both risks under 1.2, incidents alone rise to 2.5.

In the last two, after 1 to 4 quarters that many quarters are compared with as many before.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score, precision_recall_curve

from analysis.overlap import SOUND, OverlapResult, fit_overlap
from analysis.pooled_risks import PooledRisks
from analysis.rates import expected_counts
from analysis.window_pairs import compare_windows
from bench.overlap import worlds
from bench.overlap.areas import Area, made_up_area
from bench.overlap.worlds import EVENTS, GENTLE, SMOOTH, THRESHOLD

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

WARDS, CHANGE_AT, STEPS, LONG = 176, 8, 4, 4
CERTAINTY = 0.8
NEW, PERSISTENT, CLEARED, NEITHER = range(4)
FEW_FALSE = 0.9
KINDS = ("nothing", "a few change", "incidents only")
TITLES = (
    "what happens",
    "quarters",
    "way",
    "average precision of new",
    "new found, a tenth false",
    "named new, found (false)",
    "named cleared, found (false)",
    "named persistent, found (false)",
    "names that change",
    "Brier score",
)


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
        counts = self.total(quarters)
        expected = [expected_counts(column.sum(), denominator=self.residents) for column in counts.T]
        return fit_overlap(
            referrals=counts[:, 0],
            incidents=counts[:, 1],
            expected_referrals=expected[0],
            expected_incidents=expected[1],
            neighbours=self.area.graph,
            threshold=THRESHOLD,
        )

    def total(self, quarters: range) -> Counts:
        """(n, 2) counts of some quarters."""
        return np.asarray(self.counts[quarters.start : quarters.stop].sum(axis=0))

    def states(self, before: range, now: range) -> NDArray[np.intp]:
        """(n,) true state of each ward."""
        means = (self.risks[window.start : window.stop].mean(axis=0) for window in (before, now))
        was, is_now = ((risks > THRESHOLD).all(axis=1) for risks in means)
        return np.select([is_now & ~was, is_now & was, was & ~is_now], [NEW, PERSISTENT, CLEARED], default=NEITHER)


def draw_history(kind: str, *, gentle: bool, rng: np.random.Generator) -> History:
    """Draw an area, its risks, and the counts of each quarter."""
    area = made_up_area(WARDS, rng=rng)
    residents = np.exp(0.4 * rng.standard_normal(WARDS))
    first = _standard(worlds.field(GENTLE if gentle else SMOOTH)(area, rng), residents)
    then = _standard(_changed(first, kind=kind, rng=rng), residents)
    risks = np.stack([first] * CHANGE_AT + [then] * STEPS)
    means = EVENTS / 4 * WARDS * (residents / residents.sum())[:, None] * risks
    return History(area=area, residents=residents, counts=rng.poisson(means), risks=risks)


def _standard(risks: Floats, residents: Floats) -> Floats:
    return np.asarray(risks * residents.sum() / (residents @ risks))


def _changed(risks: Floats, *, kind: str, rng: np.random.Generator) -> Floats:
    then = risks.copy()
    low, high = np.flatnonzero((risks < 1.2).all(axis=1)), np.flatnonzero((risks > THRESHOLD).all(axis=1))
    if kind == "a few change":
        then[rng.choice(low, 4, replace=False)] = 2.5
        then[rng.choice(high, min(3, len(high)), replace=False)] = 0.9
    if kind == "incidents only":
        then[rng.choice(low, WARDS // 10, replace=False), 1] = 2.5
    return then


def apart(history: History, before: range, now: range) -> Floats:
    """(n, 4) probabilities of the states from two fits, which are independent."""
    was, is_now = (history.fit(window).probability for window in (before, now))
    return np.column_stack([is_now * (1 - was), is_now * was, was * (1 - is_now), (1 - was) * (1 - is_now)])


def together(history: History, before: range, now: range) -> Floats:
    """(n, 4) probabilities of the states as the product has them."""
    found = history.fit(range(before.start, now.stop))
    pooled = PooledRisks.fitted(
        interval=found.interval,
        above=np.column_stack([found.probability_referrals, found.probability_incidents]) / SOUND,
        both=found.probability / SOUND,
        threshold=THRESHOLD,
    )
    pair = compare_windows(before=history.total(before), now=history.total(now), pooled=pooled, threshold=THRESHOLD)
    neither = 1 - pair.new - pair.persistent - pair.cleared
    return np.column_stack([pair.new, pair.persistent, pair.cleared, neither])


WAYS: dict[str, Callable[[History, range, range], Floats]] = {"apart": apart, "together": together}


@dataclass
class Tally:
    """What one way said of all maps, and what was true."""

    said: list[Floats] = field(default_factory=list)
    true: list[NDArray[np.intp]] = field(default_factory=list)
    changed_names: list[int] = field(default_factory=list)

    def cells(self) -> list[str]:
        """Write the columns of the table."""
        said, true = np.concatenate(self.said), np.concatenate(self.true)
        names = _names(said)
        return [
            *_ranking(said[:, NEW], true == NEW),
            *(_share(names == state, true == state) for state in (NEW, CLEARED, PERSISTENT)),
            f"{np.mean(self.changed_names):.1f}" if self.changed_names else "",
            f"{((said - np.eye(4)[true]) ** 2).sum(axis=1).mean():.3f}",
        ]


def _names(said: Floats) -> NDArray[np.intp]:
    return np.where(said.max(axis=1) >= CERTAINTY, said.argmax(axis=1), -1)


def _ranking(score: Floats, true: NDArray[np.bool_]) -> list[str]:
    if not true.any():
        return ["", ""]
    precision, recall, _ = precision_recall_curve(true, score)
    return [f"{average_precision_score(true, score):.2f}", f"{recall[precision >= FEW_FALSE].max():.2f}"]


def _share(named: NDArray[np.bool_], true: NDArray[np.bool_]) -> str:
    found = f"{(named & true).sum() / true.sum():.2f} " if true.any() else ""
    return f"{found}({(named & ~true).sum()} of {named.sum()})"


def rows(kind: str, *, maps: int, seed: int) -> Iterator[list[str]]:
    """Say what each way made of one kind of history."""
    steady = kind == KINDS[0]
    tallies = {(step, way): Tally() for step in ([LONG] if steady else range(1, STEPS + 1)) for way in WAYS}
    for number in range(2 * maps):
        history = draw_history(kind, gentle=bool(number % 2), rng=np.random.default_rng([seed, number]))
        for way, ask in WAYS.items():
            last = None
            for step in range(1, STEPS + 1):
                stop, length = CHANGE_AT + step, LONG if steady else step
                windows = range(stop - 2 * length, stop - length), range(stop - length, stop)
                tally = tallies[length, way]
                tally.said.append(ask(history, *windows))
                tally.true.append(history.states(*windows))
                names = _names(tally.said[-1])
                if steady and last is not None:
                    tally.changed_names.append(int((names != last).sum()))
                last = names
    for (step, way), tally in tallies.items():
        yield [kind, str(step), way, *tally.cells()]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--maps", type=int, default=5, help="of each strength of risks")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    sys.stdout.write(f"| {' | '.join(TITLES)} |\n|{' --- |' * len(TITLES)}\n")
    for kind in KINDS:
        for row in rows(kind, maps=chosen.maps, seed=chosen.seed):
            print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
