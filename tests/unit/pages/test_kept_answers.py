"""What everyone on the server shares: nothing of one audience is ever found under another's name."""

import ast
import inspect

import pytest

from disclosure.audiences import Audience
from disclosure.permitted import Question
from pages import session
from pages.session import OnRequest

WITHOUT_A_VALUE = {"settings_in_use", "demonstration_ready", "outlines_of", "drawn_wards", "_kept"}
"""Settings, the id of the demonstration, outlines (which are served without sign-in); and the dictionary that is tested below."""
QUESTION = Question(last_quarter="2026/27 Q2", quarters=4)


def cached() -> dict[str, list[str]]:
    """Cached functions and what they are given."""
    tree = ast.parse(inspect.getsource(session))
    return {
        node.name: [argument.arg for argument in [*node.args.args, *node.args.kwonlyargs]]
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and any("cache" in ast.unparse(one) for one in node.decorator_list)
    }


def test_whatever_is_cached_is_kept_by_audience():
    assert len(cached()) > len(WITHOUT_A_VALUE)
    for name, given in cached().items():
        assert ("audience" in given) != (name in WITHOUT_A_VALUE), name
        assert not any(argument.startswith("_") for argument in given), (
            f"{name}: Streamlit leaves {given} out of the key"
        )


def test_what_was_made_for_one_audience_is_not_known_to_another(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(session, "view_of", lambda _, audience: audience)
    kept: OnRequest[str] = OnRequest("test", work=lambda view, *_: f"as {view}")
    made = kept.make("s", Audience.ANALYST, QUESTION, progress=lambda *_: None)
    assert made == kept.known("s", Audience.ANALYST, QUESTION) == "as analyst"
    assert kept.known("s", Audience.INSPECTOR, QUESTION) is None
    assert kept.known("t", Audience.ANALYST, QUESTION) is None
    assert kept.make("s", Audience.INSPECTOR, QUESTION, progress=lambda *_: None) == "as inspector"
    assert kept.known("s", Audience.ANALYST, QUESTION) == "as analyst"
