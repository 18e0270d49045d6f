"""The scrutiny paper: areas in bands, plain words, nothing that may not be published."""

import re
from dataclasses import replace
from datetime import date

import pytest
import readability

from briefing.figure import Figure
from briefing.papers import scrutiny_map
from briefing.papers.paper import Box, Paper, Paragraph, Picture, Points, Table
from briefing.papers.scrutiny import scrutiny_paper, write_scrutiny_paper
from data.errors import UsageError
from data.settings import Break
from disclosure.audiences import Audience
from disclosure.permitted import Question
from disclosure.public_export import write_public
from disclosure.wording import COARSE_RISK
from tests.attack.publishing import COARSE, open_views
from tests.attack.worlds import random_world
from tests.profile_samples import HIGH, LOW, NOT_GIVEN, SAME, make_scrutiny, two_halves

TODAY = date(2026, 11, 22)
READING_GRADE = 7.0
"""School years that it takes to read a text, as in the briefings."""
THREE_YEARS = Question(quarters=12)
BROKEN = Break(measure="both", quarter="2024/25 Q1", because="A new system began.")


@pytest.fixture(autouse=True)
def quick_maps(monkeypatch):
    """Maps that need no drawing: what is asked of them can be seen."""
    asked = []

    def map_of(outlines, **given):
        asked.append({"outlines": outlines, **given})
        return Figure(b"", b"", given["alt"], 178, 1)

    monkeypatch.setattr(scrutiny_map, "area_map_figure", map_of)
    return asked


def paper_of(*levels, **given) -> Paper:
    return scrutiny_paper(make_scrutiny(levels, **given) if levels else make_scrutiny(**given), made_on=TODAY)


def blocks(paper, kind):
    return [one for part in paper.parts for one in part.blocks if isinstance(one, kind)]


def sentences(paper):
    """Everything that is read as text: no table, no list of numbers under a map."""
    said = [line.text for one in blocks(paper, Box) for line in one.lines]
    said += [item for one in blocks(paper, Points) for item in one.items]
    return [*said, *(one.text for one in blocks(paper, Paragraph))]


def table(paper, start):
    return next(one for one in blocks(paper, Table) if one.caption.startswith(start))


def summary(paper):
    return {line.lead: line.text for line in blocks(paper, Box)[0].lines}


def test_it_is_marked_as_what_may_be_published():
    paper = paper_of()
    assert paper.marking.text == "OFFICIAL"
    assert "SENSITIVE" not in repr(paper)
    assert "Do not forward" not in repr(paper)


def test_each_area_stands_with_its_bands_and_its_wards_in_the_order_given():
    paper = paper_of()
    shown = table(paper, "Each area beside the whole area")
    assert shown.rows == (
        ("1", "Area 0", "2", "21,400", "high", "high"),
        ("2", "Area 1", "2", "21,400", "about the same", "not given"),
        ("3", "Area 2", "2", "21,400", "low", "high"),
    )
    assert table(paper, "Wards by area").rows[2] == ("3", "Area 2", "Ward 2; Ward 2 West")


def test_the_bands_in_words_are_those_of_the_release():
    assert COARSE_RISK.edges == (0.67, 1.5), "the sentence on the bands says two thirds, and half as much again"


NOWHERE = "In no area were both high, as far as bands are given."


@pytest.mark.parametrize(
    ("levels", "short", "named"),
    [
        ([(HIGH, HIGH), (LOW, HIGH)], "for 2 areas. In 1 area of these both were high.", "Both were high in Area 0."),
        ([(HIGH, HIGH)] * 7, "for 7 areas. In 7 areas of these", "Both were high in 7 areas: see the table."),
        ([(SAME, HIGH), (HIGH, NOT_GIVEN)], "given for 1 area. In none of these", NOWHERE),
        (
            [(NOT_GIVEN, NOT_GIVEN)],
            "There is 1 area of some wards. For none of them can bands of both be given.",
            NOWHERE,
        ),
    ],
)
def test_how_many_areas_are_high_on_both_is_said_of_those_of_which_both_are_given(levels, short, named):
    paper = paper_of(*levels)
    assert short in summary(paper)["What it shows"]
    assert named in sentences(paper)


def test_each_measure_has_a_map_with_every_area_numbered_as_in_the_table(quick_maps):
    paper = paper_of()
    of_referrals, of_incidents = quick_maps
    assert of_referrals["labels"] == {"A0": "1", "A1": "2", "A2": "3"}
    assert [words for words, _ in of_incidents["key"]] == ["high: 1.5 times the whole area or more", "not given"]
    assert of_incidents["styles"]["A0"] == of_incidents["styles"]["A2"] != of_incidents["styles"]["A1"]
    assert of_incidents["styles"]["A1"].pattern == "dots"
    shown = [one.text for one in blocks(paper, Picture)]
    assert shown == [
        "Referrals to Prevent. High: 1; about the same: 2; low: 3.",
        "Recorded hate crime. High: 1 and 3; not given: 2.",
    ]
    assert of_incidents["alt"].endswith(shown[1])


def test_it_says_how_sure_it_is_what_is_missing_and_what_breaks():
    said = sentences(paper_of(breaks=(BROKEN,), shown_before=True))
    assert any(one.startswith("About 97 in 100 of the incidents") for one in said)
    assert any("From April 2024 (2024/25 Q1), the referrals and the incidents" in one for one in said)
    assert any("shown before" in one for one in said)
    assert not any("shown before" in one for one in sentences(paper_of()))


def test_the_references_stand_in_it_and_where_there_are_none_that_is_said():
    assert any("DPIA 12, EIA 7" in one for one in sentences(paper_of()))
    assert any("is to be added before this is published" in one for one in sentences(paper_of(references="")))


def test_another_denominator_is_named():
    assert any(
        "recorded hate crime by those there on a workday" in one for one in sentences(paper_of(denominator="workday"))
    )


def test_stand_in_data_is_not_called_hate_crime():
    paper = paper_of(stand_in=("Public order offences.",))
    of_the_data = [paper.title, *sentences(paper), *(one.text for one in blocks(paper, Picture))]
    of_the_data += [column.name for one in blocks(paper, Table) for column in one.columns]
    asked = set(blocks(paper, Points)[-1].items)
    assert not [one for one in of_the_data if "hate crime" in one and "not hate crimes" not in one and one not in asked]
    assert any("Public order offences" in one for one in sentences(paper))


@pytest.mark.parametrize("given", [{}, {"denominator": "workday"}, {"references": "", "shown_before": True}], ids=str)
@pytest.mark.parametrize("levels", [[(HIGH, HIGH), (LOW, SAME)], [(NOT_GIVEN, NOT_GIVEN)]], ids=["bands", "none"])
def test_it_reads_easily(levels, given):
    text = " ".join(sentences(paper_of(*levels, **given)))
    grades = readability.getmeasures(text.replace(". ", ".\n").replace("? ", "?\n"), lang="en")["readability grades"]
    assert grades["Kincaid"] <= READING_GRADE
    assert grades["SMOGIndex"] <= READING_GRADE + 2


def test_the_same_facts_give_the_same_paper():
    assert paper_of() == paper_of()


# --- from a snapshot -------------------------------------------------------------------------------------------------


def public_view(world, folder, audience=Audience.PUBLIC):
    (view,) = open_views(world, folder, audiences=(audience,))
    return view


def test_it_tells_the_bands_that_the_public_files_have_and_no_number_of_events(tmp_path):
    view = public_view(two_halves(), tmp_path / "store")
    paper = write_scrutiny_paper(view, question=THREE_YEARS, made_on=TODAY)
    areas = view.areas(THREE_YEARS).table
    shown = table(paper, "Each area")
    assert [row[1] for row in shown.rows] == areas["area_name"].tolist()
    assert [row[2:] for row in shown.rows] == [("6", "36,000", "high", "low"), ("6", "36,000", "low", "high")]
    # Not one of: 9 or 3 of a ward, 54 or 18 of an area, 72 in all, 55 or 70 as rounded.
    assert not {"9", "3", "54", "18", "72", "55", "70"} & set(re.findall(r"[\d,]+", " ".join(sentences(paper))))


@pytest.mark.parametrize("audience", [one for one in [Audience.ANALYST, *COARSE] if one is not Audience.PUBLIC])
def test_another_audiences_view_is_refused(tmp_path, audience):
    view = public_view(random_world(1, wards=5, quarters=12), tmp_path, audience=audience)
    with pytest.raises(UsageError, match="made for the public"):
        write_scrutiny_paper(view, question=THREE_YEARS, made_on=TODAY)


@pytest.mark.parametrize("quarters", [3, 9, 12])
def test_where_nothing_may_be_told_it_is_refused_as_the_public_files_are(tmp_path, quarters):
    nothing = random_world(1, wards=4, quarters=quarters)
    view = public_view(nothing.with_truth(nothing.truth.clip(max=1)), tmp_path / "store")
    refusals = []
    for ask in (
        lambda: write_scrutiny_paper(view, question=THREE_YEARS, made_on=TODAY),
        lambda: write_public(view, question=THREE_YEARS, folder=tmp_path / "out"),
    ):
        with pytest.raises(UsageError) as refused:
            ask()
        refusals.append(str(refused.value))
    assert refusals[0] == refusals[1]
    assert "Traceback" not in refusals[0]


def test_facts_of_one_area_are_enough():
    facts = make_scrutiny([(SAME, SAME)])
    assert "There is 1 area" in summary(scrutiny_paper(facts, made_on=TODAY))["What it shows"]
    assert scrutiny_paper(replace(facts, marking=facts.marking), made_on=TODAY).kind == "scrutiny-paper"
