"""The pictures of a briefing, made once for both documents."""

from dataclasses import dataclass

from briefing.certainty_figure import certainty_figure
from briefing.content import Briefing
from briefing.figure import Figure
from briefing.grading_figure import grading_figure
from briefing.map_figure import map_figure
from briefing.map_ground import MapGround
from briefing.trend_figure import trend_figure

__all__ = ["Figure", "Figures", "make_figures"]


@dataclass(frozen=True)
class Figures:
    """The pictures."""

    map: Figure
    certainty: Figure
    trend: Figure | None
    """`None` where no single year may be told."""
    grading: Figure | None
    """`None` where the officer gave none."""


def make_figures(briefing: Briefing, *, ground: MapGround) -> Figures:
    """Draw the pictures of a briefing on the `ground` of its area."""
    facts, words = briefing.facts, briefing.words
    graded = words.impact is not None and words.likelihood is not None
    return Figures(
        map=map_figure(ground, facts.code),
        certainty=certainty_figure(facts.certainty_level),
        trend=trend_figure(facts, incidents=briefing.incidents_in_words) if facts.years else None,
        grading=grading_figure(words.impact or 1, words.likelihood or 1) if graded else None,
    )
