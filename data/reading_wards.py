"""Reading ward boundaries: one outline, one code and one name a ward."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow as pa

from data.accounts import RowAccount
from data.codes import clean_codes, clean_texts
from data.contracts import WARDS, keep_contract
from data.errors import RefusedInputError
from data.headings import PROVENANCE, find_columns
from data.limits_settings import LIMITS, Limits, how_to_raise
from data.queried import InputFile
from data.repeats import name_rows
from data.row_checks import check_places, check_provenance
from data.settings import Wards
from data.tables import Table
from data.ward_crossings import are_tangled
from data.ward_files import GEOJSON, read_outlines
from data.ward_inputs import open_ward_input
from data.ward_shapes import are_shapeless, mend, to_grid

_KEYS = {"code": "ward_code", "name": "ward_name", "district": "district"}
_SECTION = "wards"
LONGEST_NAME = 200
"""Characters of the name of a ward or a district."""
_CODE_FORM = r"[A-Z0-9._-]{1,40}"


def read_wards(path: InputFile, settings: Wards, *, limits: Limits = LIMITS) -> Table[gpd.GeoDataFrame]:
    """Read and check ward boundaries (GeoJSON, GeoPackage, shapefile, zipped shapefile, GeoParquet or a query).

    Parameters
    ----------
    path
        The file. Only the mapped columns, the outlines and the reserved `provenance` are read.
    settings
        Section `[wards]`.
    limits
        Section `[limits]`.

    Returns
    -------
    Table
        `rows` is a GeoDataFrame in EPSG:27700 with `ward_code`, `ward_name`, `district` and `geometry` (valid
        polygons or multipolygons), in the order of the file; `source_row` counts features from 1.

    Raises
    ------
    RefusedInputError
        If the file cannot be read, lacks a column, names no coordinate reference system, or has a ward without a code
        or an outline, or two with one code.
    """
    opened = open_ward_input(path, layer=settings.layer, limits=limits)
    wanted = {key: getattr(settings, key) for key in _KEYS}
    positions = find_columns(opened.columns, wanted, file=path.name, section=_SECTION)
    provenance = [column for column in opened.columns if column.casefold() == PROVENANCE]
    chosen = {opened.columns[place]: _KEYS[key] for key, place in positions.items()}
    frame, notes = read_outlines(opened, [*chosen, *provenance], file=path.name, limits=limits)
    cells = _cells(frame, chosen | dict.fromkeys(provenance, PROVENANCE), file=path.name)
    account = RowAccount(_SECTION, cells, files=[path.name], notes=notes)
    names = {_KEYS[key]: opened.columns[place] for key, place in positions.items()}
    rows = _checked(
        account, cells, shapes=_outlines(account, cells, frame, settings=settings, limits=limits), names=names
    )
    passed_over = [column for column in opened.columns if column not in {*chosen, *provenance, frame.geometry.name}]
    invented = check_provenance(account, cells)
    return Table(keep_contract(rows, WARDS, table=_SECTION), account.report(columns_not_read=passed_over), invented)


def _cells(frame: gpd.GeoDataFrame, names: dict[str, str], *, file: str) -> pd.DataFrame:
    """Take the texts as they are, markup and all: a name is only ever shown as text."""
    try:
        cells = pd.DataFrame({key: clean_texts(frame[column].astype("str")) for column, key in names.items()})
    except (UnicodeError, pa.ArrowException):
        raise RefusedInputError(f"{file}: a code or a name is not UTF-8 text. Export the file again.") from None
    if cells.empty:
        raise RefusedInputError(f"{file}: the file holds no wards. Export it again.")
    return cells.assign(source_row=range(1, len(cells) + 1), source_file=file, is_blank=False)


def _checked(
    account: RowAccount, cells: pd.DataFrame, *, shapes: gpd.GeoSeries, names: dict[str, str]
) -> gpd.GeoDataFrame:
    codes = clean_codes(cells["ward_code"])
    file = str(cells["source_file"].iloc[0])
    if codes.isna().any():
        raise RefusedInputError(
            f"{file}: no code in {name_rows(cells, codes.isna())}, column '{names['ward_code']}'. Every ward needs its code."
        )
    if codes.duplicated().any():
        twice = codes == codes[codes.duplicated()].iloc[0]
        raise RefusedInputError(
            f"{file}: {name_rows(cells, twice)} have the same code in column '{names['ward_code']}'. "
            "Every ward may stand only once; merge its parts."
        )
    _refuse_unlike_names(cells, codes, names=names, file=file)
    for key in ("ward_name", "district"):
        account.remark(
            cells[key].isna(),
            f"the {key.replace('_', ' ')} is blank",
            do="Fill it in at the source.",
            column=names[key],
        )
    cells = check_places(account, cells, names=names)
    return gpd.GeoDataFrame(
        cells[[*_KEYS.values()]].assign(geometry=shapes), geometry="geometry", crs=shapes.crs
    ).assign(source_row=cells["source_row"], source_file=cells["source_file"])


def _refuse_unlike_names(cells: pd.DataFrame, codes: "pd.Series[str]", *, names: dict[str, str], file: str) -> None:
    """Refuse what cannot be a code or a name: both stand on maps, in addresses and in file after file."""
    plain = codes.str.fullmatch(_CODE_FORM).fillna(False).astype(bool)
    long = {key: cells[key].str.len() > LONGEST_NAME for key in ("ward_name", "district")}
    for key, wrong, what in (
        ("ward_code", ~plain, "the code is not of letters and digits"),
        *((key, rows, f"the name has more than {LONGEST_NAME} characters") for key, rows in long.items()),
    ):
        wrong = wrong.fillna(False).astype(bool)
        if wrong.any():
            raise RefusedInputError(
                f"{file}, {name_rows(cells, wrong)}, column '{names[key]}': {what}. Correct it at the source."
            )


def _outlines(
    account: RowAccount, cells: pd.DataFrame, frame: gpd.GeoDataFrame, *, settings: Wards, limits: Limits
) -> gpd.GeoSeries:
    file = str(cells["source_file"].iloc[0])
    _refuse_shapeless(cells, are_shapeless(frame.geometry), file=file)
    standard = Path(file).suffix.lower() in GEOJSON
    on_grid = to_grid(frame.geometry, stated=settings.crs, standard=standard, file=file)
    _refuse_tangled(cells, on_grid, file=file, limits=limits)
    shapes, broken = mend(on_grid)
    _refuse_shapeless(cells, are_shapeless(shapes), file=file)
    if broken.any():
        account.note(f"Outlines whose rings crossed themselves or each other and were mended: {int(broken.sum()):,}.")
    return shapes


def _refuse_tangled(cells: pd.DataFrame, shapes: gpd.GeoSeries, *, file: str, limits: Limits) -> None:
    tangled = are_tangled(shapes, most=limits.crossings)
    if tangled.any():
        raise RefusedInputError(
            f"{file}: the outline in {name_rows(cells, tangled)} crosses itself more often than can be mended. "
            f"Repair it in a GIS. {how_to_raise('crossings', to=limits.crossings)}"
        )


def _refuse_shapeless(cells: pd.DataFrame, shapeless: "pd.Series[bool]", *, file: str) -> None:
    if shapeless.any():
        raise RefusedInputError(
            f"{file}: no outline with an area in {name_rows(cells, shapeless)}. Every ward needs its outline as polygons."
        )
