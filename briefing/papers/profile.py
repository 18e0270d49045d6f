"""The refresh of the Counter Terrorism Local Profile: yearly and quarterly tables and maps for its authors.

The profile is made every year and refreshed every quarter. Each audience gets what it may have: exact counts by quarter and
category stand in the analyst's version alone.
"""

from collections.abc import Callable
from datetime import date

from briefing.area_facts import AreaFacts
from briefing.papers.paper import Block, Paper, Paragraph, Part
from briefing.papers.period_words import short_period
from briefing.papers.profile_change import change_blocks
from briefing.papers.profile_facts import ProfileFacts, gather_profile
from briefing.papers.profile_maps import map_blocks
from briefing.papers.profile_notes import break_blocks, limit_blocks, method_blocks, quality_blocks
from briefing.papers.profile_quarters import quarter_blocks
from briefing.papers.profile_summary import summary_box, use_table
from briefing.papers.profile_wards import ward_blocks
from briefing.papers.profile_years import year_blocks
from data.in_words import say_day
from disclosure.views import SnapshotView

KIND = "profile-refresh"


def write_profile_refresh(
    area: AreaFacts, view: SnapshotView, *, made_on: date, progress: Callable[[str], None] = lambda _: None
) -> Paper:
    """Write the refresh of the local profile.

    Parameters
    ----------
    area : AreaFacts
        `gather_area(view, question=...)`.
    view : SnapshotView
        As the analyst, an inspector or the steering group may have it.
    made_on
        The day that stands on it.
    progress
        Called with what is about to be done.

    Returns
    -------
    Paper
        The same for the same snapshot, settings, question and day.

    Raises
    ------
    UsageError
        If the audience is another one, or the facts are not those of this view.
    """
    facts = gather_profile(area, view, progress=progress)
    progress("Writing the profile's refresh")
    return profile_paper(facts, made_on=made_on)


def profile_paper(facts: ProfileFacts, *, made_on: date) -> Paper:
    """Write the refresh from facts that were gathered before."""
    area = facts.area
    window = area.released.window
    return Paper(
        kind=KIND,
        title=f"Local profile: refresh to {short_period(window).partition(' to ')[2]}",
        place=area.partnership if facts.districts is None else f"{area.partnership}: {', '.join(facts.districts)}",
        period=f"Figures for {window.in_words()}, and the years before",
        marking=area.marking,
        made_on=made_on,
        parts=(
            Part("Summary", [summary_box(facts), use_table(facts)]),
            Part("What changed", change_blocks(facts)),
            Part("Year by year: counts", year_blocks(facts)),
            Part("Year by year: wards by class", ward_blocks(facts)),
            Part("Maps", map_blocks(facts)),
            Part("Quarter by quarter", quarter_blocks(facts)),
            Part("Known breaks in the series", break_blocks(facts)),
            Part("How this was worked out", method_blocks(facts)),
            Part("Data quality", quality_blocks(facts)),
            Part("What to bear in mind", limit_blocks(facts)),
            *_references(facts),
        ),
        provenance=f"{area.provenance} For the {area.audience} audience.",
        about=(
            ("For", "the authors of the Counter Terrorism Local Profile"),
            ("May be read by", f"{area.audience}, and whoever may have as much"),
            ("Counts", "exact, as small as one" if facts.exact else "rounded; small ones not given"),
            ("Made on", say_day(made_on)),
        ),
    )


def _references(facts: ProfileFacts) -> tuple[Part, ...]:
    if not facts.references:
        return ()
    blocks: list[Block] = [Paragraph(facts.references)]
    return (Part("Data protection and equality", blocks),)
