"""The worker that runs the command line, and an ordinary area with one snapshot for every case to spoil."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest

from tests.hostile.cases import Trial, ordinary

PROJECT = Path(__file__).resolve().parents[2]
AS_INSTALLED = {"OPENPYXL_DEFUSEDXML": "False"}
"""Only the tests have this to read XML with."""
SECONDS = 60
MEGABYTES = 1500
"""What a case may take beyond what the program takes when it starts. A safety net: most take a hundredth."""


@dataclass(frozen=True)
class Ended:
    """How a run ended."""

    code: int | str
    out: str
    err: str
    seconds: float
    megabytes: float


Run = Callable[[Trial], Ended]


@pytest.fixture(scope="session")
def run() -> Iterator[Run]:
    """Run the command line on a trial."""
    worker = subprocess.Popen(
        [sys.executable, "-m", "tests.hostile.worker"],
        cwd=PROJECT,
        env=os.environ | AS_INSTALLED,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    def carry_out(trial: Trial, *, seconds: float = SECONDS, megabytes: int = MEGABYTES) -> Ended:
        order = {
            "arguments": trial.arguments(),
            "environment": trial.environment,
            "folder": str(trial.folder),
            "seconds": seconds,
            "megabytes": megabytes,
        }
        assert worker.stdin is not None
        assert worker.stdout is not None
        worker.stdin.write(json.dumps(order) + "\n")
        worker.stdin.flush()
        answer = json.loads(worker.stdout.readline())
        said = [(trial.folder / name).read_bytes().decode("utf-8", "replace") for name in ("said.out", "said.err")]
        return Ended(answer["code"], said[0], said[1], answer["seconds"], answer["megabytes"])

    yield carry_out
    assert worker.stdin is not None
    worker.stdin.close()
    worker.wait(10)
    if worker.stdout is not None:
        worker.stdout.close()


@pytest.fixture(scope="session")
def with_snapshot(tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    """An ordinary area of which one snapshot has been made."""
    folder = tmp_path_factory.mktemp("ordinary") / "area"
    done = run(ordinary(folder))
    assert done.code == 0, done.err
    return folder


@pytest.fixture
def trial(tmp_path: Path, with_snapshot: Path) -> Iterator[Trial]:
    """An ordinary area in a folder of its own, with a snapshot of it."""
    folder = tmp_path / "area"
    fresh = ordinary(folder)
    shutil.copytree(with_snapshot / "store", fresh.store)
    fresh.snapshot = next(path.name for path in fresh.store.iterdir() if path.is_dir())
    yield fresh
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink() and path.is_dir():
            path.chmod(0o700)
    shutil.rmtree(folder)


def fingerprint(folder: Path) -> str:
    """Say by a hash what lies in a folder: names, kinds and contents."""
    lines = []
    for path in sorted(folder.rglob("*")):
        content = sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        lines.append(f"{path.relative_to(folder)} {content}")
    return sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()
