"""A PostgreSQL of the tests' own: started when the first test asks for it, stopped with the last, and gone.

One server a worker (making one costs about half a second of processor time), on loopback alone, with a password made up for it.
A test that asks for `postgres_database` has a database of its own; `postgis_database` is one with PostGIS in it.
Where the machine has no PostgreSQL, those tests are skipped, and say so.
"""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

USER = "postgres"
_PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")
_QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "shared_buffers=16MB")
_TRIES, _PATIENCE = 3, 20.0


@dataclass(frozen=True)
class Database:
    """A database of a test's own."""

    server: "Server"
    name: str

    @property
    def url(self) -> str:
        """With the password of the server's own superuser."""
        return self.server.url(self.name)

    def url_as(self, user: str, password: str) -> str:
        """The same database, as somebody else."""
        return self.server.url(self.name, user=user, password=password)

    def run(self, *statements: str) -> list[tuple[Any, ...]]:
        """Run statements as the superuser, each committed by itself; gives the rows of the last."""
        return self.server.run(*statements, database=self.name)


@dataclass
class Server:
    """A running server."""

    port: int
    password: str = field(repr=False)
    host: str = "127.0.0.1"
    _made: int = 0

    def url(self, database: str, *, user: str = USER, password: str | None = None) -> str:
        """An SQLAlchemy URL."""
        return f"postgresql+psycopg://{user}:{password or self.password}@{self.host}:{self.port}/{database}"

    def run(self, *statements: str, database: str = USER) -> list[tuple[Any, ...]]:
        """Run statements as the superuser, each committed by itself; gives the rows of the last."""
        import psycopg

        there = {"host": self.host, "port": self.port, "user": USER, "password": self.password}
        with closing(psycopg.connect(**there, dbname=database, autocommit=True, connect_timeout=5)) as connection:
            rows: list[tuple[Any, ...]] = []
            for statement in statements:
                found = connection.execute(statement)
                rows = found.fetchall() if found.description else []
        return rows

    def make_database(self, *, template: str = "template0") -> Database:
        """Make a fresh one."""
        self._made += 1
        name = f"test_{self._made}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return Database(self, name)

    def drop(self, database: Database) -> None:
        """Remove one, whoever is still connected."""
        records = sys.modules.get("disclosure.records_postgres")
        if records is not None:
            records.let_go()  # what the product holds open to it
        self.run(f"DROP DATABASE IF EXISTS {database.name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """Start a server; skip where there is none to start."""
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed here: neither initdb on the path nor in the usual places")
    folder = Path(tempfile.mkdtemp(prefix="ward-overlap-postgres-"))
    try:
        yield from _running(programs, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_database(postgres_server: Server) -> Iterator[Database]:
    """An empty database for one test."""
    database = postgres_server.make_database()
    yield database
    postgres_server.drop(database)


@pytest.fixture(scope="module")
def postgres_module_database(postgres_server: Server) -> Iterator[Database]:
    """An empty database for the tests of one file."""
    database = postgres_server.make_database()
    yield database
    postgres_server.drop(database)


@pytest.fixture(scope="session")
def postgis_template(postgres_server: Server) -> str:
    """Name of a database with PostGIS in it, to copy; skip where the server has no PostGIS."""
    if not postgres_server.run("SELECT 1 FROM pg_available_extensions WHERE name = 'postgis'"):
        pytest.skip("PostGIS is not installed beside the PostgreSQL here")
    postgres_server.run("CREATE DATABASE with_postgis TEMPLATE template0")
    postgres_server.run("CREATE EXTENSION postgis", database="with_postgis")
    return "with_postgis"


@pytest.fixture
def postgis_database(postgres_server: Server, postgis_template: str) -> Iterator[Database]:
    """A database for one test, with PostGIS in it and nothing else."""
    database = postgres_server.make_database(template=postgis_template)
    yield database
    postgres_server.drop(database)


def _programs() -> Path | None:
    """Folder of the server's programs: Debian does not put them on the path."""
    on_path = shutil.which("initdb")
    found = [path.parent for place in _PLACES for path in Path("/").glob(f"{place[1:]}/initdb")]
    newest_first = sorted(found, key=lambda one: (len(str(one)), str(one)), reverse=True)
    places = [*([Path(on_path).resolve().parent] if on_path else []), *newest_first]
    return next((one for one in places if (one / "postgres").is_file() and (one / "initdb").is_file()), None)


def _running(programs: Path, folder: Path) -> Iterator[Server]:
    account = _account()
    if account:
        shutil.chown(folder, **account)
    server, process = _started(programs, folder, account=account)
    try:
        yield server
    finally:
        process.send_signal(signal.SIGINT)  # it waits for nobody who is still connected
        try:
            process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _account() -> dict[str, str]:
    """PostgreSQL refuses to run as root: then it runs as the account that its package made."""
    if os.name != "posix" or os.getuid() != 0:
        return {}
    import pwd

    with suppress(KeyError):
        pwd.getpwnam(USER)
        return {"user": USER, "group": USER}
    pytest.skip("PostgreSQL does not run as root, and there is no account `postgres` to run it as")


def _started(programs: Path, folder: Path, *, account: dict[str, str]) -> tuple[Server, "subprocess.Popen[bytes]"]:
    secret = folder / "password"
    password = secrets.token_hex(16)
    secret.write_text(password, encoding="ascii")
    secret.chmod(0o600)
    if account:
        shutil.chown(secret, **account)
    _run_as(account, programs / "initdb", "-D", folder / "data", f"--pwfile={secret}", f"--username={USER}", *_INIT)
    for _ in range(_TRIES):
        server = Server(_free_port(), password)
        process = _begun(programs, folder, server=server, account=account)
        if _answers(server, process):
            return server, process
    raise RuntimeError(f"PostgreSQL does not start: {(folder / 'log').read_text(errors='replace')[-2000:]}")


_INIT = ("--auth=scram-sha-256", "--no-sync", "--no-instructions", "--locale=C", "--encoding=UTF8")


def _run_as(account: dict[str, str], *command: str | Path) -> None:
    done = subprocess.run(command, cwd="/", capture_output=True, check=False, **_as(account))
    if done.returncode:
        raise RuntimeError(f"PostgreSQL cannot be made: {done.stderr.decode(errors='replace')[-2000:]}")


def _as(account: dict[str, str]) -> dict[str, Any]:
    return {**account, "extra_groups": []} if account else {}


def _begun(programs: Path, folder: Path, *, server: Server, account: dict[str, str]) -> "subprocess.Popen[bytes]":
    options = [f"-c{one}" for one in (*_QUICK, f"listen_addresses={server.host}", "unix_socket_directories=")]
    # Ends with the process of the tests, however that ends.
    bound = ["setpriv", "--pdeathsig", "QUIT"] if shutil.which("setpriv") else []
    command = [*bound, programs / "postgres", "-D", folder / "data", "-p", str(server.port), *options]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(command, cwd="/", stdout=log, stderr=log, **_as(account))


def _answers(server: Server, process: "subprocess.Popen[bytes]") -> bool:
    """Wait until it takes connections; false if it has ended instead (somebody else has the port)."""
    import psycopg

    until = time.monotonic() + _PATIENCE
    while process.poll() is None and time.monotonic() < until:
        with suppress(psycopg.OperationalError):
            server.run("SELECT 1")
            return True
        time.sleep(0.05)
    return False


def _free_port() -> int:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
