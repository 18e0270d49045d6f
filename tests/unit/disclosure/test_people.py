"""What each style of identity provider says of a person, and what that gives them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.access_settings import Access, AccessGroup
from disclosure.audiences import Audience
from disclosure.people import is_session_over, person_from_claims, person_without_sign_in, why_not_serve

ANALYSTS = "6f1d2a52-7f43-4a0a-9a57-0c1f3a1e8b11"
STEERING = "0a4de6b2-1d2c-4c55-8f5f-5d5f0c0f7a02"
NOW = 1_800_000_000.0
HOUR = 3600.0


def access(*groups: AccessGroup, **more: object) -> Access:
    return Access(
        contact="the data team", groups=groups or (AccessGroup(group=ANALYSTS, audiences=("analyst",)),), **more
    )


def entra(**more: object) -> dict[str, object]:
    """Claims as Entra ID gives them."""
    return {
        "iss": "https://login.example/tenant/v2.0",
        "sub": "AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ",
        "oid": "00000000-0000-0000-66f3-3332eca7ea81",
        "name": "Ann Example",
        "preferred_username": "ann@example.org",
        "iat": NOW,
        **more,
    }


def keycloak(**more: object) -> dict[str, object]:
    """Claims as Keycloak gives them, with its mappers for groups and roles."""
    return {"sub": "f4b5b4de-7a1e", "preferred_username": "ann", "email": "ann@example.org", "iat": NOW, **more}


def one_login(**more: object) -> dict[str, object]:
    """Claims as GOV.UK One Login gives them: no group at all."""
    return {"sub": "urn:fdc:gov.uk:2022:VtcZjnU4Sif2oyJZola3OkN0e3Jeku1cIMN38rFlhU4", "iat": NOW, **more}


def test_entra_groups_are_object_ids():
    person = person_from_claims(entra(groups=["another", ANALYSTS]), access=access())
    assert person.audiences == (Audience.ANALYST,)
    assert person.id == "oid:00000000-0000-0000-66f3-3332eca7ea81"
    assert person.name == "Ann Example"
    assert person.districts_for(Audience.ANALYST) is None
    assert not person.administrator


def test_entra_application_roles_count_as_groups():
    settings = access(AccessGroup(group="Overlap.Steering", audiences=("steering",)))
    assert person_from_claims(entra(roles=["Overlap.Steering"]), access=settings).audiences == (Audience.STEERING,)


@pytest.mark.parametrize("claims", [{"_claim_names": {"groups": "src1"}}, {"hasgroups": True}])
def test_groups_that_entra_leaves_out_give_nothing_and_are_told(claims):
    person = person_from_claims(entra(**claims), access=access())
    assert person.groups_left_out
    assert person.audiences == ()
    assert not person_from_claims(entra(groups=[]), access=access()).groups_left_out


def test_keycloak_groups_are_whole_paths():
    settings = access(AccessGroup(group="/wards/analysts", audiences=("analyst",)))
    assert person_from_claims(keycloak(groups=["/wards/analysts"]), access=settings).audiences == (Audience.ANALYST,)
    for other in ("/wards", "/wards/analysts/trainees", "analysts", "/other/wards/analysts"):
        assert person_from_claims(keycloak(groups=[other]), access=settings).audiences == ()


def test_keycloak_realm_roles_lie_one_level_down():
    settings = access(AccessGroup(group="overlap-inspector", audiences=("inspector",)))
    claims = keycloak(realm_access={"roles": ["offline_access", "overlap-inspector"]})
    assert person_from_claims(claims, access=settings).audiences == (Audience.INSPECTOR,)


def test_keycloak_client_roles_are_found_where_the_settings_say():
    settings = access(
        AccessGroup(group="see", audiences=("inspector",)), claims=("resource_access.ward-overlap.roles",)
    )
    claims = keycloak(resource_access={"ward-overlap": {"roles": ["see"]}}, groups=["see"])
    assert person_from_claims(claims, access=settings).audiences == (Audience.INSPECTOR,)
    assert person_from_claims(keycloak(groups=["see"]), access=settings).audiences == ()


def test_a_claim_whose_name_has_dots_is_found():
    settings = access(AccessGroup(group="see", audiences=("steering",)), claims=("https://example.org/groups",))
    claims = keycloak(**{"https://example.org/groups": "see"})
    assert person_from_claims(claims, access=settings).audiences == (Audience.STEERING,)


def test_one_login_people_go_by_sub():
    settings = access(AccessGroup(person=str(one_login()["sub"]), audiences=("inspector",)))
    person = person_from_claims(one_login(), access=settings)
    assert person.audiences == (Audience.INSPECTOR,)
    assert person.id == f"sub:{one_login()['sub']}"
    assert person_from_claims(one_login(sub="urn:fdc:gov.uk:2022:other"), access=settings).audiences == ()


def test_an_email_address_counts_only_if_the_provider_verified_it():
    settings = access(AccessGroup(person="Ann@example.org", audiences=("inspector",)))
    verified = one_login(email="ann@Example.org", email_verified=True)
    assert person_from_claims(verified, access=settings).audiences == (Audience.INSPECTOR,)
    for claim in ({}, {"email_verified": False}, {"email_verified": "true"}, {"email_verified": 1}):
        assert person_from_claims(one_login(email="ann@example.org", **claim), access=settings).audiences == ()


def test_a_letter_that_only_looks_like_another_is_another_person():
    settings = access(AccessGroup(person="kim@example.org", audiences=("inspector",)))
    claims = one_login(email="\u212aim@example.org", email_verified=True)  # the Kelvin sign, `k` in lower case
    assert person_from_claims(claims, access=settings).audiences == ()


def test_names_that_people_choose_themselves_decide_nothing():
    settings = access(AccessGroup(person="ann@example.org", audiences=("analyst",), administrator=True))
    person = person_from_claims(entra(name="ann@example.org", upn="ann@example.org"), access=settings)
    assert person.audiences == ()
    assert not person.administrator


ANYTHING = st.one_of(
    st.text(),
    st.integers(),
    st.none(),
    st.lists(st.one_of(st.text(), st.lists(st.text()), st.just(ANALYSTS))),
    st.dictionaries(st.text(), st.text()),
)


@given(st.sampled_from(["groups", "roles"]), ANYTHING)
def test_only_the_very_same_name_is_the_group(claim, value):
    person = person_from_claims(entra(**{claim: value}), access=access())
    named = value == ANALYSTS or (isinstance(value, list) and ANALYSTS in value)
    assert person.audiences == ((Audience.ANALYST,) if named else ())


@pytest.mark.parametrize(
    "near", [ANALYSTS[:-1], ANALYSTS + "0", ANALYSTS.upper(), f" {ANALYSTS}", f"{ANALYSTS},{STEERING}"]
)
def test_near_misses_of_a_group_give_nothing(near):
    assert person_from_claims(entra(groups=[near]), access=access()).audiences == ()
    assert person_from_claims(entra(groups=near), access=access()).audiences == ()


def test_several_groups_add_up_audience_by_audience():
    settings = access(
        AccessGroup(group="a", audiences=("analyst",), districts=("North",)),
        AccessGroup(group="b", audiences=("inspector",)),
        AccessGroup(group="c", audiences=("analyst", "inspector"), districts=("South",)),
        AccessGroup(group="d", audiences=("steering",), administrator=True),
    )
    person = person_from_claims(keycloak(groups=["a", "b", "c"]), access=settings)
    assert person.audiences == (Audience.ANALYST, Audience.INSPECTOR)
    assert person.districts_for(Audience.ANALYST) == {"North", "South"}
    assert person.districts_for(Audience.INSPECTOR) is None
    assert person.districts_for(Audience.STEERING) == frozenset()
    assert not person.administrator


def test_an_administrator_may_see_no_ward_at_all():
    settings = access(AccessGroup(group="a", administrator=True))
    person = person_from_claims(keycloak(groups=["a"]), access=settings)
    assert person.administrator
    assert person.audiences == ()


@pytest.mark.parametrize("claims", [{}, {"sub": ""}, {"sub": 7}, {"sub": None}])
def test_a_token_that_names_no_one_gives_nothing(claims):
    person = person_from_claims({"groups": [ANALYSTS], **claims}, access=access())
    assert person.audiences == ()
    assert person.id == "nobody"


def test_a_name_on_the_screen_is_short_and_turns_nothing_around():
    person = person_from_claims(entra(name="A\u202enn\n" + "x" * 500), access=access())
    assert person.name.startswith("Annxxx")
    assert len(person.name) == 80


@pytest.mark.parametrize(
    ("issued", "over"),
    [
        (NOW, False),
        (NOW - 8 * HOUR + 1, False),
        (NOW - 8 * HOUR, True),
        (NOW - 30 * 24 * HOUR, True),
        (NOW + 60, False),
        (NOW + HOUR, True),
        (None, True),
        (str(NOW), True),
        (True, True),
        (float("nan"), True),
        (float("inf"), True),
        (float("-inf"), True),
    ],
)
def test_a_session_is_over_after_eight_hours_and_where_its_age_is_unknown(issued, over):
    assert is_session_over(issued, now=NOW, access=access()) is over


def test_the_length_of_a_session_is_a_setting():
    assert is_session_over(NOW - 1800, now=NOW, access=access(session_hours=0.5))
    assert not is_session_over(NOW - 1799, now=NOW, access=access(session_hours=0.5))


def test_without_sign_in_whoever_sits_there_has_every_view():
    person = person_without_sign_in("ann")
    assert person.id == "os:ann"
    assert person.administrator
    assert set(person.audiences) == {Audience.ANALYST, Audience.INSPECTOR, Audience.STEERING}
    assert all(person.districts_for(audience) is None for audience in person.audiences)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.9.1", "::1", "[::1]", "localhost", "LOCALHOST"])
def test_this_machine_alone_is_served_without_sign_in(address):
    assert why_not_serve(address, access=None, auth_configured=False) is None


@pytest.mark.parametrize(
    "address", [None, "", "0.0.0.0", "::", "10.1.2.3", "wards.example.org", "127.0.0.1.example.org", "unix:///run/x"]
)
def test_no_other_address_is_served_without_sign_in(address):
    assert "sign-in" in str(why_not_serve(address, access=None, auth_configured=False))
    assert why_not_serve(address, access=access(), auth_configured=True) is None


@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0"])
def test_half_a_sign_in_is_refused_everywhere(address):
    assert "[auth]. Add it (docs/sign-in.md says" in str(why_not_serve(address, access=access(), auth_configured=False))
    assert "[access] to the settings file (docs/settings.md says" in str(
        why_not_serve(address, access=None, auth_configured=True)
    )
