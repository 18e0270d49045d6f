"""Papers of many pages as Word: what stands in the PDF, alt texts, marking, heads of tables; the same bytes; own looks."""

import io
from dataclasses import replace

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from briefing.papers.documents import make_papers
from briefing.papers.paper import Column, Paragraph, Part, Table
from briefing.papers.word import make_word
from briefing.templates.make_paper_template import TEMPLATE, make_paper_template
from briefing.templates.make_template import TEMPLATE as BRIEFING_TEMPLATE
from data.errors import UsageError
from tests.long_papers import LONG_NAME, a_paper, a_table, long_paper, nasty_paper, small_map
from tests.papers import NASTY
from tests.pdf_reading import said as said_in_pdf


def opened(content: bytes):
    return docx.Document(io.BytesIO(content))


@pytest.fixture(scope="module")
def usual():
    return opened(make_word(a_paper()))


def said(document) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_both_documents_are_the_same_bytes_every_time_and_hold_the_same():
    made = make_papers(a_paper())
    assert made == make_papers(a_paper())
    assert set(made) == {"pdf", "docx"}
    in_pdf = said_in_pdf(made["pdf"])
    assert all(line.strip() in in_pdf for line in said(opened(made["docx"])).split("\n"))


def test_the_marking_stands_in_header_and_footer_with_the_number_of_the_page(usual):
    section = usual.sections[0]
    assert section.header.paragraphs[0].text == "OFFICIAL-SENSITIVE"
    assert "Steering group pack\tOFFICIAL-SENSITIVE" in section.footer.paragraphs[0].text
    fields = [one.text for one in section.footer._element.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert usual.paragraphs[0].style.name == "WO Warning"


def test_every_picture_has_its_text_equivalent_and_a_number_of_its_own(usual):
    pictures = list(usual.element.body.iter(qn("wp:docPr")))
    assert [one.get("descr") for one in pictures] == [small_map().alt, *[small_map(width_mm=56).alt] * 3]
    assert len({one.get("id") for one in pictures}) == len(pictures)
    in_a_row = [one for one in usual.paragraphs if len(one._p.xpath(".//w:drawing")) == 3]
    assert len(in_a_row) == 1


def test_the_head_of_a_table_repeats_rows_do_not_break_and_numbers_are_set_to_the_right(usual):
    (table,) = usual.tables
    head, *rows = table.rows
    assert [cell.text for cell in head.cells] == ["Ward", "District", "Probability", "Times"]
    assert head._tr.xpath("./w:trPr/w:tblHeader")
    assert len(rows) == 8
    assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in table.rows)
    alignments = [cell.paragraphs[0].style.paragraph_format.alignment for cell in rows[0].cells]
    assert alignments == [None, None, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.RIGHT]
    assert sum(column.width for column in table.columns) == pytest.approx(Mm(178), abs=Mm(0.1))


def test_headings_have_their_levels_and_a_new_page_where_it_is_asked_for(usual):
    headings = [one for one in usual.paragraphs if one.style.name.startswith("Heading")]
    assert [(one.style.name[-1], one.text) for one in headings] == [
        ("1", "The bottom line"),
        ("1", "Where both are high"),
        ("2", "Year by year"),
        ("1", "What the figures cannot tell"),
    ]
    assert [bool(one.paragraph_format.page_break_before) for one in headings] == [False, False, False, True]


def test_nothing_is_left_of_the_template_and_the_last_is_where_it_comes_from(usual):
    text = said(usual)
    assert "come here" not in text
    assert "{{" not in text
    assert usual.paragraphs[-1].text.startswith("Snapshot 2024-25-q4")
    assert usual.core_properties.title == "Steering group pack"


def test_texts_that_look_like_code_come_out_as_they_are():
    content = make_papers(nasty_paper())["docx"]
    assert said(opened(content)).count(NASTY) >= 14
    assert "49" not in said(opened(content))


def test_a_long_paper_lists_its_contents_with_links_to_its_headings():
    document = opened(make_papers(long_paper())["docx"])
    entries = [one for one in document.paragraphs if one.style.name.startswith("toc")]
    assert [one.text for one in entries] == [part.heading for part in long_paper().parts]
    links = {one.get(qn("w:anchor")) for entry in entries for one in entry._p.iter(qn("w:hyperlink"))}
    marks = {one.get(qn("w:name")) for one in document.element.body.iter(qn("w:bookmarkStart"))}
    assert links == marks
    assert len(links) == len(entries)
    assert document.tables[0].rows[180]._tr.xpath("string(.)").startswith(f"{LONG_NAME} 179")


def test_with_very_many_parts_the_contents_hold_those_of_the_first_level():
    parts = [Part(f"{number}", [Paragraph("x")], level=1 + bool(number % 2)) for number in range(40)]
    document = opened(make_word(a_paper(*parts), contents=True))
    assert [one.text for one in document.paragraphs if one.style.name.startswith("toc")] == [
        f"{number}" for number in range(0, 40, 2)
    ]


def test_two_tables_stay_two_and_rows_to_write_on_are_high():
    high = replace(a_table(rows=2), row_height_mm=12, note="")
    document = opened(make_word(a_paper(Part("x", [replace(high, caption=""), replace(high, caption="")]))))
    assert len(document.tables) == 2
    assert document.tables[0].rows[1].height == pytest.approx(Mm(12), abs=Mm(0.1))
    empty = Table("None", (Column("Ward"),), ())
    assert len(opened(make_word(a_paper(Part("x", [empty])))).tables[0].rows) == 1


def test_many_columns_have_smaller_text():
    table = Table("", tuple(Column("Disproportionately") for _ in range(12)), (("1",) * 12,))
    run = opened(make_word(a_paper(Part("x", [table])))).tables[0].rows[1].cells[0].paragraphs[0].runs[0]
    assert run.font.size < Pt(10)


def restyled(path, tmp_path):
    own = docx.Document(str(path))
    own.styles["Heading 1"].font.name = "Georgia"
    own.save(str(tmp_path / "own.docx"))
    return tmp_path / "own.docx"


@pytest.mark.parametrize("path", [TEMPLATE, BRIEFING_TEMPLATE])
def test_a_template_of_ones_own_gives_the_styles_that_of_briefings_as_well(path, tmp_path):
    own = restyled(path, tmp_path)
    document = opened(make_word(a_paper(), template=own))
    assert document.styles["Heading 1"].font.name == "Georgia"
    assert "Where both are high" in [one.text for one in document.paragraphs]
    assert make_word(a_paper(), template=own) == make_word(a_paper(), template=own)


def test_a_document_without_the_styles_of_papers_gives_those_that_it_has(tmp_path):
    plain = docx.Document()
    plain.styles["Normal"].font.name = "Georgia"
    plain.save(str(tmp_path / "plain.docx"))
    document = opened(make_word(a_paper(), template=tmp_path / "plain.docx"))
    assert document.styles["Normal"].font.name == "Georgia"
    assert document.styles["WO Table number"].paragraph_format.alignment == WD_ALIGN_PARAGRAPH.RIGHT
    names = [style.name for style in document.styles]
    assert len(names) == len(set(names))


def test_a_template_that_cannot_be_used_is_refused(tmp_path):
    (tmp_path / "own.docx").write_bytes(b"no zip at all")
    with pytest.raises(UsageError, match=r"own\.docx cannot be filled in"):
        make_word(a_paper(), template=tmp_path / "own.docx")
    own = docx.Document(str(TEMPLATE))
    own.paragraphs[0].insert_paragraph_before("{{ nothing_like_it }}")
    own.save(str(tmp_path / "own.docx"))
    with pytest.raises(UsageError, match=r"own\.docx cannot be filled in"):
        make_word(a_paper(), template=tmp_path / "own.docx")


def test_the_template_is_the_one_that_its_script_makes():
    assert TEMPLATE.read_bytes() == make_paper_template()
