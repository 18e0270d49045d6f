import pytest

from data.person_headings import kind_of_heading


@pytest.mark.parametrize(
    "heading",
    [
        "Name", "Forename", "First Name", "firstName", "FIRST_NAME", "Surname", "Last-name", "Full name",
        "Name of subject", "Subject name",
        "Known as", "Alias", "Initials", "Child name", "Pupil's name", "Referrer name", "Officer name",
        "DOB", "D.O.B.", "Date of Birth", "date_of_birth", "BirthDate", "Year of birth", "Age", "Age at referral",
        "Ages",
        "NHS", "NHS number", "NHS No.", "nhs_no", "PNC", "PNC ID", "PNCID", "PNC number", "CRO", "Niche ref",
        "Custody number",
        "NINO", "National Insurance Number", "NI number", "Passport", "UPN", "Unique pupil number", "URN",
        "Case ID", "Case ref", "Referral ID",
        "Referral number", "Person id", "ID", "Ref", "Reference", "Unique ID", "Crime reference",
        "Address", "Home address", "Address line 1", "Street", "House number", "Postcode", "Post code", "UPRN",
        "Easting", "Latitude",
        "Email", "E-mail", "email_address", "Phone", "Telephone", "Mobile no", "Contact", "IP address", "Username",
        "Facebook",
        "Notes", "Comments", "Free text", "FreeText", "Description", "Summary of concern details", "Narrative",
        "Circumstances",
        "Gender", "Sex", "Ethnicity", "Ethnic group", "Religion", "Nationality", "Occupation", "School name",
    ],
)  # fmt: skip
def test_headings_of_people_are_known(heading: str) -> None:
    assert kind_of_heading(heading) is not None


@pytest.mark.parametrize(
    "heading",
    [
        "ward_code", "WD23CD", "WD23NM", "Ward name", "Ward", "Name of ward", "LAD23NM", "District",
        "District name", "Local authority",
        "Local authority name", "Ward ID", "Ward reference", "Ward of home address", "quarter", "Period",
        "Financial quarter",
        "category", "Category description", "Type of concern", "Concern type", "Name of category", "Ideology",
        "Sector", "Referring sector", "Sector name", "Referrer", "Source of referral", "Referring organisation",
        "count", "Number of referrals",
        "Referrals", "Total", "n", "Crime type", "Month", "provenance", "Home Office category", "Year", "Age band",
        "Age group",
    ],
)  # fmt: skip
def test_headings_of_counts_are_let_in(heading: str) -> None:
    assert kind_of_heading(heading) is None


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("DOB", "a date of birth or an age"),
        ("Surname", "a person's name"),
        ("Postcode", "an address or an exact place"),
        ("Notes", "free text"),
    ],
)
def test_a_heading_is_called_what_it_is(heading: str, kind: str) -> None:
    assert kind_of_heading(heading) == kind
