"""Several partnerships behind one address: what the server of one of them, and the page that lists them, must have to start.

Each partnership is a process with its own account, store, secrets and path, so that nothing in memory, in a cache or on disk can
cross over (docs/adr/0010). A slip in setting that up must not undo it: it is refused here.
"""

import logging
import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from data.errors import UsageError
from data.partnerships import PARTNERSHIP_VARIABLE, is_slug, read_partnerships, why_not_apart
from data.settings import Settings
from ingest.places import STATIC_VARIABLE, STORE_VARIABLE, records_file, snapshot_folder

_log = logging.getLogger(__name__)
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def check_one_of_several(
    settings: Settings | None, *, environ: Mapping[str, str], auth: Mapping[str, Any] | None, base_path: str
) -> None:
    """Refuse to serve a partnership beside others if anything of it could be reached by them; nothing where it stands alone.

    Raises
    ------
    UsageError
        One sentence for each mistake.
    """
    slug = environ.get(PARTNERSHIP_VARIABLE)
    if slug is None:
        return
    mistakes = [*_mistakes(slug, settings, environ=environ, auth=auth, base_path=base_path)]
    if mistakes:
        raise UsageError("\n".join(f"{PARTNERSHIP_VARIABLE} ({slug}): {mistake}" for mistake in mistakes))


def check_door(folder: Path, *, environ: Mapping[str, str], auth: Mapping[str, Any] | None) -> None:
    """Refuse to list partnerships to people who have not signed in; log what keeps one from being listed.

    Raises
    ------
    UsageError
        If there is no identity provider, no folder for sign-ins that ended, or the folder cannot be read.
    """
    if auth is None:
        raise UsageError(
            "The list of partnerships is for people who sign in: give the identity provider (docs/sign-in.md)."
        )
    if not environ.get(STORE_VARIABLE):
        raise UsageError(f"{STORE_VARIABLE} must be set: the list of partnerships keeps there which sign-ins ended.")
    found = read_partnerships(folder)
    for fault in (*found.faults, *why_not_apart(found.whole)):
        _log.warning("%s", fault)


def _mistakes(
    slug: str,
    settings: Settings | None,
    *,
    environ: Mapping[str, str],
    auth: Mapping[str, Any] | None,
    base_path: str,
) -> Iterator[str]:
    base = base_path.strip("/")
    if not is_slug(slug):
        yield "it is the name of a folder: small letters, figures and hyphens."
    if settings is None or settings.access is None:
        yield "without [access] every process of this machine is taken to sit at it. Say who may sign in."
    if base.rpartition("/")[2] != slug:
        yield f"its path has to end with its name. Start it with --server.baseUrlPath {slug}."
    back = urlsplit(str((auth or {}).get("redirect_uri", ""))).path
    if back != f"/{base}/oauth2callback":
        yield f"redirect_uri has to end with /{base}/oauth2callback, so that its cookies stay under its path."
    missing = [one for one in (STORE_VARIABLE, STATIC_VARIABLE) if not environ.get(one)]
    if missing:
        yield f"{' and '.join(missing)} must be set: the usual folders are shared by all."
    elif settings is not None:
        yield from _open_to_others(settings, static=Path(environ[STATIC_VARIABLE]))


def _open_to_others(settings: Settings, *, static: Path) -> Iterator[str]:
    """Name the folders that another account could read; what is not there yet is looked at above it."""
    if os.name == "nt":
        return  # rights are not told by modes there
    for place in dict.fromkeys((snapshot_folder(settings), records_file(settings).parent, static)):
        if not any(_is_ours_alone(above) for above in (place, *place.parents)):
            yield f"{place} can be read by other accounts. Give it, or a folder above it, to this account alone (mode 0700)."


def _is_ours_alone(folder: Path) -> bool:
    try:
        found = folder.stat()
    except OSError:
        return False
    return found.st_uid == os.getuid() and not found.st_mode & _OTHERS
