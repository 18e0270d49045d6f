"""The only door out: an exact study in, what one audience may have of it out."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.classes import OverlapClass
from analysis.counting import MEASURES
from analysis.question import Question
from analysis.study import Study, study_counted
from analysis.windows import Window
from data.errors import UsageError
from data.settings import Disclosure
from disclosure.audiences import Audience, Reader, permission
from disclosure.cells import counted_as_ranges
from disclosure.group_totals import shown_total
from disclosure.layers import Layer, released_layers
from disclosure.suppression import ANY_NUMBER, WITHHELD, Ranges, range_shown, say_ranges
from disclosure.wording import COARSE_RISK, PROBABILITY, middle_of_band

FROM_RANGES = (
    "Worked out from suppressed and rounded counts, so that fewer wards can be told apart than from exact ones."
)
"""Stands beside every map of an audience without exact values."""
PROBABILITIES = ("probability_both", "probability_referrals", "probability_incidents")


@dataclass(frozen=True)
class Released:
    """What one audience may have of one study.

    `wards` has a row a ward: `ward_code`, `ward_name`, `district`, `class`, `flagged`, `certainty` (the probability that
    both are high, in words), the three `PROBABILITIES`, `relative_risk_referrals` and `relative_risk_incidents`,
    `observed_referrals` and `observed_incidents` (these two only with permission for counts). With `exact`, risks are
    numbers and come with `_low_` and `_high_` (95 %), `expected_` and `rate_`; else counts are text, risks are three bands,
    and of the probabilities there is only `probability_both`, as the middle of the band that `certainty` names.

    Without `exact`, all of it follows from ranges of counts and from totals that are harmless beside them
    (`disclosure.cells`).
    """

    reader: Reader
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
    def audience(self) -> Audience:
        """For whom this is."""
        return self.reader.audience

    @property
    def flagged(self) -> pd.DataFrame:
        """The wards that are high on both, the surest first, then by name: by what this audience has of the probability."""
        flagged = self.wards[self.wards["flagged"]]
        return flagged.sort_values(["probability_both", "ward_name", "ward_code"], ascending=[False, True, True])

    @property
    def names(self) -> dict[str, str]:
        """Name of each ward by its code, with the district where two share it."""
        return _told_apart(self.wards)


def release(result: Study, audience: Audience, rule: Disclosure) -> Released:
    """Release a study to an audience.

    Parameters
    ----------
    result : Study
        Of exact counts, or for an audience without exact values of what it may know of them (`disclosure.cells`).
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
    A study of exact counts is modelled anew for an audience without exact values, from the ranges that the rule gives each count
    by itself. Only `disclosure.views` knows which other windows are released: several studies released one by one through here
    can be subtracted.
    """
    may = permission(audience, rule=rule)
    if not may.wards:
        raise UsageError(f"The {audience} audience may not have anything by ward. Ask for areas.")
    exact = may.exact
    if not exact and result.counted.is_exact:
        result = _from_ranges(result, rule=rule)
    frame = result.wards
    wards = _common_columns(frame)
    if exact:
        _add_exact(wards, frame=frame)
    else:
        _add_coarse(wards, study=result, rule=rule, counts=may.counts)
    missing = frame["overlap_class"] == int(OverlapClass.NO_DENOMINATOR)
    names = _told_apart(wards)
    return Released(
        reader=Reader(audience),
        exact=exact,
        question=result.question,
        window=result.window,
        wards=wards,
        layers=_layers(result, exact=exact),
        total_referrals=_say_total(result.counted.said_totals[0] if may.counts else None),
        total_incidents=_say_total(result.counted.said_totals[1] if may.counts else None),
        flags_expected_false=expected_false(wards, exact=exact),
        correlation=result.correlation if exact else _to_a_tenth(result.correlation),
        islands=tuple(names[code] for code in result.islands),
        no_denominator=tuple(names[code] for code in frame.loc[missing, "ward_code"]),
    )


def _told_apart(wards: pd.DataFrame) -> dict[str, str]:
    names = wards["ward_name"]
    told_apart = names.mask(names.duplicated(keep=False), names + " (" + wards["district"] + ")")
    return dict(zip(wards["ward_code"], told_apart, strict=True))


def _layers(study: Study, *, exact: bool) -> dict[str, Layer]:
    if exact:
        return released_layers(study.wards, exact=True)
    withheld = np.any(study.counted.most >= ANY_NUMBER, axis=1)
    layers = released_layers(study.wards, exact=False, withheld=withheld)
    unknown = int(withheld.sum())
    notes = (FROM_RANGES, _say_unknown(unknown)) if unknown else (FROM_RANGES,)
    return {key: replace(layer, notes=notes) for key, layer in layers.items()}


def _say_unknown(wards: int) -> str:
    named = "1 ward has" if wards == 1 else f"{wards:,} wards have"
    return f"{named} no count in this window: an earlier release counted them within other boundaries."


def expected_false(wards: pd.DataFrame, *, exact: bool) -> float:
    """How many of the flagged wards of a release are expected to be flagged wrongly, going by what is released."""
    flags_false = float((1 - wards.loc[wards["flagged"], "probability_both"]).sum())
    return flags_false if exact else round(flags_false, 1)


def sum_of_wards(wards: pd.DataFrame, *, measure: str) -> str:
    """Sum the exact counts of released wards, and write it."""
    return f"{int(wards[f'observed_{measure}'].sum()):,}"


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


def _add_coarse(wards: pd.DataFrame, *, study: Study, rule: Disclosure, counts: bool) -> None:
    wards["probability_both"] = middle_of_band(study.wards["probability_both"].to_numpy())
    for column, measure in enumerate(MEASURES):
        wards[f"relative_risk_{measure}"] = COARSE_RISK.say(study.wards[f"relative_risk_{measure}"].to_numpy())
        if counts:
            ranges = Ranges(least=study.counted.least[:, column], most=study.counted.most[:, column])
            wards[f"observed_{measure}"] = say_ranges(ranges, rule=rule)


def _from_ranges(study: Study, *, rule: Disclosure) -> Study:
    """Model a study of exact counts anew from what the rule lets be known of each."""
    counts = study.counted.least.T
    referrals, incidents = (range_shown(one, rule=rule) for one in counts)
    totals = [shown_total(one, rule=rule) for one in counts]
    people = [f"people_{measure}" for measure in MEASURES]
    counted = counted_as_ranges(
        (referrals, incidents),
        totals=(totals[0], totals[1]),
        people=study.wards[people].to_numpy(dtype=float),
        rule=rule,
    )
    places = study.wards[["ward_code", "ward_name", "district", *people]]
    return study_counted(
        places, counted=counted, neighbours=study.neighbours, question=study.question, window=study.window
    )


def _say_total(total: int | None) -> str:
    return WITHHELD if total is None else f"{total:,}"


def _to_a_tenth(values: tuple[float, float, float]) -> tuple[float, float, float]:
    first, second, third = (round(value, 1) for value in values)
    return first, second, third
