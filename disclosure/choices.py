"""What may be chosen on a screen: the quarters, windows and categories that the data hold and the audience may ask about."""

from dataclasses import dataclass

import pandas as pd

from analysis.counting import EventTables
from data.settings import Settings
from disclosure.audiences import Audience, permission
from disclosure.familiar import offered_statistics
from disclosure.permitted import permitted_thresholds, permitted_windows


@dataclass(frozen=True)
class Choices:
    """What may be chosen on a screen."""

    quarters: tuple[str, ...]
    """Every quarter that referrals and incidents both cover, oldest first."""
    lengths: tuple[int, ...]
    thresholds: tuple[float, ...]
    denominators: tuple[str, ...]
    concerns: tuple[str, ...]
    sectors: tuple[str, ...]
    strands: tuple[str, ...]
    statistics: tuple[str, ...]
    """Keys of the familiar statistics, in the order of a menu; none where the audience has no exact values."""
    exact: bool
    """Whether the audience has exact values, and so what is computed from them alone."""


def offered_choices(tables: EventTables, *, audience: Audience, settings: Settings) -> Choices:
    """Give what an audience may choose in one snapshot's tables."""
    rule = settings.disclosure
    may_filter = permission(audience, rule=rule).categories
    covered = tables.covered

    def values(table: pd.DataFrame, column: str) -> tuple[str, ...]:
        return tuple(sorted(table[column].dropna().unique())) if may_filter else ()

    return Choices(
        quarters=tuple(covered),
        lengths=tuple(permitted_windows(audience, rule=rule, covered=len(covered))),
        thresholds=tuple(permitted_thresholds(audience, rule=rule, analysis=settings.analysis)),
        denominators=tuple(one for one in ("residents", "workday") if (tables.wards[one] > 0).any()),
        concerns=values(tables.referrals, "category"),
        sectors=values(tables.referrals, "sector"),
        strands=values(tables.incidents, "category"),
        statistics=offered_statistics(audience, rule=rule),
        exact=permission(audience, rule=rule).exact,
    )
