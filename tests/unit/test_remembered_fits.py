from dataclasses import replace

import numpy as np
import pytest

import analysis.study as study
import tests.remembered_fits
from analysis.overlap_inputs import OverlapData
from tests.overlap_worlds import data_of, lattice
from tests.remembered_fits import forget_fits, remembering_fits

RULE = {"threshold": 1.5, "fdr": 0.1, "seed": 0}
DATA = data_of(np.arange(128).reshape(64, 2) % 7, np.full((64, 2), 3.0), lattice(8, 8))


class Model:
    """Stands in for the model: its first result says how often it was asked."""

    def __init__(self, result):
        self.result, self.asked = result, 0

    def __call__(self, data, **_):
        self.asked += 1
        return replace(self.result, probability=np.full(data.wards, float(self.asked)))


@pytest.fixture
def asked(monkeypatch):
    """Asks a model with a memory."""
    model = Model(study.fit_evidence(DATA, **RULE))
    monkeypatch.setattr(study, "fit_evidence", model)
    forget_fits()
    with remembering_fits():
        yield lambda data, **rule: study.fit_evidence(data, **{**RULE, **rule}).probability[0]
    forget_fits()


def test_the_same_is_fitted_once(asked):
    again = OverlapData(DATA.counts.copy(), DATA.expected.copy(), DATA.adjacency.copy())
    assert asked(DATA) == asked(again) == 1


def test_whatever_differs_is_fitted_anew(asked):
    others = [
        (replace(DATA, counts=DATA.counts + 1), {}),
        (replace(DATA, expected=DATA.expected + 1e-12), {}),
        (replace(DATA, adjacency=lattice(4, 16)), {}),
        (DATA.turned, {}),
        *((DATA, {key: value}) for key, value in (("threshold", 2.0), ("fdr", 0.2), ("seed", 1))),
    ]
    assert [asked(DATA), *(asked(data, **rule) for data, rule in others)] == list(range(1, 9))


def test_what_is_remembered_cannot_be_changed(asked):
    with pytest.raises(ValueError, match="read-only"):
        study.fit_evidence(DATA, **RULE).probability[0] = 0.5


def test_what_is_forgotten_is_fitted_again(asked):
    assert asked(DATA) == 1
    forget_fits()
    assert asked(DATA) == 2


def test_what_another_process_has_fitted_is_taken_from_it_unless_forgotten(monkeypatch, tmp_path):
    model = Model(study.fit_evidence(DATA, **RULE))
    monkeypatch.setattr(study, "fit_evidence", model)

    def first_ward():
        with remembering_fits(shared=tmp_path / "fits"):
            return study.fit_evidence(DATA, **RULE).probability[0]

    assert first_ward() == 1
    monkeypatch.setattr(tests.remembered_fits, "_KNOWN", {})  # as in another process
    assert first_ward() == 1
    forget_fits()
    assert first_ward() == 2
    forget_fits()
