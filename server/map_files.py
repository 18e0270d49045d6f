"""The map's own files: outlines and programs under hashed names, kept by the browser for a year."""

import re
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_HASHED = re.compile(r"-[0-9a-f]{16}\.(js|css)$")
_FOR_A_YEAR = "public, max-age=31536000, immutable"


def map_files(folder: Path, *, base_path: str = "") -> Mount:
    """Serve the folder of published files as `app/static/`, which is where the map's page looks for them.

    Streamlit would serve the folder `static` beside the script it runs, here `pages/static`, to pages of any origin, whatever
    lies in it, and without a word on how long a file may be kept. There is no value in these files, so they need no sign-in.

    Parameters
    ----------
    folder : Path
        Where `pages.components.static_files` publishes.
    base_path : str
        The option `server.baseUrlPath`.
    """
    base = base_path.strip("/")
    return Mount(f"/{base}/app/static" if base else "/app/static", app=_HashedFiles(directory=folder, check_dir=False))


class _HashedFiles(StaticFiles):
    """Only files whose name says which content they have: such a file never changes."""

    async def check_config(self) -> None:
        """Take a folder that is not there yet for an empty one: it is made with the first map."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        if not _HASHED.search(path):
            raise HTTPException(status_code=404)
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = _FOR_A_YEAR
        return response
