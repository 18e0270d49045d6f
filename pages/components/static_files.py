"""Files that the browser fetches by address: published once under a name that holds a hash of what is in them.

Streamlit serves the folder `static/` beside the script it runs, without sign-in: so only geometry, ward codes, names and
programs go in, never a value. It says nothing of caching, and a browser then keeps a file for a tenth of its
age (RFC 9111, section 4.2.2); as a hashed name never changes its content, each file is dated long ago, which lets it be kept
for years. When a file was last published stands in its change time instead (POSIX), and that is what pruning goes by.
"""

import hashlib
import os
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from ingest.places import ROOT, STATIC_VARIABLE

STATIC_ROOT = Path(os.environ.get(STATIC_VARIABLE) or ROOT / "static")
"""The folder that `server/map_files.py` serves; one of its own for each of several partnerships on a machine."""

_FROM_COMPONENT_PAGE = "../../app/static/"
"""From streamlit-folium's own page to that folder; relative, so that it also holds under a base path."""

_LONG_AGO = 946684800
"""1 January 2000: a browser keeps the file for years without asking again."""

_DAY = 86400.0


def publish_static(content: bytes, *, name: str, root: Path = STATIC_ROOT) -> str:
    """Write a file for the browser and give its address.

    Publishing the same content again changes nothing. Several processes may publish at the same time: each file is written
    beside its place and renamed into it, so nobody reads half a file.

    Parameters
    ----------
    content : bytes
        What the file holds. Anyone who reaches the server can fetch it.
    name : str
        Path in the folder, such as `outlines/wards.js`; a hash goes in before the ending.
    root : Path
        The static folder of the script that Streamlit runs.

    Returns
    -------
    str
        Address relative to streamlit-folium's page, for `default_js` and `default_css`.
    """
    place = hashed_name(content, name=name)
    target = root / place
    if not target.is_file():
        _write_whole(content, target=target)
    os.utime(target, (_LONG_AGO, _LONG_AGO))
    return _FROM_COMPONENT_PAGE + place


def hashed_name(content: bytes, *, name: str) -> str:
    """Put a hash of the content into the name: `outlines/wards.js` gives `outlines/wards-1f0c….js`."""
    path = PurePosixPath(name)
    return str(path.with_name(f"{path.stem}-{hashlib.sha256(content).hexdigest()[:16]}{path.suffix}"))


def prune_static(folder: str, *, root: Path = STATIC_ROOT, keep: int = 20, days: float = 30.0) -> tuple[Path, ...]:
    """Remove files that nobody has published for long; give those removed.

    The newest `keep` stay whatever their age, and whatever was published in the last `days` stays too, since another process
    may be drawing from it. Only direct children of the folder are looked at.
    """
    found = sorted(_published(root / folder), reverse=True)
    horizon = time.time() - days * _DAY
    old = [path for when, path in found[keep:] if when < horizon]
    for path in old:
        path.unlink(missing_ok=True)
    return tuple(old)


def _published(folder: Path) -> Iterable[tuple[float, Path]]:
    for path in folder.glob("*"):
        try:
            if path.is_file():
                yield path.stat().st_ctime, path
        except FileNotFoundError:  # another process pruned it first
            continue


def _write_whole(content: bytes, *, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(target)
    finally:
        Path(name).unlink(missing_ok=True)
