"""What an ArcGIS feature service says of itself: its services, their layers, their fields.

Source: Esri, *Feature Service* and *Layer (Feature Service)*, ArcGIS REST API (developers.arcgis.com). The list of services of
the ONS is said to come back empty at times, and to be there when it is asked for again.
"""

import re
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, Field, ValidationError

from data.sources.asking import Caller
from data.sources.faults import PassingFault, ServiceError, shown

_MOST_AT_ONCE = {True: 500, False: 2_000}
"""Records of a page, with outlines and without: small enough that little is lost when a connection breaks."""
_MOST_IDS = 200
"""Records that are asked for by their ids, all of which stand in the address."""
_NAME = re.compile(r"[A-Za-z0-9_()., -]{1,200}")
"""What a name of a service is made of; any other is passed over, as it becomes part of an address."""
_LONGEST_TEXT = 1_000
_POLYGON = "esriGeometryPolygon"
_M = TypeVar("_M", bound=BaseModel)


class _Service(BaseModel):
    name: str
    type: str


class _Directory(BaseModel):
    services: list[_Service]


class _Part(BaseModel):
    id: Annotated[int, Field(ge=0)]


class _Contents(BaseModel):
    layers: list[_Part] = []
    tables: list[_Part] = []


class _Column(BaseModel):
    name: Annotated[str, Field(min_length=1, max_length=200)]
    type: str


_Moment = Annotated[int, Field(ge=0, le=10**13)]


class _Edited(BaseModel):
    lastEditDate: _Moment | None = None  # noqa: N815  # Esri's name
    dataLastEditDate: _Moment | None = None  # noqa: N815


class _Abilities(BaseModel):
    supportsPagination: bool = False  # noqa: N815


class _Described(BaseModel):
    name: str
    fields: Annotated[list[_Column], Field(min_length=1, max_length=2_000)]
    maxRecordCount: Annotated[int, Field(ge=1)]  # noqa: N815
    objectIdField: str | None = None  # noqa: N815
    geometryType: str | None = None  # noqa: N815
    copyrightText: str | None = None  # noqa: N815
    supportedQueryFormats: str = "JSON"  # noqa: N815
    editingInfo: _Edited | None = None  # noqa: N815
    advancedQueryCapabilities: _Abilities | None = None  # noqa: N815


@dataclass(frozen=True)
class Layer:
    """A layer or table of a service, as it described itself when it was asked."""

    place: str
    """Below the root of the services, e.g. `WD_DEC_2023_UK_BGC/FeatureServer/0`."""
    name: str
    fields: tuple[tuple[str, str], ...]
    """Names and Esri's kinds of all fields, in its order."""
    object_id: str
    page: int
    """Records that are asked for at once."""
    has_outlines: bool
    pages: bool
    """Whether it counts pages itself; if not, it is asked for objects by their ids."""
    edited: int | None
    """Milliseconds since 1970 of the last edit, if it says so."""
    credit: str
    """Its own words on copyright."""

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the fields."""
        return tuple(name for name, _ in self.fields)


def list_services(caller: Caller) -> tuple[str, ...]:
    """Name the feature services of a directory (`.../rest/services?f=json`).

    Raises
    ------
    ServiceError
        If it does not answer as one, or lists nothing however often it is asked.
    """

    def check(said: dict[str, Any]) -> tuple[str, ...]:
        listed = read_as(_Directory, said, what="a list of services", host=caller.host).services
        if not listed:
            raise PassingFault("the list of services came back empty")
        return tuple(one.name for one in listed if one.type == "FeatureServer" and _NAME.fullmatch(one.name))

    return caller.ask("", {"f": "json"}, check=check)


def list_layers(caller: Caller, service: str) -> tuple[int, ...]:
    """Number the layers, then the tables, of a service."""

    def check(said: dict[str, Any]) -> tuple[int, ...]:
        contents = read_as(_Contents, said, what="a feature service", host=caller.host)
        return tuple(one.id for one in (*contents.layers, *contents.tables))

    return caller.ask(f"{service}/FeatureServer", {"f": "json"}, check=check)


def read_layer(caller: Caller, service: str, number: int) -> Layer:
    """Ask a layer or table to describe itself.

    Raises
    ------
    ServiceError
        If it does not, or cannot be read whole: it has no object ids, or outlines that it cannot give as GeoJSON.
    """
    place = f"{service}/FeatureServer/{number}"
    return caller.ask(place, {"f": "json"}, check=lambda said: _layer(said, place=place, host=caller.host))


def _layer(said: dict[str, Any], *, place: str, host: str) -> Layer:
    told = read_as(_Described, said, what="a layer", host=host)
    ids = [told.objectIdField or "", *(one.name for one in told.fields if one.type == "esriFieldTypeOID")]
    object_id = next((one for one in ids if one in {field.name for field in told.fields}), None)
    has_outlines = told.geometryType is not None
    if object_id is None:
        raise ServiceError(f"{host}: {shown(place)} numbers its records by no field, so it cannot be read whole.")
    if has_outlines and (told.geometryType != _POLYGON or "geojson" not in told.supportedQueryFormats.casefold()):
        raise ServiceError(f"{host}: {shown(place)} does not give polygons as GeoJSON. Name another service.")
    edited = told.editingInfo or _Edited()
    pages = bool(told.advancedQueryCapabilities and told.advancedQueryCapabilities.supportsPagination)
    return Layer(
        place=place,
        name=shown(told.name),
        fields=tuple((one.name, one.type) for one in told.fields),
        object_id=object_id,
        page=min(told.maxRecordCount, _MOST_AT_ONCE[has_outlines] if pages else _MOST_IDS),
        has_outlines=has_outlines,
        pages=pages,
        edited=max((one for one in (edited.lastEditDate, edited.dataLastEditDate) if one is not None), default=None),
        credit=shown(told.copyrightText or "", longest=_LONGEST_TEXT),
    )


def read_as(model: type[_M], said: dict[str, Any], *, what: str, host: str) -> _M:
    """Hold an answer to the form that it should have.

    Raises
    ------
    ServiceError
        If it has another one.
    """
    try:
        return model.model_validate(said)
    except ValidationError:
        raise ServiceError(f"{host}: the answer is not that of {what}. Check the address.") from None
