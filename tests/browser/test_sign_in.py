"""Signing in and out in a real browser, through a provider on this machine: what a made-up identity cannot show."""

import json
import re
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from data.demo.files import SETTINGS_TOML
from data.settings import Settings, load_settings
from data.snapshots import SnapshotStore
from disclosure.audit import open_audit
from ingest.demonstration import ensure_demonstration
from ingest.places import STORE_VARIABLE, snapshot_folder
from pages.session import SETTINGS_VARIABLE
from server.sign_in_secrets import FILE_VARIABLE
from tests.browser.map_on_page import MapOnPage
from tests.browser.serving import PROJECT
from tests.oidc_provider import Provider

pytestmark = pytest.mark.browser

WARD = "X05000022"
ACCESS = """
[access]
contact = "the data team"
[[access.groups]]
group = "/wards/analysts"
audiences = ["analyst"]
[[access.groups]]
group = "/wards/inspectors"
audiences = ["inspector"]
"""
LONG_AGO = int(time.time()) - 9 * 3600
PEOPLE = {
    "Ann": {"sub": "ann", "name": "Ann Example", "groups": ["/wards/analysts"]},
    "Ian": {"sub": "ian", "name": "Ian Example", "groups": ["/wards/inspectors"]},
    "Nora": {"sub": "nora", "name": "Nora Example", "groups": ["/wards"]},
    "Olga": {"sub": "olga", "name": "Olga Example", "groups": ["/wards/analysts"], "iat": LONG_AGO},
}
Serve = Callable[..., str]
_FIRST_RUN = 60_000
"""Milliseconds: the first run on a new server loads all libraries."""


@dataclass(frozen=True)
class Partnership:
    """A dashboard with sign-in, its provider and its settings."""

    address: str
    provider: Provider
    settings: Settings
    store: Path

    def recorded(self) -> list[tuple[str, str, str, str]]:
        """Action, who, what and reason of every row of the audit, the newest first."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv(STORE_VARIABLE, str(self.store))
            rows = open_audit(self.settings).entries()
        return [(row.action, row.who, row.what, json.loads(row.detail).get("reason", "")) for row in rows]


@pytest.fixture(scope="session")
def partnership(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Partnership]:
    """The demonstration area, for those who sign in."""
    folder = tmp_path_factory.mktemp("sign-in")
    written = folder / "settings.toml"
    written.write_text(SETTINGS_TOML + ACCESS, encoding="utf-8")
    settings = load_settings(written)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(STORE_VARIABLE, str(folder / "store"))
        ensure_demonstration(SnapshotStore(snapshot_folder(settings)))
    provider = Provider(PEOPLE)
    provider.redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
    file = folder / "auth.toml"
    file.write_text(provider.secrets_toml(cookie_secret=secrets.token_hex(32)), encoding="utf-8")
    surroundings = {STORE_VARIABLE: str(folder / "store"), SETTINGS_VARIABLE: str(written), FILE_VARIABLE: str(file)}
    address = serve(PROJECT / "dashboard.py", env=surroundings)
    provider.redirect_uri = f"{address}/oauth2callback"
    yield Partnership(address, provider, settings, folder / "store")
    provider.stop()


def sign_in(page: Page, name: str) -> None:
    """Go through the provider as one of its people."""
    page.get_by_role("button", name="Sign in").click(timeout=_FIRST_RUN)
    page.get_by_role("link", name=name, exact=True).click()


def test_a_link_outlives_the_sign_in_and_sign_out_ends_it_everywhere(page: Page, partnership: Partnership) -> None:
    page.goto(f"{partnership.address}/explore?ward={WARD}&quarters=12")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible(timeout=_FIRST_RUN)
    assert WARD not in page.content()
    sign_in(page, "Ann")
    MapOnPage(page).wait()
    expect(page.get_by_text("Ann Example")).to_be_visible()
    expect(page).to_have_url(re.compile(rf"/explore\?.*ward={WARD}"))
    assert "quarters=12" in page.url

    kept = page.context.cookies()
    other = page.context.new_page()
    other.goto(f"{partnership.address}/explore")
    MapOnPage(other).wait()
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(f"{partnership.address}/")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    assert partnership.provider.ended[-1] == "ann"
    # In the other tab, a choice that runs a fragment alone; then with the cookie that somebody kept.
    other.get_by_role("radio", name="Certainty").click()
    expect(other.get_by_role("button", name="Sign in")).to_be_visible()
    expect(other.get_by_role("radio")).to_have_count(0)
    other.context.add_cookies(kept)
    other.goto(f"{partnership.address}/explore")
    expect(other.get_by_role("button", name="Sign in")).to_be_visible()
    other.close()
    of_ann = [row[0] for row in partnership.recorded() if row[1:3] == ("sub:ann", "sign-in")]
    assert of_ann[:2] == ["signed out", "signed in"]


def test_a_person_without_a_group_sees_only_whom_to_ask(page: Page, partnership: Partnership) -> None:
    page.goto(f"{partnership.address}/explore?ward={WARD}")
    sign_in(page, "Nora")
    expect(page.get_by_text("Whom to ask: the data team")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("Overview|Explore"))).to_have_count(0)
    expect(page.get_by_role("combobox")).to_have_count(0)
    assert partnership.recorded()[0] == ("was refused", "sub:nora", "sign-in", "no group")


def test_a_token_of_nine_hours_ago_is_asked_for_again(page: Page, partnership: Partnership) -> None:
    page.goto(partnership.address)
    sign_in(page, "Olga")
    expect(page.get_by_text("more than 8 hours ago")).to_be_visible()
    expect(page.get_by_role("combobox")).to_have_count(0)


def test_a_link_to_a_screen_or_view_for_others_is_refused_and_recorded(page: Page, partnership: Partnership) -> None:
    page.goto(f"{partnership.address}/audit")
    sign_in(page, "Ian")
    expect(page.get_by_text("This screen is for others")).to_be_visible()
    assert partnership.recorded()[0] == ("was refused", "sub:ian", "audit", "screen")
    page.goto(f"{partnership.address}/explore?audience=analyst&ward={WARD}")
    expect(page.get_by_text("The link asks for what the analyst audience gets")).to_be_visible()
    assert partnership.recorded()[0] == ("was refused", "sub:ian", "explore", "audience")


def test_a_cookie_that_was_changed_or_made_up_lets_nobody_in(page: Page, partnership: Partnership) -> None:
    page.goto(partnership.address)
    sign_in(page, "Ian")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    (cookie,) = [one for one in page.context.cookies() if one["name"] == "_streamlit_user"]
    value = cookie["value"]
    place = len(value) // 3
    changed = f"{value[:place]}{'A' if value[place] != 'A' else 'B'}{value[place + 1 :]}"
    for forged in (changed, value[:-2]):
        page.context.add_cookies([{**cookie, "value": forged}])
        page.goto(f"{partnership.address}/explore")
        expect(page.get_by_role("button", name="Sign in")).to_be_visible()
        expect(page.get_by_role("combobox")).to_have_count(0)


def test_the_sign_in_leads_nowhere_else(page: Page, partnership: Partnership) -> None:
    away = "https%3A%2F%2Felsewhere.example%2F"
    for path in (
        f"/auth/login?provider={away}&redirect_uri={away}&next={away}",
        f"/auth/logout?post_logout_redirect_uri={away}&next={away}",
        f"/oauth2callback?state=made-up&code=made-up&next={away}&redirect_uri={away}",
        f"/oauth2callback?error={away}",
    ):
        answer = page.request.get(f"{partnership.address}{path}", max_redirects=0)
        assert answer.status == 302
        assert answer.headers["location"] in ("/", f"{partnership.address}/")
    page.goto(f"{partnership.address}/explore?quarters=12&redirect_uri={away}&next={away}")
    sign_in(page, "Ann")
    MapOnPage(page).wait()
    assert page.url.startswith(f"{partnership.address}/explore?")
    assert "elsewhere" not in page.url
