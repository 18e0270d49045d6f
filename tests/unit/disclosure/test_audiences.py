import pytest

from data.errors import UsageError
from data.settings import Disclosure
from disclosure.audiences import Audience, parse_audience, permission


@pytest.mark.parametrize("audience", [Audience.INSPECTOR, Audience.STEERING])
def test_only_the_analyst_may_have_exact_values(audience):
    assert permission(Audience.ANALYST, rule=Disclosure()).exact
    may = permission(audience, rule=Disclosure())
    assert (may.exact, may.categories, may.any_window) == (False, False, False)


def test_the_partnership_can_keep_exact_values_from_the_analyst():
    assert not permission(Audience.ANALYST, rule=Disclosure(analyst_exact=False)).exact


def test_names_are_read_as_people_type_them():
    assert parse_audience(" Steering ") is Audience.STEERING


def test_an_unknown_audience_is_refused_with_those_there_are():
    with pytest.raises(UsageError, match="Choose one of: analyst, inspector, steering"):
        parse_audience("everyone")


def test_an_unknown_audience_is_answered_with_those_that_can_be_chosen_here():
    with pytest.raises(UsageError, match=r"Choose one of: public\.$"):
        parse_audience("everyone", offered=[Audience.PUBLIC])
    assert parse_audience("councillor", offered=[Audience.PUBLIC]) is Audience.COUNCILLOR
