"""Print the comparison:

XLA_FLAGS=--xla_cpu_multi_thread_eigen=false OMP_NUM_THREADS=1 python -m bench.exact --seed 1
"""

import argparse
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from analysis.overlap import fit_overlap
from bench.exact.agreement import check_agreement
from bench.exact.comparison import difference
from bench.exact.data_sets import DataSet, data_sets, many_wards
from bench.exact.model import PRODUCT, Form, Reporting
from bench.exact.page import Row, page, tables
from bench.exact.reference import reference
from bench.overlap.candidates import field_probability
from bench.overlap.verdicts import Floats
from bench.overlap.worlds import THRESHOLD, Map

_TIMES = 3


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.exact", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--reporting", type=Reporting, choices=list(Reporting), default=PRODUCT, help="of NUTS's model")
    parser.add_argument("--wards", type=Path, help="one more data set, on the wards of this file")
    parser.add_argument("--many", type=int, default=2000, help="wards of the large data set; 0 for none")
    parser.add_argument("--only", default="", help="only data sets whose name holds this")
    parser.add_argument("--write", type=Path, help="write the page to this Markdown file")
    return parser.parse_args()


def fitted(drawn: Map) -> tuple[Floats, float]:
    """(n,) probabilities by the product's model with space, and the median processor time of the whole product."""
    taken = []
    for _ in range(_TIMES):
        began = time.process_time()
        fit_overlap(
            referrals=drawn.counts[:, 0],
            incidents=drawn.counts[:, 1],
            expected_referrals=drawn.expected[:, 0],
            expected_incidents=drawn.expected[:, 1],
            neighbours=drawn.area.graph,
            threshold=THRESHOLD,
        )
        taken.append(time.process_time() - began)
    return field_probability(drawn), float(np.median(taken))


def compared(one: DataSet, *, form: Form, asked: argparse.Namespace) -> Row:
    """Ask both for one data set."""
    probability, seconds = fitted(one.drawn)
    nuts = reference(one.drawn, reporting=asked.reporting, form=form, seed=asked.seed)
    apart = difference(probability, drawn=nuts.probability, error=nuts.error, draws=nuts.draws)
    return Row(one.name, one.drawn.area.wards, form, difference=apart, reference=nuts, seconds=seconds)


def asked_for(asked: argparse.Namespace) -> Iterator[tuple[DataSet, Form]]:
    """Every data set in the form that samples it well, and the first in the other too."""
    sets = list(data_sets(seed=asked.seed, file=asked.wards))
    if asked.many:
        sets.append(many_wards(asked.many, seed=asked.seed))
    pairs = [(one, one.form) for one in sets] + [(sets[0], Form.EIGENBASIS)]
    return (pair for pair in pairs if asked.only in pair[0].name)


def command(asked: argparse.Namespace) -> str:
    """What makes the page again."""
    wards = f" --wards {asked.wards}" if asked.wards else ""
    return f"python -m bench.exact --seed {asked.seed} --reporting {asked.reporting} --many {asked.many}{wards}"


def main() -> None:
    """Check, run, print, write."""
    asked = arguments()
    # a prior evaluated outside its support is a mistake in the model, not a remark
    warnings.filterwarnings("error", message="Out-of-support")
    check_agreement()
    rows: list[Row] = []
    for one, form in asked_for(asked):
        rows.append(compared(one, form=form, asked=asked))
        where = rows[-1].difference
        print(f"\n{one.name}, {form}; furthest apart in ward {where.ward} (from 0)")
        print(", ".join(f"{name} {m:.2f} ± {s:.2f}" for name, (m, s) in rows[-1].reference.hyperparameters.items()))
        print(tables(rows[-1:]), flush=True)
    print("\n" + tables(rows))
    if asked.write:
        text = page(rows, command=command(asked), seed=asked.seed, reporting=asked.reporting)
        asked.write.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
