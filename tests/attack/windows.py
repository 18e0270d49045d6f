"""Attacks by subtracting windows: within one snapshot, and between successive ones of the same wards."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from tests.attack.gathering import Step, all_of, attack_seen, attack_wards, gather
from tests.attack.ground import every_count
from tests.attack.observing import Map
from tests.attack.publishing import COARSE
from tests.attack.registry import Result, attack
from tests.attack.worlds import World, hard_world, random_world, short_world

QUARTERS = 13


def worlds(longer: bool, *, quarters: int = QUARTERS) -> Iterator[World]:
    """Worlds to attack: the hard shapes, and random ones; in the short form one world of half as many wards."""
    if not longer:
        yield short_world(quarters)
        return
    yield hard_world(quarters + 3)
    for seed in range(12):
        yield random_world(seed, wards=6 + seed % 7, quarters=quarters + seed % 4)


def _cut(world: World, pieces: list[tuple[int, int]], folder: Path) -> Result:
    return attack_wards(world, [world.between(first, stop) for first, stop in pieces], folder)


@attack(
    family="By window",
    name="Years, three years and totals of one snapshot subtracted from each other",
    holds="every window, end, total, trend, area and account of one snapshot",
    first="none lost of 3,871 in four worlds: years did not overlap, and only their counts were given",
)
def one_snapshot(folder: Path, longer: bool) -> Result:
    """Attack one snapshot with all that is in it."""
    return all_of(_cut(one, [(0, one.truth.shape[2])], folder) for one in worlds(longer))


@attack(
    family="Between snapshots",
    name="One more quarter",
    holds="two snapshots of which the second has one more quarter",
    first="59 lost of 3,137 in three worlds, each left 7 values",
)
def one_more_quarter(folder: Path, longer: bool) -> Result:
    """Attack a snapshot and the next."""
    return all_of(_cut(one, [(0, one.truth.shape[2] - 1), (0, one.truth.shape[2])], folder) for one in worlds(longer))


@attack(
    family="Between snapshots",
    name="A snapshot every quarter for a year and more",
    holds="four successive snapshots, eight in the longer form, so that years end in every quarter",
    first="193 lost of 3,137 in three worlds, each left 7 values",
)
def every_quarter(folder: Path, longer: bool) -> Result:
    """Attack a run of snapshots."""
    back = range(8 if longer else 4)
    return all_of(_cut(one, [(0, one.truth.shape[2] - k) for k in back], folder) for one in worlds(longer))


@attack(
    family="Between snapshots",
    name="History loaded later at the front",
    holds="three snapshots that end alike and begin earlier each time",
    first="none lost of 3,137 in three worlds",
    own=True,
)
def history_at_the_front(folder: Path, longer: bool) -> Result:
    """Attack snapshots whose history grows backwards."""
    return all_of(_cut(one, [(k, one.truth.shape[2]) for k in (5, 2, 1, 0)], folder) for one in worlds(longer))


@attack(
    family="Between snapshots",
    name="The oldest quarters dropped while new ones come",
    holds="three snapshots of the same length, each a quarter on",
    first="59 lost of 3,137 in three worlds, each left 7 values",
)
def oldest_dropped(folder: Path, longer: bool) -> Result:
    """Attack snapshots that move on."""
    return all_of(_cut(one, [(k, one.truth.shape[2] - 2 + k) for k in range(3)], folder) for one in worlds(longer))


@attack(
    family="Between snapshots",
    name="One record corrected",
    holds="two snapshots, and which ward and quarter was corrected between them",
    first="not tried",
    own=True,
)
def one_record_corrected(folder: Path, longer: bool) -> Result:
    """Attack a snapshot and its correction, knowing all but the two counts."""
    return all_of(
        _corrected(one, ward, folder) for one in worlds(longer, quarters=9) for ward in range(0, one.truth.shape[1], 3)
    )


def _corrected(world: World, ward: int, folder: Path) -> Result:
    quarter = world.truth.shape[2] - 3
    other = world.truth.copy()
    other[:, ward, quarter] = (world.truth[:, ward, quarter] + 4) % 9
    codes = list(world.wards)
    first = Map(world.wards, world.quarters)
    second = Map(world.wards, world.quarters, corrected=(codes[ward], world.quarters[quarter]))
    seen = gather([Step(world, first), Step(world.with_truth(other), second, corrects=True)], folder)
    unknown = np.zeros((2, world.truth.shape[1], 1), dtype=np.int64)
    unknown[:, ward, 0] = other[:, ward, quarter]
    both = world.with_truth(np.concatenate([world.truth, unknown], axis=2))
    targets = every_count([world.wards[codes[ward]]], quarters=world.truth.shape[2])
    moved = [one for one in targets if quarter in one.quarters]
    after = [one.with_quarter(quarter, instead=world.truth.shape[2]) for one in moved]
    return attack_seen(seen, whole=both, targets=[*targets, *after], corrected=True)


@attack(
    family="By audience",
    name="All audiences put their views together",
    holds="two snapshots as everyone without exact values sees them, people who may see one district included",
    first="no more than one audience alone: all were given the same counts",
)
def audiences_together(folder: Path, longer: bool) -> Result:
    """Attack with what everyone without exact values has."""
    return all_of(
        attack_wards(one, [one.between(0, one.truth.shape[2] - 1), one], folder, audiences=COARSE, districts=True)
        for one in worlds(longer, quarters=7)
    )
