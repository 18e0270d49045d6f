from tests.hostile.corpus import CASES
from tests.hostile.list_of_inputs import _KINDS, PAGE, page


def test_the_page_lists_the_cases_as_they_are() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m tests.hostile.list_of_inputs"


def test_there_are_as_many_cases_as_were_asked_for_and_each_is_another() -> None:
    names = [f"{case.name}-{one}" for case in CASES for one in case.inputs]
    assert len(names) >= 200
    assert len(set(names)) == len(names)


def test_every_kind_is_on_the_page() -> None:
    assert {case.kind for case in CASES} == set(_KINDS)
