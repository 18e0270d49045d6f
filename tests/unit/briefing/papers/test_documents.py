"""Papers of many pages as PDF: the same bytes, tagged, marked on every page, no text read as anything but text."""

import io

import pdfua
import pytest

from briefing.figure import Figure
from briefing.papers.fitting import GUTTER, PAGE_WIDTH, TABLE_SIZES, fit_table, in_rows
from briefing.papers.paper import Column, Paragraph, Part, Table
from briefing.papers.pdf import make_pdf
from briefing.papers.texts import check_paper
from data.errors import UsageError
from tests.long_papers import LONG_NAME, a_paper, a_table, long_paper, nasty_paper, small_map
from tests.papers import NASTY
from tests.pdf_reading import read, said, structure


@pytest.fixture(scope="module")
def usual() -> bytes:
    return make_pdf(a_paper()).content


@pytest.fixture(scope="module")
def long() -> bytes:
    return make_pdf(long_paper()).content


def test_the_same_paper_gives_the_same_pdf_with_its_own_date(usual):
    assert make_pdf(a_paper()).content == usual
    assert read(usual).metadata["/CreationDate"].startswith("D:20261122")


@pytest.mark.parametrize("which", ["usual", "long"])
def test_the_pdf_has_marking_and_number_on_every_page(which, request):
    pages = read(request.getfixturevalue(which)).pages
    for number, page in enumerate(pages, start=1):
        text = page.extract_text()
        assert text.count("OFFICIAL-SENSITIVE") >= 2
        assert f"{number} of {len(pages)}" in text


def test_warnings_and_handling_stand_before_the_title(usual):
    text = said(usual)
    assert (
        text.index("FICTIONAL AREA.") < text.index("Do not forward.") < text.rindex("For: the Prevent steering group")
    )
    assert "Made on: 22 November 2026" in text


@pytest.mark.parametrize("which", ["usual", "long"])
def test_a_checker_of_accessibility_finds_nothing(which, request):
    report = pdfua.validate(io.BytesIO(request.getfixturevalue(which)))
    assert [finding.message for finding in report.findings] == []


def test_the_pdf_is_tagged_with_title_language_and_both_standards(usual):
    root = read(usual).trailer["/Root"]
    described = root["/Metadata"].get_data().decode()
    assert root["/Lang"] == "en-GB"
    assert read(usual).metadata.title == "Steering group pack"
    assert "<pdfuaid:part>1</pdfuaid:part>" in described
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in described


def test_pictures_have_their_texts_tables_their_heads_and_headings_their_levels(usual):
    elements = structure(usual)
    alts = [str(one["/Alt"]) for one in elements if one["/S"] == "/Figure"]
    assert alts == [small_map().alt, *[small_map(width_mm=56).alt] * 3]
    kinds = [one["/S"] for one in elements]
    assert kinds.count("/TH") == 4
    assert kinds.count("/H1") == 3
    assert kinds.count("/H2") == 1


def test_headings_are_bookmarks(usual):
    outline = read(usual).outline
    titles = [one.title for one in outline if not isinstance(one, list)]
    assert titles == ["The bottom line", "Where both are high", "What the figures cannot tell"]
    assert [one.title for one in outline[2]] == ["Year by year"]


def test_the_head_of_a_table_stands_on_every_page_that_it_runs_over(long):
    on_pages = [page.extract_text() for page in read(long).pages]
    with_rows = [text for text in on_pages if text.count(LONG_NAME.split()[0]) > 8]
    assert len(with_rows) >= 8
    assert all("Probability" in text for text in with_rows)


def test_a_long_paper_lists_its_contents_and_a_short_one_does_not(usual, long):
    assert "Contents" in read(long).pages[0].extract_text()
    assert "Contents" not in said(usual)


def test_texts_that_look_like_code_come_out_as_they_are_in_the_pdf():
    paper = nasty_paper()
    check_paper(paper)
    text = said(make_pdf(paper).content)
    assert text.count(NASTY) >= 14
    assert "49" not in text


def test_nothing_runs_out_of_the_page(long):
    right = 0.0

    def note(text, _matrix, place, *_):
        nonlocal right
        right = max(right, float(place[4])) if text.strip() else right

    for page in read(long).pages:
        page.extract_text(visitor_text=note)
    assert 0 < right < 595 - 16 / 25.4 * 72


def test_a_part_begins_a_page_where_it_is_asked_to_and_only_there(usual):
    pages = [page.extract_text() for page in read(usual).pages]
    assert [number for number, text in enumerate(pages) if "What the figures cannot tell" in text] == [2]
    assert "Where both are high" in pages[0]


def test_what_cannot_be_shown_is_refused_with_where_it_stands():
    with pytest.raises(UsageError, match="“Where they live”"):
        check_paper(a_paper(Part("Where they live", [Paragraph("\u4e2d")])))
    with pytest.raises(ValueError, match="level 1"):
        check_paper(a_paper(Part("x", [], level=2)))


def test_columns_have_their_shares_of_the_width_and_room_for_their_longest_word():
    fit = fit_table(a_table())
    assert sum(fit.widths) == pytest.approx(PAGE_WIDTH)
    assert fit.widths[0] == pytest.approx(3 / 2 * fit.widths[1])
    assert fit.size == TABLE_SIZES[0]
    narrow = fit_table(Table("", (Column("Ward", share=20), Column("Disproportionate")), (("x", "y"),)))
    assert narrow.widths[1] > 25
    assert sum(narrow.widths) == pytest.approx(PAGE_WIDTH)


def test_many_columns_get_smaller_text_and_words_that_break():
    table = Table("", tuple(Column("Disproportionately") for _ in range(12)), ())
    fit = fit_table(table)
    assert fit.size == TABLE_SIZES[-1]
    assert fit.longest_word < 12
    assert sum(fit.widths) == pytest.approx(PAGE_WIDTH)
    pdf = make_pdf(a_paper(Part("x", [table]))).content
    assert "Disproportionately" in said(pdf).replace("\u200b", "").replace(" ", "")


def test_a_table_does_not_begin_with_its_head_alone_at_the_foot_of_a_page():
    # Paragraphs fill the first page more and more: wherever the table begins, three of its rows stand below its head.
    for lines in range(26, 34):
        filler = [Paragraph(f"Line {number}") for number in range(lines)]
        pages = read(make_pdf(a_paper(Part("x", filler), Part("Wards", [a_table(rows=40)]))).content).pages
        first = next(text for page in pages if "Probability" in (text := page.extract_text()))
        assert "Ward 2" in first
        assert "Wards and how sure" in first


def test_pictures_stand_beside_each_other_where_they_fit():
    def of(width: float) -> Figure:
        return Figure(b"", b"", "", width, 10)

    three = (PAGE_WIDTH - 2 * GUTTER) / 3
    assert [len(row) for row in in_rows([of(three)] * 4)] == [3, 1]
    assert [len(row) for row in in_rows([of(PAGE_WIDTH), of(40), of(40)])] == [1, 2]
    assert in_rows([]) == []


def test_a_very_long_cell_runs_on_over_pages():
    words = "over and over " * 900
    pdf = make_pdf(a_paper(Part("x", [Table("", (Column("What"), Column("n", number=True)), ((words, "1"),))])))
    assert pdf.pages > 2
    assert said(pdf.content).count("over") == 1_800
