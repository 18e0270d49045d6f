"""What the names of the services of the ONS Open Geography service say.

The ONS names a service by what is in it, in a way that changed over the years. Read from names seen in public use:
`WD_MAY_2023_UK_BGC`, `WD_MAY_2025_UK_BGC_V2`, `WD_DEC_2019_UK_BGC`, `WD_1998_UK_BGC`, `Wards_December_2023_Boundaries_UK_BGC`,
`Wards_December_2021_GB_BGC_2022`, `Wards_December_2019_Boundaries_UK_BFC_v2`, `Wards_May_2024_Boundaries_UK_BFE_`;
`WD23_LAD23_UK_LU`, `WD23_LAD23_UK_LU_DEC`, `WD25_LAD25_UK_LU_v2`, `WD19_LAD19_CTY19_OTH_UK_LU`, and
`WD17_LAD17_UK_LU_4aa38f5449104ea197413eac1a582a02`. Older resolutions are `FEB`, `FCB`, `GCB`, `SGCB`, `UGCB`, or words:
`Wards_December_2016_GCB_in_Great_Britain_2022`, `Wards_December_2016_Full_Clipped_Boundaries_in_Great_Britain`.
A name with any other word in it is of something else (centroids, parishes, constituencies) and is passed over.
"""

import re
from dataclasses import dataclass

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONG_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
SCOPES = ("UK", "GB", "EW", "EN", "E", "WA", "W", "SC", "NI")
"""Parts of the United Kingdom, the largest first."""
GENERALISATIONS = {
    "BFE": "full resolution, to the extent of the realm",
    "BFC": "full resolution, clipped to the coast",
    "BGC": "generalised to 20 m, clipped to the coast",
    "BSC": "generalised to 200 m, clipped to the coast",
    "BUC": "generalised to 500 m, clipped to the coast",
}
_OLD = {"FEB": "BFE", "FCB": "BFC", "GCB": "BGC", "SGCB": "BSC", "UGCB": "BUC"}
_LONG = {
    "GREAT_BRITAIN": "GB",
    "UNITED_KINGDOM": "UK",
    "ENGLAND_AND_WALES": "EW",
    "SUPER_GENERALISED_CLIPPED": "BSC",
    "ULTRA_GENERALISED_CLIPPED": "BUC",
    "GENERALISED_CLIPPED": "BGC",
    "FULL_CLIPPED": "BFC",
    "FULL_EXTENT": "BFE",
}
_WARDS = ("WD", "WARD", "WARDS")
_OVER = ("LAD", "CTY", "UTLA", "CTYUA", "RGN", "CTRY", "OTH")
"""What a ward lies in, as a whole: in a lookup to these, each ward stands once."""
_CODED = re.compile(r"([A-Z]+?)(\d\d)")
_VERSION = re.compile(r"V(\d{1,3})")
_FOUR_DIGITS = re.compile(r"(?:19|20)\d\d")
_HASH = re.compile(r"[0-9A-F]{32}")
_CENTURY = 50
"""Two digits of a year below this are of this century."""


@dataclass(frozen=True)
class Named:
    """What a name says is in a service."""

    service: str
    kind: str
    """`wards`, `lookup`, `changes` (from wards of one vintage to those of another) or `population`."""
    year: int
    month: int | None = None
    scope: str = ""
    generalisation: str = ""
    version: int = 0
    since: int | None = None
    """Of changes: the earlier vintage."""
    words: int = 0
    """How much else it holds; the plainest is taken."""


def read_name(service: str) -> Named | None:
    """Understand the name of a service; `None` if it is of nothing that is looked for here."""
    said = "_".join(one for one in re.split(r"[^0-9A-Z]+", service.upper()) if one not in ("", "IN", "THE"))
    for long, short in _LONG.items():
        said = said.replace(long, short)
    tokens = [one for one in said.split("_") if one]
    if not tokens:
        return None
    if any(one in ("POP", "POPULATION", "POPULATIONS", "MYE", "SAPE") for one in tokens):
        return _population(service, tokens)
    return _boundaries(service, tokens) if tokens[0] in _WARDS else _lookup(service, tokens)


def _boundaries(service: str, tokens: list[str]) -> Named | None:
    words = [_word(token) for token in tokens[1:]]
    # The first year is that of the boundaries; a second one is the year of publication.
    said = dict(reversed([one for one in words if one is not None]))
    said.pop("", None)
    if None in words or not {"year", "generalisation"} <= set(said):
        return None
    return Named(service, "wards", words=len(tokens), **said)  # type: ignore[arg-type]  # by their names


def _word(token: str) -> tuple[str, int | str] | None:
    """Tell what one word of a name says; `None` if it is not a word of names of boundaries."""
    if _FOUR_DIGITS.fullmatch(token):
        return "year", int(token)
    if token in GENERALISATIONS or token in _OLD:
        # FEB is read as the old word for a resolution: no wards of a February are known.
        return "generalisation", _OLD.get(token, token)
    if (month := _month(token)) is not None:
        return "month", month
    if token in SCOPES:
        return "scope", token
    if version := _VERSION.fullmatch(token):
        return "version", int(version[1])
    return ("", "") if token in ("BOUNDARIES", "BOUNDARY") or _HASH.fullmatch(token) else None


def _lookup(service: str, tokens: list[str]) -> Named | None:
    if "LU" not in tokens or not tokens[0].startswith("WD"):
        return None
    codes = [one for one in map(_CODED.fullmatch, tokens) if one and not _VERSION.fullmatch(one[0])]
    wards = [_year(one[2]) for one in codes if one[1] == "WD"]
    others = {one[1] for one in codes if one[1] != "WD"} | ({"OTH"} & set(tokens))
    rest = [one for one in tokens if not _CODED.fullmatch(one) and one not in ("LU", "OTH", *SCOPES)]
    months = [_month(one) for one in rest if _month(one) is not None]
    strange = [one for one in rest if _month(one) is None and not _VERSION.fullmatch(one) and not _HASH.fullmatch(one)]
    if strange or not others <= set(_OVER) or len(wards) not in (1, 2) or (len(wards) == 1 and "LAD" not in others):
        return None
    return Named(
        service,
        "lookup" if len(wards) == 1 else "changes",
        year=max(wards),
        month=months[0] if months else None,
        scope=next((one for one in tokens if one in SCOPES), ""),
        version=max((int(one[1]) for one in map(_VERSION.fullmatch, tokens) if one), default=0),
        since=min(wards) if len(wards) == 2 else None,
        words=len(tokens),
    )


def _population(service: str, tokens: list[str]) -> Named | None:
    coded = [_year(one[2]) for one in map(_CODED.fullmatch, tokens) if one and one[1] == "WD"]
    years = [int(one) for one in tokens if _FOUR_DIGITS.fullmatch(one)]
    if not coded and not set(tokens) & set(_WARDS):
        return None
    if not coded and not years:
        return None
    return Named(service, "population", year=(coded or years)[0], words=len(tokens))


def _month(token: str) -> int | None:
    text = token.casefold()
    for names in (_MONTHS, _LONG_MONTHS):
        if text in names:
            return names.index(text) + 1
    return 9 if text == "sept" else None


def _year(digits: str) -> int:
    return int(digits) + (2000 if int(digits) < _CENTURY else 1900)
