"""Sweeping: what is dropped is freed at once, and the collector is as it was before when the last one is done."""

import gc
import weakref

import pytest

from briefing.papers.sweeping import sweeping


class Ring:
    """Refers to itself, as pictures and documents do."""

    def __init__(self) -> None:
        self.ring = self


def dropped() -> weakref.ref[Ring]:
    return weakref.ref(Ring())


def test_what_refers_to_itself_is_freed_by_the_sweep():
    gc.disable()
    try:
        with sweeping() as sweep:
            gone = dropped()
            assert gone() is not None
            sweep()
            assert gone() is None
    finally:
        gc.enable()


def test_nothing_stays_set_aside_even_after_a_failure_and_only_when_the_last_is_done():
    outer = sweeping()
    outer.__enter__()
    with pytest.raises(ZeroDivisionError), sweeping():
        raise ZeroDivisionError
    assert gc.get_freeze_count() > 0
    outer.__exit__(None, None, None)
    assert gc.get_freeze_count() == 0
