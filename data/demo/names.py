"""Invented place names: an English-sounding grammar, unlike any real ward's name as far as has been checked."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from data.demo.ground import Array

_FIRST = (
    "Alver", "Askel", "Balders", "Bransel", "Burrels", "Carvels", "Corven", "Cotters", "Dravel", "Dunnel", "Eddles",
    "Esker", "Farrin", "Frisken", "Gamel", "Garrels", "Gostle", "Hander", "Hender", "Hovering", "Iddes", "Isker",
    "Jessel", "Jorvens", "Kelver", "Kirren", "Lammers", "Lorring", "Marvens", "Mossel", "Nethers", "Nunnes", "Orvel",
    "Osmer", "Padders", "Pallin", "Quarren", "Quells", "Ravels", "Rosken", "Sallow", "Sturren", "Tamsel", "Thrussel",
    "Ulfen", "Ullers", "Venner", "Vinders", "Wessen", "Wulfers", "Yarrel", "Yaxen",
)  # fmt: skip
_COUNTRY = ("ton", "by", "thorpe", "ham", "ley", "wick", "worth", "stow", "holme", "combe", "cote", "den", "ford")
_BUILT = ("gate", "field", "mead", "croft", "well", "bank", " Park", " Green", " Hill", " Cross", " Bridge", " Mill")
_SAINTS = ("St Osyn's", "St Merrow's", "St Aldith's", "St Cuthelm's", "St Ervan's")
_OWNERS = ("Abbot's", "Prior's", "Canon's", "Dean's")
_COMPASS = {"North": (0, 1), "South": (0, -1), "East": (1, 0), "West": (-1, 0)}
REPEATED = "Abbots Hallow"
"""A ward name that stands in two districts, as happens in real counties: only the code is a key."""


class _Supply:
    """Names not yet given away."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.country = invented_names(rng, _COUNTRY)
        self.built = invented_names(rng, _BUILT)
        self.saints = iter(_SAINTS)


def invented_names(rng: np.random.Generator, endings: tuple[str, ...]) -> Iterator[str]:
    """Give invented names one after another, none twice."""
    pairs = [first + ending for first in _FIRST for ending in endings if first[-1] != ending[0]]
    for number in rng.permutation(len(pairs)):
        yield pairs[number]


def ward_names(wards: pd.DataFrame, *, offsets: Array, city: str, rng: np.random.Generator) -> list[str]:
    """Name every ward.

    Parameters
    ----------
    wards
        `district` and `town` (missing in the country) of each ward, numbered from 0.
    offsets
        (n, 2) how far east and north of its town's centre each ward lies; unused in the country.
    city
        The town whose wards do not carry its name.

    Returns
    -------
    list of str
        Unique within a district; one name is repeated in another district.
    """
    supply = _Supply(rng)
    names: dict[int, str] = {}
    for town, group in wards[wards["town"].notna()].groupby("town", sort=True):
        at = group.index.to_numpy()
        given = _city_names(len(at), supply) if town == city else _town_names(str(town), offsets[at], supply)
        names.update(zip(at.tolist(), given, strict=True))
    country = np.flatnonzero(wards["town"].isna()).tolist()
    names.update({ward: _country_name(number, supply) for number, ward in enumerate(country)})
    names.update(dict.fromkeys(_two_districts(wards["district"].tolist(), country), REPEATED))
    return [names[ward] for ward in range(len(wards))]


def _city_names(wards: int, supply: _Supply) -> list[str]:
    """Name the wards of the city: two after churches, one after two places."""
    names = [next(supply.built) for _ in range(wards)]
    for number in (wards // 4, wards // 2):
        names[number] = f"{next(supply.saints)} & {names[number]}"
    names[-wards // 5] += f" & {next(supply.built)}"
    return names


def _town_names(town: str, offsets: Array, supply: _Supply) -> list[str]:
    """Name the wards of a town: its middle, as many as half of the others by where they lie, the rest by places."""
    wards = len(offsets)
    if wards == 1:
        return [f"{town} & {next(supply.country)}"]
    names = [""] * wards
    if wards > 2:
        names[int(np.hypot(*offsets.T).argmin())] = f"{town} Central"
    for direction, number in _outermost(offsets, [not name for name in names], many=max(2, (wards - 1) // 2)):
        names[number] = f"{town} {direction}"
    left = [number for number, name in enumerate(names) if not name]
    for number in left:
        church = number == left[-1] and wards == 6
        names[number] = f"{town} {next(supply.saints) if church else next(supply.built)}"
    return names


def _outermost(offsets: Array, free: list[bool], *, many: int) -> list[tuple[str, int]]:
    """Say which wards lie furthest in which direction, the plainest cases first, each ward and direction once."""
    middle = offsets.mean(axis=0)
    reach = {name: (offsets - middle) @ np.asarray(way, dtype=float) for name, way in _COMPASS.items()}
    plainest = sorted(
        (-float(reach[name][ward]), name, ward) for name in reach for ward in np.flatnonzero(free).tolist()
    )
    found: dict[str, int] = {}
    for _, name, ward in plainest:
        if name not in found and ward not in found.values() and len(found) < many:
            found[name] = ward
    return list(found.items())


def _country_name(number: int, supply: _Supply) -> str:
    name = next(supply.country)
    patterns = {
        2: lambda: f"{name} & {next(supply.country)}",
        4: lambda: f"Great {name}",
        7: lambda: f"{name} with {next(supply.country)}",
        9: lambda: f"{_OWNERS[number // 10 % len(_OWNERS)]} {name}",
    }
    return patterns.get(number % 10, lambda: name)()


def _two_districts(districts: list[str], country: list[int]) -> tuple[int, int]:
    """Choose the first country ward, and one from about half way down the list in another district."""
    first = country[0]
    return first, next(ward for ward in country[len(country) // 2 :] if districts[ward] != districts[first])
