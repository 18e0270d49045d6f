"""What goes wrong with a database, in sentences: where, what, what to do. Never its own words, which may repeat a value."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from data.errors import RefusedInputError, UsageError

_LOST = "the connection to the database was lost{at}. Nothing was stored. Try again when the database is there"
_TIME = "the database took longer than is waited{at}. Ask for less, have an index made, or raise [limits] query_seconds"
_TABLE = "there is no such table, view or function, or the account may not see it. Correct the sql under [queries]"
_COLUMN = "there is no such column. Correct the sql under [queries]"
_SYNTAX = (
    "the database does not understand the sql as a single SELECT. Correct it under [queries]; what works there is one SELECT, "
    "without anything that changes data"
)
_WRITES = "the sql would change data, or do something else than read. Only a SELECT is run: correct it under [queries]"
_ALLOWED = "the account may not read this. Have its owner grant SELECT on what the sql names, and nothing more"
_VALUE = (
    "a value{at} cannot be computed or read (a division by zero, a cast, a date). Correct the sql, or cast it to text"
)
_WHO = "the database did not accept the account or its password. Correct the address in the environment variable {variable}"
_BASE = "there is no such database, or it cannot be opened. Correct the address in the environment variable {variable}"
_REACH = (
    "the database cannot be reached. Check that it runs, and host, port and encryption (sslmode) in the environment variable "
    "{variable}"
)
_BUSY = "the database is busy or takes no more connections. Try again later"
_OTHERWISE = (
    "the database refused the query, or something went wrong in it{at}. Try the sql in the database's own program"
)

# By SQLSTATE, the longest that fits first; PostgreSQL's, most of which are the standard's.
_STATES = {
    "28": _WHO,
    "3D": _BASE,
    "42P01": _TABLE,
    "42883": _TABLE,
    "3F": _TABLE,
    "42703": _COLUMN,
    "42501": _ALLOWED,
    "42": _SYNTAX,
    "0A": _SYNTAX,
    "25": _WRITES,
    "57014": _TIME,
    "57P": _LOST,
    "08": _LOST,
    "53": _BUSY,
    "55": _BUSY,
    "22": _VALUE,
}
# By what the libraries say where there is no SQLSTATE: SQLite's, and before a connection stands.
_WORDS = {
    "password": _WHO,
    "authentication": _WHO,
    "pg_hba": _WHO,
    "no such table": _TABLE,
    "no such function": _TABLE,
    "no such column": _COLUMN,
    "not authorized": _WRITES,
    "prohibited": _WRITES,
    "readonly": _WRITES,
    "syntax error": _SYNTAX,
    "incomplete input": _SYNTAX,
    "one statement": _SYNTAX,
    "interrupted": _TIME,
    "locked": _BUSY,
    "not a database": _BASE,
    "unable to open": _BASE,
    "malformed": _BASE,
    "does not exist": _BASE,
    "closed the connection": _LOST,
    "connection is lost": _LOST,
    "ssl": _REACH,
    "certificate": _REACH,
    "too large": _VALUE,
    "too big": _VALUE,
    "utf-8": _VALUE,
}
_WRONG_ADDRESS = (_WHO, _BASE, _REACH)


@dataclass
class Asked:
    """What is being asked, and how far it has come."""

    query: str
    variable: str
    rows: int = 0
    connected: bool = False

    @property
    def at(self) -> str:
        """Where it was when it went wrong."""
        return f" after row {self.rows:,}" if self.rows else ""


@contextmanager
def said_plainly(asked: Asked) -> Iterator[None]:
    """Turn what the database and its driver say into a sentence.

    Raises
    ------
    RefusedInputError, UsageError
        As the fault is the query's and the data's, or that of the address.
    """
    try:
        yield
    except (SQLAlchemyError, OSError, ValueError, ArithmeticError, MemoryError) as error:
        said = _sentence(error, connected=asked.connected)
        kind = UsageError if said in _WRONG_ADDRESS else RefusedInputError
        raise kind(f"query {asked.query}: {said.format(at=asked.at, variable=asked.variable)}.") from None


def _sentence(error: Exception, *, connected: bool) -> str:
    cause = error.orig if isinstance(error, DBAPIError) else error
    state = str(getattr(cause, "sqlstate", None) or "")
    for length in (5, 3, 2):
        if state[:length] in _STATES:
            return _STATES[state[:length]]
    words = str(cause).lower()
    found = next((said for sign, said in _WORDS.items() if sign in words), None)
    if found is None and not connected:
        return _REACH
    if found is None and isinstance(error, DBAPIError) and error.connection_invalidated:
        return _LOST
    if found is None and isinstance(error, ValueError | ArithmeticError | MemoryError):
        return _VALUE
    return found or _OTHERWISE
