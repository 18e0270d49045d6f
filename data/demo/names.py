"""Invented place names: an English-sounding grammar, unlike any real ward's name as far as has been checked."""

from collections.abc import Iterator

import numpy as np

_FIRST = (
    "Alver", "Askel", "Ballers", "Bransel", "Burrels", "Carvels", "Corven", "Cotters", "Dravel", "Dunnel", "Eddles",
    "Esker", "Farrin", "Frisken", "Gamel", "Garrels", "Gostle", "Hander", "Hender", "Hovering", "Iddes", "Isker",
    "Jessel", "Jorvens", "Kelver", "Kirren", "Lammers", "Lorring", "Marvens", "Mossel", "Nethers", "Nunnes", "Orvel",
    "Osmer", "Padders", "Pallin", "Quarren", "Quells", "Ravels", "Rosken", "Sallow", "Sturren", "Tamsel", "Thrussel",
    "Ulfen", "Ullers", "Venner", "Vinders", "Wessen", "Wulfers", "Yarrel", "Yaxen",
)  # fmt: skip
_COUNTRY = ("ton", "by", "thorpe", "ham", "ley", "wick", "worth", "stow", "holme", "combe", "cote", "den", "ford")
_BUILT = ("gate", "field", "mead", "croft", "well", "bank", " Park", " Green", " Hill", " Cross", " Bridge", " Mill")
_SAINTS = ("St Osyn's", "St Merrow's", "St Aldith's", "St Cuthelm's", "St Ervan's")
_QUARTERS = ("North", "South", "East", "West", "Central")
REPEATED = "Abbots Hallow"
"""A ward name that stands in two districts, as happens in real counties: only the code is a key."""


def invented_names(rng: np.random.Generator, endings: tuple[str, ...]) -> Iterator[str]:
    """Give invented names one after another, none twice."""
    pairs = [first + ending for first in _FIRST for ending in endings if first[-1] != ending[0]]
    for number in rng.permutation(len(pairs)):
        yield pairs[number]


def ward_names(districts: list[str], towns: list[str | None], *, city: str, rng: np.random.Generator) -> list[str]:
    """Name every ward.

    Parameters
    ----------
    districts, towns
        District of each ward, and its town (`None` in the country).

    Returns
    -------
    list of str
        Unique within a district; one name is repeated in another district.
    """
    country, built = invented_names(rng, _COUNTRY), invented_names(rng, _BUILT)
    saints = iter(_SAINTS)
    names: list[str] = []
    for number, (district, town) in enumerate(zip(districts, towns, strict=True)):
        within = towns[:number].count(town) if town else 0
        if district == city:
            names.append(_city_name(within, built, saints))
        elif town:
            names.append(_town_name(town, within, towns.count(town), built, country, saints))
        else:
            names.append(_country_name(number, country))
    return _with_repeat(names, districts, towns)


def _city_name(within: int, built: Iterator[str], saints: Iterator[str]) -> str:
    name = next(built)
    if within in (9, 23):
        return f"{next(saints)} & {name}"
    return f"{name} & {next(built)}" if within == 31 else name


def _town_name(
    town: str, within: int, wards: int, built: Iterator[str], country: Iterator[str], saints: Iterator[str]
) -> str:
    if wards == 1:
        return f"{town} & {next(country)}"
    if wards <= 2:
        return f"{town} {_QUARTERS[within]}"
    if within == 0:
        return f"{town} Central"
    if within == wards - 1 and wards == 6:
        return f"{town} {next(saints)}"
    return f"{town} {next(built)}" if within % 2 else f"{town} {_QUARTERS[(within // 2) % 4]}"


def _country_name(number: int, country: Iterator[str]) -> str:
    name = next(country)
    pattern = number % 9
    if pattern == 2:
        return f"{name} & {next(country)}"
    if pattern == 5:
        return f"Great {name}"
    if pattern == 7:
        return f"{name} with {next(country)}"
    return f"{name} Abbot's Reach" if pattern == 8 and number % 2 else name


def _with_repeat(names: list[str], districts: list[str], towns: list[str | None]) -> list[str]:
    """Give one country ward in each of two districts the same name."""
    country = [number for number, town in enumerate(towns) if town is None]
    first = country[0]
    second = next(number for number in country[len(country) // 2 :] if districts[number] != districts[first])
    return [REPEATED if number in (first, second) else name for number, name in enumerate(names)]
