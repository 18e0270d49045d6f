"""Invented provision: read by the program itself without a fault, in some raised wards and some others, marked in each row."""

import numpy as np
import pandas as pd
import pytest

from data.errors import UsageError
from data.provision_settings import Provision
from data.reading_provision import read_provision
from ingest.inventing_provision import invent_provision, provision_file

LAST = "2025/26 Q2"
CODES = [f"E05{number:06}" for number in range(200)]
RAISED = CODES[10:16]


def invented(settings=None, *, codes=CODES, seed=0):
    rng = np.random.Generator(np.random.PCG64(seed))
    return invent_provision(codes, RAISED, last_quarter=LAST, settings=settings or Provision(), rng=rng)


@pytest.fixture
def read(tmp_path):
    def reading(table, settings=None):
        path = tmp_path / provision_file(LAST)
        table.to_csv(path, index=False)
        return read_provision(path, settings or Provision())

    return reading


def test_every_row_is_used_and_marked_and_nobody_is_named(read):
    for seed in range(5):
        table = read(invented(seed=seed))
        assert table.invented
        assert (table.report.used, table.report.rows_read, table.report.findings) == (33, 33, ())
        assert table.rows.loc[table.rows["kind"] == "champion", "name"].isna().all()
        assert table.rows["name"].dropna().str.startswith("Invented ").all()


def test_some_raised_wards_have_something_and_some_may_have_nothing():
    served = {code for cell in invented()["ward_code"] for code in cell.split("; ")}
    assert served >= set(RAISED[::2])
    assert 25 < len(served) < 70


def test_some_of_it_is_over_by_the_last_day_some_runs_on_and_some_has_no_end(read):
    rows = pd.concat([read(invented(seed=seed)).rows for seed in range(5)])
    last = pd.Timestamp("2025-09-30")
    assert (rows["start"] <= last).all()
    shares = [(rows["end"] < last).mean(), (rows["end"] > last).mean(), rows["end"].isna().mean()]
    assert min(shares) > 0.05
    assert sum(shares) > 0.9


def test_headings_and_kinds_are_those_of_the_settings(read):
    settings = Provision(name="Title", ward_code="WD", cost="", kinds=("walk", "mentor"), without_names=("mentor",))
    table = invented(settings)
    assert {"Title", "WD", "provenance"} <= {*table}
    assert "cost" not in table
    assert set(read(table, settings).rows["kind"]) == {"walk", "mentor"}


def test_a_small_area_has_some_too():
    assert len(invented(codes=CODES[:16])) == 5


def test_where_no_column_for_the_ward_is_named_it_is_refused():
    with pytest.raises(UsageError, match="have to name ward_code"):
        invented(Provision(ward_code=""))


def test_the_file_is_named_by_the_last_day():
    assert provision_file(LAST) == "provision-2025-09-30.csv"
