"""A browser for the browser tests: find the one there is, or get one.

`python tests/get_browser.py` prints the path of a browser, and fetches one first if there is none. Nothing else in the
project fetches anything.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

NAMED_BY = "WARD_OVERLAP_BROWSER"
_USUAL_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge", "microsoft-edge")
_SECONDS = 600


def find_browser() -> str | None:
    """Path of a Chromium-like browser: the one named by `WARD_OVERLAP_BROWSER`, a usual one, or Playwright's own."""
    named = os.environ.get(NAMED_BY)
    if named:
        return shutil.which(named)
    usual = (shutil.which(name) for name in _USUAL_NAMES)
    return next((path for path in usual if path), None) or _playwrights_own()


def get_browser() -> str | None:
    """Find a browser; if there is none, have Playwright fetch its own, or else the system's package manager as root."""
    for command in _ways():
        if found := find_browser():
            return found
        _try(command)
    return find_browser()


def _playwrights_own() -> str | None:
    try:
        with sync_playwright() as playwright:
            path = playwright.chromium.executable_path
    except Error:
        return None
    return path if Path(path).is_file() else None


def _ways() -> list[list[str]]:
    root_on_debian = hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None
    install = [sys.executable, "-m", "playwright", "install", "chromium"]
    if not root_on_debian:
        return [install]
    return [[*install, "--with-deps"], ["apt-get", "install", "-y", "--no-install-recommends", "chromium"]]


def _try(command: list[str]) -> None:
    """Run a way of getting one; what it says goes to the error stream, and its failure only means the next is tried."""
    sys.stderr.write(f"Getting a browser: {' '.join(command)}\n")
    try:
        subprocess.run(command, check=False, timeout=_SECONDS, stdout=sys.stderr)
    except (OSError, subprocess.TimeoutExpired) as error:
        sys.stderr.write(f"That did not work: {error}\n")


def main() -> int:
    """Print where the browser is."""
    found = get_browser()
    if found is None:
        sys.stderr.write(
            f"There is no browser and none could be fetched. Install Chromium, Chrome or Edge, or set {NAMED_BY} to the "
            "path of one. The browser tests are skipped without it; everything else runs.\n"
        )
        return 1
    sys.stdout.write(found + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
