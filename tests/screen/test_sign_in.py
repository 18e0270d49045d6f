"""What each person is let into: the screens with a made-up identity, as Streamlit's harness gives it."""

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import pages.components.guard as guard
from data.demo.files import SETTINGS_TOML
from data.partnerships import PARTNERSHIP_VARIABLE
from disclosure.audit import UnrecordedError, open_audit
from pages.components.deep_links import Link
from pages.presence import sign_ins
from pages.session import SETTINGS_VARIABLE, demonstration_ready, settings_in_use
from tests.oidc_provider import Provider

ACCESS = """
[access]
contact = "the data team"
[[access.groups]]
group = "/wards/analysts"
audiences = ["analyst", "inspector"]
[[access.groups]]
group = "/wards/inspectors"
audiences = ["inspector"]
[[access.groups]]
group = "/wards/admins"
administrator = true
"""
_made = iter(range(1_000_000))


def claims(*groups: str, **more: Any) -> dict[str, Any]:
    """A sign-in of its own, a minute ago."""
    return {
        "is_logged_in": True,
        "sub": "ann",
        "name": "Ann <b>Example</b>",
        "groups": list(groups),
        "iat": time.time() - 60,
        "nonce": f"n{next(_made)}-{time.time_ns()}",
        **more,
    }


ANALYST, INSPECTOR, ADMIN = "/wards/analysts", "/wards/inspectors", "/wards/admins"


@pytest.fixture(scope="module")
def with_access(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Serve the demonstration area with sign-in, once for all tests here: they share its answers."""
    path = tmp_path_factory.mktemp("access") / "settings.toml"
    path.write_text(SETTINGS_TOML + ACCESS, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(SETTINGS_VARIABLE, str(path))
        patch.setattr(guard, "auth_configured", lambda: True)
        st.cache_resource.clear()
        demonstration_ready()
        yield
    st.cache_resource.clear()


@pytest.fixture
def signed_in(open_screen: Callable[..., AppTest], with_access: None) -> Callable[..., AppTest]:
    """Open a screen as somebody: `signed_in(claims(ANALYST), "explore", ward="X05000022")`."""

    def open_it(user: dict[str, Any], screen: str = "overview", **address: str) -> AppTest:
        return open_screen(screen, user=user, **address)

    return open_it


def html_of(app: AppTest) -> str:
    return "\n".join([*(one.proto.body for one in app.get("html")), *(one.value for one in app.markdown)])


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def newest(n: int = 1) -> list[tuple[str, str, str, str]]:
    """Action, who, what and reason of the newest rows of the audit, but for what was merely seen."""
    rows = [row for row in open_audit(settings_in_use()).entries() if row.action != "saw"][:n]
    return [(row.action, row.who, row.what, json.loads(row.detail).get("reason", "")) for row in rows]


def test_nobody_sees_more_than_the_way_in(signed_in, drawn):
    app = signed_in({"is_logged_in": False}, ward="X05000022")
    assert labels(app) == ["Sign in"]
    assert "OFFICIAL-SENSITIVE" in html_of(app)
    assert drawn.outlines is None
    assert not app.selectbox
    assert not app.metric
    assert not app.error


@pytest.fixture
def way_in(signed_in: Callable[..., AppTest]) -> Callable[..., AppTest]:
    """Press *Sign in* where the server was given the provider at an address."""

    def press(address: str) -> AppTest:
        app = signed_in({"is_logged_in": False})
        app.secrets["auth"] = {"server_metadata_url": address}
        return next(button for button in app.button if button.label == "Sign in").click().run()

    return press


def test_a_provider_that_does_not_answer_is_told_of_logged_in_a_line_and_recorded_once(way_in, monkeypatch, caplog):
    provider = Provider({})
    provider.stop()
    monkeypatch.setattr(st, "login", lambda: pytest.fail("sent to a provider that does not answer"))
    app, before = way_in(f"{provider.issuer}/.well-known/openid-configuration"), len(newest(99))
    assert "Your organisation's sign-in does not answer" in html_of(app)
    assert "Whom to ask: the data team" in html_of(app)
    assert "OFFICIAL-SENSITIVE" in html_of(app)
    assert labels(app) == ["Sign in"]
    assert newest() == [("was refused", "nobody", "sign-in", "provider does not answer")]
    (record,) = [one for one in caplog.records if one.name == "pages.provider"]
    assert record.getMessage() == "The identity provider 127.0.0.1 does not answer as one: ConnectError"
    assert record.exc_info is None
    next(button for button in app.button if button.label == "Sign in").click().run()
    assert "does not answer" in html_of(app)
    assert len(newest(99)) == before, "whoever is not signed in can fill the audit"


def test_somebody_is_sent_to_a_provider_that_answers(way_in, monkeypatch):
    provider, sent = Provider({}), []
    monkeypatch.setattr(st, "login", lambda: sent.append("there"))
    app = way_in(f"{provider.issuer}/.well-known/openid-configuration")
    provider.stop()
    assert sent == ["there"]
    assert "does not answer" not in html_of(app)


def test_an_analyst_is_let_in_and_named_without_markup(signed_in, drawn):
    user = claims(ANALYST)
    app = signed_in(user)
    assert drawn.outlines is not None
    assert "Ann &lt;b&gt;Example&lt;/b&gt;" in html_of(app)
    assert "Sign out" in labels(app)
    assert app.selectbox(key="audience").options == ["Analyst", "Inspector"]


def test_a_sign_in_is_recorded_once_in_however_many_tabs(signed_in):
    def recorded() -> int:
        return [row.action for row in open_audit(settings_in_use()).entries()].count("signed in")

    user, before = claims(ANALYST), recorded()
    signed_in(user)
    assert recorded() == before + 1
    signed_in(user)
    assert recorded() == before + 1
    signed_in(claims(ANALYST))
    assert recorded() == before + 2


def test_an_inspector_is_offered_no_other_view(signed_in, drawn):
    app = signed_in(claims(INSPECTOR), "explore")
    assert app.selectbox(key="audience").options == ["Inspector"]
    assert app.query_params["audience"] in ("inspector", ["inspector"])
    assert drawn.outlines is not None


def test_a_link_to_the_view_of_another_audience_is_refused_and_recorded(signed_in, drawn):
    app = signed_in(claims(INSPECTOR), audience="analyst")
    assert drawn.outlines is None
    assert newest() == [("was refused", "sub:ann", "overview", "audience")]
    assert labels(app) == ["Open it with your own view", "Sign out"]
    (own,) = [button for button in app.button if button.key == "own_view"]
    app = own.click().run()
    assert drawn.outlines is not None
    assert app.query_params["audience"] in ("inspector", ["inspector"])


def test_a_person_without_a_group_sees_only_whom_to_ask(signed_in, drawn):
    app = signed_in(claims("/wards/analysts/trainees"), "explore", ward="X05000022")
    assert drawn.outlines is None
    assert "the data team" in html_of(app)
    assert "ann" in [code.value for code in app.code]
    assert labels(app) == ["Sign out"]
    assert newest() == [("was refused", "sub:ann", "sign-in", "no group")]


def test_groups_that_the_provider_left_out_are_told_of(signed_in):
    assert "more than its sign-in can carry" in html_of(signed_in(claims(_claim_names={"groups": "src1"})))
    assert "more than its sign-in can carry" not in html_of(signed_in(claims()))


def test_after_eight_hours_a_person_signs_in_again(signed_in, drawn):
    app = signed_in(claims(ANALYST, iat=time.time() - 8 * 3600 - 1))
    assert drawn.outlines is None
    assert labels(app) == ["Sign in"]
    assert "more than 8 hours ago" in html_of(app)


@pytest.mark.parametrize("asked", [None, Link("overview", {})])
def test_an_administrator_without_an_audience_comes_to_the_audit(signed_in, monkeypatch, asked):
    monkeypatch.setattr(guard, "take_link", lambda: asked)
    app = signed_in(claims(ADMIN))
    assert app.title[0].value == "Audit"
    assert not app.error


def test_a_link_is_gone_on_to_after_sign_in(signed_in, drawn, monkeypatch):
    links = [Link("explore", {"ward": "X05000022", "measure": "probability"})]
    monkeypatch.setattr(guard, "take_link", lambda: links.pop() if links else None)
    app = signed_in(claims(ANALYST))
    assert app.title[0].value.startswith("Explore")
    assert app.selectbox(key="ward").value == "X05000022"
    assert app.query_params["measure"] in ("probability", ["probability"])


def test_a_screen_for_others_is_refused_and_recorded(signed_in, drawn):
    app = signed_in(claims(ADMIN), "explore")
    assert drawn.outlines is None
    assert "recorded" in html_of(app)
    assert newest() == [("was refused", "sub:ann", "explore", "screen")]


def test_a_sign_in_that_was_ended_elsewhere_goes_on_nowhere(signed_in, drawn):
    user = claims(ANALYST)
    app = signed_in(user, "explore")
    assert drawn.outlines is not None
    sign_ins(settings_in_use()).end(user)
    drawn.outlines = None
    app.run()
    assert drawn.outlines is None
    assert labels(app) == ["Sign in"]
    assert labels(signed_in(user)) == ["Sign in"]


def test_sign_out_ends_the_session_and_is_recorded(signed_in):
    user = claims(ANALYST)
    app = signed_in(user)
    next(button for button in app.button if button.label == "Sign out").click().run()
    assert sign_ins(settings_in_use()).is_ended(user)
    assert newest() == [("signed out", "sub:ann", "sign-in", "")]
    assert app.user == {"is_logged_in": False}


def test_what_cannot_be_recorded_is_not_shown(signed_in, drawn, monkeypatch):
    def full(_: object) -> None:
        raise UnrecordedError("The disk is full.")

    monkeypatch.setattr(guard, "open_audit", full)
    app = signed_in(claims(ANALYST))
    assert drawn.outlines is None
    assert "disk is full" in app.error[0].value


def test_a_server_that_was_started_past_its_own_door_shows_nothing(signed_in, drawn, monkeypatch):
    monkeypatch.setattr(guard, "auth_configured", lambda: False)
    app = signed_in(claims(ANALYST))
    assert drawn.outlines is None
    assert "[auth]" in html_of(app)


def test_whoever_is_not_let_in_is_told_no_name_by_tab_or_banner(signed_in, titles):
    app = signed_in({"is_logged_in": False})
    assert "OFFICIAL-SENSITIVE" in html_of(app)
    assert 'class="whose"' not in html_of(app)
    assert set(titles) == {"Ward Overlap"}


@pytest.mark.parametrize(("base", "door"), [("north", "/door/"), ("/overlap/north/", "/overlap/door/")])
def test_one_of_several_leads_back_to_the_list(signed_in, monkeypatch, base, door):
    assert "Other partnerships" not in html_of(signed_in(claims(ANALYST), "data"))
    known = st.get_option
    monkeypatch.setenv(PARTNERSHIP_VARIABLE, "north")
    monkeypatch.setattr(st, "get_option", lambda key: base if key == "server.baseUrlPath" else known(key))
    assert f'<a href="{door}">Other partnerships</a>' in html_of(signed_in(claims(ANALYST), "data"))
