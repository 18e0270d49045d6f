"""Shares of referrals and incidents by kind, so that invented records look like published totals.

Only what is marked as published is a fact; the rest is invented to fill the total.
"""

Shares = dict[str, float]

SECTORS_TO_2023_24: Shares = {
    "Education": 2788 / 6922,
    "Police": 1921 / 6922,
    "Local authority": 0.10,
    "Health": 0.10,
    "Community": 0.06,
    "Other": 0.06,
}
"""Education and police: Home Office, Individuals referred to Prevent, year ending March 2024. Others invented."""

SECTORS_FROM_2024_25: Shares = {
    "Education": 3129 / 8778,
    "Police": 2631 / 8778,
    "Local authority": 895 / 8778,
    "Health": 0.11,
    "Community": 0.05,
    "Other": 0.08,
}
"""Education, police, local authority: the same release, year ending March 2025. Others invented."""

CONCERNS_TO_2023_24: Shares = {
    "Vulnerability but no ideology": 0.37,
    "Extreme right-wing": 0.19,
    "Conflicted": 0.18,
    "Islamist": 0.13,
    "No risk or ideology": 0.09,
    "Other": 0.04,
}
"""Extreme right-wing and Islamist: the release for the year ending March 2024. Names and other shares invented."""

CONCERNS_FROM_2024_25: Shares = {
    "No ideology": 4917 / 8769,
    "Extreme right-wing": 1798 / 8769,
    "Islamist": 870 / 8769,
    "Fascination with violence": 0.07,
    "Mixed or conflicted ideology": 0.04,
    "Other ideology": 0.03,
}
"""The first three: the release for the year ending March 2025, which has a new list. The rest is invented."""

FIRST_QUARTER_OF_NEW_LIST = "2024/25 Q1"
"""Categories and case system changed here: a break in the series."""

STRANDS: Shares = {
    "Race": 82490 / 115990,
    "Religion": 7164 / 115990,
    "Sexual orientation": 0.12,
    "Disability": 0.07,
    "Transgender": 0.025,
    "Other": 0.013,
}
"""Race and religion: Home Office, Hate crime, England and Wales, year ending March 2025, without the Metropolitan
Police. Others invented; in the published figures an offence can have several strands, here it has one."""

REFERRALS_A_YEAR = 300
INCIDENTS_A_YEAR = 3500
"""Of the order of what one force area of 1.1 million people sees."""

RESIDENTS = 1_100_000
