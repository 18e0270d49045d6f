"""Invented provision for real wards: in some of those where both risks are raised and in some others, over by now in a few."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from data.demo.referrals import INVENTED
from data.errors import UsageError
from data.provision_people import SEVERAL
from data.provision_settings import Provision, plain_kind
from data.quarters import parse_quarter

_WARDS_A_THING, _LEAST = 6, 5
"""One thing for so many wards, and how many there are at least."""
_OVER, _WITHOUT_END = 0.2, 0.3
"""Shares of what ended before the last day, and of what has no end."""
_FOR_WHOM = ("residents", "young people", "ages 11 to 16", "teachers", "families")


def provision_file(last_quarter: str) -> str:
    """Name the file by the last day, as the program takes a file's date from its name."""
    return f"provision-{_last_day(last_quarter):%Y-%m-%d}.csv"


def invent_provision(
    codes: Sequence[str], raised: Sequence[str], *, last_quarter: str, settings: Provision, rng: np.random.Generator
) -> pd.DataFrame:
    """Invent what is provided, a row for each thing, under the headings of the settings, and `provenance`.

    Parameters
    ----------
    codes
        Of all wards.
    raised
        Of those in which both risks are raised: every second of them has something.

    Raises
    ------
    UsageError
        If the settings name no column for the ward.
    """
    if not settings.ward_code:
        raise UsageError(
            "[provision]: to invent what is provided, the settings have to name ward_code. Add it for the trial."
        )
    n = max(len(codes) // _WARDS_A_THING, _LEAST)
    served = [*raised[::2], *rng.permutation(list(codes))][:n]
    bare = {plain_kind(kind) for kind in settings.without_names}
    rows = []
    for place, first in enumerate(served):
        kind = settings.kinds[place % len(settings.kinds)]
        wards = sorted({str(first), *map(str, rng.choice(list(codes), rng.integers(0, 2)))})
        start, end = _period(_last_day(last_quarter), rng)
        rows.append(
            {
                "name": "" if plain_kind(kind) in bare else f"Invented {kind} {place + 1}",
                "kind": kind,
                "ward_code": f"{SEVERAL} ".join(wards),
                "start": start,
                "end": end,
                "number": str(rng.integers(1, 6)),
                "cost": str(rng.integers(2, 40) * 500),
                "funder": "Invented fund",
                "for_whom": _FOR_WHOM[place % len(_FOR_WHOM)],
            }
        )
    table = pd.DataFrame(rows)
    named = {key: heading for key in table if (heading := getattr(settings, str(key)))}
    return table[[*named]].rename(columns=named).assign(provenance=INVENTED)


def _period(last: pd.Timestamp, rng: np.random.Generator) -> tuple[str, str]:
    """First month and last; no last month for some, and one that is over for others."""
    drawn, runs = rng.random(), int(rng.integers(6, 30))
    start = last - pd.DateOffset(months=int(rng.integers(1, 6)) + (runs if drawn < _OVER else 0))
    end = "" if drawn > 1 - _WITHOUT_END else f"{start + pd.DateOffset(months=runs):%Y-%m}"
    return f"{start:%Y-%m}", end


def _last_day(quarter: str) -> pd.Timestamp:
    return parse_quarter(quarter).end_time.normalize()
