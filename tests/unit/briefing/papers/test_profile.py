"""The refresh of the local profile: what stands in it for each audience, and what does not."""

from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np
import pytest

import analysis.study
from analysis.change_classes import ChangeClass
from analysis.overlap_inputs import evidence_inputs
from briefing.area_facts import gather_area
from briefing.figure import Figure
from briefing.papers import profile_maps
from briefing.papers.paper import Box, Paper, Paragraph, Picture, Points, Table
from briefing.papers.period_words import say_break, short_period
from briefing.papers.profile import profile_paper, write_profile_refresh
from data.errors import UsageError
from data.settings import Break
from disclosure.audiences import Audience
from disclosure.permitted import Question, Window
from tests.attack.publishing import open_views, telltale_model
from tests.attack.worlds import random_world
from tests.briefings import CODES, FLAGGED, NEITHER
from tests.profile_samples import make_profile, new_ward_area

TODAY = date(2026, 11, 22)
BROKEN = Break(measure="referrals", quarter="2024/25 Q1", because="A new case system began.")
QUARTERS = ["2023/24 Q1", "2023/24 Q2"]


@pytest.fixture(autouse=True)
def quick_maps(monkeypatch):
    """Maps that need no drawing: what is asked of them can be seen."""
    asked = []

    def map_of(outlines, **given):
        asked.append({"outlines": outlines, **given})
        return Figure(b"", b"", given["alt"], given.get("width_mm", 178), 1)

    monkeypatch.setattr(profile_maps, "area_map_figure", map_of)
    return asked


@cache
def usual_paper(audience=Audience.STEERING) -> Paper:
    """The paper of the usual facts, made once: it cannot be changed."""
    return profile_paper(make_profile(audience), made_on=TODAY)


def paper_of(facts=None, **given) -> Paper:
    if facts is None and given.keys() <= {"audience"}:
        return usual_paper(**given)
    return profile_paper(facts or make_profile(**given), made_on=TODAY)


def blocks(paper, kind):
    return [one for part in paper.parts for one in part.blocks if isinstance(one, kind)]


def part(paper, heading):
    return next(one for one in paper.parts if one.heading == heading)


def table(paper, start):
    return next(one for one in blocks(paper, Table) if one.caption.startswith(start))


def texts(paper):
    """Everything that can be read, one text each."""
    said = [*(one.text for one in blocks(paper, Paragraph)), *(i for one in blocks(paper, Points) for i in one.items)]
    said += [line.text for one in blocks(paper, Box) for line in one.lines]
    said += [one.text for one in blocks(paper, Picture)]
    for one in blocks(paper, Table):
        said += [
            one.caption,
            one.note,
            *(column.name for column in one.columns),
            *(cell for row in one.rows for cell in row),
        ]
    return said


def summary(paper):
    return {line.lead: line.text for line in blocks(paper, Box)[0].lines}


# --- the summary -----------------------------------------------------------------------------------------------------


def test_the_summary_says_what_how_sure_what_changed_and_what_the_counts_did():
    said = summary(paper_of())
    assert said["What"] == (
        "1 of 4 wards is named as one where referrals to Prevent and recorded hate crime are both high for the area: Castle "
        "(North)."
    )
    assert said["How sure"] == (
        "Of the 1 named, fewer than 1 is likely to be named wrongly. Of 2 of 4 wards the data cannot tell."
    )
    assert said["What changed"].startswith(
        "Year to March 2026 against year to March 2025: of 4 wards 4 new, 0 still high"
    )
    assert said["The whole area"] == (
        "Referrals: 304 in the year to March 2025, 308 in the year to March 2026. Recorded hate crime: 3,404 in the year to "
        "March 2025, 3,408 in the year to March 2026."
    )


def test_where_nothing_is_flagged_that_is_said_and_what_it_does_not_mean():
    facts = make_profile()
    wards = facts.area.released.wards.assign(flagged=False)
    none = replace(facts.area.released, wards=wards, flags_expected_false=0.0)
    years = tuple(replace(one, wards=wards) for one in facts.area.years)
    paper = paper_of(replace(facts, area=replace(facts.area, released=none, years=years)))
    said = summary(paper)
    assert said["What"].startswith("None of 4 wards is named")
    assert "may still be high on both" in said["How sure"]
    assert table(paper, "How many wards").note.startswith("No ward was high on both in any of these periods.")
    assert not [one for one in blocks(paper, Table) if one.caption.startswith("Every ward")]


def test_without_a_comparison_nothing_is_said_to_be_new_or_not():
    facts = make_profile(changes=None)
    asked = replace(facts.area, why_no_changes="There is nothing to compare with. Choose another window.")
    paper = paper_of(replace(facts, area=asked))
    assert summary(paper)["What changed"] == "There is nothing to compare with."
    rows = dict(row[:2] for row in table(paper, "For each part").rows)
    assert rows["Engagement strategy"].endswith("New: cannot be told.")
    assert not [one for one in part(paper, "What changed").blocks if isinstance(one, Table)]


# --- what changed ----------------------------------------------------------------------------------------------------


def test_wards_of_which_a_change_is_named_stand_with_the_chance_that_it_is_so():
    facts = make_profile()
    paper = paper_of(replace(facts, area=new_ward_area(audience=Audience.STEERING)))
    shown = table(paper, "Wards of which a change is named")
    assert shown.rows == (("Castle (North)", ChangeClass.NEW.phrase, "over 80 in 100", "highly likely"),)
    assert "20 in 100 at most" in shown.note
    assert "Not flagged" not in shown.note
    assert (
        "of 4 wards 1 new, 0 still high, 0 easing and 0 cleared. Of 1 the change is too uncertain"
        in summary(paper)["What changed"]
    )


def test_a_ward_called_high_now_that_is_not_flagged_is_said_to_be_less_sure():
    area = new_ward_area(audience=Audience.STEERING)
    released = replace(area.released, wards=area.released.wards.assign(flagged=False))
    paper = paper_of(replace(make_profile(), area=replace(area, released=released)))
    assert table(paper, "Wards of which a change is named").note.endswith("Not flagged, so less sure: Castle.")


def test_with_exact_values_the_chance_of_the_change_itself_stands_there():
    area = new_ward_area(audience=Audience.ANALYST)
    wards = area.changes.wards.assign(certainty_new="almost certain")
    paper = paper_of(
        replace(make_profile(Audience.ANALYST), area=replace(area, changes=replace(area.changes, wards=wards)))
    )
    assert table(paper, "Wards of which a change is named").rows[0][2] == "almost certain"


def test_the_cautions_of_a_comparison_stand_beside_it():
    paper = paper_of(cautions=("The series breaks in April 2024.",))
    assert "The series breaks in April 2024." in [
        i for one in part(paper, "What changed").blocks if isinstance(one, Points) for i in one.items
    ]
    assert "crosses a known break" in summary(paper)["What changed"]


def test_the_list_of_the_refresh_before_is_set_beside_this_one():
    facts = make_profile()
    wards = facts.area.released.wards
    then = replace(
        facts.area.released, window=Window("2025/26 Q3", 4), wards=wards.assign(flagged=wards["ward_code"] == NEITHER)
    )
    said = part(paper_of(replace(facts, earlier=then)), "What changed").blocks[-1]
    assert said.lead == "Beside the list of the refresh before (January 2025 to December 2025)"
    assert said.text.startswith(
        "0 of the wards named then are named now. Named now and not then: Castle (North). Named then and not now: St Anne's "
        "(North)."
    )
    assert "share 3 of 4 quarters" in said.text
    same = replace(facts.area.released, window=Window("2025/26 Q3", 4))
    assert (
        part(paper_of(replace(facts, earlier=same)), "What changed")
        .blocks[-1]
        .text.startswith("The same ward is named.")
    )


def test_without_a_refresh_before_that_is_said():
    said = part(paper_of(), "What changed").blocks[-1]
    assert said.text.startswith("There is no earlier window")


# --- years -----------------------------------------------------------------------------------------------------------


def test_each_year_has_the_counts_and_rates_of_the_whole_area_with_the_denominator():
    shown = table(paper_of(), "The whole area, year by year")
    assert [row[0] for row in shown.rows] == ["Year to March 2024", "Year to March 2025", "Year to March 2026"]
    assert shown.rows[-1] == ("Year to March 2026", "308", "10.0", "3,408", "10.0")
    assert shown.note == "Rates are a year per 10,000 residents."


def test_another_denominator_is_named():
    facts = make_profile()
    asked = replace(facts.area.released.question, denominator="workday")
    released = replace(facts.area.released, question=asked)
    paper = paper_of(replace(facts, area=replace(facts.area, released=released)))
    assert "recorded hate crime per 10,000 people there on a workday" in table(paper, "The whole area").note
    assert any("incidents: people there on a workday" in one for one in texts(paper))


def test_those_without_exact_values_get_areas_of_wards_and_no_districts():
    paper = paper_of()
    shown = table(paper, "Referrals to Prevent by area of wards")
    assert [column.name for column in shown.columns] == [
        "Area of wards", "Year to March 2024", "Year to March 2025", "Year to March 2026"
    ]  # fmt: skip
    assert shown.rows == (
        ("All of North", "25 (12.5)", "25 (12.5)", "25 (12.5)"),
        ("Weir and 1 other, South", "not given", "not given", "other areas"),
        ("Weir and 2 others, South", "other areas", "other areas", "not given"),
    )
    assert "put together otherwise" in shown.note
    assert not [one for one in blocks(paper, Table) if " by district: " in one.caption]
    assert "Two areas of whole wards." in texts(paper)


def test_where_there_are_no_areas_it_is_said_why():
    facts = make_profile()
    none = tuple(replace(one, table=one.table.iloc[:0], statements=("Too few.",)) for one in facts.areas)
    assert "Too few." in texts(paper_of(replace(facts, areas=none)))


def test_totals_of_some_districts_are_named_as_such_and_rounded_ones_stay_those_of_the_whole_area():
    exact = paper_of(audience=Audience.ANALYST, districts=("North",))
    assert exact.place == "Sixwards: North"
    assert "The wards of North" in summary(exact)
    assert table(exact, "The wards of North, year by year")
    assert "The whole area" in summary(paper_of(districts=("North",)))


def test_the_analyst_gets_districts():
    shown = table(paper_of(audience=Audience.ANALYST), "Recorded hate crime by district")
    assert shown.rows == (("North", *["41 (20.5)"] * 3), ("South", *["41 (20.5)"] * 3))


def test_a_figure_of_a_year_in_which_its_series_breaks_is_marked_and_that_of_the_other_series_is_not():
    paper = paper_of(breaks=(BROKEN,))
    row = table(paper, "The whole area").rows[1]
    assert (row[1], row[3]) == ("304 *", "3,404")
    assert "not comparable" in table(paper, "The whole area").note
    assert table(paper, "Referrals to Prevent by area").columns[2].name == "Year to March 2025 *"
    assert table(paper, "Recorded hate crime by area").columns[2].name == "Year to March 2025"
    assert part(paper, "Known breaks in the series").blocks[0].items == (
        "From April 2024 (2024/25 Q1), the referrals: A new case system began.",
    )
    assert "A series breaks in these years" in summary(paper)["The whole area"]
    assert "*" not in table(paper_of(), "The whole area").rows[1][1]


# --- wards -----------------------------------------------------------------------------------------------------------


def test_wards_are_counted_by_class_year_by_year_with_how_many_flags_are_likely_wrong():
    shown = table(paper_of(), "How many wards are of each class")
    assert shown.rows[0] == ("high on both", "1", "1", "1")
    assert shown.rows[1] == ("Of those high on both, likely to be wrong", *["fewer than 1"] * 3)
    assert {row[0]: row[1:] for row in shown.rows}["too uncertain to say"] == ("2", "2", "2")


def test_every_ward_that_was_flagged_in_any_year_stands_with_its_class_in_each_by_district_and_name():
    facts = make_profile()
    first = facts.area.years[0]
    other = first.wards.assign(flagged=first.wards["ward_code"] == NEITHER)
    other.loc[other["ward_code"] == NEITHER, "class"] = "high on both"
    years = (replace(first, wards=other), *facts.area.years[1:])
    shown = table(paper_of(replace(facts, area=replace(facts.area, years=years))), "Every ward that was high on both")
    assert [row[:3] for row in shown.rows] == [
        ("1", "Castle (North)", "high on both"),
        ("2", "St Anne's (North)", "high on both (remote chance)"),
    ]
    assert shown.rows[0][3] == "high on both (highly likely)"


def test_a_longer_window_stands_beside_the_single_years():
    facts = make_profile()
    longer = replace(facts.area.released, window=Window("2025/26 Q4", 12))
    shown = table(paper_of(replace(facts, area=replace(facts.area, released=longer))), "How many wards")
    assert [column.name for column in shown.columns][-2:] == ["Year to March 2026", "3 years to March 2026"]


# --- maps ------------------------------------------------------------------------------------------------------------


def test_the_present_map_is_large_with_the_key_and_the_years_before_are_small_without(quick_maps):
    paper = paper_of(make_profile())
    large, *small = quick_maps
    assert [one["width_mm"] for one in small] == [56.0, 56.0]
    assert "width_mm" not in large
    assert [name for name, _ in large["key"]] == ["high on both", "too uncertain to say", "no denominator"]
    assert [one["key"] for one in small] == [(), ()]
    assert large["labels"] == {FLAGGED: "1"}
    assert set(large["styles"]) == set(large["outlines"]) == set(CODES)
    under = blocks(paper, Picture)
    assert [one["title"] for one in small] == ["Year to March 2024", "Year to March 2025"]
    assert "High on both: Castle (North)." in under[0].figures[0].alt


def test_with_two_rows_of_small_maps_the_large_one_leaves_them_room_on_its_page(quick_maps):
    paper_of(years=4)
    paper_of(years=5)
    one_row, two_rows = (asked["height_mm"] for asked in quick_maps if asked["key"])
    assert one_row > two_rows + 40


def test_of_a_single_year_there_is_one_map(quick_maps):
    paper_of(years=1)
    assert len(quick_maps) == 1


# --- quarters --------------------------------------------------------------------------------------------------------


def test_the_analyst_gets_quarters_and_categories():
    paper = paper_of(audience=Audience.ANALYST, breaks=(BROKEN,))
    whole = table(paper, "Counts by quarter")
    assert len(whole.rows) == 12
    assert whole.rows[-1] == ("2025/26 Q4", "3", "20")
    assert ("2024/25 Q1", "3 *", "20") in whole.rows
    concerns = table(paper, "Referrals to Prevent by type of concern")
    assert concerns.rows == (("No ideology", *["3"] * 8, "24"),)
    assert concerns.note.startswith("Without a record in these quarters: Conflicted. * A series breaks")
    assert [column.name for column in concerns.columns][1] == "2024/25 Q1 *"
    assert len(concerns.columns) == 10


def test_others_get_years_that_end_with_each_quarter_and_are_told_why():
    paper = paper_of()
    shown = table(paper, "The whole area, in years that end with each quarter")
    assert len(shown.rows) == 9
    assert shown.rows[0][0] == "Year to March 2024"
    assert "shares quarters" in shown.note
    assert sum("Whoever holds the files has them" in one for one in texts(paper)) == 2
    assert not [one for one in blocks(paper, Table) if "concern" in one.caption or "by quarter" in one.caption]


def test_a_quarter_after_the_refresh_is_not_in_it():
    facts = make_profile(Audience.ANALYST)
    early = replace(facts.area.released, window=Window("2024/25 Q4", 4))
    paper = paper_of(replace(facts, area=replace(facts.area, released=early, years=(early,))))
    assert table(paper, "Counts by quarter").rows[-1][0] == "2024/25 Q4"
    assert not [one for one in texts(paper) if "2025/26 Q2" in one]


# --- notes -----------------------------------------------------------------------------------------------------------


def test_every_record_is_accounted_for_and_the_share_without_a_place_is_said():
    shown = table(paper_of(), "What became of every row")
    assert shown.rows == (("Incidents", "1,200", "1,160", "unlocated: 40", "96.7 %"),)
    assert "rounded" in shown.note
    assert "rounded" not in table(paper_of(audience=Audience.ANALYST), "What became of every row").note


def test_stand_in_data_is_never_called_hate_crime():
    paper = paper_of(stand_in=("Public order offences.",))
    assert not [one for one in texts(paper) if "hate crime" in one.lower() and "not hate crimes" not in one]


def test_it_names_whose_version_it_is_and_where_the_figures_come_from():
    paper = paper_of()
    about = dict(paper.about)
    assert about["May be read by"].startswith("steering")
    assert about["Counts"] == "rounded; small ones not given"
    assert dict(paper_of(audience=Audience.ANALYST).about)["Counts"] == "exact, as small as one"
    assert paper.provenance.endswith("software 0.1.0. For the steering audience.")
    assert "DPIA 12, EIA 7" in texts(paper)


def test_no_wards_are_put_in_an_order_of_how_high_they_are():
    assert any("not in an order of need" in one for one in texts(paper_of()))
    assert "order says nothing" in table(paper_of(), "Every ward that was").note


# --- gathering -------------------------------------------------------------------------------------------------------


@pytest.fixture
def view(tmp_path):
    """Open a small made-up snapshot of nine quarters for an audience; the model in it is quick and says what its input says."""

    def quick_fit(*, referrals, incidents, expected_referrals, expected_incidents, neighbours, **given):
        counts, expected = (
            np.column_stack([referrals, incidents]),
            np.column_stack([expected_referrals, expected_incidents]),
        )
        return analysis.study.fit_evidence(evidence_inputs(counts, expected=expected, neighbours=neighbours), **given)

    def opened(audience):
        (one,) = open_views(random_world(1, wards=5, quarters=9), tmp_path, audiences=(audience,))
        return one

    with telltale_model(), pytest.MonkeyPatch.context() as patch:  # undone in this order, or the model stays replaced
        patch.setattr(analysis.study, "fit_overlap", quick_fit)
        yield opened


@pytest.mark.parametrize("audience", [Audience.COUNCILLOR, Audience.PUBLIC])
def test_councillors_and_the_public_get_no_refresh(view, audience):
    facts = make_profile()
    with pytest.raises(UsageError, match="Choose one of: analyst, inspector, steering"):
        write_profile_refresh(facts.area, view(audience), made_on=TODAY)


def test_facts_of_another_audience_are_refused(view):
    with pytest.raises(UsageError, match="for another audience"):
        write_profile_refresh(make_profile().area, view(Audience.ANALYST), made_on=TODAY)


@pytest.mark.parametrize("audience", [Audience.ANALYST, Audience.STEERING])
def test_it_is_written_from_a_snapshot_the_same_each_time(view, audience):
    opened = view(audience)
    area = gather_area(opened, question=Question())
    one, again = (write_profile_refresh(area, opened, made_on=TODAY) for _ in range(2))
    assert one == again
    assert ("Counts by quarter" in repr(one)) == (audience is Audience.ANALYST)


# --- words of periods ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("window", "said"),
    [
        (Window("2025/26 Q2", 4), "Year to September 2025"),
        (Window("2025/26 Q4", 12), "3 years to March 2026"),
        (Window("2025/26 Q1", 1), "Quarter to June 2025"),
        (Window("2025/26 Q1", 6), "6 quarters to June 2025"),
    ],
)
def test_a_window_is_said_by_its_length_and_its_last_month(window, said):
    assert short_period(window) == said


def test_a_break_is_said_with_the_month_in_which_it_begins():
    assert say_break(replace_break(quarter="2024/25 Q4", measure="both")) == (
        "From January 2025 (2024/25 Q4), the referrals and the incidents: A new case system began."
    )


def replace_break(**given):
    return BROKEN.model_copy(update=given)
