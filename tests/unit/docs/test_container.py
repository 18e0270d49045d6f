"""The container file copies what there is and what is needed, runs as nobody in particular, and holds nothing secret."""

import re
import shutil
import subprocess
import sysconfig
import tomllib

import pytest

from docs.pinned import PROJECT
from server.health import health_route
from tests.unit.test_architecture import DOORS, PACKAGES

FILE = PROJECT / "deploy" / "Containerfile"
TEXT = re.sub(r"\\\n\s*", " ", FILE.read_text(encoding="utf-8"))
LINES = [line for line in TEXT.splitlines() if line and not line.startswith("#")]
IGNORED = (PROJECT / ".dockerignore").read_text(encoding="utf-8").splitlines()
SEEN = {line[1:] for line in IGNORED if line.startswith("!")}
LINTER = shutil.which("hadolint", path=sysconfig.get_path("scripts")) or shutil.which("hadolint")


def copied() -> set[str]:
    """What is copied from the project's folder, in either stage."""
    plain = [line.split()[1:-1] for line in LINES if line.startswith("COPY ") and "--from" not in line]
    return {name for names in plain for name in names}


def test_everything_that_is_copied_is_there_and_nothing_else_is_seen():
    assert not [name for name in copied() if not (PROJECT / name).exists()]
    assert copied() == SEEN
    assert "*" in IGNORED


def test_the_whole_program_is_copied():
    assert {*PACKAGES, *(f"{door}.py" for door in DOORS), ".streamlit/config.toml", "pyproject.toml"} <= copied()


def test_the_python_is_the_one_that_everything_is_checked_with():
    (version,) = set(re.findall(r"python:(\d+\.\d+)-", TEXT))
    tools = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    assert tools["tool"]["mypy"]["python_version"] == version
    assert tools["project"]["requires-python"] == f">={version}"


def test_packages_are_installed_by_their_hashes():
    installs = [part for line in LINES for part in line.split("&&") if "pip install" in part]
    assert installs
    assert all("--require-hashes" in part for part in installs)


def test_it_does_not_run_as_root_and_keeps_its_data_in_a_volume():
    assert [line for line in LINES if line.startswith("USER ")] == ["USER 10001:10001"]
    assert LINES.index("USER 10001:10001") > max(
        at for at, line in enumerate(LINES) if line.startswith(("RUN", "COPY"))
    )
    assert 'VOLUME ["/var/lib/ward-overlap"]' in LINES
    assert not re.search(r"(KEY|SECRET|PASSWORD|TOKEN|_URL)=", TEXT)


def test_its_health_is_asked_at_the_address_that_there_is():
    (check,) = [line for line in LINES if line.startswith("HEALTHCHECK")]
    assert f"http://127.0.0.1:8501{health_route(None).path}'" in check
    assert '"--server.port", "8501"' in LINES[-1]


@pytest.mark.skipif(LINTER is None, reason="hadolint is not installed here")
def test_a_linter_finds_nothing():
    done = subprocess.run([LINTER, str(FILE)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
