"""Reads the pinned, hashed requirements*.txt that `make lock` writes."""

import re
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement

PROJECT = Path(__file__).resolve().parents[1]
PRODUCT = PROJECT / "requirements.txt"
_HASH = re.compile(r" {4}--hash=sha256:([0-9a-f]{64})( \\)?")
_VIA = re.compile(r" {4}#(?: via|  )(?: (?P<by>\S.*))?")


@dataclass(frozen=True)
class Pinned:
    """One package in one version."""

    name: str
    version: str
    marker: str
    """For which systems and Pythons, as pip reads it; empty for all."""
    hashes: tuple[str, ...]
    """SHA-256 of every file of this version that may be installed, in hex."""
    wanted_by: tuple[str, ...]
    """The packages that need it; `-r requirements.in` where the product itself does."""

    @property
    def purl(self) -> str:
        """Its name as a package URL."""
        return f"pkg:pypi/{self.name}@{self.version}"


def read_pinned(path: Path = PRODUCT) -> tuple[Pinned, ...]:
    """Read a lock file.

    Raises
    ------
    ValueError
        At a line that is not understood, a package that is not pinned to one version, or one without a hash.
    """
    blocks: list[list[str]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if re.match(r"[a-z0-9]", line):
            blocks.append([line])
        elif blocks and (_HASH.fullmatch(line) or _VIA.fullmatch(line)):
            blocks[-1].append(line)
        else:
            raise ValueError(f"{path.name}, line {number}: this is no line of a lock file; run `make lock`")
    return tuple(_pinned(block, file=path.name) for block in blocks)


def _pinned(block: list[str], *, file: str) -> Pinned:
    wanted = Requirement(block[0].removesuffix(" \\"))
    pins = [one.version for one in wanted.specifier if one.operator == "=="]
    hashes = tuple(found[1] for line in block if (found := _HASH.fullmatch(line)))
    if len(pins) != 1 or not hashes:
        raise ValueError(f"{file}: {wanted.name} must have one version (==) and a hash; run `make lock`")
    return Pinned(
        name=wanted.name,
        version=pins[0],
        marker=str(wanted.marker or ""),
        hashes=hashes,
        wanted_by=tuple(found["by"] for line in block if (found := _VIA.fullmatch(line)) and found["by"]),
    )
