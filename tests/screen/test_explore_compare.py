"""Two settings beside each other on Explore."""

import pytest

import pages.components.map_block as map_block


def html_of(app) -> str:
    return "\n".join(one.proto.body for one in app.get("html"))


@pytest.fixture
def maps(monkeypatch, drawn):
    """What each map of a run was given, by its key."""
    seen = {}
    note = map_block.ward_map

    def keep(outlines, **given):
        if given["key"] != "overview":  # which the harness draws first
            seen[given["key"]] = given
        return note(outlines, **given)

    monkeypatch.setattr(map_block, "ward_map", keep)
    return seen


def test_nothing_is_compared_until_something_is_different(open_screen, maps):
    app = open_screen("explore", below="compare")
    assert not app.exception
    assert set(maps) == {"explore"}
    assert "Choose what is to be different" in html_of(app)


def test_two_thresholds_are_two_maps_with_the_wards_that_differ_outlined_listed_and_selected(open_screen, maps):
    app = open_screen("explore", below="compare", b_threshold="2.5")
    assert not app.exception
    assert not app.error
    one, other = maps["compare-a"], maps["compare-b"]
    codes = app.dataframe[0].value["ward_code"].tolist()
    wards = maps["explore"]["codes"], other["codes"]
    assert one["codes"] == wards[0]
    assert set(codes) == set(one["chosen"]) == set(other["chosen"])
    assert len(codes) == sum(a != b for a, b in zip(*wards, strict=True)) > 0
    assert f"{len(codes)} of {len(wards[0])} wards have another class" in html_of(app)
    app.button(key="select_differing").click().run()
    assert set(maps["explore"]["chosen"]) == set(codes)
    assert app.query_params["b_threshold"] in ("2.5", ["2.5"])


def test_another_length_takes_an_end_that_it_has(open_screen, maps):
    app = open_screen("explore", below="compare", to="2024/25 Q2")
    app.selectbox(key="b_quarters").set_value("12").run()
    assert not app.exception
    assert not app.error
    assert set(maps) == {"explore", "compare-a", "compare-b"}


def test_others_than_the_analyst_are_offered_only_what_they_may_ask(open_screen, maps):
    app = open_screen("explore", below="compare", audience="inspector", b_threshold="2.5")
    assert len(app.warning) == 1
    assert app.selectbox(key="b_threshold").options == ["1.5"]
    assert app.selectbox(key="b_quarters").options == ["1 year", "3 years"]
    app.selectbox(key="b_to").set_value(app.selectbox(key="b_to").options[-1]).run()
    assert not app.error
    assert set(maps) == {"explore", "compare-a", "compare-b"}
