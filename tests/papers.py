"""Briefings made by hand for the tests of papers: the usual, the shortest, the longest, one with texts that look like code."""

from dataclasses import replace
from datetime import date
from functools import cache

import geopandas as gpd
import shapely

from briefing.area_facts import AreaFacts
from briefing.content import Briefing, Issue, write_briefing
from briefing.figures import Figures, make_figures
from briefing.map_ground import map_ground
from briefing.officers_words import Action, OfficersWords
from tests.briefings import FLAGGED, make_area

NASTY = '#eval("x") $x$ <b> & "quote" {{ 7*7 }} {% x %}'
TODAY = date(2026, 11, 22)
ISSUE = Issue(
    made_on=TODAY,
    number="WO-2026-014",
    for_whom="Cllr B. Sample",
    expires=date(2027, 5, 22),
    author="Insp. A. Example",
    checker="Sgt C. Check",
    approver="Supt D. Approve",
)
WORDS = OfficersWords(
    context="A market was closed.",
    impact=3,
    likelihood=2,
    grading_reason="Short so far.",
    ask="Please come to the forum.",
    actions=(Action(what="Visit the schools", owner="Education officer", due=date(2026, 12, 18)),),
    contact="prevent@council.example",
    author="Insp. A. Example",
    references="DPIA 1",
)


def prose(letters: int) -> str:
    """Text of that length in words of ordinary length."""
    return (
        ("The wholesale neighbourhood management arrangements considered " * 20)[: letters - 1]
        .rstrip()
        .ljust(letters, ".")
    )


LONGEST = OfficersWords(
    context=prose(700),
    impact=4,
    likelihood=4,
    grading_reason=prose(240),
    ask=prose(200),
    actions=tuple(Action(what=prose(140), owner=prose(60), due=date(2026, 9, 30)) for _ in range(4)),
    contact=prose(120),
    author=prose(80),
    references=prose(160),
)
LONG_ISSUE = replace(
    ISSUE, number="DRAFT", for_whom=prose(90), author=prose(70), checker=prose(70), supersedes="WO-2026-0131"
)


def papers_of(
    area: AreaFacts, code: str = FLAGGED, *, words: OfficersWords = WORDS, issue: Issue = ISSUE
) -> tuple[Briefing, Figures]:
    """A briefing and its pictures."""
    briefing = write_briefing(area, code, words=words, issue=issue)
    return briefing, make_figures(briefing, ground=map_ground(area))


@cache
def usual_papers() -> tuple[Briefing, Figures]:
    """A briefing as most are, made once."""
    return papers_of(make_area())


@cache
def nasty_papers() -> tuple[Briefing, Figures]:
    """Names and words that mean something to Typst, mathtext, XML and Jinja."""
    words = replace_words(
        WORDS, context=NASTY, grading_reason=NASTY, ask=NASTY, contact=NASTY, author=NASTY, references=NASTY
    )
    return papers_of(
        make_area(names=(NASTY, f"2 {NASTY}", "St Anne's", "Weir")), words=words, issue=replace(ISSUE, for_whom=NASTY)
    )


def replace_words(words: OfficersWords, **texts: str) -> OfficersWords:
    """The same words with some texts changed."""
    return words.model_copy(update=texts)


@cache
def longest_papers() -> tuple[Briefing, Figures]:
    """Everything as long as it may be: texts, names, twelve neighbours that are high on both, five years, a draft."""
    briefing, figures = papers_of(crowded_area(), "X05900000", words=LONGEST, issue=LONG_ISSUE)
    return briefing, figures


def crowded_area(*, neighbours: int = 12) -> AreaFacts:
    """A ward in the middle of others, all with names of a hundred characters, each touching it."""
    few = make_area(years=5, invented=("wards",), cautions=(prose(150),))
    row = few.released.wards.iloc[[0]]
    wards = row.loc[row.index.repeat(neighbours + 1)].reset_index(drop=True)
    wards["ward_code"] = [f"X0590{number:04d}" for number in range(neighbours + 1)]
    wards["ward_name"] = [f"{number} {prose(97)}"[:100] for number in range(neighbours + 1)]
    released = replace(few.released, wards=wards)
    years = tuple(replace(released, window=year.window) for year in few.years)
    changes = few.changes and replace(
        few.changes,
        wards=few.changes.wards.iloc[[0] * (neighbours + 1)].assign(ward_code=wards["ward_code"].to_numpy()),
    )
    outlines = gpd.GeoDataFrame(
        wards[["ward_code", "ward_name", "district"]], geometry=_around(neighbours), crs="EPSG:27700"
    )
    return replace(few, released=released, years=years, changes=changes, outlines=outlines)


def _around(n: int) -> list[shapely.Geometry]:
    """A disc of 2 km, and a ring around it in pieces."""
    middle = shapely.Point(450_000, 300_000)
    disc = middle.buffer(2_000, quad_segs=3 * n)
    ring = middle.buffer(6_000, quad_segs=3 * n).difference(disc)
    points = shapely.get_coordinates(middle.buffer(20_000, quad_segs=3 * n))[:-1]
    corners = points[:: len(points) // n][:n]
    pieces = [
        ring.intersection(
            shapely.Polygon([middle.coords[0], tuple(one), tuple((one + other) * 1.0 - middle.coords[0]), tuple(other)])
        )
        for one, other in zip(corners, [*corners[1:], corners[0]], strict=True)
    ]
    return [disc, *pieces]
