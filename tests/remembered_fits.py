"""The overlap model with a memory: for tests of what is made of a fit, and not for those of the fit itself.

The model gives the same result for the same input to the last bit, to which `tests/unit/analysis/test_overlap.py` holds it. So
tests that look at what becomes of a result need not wait for the same one again and again. What is remembered cannot be
written to, and only `analysis.study` is given it: a test that fits by itself fits.

Workers that share a run remember for each other, through a folder of that run.
"""

import hashlib
import os
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from functools import wraps
from pathlib import Path

import numpy as np
import pytest
from libpysal.graph import Graph

import analysis.study
from analysis.overlap import OverlapResult
from analysis.overlap_inputs import OverlapData

Fit = Callable[..., OverlapResult]
_WAYS_IN = ("fit_overlap", "fit_evidence")
_KNOWN: dict[tuple[Fit, str], OverlapResult] = {}
_FORGOTTEN: set[tuple[Fit, str]] = set()
"""What others have fitted is not taken from them either."""


@contextmanager
def remembering_fits(*, shared: Path | None = None) -> Iterator[None]:
    """Fit what was not fitted before in this process, nor by any other that shares a folder."""
    with pytest.MonkeyPatch.context() as patch:
        for name in _WAYS_IN:
            kept = None if shared is None else shared / name
            patch.setattr(analysis.study, name, _with_memory(getattr(analysis.study, name), shared=kept))
        yield


def forget_fits() -> None:
    """Fit all anew from here on: for tests of whether a second run comes out like the first."""
    _FORGOTTEN.update(_KNOWN)
    _KNOWN.clear()


def _with_memory(fit: Fit, *, shared: Path | None) -> Fit:
    @wraps(fit)
    def remembered(*data: object, **given: object) -> OverlapResult:
        asked = fit, _hash_of([*data, *sorted(given.items())])
        if asked not in _KNOWN:
            kept = None if shared is None else shared / asked[1]
            found = None if asked in _FORGOTTEN else _taken_from(kept)
            _KNOWN[asked] = _read_only(found or _kept_in(kept, fit(*data, **given)))
        return replace(_KNOWN[asked])

    return remembered


def _taken_from(kept: Path | None) -> OverlapResult | None:
    if kept is None or not kept.is_file():
        return None
    found = pickle.loads(kept.read_bytes())
    assert isinstance(found, OverlapResult)
    return found


def _kept_in(kept: Path | None, result: OverlapResult) -> OverlapResult:
    if kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        beside = kept.with_suffix(f".{os.getpid()}")
        beside.write_bytes(pickle.dumps(result))
        beside.replace(kept)  # whole or not there, whoever looks
    return result


def _hash_of(given: object) -> str:
    return hashlib.sha256(pickle.dumps(_plain(given))).hexdigest()


def _plain(value: object) -> object:
    """Turn all that a fit is given into what has the same bytes only if it is the same."""
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Graph):
        return [value.adjacency.to_csv(), [str(one) for one in value.unique_ids]]
    if isinstance(value, OverlapData):
        return [_plain(value.counts), _plain(value.expected), _plain(value.adjacency.toarray())]
    if isinstance(value, np.ndarray):
        return [value.shape, value.dtype.str, value.tobytes()]
    return value


def _read_only(result: OverlapResult) -> OverlapResult:
    for one in fields(result):
        value = getattr(result, one.name)
        if isinstance(value, np.ndarray):
            value.flags.writeable = False
    return result
