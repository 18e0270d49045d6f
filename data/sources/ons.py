"""Finding what is wanted in the ONS Open Geography service, whose names of services and fields change from year to year.

Every guess is said. The address of the service is that of the organisation `ESMARspQHYMw9BZ9`, under which the Open Geography
portal (geoportal.statistics.gov.uk) keeps its layers.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from data.errors import UsageError
from data.in_words import listed
from data.sources.arcgis_layers import Layer, list_layers, list_services, read_layer
from data.sources.asking import Caller
from data.sources.faults import ServiceError, shown
from data.sources.ons_names import GENERALISATIONS, SCOPES, Named, read_name

ONS = "https://services1.arcgis.com/ESMARspQHYMw9BZ9/arcgis/rest/services"
_SERVICE = re.compile(r"(?P<root>.+?)/(?P<service>[^/]+)/FeatureServer(?:/(?P<layer>\d{1,4}))?/?")
_NUMBERS = ("esriFieldTypeInteger", "esriFieldTypeSmallInteger", "esriFieldTypeDouble", "esriFieldTypeSingle")
_PEOPLE = re.compile(
    r"(total|all_?ages|all_?persons|persons|residents|usual_?residents|pop(ulation)?(_?(total|20\d\d))?|mid_?20\d\d|mye_?\d*)",
    re.IGNORECASE,
)
_LAYERS_LOOKED_AT = 10
_LISTED = 12


@dataclass(frozen=True)
class Vintage:
    """Of when the boundaries are: a year, and a month where it matters (there are wards of May and of December)."""

    year: int
    month: int | None = None

    @property
    def digits(self) -> str:
        """The two digits that stand in names of fields."""
        return f"{self.year % 100:02d}"

    def __str__(self) -> str:
        """As it is typed."""
        return str(self.year) if self.month is None else f"{self.year}-{self.month:02d}"


def parse_vintage(text: str, *, option: str = "--vintage") -> Vintage:
    """Read `2023`, `2023-05` or `WD23`.

    Raises
    ------
    UsageError
        If it is none of these.
    """
    if found := re.fullmatch(r"((?:19|20)\d\d)(?:-(0[1-9]|1[0-2]))?", text.strip()):
        return Vintage(int(found[1]), int(found[2]) if found[2] else None)
    if found := re.fullmatch(r"(?i)wd(\d\d)", text.strip()):
        return Vintage(2000 + int(found[1]))
    raise UsageError(f"{option}: give a year, or a year and a month: 2023 or 2023-05.")


@dataclass(frozen=True)
class Place:
    """Where to look: a directory of services, and in it one service and layer if a person named them."""

    root: str
    service: str | None = None
    layer: int | None = None


def parse_place(address: str) -> Place:
    """Read an address as a directory of services, a service or a layer."""
    if found := _SERVICE.fullmatch(address.strip()):
        return Place(found["root"], unquote(found["service"]), int(found["layer"]) if found["layer"] else None)
    return Place(address.strip())


def choose_service(
    names: Iterable[str],
    *,
    kind: str,
    vintage: Vintage,
    generalisation: str = "",
    since: int | None = None,
    say: Callable[[str], None],
) -> str:
    """Choose from the names of services, and say what was chosen from what.

    Raises
    ------
    ServiceError
        If there is none: saying what there is of this kind.
    """
    of_kind = [one for one in map(read_name, names) if one and one.kind == kind]
    of_year = [one for one in of_kind if one.year == vintage.year and since in (None, one.since)]
    fitting = [
        one
        for one in of_year
        if one.generalisation == generalisation and vintage.month in (None, one.month, *_unsaid(one))
    ]
    if not fitting:
        raise ServiceError(_nothing(kind, vintage, generalisation, since, of_kind, of_year))
    ranked = sorted(fitting, key=lambda one: _rank(one, vintage), reverse=True)
    others = f" (passed over: {_some(one.service for one in ranked[1:])})" if ranked[1:] else ""
    say(f"Service, guessed from its name: {shown(ranked[0].service)}{others}")
    return ranked[0].service


def _unsaid(one: Named) -> tuple[int | None, ...]:
    """A lookup whose name says no month is of May; boundaries and populations then say nothing."""
    return (5,) if one.kind == "lookup" and one.month is None else ()


def _rank(one: Named, vintage: Vintage) -> tuple[object, ...]:
    exact = vintage.month is not None and one.month == vintage.month
    scope = -SCOPES.index(one.scope) if one.scope in SCOPES else -len(SCOPES)
    return (exact, scope, one.month or 0, one.version, -one.words, one.service)


def _nothing(
    kind: str,
    vintage: Vintage,
    generalisation: str,
    since: int | None,
    of_kind: Sequence[Named],
    of_year: Sequence[Named],
) -> str:
    if kind == "wards":
        there = [f"{one.generalisation} of {Vintage(one.year, one.month)}" for one in of_year or of_kind]
        wanted = f"boundaries of wards of {vintage} as {generalisation}"
    else:
        there = [one.service for one in of_year or of_kind]
        wanted = {
            "lookup": f"a lookup of wards of {vintage} to districts",
            "changes": f"a lookup of wards of {since} to those of {vintage}",
            "population": f"populations of wards of {vintage}",
        }[kind]
    help_ = {
        "changes": "Counts can be converted by area or population instead: see docs/boundaries.md.",
        "population": "The ONS publishes them as a workbook, which is read as it is: see docs/boundaries.md.",
    }.get(kind, "Choose one of these, or name a service with --service.")
    return (
        f"The service has no {wanted.removeprefix('a ')}. It has: {_some(sorted(set(there))) or 'none at all'}. {help_}"
    )


def _some(names: Iterable[str]) -> str:
    every = [shown(one, longest=80) for one in names]
    return ", ".join(every[:_LISTED]) + (f" and {len(every) - _LISTED} more" if len(every) > _LISTED else "")


def find_layer(
    caller: Caller,
    place: Place,
    *,
    kind: str,
    vintage: Vintage,
    generalisation: str = "",
    since: int | None = None,
    say: Callable[[str], None],
) -> Layer:
    """Find the layer or table that holds what is wanted: the first of its service that has codes of wards.

    Raises
    ------
    ServiceError
        If there is none.
    """
    service = place.service or choose_service(
        list_services(caller), kind=kind, vintage=vintage, generalisation=generalisation, since=since, say=say
    )
    numbers = (place.layer,) if place.layer is not None else list_layers(caller, service)
    for number in numbers[:_LAYERS_LOOKED_AT]:
        layer = read_layer(caller, service, number)
        if find_field(layer, "WD", "CD", vintage) and layer.has_outlines == (kind == "wards"):
            say(f"Layer: {layer.name} ({caller.address(layer.place)})")
            return layer
    what = "outlines and " if kind == "wards" else ""
    raise ServiceError(
        f"{shown(service)} has no layer with {what}a field WD{vintage.digits}CD. Name another with --service."
    )


def find_field(layer: Layer, area: str, what: str, vintage: Vintage) -> str | None:
    """Find a field such as `WD23CD`, however its letters are written; `None` if there is none."""
    wanted = f"{area}{vintage.digits}{what}".casefold()
    return next((one for one in layer.names if one.casefold() == wanted), None)


def need_field(layer: Layer, area: str, what: str, vintage: Vintage) -> str:
    """Find a field that has to be there.

    Raises
    ------
    ServiceError
        Naming the fields that there are.
    """
    found = find_field(layer, area, what, vintage)
    if found is None:
        raise ServiceError(
            f"{layer.name} has no field {area}{vintage.digits}{what}. It has {_some(layer.names)}. Name another with --service."
        )
    return found


def find_people(layer: Layer, *, named: str | None) -> str:
    """Find the field that holds numbers of residents.

    Raises
    ------
    ServiceError
        If a name was given that is not there, or it cannot be told which it is.
    """
    numbers = [name for name, kind in layer.fields if kind in _NUMBERS]
    if named is not None:
        if named not in numbers:
            raise UsageError(
                f"--field: there is no field of numbers of this name. There is {_some(numbers) or 'none'}."
            )
        return named
    found = [one for one in numbers if _PEOPLE.fullmatch(one)]
    if len(found) != 1:
        raise ServiceError(
            f"{layer.name}: it cannot be told which field holds the number of residents. Name one with --field: {_some(numbers)}."
        )
    return found[0]


def check_generalisation(text: str) -> str:
    """Read one of the five resolutions.

    Raises
    ------
    UsageError
        If it is none.
    """
    if text.upper() not in GENERALISATIONS:
        raise UsageError(f"--generalisation: give one of {listed(list(GENERALISATIONS), last='or')}.")
    return text.upper()
