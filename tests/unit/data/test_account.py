import pytest

from data.account import account_name


def test_variables_do_not_change_who_somebody_is(monkeypatch: pytest.MonkeyPatch):
    before = account_name()
    for variable in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(variable, "somebody-else")
    assert account_name() == before != "somebody-else"
