"""systemd takes the units of `deploy/`, and rates what they leave open."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from docs.pinned import PROJECT

DEPLOY = PROJECT / "deploy"
UNITS = sorted(one.name for one in DEPLOY.iterdir() if one.suffix in (".service", ".timer"))
SERVICES = [name for name in UNITS if name.endswith(".service")]
MOST_EXPOSED = 20
"""Tenths: systemd calls up to 4.9 "OK", and a service without any protection 9.6."""
PYTHON = "/opt/ward-overlap/.venv/bin/python"

needs_systemd = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")


@pytest.fixture(scope="module")
def units(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The units as files of their own, with a program that is there; a template as one of its instances."""
    folder = tmp_path_factory.mktemp("units")
    for name in UNITS:
        text = (DEPLOY / name).read_text(encoding="utf-8").replace(PYTHON, "/bin/true")
        (folder / name.replace("@.", "@somewhere.")).write_text(text, encoding="utf-8")
    return folder


def analyze(units: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = ["systemd-analyze", *arguments]
    return subprocess.run(command, cwd=units, capture_output=True, text=True, check=False)


@needs_systemd
def test_systemd_takes_the_units(units):
    done = analyze(units, "verify", *(str(one) for one in sorted(units.iterdir())))
    assert not [line for line in done.stderr.splitlines() if "ward-overlap" in line]


@needs_systemd
@pytest.mark.parametrize("name", SERVICES)
def test_a_service_leaves_little_open(units, name):
    unit = units / name.replace("@.", "@somewhere.")
    done = analyze(units, "security", "--offline=true", f"--threshold={MOST_EXPOSED}", "--no-pager", str(unit))
    if "unrecognized option" in done.stderr:
        pytest.skip("this systemd is older than 250 and cannot look at a unit that is not installed")
    assert done.returncode == 0, done.stdout.splitlines()[-1:] + done.stderr.splitlines()


@pytest.mark.parametrize("name", SERVICES)
def test_no_service_may_write_the_program_or_holds_a_secret(name):
    text = (DEPLOY / name).read_text(encoding="utf-8")
    assert "ProtectSystem=strict" in text
    assert not re.search(r"^ReadWritePaths=.*/opt/", text, re.MULTILINE)
    assert not re.search(r"^Environment=.*(KEY|SECRET|PASSWORD|TOKEN|URL)=", text, re.MULTILINE)
    assert re.search(r"^User=(?!root)", text, re.MULTILINE)


def test_the_health_of_one_of_several_is_asked_as_its_service_has_it():
    """Account, store and secrets are those of the partnership's own server, and the protection is that of the single unit."""
    service, health, single = (
        {*(DEPLOY / f"ward-overlap{name}.service").read_text(encoding="utf-8").splitlines()}
        for name in ("@", "-health@", "-health")
    )
    own = ("User=", "Group=", "Environment=WARD_OVERLAP_STORE=", "EnvironmentFile=")
    assert {line for line in health if line.startswith(own)} == {line for line in service if line.startswith(own)}
    differ = {line.partition("=")[0] for line in single ^ health if not line.startswith("#")}
    assert differ == {"Description", "User", "Group", "Environment", "EnvironmentFile", "ExecStart", "ReadWritePaths"}
    (asked,) = (line for line in health if line.startswith("ExecStart="))
    assert asked.endswith(" cli.py health --settings /etc/ward-overlap/partnerships/%i/settings.toml")
