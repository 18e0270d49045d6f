"""Make the Word template of papers of many pages, `paper.docx`: `python -m briefing.templates.make_paper_template`.

Its styles are those of the template of briefings. The paragraph in the style WO Parts is where the parts of a paper come.
"""

from pathlib import Path

from docx import Document

from briefing.templates.pieces import a4_page, add, finished, in_a_row, warnings_and_marking
from briefing.templates.styles import PARTS_HERE, add_styles

TEMPLATE = Path(__file__).parent / "paper.docx"


def make_paper_template() -> bytes:
    """Make it: styles first, then the page, then what stands on it."""
    paper = Document()
    add_styles(paper)
    a4_page(paper, header="{{ marking }}", footer="{{ short_title }}")
    warnings_and_marking(paper)
    add(paper, "{{ title }}", "Title")
    add(paper, "{{ line }}")
    in_a_row(paper, "about", style="WO Small")
    add(paper, "The parts of the paper come here.", PARTS_HERE)
    add(paper, "{{ provenance }}", "WO Note")
    return finished(paper)


if __name__ == "__main__":
    TEMPLATE.write_bytes(make_paper_template())
