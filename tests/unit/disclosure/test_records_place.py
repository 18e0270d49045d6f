"""Where records are kept: what is taken as a database's URL, and that no password of it is ever shown."""

import re
from pathlib import Path

import pytest

from data.errors import UsageError
from data.settings import Settings, Storage
from disclosure.audit_entries import DamagedError
from disclosure.postgres_faults import say_fault
from disclosure.records_place import (
    DATABASE_VARIABLE,
    PostgresPlace,
    anchor_file,
    read_database_url,
    records_place,
    schema_of,
)
from ingest.places import records_anchor, records_file
from tests.unit.data.snapshot_samples import make_settings

SECRET = "hunter2hunter2"


def named(name: str, **storage: str) -> Settings:
    made = make_settings()
    partnership = made.partnership.model_copy(update={"name": name})
    return made.model_copy(update={"partnership": partnership, "storage": Storage(**storage)})


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_a_url_of_postgresql_is_taken_as_people_write_it(scheme):
    url = read_database_url(f"{scheme}://user:{SECRET}@db.example.org:5433/records?sslmode=verify-full")
    assert (url.drivername, url.host, url.port, url.database) == (
        "postgresql+psycopg",
        "db.example.org",
        5433,
        "records",
    )


@pytest.mark.parametrize(
    "text",
    [
        f"user:{SECRET}@host/records",
        f"mysql://user:{SECRET}@host/records",
        f"postgresql+asyncpg://user:{SECRET}@host/records",
        f"postgresql://user:{SECRET}@host:port/records",
        f"postgresql://user:{SECRET}@host",
        "sqlite:///records.db",
    ],
)
def test_anything_else_is_refused_in_a_sentence_that_does_not_repeat_it(text, monkeypatch):
    monkeypatch.setenv(DATABASE_VARIABLE, text)
    with pytest.raises(UsageError, match="DATABASE_URL") as refused:
        records_place(make_settings())
    assert SECRET not in str(refused.value)
    assert refused.value.__cause__ is None


def test_without_a_url_records_are_in_a_file_of_the_store(monkeypatch):
    monkeypatch.setenv(DATABASE_VARIABLE, " ")
    assert records_place(make_settings()) == records_file(make_settings())
    assert anchor_file(make_settings()) == records_anchor(make_settings())


def test_a_database_has_an_anchor_of_its_own_unless_settings_say_where(monkeypatch, tmp_path):
    monkeypatch.setenv(DATABASE_VARIABLE, f"postgresql://user:{SECRET}@host/records")
    here = named("Here", snapshots=str(tmp_path / "store"))
    assert anchor_file(here).parent == records_anchor(here).parent
    assert anchor_file(here) != records_anchor(here)
    elsewhere = named("Here", anchor="/disk2/r.anchor")
    assert anchor_file(elsewhere) == Path("/disk2/r.anchor")


@pytest.mark.parametrize("name", ["Merefield", "Ünï — cødé 9", "A" * 300, "'; DROP SCHEMA public; --", "九"])
def test_each_partnership_has_a_schema_of_its_own_whose_name_needs_no_quoting(name):
    schema = schema_of(named(name))
    assert re.fullmatch(r"wo_[a-z0-9_]{1,28}_[0-9a-f]{6}", schema)
    assert schema != schema_of(named(f"{name}."))


def test_neither_a_place_nor_what_it_refuses_shows_user_or_password():
    place = PostgresPlace(read_database_url(f"postgresql://tessa:{SECRET}@host:5433/records"), schema="wo_a")
    said = [str(place), repr(place), *(said_of(OSError(text), place) for text in FAULTS)]
    assert not [text for text in said if SECRET in text or "tessa" in text]
    assert str(place) == "in the PostgreSQL database records at host:5433"


def said_of(fault: OSError, place: PostgresPlace) -> str:
    said = say_fault(fault, place=place)
    return f"{said} {said.for_operator} {said.why}"


DAMAGE = OSError("column does not exist")
DAMAGE.sqlstate = "42703"
FAULTS = {
    'FATAL:  password authentication failed for user "tessa"': "user or the password is wrong",
    'FATAL:  no pg_hba.conf entry for host "10.0.0.9", user "tessa", database "records", no encryption': "without TLS",
    'FATAL:  no pg_hba.conf entry for host "10.0.0.9", user "tessa", database "records", SSL encryption': "pg_hba.conf",
    "server does not support SSL, but SSL was required": "which the server does not offer",
    "SSL error: certificate verify failed": "certificate cannot be trusted",
    "connection timeout expired": "does not answer",
    "FATAL:  sorry, too many clients already": "takes no more connections",
    "FATAL:  the database system is starting up": "starting or stopping",
    "consuming input failed: server closed the connection unexpectedly": "connection was lost",
    "consuming input failed: SSL connection has been closed unexpectedly": "connection was lost",
    "QueuePool limit of size 5 overflow 25 reached, connection timed out": "too many are using it at once",
    "FATAL:  Passwort-Authentifizierung fehlgeschlagen": "look at the server's log",
}


@pytest.mark.parametrize(("text", "sentence"), FAULTS.items())
def test_what_a_server_says_is_said_in_a_sentence_with_what_to_do(text, sentence):
    place = PostgresPlace(read_database_url("postgresql://host/records"), schema="wo_a")
    said = say_fault(OSError(text), place=place)
    assert sentence in said.for_operator
    assert sentence in said.why
    assert not isinstance(said, DamagedError)


@pytest.mark.parametrize("fault", [OSError("connection refused"), DAMAGE])
def test_people_are_told_whom_to_tell_and_no_host_port_or_variable(fault):
    place = PostgresPlace(read_database_url("postgresql://db.example.org:5433/records"), schema="wo_a")
    said = say_fault(fault, place=place)
    assert "tell whoever looks after the server" in str(said).lower()
    assert not [word for word in ("db.example.org", "5433", "DATABASE_URL", "records", "docs/") if word in str(said)]
    assert "at db.example.org:5433" in said.for_operator
    assert "at db.example.org:5433" in said.why
