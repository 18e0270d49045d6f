"""Mistakes in [access] are each one sentence; none of them lets someone in."""

from pathlib import Path

import pytest

from data.errors import UsageError
from data.settings import load_settings

BASE = '[partnership]\nname = "Wendshire"\n[wards]\nvintage = 2023\n[incidents]\ndate = "d"\nward_code = "w"\n'
GROUP = '[[access.groups]]\ngroup = "/wards/analysts"\naudiences = ["analyst"]\n'


def load(tmp_path: Path, text: str):
    path = tmp_path / "settings.toml"
    path.write_text(BASE + text, encoding="utf-8")
    return load_settings(path)


def test_without_the_section_there_is_no_sign_in(tmp_path):
    assert load(tmp_path, "").access is None


def test_a_whole_section_is_read(tmp_path):
    access = load(
        tmp_path,
        f'[access]\ncontact = "the data team"\nsession_hours = 4\n{GROUP}districts = ["North"]\n'
        '[[access.groups]]\nperson = "urn:fdc:1"\nadministrator = true\n'
        '[[access.operators]]\nuser = "batch"\naudiences = ["councillor", "public"]\n',
    ).access
    assert access is not None
    assert access.session_hours == 4
    assert access.claims == ("groups", "roles", "realm_access.roles")
    assert [entry.group or entry.person for entry in access.groups] == ["/wards/analysts", "urn:fdc:1"]
    assert access.groups[0].districts == ("North",)
    assert access.operators[0].audiences == ("councillor", "public")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (GROUP, "contact: it is missing"),
        ('[access]\ncontact = "x"\n', "groups: it is missing"),
        ('[access]\ncontact = "x"\ngroups = []\n', "groups"),
        (f'[access]\ncontact = "x"\nsession_hours = 0\n{GROUP}', "session_hours"),
        (f'[access]\ncontact = "x"\nsession_hours = 25\n{GROUP}', "session_hours"),
        (f'[access]\ncontact = "x"\nsesion_hours = 8\n{GROUP}', "no such setting"),
        ('[access]\ncontact = "x"\n[[access.groups]]\naudiences = ["analyst"]\n', "either group or person"),
        (f'[access]\ncontact = "x"\n{GROUP}person = "y"\n', "either group or person"),
        ('[access]\ncontact = "x"\n[[access.groups]]\ngroup = "y"\n', "what they may see"),
        ('[access]\ncontact = "x"\n[[access.groups]]\ngroup = " y"\naudiences = ["analyst"]\n', "blank"),
        ('[access]\ncontact = "x"\n[[access.groups]]\ngroup = "y"\naudiences = ["councillor"]\n', "never signs in"),
        ('[access]\ncontact = "x"\n[[access.groups]]\ngroup = "y"\naudiences = ["public"]\n', "never signs in"),
        ('[access]\ncontact = "x"\n[[access.groups]]\ngroup = "y"\naudiences = ["Analyst"]\n', "audiences"),
        (
            '[access]\ncontact = "x"\n[[access.groups]]\ngroup = "y"\nadministrator = true\ndistricts = ["North"]\n',
            "which audiences",
        ),
        (f'[access]\ncontact = "x"\n{GROUP}[[access.operators]]\nuser = "batch"\n', "for whom"),
    ],
)
def test_a_mistake_is_one_sentence(tmp_path, text, says):
    with pytest.raises(UsageError) as refused:
        load(tmp_path, text)
    assert says in str(refused.value)
    assert "[access]" in str(refused.value)
    assert "\n" not in str(refused.value)
