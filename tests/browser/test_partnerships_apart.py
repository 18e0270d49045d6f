"""Two partnerships behind one address, two people, the same ward codes: nothing of one is seen by the other.

As they are deployed: a process each, with its own store, files for browsers, secrets and path. A browser keeps cookies by host
and path, not by port, so that both are one address to it, as behind a proxy.
"""

import re
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from data.partnerships import PARTNERSHIP_VARIABLE
from data.settings import Settings, load_settings
from data.snapshots import SnapshotStore
from disclosure.audit import open_audit
from ingest.pipeline import ingest
from ingest.places import SETTINGS_VARIABLE, STATIC_VARIABLE, STORE_VARIABLE, snapshot_folder
from server.sign_in_secrets import FILE_VARIABLE
from tests.area_files import CODES, DISTRICTS, SETTINGS, write_area
from tests.browser.map_on_page import MapOnPage
from tests.browser.serving import PROJECT
from tests.oidc_provider import Provider

pytestmark = pytest.mark.browser

PEOPLE = {
    "Ann": {"sub": "ann", "name": "Ann Example", "groups": ["/alpha"]},
    "Bea": {"sub": "bea", "name": "Bea Example", "groups": ["/beta"]},
}
_FIRST_RUN = 90_000
"""Milliseconds: the first run on a new server loads all libraries."""


@dataclass(frozen=True)
class Served:
    """One partnership on its server."""

    slug: str
    address: str
    settings: Settings
    store: Path

    def recorded(self) -> list[tuple[str, str]]:
        """Action and who of every row of its audit, the newest first."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv(STORE_VARIABLE, str(self.store))
            return [(row.action, row.who) for row in open_audit(self.settings).entries()]


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    running = Provider(PEOPLE)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def partnerships(
    serve: Callable[..., str], provider: Provider, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Served, Served]:
    """Alpha and Beta, the same six wards by their codes, each with names of its own."""
    folder = tmp_path_factory.mktemp("apart")
    return _serve(serve, provider, folder, "alpha"), _serve(serve, provider, folder, "beta")


def _serve(serve: Callable[..., str], provider: Provider, folder: Path, slug: str) -> Served:
    names = [f"{slug.capitalize()}ward {number}" for number in range(len(CODES))]
    rows = [f"{code},{name},{district},3000" for code, name, district in zip(CODES, names, DISTRICTS, strict=True)]
    text = SETTINGS.replace("Sixwards", f"{slug.capitalize()} partnership")
    access = f'[access]\ncontact = "x"\n[[access.groups]]\ngroup = "/{slug}"\naudiences = ["analyst"]\n'
    place = folder / "settings" / slug
    population = ["ward_code,ward_name,district,residents", *rows]
    path, inputs = write_area(place, settings=text + access, names=names, population=population)
    settings, store = load_settings(path), folder / f"store-{slug}"
    store.mkdir(mode=0o700)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(STORE_VARIABLE, str(store))
        ingest(inputs, settings=settings, store=SnapshotStore(snapshot_folder(settings)))
    provider.redirect_uri = f"http://127.0.0.1:{{port}}/{slug}/oauth2callback"
    auth = place / "auth.toml"
    auth.write_text(provider.secrets_toml(cookie_secret=secrets.token_hex(32)), encoding="utf-8")
    surroundings = {
        SETTINGS_VARIABLE: str(path),
        STORE_VARIABLE: str(store),
        STATIC_VARIABLE: str(store / "static"),
        FILE_VARIABLE: str(auth),
        PARTNERSHIP_VARIABLE: slug,
    }
    return Served(slug, serve(PROJECT / "dashboard.py", env=surroundings, base_path=f"/{slug}"), settings, store)


def sign_in(page: Page, provider: Provider, where: Served, *, name: str) -> None:
    """Go to a partnership and through the provider, as one of its people."""
    provider.redirect_uri = f"{where.address}/oauth2callback"
    page.goto(where.address)
    page.get_by_role("button", name="Sign in").click(timeout=_FIRST_RUN)
    page.get_by_role("link", name=name, exact=True).click()


def test_nothing_of_one_partnership_is_seen_by_the_other(
    page: Page, provider: Provider, partnerships: tuple[Served, Served], page_faults: list[str]
) -> None:
    alpha, beta = partnerships
    files: list[str] = []
    page.on("request", lambda asked: files.append(asked.url))
    sign_in(page, provider, alpha, name="Ann")
    MapOnPage(page).wait()
    expect(page.get_by_text(re.compile("Alphaward 0")).first).to_be_visible()
    expect(page).to_have_title("Overview – Alpha partnership – Ward Overlap")
    expect(page.get_by_role("link", name="Other partnerships")).to_have_attribute("href", "/door/")
    outlines = next(url for url in files if "/app/static/outlines/" in url)
    assert page.request.get(outlines).ok

    # The files of one are not there at the other, whoever knows their names; no cookie of one is sent to the other.
    moved = outlines.replace(alpha.address, beta.address)
    assert page.request.get(moved).status == 404
    cookies = page.context.cookies()
    assert {one["path"] for one in cookies if one["name"].startswith("_streamlit_user")} == {"/alpha"}
    page.goto(beta.address)
    expect(page.get_by_role("button", name="Sign in")).to_be_visible(timeout=_FIRST_RUN)
    assert "Alpha" not in page.content()

    # Nor does a cookie that is carried over by hand let anyone in: it is sealed with another secret.
    page.context.add_cookies([{**one, "path": "/beta"} for one in cookies if one["name"].startswith("_streamlit_user")])
    page.goto(beta.address)
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    expect(page.get_by_text("Betaward")).to_have_count(0)
    assert beta.recorded() == []

    # Signed in there too, Ann is known and has nothing; only there is that recorded.
    before = alpha.recorded()
    sign_in(page, provider, beta, name="Ann")
    expect(page.get_by_text("This gives you no access")).to_be_visible()
    assert "Betaward" not in page.content()
    assert beta.recorded() == [("was refused", "sub:ann")]
    assert alpha.recorded() == before
    page.context.clear_cookies()

    # Another person sees Beta, and nothing of what was drawn for Ann from the same codes and the same kind of snapshot.
    sign_in(page, provider, beta, name="Bea")
    MapOnPage(page).wait()
    expect(page.get_by_text(re.compile("Betaward 0")).first).to_be_visible()
    assert "Alpha" not in page.content()
    assert "Alphaward" not in MapOnPage(page).inside.locator("html").evaluate(
        "() => JSON.stringify(window.wardOutlines)"
    )
    assert ("signed in", "sub:bea") in beta.recorded()
    assert not [row for row in alpha.recorded() if row[1] == "sub:bea"]
    assert not list(alpha.store.rglob("*beta*"))
    assert not list(beta.store.rglob("*alpha*"))
