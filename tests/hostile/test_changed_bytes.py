"""Ordinary files with some of their bytes changed, cut or put in at random: read or refused, whatever comes of it."""

from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.errors import RefusedInputError
from data.limits_settings import Limits
from data.readers import read_incidents, read_population, read_referrals, read_wards
from data.settings import Incidents, Population, Referrals, Wards
from tests.area_files import INCIDENTS, POPULATION, REFERRALS, squares
from tests.hostile.archives import sheet_of, text_rows, workbook, zip_of, zipped

SMALL = Limits(file_megabytes=5, workbook_megabytes=5, rows=10_000, cell_characters=2_000)
READ: dict[str, Callable[[Path], object]] = {
    "w.geojson": lambda path: read_wards(path, Wards(vintage=2023), limits=SMALL),
    "w.gpkg": lambda path: read_wards(path, Wards(vintage=2023), limits=SMALL),
    "w.parquet": lambda path: read_wards(path, Wards(vintage=2023), limits=SMALL),
    "w.zip": lambda path: read_wards(path, Wards(vintage=2023), limits=SMALL),
    "p.csv": lambda path: read_population(path, Population(name="ward_name", district="district"), limits=SMALL),
    "p.xlsx": lambda path: read_population(path, Population(name="ward_name", district="district"), limits=SMALL),
    "r.csv": lambda path: read_referrals(path, Referrals(), limits=SMALL),
    "i.csv": lambda path: read_incidents(
        path, Incidents(date="date", easting="easting", northing="northing", category="strand"), limits=SMALL
    ),
    "i.xlsx": lambda path: read_incidents(
        path, Incidents(date="date", easting="easting", northing="northing", category="strand"), limits=SMALL
    ),
}
CHANGES = st.lists(
    st.tuples(st.floats(0, 1), st.sampled_from(["set", "cut", "put"]), st.binary(min_size=1, max_size=8)),
    min_size=1,
    max_size=6,
)
some = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)


@cache
def ordinary_bytes(folder: Path) -> dict[str, bytes]:
    """One sound file of each kind."""
    wards = squares()
    wards.to_file(folder / "w.gpkg", layer="w")
    wards.to_parquet(folder / "w.parquet")
    wards.to_file(folder / "s.shp")
    made = {
        "w.geojson": wards.to_crs("EPSG:4326").to_json().encode(),
        "w.gpkg": (folder / "w.gpkg").read_bytes(),
        "w.parquet": (folder / "w.parquet").read_bytes(),
        "w.zip": zipped(dict(zip_of(folder, "s")), store=True),
    }
    for letter, rows in {"p": POPULATION, "r": REFERRALS, "i": INCIDENTS}.items():
        made |= {f"{letter}.csv": "\n".join(rows).encode(), f"{letter}.xlsx": workbook(sheet_of(text_rows(rows)))}
    return made


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return ordinary_bytes(tmp_path_factory.mktemp("sound"))


def changed(content: bytes, changes: list[tuple[float, str, bytes]]) -> bytes:
    spoilt = bytearray(content)
    for where, how, new in changes:
        at = int(where * len(spoilt))
        if how == "set":
            spoilt[at : at + len(new)] = new
        elif how == "cut":
            del spoilt[at : at + 64 * len(new)]
        else:
            spoilt[at:at] = new
    return bytes(spoilt)


@pytest.mark.parametrize("name", sorted(READ))
@some
@given(changes=CHANGES)
def test_a_changed_file_is_read_or_refused(
    tmp_path: Path, sound: dict[str, bytes], name: str, changes: list[tuple[float, str, bytes]]
) -> None:
    path = tmp_path / name
    path.write_bytes(changed(sound[name], changes))
    with suppress(RefusedInputError):
        READ[name](path)


@pytest.mark.parametrize("name", sorted(READ))
@some
@given(content=st.binary(max_size=400))
def test_bytes_at_random_are_refused(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(RefusedInputError):
        READ[name](path)
