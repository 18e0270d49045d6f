"""Records in PostgreSQL: what the database refuses, what is said when it cannot be used, and that two servers take turns."""

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from briefing.decisions_tables import DECISION_TABLES
from briefing.register_tables import REGISTER
from briefing.selections_tables import SELECTION_TABLES
from data.errors import UsageError
from disclosure import records_postgres
from disclosure.audit import AuditTrail, UnrecordedError
from disclosure.audit_entries import DamagedError
from disclosure.audit_store import TABLES
from disclosure.postgres_rights import grant
from disclosure.records_database import RecordsDatabase
from disclosure.records_place import PostgresPlace, read_database_url
from disclosure.telling_turns import DatabaseTurn
from disclosure.told_book import ToldBook
from tests import record_places
from tests.audit_samples import KEY, make_entry, make_trail, unrecorded
from tests.postgres import Database

GROUPS = (TABLES, REGISTER, DECISION_TABLES, SELECTION_TABLES)
ROLE, ITS_PASSWORD = "running", "a-password-of-tests"


@pytest.fixture(scope="module")
def database(postgres_module_database: Database) -> Iterator[Database]:
    """One for all tests of this file: each folder has a schema of its own in it."""
    postgres_module_database.run(f"CREATE ROLE {ROLE} LOGIN PASSWORD '{ITS_PASSWORD}'")
    record_places.use_database(postgres_module_database.url)
    yield postgres_module_database
    record_places.use_database("")
    postgres_module_database.run(f"DROP OWNED BY {ROLE}", f"DROP ROLE {ROLE}")


@pytest.fixture
def trail(database: Database, tmp_path: Path) -> AuditTrail:
    """A trail with three entries."""
    record_places.make_place(tmp_path, TABLES)
    return make_trail(tmp_path, rows=3)


def as_role(trail: AuditTrail, database: Database, tmp_path: Path) -> AuditTrail:
    """The same trail, as the role that a server runs as."""
    with RecordsDatabase(trail.path, tables=TABLES).writing() as connection:
        grant(connection, schema=trail.path.schema, role=ROLE)
    place = PostgresPlace(read_database_url(database.url_as(ROLE, ITS_PASSWORD)), schema=trail.path.schema)
    return AuditTrail(place, anchor=tmp_path / "records.anchor", sealer=trail._sealer)


def elsewhere(trail: AuditTrail, url: str, **more: str) -> AuditTrail:
    """The same trail, to be reached in another way."""
    place = PostgresPlace(read_database_url(url).update_query_dict(more), schema=trail.path.schema)
    return AuditTrail(place, anchor=trail._anchor.path, sealer=trail._sealer)


def connected(url: str) -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(url.replace("+psycopg", ""), autocommit=True)


# --- what the database holds to ---------------------------------------------------------------------------------------


def test_every_table_refuses_that_rows_are_changed_or_taken_out(database, tmp_path):
    record_places.make_place(tmp_path, *GROUPS)
    schema = record_places.place_in(tmp_path).schema
    with connected(database.url) as connection:
        for table in (table for group in GROUPS for table in group.sorted_tables):
            column = next(iter(table.primary_key.columns)).name
            for what in ("UPDATE {0} SET {1} = {1}", "DELETE FROM {0}", "TRUNCATE {0} CASCADE"):
                with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="changed or removed"):
                    connection.execute(what.format(f"{schema}.{table.name}", column))


@pytest.mark.parametrize(
    ("statement", "refusal"),
    [
        (
            "INSERT INTO {0}.audit SELECT (jsonb_populate_record(a, '{{\"number\": 9}}')).* FROM {0}.audit a LIMIT 1",
            "end",
        ),
        (
            "INSERT INTO {0}.audit SELECT (jsonb_populate_record(a, '{{\"number\": 4}}')).* FROM {0}.audit a LIMIT 1 "
            "ON CONFLICT (number) DO UPDATE SET who = 'x'",
            "changed or removed",
        ),
    ],
)
def test_the_trail_grows_at_its_end_only_and_nothing_is_replaced(trail, database, statement, refusal):
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match=refusal):
        database.run(statement.format(trail.path.schema))
    assert trail.verify().rows == 3


def test_the_role_of_a_server_reads_and_adds_and_may_do_nothing_else(trail, database, tmp_path):
    serving = as_role(trail, database, tmp_path)
    serving.record(make_entry())
    assert (serving.verify().ok, serving.verify().rows, serving.everybody()) == (True, 4, trail.everybody())
    with connected(database.url_as(ROLE, ITS_PASSWORD)) as connection:
        for what in ("UPDATE {0}.audit SET who = 'x'", "DROP TABLE {0}.audit", "CREATE TABLE {0}.another (number int)"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(what.format(trail.path.schema))
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(f"INSERT INTO {trail.path.schema}.alembic_version VALUES ('0002')")
    with unrecorded("which rights it needs"):
        serving.set_aside("os:me")
    assert serving.verify().rows == 4


def test_a_trail_that_is_set_aside_stays_in_a_schema_of_its_own_and_the_role_goes_on(trail, database, tmp_path):
    serving = as_role(trail, database, tmp_path)
    (tmp_path / "records.anchor").unlink()
    with unrecorded("audit verify"):
        serving.record(make_entry())
    (moved,) = trail.set_aside("os:me")
    serving.record(make_entry())
    assert (serving.verify().ok, serving.verify().rows) == (True, 2)
    assert database.run(f"SELECT COUNT(*) FROM {moved.removeprefix('schema ')}.audit") == [(3,)]


def test_a_trail_whose_key_may_only_be_missing_takes_no_entry_and_is_not_set_aside(database, tmp_path):
    record_places.make_place(tmp_path, TABLES)
    sealed, without = make_trail(tmp_path, rows=3, key=KEY), make_trail(tmp_path)
    sealed.check_end()
    with unrecorded("its key"):
        without.check_end()
    assert "WARD_OVERLAP_AUDIT_KEY is not set" in without.verify().sentence
    with pytest.raises(UsageError, match="Nothing was set aside"):
        without.set_aside("os:me")
    assert sealed.verify().rows == 3
    assert without.set_aside("os:me", without_its_key=True)
    assert (without.verify().ok, without.verify().rows) == (True, 1)


# --- what is said when it cannot be used ------------------------------------------------------------------------------


def test_without_tables_nothing_is_made_and_it_is_said_who_makes_them(database, tmp_path):
    trail = make_trail(tmp_path)
    for act in (lambda: trail.record(make_entry()), trail.head, trail.verify):
        with unrecorded(r"cli.py migrate"):
            act()
    assert not trail.is_begun()
    assert not database.run(f"SELECT 1 FROM pg_namespace WHERE nspname = '{trail.path.schema}'")


@pytest.mark.parametrize(("revision", "sentence"), [("0000", "later version"), ("0001", "earlier version")])
def test_a_program_that_is_older_or_newer_than_the_tables_says_so_and_writes_nothing(
    trail, database, tmp_path, monkeypatch, revision, sentence
):
    schema = trail.path.schema
    database.run(f"UPDATE {schema}.alembic_version SET version_num = '{revision}'")
    monkeypatch.setattr("disclosure.records_schema.REVISIONS", ("0001", "0002"))
    monkeypatch.setattr("disclosure.records_schema.CURRENT", "0002")
    for act in (lambda: trail.record(make_entry()), trail.head):
        with unrecorded(sentence):
            act()
    assert database.run(f"SELECT COUNT(*) FROM {schema}.audit") == [(3,)]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"password": "not this one"}, "user or the password is wrong"),
        ({"username": "nobody_of_this_name"}, "user or the password is wrong"),
        ({"database": "no_such_database"}, "no such database"),
        ({"port": 9}, "nothing answers there"),
        ({"host": "host.invalid"}, "no machine of that name"),
        ({"query": {"sslmode": "require"}}, "which the server does not offer"),
        ({"query": {"sslmode": "nonsense"}}, "look at the server's log|sslmode"),
    ],
)
def test_what_keeps_it_from_the_server_is_one_sentence_without_the_password(trail, database, change, sentence):
    url = read_database_url(database.url).set(**change)
    there = elsewhere(trail, url.render_as_string(hide_password=False))
    with unrecorded(sentence) as refused:
        there.record(make_entry())
    said = f"{refused.value} {refused.value.for_operator} {refused.value.why}"
    assert database.server.password not in said
    assert "\n" not in said


def test_a_server_that_is_too_old_or_cannot_hold_every_letter_is_refused(trail, database, monkeypatch):
    with monkeypatch.context() as older:
        older.setattr(records_postgres, "OLDEST", 99)
        with unrecorded("PostgreSQL 99 or later"):
            elsewhere(trail, database.url, application_name="older").head()
    database.run("CREATE DATABASE narrow TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
    with unrecorded("encoding LATIN1"):
        elsewhere(trail, database.server.url("narrow")).head()
    database.run("DROP DATABASE narrow WITH (FORCE)")


def test_a_server_that_takes_no_writes_and_a_table_that_is_gone_are_told_apart(trail, database):
    standby = elsewhere(trail, database.url, options="-cdefault_transaction_read_only=on")
    with unrecorded("it is read-only"):
        standby.record(make_entry())
    database.run(f"ALTER TABLE {trail.path.schema}.audit RENAME COLUMN who TO whom")
    with unrecorded("Restore it") as damaged:
        trail.record(make_entry())
    assert damaged.type is DamagedError
    assert "Restore it" in trail.verify().sentence
    assert not trail.verify().ok


def test_while_another_holds_the_lock_it_is_said_so_and_can_still_be_read(trail, monkeypatch):
    monkeypatch.setattr(records_postgres, "PATIENCE", 0.05)
    with records_postgres.PostgresRecords(trail.path).locked():
        with unrecorded("another program holds it"):
            trail.record(make_entry())
        assert trail.head().rows == 3
    trail.record(make_entry())


def test_a_connection_that_was_lost_between_two_entries_is_made_again(trail, database):
    end_all(database)
    trail.record(make_entry())
    assert (trail.verify().ok, trail.verify().rows) == (True, 4)


def test_a_connection_that_is_lost_in_the_middle_leaves_nothing_half_done(trail, database):
    def act(connection):
        connection.execute(text("SELECT 1"))
        end_all(database)
        return make_entry()

    with unrecorded("connection was lost"):
        trail.record_with(act)
    assert (trail.verify().ok, trail.verify().rows) == (True, 3)
    trail.record(make_entry())
    assert trail.verify().rows == 4


def end_all(database: Database) -> None:
    """End everybody's connection but one's own, as a restart of the server does."""
    database.run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )


# --- turns ------------------------------------------------------------------------------------------------------------


def test_of_two_servers_one_tells_at_a_time_and_records_go_on_meanwhile(trail, tmp_path, database):
    order: list[str] = []

    def tell_too() -> None:
        with ToldBook(tmp_path / "store", turn=DatabaseTurn(trail.path)).one_at_a_time():
            order.append("here")

    with records_postgres.PostgresRecords(trail.path).telling(patience=1.0):  # as another server does
        here = [threading.Thread(target=tell_too) for _ in range(3)]
        for one in here:
            one.start()
        trail.record(make_entry())
        while database.run(WAITING) == [(0,)]:
            time.sleep(0.01)
        assert database.run(WAITING) == [(1,)], "whoever waits here holds a connection"
        order.append("there")
    for one in here:
        one.join()
    assert order == ["there", "here", "here", "here"]


WAITING = "SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


def test_nothing_is_told_by_a_server_that_lost_its_turn(trail, tmp_path, database):
    book = ToldBook(tmp_path / "store", turn=DatabaseTurn(trail.path))
    with suppress(UnrecordedError), book.one_at_a_time():
        end_all(database)
        with unrecorded("connection was lost"):
            book.write("2025-26-q2-0123456789ab", None)
    assert book.entries() == []


def test_partnerships_in_one_database_know_nothing_of_each_other(trail, database, tmp_path):
    other = tmp_path / "other"
    record_places.make_place(other, TABLES)
    serving = as_role(make_trail(other, rows=1), database, other)
    assert (serving.verify().rows, trail.verify().rows) == (1, 3)
    with (
        connected(database.url_as(ROLE, ITS_PASSWORD)) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(f"SELECT * FROM {trail.path.schema}.audit")


def test_short_texts_are_sorted_and_compared_letter_by_letter_whatever_the_language(database, tmp_path):
    record_places.make_place(tmp_path, *GROUPS)
    found = database.run(
        "SELECT DISTINCT collation_name FROM information_schema.columns WHERE data_type = 'text' AND column_name IN "
        f"('made_at', 'who', 'number') AND table_schema = '{record_places.place_in(tmp_path).schema}'"
    )
    assert found == [("C",)]
