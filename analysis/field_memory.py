"""Fits of the model with space that are kept: another threshold asks nothing new of it, and it takes two thirds of the time.

Nothing is kept unless somebody says so (`FieldMemory.using`): whoever times or checks a fit gets a fit.
"""

import hashlib
from collections.abc import Callable
from contextvars import ContextVar
from threading import Lock
from typing import ParamSpec, TypeVar

from analysis.field_posterior import FieldPosterior, fit_field
from analysis.overlap_inputs import OverlapData

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


class FieldMemory:
    """The newest fits, by all that they depend on; never changed by those who get them."""

    def __init__(self, *, most: int = 3) -> None:
        """Keep at most so many: each holds some hundred numbers a ward."""
        self._most, self._lock = most, Lock()
        self._fits: dict[bytes, FieldPosterior] = {}

    def using(self, ask: Callable[Given, Answer], *given: Given.args, **more: Given.kwargs) -> Answer:
        """Ask something, whose fits are taken from here and kept."""
        before = _IN_USE.set(self)
        try:
            return ask(*given, **more)
        finally:
            _IN_USE.reset(before)

    def fit(self, data: OverlapData, *, seed: int) -> FieldPosterior:
        """Give the fit, made now if need be."""
        key = _key(data, seed=seed)
        with self._lock:
            found = self._fits.pop(key, None)
        found = found or fit_field(data, seed=seed)
        with self._lock:
            self._fits[key] = found
            while len(self._fits) > self._most:
                del self._fits[next(iter(self._fits))]
        return found


_IN_USE: ContextVar[FieldMemory | None] = ContextVar("field_memory", default=None)


def field_of(data: OverlapData, *, seed: int) -> FieldPosterior:
    """Fit the model with space (`fit_field`), or give what is kept of the same fit."""
    memory = _IN_USE.get()
    return fit_field(data, seed=seed) if memory is None else memory.fit(data, seed=seed)


def _key(data: OverlapData, *, seed: int) -> bytes:
    parts = (data.counts, data.expected, data.adjacency.indptr, data.adjacency.indices, data.adjacency.data)
    whole = hashlib.sha256(f"{seed} {data.wards}".encode())
    for part in parts:
        whole.update(f"{part.dtype} {part.shape}".encode() + part.tobytes())
    return whole.digest()
