"""Small studies made by hand, for the tests of what is released of them."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from libpysal.graph import Graph
from numpy.typing import NDArray

from analysis.classes import OverlapClass
from analysis.counting import MEASURES, Counted
from analysis.question import Question
from analysis.study import Study
from analysis.windows import Window
from data.settings import Disclosure
from disclosure.group_totals import shown_total
from disclosure.suppression import range_shown

RISKS = [2.6, 1.2, 0.5, 0.8]
PROBABILITIES = [0.93, 0.31, 0.04, 0.12]


def make_study(
    *,
    referrals: Sequence[int] = (9, 3, 0, 4),
    incidents: Sequence[int] = (64, 23, 8, 12),
    quarters: int = 4,
    correlation: tuple[float, float, float] = (0.4321, 0.1234, 0.7654),
    told_by: Disclosure | None = None,
) -> Study:
    """Four wards: the first flagged, the second an island, the last without a denominator.

    Model outputs do not depend on the counts. With `told_by` only what that rule tells of each count is known.
    """
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
        frame[f"people_{measure}"] = 5_000.0
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
    graph = _all_in_a_row(frame["ward_code"].tolist()[: n - 1])
    counts = np.column_stack([referrals, incidents]).astype(np.int64)
    return Study(
        question=Question(last_quarter="2025/26 Q4", quarters=quarters),
        window=Window("2025/26 Q4", quarters),
        wards=frame,
        correlation=correlation,
        islands=tuple(graph.isolates),
        counted=Counted.exactly(counts) if told_by is None else counted_by_rule(counts, rule=told_by),
        neighbours=graph,
    )


def counted_by_rule(counts: NDArray[np.int64], *, rule: Disclosure) -> Counted:
    """What a rule tells of each count by itself, (n, 2): a range, and of the sum what may be said. For no model."""
    ranges = [range_shown(one, rule=rule) for one in counts.T]
    referrals, incidents = (shown_total(one, rule=rule) for one in counts.T)
    return replace(
        Counted.exactly(counts),
        hidden=np.column_stack([one.hidden(rule=rule) for one in ranges]),
        least=np.column_stack([one.least for one in ranges]),
        most=np.column_stack([one.most for one in ranges]),
        said_totals=(referrals, incidents),
    )


def _all_in_a_row(codes: Sequence[str]) -> Graph:
    """Each ward beside the next, but for the second, which is an island: kept as a link to itself of weight 0."""
    row = [codes[0], *codes[2:]]
    beside = {code: [*row[max(place - 1, 0) : place], *row[place + 1 : place + 2]] for place, code in enumerate(row)}
    links = [(code, other) for code in codes for other in beside.get(code) or [code]]
    focal, neighbour = zip(*links, strict=True)
    return Graph.from_arrays(focal, neighbour, [int(one != other) for one, other in links])


def _take_denominator(frame: pd.DataFrame, *, ward: int) -> None:
    modelled = [
        column for column in frame if column.startswith(("people", "expected", "rate", "relative", "probability"))
    ]
    frame.loc[ward, modelled] = np.nan
    frame.loc[ward, "overlap_class"] = int(OverlapClass.NO_DENOMINATOR)
