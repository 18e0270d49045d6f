"""The Word document: what stands in the PDF, alt text, marking, language; the same bytes; a template of one's own."""

import io
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Pt

from briefing.officers_words import OfficersWords
from briefing.templates.make_template import TEMPLATE, make_template
from briefing.word import make_word
from data.errors import UsageError
from tests.briefings import make_area
from tests.papers import ISSUE, NASTY, longest_papers, nasty_papers, papers_of, usual_papers


def opened(content: bytes):
    return docx.Document(io.BytesIO(content))


def said(paper) -> str:
    texts = [one.text for one in paper.paragraphs]
    return "\n".join([*texts, *(cell.text for table in paper.tables for row in table.rows for cell in row.cells)])


def test_the_same_briefing_gives_the_same_bytes():
    one, other = (make_word(*usual_papers()) for _ in range(2))
    assert one == other == make_word(*papers_of(make_area()))
    assert {part.date_time for part in zipfile.ZipFile(io.BytesIO(one)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_every_picture_has_its_text_equivalent():
    _, figures = usual_papers()
    paper = opened(make_word(*usual_papers()))
    pictures = paper.element.body.iter(qn("wp:docPr"))
    assert [one.get("descr") for one in pictures] == [
        figures.certainty.alt,
        figures.map.alt,
        figures.trend.alt,
        figures.grading.alt,
    ]
    numbers = [one.get("id") for one in paper.element.body.iter(qn("wp:docPr"))]
    assert len(set(numbers)) == len(numbers)


def test_the_marking_stands_in_header_and_footer_with_the_number_of_the_page():
    section = opened(make_word(*usual_papers())).sections[0]
    assert section.header.paragraphs[0].text == "OFFICIAL-SENSITIVE"
    assert "OFFICIAL-SENSITIVE" in section.footer.paragraphs[0].text
    fields = [one.text for one in section.footer._element.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_a_draft_says_so_on_every_page():
    content = make_word(*papers_of(make_area(), issue=replace(ISSUE, number="DRAFT")))
    assert opened(content).sections[0].header.paragraphs[0].text == "OFFICIAL-SENSITIVE – DRAFT"


def test_it_has_title_language_dates_of_the_briefing_and_a4():
    paper = opened(make_word(*usual_papers()))
    properties = paper.core_properties
    assert properties.title == "Ward briefing: Castle"
    assert properties.language == "en-GB"
    assert properties.created.date() == properties.modified.date() == ISSUE.made_on
    assert paper.styles.element.xpath("//w:style[@w:styleId='Normal']//w:lang/@w:val") == ["en-GB"]
    assert round(paper.sections[0].page_width.mm) == 210


def test_all_sections_are_there_in_the_order_of_the_paper():
    headings = [one.text for one in opened(make_word(*usual_papers())).paragraphs if one.style.name == "Heading 1"]
    assert headings == [
        "The bottom line",
        "Where the ward stands",
        "What changed",
        "What the officer adds",
        "How serious the officer thinks it is",
        "What is being done",
        "What you can do",
        "What the figures can and cannot tell",
        "Who made this",
    ]


def test_without_the_officers_words_nothing_is_left_of_the_template():
    paper = opened(make_word(*papers_of(make_area(years=0), words=OfficersWords())))
    assert "No context was added." in said(paper)
    assert "No actions are recorded" in said(paper)
    assert not any(mark in said(paper) for mark in ("{{", "{%"))
    assert not paper.tables


def test_texts_that_look_like_code_come_out_as_they_are():
    text = said(opened(make_word(*nasty_papers())))
    assert text.count(NASTY) >= 8
    assert "49" not in text


def test_smaller_text_in_the_pdf_is_smaller_text_here():
    papers = longest_papers()
    usual, small = (opened(make_word(*papers, text_size=size)) for size in (10.5, 9.0))
    assert usual.styles["Normal"].font.size == Pt(10.5)
    assert small.styles["Normal"].font.size == Pt(9)
    assert small.styles["WO Small"].font.size == Pt(8)


def test_the_officers_part_begins_on_a_page_of_its_own_where_the_pdf_has_it_so():
    for own_page in (False, True):
        paper = opened(make_word(*usual_papers(), own_page=own_page))
        heading = next(one for one in paper.paragraphs if one.text == "What the officer adds")
        assert bool(heading.paragraph_format.page_break_before) is own_page


def test_a_template_of_ones_own_gives_the_styles(tmp_path):
    own = docx.Document(str(TEMPLATE))
    own.styles["Heading 1"].font.name = "Georgia"
    own.save(str(tmp_path / "own.docx"))
    paper = opened(make_word(*usual_papers(), template=tmp_path / "own.docx"))
    assert paper.styles["Heading 1"].font.name == "Georgia"


@pytest.mark.parametrize("asks", ["{{ nothing_like_it }}", "{% broken", "{{ ''.__class__.__mro__ }}"])
def test_a_template_that_cannot_be_filled_in_is_refused(tmp_path, asks):
    own = docx.Document()
    own.add_paragraph(asks)
    own.save(str(tmp_path / "own.docx"))
    with pytest.raises(UsageError, match=r"own\.docx cannot be filled in"):
        make_word(*usual_papers(), template=tmp_path / "own.docx")


@pytest.mark.parametrize("content", [b"", b"no zip at all"])
def test_a_template_that_is_no_word_document_is_refused(tmp_path, content):
    (tmp_path / "own.docx").write_bytes(content)
    with pytest.raises(UsageError, match=r"own\.docx cannot be filled in"):
        make_word(*usual_papers(), template=tmp_path / "own.docx")
    with pytest.raises(UsageError, match=r"none\.docx cannot be filled in"):
        make_word(*usual_papers(), template=tmp_path / "none.docx")


def test_the_template_is_the_one_that_its_script_makes():
    assert TEMPLATE.read_bytes() == make_template()
