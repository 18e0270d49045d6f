"""A small area that was ingested at the command line, for tests of verbs that only read it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

import cli
from ingest.places import STORE_VARIABLE
from tests.area_files import write_area
from verbs.common import DONE


def call(*arguments: object) -> Result:
    """Call the command line."""
    return CliRunner().invoke(cli.app, [str(one) for one in arguments])


@contextmanager
def ingested_area(folder: Path) -> Iterator[Path]:
    """Write an area and ingest it; give its settings. The store is in use until the block ends."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(STORE_VARIABLE, str(folder / "store"))
        path, inputs = write_area(folder / "files")
        tables = ["--wards", inputs.wards, "--population", inputs.population, "--referrals", inputs.referrals]
        done = call("ingest", "--settings", path, *tables, "--incidents", inputs.incidents[0])
        assert done.exit_code == DONE, done.stderr
        yield path
