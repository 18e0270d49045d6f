import pytest

from data.person_values import has_name_form, is_known_name, kind_of_identifier, kind_of_value


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("someone@example.org", "an email address"),
        ("seen by j.o-b_1@force.police.uk today", "an email address"),
        ("@some_handle", "a social media name"),
        ("LE1 5WW", "a postcode"),
        ("le15ww", "a postcode"),
        ("near SW1A 1AA", "a postcode"),
        ("943 476 5919", "an NHS number"),
        ("9434765919", "an NHS number"),
        ("943-476-5919", "an NHS number"),
        ("QQ 12 34 56 C", None),
        ("AB 12 34 56 C", "a National Insurance number"),
        ("ab123456c", "a National Insurance number"),
        ("2008/1234567X", "a PNC or CRO number"),
        ("08/1234567X", "a PNC or CRO number"),
        ("123456/08X", "a PNC or CRO number"),
        ("A123456789012", "a pupil number"),
        ("07700 900123", "a telephone number"),
        ("0116 496 0000", "a telephone number"),
        ("+44 7700 900123", "a telephone number"),
        ("(0116) 496 0000", "a telephone number"),
        ("12 Clock Tower Road", "an address"),
        ("Flat 3, 12a St Mary's Close", "an address"),
    ],
)
def test_identifiers_are_known(text: str, kind: str | None) -> None:
    assert kind_of_identifier(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "9434765918", "0000000000", "E05010458", "2025/26 Q2", "2025/26Q2", "01-07-2025 00:00:00",
        "2025-07-14T10:22:33", "45852",
        "1234", "1,234", "52.636420", "-1.133100", "458760", "Leicester 032B", "2025-26 Quarter 2",
        "14/07/2025 10:30", "",
    ],
)  # fmt: skip
def test_ordinary_cells_hold_no_identifier(text: str) -> None:
    assert kind_of_identifier(text) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("14/03/2008", "a date or an age"),
        ("born 2008-03-14", "a date or an age"),
        ("14 March 2008", "a date or an age"),
        ("aged 15", "a date or an age"),
        ("15 year old", "a date or an age"),
        ("15yo", "a date or an age"),
        ("He told his teacher", "free text"),
        ("Mother reported that", "free text"),
        ("x " * 70, "free text"),
        ("Mr Quux", "a person's name"),
        ("Miss Z. Quux", "a person's name"),
        ("Sarah Jones", "a person's name"),
        ("sarah jones", "a person's name"),
        ("MOHAMMED ALI", "a person's name"),
        ("Jones, Sarah", "a person's name"),
        ("Sarah-Jane Jones", None),
        ("Zainab O'Connor", "a person's name"),
    ],
)
def test_what_a_person_would_be_told_by_is_known(text: str, kind: str | None) -> None:
    assert kind_of_value(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "Extreme right-wing", "Extreme Right-Wing", "Extreme Right Wing", "Islamist", "Islamist Extremism",
        "Incel", "School massacre",
        "No ideology - counter terrorism risk", "No ideology identified", "Mixed, unstable or unclear",
        "Mixed, Unstable or Unclear Ideology",
        "High CT risk but no ideology present", "Vulnerability present but no ideology or CT risk",
        "Fascination with extreme violence",
        "Conflicted", "Left Wing, Anarchist and Single Issue (LASI)", "Other", "Unspecified",
        "Christian Extremism", "Faith",
        "Education", "Police", "Local authority", "Local Authority", "Health", "Friends and family", "Community",
        "Prisons and probation", "Youth Justice",
        "Further Education College", "St Thomas School", "Charity", "Race", "Religion", "Sexual orientation",
        "Transgender", "Disability",
        "Public order", "Violence and sexual offences", "Anti-social behaviour",
        "Barlestone, Nailstone and Osbaston", "St Mary's",
        "Rushey Mead", "Burbage St Catherines and Lash Hill", "Oadby Uplands", "Leicester", "Hinckley and Bosworth",
    ],
)  # fmt: skip
def test_kinds_sectors_and_places_are_let_in(text: str) -> None:
    assert kind_of_value(text) is None


@pytest.mark.parametrize(
    "text", ["Zebedee Quux", "Z. Quux", "Quux, Zebedee", "ZEBEDEE QUUX", "Zebedee McQuux", "Zebedee Quux-Baz"]
)
def test_the_form_of_a_name_is_known_without_a_list(text: str) -> None:
    assert has_name_form(text)
    assert not is_known_name(text)
