"""Databases that cannot be told to read only: what is run there has to look like one SELECT."""

import time
from types import SimpleNamespace

import pytest

from data.errors import RefusedInputError
from data.sources.databases import reading


class ConnectedError(Exception):
    """The statement was let through to the database."""


def ask(sql: str) -> None:
    def connect() -> None:
        raise ConnectedError

    engine = SimpleNamespace(dialect=SimpleNamespace(name="mssql"), connect=connect)
    with reading(engine, sql=sql, until=time.monotonic() + 1):  # type: ignore[arg-type]
        pass


@pytest.mark.parametrize(
    "sql", ["SELECT ward_code FROM referrals;", "with a as (\nselect 1 as last_update) select * from a", "VALUES (1)"]
)
def test_one_select_is_let_through(sql):
    with pytest.raises(ConnectedError):
        ask(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM referrals",
        "SELECT 1; SELECT 2",
        "SELECT * INTO another FROM referrals",
        "SELECT 1\nINTO OUTFILE 'a'",
        "WITH a AS (SELECT 1)\nDELETE FROM referrals",
        "SELECT * FROM referrals FOR UPDATE",
    ],
)
def test_what_could_write_is_not(sql):
    with pytest.raises(RefusedInputError, match="only one SELECT is run"):
        ask(sql)
