"""Text without what nobody can see: controls, changes of direction, zero-width characters, floods of accents.

Such characters steer terminals and editors, turn the order of what is read, and make two names that look alike differ
(Unicode Technical Report 36). They have no place in a name, a category or a heading.
"""

import re
import unicodedata

_PLAIN = re.compile(r"[ -~]*")
_UNSEEN = ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp")
"""Unicode general categories: control, format, private, surrogate, unassigned; separators of lines and paragraphs."""
_ACCENTS = ("Mn", "Me")
_MOST_ACCENTS = 3
"""On one letter, as Vietnamese or a transliteration may need; a heap of them covers the lines above and below."""


def visible_text(text: str) -> str:
    """Leave out what cannot be seen; blanks of every kind stay blanks."""
    if _PLAIN.fullmatch(text):
        return text
    kept, accents = [], 0
    for one in text:
        kind = unicodedata.category(one)
        if kind in _ACCENTS:
            accents += 1
        else:
            accents = 0
        if one.isspace():
            kept.append(" ")
        elif kind not in _UNSEEN and accents <= _MOST_ACCENTS:
            kept.append(one)
    return "".join(kept)


def sayable(text: str, *, longest: int = 2_500) -> str:
    """Make a text fit for a message: line ends stay, what cannot be seen goes, and it ends where nobody reads on."""
    said = "\n".join(visible_text(line) for line in text.split("\n"))
    if len(said) <= longest:
        return said
    # What to do about it stands at the end.
    half = longest // 2
    return f"{said[:half]} … {said[-half:]}"
