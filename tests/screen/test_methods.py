"""Methods: how it works in plain words and for statisticians, with the numbers that this reader may have; the words."""

import pytest

from pages.components.methods_plain import _poisson
from pages.components.methods_words import TERMS


def html_of(app) -> str:
    return "\n".join(one.proto.body for one in app.get("html"))


@pytest.mark.parametrize(("audience", "referrals"), [("analyst", "306"), ("inspector", "305")])
def test_the_page_in_plain_words_has_the_numbers_of_this_snapshot_as_its_reader_may_have_them(
    open_screen, audience, referrals
):
    app = open_screen("methods", audience=audience)
    assert not app.exception
    assert not app.error
    assert f"There were {referrals} referrals" in html_of(app)
    assert "about as likely as not</td><td>40 to 60 in 100" in html_of(app)
    assert ("They stay with the analysts" in html_of(app)) == (audience == "analyst")
    (drawn,) = app.get("vega_lite_chart")
    assert drawn


def test_the_page_for_statisticians_names_what_it_takes_to_make_the_result_again(open_screen):
    app = open_screen("methods", method="statistics", audience="inspector")
    told = html_of(app)
    assert not app.error
    assert "<td>2026-27-q2-" in told  # the id of the snapshot
    assert "<td>seed</td><td>0</td>" in told
    assert "305; 3,440" in told
    assert app.get("latex") or app.markdown  # the formula


def test_every_word_is_explained(open_screen):
    told = html_of(open_screen("methods", method="words"))
    assert told.count("<dt>") == len(TERMS)


def test_chances_of_small_counts_are_those_of_poisson():
    assert _poisson(1.7)[:3] == pytest.approx([0.1827, 0.3106, 0.2640], abs=1e-4)
    assert _poisson(1.7).sum() == pytest.approx(1, abs=0.01)
    assert _poisson(900.0).size == 0  # too many bars to read: the page does without
