"""`query:NAME` in place of a file: PostgreSQL with PostGIS, and SQLite, give the snapshot that the files give."""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

import cli
from data.settings import load_settings
from data.snapshots import SnapshotStore
from ingest.places import STORE_VARIABLE, snapshot_folder
from tests.area_files import CODES, DISTRICTS, INCIDENTS, NAMES, POPULATION, REFERRALS, SETTINGS, squares, write_area
from tests.postgres import Database
from verbs.common import DONE, REFUSED, WRONG_USAGE

VARIABLE = "WARD_OVERLAP_DATABASE"
SQL = {
    "wards": "SELECT code AS ward_code, name AS ward_name, district, geom FROM wards ORDER BY 1",
    "population": "SELECT ward_code, ward_name, district, residents FROM population",
    "referrals": "SELECT ward_code, quarter, category, sector, count FROM referrals",
    "incidents": "SELECT date, ST_X(place) AS easting, ST_Y(place) AS northing, strand FROM incidents",
}
PLAIN = {**SQL, "incidents": "SELECT date, easting, northing, strand FROM incidents"}


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(STORE_VARIABLE, str(tmp_path / "store"))


@pytest.fixture
def postgis(postgis_database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """The small area in a database, with an account that may read it and the other table, and nothing more."""
    shapes = squares().geometry.to_wkt()
    wards = ",".join(
        f"('{code}', '{name.replace(chr(39), chr(39) * 2)}', '{district}', ST_GeomFromText('{shape}', 27700))"
        for code, name, district, shape in zip(CODES, NAMES, DISTRICTS, shapes, strict=True)
    )
    points = ",".join(
        f"('{day} 12:30+00', ST_SetSRID(ST_MakePoint({x}, {y}), 27700), '{strand}')"
        for day, x, y, strand in (line.split(",") for line in INCIDENTS[1:])
    )
    postgis_database.run(
        "CREATE TABLE wards (code text, name text, district text, geom geometry(Polygon, 27700))",
        f"INSERT INTO wards VALUES {wards}",
        "CREATE TABLE population (ward_code char(9), ward_name varchar(40), district text, residents numeric(10, 2))",
        f"INSERT INTO population VALUES {values_of(POPULATION, numbers=1)}",
        "CREATE TABLE referrals (ward_code text, quarter text, category text, sector text, count bigint)",
        f"INSERT INTO referrals VALUES {values_of(REFERRALS, numbers=1)}",
        "CREATE TABLE incidents (date timestamptz, place geometry(Point, 27700), strand text)",
        f"INSERT INTO incidents VALUES {points}",
        "DROP ROLE IF EXISTS reader",
        "CREATE ROLE reader LOGIN PASSWORD 'zxq-p@ss/word'",
        "GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader",
    )
    monkeypatch.setenv(VARIABLE, postgis_database.url_as("reader", "zxq-p%40ss%2Fword"))
    return postgis_database


@pytest.fixture
def sqlite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same in a file of SQLite's; outlines as WKB, which names no coordinate system."""
    path = tmp_path / "case work.db"
    with closing(sqlite3.connect(path)) as base:
        base.execute("CREATE TABLE wards (code, name, district, geom)")
        shapes = zip(CODES, NAMES, DISTRICTS, squares().geometry.to_wkb(), strict=True)
        base.executemany("INSERT INTO wards VALUES (?, ?, ?, ?)", shapes)
        for name, lines in {"population": POPULATION, "referrals": REFERRALS, "incidents": INCIDENTS}.items():
            base.execute(f"CREATE TABLE {name} ({lines[0]})")
            marks = ",".join("?" * len(lines[0].split(",")))
            base.executemany(f"INSERT INTO {name} VALUES ({marks})", [line.split(",") for line in lines[1:]])
        base.commit()
    monkeypatch.setenv(VARIABLE, f"sqlite:///{path}")
    return path


def values_of(lines: list[str], *, numbers: int) -> str:
    rows = [line.replace("'", "''").split(",") for line in lines[1:]]
    return ",".join("(" + ",".join([*(f"'{cell}'" for cell in row[:-numbers]), *row[-numbers:]]) + ")" for row in rows)


def with_queries(sql: dict[str, str], *, settings: str = SETTINGS, limits: str = "") -> str:
    queries = "".join(f"[queries.{name}]\ndatabase = \"casework\"\nsql = '''{text}'''\n" for name, text in sql.items())
    return f'{settings}{limits}\n[databases.casework]\nurl_variable = "{VARIABLE}"\n{queries}'


def call(*arguments: object):
    return CliRunner().invoke(cli.app, [str(one) for one in arguments])


def load(folder: Path, *, text: str = SETTINGS, queries: tuple[str, ...] = (), wards: Path | None = None):
    """Ingest the small area, some of its inputs by queries of their name."""
    settings, inputs = write_area(folder, settings=text)
    files = {"wards": wards or inputs.wards, "population": inputs.population, "referrals": inputs.referrals}
    files["incidents"] = Path(str(inputs.incidents[0]))
    named = [
        word for role, path in files.items() for word in (f"--{role}", f"query:{role}" if role in queries else path)
    ]
    return call("ingest", "--settings", settings, *named)


def refused(folder: Path, sql: str, *, role: str = "referrals", limits: str = "", code: int = REFUSED) -> str:
    done = load(folder, text=with_queries({role: sql}, limits=limits), queries=(role,))
    assert done.exit_code == code, done.stderr
    assert "zxq" not in done.output + done.stderr
    assert "Traceback" not in done.stderr
    return str(done.stderr).splitlines()[-1]


def manifest_of(done, folder: Path):
    assert done.exit_code == DONE, done.stderr
    store = SnapshotStore(snapshot_folder(load_settings(folder / "settings.toml")))
    return store.open(done.stdout.splitlines()[-1]).manifest


@pytest.fixture
def of_files(tmp_path: Path):
    """Manifest of the area from files, the boundaries on the National Grid."""
    squares().to_parquet(tmp_path / "wards.parquet")
    return manifest_of(load(tmp_path / "files", wards=tmp_path / "wards.parquet"), tmp_path / "files")


def test_postgis_gives_the_snapshot_that_the_files_give_and_its_manifest_the_queries_but_not_the_account(
    postgis, of_files, tmp_path
):
    done = load(tmp_path, text=with_queries(SQL), queries=tuple(SQL))
    manifest = manifest_of(done, tmp_path)
    assert manifest.files == of_files.files
    assert manifest.id != of_files.id  # other things went in
    assert {(one.role, one.file) for one in manifest.sources} == {(role, f"query {role}") for role in SQL}
    for report, rows in zip(manifest.reports, (6, 6, 24, 120), strict=True):
        said = f"query {report.table}: {rows} rows of the database {postgis.name} (postgresql), asked on "
        assert report.notes[0].startswith(said)
        assert f"Its sql has the SHA-256 {hashlib.sha256(SQL[report.table].encode()).hexdigest()}." in report.notes[0]
    whole = done.output + done.stderr + manifest.model_dump_json()
    assert not any(word in whole for word in ("zxq", "reader", "127.0.0.1"))


def test_sqlite_gives_the_snapshot_that_the_files_give(sqlite, of_files, tmp_path):
    text = with_queries(PLAIN, settings=SETTINGS.replace("vintage = 2023", 'vintage = 2023\ncrs = "EPSG:27700"'))
    asked = manifest_of(load(tmp_path, text=text, queries=tuple(SQL)), tmp_path)
    assert asked.files == of_files.files
    assert "query wards: 6 rows of the database case work.db (sqlite), asked on" in asked.reports[0].notes[0]


def test_the_same_rows_asked_again_are_the_same_snapshot(sqlite, tmp_path):
    asked = [load(tmp_path, text=with_queries(PLAIN), queries=("referrals", "incidents")) for _ in range(2)]
    assert manifest_of(asked[0], tmp_path).id == manifest_of(asked[1], tmp_path).id


def test_the_same_cells_under_other_headings_are_another_input(sqlite, tmp_path):
    sql = "SELECT ward_code, quarter, 'concern' AS {}, 'police' AS {}, count FROM referrals"
    ids = []
    for names in (("category", "sector"), ("sector", "category")):
        done = load(tmp_path, text=with_queries({"referrals": sql.format(*names)}), queries=("referrals",))
        ids.append(manifest_of(done, tmp_path).id)
    assert ids[0] != ids[1]


def test_rows_are_counted_from_the_first_that_the_query_gives(sqlite, tmp_path):
    sql = "SELECT ward_code, quarter, category, sector, CASE WHEN rowid = 3 THEN 'zxq' ELSE count END AS count FROM referrals"
    done = load(tmp_path, text=with_queries({"referrals": sql}), queries=("referrals",))
    assert "! query referrals, row 3, column count:" in done.stdout
    assert "zxq" not in done.stdout


def test_points_are_counted_block_by_block(postgis, tmp_path):
    settings, inputs = write_area(tmp_path, settings=with_queries(SQL))
    given = ("count-points", "--settings", settings, "--out", tmp_path / "counts.csv")
    done = call(*given, "--wards", "query:wards", "--points", "query:incidents")
    assert done.exit_code == DONE, done.stderr
    assert "incidents (query incidents): 120 rows read, 120 used" in done.stdout
    plain = call(*given[:-1], tmp_path / "plain.csv", "--wards", inputs.wards, "--points", inputs.incidents[0])
    assert plain.exit_code == DONE, plain.stderr
    assert (tmp_path / "counts.csv").read_bytes() == (tmp_path / "plain.csv").read_bytes()


def test_workers_take_no_query(tmp_path):
    settings, inputs = write_area(tmp_path, settings=with_queries(PLAIN))
    given = ("--wards", inputs.wards, "--points", "query:incidents", "--out", tmp_path / "counts.csv", "--workers", 2)
    done = call("count-points", "--settings", settings, *given)
    assert (done.exit_code, "leave --workers and --cluster out" in done.stderr) == (WRONG_USAGE, True)


WRITING = [
    "DELETE FROM referrals",
    "DELETE FROM referrals RETURNING ward_code",
    "SELECT 1; DELETE FROM referrals",
    "SELECT 1; COMMIT; DELETE FROM referrals",
    "WITH gone AS (DELETE FROM referrals RETURNING *) SELECT * FROM gone",
    "SELECT count(*) AS count FROM referrals; -- '\nDROP TABLE referrals",
    "DROP TABLE referrals",
    "COPY referrals TO '/tmp/zxq'",
    "SELECT spoil() AS count",
    "SELECT setval('counter', 99) AS count",
    "SET transaction_read_only = off",
    "SELECT ward_code, quarter, category, sector, count INTO other FROM referrals",
]


def test_nothing_is_written_to_postgres_even_by_an_account_that_may(postgis, tmp_path, monkeypatch):
    postgis.run("CREATE SEQUENCE counter")
    postgis.run("CREATE FUNCTION spoil() RETURNS int LANGUAGE sql AS 'DELETE FROM referrals; SELECT 1'")
    monkeypatch.setenv(VARIABLE, postgis.url)
    for sql in WRITING:
        refused(tmp_path, sql)
        assert postgis.run("SELECT count(*) FROM referrals") == [(24,)], sql
        assert postgis.run("SELECT to_regclass('other')") == [(None,)], sql
        assert postgis.run("SELECT last_value FROM counter") == [(1,)], sql  # which no transaction would take back


def test_nothing_is_written_to_sqlite(sqlite, tmp_path):
    before = sqlite.read_bytes()
    for sql in [*WRITING[:7], "ATTACH 'zxq.db' AS other", "PRAGMA query_only = OFF", "VACUUM"]:
        refused(tmp_path, sql)
        assert sqlite.read_bytes() == before, sql
