"""What may be told of one ward: classes, bands and words, no count."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from briefing.area_facts import AreaFacts
from disclosure.layers import NOT_MODELLED
from disclosure.wording import PROBABILITY, PROBABLE, RELATIVE_RISK

Row = Mapping[Hashable, Any]


@dataclass(frozen=True)
class YearFacts:
    """How a ward stood in one year: `None` bands where nothing is known of it."""

    words: str
    """Its months, e.g. `April 2024 to March 2025`."""
    last_quarter: str
    overlap: str
    certainty: str
    referrals_band: str
    incidents_band: str


@dataclass(frozen=True)
class Neighbour:
    """A ward that touches it."""

    name: str
    district: str
    overlap: str


@dataclass(frozen=True)
class WardFacts:
    """How a ward stands in the window of a paper."""

    code: str
    name: str
    district: str
    window: str
    """Its months."""
    last_quarter: str
    flagged: bool
    overlap: str
    """The class of the ward, e.g. `high on both`."""
    certainty: str
    """How probable it is that both are high, in the words of the yardstick; empty where nothing is known."""
    certainty_level: int
    """Which of `disclosure.wording.PROBABILITY.names` that is; -1 where nothing is known."""
    referrals_band: str
    incidents_band: str
    change: str | None
    """Class of the change since the window before, e.g. `new: high on both now, not before`; `None` where none can be told."""
    change_sentence: str
    """The change in a sentence, or why none can be told."""
    years: tuple[YearFacts, ...]
    neighbours: tuple[Neighbour, ...]

    @property
    def is_modelled(self) -> bool:
        """Whether anything can be said of it at all."""
        return self.overlap != NOT_MODELLED

    @property
    def probably_high(self) -> bool:
        """Whether it is probably high on both, but not surely enough to be flagged: no other class is then likely enough."""
        return not self.flagged and self.certainty in PROBABLE


def surest_first(ward: WardFacts) -> tuple[int, str, str]:
    """Give what wards are put in order by wherever several are named: how sure, in words, then the name.

    The certainty stands beside each, and within a word the order says nothing: no table of worst and best.
    """
    return -ward.certainty_level, ward.name, ward.code


def ward_facts(area: AreaFacts, code: str) -> WardFacts:
    """Gather what may be told of one ward.

    Raises
    ------
    UsageError
        If there is no such ward.
    """
    area.check_ward(code)
    row = area.rows[-1][code]
    change, sentence = _change(area, code)
    return WardFacts(
        code=code,
        name=str(row["ward_name"]),
        district=str(row["district"]),
        window=area.released.window.in_words(),
        last_quarter=area.released.window.last,
        flagged=bool(row["flagged"]),
        overlap=str(row["class"]),
        certainty=str(row["certainty"]),
        certainty_level=_level(str(row["certainty"])),
        referrals_band=_band(row["relative_risk_referrals"]),
        incidents_band=_band(row["relative_risk_incidents"]),
        change=change,
        change_sentence=sentence,
        years=tuple(
            _year(rows[code], words=year.window.in_words(), last=year.window.last)
            for year, rows in zip(area.years, area.rows, strict=False)
        ),
        neighbours=tuple(_neighbour(area.rows[-1][other]) for other in area.neighbours.get(code, ())),
    )


def _band(risk: object) -> str:
    """Give a risk in bands, also to those who may have it as a number."""
    return RELATIVE_RISK.say(np.array([risk]), missing="not known")[0] if isinstance(risk, float) else str(risk)


def _level(certainty: str) -> int:
    return PROBABILITY.names.index(certainty) if certainty in PROBABILITY.names else -1


def _change(area: AreaFacts, code: str) -> tuple[str | None, str]:
    if area.changes is None:
        return None, area.why_no_changes or ""
    at = list(area.rows[-1]).index(code)
    return str(area.changes.wards["change"].iloc[at]), str(area.changes.wards["sentence"].iloc[at])


def _year(row: Row, *, words: str, last: str) -> YearFacts:
    return YearFacts(
        words=words,
        last_quarter=last,
        overlap=str(row["class"]),
        certainty=str(row["certainty"]),
        referrals_band=_band(row["relative_risk_referrals"]),
        incidents_band=_band(row["relative_risk_incidents"]),
    )


def _neighbour(row: Row) -> Neighbour:
    return Neighbour(name=str(row["ward_name"]), district=str(row["district"]), overlap=str(row["class"]))
