"""One question asked of one set of tables, and the exact answer ward by ward.

The answer holds exact counts. Nothing shows it: it goes through `disclosure.gate.release` first.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import pandas as pd
from libpysal.graph import Graph
from numpy.typing import NDArray

from analysis.classes import OverlapClass, classify
from analysis.overlap import OverlapResult, fit_overlap
from analysis.rates import crude_rates, expected_counts
from analysis.windows import Window, choose_window, count_by_ward, quarters_covered, select_events
from data.errors import RefusedInputError
from data.settings import Denominator
from geo.neighbours import ward_neighbours

MEASURES = ("referrals", "incidents")

NeighbourRule = Callable[[gpd.GeoDataFrame], Graph]
"""Says which wards are neighbours: a binary, symmetric graph in the order of the wards."""


@dataclass(frozen=True)
class Question:
    """What is asked. Empty category tuples mean all."""

    last_quarter: str | None = None
    quarters: int = 4
    threshold: float = 1.5
    fdr: float = 0.10
    denominator: Denominator = "residents"
    """Of incidents; referrals are always per resident."""
    concerns: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    strands: tuple[str, ...] = ()
    certainty: float = 0.8
    seed: int = 0


@dataclass(frozen=True)
class EventTables:
    """The tables of a snapshot that an analysis needs (see docs/architecture.md for their columns)."""

    wards: gpd.GeoDataFrame
    referrals: pd.DataFrame
    incidents: pd.DataFrame


@dataclass(frozen=True)
class Study:
    """The exact answer.

    `wards` has one row a ward in the snapshot's order: `ward_code`, `ward_name`, `district`, and for each measure
    `observed_`, `expected_`, `rate_` (a year per 10,000), `relative_risk_`, `relative_risk_low_`, `relative_risk_high_`
    (95 %), `probability_`; then `probability_both`, `flagged` and `overlap_class`. Modelled columns are missing where a
    ward has no denominator.
    """

    question: Question
    window: Window
    wards: pd.DataFrame
    correlation: tuple[float, float, float]
    """Posterior mean and 95 % interval of the correlation of the two log-risk surfaces; NaN if nothing was fitted."""
    islands: tuple[str, ...]
    """Codes of wards without a neighbour."""


def study_overlap(tables: EventTables, *, question: Question, neighbour_rule: NeighbourRule = ward_neighbours) -> Study:
    """Count, standardise, model and classify.

    Raises
    ------
    UsageError
        If the window is not covered by the data.
    RefusedInputError
        If no ward has a denominator.
    """
    covered = quarters_covered(tables.referrals, tables.incidents)
    window = choose_window(covered, quarters=question.quarters, last=question.last_quarter)
    frame = _observed(tables, question=question, window=window)
    modelled = _has_denominators(frame)
    graph = neighbour_rule(tables.wards[modelled.to_numpy()])
    for measure in MEASURES:
        _add_expected(frame, measure=measure, modelled=modelled, years=window.years)
    fitted = _fit(frame[modelled], graph=graph, question=question)
    _add_fitted(frame, fitted=fitted, modelled=modelled, certainty=question.certainty)
    return Study(
        question=replace(question, last_quarter=window.last),
        window=window,
        wards=frame.drop(columns=["people_referrals", "people_incidents"]),
        correlation=fitted.correlation,
        islands=tuple(graph.isolates),
    )


def events_asked_about(
    tables: EventTables, *, question: Question, quarters: Sequence[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Keep the referrals and the incidents of some quarters that are of the question's categories."""
    of_referrals = {"category": question.concerns, "sector": question.sectors}
    return (
        select_events(tables.referrals, quarters=quarters, keep=of_referrals),
        select_events(tables.incidents, quarters=quarters, keep={"category": question.strands}),
    )


def _observed(tables: EventTables, *, question: Question, window: Window) -> pd.DataFrame:
    wards = tables.wards
    codes = pd.Index(wards["ward_code"])
    referrals, incidents = events_asked_about(tables, question=question, quarters=window.labels)
    frame = pd.DataFrame(wards[["ward_code", "ward_name", "district"]]).reset_index(drop=True)
    frame["people_referrals"] = wards["residents"].to_numpy(dtype=float)
    frame["people_incidents"] = wards[question.denominator].to_numpy(dtype=float)
    frame["observed_referrals"] = count_by_ward(referrals, ward_codes=codes)
    frame["observed_incidents"] = count_by_ward(incidents, ward_codes=codes)
    return frame


def _has_denominators(frame: pd.DataFrame) -> "pd.Series[bool]":
    modelled = (frame["people_referrals"] > 0) & (frame["people_incidents"] > 0)
    if not modelled.any():
        raise RefusedInputError(
            "No ward has a population to divide by, so nothing can be modelled. "
            "Load a population file with these wards, or choose the other denominator."
        )
    return modelled


def _add_expected(frame: pd.DataFrame, *, measure: str, modelled: "pd.Series[bool]", years: float) -> None:
    people = frame[f"people_{measure}"].to_numpy()
    observed = frame[f"observed_{measure}"].to_numpy()
    expected = np.full(len(frame), np.nan)
    inside = modelled.to_numpy()
    expected[inside] = expected_counts(observed[inside], denominator=people[inside])
    frame[f"expected_{measure}"] = expected
    frame[f"rate_{measure}"] = crude_rates(observed, denominator=people, years=years)


def _fit(frame: pd.DataFrame, *, graph: Graph, question: Question) -> OverlapResult:
    return fit_overlap(
        referrals=frame["observed_referrals"].to_numpy(),
        incidents=frame["observed_incidents"].to_numpy(),
        expected_referrals=frame["expected_referrals"].to_numpy(),
        expected_incidents=frame["expected_incidents"].to_numpy(),
        neighbours=graph,
        threshold=question.threshold,
        fdr=question.fdr,
        seed=question.seed,
    )


def _add_fitted(frame: pd.DataFrame, *, fitted: OverlapResult, modelled: "pd.Series[bool]", certainty: float) -> None:
    inside = modelled.to_numpy()

    def spread(values: NDArray[np.float64]) -> NDArray[np.float64]:
        whole = np.full(len(frame), np.nan)
        whole[inside] = values
        return whole

    for column, measure in enumerate(MEASURES):
        frame[f"relative_risk_{measure}"] = spread(fitted.relative_risk[:, column])
        frame[f"relative_risk_low_{measure}"] = spread(fitted.interval[:, column, 0])
        frame[f"relative_risk_high_{measure}"] = spread(fitted.interval[:, column, 1])
    frame["probability_referrals"] = spread(fitted.probability_referrals)
    frame["probability_incidents"] = spread(fitted.probability_incidents)
    frame["probability_both"] = spread(fitted.probability)
    frame["flagged"] = False
    frame.loc[inside, "flagged"] = fitted.flagged
    frame["overlap_class"] = int(OverlapClass.NO_DENOMINATOR)
    frame.loc[inside, "overlap_class"] = classify(
        flagged=fitted.flagged,
        probability=fitted.probability,
        probability_referrals=fitted.probability_referrals,
        probability_incidents=fitted.probability_incidents,
        certainty=certainty,
    )
