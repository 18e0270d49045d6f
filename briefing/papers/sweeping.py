"""Keeping the memory of a long run of papers level: what each one leaves behind is collected at once.

Pictures and Word documents are made of objects that refer to each other, which Python frees only when it looks through all it
holds; the more a process holds, the rarer that is. Here everything that was there before is set aside (`gc.freeze`), so that
looking after each paper takes milliseconds. Measured by `python -m bench.briefing`.
"""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

_COUNTING = Lock()
_running = 0


@contextmanager
def sweeping() -> Iterator[Callable[[], object]]:
    """Give what is to be called after each paper.

    What was there before is looked through again when the last of those who sweep in this process is done. Other threads are not
    held up; what they drop meanwhile is freed as ever, or then.
    """
    _begin()
    try:
        yield gc.collect
    finally:
        _end()


def _begin() -> None:
    global _running  # the collector is one for the whole process
    with _COUNTING:
        _running += 1
        gc.collect()
        gc.freeze()


def _end() -> None:
    global _running
    with _COUNTING:
        _running -= 1
        if _running == 0:
            gc.unfreeze()
