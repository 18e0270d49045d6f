"""Data written as JavaScript, harmless whatever the texts in it hold."""

import json
import re

_TEMPLATE_MARK = re.compile(r"\{(?=[{%#])")


def as_script(content: object) -> str:
    """Write data as JSON that can stand in a script, in HTML and in a template.

    Outside ASCII everything is escaped (U+2028 would end a line), and `<`, `>` and `&`, so that no text closes or opens a tag.
    The marks of a Jinja template are too: branca takes the scripts that folium hands it for templates once more, and would run
    what stands between them in this server.
    """
    text = json.dumps(content, separators=(",", ":"), allow_nan=False)
    for mark in "<>&'":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    # Such a pair occurs in a string only: a brace that is JSON's own is followed by a quotation mark or by its end.
    return _TEMPLATE_MARK.sub(r"\\u007b", text)
