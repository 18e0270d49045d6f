"""Distinguishing experiments: two truths whose counts are shown alike must give the same bytes, whatever is asked."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp

import numpy as np

from disclosure.audiences import Audience
from disclosure.views import SnapshotView
from tests.attack.everything import counts_shown, everything
from tests.attack.observing import permitted_questions
from tests.attack.publishing import COARSE, open_views, telltale_model
from tests.attack.registry import Result, attack
from tests.attack.worlds import World, one_ward_each, random_world

_BYTES = "pairs of truths"


def shown_alike(world: World, folder: Path, *, wanted: int, seed: int = 0) -> Iterator[World]:
    """Find other truths, each of one ward, of which the same counts are shown."""
    rng = np.random.default_rng(seed)
    shown = _counts(world, folder)
    for _ in range(40 * wanted):
        measure, ward = int(rng.integers(2)), int(rng.integers(world.truth.shape[1]))
        quarter, other = rng.choice(world.truth.shape[2], size=2, replace=False)
        truth = world.truth.copy()
        truth[measure, ward, quarter] += 1
        truth[measure, ward, other] -= rng.integers(2)
        if truth.min() >= 0 and _counts(world.with_truth(truth), folder) == shown:
            yield world.with_truth(truth)
            wanted -= 1
        if not wanted:
            return


def _counts(world: World, folder: Path) -> dict[str, str]:
    view = open_views(world, Path(mkdtemp(dir=folder)), audiences=(Audience.INSPECTOR,), mark="the same")[0]
    return counts_shown(view)


def differences(first: World, second: World, folder: Path, *, one: bool = False) -> list[str]:
    """Name what differs between two truths, for any audience without exact values."""
    told: list[dict[str, str]] = []
    for world in (first, second):
        views = open_views(world, Path(mkdtemp(dir=folder)), audiences=COARSE, mark="the same")
        told.append({f"{v.audience}: {what}": text for v in views for what, text in everything(v, one=one).items()})
    return [what for what in told[0] if told[0][what] != told[1].get(what)]


def _compare(pairs: Iterator[tuple[World, World]], folder: Path, *, one: bool = False) -> Result:
    cases, losses = 0, []
    for first, second in pairs:
        cases += 1
        found = differences(first, second, folder, one=one)
        if found:
            where = np.argwhere(first.truth != second.truth).tolist()
            losses.append(f"{len(found)} outputs differ, such as {found[0]}; where the truths differ: {where}")
    return Result(cases, tuple(losses), what=_BYTES)


@attack(
    family="Own: two truths",
    name="Two truths whose counts are shown alike: every output compared, byte by byte",
    holds="all that can be asked, by every audience, with the model replaced by one that betrays its input",
    first="every pair told apart: modelled figures were worked out from the exact counts",
    own=True,
)
def same_counts_same_bytes(folder: Path, longer: bool) -> Result:
    """Compare everything; a model of which every number follows from a hash of its input cannot hide a difference."""

    def pairs() -> Iterator[tuple[World, World]]:
        for seed, quarters in ((1, 5), (2, 13)) if not longer else [(s, 5 + s) for s in range(1, 12)]:
            world = random_world(seed, wards=5, quarters=quarters)
            for other in shown_alike(world, folder, wanted=6 if longer else 1, seed=seed):
                yield world, other

    with telltale_model():
        return _compare(pairs(), folder, one=not longer)


@attack(
    family="By category",
    name="The same counts in other categories",
    holds="all that can be asked, filters by type of concern, sector and strand included",
    first="none lost: filters were refused, and no category named",
)
def other_categories_same_bytes(folder: Path, longer: bool) -> Result:
    """Compare a world of one category with the same of three: filters must be refused alike, and no menu differ."""
    world = random_world(3, wards=5, quarters=6)
    with telltale_model():
        found = differences(replace(world, classes=2), replace(world, classes=3), folder, one=not longer)
    return Result(1, tuple(found), what=_BYTES)


def quiet_world(*, wards: int = 8, quarters: int = 4) -> World:
    """A world with one ward far above, for the real model."""
    rng = np.random.default_rng(1)
    counts = rng.poisson(np.array([0.8, 2.2])[:, None, None], size=(2, wards, quarters))
    counts[:, 0] += 4
    return one_ward_each(counts.astype(np.int64))


def _answer(view: SnapshotView) -> dict[str, str]:
    """Only the newest answer, of which there is one fit."""
    return {"answer": view.answer(next(permitted_questions(view))).wards.to_csv()}


@attack(
    family="Own: inverting the model",
    name="The public model run with every candidate count of one ward, all else known",
    holds="all counts but one, the program, and the class, word, band and flag of every ward",
    first="8 candidates for one count told apart into 8, 5 and 6 kinds in the three wards tried; true in a kind of 1 to 3",
    own=True,
)
def inverting_the_model(folder: Path, longer: bool) -> Result:
    """Publish each candidate with the real model; every two that are shown alike must be told alike.

    A candidate that changes how the whole area's total is rounded is not shown alike: with all other counts known, no
    rounded total can hide it.
    """
    world = quiet_world(wards=12 if longer else 6)
    losses, cases = [], 0
    for ward in range(1, 6) if longer else (2,):
        told = {}
        for candidate in range(8) if longer else (0, 1, 2):
            truth = world.truth.copy()
            truth[0, ward] = [candidate, 0, 0, 0]
            views = open_views(world.with_truth(truth), Path(mkdtemp(dir=folder)), mark="the same")
            answers = [everything(view, one=True) for view in views] if longer else [_answer(views[0])]
            told[candidate] = (counts_shown(views[0]), answers)
        alike = [(a, b) for a in told for b in told if a < b and told[a][0] == told[b][0]]
        cases += len(alike)
        losses += [f"{a} told from {b}" for a, b in alike if told[a][1] != told[b][1]]
    return Result(cases, tuple(losses), what="pairs of candidates shown alike")
