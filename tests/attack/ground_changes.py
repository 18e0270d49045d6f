"""Attacks by geography: an old boundary vintage against a new one, and wards against districts."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from tests.attack.gathering import Step, all_of, attack_seen, attack_wards, counts_of, gather
from tests.attack.observing import Map
from tests.attack.registry import Result, attack
from tests.attack.worlds import World

FAMILY = "By geography"
_WHOLE = {f"X0500{piece:04d}": (piece,) for piece in range(8)}
_OLD = {"X05001008": (8, 9), "X05001010": (10, 11)}
_SPLIT = {"X05002008": (8,), "X05002009": (9,), "X05001010": (10, 11)}
_MOVED = {"X05003008": (8,), "X05003009": (9, 10, 11)}
_MOVED_AGAIN = {"X05004008": (8, 9, 10), "X05004011": (11,)}


def _worlds(longer: bool) -> Iterator[World]:
    for seed in range(8 if longer else 1):
        rng = np.random.default_rng(seed)
        means = rng.choice([0.2, 0.6, 1.5, 4.0], size=(2, 12, 1))
        yield World(rng.poisson(means, size=(2, 12, 12)), {**_WHOLE, **_OLD}, vintage=2022)


def _vintages(world: World, *others: dict[str, tuple[int, ...]]) -> list[World]:
    return [world, *(replace(world, wards={**_WHOLE, **one}, vintage=2023 + k) for k, one in enumerate(others))]


@attack(
    family=FAMILY,
    name="A ward split in two",
    holds="the same quarters in the old wards and in the new ones",
    first="75 lost of 2,186 in two worlds, down to 4 values left",
)
def ward_split(folder: Path, longer: bool) -> Result:
    """Attack with a ward and its two halves."""
    return all_of(attack_wards(one, _vintages(one, _SPLIT), folder) for one in _worlds(longer))


@attack(
    family=FAMILY,
    name="A border moved",
    holds="the same quarters in the old wards and in the new ones, of which a piece went from one to the other",
    first="52 lost of 2,086 in two worlds, down to 2 values left",
)
def border_moved(folder: Path, longer: bool) -> Result:
    """Attack with wards before and after a piece went from one to the other."""
    return all_of(attack_wards(one, _vintages(one, _MOVED), folder) for one in _worlds(longer))


@attack(
    family=FAMILY,
    name="A street that changes wards: a hundredth of the ground, and many of the events",
    holds="the same quarters before and after, under the same ward codes",
    first="not tried",
    own=True,
)
def street_moved(folder: Path, longer: bool) -> Result:
    """Attack with a border that moved so little that the outlines look the same."""
    return all_of(
        _moved(replace(one, wards={**_WHOLE, "X05000008": (8, 9), "X05000010": (10, 11)}, sliver=(9, 10)), folder)
        for one in _worlds(longer)
    )


def _moved(old: World, folder: Path) -> Result:
    new = replace(old, wards={**old.wards, "X05000008": (8,), "X05000010": (9, 10, 11)})
    steps = [Step(old, Map(old.wards, old.quarters)), Step(new, Map(new.wards, old.quarters), corrects=True)]
    return attack_seen(gather(steps, folder), whole=old, targets=counts_of(old, new), corrected=True)


@attack(
    family=FAMILY,
    name="Three vintages",
    holds="the same quarters in three sets of wards, one after the other",
    first="77 lost of 2,329 in two worlds, down to 2 values left",
)
def three_vintages(folder: Path, longer: bool) -> Result:
    """Attack with wards that change twice."""
    return all_of(attack_wards(one, _vintages(one, _MOVED, _MOVED_AGAIN), folder) for one in _worlds(longer))


@attack(
    family=FAMILY,
    name="Wards against their districts",
    holds="all of a snapshot of which each district has few wards, one of them a single one",
    first="not tried",
)
def wards_against_districts(folder: Path, longer: bool) -> Result:
    """Attack where a district is a ward."""
    return all_of(
        attack_wards(
            one, [replace(one, districts=("Alone", *("Pair",) * 2, *("Rest",) * (len(one.wards) - 3)))], folder
        )
        for one in _worlds(longer)
    )


@attack(
    family=FAMILY,
    name="A newer population file between two snapshots, so that wards go into other areas",
    holds="the same quarters twice, with totals of other areas of the same wards",
    first="not tried",
    own=True,
)
def another_population(folder: Path, longer: bool) -> Result:
    """Attack with the totals of two ways of putting the same wards together."""
    return all_of(_repopulated(one, seed, folder) for seed, one in enumerate(_worlds(longer)))


def _repopulated(world: World, seed: int, folder: Path) -> Result:
    rng = np.random.default_rng(seed)
    newer = [replace(world, residents=tuple(rng.uniform(2_000, 20_000, size=12).round())) for _ in range(3)]
    return attack_wards(world, [world, *newer], folder)
