"""Two truths of which the same is shown give the same briefings, pack, minutes and evidence; no part of a document says more.

The papers of the profile and for scrutiny: `test_profile_papers`.
"""

import hashlib
import io
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import pytest
from pypdf import PdfReader

from briefing.area_facts import AreaFacts, gather_area
from briefing.content import Issue, write_briefing
from briefing.decisions import DecisionRegister
from briefing.documents import make_documents
from briefing.due import due_wards
from briefing.map_ground import map_ground
from briefing.officers_words import OfficersWords
from briefing.papers.bid_words import BidWords
from briefing.papers.documents import make_papers
from briefing.papers.evidence import write_evidence
from briefing.papers.minutes import write_minutes
from briefing.papers.steering import write_steering_pack
from briefing.register import BriefingRegister
from briefing.word import TEMPLATE
from data.briefing_settings import Briefing as Rules
from data.errors import UsageError
from data.settings import Disclosure
from disclosure.audiences import Audience
from disclosure.permitted import default_question
from disclosure.views import SnapshotView
from tests.attack.everything import counts_shown
from tests.attack.publishing import open_views, telltale_model
from tests.attack.reading_shown import PublicRule, read_shown
from tests.attack.worlds import World
from tests.audit_samples import make_trail
from tests.decision_samples import SPRING, SUMMER, decision
from tests.profile_samples import two_halves
from tests.register_samples import ANN

READERS = (Audience.INSPECTOR, Audience.STEERING, Audience.COUNCILLOR)
DAY = date(2026, 11, 22)
BID = BidWords(title="Somewhere to go")
RULE = Disclosure()


@pytest.fixture(scope="module", autouse=True)
def telltale() -> Iterator[None]:
    """A model of which every number follows from all that it is given: nothing can hide there."""
    with telltale_model():
        yield


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[Audience, SnapshotView], dict[Audience, SnapshotView]]:
    """Views of two truths that are shown alike: an event of one ward is another's, and one of these another quarter's."""
    world = two_halves()
    truth = world.truth.copy()
    truth[0, :2, :2] += [[1, -1], [-1, 1]]
    folder = tmp_path_factory.mktemp("truths")
    first, second = (_views(one, folder) for one in (world, world.with_truth(truth)))
    assert counts_shown(first[Audience.INSPECTOR]) == counts_shown(second[Audience.INSPECTOR])
    return first, second


def _views(world: World, folder: Path) -> dict[Audience, SnapshotView]:
    views = open_views(world, Path(mkdtemp(dir=folder)), audiences=READERS, mark="the same")
    return {view.audience: view for view in views}


def _area(view: SnapshotView) -> AreaFacts:
    return gather_area(view, question=default_question(view.settings.analysis))


def _briefings(view: SnapshotView) -> dict[str, str]:
    """The briefing of every ward, or what is said in its place; of the first that can be made also the documents."""
    area, told = _area(view), {}
    for code in area.rows[-1]:
        try:
            told[code] = repr(write_briefing(area, code, words=OfficersWords(), issue=Issue(made_on=DAY)))
        except UsageError as error:
            told[code] = f"refused: {error}"
    first = next(code for code, text in told.items() if not text.startswith("refused"))
    ground = map_ground(area)
    papers = make_documents(area, first, ground=ground, words=OfficersWords(), issue=Issue(made_on=DAY))
    return told | {kind: hashlib.sha256(content).hexdigest() for kind, content in papers.items()}


def _packs(views: dict[Audience, SnapshotView], folder: Path) -> dict[str, bytes]:
    trail = make_trail(folder)
    briefings, decisions = BriefingRegister(trail, rules=Rules()), DecisionRegister(trail)
    told, area = _area(views[Audience.STEERING]), _area(views[Audience.COUNCILLOR])
    first = next(iter(told.rows[-1].values()))
    ward = {name: str(first[name]) for name in ("ward_code", "ward_name", "district")}
    for day in (SPRING, SUMMER):  # of which the first is followed up in the minutes of the second
        decisions.record(decision(meeting=day, **ward), by=ANN)
    steering = write_steering_pack(told, briefings=briefings, decisions=decisions, made_on=DAY)
    minutes = write_minutes(told, briefings=briefings, decisions=decisions, made_on=DAY)
    wards = list(area.rows[-1])[:3]
    evidence = write_evidence(area, wards=wards, bid=BID, briefings=briefings, made_on=DAY)
    due = due_wards(area, briefings, rules=Rules(), today=DAY)
    papers = (steering, minutes, evidence)
    files = {f"{paper.kind}.{end}": made for paper in papers for end, made in make_papers(paper).items()}
    return {**files, "due": repr(due).encode()}


def test_every_ward_has_the_same_briefing_to_the_last_byte(pair):
    first, second = (_briefings(views[Audience.COUNCILLOR]) for views in pair)
    assert [part for part in first if first[part] != second[part]] == []
    assert {"pdf", "docx"} < set(first)


def test_the_steering_pack_the_minutes_the_evidence_and_what_is_due_are_the_same_to_the_last_byte(pair, tmp_path):
    first, second = (_packs(views, Path(mkdtemp(dir=tmp_path))) for views in pair)
    assert [part for part in first if first[part] != second[part]] == []
    assert len(first) == 7


def test_truths_that_are_shown_otherwise_have_other_briefings(tmp_path):
    told, other = (
        _briefings(_views(two_halves(high_first=one), tmp_path)[Audience.COUNCILLOR]) for one in (True, False)
    )
    assert [code for code in told if told[code] != other[code]]


def test_a_measure_whose_count_could_be_a_small_one_is_never_called_high(pair):
    """Only its neighbours would say so: of a ward without a referral it would be told too."""
    view = pair[0][Audience.INSPECTOR]
    wards = _area(view).released.wards
    for measure in ("referrals", "incidents"):
        told = [read_shown(text, rule=PublicRule()) for text in wards[f"observed_{measure}"]]
        small = np.array([one is None or one[0] <= RULE.suppress_up_to for one in told])
        high = wards[f"relative_risk_{measure}"].str.startswith("high").to_numpy()
        assert not (small & high).any()
    assert small.any()


def test_a_councillors_facts_hold_no_count_and_its_documents_nothing_beside_what_is_read(pair):
    """No attachment, no hidden text, no comment, no earlier version, no name of a program's author."""
    area = _area(pair[0][Audience.COUNCILLOR])
    assert [name for name in area.released.wards if name.startswith(("observed", "expected", "rate"))] == []
    code = next(iter(area.rows[-1]))
    papers = make_documents(area, code, ground=map_ground(area), words=OfficersWords(), issue=Issue(made_on=DAY))
    pdf = PdfReader(io.BytesIO(papers["pdf"]))
    assert not pdf.attachments
    assert not [one for page in pdf.pages for one in page.get("/Annots", [])]
    with zipfile.ZipFile(io.BytesIO(papers["docx"])) as word:
        names = word.namelist()
        text = word.read("word/document.xml").decode()
    with zipfile.ZipFile(TEMPLATE) as template:
        assert [name for name in names if name not in template.namelist() and not name.startswith("word/media/")] == []
    assert not [mark for mark in ("<w:del ", "<w:ins ", "<w:vanish") if mark in text]
