"""Whatever single thing somebody does to the rows of a trail, checking it finds it."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure.audit_chain import Row
from tests.audit_samples import make_trail, rechain, tamper

ROWS = 6
FIELDS = [name for name in Row.__dataclass_fields__ if name != "number"]
NUMBERS = st.integers(1, ROWS)
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A trail that each example works on a copy of."""
    folder = tmp_path_factory.mktemp("trail")
    make_trail(folder, rows=ROWS)
    with closing(sqlite3.connect(folder / "records.db")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder


def copied(sound: Path, folder: str) -> Path:
    place = Path(folder) / "copy"
    shutil.copytree(sound, place)
    return place


def run(place: Path, statement: str, values: tuple[object, ...]) -> None:
    with closing(sqlite3.connect(place / "records.db", isolation_level=None)) as connection:
        connection.execute(statement, values)


@settings(max_examples=60)
@given(number=NUMBERS, field=st.sampled_from(FIELDS), text=TEXTS)
def test_any_change_of_any_field_is_found_in_its_row(sound, number, field, text):
    with TemporaryDirectory() as folder:
        place = copied(sound, folder)
        trail = make_trail(place)
        before = trail.entries()[ROWS - number]
        tamper(place)
        run(place, f"UPDATE audit SET {field} = ? WHERE number = ?", (text, number))
        found = trail.verify()
        assert found.ok == (getattr(before, field) == text)
        assert found.ok or found.wrong_row == number


@settings(max_examples=40)
@given(numbers=st.sets(NUMBERS, min_size=1), close_up=st.booleans(), chain_again=st.booleans())
def test_any_removal_is_found(sound, numbers, close_up, chain_again):
    with TemporaryDirectory() as folder:
        place = copied(sound, folder)
        trail = make_trail(place)
        gone = ", ".join(map(str, numbers))
        tamper(place, f"DELETE FROM audit WHERE number IN ({gone})")
        if close_up:
            kept = [number for number in range(1, ROWS + 1) if number not in numbers]
            for new, old in enumerate(kept, start=1):
                run(place, "UPDATE audit SET number = ? WHERE number = ?", (new, old))
            if chain_again:
                rechain(place)
        assert not trail.verify().ok


@settings(max_examples=40)
@given(one=NUMBERS, other=NUMBERS, chain_again=st.booleans())
def test_any_exchange_of_two_rows_is_found(sound, one, other, chain_again):
    with TemporaryDirectory() as folder:
        place = copied(sound, folder)
        trail = make_trail(place)
        tamper(place)
        for new, old in ((999, one), (one, other), (other, 999)) if one != other else ():
            run(place, "UPDATE audit SET number = ? WHERE number = ?", (new, old))
        if chain_again and one != other:
            rechain(place)
        assert trail.verify().ok == (one == other)


@settings(max_examples=40)
@given(after=st.integers(0, ROWS), of=NUMBERS, who=TEXTS, chain_again=st.booleans())
def test_any_row_that_is_put_in_is_found(sound, after, of, who, chain_again):
    with TemporaryDirectory() as folder:
        place = copied(sound, folder)
        trail = make_trail(place)
        tamper(place)
        columns = ", ".join(name for name in FIELDS if name != "who")
        new = f"INSERT INTO audit (number, who, {columns}) SELECT 500, ?, {columns} FROM audit WHERE number = ?"
        run(place, new, (who, of))
        for old in range(ROWS, after, -1):
            run(place, "UPDATE audit SET number = ? WHERE number = ?", (old + 1, old))
        run(place, "UPDATE audit SET number = ? WHERE number = 500", (after + 1,))
        if chain_again:
            rechain(place)
        assert not trail.verify().ok
