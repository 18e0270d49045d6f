"""Which column seems to hold what: by its content first, by its heading where content does not tell."""

from ingest.presetting import Misplaced, misplaced, preset
from ingest.recognising import Held, Sort
from ingest.understanding import Understood

HELD = {
    "Ward": Held(Sort.WARD_CODES, ""),
    "Quarter of referral": Held(Sort.QUARTERS, ""),
    "Vulnerability type": Held(Sort.KINDS, ""),
    "Referred by": Held(Sort.KINDS, ""),
    "No.": Held(Sort.COUNTS, ""),
}


def understood(columns=(), undeclared=()):
    taken = dict(columns)
    return Understood((*taken.values(), *undeclared), taken, lacking=(), undeclared=tuple(undeclared))


def test_obvious_headings_and_what_stands_under_them_are_preset():
    assert preset("referrals", understood(undeclared=HELD), HELD) == {
        "ward_code": "Ward",
        "quarter": "Quarter of referral",
        "category": "Vulnerability type",
        "sector": "Referred by",
        "count": "No.",
    }


def test_a_heading_that_only_sounds_right_is_not_taken_for_what_cannot_stand_there():
    held = {"Number of referrals": Held(Sort.QUARTERS, ""), "Ward": Held(Sort.WARD_NAMES, "")}
    assert preset("referrals", understood(undeclared=held), held) == {
        "quarter": "Number of referrals",
        "ward_name": "Ward",
    }


def test_what_is_known_is_not_taken_again():
    known = {"ward_code": "Code", "quarter": "Quarter of referral"}
    left = [one for one in HELD if one != "Quarter of referral"]
    assert preset("referrals", understood(known.items(), left), HELD).keys() == {"category", "sector", "count"}


def test_codes_that_are_taken_for_names_are_said_to_be_the_code():
    wrong = misplaced("referrals", understood([("ward_name", "Ward"), ("count", "No.")]), HELD)
    assert wrong == (Misplaced("Ward", "ward_name", "ward_code"),)
    both = understood([("ward_name", "Ward"), ("ward_code", "Code")])
    assert misplaced("referrals", both, HELD) == (Misplaced("Ward", "ward_name", None),)
