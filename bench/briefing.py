"""What papers cost: one briefing, and a pack of all wards, beside the usual way: python -m bench.briefing --wards 180

Given the facts of the area: no model is fitted here. The usual way draws the map with geopandas and pyplot, draws every picture
anew but trends, which are kept as ours are, and starts a compiler that reads its fonts for each document. Both ways run one after
the other, each in a process of its own; seconds are CPU seconds, memory is what the process holds.
"""

import argparse
import io
import multiprocessing
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

import geopandas as gpd
import typst

from briefing.area_facts import AreaFacts, gather_area
from briefing.certainty_figure import certainty_figure
from briefing.content import Briefing, write_briefing
from briefing.figure import Figure
from briefing.figures import Figures, make_figures
from briefing.grading_figure import grading_figure
from briefing.map_ground import map_ground
from briefing.paper_content import paper_content
from briefing.pdf import TEMPLATE, TEXT_SIZES, inputs_of, make_pdf
from briefing.printable import font_folder
from briefing.trend_figure import trend_figure
from briefing.word import make_word
from data.demo.files import demo_settings
from data.snapshots import SnapshotStore
from disclosure.audiences import Audience
from disclosure.palette import style_of_class
from disclosure.permitted import default_question
from disclosure.views import open_view
from ingest.demonstration import ensure_demonstration
from tests.papers import ISSUE, WORDS

EVERY = 20
"""Wards between two looks at the memory."""
Way = Callable[[AreaFacts, list[str]], Callable[[str], tuple[bytes, bytes]]]


def ours(area: AreaFacts, _: list[str]) -> Callable[[str], tuple[bytes, bytes]]:
    """As the program makes them: one ground for all maps, one compiler."""
    ground = map_ground(area)

    def make(code: str) -> tuple[bytes, bytes]:
        briefing = write_briefing(area, code, words=WORDS, issue=ISSUE)
        figures = make_figures(briefing, ground=ground)
        pdf = make_pdf(briefing, figures)
        return pdf.content, make_word(briefing, figures, text_size=pdf.text_size, own_page=pdf.own_page)

    return make


def usual(area: AreaFacts, _: list[str]) -> Callable[[str], tuple[bytes, bytes]]:
    """As one would first write it: pyplot and geopandas, nothing kept from one ward to the next."""

    def make(code: str) -> tuple[bytes, bytes]:
        briefing = write_briefing(area, code, words=WORDS, issue=ISSUE)
        facts = briefing.facts
        figures = Figures(
            map=_plotted(area, code),
            certainty=certainty_figure.__wrapped__(facts.certainty_level),
            trend=trend_figure(facts, incidents=briefing.incidents_in_words),
            grading=grading_figure.__wrapped__(3, 2),
        )
        return _compiled(briefing, figures), make_word(briefing, figures)

    return make


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
    """Make a pack; send CPU seconds of the first, of all, and the memory on the way."""
    make, began = way(area, codes), time.process_time()
    seconds, held = [], [_held()]
    for number, code in enumerate(codes, start=1):
        make(code)
        seconds.append(time.process_time() - began)
        if number % EVERY == 0 or number == len(codes):
            held.append(_held())
    pipe.send((seconds, held))


def _held() -> float:
    """Mebibytes that this process holds now (Linux)."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4096 / 2**20


def main() -> None:
    """Measure both ways and print them as a table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--store", type=Path, default=Path("var/bench-briefing"))
    options.add_argument("--wards", type=int, default=180)
    chosen = options.parse_args()
    area = _area(chosen.store)
    codes = [code for code, row in area.rows[-1].items() if row["certainty"]][: chosen.wards]
    print(f"{len(codes)} briefings, PDF and Word each\n")
    print(
        "| way | the first, s | a later one, s | all, s | memory at the start, MiB | after 20 | half-way | at the end |"
    )
    print("| --- " * 8 + "|")
    for name, way in (("ours", ours), ("the usual way", usual)):
        seconds, held = _in_a_process(way, area, codes)
        later = (seconds[-1] - seconds[0]) / max(len(seconds) - 1, 1)
        memory = " | ".join(f"{one:.0f}" for one in (held[0], held[1], held[len(held) // 2], held[-1]))
        print(f"| {name} | {seconds[0]:.2f} | {later:.2f} | {seconds[-1]:.1f} | {memory} |", flush=True)


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


if __name__ == "__main__":
    main()
