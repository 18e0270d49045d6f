"""Attacks by releasing the same events again under other settings, another name, or after what came before was deleted."""

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np

from data.settings import Disclosure, Partnership, Settings
from tests.attack.gathering import Step, all_of, attack_seen, counts_of, gather
from tests.attack.observing import Map
from tests.attack.publishing import settings_for
from tests.attack.registry import Result, attack
from tests.attack.windows import worlds
from tests.attack.worlds import World

QUARTERS = 9


def _twice(
    world: World,
    folder: Path,
    *,
    again: Settings,
    before: Callable[[Path], None] = lambda _: None,
    fewer: int = 1,
) -> Result:
    """Attack a snapshot without the first quarters, and then the whole under other settings."""
    part = world.between(fewer, world.truth.shape[2] - fewer)
    steps = [
        Step(part, Map(part.wards, world.quarters)),
        Step(world, Map(world.wards, world.quarters, rounded_before=(5,)), settings=again, before=before),
    ]
    return attack_seen(gather(steps, folder), whole=world, targets=counts_of(world))


def _delete_all(store: Path) -> None:
    """Delete all snapshots. The book of what was told stays, as it does with the verb that deletes."""
    for one in store.iterdir():
        if one.is_dir() and not one.name.startswith("."):
            shutil.rmtree(one)


@attack(
    family="Between snapshots",
    name="Older snapshots deleted, as retention does, before the next is released",
    holds="what the deleted snapshot told, and the next",
    first="22 lost of 1,649, each left 7 values: no release looked at those before it",
    own=True,
)
def after_deletion(folder: Path, longer: bool) -> Result:
    """Attack what follows when nothing is left of what was told before."""
    return all_of(
        _twice(one, folder, again=settings_for(one), before=_delete_all) for one in worlds(longer, quarters=QUARTERS)
    )


@attack(
    family="Between snapshots",
    name="The partnership renamed",
    holds="the release under the old name and under the new one",
    first="22 lost of 1,649, each left 7 values: no release looked at those before it",
    own=True,
)
def another_name(folder: Path, longer: bool) -> Result:
    """Attack what is told under two names."""
    return all_of(
        _twice(one, folder, again=settings_for(one).model_copy(update={"partnership": Partnership(name="Another")}))
        for one in worlds(longer, quarters=QUARTERS)
    )


@attack(
    family="Between snapshots",
    name="Another rounding, then the usual one",
    holds="a release rounded to 5 and one rounded to 4, with the same threshold",
    first="not tried",
    own=True,
)
def another_rounding(folder: Path, longer: bool) -> Result:
    """Attack what is told under two rules of the same threshold."""
    return all_of(
        _twice(one, folder, again=settings_for(one, disclosure=Disclosure(round_to=4)), fewer=0)
        for one in worlds(longer, quarters=QUARTERS)
    )


@attack(
    family="By category",
    name="One strand loaded first, then all of them",
    holds="a snapshot of one category and one of all: the rest is their difference",
    first="not tried",
)
def one_category_then_all(folder: Path, longer: bool) -> Result:
    """Attack the category that was added: its events are pieces of ground of their own, under the same wards."""
    return all_of(_parts(one, folder) for one in worlds(longer, quarters=QUARTERS))


def _parts(world: World, folder: Path) -> Result:
    pieces = world.truth.shape[1]
    first = world.truth - np.minimum(world.truth, 1)  # one event of each ward and quarter is of the other strand
    both = world.with_truth(np.concatenate([first, world.truth - first], axis=1))
    joined = {code: (piece, pieces + piece) for code, (piece,) in world.wards.items()}
    steps = [
        Step(world.with_truth(first), Map(world.wards, world.quarters)),
        Step(world, Map(joined, world.quarters), corrects=True),
    ]
    added = {f"added {code}": (pieces + piece,) for code, (piece,) in world.wards.items()}
    whole = World(both.truth, {**world.wards, **added})
    return attack_seen(
        gather(steps, folder), whole=whole, targets=counts_of(whole, World(both.truth, joined)), corrected=True
    )
