"""The map's own files: only what has a hashed name, and none of them there yet is no fault."""

from pathlib import Path

import pytest
from starlette.applications import Starlette

from server.map_files import map_files
from tests.unit.server.asgi import ask, scope_of


@pytest.mark.parametrize("name", ["wards-0123456789abcdef.js", "wards.js"])
def test_before_the_first_map_there_is_nothing_which_is_no_fault(tmp_path: Path, name: str) -> None:
    app = Starlette(routes=[map_files(tmp_path / "not-there-yet", base_path="north")])
    assert ask(app, scope_of(f"/north/app/static/outlines/{name}")).status == 404
