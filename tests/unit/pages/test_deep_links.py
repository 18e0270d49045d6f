"""Links that wait for a sign-in: once, for a while, each for its own browser, and never many."""

from types import SimpleNamespace

import pytest
import streamlit as st
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string

from pages.components import deep_links
from pages.components.deep_links import Link, RememberedLinks

WARD = Link("explore", {"ward": "X05000022", "quarters": "4"})


def test_a_link_is_given_back_once_and_to_its_browser_only():
    links = RememberedLinks()
    links.keep("mine", WARD)
    assert links.take("yours") is None
    assert links.take("mine") == WARD
    assert links.take("mine") is None


def test_a_later_link_takes_the_place_of_an_earlier_one():
    links = RememberedLinks()
    links.keep("mine", WARD)
    links.keep("mine", Link("overview", {}))
    assert links.take("mine") == Link("overview", {})


def test_a_link_is_forgotten_after_a_while():
    now = SimpleNamespace(seconds=0.0)
    links = RememberedLinks(seconds=900, clock=lambda: now.seconds)
    links.keep("a", WARD)
    links.keep("b", WARD)
    now.seconds = 900
    assert links.take("a") == WARD
    now.seconds = 901
    assert links.take("b") is None


def test_strangers_cannot_fill_the_memory():
    links = RememberedLinks(most=3)
    for browser in "abcd":
        links.keep(browser, Link("explore", {"ward": "x" * 10_000}))
    assert links.take("a") is None
    assert links.take("d") == Link("explore", {})


def test_a_browser_is_known_by_its_token_however_streamlit_writes_it(monkeypatch: pytest.MonkeyPatch):
    def named(cookie: str) -> str | None:
        monkeypatch.setattr(st, "context", SimpleNamespace(cookies={"_streamlit_xsrf": cookie} if cookie else {}))
        return deep_links._browser()

    token, other = b"0123456789abcdef", b"fedcba9876543210"
    first, again = generate_xsrf_token_string(token, 1), generate_xsrf_token_string(token, 2)
    assert first != again
    assert named(first) == named(again) is not None
    assert named(generate_xsrf_token_string(other, 1)) != named(first)
    for bad in ("", "2|", "1|a|b|c", "2|zz|00|1", "2|00112233|00|1", "2|0011|" + "00" * 16 + "|1"):
        assert named(bad) is None
