"""The page that lists partnerships: each person sees those that admit them, and of the others not even that they are there."""

import time

import pytest
from streamlit.testing.v1 import AppTest

from data.partnerships import PARTNERSHIPS_VARIABLE
from ingest.places import STORE_VARIABLE
from tests.browser.serving import PROJECT
from tests.unit.data.test_partnerships import write


def lets_in(group: str) -> str:
    return f'\n[access]\ncontact = "x"\n[[access.groups]]\ngroup = "{group}"\naudiences = ["inspector"]\n'


@pytest.fixture
def open_door(tmp_path, monkeypatch):
    monkeypatch.setenv(STORE_VARIABLE, str(tmp_path / "store"))
    monkeypatch.setenv(PARTNERSHIPS_VARIABLE, str(tmp_path / "partnerships"))
    for slug in ("north", "south"):
        write(tmp_path / "partnerships", slug, name=f"<b>{slug.upper()}</b>", more=lets_in(f"/{slug}"))
    write(tmp_path / "partnerships", "nobodys", more="")

    def open_it(*groups: str, at: float = 60.0, signed_in: bool = True) -> AppTest:
        app = AppTest.from_file(str(PROJECT / "pages" / "door.py"), default_timeout=20)
        claims = {"is_logged_in": True, "sub": "ann", "groups": [*groups], "iat": time.time() - at}
        app.user = claims if signed_in else {}
        return app.run()

    return open_it


def shown(app: AppTest) -> str:
    assert not app.exception
    return "\n".join([*(one.proto.body for one in app.get("html")), *(one.value for one in app.markdown)])


def test_a_person_sees_the_partnerships_that_admit_them_and_no_sign_of_others(open_door):
    text = shown(open_door("/north"))
    assert 'href="/north/"' in text
    assert "&lt;b&gt;NORTH&lt;/b&gt;" in text
    assert "south" not in text.lower()
    assert "nobodys" not in text
    assert "OFFICIAL-SENSITIVE" in text
    both = shown(open_door("/south", "/north"))
    assert both.index("/north/") < both.index("/south/")


@pytest.mark.parametrize("given", [{"signed_in": False}, {"at": 9 * 3600.0}, {}])
def test_whoever_is_admitted_by_none_learns_of_none(open_door, given):
    text = shown(open_door(*(["/north"] if given else ["/elsewhere"]), **given))
    assert "north" not in text.lower()
    assert "<a " not in text


def test_what_ended_does_not_begin_again(open_door, monkeypatch):
    app = open_door("/north")
    monkeypatch.setattr("streamlit.logout", lambda: None)
    app.button("sign_out").click().run()
    assert "north" not in shown(app.run()).lower()
    assert app.button("sign_in")
