"""A program that is killed at any moment, and a full disk: the trail holds, with every row that was reported as recorded."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, event
from typer.testing import CliRunner

import cli
from disclosure.audit import AuditTrail, UnrecordedError
from tests.area_files import REFERRALS, write_area
from tests.audit_samples import make_entry, make_trail
from tests.killed_twice import IN_FILE, IN_POSTGRES, Found, of_place, run_twice

KILLED = -signal.SIGKILL if sys.platform != "win32" else 0
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are neither forked nor limited so there")


@pytest.fixture(scope="module")
def found(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Found:
    """What audit_killing.py found."""
    return run_twice("tests.unit.disclosure.audit_killing", request=request, folder=tmp_path_factory.mktemp("killings"))


@pytest.fixture(params=[IN_FILE, IN_POSTGRES])
def killings(request: pytest.FixtureRequest, found: Found) -> dict[str, list]:
    return of_place(found, request.param)


@pytest.mark.parametrize("which", ["at each step", "at each step of the first"])
def test_killed_at_any_step_the_trail_holds_and_goes_on(killings, which):
    ends = [end for end, _ in killings[which]]
    assert ends == [KILLED] * (len(ends) - 1) + [0]
    assert len(ends) > 5, "fewer steps than recording has"
    assert [sound for _, sound in killings[which]] == [0] * len(ends), killings["said"]


def test_killed_at_random_no_reported_row_is_lost(killings):
    assert all(end == KILLED for end, _, _ in killings["at random"])
    assert all(sound == 0 for _, sound, _ in killings["at random"]), killings["said"]
    assert killings["at random"][-1][2] >= len(killings["at random"]), "the writers wrote next to nothing"


def test_programs_that_record_at_once_make_one_chain(killings):
    assert set(killings["at once"]) == {0}, killings["said"]


def test_of_two_that_record_at_once_one_is_killed_and_the_other_comes_to_its_end(killings):
    assert killings["one of two"] == [0, 0], killings["said"]


def test_on_a_full_disk_nothing_is_recorded_and_the_trail_holds(tmp_path):
    trail = make_trail(tmp_path, rows=3)
    full = True

    def limit(connection: Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {1 if full else 10**6}")

    event.listen(trail._store._engine, "begin", limit)
    with pytest.raises(UnrecordedError, match="the disk is full"):
        make_trail_longer(trail)
    held = trail.verify()
    assert held.ok
    with pytest.raises(UnrecordedError, match="the disk is full"):
        trail.record(make_entry())
    full = False
    trail.record(make_entry())
    assert trail.verify().ok
    assert trail.verify().rows == held.rows + 1


def make_trail_longer(trail: AuditTrail) -> None:
    """Record until the pages that there are have no room left."""
    for number in range(40):
        trail.record(make_entry(number))


@contextmanager
def no_file_grows_over(size: int) -> Iterator[None]:
    """Let this process write no file beyond so many bytes."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_where_the_disk_is_full_a_run_writes_nothing_and_an_ingest_reads_nothing(tmp_path, monkeypatch):
    """As on a full disk, no file may grow over 4 kB: enough for what a run writes here, too little for another entry."""
    store, out = tmp_path / "store", tmp_path / "out"
    monkeypatch.setenv("WARD_OVERLAP_STORE", str(store))
    settings, inputs = write_area(tmp_path / "area")
    files = ["--wards", inputs.wards, "--population", inputs.population, "--referrals", inputs.referrals]
    ingest = [*map(str, ["ingest", "--settings", settings, *files, "--incidents", *inputs.incidents])]
    run = [*map(str, ["run", "--settings", settings, "--snapshot", "newest", "--out", out])]
    assert CliRunner().invoke(cli.app, ingest).exit_code == 0
    stored = sorted(store.rglob("*.parquet"))
    (tmp_path / "area" / "referrals.csv").write_text("\n".join(REFERRALS[:-1]), encoding="utf-8")
    with no_file_grows_over(4096):
        ended = [CliRunner().invoke(cli.app, arguments) for arguments in (run, ingest)]
    for done in ended:
        assert (done.exit_code, done.stdout) == (2, "")
        # Of a run, what is about to be told has to be written down even before that.
        assert "must be recorded first" in done.stderr or "cannot be written down" in done.stderr
        assert "Reading" not in done.stderr
    assert list(out.iterdir()) == []
    assert sorted(store.rglob("*.parquet")) == stored
    assert CliRunner().invoke(cli.app, run).exit_code == 0
    assert len(list(out.iterdir())) == 3
    verified = CliRunner().invoke(cli.app, ["audit", "verify", "--settings", str(settings)])
    assert (verified.exit_code, verified.stdout[:10]) == (0, "All 3 rows")
