"""A paper of many pages as a Word document: the same content and pictures as the PDF, in styles that a council can change.

docxtpl fills in the frame: the marking, the title, the provenance. The parts, of which no two papers have the same, are written
by python-docx where the template has its paragraph in the style `WO Parts`. The same paper gives the same bytes.
"""

from pathlib import Path
from typing import Any

from docx.oxml import OxmlElement
from docx.text.paragraph import Paragraph as Line

from briefing.papers.paper import Paper, Part
from briefing.papers.texts import about_of, levels_of_contents, line_under_title, short_title
from briefing.papers.word_blocks import Writer, bookmark
from briefing.papers.word_styles import open_template, place_of_parts
from briefing.templates.make_paper_template import TEMPLATE
from briefing.templates.styles import PARTS_HERE, element
from briefing.word_pieces import describe_paper, fill_template, packed
from data.errors import UsageError


def make_word(paper: Paper, *, contents: bool = False, template: Path | None = None) -> bytes:
    """Write a paper, whose texts have been checked (`texts.check_paper`), as a Word document.

    Parameters
    ----------
    contents
        Whether it has a list of contents. Its lines lead to the headings; numbers of pages stand there once somebody lets Word
        update it, since how many pages Word makes cannot be asked.
    template
        A document of the partnership's own (`word_styles.open_template`).

    Raises
    ------
    UsageError
        If the template cannot be read or asks for something that there is not.
    """
    path = template or TEMPLATE
    document = fill_template(lambda: open_template(template), lambda _: _context(paper), name=path.name)
    place = place_of_parts(document)
    if place is None:
        raise UsageError(
            f"The Word template {path.name} has no paragraph in the style {PARTS_HERE}, where the parts of a paper come. Add "
            "one, or start again from the template that comes with the program."
        )
    writer = Writer(document, place)
    if contents:
        _contents(writer, paper)
    for part in paper.parts:
        writer.part(part)
    place._p.getparent().remove(place._p)
    marking = paper.marking.text
    describe_paper(
        document, title=paper.title, subject=paper.period, keywords=marking, author=paper.place, day=paper.made_on
    )
    return packed(document)


def _context(paper: Paper) -> dict[str, Any]:
    return {
        "title": paper.title,
        "short_title": short_title(paper),
        "line": line_under_title(paper),
        "marking": paper.marking.text,
        "handling": paper.marking.handling,
        "warnings": list(paper.marking.warnings),
        "about": [{"name": name, "text": text} for name, text in about_of(paper)],
        "provenance": paper.provenance,
    }


def _contents(writer: Writer, paper: Paper) -> None:
    """Write the list of contents as a field of Word, filled in but for the numbers of pages."""
    most = levels_of_contents(paper)
    numbered = [(number, part) for number, part in enumerate(paper.parts, start=1) if part.level <= most]
    # The look of a heading, but none that would be listed.
    writer.line("Contents", "WO Caption")
    lines = [_entry(writer, part, number=number) for number, part in numbered]
    begin, code, separate = lines[0].add_run(), lines[0].add_run(), lines[0].add_run()
    begin._r.append(element("w:fldChar", fldCharType="begin"))
    text = OxmlElement("w:instrText")
    text.text = f'TOC \\o "1-{most}" \\h'
    code._r.append(text)
    separate._r.append(element("w:fldChar", fldCharType="separate"))
    for place, run in enumerate((begin, code, separate), start=1):
        lines[0]._p.insert(place, run._r)
    lines[-1].add_run()._r.append(element("w:fldChar", fldCharType="end"))


def _entry(writer: Writer, part: Part, *, number: int) -> Line:
    line = writer.line(part.heading, f"toc {part.level}")
    link = element("w:hyperlink", anchor=bookmark(number), history="1")
    run = line.runs[0]._r
    run.addprevious(link)
    link.append(run)
    return line
