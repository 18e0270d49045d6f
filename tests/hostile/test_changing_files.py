"""Files that change or go while they are read, and tables longer than any should be."""

from collections.abc import Callable, Iterator
from itertools import chain, islice, repeat
from pathlib import Path

import pytest

from data.errors import RefusedInputError
from data.limits_settings import Limits
from data.readers import read_incidents
from data.settings import Incidents, load_settings
from data.snapshots import SnapshotStore
from ingest.pipeline import Inputs, ingest
from tests.area_files import INCIDENTS, write_area

MAPPED = Incidents(date="date", easting="easting", northing="northing", category="strand")


def when(said: str, do: Callable[[], object]) -> Callable[[str], None]:
    """Do something as soon as the program says something."""
    return lambda sentence: do() and None if sentence.startswith(said) else None


def ingest_while(folder: Path, said: str, do: Callable[[Inputs], object]) -> None:
    settings, inputs = write_area(folder)
    store = SnapshotStore(folder / "store")
    try:
        ingest(inputs, settings=load_settings(settings), store=store, progress=when(said, lambda: do(inputs)))
    finally:
        assert not store.manifests()


@pytest.mark.parametrize("said", ["Reading the referrals", "Reading incidents", "Joining", "Simplifying"])
def test_a_file_that_is_changed_while_it_is_read_is_refused_and_nothing_is_stored(tmp_path: Path, said: str) -> None:
    def add_a_row(inputs: Inputs) -> None:
        with Path(inputs.population).open("a", encoding="utf-8") as stream:
            stream.write("X05900099,Late,North,1\n")

    with pytest.raises(RefusedInputError, match=r"population\.csv: changed while being read"):
        ingest_while(tmp_path, said, add_a_row)


@pytest.mark.parametrize("said", ["Reading the ward boundaries", "Reading incidents", "Storing", "Simplifying"])
def test_a_file_that_is_taken_away_meanwhile_is_refused_and_nothing_is_stored(tmp_path: Path, said: str) -> None:
    with pytest.raises(RefusedInputError, match=r"no such file|changed while"):
        ingest_while(
            tmp_path, "Simplifying" if said == "Storing" else said, lambda inputs: Path(inputs.referrals).unlink()
        )


def test_a_table_is_refused_as_soon_as_it_has_more_rows_than_are_read(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    many: Iterator[str] = chain(INCIDENTS[:1], repeat(INCIDENTS[1], 200_000))
    path.write_text("\n".join(many), encoding="utf-8")
    with pytest.raises(RefusedInputError, match=r"more rows than are read.*\[limits\] rows.*1,000"):
        read_incidents(path, MAPPED, limits=Limits(rows=1_000))


def test_the_limit_of_rows_holds_for_all_files_together(tmp_path: Path) -> None:
    for number in range(3):
        rows = islice(INCIDENTS[1:], 40 * number, 40 * (number + 1))
        (tmp_path / f"{number}.csv").write_text("\n".join([INCIDENTS[0], *rows]), encoding="utf-8")
    assert read_incidents(tmp_path, MAPPED, limits=Limits(rows=120)).report.rows_read == 120
    with pytest.raises(RefusedInputError, match=r"2\.csv: the table has more rows"):
        read_incidents(tmp_path, MAPPED, limits=Limits(rows=119))


def test_a_file_is_refused_by_its_size_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as stream:
        stream.truncate(2 * 10**6)  # a hole: nothing is on disk
    with pytest.raises(RefusedInputError, match=r"2 megabytes, more than are read.*file_megabytes"):
        read_incidents(path, MAPPED, limits=Limits(file_megabytes=1))
