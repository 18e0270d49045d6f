import pandas as pd
import pytest

from data.errors import UsageError
from data.settings import load_settings
from ingest.inventing import write_invented_referrals
from ingest.pipeline import ingest
from tests.area_files import CODES, in_place_of, write_area


@pytest.fixture
def invent(tmp_path):
    path, inputs = write_area(tmp_path / "files")

    def run(out, *, change=None, **arguments):
        usual = {
            "per_year": 60,
            "quarters": 4,
            "last_quarter": "2024/25 Q4",
            "seed": 1,
            "population": inputs.population,
        }
        settings = in_place_of(load_settings(path), **(change or {}))
        rows = write_invented_referrals(out, settings=settings, wards=inputs.wards, **{**usual, **arguments})
        return rows, settings, inputs

    return run


@pytest.mark.parametrize(
    "change",
    [{}, {"referrals": {"ward_code": "Code", "ward_name": "Ward", "district": "LA", "count": "N", "quarter": "When"}}],
)
def test_the_file_is_one_that_the_same_settings_read_and_it_marks_the_snapshot(invent, tmp_path, store, change):
    out = tmp_path / "new" / "referrals.csv"
    rows, settings, inputs = invent(out, change=change)
    done = ingest(type(inputs)(inputs.wards, inputs.population, out, inputs.incidents), settings=settings, store=store)
    report = next(one for one in done.reports if one.table == "referrals")
    assert (report.rows_read, report.used) == (rows, rows)
    assert done.manifest.invented == ("referrals",)


def test_every_row_says_that_it_is_invented_and_lies_in_the_area_and_the_quarters(invent, tmp_path):
    rows, _, _ = invent(tmp_path / "r.csv")
    table = pd.read_csv(tmp_path / "r.csv")
    assert len(table) == rows > 0
    assert set(table["provenance"]) == {"invented"}
    assert set(table["ward_code"]) <= set(CODES)
    assert set(table["quarter"]) <= {f"2024/25 Q{n}" for n in range(1, 5)}


def test_the_same_seed_gives_the_same_file(invent, tmp_path):
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        invent(tmp_path / name, seed=seed)
    first, second, third = ((tmp_path / name).read_bytes() for name in "abc")
    assert first == second != third


def test_without_a_population_all_wards_count_alike(invent, tmp_path):
    rows, _, _ = invent(tmp_path / "r.csv", population=None)
    assert rows > 0


def test_a_place_that_cannot_be_written_is_said_in_a_sentence(invent, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="cannot be written"):
        invent(tmp_path / "file" / "r.csv")
