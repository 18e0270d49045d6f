"""What a browser may do with a page of ours: the content security policies, one for each kind of address.

Everything is refused that is not from this server, so that the browser itself keeps data from leaving, whatever a page was
talked into. See https://www.w3.org/TR/CSP3/.
"""

import base64
import hashlib
import re
from enum import Enum
from pathlib import Path

Directives = dict[str, str]


class Kind(Enum):
    """What an address gives."""

    PAGE = "page"
    """Streamlit's page, and anything without a kind of its own."""
    PROGRAM = "program"
    """Streamlit's scripts and styles, and ours: hashed names, the same for everybody."""
    COMPONENT = "component"
    """The map's own page, in a frame."""
    DATA = "data"
    """Downloads, uploads and what the page asks for in the background."""


def kind_of(path: str, *, base_path: str = "") -> Kind:
    """Say what an address gives, under the option `server.baseUrlPath`."""
    base = base_path.strip("/")
    first, _, rest = path.removeprefix(f"/{base}" if base else "").lstrip("/").partition("/")
    if first in ("media", "_stcore"):
        return Kind.DATA
    if first == "component":
        return Kind.COMPONENT
    return Kind.PROGRAM if first == "static" or (first == "app" and rest.startswith("static/")) else Kind.PAGE


def policies(index: Path) -> dict[Kind, str]:
    """Write the policy of each kind.

    Parameters
    ----------
    index : Path
        Streamlit's page, as installed. The scripts that stand in it are allowed by their hash, and no other script in a page.
    """
    # WebAssembly is tried by Streamlit's protobuf, which does without: it stays forbidden.
    page = _PAGE | {"script-src": " ".join(["'self'", *_hashes_of_scripts(index.read_text(encoding="utf-8"))])}
    written = {Kind.PAGE: page, Kind.PROGRAM: page, Kind.COMPONENT: _COMPONENT, Kind.DATA: _DATA}
    return {
        kind: "; ".join(f"{name} {value}".strip() for name, value in text.items()) for kind, text in written.items()
    }


_NOTHING_ELSE: Directives = {
    "default-src": "'none'",
    "base-uri": "'none'",
    # No form is ever sent: Streamlit's forms go over its websocket, and sign-in is a plain change of address.
    "form-action": "'none'",
    "frame-ancestors": "'self'",
}

_PAGE = _NOTHING_ELSE | {
    # 'self' covers the websocket too. Charts need no eval: Streamlit gives vega its interpreter.
    "connect-src": "'self'",
    # Streamlit writes its styles, and our marking's, into the page: neither can carry a hash. Without scripts, forms and other
    # hosts to ask, a foreign style could change how a page looks, and send nothing.
    "style-src": "'self' 'unsafe-inline'",
    # data: and blob: are made by the page itself: icons of style sheets, pictures of charts.
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "frame-src": "'self'",
    "manifest-src": "'self'",
}

_COMPONENT = _NOTHING_ELSE | {
    # streamlit-folium gets the map as the text of a script and runs it: it cannot work otherwise. Ours holds no name and no
    # value (pages/components/ward_map.py), and the frame can ask no other host for anything.
    "script-src": "'self' 'unsafe-inline' 'unsafe-eval'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data:",
}

_DATA = _NOTHING_ELSE | {"sandbox": ""}
"""A file that someone opens instead of keeping it does nothing."""


def _hashes_of_scripts(page: str) -> list[str]:
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]
