"""Everything that a view gives, as text: what two worlds that must not be told apart are compared by."""

import dataclasses
import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pandas as pd

from data.errors import WardOverlapError
from disclosure.export import write_run
from disclosure.permitted import Question, default_question
from disclosure.views import SnapshotView
from tests.attack.observing import permitted_questions

_TIMED = ("seconds", "created_at")
"""Differ from run to run, whatever the data."""


def everything(view: SnapshotView, *, slow: bool = False, one: bool = False) -> dict[str, str]:
    """Ask a view for all that it has; answers and refusals alike, by what was asked.

    Parameters
    ----------
    slow
        Also what fits the model many times over: stability, power and chance.
    one
        The newest window of each length only, and no unusual questions.
    """
    return {what: _text_of(ask) for what, ask in _asks(view, slow=slow, one=one)}


def counts_shown(view: SnapshotView) -> dict[str, str]:
    """Only the counts that a view shows: those of every window, the trend, and the account of rows."""
    asked = {
        "trend": lambda: view.trend(default_question(view.settings.analysis)),
        "reports": lambda: view.reports,
        **{f"{one}": lambda one=one: _counts(view, one) for one in permitted_questions(view)},
    }
    return {what: _text_of(ask) for what, ask in asked.items()}


def _asks(view: SnapshotView, *, slow: bool, one: bool) -> Iterator[tuple[str, Callable[[], object]]]:
    for name in ("manifest", "marking", "reports", "wards", "choices"):
        yield name, lambda name=name: getattr(view, name)
    yield "outlines", view.outlines
    for name in ("trend", "totals", "breakdown"):
        yield name, lambda name=name: getattr(view, name)(default_question(view.settings.analysis))
    usual = [ask for ask in permitted_questions(view) if not one or ask.last_quarter == view.ends(ask.quarters)[0]]
    for question in usual:
        yield from _asks_of(view, question, slow=slow)
    for question in () if one else _unusual_questions(view):
        yield f"answer to {question}", lambda question=question: view.answer(question)


def _asks_of(view: SnapshotView, question: Question, *, slow: bool) -> Iterator[tuple[str, Callable[[], object]]]:
    """All that a view says to one question."""
    ways = ("answer", "areas", "incident_areas", "changes", "why_no_changes")
    for name in (*ways, "stability", "power", "chance") if slow else ways:
        yield f"{name}: {question}", lambda name=name: getattr(view, name)(question)
    yield f"files: {question}", lambda: _files(view, question)


def _unusual_questions(view: SnapshotView) -> Iterator[Question]:
    """Questions that no screen asks, of which some should be refused: refusals must not depend on counts either."""
    usual = default_question(view.settings.analysis)
    yield replace(usual, threshold=usual.threshold + 0.25)
    yield replace(usual, fdr=0.25)
    yield replace(usual, certainty=0.6)
    yield replace(usual, seed=1)
    yield replace(usual, denominator="workday")
    yield replace(usual, concerns=("concern A",))
    yield replace(usual, sectors=("education",))
    yield replace(usual, strands=("strand A",))
    yield replace(usual, quarters=1)
    yield replace(usual, quarters=5)
    yield replace(usual, quarters=400)
    yield replace(usual, last_quarter=view.choices.quarters[1])
    yield replace(usual, last_quarter="1999/00 Q1")


def _counts(view: SnapshotView, question: Question) -> object:
    released = view.answer(question)
    shown = released.wards[["ward_code", "observed_referrals", "observed_incidents"]]
    return [shown, released.total_referrals, released.total_incidents]


def _files(view: SnapshotView, question: Question) -> object:
    with tempfile.TemporaryDirectory() as folder:
        written = write_run(view, question=question, folder=Path(folder))
        return {path.name: _without_times(path.read_text(encoding="utf-8")) for path in written}


def _without_times(text: str) -> str:
    if not text.lstrip().startswith("{"):
        return text
    return json.dumps({key: value for key, value in json.loads(text).items() if key not in _TIMED})


def _text_of(ask: Callable[[], object]) -> str:
    try:
        return json.dumps(_plain(ask()), sort_keys=False, default=repr)
    except WardOverlapError as error:
        return f"refused: {error}"


def _plain(value: object) -> object:
    """Turn an answer into what JSON can hold, to the last digit."""
    if isinstance(value, gpd.GeoDataFrame):
        return [_plain(pd.DataFrame(value.drop(columns="geometry"))), list(value.geometry.to_wkb(hex=True))]
    if isinstance(value, pd.DataFrame | pd.Series):
        return value.to_csv(float_format="%r")
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {one.name: _plain(getattr(value, one.name)) for one in dataclasses.fields(value)}
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json", exclude=set(_TIMED))
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value if isinstance(value, int | float | str | bool | None) else repr(value)
