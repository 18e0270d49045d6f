"""What everyone on the server shares: nothing of one audience or district is ever found under another's name."""

import ast
import inspect

import pytest

from disclosure.audiences import Audience, Reader
from disclosure.audit import What
from disclosure.permitted import Question
from pages import session
from pages.session import OnRequest

WITHOUT_A_VALUE = {"settings_in_use", "demonstration_ready", "_kept"}
"""Settings, the id of the demonstration, and the dictionary that is tested below."""
QUESTION = Question(last_quarter="2026/27 Q2", quarters=4)


def cached() -> dict[str, list[str]]:
    """Cached functions and what they are given."""
    tree = ast.parse(inspect.getsource(session))
    return {
        node.name: [argument.arg for argument in [*node.args.args, *node.args.kwonlyargs]]
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and any("cache" in ast.unparse(one) for one in node.decorator_list)
    }


def test_whatever_is_cached_is_kept_by_reader():
    assert len(cached()) > len(WITHOUT_A_VALUE)
    for name, given in cached().items():
        assert ("reader" in given) != (name in WITHOUT_A_VALUE), name
        assert not any(argument.startswith("_") for argument in given), (
            f"{name}: Streamlit leaves {given} out of the key"
        )


def test_what_was_made_for_one_reader_is_not_known_to_another(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(session, "view_of", lambda _, reader: reader)
    kept: OnRequest[str] = OnRequest(What.CHECKS, work=lambda reader, *_: f"as {reader.audience} of {reader.districts}")
    readers = [Reader(audience, of) for audience in (Audience.ANALYST, Audience.INSPECTOR) for of in (None, ("North",))]
    for number, reader in enumerate(readers):
        assert all(kept.known("s", other, QUESTION) is None for other in readers[number:])
        made = kept.make("s", reader, QUESTION, progress=lambda *_: None)
        assert made == f"as {reader.audience} of {reader.districts}"
    assert len({kept.known("s", reader, QUESTION) for reader in readers}) == len(readers)
    assert kept.known("t", readers[0], QUESTION) is None
