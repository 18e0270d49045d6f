"""What is kept of a fit is the fit itself, and nothing is kept that nobody asked to keep."""

from dataclasses import fields, replace

import numpy as np
import pytest

from analysis import field_memory
from analysis.field_memory import FieldMemory
from analysis.overlap import fit_evidence
from tests.overlap_worlds import data_of, lattice

DATA = data_of(np.arange(128).reshape(64, 2) % 7, np.full((64, 2), 3.0), lattice(8, 8))
RULE = {"fdr": 0.1, "seed": 0}


@pytest.fixture
def fits(monkeypatch):
    """How often the model with space is fitted."""
    made, fit = [], field_memory.fit_field

    def counted(data, *, seed):
        made.append(seed)
        return fit(data, seed=seed)

    monkeypatch.setattr(field_memory, "fit_field", counted)
    return made


def test_another_threshold_is_answered_from_the_same_fit_to_the_last_bit(fits):
    memory = FieldMemory()
    found = [memory.using(fit_evidence, DATA, threshold=threshold, **RULE) for threshold in (1.5, 2.0)]
    assert len(fits) == 1
    anew = [fit_evidence(DATA, threshold=threshold, **RULE) for threshold in (1.5, 2.0)]
    assert len(fits) == 3, "outside of it, a fit is a fit"
    for one, other in zip(found, anew, strict=True):
        assert all(np.array_equal(getattr(one, field.name), getattr(other, field.name)) for field in fields(one))


@pytest.mark.parametrize(
    "other",
    [
        {"counts": DATA.counts + 1},
        {"expected": DATA.expected * 2},
        {"adjacency": lattice(4, 16)},
    ],
    ids=lambda one: next(iter(one)),
)
def test_other_data_or_another_seed_are_fitted_anew_and_the_oldest_is_forgotten(other, monkeypatch):
    made = []
    monkeypatch.setattr(field_memory, "fit_field", lambda data, *, seed: made.append((data, seed)) or made[-1])
    memory = FieldMemory(most=2)
    changed = replace(DATA, **other)
    assert memory.fit(DATA, seed=0) is memory.fit(DATA, seed=0)
    assert memory.fit(changed, seed=0) is not memory.fit(DATA, seed=0)
    assert len(made) == 2
    assert memory.fit(DATA, seed=1)[1] == 1
    memory.fit(changed, seed=0)
    assert len(made) == 4, "the one asked for longest ago was forgotten"
