"""Processes that are killed in the middle of their work: for the tests of what a kill leaves behind."""

import itertools
import os
import signal
import sys
from collections.abc import Callable


def in_fork(work: Callable[[], object]) -> int:
    """Run something in a process of its own; gives how it ended (a negative signal number if it was killed)."""
    return ended(forked(work))


def forked(work: Callable[[], object]) -> int:
    """Begin something in a process of its own; gives the process."""
    process = os.fork()
    if process == 0:
        try:
            work()
        except BaseException as error:  # noqa: BLE001  # whatever it is, it must not run on in the fork
            sys.stderr.write(f"{error!r}\n")
            os._exit(1)
        os._exit(0)
    return process


def ended(process: int) -> int:
    """Wait for a process; gives how it ended."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def killer(step: int) -> Callable[..., None]:
    """Make a tick that kills this process when it is called for the `step`-th time, counted from 0."""
    steps = itertools.count()

    def tick(*_: object) -> None:
        if next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    return tick


def watched(call: Callable[..., object], *, tick: Callable[..., None]) -> Callable[..., object]:
    """Tick before and after each call of a function."""

    def run(*args: object, **kwargs: object) -> object:
        tick()
        result = call(*args, **kwargs)
        tick()
        return result

    return run
