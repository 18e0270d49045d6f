"""Values that look like a person's: each kind is a pattern, and nothing found is ever repeated in a message."""

import re
from pathlib import Path


def _words(file: str) -> frozenset[str]:
    return frozenset(Path(__file__).with_name(file).read_text(encoding="utf-8").split())


# Common in the United Kingdom, without those that are words of this field or of places on their own (Christian, Victoria,
# Grace, Faith, Mark, Will, Jordan ...): a category must not be refused for such a word.
FORENAMES = _words("forenames.txt")
DATE_OR_AGE = "a date or an age"
NAME = "a person's name"
# Identifiers: one of them anywhere in a table is enough.
_IDENTIFIERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("an email address", re.compile(r"[^\s@]{1,64}@[^\s@]{1,255}\.[a-z]{2,}", re.IGNORECASE)),
    ("a social media name", re.compile(r"(?<![\w.])@[A-Za-z_]\w{2,}")),
    (
        "a postcode",
        re.compile(r"\b(?:GIR ?0AA|[A-PR-UWYZ][A-HK-Y]?\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2})\b", re.IGNORECASE),
    ),
    (
        "a National Insurance number",
        re.compile(r"\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b", re.IGNORECASE),
    ),
    ("a PNC or CRO number", re.compile(r"\b(?:(?:19|20)?\d{2}/\d{1,7}[A-Z]|\d{1,6}/\d{2}[A-Z])\b", re.IGNORECASE)),
    ("a pupil number", re.compile(r"\b[A-Z]\d{11}[A-Z\d]\b", re.IGNORECASE)),
    (
        "a telephone number",
        re.compile(r"(?<![\w.])(?:\+|00)\d{1,3}(?:[ ().-]*\d){8,11}\b|(?<![\w.+-])\(?0[1-37-9](?:[ ().-]*\d){8,9}\b"),
    ),
    (
        "an address",
        re.compile(
            r"^(?:(?:flat|apartment|unit)\b.{0,20})?\d{1,4}[a-z]?,?\s+(?:[\w'’.-]+\s+){1,4}"
            r"(?:road|rd|street|st|avenue|ave|lane|ln|close|drive|way|crescent|court|place|gardens|terrace|grove|walk)\b",
            re.IGNORECASE,
        ),
    ),
)
_NHS_LIKE = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")
_DATE = re.compile(
    r"\b\d{1,2}(?P<mark>[/.-])\d{1,2}(?P=mark)(?:\d{4}|\d{2})\b|\b(?:19|20)\d{2}-\d{2}-\d{2}"
    r"|\b\d{1,2}(?:st|nd|rd|th)?[ -](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ -]\d{2,4}\b",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"\baged? ?\d{1,3}\b|\b\d{1,3}[ -]?(?:years?|yrs?)[ -]old\b|\b\d{1,2} ?y/?o\b|\bborn (?:in|on)\b", re.IGNORECASE
)
_TITLE = re.compile(r"^(?i:mr|mrs|ms|miss|mx|dr|prof|rev|sir|master)\.? [A-Z][\w'’.-]*")
# Kin are no sign: "Mother" is a source of referral.
_STORY = re.compile(
    r"\b(?:he|she|his|her|hers|him|himself|herself|told|said|disclosed|stated|reported that|lives (?:at|in|with))\b",
    re.IGNORECASE,
)
_LONG_TEXT = 120
_PERSON_WORD = (
    r"(?:[A-Z]\.?|[A-Z][a-zà-öø-ÿ]+|(?:Mc|Mac|O['’]|D['’]|Al-|El-)[A-Z][a-z]+|[A-Z][a-z]+-[A-Z][a-z]+|[A-Z]{2,})"
)
_NAME_FORM = re.compile(rf"{_PERSON_WORD}(?:,? {_PERSON_WORD}){{1,3}}")
# Words that a person's name does not hold but the name of an organisation, a place or a category does.
_NOT_IN_NAMES = _words("words_not_in_names.txt")


def kind_of_identifier(text: str) -> str | None:
    """Say which identifier stands in a text, e.g. `an NHS number`; nothing if none does."""
    # Dates with times would pass for telephone numbers; they are looked at in `kind_of_value`.
    undated = _DATE.sub(" ", text)
    for kind, pattern in _IDENTIFIERS:
        if pattern.search(undated):
            return kind
    return "an NHS number" if any(_is_nhs_number(found) for found in _NHS_LIKE.findall(undated)) else None


def kind_of_value(text: str) -> str | None:
    """Say what of a person a text looks like: an identifier, a date or an age, free text, or a name.

    For texts that should be the name of a kind or a place. A long text counts as free text.
    """
    found = kind_of_identifier(text)
    if found:
        return found
    if _DATE.search(text) or _AGE.search(text):
        return DATE_OR_AGE
    if len(text) > _LONG_TEXT or _STORY.search(text):
        return "free text"
    return NAME if is_called_like_a_person(text) else None


def is_called_like_a_person(text: str) -> bool:
    """Tell whether a text is a title and a name, or a forename and a surname that a list knows."""
    return _TITLE.match(text) is not None or is_known_name(text)


def is_known_name(text: str) -> bool:
    """Tell whether a text is a forename and a surname, either first, by a list of common forenames."""
    if not (has_name_form(text) or has_name_form(text.title())):
        return False
    words = text.replace(",", "").casefold().split()
    return words[0] in FORENAMES or ("," in text and words[1] in FORENAMES)


def has_name_form(text: str) -> bool:
    """Tell whether a text is written as a name is: two to four capitalised words, none of them of an organisation."""
    if not _NAME_FORM.fullmatch(text):
        return False
    return not _NOT_IN_NAMES.intersection(re.split(r"[ ,.-]+", text.casefold()))


def _is_nhs_number(text: str) -> bool:
    """Check the eleventh-modulus digit of an NHS number (NHS Data Dictionary, NHS NUMBER)."""
    digits = [int(digit) for digit in re.sub(r"\D", "", text)]
    if len(set(digits)) == 1:
        return False
    check = 11 - sum(digit * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True)) % 11
    return check % 11 == digits[9]
