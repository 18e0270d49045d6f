"""The folder of several partnerships: who they are, and what two of them may not share."""

import pytest
from typer.testing import CliRunner

import cli
from data.demo.files import SETTINGS_TOML
from data.errors import UsageError
from data.partnerships import is_slug, read_partnerships, why_not_apart

ACCESS = '\n[access]\ncontact = "x"\n[[access.groups]]\ngroup = "g"\naudiences = ["analyst"]\n'


def write(folder, slug, *, name=None, more=ACCESS, auth=None):
    place = folder / slug
    place.mkdir(parents=True)
    text = SETTINGS_TOML.replace('name = "', f'name = "{name or slug} ', 1)
    (place / "settings.toml").write_text(text + more, encoding="utf-8")
    if auth:
        (place / "auth.toml").write_text(auth, encoding="utf-8")
    return folder


def test_one_that_does_not_hold_keeps_no_other_from_being_read(tmp_path):
    write(tmp_path, "north")
    write(tmp_path, "south", more="\n[nonsense]\n")
    (tmp_path / "empty").mkdir()
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "Capital").mkdir()
    found = read_partnerships(tmp_path)
    assert [one.slug for one in found.whole] == ["north"]
    assert [fault.partition(":")[0] for fault in found.faults] == ["Capital", "empty", "south"]


def test_no_folder_is_a_sentence(tmp_path):
    with pytest.raises(UsageError, match="cannot be read"):
        read_partnerships(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("north-yorkshire", True),
        ("a", True),
        ("door", False),
        ("../a", False),
        ("A", False),
        ("-a", False),
        ("a/b", False),
        ("", False),
    ],
)
def test_what_may_be_a_folder_and_a_path(text, is_one):
    assert is_slug(text) is is_one


def test_apart_is_said_of_those_that_share_nothing(tmp_path):
    write(tmp_path, "north", auth='[auth]\ncookie_secret = "a"\nredirect_uri = "https://x/north/oauth2callback"\n')
    write(tmp_path, "south", auth='[auth]\ncookie_secret = "b"\nredirect_uri = "https://x/south/oauth2callback"\n')
    assert list(why_not_apart(read_partnerships(tmp_path).whole)) == []


@pytest.mark.parametrize(
    ("north", "south", "said"),
    [
        ({"more": ""}, {}, "north: there is no [access]"),
        ({"name": "Same"}, {"name": "same"}, "north and south have the same name"),
        *(
            ({"more": f'{ACCESS}[storage]\n{key} = "../{key}"\n'},) * 2 + (f"have the same {what}",)
            for key, what in (
                ("snapshots", "folder of snapshots"),
                ("records", "database of records"),
                ("anchor", "anchor"),
            )
        ),
        ({"auth": '[auth]\ncookie_secret = "tell-nobody"\n'},) * 2 + ("have the same cookie_secret",),
        ({"auth": '[auth]\nredirect_uri = "https://x/oauth2callback"\n'},) * 2 + ("have the same redirect_uri",),
    ],
)
def test_what_two_share_or_one_lacks_is_said_and_no_secret_shown(tmp_path, north, south, said):
    write(tmp_path, "north", **north)
    write(tmp_path, "south", **south)
    found = "\n".join(why_not_apart(read_partnerships(tmp_path).whole))
    assert said in found
    assert "tell-nobody" not in found


def test_the_verb_lists_them_and_ends_with_what_is_wrong(tmp_path):
    write(tmp_path, "north")
    write(tmp_path, "south")
    done = CliRunner().invoke(cli.app, ["partnerships", "--folder", str(tmp_path)])
    assert (done.exit_code, [line.split()[0] for line in done.stdout.splitlines()]) == (0, ["/north/", "/south/"])
    assert "not looked at" in done.stderr
    write(tmp_path, "west", more="")
    done = CliRunner().invoke(cli.app, ["partnerships", "--folder", str(tmp_path)])
    assert done.exit_code == 1
    assert "west: there is no [access]" in done.stderr
