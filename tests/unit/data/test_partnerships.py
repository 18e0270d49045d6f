"""The folder of several partnerships: who they are, and what two of them may not share."""

import pytest
from typer.testing import CliRunner

import cli
from data.demo.files import SETTINGS_TOML
from data.errors import UsageError
from data.partnerships import is_slug, read_partnerships, why_not_apart

ACCESS = '\n[access]\ncontact = "x"\n[[access.groups]]\ngroup = "g"\naudiences = ["analyst"]\n'


def write(folder, slug, *, name=None, more=ACCESS, auth=None, server=None, mode=0o600):
    place = folder / slug
    place.mkdir(parents=True)
    text = SETTINGS_TOML.replace('name = "', f'name = "{name or slug} ', 1)
    (place / "settings.toml").write_text(text + more, encoding="utf-8")
    for file, secret in (("auth.toml", auth), ("server.env", server)):
        if secret is not None:
            (place / file).write_text(secret, encoding="utf-8")
            (place / file).chmod(mode)
    return folder


def write_apart(folder, *slugs, **more):
    """Write partnerships that share nothing, with secrets of their own."""
    for number, slug in enumerate(slugs):
        auth = f'[auth]\ncookie_secret = "{slug}"\nredirect_uri = "https://x/{slug}/oauth2callback"\n'
        server = f"# of {slug}\nWARD_OVERLAP_PORT={8511 + number}\nWARD_OVERLAP_AUDIT_KEY='key of {slug} alone'\n"
        write(folder, slug, **{"auth": auth, "server": server, **more})


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
    write_apart(tmp_path, "north", "south")
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
        ({"server": "WARD_OVERLAP_PORT=8511\n"},) * 2 + ("north and south have the same WARD_OVERLAP_PORT",),
        (
            {"server": "WARD_OVERLAP_AUDIT_KEY=tell-nobody-this\n"},
            {"server": 'WARD_OVERLAP_AUDIT_KEY="tell-nobody-this"\n'},
            "north and south have the same WARD_OVERLAP_AUDIT_KEY",
        ),
        (
            {"server": "DATABASE_URL=postgresql://w:tell-nobody@localhost/north\n"},
            {"server": "DATABASE_URL=postgresql://w:tell-nobody2@127.0.0.1:5432/south\n"},
            "north and south have the same role in DATABASE_URL",
        ),
        ({"server": "DATABASE_URL=tell-nobody\n"}, {}, "north: DATABASE_URL in server.env is no URL"),
        ({"server": "WARD_OVERLAP_PORT=8510\n"}, {}, "north: server.env needs a WARD_OVERLAP_PORT"),
        ({"server": ""}, {}, "north: server.env needs a WARD_OVERLAP_PORT"),
        ({"auth": "[auth]\n", "mode": 0o644}, {}, "north: auth.toml is open to other accounts (mode 0644)"),
        ({"server": "", "mode": 0o640}, {}, "north: server.env is open to other accounts (mode 0640)"),
    ],
)
def test_what_two_share_or_one_lacks_is_said_and_no_secret_shown(tmp_path, north, south, said):
    write(tmp_path, "north", **north)
    write(tmp_path, "south", **south)
    found = "\n".join(why_not_apart(read_partnerships(tmp_path).whole))
    assert said in found
    assert "tell-nobody" not in found


@pytest.mark.parametrize(
    ("north", "south"),
    [
        ("postgresql://north:p@db/overlap", "postgresql://south:p@db/overlap"),
        ("postgresql://same:p@db1/overlap", "postgresql://same:p@db2/overlap"),
        ("postgresql://same:p@db/overlap", "postgresql://same:p@db:5433/overlap"),
        ("postgresql:///north?host=/run/postgresql", "postgresql:///south?host=/run/postgresql"),
    ],
)
def test_roles_of_two_names_or_of_two_servers_are_apart(tmp_path, north, south):
    for number, (slug, url) in enumerate((("north", north), ("south", south))):
        write(tmp_path, slug, server=f"WARD_OVERLAP_PORT={8511 + number}\nDATABASE_URL={url}\n")
    assert list(why_not_apart(read_partnerships(tmp_path).whole)) == []


def look(folder):
    return CliRunner().invoke(cli.app, ["partnerships", "--folder", str(folder)])


def test_the_verb_lists_them_and_ends_with_what_is_wrong(tmp_path):
    write_apart(tmp_path, "north", "south")
    done = look(tmp_path)
    assert (done.exit_code, [line.split()[0] for line in done.stdout.splitlines()]) == (0, ["/north/", "/south/"])
    assert done.stderr == "All is well: nothing is shared that has to be apart.\n"
    write(tmp_path, "west", more="")
    done = look(tmp_path)
    assert done.exit_code == 1
    assert "west: there is no [access]" in done.stderr
    assert "All is well" not in done.stderr


@pytest.mark.parametrize(("auth", "unread"), [(None, "auth.toml and server.env"), ("no TOML", "auth.toml")])
def test_all_is_not_well_where_a_file_could_not_be_read(tmp_path, auth, unread):
    write_apart(tmp_path, "north")
    write(tmp_path, "south", auth=auth, server=auth and "WARD_OVERLAP_PORT=8600")
    done = look(tmp_path)
    assert done.exit_code == 0
    assert "All is well" not in done.stderr
    assert done.stderr.endswith(f": {unread} of south.\n".replace(" and", " of south and"))


def test_a_folder_of_none_and_no_folder_are_said_of_the_option(tmp_path):
    for folder, said in ((tmp_path, "holds no partnership"), (tmp_path / "nowhere", "cannot be read")):
        done = look(folder)
        assert done.exit_code == 2
        assert f"--folder: {folder} {said}." in done.stderr
