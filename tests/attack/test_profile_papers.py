"""Two truths of which the same is shown give the same profile and the same scrutiny paper, to the last byte, whoever asks."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import mkdtemp

import pytest
import shapely

from briefing.area_facts import gather_area
from briefing.figure import Figure
from briefing.papers import profile_maps, scrutiny_map
from briefing.papers.paper import Paper
from briefing.papers.profile import write_profile_refresh
from briefing.papers.scrutiny import write_scrutiny_paper
from data.errors import WardOverlapError
from disclosure.audiences import Audience
from disclosure.permitted import default_question
from disclosure.views import SnapshotView
from tests.attack.everything import counts_shown
from tests.attack.publishing import open_views, telltale_model
from tests.attack.worlds import World
from tests.profile_samples import two_halves

READERS = (Audience.INSPECTOR, Audience.STEERING, Audience.PUBLIC)
"""Of these papers, without exact values."""
DAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A model and maps that are quick, and of which every number follows from all that they are given: nothing can hide there."""
    for module in (profile_maps, scrutiny_map):
        monkeypatch.setattr(module, "area_map_figure", _map_of)
    with telltale_model():
        yield


def _map_of(outlines: dict[str, object], *, alt: str, **given: object) -> Figure:
    said = [*((code, shapely.to_wkt(shape)) for code, shape in outlines.items()), *sorted(given.items())]
    return Figure(svg=repr(said).encode(), png=b"", alt=alt, width_mm=1, height_mm=1)


def papers(world: World, folder: Path) -> dict[str, str]:
    """What each audience without exact values gets, or is told in its place."""
    views = open_views(world, Path(mkdtemp(dir=folder)), audiences=READERS, mark="the same")
    return {f"{view.audience}": _paper(view) for view in views}


def _paper(view: SnapshotView) -> str:
    try:
        return repr(_write(view))
    except WardOverlapError as error:
        return f"refused: {error}"


def _write(view: SnapshotView) -> Paper:
    asked = view.settings.analysis
    if view.audience is Audience.PUBLIC:
        return write_scrutiny_paper(view, question=default_question(asked, quarters=12), made_on=DAY)
    return write_profile_refresh(gather_area(view, question=default_question(asked)), view, made_on=DAY)


def shown(world: World, folder: Path) -> dict[str, str]:
    """Every count of a ward, every total and the account of rows that those without exact values are shown."""
    (view,) = open_views(world, Path(mkdtemp(dir=folder)), audiences=(Audience.INSPECTOR,), mark="the same")
    return counts_shown(view)


def test_truths_that_are_shown_alike_give_the_same_papers(tmp_path):
    """An event of one ward is another's, and one of these another quarter's: the totals of areas stay what they are."""
    world = two_halves()
    truth = world.truth.copy()
    truth[0, :2, :2] += [[1, -1], [-1, 1]]
    other = world.with_truth(truth)
    assert truth.min() >= 0
    assert shown(world, tmp_path) == shown(other, tmp_path)
    told = papers(world, tmp_path)
    assert papers(other, tmp_path) == told
    assert not [audience for audience, text in told.items() if text.startswith("refused")]


def test_truths_that_are_shown_otherwise_do_not(tmp_path):
    told, other = (papers(two_halves(high_first=one), tmp_path) for one in (True, False))
    assert [audience for audience in told if told[audience] == other[audience]] == []
