"""A Streamlit server on this machine only, and a browser that can reach nothing else. Used by the browser tests and the bench."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Browser, Playwright

PROJECT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
_PATIENCE = 60.0
"""Seconds a server may take to answer."""

CHROMIUM_ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-features="
    "AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,"
    "LensOverlay,MediaRouter,PaintHolding,ThirdPartyStoragePartitioning,AvoidCorsURLLoaderRestartOnRedirect,"
    "OptimizationHints,NetworkTimeServiceQuerying,AimEnabled,PreconnectToSearch,"
    "WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup",
    f"--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE {HOST}",
]
"""The last one makes every other host unknown, so that a page that needs one fails here and not on a closed network.

Features: those that Playwright turns off, whose list this one takes the place of, and the list below the address bar, which is a
page of its own: for each window it takes half of what a screen of ours takes.
"""


class StreamlitServer:
    """`streamlit run` of one script in a process of its own, from the project's folder and with its settings."""

    def __init__(self, script: Path, *, env: Mapping[str, str] | None = None, arguments: tuple[str, ...] = ()) -> None:
        self.port = _free_port()
        self.url = f"http://{HOST}:{self.port}"
        self._log = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115  # closed by stop()
        command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(self.port)]
        command += [
            "--server.headless",
            "true",
            "--server.enableStaticServing",
            str(script.name != "dashboard.py"),
            *arguments,
        ]
        surroundings = {**os.environ, "PYTHONPATH": str(PROJECT), **(env or {})}
        self._process = subprocess.Popen(command, cwd=PROJECT, env=surroundings, stdout=self._log, stderr=self._log)

    @property
    def pid(self) -> int:
        """Number of the server's process."""
        return self._process.pid

    def wait(self, *, base_path: str = "") -> str:
        """Wait until it answers; give the address of the app.

        Raises
        ------
        RuntimeError
            With the end of the server's log, if it ends or does not answer in time.
        """
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline and self._process.poll() is None:
            if _answers(f"{self.url}{base_path}/_stcore/health"):
                return self.url + base_path
            time.sleep(0.05)
        log = self.log()
        self.stop()
        raise RuntimeError(f"The server did not start:\n{log}")

    def log(self) -> str:
        """Give what the server has said so far."""
        self._log.seek(0)
        return self._log.read()[-5000:]

    def stop(self) -> None:
        """End the server, by force if need be."""
        self._process.terminate()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(timeout=10)
        self._log.close()


def launch(playwright: Playwright, *, path: str) -> Browser:
    """Start the browser."""
    return playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
