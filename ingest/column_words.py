"""What columns are called where nobody has mapped them yet, and words that tell what a column holds.

Headings are compared in small letters, without marks. Words of concerns and of sectors are those of the Home Office's yearly
release "Individuals referred to Prevent".
"""

import difflib
import re
from collections.abc import Mapping

from data.codes import clean_text

CONCERNS = frozenset(
    {
        *("islamist", "islamist extremism", "extreme right-wing", "extreme right wing", "right-wing", "left-wing"),
        *(
            "conflicted",
            "mixed, unstable or unclear",
            "no ideology",
            "no risk or ideology",
            "vulnerability but no ideology",
        ),
        *(
            "vulnerability present but no ideology or ct risk",
            "no specific extremism issue",
            "high ct risk but no ideology present",
        ),
        *("school massacre", "incel", "international", "fascination with extreme violence or mass casualty attacks"),
    }
)
SECTORS = frozenset(
    {
        *(
            "education",
            "police",
            "health",
            "local authority",
            "community",
            "prison and probation",
            "prisons and probation",
        ),
        *("friends and family", "friends & family", "other government department", "hm prison and probation service"),
        *("immigration enforcement", "school", "university", "nhs"),
    }
)
_PLACES = {
    "ward_code": r"(electoral )?ward( code| id)?|wd( ?\d\d)?( ?cd)?|ward ?\d\d ?(code|cd)",
    "ward_name": r"(electoral )?ward( name)?|name of (the )?ward|wd( ?\d\d)? ?nm|ward ?\d\d ?(name|nm)",
    "district": r"(local authority )?district( name)?|local authority( name)?|borough|lad( ?\d\d)?( ?nm)?|ltla( ?\d\d)?( name)?",
}
_COUNT = r"no|nos|n|number|count|total|freq(uency)?|referrals|incidents|how many"
_PATTERNS: Mapping[str, Mapping[str, str]] = {
    "wards": {
        "code": _PLACES["ward_code"],
        "name": r"ward name|wd( ?\d\d)? ?nm|name",
        "district": _PLACES["district"],
    },
    "population": {
        "code": _PLACES["ward_code"],
        "name": _PLACES["ward_name"],
        "district": _PLACES["district"],
        "residents": r"(total |usual )*(residents|population|persons|people)|all (ages|persons)|total",
        "workday": r"(workday|workplace|daytime) population",
    },
    "referrals": {
        **_PLACES,
        "quarter": r"(quarter|qtr|period|month|date)( of( the)? referral)?|referral (quarter|month|date|period)"
        r"|financial quarter",
        "category": r"(vulnerability|concern|ideology|risk|referral) ?(type|category)?"
        r"|type( of (concern|referral|vulnerability))?|category( of concern)?|primary (concern|ideology)|strand",
        "sector": r"referred by|referr(er|ing) ?(sector|agency|organisation)?|sector( of referral)?|source( of referral)?"
        r"|referral source|agency|organisation( type)?",
        "count": rf"{_COUNT}|(number|no|count|total) of referrals|referral (count|number|total)",
    },
    "incidents": {
        **_PLACES,
        "date": r"date|(incident|crime|offence|recorded|occurred|reported)( \w+)? date|month"
        r"|date (of|recorded|reported|occurred).*",
        "quarter": r"quarter|qtr|period|financial quarter",
        "easting": r"eastings?|x|bng ?e|grid ?e",
        "northing": r"northings?|y|bng ?n|grid ?n",
        "longitude": r"long?(itude)?|lng",
        "latitude": r"lat(itude)?",
        "category": r"(hate )?strands?|(crime|offence|incident|hate crime) ?(type|category|strand)?|category|type"
        r"|motivation|hate marker",
        "count": rf"{_COUNT}|(number|no|count|total) of (incidents|crimes|offences)",
        "id": r"(crime|incident|occurrence) ?(id|ref(erence)?|no|number)",
    },
    "provision": {
        **_PLACES,
        "name": r"(project|group|forum|scheme|activity|provision|programme)( (name|title))?|(name|title)( of.*)?|what",
        "kind": r"kinds?|type( of.*)?|category",
        "start": r"(start|starts|from|began|begin)( date| on)?|date started|since",
        "end": r"(end|ends|until|to|finish)( date| on)?|date ended",
        "number": _COUNT,
        "cost": r"(total |annual |yearly )?(costs?|budget|funding|amount|value)( gbp)?",
        "funder": r"fund(er|ed by)|paid( for)? by|source of funding",
        "for_whom": r"for whom|target( group)?|audience|age (group|range|band)|ages",
        "easting": r"eastings?|x|bng ?e|grid ?e",
        "northing": r"northings?|y|bng ?n|grid ?n",
        "longitude": r"long?(itude)?|lng",
        "latitude": r"lat(itude)?",
    },
}
_COMPILED = {kind: {key: re.compile(text) for key, text in keys.items()} for kind, keys in _PATTERNS.items()}
_ALIKE = 0.7


def how_like(heading: str, kind: str, key: str, *, meaning: str) -> int:
    """Say how much a heading sounds like what is sought: 2 by its very words, 1 nearly so, 0 not at all."""
    words = _words(heading)
    if _COMPILED[kind][key].fullmatch(words) or words in (_words(key), _words(meaning)):
        return 2
    return int(bool(difflib.get_close_matches(words, [_words(meaning), _words(key)], n=1, cutoff=_ALIKE)))


def _words(text: str) -> str:
    return clean_text(re.sub(r"[^a-z0-9&]+", " ", clean_text(text).casefold()))
