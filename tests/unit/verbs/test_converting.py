"""`convert`: counts of old wards come out as counts of new ones that `ingest` reads, with an account."""

import json
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from shapely import box
from typer.testing import CliRunner

import cli
from data.settings import load_settings
from disclosure.audit import open_audit
from ingest.places import STORE_VARIABLE
from tests.area_files import EAST, INCIDENTS, NORTH, PLACES, SIDE
from verbs.common import DONE, REFUSED, WRONG_USAGE

SETTINGS = PLACES.replace(
    "vintage = 2023", 'vintage = 2023\ncode = "WD23CD"\nname = "WD23NM"\ndistrict = "LAD23NM"'
) + ("[incidents]\ndate = 'date'\neasting = 'easting'\nnorthing = 'northing'\ncategory = 'strand'\n")
COUNTS = [
    "ward_code,quarter,category,count",
    *(f"{code},2024/25 Q{quarter},concern,{quarter}" for code in ("A", "B", "C") for quarter in range(1, 5)),
]


def square(x: float, *, wide: float = 1) -> object:
    return box(EAST + SIDE * x, NORTH, EAST + SIDE * (x + wide), NORTH + SIDE)


def write_wards(path: Path, year: int, named: dict[str, tuple[str, object]]) -> None:
    short = str(year)[2:]
    columns = {f"WD{short}CD": list(named), f"WD{short}NM": [name for name, _ in named.values()]}
    shapes = [shape for _, shape in named.values()]
    gpd.GeoDataFrame({**columns, f"LAD{short}NM": "North"}, geometry=shapes, crs="EPSG:27700").to_file(path)


@pytest.fixture
def area(tmp_path, monkeypatch):
    """Three wards of 2019; in 2023 A is as before, B is another code, C is halved."""
    monkeypatch.setenv(STORE_VARIABLE, str(tmp_path / "store"))
    write_wards(
        tmp_path / "old.gpkg", 2019, {"A": ("Mill", square(0)), "B": ("Weir", square(1)), "C": ("Park", square(2))}
    )
    write_wards(
        tmp_path / "new.gpkg",
        2023,
        {
            "A": ("Mill", square(0)),
            "B1": ("Weir", square(1)),
            "C1": ("East Park", square(2, wide=0.5)),
            "C2": ("West Park", square(2.5, wide=0.5)),
        },
    )
    (tmp_path / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "referrals.csv").write_text("\n".join(COUNTS) + "\n", encoding="utf-8")
    return tmp_path


def call(area: Path, *more: object, **files: str):
    given = {"from_wards": "old.gpkg", "to_wards": "new.gpkg", "referrals": "referrals.csv"} | files
    options = [part for key, name in given.items() for part in (f"--{key.replace('_', '-')}", area / name)]
    arguments = ["convert", "--settings", area / "settings.toml", *options, "--out", area / "out", *more]
    return CliRunner().invoke(cli.app, [str(one) for one in arguments])


def test_counts_come_out_by_new_ward_with_every_total_kept_and_an_account(area):
    done = call(area)
    assert done.exit_code == DONE, done.output
    assert done.stdout.splitlines()[-1] == str(area / "out")
    assert "3 wards of 2019 to 4 of 2023" in done.stdout
    assert "old wards that are divided: 1 (1 by area, 0 by residents)" in done.stdout
    counts = pd.read_csv(area / "out" / "referrals.csv")
    assert counts.columns.tolist() == ["ward_code", "quarter", "category", "count"]
    assert counts.groupby("ward_code")["count"].sum().to_dict() == {"A": 10, "B1": 10, "C1": 5, "C2": 5}
    assert counts.groupby("quarter")["count"].sum().tolist() == [3, 6, 9, 12]
    report = json.loads((area / "out" / "report.json").read_text(encoding="utf-8"))
    assert report["moved"]["referrals"] == {"total": 30, "whole": 20, "split": 10, "away": 5, "misplaced": 5}
    assert report["new_wards"]["with parts of old wards"] == 2
    assert stat.S_IMODE((area / "out" / "referrals.csv").stat().st_mode) == 0o600
    assert [entry.what for entry in open_audit(load_settings(area / "settings.toml")).entries()][-1] == (
        "counts of another vintage"
    )


def test_what_is_written_is_read_by_an_ordinary_load_and_invented_counts_stay_invented(area):
    (area / "referrals.csv").write_text(
        "\n".join([f"{COUNTS[0]},provenance", *(f"{row},invented" for row in COUNTS[1:])])
    )
    assert call(area).exit_code == DONE
    (area / "population.csv").write_text("ward_code,ward_name,district,residents\nA,Mill,North,50\n", encoding="utf-8")
    (area / "incidents.csv").write_text("\n".join(INCIDENTS), encoding="utf-8")
    files = {"wards": "new.gpkg", "population": "population.csv", "referrals": "out/referrals.csv"}
    options = [part for key, name in files.items() for part in (f"--{key}", str(area / name))]
    arguments = [
        "ingest",
        "--settings",
        str(area / "settings.toml"),
        *options,
        "--incidents",
        str(area / "incidents.csv"),
    ]
    done = CliRunner().invoke(cli.app, arguments)
    assert done.exit_code == DONE, done.output
    assert "referrals (referrals.csv): 16 rows read, 16 used" in done.stdout
    assert "invented" in (area / "out" / "referrals.csv").read_text()


def test_residents_divide_and_those_of_old_wards_are_converted_too(area):
    new = "ward_code,ward_name,district,residents\nA,Mill,North,1\nB1,Weir,North,1\nC1,East Park,North,9\nC2,West Park,North,1\n"
    (area / "new.csv").write_text(new, encoding="utf-8")
    old = "ward_code,ward_name,district,residents\nA,Mill,North,10\nB,Weir,North,20\nC,Park,North,305\n"
    (area / "old.csv").write_text(old, encoding="utf-8")
    done = call(area, "--weights", "residents", population="new.csv", from_population="old.csv")
    assert done.exit_code == DONE, done.output
    people = pd.read_csv(area / "out" / "population.csv").set_index("ward_code")["residents"]
    assert people.to_dict() == pytest.approx({"A": 10, "B1": 20, "C1": 274.5, "C2": 30.5})
    counts = pd.read_csv(area / "out" / "referrals.csv")
    assert counts.groupby("ward_code")["count"].sum().to_dict() == {"A": 10, "B1": 10, "C1": 9, "C2": 1}


def test_shares_that_were_written_can_be_corrected_and_given_back_as_a_lookup(area):
    assert call(area).exit_code == DONE
    shares = pd.read_csv(area / "out" / "shares.csv").assign(share=[1.0, 1.0, 0.9, 0.1])
    shares.to_csv(area / "lookup.csv", index=False)
    (area / "out").rename(area / "first")
    done = call(area, lookup="lookup.csv")
    assert done.exit_code == DONE, done.output
    counts = pd.read_csv(area / "out" / "referrals.csv")
    assert counts.groupby("ward_code")["count"].sum().to_dict() == {"A": 10, "B1": 10, "C1": 9, "C2": 1}


def test_codes_that_contradict_names_are_reported_in_words(area):
    write_wards(
        area / "old.gpkg", 2019, {"A": ("Mill", square(0)), "C1": ("Weir", square(1)), "C": ("Park", square(2))}
    )
    (area / "referrals.csv").write_text("\n".join(COUNTS).replace("\nB,", "\nC1,"), encoding="utf-8")
    (area / "lookup.csv").write_text("from_code,to_code,from_name\nC1,B1,Bridge\n", encoding="utf-8")
    done = call(area)
    assert "the code C1 contradicts its name: it is Weir in the old wards and East Park in the new" in done.stdout
    (area / "out").rename(area / "first")
    told = call(area, lookup="lookup.csv").stdout
    assert "the code C1 contradicts its name: the lookup calls it Bridge, and old.gpkg Weir; the code was used" in told


def test_rows_of_new_wards_in_a_file_of_old_ones_are_left_out_and_said(area):
    (area / "referrals.csv").write_text("\n".join([*COUNTS, "C2,2024/25 Q1,concern,7"]), encoding="utf-8")
    done = call(area)
    assert "1 of 13 rows of counts are of no ward in old.gpkg; 1 of them have codes of wards in new.gpkg" in done.stdout
    assert "They were not converted: 7 referrals" in done.stdout
    assert "referrals: 30 before, 30 after" in done.stdout


def test_counts_mostly_of_no_old_ward_are_refused(area):
    rows = [row.replace("A,", "C1,").replace("B,", "C2,") for row in COUNTS]
    (area / "referrals.csv").write_text("\n".join(rows), encoding="utf-8")
    done = call(area)
    assert done.exit_code == REFUSED
    assert "8 of 12 rows of counts are of no ward in old.gpkg; 8 of them have codes" in done.stderr
    assert not (area / "out").exists()


def test_a_lookup_that_leads_nowhere_is_refused(area):
    (area / "lookup.csv").write_text("from_code,to_code\nA,Z9\n", encoding="utf-8")
    assert "it leads to wards that are not in new.gpkg: Z9" in call(area, lookup="lookup.csv").stderr
    (area / "lookup.csv").write_text("from_code,to_code\nZ8,Z9\n", encoding="utf-8")
    assert "none of its codes is of a ward in old.gpkg" in call(area, lookup="lookup.csv").stderr


@pytest.mark.parametrize(
    ("more", "code", "said"),
    [
        (("--weights", "people"), WRONG_USAGE, "--weights is one of area, residents"),
        (("--weights", "residents"), WRONG_USAGE, "go together"),
        (("--widest-sliver", "-1"), WRONG_USAGE, "zero or more"),
        (("--from-wards", "new.gpkg", "--to-wards", "old.gpkg"), REFUSED, "there is no column 'WD23CD'"),
    ],
)
def test_what_cannot_be_converted_is_said_in_a_sentence_and_leaves_nothing(area, monkeypatch, more, code, said):
    monkeypatch.chdir(area)
    done = call(area, *more)
    assert (done.exit_code, "Traceback" in done.output) == (code, False)
    assert said in done.stderr
    assert not (area / "out").exists()


def test_a_folder_that_is_there_is_never_written_over(area):
    (area / "out").mkdir()
    done = call(area)
    assert done.exit_code == WRONG_USAGE
    assert "is there already" in done.stderr


def test_of_which_year_the_old_wards_are_must_be_known(area):
    gpd.read_file(area / "old.gpkg").rename(columns={"WD19CD": "code"}).to_file(area / "plain.gpkg")
    done = call(area, from_wards="plain.gpkg")
    assert done.exit_code == WRONG_USAGE
    assert "name them with --from-settings" in done.stderr
    (area / "of_old.toml").write_text(SETTINGS.replace('"WD23CD"', '"code"').replace("23", "19"), encoding="utf-8")
    done = call(area, from_wards="plain.gpkg", from_settings="of_old.toml")
    assert (done.exit_code, "3 wards of 2019" in done.stdout) == (DONE, True)


def test_lookup_referrals_and_new_wards_may_come_from_a_query(area, monkeypatch):
    plain = "from_code,to_code,share\nA,A,1\nB,B1,1\nC,C1,0.8\nC,C2,0.2\n"
    (area / "lookup.csv").write_text(plain, encoding="utf-8")
    assert call(area, lookup="lookup.csv").exit_code == DONE
    (area / "out").rename(area / "first")
    with closing(sqlite3.connect(area / "base.db")) as base:
        for name, lines in {"lookup": plain.split(), "referrals": COUNTS}.items():
            base.execute(f"CREATE TABLE {name} ({lines[0]})")
            marks = ",".join("?" * len(lines[0].split(",")))
            base.executemany(f"INSERT INTO {name} VALUES ({marks})", [line.split(",") for line in lines[1:]])
        new = gpd.read_file(area / "new.gpkg")
        base.execute("CREATE TABLE wards (WD23CD, WD23NM, LAD23NM, shape)")
        rows = new.assign(shape=new.geometry.to_wkb())[["WD23CD", "WD23NM", "LAD23NM", "shape"]]
        base.executemany("INSERT INTO wards VALUES (?, ?, ?, ?)", rows.itertuples(index=False))
        base.commit()
    monkeypatch.setenv("WARD_OVERLAP_BASE", f"sqlite:///{area}/base.db")
    asked = "".join(
        f"[queries.{name}]\ndatabase = 'b'\nsql = 'SELECT * FROM {name}'\n" for name in ("lookup", "referrals", "wards")
    )
    with_crs = SETTINGS.replace("vintage = 2023", "vintage = 2023\ncrs = 'EPSG:27700'")
    (area / "settings.toml").write_text(
        f"{with_crs}[databases.b]\nurl_variable = 'WARD_OVERLAP_BASE'\n{asked}", encoding="utf-8"
    )
    given = ["--from-wards", area / "old.gpkg", "--to-wards", "query:wards", "--referrals", "query:referrals"]
    arguments = [
        "convert",
        "--settings",
        area / "settings.toml",
        *given,
        "--lookup",
        "query:lookup",
        "--out",
        area / "out",
    ]
    done = CliRunner().invoke(cli.app, [str(one) for one in arguments])
    assert done.exit_code == DONE, done.output
    for name in ("referrals.csv", "shares.csv"):
        assert (area / "out" / name).read_bytes() == (area / "first" / name).read_bytes()
