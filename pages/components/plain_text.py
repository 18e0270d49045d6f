"""Text from data where Streamlit reads Markdown: every way of its being anything but text is taken away.

Titles, labels and messages are Markdown. A ward called `![x](http://…)` would make every browser that looks at it ask that
address, and `:material/map:` or `$x$` would be a picture or a formula. Where HTML is drawn, `html.escape` does the same service.
"""

import string

_ESCAPED = str.maketrans({mark: f"\\{mark}" for mark in string.punctuation})
_JOINER = "\u2060"
"""Cannot be seen, and no line breaks at it. Addresses are made links after the escapes have been read, so they are broken up."""
_BROKEN_UP = {"://": f":{_JOINER}//", "www.": f"www{_JOINER}.", "@": f"{_JOINER}@{_JOINER}"}


def plain_text(text: object) -> str:
    """Write a text so that it is shown as it is, in one line, whatever it holds."""
    said = " ".join(str(text).split())
    for found, broken in _BROKEN_UP.items():
        said = said.replace(found, broken).replace(found.upper(), broken.upper())
    return said.translate(_ESCAPED)


def plain_lines(text: object) -> str:
    """Write several lines so that each is shown as it is, as a paragraph of its own."""
    return "\n\n".join(plain_text(line) for line in str(text).splitlines() if line.strip())
