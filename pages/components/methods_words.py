"""The words that these pages use, and what they mean."""

TERMS = (
    (
        "ward",
        "An electoral ward, known by its ONS code together with the year of its boundaries: names repeat, and wards change.",
    ),
    ("vintage", "The year of the boundaries that a ward code belongs to."),
    ("district", "A local authority district. A partnership has one or several."),
    ("partnership", "The districts that work together on community safety, and whose data this is."),
    (
        "referral",
        "A Prevent referral: a concern that somebody raised. It is not a finding about a person, and no score of risk.",
    ),
    ("Channel", "The panel of several agencies that looks at some referrals. Support through it is by consent."),
    (
        "hate crime",
        "A crime or incident that is recorded as motivated by hostility to a group. Recorded means: it reached the police.",
    ),
    (
        "strand",
        "What the hostility is about: race, religion, sexual orientation, disability, transgender, or what a force adds.",
    ),
    ("quarter", "A calendar quarter of the year to March: 2025/26 Q2 is July to September 2025."),
    ("window", "The run of quarters that are taken together for one result."),
    (
        "denominator",
        "The people that a count is divided by: residents, or for incidents the people who are there on a workday.",
    ),
    ("rate", "Records per 10,000 people of the denominator, and a year."),
    ("expected count", "What a ward would have at the rate of the whole area."),
    (
        "relative risk",
        "How many times the area's rate a ward truly has, as far as the model can tell. 1 is like the area.",
    ),
    ("high", "A relative risk above the threshold; 1.5 unless the settings say otherwise."),
    ("overlap", "Both relative risks are high in the same ward."),
    (
        "flagged",
        "Said to be an overlap: chosen so that only a small, stated share of the flags is expected to be wrong.",
    ),
    (
        "too uncertain to say",
        "The records cannot tell whether the ward is high. With small numbers this is often the honest answer.",
    ),
    (
        "new, persistent, easing, cleared",
        "How a ward stands now against the window before, said where it is probable enough.",
    ),
    ("neighbour", "A ward that touches this one, at a border or a corner."),
    ("audience", "For whom a view or a paper is made. What each may have is decided in one place."),
    (
        "suppressed",
        "A count so small that it is not told apart from other small ones, to protect the people behind it.",
    ),
    ("snapshot", "An unchangeable, named version of the data. Every figure names the one that it comes from."),
    ("marking", "How the information must be handled, at the top of every page and paper."),
)
"""Alphabetical order would part what belongs together: the order is that in which the words are met."""
