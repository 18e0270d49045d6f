"""The wards of a made-up country as files: squares of 1 km in five districts, of 2022, and a lookup of 2024 that half fits."""

from pathlib import Path

import geopandas as gpd
import shapely

DISTRICTS = {
    "E07000163": "Craven",
    "E07000164": "Hambleton",
    "E06000014": "York",
    "E08000019": "Sheffield",
    "W06000001": "Isle of Anglesey",
    "E07000240": "St Albans",
    "E06000023": "Bristol, City of",
    "E06000060": "Buckinghamshire",
}
WELSH = {"W06000001": "Ynys Môn"}
WARDS = 2
"""In each district."""
COUNTRY = len(DISTRICTS) * WARDS

LOOKUP = """lad24cd,lad24nm,csp24cd,csp24nm,pfa24cd,pfa24nm
E06000065,North Yorkshire,E22000300,North Yorkshire,E23000009,North Yorkshire
E06000014,York,E22000301,Safer York,E23000009,North Yorkshire
E08000039,Sheffield,E22000302,Sheffield,E23000011,South Yorkshire
W06000001,Isle of Anglesey,W22000001,Gwynedd a Môn,W15000001,North Wales
E07000240,St Albans,E22000303,St Albans,E23000026,Hertfordshire
E06000023,"Bristol, City of",E22000304,Bristol,E23000036,Avon and Somerset
E06000060,Buckinghamshire,E22000305,Wycombe,E23000029,Thames Valley
E06000060,Buckinghamshire,E22000306,Chiltern,E23000029,Thames Valley
"""
"""The two districts of North Yorkshire are one by then, Sheffield has another code, and one district has two partnerships."""


def country() -> gpd.GeoDataFrame:
    """The wards, EPSG:27700, as the ONS heads its columns."""
    rows, shapes = [], []
    for number, (code, name) in enumerate(DISTRICTS.items()):
        for ward in range(WARDS):
            nation = code[0]
            rows.append((f"{nation}05{number:03d}{ward:03d}", f"Ward {ward}", code, name, WELSH.get(code, "")))
            shapes.append(
                shapely.box(
                    450_000 + 1_000 * number, 300_000 + 1_000 * ward, 451_000 + 1_000 * number, 301_000 + 1_000 * ward
                )
            )
    columns = ["WD22CD", "WD22NM", "LAD22CD", "LAD22NM", "LAD22NMW"]
    return gpd.GeoDataFrame([dict(zip(columns, row, strict=True)) for row in rows], geometry=shapes, crs="EPSG:27700")


def write_country(folder: Path, *, name: str = "wards.gpkg", wards: gpd.GeoDataFrame | None = None) -> Path:
    """Write the wards, and the lookup beside them; give the path of the wards."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "lookup.csv").write_text(LOOKUP, encoding="utf-8")
    made = country() if wards is None else wards
    if name.endswith(".geojson"):
        (folder / name).write_text(made.to_crs("EPSG:4326").to_json(drop_id=True), encoding="utf-8")
    elif name.endswith(".parquet"):
        made.to_parquet(folder / name)
    else:
        made.to_file(folder / name, engine="pyogrio")
    return folder / name
