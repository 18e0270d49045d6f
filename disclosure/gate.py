"""The only door out: an exact study in, what one audience may have of it out."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.classes import OverlapClass
from analysis.rates import PER_PEOPLE
from analysis.study import MEASURES, Question, Study
from analysis.windows import QUARTERS_A_YEAR, Window
from data.settings import Disclosure
from disclosure.audiences import Audience, permission
from disclosure.layers import Layer, released_layers
from disclosure.suppression import WITHHELD, is_suppressed, is_total_harmless, round_counts, say_counts, say_total
from disclosure.wording import COARSE_RISK, PROBABILITY, middle_of_band

PROBABILITIES = ("probability_both", "probability_referrals", "probability_incidents")


@dataclass(frozen=True)
class Released:
    """What one audience may have of one study.

    `wards` has a row a ward: `ward_code`, `ward_name`, `district`, `class`, `flagged`, `certainty` (the probability that
    both are high, in words), the three `PROBABILITIES`, `relative_risk_referrals` and `relative_risk_incidents`,
    `observed_referrals` and `observed_incidents`. With `exact`, risks are numbers and come with `_low_` and `_high_`
    (95 %), `expected_` and `rate_`; else counts are text, risks are three bands, and of the probabilities there is only
    `probability_both`, as the middle of the band that `certainty` names.

    Without `exact`, counts are given of single years only: years do not overlap, so that nothing is left when one is
    subtracted from another, and several years pooled would be the sum of years that are themselves shown.
    """

    audience: Audience
    exact: bool
    question: Question
    window: Window
    wards: pd.DataFrame
    layers: dict[str, Layer]
    total_referrals: str
    total_incidents: str
    flags_expected_false: float
    """How many of the flagged wards are expected to be flagged wrongly."""
    correlation: tuple[float, float, float]
    islands: tuple[str, ...]
    """Names of wards without a land neighbour."""
    no_denominator: tuple[str, ...]
    """Names of wards that could not be modelled."""

    @property
    def flagged(self) -> pd.DataFrame:
        """The wards that are high on both, the surest first."""
        return self.wards[self.wards["flagged"]].sort_values(["probability_both", "ward_code"], ascending=[False, True])


def release(result: Study, audience: Audience, rule: Disclosure) -> Released:
    """Release a study to an audience.

    Parameters
    ----------
    result : Study
        Exact counts, risks and probabilities.
    audience : Audience
        For whom.
    rule : Disclosure
        The partnership's rule on small counts.

    Returns
    -------
    Released
        Holds no exact small count, nor one that follows from the others, unless the audience may have exact values.

    Notes
    -----
    Two limits. Class, certainty and bands follow from the counts, so that a very different small count can show in them:
    that is why audiences without exact values get them wide. And each snapshot's years end with its own last quarter:
    whoever has the releases of two snapshots can subtract them, and only suppression and rounding stand in the way.
    """
    exact = permission(audience, rule=rule).exact
    frame = result.wards
    wards = _common_columns(frame)
    if exact:
        _add_exact(wards, frame=frame)
    else:
        _add_coarse(wards, frame=frame, rule=rule, counted=_may_count(result.window))
    missing = frame["overlap_class"] == int(OverlapClass.NO_DENOMINATOR)
    names = frame.set_index("ward_code")["ward_name"]
    sure = frame.loc[frame["flagged"], "probability_both"].to_numpy()
    flags_false = float((1 - (sure if exact else middle_of_band(sure))).sum())
    return Released(
        audience=audience,
        exact=exact,
        question=result.question,
        window=result.window,
        wards=wards,
        layers=released_layers(frame, exact=exact),
        total_referrals=_total(result, measure="referrals", exact=exact, rule=rule),
        total_incidents=_total(result, measure="incidents", exact=exact, rule=rule),
        flags_expected_false=flags_false if exact else round(flags_false, 1),
        correlation=result.correlation if exact else _to_a_tenth(result.correlation),
        islands=tuple(names[list(result.islands)]),
        no_denominator=tuple(frame.loc[missing, "ward_name"]),
    )


def release_trend(trend: pd.DataFrame, audience: Audience, rule: Disclosure) -> pd.DataFrame:
    """Release the trend of every ward.

    Parameters
    ----------
    trend : DataFrame
        As `analysis.trend.ward_trend` gives it, in years that do not overlap unless the audience may have exact values.

    Returns
    -------
    DataFrame
        `ward_code`, `measure`, `quarter`, `count` (text), `rate` (missing where the count is suppressed), `rate_up_to` (what a
        suppressed rate cannot exceed; missing elsewhere) and `area_rate` (missing where the area's count is not given).
    """
    if permission(audience, rule=rule).exact:
        shown = trend[["ward_code", "measure", "quarter", "area_rate"]].copy()
        return shown.assign(count=[f"{n:,}" for n in trend["count"]], rate=trend["rate"], rate_up_to=np.nan)
    counts = trend["count"].to_numpy()
    small = is_suppressed(counts, rule=rule)
    per_event = PER_PEOPLE / trend["people"].where(trend["people"] > 0).to_numpy()
    return trend[["ward_code", "measure", "quarter"]].assign(
        area_rate=_area_rates(trend, rule=rule),
        count=say_counts(counts, rule=rule),
        rate=np.where(small, np.nan, np.round(per_event * round_counts(counts, rule=rule), 1)),
        rate_up_to=np.where(small, np.round(per_event * rule.suppress_up_to, 1), np.nan),
    )


def _area_rates(trend: pd.DataFrame, *, rule: Disclosure) -> NDArray[np.float64]:
    """Rate of the whole area in each row's year, from its rounded count: the exact rate times the people is the count."""
    rates = pd.Series(np.nan, index=trend.index)
    for _, year in trend[trend["people"] > 0].groupby(["measure", "quarter"]):
        counts, total = year["count"].to_numpy(), year["count"].to_numpy().sum(keepdims=True)
        if not is_suppressed(total, rule=rule)[0] and is_total_harmless(counts, rule=rule):
            rate = PER_PEOPLE * round_counts(total, rule=rule)[0] / year["people"].sum()
            same = (trend["measure"] == year["measure"].iloc[0]) & (trend["quarter"] == year["quarter"].iloc[0])
            rates[same] = round(rate, 1)
    return np.asarray(rates, dtype=np.float64)


def _common_columns(frame: pd.DataFrame) -> pd.DataFrame:
    wards = frame[["ward_code", "ward_name", "district", "flagged"]].copy()
    wards["class"] = [OverlapClass(code).phrase for code in frame["overlap_class"]]
    wards["certainty"] = PROBABILITY.say(frame["probability_both"].to_numpy())
    return wards


def _add_exact(wards: pd.DataFrame, *, frame: pd.DataFrame) -> None:
    for column in PROBABILITIES:
        wards[column] = frame[column]
    for measure in MEASURES:
        for stem in ("relative_risk", "relative_risk_low", "relative_risk_high", "observed", "expected", "rate"):
            wards[f"{stem}_{measure}"] = frame[f"{stem}_{measure}"]


def _add_coarse(wards: pd.DataFrame, *, frame: pd.DataFrame, rule: Disclosure, counted: bool) -> None:
    wards["probability_both"] = middle_of_band(frame["probability_both"].to_numpy())
    for measure in MEASURES:
        wards[f"relative_risk_{measure}"] = COARSE_RISK.say(frame[f"relative_risk_{measure}"].to_numpy())
        counts = frame[f"observed_{measure}"].to_numpy()
        wards[f"observed_{measure}"] = say_counts(counts, rule=rule) if counted else WITHHELD


def _may_count(window: Window) -> bool:
    """Whether an audience without exact values may have counts of a window: of single years only (see `Released`)."""
    return window.quarters == QUARTERS_A_YEAR


def _total(result: Study, *, measure: str, exact: bool, rule: Disclosure) -> str:
    counts = result.wards[f"observed_{measure}"].to_numpy()
    if exact:
        return f"{counts.sum():,}"
    return say_total(counts, rule=rule) if _may_count(result.window) else WITHHELD


def _to_a_tenth(values: tuple[float, float, float]) -> tuple[float, float, float]:
    first, second, third = (round(value, 1) for value in values)
    return first, second, third
