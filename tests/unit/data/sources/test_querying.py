"""What goes wrong with a query is a sentence: what, where, what to do; never a value and never the password."""

import socket
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from data.errors import PersonLevelError, RefusedInputError, UsageError, WardOverlapError
from data.queried_wards import open_queried_wards
from data.reading_wards import read_wards
from data.settings import Settings
from data.sources.querying import Wanted, queried
from tests.postgres import Database

VARIABLE = "WARD_OVERLAP_DATABASE"
SECRET = "zxqsecret"
ANY = Wanted("lookup", None)
WARDS = Wanted("wards", ("ward_code", "ward_name", "district"), outline=True)
PLAIN = Wanted("referrals", ("ward_code", "count"))
SQUARE = "POLYGON((450000 300000, 451000 300000, 451000 301000, 450000 301000, 450000 300000))"


def settings_of(sql: str, **limits: int) -> Settings:
    return Settings.model_validate(
        {
            "partnership": {"name": "Sixwards"},
            "wards": {"vintage": 2023},
            "incidents": {"date": "date", "ward_code": "ward_code"},
            "limits": limits,
            "databases": {"casework": {"url_variable": VARIABLE}},
            "queries": {"asked": {"database": "casework", "sql": sql}},
        }
    )


def refusal(folder: Path, sql: str, wanted: Wanted = ANY, **limits: int) -> WardOverlapError:
    settings = settings_of(sql, **limits)
    wanted = replace(wanted, rows=settings.limits.rows)
    with pytest.raises(WardOverlapError) as refused, queried("asked", wanted, settings=settings, folder=folder):
        pass
    error: BaseException | None = refused.value
    assert error is not None
    assert error.__cause__ is None
    assert error.__suppress_context__ or error.__context__ is None
    assert SECRET not in str(error)
    assert not list(folder.iterdir())
    return refused.value


@pytest.fixture
def postgres(postgres_module_database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.setenv(VARIABLE, postgres_module_database.url)
    return postgres_module_database


@pytest.fixture
def sqlite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "base" / "case.db"
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as base:
        base.execute("CREATE TABLE referrals (ward_code, count)")
        base.executemany("INSERT INTO referrals VALUES (?, ?)", [(f"X0590000{n}", n) for n in range(5)])
        base.commit()
    monkeypatch.setenv(VARIABLE, f"sqlite:///{path}")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "kept").mkdir()
    return tmp_path / "kept"


ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT "
POSTGRES = [
    ("SELECT * FROM nowhere", {}, "no such table"),
    ("SELECT nowt FROM pg_class", {}, "no such column"),
    ("SELEKT 1", {}, "does not understand the sql"),
    ("SELECT 1; SELECT 2", {}, "single SELECT"),
    ("SELECT pg_sleep(60)", {"query_seconds": 1}, "took longer than is waited. Ask for less"),
    ("SELECT generate_series(1, 9) AS n", {"rows": 5}, "query asked: the table has more rows than are read"),
    (
        f"SELECT 1 / (n - 1500) AS {SECRET[:3]} FROM generate_series(1, 3000) AS n",
        {},
        "a value after row 1,000 ",
    ),
    (f"SELECT '{SECRET}'::int", {}, "a value cannot be computed"),
    ("SELECT 'infinity'::date AS day", {}, "a value cannot be computed or read"),
    (
        "SELECT CASE WHEN n = 2500 THEN pg_terminate_backend(pg_backend_pid()) END AS x FROM generate_series(1, 5000) AS n",
        {},
        "connection to the database was lost after row 2,000. Nothing was stored",
    ),
    (
        f"SELECT 1 AS n, ARRAY['{SECRET}'] AS many",
        {},
        "query asked, row 1, column 'many': the cell is of a kind that no table",
    ),
    (f"SELECT '{SECRET}'::bytea AS b", {}, "row 1, column 'b': the cell is of a kind"),
    (f"""SELECT '"{SECRET}"'::jsonb || '[1]' AS j""", {}, "row 1, column 'j': the cell is of a kind"),
    ("SELECT repeat('x', 11000) AS long", {}, "column 'long': the cell has more characters"),
    ("SELECT repeat('x', 9000) AS long FROM generate_series(1, 200)", {"file_megabytes": 1}, "more than 1 megabytes"),
    ("SELECT 1 AS a, 2 AS b", {"columns": 1}, "it has 2 columns, more than are read"),
]


@pytest.mark.parametrize(("sql", "limits", "says"), POSTGRES)
def test_postgres_refuses_in_a_sentence(postgres, folder, sql, limits, says):
    error = refusal(folder, sql, **limits)
    assert isinstance(error, RefusedInputError)
    assert says in str(error)


SQLITE = [
    ("SELECT * FROM nowhere", {}, "no such table"),
    ("SELECT nowt FROM referrals", {}, "no such column"),
    ("SELEKT 1", {}, "does not understand the sql"),
    (f"{ENDLESS}i FROM n", {"rows": 2000}, "more rows than are read"),
    (f"{ENDLESS}count(*) FROM n", {"query_seconds": 1}, "took longer than is waited"),
    ("SELECT zeroblob(100000000) AS b", {}, "a value cannot be computed"),
    ("SELECT hex(zeroblob(40000000)) AS b", {}, "a value cannot be computed"),
    ("SELECT CAST(x'ff' AS TEXT) AS t", {}, "a value cannot be computed or read"),
    ("SELECT load_extension('zxqsecret') AS t", {}, "is run"),
]


@pytest.mark.parametrize(("sql", "limits", "says"), SQLITE)
def test_sqlite_refuses_in_a_sentence(sqlite, folder, sql, limits, says):
    assert says in str(refusal(folder, sql, **limits))


def test_who_may_not_read_is_told_what_to_ask_for(postgres, folder, monkeypatch):
    postgres.run("CREATE TABLE shut (n int)", f"CREATE ROLE nobody LOGIN PASSWORD '{SECRET}'")
    monkeypatch.setenv(VARIABLE, postgres.url_as("nobody", SECRET))
    assert "the account may not read this" in str(refusal(folder, "SELECT n FROM shut"))
    postgres.run("DROP ROLE nobody")


def test_a_wrong_way_to_the_database_names_the_variable(postgres, folder, monkeypatch):
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        shut = one.getsockname()[1]
    for url, says in (
        (postgres.url_as("postgres", SECRET), "did not accept the account or its password"),
        (postgres.url + SECRET, "no such database"),
        (f"postgresql://a:{SECRET}@127.0.0.1:{shut}/b", "cannot be reached"),
        (f"postgresql://a:{SECRET}@db.example.org/b", "does not say how the way there is protected"),
        (f"mysql+pymysql://a:{SECRET}@localhost/b", "no driver here for 'mysql' databases"),
        (f"nonsense://a:{SECRET}@localhost/b", "no driver here for 'nonsense' databases"),
        (f"not an address {SECRET}", "does not hold a database's address"),
        (f"sqlite:////nowhere/{SECRET}.db", "names no file that is there"),
        (f"postgresql://a:{SECRET}@127.0.0.1:{shut}/b?{SECRET}=1", "VARIABLE|has a part|reached"),
        ("", f"{VARIABLE} is not set"),
    ):
        monkeypatch.setenv(VARIABLE, url)
        error = refusal(folder, "SELECT 1")
        assert isinstance(error, UsageError), url
        assert any(one in str(error) for one in says.split("|")), (url, str(error))


def test_a_file_that_is_no_database_is_said_to_be_none(tmp_path, folder, monkeypatch):
    path = tmp_path / "case.db"
    path.write_bytes(b"SQLite format 3\0" + SECRET.encode() * 100)
    monkeypatch.setenv(VARIABLE, f"sqlite:///{path}")
    assert "cannot be opened" in str(refusal(folder, "SELECT 1 FROM sqlite_master"))


def test_columns_that_the_settings_do_not_declare_are_refused_before_a_row_is_read(sqlite, folder):
    with closing(sqlite3.connect(sqlite)) as base:
        base.execute("ALTER TABLE referrals ADD COLUMN surname")
        base.commit()
    error = refusal(folder, f"SELECT ward_code, count, surname, load('{SECRET}') FROM referrals", PLAIN)
    assert "no such table, view or function" in str(error)
    error = refusal(folder, "SELECT * FROM referrals", PLAIN)
    assert isinstance(error, PersonLevelError)
    assert "query asked, column 'surname': the settings do not declare this column" in str(error)


def test_a_query_or_database_that_the_settings_do_not_hold_is_said(folder):
    settings = settings_of("SELECT 1")
    with pytest.raises(UsageError, match="they hold asked"), queried("other", ANY, settings=settings, folder=folder):
        pass
    without = settings.model_copy(update={"databases": {}})
    with (
        pytest.raises(UsageError, match="no database 'casework'"),
        queried("asked", ANY, settings=without, folder=folder),
    ):
        pass


def test_the_rows_are_kept_in_no_file_that_has_a_name(sqlite, folder):
    with queried(
        "asked", PLAIN, settings=settings_of("SELECT ward_code, count FROM referrals"), folder=folder
    ) as table:
        assert not list(folder.iterdir())
        assert [row[1] for row in table.read_rows()] == ["0", "1", "2", "3", "4"]
        assert table.size == len(table.open("rb").read())


WARD = "SELECT 'X05900000' AS ward_code, 'Castle' AS ward_name, 'North' AS district, "


SHAPES = [
    (f"ST_GeomFromText('{SQUARE}', 27700)", ""),
    (f"ST_Transform(ST_GeomFromText('{SQUARE}', 27700), 4326)", ""),
    (f"ST_AsBinary(ST_GeomFromText('{SQUARE}', 27700))", "does not say its coordinate reference system"),
    (f"ST_AsText(ST_GeomFromText('{SQUARE}', 27700))", "does not say its coordinate reference system"),
    (f"'{SECRET}'", "no outline with an area in row 1"),
    (f"'{SECRET}'::bytea", "no outline with an area in row 1"),
    ("NULL", "no outline with an area in row 1"),
    ("ST_SetSRID(ST_MakePoint(450000, 300000), 27700)", "no outline with an area in row 1"),
    (f"ST_SetSRID('{SQUARE}'::geometry, 990001)", "(SRID 990001) is none of EPSG's"),
    ("'CURVEPOLYGON(CIRCULARSTRING(0 0, 4 0, 4 4, 0 4, 0 0))'::geometry", "outlines have curves"),
]


def test_outlines_of_postgis_are_read_or_refused(postgis_database, monkeypatch, folder):
    monkeypatch.setenv(VARIABLE, postgis_database.url)
    for shape, says in SHAPES:
        settings = settings_of(f"{WARD}{shape} AS geom")
        with queried("asked", WARDS, settings=settings, folder=folder) as table:
            try:
                said, area = "", read_wards(table, settings.wards).rows.geometry.area.round().tolist()
            except RefusedInputError as error:
                said, area = str(error), []
        assert (says in said, bool(says)) == (True, bool(said)), (shape, said)
        assert area == ([] if says else [1_000_000]), shape
        assert SECRET not in said
    shapes = [f"{WARD}ST_SetSRID('{SQUARE}'::geometry, {srid}) AS geom" for srid in (27700, 4326)]
    with queried("asked", WARDS, settings=settings_of(" UNION ALL ".join(shapes)), folder=folder) as table:
        opened = open_queried_wards(table)
        with pytest.raises(RefusedInputError, match=r"several coordinate systems \(SRID 4326, 27700\)"):
            opened.read(opened.columns, False)


def test_wards_without_an_outline_or_with_too_many_columns_are_refused(sqlite, folder):
    plain = "SELECT ward_code, ward_code AS ward_name, ward_code AS district"
    assert "it gives no outlines" in str(refusal(folder, f"{plain} FROM referrals", WARDS))
    assert "do not declare" in str(refusal(folder, f"{plain}, count AS geom, count AS other FROM referrals", WARDS))
