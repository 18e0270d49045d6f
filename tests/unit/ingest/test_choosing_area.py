"""Which wards make an area: nothing by a guess that is not said, and no ward lost where files are of different years."""

import re

import pandas as pd
import pytest

from data.errors import RefusedInputError, UsageError
from data.reading_areas import read_area_lookup
from ingest.area_names import easy
from ingest.choosing_area import Wish, choose, read_codes
from ingest.national_wards import read_national, with_district_names
from tests.national_wards import COUNTRY, DISTRICTS, country, write_country


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return write_country(tmp_path_factory.mktemp("country"))


@pytest.fixture(scope="module")
def wards(files):
    return read_national(files)


@pytest.fixture(scope="module")
def lookup(files):
    return read_area_lookup(files.with_name("lookup.csv"), near=2022)


def chosen(wards, choice) -> set[str]:
    return set(wards.cells.loc[choice.rows, "district_code"])


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("York", "E06000014"),
        ("  yORK ", "E06000014"),
        ("e06000014", "E06000014"),
        ("St. Albans", "E07000240"),
        ("st albans", "E07000240"),
        ("Ynys Mon", "W06000001"),
        ("bristol", "E06000023"),
        ("City of Bristol", "E06000023"),
    ],
)
def test_a_district_is_found_as_people_type_it(wards, typed, code):
    choice = choose(wards, Wish(districts=(typed,)))
    assert chosen(wards, choice) == {code}
    assert choice.names == (DISTRICTS[code],)
    assert choice.rows.sum() == 2


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Hambelton", "Hambleton"), ("Anglesey", "Isle of Anglesey"), ("Yrok", "York"), ("SA", "St Albans")],
)
def test_a_slip_is_refused_with_what_may_be_meant(wards, typed, meant):
    with pytest.raises(UsageError, match=rf"no district '{typed}' in these files\. Did you mean .*'{meant}'"):
        choose(wards, Wish(districts=(typed,)))


def test_letters_inside_a_word_are_not_what_was_meant(wards):
    with pytest.raises(UsageError, match=r"no district 'am' in these files\.$"):
        choose(wards, Wish(districts=("am",)))


def test_what_is_named_is_put_together_and_all_is_all(wards):
    assert chosen(wards, choose(wards, Wish(districts=("York", "Craven")))) == {"E06000014", "E07000163"}
    assert choose(wards, Wish(everything=True)).rows.sum() == COUNTRY
    with pytest.raises(UsageError, match="--all takes every ward"):
        choose(wards, Wish(districts=("York",), everything=True))
    with pytest.raises(UsageError, match="No ward was chosen"):
        choose(wards, Wish())


def test_a_district_whose_code_changed_is_matched_by_name_and_that_is_said(wards, lookup):
    choice = choose(wards, Wish(areas=(("police force", "south yorkshire"),)), lookup=lookup)
    assert chosen(wards, choice) == {"E08000019"}
    assert any("by name: E08000019 Sheffield (2 wards)" in note for note in choice.notes)
    assert any("does not know 4 wards" in note and "Craven" in note and "Hambleton" in note for note in choice.notes)


def test_an_area_of_which_a_part_has_no_wards_here_is_refused_with_both_sides(wards, lookup):
    with pytest.raises(RefusedInputError) as refused:
        choose(wards, Wish(areas=(("police force", "North Yorkshire"),)), lookup=lookup)
    said = str(refused.value)
    for part in (
        "E06000065 North Yorkshire",
        "E07000163 Craven (2 wards)",
        "E07000164 Hambleton",
        "is of 2024",
        "--without 'E06000065'",
    ):
        assert part in said


def test_what_is_missing_can_be_named_and_accepted_and_that_is_said(wards, lookup):
    wish = Wish(("Craven", "hambleton"), (("police force", "North Yorkshire"),), without=("e06000065",))
    choice = choose(wards, wish, lookup=lookup)
    assert chosen(wards, choice) == {"E06000014", "E07000163", "E07000164"}
    assert any("E06000065 North Yorkshire" in note and "--without" in note for note in choice.notes)


def test_a_district_in_several_areas_cannot_be_dealt_out(wards, lookup):
    with pytest.raises(
        RefusedInputError, match=r"several of them in one district.*E06000060 Buckinghamshire \(2 wards\)"
    ):
        choose(wards, Wish(areas=(("csp", "Wycombe"),)), lookup=lookup)
    force = choose(wards, Wish(areas=(("police force", "Thames Valley"),)), lookup=lookup)
    assert chosen(wards, force) == {"E06000060"}


def test_a_kind_of_area_that_no_file_knows_is_refused(wards, lookup):
    with pytest.raises(UsageError, match=r"--county: nothing in wards\.gpkg and lookup\.csv says which county"):
        choose(wards, Wish(areas=(("county", "Kent"),)), lookup=lookup)


def test_a_lookup_by_ward_goes_before_one_by_district(tmp_path, wards):
    codes = wards.cells["ward_code"]
    rows = [f"{code},{'A' if at % 2 else 'B'}" for at, code in enumerate(codes)]
    (tmp_path / "l.csv").write_text("\n".join(["WD22CD,CTY22NM", *rows]), encoding="utf-8")
    choice = choose(wards, Wish(areas=(("county", "a"),)), lookup=read_area_lookup(tmp_path / "l.csv"))
    assert choice.rows.tolist() == [at % 2 == 1 for at in range(len(codes))]


def test_wards_in_no_county_are_no_mistake(tmp_path, wards):
    rows = [f"{code},{'Kent' if code == 'E07000240' else ''}" for code in DISTRICTS]
    (tmp_path / "l.csv").write_text("\n".join(["LAD22CD,CTY22NM", *rows]), encoding="utf-8")
    choice = choose(wards, Wish(areas=(("county", "Kent"),)), lookup=read_area_lookup(tmp_path / "l.csv"))
    assert chosen(wards, choice) == {"E07000240"}
    assert choice.notes == ()


@pytest.mark.parametrize(
    "text",
    [
        "E06000014\nE05000000 # one ward\n",
        "code;name\n'E06000014';York\nE05000000;x\n",
        "\ufeffe06000014\r\nE05000000\r\n",
    ],
)
def test_codes_of_wards_and_districts_come_from_lists_of_any_kind(tmp_path, wards, text):
    (tmp_path / "codes.txt").write_text(text, encoding="utf-8")
    choice = choose(wards, Wish(codes=read_codes(tmp_path / "codes.txt")))
    assert choice.rows.sum() == 3


def test_a_code_of_another_year_is_refused_by_name(tmp_path, wards):
    with pytest.raises(RefusedInputError, match=r"1 of 2 codes are of no ward or district of wards\.gpkg: E06000065"):
        choose(wards, Wish(codes=("E06000014", "E06000065")))
    (tmp_path / "codes.txt").write_text("E06000014\nYork\n", encoding="utf-8")
    with pytest.raises(RefusedInputError, match=r"codes\.txt, line 2: there is no code"):
        read_codes(tmp_path / "codes.txt")


def test_districts_get_their_names_from_a_lookup_where_the_boundaries_have_none(tmp_path, lookup):
    bare = read_national(write_country(tmp_path, wards=country().drop(columns=["LAD22NM", "LAD22NMW"])))
    with pytest.raises(RefusedInputError, match=r"6 of 16 wards have no name of a district"):
        with_district_names(bare, lookup)
    kept = country()[lambda one: ~one["LAD22CD"].isin(["E07000163", "E07000164", "E08000019"])]
    named = with_district_names(
        read_national(write_country(tmp_path / "k", wards=kept.drop(columns=["LAD22NM", "LAD22NMW"]))), lookup
    )
    assert "York" in set(named.cells["district_name"])


def test_headings_that_cannot_be_told_are_asked_for_and_can_be_said(tmp_path):
    path = write_country(tmp_path, wards=country().rename(columns={"WD22CD": "KEY"}))
    with pytest.raises(
        RefusedInputError, match=r"which column holds the ward codes.*'KEY'.*--heading ward_code=HEADING"
    ):
        read_national(path)
    assert len(read_national(path, by_hand={"ward_code": "KEY"}).cells) == COUNTRY
    with pytest.raises(UsageError, match=r"has no column 'X'"):
        read_national(path, by_hand={"ward_code": "X"})


@pytest.mark.parametrize("name", ["w.geojson", "w.parquet", "w.shp"])
def test_every_kind_of_boundary_file_is_read(tmp_path, name):
    read = read_national(write_country(tmp_path, name=name))
    assert (len(read.cells), read.year) == (COUNTRY, 2022)
    assert not re.search("nan", ",".join(read.cells["district_name"]))


def test_names_are_compared_without_what_people_leave_out():
    assert easy("St. Helen's-on-Sea") == easy("st helens on  sea")
    assert easy("Bôn-y-maen") == easy("BON Y MAEN")
    assert pd.Series(["A & B"]).map(easy).tolist() == ["a and b"]
