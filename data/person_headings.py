"""Headings that announce person-level data. Such a column is refused whatever the settings say."""

import re

from data.codes import clean_text

IDENTITY = "an identity or case number"
EXACT_PLACE = "an address or an exact place"
CHARACTERISTIC = "a characteristic of a person"
# What a heading is about, and the words that give it away, looked for in small letters with single blanks.
_KINDS: tuple[tuple[str, str], ...] = (
    (
        "a date of birth or an age",
        r"\b(d ?o ?b|dates? of birth|birth ?(date|day|year)?|year of birth|yob|born|ages?)\b(?! (band|group))",
    ),
    ("an NHS number", r"\bnhs\b(?! (sector|trust|category|type))|\bnhs ?(no|num|number|id)\b"),
    (
        "a police, court or custody number",
        r"\b(pnc|pncid|cro|niche|custody|nominal|warrant|arrest)\b|\boccurrence (no|number|ref\w*)\b",
    ),
    (
        IDENTITY,
        r"\b(nino|n i (no|number)|ni (no|number)|national insurance|passport|driving licen[cs]e|upn|uln|urn|unique pupil"
        r"|(crime|case|client|person|pupil|student|patient|subject|referral|record|incident|system|channel|prevent"
        r"|individual|service user|staff|officer)s? ?(no|num|number|id|ref|reference|refs?|identifier)|ref|reference"
        r"|ref(erence)? (no|num|number|id)|id|ids|identifier|unique id\w*|(ip|mac) address|user ?id|device)\b",
    ),
    (
        EXACT_PLACE,
        r"\b(address(es)?|addr|street|house|flat|road|post ?codes?|zip ?code|uprn|usrn|easting|northing"
        r"|lat|long|latitude|longitude|grid ref\w*|what ?3 ?words)\b",
    ),
    (
        "a way to reach a person",
        r"\b(e ?mails?|e ?mail address|(tele)?phones?|tel|mobiles?|contacts?|social media|facebook|instagram|snapchat|handle)\b",
    ),
    (
        "free text",
        r"\b(notes?|comments?|free ?text|narrative|summary|remarks?|circumstances|details?|background|allegations?"
        r"|observations?|rationale|mo|modus operandi)\b",
    ),
    (
        CHARACTERISTIC,
        r"\b(gender|sex|ethnic\w*|religion|religious belief|faith|nationality|country of birth|language|marital|disabilit(y|ies)"
        r"|occupation|employer|school name|name of school|gp|siblings?|parents?)\b",
    ),
    (
        "a person's name",
        r"\b((fore|first|given|middle|last|sur|family|full|maiden|nick|preferred|legal|known as) ?names?|surnames?"
        r"|alias(es)?|initials|aka|known as|user ?names?)\b",
    ),
)
# Names and descriptions of things are welcome: `Ward name`, `Category description`, `Local authority name`.
_THINGS = (
    r"\b(wards?|districts?|areas?|authorit(y|ies)|lad|la|ltla|utla|councils?|sectors?|categor(y|ies)|types?|concerns?|quarters?|strands?"
    r"|ideolog(y|ies)|borough|region|county|crime type|wd)\b"
)
# A champion is a person, so `Champion name` is not among them.
_PROVIDED = (
    r"(?:the )?(?:project|group|forum|scheme|programme|activity|provision|service|intervention|what|training|course)s?"
)
# `Ward ID` and `Ward (home address)` are of areas; what stands under them is looked at as well.
_ALSO_OF_THINGS = (IDENTITY, EXACT_PLACE)
_NAME = re.compile(r"\bnames?\b|\b(name|details) of\b|\bwho\b")
_DESCRIPTION = re.compile(r"\bdesc(ription)?\b")
_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)


def kind_of_heading(heading: str) -> str | None:
    """Say what of a person a heading announces, e.g. `a date of birth or an age`; nothing if it announces none."""
    words = _words(heading)
    about_things = re.search(_THINGS, words) is not None
    for kind, pattern in _COMPILED:
        if pattern.search(words) and not (about_things and kind in _ALSO_OF_THINGS):
            return kind
    if about_things:
        return None
    if _NAME.search(words):
        return "a person's name"
    return "free text" if _DESCRIPTION.search(words) else None


def names_a_thing(heading: str) -> bool:
    """Tell whether a heading announces the name of what is provided: `Name`, `Title`, `Project name`; not `Lead name`."""
    return (
        re.fullmatch(rf"(?:{_PROVIDED})?(?: ?(?:name|title)s?)?(?: of (?:{_PROVIDED}))?", _words(heading)) is not None
    )


def _words(heading: str) -> str:
    """Split `dateOfBirth`, `DATE_OF_BIRTH` and `D.O.B.` into words in small letters."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", clean_text(heading))
    return clean_text(re.sub(r"[^a-z0-9]+", " ", apart.casefold()))
