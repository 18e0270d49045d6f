"""Addresses that no link of the program has: the usual is shown, and nothing of them is run or repeated as Markdown."""

import pytest

from tests.hostile.addresses import KEYS, VALUES


@pytest.mark.parametrize("what", VALUES)
def test_a_hostile_value_in_every_place_of_the_address_shows_the_usual(open_screen, what):
    app = open_screen("explore", **dict.fromkeys(KEYS, VALUES[what]))
    assert not app.exception
    assert not app.error
    assert app.title[0].value.startswith("Explore")
    shown = [one.value for one in (*app.warning, *app.info, *app.markdown, *app.title)]
    assert not any("evil.example" in text or "alert(1)" in text for text in shown)
    kept = app.query_params.get("ward", [])
    assert VALUES[what] not in kept or not VALUES[what]


def test_a_name_given_twice_in_the_address_shows_one_of_both_or_the_usual(open_screen, drawn):
    app = open_screen("explore", ward=["x", "<script>"], measure=["probability", "probability"])
    assert not app.exception
    assert not app.error
