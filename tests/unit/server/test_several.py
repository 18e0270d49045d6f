"""A partnership is served beside others only where they cannot reach anything of it, and listed only to people who sign in."""

import os

import pytest

from data.demo.files import SETTINGS_TOML
from data.errors import UsageError
from data.partnerships import PARTNERSHIP_VARIABLE
from data.settings import load_settings
from ingest.places import STATIC_VARIABLE, STORE_VARIABLE
from server.several import check_door, check_one_of_several
from tests.unit.data.test_partnerships import ACCESS, write

AUTH = {"redirect_uri": "https://overlap.example/areas/north/oauth2callback"}


@pytest.fixture
def check(tmp_path, monkeypatch):
    """Check a server that is set up as it should be, but for what is given."""
    store = tmp_path / "store"
    store.mkdir(mode=0o700)
    # A folder of tests lies in others that are for this account alone, which would do; a real one does not.
    really = os.stat
    monkeypatch.setattr(
        "server.several._is_ours_alone", lambda folder: folder == store and really(store).st_mode & 0o077 == 0
    )

    def check_it(*, more=ACCESS, base="areas/north", auth=AUTH, **environ):
        (tmp_path / "settings.toml").write_text(SETTINGS_TOML + more, encoding="utf-8")
        monkeypatch.setenv(STORE_VARIABLE, str(store))
        given = {
            PARTNERSHIP_VARIABLE: "north",
            STORE_VARIABLE: str(store),
            STATIC_VARIABLE: str(store / "static"),
            **environ,
        }
        settings = load_settings(tmp_path / "settings.toml")
        check_one_of_several(
            settings, environ={k: v for k, v in given.items() if v is not None}, auth=auth, base_path=base
        )

    return check_it


def test_one_that_is_set_up_as_it_should_be_starts(check):
    check()


def test_one_that_stands_alone_is_not_asked(check):
    check(more="", base="", auth=None, **{PARTNERSHIP_VARIABLE: None, STATIC_VARIABLE: None})


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"more": ""}, "without [access]"),
        ({"base": ""}, "--server.baseUrlPath north"),
        ({"base": "areas/south"}, "--server.baseUrlPath north"),
        ({"auth": None}, "redirect_uri has to end with /areas/north/oauth2callback"),
        ({"auth": {"redirect_uri": "https://overlap.example/oauth2callback"}}, "redirect_uri has to end with"),
        ({STATIC_VARIABLE: None}, "WARD_OVERLAP_STATIC must be set"),
        ({STATIC_VARIABLE: "elsewhere"}, "elsewhere can be read by other accounts"),
        ({"more": ACCESS + '[storage]\nrecords = "../shared/records.db"\n'}, "shared can be read by other accounts"),
        ({PARTNERSHIP_VARIABLE: "door"}, "small letters"),
    ],
)
def test_what_would_let_others_near_is_refused(check, given, said):
    with pytest.raises(UsageError) as refused:
        check(**given)
    assert said in str(refused.value)


@pytest.mark.skipif(os.name == "nt", reason="modes say nothing of who may read there")
@pytest.mark.parametrize(("mode", "alone"), [(0o700, True), (0o750, False), (0o701, False)])
def test_a_folder_is_ours_alone_by_its_mode(tmp_path, mode, alone):
    from server.several import _is_ours_alone

    tmp_path.chmod(mode)
    assert _is_ours_alone(tmp_path) is alone
    tmp_path.chmod(0o700)
    assert not _is_ours_alone(tmp_path / "nowhere")


def test_the_list_is_for_people_who_sign_in_and_a_fault_in_one_is_logged(tmp_path, caplog):
    write(tmp_path, "north", more="\n[nonsense]\n")
    with pytest.raises(UsageError, match="for people who sign in"):
        check_door(tmp_path, environ={STORE_VARIABLE: "store"}, auth=None)
    with pytest.raises(UsageError, match="WARD_OVERLAP_STORE must be set"):
        check_door(tmp_path, environ={}, auth=AUTH)
    check_door(tmp_path, environ={STORE_VARIABLE: "store"}, auth=AUTH)
    assert "north" in caplog.text
