"""Ward boundaries of whatever kind, opened: files that were looked at first, and what a query gave."""

from data.input_guard import check_file
from data.limits_settings import LIMITS, Limits
from data.queried import InputFile, QueriedTable
from data.queried_wards import open_queried_wards
from data.ward_files import WARD_SUFFIXES, WardFile, open_wards

_KINDS = "Use GeoJSON, GeoPackage, a shapefile (zipped too) or GeoParquet."


def open_ward_input(path: InputFile, *, layer: str | None, limits: Limits = LIMITS) -> WardFile:
    """Look into boundaries without reading their shapes.

    Raises
    ------
    RefusedInputError
        If they cannot be read, are not what their name says, hold more than is read, or several layers and none is named.
    """
    if isinstance(path, QueriedTable):
        return open_queried_wards(path)
    check_file(path, suffixes=WARD_SUFFIXES, do=_KINDS, limits=limits)
    return open_wards(path, layer=layer, limits=limits)
