"""When the server starts, and when it refuses to, saying why."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit import config

from data.demo.files import SETTINGS_TOML
from ingest.places import SETTINGS_VARIABLE
from server.sign_in_secrets import FILE_VARIABLE, VARIABLES
from server.start import Start, may_start
from tests.unit.server.test_sign_in_secrets import AUTH

PROJECT = Path(__file__).resolve().parents[3]
ACCESS = """
[access]
contact = "the data team"
[[access.groups]]
group = "analysts"
audiences = ["analyst"]
"""

Settle = Callable[..., Start]


@pytest.fixture
def settle(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Settle:
    """Settle a start as if with these options, settings and environment, and nothing of this machine's."""
    for variable in (SETTINGS_VARIABLE, FILE_VARIABLE, *VARIABLES.values()):
        monkeypatch.delenv(variable, raising=False)
    really = config.get_option
    monkeypatch.setattr("server.start._auth_of_secrets_file", lambda: None)

    def start(options: dict[str, Any], *, settings: str = "", auth: bool = False) -> Start:
        monkeypatch.setattr(config, "get_option", lambda name: options[name] if name in options else really(name))
        if settings:
            path = tmp_path / "settings.toml"
            path.write_text(settings, encoding="utf-8")
            monkeypatch.setenv(SETTINGS_VARIABLE, str(path))
        for key, variable in VARIABLES.items() if auth else ():
            monkeypatch.setenv(variable, AUTH[key])
        return may_start()

    return start


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "localhost", "LOCALHOST", "127.0.0.2"])
def test_without_sign_in_it_starts_on_this_machines_own_addresses(settle: Settle, address: str) -> None:
    started = settle({"server.address": address})
    assert started.this_machine_only
    assert started.secrets is None


@pytest.mark.parametrize(
    "address",
    [None, "", "0.0.0.0", "::", "192.0.2.7", "fe80::1", "overlap.example", "localhost.example", "127.0.0.1.example"],
)
def test_without_sign_in_it_refuses_every_other_address_and_says_why(settle: Settle, address: str | None) -> None:
    with pytest.raises(SystemExit) as refused:
        settle({"server.address": address})
    assert "Without sign-in" in str(refused.value.code)
    assert (address or "every address") in str(refused.value.code)


def test_with_sign_in_it_starts_anywhere_and_answers_to_the_name_that_people_sign_in_at(settle: Settle) -> None:
    started = settle(
        {"server.address": "0.0.0.0"}, settings=SETTINGS_TOML + ACCESS + "[server]\nsessions = 3\n", auth=True
    )
    assert not started.this_machine_only
    assert "overlap.example" in started.hosts
    assert started.sessions == 3
    assert started.secrets == {"auth": AUTH}


@pytest.mark.parametrize(
    ("settings", "auth"), [(SETTINGS_TOML + ACCESS, False), (SETTINGS_TOML, True), ("", True), ("[what]", False)]
)
def test_half_a_sign_in_or_settings_with_a_mistake_do_not_start(settle: Settle, settings: str, auth: bool) -> None:
    with pytest.raises(SystemExit, match="The server does not start") as refused:
        settle({"server.address": "127.0.0.1"}, settings=settings, auth=auth)
    assert not any(AUTH[key] in str(refused.value.code) for key in ("client_secret", "cookie_secret"))


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("server.enableXsrfProtection", False),
        ("server.enableCORS", False),
        ("server.enableAgentApi", True),
        ("server.trustedUserHeaders", {"X-User": "email"}),
        ("browser.gatherUsageStats", True),
        ("client.showErrorDetails", "full"),
    ],
)
def test_it_does_not_start_with_a_guard_taken_away(settle: Settle, option: str, value: object) -> None:
    with pytest.raises(SystemExit, match=option):
        settle({option: value})


@pytest.mark.parametrize(
    ("flags", "variables"),
    [(["--server.address", "0.0.0.0"], {}), ([], {"STREAMLIT_SERVER_ADDRESS": "::"})],
)
def test_streamlit_run_ends_with_the_reason_on_stderr(flags: list[str], variables: dict[str, str]) -> None:
    surroundings = {key: value for key, value in os.environ.items() if key != SETTINGS_VARIABLE} | variables
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "dashboard.py",
        "--server.headless",
        "true",
        "--server.port",
        "0",
        *flags,
    ]
    run = subprocess.run(
        command, cwd=PROJECT, env=surroundings, capture_output=True, text=True, check=False, timeout=60
    )
    assert run.returncode == 1
    assert run.stderr.startswith("The server does not start. Without sign-in")
    assert len(run.stderr.strip().splitlines()) == 1
