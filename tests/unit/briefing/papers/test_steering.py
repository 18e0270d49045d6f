"""The steering group's pack: what is flagged, how sure, what changed, what was decided; and what it keeps back."""

import io
import re
from dataclasses import replace
from datetime import date

import docx
import geopandas as gpd
import pytest
import readability
import shapely

from analysis.change_classes import ChangeClass
from briefing.area_facts import AreaFacts
from briefing.decisions import Outcome
from briefing.figure import Figure
from briefing.papers import steering_overview, steering_wards
from briefing.papers.paper import Box, Paper, Paragraph, Picture, Points, Table
from briefing.papers.pdf import make_pdf
from briefing.papers.steering import write_steering_pack
from briefing.papers.texts import line_under_title
from briefing.papers.word import make_word
from data.errors import UsageError
from disclosure.audiences import Audience, Reader
from tests.briefings import FLAGGED, UNSURE, make_area
from tests.decision_samples import SPRING, SUMMER, decision, decisions_in_folder
from tests.papers import NASTY, prose
from tests.pdf_reading import read
from tests.register_samples import ANN, BEN, CASTLE, HandClock, issued, register_in

DAY = date(2026, 11, 22)
READING_GRADE = 7.0
"""As of the briefings (`test_sentences`)."""


@pytest.fixture
def quick_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures that need no drawing."""
    for place, name in (
        (steering_overview, "area_map_figure"),
        (steering_wards, "ward_map"),
        (steering_wards, "years_figure"),
        (steering_wards, "certainty_figure"),
    ):
        monkeypatch.setattr(place, name, lambda *_, **given: Figure(b"", b"", given.get("alt", "Picture."), 1, 1))


pytestmark = pytest.mark.usefixtures("quick_pictures")


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def briefings(tmp_path, clock):
    return register_in(tmp_path, clock=clock)


@pytest.fixture
def decisions(tmp_path, clock):
    return decisions_in_folder(tmp_path, clock=clock)


@pytest.fixture
def write(briefings, decisions):
    def written(area: AreaFacts | None = None, **given) -> Paper:
        given = {"briefings": briefings, "decisions": decisions, "made_on": DAY, **given}
        return write_steering_pack(area or steering_area(), **given)

    return written


def steering_area(**given) -> AreaFacts:
    return make_area(audience=Audience.STEERING, **given)


def large_area(flags: int, *, others: int = 3, change: ChangeClass = ChangeClass.NEW) -> AreaFacts:
    """Wards in a row: flagged ones in two districts, with names against their codes, and some that are not flagged."""
    few = steering_area(changes=change)
    n = flags + others
    wards = few.released.wards.iloc[[0] * flags + [1] * others].reset_index(drop=True)
    wards["ward_code"] = [f"X0590{number:04d}" for number in range(n)]
    wards["ward_name"] = [f"Ward {n - number:03d}" for number in range(n)]
    wards["district"] = [("South", "North")[number % 2] for number in range(n)]
    released = replace(few.released, wards=wards, flags_expected_false=0.1 * flags)
    changes = few.changes.wards.iloc[[0] * n].assign(ward_code=wards["ward_code"].to_numpy())
    squares = [shapely.box(450_000 + 1_000 * k, 300_000, 451_000 + 1_000 * k, 301_000) for k in range(n)]
    outlines = gpd.GeoDataFrame(wards[["ward_code", "ward_name", "district"]], geometry=squares, crs="EPSG:27700")
    return replace(few, released=released, years=(), changes=replace(few.changes, wards=changes), outlines=outlines)


def without_flags() -> AreaFacts:
    area = steering_area(classes={FLAGGED: "too uncertain to say"})
    wards = area.released.wards.assign(flagged=False)
    return replace(area, released=replace(area.released, wards=wards, flags_expected_false=0.0))


def part(paper: Paper, heading: str):
    return next(one for one in paper.parts if one.heading == heading)


def tables(paper: Paper, heading: str) -> list[Table]:
    return [one for one in part(paper, heading).blocks if isinstance(one, Table)]


def bottom_line(paper: Paper) -> dict[str, str]:
    (box,) = part(paper, "The bottom line").blocks
    assert isinstance(box, Box)
    return {one.lead: one.text for one in box.lines}


def sentences(paper: Paper) -> list[str]:
    """Every text that is neither in a table nor in a picture."""
    said = [*bottom_line(paper).values()]
    for one in paper.parts:
        for block in one.blocks:
            if isinstance(block, Paragraph):
                said.append(block.text)
            elif isinstance(block, Points):
                said += block.items
            elif isinstance(block, Picture):
                said.append(block.text)
            elif isinstance(block, Table):
                said.append(block.note)
    return [one for one in said if one]


def ward_headings(paper: Paper) -> list[str]:
    return [one.heading for one in paper.parts if one.level == 2]


# --- the bottom line -------------------------------------------------------------------------------------------------


def test_the_bottom_line_says_what_how_sure_what_changed_and_what_is_asked(write):
    said = bottom_line(write())
    assert said["What"] == (
        "In 1 of 4 wards, referrals to Prevent and recorded hate crime were both high for the area. It is Castle. We call it "
        "flagged."
    )
    assert said["How sure"] == (
        "The chance that this is wrong is 5 to 20 in 100. In 2 other wards the figures are too small to say."
    )
    assert said["What changed"] == "Set against the year before: 4 new, 0 persistent, 0 easing and 0 cleared."
    assert said["What we ask"].startswith("Please look at each flagged ward.")


def test_with_many_flags_it_says_how_many_are_likely_to_be_wrong_and_names_none(write):
    said = bottom_line(write(large_area(60)))
    assert said["What"].startswith("In 60 of 63 wards")
    assert "Ward" not in said["What"]
    assert said["How sure"].startswith("Of these 60 wards, about 6 are likely to be wrong.")


def test_with_no_flag_it_says_so_and_what_that_does_not_mean(write):
    paper = write(without_flags())
    said = bottom_line(paper)
    assert said["What"] == "No ward is named as high on both referrals to Prevent and recorded hate crime."
    assert said["How sure"].startswith(
        "This does not mean that there is none. In 3 wards the figures are too small to say."
    )
    assert tables(paper, "Where both are high") == []
    assert ward_headings(paper) == []
    assert "A ward that is not flagged may still be high on both." in sentences(paper)


def test_where_nothing_can_be_compared_it_says_why(write):
    paper = write(steering_area(changes=None))
    assert bottom_line(paper)["What changed"] == "No earlier time can be compared. There is nothing to compare with."
    (only,) = part(paper, "What changed").blocks
    assert "There is nothing to compare with." in only.text
    (row,) = tables(paper, "Where both are high")[0].rows
    assert "cannot be compared" in row


# --- the overview and the changes ------------------------------------------------------------------------------------


def test_flagged_wards_stand_the_surest_first_then_by_name_with_the_same_number_everywhere(write):
    paper = write(large_area(7))
    rows = tables(paper, "Where both are high")[0].rows
    names = [row[1] for row in rows]
    assert names == sorted(names)
    assert ward_headings(paper) == [f"{row[0]}. {row[1]}, {row[2]}" for row in rows]
    picture = part(paper, "Where both are high").blocks[0]
    assert all(f"{row[0]} {row[1]}" in picture.figures[0].alt for row in rows)


def test_beside_every_flag_stand_its_certainty_the_chance_that_it_is_wrong_its_bands_and_what_counts_may_be_told(write):
    (cells,) = tables(write(), "Where both are high")[0].rows
    row = steering_area().rows[-1][FLAGGED]
    counts = [f"high, {row[f'observed_{measure}']}" for measure in ("referrals", "incidents")]
    assert list(cells) == ["1", "Castle", "North", "highly likely", "5 to 20 in 100", "new", *counts, "never"]


def test_the_exact_counts_stand_nowhere_nor_any_count_of_a_ward_that_is_not_flagged(write):
    told = repr(write().parts)
    assert not [exact for exact in ("count 64", "count 9;", "count 9'", "9 referrals", "64 incidents") if exact in told]
    assert steering_area().rows[-1][UNSURE]["observed_referrals"] == "7 or fewer"
    assert "7 or fewer" not in told


@pytest.mark.parametrize("change", [ChangeClass.NEW, ChangeClass.PERSISTENT, ChangeClass.EASING, ChangeClass.CLEARED])
def test_every_ward_that_changed_is_named_with_its_certainty(write, change):
    paper = write(steering_area(changes=change))
    (table,) = tables(paper, "What changed")
    assert [row[0] for row in table.rows] == [change.phrase] * 4
    assert table.rows[0][1:] == ("Castle, North (no. 1)", "highly likely")
    assert "20 in 100 or less" in table.note
    assert f"4 {change.name.lower()}" in bottom_line(paper)["What changed"]


def test_a_ward_called_high_now_that_is_not_flagged_is_said_to_be_less_sure(write):
    told = part(write(large_area(2, others=1, change=ChangeClass.PERSISTENT)), "What changed").blocks[0].text
    assert told.endswith("Not flagged, so less sure: Ward 001.")


@pytest.mark.parametrize("change", [ChangeClass.NONE, ChangeClass.UNCERTAIN])
def test_where_no_change_is_sure_enough_that_is_said_and_what_it_does_not_mean(write, change):
    paper = write(steering_area(changes=change))
    assert tables(paper, "What changed") == []
    assert "This does not mean that nothing changed." in part(paper, "What changed").blocks[0].text


def test_a_known_break_is_said_in_the_bottom_line_and_with_the_changes(write):
    paper = write(steering_area(cautions=("The series breaks in April 2024.",)))
    assert "take care" in bottom_line(paper)["What changed"]
    assert Points(("The series breaks in April 2024.",)) in part(paper, "What changed").blocks


def test_stand_in_data_is_never_called_hate_crime(write):
    told = repr(write(steering_area(stand_in=("Public order offences.",))).parts)
    assert "recorded incidents" in told
    assert "hate crime" not in told.replace("not hate crimes", "")


def test_beside_the_findings_stand_time_denominator_and_records_without_a_place(write):
    basis = part(write(), "Where both are high").blocks[-1]
    assert basis.text.startswith("Figures for April 2025 to March 2026. A ward is set against")
    assert "for its residents" in basis.text
    assert "About 97 in 100 of the incidents" in basis.text
    area = steering_area()
    workday = replace(area.released, question=replace(area.released.question, denominator="workday"))
    basis = part(write(replace(area, released=workday)), "Where both are high").blocks[-1]
    assert "the people at work there for incidents" in basis.text


def test_wards_that_are_too_uncertain_are_counted_by_district(write):
    (said,) = part(write(large_area(1, others=5)), "Where the figures are too small to say").blocks
    assert said.text == "The figures of 5 wards are too small to say if both are high: 3 in North and 2 in South."
    (none,) = part(write(large_area(2, others=0)), "Where the figures are too small to say").blocks
    assert none.text.startswith("There is no ward")


# --- decisions and briefings -----------------------------------------------------------------------------------------


def test_what_was_decided_last_time_is_told_with_what_became_of_it_overdue_ones_first(write, decisions, clock):
    for number, given in enumerate(
        (
            {"meeting": SPRING, "due": date(2026, 12, 24)},
            {"meeting": SUMMER, "due": date(2026, 12, 24)},
            {"meeting": SUMMER, "due": date(2026, 9, 1)},
            {"meeting": SPRING, "due": date(2026, 8, 1)},
            {"meeting": SPRING, "due": date(2026, 8, 1)},
        ),
        start=1,
    ):
        decisions.record(decision(recommendation=f"Decision {number}", **given), by=ANN)
    clock.set(date(2026, 9, 20))
    decisions.conclude(3, outcome=Outcome.DONE, note="Held in September", by=BEN)
    clock.set(date(2026, 5, 1))
    decisions.conclude(5, outcome=Outcome.DROPPED, note="Long ago", by=BEN)
    paper = write()
    (table,) = tables(paper, "Decisions of last time")
    assert [(row[0], row[3]) for row in table.rows] == [
        ("OVERDUE.", "Decision 4 (14 April 2026)"),
        ("Open.", "Decision 2 (10 June 2026)"),
        ("Done on 20 September 2026. Held in September", "Decision 3 (10 June 2026)"),
        ("Open.", "Decision 1 (14 April 2026)"),
    ]
    assert part(paper, "Decisions of last time").blocks[0].text == (
        "The group last met on 10 June 2026. 2 decisions of that day: 1 done and 1 open. 1 decision is overdue."
    )
    assert "1 decision is overdue. Please say what became of it." in bottom_line(paper)["What we ask"]


def test_a_pack_of_an_earlier_day_knows_nothing_that_came_later(write, decisions, clock):
    decisions.record(decision(due=date(2026, 5, 1)), by=ANN)
    clock.set(date(2026, 10, 1))
    decisions.conclude(1, outcome=Outcome.DONE, note="In autumn", by=BEN)
    decisions.record(decision(meeting=date(2026, 9, 1), recommendation="Something new"), by=ANN)
    (table,) = tables(write(made_on=date(2026, 8, 1)), "Decisions of last time")
    assert [row[0] for row in table.rows] == ["OVERDUE."]
    assert tables(write(made_on=date(2026, 4, 13)), "Decisions of last time") == []


def test_where_nothing_was_decided_or_briefed_that_is_said(write):
    paper = write()
    assert part(paper, "Decisions of last time").blocks[0].text == (
        "No earlier meeting is known. No decision is in the register."
    )
    said = part(write(last_meeting=SUMMER), "Decisions of last time").blocks[0].text
    assert said == "The group last met on 10 June 2026. No decision of that day is in the register."
    assert [one.text for one in part(paper, "Briefings and their actions").blocks] == [
        "No ward was briefed since 22 August 2026.",
        "No action from a briefing is overdue.",
    ]


def test_briefings_since_the_last_meeting_and_their_overdue_actions_are_told(write, briefings):
    issued(briefings, replace(CASTLE, ward_code=FLAGGED, last_quarter="2025/26 Q2", flagged=True))
    paper = write(last_meeting=SUMMER)
    since, late = tables(paper, "Briefings and their actions")
    assert since.rows == (("WO-2026-0001", "Castle, North", "15 June 2026", "Since then still high on both."),)
    assert [row[1:] for row in late.rows] == [("Castle, North", "Visit the market", "Sgt Owner", "WO-2026-0001")]
    assert tables(paper, "Where both are high")[0].rows[0][-1].startswith("Briefed in June 2026 (WO-2026-0001)")
    assert "1 action from briefings is overdue" in bottom_line(paper)["What we ask"]
    earlier = write(last_meeting=date(2026, 6, 15))
    assert earlier.parts != paper.parts
    assert "No ward was briefed since the last meeting" in part(earlier, "Briefings and their actions").blocks[0].text
    assert "Cllr Smith" not in repr(paper), "whom it was for is for the register"


def test_the_part_of_a_ward_tells_its_decisions_the_newest_first_and_no_more_than_three(write, decisions):
    for number in range(5):
        given = {"ward_code": FLAGGED, "due": date(2026, 12 if number else 11, 1)}
        decisions.record(decision(recommendation=f"Decision {number}.", **given), by=ANN)
    decisions.record(decision(ward_code=UNSURE, recommendation="Elsewhere"), by=ANN)
    said = part(write(), "1. Castle, North").blocks[-1]
    told = [f"14 April 2026: Decision {number} (Sgt Owner): open, due on 1 December 2026." for number in (4, 3, 2)]
    assert (said.lead, said.text) == ("Decisions", " ".join((*told, "2 earlier ones in the register.")))


def test_there_is_room_to_write_todays_decisions_on(write):
    (table,) = tables(write(), "Decisions of this meeting")
    assert all(not cell for row in table.rows for cell in row)
    assert table.row_height_mm > 10


def test_decisions_of_the_day_stand_among_todays_and_not_among_those_of_last_time(write, decisions):
    decisions.record(decision(recommendation="Today's words"), by=ANN)
    paper = write(made_on=decisions.meetings()[0])
    decided, room = tables(paper, "Decisions of this meeting")
    assert [row[2] for row in decided.rows] == ["Today's words"]
    assert not any(any(row) for row in room.rows)
    said = part(paper, "Decisions of last time").blocks[0].text
    assert said.endswith("Of this meeting there is 1 decision: see the last pages.")
    assert "Today's words" not in str(tables(paper, "Decisions of last time"))


# --- what it keeps back, and that it is always the same --------------------------------------------------------------


def test_readers_of_some_districts_see_nothing_of_others_from_the_registers(write, briefings, decisions):
    elsewhere = {"ward_code": "E05999999", "ward_name": "Faraway", "district": "Elsewhere"}
    decisions.record(decision(recommendation="Faraway words", **elsewhere), by=ANN)
    decisions.record(decision(ward_code="", ward_name="", district="", recommendation="For all"), by=ANN)
    issued(briefings, replace(CASTLE, **elsewhere))
    area = steering_area()
    mine = replace(area, released=replace(area.released, reader=Reader(Audience.STEERING, ("North",))))
    told = repr(write(mine, last_meeting=SPRING).parts)
    assert "For all" in told
    assert not [word for word in ("Faraway", "WO-2026-0001") if word in told]
    assert "Faraway" in repr(write(area, last_meeting=SPRING).parts)


def test_it_is_made_of_what_is_released_to_the_steering_group_alone(write):
    with pytest.raises(ValueError, match="steering group"):
        write(make_area())


def test_a_last_meeting_after_the_day_of_the_pack_is_refused(write):
    with pytest.raises(UsageError, match="The last meeting lies after the day of the pack"):
        write(last_meeting=date(2026, 11, 23))


def test_names_and_words_that_look_like_code_stand_as_they_are(write, decisions):
    decisions.record(decision(ward_code=FLAGGED, ward_name=NASTY, finding=NASTY, recommendation=NASTY), by=ANN)
    paper = write(steering_area(names=(NASTY, prose(100), "St Anne's", "Weir")))
    assert f"1. {NASTY}, North" in ward_headings(paper)
    assert NASTY in tables(paper, "Decisions of last time")[0].rows[0][2]


def test_one_ward_alone_has_a_pack(write):
    paper = write(large_area(1, others=0))
    assert bottom_line(paper)["What"].startswith("In 1 of 1 ward,")
    assert any("touches no other ward of the area" in one for one in sentences(paper))


def test_marking_references_and_what_it_takes_to_make_it_again_stand_in_it(write):
    area = steering_area(invented=("wards",))
    paper = write(area, references="DPIA 7")
    assert paper.marking == area.marking
    assert (paper.provenance, paper.place, paper.made_on) == (area.provenance, "Sixwards", DAY)
    assert part(paper, "References").blocks[0].text == "DPIA 7"
    assert dict(paper.about)["Made on"] == "22 November 2026"


@pytest.mark.parametrize("change", [None, *ChangeClass], ids=str)
def test_it_reads_easily(write, decisions, change):
    decisions.record(decision(ward_code=FLAGGED, due=date(2026, 5, 1)), by=ANN)
    for area in (steering_area(changes=change), without_flags()):
        lines = "\n".join(" ".join(sentences(write(area))).replace(". ", ".\n").splitlines())
        grades = readability.getmeasures(lines, lang="en")["readability grades"]
        assert grades["Kincaid"] <= READING_GRADE
        assert grades["SMOGIndex"] <= READING_GRADE + 2


def test_the_meeting_stands_under_the_title_and_what_was_decided_before_it_is_of_last_time(write, decisions):
    decisions.record(decision(recommendation="Of spring"), by=ANN)
    paper = write(made_on=SPRING, meeting=date(2026, 10, 12))
    assert line_under_title(paper).startswith("Sixwards. For the meeting on 12 October 2026. Figures for April 2025")
    assert "Of spring" in str(tables(paper, "Decisions of last time"))
    assert "The group last met on 14 April 2026." in part(paper, "Decisions of last time").blocks[0].text
    assert (
        "By the meeting there should be figures to June 2026. These end in March 2026" in bottom_line(paper)["How old"]
    )
    assert "How old" not in bottom_line(write(made_on=SPRING, meeting=SPRING))
    with pytest.raises(UsageError, match="The meeting lies before the day of the pack"):
        write(meeting=SPRING)


def test_where_no_change_can_be_named_the_years_beside_it_are_explained(write):
    years = steering_area(changes=ChangeClass.UNCERTAIN)
    changed = years.years[0].wards.assign(certainty="unlikely")
    area = replace(years, years=(replace(years.years[0], wards=changed), *years.years[1:]))
    said = next(
        one.text for one in part(write(area), "1. Castle, North").blocks if getattr(one, "lead", "") == "Change"
    )
    assert "The years above were each looked at alone." in said
    assert "20 in 100 or less" in said


class TestPictures:
    """With the pictures drawn."""

    @pytest.fixture
    def quick_pictures(self) -> None:
        """Draw them."""

    def test_the_same_inputs_give_the_same_pack_to_the_byte_and_its_pictures_are_told_in_words(self, write):
        paper = write()
        assert paper == write()
        pictures = [
            figure
            for one in paper.parts
            for block in one.blocks
            if isinstance(block, Picture)
            for figure in block.figures
        ]
        assert len(pictures) == 4
        assert all(len(one.alt) > 40 and one.width_mm <= 178 for one in pictures)
        assert pictures[2].width_mm + pictures[3].width_mm <= 173, "the map and the years stand beside each other"

    def test_the_pictures_of_a_ward_say_its_neighbours_and_its_years(self, write):
        *_, near, years = [
            figure
            for block in part(write(), "1. Castle, North").blocks
            if isinstance(block, Picture)
            for figure in block.figures
        ]
        assert "too uncertain to say: a Mill & Bridge" in near.alt
        assert years.alt.count("Referrals to Prevent high") == 3

    def test_a_ward_of_which_no_single_year_may_be_told_has_its_map_alone(self, write):
        area = steering_area(years=0)
        pictures = [block for block in part(write(area), "1. Castle, North").blocks if isinstance(block, Picture)]
        assert [len(one.figures) for one in pictures] == [2]

    def test_no_part_of_a_ward_runs_over_a_page_and_word_is_told_so(self, write):
        area = large_area(3)
        years = tuple(replace(area.released, window=one.window) for one in steering_area(years=5).years)
        paper = write(replace(area, years=years))
        texts = [page.extract_text() for page in read(make_pdf(paper).content).pages]
        begun = [len(re.findall(r"^[1-3]\. Ward \d+, ", text, re.MULTILINE)) for text in texts if "....." not in text]
        ended = [text.count("This ward was never briefed.") for text in texts if "....." not in text]
        assert begun == ended
        assert max(begun) == 2, "half a page each"
        lines = docx.Document(io.BytesIO(make_word(paper))).paragraphs
        start = next(number for number, line in enumerate(lines) if line.text == "Ward by ward")
        ward = lines[start : start + 10]
        assert ward[-1].text.startswith("Decisions: ")
        assert [line.paragraph_format.keep_with_next for line in ward] == [True] * 9 + [None]
