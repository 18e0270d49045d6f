"""Which version of the software this is."""

import tomllib
from functools import cache
from pathlib import Path

_PROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"


@cache
def software_version() -> str:
    """Give the version that pyproject.toml states: the product runs from its checkout and is not installed."""
    return str(tomllib.loads(_PROJECT.read_text(encoding="utf-8"))["project"]["version"])
