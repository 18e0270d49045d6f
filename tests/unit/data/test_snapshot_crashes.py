"""A kill at any moment of writing leaves the old snapshots whole, and the new one whole or not there at all."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list]:
    """What the killing left: one process for all of it, since most of the time goes into its start."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.unit.data.snapshot_killing", str(tmp_path_factory.mktemp("killing"))],
        cwd=ROOT,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=150,
    )
    assert done.returncode == 0, done.stderr
    assert not done.stderr, done.stderr
    return json.loads(done.stdout)


def test_a_kill_at_any_step_of_writing_leaves_a_whole_store(found: dict[str, list]) -> None:
    *killed, last = found["at each step"]
    assert len(killed) >= 20
    assert {one["ended"] for one in killed} == {-signal.SIGKILL}
    assert last["ended"] == 0
    # The new snapshot is not there, until there comes a step from which on it is there for good.
    assert [one["seen"] for one in killed] == sorted(one["seen"] for one in killed)
    assert {one["seen"] for one in killed} == {1, 2}
    # Most kills leave something behind; the next writer clears it away, and succeeds.
    assert sum(one["left"] for one in killed) >= 15
    assert {(one["sound"], one["after"]) for one in [*killed, last]} == {(0, 0)}


def test_kills_at_random_moments_leave_a_whole_store(found: dict[str, list]) -> None:
    *killed, end = found["at random"]
    assert len(killed) == 20
    assert {one["ended"] for one in killed} == {-signal.SIGKILL}
    assert {one["sound"] for one in killed} == {0}
    assert sum(one["left"] for one in killed) > 0
    assert killed[-1]["seen"] > 0
    assert end["after"] == 0


def test_processes_that_write_the_same_snapshot_at_once_all_get_it_and_one_folder_remains(
    found: dict[str, list],
) -> None:
    assert found["at once"] == [0, 0, 0, 0, 0, 1, 0]
