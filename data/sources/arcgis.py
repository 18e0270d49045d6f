"""The records of a layer of an ArcGIS feature service: how many, which, and one page of them after the other.

Source: Esri, *Query (Feature Service/Layer)*, ArcGIS REST API (developers.arcgis.com): a page is `resultOffset` and
`resultRecordCount` under `orderByFields`; it may be shorter than was asked for, and `exceededTransferLimit` may be missing or
wrong, so only the ids tell whether all has come. `returnIdsOnly` has no limit of records. GeoJSON carries the flag under
`properties` or at the top, by version of the server; it is not needed here.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import BaseModel, Field

from data.sources.arcgis_layers import Layer, read_as
from data.sources.asking import Caller
from data.sources.faults import ChangedServiceError, PassingFault, ServiceError, shown

Feature = dict[str, Any]
"""`id` (int), `values` (field to text, number or `None`) and `shape` (GeoJSON geometry in EPSG:27700, or `None`)."""
GRID = 27700
_LONGEST_TEXT = 1_000


class _Count(BaseModel):
    count: Annotated[int, Field(ge=0)]


class _Ids(BaseModel):
    objectIds: list[int]  # noqa: N815  # Esri's name


def read_count(caller: Caller, layer: Layer) -> int:
    """Ask how many records there are."""
    question = {"where": "1=1", "returnCountOnly": "true", "f": "json"}
    return caller.ask(
        f"{layer.place}/query",
        question,
        check=lambda said: read_as(_Count, said, what="a count", host=caller.host).count,
    )


def read_ids(caller: Caller, layer: Layer, *, count: int) -> list[int]:
    """Ask for the ids of all records, and hold them to the count.

    Returns
    -------
    list of int
        In rising order, each once.
    """

    def check(said: dict[str, Any]) -> list[int]:
        ids = sorted(read_as(_Ids, said, what="ids", host=caller.host).objectIds)
        if len(ids) != count or len(set(ids)) != count:
            raise PassingFault(f"it counts {count:,} records and gives {len(set(ids)):,} ids")
        return ids

    question = {"where": "1=1", "returnIdsOnly": "true", "f": "json"}
    return caller.ask(f"{layer.place}/query", question, check=check)


def read_page(caller: Caller, layer: Layer, *, fields: Sequence[str], ids: Sequence[int], offset: int) -> list[Feature]:
    """Ask for the next records.

    Parameters
    ----------
    fields
        Names of the fields that are wanted, as the layer spells them.
    ids
        Those of all records, in rising order.
    offset
        How many of them have come.

    Returns
    -------
    list
        At least one record and at most a page; which they are has been held to `ids`. Outlines are in EPSG:27700.

    Raises
    ------
    ChangedServiceError
        If the records have other fields than the layer had.
    ServiceError
        If other records come than are next in order, however often it is asked.
    """
    due = ids[offset : offset + layer.page]
    question = {
        "outFields": ",".join(dict.fromkeys((layer.object_id, *fields))),
        "returnGeometry": "true" if layer.has_outlines else "false",
        "f": "geojson" if layer.has_outlines else "json",
    } | _which(layer, due, offset=offset)
    if layer.has_outlines:
        question["outSR"] = str(GRID)
    return caller.ask(
        f"{layer.place}/query",
        question,
        check=lambda said: check_page(_features(said), layer=layer, fields=fields, due=due),
    )


def _which(layer: Layer, due: Sequence[int], *, offset: int) -> dict[str, str]:
    if not layer.pages:
        return {"objectIds": ",".join(map(str, due)), "orderByFields": f"{layer.object_id} ASC"}
    return {
        "where": "1=1",
        "orderByFields": f"{layer.object_id} ASC",
        "resultOffset": str(offset),
        "resultRecordCount": str(layer.page),
    }


def _features(said: dict[str, Any]) -> list[Any]:
    found = said.get("features")
    if not isinstance(found, list):
        raise PassingFault("an answer has no records in it")
    return found


def check_page(found: Sequence[Any], *, layer: Layer, fields: Sequence[str], due: Sequence[int]) -> list[Feature]:
    """Hold records to what was asked for: the fields, and the ids that are next in order; fewer may come than are due."""
    features = [_feature(one, layer=layer, fields=fields) for one in found]
    if not features:
        raise PassingFault("a page came back empty")
    if [one["id"] for one in features] != list(due[: len(features)]):
        raise PassingFault("a page holds other records than those that are next in order")
    return features


def _feature(one: Any, *, layer: Layer, fields: Sequence[str]) -> Feature:
    said = (one.get("values") or one.get("properties") or one.get("attributes")) if isinstance(one, dict) else None
    if not isinstance(said, Mapping):
        raise PassingFault("a record has no values")
    # Names of fields are the same whatever their capitals, to such a service.
    known = {str(key).casefold(): value for key, value in said.items()}
    if not all(name.casefold() in known for name in (layer.object_id, *fields)):
        raise ChangedServiceError(
            f"{shown(layer.place)}: the fields of the records are not those that the layer has. It was changed while it was "
            "being read, so nothing was saved. Run the same command again: it begins anew."
        )
    values = {name: known[name.casefold()] for name in fields}
    if not all(value is None or isinstance(value, (str, int, float)) for value in values.values()) or any(
        isinstance(value, str) and len(value) > _LONGEST_TEXT for value in values.values()
    ):
        raise ServiceError(f"{shown(layer.place)}: a record holds something that is neither a short text nor a number.")
    shape = (one.get("geometry") or one.get("shape")) if layer.has_outlines else None
    id_ = known[layer.object_id.casefold()]
    # As it came, so that a page that was kept is checked as one that comes is.
    return {"id": id_, "values": {**values, layer.object_id: id_}, "shape": shape}
