from tests.attack.attacks_page import PAGE, page, rows_of
from tests.attack.everyone import ATTACKS
from tests.attack.registry import Result


def test_the_page_names_every_attack_with_cases_and_no_loss():
    rows = rows_of(PAGE.read_text(encoding="utf-8"))
    assert rows.keys() == {one.name for one in ATTACKS.values()}
    assert all(cases > 0 and losses == 0 for cases, losses in rows.values())


def test_a_loss_would_stand_on_the_page():
    key, one = next(iter(ATTACKS.items()))
    results = {each: Result(1_234) for each in ATTACKS} | {key: Result(5, ("lost",))}
    text = page(results, on="today")
    assert rows_of(text)[one.name] == (5, 1)
    assert "told two truths apart: 1." in text
