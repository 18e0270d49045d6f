# ruff: noqa: E501  # tables and made-up files: one a line reads better than one over five
"""Databases and queries made to do harm, in files of SQLite's; PostgreSQL's are in tests/unit/verbs and tests/unit/data/sources."""

import sqlite3
from contextlib import closing

from tests.area_files import REFERRALS, SETTINGS
from tests.hostile.cases import READ, REFUSED, SECRET, Change, Corpus, Trial

corpus = Corpus()
VARIABLE = "WARD_OVERLAP_HOSTILE"
COLUMNS = "ward_code, quarter, category, sector, count"
ROW = "SELECT 'X05900000' AS ward_code, '2024/25 Q1' AS quarter, {category} AS category, 'education' AS sector, {count} AS count"
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
LIMITS = "[limits]\nquery_seconds = 1\nrows = 5000\n"


def row(category: str = "'c'", count: str = "2") -> str:
    return ROW.format(category=category, count=count)


def asked(sql: str, *, address: str = "sqlite:///{folder}/case.db") -> Change:
    """Referrals come from a query."""

    def change(trial: Trial) -> None:
        with closing(sqlite3.connect(trial.folder / "case.db")) as base:
            base.execute(f"CREATE TABLE referrals ({COLUMNS})")
            base.executemany(
                "INSERT INTO referrals VALUES (?, ?, ?, ?, ?)", [line.split(",") for line in REFERRALS[1:]]
            )
            base.execute(f"CREATE VIEW endless AS {ENDLESS} SELECT {COLUMNS} FROM referrals, n")
            base.commit()
        query = f"[databases.x]\nurl_variable = \"{VARIABLE}\"\n[queries.q]\ndatabase = \"x\"\nsql = '''{sql}'''\n"
        trial.settings = SETTINGS + LIMITS + query
        trial.environment[VARIABLE] = address.format(folder=trial.folder)
        trial.referrals = "query:q"

    return change


REFUSALS = {
    "a table that does not end": "SELECT * FROM endless",
    "a row that never comes": f"{ENDLESS} SELECT count(*) AS count FROM n",
    "a value of 900 MB": row("hex(zeroblob(900000000))"),
    "a value of 40 MB": row("hex(zeroblob(20000000))"),
    "bytes for a category": row("x'7a7871'"),
    "text that is not UTF-8": row(f"CAST(x'ff' AS TEXT) || '{SECRET}'"),
    "a column of names": f"{row()}, '{SECRET}' AS surname",
    "a count of thousands of digits": row(count=f"'{'9' * 9000}'"),
    "a second statement": f"{row()}; DROP TABLE referrals",
    "another database attached": "ATTACH '/tmp/zxq.db' AS other",
    "a library loaded": row("load_extension('/tmp/zxq.so')"),
    "a table changed": "UPDATE referrals SET count = 0 RETURNING *",
    "an error that repeats a cell": f"SELECT json_extract('{SECRET}', '$') AS category",
}
for what, sql in REFUSALS.items():
    corpus.add("queries", "referrals by query", what, REFUSED, asked(sql))
ADDRESSES = {
    "an address with a password and no driver": f"nonsense://a:{SECRET}@localhost/b",
    "an address that is none": f"{SECRET}\x1b[31m",
    "a database that is a device": "sqlite:////dev/zero",
    "a database that is a folder": "sqlite:////",
    "a database in memory": "sqlite://",
    "a PostgreSQL that is not there": f"postgresql://a:{SECRET}@127.0.0.1:9/b",
}
for what, address in ADDRESSES.items():
    corpus.add("queries", "address of a database", what, REFUSED, asked(row(), address=address))
for what, category in {
    "colours of a terminal": "char(27) || '[31mred'",
    "HTML and a formula": "'=cmd|<script>alert(1)</script>'",
    "a zero in the text": "'a' || char(0) || 'b'",
}.items():
    corpus.add("queries", "referrals by query", what, READ, asked(row(category)))
