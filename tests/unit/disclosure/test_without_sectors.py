"""Whether a flag hangs on one sector: a ward lifted by one sector loses its flag without it, another keeps its own."""

import pytest

from data.errors import UsageError
from disclosure.audiences import Audience
from disclosure.permitted import Question
from disclosure.without_sectors import without_each_sector
from tests.area_files import CODES, INCIDENTS, QUARTERS, middle

QUESTION = Question(quarters=4)
ONE_SECTOR = ["ward_code,quarter,category,sector,count"] + [
    f"{code},{quarter},concern,{sector},{60 if (code, sector) == (CODES[0], 'education') else 4}"
    for code in CODES
    for quarter in QUARTERS
    for sector in ("education", "police")
]
HOT = [*INCIDENTS, *(f"2024-{4 + day % 9:02d}-16,{middle(0)},race" for day in range(400))]


def test_a_ward_that_one_sector_has_lifted_is_not_flagged_without_it_and_is_without_the_other(view):
    opened = view(Audience.ANALYST, referrals=ONE_SECTOR, incidents=HOT)
    assert opened.answer(QUESTION).flagged["ward_code"].tolist() == [CODES[0]]
    told = []
    found = without_each_sector(opened, QUESTION, progress=lambda done, of: told.append((done, of)))
    assert {one.sector: one.flagged for one in found[CODES[0]]} == {"education": False, "police": True}
    assert list(found) == list(opened.wards["ward_code"])
    assert told == [(0, 2), (1, 2)]


@pytest.mark.parametrize("audience", [Audience.INSPECTOR, Audience.STEERING, Audience.COUNCILLOR])
def test_who_may_not_filter_by_category_does_not_learn_it(view, audience):
    with pytest.raises(UsageError, match="may not filter by category"):
        without_each_sector(view(audience), QUESTION)


def test_data_that_name_one_sector_have_none_to_leave_out(view):
    with pytest.raises(UsageError, match="no sectors to leave out"):
        without_each_sector(view(Audience.ANALYST), QUESTION)
