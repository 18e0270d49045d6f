"""Wards of Leicester, Leicestershire and Rutland of 2019 as those of 2023: how wide drawing is, how near estimates come.

`python -m bench.vintages ../shared/data/llr --picture docs/vintages.png`, where the real files (wards of both years and
both populations) are present. Prints the figures behind `docs/vintages.md` and draws its picture.
"""

import argparse
import sys
from pathlib import Path

import geopandas as gpd
import pandas as pd

from data.readers import read_wards
from data.settings import Wards
from geo.vintage_counts import convert_people
from geo.vintage_names import shared_codes
from geo.vintage_pieces import lay_over
from geo.vintage_weights import CODE, VintageWeights, vintage_weights

WIDTHS = (0, 100, 200, 252, 300, 384, 400, 500)
COLOURS = {"as before": "#e8e8e8", "one old ward under another code": "#9fc5e8", "with parts of old wards": "#e69138"}


def read(folder: Path, year: int) -> gpd.GeoDataFrame:
    """Read the wards of a year, with the headings of the ONS."""
    short = str(year)[2:]
    names = {"code": f"WD{short}CD", "name": f"WD{short}NM", "district": f"LAD{short}NM"}
    return read_wards(folder / f"wards_dec{year}.geojson", Wards(vintage=year, **names)).rows


def print_widths(old: gpd.GeoDataFrame, new: gpd.GeoDataFrame) -> None:
    """Print how many pieces are wider than so much, where nothing moved and where something did."""
    pieces, shared = lay_over(old, new), shared_codes(old, new)
    same = set(shared.loc[shared["same"], "ward_code"])
    between = pieces["from_code"].isin(same) & pieces["to_code"].isin(same) & (pieces["from_code"] != pieces["to_code"])
    changed = pieces[~pieces["from_code"].isin(same)]
    print(f"{len(same)} wards kept code and name; {between.sum()} pieces between two of them")
    print("wider than  pieces where nothing moved  changed wards that go whole  that are divided")
    for width in WIDTHS:
        parts = changed[changed["width"] > width].groupby("from_code").size()
        wide = int((pieces.loc[between, "width"] > width).sum())
        print(f"{width:>8} m {wide:>27} {int((parts == 1).sum()):>28} {int((parts > 1).sum()):>17}")


def print_accuracy(folder: Path, old: gpd.GeoDataFrame, new: gpd.GeoDataFrame) -> None:
    """Print how far residents of mid-2020, converted, are from those of the census of 2021, which knows the new wards."""
    before = pd.read_csv(folder / "population_mid2020_wd20.csv").set_index("WD20CD")["pop_mid2020"]
    census = pd.read_csv(folder / "population_census2021_wd24_bestfit.csv").set_index("ward24_code")["total_residents"]
    found = {
        "by area": vintage_weights(old, new),
        "by area, slivers too": vintage_weights(old, new, widest_sliver=0),
        "by residents of the new wards": vintage_weights(old, new, residents=census.astype(float)),
    }
    parts = set(found["by area"].split["to_code"])
    print(f"residents of mid-2020: {before.sum():,.0f}; difference from the census in new wards (median, largest)")
    for how, weights in found.items():
        after = convert_people(before, weights.table)
        off = (after / census - 1).abs().dropna()
        made = off.index.isin(parts)
        print(
            f"  {how}: sum {after.sum():,.0f}; {(~made).sum()} of whole wards {off[~made].median():.1%}, {off[~made].max():.0%}; "
            f"{made.sum()} with parts {off[made].median():.1%}, {off[made].max():.0%}"
        )
    keys = ["from_code", "to_code"]
    both = found["by area"].split.merge(found["by residents of the new wards"].split, on=keys)
    apart = (both["share_x"] - both["share_y"]).abs()
    print(f"shares by area and by residents: {apart.median():.3f} apart (median), {apart.max():.3f} at most")


def draw(weights: VintageWeights, old: gpd.GeoDataFrame, new: gpd.GeoDataFrame, *, path: Path) -> None:
    """Draw the new wards by what they are made of, and the old wards that were divided over them."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt
    from matplotlib.patches import Patch

    divided = set(weights.split["from_code"])
    kinds = weights.table.assign(
        kind=[
            "with parts of old wards"
            if code in divided
            else "as before"
            if basis == CODE
            else "one old ward under another code"
            for code, basis in zip(weights.table["from_code"], weights.table["basis"], strict=True)
        ]
    )
    worst = kinds.groupby("to_code")["kind"].max()
    figure, axes = plt.subplots(figsize=(7.5, 6.2))
    new.plot(ax=axes, color=new["ward_code"].map(worst).map(COLOURS).to_list(), edgecolor="#ffffff", linewidth=0.6)
    old[old["ward_code"].isin(divided)].boundary.plot(ax=axes, color="#000000", linewidth=0.7, linestyle="--")
    count = worst.value_counts()
    legend = [Patch(facecolor=colour, label=f"{kind} ({count.get(kind, 0)})") for kind, colour in COLOURS.items()]
    axes.legend(
        handles=legend, loc="lower right", fontsize=8, frameon=False, title="176 wards of 2023", title_fontsize=8
    )
    axes.set_title("Leicester, Leicestershire and Rutland; dashed: the 21 wards of 2019 that were divided", fontsize=9)
    axes.set_axis_off()
    axes.annotate(
        "Office for National Statistics, OGL v3. Contains OS data © Crown copyright and database right.",
        (0.0, -0.02),
        xycoords="axes fraction",
        fontsize=6,
    )
    figure.savefig(path, dpi=90, bbox_inches="tight")


def main() -> int:
    """Print the figures; draw the picture if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--picture", type=Path)
    given = parser.parse_args()
    if not (given.folder / "wards_dec2019.geojson").is_file():
        print(f"{given.folder}: the real wards are not here", file=sys.stderr)
        return 1
    old, new = read(given.folder, 2019), read(given.folder, 2023)
    print_widths(old, new)
    print_accuracy(given.folder, old, new)
    if given.picture:
        draw(vintage_weights(old, new), old, new, path=given.picture)
    return 0


if __name__ == "__main__":
    sys.exit(main())
