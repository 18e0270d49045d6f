"""An account that may not run a verb is refused, and that it asked is in the audit."""

import json
from pathlib import Path

import pytest

from data.access_settings import Access, AccessGroup, Operator
from data.account import account_name
from data.demo.files import demo_settings
from data.errors import UsageError
from data.settings import Settings
from disclosure.audiences import Audience
from disclosure.audit import What, open_audit
from ingest.places import STORE_VARIABLE
from verbs.permitting import permit


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Settings:
    """Settings that let this account write for inspectors, and nothing else."""
    monkeypatch.setenv(STORE_VARIABLE, str(tmp_path))
    operators = (Operator(user=account_name(), audiences=("inspector",)),)
    group = AccessGroup(group="a", audiences=("analyst",))
    access = Access(contact="the data team", groups=(group,), operators=operators)
    return demo_settings().model_copy(update={"access": access})


def test_what_an_account_may_do_goes_on_and_leaves_no_refusal(settings: Settings):
    permit(settings, What.RUN, audience=Audience.INSPECTOR)
    permit(settings, What.SNAPSHOTS)
    assert open_audit(settings).entries() == []


@pytest.mark.parametrize(
    ("what", "asked"),
    [(What.RUN, {"audience": Audience.ANALYST}), (What.AUDIT, {"administrator": True})],
)
def test_what_it_may_not_is_refused_and_recorded(settings: Settings, what: What, asked: dict[str, object]):
    with pytest.raises(UsageError, match="the data team"):
        permit(settings, what, **asked)
    (row,) = open_audit(settings).entries()
    assert (row.action, row.what, row.audience) == ("was refused", what, asked.get("audience", ""))
    assert json.loads(row.detail) == {"reason": "account"}
    assert row.who.startswith("os:")
