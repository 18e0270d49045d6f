"""Print the benchmark's table: OMP_NUM_THREADS=1 python -m bench.overlap --maps 20 --seed 1"""

import argparse
import datetime as dt
import shlex
import sys
import time
from pathlib import Path

from bench.overlap.areas import Area, area_from_file
from bench.overlap.run import draw_maps, left_out, methods, scores_of
from bench.overlap.table import HEAD, Row, line, summary
from bench.overlap.worlds import World, worlds


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.overlap", description=__doc__)
    parser.add_argument("--maps", type=int, default=20, help="maps of each world")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--wards", type=Path, help="draw the worlds of 176 wards on the wards of this file instead")
    parser.add_argument("--world", default="", help="only worlds whose name holds this")
    parser.add_argument(
        "--method", action="append", choices=methods(), metavar="NAME", help="only this method; may be given again"
    )
    parser.add_argument("--write", type=Path, help="write the tables to this Markdown file")
    return parser.parse_args()


def run(asked: argparse.Namespace) -> list[Row]:
    """Score every method in every world, printing each row as it comes."""
    area = area_from_file(asked.wards) if asked.wards else None
    chosen = {name: method for name, method in methods().items() if not asked.method or name in asked.method}
    rows: list[Row] = []
    print(HEAD, flush=True)
    for world in worlds():
        if asked.world not in world.name:
            continue
        drawn = draw_maps(world, maps=asked.maps, seed=asked.seed, area=_area_for(world, area))
        for name, score in scores_of(world, drawn, asked=chosen):
            rows.append((world.name, name, score))
            print(line(*rows[-1]), flush=True)
    return rows


def _area_for(world: World, area: Area | None) -> Area | None:
    """The file's wards stand in for a made-up area of the usual size only."""
    return area if world.wards == World("", world.risks).wards and not world.islands else None


def page(rows: list[Row], asked: argparse.Namespace, *, minutes: float) -> str:
    """The whole page, with what it takes to make it again."""
    wards = f"on the {asked.wards.stem} wards where the world has 176" if asked.wards else "on made-up wards"
    today = dt.datetime.now(tz=dt.UTC).date()
    return "\n\n".join(
        [
            "# The overlap model beside its rivals",
            f"{asked.maps} maps of each world {wards}, seed {asked.seed}, {today:%d %B %Y}, {minutes:.0f} minutes. "
            f"Made by `{_command()}` (`requirements-bench.in`); worlds and methods: `bench/overlap/`.",
            "A true overlap has both true relative risks above 1.5. The promise: at most 10 % of the flags false in the mean "
            "over maps (a map without flags counts as 0), and at most 12 % of all maps' flags together. ± is the standard "
            "error of the mean. Where no ward of a world is a true overlap there is nothing to find or to rank (–), and the "
            "mean is the share of maps with any flag. "
            "Kept or broken is said of these maps as they fell: where a method flags less than one ward a map, the pooled "
            "share rests on a handful of flags, and even the model with the true hyperparameters can miss it by chance.",
            summary(rows),
            "## World by world",
            "\n".join([HEAD, *(line(*row) for row in rows)]) + "\n",
        ]
    )


def _command() -> str:
    return shlex.join(["OMP_NUM_THREADS=1", "python", "-m", "bench.overlap", *sys.argv[1:]])


def main() -> None:
    """Run, print, write."""
    asked = arguments()
    for name in left_out():
        print(f"Left out, its package is not installed (requirements-bench.in): {name}", flush=True)
    began = time.perf_counter()
    rows = run(asked)
    print("\n" + summary(rows))
    if asked.write:
        asked.write.write_text(page(rows, asked, minutes=(time.perf_counter() - began) / 60), encoding="utf-8")


if __name__ == "__main__":
    main()
