"""Who may have what of what is provided: one place decides, and flags are those of the audience."""

from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.windows import Window
from data.settings import Disclosure
from disclosure.audiences import Audience, Reader
from disclosure.export import result_table, table_with_provision
from disclosure.provision import ReleasedProvision, Status, release_provision
from tests.briefings import CODES, FLAGGED, NEITHER, UNKNOWN, UNSURE, make_area
from tests.provided import AS_AT, SETTINGS, make_provision, provision_rows


def provision_for(audience: Audience, **rule: object) -> ReleasedProvision | None:
    settings = SETTINGS.model_copy(update={"disclosure": Disclosure.model_validate(rule)})
    return make_provision(make_area(audience=audience), settings=settings)


@pytest.mark.parametrize("audience", [Audience.ANALYST, Audience.INSPECTOR, Audience.STEERING])
def test_the_partnership_gets_cost_and_funder(audience: Audience) -> None:
    found = provision_for(audience)
    assert found is not None
    assert [one.cost for one in found.things] == [1_200, 9_000, None, 20_000]


def test_councillors_get_neither_cost_nor_funder() -> None:
    found = provision_for(Audience.COUNCILLOR)
    assert found is not None
    assert {(one.cost, one.funder) for one in found.things} == {(None, "")}
    assert found.bid_things == ()


def test_a_bid_tells_cost_only_where_the_settings_say_so() -> None:
    found = provision_for(Audience.COUNCILLOR, provision_cost_in_bids=True)
    assert found is not None
    assert {one.cost for one in found.things} == {None}
    assert [one.cost for one in found.bid_things] == [1_200, 9_000, None, 20_000]


def test_the_public_gets_none_of_it() -> None:
    settings = SETTINGS.model_copy(update={"disclosure": Disclosure(provision_cost_in_bids=True)})
    kept = {"as_at": AS_AT, "wards": CODES, "window": Window("2024/25 Q4", 4), "newest": True}
    assert release_provision(provision_rows(), reader=Reader(Audience.PUBLIC), settings=settings, **kept) is None


def test_who_sees_some_districts_sees_the_things_of_their_wards_alone() -> None:
    area = make_area()
    found = release_provision(
        provision_rows(), as_at=AS_AT, window=area.released.window, newest=True, wards=[UNSURE],
        reader=Reader(Audience.STEERING), settings=SETTINGS,
    )  # fmt: skip
    assert found is not None
    assert [(one.name, one.wards, one.wards_in_all) for one in found.things] == [("Market forum", (UNSURE,), 2)]
    assert found.running_in == {UNSURE}


def test_a_window_of_before_is_looked_at_on_its_last_day_and_the_newest_on_that_of_the_file() -> None:
    kept = {"as_at": AS_AT, "wards": CODES, "reader": Reader(Audience.STEERING), "settings": SETTINGS}
    before = release_provision(provision_rows(), window=Window("2024/25 Q1", 4), newest=False, **kept)
    newest = release_provision(provision_rows(), window=Window("2024/25 Q1", 4), newest=True, **kept)
    assert before is not None
    assert newest is not None
    assert (before.day, newest.day) == (pd.Timestamp(2024, 6, 30).date(), AS_AT)
    assert [len(one.of(FLAGGED, Status.RUNNING)) for one in (before, newest)] == [1, 0]


def test_the_lists_go_by_the_flags_that_the_audience_has() -> None:
    area = make_area()
    found = make_provision(area)
    assert found is not None
    gaps = found.gaps(area.released)
    assert gaps.flagged_without == (FLAGGED,)
    assert gaps.flagged_with == ()
    assert {*gaps.others_with} == {UNSURE, NEITHER}
    assert gaps.others_without == (UNKNOWN,)
    unflagged = replace(area.released, wards=area.released.wards.assign(flagged=False))
    assert found.gaps(unflagged).flagged_without == ()


def test_coverage_is_told_to_the_quarter_it_is_looked_at() -> None:
    found = make_provision(make_area())
    assert found is not None
    told = found.over_time(CODES)
    assert [one.quarter for one in told][-1] == "2024/25 Q4"
    assert [one.wards for one in told][-4:] == [3, 3, 3, 2]


def written(audience: Audience, *, may_have: Audience | None = None) -> pd.DataFrame:
    """What the table of an audience has more in a file, by ward, with what is provided as an audience may have it."""
    area = make_area(audience=audience)
    found = release_provision(
        provision_rows(), as_at=AS_AT, window=area.released.window, newest=True, wards=CODES,
        reader=Reader(may_have or audience), settings=SETTINGS,
    )  # fmt: skip
    marking = SimpleNamespace(lines=lambda: ["OFFICIAL-SENSITIVE"])
    view = SimpleNamespace(manifest=SimpleNamespace(id="s"), marking=marking, provided=lambda _: found)
    table = table_with_provision(area.released, view=view)  # type: ignore[arg-type]
    bare = result_table(area.released, view=view)  # type: ignore[arg-type]
    pd.testing.assert_frame_equal(table[bare.columns], bare)
    return table.set_index("ward_code").drop(columns=bare.columns.drop("ward_code"))


@pytest.mark.parametrize("audience", [one for one in Audience if one is not Audience.PUBLIC])
def test_a_file_of_wards_says_what_runs_in_each_on_which_day_and_no_more(audience: Audience) -> None:
    table = written(audience)
    assert list(table) == ["known_to_run", "known_to_run_on"]
    runs = {FLAGGED: "", UNSURE: "1 forum", NEITHER: "1 forum, 1 champion", UNKNOWN: ""}
    assert table["known_to_run"].to_dict() == runs
    assert set(table["known_to_run_on"]) == {AS_AT.isoformat()}


def test_a_file_of_wards_says_nothing_of_it_where_it_may_not_be_had() -> None:
    assert list(written(Audience.COUNCILLOR, may_have=Audience.PUBLIC)) == []
