"""What it costs to model from ranges of counts: python -m bench.disclosure_cost --maps 20 --write docs/disclosure-cost.md

The same maps are modelled from exact counts and from what audiences without exact values may know of them, under several
rules, side by side in one run. One window by itself: the ledger of overlapping windows makes some ranges wider still.
"""

import argparse
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.question import Question
from analysis.study import study_counted
from analysis.windows import Window
from bench.overlap.models import product
from bench.overlap.run import draw_maps
from bench.overlap.scoring import Score, score
from bench.overlap.verdicts import Verdict
from bench.overlap.worlds import Map, worlds
from data.settings import Disclosure
from disclosure.cells import counted_as_ranges
from disclosure.group_totals import shown_total
from disclosure.suppression import range_shown

RULES = {"7 or fewer, rounded to 5": Disclosure(), "4 or fewer, rounded to 5": Disclosure(suppress_up_to=4)}
HEAD = "| world | counts | found | false share, mean | false share, pooled | flags a map |\n" + "| --- " * 6 + "|"
NAMES = (
    "smooth, associated; a year",
    "smooth, associated; three years",
    "gentle, associated; a year",
    "unrelated; a year",
    "unrelated; three years",
    "clusters on both and on one",
    "single wards; a year",
    "equal risks; a year",
    "heavy-tailed, associated",
    "heavy-tailed, unrelated",
    "overdispersed reporting, associated",
    "overdispersed referrals only, unrelated",
)


def from_ranges(rule: Disclosure) -> Callable[[Map], Verdict]:
    """Ask the product what those without exact values get under a rule."""

    def ask(drawn: Map) -> Verdict:
        referrals, incidents = (range_shown(counts, rule=rule) for counts in drawn.counts.T)
        totals = [shown_total(counts, rule=rule) for counts in drawn.counts.T]
        people = np.column_stack([drawn.residents, drawn.residents])
        places = pd.DataFrame(
            {
                "ward_code": [str(ward) for ward in range(len(drawn.counts))],
                "people_referrals": drawn.residents,
                "people_incidents": drawn.residents,
            }
        )
        study = study_counted(
            places,
            counted=counted_as_ranges((referrals, incidents), totals=(totals[0], totals[1]), people=people, rule=rule),
            neighbours=drawn.area.graph,
            question=Question(),
            window=Window("2025/26 Q4", 4),
        )
        both = study.wards["probability_both"].to_numpy()
        return Verdict(score=both, flagged=study.wards["flagged"].to_numpy(dtype=bool))

    return ask


def line(world: str, counts: str, found: Score) -> str:
    """Write one row of the table."""
    numbers = [found.recall, found.false_share, found.pooled_false_share]
    said = [" – " if np.isnan(one) else f"{one:.2f}" for one in numbers]
    return f"| {world} | {counts} | {' | '.join(said)} | {found.flags:.1f} |"


def main() -> None:
    """Run, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--maps", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--world", default="", help="only worlds whose name holds this")
    parser.add_argument("--write", type=Path)
    asked = parser.parse_args()
    methods = {"exact": product, **{name: from_ranges(rule) for name, rule in RULES.items()}}
    rows = [HEAD]
    print(HEAD, flush=True)
    for world in (one for one in worlds() if one.name in NAMES and asked.world in one.name):
        drawn = draw_maps(world, maps=asked.maps, seed=asked.seed)
        for name, method in methods.items():
            found = score([one.truth for one in drawn], [method(one) for one in drawn])
            rows.append(line(world.name, name, found))
            print(rows[-1], flush=True)
    if asked.write:
        asked.write.write_text(_page(rows, maps=asked.maps, seed=asked.seed), encoding="utf-8")


def _page(rows: list[str], *, maps: int, seed: int) -> str:
    today = dt.datetime.now(tz=dt.UTC).date()
    return "\n\n".join(
        [
            "# What it costs to model from ranges of counts",
            f"{maps} made-up maps of each world, seed {seed}, {today:%d %B %Y}: `python -m bench.disclosure_cost --maps {maps} "
            f"--seed {seed}`. The analyst's flags come from exact counts, everyone else's from ranges "
            "([why](disclosure.md)). Found: share of the true overlaps that are flagged. The promise is a false share of 0.10. "
            "One window by itself: the ledger of overlapping windows makes some ranges wider still.",
            "\n".join(rows) + "\n",
        ]
    )


if __name__ == "__main__":
    main()
