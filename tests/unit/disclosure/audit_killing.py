"""Records in processes that are killed, and says what each kill left: run by test_audit_crashes.py, for files and for PostgreSQL.

Every writer and every check is a fork of one process that has imported everything, so that many fit in a second.
"""

import itertools
import os
import random
import signal
import time
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.engine import Engine

from disclosure import audit_anchor
from disclosure.audit_store import TABLES
from tests.audit_samples import make_entry, make_trail
from tests.killed_twice import main
from tests.killing import ended, forked, in_fork, killer, watched
from tests.record_places import copy_place, make_place


def warm_up(folder: Path) -> None:
    """Record and check once before the first fork: what is loaded or compiled at first use then is so for all of them."""
    record(folder)
    check(folder, 1)


def die_at(step: int) -> None:
    """Let this process kill itself at the given step of recording: around each call that touches the disk or the database."""
    tick = killer(step)
    os.open, os.write, os.fsync = (watched(call, tick=tick) for call in (os.open, os.write, os.fsync))
    audit_anchor._sync = watched(audit_anchor._sync, tick=tick)
    for moment in ("before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(Engine, moment, tick)


def record(folder: Path, *, reporting_to: int | None = None, times: int = 1) -> None:
    """Record, and report each entry once it counts as recorded."""
    trail = make_trail(folder)
    for number in range(times):
        trail.record(make_entry(number))
        if reporting_to is not None:
            os.write(reporting_to, b".")


def check(folder: Path, least: int, most: int | None = None) -> None:
    """The trail holds, with every row that was reported and none that nobody began to write; and it can go on."""
    trail = make_trail(folder)
    found = trail.verify()
    if not found.ok:
        raise AssertionError(found.sentence)
    if found.rows < least or (most is not None and found.rows > most):
        raise AssertionError(f"{found.rows} rows; {least} to {most} expected")
    trail.record(make_entry())
    if not trail.verify().ok or trail.verify().rows != found.rows + 1:
        raise AssertionError("it does not go on")


def kill_at_each_step(folder: Path, *, rows: int, every: int) -> list[list[int]]:
    """Kill a writer at its first step, its second, and so on until one gets to the end; each on a trail of its own."""
    before = folder / f"with{rows}"
    make_place(before, TABLES)
    if rows:
        in_fork(lambda: record(before, times=rows))
    found = []
    for step in itertools.count(rows % every, every):
        place = folder / f"with{rows}-step{step}"
        copy_place(before, place, TABLES)
        end = in_fork(lambda step=step, place=place: (die_at(step), record(place)))
        found.append([end, in_fork(lambda place=place, end=end: check(place, rows + (end == 0), rows + 1))])
        if end == 0:
            return found
    raise AssertionError


def kill_at_random(folder: Path, *, times: int, writers: int) -> list[list[int]]:
    """Kill writers that record at once, each at a moment nobody chose."""
    chance = random.Random(times)
    make_place(folder, TABLES)
    found, reported = [], 0
    for _ in range(times):
        reading, writing = os.pipe()
        processes = [
            forked(lambda writing=writing: record(folder, reporting_to=writing, times=10**6)) for _ in range(writers)
        ]
        os.close(writing)
        with os.fdopen(reading, "rb", buffering=0) as stream:
            reported += len(stream.read(1) + stream.read(chance.randint(1, 6)))  # however busy the machine is
            time.sleep(chance.uniform(0.0, 0.03))
            for process in processes:
                os.kill(process, signal.SIGKILL)
            ends = [ended(process) for process in processes]
            reported += len(stream.read())
        found.append([max(ends), in_fork(lambda reported=reported: check(folder, reported)), reported])
        reported += 1  # the check adds one
    return found


def record_at_once(folder: Path, *, writers: int, times: int) -> list[int]:
    """Let several processes record at the same moment."""
    make_place(folder, TABLES)
    processes = [forked(lambda: record(folder, times=times)) for _ in range(writers)]
    return [
        *(ended(process) for process in processes),
        in_fork(lambda: check(folder, writers * times, writers * times)),
    ]


def kill_one_of_two(folder: Path, *, times: int) -> list[int]:
    """Kill one of two that record at once; the other comes to its end."""
    make_place(folder, TABLES)
    reading, writing = os.pipe()
    victim = forked(lambda: record(folder, reporting_to=writing, times=10**6))
    other = forked(lambda: record(folder, times=times))
    os.close(writing)
    with os.fdopen(reading, "rb", buffering=0) as stream:
        reported = len(stream.read(1) + stream.read(4))
        os.kill(victim, signal.SIGKILL)
        ended(victim)
        reported += len(stream.read())
    return [ended(other), in_fork(lambda: check(folder, times + reported, times + reported + 1))]


def find(where: Path, every: int) -> dict[str, list]:
    make_place(where / "warm", TABLES)
    warm_up(where / "warm")
    return {
        "at each step": kill_at_each_step(where / "steps", rows=2, every=every),
        "at each step of the first": kill_at_each_step(where / "first", rows=0, every=every),
        "at random": kill_at_random(where / "random", times=12 // every, writers=3),
        "at once": record_at_once(where / "once", writers=4, times=15),
        "one of two": kill_one_of_two(where / "two", times=15),
    }


if __name__ == "__main__":
    main(find, every=6)
