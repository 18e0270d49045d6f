"""Writes snapshots in processes that are killed, and says what each kill left: run by test_snapshot_crashes.py.

Every writer and every check is a fork of one process that has imported everything, so that many fit in a second.
"""

import itertools
import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pandas as pd

from data.snapshots import SnapshotStore
from tests.killing import in_fork, killer, watched
from tests.unit.data.snapshot_samples import make_contents, make_source

OLD, NEW = 0, 1
CONTENTS = make_contents()


def warm_up(folder: Path) -> None:
    """Write and read once before the first fork: what is loaded at first use is then loaded for all of them."""
    write(folder / "warm", OLD)
    check(folder / "warm", 1)
    shutil.rmtree(folder / "warm")


def die_at(step: int) -> None:
    """Let this process kill itself at the given step of writing: before or after each call that touches the disk."""
    tick = killer(step)
    os.mkdir, os.rename, os.fsync = (watched(call, tick=tick) for call in (os.mkdir, os.rename, os.fsync))
    Path.write_text = watched(Path.write_text, tick=tick)
    pd.DataFrame.to_parquet = watched(pd.DataFrame.to_parquet, tick=tick)
    gpd.GeoDataFrame.to_parquet = watched(gpd.GeoDataFrame.to_parquet, tick=tick)


def write(folder: Path, content: int) -> str:
    return SnapshotStore(folder).write(replace(CONTENTS, sources=(make_source(content=content),)))


def check(folder: Path, least: int) -> None:
    """Every snapshot that is to be seen is whole, and none that was there is gone."""
    store = SnapshotStore(folder)
    manifests = store.manifests()
    if len(manifests) < least:
        raise AssertionError(f"{len(manifests)} snapshots to be seen, {least} expected")
    for manifest in manifests:
        snapshot = store.open(manifest.id)
        snapshot.verify()
        if len(snapshot.wards()) != 3 or len(snapshot.incidents()) != 2:
            raise AssertionError(f"{manifest.id} is not as it was written")


def seen(folder: Path) -> int:
    return sum(not path.name.startswith(".") for path in folder.iterdir()) if folder.exists() else 0


def left_over(folder: Path) -> int:
    """How much a writer left, or is writing now; the key of the store is neither."""
    if not folder.exists():
        return 0
    return sum(path.name.startswith(".") and not path.name.startswith(".key") for path in folder.iterdir())


def kill_at_each_step(folder: Path) -> list[dict[str, int]]:
    """Kill a writer at its first step, its second, and so on until one gets to the end; each on a store of its own."""
    in_fork(lambda: write(folder / "old", OLD))
    found = []
    for step in itertools.count():
        place = folder / f"step{step}"
        shutil.copytree(folder / "old", place)
        ended = in_fork(lambda step=step, place=place: (die_at(step), write(place, NEW)))
        left, before = left_over(place), seen(place)
        sound = in_fork(lambda place=place: (check(place, 1), write(place, NEW), check(place, 2)))
        found.append({"ended": ended, "left": left, "sound": sound, "seen": before, "after": left_over(place)})
        if ended == 0:
            return found
    raise AssertionError


def kill_at_random(folder: Path, times: int) -> list[dict[str, int]]:
    """Kill writers that write one snapshot after another into the same store, each at a moment nobody chose."""
    chance = random.Random(times)
    found = []
    whole = 0
    for run in range(times):
        process = os.fork()
        if process == 0:
            for number in itertools.count():
                write(folder, 1000 * run + number)
        least = whole + chance.randint(0, 2)
        wait_until(lambda least=least: seen(folder) >= least)
        if run % 2:  # on a busy machine the writer could be far from its next snapshot each time
            wait_until(lambda: left_over(folder) > 0)
        time.sleep(chance.uniform(0.0, 0.06))
        os.kill(process, signal.SIGKILL)
        ended = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        left = left_over(folder)
        sound = in_fork(lambda least=whole: check(folder, least))
        whole = seen(folder)
        found.append({"ended": ended, "left": left, "sound": sound, "seen": whole})
    in_fork(lambda: write(folder, -1 % 10**9))
    found.append({"after": left_over(folder)})
    return found


def wait_until(reached: Callable[[], bool]) -> None:
    """Wait for the writer to get that far, however busy the machine is."""
    until = time.monotonic() + 20
    while time.monotonic() < until and not reached():
        time.sleep(0.002)


def write_at_once(folder: Path, writers: int) -> list[int]:
    """Let several processes write the same snapshot at the same moment."""
    start = time.monotonic() + 0.2
    processes = []
    for _ in range(writers):
        process = os.fork()
        if process == 0:
            time.sleep(max(0.0, start - time.monotonic()))
            try:
                write(folder, NEW)
            except BaseException as error:  # noqa: BLE001
                sys.stderr.write(f"{error!r}\n")
                os._exit(1)
            os._exit(0)
        processes.append(process)
    ended = [os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) for process in processes]
    return [*ended, in_fork(lambda: check(folder, 1)), seen(folder), left_over(folder)]


if __name__ == "__main__":
    where = Path(sys.argv[1])
    warm_up(where)
    found = {
        "at each step": kill_at_each_step(where / "steps"),
        "at random": kill_at_random(where / "random", times=20),
        "at once": write_at_once(where / "once", writers=4),
    }
    sys.stdout.write(json.dumps(found))
