"""The data sets: maps of very different worlds, each with its own seed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from bench.exact.model import Form
from bench.overlap.areas import area_from_file
from bench.overlap.worlds import Map, draw_map, worlds

WORLDS = (
    "smooth, associated; a year",
    "smooth, associated; a quarter",
    "smooth, associated; three years",
    "smooth, associated; 20 wards",
    "smooth, associated; 400 wards",
    "smooth, associated; a tenth islands",
    "unrelated; a year",
    "single wards; a year",
    "equal risks; a year",
    "overdispersed reporting, associated",
)
_NEARLY_EQUAL = {"single wards; a year", "equal risks; a year"}
"""Worlds in which the standard deviations may well be 0."""
MANY = "smooth, associated; a year"
"""The world of the map that shows how the speed grows with the wards."""


@dataclass(frozen=True)
class DataSet:
    """A named map."""

    name: str
    drawn: Map
    form: Form = Form.NEIGHBOURS
    """In which NUTS samples it well."""


def data_sets(*, seed: int, file: Path | None = None) -> Iterator[DataSet]:
    """Draw the ten maps, and one on the wards of a file if there is one."""
    by_name = {world.name: world for world in worlds()}
    for number, name in enumerate(WORLDS):
        drawn = draw_map(by_name[name], rng=np.random.default_rng([seed, number]))
        yield DataSet(name, drawn, Form.EIGENBASIS if name in _NEARLY_EQUAL else Form.NEIGHBOURS)
    if file is not None:
        rng = np.random.default_rng([seed, len(WORLDS)])
        yield DataSet(f"{MANY}; real wards", draw_map(by_name[MANY], rng=rng, area=area_from_file(file)))


def many_wards(wards: int, *, seed: int) -> DataSet:
    """Draw a larger map."""
    world = next(world for world in worlds() if world.name == MANY)
    rng = np.random.default_rng([seed, wards])
    return DataSet(f"{MANY}; {wards:,} wards", draw_map(replace(world, wards=wards), rng=rng))
