import json

import geopandas as gpd
import pandas as pd
import pytest

from data.errors import UsageError
from disclosure.audiences import Audience
from disclosure.permitted import Question
from disclosure.public_export import write_public
from tests.area_files import CODES, NAMES, PLACES, POPULATION
from verbs.formats import parse_formats, sinks_of

YEARS = [f"{year}/{year - 1999} Q{quarter}" for year in (2022, 2023, 2024) for quarter in range(1, 5)]
MANY = ["ward_code,quarter,category,sector,count"] + [
    f"{code},{quarter},concern,education,30" for code in CODES for quarter in YEARS
]
BY_WARD = (
    PLACES
    + """[incidents]
quarter = "quarter"
ward_code = "ward_code"
category = "strand"
count = "count"
"""
)
INCIDENTS = ["quarter,ward_code,strand,count"] + [f"{quarter},{code},race,30" for code in CODES for quarter in YEARS]
LONG = Question(quarters=12, seed=3, fdr=0.2)


@pytest.fixture
def plenty(view):
    """Open the small area with thirty events of each kind a ward and quarter: each ward has enough to be an area of its own."""

    def opened(audience, **changes):
        return view(audience, **{"settings": BY_WARD, "referrals": MANY, "incidents": INCIDENTS, **changes})

    return opened


def written(view, folder):
    paths = write_public(view, question=LONG, folder=folder)
    return pd.read_csv(paths[0]), gpd.read_file(paths[1]), json.loads(paths[2].read_text(encoding="utf-8"))


def test_no_area_of_the_public_is_a_single_ward_where_others_get_single_wards(plenty, tmp_path):
    others = plenty(Audience.COUNCILLOR).areas(LONG).table
    assert (others["wards"] == 1).any()
    table, shapes, _ = written(plenty(Audience.PUBLIC), tmp_path / "out")
    assert len(table) > 1
    assert table["wards"].min() >= 2
    assert shapes["wards"].min() >= 2


def test_the_public_gets_every_kind_of_file_with_bands_and_no_name_of_a_single_ward_alone(plenty, tmp_path):
    view, kinds = plenty(Audience.PUBLIC), parse_formats("csv,geojson,gpkg,parquet,xlsx,svg")
    paths = write_public(view, question=LONG, folder=tmp_path / "out", sinks=sinks_of(kinds))
    assert [path.name for path in paths] == [
        *("areas.csv", "areas.geojson", "areas.gpkg", "areas.parquet", "areas.xlsx"),
        *("areas-referrals.svg", "areas-incidents.svg", "run.json"),
    ]
    found = gpd.read_file(tmp_path / "out" / "areas.gpkg", layer="areas")
    assert found["area_code"].tolist() == gpd.read_parquet(tmp_path / "out" / "areas.parquet")["area_code"].tolist()
    assert set(found["marking"]) == {" ".join(view.marking.lines())}
    assert not [name for name in found if name.startswith(("count", "rate", "times"))]
    assert "OFFICIAL. Public-safe version" in (tmp_path / "out" / "areas-referrals.svg").read_text(encoding="utf-8")


def test_where_there_are_fewer_wards_than_an_area_needs_the_public_gets_nothing(plenty, tmp_path, monkeypatch):
    monkeypatch.setattr("disclosure.ward_areas.SEVERAL", len(CODES) + 1)
    with pytest.raises(UsageError, match="too few wards"):
        write_public(plenty(Audience.PUBLIC), question=LONG, folder=tmp_path / "out")
    assert not list(tmp_path.glob("out/*"))


def test_every_ward_is_listed_in_its_area_by_code_and_name(plenty, tmp_path):
    view = plenty(Audience.PUBLIC)
    areas = view.areas(LONG)
    table, shapes, _ = written(view, tmp_path / "out")
    for files in (table, shapes):
        rows = files.set_index("area_code")
        for area, codes in areas.ward_area.groupby(areas.ward_area.to_numpy()).groups.items():
            assert rows.loc[area, "ward_codes"] == "; ".join(sorted(codes))
            assert rows.loc[area, "ward_names"] == "; ".join(NAMES[CODES.index(code)] for code in sorted(codes))
            assert rows.loc[area, "wards"] == len(codes)


def test_the_facts_of_a_public_run_hold_nothing_for_members_alone_and_no_model_that_was_not_fitted(plenty, tmp_path):
    _, _, facts = written(plenty(Audience.PUBLIC), tmp_path / "out")
    text = (tmp_path / "out" / "run.json").read_text(encoding="utf-8")
    for said in ("handling", "Do not forward", "seed", "fdr", "threshold", "certainty", "SENSITIVE"):
        assert said not in text
    assert facts["settings"] == {"disclosure": {"suppress_up_to": 7, "round_to": 5, "window_step": 1}}
    assert facts["question"] == {"denominator": "residents"}
    assert facts["window"]["quarters"] == 12


def test_a_question_that_is_refused_is_refused_before_anything_is_begun(plenty, tmp_path):
    told: list[str] = []
    with pytest.raises(UsageError, match="windows of 12 quarters"):
        write_public(
            plenty(Audience.PUBLIC), question=Question(quarters=4), folder=tmp_path / "out", progress=told.append
        )
    assert told == []
    assert not (tmp_path / "out").exists()


def test_a_name_that_a_spreadsheet_would_run_is_only_text(plenty, tmp_path):
    evil = "=HYPERLINK(1)"
    names = [evil, *NAMES[1:]]
    population = [one.replace("Castle,North", f"{evil},North") for one in POPULATION]
    table, _, _ = written(plenty(Audience.PUBLIC, names=names, population=population), tmp_path / "out")
    listed = table.loc[table["ward_codes"].str.contains(CODES[0]), "ward_names"].item()
    assert listed.startswith(f"'{evil}; ")
