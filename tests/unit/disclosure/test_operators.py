"""Which account may do what at the command line."""

import pytest

from data.access_settings import Access, AccessGroup, Operator
from data.demo.files import demo_settings
from data.errors import UsageError
from data.settings import Settings
from disclosure.audiences import Audience
from disclosure.operators import check_operator

GROUP = AccessGroup(group="a", audiences=("analyst",))


def settings(*operators: Operator) -> Settings:
    access = Access(contact="the data team", groups=(GROUP,), operators=operators)
    return demo_settings().model_copy(update={"access": access})


def test_without_operators_any_account_may_do_anything():
    check_operator(demo_settings(), audience=Audience.ANALYST, administrator=True, account="anyone")
    check_operator(settings(), audience=Audience.ANALYST, administrator=True, account="anyone")


def test_an_account_that_is_not_named_may_do_nothing():
    named = settings(Operator(user="batch", audiences=("inspector",)))
    with pytest.raises(UsageError, match=r"account guest .* may not use the command line.*the data team"):
        check_operator(named, account="guest")
    with pytest.raises(UsageError):
        check_operator(named, account="Batch")
    check_operator(named, account="batch")


def test_an_account_writes_only_for_its_audiences():
    named = settings(Operator(user="batch", audiences=("inspector",)), Operator(user="batch", audiences=("steering",)))
    for audience in (Audience.INSPECTOR, Audience.STEERING):
        check_operator(named, audience=audience, account="batch")
    with pytest.raises(UsageError, match="for the analyst audience"):
        check_operator(named, audience=Audience.ANALYST, account="batch")


def test_only_an_administrator_changes_what_is_stored():
    named = settings(Operator(user="batch", audiences=("analyst",)), Operator(user="root", administrator=True))
    check_operator(named, administrator=True, account="root")
    with pytest.raises(UsageError, match="is no administrator"):
        check_operator(named, administrator=True, account="batch")
    with pytest.raises(UsageError, match="for the analyst audience"):
        check_operator(named, audience=Audience.ANALYST, administrator=True, account="root")
