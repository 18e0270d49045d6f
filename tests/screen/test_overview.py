import re
from dataclasses import replace
from html import escape

import pytest

import pages.session as session
from disclosure.palette import style_of_class
from pages.components.choosing import standard_question


def html_of(app) -> str:
    return "\n".join(one.proto.body for one in app.get("html"))


def test_it_opens_without_a_fault_and_says_what_it_is(open_screen):
    app = open_screen()
    assert not app.exception
    assert not app.error
    assert "OFFICIAL-SENSITIVE" in html_of(app)
    assert "FICTIONAL AREA" in html_of(app)
    assert app.title[0].value.endswith("flagged as high on both")


def test_the_map_shows_the_overlap_classes_of_every_ward(open_screen, drawn):
    open_screen()
    assert len(drawn.codes) == drawn.outlines.n
    assert drawn.styles[0] == style_of_class("high on both", dark=False)
    assert {style.label for style in drawn.styles} >= {"referrals only", "incidents only", "too uncertain to say"}


def test_every_flagged_ward_is_listed_with_its_certainty_in_words(open_screen, drawn):
    app = open_screen()
    flagged = [button for button in app.button if button.key.startswith("flagged-")]
    assert len(flagged) == list(drawn.codes).count(0) > 0
    assert "almost certain" in html_of(app)


def test_rows_read_and_used_and_the_snapshot_are_named(open_screen):
    app = open_screen()
    snapshot = app.query_params["snapshot"]
    assert "rows used" in html_of(app)
    assert (snapshot if isinstance(snapshot, str) else snapshot[0]) in html_of(app)


def test_a_click_on_a_ward_opens_it_in_explore(open_screen, drawn):
    app = open_screen()
    drawn.click = drawn.outlines.ward_codes[7]
    app.run()
    assert drawn.outlines.ward_codes[7] in app.query_params["ward"]
    assert app.selectbox(key="ward").value == drawn.outlines.ward_codes[7]


def test_a_flagged_ward_can_be_opened_by_keyboard(open_screen):
    app = open_screen()
    button = next(one for one in app.button if one.key.startswith("flagged-"))
    app = button.click().run()
    assert app.selectbox(key="ward").value == button.key.removeprefix("flagged-")


def test_the_steering_group_gets_no_exact_small_count(open_screen):
    exact = html_of(open_screen())
    coarse = html_of(open_screen(audience="steering"))
    assert exact != coarse
    assert "columns not read" not in coarse.lower()


def test_a_link_to_an_unknown_snapshot_says_so_and_shows_the_usual_one(open_screen):
    app = open_screen(snapshot="2030-31-q1-000000000000")
    assert "snapshot" in app.warning[0].value
    assert not app.error


def small_lines(app) -> list[str]:
    """The small line of each of the four figures."""
    return re.findall(r'<div class="s">([^<]*)</div>', html_of(app))


@pytest.mark.parametrize(("audience", "said"), [("analyst", "in 1 year"), ("steering", "in 1 year, rounded to 5")])
def test_a_rounded_total_says_so_and_to_what(open_screen, audience, said):
    assert small_lines(open_screen(audience=audience))[2:] == [said, said]


def test_a_total_that_is_not_given_is_not_said_to_be_rounded(open_screen, monkeypatch):
    known = session.answer_to
    monkeypatch.setattr(session, "answer_to", lambda *asked: replace(known(*asked), total_referrals="not given"))
    assert small_lines(open_screen(audience="steering"))[2] == "in 1 year"


@pytest.mark.parametrize(
    ("flagged", "said"), [(1, "ward flagged as high on both"), (2, "wards flagged as high on both")]
)
def test_one_ward_is_a_ward_and_flags_may_be_wrong(open_screen, monkeypatch, flagged, said):
    known = session.answer_to

    def with_few_flags(*asked):
        released = known(*asked)
        layer = released.layers["overlap"]
        high, other = layer.classes.index("high on both"), layer.classes.index("neither")
        codes = [high] * flagged + [other] * (len(layer.codes) - flagged)
        return replace(released, layers={**released.layers, "overlap": replace(layer, codes=tuple(codes))})

    monkeypatch.setattr(session, "answer_to", with_few_flags)
    app = open_screen()
    assert f'<div class="v">{flagged}</div><div class="l">{said}</div>' in html_of(app)
    assert re.fullmatch(r"of which (about \d+|fewer than 1) may be wrong", small_lines(app)[0])


@pytest.mark.parametrize("audience", ["analyst", "inspector"])
def test_what_came_onto_the_list_since_last_quarter_is_said_with_how_sure_and_rounding_where_it_is_rounded(
    open_screen, audience
):
    app = open_screen(audience=audience)
    view = session.view_of(session.snapshot_ids()[0], session.reader_as(session.Audience(audience)))
    ends, flagged = view.ends(4), []
    for end in ends[:2]:
        released = session.answer_to(view.manifest.id, view.reader, replace(standard_question(view), last_quarter=end))
        flagged.append(set(released.flagged["ward_code"]))
    came, left, stayed = flagged[0] - flagged[1], flagged[1] - flagged[0], flagged[0] & flagged[1]
    assert came or audience == "analyst", "the demonstration has something to say here"
    said = f"{len(came) or 'none'} came, {len(left) or 'none'} left, {len(stayed) or 'none'} stayed"
    assert said in html_of(app)
    assert all(f"<td>Came</td><td>{escape(released.names[code])}</td>" in html_of(app) for code in came)
    assert ("through rounding alone" in html_of(app)) == (audience == "inspector")
