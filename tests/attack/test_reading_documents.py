"""All that is in the briefing of every ward and in minutes, for whoever takes the files apart: no number could be a count."""

import io
import zipfile
from pathlib import Path
from tempfile import mkdtemp

import pytest
from PIL import Image, PngImagePlugin
from pypdf import PdfWriter

from briefing.area_facts import AreaFacts, gather_area
from briefing.content import Issue
from briefing.documents import make_documents
from briefing.map_ground import map_ground
from briefing.officers_words import OfficersWords
from briefing.papers.documents import make_papers
from briefing.papers.minutes import write_minutes
from briefing.templates.make_paper_template import TEMPLATE as OF_PAPERS
from briefing.word import TEMPLATE
from disclosure.audiences import Audience
from disclosure.permitted import default_question
from tests.attack.publishing import open_views, telltale_model
from tests.attack.reading_documents import could_be_counts, texts_of
from tests.attack.test_papers import DAY
from tests.attack.worlds import random_world
from tests.briefings import FLAGGED, make_area
from tests.decision_samples import SPRING, SUMMER, decision, decisions_in_folder
from tests.register_samples import ANN, register_in

WORD_TEMPLATE, PAPER_TEMPLATE = TEMPLATE.read_bytes(), OF_PAPERS.read_bytes()
PLANTED = OfficersWords(context="There were 6 referrals before.")


@pytest.fixture(scope="module")
def area(tmp_path_factory: pytest.TempPathFactory) -> AreaFacts:
    """Four wards, two of them flagged, as councillors may have them."""
    world = random_world(7, wards=4, quarters=13)
    truth = world.truth.copy()
    truth[:, 0] += 9
    truth[:, 1] += 6
    with telltale_model():
        folder = Path(mkdtemp(dir=tmp_path_factory.mktemp("documents")))
        (view,) = open_views(world.with_truth(truth), folder, audiences=(Audience.COUNCILLOR,))
        return gather_area(view, question=default_question(view.settings.analysis))


def counts_in(content: bytes, *, template: bytes = WORD_TEMPLATE) -> dict[str, set[int]]:
    """What could be counts, by where it stands."""
    besides = template if content.startswith(b"PK") else b""
    found = {place: could_be_counts(text) for place, text in texts_of(content, besides=besides).items()}
    return {place: numbers for place, numbers in found.items() if numbers}


def briefing(area: AreaFacts, code: str, *, words: OfficersWords | None = None) -> dict[str, bytes]:
    return make_documents(area, code, ground=map_ground(area), words=words or OfficersWords(), issue=Issue(made_on=DAY))


def test_no_document_of_any_ward_holds_a_number_that_could_be_a_count(area):
    said = area.released.wards.set_index("ward_code")["class"]
    assert 0 < (said == "high on both").sum() < len(said)
    for code in area.rows[-1]:
        assert {kind: counts_in(content) for kind, content in briefing(area, code).items()} == {"pdf": {}, "docx": {}}


def test_a_count_that_somebody_wrote_is_found_in_both(area):
    found = briefing(area, next(iter(area.rows[-1])), words=PLANTED)
    assert {kind: set().union(*counts_in(content).values()) for kind, content in found.items()} == {
        "pdf": {6},
        "docx": {6},
    }


@pytest.mark.parametrize(("finding", "counts"), [("Both were high", set()), ("There were 6 referrals", {6})])
def test_minutes_hold_no_number_that_could_be_a_count_but_what_the_group_wrote(tmp_path, finding, counts):
    register, decisions = register_in(tmp_path), decisions_in_folder(tmp_path)
    for day in (SPRING, SUMMER):
        decisions.record(decision(meeting=day, finding=finding, ward_code=FLAGGED), by=ANN)
    area = make_area(audience=Audience.STEERING)
    made = make_papers(write_minutes(area, briefings=register, decisions=decisions, made_on=DAY))
    found = {kind: set().union(*counts_in(content, template=PAPER_TEMPLATE).values()) for kind, content in made.items()}
    assert found == {"pdf": counts, "docx": counts}


@pytest.mark.parametrize(("action", "counts"), [("saved", set()), ("saved 5 of them", {5})])
def test_the_hash_of_a_pdf_is_no_count_whatever_it_is(action, counts):
    event = "http://ns.adobe.com/xap/1.0/sType/ResourceEvent#"
    said = f'<a xmlns:e="{event}"><e:action>{action}</e:action><e:instanceID>pbF+5/ZqQnplH6==_source</e:instanceID></a>'
    assert set().union(*counts_in(said.encode()).values()) == counts


def pdf_with(**kept: bytes) -> PdfWriter:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    for name, content in kept.items():
        writer.add_attachment(name, content)
    return writer


def bytes_of(writer: PdfWriter) -> bytes:
    whole = io.BytesIO()
    writer.write(whole)
    return whole.getvalue()


def zip_with(name: str, content: bytes) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as packed:
        packed.writestr(name, content)
    return whole.getvalue()


def picture_saying(text: str) -> bytes:
    whole, said = io.BytesIO(), PngImagePlugin.PngInfo()
    said.add_text("Comment", text)
    Image.new("L", (1, 1)).save(whole, "png", pnginfo=said)
    return whole.getvalue()


def hiding_places() -> dict[str, bytes]:
    titled, noted = pdf_with(), pdf_with()
    titled.add_metadata({"/Subject": "of 6"})
    noted.add_outline_item(title="6 referrals", page_number=0)
    of_word = '<w:p xmlns:w="w"><w:r><w:t>1</w:t></w:r><w:r><w:t>6</w:t></w:r></w:p>'
    return {
        "the metadata of a PDF": bytes_of(titled),
        "a bookmark": bytes_of(noted),
        "an attachment": bytes_of(pdf_with(notes=b"6 in all")),
        "an attachment in an attachment": bytes_of(pdf_with(inner=bytes_of(pdf_with(notes=b"6 in all")))),
        "a part of a ZIP": zip_with("word/comments.xml", b"<a><b>six referrals</b></a>"),
        "a text equivalent": zip_with("word/document.xml", b'<a descr="6 recorded"/>'),
        "what a picture says of itself": zip_with("word/media/image1.png", picture_saying("6 of them")),
        "the text of an SVG": b'<svg xmlns="http://www.w3.org/2000/svg"><title>6 here</title></svg>',
        "the name of a part": zip_with("6 referrals.xml", b"<a/>"),
        "a text in pieces": zip_with("word/document.xml", of_word.encode()),
    }


@pytest.mark.parametrize("place", hiding_places())
def test_a_count_is_found_wherever_it_hides(place):
    assert set().union(*counts_in(hiding_places()[place]).values()) == ({16} if place == "a text in pieces" else {6})


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("7 or fewer", {7}),
        ("8 to 12 referrals, 1,235 in all", {8, 12, 1235}),
        ("fewer than seven recorded incidents", {7}),
        ("1 Ward 004: high; the map has 1 and the text 1 as well", {1}),
        ("22 November 2026, 2025/26 Q4, X05000001, version 2, 1 of 2, 1.5 times, 3 other wards, 500 m", set()),
    ],
)
def test_what_is_no_count_for_certain_is_passed_over(text, numbers):
    assert could_be_counts(text) == numbers
