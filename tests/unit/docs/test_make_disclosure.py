from data.settings import Disclosure
from disclosure.audiences import Audience
from docs.make_disclosure import PAGE, page


def test_the_page_on_what_each_audience_gets_is_what_the_code_does():
    assert PAGE.read_text(encoding="utf-8") == page(Disclosure())


def test_every_audience_has_a_row_and_another_rule_another_page():
    strict = page(Disclosure(suppress_up_to=9, round_to=10))
    assert all(f"| {audience} |" in strict for audience in Audience)
    assert "9 or fewer" in strict
    assert "at least 10 possible values" in strict
