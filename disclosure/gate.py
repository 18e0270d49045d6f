"""The only door out: an exact study in, what one audience may have of it out."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.classes import OverlapClass
from analysis.study import MEASURES, Question, Study
from analysis.windows import Window
from data.settings import Disclosure
from disclosure.audiences import Audience, permission
from disclosure.layers import Layer, released_layers
from disclosure.suppression import is_suppressed, round_counts, say_count, say_counts
from disclosure.wording import PROBABILITY, RELATIVE_RISK, rounded_probability

PROBABILITIES = ("probability_both", "probability_referrals", "probability_incidents")


@dataclass(frozen=True)
class Released:
    """What one audience may have of one study.

    `wards` has a row a ward: `ward_code`, `ward_name`, `district`, `class`, `flagged`, `certainty` (the probability that
    both are high, in words), the three probabilities, `relative_risk_referrals` and `relative_risk_incidents`,
    `observed_referrals` and `observed_incidents`. With `exact`, risks are numbers and come with `_low_` and `_high_`
    (95 %), `expected_` and `rate_`; else counts are text, risks are bands and probabilities are rounded to a tenth.
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
        Holds no exact small count unless the audience may have exact values.
    """
    exact = permission(audience, rule=rule).exact
    frame = result.wards
    wards = _common_columns(frame)
    _add_exact(wards, frame=frame) if exact else _add_coarse(wards, frame=frame, rule=rule)
    missing = frame["overlap_class"] == int(OverlapClass.NO_DENOMINATOR)
    names = frame.set_index("ward_code")["ward_name"]
    flags_false = float((1 - frame.loc[frame["flagged"], "probability_both"]).sum())
    return Released(
        audience=audience,
        exact=exact,
        question=result.question,
        window=result.window,
        wards=wards,
        layers=released_layers(frame),
        total_referrals=_total(frame["observed_referrals"], exact=exact, rule=rule),
        total_incidents=_total(frame["observed_incidents"], exact=exact, rule=rule),
        flags_expected_false=flags_false if exact else round(flags_false, 1),
        correlation=result.correlation,
        islands=tuple(names[list(result.islands)]),
        no_denominator=tuple(frame.loc[missing, "ward_name"]),
    )


def release_trend(trend: pd.DataFrame, audience: Audience, rule: Disclosure) -> pd.DataFrame:
    """Release the trend of every ward.

    Parameters
    ----------
    trend : DataFrame
        As `analysis.trend.ward_trend` gives it.

    Returns
    -------
    DataFrame
        `ward_code`, `measure`, `quarter`, `count` (text), `rate` (missing where the count is suppressed), `rate_up_to` (what a
        suppressed rate cannot exceed; missing elsewhere) and `area_rate`.
    """
    shown = trend[["ward_code", "measure", "quarter", "area_rate"]].copy()
    counts = trend["count"].to_numpy()
    if permission(audience, rule=rule).exact:
        return shown.assign(count=[f"{n:,}" for n in counts], rate=trend["rate"], rate_up_to=np.nan)
    small = is_suppressed(counts, rule=rule)
    per_event = trend["rate"].to_numpy() / np.where(counts > 0, counts, np.nan)
    ceiling = rule.suppress_up_to * 10_000 / trend["people"].where(trend["people"] > 0).to_numpy()
    return shown.assign(
        count=say_counts(counts, rule=rule),
        rate=np.where(small, np.nan, np.round(per_event * round_counts(counts, rule=rule), 1)),
        rate_up_to=np.where(small, np.round(ceiling, 1), np.nan),
    )


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


def _add_coarse(wards: pd.DataFrame, *, frame: pd.DataFrame, rule: Disclosure) -> None:
    for column in PROBABILITIES:
        wards[column] = rounded_probability(frame[column].to_numpy())
    for measure in MEASURES:
        wards[f"relative_risk_{measure}"] = RELATIVE_RISK.say(frame[f"relative_risk_{measure}"].to_numpy())
        wards[f"observed_{measure}"] = say_counts(frame[f"observed_{measure}"].to_numpy(), rule=rule)


def _total(counts: "pd.Series[int]", *, exact: bool, rule: Disclosure) -> str:
    total = int(counts.sum())
    return f"{total:,}" if exact else say_count(total, rule=rule)
