"""How time and memory of the overlap model grow with the number of wards, as a table and a picture. One core:

OMP_NUM_THREADS=1 python -m bench.overlap_growth [wards file ...] [--write docs/overlap-growth.png]
"""

import argparse
import multiprocessing as mp
import resource
import time
from dataclasses import dataclass
from pathlib import Path

import matplotlib as mpl
import numpy as np
import scipy.sparse as sp

from bench.overlap.areas import made_up_area
from bench.overlap_speed import counts_on, mapped
from tests.overlap_worlds import fit

mpl.use("Agg")
from matplotlib import pyplot as plt

SIZES = (176, 400, 1000, 2000, 4000, 8000, 15000, 30000)


@dataclass(frozen=True)
class Fit:
    """What one fit took, in a process of its own."""

    name: str
    wards: int
    seconds: float
    """Of the processor."""
    megabytes: float
    """Most memory that the process held."""


def one_fit(name: str, links: sp.csr_array) -> Fit:
    """Time one fit after a small one that loads everything."""
    small = made_up_area(30, rng=np.random.default_rng(0), islands=0.0).adjacency
    fit(*counts_on(small), small)
    counts, expected = counts_on(links)
    began = time.process_time()
    fit(counts, expected, links)
    taken = time.process_time() - began
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Fit(name=name, wards=links.shape[0], seconds=taken, megabytes=most)


def fits(files: list[Path]) -> list[Fit]:
    """Fit made-up areas of every size, and the wards of each file, printing each as it comes."""
    areas = [("made up", made_up_area(size, rng=np.random.default_rng(1), islands=0.0).adjacency) for size in SIZES]
    areas += [(file.stem, mapped(str(file))) for file in files]
    found = []
    for area in areas:
        with mp.get_context("spawn").Pool(1) as pool:
            found.append(pool.apply(one_fit, area))
        one = found[-1]
        print(f"{one.name}, {one.wards} wards: {one.seconds:.2f} s, {one.megabytes:.0f} MB", flush=True)
    return found


def growth(found: list[Fit]) -> float:
    """Power of the number of wards with which the seconds grow, by least squares on the logarithms."""
    made_up = [one for one in found if one.name == "made up"]
    slope, _ = np.polyfit(np.log([one.wards for one in made_up]), np.log([one.seconds for one in made_up]), 1)
    return float(slope)


def picture(found: list[Fit], file: Path) -> None:
    """Draw seconds over wards, both on logarithmic scales, with a straight line of linear growth."""
    figure, axes = plt.subplots(figsize=(7, 4.5), layout="constrained")
    for name in dict.fromkeys(one.name for one in found):
        points = [(one.wards, one.seconds) for one in found if one.name == name]
        axes.plot(*zip(*points, strict=True), "o-" if len(points) > 1 else "D", label=name)
    first = found[0]
    ends = np.array([first.wards, max(one.wards for one in found)])
    axes.plot(ends, first.seconds * ends / first.wards, "--", color="grey", label="linear growth")
    axes.set(xscale="log", yscale="log", xlabel="wards", ylabel="seconds of one core")
    axes.set_title("One fit of the overlap model")
    axes.grid(visible=True, which="both", alpha=0.3)
    axes.legend()
    figure.savefig(file, dpi=130)


def main() -> None:
    """Fit, print, draw."""
    parser = argparse.ArgumentParser(prog="python -m bench.overlap_growth", description=__doc__)
    parser.add_argument("files", type=Path, nargs="*", help="wards to fit as well")
    parser.add_argument("--write", type=Path, help="draw the picture to this file, .png")
    asked = parser.parse_args()
    found = fits(asked.files)
    print(f"seconds grow with the number of wards to the power of {growth(found):.2f}")
    if asked.write:
        picture(found, asked.write)


if __name__ == "__main__":
    main()
