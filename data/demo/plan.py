"""The sketch of the invented county: where its coast, river, city, towns and districts lie.

Kilometres east and north of `ORIGIN` (EPSG:27700), which is open North Sea, so that the county can never be
laid over a real place. It stays west of longitude 1.84, where the transformations between the National Grid and
longitude and latitude end: beyond, a point is shifted by 130 metres. Everything finer than this sketch is drawn from
the seed.
"""

from dataclasses import dataclass

Point = tuple[float, float]

ORIGIN = (587_000.0, 444_000.0)
"""Easting and northing of the sketch's corner, in metres."""

COUNTY = "Wendshire"
CITY_DISTRICT = "Wendcaster"
NORTH, SOUTH = 0, 1

COAST: tuple[Point, ...] = (
    (37.5, 50.5), (40.6, 47.2), (39.4, 44.0), (42.0, 41.2), (43.4, 38.6), (47.2, 37.4), (50.6, 35.2), (51.4, 32.2),
    (49.6, 29.6), (49.0, 26.0), (50.2, 23.2), (53.6, 21.6), (54.8, 18.0), (52.0, 15.0), (52.6, 11.4), (49.4, 8.6),
    (47.8, 5.2), (43.6, 2.4),
)  # fmt: skip
"""The shore, north to south."""

INLAND: tuple[Point, ...] = (
    (38.6, 0.2), (34.0, 2.8), (29.4, 3.2), (25.0, 6.0), (20.4, 4.6), (15.4, 1.8), (9.8, 0.6), (6.4, 4.6), (8.0, 9.6),
    (2.4, 12.6), (5.0, 17.4), (0.4, 21.0), (-3.0, 26.6), (2.6, 31.2), (1.0, 36.0), (5.6, 40.0), (4.0, 45.2),
    (8.4, 50.6), (13.2, 48.8), (17.6, 44.6), (21.6, 47.4), (26.6, 52.2), (31.6, 48.6),
)  # fmt: skip
"""The border with the neighbouring counties, from the southern end of the shore round to the northern."""

RIVER: tuple[Point, ...] = (
    (-6.0, 21.0), (-1.0, 23.4), (3.6, 22.4), (7.4, 25.6), (11.4, 24.4), (14.2, 27.2), (18.0, 26.6), (20.6, 24.2),
    (23.4, 25.0), (24.6, 27.0), (27.0, 27.2), (28.6, 25.0), (31.6, 24.6), (34.6, 26.4), (38.6, 25.8), (43.0, 26.8),
    (49.0, 26.0), (58.0, 26.4),
)  # fmt: skip
"""The River Wend, from the western border through the city to the sea."""

ESTUARY_FROM_KM, ESTUARY_TO_KM = 32.5, 50.0
"""Eastings between which the river widens into water that lies between wards."""
ESTUARY_HALF_WIDTH_KM = 1.9

ISLAND: tuple[Point, ...] = ((53.6, 27.4), (54.5, 28.9), (55.9, 29.6), (56.5, 28.9), (55.6, 27.9), (54.6, 26.8))
"""One ward of its own, with no neighbour on land."""


@dataclass(frozen=True)
class Town:
    """A built-up place divided into wards of its own."""

    name: str
    centre: Point
    radius: float
    """Kilometres."""
    wards: int


@dataclass(frozen=True)
class District:
    """A district: its towns, and how many country wards lie round them."""

    name: str
    code: str
    centre: Point
    reach: float
    """How far its pull goes, relative to the other districts."""
    side: int
    """Which bank of the river; the river is a district border outside the city."""
    country_wards: int
    towns: tuple[Town, ...]


CITY = Town(CITY_DISTRICT, (25.4, 26.0), 5.2, 40)
CITY_CODE = "X06000001"
ISLAND_DISTRICT = "Eldersands"

DISTRICTS: tuple[District, ...] = (
    District("Brackwold", "X07000001", (12.0, 37.5), 1.0, NORTH, 11,
             (Town("Brackerby", (12.2, 38.8), 2.3, 6), Town("Ormscarth", (6.6, 30.6), 1.3, 2))),
    District("North Wendshire", "X07000002", (23.5, 41.0), 1.0, NORTH, 10,
             (Town("Quernford", (24.0, 42.0), 2.6, 7), Town("Hathermoor", (20.2, 35.4), 1.2, 2))),
    District("Saltwold", "X07000003", (35.5, 43.5), 1.0, NORTH, 10,
             (Town("Saltenby", (37.4, 45.0), 2.1, 5), Town("Ivelstow", (31.0, 38.8), 1.2, 2))),
    District("Eldersands", "X07000004", (41.5, 32.5), 1.0, NORTH, 8,
             (Town("Elderhaven", (45.6, 32.6), 2.2, 5), Town("Tilborne", (31.6, 30.4), 1.9, 4))),
    District("Oakenvale", "X07000005", (31.0, 20.0), 0.62, SOUTH, 3, (Town("Oakenstow", (30.4, 20.6), 2.5, 7),)),
    District("Fenmarch", "X07000006", (47.0, 16.5), 1.1, SOUTH, 11,
             (Town("Gannetsea", (49.0, 16.8), 2.4, 6), Town("Withernholme", (41.2, 20.4), 1.2, 2))),
    District("Petherwolds", "X07000007", (31.5, 9.5), 1.0, SOUTH, 10,
             (Town("Petherwick", (33.0, 9.4), 2.3, 6), Town("Camberlow", (25.0, 12.8), 1.3, 2))),
    District("Hollindale", "X07000008", (13.0, 15.5), 1.1, SOUTH, 11,
             (Town("Hollinster", (13.8, 14.0), 2.2, 5), Town("Stavenham", (20.0, 21.4), 1.7, 3),
              Town("Arkenley", (7.6, 19.4), 1.1, 1))),
)  # fmt: skip
