"""Small studies made by hand, for the tests of what is released of them."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.classes import OverlapClass
from analysis.counting import MEASURES
from analysis.question import Question
from analysis.study import Study
from analysis.windows import Window

RISKS = [2.6, 1.2, 0.5, 0.8]
PROBABILITIES = [0.93, 0.31, 0.04, 0.12]


def make_study(
    *,
    referrals: Sequence[int] = (9, 3, 0, 4),
    incidents: Sequence[int] = (64, 23, 8, 12),
    quarters: int = 4,
    correlation: tuple[float, float, float] = (0.4321, 0.1234, 0.7654),
) -> Study:
    """Four wards: the first flagged, the last without a denominator. Model outputs do not depend on the counts."""
    n = len(referrals)
    repeat = -(-n // len(RISKS))
    frame = pd.DataFrame(
        {
            "ward_code": [f"X0590{number:04d}" for number in range(n)],
            "ward_name": [f"Ward {number}" for number in range(n)],
            "district": "North",
        }
    )
    for measure, counts in zip(MEASURES, (referrals, incidents), strict=True):
        frame[f"observed_{measure}"] = np.array(counts, dtype=np.int64)
        frame[f"expected_{measure}"] = 3.217
        frame[f"rate_{measure}"] = np.array(counts) / 0.4321
        frame[f"relative_risk_{measure}"] = (RISKS * repeat)[:n]
        frame[f"relative_risk_low_{measure}"] = 0.1234
        frame[f"relative_risk_high_{measure}"] = 3.4567
        frame[f"probability_{measure}"] = (PROBABILITIES * repeat)[:n]
    frame["probability_both"] = (PROBABILITIES * repeat)[:n]
    frame["flagged"] = [number == 0 for number in range(n)]
    frame["overlap_class"] = int(OverlapClass.UNCERTAIN)
    frame.loc[0, "overlap_class"] = int(OverlapClass.BOTH)
    _take_denominator(frame, ward=n - 1)
    return Study(
        question=Question(last_quarter="2025/26 Q4", quarters=quarters),
        window=Window("2025/26 Q4", quarters),
        wards=frame,
        correlation=correlation,
        islands=(frame["ward_code"].iloc[1],),
    )


def _take_denominator(frame: pd.DataFrame, *, ward: int) -> None:
    modelled = [column for column in frame if column.startswith(("expected", "rate", "relative", "probability"))]
    frame.loc[ward, modelled] = np.nan
    frame.loc[ward, "overlap_class"] = int(OverlapClass.NO_DENOMINATOR)


def make_trend(counts: dict[str, list[int]], *, people: Sequence[float], measure: str = "referrals") -> pd.DataFrame:
    """The trend of wards by year: the counts of each year's last quarter, one a ward."""
    rows = [
        {"ward_code": f"W{ward}", "measure": measure, "quarter": quarter, "count": count, "people": people[ward]}
        for quarter, of_wards in counts.items()
        for ward, count in enumerate(of_wards)
    ]
    trend = pd.DataFrame(rows)
    known = trend[trend["people"] > 0].groupby("quarter")[["count", "people"]].sum()
    area = 10_000 * known["count"] / known["people"]
    return trend.assign(
        rate=(10_000 * trend["count"] / trend["people"]).where(trend["people"] > 0),
        area_rate=trend["quarter"].map(area),
    )
