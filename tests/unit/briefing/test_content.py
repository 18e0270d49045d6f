from dataclasses import fields, replace
from datetime import date

import pytest

from briefing.content import Issue, write_briefing
from briefing.officers_words import Action, OfficersWords, read_officers_words
from data.errors import UsageError
from tests.briefings import FLAGGED, UNSURE, make_area

TODAY = date(2026, 11, 22)
SOON = date(2026, 5, 6)
"""After the figures of the small area, which are of the year to March 2026."""
WORDS = OfficersWords(
    context="A march is planned.",
    impact=3,
    likelihood=2,
    grading_reason="It may draw a crowd.",
    ask="Please come to the forum.",
    actions=(Action(what="Visit the school", owner="Prevent officer", due=date(2027, 1, 31)),),
)


def brief(area=None, code=FLAGGED, *, words=WORDS, issue=None):
    return write_briefing(area or make_area(), code, words=words, issue=issue or Issue(made_on=TODAY))


def test_the_officers_words_stand_apart_from_what_the_tool_says():
    briefing = brief()
    said = [*briefing.change, briefing.map_text, briefing.trend_text, *briefing.to_do, *briefing.limits]
    assert briefing.words.context == "A march is planned."
    assert not any("march" in text for text in said)
    assert briefing.bottom_line[2] == "Please come to the forum."
    assert briefing.grading == "Impact 3 of 4 (serious), likelihood 2 of 4 (possible). It may draw a crowd."


def test_without_a_grading_none_is_made_up():
    assert brief(words=OfficersWords()).grading == ""
    assert brief(words=OfficersWords(impact=4)).grading == ""


def test_a_draft_says_so_before_everything_else_and_an_issued_one_does_not():
    assert brief().warnings[0].startswith("DRAFT.")
    assert brief(issue=Issue(made_on=SOON, number="WO-2026-0001", approver="A. Superintendent")).warnings == ()


def test_one_that_nobody_else_approved_says_so():
    assert brief(issue=Issue(made_on=SOON, number="WO-2026-0001")).warnings == (
        "No second person has approved this briefing.",
    )


def test_figures_of_long_ago_are_warned_of():
    assert brief(issue=Issue(made_on=TODAY, number="WO-2026-0001", approver="A. Superintendent")).warnings == (
        "The newest of these figures are 7 months old.",
    )


def test_a_fictional_area_is_said_to_be_one():
    assert any("FICTIONAL AREA" in text for text in brief(make_area(invented=("wards",))).warnings)


def test_it_names_snapshot_settings_and_software():
    said = brief().provenance
    assert all(part in said for part in ("2024-25-q4-0123456789ab", "settings 0123456789ab", "software 0.1.0", "2023"))


def test_the_last_briefing_is_named_where_there_was_one():
    assert "This is the first briefing on this ward." in brief().change
    earlier = Issue(made_on=TODAY, previous="You were last briefed in June 2026 (WO-2026-0003).")
    assert brief(issue=earlier).change[-1] == "You were last briefed in June 2026 (WO-2026-0003)."


def test_no_count_of_the_area_or_the_ward_stands_in_it():
    area = make_area()
    briefing = brief(area)
    counts = replace(area.released, wards=area.released.wards).wards
    assert "observed_referrals" not in counts
    facts = " ".join(str(getattr(briefing.facts, one.name)) for one in fields(briefing.facts))
    assert "observed" not in facts


def test_a_ward_that_is_not_there_is_refused_with_the_snapshot_named():
    with pytest.raises(UsageError, match=r"no ward X09.*2024-25-q4-0123456789ab"):
        brief(code="X09")


def test_an_unsure_ward_is_asked_nothing():
    assert brief(code=UNSURE, words=OfficersWords()).bottom_line[2].startswith("We ask nothing of you now")


def test_officers_words_are_read_from_a_file(tmp_path):
    file = tmp_path / "words.toml"
    file.write_text(
        'context = "A  march\\tis planned."\nimpact = 3\n[[actions]]\nwhat = "Visit"\nowner = "PO"\ndue = 2027-01-31\n',
        "utf-8",
    )
    words = read_officers_words(file)
    assert words.context == "A march is planned."
    assert words.actions[0].due == date(2027, 1, 31)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f'context = "{"x" * 701}"', "words.toml, context: "),
        ("impact = 5", "words.toml, impact: "),
        ('mood = "tense"', "words.toml, mood: "),
        ('[[actions]]\nwhat = "Visit"\nowner = "PO"\ndue = "soon"', "words.toml, actions 1 due: "),
    ],
)
def test_what_is_wrong_with_them_is_said_without_quoting_them(tmp_path, text, said):
    file = tmp_path / "words.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(UsageError) as refused:
        read_officers_words(file)
    assert str(refused.value).startswith(said)
    assert "xxx" not in str(refused.value)


def test_what_cannot_be_seen_is_taken_out_of_them():
    assert OfficersWords(context="a\u202eb\x1b[31mc").context == "ab[31mc"
