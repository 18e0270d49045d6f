"""Callers of the service on this machine that wait for nothing."""

from dataclasses import dataclass, field
from typing import Any

from data.sources.asking import Caller, Patience
from tests.arcgis_server import ArcgisServer

HURRIED = Patience(connect=5.0, read=0.3, attempts=3)


@dataclass
class Told:
    """What was said and how long it would have been waited."""

    lines: list[str] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)


def caller_of(server: ArcgisServer, told: Told | None = None, **how: Any) -> Caller:
    """Make a caller that does not sleep."""
    noted = told or Told()
    options: dict[str, Any] = {"patience": HURRIED, "sleep": noted.waits.append, "say": noted.lines.append}
    return Caller(server.address, **{**options, **how})
