"""Populations onto wards, and code columns that are wrong as a whole."""

import pytest

from data.errors import RefusedInputError
from tests.area_files import CODES, DISTRICTS, NAMES, POPULATION

HEADING = POPULATION[0]


def rows(*, codes=CODES, names=NAMES, districts=DISTRICTS, residents=(10, 20, 30, 40, 50, 60)):
    return [HEADING, *(",".join(map(str, row)) for row in zip(codes, names, districts, residents, strict=True))]


def residents(done, store):
    wards = store.open(done.snapshot_id).wards()
    return dict(zip(wards["ward_code"], wards["residents"], strict=True))


def population(done):
    return next(one for one in done.reports if one.table == "population")


def test_where_most_codes_contradict_the_names_all_rows_go_by_name_and_the_report_says_so(ingested, store):
    done = ingested(population=rows(codes=CODES[1:] + CODES[:1]))
    assert list(residents(done, store).values()) == [10, 20, 30, 40, 50, 60]
    report = population(done)
    assert "6 by name within the district" in " ".join(report.notes)
    (finding,) = report.findings
    assert "in 6 of the 6 rows" in finding.what
    assert "no ward code of this table was used" in finding.what
    assert "take name out of [population]" in finding.do


def test_the_way_out_that_the_report_names_is_open(ingested, store):
    done = ingested(
        population=rows(codes=CODES[1:] + CODES[:1]), change={"population": {"name": None, "district": None}}
    )
    assert list(residents(done, store).values()) == [60, 10, 20, 30, 40, 50]
    assert population(done).findings == ()


def test_where_few_codes_contradict_the_names_the_code_is_used_and_the_rows_are_counted(ingested, store):
    names = ["Mill & Bridge", "Castle", *NAMES[2:]]
    done = ingested(population=rows(names=names))
    assert list(residents(done, store).values()) == [10, 20, 30, 40, 50, 60]
    assert "in 2 rows the ward code says one ward and the name another; the code was used" in (
        population(done).findings[0].what
    )


def test_codes_of_another_vintage_go_by_name_within_the_district(ingested, store):
    done = ingested(population=rows(codes=[f"X0580000{n}" for n in range(6)], names=[one.upper() for one in NAMES]))
    assert list(residents(done, store).values()) == [10, 20, 30, 40, 50, 60]


def test_two_vintages_in_one_file_are_joined_row_by_row(ingested, store):
    done = ingested(population=rows(codes=[*CODES[:3], *(f"X0580000{n}" for n in range(3))]))
    assert list(residents(done, store).values()) == [10, 20, 30, 40, 50, 60]
    assert "3 by ward code, 3 by name within the district" in " ".join(population(done).notes)


def test_two_rows_that_turn_out_to_be_one_ward_and_agree_are_counted_once(ingested, store):
    done = ingested(population=[*rows(), "X05899999,PARK,South,50"])
    report = population(done)
    assert (report.rows_read, report.used, report.rows["repeated"]) == (7, 6, 1)
    assert residents(done, store)[CODES[4]] == 50


def test_two_rows_that_turn_out_to_be_one_ward_and_differ_are_refused(ingested):
    with pytest.raises(RefusedInputError, match=r"population.csv, rows 6 and 8: the same ward with different numbers"):
        ingested(population=[*rows(), "X05899999,PARK,South,51"])


def test_a_file_without_usable_codes_is_read_by_name_alone(ingested, store):
    by_name = [",".join([NAMES[n], DISTRICTS[n], str(100 + n)]) for n in range(6)]
    done = ingested(population=["ward_name,district,residents", *by_name], change={"population": {"code": ""}})
    assert list(residents(done, store).values()) == [100, 101, 102, 103, 104, 105]


def test_one_wrong_code_on_every_row_does_not_stop_a_file_that_is_read_by_name(ingested, store):
    done = ingested(population=rows(codes=[CODES[0]] * 6), change={"population": {"code": ""}})
    assert list(residents(done, store).values()) == [10, 20, 30, 40, 50, 60]
    assert population(done).columns_not_read == ("ward_code",)


def test_no_known_ward_at_all_is_refused_with_what_to_check(ingested):
    with pytest.raises(
        RefusedInputError, match=r"no row of the population belongs to any ward.*another area, or of another year's"
    ):
        ingested(population=[HEADING, "X05888888,Elsewhere,East,10"])


def test_wards_without_residents_are_named_up_to_a_dozen(ingested):
    note = " ".join(population(ingested(population=rows()[:2])).notes)
    assert note.endswith("Park (South, X05900004), Weir (South, X05900005).")
    assert "5 of 6 wards have no residents in this file and are shown as no denominator" in note
