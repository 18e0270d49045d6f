"""The tables that the revisions make are those that the program uses, and older files go on without loss."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData

from briefing.decisions_tables import DECISION_TABLES
from briefing.register import open_briefings
from briefing.register_tables import REGISTER
from briefing.selections_tables import SELECTION_TABLES
from data.errors import UsageError
from data.settings import Settings, Storage
from disclosure.audit import UnrecordedError, open_audit
from disclosure.audit_store import TABLES
from disclosure.migrating import SCRIPTS, migrate, upgrade
from disclosure.records_database import RecordsDatabase
from disclosure.records_place import DATABASE_VARIABLE, Place, PostgresPlace, read_database_url, records_place
from disclosure.records_schema import REVISIONS, VERSION, table_names
from ingest.places import records_file
from tests.audit_samples import make_entry, make_trail, unrecorded
from tests.postgres import Database
from tests.register_samples import ANN, CASTLE, words
from tests.unit.data.snapshot_samples import make_settings

GROUPS = (TABLES, REGISTER, DECISION_TABLES, SELECTION_TABLES)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return make_settings().model_copy(update={"storage": Storage(snapshots=str(tmp_path / "store"))})


@pytest.fixture(params=["in a file", "in PostgreSQL"])
def places(request: pytest.FixtureRequest, tmp_path: Path):
    """Where two sets of tables may be made: by name."""
    if request.param == "in a file":
        yield lambda name: tmp_path / f"{name}.db"
        return
    url = read_database_url(request.getfixturevalue("postgres_database").url)
    yield lambda name: PostgresPlace(url, schema=f"wo_{name}")


def opened(place: Place) -> RecordsDatabase:
    return RecordsDatabase(place, tables=TABLES)


# --- models and revisions --------------------------------------------------------------------------------------------


def test_the_program_knows_the_revisions_that_there_are():
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    found = [one.revision for one in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(found)) == REVISIONS


def test_the_revisions_make_the_tables_that_the_program_uses(places):
    used = MetaData()
    for group in GROUPS:
        for table in group.sorted_tables:
            table.to_metadata(used)
    with opened(places("made")).remaking(upgrade) as connection:
        assert table_names(connection) == {*used.tables, VERSION.name}
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, used) == []


def test_the_revisions_make_the_fences_that_the_program_makes(places):
    def make_all(connection: Connection) -> None:
        VERSION.create(connection)
        connection.execute(VERSION.insert().values(version_num=REVISIONS[-1]))
        for group in GROUPS:
            group.create_all(connection)

    with opened(places("made")).remaking(upgrade) as connection:
        made = fences(connection)
    with opened(places("used")).remaking(make_all) as connection:
        assert fences(connection) == made
    assert len(made) > len([table for group in GROUPS for table in group.tables])


def fences(connection: Connection) -> set[str]:
    """What triggers there are; fences against replacing are numbered in any order."""
    if connection.dialect.name == "sqlite":
        found = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE type = 'trigger'").scalars()
        return {re.sub(r"replaced_\d", "replaced", one) for one in found}
    query = (
        "SELECT pg_get_triggerdef(t.oid), p.prosrc FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal "
        "AND c.relnamespace = current_setting('search_path')::regnamespace"
    )
    return {re.sub(r"wo_(made|used)", "wo", " ".join(one)) for one in connection.exec_driver_sql(query)}


def test_what_fails_on_the_way_leaves_the_tables_as_they_were(places):
    def fail(connection: Connection) -> None:
        upgrade(connection)
        raise UsageError("The power went.")

    with pytest.raises(UsageError, match="power"), opened(places("made")).remaking(fail):
        pass
    with opened(places("made")).glancing() as connection:
        assert connection is None


# --- files from before there were revisions ----------------------------------------------------------------------------

FIRST = """CREATE TABLE audit (
\tnumber INTEGER NOT NULL, made_at VARCHAR(200) NOT NULL, action VARCHAR(200) NOT NULL, who VARCHAR(200) NOT NULL,
\twhat VARCHAR(200) NOT NULL, audience VARCHAR(200) NOT NULL, snapshot VARCHAR(200) NOT NULL, settings VARCHAR(200) NOT NULL,
\tdetail TEXT NOT NULL, software VARCHAR(200) NOT NULL, previous_hash VARCHAR(200) NOT NULL, row_hash VARCHAR(200) NOT NULL,
\tPRIMARY KEY (number)
);
CREATE TRIGGER audit_not_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END;
CREATE TRIGGER audit_not_removed BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'nothing is removed from the audit trail'); END;
CREATE TRIGGER audit_not_put_in BEFORE INSERT ON audit WHEN NEW.number IS NOT (SELECT COALESCE(MAX(number), 0) + 1 FROM audit)
BEGIN SELECT RAISE(ABORT, 'the audit trail grows at its end only'); END;"""
"""The first schema of all, as it is in the history of `disclosure/audit_store.py`: the audit trail alone, without a revision."""


@pytest.fixture
def first(settings: Settings, tmp_path: Path) -> Settings:
    """A file as the first version left it, with three entries."""
    make_trail(tmp_path / "rows", rows=3)
    records_file(settings).parent.mkdir(parents=True)
    with closing(sqlite3.connect(records_file(settings))) as made:
        made.executescript(FIRST)
        made.execute("ATTACH ? AS rows", [str(tmp_path / "rows" / "records.db")])
        made.execute("INSERT INTO main.audit SELECT * FROM rows.audit ORDER BY number")
        made.commit()
    (tmp_path / "rows" / "records.anchor").rename(records_file(settings).with_suffix(".anchor"))
    return settings


def rows(settings: Settings) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(records_file(settings))) as file:
        return file.execute("SELECT * FROM audit ORDER BY number").fetchall()


def test_a_file_of_the_first_version_is_written_on_as_it_is(first):
    open_audit(first).record(make_entry())
    open_briefings(first).draft(CASTLE, words=words(), by=ANN)
    assert (open_audit(first).verify().ok, open_audit(first).verify().rows) == (True, 5)


def test_a_file_of_the_first_version_gets_its_number_and_what_tables_it_lacks_and_loses_nothing(first):
    before = rows(first)
    assert migrate(first, who="os:me") == REVISIONS[-1]
    assert rows(first)[:3] == before
    assert rows(first)[3][2:5] == ("changed", "os:me", "records")
    with RecordsDatabase(records_file(first), tables=TABLES).reading() as connection:
        assert table_names(connection) == {*(name for group in GROUPS for name in group.tables), VERSION.name}
    assert open_audit(first).verify().ok
    migrate(first, who="os:me")
    assert open_audit(first).verify().rows == 5


def test_a_new_file_carries_its_number_from_the_first_entry_on(settings):
    open_audit(settings).record(make_entry())
    with closing(sqlite3.connect(records_file(settings))) as file:
        assert file.execute("SELECT version_num FROM alembic_version").fetchall() == [(REVISIONS[-1],)]


@pytest.mark.parametrize(("revision", "sentence"), [("9999", "later version"), ("0001", "earlier version")])
def test_a_file_of_another_revision_is_left_as_it_is(settings, monkeypatch, revision, sentence):
    open_audit(settings).record(make_entry())
    with closing(sqlite3.connect(records_file(settings), isolation_level=None)) as file:
        file.execute("UPDATE alembic_version SET version_num = ?", [revision])
    monkeypatch.setattr("disclosure.records_schema.REVISIONS", ("0001", "0002"))
    monkeypatch.setattr("disclosure.records_schema.CURRENT", "0002")
    before = rows(settings)
    for act in (lambda: open_audit(settings).record(make_entry()), open_audit(settings).head):
        with pytest.raises(UnrecordedError, match=sentence):
            act()
    assert rows(settings) == before


# --- PostgreSQL --------------------------------------------------------------------------------------------------------


@pytest.fixture
def in_postgres(settings: Settings, postgres_database: Database, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv(DATABASE_VARIABLE, postgres_database.url)
    return settings


def test_tables_are_made_with_their_first_record_and_the_role_of_the_server_gets_its_rights(
    in_postgres, postgres_database, monkeypatch
):
    with pytest.raises(UsageError, match="no such role"):
        migrate(in_postgres, who="os:me", role="ward-overlap%")
    assert not open_audit(in_postgres).is_begun()
    postgres_database.run("""CREATE ROLE "ward-overlap%" LOGIN PASSWORD 'tests'""")
    migrate(in_postgres, who="os:me", role="ward-overlap%")
    monkeypatch.setenv(DATABASE_VARIABLE, postgres_database.url_as("ward-overlap%25", "tests"))
    open_briefings(in_postgres).draft(CASTLE, words=words(), by=ANN)
    assert [row.what for row in open_audit(in_postgres).entries()] == ["briefing", "records"]
    with unrecorded("which rights it needs"):
        migrate(in_postgres, who="os:me", role="ward-overlap%")


def test_records_in_the_store_are_not_left_behind_without_a_word(settings, postgres_database, monkeypatch):
    open_audit(settings).record(make_entry())
    monkeypatch.setenv(DATABASE_VARIABLE, postgres_database.url)
    with pytest.raises(UsageError, match="would begin without"):
        migrate(settings, who="os:me")
    assert not open_audit(settings).is_begun()
    records_file(settings).unlink()
    migrate(settings, who="os:me")
    assert str(records_place(settings)).startswith("in the PostgreSQL database")


def test_a_role_is_given_rights_in_postgresql_only(settings):
    with pytest.raises(UsageError, match="in PostgreSQL only"):
        migrate(settings, who="os:me", role="anybody")
