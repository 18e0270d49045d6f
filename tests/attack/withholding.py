"""Attacks on what is not said: whether a total is withheld, what is written down, wards in which nobody lives."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
from numpy.typing import NDArray

from data.settings import Disclosure
from disclosure.audiences import Audience
from disclosure.group_totals import shown_total, shown_totals
from disclosure.permitted import default_question
from disclosure.suppression import Ranges
from tests.attack.publishing import open_views, telltale_model
from tests.attack.registry import Result, attack
from tests.attack.two_truths import differences, shown_alike
from tests.attack.worlds import random_world

_RANGES = ((0, 7), (8, 12), (0, 9))
_RULE = Disclosure()


def _tables(longer: bool) -> Iterator[NDArray[np.int64]]:
    """Ranges of four wards: all combinations, or some of them."""
    every = [np.array(each) for each in product(_RANGES, repeat=4)]
    return iter(every if longer else every[::27])


def _narrowed(ranges: NDArray[np.int64], said: dict[tuple[object, ...], list[tuple[int, ...]]]) -> list[str]:
    """Name what was said after which a small count of a ward has fewer values than in its range."""
    small = ranges[:, 0] <= _RULE.suppress_up_to
    losses = []
    for what, truths in said.items():
        for ward in np.flatnonzero(small):
            left = {truth[ward] for truth in truths}
            asked = min(int(ranges[ward, 1] - ranges[ward, 0]) + 1, _RULE.suppress_up_to + 1)
            if len(left) < asked:
                losses.append(f"ranges {ranges.tolist()}, said {what}: ward {ward} is left {sorted(left)}")
    return losses


def _attack(longer: bool, *, groups: bool) -> Result:
    cases, losses = 0, []
    for ranges in _tables(longer):
        each = Ranges(least=ranges[:, 0], most=ranges[:, 1])
        said: dict[tuple[object, ...], list[tuple[int, ...]]] = {}
        for truth in product(*(range(least, most + 1) for least, most in ranges)):
            counts = np.array(truth)
            told: tuple[object, ...] = (shown_total(counts, rule=_RULE, ranges=each),)
            if groups and told[0] is not None:
                parts = [np.array([0, 1, 2]), np.array([3])]
                told = (*told, *shown_totals(counts, groups=parts, rule=_RULE, ranges=each))
            said.setdefault(told, []).append(truth)
        cases += len(said)
        losses += _narrowed(ranges, said)
    return Result(cases, tuple(losses), what="things said of four wards")


@attack(
    family="By total",
    name="Whether a total is withheld",
    holds="the ranges of four wards, and their total or that it is not given",
    first="not tried",
    own=True,
)
def withheld_total(folder: Path, longer: bool) -> Result:
    """Try all truths: those of which the same is said must leave every small count what its range promises."""
    return _attack(longer, groups=False)


@attack(
    family="By total",
    name="Which areas' totals are withheld",
    holds="the same, and totals of two areas of these wards or that they are not given",
    first="not tried",
    own=True,
)
def withheld_areas(folder: Path, longer: bool) -> Result:
    """Try all truths with areas."""
    return _attack(longer, groups=True)


@attack(
    family="Own: two truths",
    name="What is written down of what was told, byte by byte",
    holds="the folder `.told`, its names, sizes and bytes",
    first="not tried: there was no such folder",
    own=True,
)
def what_is_written_down(folder: Path, longer: bool) -> Result:
    """Compare the books of two truths whose counts are shown alike."""
    cases, losses = 0, []
    with telltale_model():
        world = random_world(4, wards=4, quarters=6)
        for other in shown_alike(world, folder, wanted=6 if longer else 2, seed=4):
            books = []
            for one in (world, other):
                store = Path(mkdtemp(dir=folder))
                (view,) = open_views(one, store, audiences=(Audience.INSPECTOR,), mark="the same")
                view.trend(default_question(view.settings.analysis))
                found = sorted((store / ".told").rglob("*"))
                books.append([(path.name.partition("-")[0], path.read_bytes()) for path in found if path.is_file()])
            cases += 1
            if not books[0] or books[0] != books[1]:
                losses.append("what is written down of two truths that are shown alike differs")
    return Result(cases, tuple(losses), what="pairs of truths")


@attack(
    family="Own: two truths",
    name="Wards in which nobody lives, and one of which nothing is known",
    holds="all that can be asked, where such wards have events",
    first="not tried",
    own=True,
)
def where_nobody_lives(folder: Path, longer: bool) -> Result:
    """Compare everything where a ward has no denominator: what the model leaves out must not come out elsewhere."""
    cases, losses = 0, []
    with telltale_model():
        world = replace(random_world(6, wards=5, quarters=6), residents=(0.0, 6e3, 7e3, 5e3, 0.0))
        for other in shown_alike(world, folder, wanted=4 if longer else 1, seed=6):
            cases += 1
            losses += differences(world, other, folder, one=not longer)
    return Result(cases, tuple(losses), what="pairs of truths")
