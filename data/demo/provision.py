"""What is provided in the invented county: some where overlap was planted, some where nothing was, some over by now.

Written by hand, so that every list and chart of the screens has something to show: wards high on both with nothing, with
something, with something that ended; wards that are not, with something. Nobody and nothing in it is real.
"""

import csv
import io

import geopandas as gpd
import pandas as pd

FILE = "provision-2026-09-30.csv"
"""Named by the last day of the invented records, as the program takes a file's date from its name."""
COLUMNS = ("name", "kind", "ward_code", "easting", "northing", "start", "end", "number", "cost", "funder", "for_whom")
_AT_A_POINT = "at "
_TABLE = """\
name,kind,where,start,end,number,cost,funder,for_whom
Common Ground mentoring,project,city north-east 0 1,2025-04-01,2027-03-31,,28000,Home Office,ages 11 to 16
North-east ward forum,forum,city north-east 0 1 2,2023-05,,,3600,City council,residents
Open Doors evening,group,city north-east 3,2023-09,2025-08,,9500,Community fund,young people
Sea Wall youth club,project,harbour town 0,2023-04-01,2025-03-31,,24500,Home Office,ages 13 to 18
Whole-school training,training,harbour town 0,2024-09,2025-07,3,4200,County council,teachers
Village hall talks,group,western country 1,2026-01,2027-06,,2400,Parish grants,residents
Critical thinking in class,training,schools in the north 0 1,2024-01,2026-12,6,12000,County council,years 7 to 9
Critical thinking in class,training,schools in the south 0 1,2025-09,2027-07,4,12000,County council,years 7 to 9
Safe nights out,project,at night-time economy 0 1 2,2022-10,,,36000,Business district,visitors
Coast Together,project,northern coast 0 1,2023-01,2026-12-31,,29500,Home Office,families
Coast forum,forum,northern coast 0,2023-01,,,1800,County council,residents
Hill youth nights,project,western country 0,2024-01,2025-12,,6800,County council,ages 14 to 18
Drama in schools,project,city north-east 4,2026-11,2027-10,,18000,Home Office,ages 14 to 16
Market square forum,forum,Brackwold 2 3,2024-04,,,1200,District council,residents
River valley forum,forum,Hollindale 1 5 9,2022-10,,,2700,District council,residents
Fen edge forum,forum,Fenmarch 4 7,2025-05,,,1500,District council,residents
Reading the news,group,at Oakenvale 3,2025-01,2026-12,,3000,Library service,adults
Football and talk,group,at Wendcaster 30,2024-03,,,7800,City council,ages 16 to 24
Radio workshop,project,at Wendcaster 34,2023-06,2024-05,,15000,Community fund,ages 16 to 24
Online safety for parents,training,Eldersands 0 6 11,2025-02,2026-02,5,5400,County council,parents
Online safety for parents,training,Saltwold 2 8,2026-02,2027-02,3,3900,County council,parents
,champion,city north-east 2,2024-09,,2,,,
,champion,Wendcaster 12 20 28,2023-09,,4,,,
,champion,Petherwolds 5 6,2024-09,,2,,,
,champion,North Wendshire 1 8,2025-09,,3,,,
"""
"""Where: a planted area or a district, then the how-manieth of its wards by code; `at` gives each a point."""


def demo_provision(wards: gpd.GeoDataFrame, truth: pd.DataFrame) -> pd.DataFrame:
    """Write what is provided as a file's rows: `COLUMNS`, and `provenance`.

    Parameters
    ----------
    wards
        Of the invented county: `ward_code`, `district`, `geometry` (EPSG:27700).
    truth
        What was planted: `area`, `ward_code`.
    """
    codes = {str(area): sorted(rows) for area, rows in truth.groupby("area")["ward_code"]}
    codes |= {str(district): sorted(rows) for district, rows in wards.groupby("district")["ward_code"]}
    points = wards.set_index("ward_code").representative_point()
    east, north = points.x.round().astype(int).to_dict(), points.y.round().astype(int).to_dict()
    rows: list[dict[str, str]] = []
    for thing in csv.DictReader(io.StringIO(_TABLE)):
        where = thing.pop("where")
        chosen = _chosen(where.removeprefix(_AT_A_POINT), codes)
        if where.startswith(_AT_A_POINT):
            rows += [thing | {"easting": str(east[one]), "northing": str(north[one])} for one in chosen]
        else:
            rows.append(thing | {"ward_code": "; ".join(chosen)})
    return pd.DataFrame(rows, columns=COLUMNS).fillna("").assign(provenance="invented")


def _chosen(where: str, codes: dict[str, list[str]]) -> list[str]:
    place = next(one for one in codes if where.startswith(one))
    return [codes[place][int(number)] for number in where.removeprefix(place).split()]
