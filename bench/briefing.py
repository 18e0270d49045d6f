"""What papers cost: one briefing, and a pack of all wards, beside the usual way: python -m bench.briefing --wards 180

Given the facts of the area: no model is fitted here. Ours is the pack as the program makes it, on disk. With more wards than the
demonstration area has, several of it lie side by side. The usual way draws the map with geopandas and pyplot, draws every picture
anew but trends, which are kept as ours are, and starts a compiler that reads its fonts for each document. Both ways run one after
the other, each in a process of its own; seconds are CPU seconds, memory is what the process holds.

`--level 1.1` ends with an error if ours holds more at the end than 1.1 times what it held after 20 wards.
"""

import argparse
import io
import math
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

import geopandas as gpd
import pandas as pd
import typst

from briefing.area_facts import AreaFacts, gather_area
from briefing.certainty_figure import certainty_figure
from briefing.content import Briefing, Issue, write_briefing
from briefing.figure import Figure
from briefing.figures import Figures
from briefing.officers_words import OfficersWords
from briefing.paper_content import paper_content
from briefing.papers.briefings_pack import write_briefings
from briefing.pdf import TEMPLATE, TEXT_SIZES, inputs_of
from briefing.printable import font_folder
from briefing.trend_figure import trend_figure
from briefing.word import make_word
from data.demo.files import demo_settings
from data.snapshots import SnapshotStore
from disclosure.audiences import Audience
from disclosure.gate import Released
from disclosure.palette import style_of_class
from disclosure.permitted import default_question
from disclosure.views import open_view
from ingest.demonstration import ensure_demonstration
from tests.papers import TODAY
from tests.register_samples import register_in

EVERY = 20
"""Wards between two looks at the memory."""
Tell = Callable[[int], None]
"""Called with how many briefings are made."""
Way = Callable[[AreaFacts, list[str], Tell], None]


def ours(area: AreaFacts, codes: list[str], tell: Tell) -> None:
    """As the program makes a pack."""
    rules = demo_settings().briefing
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as file:
        register = register_in(Path(folder))
        write_briefings(
            file,
            area,
            codes,
            register=register,
            rules=rules,
            made_on=TODAY,
            progress=lambda _, done, __: tell(done),
        )


def usual(area: AreaFacts, codes: list[str], tell: Tell) -> None:
    """As one would first write it: pyplot and geopandas, nothing kept from one ward to the next."""
    words = OfficersWords().with_defaults(demo_settings().briefing)
    for number, code in enumerate(codes, start=1):
        briefing = write_briefing(area, code, words=words, issue=Issue(made_on=TODAY))
        facts = briefing.facts
        figures = Figures(
            map=_plotted(area, code),
            certainty=certainty_figure.__wrapped__(facts.certainty_level),
            trend=trend_figure(facts, incidents=briefing.incidents_in_words),
            grading=None,
        )
        _compiled(briefing, figures)
        make_word(briefing, figures)
        tell(number)


def _plotted(area: AreaFacts, code: str) -> Figure:
    from matplotlib import pyplot as plt

    wards = area.outlines.assign(fill=[style_of_class(row["class"], dark=False).fill for row in area.rows[-1].values()])
    one = wards[wards["ward_code"] == code]
    near = wards[wards.touches(one.geometry.iloc[0])]
    figure, (axes, locator) = plt.subplots(1, 2, figsize=(7, 2.7), width_ratios=(3, 1))
    wards.plot(ax=axes, color=wards["fill"], edgecolor="#808890")
    one.plot(ax=axes, color="none", edgecolor="black", linewidth=2)
    wards.plot(ax=locator, color="#d5d9de")
    one.plot(ax=locator, color="black")
    west, south, east, north = gpd.GeoSeries([*near.geometry, *one.geometry]).total_bounds
    axes.set(xlim=(west, east), ylim=(south, north))
    for name, place in zip(near["ward_name"], near.representative_point(), strict=True):
        axes.annotate(name.replace("$", ""), (place.x, place.y), clip_on=True)
    files = {kind: io.BytesIO() for kind in ("svg", "png")}
    for kind, file in files.items():
        figure.savefig(file, format=kind, dpi=200)
    plt.close(figure)
    return Figure(files["svg"].getvalue(), files["png"].getvalue(), "Map.", 178, 68)


def _compiled(briefing: Briefing, figures: Figures) -> bytes:
    inputs = inputs_of(paper_content(briefing), figures, day=briefing.issue.made_on)
    made = typst.compile(
        str(TEMPLATE),
        font_paths=[str(font_folder())],
        ignore_system_fonts=True,
        sys_inputs={**inputs, "size": f"{TEXT_SIZES[0]}", "layout": "flowing"},
        pdf_standards=["ua-1", "a-2a"],
    )
    assert isinstance(made, bytes)
    return made


def measure(way: Way, area: AreaFacts, codes: list[str], pipe: Connection) -> None:
    """Make a pack; send CPU seconds after each briefing, and the memory at the start and on the way."""
    began = time.process_time()
    seconds, held = [], [_held()]

    def tell(done: int) -> None:
        if done == 0:
            return
        seconds.append(time.process_time() - began)
        if done % EVERY == 0 or done == len(codes):
            held.append(_held())

    way(area, codes, tell)
    pipe.send((seconds, held))


def _held() -> float:
    """Mebibytes that this process holds now (Linux)."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4096 / 2**20


def main() -> None:
    """Measure both ways and print them as a table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--store", type=Path, default=Path("var/bench-briefing"))
    options.add_argument("--wards", type=int, default=180)
    options.add_argument("--ours-only", action="store_true")
    options.add_argument("--level", type=float, default=math.inf)
    chosen = options.parse_args()
    area = _side_by_side(_area(chosen.store), wards=chosen.wards)
    codes = [code for code, row in area.rows[-1].items() if row["certainty"]][: chosen.wards]
    print(f"{len(codes)} briefings, PDF and Word each\n")
    print(
        "| way | the first, s | a later one, s | all, s | memory at the start, MiB | after 20 | half-way | at the end |"
    )
    print("| --- " * 8 + "|")
    ratio = _show("ours", ours, area, codes)
    if not chosen.ours_only:
        _show("the usual way", usual, area, codes)
    if ratio > chosen.level:
        sys.exit(f"The memory is not level: {ratio:.2f} times what it was after {EVERY} wards.")


def _show(name: str, way: Way, area: AreaFacts, codes: list[str]) -> float:
    """Print one way; give how much it held at the end, as a ratio to what it held after 20 wards."""
    seconds, held = _in_a_process(way, area, codes)
    later = (seconds[-1] - seconds[0]) / max(len(seconds) - 1, 1)
    memory = " | ".join(f"{one:.0f}" for one in (held[0], held[1], held[len(held) // 2], held[-1]))
    print(f"| {name} | {seconds[0]:.2f} | {later:.2f} | {seconds[-1]:.1f} | {memory} |", flush=True)
    return held[-1] / held[1]


def _in_a_process(way: Way, area: AreaFacts, codes: list[str]) -> tuple[list[float], list[float]]:
    here, there = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.get_context("spawn").Process(target=measure, args=(way, area, codes, there))
    child.start()
    # Ours alone holds the other end now: should the child end without a word, this does not wait for ever.
    there.close()
    found: tuple[list[float], list[float]] = here.recv()
    child.join()
    return found


def _area(folder: Path) -> AreaFacts:
    store = SnapshotStore(folder)
    snapshot, settings = ensure_demonstration(store), demo_settings()
    view = open_view(store, snapshot, settings=settings, audience=Audience.COUNCILLOR)
    return gather_area(view, question=default_question(settings.analysis))


def _side_by_side(area: AreaFacts, *, wards: int) -> AreaFacts:
    """Put as many copies of an area beside each other as it takes for so many wards, each with codes and names of its own."""
    copies = math.ceil(wards / len(area.released.wards))
    if copies < 2:
        return area
    west, _, east, _ = area.outlines.total_bounds
    outlines = [area.outlines.translate(1.05 * copy * (east - west)) for copy in range(copies)]
    places = _copied(pd.DataFrame(area.outlines.drop(columns="geometry")), copies)
    return replace(
        area,
        released=_more(area.released, copies),
        years=tuple(_more(year, copies) for year in area.years),
        changes=area.changes and replace(area.changes, wards=_copied(area.changes.wards, copies)),
        outlines=gpd.GeoDataFrame(places, geometry=pd.concat(outlines, ignore_index=True), crs=area.outlines.crs),
    )


def _more(released: Released, copies: int) -> Released:
    return replace(released, wards=_copied(released.wards, copies))


def _copied(wards: pd.DataFrame, copies: int) -> pd.DataFrame:
    named = [one for one in ("ward_code", "ward_name", "district") if one in wards.columns]
    copied = [
        wards.assign(**{name: wards[name] + (f" {copy}" if copy else "") for name in named}) for copy in range(copies)
    ]
    return pd.concat(copied, ignore_index=True)


if __name__ == "__main__":
    main()
