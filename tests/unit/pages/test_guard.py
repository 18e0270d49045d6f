"""Every screen and every fragment asks who is there, and a screen that nobody thought of is for nobody."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from disclosure.audiences import Audience
from disclosure.audit import What
from disclosure.people import Grant, Person, person_without_sign_in
from pages.components import guard

PAGES = Path(guard.__file__).parents[1]
VIEWS = sorted(path for path in (PAGES / "views").glob("*.py") if path.stem != "__init__")
INSPECTOR = Person(id="sub:ian", name="Ian", grants=(Grant(Audience.INSPECTOR),))
ADMINISTRATOR = Person(id="sub:ada", name="Ada", administrator=True)


def calls(tree: ast.AST) -> Iterator[tuple[str, list[object]]]:
    """Name and constant arguments of every call."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), [one.value for one in node.args if isinstance(one, ast.Constant)]


@pytest.mark.parametrize("path", VIEWS, ids=lambda path: path.stem)
def test_every_screen_enters_by_its_own_name(path: Path):
    entered = [
        given for name, given in calls(ast.parse(path.read_text(encoding="utf-8"))) if name in ("screen", "enter")
    ]
    assert entered == [[path.stem]]
    assert path.stem in guard._FOR_AUDIENCES | guard._FOR_ANALYSTS | guard._FOR_ADMINISTRATORS
    assert path.stem in set(What)


def test_no_fragment_runs_again_without_the_guard():
    using = {
        path.name
        for path in PAGES.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and ast.unparse(node) == "st.fragment"
    }
    assert using == {"guard.py"}


def test_screens_are_for_those_who_may_open_them():
    assert guard.may_open(INSPECTOR, "overview")
    assert guard.may_open(INSPECTOR, "explore")
    assert not guard.may_open(INSPECTOR, "audit")
    assert guard.may_open(ADMINISTRATOR, "audit")
    assert not guard.may_open(ADMINISTRATOR, "explore")
    assert not guard.may_open(INSPECTOR, "data")
    assert not guard.may_open(ADMINISTRATOR, "data")
    assert guard.may_open(Person(id="sub:ann", name="Ann", grants=(Grant(Audience.ANALYST),)), "data")
    assert guard.may_open(person_without_sign_in("ann"), "audit")


def test_a_screen_that_is_not_listed_is_for_nobody():
    assert not guard.may_open(person_without_sign_in("ann"), "something new")
