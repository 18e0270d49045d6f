"""The benchmark as one Markdown table, with a summary above it."""

from collections.abc import Iterable

import numpy as np

from bench.overlap.scoring import Score

Row = tuple[str, str, Score]
"""World, method, score."""

HEAD = (
    "| world | method | average precision | false share, mean | ± | false share, pooled | recall | flags a map | promise |\n"
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- |"
)
SUMMARY_HEAD = (
    "| method | worlds where the promise holds | worst mean false share | worst pooled false share | mean recall | "
    "mean average precision |\n| --- | --- | --- | --- | --- | --- |"
)


def line(world: str, method: str, score: Score) -> str:
    """Format one row."""
    cells = [
        score.precision,
        score.false_share,
        score.false_share_error,
        score.pooled_false_share,
        score.recall,
    ]
    kept = "kept" if score.keeps_promise else "**broken**"
    return f"| {world} | {method} | {' | '.join(map(_share, cells))} | {score.flags:.1f} | {kept} |"


def summary(rows: Iterable[Row]) -> str:
    """One line a method: how often its flags keep the promise, and what it finds."""
    by_method: dict[str, list[Score]] = {}
    for _, method, score in rows:
        by_method.setdefault(method, []).append(score)
    return "\n".join([SUMMARY_HEAD, *(_summary_line(method, scores) for method, scores in by_method.items())])


def _summary_line(method: str, scores: list[Score]) -> str:
    kept = sum(score.keeps_promise for score in scores)
    worst = [
        max(score.false_share for score in scores),
        _largest([score.pooled_false_share for score in scores]),
        _mean([score.recall for score in scores]),
        _mean([score.precision for score in scores]),
    ]
    return f"| {method} | {kept} of {len(scores)} | {' | '.join(map(_share, worst))} |"


def _share(value: float) -> str:
    return "–" if np.isnan(value) else f"{value:.2f}"


def _mean(values: list[float]) -> float:
    known = [value for value in values if not np.isnan(value)]
    return float(np.mean(known)) if known else np.nan


def _largest(values: list[float]) -> float:
    return max((value for value in values if not np.isnan(value)), default=np.nan)
