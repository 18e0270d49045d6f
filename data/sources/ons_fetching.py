"""Wards, lookups and populations, fetched from the ONS Open Geography service and made ready to be saved.

Always the whole layer is asked for, and cut to an area here: the service is not told which wards somebody looks at.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from data.limits_settings import LIMITS, Limits
from data.settings_columns import Columns as Mapped
from data.sources.arcgis_layers import Layer
from data.sources.asking import Caller
from data.sources.fetched import Product
from data.sources.ons import Place, Vintage, find_field, find_layer, find_people, need_field
from data.sources.ons_tables import Columns, add_districts, check_codes, cut_areas, read_outlines, read_table
from data.sources.paging import Fetched, fetch_layer
from data.sources.terms import Terms, terms_of

PART = ".part-"
"""What names of folders begin with in which pages are kept until all have come."""
_MOST_LOOKUP = 100_000
"""Records of a lookup: a change of vintage has a few for each ward."""


@dataclass(frozen=True)
class Wanted:
    """What is asked for."""

    vintage: Vintage
    generalisation: str = ""
    since: Vintage | None = None
    areas: tuple[str, ...] = ()
    field: str | None = None
    """Which field holds residents, if that cannot be told."""


@dataclass(frozen=True)
class Errand:
    """Whom to ask, where to keep what comes, and whom to tell."""

    caller: Caller
    place: Place
    out: Path
    say: Callable[[str], None]
    limits: Limits = LIMITS

    def bring(self, layer: Layer, *, fields: tuple[str, ...], most: int, name: str) -> Fetched:
        """Fetch a layer whole; its pages stay until the product is saved."""
        self.say(f"Fields: {', '.join(fields)}")
        return fetch_layer(
            self.caller, layer, fields=fields, most=most, folder=self.out / f"{PART}{name}", say=self.say
        )

    def source(self, fetched: Fetched) -> tuple[str, Fetched]:
        """Give what came, with its address."""
        return self.caller.address(fetched.layer.place), fetched


def product_name(kind: str, wanted: Wanted) -> str:
    """Name the folder of a product: `wards_2023_BGC`, `lookup_2019_to_2023`."""
    vintage = f"{wanted.since}_to_{wanted.vintage}" if wanted.since else str(wanted.vintage)
    return "_".join(one for one in (kind, vintage, wanted.generalisation) if one)


def fetch_wards(errand: Errand, wanted: Wanted) -> Product:
    """Fetch the outlines of wards, with their districts, which come from the lookup where the layer has none."""
    name = product_name("wards", wanted)
    layer = find_layer(
        *(errand.caller, errand.place),
        kind="wards",
        vintage=wanted.vintage,
        generalisation=wanted.generalisation,
        say=errand.say,
    )
    need_field(layer, "WD", "NM", wanted.vintage)
    own = _columns(layer, wanted.vintage)
    fetched = errand.bring(layer, fields=own.there, most=errand.limits.wards, name=name)
    wards = check_codes(read_outlines(fetched, say=errand.say), code=own.code, place=layer.place)
    sources = [errand.source(fetched)]
    if own.district is None:
        errand.say(
            "The layer does not say in which district a ward lies: taking that from the lookup of the same vintage."
        )
        lookup, lookup_columns, source = _districts(errand, wanted)
        wards = add_districts(wards, lookup, code=own.code, own=lookup_columns)
        own = Columns(own.code, own.name, lookup_columns.district_code, lookup_columns.district)
        sources.append(source)
    _tell_broken(wards.geometry, say=errand.say)
    wards = cut_areas(wards, wanted.areas, columns=own)
    terms = _terms(sources)
    section = {
        **{"vintage": wanted.vintage.year, "code": own.code, "name": own.name, "district": own.district},
        **({"credit": credit} if (credit := terms.credit()) else {}),
    }
    return Product(name, wards, {"wards": section}, tuple(sources), terms, wanted.areas)


def _tell_broken(shapes: gpd.GeoSeries, *, say: Callable[[str], None]) -> None:
    broken = int((~shapely.is_valid(shapes.to_numpy())).sum())
    if broken:
        say(f"Outlines whose rings cross themselves or each other, which are mended when they are read: {broken:,}.")


def fetch_lookup(errand: Errand, wanted: Wanted) -> Product:
    """Fetch the lookup of wards to districts, or, with `since`, of the wards of an earlier vintage to those of this one."""
    if wanted.since is not None:
        return _fetch_changes(errand, wanted, since=wanted.since)
    table, columns, source = _districts(errand, wanted, name=product_name("lookup", wanted))
    table = cut_areas(table, wanted.areas, columns=columns)
    return Product(product_name("lookup", wanted), table, {}, (source,), _terms([source]), wanted.areas)


def _districts(
    errand: Errand, wanted: Wanted, *, name: str | None = None
) -> tuple[pd.DataFrame, Columns, tuple[str, Fetched]]:
    # A service that was named for the boundaries is not the one of the lookup.
    place = errand.place if name else Place(errand.place.root)
    layer = find_layer(errand.caller, place, kind="lookup", vintage=wanted.vintage, say=errand.say)
    columns = Columns(
        need_field(layer, "WD", "CD", wanted.vintage),
        find_field(layer, "WD", "NM", wanted.vintage),
        need_field(layer, "LAD", "CD", wanted.vintage),
        need_field(layer, "LAD", "NM", wanted.vintage),
    )
    part = name or f"{product_name('wards', wanted)}_districts"
    fetched = errand.bring(layer, fields=columns.there, most=_MOST_LOOKUP, name=part)
    return check_codes(read_table(fetched), code=columns.code, place=layer.place), columns, errand.source(fetched)


def _fetch_changes(errand: Errand, wanted: Wanted, *, since: Vintage) -> Product:
    layer = find_layer(
        *(errand.caller, errand.place), kind="changes", vintage=wanted.vintage, since=since.year, say=errand.say
    )
    before, after = _columns(layer, since), _columns(layer, wanted.vintage)
    name = product_name("lookup", wanted)
    fetched = errand.bring(layer, fields=(*before.there, *after.there), most=_MOST_LOOKUP, name=name)
    table = check_codes(read_table(fetched), code=before.code, also=(after.code,), place=layer.place)
    table = cut_areas(table, wanted.areas, columns=after)
    source = errand.source(fetched)
    return Product(name, table, {}, (source,), _terms([source]), wanted.areas)


def fetch_population(errand: Errand, wanted: Wanted) -> Product:
    """Fetch residents by ward, where the service has them."""
    layer = find_layer(errand.caller, errand.place, kind="population", vintage=wanted.vintage, say=errand.say)
    columns, people = _columns(layer, wanted.vintage), find_people(layer, named=wanted.field)
    errand.say(f"Residents, guessed from the names of its fields of numbers: {people}")
    name = product_name("population", wanted)
    fetched = errand.bring(layer, fields=(*columns.there, people), most=errand.limits.wards, name=name)
    table = check_codes(read_table(fetched), code=columns.code, place=layer.place)
    table = cut_areas(table, wanted.areas, columns=columns)
    source = errand.source(fetched)
    section: Mapped = {
        "population": {
            **{"code": columns.code, "name": columns.name, "district": columns.district, "residents": people},
        }
    }
    return Product(name, table, section, (source,), _terms([source]), wanted.areas)


def _columns(layer: Layer, vintage: Vintage) -> Columns:
    return Columns(
        need_field(layer, "WD", "CD", vintage),
        find_field(layer, "WD", "NM", vintage),
        find_field(layer, "LAD", "CD", vintage),
        find_field(layer, "LAD", "NM", vintage),
    )


def _terms(sources: list[tuple[str, Fetched]]) -> Terms:
    return terms_of(
        [address for address, _ in sources],
        [fetched.layer.credit for _, fetched in sources],
        today=datetime.now(UTC).date(),
    )
