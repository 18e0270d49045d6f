"""*Also show* on Explore: who is offered what, what the map is given, and that nothing is worked out unasked."""

import pytest

import pages.components.also_shown as also_shown


def kinds(app) -> list[str]:
    return app.button_group(key="also").options


def html_of(app) -> str:
    return "\n".join(one.proto.body for one in app.get("html"))


def test_nothing_is_worked_out_or_drawn_until_it_is_chosen(open_screen, drawn, monkeypatch):
    for name in ("areas_of", "incident_areas_of"):
        monkeypatch.setattr(also_shown, name, lambda *_: pytest.fail("worked out though nobody asked"))
    app = open_screen("explore")
    assert not app.exception
    assert not app.error
    assert drawn.groups == []
    assert len(kinds(app)) == 4


def test_a_link_shows_the_same_and_all_three_are_said_in_words(open_screen, drawn):
    app = open_screen("explore", also="areas~places~districts")
    assert not app.exception
    assert not app.error
    districts, areas, places = drawn.groups
    assert len(areas.of) == drawn.outlines.n
    assert set(areas.of) - {None} == set(range(len(areas.names)))
    assert len(places.rings) >= len(places.names) > 0
    said = html_of(app)
    assert all(f"{one.title}: {len(one.names)} by name" in said for one in drawn.groups)
    assert districts.names[0] in said
    assert "no significance is claimed" in said


@pytest.mark.parametrize("audience", ["analyst", "steering"])
def test_what_is_provided_is_marked_with_how_much_runs_there_and_said_by_ward(open_screen, drawn, audience):
    app = open_screen("explore", audience=audience, also="provision", ward="X05000024")
    assert not app.error
    (provided,) = drawn.groups
    assert len(provided.names) == 31
    assert sum(count for *_, count in provided.marks) == 35
    said = html_of(app)
    assert "Wards in which something is known to run: 31 by name" in said
    assert "That is so by the file of 30 September 2026." in said
    assert "Provided here, by the file of 30 September 2026: Safe nights out." in said


def test_what_is_switched_off_goes_from_the_address_too(open_screen, drawn):
    app = open_screen("explore", also="areas~districts")
    app.button_group(key="also").set_value(["districts"]).run()
    assert app.query_params["also"] in ("districts", ["districts"])
    assert [one.kind for one in drawn.groups] == ["districts"]


@pytest.mark.parametrize("audience", ["inspector", "steering"])
def test_others_are_not_given_where_incidents_lie_by_a_link(open_screen, drawn, audience, monkeypatch):
    monkeypatch.setattr(
        also_shown, "incident_areas_of", lambda *_: pytest.fail("worked out for one who may not have it")
    )
    app = open_screen("explore", audience=audience, also="places~areas")
    assert not app.exception
    assert len(kinds(app)) == 3
    assert [one.kind for one in drawn.groups] == ["areas"]


def test_where_there_are_no_areas_it_says_why_and_draws_none(open_screen, drawn):
    app = open_screen("explore", audience="steering", quarters="12", also="areas")
    assert not app.exception
    assert drawn.groups == []
    assert "counts of single years only" in app.info[0].value
