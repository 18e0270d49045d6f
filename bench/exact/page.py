"""The comparison as a Markdown page."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from bench.exact.comparison import LARGEST_ALLOWED, MEAN_ALLOWED, Difference
from bench.exact.model import Form
from bench.exact.reference import (
    LARGEST_ERROR,
    LARGEST_R_HAT,
    LEAST_EFFECTIVE,
    MOST_DIVERGENT,
    STANDARD_DRAWS,
    Reference,
)


@dataclass(frozen=True)
class Row:
    """One data set, both ways."""

    name: str
    wards: int
    form: Form
    difference: Difference
    reference: Reference
    seconds: float
    """Processor time of `fit_overlap`."""

    @property
    def standard_ratio(self) -> float:
        """How many times as long the usual run of NUTS takes."""
        return self.reference.seconds(STANDARD_DRAWS) / self.seconds

    @property
    def alike_ratio(self) -> float:
        """How many times as long NUTS takes, at least, until it is as right."""
        return self.reference.seconds(self.difference.draws_alike) / self.seconds


_HEAD_RIGHT = (
    "| data set | wards | form | mean difference | by chance alone | largest difference | MC error there | asked | "
    "draws | largest MC error | largest R-hat | least effective draws | divergent | NUTS |\n" + "| --- " * 14 + "|"
)
_HEAD_SPEED = (
    "| data set | wards | form | fit_overlap, s | NUTS, usual run, s | ratio | NUTS until as right, s | ratio, at least | "
    "gradients a draw | compiling, s |\n" + "| --- " * 10 + "|"
)


def right(row: Row) -> str:
    """One line on how far apart they are."""
    apart, nuts = row.difference, row.reference
    cells = [
        *(f"{value:.4f}" for value in (apart.mean, apart.by_chance, apart.largest, apart.error_there)),
        "kept" if apart.within else "**missed**",
        f"{nuts.draws:,}",
        f"{nuts.error.max():.4f}",
        f"{nuts.r_hat:.3f}",
        f"{nuts.effective:,.0f}",
        str(nuts.divergences),
        "good" if nuts.good else "**not good enough**",
    ]
    return f"| {row.name} | {row.wards:,} | {row.form} | {' | '.join(cells)} |"


def speed(row: Row) -> str:
    """One line on what each takes."""
    nuts = row.reference
    usual, alike = nuts.seconds(STANDARD_DRAWS), nuts.seconds(row.difference.draws_alike)
    cells = [
        f"{row.seconds:.2f}",
        f"{usual:.0f}",
        f"{row.standard_ratio:.0f}",
        f"{alike:.0f}",
        f"{row.alike_ratio:.0f}",
        f"{nuts.steps:.0f}",
        f"{nuts.cost.compiling:.0f}",
    ]
    return f"| {row.name} | {row.wards:,} | {row.form} | {' | '.join(cells)} |"


def tables(rows: Iterable[Row]) -> str:
    """Both tables."""
    rows = list(rows)
    return "\n".join(
        [
            "## How far apart",
            "",
            _HEAD_RIGHT,
            *map(right, rows),
            "",
            "## What each takes",
            "",
            _HEAD_SPEED,
            *map(speed, rows),
        ]
    )


def page(rows: Iterable[Row], *, command: str, seed: int, reporting: str) -> str:
    """The whole page, with what it takes to make it again."""
    today = dt.datetime.now(tz=dt.UTC).date()
    return "\n\n".join(
        [
            "# The overlap model beside exact inference",
            f"Seed {seed}, {today:%d %B %Y}, reporting: {reporting}. Made by `{command}` "
            "(`requirements-bench.in`); data sets, model and sampler: `bench/exact/`.",
            "`fit_overlap` approximates; NUTS (NumPyro) draws from the same model, with no error but that of having so many "
            "draws. Before anything is drawn the command checks by numbers that it is the same model: field, likelihood and "
            "priors. Compared is the probability that both relative risks are above 1.5, ward by ward, of the product's model "
            "with space before it is averaged with the one without; seconds are of the whole product. Asked: a mean absolute "
            f"difference of at most {MEAN_ALLOWED} and a largest of at most {LARGEST_ALLOWED}. `By chance alone` is the mean "
            "difference that the draws' Monte Carlo (MC) error makes by itself: nothing smaller can be seen.",
            f"NUTS runs until every ward's MC standard error is below {LARGEST_ERROR}, split R-hat of every log risk, level and "
            f"hyperparameter below {LARGEST_R_HAT}, each is worth {LEAST_EFFECTIVE} independent draws or more, and at most "
            f"{MOST_DIVERGENT:.1%} of the draws are divergent; where it does not get there the last column says so. It comes in "
            "two forms of the same distribution, neither of which factorises a matrix (`bench/exact/model.py`): `neighbours` is "
            "the fastest found, `eigenbasis` the one that also samples well where risks are all but equal.",
            "Seconds are of the processor, one core, each way's own; `fit_overlap` the median of three. `Usual run`: 4 chains of "
            "1,000 draws, each after 1,000 of warm-up. `Until as right`: warm-up and as many draws as make NUTS's own root "
            "mean square error as large as the root mean square difference. As that difference holds NUTS's own error too, "
            "and no more draws are counted than were made, this is the least it can take. "
            "Compiling and the eigenvectors are left out of both.",
            tables(rows) + "\n",
        ]
    )
