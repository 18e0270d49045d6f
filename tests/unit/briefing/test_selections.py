"""Saved selections: each person their own, nothing twice, nothing ever taken out of the tables, everything in the trail."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from briefing.selections import MOST, SavedSelection, SelectionRegister
from data.errors import UsageError
from disclosure.audiences import Audience
from disclosure.audit_entries import DamagedError
from tests.audit_samples import make_trail
from tests.register_samples import ANN, BEN, HandClock

CHOICES = {"wards": "E05000001~E05000002", "to": "2025/26 Q2", "threshold": "2.0"}


@pytest.fixture
def register(tmp_path: Path) -> SelectionRegister:
    return SelectionRegister(make_trail(tmp_path), now=HandClock())


def save(register: SelectionRegister, title: str = "City centre", **given: object) -> SavedSelection:
    usual = {"snapshot": "s1", "audience": Audience.ANALYST, "by": ANN}
    return register.save(title, given.pop("choices", CHOICES), **{**usual, **given})  # type: ignore[arg-type]


def test_a_selection_comes_back_to_its_owner_and_to_nobody_else(register: SelectionRegister) -> None:
    one = save(register, " City\u200b  centre ")
    assert (one.id, one.title, dict(one.choices), one.snapshot, one.by.who) == (1, "City centre", CHOICES, "s1", ANN.id)
    two = save(register, "Market towns")
    assert register.of(ANN) == (two, one)
    assert register.of(BEN) == ()


def test_nothing_is_there_before_anything_is_saved(tmp_path: Path) -> None:
    assert SelectionRegister(make_trail(tmp_path)).of(ANN) == ()
    assert not list(tmp_path.glob("**/*.db"))


def test_a_button_pressed_twice_saves_once(register: SelectionRegister) -> None:
    assert save(register).id == save(register).id
    assert len(register.of(ANN)) == 1
    assert save(register, choices={**CHOICES, "threshold": "3.0"}).id == 2


def test_a_removed_selection_leaves_the_list_and_stays_in_the_table(
    register: SelectionRegister, tmp_path: Path
) -> None:
    one = save(register)
    register.remove(one.id, by=BEN)
    assert register.of(ANN) == (one,)
    register.remove(one.id, by=ANN)
    register.remove(one.id, by=ANN)
    assert register.of(ANN) == ()
    with closing(sqlite3.connect(register._trail.path)) as database:
        assert database.execute("SELECT title FROM selections").fetchall() == [("City centre",)]
        with pytest.raises(sqlite3.IntegrityError):
            database.execute("DELETE FROM selections")
    assert save(register).id == 2


def test_saving_and_removing_stand_in_the_trail_by_number_without_the_name(register: SelectionRegister) -> None:
    register.remove(save(register).id, by=ANN)
    with closing(sqlite3.connect(register._trail.path)) as database:
        rows = database.execute("SELECT action, what, who, detail FROM audit ORDER BY number").fetchall()
    assert [(action, what, who) for action, what, who, _ in rows] == [
        ("saved", "selection of wards", ANN.id),
        ("deleted", "selection of wards", ANN.id),
    ]
    assert [json.loads(detail)["number"] for *_, detail in rows] == ["1", "1"]
    assert "City" not in repr(rows)


@pytest.mark.parametrize(("title", "said"), [("", "2 characters"), ("x", "2 characters"), ("x" * 81, "more briefly")])
def test_a_name_says_something_and_is_short(register: SelectionRegister, title: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        save(register, title)
    assert register.of(ANN) == ()


def test_a_person_has_so_many_and_no_more(register: SelectionRegister, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST == 100
    monkeypatch.setattr("briefing.selections.MOST", 2)
    save(register, "one")
    save(register, "two")
    with pytest.raises(UsageError, match="Remove one first"):
        save(register, "three")
    assert save(register, "one", by=BEN).title == "one"


def test_what_cannot_be_read_is_said_to_be_damaged(register: SelectionRegister) -> None:
    save(register)
    with closing(sqlite3.connect(register._trail.path)) as database:
        database.execute("DROP TRIGGER selections_not_changed")
        database.execute("UPDATE selections SET choices = '{'")
        database.commit()
    with pytest.raises(DamagedError, match="Selection 1 cannot be read"):
        register.of(ANN)
