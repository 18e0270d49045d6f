"""One question asked of one source of counts, and the answer ward by ward.

The answer of exact tables holds exact counts. Nothing shows it: it goes through `disclosure.gate.release` first.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import pandas as pd
from libpysal.graph import Graph
from numpy.typing import NDArray

from analysis.classes import OverlapClass, classify
from analysis.counting import MEASURES, Counted, CountSource
from analysis.flagging import largest_flagged_set
from analysis.overlap import OverlapResult, fit_evidence, fit_overlap
from analysis.overlap_inputs import evidence_inputs
from analysis.question import Question
from analysis.rates import crude_rates, expected_counts
from analysis.windows import Window, choose_window
from data.errors import RefusedInputError
from data.settings import Denominator
from geo.neighbours import ward_neighbours

AS_LIKELY_AS_NOT = 0.5
NOT_CALLED_HIGH = 1.49
"""Relative risk below every band that is called high (`disclosure.wording`)."""

NeighbourRule = Callable[[gpd.GeoDataFrame], Graph]
"""Says which wards are neighbours: a binary, symmetric graph in the order of the wards."""


@dataclass(frozen=True)
class Study:
    """The exact answer.

    `wards` has one row a ward in the snapshot's order: `ward_code`, `ward_name`, `district`, and for each measure
    `people_`, `observed_`, `expected_`, `rate_` (a year per 10,000), `relative_risk_`, `relative_risk_low_`,
    `relative_risk_high_` (95 %), `probability_`; then `probability_both`, `flagged` and `overlap_class`. Modelled columns
    are missing where a ward has no denominator. Where counts are known as ranges only (`counted`), `observed_` and
    `expected_` are what the model was given in their place.
    """

    question: Question
    window: Window
    wards: pd.DataFrame
    correlation: tuple[float, float, float]
    """Posterior mean and 95 % interval of the correlation of the two log-risk surfaces; NaN if nothing was fitted."""
    islands: tuple[str, ...]
    """Codes of wards without a neighbour."""
    counted: Counted
    neighbours: Graph
    """Of the wards that have a denominator."""


def study_overlap(source: CountSource, *, question: Question, neighbour_rule: NeighbourRule = ward_neighbours) -> Study:
    """Count, standardise, model and classify.

    Raises
    ------
    UsageError
        If the window is not covered by the data.
    RefusedInputError
        If no ward has a denominator.
    """
    window = choose_window(source.covered, quarters=question.quarters, last=question.last_quarter)
    counted = source.counted(question, window=window)
    places = _places(source.wards, denominator=question.denominator)
    modelled = _has_denominators(places)
    graph = neighbour_rule(source.wards[modelled.to_numpy()])
    return study_counted(
        places, counted=counted, neighbours=graph, question=replace(question, last_quarter=window.last), window=window
    )


def study_counted(
    places: pd.DataFrame, *, counted: Counted, neighbours: Graph, question: Question, window: Window
) -> Study:
    """Standardise, model and classify what has been counted.

    Parameters
    ----------
    places : (n,) DataFrame
        `ward_code`, `ward_name`, `district`, `people_referrals`, `people_incidents`.
    neighbours : Graph
        Of the wards that have both denominators.
    """
    frame, modelled = places.copy(), _has_denominators(places)
    for column, measure in enumerate(MEASURES):
        frame[f"observed_{measure}"] = counted.counts[:, column]
        _add_expected(frame, column=column, counted=counted, modelled=modelled, years=window.years)
    fit = _fit if counted.is_exact else _fit_evidence
    fitted = fit(frame[modelled], graph=neighbours, question=question)
    _add_fitted(frame, fitted=fitted, modelled=modelled)
    _be_careful(frame, hidden=counted.hidden)
    _classify(frame, modelled=modelled, question=question)
    return Study(
        question=question,
        window=window,
        wards=frame,
        correlation=fitted.correlation,
        islands=tuple(neighbours.isolates),
        counted=counted,
        neighbours=neighbours,
    )


def _places(wards: gpd.GeoDataFrame, *, denominator: Denominator) -> pd.DataFrame:
    places = pd.DataFrame(wards[["ward_code", "ward_name", "district"]]).reset_index(drop=True)
    places["people_referrals"] = wards["residents"].to_numpy(dtype=float)
    places["people_incidents"] = wards[denominator].to_numpy(dtype=float)
    return places


def _has_denominators(frame: pd.DataFrame) -> "pd.Series[bool]":
    modelled = (frame["people_referrals"] > 0) & (frame["people_incidents"] > 0)
    if not modelled.any():
        raise RefusedInputError(
            "No ward has a population to divide by, so nothing can be modelled. "
            "Load a population file with these wards, or choose the other denominator."
        )
    return modelled


def _add_expected(
    frame: pd.DataFrame, *, column: int, counted: Counted, modelled: "pd.Series[bool]", years: float
) -> None:
    measure, inside = MEASURES[column], modelled.to_numpy()
    people, observed = frame[f"people_{measure}"].to_numpy(), frame[f"observed_{measure}"].to_numpy()
    known = counted.totals[column]
    total = float(observed[inside].sum()) if np.isnan(known) else float(known)
    expected = np.full(len(frame), np.nan)
    expected[inside] = expected_counts(total, denominator=people[inside]) * counted.weight[inside, column]
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


def _fit_evidence(frame: pd.DataFrame, *, graph: Graph, question: Question) -> OverlapResult:
    counts, expected = (
        np.column_stack([frame[f"{what}_{measure}"].to_numpy(dtype=float) for measure in MEASURES])
        for what in ("observed", "expected")
    )
    data = evidence_inputs(counts, expected=expected, neighbours=graph)
    return fit_evidence(data, threshold=question.threshold, fdr=question.fdr, seed=question.seed)


def _add_fitted(frame: pd.DataFrame, *, fitted: OverlapResult, modelled: "pd.Series[bool]") -> None:
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


def _be_careful(frame: pd.DataFrame, *, hidden: NDArray[np.bool_]) -> None:
    """Say of a ward whose count is hidden no more than that it may be high: only its neighbours say so, and the model's prior."""
    for column, measure in enumerate(MEASURES):
        name = f"probability_{measure}"
        frame[name] = frame[name].mask(hidden[:, column], frame[name].clip(upper=AS_LIKELY_AS_NOT))
        risk = f"relative_risk_{measure}"
        frame[risk] = frame[risk].mask(hidden[:, column], frame[risk].clip(upper=NOT_CALLED_HIGH))
    either: NDArray[np.bool_] = np.asarray(hidden.any(axis=1))
    frame["probability_both"] = frame["probability_both"].mask(
        either, frame["probability_both"].clip(upper=AS_LIKELY_AS_NOT)
    )


def _classify(frame: pd.DataFrame, *, modelled: "pd.Series[bool]", question: Question) -> None:
    inside = modelled.to_numpy()
    fitted = frame[inside]
    flagged = largest_flagged_set(fitted["probability_both"].to_numpy(), fdr=question.fdr)
    frame["flagged"] = False
    frame.loc[inside, "flagged"] = flagged
    frame["overlap_class"] = int(OverlapClass.NO_DENOMINATOR)
    frame.loc[inside, "overlap_class"] = classify(
        flagged=flagged,
        probability=fitted["probability_both"].to_numpy(),
        probability_referrals=fitted["probability_referrals"].to_numpy(),
        probability_incidents=fitted["probability_incidents"].to_numpy(),
        certainty=question.certainty,
    )
