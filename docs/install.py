"""Installs as pip does, in a tenth of the time: `python docs/install.py --require-hashes -r requirements.txt`.

Takes what `pip install` takes. uv does it, where it is installed (`requirements-pip.txt`) and can be told all that pip is told on
this machine: the address of a mirror, wheels on a disk, certificates. Otherwise, and where uv fails, pip does. The list is the
same either way, and so are the hashes.
"""

import ast
import os
import subprocess
import sys
from importlib.util import find_spec

_TO_UV = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "cert": "SSL_CERT_FILE",
    "timeout": "UV_HTTP_TIMEOUT",
    "default-timeout": "UV_HTTP_TIMEOUT",
}
"""What pip is told, and where uv looks for it."""
_ONLY_PIPS_OWN = {
    *("disable-pip-version-check", "no-input", "no-color", "progress-bar", "quiet", "root-user-action", "verbose"),
    "constraint",  # chooses among versions, where a locked list leaves no choice
}
"""Changes nothing of what is installed or from where."""
_WEIGHT = {"global": 0, "install": 1, ":env:": 2}
"""Of two places where pip is told something, the later one holds; other sections are of other commands."""


def told_to_uv(listed: str) -> dict[str, str] | None:
    """Give the environment that tells uv what `pip config list` lists; `None` if some of it cannot be told to uv."""
    entries = []
    for line in listed.splitlines():
        name, _, value = line.partition("=")
        section, _, option = name.rpartition(".")
        if section in _WEIGHT and option not in _ONLY_PIPS_OWN:
            entries.append((_WEIGHT[section], option, str(ast.literal_eval(value))))
    if any(option not in _TO_UV for _, option, _ in entries):
        return None
    told = {
        _TO_UV[option]: ("," if option == "find-links" else " ").join(value.split())
        for _, option, value in sorted(entries)
    }
    if "UV_INDEX" in told:
        told["UV_INDEX_STRATEGY"] = "unsafe-best-match"  # as pip does: any index will do, since the hashes decide
    return told


def with_uv(arguments: list[str]) -> bool:
    """Install with uv; say whether it did."""
    if find_spec("uv") is None:
        return False
    asked = [sys.executable, "-m", "pip", "--disable-pip-version-check", "config", "list"]
    told = told_to_uv(subprocess.run(asked, check=True, capture_output=True, text=True).stdout)  # noqa: S603  # our own words
    if told is None:
        return False
    command = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--python", sys.executable, *arguments]
    return subprocess.run(command, check=False, env={**told, **os.environ}).returncode == 0  # noqa: S603


def with_pip(arguments: list[str]) -> int:
    """Install with pip; give how it ended."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", *arguments]
    return subprocess.run(command, check=False).returncode  # noqa: S603


if __name__ == "__main__":
    raise SystemExit(0 if with_uv(sys.argv[1:]) else with_pip(sys.argv[1:]))
