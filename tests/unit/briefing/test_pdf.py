"""The PDF: two pages at most, the same bytes, tagged, marked on every page, and no text that is read as anything but text."""

import io
import threading
from dataclasses import replace

import pdfua
import pypdf
import pytest

from briefing.officers_words import OfficersWords
from briefing.pdf import MOST_PAGES, make_pdf
from data.errors import UsageError
from tests.briefings import make_area
from tests.papers import (
    ISSUE,
    NASTY,
    TODAY,
    longest_papers,
    nasty_papers,
    papers_of,
    prose,
    replace_words,
    usual_papers,
)
from tests.pdf_reading import read, said, structure


@pytest.fixture(scope="module")
def usual() -> bytes:
    return make_pdf(*usual_papers()).content


@pytest.fixture(scope="module")
def longest() -> bytes:
    return make_pdf(*longest_papers()).content


def test_the_same_briefing_gives_the_same_bytes(usual):
    assert make_pdf(*papers_of(make_area())).content == usual


def test_the_bytes_follow_the_date_of_the_briefing(usual):
    later = replace(ISSUE, made_on=TODAY.replace(day=23))
    assert make_pdf(*papers_of(make_area(), issue=later)).content != usual
    assert read(usual).metadata["/CreationDate"].startswith("D:20261122")


def test_the_longest_texts_names_and_neighbours_fit_on_two_pages_that_can_be_read():
    pdf = make_pdf(*longest_papers())
    assert len(read(pdf.content).pages) == pdf.pages == MOST_PAGES
    assert pdf.text_size >= 9


def test_the_shortest_has_normal_text_and_two_pages():
    pdf = make_pdf(*papers_of(make_area(years=1), words=OfficersWords(), issue=replace(ISSUE, number="DRAFT")))
    assert pdf.pages <= MOST_PAGES
    assert pdf.text_size >= 10


def test_what_cannot_fit_is_refused_with_what_to_shorten():
    briefing, figures = usual_papers()
    endless = replace(briefing, words=replace_words(briefing.words, context=prose(9_000)))
    with pytest.raises(UsageError, match=r"does not fit on 2 pages.*Shorten the officer's context"):
        make_pdf(endless, figures)


@pytest.mark.parametrize("which", ["usual", "longest"])
def test_the_marking_stands_at_the_top_and_the_bottom_of_every_page(which, request):
    for number, page in enumerate(read(request.getfixturevalue(which)).pages, start=1):
        text = page.extract_text()
        assert text.count("OFFICIAL-SENSITIVE") >= 2
        assert f"{number} of 2" in text


def test_a_draft_says_so_on_every_page_and_an_issued_one_on_none(usual, longest):
    assert all("DRAFT" in page.extract_text() for page in read(longest).pages)
    assert "Not approved, not issued" in said(longest)
    assert "DRAFT" not in said(usual)


def test_it_is_tagged_with_title_language_and_both_standards(usual):
    root = read(usual).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert read(usual).metadata.title == "Ward briefing: Castle"
    described = root["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in described
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in described


def test_every_picture_has_its_text_equivalent_and_every_table_its_head(usual):
    briefing, figures = usual_papers()
    elements = structure(usual)
    pictures = [one for one in elements if one["/S"] == "/Figure"]
    assert [str(one["/Alt"]) for one in pictures] == [
        figures.certainty.alt,
        figures.map.alt,
        figures.trend.alt,
        figures.grading.alt,
    ]
    kinds = [one["/S"] for one in elements]
    assert kinds.count("/TH") == 3
    assert kinds.count("/H1") + kinds.count("/H2") >= 8
    assert briefing.facts.name in str(pictures[1]["/Alt"])


@pytest.mark.parametrize("which", ["usual", "longest"])
def test_a_checker_of_accessibility_finds_nothing(which, request):
    # It checks 16 of the 106 rules of PDF/UA-1; Typst itself refuses to write what breaks those it knows.
    report = pdfua.validate(io.BytesIO(request.getfixturevalue(which)))
    assert [finding.message for finding in report.findings] == []


def test_the_checker_finds_a_picture_without_text(usual):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(usual))
    for one in writer._objects:
        if isinstance(one, dict) and one.get("/S") == "/Figure":
            one.pop("/Alt", None)
    file = io.BytesIO()
    writer.write(file)
    file.seek(0)
    assert [finding for finding in pdfua.validate(file).findings if "13" in finding.rule_id]


def test_all_fonts_are_in_the_file_and_come_with_the_program(usual):
    fonts = {
        str(font.get_object()["/BaseFont"]).partition("+")[2]
        for page in read(usual).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert fonts <= {"DejaVuSans", "DejaVuSans-Bold"}
    assert fonts


def test_texts_that_look_like_code_come_out_as_they_are():
    text = said(make_pdf(*nasty_papers()).content)
    assert text.count(NASTY) >= 8
    assert "49" not in text.replace("#", "")


def test_a_long_word_does_not_run_out_of_the_page():
    address = "https://" + "x" * 110
    content = make_pdf(*papers_of(make_area(), words=OfficersWords(contact=address))).content
    right = 0.0

    def note(text, _matrix, place, *_):
        nonlocal right
        right = max(right, float(place[4])) if text.strip() else right

    for page in read(content).pages:
        page.extract_text(visitor_text=note)
    assert 0 < right < 595 - 16 / 25.4 * 72
    assert address in said(content).replace(" ", "").replace("\u200b", "")


def test_several_threads_get_what_one_gets(usual):
    found: list[bytes] = []
    papers = usual_papers()
    threads = [threading.Thread(target=lambda: found.append(make_pdf(*papers).content)) for _ in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert found == [usual] * 3
