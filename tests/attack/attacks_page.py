"""Write docs/attacks.md: `python -m tests.attack.attacks_page` runs every attack; `--long` runs the longer forms."""

import argparse
import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from tests.attack.everyone import ATTACKS
from tests.attack.registry import Result

PAGE = Path(__file__).resolve().parents[2] / "docs" / "attacks.md"
_ROW = re.compile(
    r"^\| (?P<name>[^|]+?)(?: \(own\))? \| .* \| (?P<cases>[\d,]+) [^|]*\| (?P<losses>\d+) \|$", re.MULTILINE
)


def page(results: dict[str, Result], *, on: str) -> str:
    """Give the page from what the attacks came to, by key."""
    rows = [
        f"| {one.name}{' (own)' if one.own else ''} | {one.holds} | {one.first} | "
        f"{results[key].cases:,} {results[key].what} | {len(results[key].losses)} |"
        for key, one in ATTACKS.items()
    ]
    return _PAGE.format(
        attacks=len(ATTACKS),
        own=sum(one.own for one in ATTACKS.values()),
        small=f"{sum(one.cases for one in results.values() if one.what == 'small counts'):,}",
        other=f"{sum(one.cases for one in results.values() if one.what != 'small counts'):,}",
        losses=sum(len(one.losses) for one in results.values()) or "none",
        on=on,
        rows="\n".join(rows),
    )


def rows_of(text: str) -> dict[str, tuple[int, int]]:
    """Read cases and losses from the page, by name of attack."""
    found = _ROW.finditer(text)
    return {one["name"]: (int(one["cases"].replace(",", "")), int(one["losses"])) for one in found}


def main() -> None:
    """Run all and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--long", action="store_true")
    longer = parser.parse_args().long
    results = {}
    for key, one in ATTACKS.items():
        with tempfile.TemporaryDirectory() as folder:
            results[key] = one.run(Path(folder), longer)
    PAGE.write_text(page(results, on=f"{datetime.now(UTC):%-d %B %Y}"), encoding="utf-8")


_PAGE = """# Attacks on what is released

Written by `python -m tests.attack.attacks_page`, which runs every attack, on {on}. `make test` runs them all again.

**For a data protection officer.** An attacker who holds all that an audience without exact values can obtain, who knows the
program, the rule and the population, tried to work out counts of 7 or fewer: {attacks} attacks, {own} of them of our own
invention, {small} small counts attacked and {other} other cases. Counts that were left fewer than the 8 possible values
that the rule promises, or outputs that told two truths apart: {losses}. A count is attacked with an integer programme
(`tests/attack/solving.py`) over every window of whatever length; it is shown to win where it should in cases made by
hand (`tests/attack/test_the_attacker.py`). The made-up partnerships are small, of 5 to 12 wards and 5 to 13 quarters, since a
small one is hardest to hide. "Found first" says what the same attack found before the release was changed because of it.

**Papers and screens.** Apart from the attacks below, two truths that are shown alike give the same briefings, packs, profiles and
scrutiny papers to the last byte
(`tests/attack/test_papers.py`, `test_profile_papers.py`), the same from the command line, with the
same entries in the audit
(`test_paper_verbs.py`), and the same screens element by element (`tests/screen/test_two_truths.py`); and
no part of a document, opened up, holds a number that could be a count (`test_reading_documents.py`).

**Not attacked.** What a reader knows besides, such as who made a referral. The folder `.told` lost together with the
snapshots, or the same data kept in two stores: then it loses (28 of 300 small counts, down to 6 values, where `.told` was
deleted). Times: how
long a run or a screen takes. The bands of areas over three years, beyond that two truths shown alike give the same. Snapshots
read by two rules of different thresholds. The record of what people do (`audit`), and the analyst, who has the counts.
Corrected records are attacked less than to the end: the attacker is given what is true of the correction, and does not use
what was told of the record as it was. Real data were not attacked. The account of rows, rounded, says how many rows a file
had, which depends on how its events fall into categories.

| attack | what the attacker holds | found first | cases now | losses now |
| --- | --- | --- | --- | --- |
{rows}
"""

if __name__ == "__main__":
    main()
