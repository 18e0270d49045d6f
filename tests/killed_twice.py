"""Scripts that kill whoever writes to records: run once for a file and, where there is a server, again for PostgreSQL.

One process does both, since most of what it costs is to begin.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.record_places import use_database

PROJECT = Path(__file__).resolve().parents[1]
IN_FILE, IN_POSTGRES = "in a file", "in PostgreSQL"
Found = dict[str, dict[str, Any]]


def run_twice(module: str, *, request: pytest.FixtureRequest, folder: Path) -> Found:
    """Give what a script found, by where the records were; what it said is under `said`."""
    try:
        url = request.getfixturevalue("postgres_module_database").url
    except pytest.skip.Exception:
        url = ""
    command = [sys.executable, "-m", module, str(folder), url]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {where: {**one, "said": done.stderr} for where, one in json.loads(done.stdout).items()}


def of_place(found: Found, where: str) -> dict[str, Any]:
    """Give what was found of one place; skip where it was not looked at."""
    if where not in found:
        pytest.skip("PostgreSQL is not installed here")
    return found[where]


def main(find: Callable[[Path, int], dict[str, Any]], *, every: int) -> None:
    """Run a script: in a file at every step, in PostgreSQL, where each costs more, at every so-manieth."""
    folder, url = Path(sys.argv[1]), sys.argv[2]
    said = {IN_FILE: find(folder / "file", 1)}
    if url:
        use_database(url)
        said[IN_POSTGRES] = find(folder / "postgres", every)
    sys.stdout.write(json.dumps(said))
